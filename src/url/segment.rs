//! What segments of a path mean: drives and dots.
//!
//! Spec: <https://url.spec.whatwg.org/#url-miscellaneous>

/// URL 4.1, "Windows drive letter", and the normalized kind of it.
pub(super) fn is_drive_letter(text: &str, normalized: bool) -> bool {
    match text.as_bytes() {
        [letter, b':'] => letter.is_ascii_alphabetic(),
        [letter, b'|'] => letter.is_ascii_alphabetic() && !normalized,
        _ => false,
    }
}

pub(super) fn is_single_dot(segment: &str) -> bool {
    segment == "." || segment.eq_ignore_ascii_case("%2e")
}

pub(super) fn is_double_dot(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().as_str(), ".." | ".%2e" | "%2e." | "%2e%2e")
}

/// Whether the path of an `http` URL is another one for whoever reads the URL.
pub fn has_detours(path: &str) -> bool {
    path.contains('\\')
        || path.split('/').any(|segment| is_single_dot(segment) || is_double_dot(segment))
}
