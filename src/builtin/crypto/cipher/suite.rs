//! The ciphers, by their names.

/// How a cipher goes on from block to block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::builtin::crypto) enum Mode {
    Cbc,
    Ctr,
    Ecb,
    Gcm,
    /// `ChaCha20` with `Poly1305`, which is its own mode (RFC 8439).
    ChaCha,
}

/// A cipher with a length of key and a mode.
#[derive(Debug)]
pub(in crate::builtin::crypto) struct Suite {
    pub(super) name: &'static str,
    pub(super) mode: Mode,
    pub(super) key_bytes: usize,
    /// The number that OpenSSL has for it.
    pub(super) nid: u32,
}

const fn suite(name: &'static str, mode: Mode, key_bytes: usize, nid: u32) -> Suite {
    Suite { name, mode, key_bytes, nid }
}

/// All of them, by the names that `getCipherInfo` gives them.
pub(super) const ALL: [Suite; 13] = [
    suite("aes-128-cbc", Mode::Cbc, 16, 419),
    suite("aes-128-ctr", Mode::Ctr, 16, 904),
    suite("aes-128-ecb", Mode::Ecb, 16, 418),
    suite("id-aes128-gcm", Mode::Gcm, 16, 895),
    suite("aes-192-cbc", Mode::Cbc, 24, 423),
    suite("aes-192-ctr", Mode::Ctr, 24, 905),
    suite("aes-192-ecb", Mode::Ecb, 24, 422),
    suite("id-aes192-gcm", Mode::Gcm, 24, 898),
    suite("aes-256-cbc", Mode::Cbc, 32, 427),
    suite("aes-256-ctr", Mode::Ctr, 32, 906),
    suite("aes-256-ecb", Mode::Ecb, 32, 426),
    suite("id-aes256-gcm", Mode::Gcm, 32, 901),
    suite("chacha20-poly1305", Mode::ChaCha, 32, 1018),
];

/// Other names: those that people write, and those of `getCiphers`.
pub(super) const ALIASES: [(&str, &str); 6] = [
    ("aes-128-gcm", "id-aes128-gcm"),
    ("aes-192-gcm", "id-aes192-gcm"),
    ("aes-256-gcm", "id-aes256-gcm"),
    ("aes128", "aes-128-cbc"),
    ("aes192", "aes-192-cbc"),
    ("aes256", "aes-256-cbc"),
];

impl Suite {
    /// In any case.
    pub(in crate::builtin::crypto) fn by_name(name: &str) -> Option<&'static Self> {
        let name = name.to_ascii_lowercase();
        let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
        let name = alias.map_or(&*name, |(_, name)| *name);
        ALL.iter().find(|suite| suite.name == name)
    }

    pub(super) fn by_number(nid: usize) -> Option<&'static Self> {
        ALL.iter().find(|suite| usize::try_from(suite.nid) == Ok(nid))
    }

    /// The length of the IV: the usual one, where others do too.
    pub(super) fn iv_bytes(&self) -> usize {
        match self.mode {
            Mode::Cbc | Mode::Ctr => 16,
            Mode::Ecb => 0,
            Mode::Gcm | Mode::ChaCha => 12,
        }
    }

    pub(super) fn takes_iv_of(&self, bytes: usize) -> bool {
        match self.mode {
            // What OpenSSL takes.
            Mode::Gcm => (1..=128).contains(&bytes),
            _ => bytes == self.iv_bytes(),
        }
    }

    pub(super) fn is_authenticated(&self) -> bool {
        matches!(self.mode, Mode::Gcm | Mode::ChaCha)
    }

    pub(super) fn mode_name(&self) -> &'static str {
        match self.mode {
            Mode::Cbc => "cbc",
            Mode::Ctr => "ctr",
            Mode::Ecb => "ecb",
            Mode::Gcm => "gcm",
            Mode::ChaCha => "stream",
        }
    }

    /// Zero for what Node calls a stream.
    pub(super) fn block_bytes(&self) -> usize {
        match self.mode {
            Mode::Cbc | Mode::Ecb => 16,
            Mode::Ctr | Mode::Gcm => 1,
            Mode::ChaCha => 0,
        }
    }
}
