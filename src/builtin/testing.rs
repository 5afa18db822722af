//! What the random tests of several built-ins share.

/// A generator of numbers that look random (xorshift64*), the same at every run.
pub(in crate::builtin) struct Random(u64);

impl Random {
    /// A generator of its own sequence for each seed.
    pub(in crate::builtin) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `bound`.
    pub(in crate::builtin) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(mixed).unwrap() % bound
    }

    /// One of these.
    pub(in crate::builtin) fn pick<'a>(&mut self, among: &[&'a str]) -> &'a str {
        among[self.below(among.len())]
    }
}
