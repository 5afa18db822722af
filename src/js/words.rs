//! Words of a source text, without a parser.

/// Where a word is next that is neither in a string nor in a comment.
pub(super) fn next_outside_of_text(source: &str, word: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &source.as_bytes()[at..];
        let skipped = match rest {
            [b'/', b'/', ..] => rest.iter().position(|byte| *byte == b'\n'),
            [b'/', b'*', ..] => memchr::memmem::find(&rest[2..], b"*/").map(|end| end + 4),
            [quote @ (b'\'' | b'"' | b'`'), ..] => {
                end_of_string(&rest[1..], *quote).map(|end| end + 2)
            }
            _ if rest.starts_with(word.as_bytes()) => return Some(at),
            _ => Some(1),
        };
        at += skipped?;
    }
    None
}

fn end_of_string(text: &[u8], quote: u8) -> Option<usize> {
    let mut escaped = false;
    text.iter().position(|byte| {
        let ends = *byte == quote && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })
}
