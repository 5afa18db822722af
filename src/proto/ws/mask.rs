//! Masking (RFC 6455 5.3) and the keys a client masks with.

use std::cell::RefCell;

/// Masks or unmasks `bytes` in place, where `bytes[0]` is byte `offset` of the frame's payload.
#[inline]
pub fn apply(bytes: &mut [u8], mut key: [u8; 4], offset: usize) {
    key.rotate_left(offset % 4);
    let [a, b, c, d] = key;
    let word = u64::from_ne_bytes([a, b, c, d, a, b, c, d]);
    // Eight bytes a step, in a shape that the compiler widens to the machine's vectors.
    let (words, rest) = bytes.as_chunks_mut::<8>();
    for chunk in words {
        *chunk = (u64::from_ne_bytes(*chunk) ^ word).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip([a, b, c, d, a, b, c]) {
        *byte ^= key;
    }
}

/// Masking keys drawn from the system 256 at a time: RFC 6455 10.3 wants them unpredictable, and a
/// system call each would cost more than the frame.
struct KeyPool {
    bytes: [u8; 1024],
    used: usize,
}

impl KeyPool {
    const EMPTY: Self = Self { bytes: [0; 1024], used: 1024 };
}

thread_local! {
    static KEYS: RefCell<KeyPool> = const { RefCell::new(KeyPool::EMPTY) };
}

/// A masking key that nobody could predict.
///
/// # Panics
/// When the system has no source of random bytes: there is then no safe way to speak this protocol
/// as a client.
#[expect(
    clippy::expect_used,
    reason = "a client cannot mask without random bytes, and has nothing to fall back on"
)]
pub fn new_key() -> [u8; 4] {
    KEYS.with_borrow_mut(|pool| {
        let KeyPool { bytes, used } = pool;
        if *used == bytes.len() {
            getrandom::fill(bytes).expect("the system gives random bytes");
            *used = 0;
        }
        let mut key = [0; 4];
        key.copy_from_slice(&bytes[*used..*used + 4]);
        *used += 4;
        key
    })
}
