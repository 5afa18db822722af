//! The URL of a broker: `redis://user:password@host:port/database?prefix=chat`, as ioredis and
//! node-redis write it, or `nats://user:password@host:port?servers=other:4222`.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use boa_engine::{Context, JsResult, JsValue};

use super::options::nearest;
use crate::errno;
use crate::host::{BrokerOptions, Outage, Protocol, Target};
use crate::js::error::node_error;
use crate::net::tls::{ClientTls, Connector};
use crate::proto::nats::{Proof, Seed};
use crate::url::{Url, form, percent_decode};

/// The port of Redis, also over TLS.
const REDIS_PORT: u16 = 6379;

/// The port of NATS, also over TLS.
const NATS_PORT: u16 = 4222;

/// What may stand behind the question mark.
const QUERY: &[&str] = &["db", "name", "prefix", "sharded"];
const NATS_QUERY: &[&str] = &["credentials", "name", "nkey", "prefix", "servers"];

/// Whether this is meant to be the URL of a broker, and not the name of a bus of this process.
pub(super) fn is_broker(text: &str) -> bool {
    text.contains("://")
}

/// What is wrong with a bus that the command line names.
pub fn check_bus(text: &str) -> Result<(), String> {
    match text {
        "" => Err("it is empty".to_owned()),
        text if is_broker(text) => parse_broker(text, &ClientTls::default()).map(drop),
        _ => Ok(()),
    }
}

/// What a URL says of a broker. The error reads on from "the URL of a broker is wrong: ".
pub(super) fn parse_broker(text: &str, tls: &ClientTls) -> Result<BrokerOptions, String> {
    let Some(url) = Url::parse(text, None) else {
        return Err("it is not a URL; one looks like redis://user:password@host:6379/0 or \
                    nats://user:password@host:4222"
            .to_owned());
    };
    match url.scheme() {
        "nats" | "tls" | "nats+tls" => parse_nats(&url, tls),
        scheme => match redis_scheme(scheme) {
            Some(kind) => parse_redis(&url, kind, tls),
            None => Err(format!(
                "its scheme must be {REDIS_SCHEMES}, or for NATS nats or tls, not {scheme}"
            )),
        },
    }
}

const REDIS_SCHEMES: &str = "redis, rediss (with TLS) or redis+unix";

/// Whether it is a Unix socket, and whether it speaks TLS.
fn redis_scheme(scheme: &str) -> Option<(bool, bool)> {
    match scheme {
        "redis" | "valkey" => Some((false, false)),
        "rediss" | "valkeys" => Some((false, true)),
        "redis+unix" | "unix" => Some((true, false)),
        _ => None,
    }
}

/// A failure as an exception's value.
pub(super) fn failure(outage: Outage, context: &mut Context) -> JsResult<JsValue> {
    node_error(&outage.code, outage.message, context).into_opaque(context)
}

/// The same where nothing but NATS will do.
pub(super) fn parse_nats_url(text: &str, tls: &ClientTls) -> Result<BrokerOptions, String> {
    let Some(url) = Url::parse(text, None) else {
        return Err("it is not a URL; one looks like nats://user:password@host:4222".to_owned());
    };
    match url.scheme() {
        "nats" | "tls" | "nats+tls" => parse_nats(&url, tls),
        scheme => Err(format!("its scheme must be nats or tls, not {scheme}")),
    }
}

/// The same where nothing but Redis will do.
pub(super) fn parse_redis_url(text: &str, tls: &ClientTls) -> Result<BrokerOptions, String> {
    let Some(url) = Url::parse(text, None) else {
        return Err("it is not a URL; one looks like redis://user:password@host:6379/0".to_owned());
    };
    match redis_scheme(url.scheme()) {
        Some(kind) => match parse_redis(&url, kind, tls)? {
            BrokerOptions { sharded: true, .. } => {
                Err("its option sharded is for the bus of a hub".to_owned())
            }
            options => Ok(options),
        },
        None => Err(format!("its scheme must be {REDIS_SCHEMES}, not {}", url.scheme())),
    }
}

fn parse_redis(
    url: &Url,
    (is_unix, is_secure): (bool, bool),
    tls: &ClientTls,
) -> Result<BrokerOptions, String> {
    let target = if is_unix { unix_target(url)? } else { tcp_target(url, REDIS_PORT)? };
    let mut options = BrokerOptions::new(target);
    options.shown = shown(url);
    if is_secure {
        let Target::Tcp { host, .. } = &options.target else { return Err(String::new()) };
        let connector = Connector::new(tls, host).map_err(|fault| fault.message)?;
        options.tls = Some(connector);
    }
    let (user, password) = (decoded(url.username())?, decoded(url.password())?);
    if password.is_empty() && !user.is_empty() {
        return Err("it names a user and no password".to_owned());
    }
    options.user = Some(user).filter(|user| !user.is_empty());
    options.password = Some(password).filter(|password| !password.is_empty());
    let path = url.path();
    let database = path.trim_start_matches('/');
    if !is_unix && !database.is_empty() {
        options.database = number(database)?;
    }
    for (name, value) in form::parse(url.query().unwrap_or_default()) {
        match &*name {
            "db" => options.database = number(&value)?,
            "prefix" => options.prefix = word(&name, value)?,
            "name" => options.name = word(&name, value)?,
            "sharded" => options.sharded = switch(&name, &value)?,
            other => return Err(unknown(other, QUERY)),
        }
    }
    Ok(options)
}

/// The same for NATS: a user without a password is a token, and the scheme `tls` wants TLS.
fn parse_nats(url: &Url, tls: &ClientTls) -> Result<BrokerOptions, String> {
    let mut options = BrokerOptions::new(tcp_target(url, NATS_PORT)?);
    options.shown = shown(url);
    if url.scheme() != "nats" {
        let Target::Tcp { host, .. } = &options.target else { return Err(String::new()) };
        options.tls = Some(Connector::new(tls, host).map_err(|fault| fault.message)?);
    }
    let mut proof = match (decoded(url.username())?, decoded(url.password())?) {
        (user, password) if user.is_empty() && password.is_empty() => Proof::None,
        (token, password) if password.is_empty() => {
            // A token is as secret as a password.
            options.shown = options.shown.replacen(&format!("{}@", url.username()), "", 1);
            Proof::Token(token)
        }
        (user, password) => Proof::Password(user, password),
    };
    for (name, value) in form::parse(url.query().unwrap_or_default()) {
        match &*name {
            "prefix" => options.prefix = word(&name, value)?,
            "name" => options.name = word(&name, value)?,
            "servers" => options.others = servers(&value)?,
            "nkey" => {
                let seed = read_secret(&name, &value)?;
                let seed = seed.lines().find(|line| line.starts_with('S')).unwrap_or(&seed);
                let seed = Seed::read(seed).map_err(|error| format!("{value}: {error}"))?;
                proof = Proof::Key(seed);
            }
            "credentials" => {
                let text = read_secret(&name, &value)?;
                proof = Proof::from_credentials(&text).ok_or_else(|| {
                    format!("{value} is not a file of credentials, as nsc writes them")
                })?;
            }
            other => return Err(unknown(other, NATS_QUERY)),
        }
    }
    options.protocol = Protocol::Nats(proof);
    Ok(options)
}

fn read_secret(name: &str, path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| {
        let why = errno::describe(&error);
        format!("its option {name} is a file, and '{path}' cannot be read: {why}")
    })
}

/// `host:port` and others behind commas, with the port of NATS where there is none.
fn servers(text: &str) -> Result<Vec<String>, String> {
    let all: Vec<String> = text.split(',').map(str::trim).map(str::to_owned).collect();
    let is_server = |server: &String| {
        let port = server.rsplit_once(':').filter(|(host, _)| !host.is_empty());
        port.is_some_and(|(_, port)| port.parse::<u16>().is_ok())
    };
    if text.contains('@') {
        // Whoever it is may have a password.
        return Err("its option servers has an '@': the user of the URL is that of all".to_owned());
    }
    match all.iter().find(|server| !is_server(server)) {
        Some(wrong) => Err(format!("its option servers has '{wrong}' where host:port belongs")),
        None => Ok(all),
    }
}

fn unknown(name: &str, known: &'static [&'static str]) -> String {
    let meant = nearest(name, known.iter().copied());
    let meant = meant.map(|name| format!(": did you mean {name}?")).unwrap_or_default();
    format!("it has an unknown option '{name}'{meant} (known: {})", known.join(", "))
}

fn tcp_target(url: &Url, port: u16) -> Result<Target, String> {
    if is_torn(url) {
        return Err("it has an '@' behind its host: characters such as / and ? in a user or a \
                    password are written as %2F and %3F"
            .to_owned());
    }
    let host = url.hostname().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    if host.is_empty() {
        return Err("it has no host".to_owned());
    }
    Ok(Target::Tcp { host, port: url.port().unwrap_or(port) })
}

/// Whether what looks like a path or an option is the rest of a password.
fn is_torn(url: &Url) -> bool {
    let query = url.query().unwrap_or_default();
    let first_name = query.split(['=', '&']).next().unwrap_or_default();
    url.path().contains('@') || first_name.contains('@')
}

fn unix_target(url: &Url) -> Result<Target, String> {
    let path = percent_decode(&url.path());
    if url.hostname().is_some_and(|host| !host.is_empty()) || path.len() < 2 {
        return Err("one for a Unix socket looks like redis+unix:///run/redis.sock?db=0".to_owned());
    }
    Ok(Target::Unix(PathBuf::from(OsString::from_vec(path))))
}

/// Without the password, and what it is not worth to repeat.
fn shown(url: &Url) -> String {
    let user = if url.username().is_empty() { "" } else { "@" };
    let host = if url.hostname().is_some() { url.host() } else { String::new() };
    format!("{}://{}{user}{host}{}", url.scheme(), url.username(), url.path())
}

fn decoded(text: &str) -> Result<String, String> {
    String::from_utf8(percent_decode(text))
        .map_err(|_| "its user or password is not UTF-8, percent-encoded".to_owned())
}

/// Nothing but the name is enough.
fn switch(name: &str, value: &str) -> Result<bool, String> {
    match value {
        "" | "1" | "true" => Ok(true),
        "0" | "false" => Ok(false),
        other => Err(format!("its option {name} is true or false, not '{other}'")),
    }
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("'{text}' is not the number of a database"))
}

/// Something that is not empty and can stand in a list of words.
fn word(name: &str, value: String) -> Result<String, String> {
    let is_word = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic());
    if is_word {
        Ok(value)
    } else {
        Err(format!("its option {name} must be letters without spaces"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<BrokerOptions, String> {
        parse_broker(text, &ClientTls::default())
    }

    #[test]
    fn urls_are_those_of_other_clients() {
        let options = parsed("redis://me:a%40b@[::1]:7000/3?prefix=chat&name=n1").unwrap();
        assert_eq!(options.target, Target::Tcp { host: "::1".to_owned(), port: 7000 });
        assert_eq!(
            (options.user.as_deref(), options.password.as_deref()),
            (Some("me"), Some("a@b"))
        );
        assert_eq!((options.database, &*options.prefix, &*options.name), (3, "chat", "n1"));
        assert_eq!(options.shown, "redis://me@[::1]:7000/3");
        let options = parsed("redis://:secret@cache").unwrap();
        assert_eq!(options.target, Target::Tcp { host: "cache".to_owned(), port: 6379 });
        assert_eq!((options.user, options.password.as_deref()), (None, Some("secret")));
        assert!(parsed("rediss://cache").unwrap().tls.is_some());
        let options = parsed("redis+unix:///run/r%20s.sock?db=2").unwrap();
        assert_eq!((options.target, options.database), (Target::Unix("/run/r s.sock".into()), 2));
    }

    #[test]
    fn those_of_nats_are_too() {
        let options = parsed("nats://me:p%40ss@bus?prefix=chat&servers=b:1,[::1]:2").unwrap();
        assert_eq!(options.target, Target::Tcp { host: "bus".to_owned(), port: 4222 });
        assert_eq!((options.others.len(), &*options.prefix), (2, "chat"));
        assert!(options.tls.is_none() && !options.shown.contains("ss"), "{}", options.shown);
        let Protocol::Nats(Proof::Password(user, password)) = options.protocol else { panic!() };
        assert_eq!((&*user, &*password), ("me", "p@ss"));
        let options = parsed("tls://secret@bus:4443").unwrap();
        assert!(options.tls.is_some() && options.shown == "tls://bus:4443", "{}", options.shown);
        assert!(
            matches!(options.protocol, Protocol::Nats(Proof::Token(token)) if token == "secret")
        );
    }

    #[test]
    fn a_wrong_url_is_named() {
        for (text, why) in [
            ("redis://", "it has no host"),
            ("redis://a/x", "'x' is not the number of a database"),
            ("redis://a?prefx=b", "it has an unknown option 'prefx': did you mean prefix?"),
            ("redis://user@a", "it names a user and no password"),
            ("http://a", "its scheme must be redis, rediss (with TLS) or redis+unix, or for NATS"),
            ("nats://", "it has no host"),
            ("nats://a?server=b:1", "it has an unknown option 'server': did you mean servers?"),
            ("nats://a?servers=b:1,c", "its option servers has 'c' where host:port belongs"),
            ("nats://a?nkey=/no/such", "its option nkey is a file, and '/no/such' cannot be read"),
            ("nats://a?servers=me:secret@b:1", "its option servers has an '@'"),
            ("redis://me:1/secret@a", "it has an '@' behind its host"),
            ("nats://secret/secret@a", "it has an '@' behind its host"),
            ("nats://me:1?secret@a", "it has an '@' behind its host"),
            ("redis+unix://a", "one for a Unix socket looks like"),
            ("://", "it is not a URL"),
        ] {
            let error = parsed(text).unwrap_err();
            assert!(error.starts_with(why), "{text}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
