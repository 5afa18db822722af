//! What is sent, and what must come back for it: every message differs from the ones before and
//! after it and from those of other connections, so that lost, swapped and misdirected replies are
//! all seen.

use std::fmt::Write as _;

use crate::frame::Opcode;
use crate::random::Random;

/// Makes messages and their right replies.
#[derive(Debug)]
pub(crate) struct Payload {
    kind: Kind,
    buffer: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// With the stamp at this place.
    Echo(Opcode, usize),
    Json,
}

/// Digits of the sequence number first, lowest first, so that even a short message has some.
const STAMP: usize = 16;

impl Payload {
    /// Messages of `size` bytes that come back as they are.
    pub(crate) fn echo(size: usize, binary: bool) -> Self {
        let opcode = if binary { Opcode::Binary } else { Opcode::Text };
        let pattern = |i: usize| {
            // Letters for text; all 256 byte values, most no valid UTF-8, for binary.
            if binary { (i * 31 % 256).to_le_bytes()[0] } else { b'a' + (i % 26).to_le_bytes()[0] }
        };
        Self { kind: Kind::Echo(opcode, 0), buffer: (0..size).map(pattern).collect() }
    }

    /// JSON messages of about 80 bytes whose number `n` comes back raised by one.
    pub(crate) fn json() -> Self {
        Self { kind: Kind::Json, buffer: Vec::new() }
    }

    /// JSON texts of `size` bytes, at least 32, that come back as they are: a list of records whose
    /// names repeat and whose values do not, which deflate brings down to about a third.
    pub(crate) fn records(size: usize) -> Self {
        const HEAD: &str = r#"{"id":""#;
        let mut random = Random::new();
        let mut below = |limit: u64| random.next() / 7 % limit;
        let names = ["alice", "bob", "carol", "dave", "erin", "frank"];
        let mut text = format!(r#"{HEAD}0123456789abcdef","items":["#);
        while text.len() + 80 < size {
            let comma = if text.ends_with('}') { "," } else { "" };
            let name = names.get(below(6).to_le_bytes()[0] as usize).copied().unwrap_or_default();
            let (key, price, stock) = (below(1 << 30), below(100_000), below(900));
            let _: std::fmt::Result = write!(
                text,
                r#"{comma}{{"key":"{key:08x}","user":"{name}","price":{price},"stock":{stock}}}"#
            );
        }
        text.push_str(r#"],"note":""#);
        let end = r#""}"#;
        while text.len() + end.len() < size {
            text.push(char::from(b'a' + below(26).to_le_bytes()[0]));
        }
        text.push_str(end);
        Self { kind: Kind::Echo(Opcode::Text, HEAD.len()), buffer: text.into_bytes() }
    }

    pub(crate) const fn opcode(&self) -> Opcode {
        match self.kind {
            Kind::Echo(opcode, _) => opcode,
            Kind::Json => Opcode::Text,
        }
    }

    /// Message number `sequence` of connection `id`.
    pub(crate) fn message(&mut self, id: usize, sequence: u64) -> &[u8] {
        match self.kind {
            Kind::Echo(_, place) => self.stamp(place, id, sequence),
            Kind::Json => self.write_json(id, sequence, 0),
        }
        &self.buffer
    }

    /// The reply that this message must get.
    pub(crate) fn reply(&mut self, id: usize, sequence: u64) -> &[u8] {
        match self.kind {
            Kind::Echo(_, place) => self.stamp(place, id, sequence),
            Kind::Json => self.write_json(id, sequence, 1),
        }
        &self.buffer
    }

    fn stamp(&mut self, place: usize, id: usize, sequence: u64) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut rest = u128::from(sequence & 0xFFFF_FFFF) | (id as u128) << 32;
        for byte in self.buffer.iter_mut().skip(place).take(STAMP) {
            *byte = DIGITS[usize::from(rest.to_le_bytes()[0] & 0xF)];
            rest >>= 4;
        }
    }

    fn write_json(&mut self, id: usize, sequence: u64, more: u64) {
        // Six digits: a small integer in every engine.
        let n = 100_000 + (id as u64 * 7919 + sequence) % 899_000 + more;
        self.buffer.clear();
        self.buffer.extend_from_slice(
            br#"{"type":"message","room":"general","user":"alice","text":"hello there","n":"#,
        );
        let digit = |place: u64| b'0' + (n / place % 10).to_le_bytes()[0];
        self.buffer.extend([100_000, 10_000, 1000, 100, 10, 1].map(digit));
        self.buffer.push(b'}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_and_connections_differ() {
        for mut payload in [
            Payload::echo(32, false),
            Payload::echo(40, true),
            Payload::json(),
            Payload::records(99),
        ] {
            let first = payload.message(1, 7).to_vec();
            assert_ne!(payload.message(1, 8), first);
            assert_ne!(payload.message(2, 7), first);
            assert_eq!(payload.message(1, 7), first);
        }
    }

    #[test]
    fn even_one_byte_shows_the_order() {
        let mut payload = Payload::echo(1, false);
        assert_eq!(payload.message(0, 3), b"3");
        assert_eq!(payload.message(0, 4), b"4");
    }

    #[test]
    fn text_is_ascii_and_of_the_size_asked_for() {
        let mut payload = Payload::echo(100, false);
        assert!(payload.message(9, 9).is_ascii());
        assert_eq!(payload.message(9, 9).len(), 100);
        assert!(std::str::from_utf8(Payload::echo(600, true).message(0, 0)).is_err());
    }

    #[test]
    fn records_are_of_the_size_asked_for() {
        let mut payload = Payload::records(1024);
        let text = String::from_utf8(payload.message(3, 5).to_vec()).unwrap();
        assert_eq!(text.len(), 1024);
        assert!(text.starts_with(r#"{"id":"5000000030000000","items":[{"key":""#), "{text}");
        assert!(text.ends_with(r#""}"#), "{text}");
    }

    #[test]
    fn the_json_reply_is_one_more() {
        let mut payload = Payload::json();
        let sent = String::from_utf8(payload.message(0, 23).to_vec()).unwrap();
        assert!(sent.ends_with(r#","n":100023}"#), "{sent}");
        assert_eq!(payload.reply(0, 23), sent.replace("100023", "100024").as_bytes());
    }
}
