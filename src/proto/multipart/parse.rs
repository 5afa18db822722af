//! Parses a whole form into parts, which are ranges of it.

use std::ops::Range;

use memchr::memmem::Finder;

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// The name of the file, where it is one.
    pub filename: Option<String>,
    /// The type that the part says of itself.
    pub content_type: Option<Vec<u8>>,
    /// Where its content stands.
    pub content: Range<usize>,
}

/// What a form may have.
#[derive(Clone, Copy, Debug)]
pub struct FormLimits {
    /// Parts.
    pub parts: usize,
    /// Bytes of the header of a part.
    pub head_bytes: usize,
}

/// Why bytes are no form. Parts are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// RFC 2046 5.1.1: the parameter is missing, or cannot be.
    #[error("its content type has no boundary of 1 to 70 characters")]
    Boundary,
    /// It begins with something else.
    #[error("it does not begin with its boundary")]
    Beginning,
    /// It ends before its last boundary.
    #[error("it is cut off in part {0}: the boundary that ends it is missing")]
    CutOff(usize),
    /// Something stands between a boundary and the end of its line.
    #[error("the boundary before part {0} is not followed by a line break")]
    BoundaryLine(usize),
    /// A line of a header is none.
    #[error("part {0} has a line in its header that is no header")]
    Field(usize),
    /// RFC 7578 4.2: each part has a name.
    #[error("part {0} has no name: its Content-Disposition must be form-data; name=\"…\"")]
    Name(usize),
    /// More parts than there may be.
    #[error("it has more than {0} parts")]
    Parts(usize),
    /// A header that is longer than it may be.
    #[error("part {part} has a header of more than {limit} bytes")]
    Head {
        /// Which part.
        part: usize,
        /// The limit.
        limit: usize,
    },
}

/// The parts of a form, in order. What follows the last boundary is ignored, as RFC 2046 has it.
///
/// # Errors
///
/// If it is no form, or beyond the limits.
pub fn parse(form: &[u8], boundary: &str, limits: FormLimits) -> Result<Vec<Part>, FormError> {
    if !is_boundary(boundary) {
        return Err(FormError::Boundary);
    }
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    let finder = Finder::new(&delimiter);
    // The first delimiter may lack its line break, since there is no line before it.
    let start = if form.starts_with(&delimiter) {
        delimiter.len()
    } else if form.starts_with(&delimiter[2..]) {
        delimiter.len() - 2
    } else {
        return Err(FormError::Beginning);
    };
    let mut parts = Vec::new();
    let mut at = start;
    loop {
        let number = parts.len() + 1;
        let rest = &form[at..];
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let padding = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if !rest[padding..].starts_with(b"\r\n") {
            let is_cut = rest.len() < padding + 2;
            return Err(if is_cut {
                FormError::CutOff(number)
            } else {
                FormError::BoundaryLine(number)
            });
        }
        if parts.len() == limits.parts {
            return Err(FormError::Parts(limits.parts));
        }
        let head = at + padding + 2;
        let (disposition, content) = parse_head(form, head, number, limits.head_bytes)?;
        let Some(length) = finder.find(&form[content..]) else {
            return Err(FormError::CutOff(number));
        };
        let Disposition { name, filename, content_type } = disposition;
        let name = name.ok_or(FormError::Name(number))?;
        parts.push(Part { name, filename, content_type, content: content..content + length });
        at = content + length + delimiter.len();
    }
}

/// RFC 2046 5.1.1, but for its list of characters, which not everybody keeps to.
fn is_boundary(boundary: &str) -> bool {
    (1..=70).contains(&boundary.len()) && boundary.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

#[derive(Default)]
struct Disposition {
    name: Option<String>,
    filename: Option<String>,
    content_type: Option<Vec<u8>>,
}

/// The header of a part that begins here, and where its content does.
fn parse_head(
    form: &[u8],
    start: usize,
    part: usize,
    limit: usize,
) -> Result<(Disposition, usize), FormError> {
    let mut disposition = Disposition::default();
    let mut at = start;
    loop {
        // One byte more than there may be tells that there is too much.
        let window = &form[at..form.len().min(start.saturating_add(limit + 2))];
        let Some(length) = memchr::memmem::find(window, b"\r\n") else {
            let is_long = form.len() - start > limit;
            return Err(if is_long {
                FormError::Head { part, limit }
            } else {
                FormError::CutOff(part)
            });
        };
        let line = &window[..length];
        at += length + 2;
        if line.is_empty() {
            return Ok((disposition, at));
        }
        let colon = memchr::memchr(b':', line).ok_or(FormError::Field(part))?;
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.is_empty() || name.iter().any(u8::is_ascii_whitespace) {
            return Err(FormError::Field(part));
        }
        if name.eq_ignore_ascii_case(b"content-disposition") {
            read_disposition(value, &mut disposition);
        } else if name.eq_ignore_ascii_case(b"content-type") {
            disposition.content_type = Some(value.to_vec());
        }
    }
}

/// `form-data; name="…"; filename="…"`. What is no such thing leaves the part without a name.
fn read_disposition(value: &[u8], disposition: &mut Disposition) {
    let end = memchr::memchr(b';', value).unwrap_or(value.len());
    if !value[..end].trim_ascii().eq_ignore_ascii_case(b"form-data") {
        return;
    }
    let mut rest = &value[end..];
    let mut is_extended = false;
    while let Some((_, after)) = rest.split_first() {
        let Some(equals) = after.iter().position(|byte| matches!(byte, b'=' | b';')) else {
            return;
        };
        let name = after[..equals].trim_ascii();
        if after[equals] == b';' {
            rest = &after[equals..];
            continue;
        }
        let (value, left) = parameter_value(&after[equals + 1..]);
        rest = left;
        if name.eq_ignore_ascii_case(b"name") {
            disposition.name = Some(unescaped(value));
        } else if name.eq_ignore_ascii_case(b"filename") && !is_extended {
            disposition.filename = Some(unescaped(value));
        } else if name.eq_ignore_ascii_case(b"filename*")
            && let Some(decoded) = extended(value)
        {
            is_extended = true;
            disposition.filename = Some(decoded);
        }
    }
}

/// The value of a parameter, and what stands behind it, from its `;` on. In quotes nothing is
/// escaped but by percent signs: browsers send backslashes as they are.
fn parameter_value(input: &[u8]) -> (&[u8], &[u8]) {
    let input = input.trim_ascii_start();
    let (value, rest) = match input.strip_prefix(b"\"") {
        Some(quoted) => {
            let end = memchr::memchr(b'"', quoted).unwrap_or(quoted.len());
            (&quoted[..end], quoted.get(end + 1..).unwrap_or_default())
        }
        None => (input, input),
    };
    let end = memchr::memchr(b';', rest).unwrap_or(rest.len());
    if input.starts_with(b"\"") {
        (value, &rest[end..])
    } else {
        (input[..end].trim_ascii_end(), &rest[end..])
    }
}

/// What browsers escape: line breaks and quotes, and no percent signs.
fn unescaped(value: &[u8]) -> String {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = match rest.get(..3) {
            Some(b"%0A" | b"%0a") => Some(b'\n'),
            Some(b"%0D" | b"%0d") => Some(b'\r'),
            Some(b"%22") => Some(b'"'),
            _ => None,
        };
        out.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { &rest[3..] } else { after };
    }
    text(&out)
}

/// RFC 5987 3.2: `UTF-8''` and bytes behind percent signs. RFC 7578 forbids it here, and Python's
/// `requests` sent it for years.
fn extended(value: &[u8]) -> Option<String> {
    let (charset, rest) = value.split_at_checked(memchr::memchr(b'\'', value)?)?;
    let rest = &rest[1..];
    let encoded = &rest[memchr::memchr(b'\'', rest)? + 1..];
    if !charset.eq_ignore_ascii_case(b"utf-8") {
        return None;
    }
    let digit = |at: usize| encoded.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut out = Vec::with_capacity(encoded.len());
    let mut at = 0;
    while at < encoded.len() {
        match (encoded[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    Some(text(&out))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
