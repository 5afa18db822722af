//! Fields of a message, and the status that some have instead of a payload.
//!
//! Spec: ADR-4 of NATS.

use super::error::{PeerError, UsageError};

const VERSION: &[u8] = b"NATS/1.0";

/// The fields of a message, in order. Names keep their case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// A number that says what the message is about, such as 503: nobody has answered.
    pub status: Option<u16>,
    /// What that number means.
    pub description: String,
    /// The fields.
    pub fields: Vec<(String, String)>,
}

impl Headers {
    /// Reads what stands before a payload.
    pub fn read(bytes: &[u8]) -> Result<Self, PeerError> {
        let text = simdutf8::basic::from_utf8(bytes).map_err(|_| PeerError::Headers)?;
        let text = text.strip_suffix("\r\n\r\n").ok_or(PeerError::Headers)?;
        let mut lines = text.split("\r\n");
        let first = lines.next().unwrap_or_default().as_bytes().strip_prefix(VERSION);
        let first = first.and_then(|rest| std::str::from_utf8(rest).ok());
        let first = first.ok_or(PeerError::Headers)?;
        let mut headers = Self::default();
        if !first.is_empty() {
            let words = first.strip_prefix(' ').ok_or(PeerError::Headers)?.trim();
            let (status, description) = words.split_once(' ').unwrap_or((words, ""));
            headers.status = Some(status.parse().map_err(|_| PeerError::Headers)?);
            description.trim().clone_into(&mut headers.description);
        }
        for line in lines {
            let (name, value) = line.split_once(':').ok_or(PeerError::Headers)?;
            headers.fields.push((name.to_owned(), value.trim().to_owned()));
        }
        Ok(headers)
    }

    /// The first field with this name, whatever its case.
    pub fn field(&self, name: &str) -> Option<&str> {
        let is_it = |field: &&(String, String)| field.0.eq_ignore_ascii_case(name);
        self.fields.iter().find(is_it).map(|field| field.1.as_str())
    }

    /// Writes fields as they stand before a payload.
    pub(super) fn write(fields: &[(&str, &str)], out: &mut Vec<u8>) -> Result<(), UsageError> {
        out.extend_from_slice(VERSION);
        out.extend_from_slice(b"\r\n");
        for (name, value) in fields {
            let breaks = |text: &str| text.contains(['\r', '\n']);
            if name.is_empty() || name.contains([':', ' ']) || breaks(name) || breaks(value) {
                return Err(UsageError::Header(format!("{name}: {value}")));
            }
            for part in [name, ": ", value, "\r\n"] {
                out.extend_from_slice(part.as_bytes());
            }
        }
        out.extend_from_slice(b"\r\n");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_they_are_written() {
        let mut out = Vec::new();
        Headers::write(&[("Nats-Msg-Id", "1-2"), ("x", "a: b")], &mut out).unwrap();
        let headers = Headers::read(&out).unwrap();
        assert_eq!((headers.field("nats-msg-id"), headers.field("X")), (Some("1-2"), Some("a: b")));
        assert_eq!(headers.status, None);
        for field in [("a\r\nb", "c"), ("a", "b\r\nc: d"), ("", "x"), ("a b", "c"), ("a:b", "c")] {
            assert!(Headers::write(&[field], &mut Vec::new()).is_err(), "{field:?}");
        }
    }

    #[test]
    fn a_status_is_read() {
        let headers = Headers::read(b"NATS/1.0 503 No Responders\r\n\r\n").unwrap();
        assert_eq!((headers.status, headers.description.as_str()), (Some(503), "No Responders"));
        assert_eq!(Headers::read(b"NATS/1.0 503\r\n\r\n").unwrap().status, Some(503));
        let wrong = ["", "\r\n\r\n", "NATS/1.0\r\n", "NATS/1.0 x\r\n\r\n", "NATS/1.0\r\nx\r\n\r\n"];
        for text in wrong {
            assert_eq!(Headers::read(text.as_bytes()), Err(PeerError::Headers), "{text:?}");
        }
    }
}
