//! Source texts as the engine's parser takes them. It is generic over how it reads, and a second one,
//! for UTF-8, which reads byte by byte, would be in the binary beside that of `eval`.

/// The units of a text, for `Source::from_utf16`.
pub fn utf16(text: &str) -> Vec<u16> {
    if text.is_ascii() {
        return text.bytes().map(u16::from).collect();
    }
    text.encode_utf16().collect()
}
