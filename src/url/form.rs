//! `application/x-www-form-urlencoded`: the pairs of a query.
//!
//! Spec: <https://url.spec.whatwg.org/#application/x-www-form-urlencoded>

use super::encode::{percent_decode, push_byte};

/// The pairs of a query, decoded.
pub fn parse(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// The query that has these pairs.
pub fn serialize(pairs: &[(String, String)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        encode(name, &mut query);
        query.push('=');
        encode(value, &mut query);
    }
    query
}

fn decode(text: &str) -> String {
    let decoded = percent_decode(&text.replace('+', " "));
    String::from_utf8(decoded)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn encode(text: &str, to: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                to.push(char::from(byte));
            }
            b' ' => to.push('+'),
            byte => push_byte(to, byte),
        }
    }
}
