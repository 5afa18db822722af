//! What is sent, and what must come back for it: every message differs from the ones before and
//! after it and from those of other connections, so that lost, swapped and misdirected replies are
//! all seen.

use crate::frame::Opcode;

/// Makes messages and their right replies.
#[derive(Debug)]
pub(crate) struct Payload {
    kind: Kind,
    buffer: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Echo(Opcode),
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
        Self { kind: Kind::Echo(opcode), buffer: (0..size).map(pattern).collect() }
    }

    /// JSON messages of about 80 bytes whose number `n` comes back raised by one.
    pub(crate) fn json() -> Self {
        Self { kind: Kind::Json, buffer: Vec::new() }
    }

    pub(crate) const fn opcode(&self) -> Opcode {
        match self.kind {
            Kind::Echo(opcode) => opcode,
            Kind::Json => Opcode::Text,
        }
    }

    /// Message number `sequence` of connection `id`.
    pub(crate) fn message(&mut self, id: usize, sequence: u64) -> &[u8] {
        match self.kind {
            Kind::Echo(_) => self.stamp(id, sequence),
            Kind::Json => self.write_json(id, sequence, 0),
        }
        &self.buffer
    }

    /// The reply that this message must get.
    pub(crate) fn reply(&mut self, id: usize, sequence: u64) -> &[u8] {
        match self.kind {
            Kind::Echo(_) => self.stamp(id, sequence),
            Kind::Json => self.write_json(id, sequence, 1),
        }
        &self.buffer
    }

    fn stamp(&mut self, id: usize, sequence: u64) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut rest = u128::from(sequence & 0xFFFF_FFFF) | (id as u128) << 32;
        for byte in self.buffer.iter_mut().take(STAMP) {
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
        for mut payload in [Payload::echo(32, false), Payload::echo(40, true), Payload::json()] {
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
    fn the_json_reply_is_one_more() {
        let mut payload = Payload::json();
        let sent = String::from_utf8(payload.message(0, 23).to_vec()).unwrap();
        assert!(sent.ends_with(r#","n":100023}"#), "{sent}");
        assert_eq!(payload.reply(0, 23), sent.replace("100023", "100024").as_bytes());
    }
}
