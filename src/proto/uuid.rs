//! Random UUIDs: RFC 9562 5.4.

/// A new one, in lower case.
///
/// # Panics
///
/// If the system has no random bytes.
#[expect(clippy::expect_used, reason = "a system without random bytes has no TLS either")]
pub fn random() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut uuid = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            uuid.push('-');
        }
        for digit in [byte >> 4, byte & 0x0f] {
            uuid.extend(char::from_digit(digit.into(), 16));
        }
    }
    uuid
}

#[cfg(test)]
mod tests {
    use super::random;

    #[test]
    fn a_uuid_says_that_it_is_random() {
        let uuid = random();
        let lengths: Vec<_> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
        assert_eq!(uuid.as_bytes()[14], b'4', "{uuid}");
        assert!(b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
        assert_ne!(uuid, random());
    }
}
