//! The encodings of Node.js between text and bytes.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use boa_engine::JsString;
use boa_engine::string::{JsStr, JsStrVariant};

use crate::js::convert::{js_string_from_checked, with_utf8};
use crate::js::memory::note_unseen;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::builtin) enum Encoding {
    Utf8,
    Utf16le,
    Latin1,
    Ascii,
    Hex,
    Base64,
    Base64url,
}

impl Encoding {
    /// By any of its names, in any case.
    pub(in crate::builtin) fn parse(name: &str) -> Option<Self> {
        Some(match &*name.to_ascii_lowercase() {
            "utf8" | "utf-8" => Self::Utf8,
            "ucs2" | "ucs-2" | "utf16le" | "utf-16le" => Self::Utf16le,
            "latin1" | "binary" => Self::Latin1,
            "ascii" => Self::Ascii,
            "hex" => Self::Hex,
            "base64" => Self::Base64,
            "base64url" => Self::Base64url,
            _ => return None,
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16le => "utf16le",
            Self::Latin1 => "latin1",
            Self::Ascii => "ascii",
            Self::Hex => "hex",
            Self::Base64 => "base64",
            Self::Base64url => "base64url",
        }
    }

    pub(in crate::builtin) fn encode(self, text: &JsString) -> Vec<u8> {
        match self {
            Self::Utf8 => with_utf8(text, <[u8]>::to_vec),
            Self::Utf16le => text.iter().flat_map(u16::to_le_bytes).collect(),
            Self::Latin1 | Self::Ascii => match text.as_str().variant() {
                JsStrVariant::Latin1(bytes) => bytes.to_vec(),
                // Node.js keeps the lower byte of what does not fit.
                JsStrVariant::Utf16(units) => {
                    units.iter().map(|unit| unit.to_le_bytes()[0]).collect()
                }
            },
            Self::Hex => from_hex(text),
            Self::Base64 | Self::Base64url => from_base64(text),
        }
    }

    pub(in crate::builtin) fn decode(self, bytes: &[u8]) -> JsString {
        match self {
            Self::Utf8 => return js_string_from_checked(bytes),
            Self::Utf16le => {
                let units: Vec<u16> = bytes
                    .chunks_exact(2)
                    .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                    .collect();
                note_unseen(bytes.len());
                return JsString::from(&units[..]);
            }
            Self::Latin1 => {
                note_unseen(bytes.len());
                return JsString::from(JsStr::latin1(bytes));
            }
            Self::Ascii | Self::Hex | Self::Base64 | Self::Base64url => {}
        }
        let text = match self {
            Self::Hex => bytes.iter().flat_map(|byte| [hex(byte >> 4), hex(byte & 15)]).collect(),
            Self::Base64 => STANDARD.encode(bytes).into_bytes(),
            Self::Base64url => URL_SAFE_NO_PAD.encode(bytes).into_bytes(),
            _ => bytes.iter().map(|byte| byte & 0x7F).collect(),
        };
        note_unseen(text.len());
        JsString::from(JsStr::latin1(&text))
    }

    /// How many bytes a text takes, as Node.js counts them: of hexadecimal and Base64 digits it
    /// looks at the number alone.
    pub(super) fn byte_length(self, text: &JsString) -> usize {
        match self {
            Self::Utf8 => with_utf8(text, <[u8]>::len),
            Self::Utf16le => text.len() * 2,
            Self::Latin1 | Self::Ascii => text.len(),
            Self::Hex => text.len() / 2,
            Self::Base64 | Self::Base64url => {
                let end = text.len();
                let is_padding = |from_end: usize| {
                    let at = end.checked_sub(from_end);
                    at.and_then(|at| text.code_unit_at(at))
                        .is_some_and(|unit| unit == u16::from(b'='))
                };
                let padding = (1..=2).take_while(|from_end| is_padding(*from_end));
                (text.len() - padding.count()) * 3 / 4
            }
        }
    }

    /// How many bytes of `bytes` fit into `most` without cutting a character.
    pub(super) fn whole_characters(self, bytes: &[u8], most: usize) -> usize {
        let most = most.min(bytes.len());
        match self {
            Self::Utf8 => {
                let is_inside = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
                (0..=most).rev().find(|at| !is_inside(*at)).unwrap_or_default()
            }
            Self::Utf16le => most & !1,
            _ => most,
        }
    }
}

fn hex(digit: u8) -> u8 {
    if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }
}

/// Pairs of digits, up to the first that is none.
fn from_hex(text: &JsString) -> Vec<u8> {
    let digit = |unit: u16| {
        let value = char::from_u32(unit.into())?.to_digit(16)?;
        u8::try_from(value).ok()
    };
    let mut units = text.iter();
    let mut bytes = Vec::with_capacity(text.len() / 2);
    while let (Some(high), Some(low)) = (units.next(), units.next()) {
        let (Some(high), Some(low)) = (digit(high), digit(low)) else { break };
        bytes.push(high << 4 | low);
    }
    bytes
}

/// Either alphabet, to the end or the first `=`; whatever else is in between is left out.
fn from_base64(text: &JsString) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut held, mut bits) = (0_u32, 0);
    for unit in text {
        let value = match u8::try_from(unit) {
            Ok(letter @ b'A'..=b'Z') => letter - b'A',
            Ok(letter @ b'a'..=b'z') => letter - b'a' + 26,
            Ok(digit @ b'0'..=b'9') => digit - b'0' + 52,
            Ok(b'+' | b'-') => 62,
            Ok(b'/' | b'_') => 63,
            Ok(b'=') => break,
            _ => continue,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            let [.., byte] = (held >> bits).to_be_bytes();
            bytes.push(byte);
            held &= (1 << bits) - 1;
        }
    }
    bytes
}
