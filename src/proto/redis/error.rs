//! What a server can do wrong, and what it can refuse.

use crate::limits::{
    REDIS_DEPTH_MAX, REDIS_ELEMENTS_MAX, REDIS_FRAME_BYTES_MAX, REDIS_LINE_BYTES_MAX,
};

/// What the other side sent is not RESP3, or more than is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeerError {
    /// It speaks HTTP, as a web server does that is asked by mistake.
    #[error("it speaks HTTP, not the protocol of Redis")]
    Http,
    /// It asks for TLS, or speaks it without being asked.
    #[error("it answers in TLS: a URL for it begins with rediss://")]
    Tls,
    /// A first byte that no type of RESP3 has.
    #[error("a frame begins with byte 0x{0:02x}, which no type of RESP3 does")]
    Type(u8),
    /// A length or a number that is none.
    #[error("'{0}' is not a length or a number of RESP3")]
    Number(String),
    /// Something that does not end with CR LF.
    #[error("a string is longer than it says")]
    End,
    /// A line that does not end.
    #[error("a line has more than {REDIS_LINE_BYTES_MAX} bytes")]
    LongLine,
    /// Arrays inside of arrays.
    #[error("a reply is nested more than {REDIS_DEPTH_MAX} deep")]
    Depth,
    /// Too much of it.
    #[error("a reply has more than {REDIS_ELEMENTS_MAX} elements")]
    Elements,
    /// Too long.
    #[error("a reply has more than {REDIS_FRAME_BYTES_MAX} bytes")]
    Bytes,
    /// What the decoder of the frame has to say.
    #[error("a frame is not RESP3: {0}")]
    Frame(String),
    /// What is no list of slots.
    #[error("it does not say which of its servers have which slots")]
    Slots,
    /// A reply that nobody waits for.
    #[error("a reply came that nothing was asked for")]
    Unasked,
}

/// An error that a server replies with: a word in capitals, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `ERR`, `WRONGPASS`, `MOVED`, …
    pub code: String,
    /// The text, with the word.
    pub text: String,
}

impl Refusal {
    /// What a server has said.
    pub fn new(text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(text).into_owned();
        let word = text.split([' ', '\r', '\n']).next().unwrap_or_default();
        let is_code = !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte == b'-');
        Self { code: if is_code { word.to_owned() } else { "ERR".to_owned() }, text }
    }

    /// What whoever runs the program can do about it.
    pub fn remedy(&self) -> Option<&'static str> {
        Some(match &*self.code {
            "NOAUTH" => "name a user and a password: redis://user:password@host",
            "WRONGPASS" => "check user and password of the URL; the user 'default' may be left out",
            "NOPERM" => "the user's ACL has to allow it: ACL SETUSER name +@pubsub &krandog:*",
            "NOPROTO" => "RESP3 needs Redis 6 or newer, or Valkey",
            "LOADING" => "the server reads its data and is ready soon; it is tried again",
            "MOVED" | "ASK" => "the key is on another node of the cluster, which the error names",
            _ if self.text.contains("cluster support disabled") => {
                "the URL says sharded, and the server is of no cluster"
            }
            "CLUSTERDOWN" => "the cluster lacks nodes; it is tried again",
            "READONLY" => "the server is a replica: name the primary",
            "OOM" => "the server has used up maxmemory: raise it, or choose a maxmemory-policy",
            "MISCONF" => "the server cannot save its data: see its log",
            "MASTERDOWN" => "the server is a replica that has lost its primary",
            _ if self.text.contains("unknown command") && self.text.contains("HELLO") => {
                "RESP3 needs Redis 6 or newer, or Valkey"
            }
            _ if self.text.contains("max number of clients") => "raise maxclients of the server",
            _ if self.text.contains("DB index") => "the number after the host names a database",
            _ => return None,
        })
    }

    /// Whether it may be otherwise in a moment, without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        matches!(&*self.code, "LOADING" | "CLUSTERDOWN" | "MASTERDOWN" | "TRYAGAIN" | "BUSY")
    }
}
