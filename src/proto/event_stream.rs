//! `text/event-stream`: the events in a stream of bytes, however those are cut. Knows no connection.
//!
//! Spec: <https://html.spec.whatwg.org/#parsing-an-event-stream>

use std::rc::Rc;

/// Parses one stream after another.
#[derive(Debug)]
pub struct EventStream {
    /// The line that has not ended.
    line: Vec<u8>,
    data: String,
    kind: String,
    /// The id of the latest event, or what the next one will have. It may be long and events many, so
    /// they share it.
    id: Rc<str>,
    limit: usize,
    has_data: bool,
    /// Whether the last byte was a carriage return, with which a line feed belongs.
    after_return: bool,
    /// Whether a byte order mark may come.
    at_start: bool,
}

/// What a stream says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// An event.
    Event {
        /// Its type: empty where the stream says nothing of it.
        kind: String,
        /// Its lines, with a line feed between them.
        data: String,
        /// The id of the latest event that had one.
        id: Rc<str>,
    },
    /// How long to wait before connecting again, in milliseconds.
    Retry(u64),
}

/// An event is longer than it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an event is longer than {0} bytes")]
pub struct TooLong(pub usize);

impl EventStream {
    /// A parser of events of at most so many bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            line: Vec::new(),
            data: String::new(),
            kind: String::new(),
            id: Rc::default(),
            limit,
            has_data: false,
            after_return: false,
            at_start: true,
        }
    }

    /// Begins with a new stream. The id of the latest event stays.
    pub fn restart(&mut self) {
        let id = self.id.clone();
        *self = Self { id, ..Self::new(self.limit) };
    }

    /// Takes bytes and adds what they say to `out`.
    ///
    /// # Errors
    ///
    /// If an event is too long. The stream is of no use then.
    pub fn receive(&mut self, bytes: &[u8], out: &mut Vec<Said>) -> Result<(), TooLong> {
        let mut rest = bytes;
        while !rest.is_empty() {
            if std::mem::take(&mut self.after_return) && rest[0] == b'\n' {
                rest = &rest[1..];
                continue;
            }
            let Some(end) = memchr::memchr2(b'\r', b'\n', rest) else {
                self.check(rest.len())?;
                self.line.extend_from_slice(rest);
                return Ok(());
            };
            self.check(end)?;
            self.after_return = rest[end] == b'\r';
            let mut line = std::mem::take(&mut self.line);
            line.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            let mark = b"\xef\xbb\xbf";
            let is_first = std::mem::take(&mut self.at_start);
            let line = if is_first { line.strip_prefix(mark).unwrap_or(&line) } else { &line };
            self.take_line(line, out);
        }
        Ok(())
    }

    fn check(&self, more: usize) -> Result<(), TooLong> {
        let held = self.line.len() + self.data.len() + self.kind.len() + self.id.len();
        if held + more > self.limit { Err(TooLong(self.limit)) } else { Ok(()) }
    }

    fn take_line(&mut self, line: &[u8], out: &mut Vec<Said>) {
        if line.is_empty() {
            return self.dispatch(out);
        }
        let (name, value) = match memchr::memchr(b':', line) {
            // A comment.
            Some(0) => return,
            Some(colon) => {
                let value = &line[colon + 1..];
                (&line[..colon], value.strip_prefix(b" ").unwrap_or(value))
            }
            None => (line, &b""[..]),
        };
        match name {
            b"event" => self.kind = text(value),
            b"data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(&String::from_utf8_lossy(value));
            }
            b"id" if !value.contains(&0) => self.id = text(value).into(),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                // What is beyond the integer is beyond any wait.
                let millis = text(value).parse().unwrap_or(u64::MAX);
                out.push(Said::Retry(millis));
            }
            _ => {}
        }
    }

    fn dispatch(&mut self, out: &mut Vec<Said>) {
        let kind = std::mem::take(&mut self.kind);
        let data = std::mem::take(&mut self.data);
        if std::mem::take(&mut self.has_data) {
            out.push(Said::Event { kind, data, id: self.id.clone() });
        }
    }

    /// The id to ask for when connecting again: that of the latest event.
    pub fn last_id(&self) -> &str {
        &self.id
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 1000;

    /// `type|data|id` of each event, and `~` and the time of each `retry`.
    fn shown(said: &[Said]) -> String {
        let shown = |said: &Said| match said {
            Said::Event { kind, data, id } => format!("{kind}|{data}|{id}"),
            Said::Retry(millis) => format!("~{millis}"),
        };
        said.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    fn parsed(pieces: &[&[u8]]) -> String {
        let (mut stream, mut said) = (EventStream::new(LIMIT), Vec::new());
        for piece in pieces {
            stream.receive(piece, &mut said).unwrap();
        }
        shown(&said)
    }

    #[test]
    fn events_are_what_the_standard_says() {
        for (stream, expected) in [
            ("data: a\n\n", "|a|"),
            ("data:a\ndata:  b\ndata\n\n", "|a\n b\n|"),
            (": comment\n\ndata\n\ndata\ndata\n\ndata:", "|| |\n|"),
            ("event: x\nid: 1\ndata: a\n\ndata: b\n\n", "x|a|1 |b|1"),
            ("id: 1\n\nid\ndata: a\n\n", "|a|"),
            ("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n", "|a|1 |b|1"),
            ("event: lost\n\ndata: a\n\n", "|a|"),
            ("retry: 10\nretry: 1x\nretry\nretry: -1\ndata: a\n\n", "~10 |a|"),
            ("retry: 99999999999999999999\n", "~18446744073709551615"),
            ("Data: a\n data: b\ndata : c\nother: d\ndata: e\n\n", "|e|"),
            ("\u{feff}data: a\n\n\u{feff}data: b\n\n", "|a|"),
            ("data: é\u{feff}\n\n", "|é\u{feff}|"),
            ("data: a", ""),
            ("data: a\n", ""),
        ] {
            assert_eq!(parsed(&[stream.as_bytes()]), expected, "{stream:?}");
        }
        assert_eq!(parsed(&[b"data: \xff\xc3\n\n"]), "|\u{fffd}\u{fffd}|");
    }

    #[test]
    fn lines_end_in_three_ways_at_any_cut() {
        let stream = "\u{feff}event: x\r\ndata: é\rdata: b\n\r\nid: 1\r\rdata\r\n\r\n".as_bytes();
        let whole = parsed(&[stream]);
        assert_eq!(whole, "x|é\nb| ||1");
        for cut in 0..stream.len() {
            for other in cut..stream.len() {
                let pieces = [&stream[..cut], &stream[cut..other], &stream[other..]];
                assert_eq!(parsed(&pieces), whole, "{cut} {other}");
            }
        }
    }

    #[test]
    fn an_event_has_a_limit() {
        for endless in [&b"x"[..], b"data: x\n", b"data: "] {
            let (mut stream, mut said) = (EventStream::new(LIMIT), Vec::new());
            let mut pieces = (0..=LIMIT).map(|_| stream.receive(endless, &mut said));
            assert!(pieces.any(|taken| taken == Err(TooLong(LIMIT))), "{endless:?}");
            assert_eq!(said, []);
        }
        // Many short ones are none of its business.
        let mut stream = EventStream::new(LIMIT);
        let mut said = Vec::new();
        for _ in 0..LIMIT {
            stream.receive(b"data: x\n\n:\n", &mut said).unwrap();
        }
        assert_eq!(said.len(), LIMIT);
    }

    #[test]
    fn the_id_outlives_the_stream() {
        let (mut stream, mut said) = (EventStream::new(LIMIT), Vec::new());
        stream.receive(b"id: 7\ndata: a\n\ndata: lost", &mut said).unwrap();
        stream.restart();
        assert_eq!(stream.last_id(), "7");
        stream.receive("\u{feff}data: b\n\n".as_bytes(), &mut said).unwrap();
        assert_eq!(shown(&said), "|a|7 |b|7");
    }

    #[test]
    fn events_share_their_id() {
        let (mut stream, mut said) = (EventStream::new(LIMIT), Vec::new());
        stream.receive(b"id: 7\ndata\n\ndata\n\n", &mut said).unwrap();
        let [Said::Event { id: first, .. }, Said::Event { id: second, .. }] = &said[..] else {
            panic!("{said:?}")
        };
        assert!(Rc::ptr_eq(first, second));
    }
}
