//! Where a server that redirects sends an outgoing socket, and what is not taken there.
//!
//! Spec: RFC 9110 15.4. Browsers follow no redirects of an opening handshake; a script has to ask
//! for it.

use super::address::{is_secure, is_unix, map_scheme};
use crate::host::{Closed, ConnError};
use crate::proto::http1::is_redirect;
use crate::url::Url;

/// Where a socket is.
#[derive(Clone, Debug)]
pub(super) struct Hop {
    pub(super) url: Url,
    /// It is still with whom the credentials are for.
    pub(super) with_credentials: bool,
    /// How often it may still be redirected.
    pub(super) redirects: usize,
}

/// Whether a field of a request is for one server alone.
pub(super) fn is_credential(name: &str) -> bool {
    ["authorization", "cookie", "proxy-authorization"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// The next hop of a socket that ended with a redirect; `None` if it did not. An error says why it
/// cannot be followed.
pub(super) fn next(hop: &Hop, closed: &Closed) -> Result<Option<Hop>, ConnError> {
    let Some(error) = &closed.error else { return Ok(None) };
    let is_redirect = error.status.is_some_and(is_redirect);
    let refusal = error.refusal.as_ref().filter(|_| is_redirect && error.code.starts_with("HTTP_"));
    let Some(location) = refusal.and_then(|refusal| refusal.headers.get_str("location")) else {
        return Ok(None);
    };
    let Some(redirects) = hop.redirects.checked_sub(1) else {
        return Err(failed(error, "too many redirects (option followRedirects)"));
    };
    let url = Url::parse(location, Some(&hop.url)).filter(|_| !is_unix(&hop.url));
    let Some(mut url) = url else {
        return Err(failed(error, "the server redirects to what is no URL"));
    };
    map_scheme(&mut url);
    if !matches!(url.scheme(), "ws" | "wss") {
        return Err(failed(error, "the server redirects to another scheme than ws and wss"));
    }
    if is_secure(&hop.url) && !is_secure(&url) {
        return Err(failed(error, "the server redirects from wss to ws, which is not secure"));
    }
    let credentials = (hop.url.username().to_owned(), hop.url.password().to_owned());
    let is_same = is_same_server(&hop.url, &url);
    let with_credentials = hop.with_credentials && is_same;
    url.set_hash("");
    // What the server writes there is not for us to send.
    let (name, password) = if with_credentials { credentials } else { Default::default() };
    url.set_username(&name);
    url.set_password(&password);
    Ok(Some(Hop { url, with_credentials, redirects }))
}

fn is_same_server(one: &Url, other: &Url) -> bool {
    one.hostname() == other.hostname() && one.port_or_default() == other.port_or_default()
}

fn failed(error: &ConnError, why: &str) -> ConnError {
    let message = format!("{}: {why}", error.message);
    ConnError { code: "ERR_REDIRECT".to_owned(), message, ..error.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::{Cause, Refusal};
    use crate::proto::http1::Headers;

    fn closed(status: u16, location: &str) -> Closed {
        let headers = Headers::from_pairs([("Location", location.as_bytes())]);
        let error = ConnError {
            status: Some(status),
            refusal: Some(Box::new(Refusal { headers, body: Vec::new() })),
            ..ConnError::new(&format!("HTTP_{status}"), "redirected")
        };
        Closed::sample(1006, Cause::Protocol, Some(error))
    }

    fn follow(from: &str, status: u16, location: &str) -> Result<Option<(String, bool)>, String> {
        let hop =
            Hop { url: Url::parse(from, None).unwrap(), with_credentials: true, redirects: 1 };
        next(&hop, &closed(status, location))
            .map(|hop| hop.map(|hop| (hop.url.href(), hop.with_credentials)))
            .map_err(|error| error.message)
    }

    #[test]
    fn a_location_is_taken_relative_to_where_it_came_from() {
        for (from, location, to, kept) in [
            ("ws://a.example/x/y?z", "../b", "ws://a.example/b", true),
            ("ws://u:p@a.example/", "/b#c", "ws://u:p@a.example/b", true),
            ("ws://a.example/", "http://a.example:80/b", "ws://a.example/b", true),
            ("ws://u:p@a.example/", "http://b.example/", "ws://b.example/", false),
            ("ws://u:p@a.example/", "ws://a.example:81/", "ws://a.example:81/", false),
            ("ws://u:p@a.example/", "https://a.example/", "wss://a.example/", false),
            ("ws://a.example/", "ws://x:y@a.example/", "ws://a.example/", true),
        ] {
            assert_eq!(follow(from, 302, location), Ok(Some((to.to_owned(), kept))), "{location}");
        }
    }

    #[test]
    fn what_leads_astray_is_not_followed() {
        for (from, location) in [
            ("wss://a.example/", "ws://a.example/"),
            ("ws://a.example/", "ftp://a.example/"),
            ("ws://a.example/", "ws+unix:/run/x.sock"),
            ("ws://a.example/", "http://a b/"),
            ("ws+unix:/run/x.sock:/", "ws://a.example/"),
        ] {
            assert!(follow(from, 301, location).is_err(), "{location}");
        }
        assert_eq!(follow("ws://a.example/", 300, "/x"), Ok(None));
        assert_eq!(follow("ws://a.example/", 403, "/x"), Ok(None));
        let url = Url::parse("ws://a.example/", None).unwrap();
        let tired = Hop { url, with_credentials: true, redirects: 0 };
        assert!(next(&tired, &closed(308, "/x")).is_err());
    }
}
