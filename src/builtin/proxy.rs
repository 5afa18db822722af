//! Which proxy an outgoing connection goes through: the option `proxy`, or what the environment says,
//! as curl and Node.js read it.
//!
//! Specs: <https://everything.curl.dev/usingcurl/proxies/env.html>,
//! <https://nodejs.org/api/http.html#built-in-proxy-support>

use std::net::IpAddr;

use boa_engine::{Context, JsResult};

use super::options::Given;
use crate::host::{ConnError, Proxy, ProxyKind, Target};
use crate::js::convert::to_utf8;
use crate::url::{Url, percent_decode};

/// What a script wants.
#[derive(Clone, Debug, Default)]
pub(super) enum ProxyWish {
    /// What the environment says.
    #[default]
    Environment,
    /// None at all.
    Direct,
    This(Proxy),
}

impl ProxyWish {
    /// The proxy on the way to a target.
    pub(super) fn proxy_for(
        &self,
        target: &Target,
        secure: bool,
    ) -> Result<Option<Proxy>, ConnError> {
        match self {
            Self::Direct => Ok(None),
            Self::This(proxy) => Ok(Some(proxy.clone())),
            Self::Environment => {
                of_environment(target, secure, |name| std::env::var(name).unwrap_or_default())
            }
        }
    }
}

/// The option: `false`, or the URL of a proxy, as a string or a `URL`.
pub(super) fn proxy_wish(given: &Given<'_>, context: &mut Context) -> JsResult<ProxyWish> {
    if given.value.as_boolean() == Some(false) {
        return Ok(ProxyWish::Direct);
    }
    if !given.value.is_string() && !given.value.is_object() {
        return Err(given.wrong_type("false or the URL of a proxy", context));
    }
    let text = to_utf8(&given.value.to_string(context)?);
    // The URL itself is not shown: it may have a password.
    parse_proxy(&text).map(ProxyWish::This).map_err(|why| given.wrong_value(why, context))
}

/// A proxy by its URL, of which `http:` may be left out.
fn parse_proxy(text: &str) -> Result<Proxy, &'static str> {
    let url = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let url = Url::parse(&url, None)
        .ok_or("it is not a URL; one looks like http://proxy.example:8080")?;
    let (kind, port) = match url.scheme() {
        "http" => (ProxyKind::Http, 80),
        "socks" | "socks5" | "socks5h" => (ProxyKind::Socks5, 1080),
        "https" => return Err("a proxy that is spoken to over TLS is not supported"),
        _ => return Err("the scheme must be http or socks5"),
    };
    let host = url.hostname().filter(|host| !host.is_empty()).ok_or("it names no host")?;
    let (name, password) = (percent_decode(url.username()), percent_decode(url.password()));
    Ok(Proxy {
        kind,
        host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
        port: url.port_or_default().unwrap_or(port),
        credentials: (!(name.is_empty() && password.is_empty())).then_some((name, password)),
    })
}

/// The proxy that variables of the environment name; an empty one says nothing.
fn of_environment(
    target: &Target,
    secure: bool,
    variable: impl Fn(&str) -> String,
) -> Result<Option<Proxy>, ConnError> {
    let Target::Tcp { host, port } = target else { return Ok(None) };
    let names: &[&str] = match secure {
        true => &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
        // A CGI program is given the field Proxy of its client as HTTP_PROXY.
        false if !variable("REQUEST_METHOD").is_empty() => {
            &["http_proxy", "all_proxy", "ALL_PROXY"]
        }
        false => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
    };
    let found = names.iter().map(|name| (name, variable(name))).find(|(_, url)| !url.is_empty());
    let Some((name, url)) = found else { return Ok(None) };
    let exceptions =
        ["no_proxy", "NO_PROXY"].map(&variable).into_iter().find(|list| !list.is_empty());
    if exceptions.is_some_and(|list| is_exception(&list, host, *port)) {
        return Ok(None);
    }
    parse_proxy(&url).map(Some).map_err(|why| {
        let message = format!("the proxy that the environment names in {name} is wrong: {why}");
        ConnError::new("ERR_INVALID_PROXY", message)
    })
}

/// Whether a list as in `NO_PROXY` has a host: `*`, names with all below them, addresses and
/// networks, each with a port or without.
fn is_exception(list: &str, host: &str, port: u16) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host).to_lowercase();
    let ip = host.parse::<IpAddr>().ok().map(|ip| ip.to_canonical());
    list.split([',', ' ', '\t']).map(str::trim).filter(|entry| !entry.is_empty()).any(|entry| {
        let (entry, only_port) = split_port(entry);
        if only_port.is_some_and(|only| only != port) {
            return false;
        }
        if entry == "*" {
            return true;
        }
        if let Some(ip) = ip {
            return is_in_network(entry, ip);
        }
        let entry = entry.strip_prefix('*').unwrap_or(entry);
        let entry = entry.trim_start_matches('.').trim_end_matches('.').to_lowercase();
        let below = host.strip_suffix(&entry).is_some_and(|rest| rest.ends_with('.'));
        !entry.is_empty() && (host == entry || below)
    })
}

/// `host:port` and `[address]:port`, taken apart. An address of IPv6 without brackets has no port.
fn split_port(entry: &str) -> (&str, Option<u16>) {
    let bracketed = entry.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    if let Some((address, rest)) = bracketed {
        return (address, rest.strip_prefix(':').and_then(|port| port.parse().ok()));
    }
    match entry.split_once(':') {
        Some((host, port)) if !port.contains(':') && !port.is_empty() => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) => (entry, None),
        },
        _ => (entry, None),
    }
}

/// Whether an address is this one, or in this network, as `10.0.0.0/8`.
fn is_in_network(entry: &str, ip: IpAddr) -> bool {
    let (network, bits) = entry.split_once('/').unwrap_or((entry, ""));
    let Ok(network) = network.parse::<IpAddr>() else { return false };
    let (network, ip, width) = match (network.to_canonical(), ip) {
        (IpAddr::V4(network), IpAddr::V4(ip)) => {
            (u128::from(network.to_bits()), u128::from(ip.to_bits()), 32)
        }
        (IpAddr::V6(network), IpAddr::V6(ip)) => (network.to_bits(), ip.to_bits(), 128),
        _ => return false,
    };
    let bits = if bits.is_empty() { Ok(width) } else { bits.parse::<u32>() };
    match bits {
        Ok(0) => true,
        Ok(bits) if bits <= width => (network ^ ip) >> (width - bits) == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)], host: &str, secure: bool) -> Result<Option<String>, String> {
        let target = Target::Tcp { host: host.to_owned(), port: 80 };
        let lookup = |name: &str| {
            let known = variables.iter().find(|variable| variable.0 == name);
            known.map(|variable| variable.1.to_owned()).unwrap_or_default()
        };
        let proxy = of_environment(&target, secure, lookup);
        proxy.map(|proxy| proxy.map(|proxy| proxy.to_string())).map_err(|error| error.message)
    }

    #[test]
    fn the_environment_names_a_proxy_for_each_scheme() {
        let all = [
            ("http_proxy", "one:1"),
            ("HTTP_PROXY", "two:2"),
            ("HTTPS_PROXY", "socks5://three"),
            ("ALL_PROXY", "four:4"),
        ];
        let named = |from: usize, secure| of(&all[from..], "a.example", secure).unwrap();
        assert_eq!(named(0, false).as_deref(), Some("http://one:1"));
        assert_eq!(named(1, false).as_deref(), Some("http://two:2"));
        assert_eq!(named(0, true).as_deref(), Some("socks5://three:1080"));
        assert_eq!(named(3, true).as_deref(), Some("http://four:4"));
        assert_eq!(named(2, false).as_deref(), Some("http://four:4"));
        assert_eq!(of(&[("http_proxy", "")], "a", false), Ok(None));
        assert_eq!(of(&[("HTTP_PROXY", "x"), ("REQUEST_METHOD", "GET")], "a", false), Ok(None));
        let wrong = of(&[("ALL_PROXY", "ftp://user:secret@x")], "a", false).unwrap_err();
        assert!(wrong.contains("ALL_PROXY") && !wrong.contains("secret"), "{wrong}");
        let exempt = [("ALL_PROXY", "x"), ("no_proxy", "a.example")];
        assert_eq!(of(&exempt, "a.example", false), Ok(None));
    }

    #[test]
    fn a_proxy_is_a_url() {
        let parsed = |text: &str| parse_proxy(text).map(|proxy| proxy.to_string());
        assert_eq!(parsed("localhost:3128").as_deref(), Ok("http://localhost:3128"));
        assert_eq!(parsed("http://[::1]:3128/").as_deref(), Ok("http://[::1]:3128"));
        assert_eq!(parsed("proxy").as_deref(), Ok("http://proxy:80"));
        assert_eq!(parsed("socks5h://proxy").as_deref(), Ok("socks5://proxy:1080"));
        for wrong in ["", "http://", "https://proxy", "socks4://proxy", "socks5://", "a b"] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
        let proxy = parse_proxy("socks5://us%20er:p%40ss@proxy").unwrap();
        assert_eq!(proxy.credentials, Some((b"us er".to_vec(), b"p@ss".to_vec())));
        assert!(!format!("{proxy:?} {proxy}").contains("ss@"));
    }

    #[test]
    fn exceptions_are_names_with_all_below_addresses_and_networks() {
        for (list, host, port, excepted) in [
            ("*", "a.example", 80, true),
            ("example", "a.example", 80, true),
            (".example", "a.example", 80, true),
            ("*.example", "a.example", 80, true),
            (".example", "example", 80, true),
            ("ample", "example", 80, false),
            ("x.example,A.Example", "a.example.", 80, true),
            ("b.example a.example", "a.example", 80, true),
            ("a.example:8080", "a.example", 8080, true),
            ("a.example:8080", "a.example", 80, false),
            ("127.0.0.1", "127.0.0.1", 80, true),
            ("127.0.0.1:81", "127.0.0.1", 80, false),
            ("10.0.0.0/8", "10.1.2.3", 80, true),
            ("10.0.0.0/8", "11.1.2.3", 80, false),
            ("0.0.0.0/0", "11.1.2.3", 80, true),
            ("10.0.0.0/33", "10.0.0.0", 80, false),
            ("::1", "::1", 80, true),
            ("[::1]:80", "::1", 80, true),
            ("fd00::/8", "fd12::1", 80, true),
            ("127.0.0.1", "::ffff:127.0.0.1", 80, true),
            ("1", "127.0.0.1", 80, false),
            (",,", "a", 80, false),
            (".", "a.example", 80, false),
        ] {
            assert_eq!(is_exception(list, host, port), excepted, "{list} {host}:{port}");
        }
    }
}
