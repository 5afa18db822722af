//! Names on the wire, and as text.
//!
//! Spec: RFC 1035 3.1, 4.1.4 and 5.1.

use std::fmt::Write;

/// Bytes of a label.
const LABEL_MAX: usize = 63;
/// Bytes of a name on the wire.
const NAME_MAX: usize = 255;

/// Appends a name. False if it is none: a label is empty or too long, or all of it is.
pub(super) fn push_name(name: &str, out: &mut Vec<u8>) -> bool {
    let start = out.len();
    let name = name.strip_suffix('.').unwrap_or(name);
    if !name.is_empty() {
        for label in name.split('.') {
            let Ok(length) = u8::try_from(label.len()) else { return false };
            if label.is_empty() || label.len() > LABEL_MAX {
                return false;
            }
            out.push(length);
            out.extend_from_slice(label.as_bytes());
        }
    }
    out.push(0);
    out.len() - start <= NAME_MAX
}

/// Reads a name that begins at `*pos`, and goes behind it. `None` if it is cut off, too long, or
/// refers to itself.
pub(super) fn read_name(message: &[u8], pos: &mut usize) -> Option<String> {
    let mut text = String::new();
    let (mut at, mut length) = (*pos, 1);
    // Each reference leads further to the front, so there is an end.
    let mut before = *pos;
    let mut end = None;
    loop {
        let first = usize::from(*message.get(at)?);
        match first >> 6 {
            0 if first == 0 => {
                *pos = end.unwrap_or(at + 1);
                return Some(text);
            }
            0 => {
                let label = message.get(at + 1..at + 1 + first)?;
                length += first + 1;
                if length > NAME_MAX {
                    return None;
                }
                if !text.is_empty() {
                    text.push('.');
                }
                push_label(label, &mut text);
                at += 1 + first;
            }
            3 => {
                let target = (first & 0x3F) << 8 | usize::from(*message.get(at + 1)?);
                end = end.or(Some(at + 2));
                if target >= before {
                    return None;
                }
                (before, at) = (target, target);
            }
            _ => return None,
        }
    }
}

/// RFC 1035 5.1: what would be mistaken for something else is escaped.
fn push_label(label: &[u8], text: &mut String) {
    for &byte in label {
        match byte {
            b'.' | b'\\' | b'"' | b'(' | b')' | b';' | b'@' | b'$' => {
                text.push('\\');
                text.push(char::from(byte));
            }
            0x21..=0x7E => text.push(char::from(byte)),
            _ => {
                // Writing to a string does not fail.
                let _ = write!(text, "\\{byte:03}");
            }
        }
    }
}
