//! The URL of an outgoing WebSocket: what it may be, and where it leads.
//!
//! Spec: <https://websockets.spec.whatwg.org/#dom-websocket-websocket>. Not of the standard is
//! `ws+unix:/path/of/the.sock:/path`, which npm's `ws` has made known.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use boa_engine::{Context, JsResult};

use crate::builtin::dom::exception::dom_exception;
use crate::host::Target;
use crate::proto::http1::basic_credentials;
use crate::url::{Url, percent_decode};

/// The scheme for a path in the file system.
const UNIX: &str = "ws+unix";

/// Steps 1 to 7 of the constructor.
pub(super) fn parse_url(text: &str, context: &mut Context) -> JsResult<Url> {
    let fail = |why: &str, context: &mut Context| {
        let message = format!("cannot open a WebSocket to '{text}': {why}");
        Err(dom_exception("SyntaxError", &message, context))
    };
    let Some(mut url) = Url::parse(text, None) else {
        return fail("it is not a URL; one looks like ws://localhost:3000/", context);
    };
    map_scheme(&mut url);
    if !matches!(url.scheme(), "ws" | "wss" | UNIX) {
        let why = format!("the scheme must be ws or wss, not {}", url.scheme());
        return fail(&why, context);
    }
    if url.fragment().is_some() {
        return fail("it has a fragment (#), which a server never sees", context);
    }
    if is_unix(&url) && url.hostname().is_some_and(|host| !host.is_empty())
        || is_unix(&url) && unix_paths(&url).0.is_empty()
    {
        return fail("one for a Unix socket looks like ws+unix:/run/app.sock:/path", context);
    }
    Ok(url)
}

/// `http:` and `https:` are other words for `ws:` and `wss:`.
pub(super) fn map_scheme(url: &mut Url) {
    match url.scheme() {
        "http" => url.set_protocol("ws"),
        "https" => url.set_protocol("wss"),
        _ => {}
    }
}

/// Whether it leads to a path in the file system.
pub(super) fn is_unix(url: &Url) -> bool {
    url.scheme() == UNIX
}

/// Whether the connection is to be secure.
pub(super) fn is_secure(url: &Url) -> bool {
    url.scheme() == "wss"
}

/// The path of the socket, percent-encoded, and that of the request.
fn unix_paths(url: &Url) -> (String, String) {
    let path = url.path();
    match path.split_once(':') {
        Some((socket, "")) => (socket.to_owned(), "/".to_owned()),
        Some((socket, path)) => (socket.to_owned(), path.to_owned()),
        None => (path, "/".to_owned()),
    }
}

/// What is connected to.
pub(super) fn target_of(url: &Url) -> Target {
    if is_unix(url) {
        let path = percent_decode(&unix_paths(url).0);
        return Target::Unix(PathBuf::from(OsString::from_vec(path)));
    }
    let name = url.hostname().unwrap_or_default();
    Target::Tcp {
        host: name.trim_start_matches('[').trim_end_matches(']').to_owned(),
        port: url.port_or_default().unwrap_or(80),
    }
}

/// The `Host` field.
pub(super) fn host_field(url: &Url) -> String {
    if is_unix(url) { "localhost".to_owned() } else { url.host() }
}

/// The path that is asked for, without the query.
pub(super) fn pathname_of(url: &Url) -> String {
    if is_unix(url) { unix_paths(url).1 } else { url.path() }
}

/// The target of the request.
pub(super) fn request_target(url: &Url) -> String {
    let path = pathname_of(url);
    let slash = if path.starts_with('/') { "" } else { "/" };
    match url.query() {
        Some(query) => format!("{slash}{path}?{query}"),
        None => format!("{slash}{path}"),
    }
}

/// What the credentials in the URL become.
pub(super) fn authorization(url: &Url) -> Option<String> {
    let (name, password) = (url.username(), url.password());
    let given = !(name.is_empty() && password.is_empty());
    given.then(|| basic_credentials(&percent_decode(name), &percent_decode(password)))
}
