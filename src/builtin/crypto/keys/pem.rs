//! Text with keys and certificates (RFC 7468), read as leniently as OpenSSL does.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The first block of a kind that `wanted` accepts: its label, and its bytes.
pub(super) fn find(text: &[u8], wanted: impl Fn(&str) -> bool) -> Option<(String, Vec<u8>)> {
    let text = String::from_utf8_lossy(text);
    let mut rest = &*text;
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let (label, body) = after.split_once("-----")?;
        let end = format!("-----END {label}-----");
        let (body, after) = body.split_once(&*end)?;
        if wanted(label) {
            let plain: String = body.split_ascii_whitespace().collect();
            return Some((label.to_owned(), STANDARD.decode(plain).ok()?));
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_block_of_the_kind_is_taken_whatever_is_around_it() {
        let text = b"say\r\n-----BEGIN A-----\r\nAQID\r\n-----END A-----\n-----BEGIN B-----\nBA\n==\n-----END B-----";
        assert_eq!(find(text, |_| true), Some(("A".to_owned(), vec![1, 2, 3])));
        assert_eq!(find(text, |label| label == "B"), Some(("B".to_owned(), vec![4])));
        assert_eq!(find(text, |label| label == "C"), None);
    }

    #[test]
    fn what_is_no_block_is_none() {
        for text in
            ["", "-----BEGIN ", "-----BEGIN A-----", "-----BEGIN A-----\n!\n-----END A-----"]
        {
            assert_eq!(find(text.as_bytes(), |_| true), None, "{text}");
        }
    }
}
