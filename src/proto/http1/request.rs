//! A request, and what its head must satisfy beyond the grammar of lines: a target in an allowed
//! form, one valid `Host`, a framing, a known expectation (RFC 9112 3, RFC 9110 7 and 10.1.1).

use std::borrow::Cow;

use super::body::{Framing, FramingFields};
use super::error::PeerError;
use super::headers::{Headers, list_has};
use super::version::Version;

/// A whole request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, in its own case: methods are case-sensitive.
    pub method: Cow<'static, str>,
    /// The request target in ASCII: a path with an optional query, or `*`. A target in absolute form
    /// was split: its authority is in the `host` field, and the rest is here.
    pub target: String,
    /// The version of the request line.
    pub version: Version,
    /// The header fields.
    pub headers: Headers,
    /// The body without its transfer coding.
    pub body: Vec<u8>,
}

impl Request {
    /// The path of the target, not decoded: `/a` of `/a?b`; `*` of `*`.
    pub fn pathname(&self) -> &str {
        self.target.split_once('?').map_or(&self.target, |(path, _)| path)
    }

    /// What follows the first `?` of the target, if there is one.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// RFC 9112 3.2.2: with a target in absolute form, an origin server ignores `Host` and uses the
    /// target's authority. This moves the authority to `Host` and leaves the rest as the target, so
    /// that nothing else needs to know the absolute form.
    pub(super) fn resolve_target(&mut self) {
        let Some((authority, rest)) = absolute(&self.target) else { return };
        let mut fields = vec![("host", authority.as_bytes())];
        fields.extend(self.headers.iter().filter(|(name, _)| *name != "host"));
        let headers = Headers::from_pairs(fields);
        let target = match rest {
            // RFC 9112 3.2.4: this is how `OPTIONS *` is sent to a proxy.
            "" if self.method == "OPTIONS" => "*".to_owned(),
            rest if rest.starts_with('/') => rest.to_owned(),
            rest => format!("/{rest}"),
        };
        (self.headers, self.target) = (headers, target);
    }
}

/// What the head of a request says, once it is accepted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) framing: Framing,
    /// The connection may serve another request.
    pub(super) keep_alive: bool,
    pub(super) expects_continue: bool,
    /// The request asks to go on as a WebSocket.
    pub(super) upgrade: bool,
}

impl Facts {
    /// Accepts or refuses a head, in one walk over its fields.
    pub(super) fn of(request: &Request) -> Result<Self, PeerError> {
        let mut host = None;
        let (mut close, mut stay, mut upgrade) = (false, false, false);
        let mut expect = None;
        let mut framing = FramingFields::default();
        for (name, value) in request.headers.fields() {
            match name {
                b"host" if host.replace(value).is_some() => return Err(PeerError::HostRepeated),
                b"connection" => {
                    close |= list_has(value, b"close");
                    stay |= list_has(value, b"keep-alive");
                }
                b"content-length" => framing.add_length(value),
                b"transfer-encoding" => framing.add_coding(value),
                b"expect" if expect.replace(value).is_some() => return Err(PeerError::Expectation),
                b"upgrade" => upgrade |= list_has(value, b"websocket"),
                b"sec-websocket-key" => upgrade = true,
                _ => {}
            }
        }
        check_target(request, host)?;
        let current = request.version == Version::Http11;
        let facts = Self {
            framing: framing.framing(request.version)?,
            // RFC 9112 9.3: persistent by default in 1.1, on request in 1.0.
            keep_alive: !close && (current || stay),
            // RFC 9110 10.1.1 and 7.8: a server must ignore `Expect: 100-continue` and `Upgrade` in
            // an HTTP/1.0 request.
            expects_continue: current && expect.is_some(),
            upgrade: current && upgrade,
        };
        match expect {
            Some(value) if current && !value.eq_ignore_ascii_case(b"100-continue") => {
                Err(PeerError::Expectation)
            }
            _ if facts.upgrade
                && !matches!(facts.framing, Framing::Unsaid | Framing::Length(0)) =>
            {
                Err(PeerError::UpgradeWithBody)
            }
            _ => Ok(facts),
        }
    }
}

/// RFC 9112 3.2: the forms of a request target, and the rules on `Host`.
fn check_target(request: &Request, host: Option<&[u8]>) -> Result<(), PeerError> {
    let target = &request.target;
    if request.method == "CONNECT" {
        return Err(PeerError::Connect);
    }
    // A fragment never goes on the wire; bytes above 0x7f must be percent-encoded.
    if !target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
        return Err(PeerError::Target);
    }
    match host {
        // RFC 9112 3.2: 400 for a request of HTTP/1.1 without Host, for more than one, and for an
        // invalid one.
        None if request.version == Version::Http11 => return Err(PeerError::HostMissing),
        Some(host) if !is_authority(host) => return Err(PeerError::HostInvalid),
        _ => {}
    }
    if target.starts_with('/') || target == "*" && request.method == "OPTIONS" {
        return Ok(());
    }
    let Some((authority, path)) = absolute(target) else { return Err(PeerError::Target) };
    if !is_authority(authority.as_bytes()) || !(path.is_empty() || path.starts_with(['/', '?'])) {
        return Err(PeerError::Target);
    }
    Ok(())
}

/// The authority and the rest of an absolute `http` or `https` target.
fn absolute(target: &str) -> Option<(&str, &str)> {
    if target.starts_with('/') {
        return None;
    }
    let (scheme, rest) = target.split_once("://")?;
    let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    known.then(|| rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len())))
}

/// RFC 3986 3.2: `host [":" port]`, without user information and not empty.
fn is_authority(authority: &[u8]) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(byte);
    let port = if let Some(literal) = authority.strip_prefix(b"[") {
        let length = literal.iter().take_while(|&&byte| byte != b']').count();
        let Some((address, [_, port @ ..])) = literal.split_at_checked(length) else {
            return false;
        };
        let address = str::from_utf8(address).unwrap_or_default();
        if address.parse::<std::net::Ipv6Addr>().is_err() {
            return false;
        }
        port
    } else {
        let length = authority.iter().take_while(|byte| is_name(byte)).count();
        if length == 0 {
            return false;
        }
        &authority[length..]
    };
    match port {
        [] | [b':'] => true,
        [b':', digits @ ..] => {
            digits.iter().all(u8::is_ascii_digit)
                && str::from_utf8(digits).is_ok_and(|digits| digits.parse::<u16>().is_ok())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &'static str, target: &str) -> Request {
        Request {
            method: Cow::Borrowed(method),
            target: target.to_owned(),
            version: Version::Http11,
            headers: Headers::from_pairs([("host", b"a:8080".as_slice())]),
            body: Vec::new(),
        }
    }

    #[test]
    fn targets_split_into_path_and_query() {
        for (target, pathname, query) in [
            ("/", "/", None),
            ("/a/b?c=d?e", "/a/b", Some("c=d?e")),
            ("/?", "/", Some("")),
            ("//a/b", "//a/b", None),
            ("/r?to=http://b/c", "/r", Some("to=http://b/c")),
        ] {
            let mut request = request("GET", target);
            assert!(Facts::of(&request).is_ok(), "{target}");
            request.resolve_target();
            assert_eq!((request.pathname(), request.query()), (pathname, query), "{target}");
            assert_eq!(
                (&*request.target, request.headers.get_str("host")),
                (target, Some("a:8080"))
            );
        }
        let mut request = request("OPTIONS", "*");
        assert!(Facts::of(&request).is_ok());
        request.resolve_target();
        assert_eq!((request.pathname(), request.query()), ("*", None));
    }

    #[test]
    fn an_absolute_target_is_its_host_and_the_rest() {
        for (method, target, host, rest) in [
            ("GET", "http://a:8080", "a:8080", "/"),
            ("GET", "http://a:8080/", "a:8080", "/"),
            ("GET", "http://a:8080?q", "a:8080", "/?q"),
            ("GET", "HTTPS://Example.com/x?q=/?", "Example.com", "/x?q=/?"),
            ("GET", "http://b//c", "b", "//c"),
            ("GET", "http://[::1]:80/", "[::1]:80", "/"),
            ("OPTIONS", "http://b", "b", "*"),
            ("OPTIONS", "http://b/", "b", "/"),
            ("OPTIONS", "http://b?q", "b", "/?q"),
        ] {
            let mut request = request(method, target);
            request.headers = Headers::from_pairs([
                ("accept", b"*/*".as_slice()),
                ("host", b"a:8080"),
                ("cookie", b"caf\xe9"),
            ]);
            assert!(Facts::of(&request).is_ok(), "{target}");
            request.resolve_target();
            assert_eq!(request.target, rest, "{target}");
            let fields: Vec<_> = request.headers.iter().collect();
            assert_eq!(
                fields,
                [("host", host.as_bytes()), ("accept", b"*/*".as_slice()), ("cookie", b"caf\xe9")]
            );
        }
    }

    #[test]
    fn an_absolute_target_is_a_host_where_http_1_0_has_none() {
        let mut request = request("GET", "http://b/");
        (request.version, request.headers) = (Version::Http10, Headers::default());
        assert!(Facts::of(&request).is_ok());
        request.resolve_target();
        assert_eq!(request.headers.get_str("host"), Some("b"));
    }

    #[test]
    fn other_targets_are_refused() {
        for (method, target) in [
            ("GET", "*"),
            ("GET", "a/b"),
            ("GET", "a:8080"),
            ("GET", "?q"),
            ("GET", "/a#b"),
            ("GET", "/caf\u{e9}"),
            ("GET", "ftp://a:8080/"),
            ("GET", "http:///x"),
            ("GET", "http://user@a:8080/"),
            ("GET", "http://a:8080:80/"),
            ("GET", "http://a:99999/"),
            ("GET", "http://a b/"),
            ("GET", "http:/a/"),
            ("GET", "ws://a:8080/"),
            ("GET", "http//a/"),
            ("OPTIONS", "http://a/*#x"),
        ] {
            let error = Facts::of(&request(method, target)).expect_err(target);
            assert_eq!(error.status(), 400, "{target}");
        }
        assert_eq!(Facts::of(&request("CONNECT", "a:8080")).err(), Some(PeerError::Connect));
    }

    #[test]
    fn an_authority_is_a_host_and_a_port() {
        for good in ["a", "a.b-c_d", "a:", "a:80", "127.0.0.1:65535", "[::1]", "[::1]:80", "%41"] {
            assert!(is_authority(good.as_bytes()), "{good}");
        }
        for bad in [
            "", ":80", "a:b", "a:+1", "a:65536", "a b", "a/b", "a?b", "u@a", "[::1", "[::1]x",
            "[]", "[g]", "a:80:80", "a\\b", "a\u{e9}", "[::1]80",
        ] {
            assert!(!is_authority(bad.as_bytes()), "{bad}");
        }
    }
}
