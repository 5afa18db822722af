//! URLs that have no server: `data:` and `blob:`, and those that are refused.
//!
//! Spec: <https://fetch.spec.whatwg.org/#data-urls>

use boa_engine::Context;

use crate::builtin::blob::{content_type, shared_bytes};
use crate::builtin::encoding::forgiving_base64;
use crate::builtin::object_urls;
use crate::builtin::shared_bytes::SharedBytes;
use crate::host::ConnError;
use crate::js::convert::to_utf8;
use crate::proto::media_type::MediaType;
use crate::url::{Url, percent_decode};

/// What a `data:` URL has in it: its type, and its bytes.
pub(super) fn data(url: &Url) -> Result<(String, Vec<u8>), ConnError> {
    let fail = |why: &str| ConnError::new("ERR_INVALID_URL", format!("a data: URL {why}"));
    let mut url = url.clone();
    url.set_hash("");
    let whole = url.href();
    let input = whole.strip_prefix("data:").unwrap_or_default();
    let (kind, body) =
        input.split_once(',').ok_or_else(|| fail("needs a comma before its content"))?;
    let body = percent_decode(body);
    let kind = kind.trim_matches(|c: char| c.is_ascii_whitespace());
    let (kind, body) = match base64_of(kind) {
        Some(kind) => {
            let decoded = forgiving_base64(&body);
            (kind, decoded.ok_or_else(|| fail("says that it is in base64, and is not"))?)
        }
        None => (kind, body),
    };
    let kind = if kind.starts_with(';') { format!("text/plain{kind}") } else { kind.to_owned() };
    let kind = MediaType::parse(kind.as_bytes()).map(|kind| kind.to_string());
    Ok((kind.unwrap_or_else(|| "text/plain;charset=US-ASCII".to_owned()), body))
}

/// What a `blob:` URL stands for: its type, and its bytes.
pub(super) fn blob(
    url: &Url,
    method: &str,
    context: &Context,
) -> Result<(String, SharedBytes), ConnError> {
    let fail = |why: String| ConnError::new("ERR_INVALID_URL", why);
    if method != "GET" {
        return Err(fail(format!("a blob: URL is only for GET, not for {method}")));
    }
    let mut url = url.clone();
    url.set_hash("");
    let found = object_urls::blob_of(&url.href(), context);
    let found = found.and_then(|blob| Some((content_type(&blob)?, shared_bytes(&blob)?)));
    let (kind, bytes) = found.ok_or_else(|| {
        fail("this blob: URL stands for nothing: it was revoked, or never made here".to_owned())
    })?;
    Ok((to_utf8(&kind), bytes))
}

/// The type, if what follows it is in base64.
fn base64_of(kind: &str) -> Option<&str> {
    let at = kind.len().checked_sub("base64".len())?;
    let (before, last) = (kind.get(..at)?, kind.get(at..)?);
    let before = before.trim_end_matches(' ');
    last.eq_ignore_ascii_case("base64").then(|| before.strip_suffix(';')).flatten()
}

/// Why a URL cannot be fetched.
pub(super) fn refused(url: &Url) -> ConnError {
    match url.scheme() {
        "file" => ConnError::new(
            "ERR_UNSUPPORTED_SCHEME",
            "fetch reads no files, whose paths a page or a server could choose: serve them with \
             krandog:files",
        ),
        "ws" | "wss" => ConnError::new(
            "ERR_UNSUPPORTED_SCHEME",
            "fetch opens no WebSocket: use new WebSocket(url)",
        ),
        scheme => ConnError::new(
            "ERR_UNSUPPORTED_SCHEME",
            format!("fetch knows http:, https:, data: and blob: URLs, and not {scheme}:"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_url_has_a_type_and_a_body() {
        for (text, kind, body) in [
            ("data:,a%20b", "text/plain;charset=US-ASCII", "a b"),
            ("data:text/html,<p>", "text/html", "<p>"),
            ("data:text/html;charset=utf-8,x#y", "text/html;charset=utf-8", "x"),
            ("data:;charset=x,y", "text/plain;charset=x", "y"),
            ("data:;base64,aGk=", "text/plain;charset=US-ASCII", "hi"),
            ("data:image/png ; BASE64,aG k", "image/png", "hi"),
            ("data:base64,aGk=", "text/plain;charset=US-ASCII", "aGk="),
            ("data:nonsense,x", "text/plain;charset=US-ASCII", "x"),
            ("data:,", "text/plain;charset=US-ASCII", ""),
        ] {
            let url = Url::parse(text, None).unwrap();
            let expected = (kind.to_owned(), body.as_bytes().to_vec());
            assert_eq!(data(&url).ok(), Some(expected), "{text}");
        }
        for text in ["data:text/plain", "data:;base64,a", "data:;base64,%ff"] {
            assert!(data(&Url::parse(text, None).unwrap()).is_err(), "{text}");
        }
    }
}
