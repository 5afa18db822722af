//! Whose fault it is. [`PeerError`]: this is no NATS server, or it breaks its own protocol.
//! [`ServerError`]: it speaks NATS, and refuses something. [`UsageError`]: what our own caller asked
//! for cannot go on the wire.

use thiserror::Error;

/// The other end does not speak NATS, or breaks its rules.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PeerError {
    /// The first bytes are those of no server.
    #[error(
        "it does not speak NATS: it began with {0:?} where a NATS server says INFO; \
         is that the port of its clients (4222), and not one of monitoring or of WebSockets?"
    )]
    NotNats(String),
    /// A line that begins with no known word.
    #[error("it sent a line that is not part of the NATS protocol: {0:?}")]
    Unknown(String),
    /// A line that does not end with CR LF.
    #[error("a line of it ends with LF and no CR before it")]
    BareLineFeed,
    /// A line without end.
    #[error("a line of it exceeds {limit} bytes")]
    LineTooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// The arguments of MSG or HMSG are not those.
    #[error("it sent a message with the wrong arguments: {0:?}")]
    Arguments(String),
    /// More than may come.
    #[error("it sent a message of {bytes} bytes, and the limit is {limit}")]
    PayloadTooLarge {
        /// What it announced.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// Behind a payload there is no CR LF.
    #[error("a payload of it does not end where it said")]
    PayloadEnd,
    /// The fields of a message are not fields.
    #[error("the headers of a message are not NATS/1.0")]
    Headers,
    /// INFO is not an object of JSON.
    #[error("what it says of itself (INFO) is not JSON")]
    Info,
    /// It knows no headers, which came with version 2.2.
    #[error("it is of version {0}, which knows no headers: NATS 2.2 and later do")]
    TooOld(String),
    /// TLS was asked for, and it has none.
    #[error("it has no TLS: connect with nats:// instead of tls://, or give it a certificate")]
    NoTls,
    /// It takes nobody without TLS.
    #[error("it wants TLS: connect with tls:// instead of nats://")]
    WantsTls,
    /// Bytes between INFO and TLS, which somebody may have put there.
    #[error("it sent something before TLS began, which nobody can trust")]
    BeforeTls,
    /// It said that it wants a signature, and gave nothing to sign.
    #[error("it gave no nonce to sign with the NKey: it asks for no NKey")]
    NoNonce,
}

/// What a server complains of (`-ERR`).
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ServerError {
    /// The credentials are wrong, or missing.
    #[error("Authorization Violation: it refuses the user, password, token or key")]
    Authorization,
    /// CONNECT came too late.
    #[error("Authentication Timeout: the credentials came too late for it")]
    AuthenticationTimeout,
    /// A JWT is too old, or an account has been taken away.
    #[error("{0}: the credentials are no longer valid")]
    Expired(String),
    /// TLS alone is welcome.
    #[error("it wants TLS: connect with tls:// instead of nats://")]
    TlsRequired,
    /// What was sent is too large for it.
    #[error(
        "Maximum Payload Violation: the message is larger than its max_payload allows; \
         raise that in its configuration"
    )]
    Payload,
    /// A line of ours is too long for it.
    #[error("Maximum Control Line Exceeded: the name of a room is too long for it")]
    ControlLine,
    /// It has no room for more clients.
    #[error("Maximum Connections Exceeded: raise max_connections in its configuration")]
    Connections,
    /// An account has as many subscriptions as it may have.
    #[error("Maximum Subscriptions Exceeded: raise max_subscriptions in its configuration")]
    Subscriptions,
    /// It had to drop what we did not read in time.
    #[error(
        "Slow Consumer: what it had for this process was not read in time; \
         raise write_deadline and max_pending in its configuration, or publish less"
    )]
    SlowConsumer,
    /// It had no answer to its pings.
    #[error("Stale Connection: its pings were not answered")]
    Stale,
    /// The user may not do that with the subject. The connection stays.
    #[error("{0}: give the user the permission in its configuration")]
    Permissions(String),
    /// A subject is none. The connection stays.
    #[error("Invalid Subject: it does not take the name of a room")]
    Subject,
    /// It does not understand what was sent.
    #[error("{0}: it does not understand what was sent")]
    Protocol(String),
    /// Something else.
    #[error("{0}")]
    Other(String),
}

impl ServerError {
    /// What `-ERR` means. Servers differ in case and quotes.
    pub(super) fn new(text: &str) -> Self {
        let text = text.trim().trim_matches('\'');
        let lower = text.to_ascii_lowercase();
        let begins = |with: &str| lower.starts_with(with);
        if begins("authorization violation") {
            Self::Authorization
        } else if begins("authentication timeout") {
            Self::AuthenticationTimeout
        } else if lower.contains("expired") || lower.contains("revoked") {
            Self::Expired(text.to_owned())
        } else if begins("secure connection") {
            Self::TlsRequired
        } else if begins("maximum payload") {
            Self::Payload
        } else if begins("maximum control line") {
            Self::ControlLine
        } else if begins("maximum connections") || begins("maximum account active connections") {
            Self::Connections
        } else if begins("maximum subscriptions") {
            Self::Subscriptions
        } else if begins("slow consumer") {
            Self::SlowConsumer
        } else if begins("stale connection") {
            Self::Stale
        } else if begins("permissions violation") {
            Self::Permissions(text.to_owned())
        } else if begins("invalid subject") || begins("invalid publish subject") {
            Self::Subject
        } else if begins("unknown protocol") || begins("parser error") || begins("invalid client") {
            Self::Protocol(text.to_owned())
        } else {
            Self::Other(text.to_owned())
        }
    }

    /// Whether the connection goes on: everything else ends it.
    pub fn is_survived(&self) -> bool {
        matches!(self, Self::Permissions(_) | Self::Subject)
    }

    /// Whether it would be the same the next time, until somebody changes something.
    pub fn is_lasting(&self) -> bool {
        matches!(self, Self::Authorization | Self::Expired(_) | Self::TlsRequired)
    }
}

/// What cannot be asked of a server.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum UsageError {
    /// It has said how much it takes.
    #[error("a message of {bytes} bytes exceeds the max_payload of the server, {limit}")]
    PayloadTooLarge {
        /// Of the payload and its headers.
        bytes: usize,
        /// What the server takes.
        limit: usize,
    },
    /// A subject with spaces, or an empty part.
    #[error("{0:?} is not a subject")]
    Subject(String),
    /// A line that the server would refuse.
    #[error("a subject of {bytes} bytes is too long: the limit is {limit}")]
    SubjectTooLong {
        /// Of the subject.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// It was refused before.
    #[error("the message is too large, or the name of its room too long, for NATS")]
    Unwritten,
    /// A field that would be more than one.
    #[error("{0:?} cannot be in a header")]
    Header(String),
}
