//! Chunk extensions (RFC 9112 7.1.1), checked a byte at a time and dropped: none has a meaning
//! here. Knows nothing of the chunk.
//!
//! ```text
//! chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS ( token / quoted-string ) ] )
//! ```

use super::error::PeerError;
use crate::proto::token::is_tchar;

/// Where in the extensions the next byte belongs. It begins after a first `;`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExtensionAt {
    /// After `;`: whitespace, then a name.
    NameStart,
    Name,
    /// After whitespace behind a name, which `=` or `;` must follow.
    NameEnd,
    /// After `=`: whitespace, then a value.
    ValueStart,
    Token,
    Quoted,
    /// After a backslash in a quoted string.
    Escaped,
    /// After the quote that ends a value.
    QuotedEnd,
    /// After whitespace behind a value, which `;` must follow.
    ValueEnd,
}

impl ExtensionAt {
    /// Takes a byte; `None` when it is the CR that ends the line.
    pub(super) fn next(self, byte: u8) -> Result<Option<Self>, PeerError> {
        use ExtensionAt::{
            Escaped, Name, NameEnd, NameStart, Quoted, QuotedEnd, Token, ValueEnd, ValueStart,
        };
        Ok(Some(match (self, byte) {
            (Name | Token | QuotedEnd, b'\r') => return Ok(None),
            (Quoted | Escaped, byte) if !is_text(byte) => return Err(refused(byte)),
            (Quoted, b'"') => QuotedEnd,
            (Quoted, b'\\') => Escaped,
            (Quoted | Escaped, _) | (ValueStart, b'"') => Quoted,
            // RFC 9110 5.6.3: a sender must not generate this whitespace, a recipient must accept
            // it. The grammar has none at the end of the line.
            (NameStart | ValueStart, b' ' | b'\t') => self,
            (Name | NameEnd, b' ' | b'\t') => NameEnd,
            (Token | QuotedEnd | ValueEnd, b' ' | b'\t') => ValueEnd,
            (NameStart | Name, byte) if is_tchar(byte) => Name,
            (ValueStart | Token, byte) if is_tchar(byte) => Token,
            (Name | NameEnd, b'=') => ValueStart,
            (Name | NameEnd | Token | QuotedEnd | ValueEnd, b';') => NameStart,
            (_, byte) => return Err(refused(byte)),
        }))
    }
}

/// RFC 9110 5.6.4: what a quoted string holds, quotes and backslashes included.
fn is_text(byte: u8) -> bool {
    byte == b'\t' || byte >= b' ' && byte != 0x7f
}

fn refused(byte: u8) -> PeerError {
    if byte == b'\n' { PeerError::BareLineFeed } else { PeerError::ChunkExtension { byte } }
}
