//! Whose pages may open a WebSocket: a browser sends `Origin`, and cookies with it, whatever page
//! asked for it.
//!
//! Spec: RFC 6454; the stars mean what they do in a Content Security Policy
//! (<https://www.w3.org/TR/CSP3/#match-hosts>).

use crate::proto::http1::Headers;

/// Which pages may open a WebSocket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OriginPolicy {
    /// Pages of this server only. Requests without `Origin` do not come from pages.
    #[default]
    SameOrigin,
    /// Every page.
    Any,
    /// Pages of these origins.
    List(Vec<OriginPattern>),
}

/// An origin, as `https://example.com`; or many, as `https://*.example.com` or
/// `http://localhost:*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginPattern {
    /// The origin, or what ends those that match but for their ports.
    text: String,
    /// What they begin with, `https://`, where any names may stand before `text`.
    below: Option<String>,
    any_port: bool,
}

impl OriginPolicy {
    /// Why a request with these headers may not open a WebSocket. `host` is what the client has asked
    /// for, where a proxy has said so.
    pub(super) fn refusal(&self, headers: &Headers, host: Option<&str>) -> Option<String> {
        if self.allows(headers, host) {
            return None;
        }
        let origin = headers.get_str("origin").unwrap_or("?");
        Some(format!(
            "origin {origin} may not open a WebSocket here: allow it with the server option \
             websocket.allowedOrigins"
        ))
    }

    /// Whether a request with these headers may open a WebSocket.
    fn allows(&self, headers: &Headers, host: Option<&str>) -> bool {
        let Some(origin) = headers.get_str("origin") else {
            // Unreadable is not absent.
            return headers.get("origin").is_none() || *self == Self::Any;
        };
        match self {
            Self::Any => true,
            Self::List(patterns) => patterns.iter().any(|pattern| pattern.matches(origin)),
            Self::SameOrigin => {
                let from = origin.split_once("://").map(|(_, from)| from);
                from.zip(host.or_else(|| headers.get_str("host")))
                    .is_some_and(|(origin, host)| origin.eq_ignore_ascii_case(host))
            }
        }
    }
}

impl OriginPattern {
    /// The pattern that a text stands for; stars anywhere else are characters like others.
    pub fn new(text: &str) -> Self {
        let (text, any_port) = match text.strip_suffix(":*") {
            Some(text) => (text, true),
            None => (text, false),
        };
        match text.split_once("://*.") {
            Some((scheme, host)) => {
                let (text, below) = (format!(".{host}"), Some(format!("{scheme}://")));
                Self { text, below, any_port }
            }
            None => Self { text: text.to_owned(), below: None, any_port },
        }
    }

    fn matches(&self, origin: &str) -> bool {
        let origin = if self.any_port { without_port(origin) } else { origin };
        let Some(scheme) = &self.below else { return self.text.eq_ignore_ascii_case(origin) };
        let name = strip_prefix(origin, scheme).and_then(|rest| strip_suffix(rest, &self.text));
        // What has a port, a path or credentials in the place of names is none.
        name.is_some_and(|name| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        })
    }
}

fn without_port(origin: &str) -> &str {
    let Some((rest, port)) = origin.rsplit_once(':') else { return origin };
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    if is_port { rest } else { origin }
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(prefix.len())?;
    begin.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn strip_suffix<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(suffix.len())?)?;
    end.eq_ignore_ascii_case(suffix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::OriginPattern;

    #[test]
    fn a_star_stands_for_names_below_a_host_or_for_any_port() {
        for (pattern, origin, matches) in [
            ("https://example.com", "https://example.com", true),
            ("https://example.com", "HTTPS://Example.com", true),
            ("https://example.com", "https://example.com:8443", false),
            ("https://*.example.com", "https://www.example.com", true),
            ("https://*.example.com", "https://a.b.EXAMPLE.com", true),
            ("https://*.example.com", "https://example.com", false),
            ("https://*.example.com", "https://.example.com", false),
            ("https://*.example.com", "http://www.example.com", false),
            ("https://*.example.com", "https://evil-example.com", false),
            ("https://*.example.com", "https://www.example.com.evil.com", false),
            ("https://*.example.com", "https://www.example.com:8443", false),
            ("https://*.example.com", "https://evil.com:1.example.com", false),
            ("https://*.example.com", "https://evil.com/.example.com", false),
            ("https://*.example.com", "https://evil.com@www.example.com", false),
            ("https://*.example.com", "https://\u{e9}.example.com", false),
            ("https://*.example.com:8443", "https://www.example.com:8443", true),
            ("https://*.example.com:8443", "https://www.example.com", false),
            ("https://*.example.com:*", "https://www.example.com:8443", true),
            ("https://*.example.com:*", "https://www.example.com", true),
            ("http://localhost:*", "http://localhost:3000", true),
            ("http://localhost:*", "http://localhost", true),
            ("http://localhost:*", "http://localhost:", false),
            ("http://localhost:*", "http://localhost:3000.evil.com", false),
            ("http://[::1]:*", "http://[::1]:3000", true),
            ("http://[::1]:*", "http://[::1]", true),
            ("null", "null", true),
            ("https://*.example.com", "null", false),
            ("https://*.example.com", "", false),
        ] {
            assert_eq!(OriginPattern::new(pattern).matches(origin), matches, "{pattern} {origin}");
        }
    }
}
