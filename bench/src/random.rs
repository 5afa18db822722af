//! Masking keys and handshake keys: cheap, and the same in every run.

/// A xorshift generator. Not for secrets: RFC 6455 wants unpredictable masks to protect
/// intermediaries, and there are none on the loopback interface.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A masking key with no zero byte, so that a server that forgets to unmask is always caught.
    pub(crate) const fn mask(&mut self) -> [u8; 4] {
        let [a, b, c, d, ..] = self.next().to_le_bytes();
        [a | 1, b | 1, c | 1, d | 1]
    }

    /// The 16 bytes of a `Sec-WebSocket-Key`.
    pub(crate) fn key(&mut self) -> [u8; 16] {
        let mut key = [0; 16];
        key[..8].copy_from_slice(&self.next().to_le_bytes());
        key[8..].copy_from_slice(&self.next().to_le_bytes());
        key
    }
}
