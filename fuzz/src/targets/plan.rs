//! How an input is used: its first bytes are choices, the rest a stream to be cut in pieces.

/// Choices, and numbers that look random and come from the input alone.
pub(super) struct Plan {
    /// Bits to choose with; each target says what they mean.
    pub(super) flags: u8,
    /// A second byte of them.
    pub(super) more: u8,
    state: u64,
}

/// Bytes in front of the stream: two of flags, two of seed.
const PREFIX: usize = 4;

impl Plan {
    /// Splits an input into its choices and its stream.
    pub(super) fn of(input: &[u8]) -> Option<(Self, &[u8])> {
        let (&[flags, more, a, b], stream) = input.split_first_chunk::<PREFIX>()?;
        let seed = u64::from(u16::from_le_bytes([a, b]));
        Some((
            Self { flags, more, state: (seed << 1 | 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) },
            stream,
        ))
    }

    /// Whether a flag is set.
    pub(super) fn flag(&self, bit: u8) -> bool {
        self.flags & 1 << bit != 0
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        // xorshift64*, Marsaglia and Vigna.
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let high = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32;
        usize::try_from(high).unwrap_or_default() % limit.max(1)
    }

    /// The stream in pieces: of one byte, of a few, of many, or of a size chosen anew each time.
    pub(super) fn pieces<'a>(&mut self, mut stream: &'a [u8]) -> Vec<&'a [u8]> {
        let most = [1, 5, 70, 2000][self.below(4)];
        let mixed = self.below(2) == 0;
        let mut pieces = Vec::new();
        while !stream.is_empty() {
            let most = if mixed { [1, 5, 70, 2000][self.below(4)] } else { most };
            let (piece, rest) = stream.split_at((1 + self.below(most)).min(stream.len()));
            pieces.push(piece);
            stream = rest;
        }
        pieces
    }
}
