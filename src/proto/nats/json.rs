//! JSON as far as INFO and CONNECT need it: objects of plain values. What is deeper is skipped.
//!
//! Spec: RFC 8259.

/// A value of a member; those of which nobody wants to know are `Other`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Bool(bool),
    /// Whole and not below zero, as far as it fits.
    Number(u64),
    Text(String),
    Texts(Vec<String>),
    Other,
}

/// How deep what nobody wants to know may be.
const DEPTH_MAX: usize = 32;

/// Calls `member` for each member of the object that `text` is. `None` if it is none.
pub(super) fn read_object(text: &str, mut member: impl FnMut(&str, Value)) -> Option<()> {
    let mut reader = Reader { rest: text };
    reader.take('{')?;
    if reader.take('}').is_none() {
        loop {
            let name = reader.text()?;
            reader.take(':')?;
            let value = reader.value(0)?;
            member(&name, value);
            if reader.take(',').is_none() {
                reader.take('}')?;
                break;
            }
        }
    }
    reader.skip_space();
    reader.rest.is_empty().then_some(())
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn take(&mut self, expected: char) -> Option<()> {
        self.skip_space();
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(value)
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip_space();
        match self.rest.bytes().next()? {
            b'"' => self.text().map(Value::Text),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Other),
            b'[' if depth < DEPTH_MAX => self.list(depth),
            b'{' if depth < DEPTH_MAX => self.skip_object(depth),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        self.take('[')?;
        let mut texts = Some(Vec::new());
        if self.take(']').is_none() {
            loop {
                match (self.value(depth + 1)?, &mut texts) {
                    (Value::Text(text), Some(texts)) => texts.push(text),
                    _ => texts = None,
                }
                if self.take(',').is_none() {
                    self.take(']')?;
                    break;
                }
            }
        }
        Some(texts.map_or(Value::Other, Value::Texts))
    }

    fn skip_object(&mut self, depth: usize) -> Option<Value> {
        self.take('{')?;
        if self.take('}').is_none() {
            loop {
                self.text()?;
                self.take(':')?;
                self.value(depth + 1)?;
                if self.take(',').is_none() {
                    self.take('}')?;
                    break;
                }
            }
        }
        Some(Value::Other)
    }

    fn number(&mut self) -> Option<Value> {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        let value: f64 = number.parse().ok()?;
        value.is_finite().then(|| number.parse().map_or(Value::Other, Value::Number))
    }

    fn text(&mut self) -> Option<String> {
        self.take('"')?;
        let mut text = String::new();
        loop {
            let end = self.rest.find(['"', '\\'])?;
            text.push_str(&self.rest[..end]);
            let (found, rest) = self.rest[end..].split_at(1);
            self.rest = rest;
            if found == "\"" {
                return Some(text);
            }
            text.push(self.escaped()?);
        }
    }

    /// Behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        Some(match character {
            'b' => '\u{8}',
            'f' => '\u{C}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unit_pair(),
            '"' | '\\' | '/' => character,
            _ => return None,
        })
    }

    /// Behind `\u`: a character, or the half of one with the other half.
    fn unit_pair(&mut self) -> Option<char> {
        let first = self.unit()?;
        let mut units = vec![first];
        if (0xD800..0xDC00).contains(&first)
            && let Some(rest) = self.rest.strip_prefix("\\u")
        {
            self.rest = rest;
            units.push(self.unit()?);
        }
        char::decode_utf16(units).next().map(|decoded| decoded.unwrap_or('\u{FFFD}'))
    }

    fn unit(&mut self) -> Option<u16> {
        let digits =
            self.rest.get(..4).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))?;
        self.rest = &self.rest[4..];
        u16::from_str_radix(digits, 16).ok()
    }
}

/// Writes a member of an object, with a comma behind those before it.
pub(super) fn write_text(name: &str, value: &str, out: &mut Vec<u8>) {
    begin_member(name, out);
    out.push(b'"');
    for character in value.chars() {
        match character {
            '"' | '\\' => out.extend_from_slice(&[b'\\', character as u8]),
            '\0'..='\u{1F}' => {
                out.extend_from_slice(format!("\\u{:04x}", u32::from(character)).as_bytes());
            }
            _ => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out.push(b'"');
}

/// The same for what is written as it is.
pub(super) fn write_bare(name: &str, value: &str, out: &mut Vec<u8>) {
    begin_member(name, out);
    out.extend_from_slice(value.as_bytes());
}

fn begin_member(name: &str, out: &mut Vec<u8>) {
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<(String, Value)>> {
        let mut members = Vec::new();
        read_object(text, |name, value| members.push((name.to_owned(), value)))?;
        Some(members)
    }

    #[test]
    fn members_are_read_and_what_is_deep_is_skipped() {
        let text = r#" { "a" : true , "b":12, "c":"x\n\"\u00e9\ud83d\ude00", "d":["e","f"],
            "g":{"h":[{"i":null}],"j":-1.5e3}, "k":[1,"l"], "m":[], "n":-1, "o":false } "#;
        let members = read(text).unwrap();
        let texts = |all: &[&str]| Value::Texts(all.iter().map(ToString::to_string).collect());
        let expected = [
            ("a", Value::Bool(true)),
            ("b", Value::Number(12)),
            ("c", Value::Text("x\n\"é😀".to_owned())),
            ("d", texts(&["e", "f"])),
            ("g", Value::Other),
            ("k", Value::Other),
            ("m", texts(&[])),
            ("n", Value::Other),
            ("o", Value::Bool(false)),
        ];
        assert_eq!(members, expected.map(|(name, value)| (name.to_owned(), value)));
        assert_eq!(read("{}"), Some(Vec::new()));
    }

    #[test]
    fn what_is_no_object_is_none() {
        for text in [
            "",
            "[]",
            "{",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\":1} x",
            "{\"a\":tru}",
            "{\"a\":\"x",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":1e999}",
            "{a:1}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(&deep), None);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut out = b"{".to_vec();
        write_text("a", "x\"\\\n\u{1}é", &mut out);
        write_bare("b", "true", &mut out);
        out.push(b'}');
        let members = read(std::str::from_utf8(&out).unwrap()).unwrap();
        assert_eq!(members[0].1, Value::Text("x\"\\\n\u{1}é".to_owned()));
        assert_eq!(members[1].1, Value::Bool(true));
    }
}
