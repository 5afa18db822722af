//! What `fetch` takes beside the options of the standard: how to get to the server, and how long to
//! wait. Names that nobody knows are refused where they look like one that is known, or are one of
//! another library.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, js_string};

use crate::builtin::options::{
    Opt, duration, flag, group, millis, names_in, nearest, nested, other, read_one, text,
};
use crate::builtin::proxy::{ProxyWish, proxy_wish};
use crate::builtin::tls::{client_tls, client_tls_names};
use crate::host::RequestTimeouts;
use crate::js::convert::to_utf8;
use crate::js::error::type_error;
use crate::net::tls::ClientTls;

/// What a script has said.
#[derive(Clone)]
pub(in crate::builtin) struct Options {
    pub(in crate::builtin) tls: ClientTls,
    pub(in crate::builtin) proxy: ProxyWish,
    pub(in crate::builtin) unix: Option<PathBuf>,
    pub(in crate::builtin) local_address: Option<IpAddr>,
    pub(in crate::builtin) timeouts: RequestTimeouts,
    /// Whether contents are decoded.
    pub(in crate::builtin) decompress: bool,
    /// Whether nothing was said of the way to the server.
    pub(in crate::builtin) is_usual: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tls: ClientTls::default(),
            proxy: ProxyWish::default(),
            unix: None,
            local_address: None,
            timeouts: RequestTimeouts::default(),
            decompress: true,
            is_usual: true,
        }
    }
}

const OWN: [Opt<Options>; 6] = [
    nested("tls", client_tls_names, |to, given, context| {
        to.tls = client_tls(given, context)?;
        to.is_usual = false;
        Ok(())
    }),
    other("proxy", |to, given, context| {
        to.proxy = proxy_wish(given, context)?;
        to.is_usual = false;
        Ok(())
    }),
    text("unix", |to, path| {
        to.unix = Some(PathBuf::from(path));
        to.is_usual = false;
    }),
    other("localAddress", |to, given, context| {
        let address = given.value.as_string().and_then(|text| to_utf8(&text).parse().ok());
        let wrong =
            |context: &mut Context| given.wrong_type("an IP address of this machine", context);
        to.local_address = Some(address.ok_or_else(|| wrong(context))?);
        to.is_usual = false;
        Ok(())
    }),
    group("timeouts", &[&TIMEOUTS]),
    flag("decompress", |to, decompress| to.decompress = decompress),
];

const TIMEOUTS: [Opt<Options>; 3] = [
    millis("connect", 1, |to, time| to.timeouts.connect = duration(time)),
    millis("headers", 0, |to, time| to.timeouts.head = unless_never(time)),
    millis("body", 0, |to, time| to.timeouts.body = unless_never(time)),
];

/// What the standard has.
const STANDARD: [&str; 16] = [
    "method",
    "headers",
    "body",
    "referrer",
    "referrerPolicy",
    "mode",
    "credentials",
    "cache",
    "redirect",
    "integrity",
    "keepalive",
    "signal",
    "duplex",
    "priority",
    "window",
    "url",
];

/// What other libraries have, and what to write here.
const FOREIGN: [(&str, &str); 12] = [
    ("timeout", "signal: AbortSignal.timeout(ms)"),
    ("agent", "proxy, tls, unix or localAddress"),
    ("dispatcher", "proxy, tls, unix or localAddress"),
    ("client", "proxy, tls, unix or localAddress"),
    ("json", "body: JSON.stringify(value) and the header content-type"),
    ("data", "body"),
    ("params", "a query in the URL, as URLSearchParams makes it"),
    ("query", "a query in the URL, as URLSearchParams makes it"),
    ("searchParams", "a query in the URL, as URLSearchParams makes it"),
    ("auth", "the header authorization"),
    ("compress", "decompress"),
    ("socketPath", "unix"),
];

/// A wait of 0 ms is one without end, which a hundred years are.
fn unless_never(milliseconds: usize) -> Duration {
    if milliseconds == 0 { Duration::from_hours(24 * 365 * 100) } else { duration(milliseconds) }
}

/// Reads them from the second argument of `fetch`.
pub(super) fn options(init: &JsObject, context: &mut Context) -> JsResult<Options> {
    let mut options = Options::default();
    for key in init.own_property_keys(context)? {
        let PropertyKey::String(name) = &key else { continue };
        let name = to_utf8(name);
        if STANDARD.contains(&name.as_str()) {
            continue;
        }
        let own = names_in(&[&OWN]);
        match own.iter().find(|known| **known == name) {
            Some(name) => {
                let value = init.get(js_string!(*name), context)?;
                if !value.is_undefined() {
                    read_one(name, &value, &OWN, &mut options, context)?;
                }
            }
            None => check_unknown(&name, &own)?,
        }
    }
    Ok(options)
}

/// An option that is ignored may be one that somebody counts on.
fn check_unknown(name: &str, own: &[&'static str]) -> JsResult<()> {
    if let Some((_, remedy)) = FOREIGN.iter().find(|(known, _)| *known == name) {
        return Err(type_error(format!("fetch has no option {name}: write {remedy}")));
    }
    let known = STANDARD.iter().copied().chain(own.iter().copied());
    match nearest(name, known) {
        Some(meant) => Err(type_error(format!("unknown option {name}: did you mean {meant}?"))),
        // As the standard has it.
        None => Ok(()),
    }
}
