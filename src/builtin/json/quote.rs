//! The text of a string in JSON, as UTF-8.
//!
//! Spec: <https://tc39.es/ecma262/#sec-quotejsonstring>

use boa_engine::string::{JsStr, JsStrVariant};

/// Appends a string with its quotes and escapes. What it appends is UTF-8 whatever the string
/// holds: a lone surrogate is escaped.
pub(super) fn quote(text: JsStr<'_>, out: &mut Vec<u8>) {
    out.push(b'"');
    match text.variant() {
        JsStrVariant::Latin1(bytes) if is_plain(bytes) => out.extend_from_slice(bytes),
        JsStrVariant::Latin1(bytes) => {
            for byte in bytes {
                push(char::from(*byte), out);
            }
        }
        JsStrVariant::Utf16(units) => {
            for unit in char::decode_utf16(units.iter().copied()) {
                match unit {
                    Ok(character) => push(character, out),
                    Err(lone) => escape(lone.unpaired_surrogate(), out),
                }
            }
        }
    }
    out.push(b'"');
}

/// Whether all of it stands for itself. It counts, without an early way out, so that the compiler
/// can look at many bytes at once.
fn is_plain(bytes: &[u8]) -> bool {
    let is_special = |byte: &&u8| matches!(byte, 0..=0x1f | b'"' | b'\\' | 0x80..);
    bytes.chunks(64).all(|chunk| chunk.iter().filter(is_special).count() == 0)
}

fn push(character: char, out: &mut Vec<u8>) {
    match character {
        '"' => out.extend_from_slice(b"\\\""),
        '\\' => out.extend_from_slice(b"\\\\"),
        '\u{8}' => out.extend_from_slice(b"\\b"),
        '\t' => out.extend_from_slice(b"\\t"),
        '\n' => out.extend_from_slice(b"\\n"),
        '\u{c}' => out.extend_from_slice(b"\\f"),
        '\r' => out.extend_from_slice(b"\\r"),
        '\0'..='\u{1f}' => escape(character as u16, out),
        ' '..='\u{7f}' => out.push(character as u8),
        _ => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

fn escape(unit: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\\u");
    for shift in [12, 8, 4, 0] {
        out.push(b"0123456789abcdef"[usize::from(unit >> shift) & 0xf]);
    }
}
