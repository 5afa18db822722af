//! Bytes inside of bytes, as `Buffer.prototype.indexOf` and `lastIndexOf` want them.

use memchr::memmem;

/// Where `wanted` is in `bytes`, from an offset on, or up to it for the last place. A negative offset
/// counts from the end.
pub(super) fn find(bytes: &[u8], wanted: &[u8], from: f64, is_last: bool) -> Option<usize> {
    let length = bytes.len();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "lengths are far below 2^53, and a cast saturates"
    )]
    let from = {
        let from = if from < 0.0 { from + length as f64 } else { from };
        if from < 0.0 && is_last {
            return None;
        }
        (from as usize).min(length)
    };
    if is_last {
        let end = from.saturating_add(wanted.len()).min(length);
        if wanted.is_empty() {
            return Some(from);
        }
        return memmem::rfind(&bytes[..end], wanted);
    }
    memmem::find(&bytes[from..], wanted).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn offsets_count_from_either_end() {
        let found = |from: f64, is_last| find(b"abcabc", b"bc", from, is_last);
        assert_eq!(
            (found(0.0, false), found(2.0, false), found(5.0, false)),
            (Some(1), Some(4), None)
        );
        assert_eq!((found(-2.0, false), found(-100.0, false)), (Some(4), Some(1)));
        assert_eq!(
            (found(6.0, true), found(3.0, true), found(0.0, true)),
            (Some(4), Some(1), None)
        );
        assert_eq!((found(-3.0, true), found(-100.0, true)), (Some(1), None));
        assert_eq!(
            (find(b"abc", b"", 1.0, false), find(b"abc", b"", 9.0, false)),
            (Some(1), Some(3))
        );
    }
}
