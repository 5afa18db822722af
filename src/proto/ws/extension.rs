//! The grammar of `Sec-WebSocket-Extensions` (RFC 6455 9.1), and lists.

use std::fmt;

use crate::proto::token::{is_tchar, is_token};

/// One element of the field: an offer in a request, an acceptance in a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The extension's registered name, such as `permessage-deflate`.
    pub name: String,
    /// Its parameters in order, with the value of those that have one, unquoted.
    pub params: Vec<(String, Option<String>)>,
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for (name, value) in &self.params {
            match value {
                Some(value) => write!(f, "; {name}={value}")?,
                None => write!(f, "; {name}")?,
            }
        }
        Ok(())
    }
}

/// Reads one field value; `None` when it does not obey the grammar.
pub fn parse(value: &[u8]) -> Option<Vec<Extension>> {
    let mut rest = Scanner { bytes: value };
    let mut extensions = Vec::new();
    loop {
        // RFC 9110 5.6.1: a recipient takes empty list elements.
        while rest.skip(b',') {}
        rest.skip_blanks();
        if rest.bytes.is_empty() {
            return Some(extensions);
        }
        let mut extension = Extension { name: rest.token()?, params: Vec::new() };
        while rest.skip(b';') {
            rest.skip_blanks();
            let name = rest.token()?;
            let value = if rest.skip(b'=') { Some(rest.value()?) } else { None };
            extension.params.push((name, value));
        }
        extensions.push(extension);
        rest.skip_blanks();
        if !rest.bytes.is_empty() && !rest.bytes.starts_with(b",") {
            return None;
        }
    }
}

/// The elements of a comma-separated list, without blanks around them; empty ones are left out (RFC
/// 9110 5.6.1).
pub fn list(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|&byte| byte == b',').map(trim).filter(|element| !element.is_empty())
}

/// Without the blanks and tabs around it (RFC 9110 5.6.3: optional whitespace).
pub fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

/// What is left of a field value.
struct Scanner<'a> {
    bytes: &'a [u8],
}

impl Scanner<'_> {
    fn skip_blanks(&mut self) {
        while let [b' ' | b'\t', rest @ ..] = self.bytes {
            self.bytes = rest;
        }
    }

    /// Skips blanks, then this byte if it is next.
    fn skip(&mut self, byte: u8) -> bool {
        self.skip_blanks();
        match self.bytes {
            [first, rest @ ..] if *first == byte => {
                self.bytes = rest;
                true
            }
            _ => false,
        }
    }

    fn token(&mut self) -> Option<String> {
        let end = self.bytes.iter().position(|&byte| !is_tchar(byte)).unwrap_or(self.bytes.len());
        let (token, rest) = self.bytes.split_at(end);
        self.bytes = rest;
        if token.is_empty() { None } else { String::from_utf8(token.to_vec()).ok() }
    }

    /// A token, bare or as a quoted string.
    fn value(&mut self) -> Option<String> {
        self.skip_blanks();
        let [b'"', rest @ ..] = self.bytes else { return self.token() };
        let mut value = Vec::new();
        let mut rest = rest.iter();
        loop {
            match rest.next()? {
                b'"' => break,
                b'\\' => value.push(*rest.next()?),
                byte => value.push(*byte),
            }
        }
        self.bytes = rest.as_slice();
        // RFC 6455 9.1: "the value after quoted-string unescaping MUST conform to the 'token'
        // ABNF".
        if is_token(&value) { String::from_utf8(value).ok() } else { None }
    }
}
