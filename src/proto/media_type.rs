//! Media types, such as `text/html; charset=utf-8`: what they are, and their parameters.
//!
//! Spec: <https://mimesniff.spec.whatwg.org/#parsing-a-mime-type>

use std::fmt;

use super::token::is_token;

/// A media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// Type and subtype, in lower case.
    essence: String,
    /// Names, in lower case, and values, each name once.
    parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Parses one; `None` if it is none. Bytes beyond ASCII are the characters of those numbers.
    pub fn parse(input: &[u8]) -> Option<Self> {
        let input = trimmed(input);
        let end = input.iter().position(|&byte| byte == b';').unwrap_or(input.len());
        let (essence, rest) = input.split_at(end);
        let essence = trimmed_end(essence);
        let slash = essence.iter().position(|&byte| byte == b'/')?;
        let (kind, subtype) = (&essence[..slash], &essence[slash + 1..]);
        if !is_token(kind) || !is_token(subtype) {
            return None;
        }
        let essence = latin1(essence).to_ascii_lowercase();
        let mut parameters: Vec<(String, String)> = Vec::new();
        let mut rest = rest;
        while let Some((_, after)) = rest.split_first() {
            let (parameter, left) = parameter(after);
            rest = left;
            if let Some((name, value)) = parameter
                && !parameters.iter().any(|known| known.0 == name)
            {
                parameters.push((name, value));
            }
        }
        Some(Self { essence, parameters })
    }

    /// The type of a message from the joined values of its `Content-Type` fields: the last one that
    /// is a media type. <https://fetch.spec.whatwg.org/#concept-header-extract-mime-type>
    pub fn extract(values: &[u8]) -> Option<Self> {
        let mut found: Option<Self> = None;
        let mut charset: Option<String> = None;
        for value in list(values) {
            let Some(mut next) = Self::parse(value).filter(|next| next.essence != "*/*") else {
                continue;
            };
            // Types that are the same stand for one: the first of them tells its character encoding.
            if found.as_ref().is_none_or(|found| found.essence != next.essence) {
                charset = next.parameter("charset").map(str::to_owned);
            } else if let Some(charset) = &charset
                && next.parameter("charset").is_none()
            {
                next.parameters.push(("charset".to_owned(), charset.clone()));
            }
            found = Some(next);
        }
        found
    }

    /// Type and subtype, in lower case.
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// The value of a parameter, whose name is given in lower case.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|parameter| parameter.0 == name);
        found.map(|parameter| parameter.1.as_str())
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.essence)?;
        for (name, value) in &self.parameters {
            if is_token(value.as_bytes()) {
                write!(f, ";{name}={value}")?;
                continue;
            }
            write!(f, ";{name}=\"")?;
            for character in value.chars() {
                if matches!(character, '"' | '\\') {
                    f.write_str("\\")?;
                }
                write!(f, "{character}")?;
            }
            f.write_str("\"")?;
        }
        Ok(())
    }
}

/// The parameter that begins here, if it is one, and what stands behind it, from its `;` on.
fn parameter(input: &[u8]) -> (Option<(String, String)>, &[u8]) {
    let input = trimmed_start(input);
    let end = input.iter().position(|byte| matches!(byte, b';' | b'=')).unwrap_or(input.len());
    let name = &input[..end];
    let Some((b'=', input)) = input[end..].split_first() else { return (None, &input[end..]) };
    let (value, rest) = if let Some(input) = input.strip_prefix(b"\"") {
        let (value, rest) = quoted(input);
        let next = rest.iter().position(|&byte| byte == b';').unwrap_or(rest.len());
        (value, &rest[next..])
    } else {
        let end = input.iter().position(|&byte| byte == b';').unwrap_or(input.len());
        let value = trimmed_end(&input[..end]);
        if value.is_empty() {
            return (None, &input[end..]);
        }
        (value.to_vec(), &input[end..])
    };
    let is_text = |byte: &u8| matches!(byte, b'\t' | 0x20..=0x7e | 0x80..);
    let is_parameter = is_token(name) && value.iter().all(is_text);
    let named = || (latin1(name).to_ascii_lowercase(), latin1(&value));
    (is_parameter.then(named), rest)
}

/// What a quoted string says, from behind its first quote, and what follows it.
fn quoted(input: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut value = Vec::new();
    let mut bytes = input.iter().enumerate();
    while let Some((at, &byte)) = bytes.next() {
        match byte {
            b'"' => return (value, &input[at + 1..]),
            // A backslash at the very end stands for itself.
            b'\\' => value.push(bytes.next().map_or(b'\\', |(_, &escaped)| escaped)),
            _ => value.push(byte),
        }
    }
    (value, b"")
}

/// The elements of a list in fields, whose commas may stand in quotes.
fn list(values: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    values.split(move |&byte| {
        if is_escaped {
            is_escaped = false;
            return false;
        }
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\\' if is_quoted => is_escaped = true,
            _ => {}
        }
        byte == b',' && !is_quoted
    })
}

fn is_whitespace(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    trimmed_end(trimmed_start(bytes))
}

fn trimmed_start(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|&byte| !is_whitespace(byte)).unwrap_or(bytes.len());
    &bytes[start..]
}

fn trimmed_end(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| !is_whitespace(byte)).map_or(0, |last| last + 1);
    &bytes[..end]
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(input: &str) -> Option<String> {
        MediaType::parse(input.as_bytes()).map(|found| found.to_string())
    }

    #[test]
    fn types_are_parsed_and_written_as_the_standard_has_it() {
        for (input, expected) in [
            ("text/html;charset=gbk", Some("text/html;charset=gbk")),
            ("TEXT/HTML;CHARSET=GBK", Some("text/html;charset=GBK")),
            (" text/html ; charset=\"a\\\"b\" ", Some("text/html;charset=\"a\\\"b\"")),
            ("x/x;a=1;a=2", Some("x/x;a=1")),
            ("x/x;a;b=", Some("x/x")),
            ("x/x;=1;b=2", Some("x/x;b=2")),
            ("x/x;a=\"\"", Some("x/x;a=\"\"")),
            ("x/x;a=\"q;b=1", Some("x/x;a=\"q;b=1\"")),
            ("x/x;a=\"1\"rest;b=2", Some("x/x;a=1;b=2")),
            ("x/x;a=\"1\\", Some("x/x;a=\"1\\\\\"")),
            ("x/x;a= 1", Some("x/x;a=\" 1\"")),
            ("", None),
            ("text", None),
            ("/x", None),
            ("x/", None),
            ("x y/z", None),
            ("x/y z", None),
        ] {
            assert_eq!(round_trip(input).as_deref(), expected, "{input:?}");
        }
    }

    #[test]
    fn of_several_types_the_last_one_counts() {
        for (input, expected) in [
            ("text/plain, text/html", Some("text/html")),
            ("text/html;charset=gbk, text/html", Some("text/html;charset=gbk")),
            ("text/html;charset=gbk;a=b, text/html;x=y", Some("text/html;x=y;charset=gbk")),
            ("text/html;charset=gbk, x/x, text/html;x=y", Some("text/html;x=y")),
            ("text/html, cannot-parse", Some("text/html")),
            ("text/html, */*", Some("text/html")),
            ("text/html;a=\",b/c\", x/x;d=\"e", Some("x/x;d=e")),
            ("", None),
        ] {
            let found = MediaType::extract(input.as_bytes()).map(|found| found.to_string());
            assert_eq!(found.as_deref(), expected, "{input:?}");
        }
    }

    #[test]
    fn parameters_are_found_by_their_names() {
        let form = MediaType::parse(b"multipart/form-data; Boundary=\"a b\"").unwrap();
        assert_eq!(form.essence(), "multipart/form-data");
        assert_eq!(form.parameter("boundary"), Some("a b"));
        assert_eq!(form.parameter("charset"), None);
    }
}
