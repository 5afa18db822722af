//! Where a response sends a call, and what is not taken there.
//!
//! Spec: <https://fetch.spec.whatwg.org/#http-redirect-fetch>

use crate::builtin::messages::FieldList;
use crate::host::ConnError;
use crate::limits::FETCH_REDIRECTS_MAX;
use crate::proto::http1::ResponseHead;
use crate::url::Url;

/// A request that goes on elsewhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Next {
    pub(super) url: Url,
    /// It is another server than the one before.
    pub(super) is_other: bool,
    /// It asks for something, and sends nothing.
    pub(super) becomes_get: bool,
}

/// The next request of a call that has been redirected so often. An error says why there is none.
pub(super) fn next(
    method: &str,
    url: &Url,
    head: &ResponseHead,
    redirects: usize,
) -> Result<Next, ConnError> {
    let fail = |why: String| Err(ConnError::new("ERR_REDIRECT", why));
    let location = head.headers.get("location").unwrap_or_default();
    let location = String::from_utf8_lossy(location);
    let Some(mut next) = Url::parse(&location, Some(url)) else {
        return fail("the server redirects to what is no URL".to_owned());
    };
    if !matches!(next.scheme(), "http" | "https") {
        let scheme = next.scheme();
        return fail(format!("the server redirects to {scheme}:, which fetch does not follow"));
    }
    if redirects >= FETCH_REDIRECTS_MAX {
        return fail(format!("more than {FETCH_REDIRECTS_MAX} redirects"));
    }
    if !next.username().is_empty() || !next.password().is_empty() {
        // What the server writes there is not for us to send.
        next.set_username("");
        next.set_password("");
    }
    if let Some(fragment) = url.fragment().filter(|_| next.fragment().is_none()) {
        next.set_hash(fragment);
    }
    let becomes_get = match head.status {
        301 | 302 => method == "POST",
        303 => !matches!(method, "GET" | "HEAD"),
        _ => false,
    };
    let is_other = next.origin() != url.origin();
    Ok(Next { url: next, is_other, becomes_get })
}

/// Takes away what is not for the next server, and what was said of a body that is not sent.
pub(super) fn strip(fields: &mut FieldList, next: &Next) {
    if next.becomes_get {
        for name in [
            "content-encoding",
            "content-language",
            "content-location",
            "content-type",
            "content-length",
        ] {
            fields.delete(name);
        }
    }
    if next.is_other {
        for name in ["authorization", "cookie", "proxy-authorization", "host"] {
            fields.delete(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::http1::{Headers, Version};

    fn follow(method: &str, from: &str, status: u16, location: &str) -> Result<String, String> {
        let headers = Headers::from_pairs([("Location", location.as_bytes())]);
        let (reason, version) = (String::new(), Version::Http11);
        let head = ResponseHead { status, reason, version, headers };
        let next = next(method, &Url::parse(from, None).unwrap(), &head, 0);
        let shown = |next: Next| {
            let get = if next.becomes_get { " GET" } else { "" };
            let other = if next.is_other { " other" } else { "" };
            format!("{}{get}{other}", next.url.href())
        };
        next.map(shown).map_err(|error| error.message)
    }

    #[test]
    fn the_method_changes_as_browsers_have_it() {
        for (method, status, expected) in [
            ("GET", 301, "http://a/b"),
            ("POST", 301, "http://a/b GET"),
            ("POST", 302, "http://a/b GET"),
            ("PUT", 302, "http://a/b"),
            ("PUT", 303, "http://a/b GET"),
            ("HEAD", 303, "http://a/b"),
            ("POST", 307, "http://a/b"),
            ("POST", 308, "http://a/b"),
        ] {
            let next = follow(method, "http://a/", status, "b");
            assert_eq!(next.as_deref(), Ok(expected), "{method} {status}");
        }
    }

    #[test]
    fn a_location_is_taken_relative_to_where_it_came_from() {
        for (from, location, expected) in [
            ("http://a/x/y?z#f", "../b", "http://a/b#f"),
            ("http://a/#f", "/b#g", "http://a/b#g"),
            ("http://a/", "//b/c", "http://b/c other"),
            ("http://a/", "https://a/", "https://a/ other"),
            ("http://a/", "http://a:81/", "http://a:81/ other"),
            ("http://a/", "http://u:p@a/", "http://a/"),
            ("http://a/", "", "http://a/"),
        ] {
            assert_eq!(follow("GET", from, 302, location).as_deref(), Ok(expected), "{location}");
        }
        for location in ["http://a b/", "file:///etc/passwd", "data:,x", "ws://a/"] {
            assert!(follow("GET", "http://a/", 302, location).is_err(), "{location}");
        }
    }

    #[test]
    fn what_is_for_one_server_is_not_for_another() {
        let mut fields = FieldList::default();
        for name in ["Authorization", "Cookie", "Host", "Content-Type", "X-Own"] {
            fields.append(name, b"x".to_vec());
        }
        let next = |is_other, becomes_get| Next {
            url: Url::parse("http://b/", None).unwrap(),
            is_other,
            becomes_get,
        };
        strip(&mut fields, &next(false, false));
        assert_eq!(fields.len(), 5);
        strip(&mut fields, &next(false, true));
        assert!(fields.len() == 4 && !fields.contains("content-type"));
        strip(&mut fields, &next(true, false));
        assert!(fields.len() == 1 && fields.contains("x-own"));
    }
}
