//! Which bytes of a representation a client asks for (RFC 9110 14).

use std::ops::Range;

use crate::limits::RANGES_MAX;

/// What a `Range` field asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Everything: there is no field, or none that has to be obeyed.
    Whole,
    /// These ranges, in the order in which they were asked for. None is empty.
    Parts(Vec<Range<u64>>),
    /// Ranges of which none has a byte that is there: 416.
    Unsatisfiable,
}

/// Reads a `Range` field, for a representation of `size` bytes.
pub fn wanted(field: &str, size: u64) -> Wanted {
    let Some((unit, list)) = field.split_once('=') else { return Wanted::Whole };
    // RFC 9110 14.2: a unit that is not understood is ignored.
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Wanted::Whole;
    }
    let (mut parts, mut count, mut total) = (Vec::new(), 0, 0_u64);
    for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        count += 1;
        if count > RANGES_MAX {
            return Wanted::Whole;
        }
        match part(item, size) {
            // RFC 9110 14.2: so is a field that is malformed.
            None => return Wanted::Whole,
            Some(range) if range.is_empty() => {}
            Some(range) => {
                total = total.saturating_add(range.end - range.start);
                parts.push(range);
            }
        }
    }
    match (count, parts.is_empty()) {
        (0, _) => Wanted::Whole,
        (_, true) => Wanted::Unsatisfiable,
        // RFC 9110 17.15: who asks for more than there is, by ranges that overlap, gets it once.
        _ if total > size => Wanted::Whole,
        _ => Wanted::Parts(parts),
    }
}

/// One range; an empty one if none of its bytes is there. `None` if it is malformed.
fn part(item: &str, size: u64) -> Option<Range<u64>> {
    let (first, last) = item.split_once('-')?;
    if first.is_empty() {
        let suffix = number(last)?;
        return Some(size.saturating_sub(suffix)..size);
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    if last < first {
        return None;
    }
    let end = last.saturating_add(1).min(size);
    Some(first.min(end)..end)
}

/// Digits; more than a `u64` holds are as many as there can be.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_to_what_is_there() {
        let parts = |ends: &[(u64, u64)]| {
            Wanted::Parts(ends.iter().map(|&(start, end)| start..end).collect())
        };
        for (field, expected) in [
            ("bytes=0-0", parts(&[(0, 1)])),
            ("bytes=0-99", parts(&[(0, 100)])),
            ("bytes=0-100", parts(&[(0, 100)])),
            ("bytes=99-", parts(&[(99, 100)])),
            ("bytes=-1", parts(&[(99, 100)])),
            ("bytes=-1000", parts(&[(0, 100)])),
            ("BYTES = 5-9", parts(&[(5, 10)])),
            ("bytes=5-99999999999999999999999", parts(&[(5, 100)])),
            ("bytes=0-0,-1", parts(&[(0, 1), (99, 100)])),
            ("bytes= 3-4 ,, 1-2,", parts(&[(3, 5), (1, 3)])),
            ("bytes=0-9,200-", parts(&[(0, 10)])),
            ("bytes=100-", Wanted::Unsatisfiable),
            ("bytes=99999999999999999999999-", Wanted::Unsatisfiable),
            ("bytes=-0", Wanted::Unsatisfiable),
            ("bytes=0-99,0-99", Wanted::Whole),
            ("bytes=", Wanted::Whole),
            ("bytes", Wanted::Whole),
            ("bytes=,", Wanted::Whole),
            ("bytes=5-4", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=1 - 2", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=--1", Wanted::Whole),
            ("bytes=0-9,x", Wanted::Whole),
            ("items=0-9", Wanted::Whole),
            ("", Wanted::Whole),
        ] {
            assert_eq!(wanted(field, 100), expected, "{field}");
        }
        assert_eq!(wanted("bytes=0-", 0), Wanted::Unsatisfiable);
        assert_eq!(wanted("bytes=-5", 0), Wanted::Unsatisfiable);
        let many = |count: u64| {
            let list: Vec<String> = (0..count).map(|at| format!("{at}-{at}")).collect();
            wanted(&format!("bytes={}", list.join(",")), 100_000)
        };
        let most = RANGES_MAX as u64;
        assert!(matches!(many(most), Wanted::Parts(parts) if parts.len() == RANGES_MAX));
        assert_eq!(many(most + 1), Wanted::Whole);
        assert_eq!(many(10_000), Wanted::Whole);
    }
}
