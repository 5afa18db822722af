//! Keys and ciphers.

/// Bits of the modulus of an RSA key, at least: what OpenSSL takes. Less is broken in hours.
pub const RSA_BITS_MIN: usize = 512;

/// The same at most, as OpenSSL has it: an operation takes a time that grows with the third power.
pub const RSA_BITS_MAX: usize = 16_384;

/// How often the passphrase of a key is hashed, as OpenSSL does it. What it protects has to be kept
/// elsewhere: a passphrase that can be guessed is no protection with a hundred times as many.
pub const KEY_ENCRYPTION_ROUNDS: u32 = 2048;
