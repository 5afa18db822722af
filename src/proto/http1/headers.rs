//! The header fields of one message, in one allocation of exactly the size needed: a WebSocket
//! connection keeps those of its opening handshake for life. Knows fields and lists of tokens
//! (RFC 9110 5), not what any field means.

/// Header fields in the order they came. Names are lower-case; values are bytes without the
/// whitespace around them, and may hold bytes above 0x7f (RFC 9110 5.5: obs-text).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// For each field: length of the name and of the value (u32, little-endian), name, value.
    packed: Box<[u8]>,
    count: usize,
}

/// Bytes of the two lengths in front of each field.
const LENGTHS: usize = 8;

impl Headers {
    /// Packs name and value pairs. Does not check them.
    ///
    /// # Panics
    ///
    /// If one name or value is 4 GiB or longer.
    pub fn from_pairs<'a, I>(pairs: I) -> Self
    where
        I: IntoIterator<Item = (&'a str, &'a [u8])>,
        I::IntoIter: Clone,
    {
        let pairs = pairs.into_iter();
        let size = pairs.clone().map(|(name, value)| LENGTHS + name.len() + value.len()).sum();
        let mut packed = Vec::with_capacity(size);
        let mut count = 0;
        for (name, value) in pairs {
            packed.extend_from_slice(&length(name.len()));
            packed.extend_from_slice(&length(value.len()));
            let start = packed.len();
            packed.extend_from_slice(name.as_bytes());
            packed[start..].make_ascii_lowercase();
            packed.extend_from_slice(value);
            count += 1;
        }
        Self { packed: packed.into_boxed_slice(), count }
    }

    /// The value of the first field of this name, given in any case.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.values(name).next()
    }

    /// As [`get`](Self::get), when the value is UTF-8.
    pub fn get_str(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(|value| str::from_utf8(value).ok())
    }

    /// The values of all fields of this name, in order.
    pub fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.fields()
            .filter(move |(field, _)| field.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| value)
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.fields().map(|(name, value)| (str::from_utf8(name).unwrap_or_default(), value))
    }

    /// All fields, with the name as bytes.
    pub(super) fn fields(&self) -> Fields<'_> {
        Fields { rest: &self.packed }
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Bytes held on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.packed.len()
    }

    /// Whether the comma-separated lists in the fields of this name hold the token, in any case.
    /// `Connection: keep-alive, Upgrade` has `upgrade`; `NotUpgrade` is another token.
    pub fn has_token(&self, name: &str, token: &str) -> bool {
        self.values(name).any(|value| list_has(value, token.as_bytes()))
    }
}

impl std::fmt::Debug for Headers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(name, value)| (name, value.escape_ascii().to_string())))
            .finish()
    }
}

/// Iterator over packed fields.
#[derive(Clone)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Fields<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (name_length, rest) = self.rest.split_first_chunk::<4>()?;
        let (value_length, rest) = rest.split_first_chunk::<4>()?;
        let (name, rest) = rest.split_at_checked(u32::from_le_bytes(*name_length) as usize)?;
        let (value, rest) = rest.split_at_checked(u32::from_le_bytes(*value_length) as usize)?;
        self.rest = rest;
        Some((name, value))
    }
}

#[expect(clippy::expect_used, reason = "a parsed head is far below 4 GiB; others are told so")]
fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).expect("a name or value is shorter than 4 GiB").to_le_bytes()
}

/// The members of a comma-separated list, whitespace around each removed. Empty members are kept.
pub(super) fn list(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii)
}

/// Whether a comma-separated list holds the token, in any case.
pub(super) fn list_has(value: &[u8], token: &[u8]) -> bool {
    list(value).any(|member| member.eq_ignore_ascii_case(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Headers {
        Headers::from_pairs([
            ("Host", b"a".as_slice()),
            ("Connection", b"keep-alive, Upgrade"),
            ("X-Raw", b"caf\xe9"),
            ("connection", b"\tclose "),
        ])
    }

    #[test]
    fn names_are_lower_case_and_order_is_kept() {
        let headers = sample();
        let names: Vec<_> = headers.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["host", "connection", "x-raw", "connection"]);
        assert_eq!((headers.len(), headers.is_empty()), (4, false));
    }

    #[test]
    fn lookup_ignores_case_and_gives_the_first() {
        let headers = sample();
        assert_eq!(headers.get("CONNECTION"), Some(b"keep-alive, Upgrade".as_slice()));
        assert_eq!(headers.values("connection").count(), 2);
        assert_eq!(headers.get("x-raw"), Some(b"caf\xe9".as_slice()));
        assert_eq!(headers.get_str("x-raw"), None);
        assert_eq!(headers.get_str("host"), Some("a"));
        assert_eq!(headers.get("absent"), None);
    }

    #[test]
    fn tokens_are_matched_whole_over_all_lines() {
        let headers = sample();
        assert!(headers.has_token("connection", "upgrade"));
        assert!(headers.has_token("Connection", "CLOSE"));
        assert!(!headers.has_token("connection", "grade"));
        assert!(
            !Headers::from_pairs([("connection", b"NotUpgrade".as_slice())])
                .has_token("connection", "upgrade")
        );
    }

    #[test]
    fn the_allocation_fits_exactly() {
        let headers = Headers::from_pairs([("a", b"bc".as_slice())]);
        assert_eq!(headers.heap_bytes(), 11);
        assert_eq!(Headers::default().heap_bytes(), 0);
    }
}
