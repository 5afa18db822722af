//! Tokens (RFC 9110 5.6.2): what methods, field names, subprotocols, extensions and their parameters
//! are made of.

/// Whether this byte may stand in a token.
#[inline]
pub const fn is_tchar(byte: u8) -> bool {
    const TABLE: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 128_u8 {
            table[byte as usize] = byte.is_ascii_alphanumeric();
            byte += 1;
        }
        let marks = b"!#$%&'*+-.^_`|~";
        let mut next = 0;
        while next < marks.len() {
            table[marks[next] as usize] = true;
            next += 1;
        }
        table
    };
    TABLE[byte as usize]
}

/// Whether the bytes are a token.
pub fn is_token(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|&byte| is_tchar(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_those_of_rfc_9110_5_6_2() {
        let tokens: String =
            (0..=u8::MAX).filter(|&byte| is_token(&[byte])).map(char::from).collect();
        let expected =
            "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~";
        assert_eq!(tokens, expected);
    }

    #[test]
    fn a_token_is_not_empty_and_of_token_characters_alone() {
        for (bytes, expected) in [("GET", true), ("", false), ("a b", false), ("a,", false)] {
            assert_eq!(is_token(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }
}
