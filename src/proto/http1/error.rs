//! Whose fault it is. [`PeerError`]: the other side broke HTTP, and here is the status that earns.
//! [`UsageError`]: our own caller asked for a message that must not go on the wire.
//! Neither knows how it is reported.

/// The peer sent something that is not HTTP/1.1, or is more of it than a limit allows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeerError {
    /// A line ends with LF alone.
    #[error("a line ends with LF and no CR before it")]
    BareLineFeed,
    /// A CR that no LF follows.
    #[error("a CR is not followed by LF")]
    BareCarriageReturn,
    /// A control byte where text belongs.
    #[error("control byte 0x{byte:02x} in the head")]
    ControlByte {
        /// The byte.
        byte: u8,
    },
    /// The first byte of a message cannot begin a start line.
    #[error("byte 0x{byte:02x} cannot begin a message")]
    StartByte {
        /// The byte.
        byte: u8,
    },
    /// More empty lines before the request line than are forgiven.
    #[error("more than {limit} empty lines before the start line")]
    BlankLines {
        /// How many are forgiven.
        limit: usize,
    },
    /// The request line is not `method SP target SP version`.
    #[error("the request line is not `method SP target SP HTTP-version`")]
    RequestLine,
    /// The status line is not `version SP status SP reason`.
    #[error("the status line is not `HTTP-version SP status SP reason`")]
    StatusLine,
    /// CONNECT asks for a tunnel; this is not a proxy.
    #[error("CONNECT is not supported")]
    Connect,
    /// The request target is in none of the allowed forms.
    #[error("the request target is not a path, an http URL or `*`")]
    Target,
    /// The request line, or the status line, is longer than allowed.
    #[error("the start line exceeds {limit} bytes")]
    StartLineTooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// A well-formed version that is not spoken here.
    #[error("HTTP/{major}.{minor} is not supported")]
    VersionUnsupported {
        /// The digit before the dot.
        major: u8,
        /// The digit after it.
        minor: u8,
    },
    /// The start line and the field lines are longer than allowed.
    #[error("the head exceeds {limit} bytes")]
    HeadTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// Too many field lines.
    #[error("more than {limit} header fields")]
    TooManyFields {
        /// The limit.
        limit: usize,
    },
    /// A field line that continues the line before it.
    #[error("a field line begins with whitespace (obsolete line folding)")]
    ObsFold,
    /// Whitespace between a field name and its colon.
    #[error("whitespace before the colon of a field")]
    SpaceBeforeColon,
    /// A byte that no field name may hold, or a line without a colon.
    #[error("byte 0x{byte:02x} in a field name")]
    FieldName {
        /// The byte.
        byte: u8,
    },
    /// A field value that the parser refuses.
    #[error("a field value is malformed")]
    FieldValue,
    /// An HTTP/1.1 request without `Host`.
    #[error("the Host field is missing")]
    HostMissing,
    /// More than one `Host`.
    #[error("the Host field is repeated")]
    HostRepeated,
    /// A `Host` that is not a host and port.
    #[error("the Host field is not a host and an optional port")]
    HostInvalid,
    /// Both ways to say where the body ends.
    #[error("both Transfer-Encoding and Content-Length")]
    LengthAndCoding,
    /// Chunks in a version that does not have them.
    #[error("Transfer-Encoding in an HTTP/1.0 message")]
    CodingInHttp10,
    /// `Transfer-Encoding` that is empty, repeated, or does not end with one `chunked`.
    #[error("the Transfer-Encoding field does not name `chunked` once and last")]
    CodingInvalid,
    /// A transfer coding other than `chunked`.
    #[error("a transfer coding other than `chunked` is not supported")]
    CodingUnsupported,
    /// `Content-Length` that is not a decimal number of bytes.
    #[error("the Content-Length field is not a decimal number")]
    ContentLengthInvalid,
    /// More than one `Content-Length`.
    #[error("the Content-Length field is repeated")]
    ContentLengthRepeated,
    /// The body is larger than allowed.
    #[error("the body exceeds {limit} bytes")]
    BodyTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// `Expect` asks for something other than `100-continue`.
    #[error("the only expectation supported is 100-continue")]
    Expectation,
    /// A body on a request that asks to leave HTTP.
    #[error("a request to upgrade has a body")]
    UpgradeWithBody,
    /// A chunk size that is not hexadecimal digits.
    #[error("byte 0x{byte:02x} in a chunk size")]
    ChunkSize {
        /// The byte.
        byte: u8,
    },
    /// A chunk size of too many digits.
    #[error("a chunk size of more than {limit} digits")]
    ChunkSizeTooLong {
        /// The limit in digits.
        limit: u8,
    },
    /// A chunk extension that is not a name with an optional value.
    #[error("unexpected byte 0x{byte:02x} in a chunk extension")]
    ChunkExtension {
        /// The byte.
        byte: u8,
    },
    /// Too many bytes of chunk extensions in one message.
    #[error("chunk extensions exceed {limit} bytes")]
    ChunkExtensions {
        /// The limit in bytes.
        limit: usize,
    },
    /// Chunk data that is not followed by CRLF.
    #[error("chunk data is not followed by CRLF")]
    ChunkTerminator,
    /// The head did not arrive in time.
    #[error("the head did not arrive within {after_ms} ms")]
    HeadTimeout {
        /// The time allowed, in milliseconds.
        after_ms: u64,
    },
    /// The body did not arrive in time.
    #[error("the body arrived too slowly: {received} bytes in {after_ms} ms")]
    BodyTimeout {
        /// Bytes of body that did arrive.
        received: u64,
        /// The time allowed for these, in milliseconds.
        after_ms: u64,
    },
    /// The peer stopped sending in the middle of a message.
    #[error("the connection ended in the middle of a message")]
    UnexpectedEnd,
    /// More interim responses than are worth waiting through.
    #[error("more than {limit} interim responses")]
    TooManyInterim {
        /// The limit.
        limit: usize,
    },
}

impl PeerError {
    /// The HTTP status that answers this error on a server.
    pub fn status(&self) -> u16 {
        match self {
            Self::HeadTimeout { .. } | Self::BodyTimeout { .. } => 408,
            Self::BodyTooLarge { .. } => 413,
            Self::StartLineTooLong { .. } => 414,
            Self::Expectation => 417,
            Self::HeadTooLarge { .. } | Self::TooManyFields { .. } => 431,
            Self::Connect | Self::CodingUnsupported => 501,
            Self::VersionUnsupported { .. } => 505,
            _ => 400,
        }
    }
}

/// The caller asked to send what HTTP cannot carry. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UsageError {
    /// A status that is not a final response, or no status at all.
    #[error("invalid status {0}: a response has a status from 200 to 599")]
    Status(u16),
    /// A reason phrase with control bytes.
    #[error("invalid character in the reason phrase {0:?}")]
    Reason(Box<str>),
    /// A header name that is not a token.
    #[error("invalid header name {0:?}")]
    HeaderName(Box<str>),
    /// A header value with CR, LF, NUL or another control byte.
    #[error("invalid character in the value of header {0:?}")]
    HeaderValue(Box<str>),
    /// A method that is not a token.
    #[error("invalid method {0:?}")]
    Method(Box<str>),
    /// A request target that is empty, or holds whitespace, control or non-ASCII bytes.
    #[error("invalid request target {0:?}")]
    Target(Box<str>),
    /// A request without exactly one `Host`.
    #[error("a request has exactly one Host header, not {0}")]
    Host(usize),
    /// No request is waiting for a response.
    #[error("no request is waiting for a response")]
    NotResponding,
    /// More bytes of a body than its `Content-Length` has said.
    #[error("the body is longer than its Content-Length")]
    BodyTooLong,
    /// Fewer of them.
    #[error("the body is {0} bytes shorter than its Content-Length")]
    BodyTooShort(u64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stay_small() {
        assert!(size_of::<PeerError>() <= 32);
        assert!(size_of::<UsageError>() <= 32);
    }

    #[test]
    fn messages_carry_the_numbers() {
        assert_eq!(
            PeerError::BodyTooLarge { limit: 1024 }.to_string(),
            "the body exceeds 1024 bytes"
        );
        assert_eq!(UsageError::HeaderName("a b".into()).to_string(), "invalid header name \"a b\"");
    }
}
