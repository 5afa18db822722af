//! Percent-encoding, and which characters each part of a URL has to encode.
//!
//! Spec: <https://url.spec.whatwg.org/#percent-encoded-bytes>

use std::fmt::Write;

/// A percent-encode set: whether it has an ASCII character besides the C0 controls and DEL.
pub(super) type EncodeSet = fn(u8) -> bool;

pub(super) fn c0_control(_: u8) -> bool {
    false
}

pub(super) fn fragment(byte: u8) -> bool {
    matches!(byte, b' ' | b'"' | b'<' | b'>' | b'`')
}

pub(super) fn query(byte: u8) -> bool {
    matches!(byte, b' ' | b'"' | b'#' | b'<' | b'>')
}

pub(super) fn special_query(byte: u8) -> bool {
    query(byte) || byte == b'\''
}

pub(super) fn path(byte: u8) -> bool {
    query(byte) || matches!(byte, b'?' | b'^' | b'`' | b'{' | b'}')
}

pub(super) fn userinfo(byte: u8) -> bool {
    path(byte) || matches!(byte, b'/' | b':' | b';' | b'=' | b'@' | b'[' | b'\\' | b']' | b'|')
}

/// Appends a character, percent-encoded as UTF-8 where the set says so.
pub(super) fn push_encoded(to: &mut String, character: char, set: EncodeSet) {
    if (' '..='~').contains(&character) && !set(character as u8) {
        to.push(character);
        return;
    }
    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
        push_byte(to, byte);
    }
}

/// Appends `%` and two hexadecimal digits.
pub(super) fn push_byte(to: &mut String, byte: u8) {
    // Writing to a string does not fail.
    let _: std::fmt::Result = write!(to, "%{byte:02X}");
}

pub(super) fn encoded(text: &str, set: EncodeSet) -> String {
    let mut to = String::with_capacity(text.len());
    for character in text.chars() {
        push_encoded(&mut to, character, set);
    }
    to
}

/// The bytes of a text; `%` without two hexadecimal digits stands for itself.
pub fn percent_decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%'
            && let Some((high, low)) = digit(at + 1).zip(digit(at + 2))
            && let Ok(byte) = u8::try_from(high * 16 + low)
        {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    decoded
}
