//! The client's side of SOCKS 5 (RFC 1928), up to where the proxy has connected, with a name and a
//! password (RFC 1929) if there are any. Names are for the proxy to look up. Knows no sockets and no
//! time.

use std::net::IpAddr;

use thiserror::Error;

const VERSION: u8 = 5;
/// RFC 1929 2: the version of the subnegotiation.
const AUTH_VERSION: u8 = 1;
const NO_AUTH: u8 = 0;
const BY_PASSWORD: u8 = 2;
const NONE_ACCEPTABLE: u8 = 0xFF;
const CONNECT: u8 = 1;
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;

/// What cannot be asked for: names and passwords have a length of one byte.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum UsageError {
    /// RFC 1928 5.
    #[error("a name for a SOCKS 5 proxy has 1 to 255 bytes, not {0}")]
    Name(usize),
    /// RFC 1929 2.
    #[error("user name and password for a SOCKS 5 proxy have 1 to 255 bytes each")]
    Credentials,
}

/// Why there is no connection.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PeerError {
    /// Not the version that every message begins with.
    #[error("it does not speak SOCKS 5: it answered with a byte of {0:#04x}")]
    Version(u8),
    /// RFC 1928 3: none of the methods offered will do.
    #[error("it wants another way of authentication")]
    NoMethod,
    /// A method that was not offered.
    #[error("it chose the authentication method {0}, which was not offered")]
    Method(u8),
    /// RFC 1929 2.
    #[error("it refused the user name and password")]
    Refused,
    /// RFC 1928 6: the reply is not 0.
    #[error("{}", reply_text(*.0))]
    Reply(u8),
    /// RFC 1928 5: an address of no known type.
    #[error("its reply has an address of the unknown type {0}")]
    AddressType(u8),
}

/// RFC 1928 6.
fn reply_text(code: u8) -> &'static str {
    match code {
        1 => "it reports a general failure",
        2 => "its rules do not allow the connection",
        3 => "the network is unreachable from there",
        4 => "the host is unreachable from there",
        5 => "the connection was refused",
        6 => "the time to live of the packets expired",
        7 => "it does not know the command CONNECT",
        8 => "it does not know this type of address",
        _ => "it reports a failure of an unknown kind",
    }
}

/// What comes next from the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Method,
    Auth,
    Reply,
    Done,
}

/// One negotiation.
#[derive(Debug)]
pub struct Client {
    phase: Phase,
    /// The subnegotiation of name and password, if there are any.
    auth: Option<Vec<u8>>,
    request: Vec<u8>,
    /// Of an answer that has not come as a whole; 262 bytes at most.
    partial: Vec<u8>,
}

impl Client {
    /// Asks for a connection to `host`, a name or an address without brackets. The greeting goes to
    /// `out`.
    pub fn new(
        host: &str,
        port: u16,
        credentials: Option<(&[u8], &[u8])>,
        out: &mut Vec<u8>,
    ) -> Result<Self, UsageError> {
        let request = request(host, port)?;
        let auth = credentials.map(|(name, password)| auth(name, password)).transpose()?;
        match &auth {
            // RFC 1928 3: a proxy that wants none may have it so.
            Some(_) => out.extend_from_slice(&[VERSION, 2, NO_AUTH, BY_PASSWORD]),
            None => out.extend_from_slice(&[VERSION, 1, NO_AUTH]),
        }
        Ok(Self { phase: Phase::Method, auth, request, partial: Vec::new() })
    }

    /// Takes bytes from `input[*pos..]`, and answers into `out`. True: the proxy has connected, and
    /// what comes from there on is the other end's.
    pub fn receive(
        &mut self,
        input: &[u8],
        pos: &mut usize,
        out: &mut Vec<u8>,
    ) -> Result<bool, PeerError> {
        while self.phase != Phase::Done {
            let Some(length) = self.length()? else {
                let Some(byte) = input.get(*pos) else { return Ok(false) };
                self.partial.push(*byte);
                *pos += 1;
                continue;
            };
            let missing = length.saturating_sub(self.partial.len());
            let unread = input.get(*pos..).unwrap_or_default();
            let taken = missing.min(unread.len());
            self.partial.extend_from_slice(&unread[..taken]);
            *pos += taken;
            if taken < missing {
                return Ok(false);
            }
            let message = std::mem::take(&mut self.partial);
            self.handle(&message, out)?;
        }
        Ok(true)
    }

    /// How long the message is that is coming in; `None` while too little of it has come.
    fn length(&self) -> Result<Option<usize>, PeerError> {
        let Some(version) = self.partial.first() else { return Ok(None) };
        let due = if self.phase == Phase::Auth { AUTH_VERSION } else { VERSION };
        if *version != due {
            return Err(PeerError::Version(*version));
        }
        if self.phase != Phase::Reply {
            return Ok(Some(2));
        }
        // RFC 1928 6: a proxy may end the connection right after a code that is not 0.
        match self.partial.get(1) {
            Some(0) => {}
            Some(code) => return Err(PeerError::Reply(*code)),
            None => return Ok(None),
        }
        Ok(match (self.partial.get(3), self.partial.get(4)) {
            (Some(&IPV4), _) => Some(4 + 4 + 2),
            (Some(&IPV6), _) => Some(4 + 16 + 2),
            (Some(&NAME), Some(length)) => Some(4 + 1 + usize::from(*length) + 2),
            (Some(&NAME), None) | (None, _) => None,
            (Some(other), _) => return Err(PeerError::AddressType(*other)),
        })
    }

    fn handle(&mut self, message: &[u8], out: &mut Vec<u8>) -> Result<(), PeerError> {
        let said = message.get(1).copied().unwrap_or_default();
        self.phase = match (self.phase, said) {
            (Phase::Method, NONE_ACCEPTABLE) => return Err(PeerError::NoMethod),
            (Phase::Method, NO_AUTH) | (Phase::Auth, 0) => {
                out.append(&mut self.request);
                Phase::Reply
            }
            (Phase::Method, BY_PASSWORD) => {
                let auth = self.auth.take().ok_or(PeerError::Method(said))?;
                out.extend_from_slice(&auth);
                Phase::Auth
            }
            (Phase::Method, _) => return Err(PeerError::Method(said)),
            (Phase::Auth, _) => return Err(PeerError::Refused),
            (Phase::Reply | Phase::Done, _) => Phase::Done,
        };
        Ok(())
    }
}

/// RFC 1928 4.
fn request(host: &str, port: u16) -> Result<Vec<u8>, UsageError> {
    let mut request = vec![VERSION, CONNECT, 0];
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => {
            request.push(IPV4);
            request.extend_from_slice(&ip.octets());
        }
        Ok(IpAddr::V6(ip)) => {
            request.push(IPV6);
            request.extend_from_slice(&ip.octets());
        }
        Err(_) => {
            request.push(NAME);
            push_text(host.as_bytes(), &mut request).ok_or(UsageError::Name(host.len()))?;
        }
    }
    request.extend_from_slice(&port.to_be_bytes());
    Ok(request)
}

/// RFC 1929 2.
fn auth(name: &[u8], password: &[u8]) -> Result<Vec<u8>, UsageError> {
    let mut auth = vec![AUTH_VERSION];
    push_text(name, &mut auth).ok_or(UsageError::Credentials)?;
    push_text(password, &mut auth).ok_or(UsageError::Credentials)?;
    Ok(auth)
}

/// A length of one byte, and the text.
fn push_text(text: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let length = u8::try_from(text.len()).ok().filter(|length| *length > 0)?;
    out.push(length);
    out.extend_from_slice(text);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_AUTH_REPLY: &[u8] = &[5, 0];
    const CONNECTED: &[u8] = &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

    /// What became of a negotiation, what was sent, and how much of the input was taken.
    fn negotiate(
        credentials: Option<(&[u8], &[u8])>,
        answers: &[u8],
        step: usize,
    ) -> (Result<bool, PeerError>, Vec<u8>, usize) {
        let mut out = Vec::new();
        let mut client = Client::new("host.example", 80, credentials, &mut out).unwrap();
        let mut taken = 0;
        for end in (0..answers.len()).step_by(step).map(|start| start + step) {
            let end = end.min(answers.len());
            let done = client.receive(&answers[..end], &mut taken, &mut out);
            if done != Ok(false) {
                return (done, out, taken);
            }
        }
        (Ok(false), out, taken)
    }

    #[test]
    fn a_proxy_that_wants_no_password_connects_at_every_split() {
        let answers = [NO_AUTH_REPLY, CONNECTED, b"tunnel"].concat();
        for step in 1..=answers.len() {
            let (done, out, taken) = negotiate(None, &answers, step);
            assert_eq!((done, taken), (Ok(true), 12), "step {step}");
            assert_eq!(out, b"\x05\x01\x00\x05\x01\x00\x03\x0chost.example\x00\x50");
        }
    }

    #[test]
    fn a_name_and_a_password_are_sent_when_asked_for() {
        let answers = [&[5, 2, 1, 0], CONNECTED].concat();
        let (done, out, _) = negotiate(Some((b"user", b"pass")), &answers, 3);
        assert_eq!(done, Ok(true));
        assert!(out.starts_with(b"\x05\x02\x00\x02\x01\x04user\x04pass\x05\x01\x00\x03"));
        let (done, out, _) = negotiate(Some((b"user", b"pass")), NO_AUTH_REPLY, 1);
        assert_eq!(done, Ok(false));
        assert!(!out.windows(4).any(|window| window == b"pass"));
    }

    #[test]
    fn addresses_are_sent_as_such_and_replies_may_have_any() {
        for (host, sent) in [
            ("1.2.3.4", b"\x05\x01\x00\x01\x01\x02\x03\x04\x00\x50".to_vec()),
            ("::1", [b"\x05\x01\x00\x04".as_slice(), &[0; 15], b"\x01\x00\x50"].concat()),
        ] {
            let mut out = Vec::new();
            let mut client = Client::new(host, 80, None, &mut out).unwrap();
            client.receive(NO_AUTH_REPLY, &mut 0, &mut out).unwrap();
            assert_eq!(out[3..], sent);
            let long = [b"\x05\x00\x00\x03\x05proxy\x00\x50".as_slice(), &[0; 9]].concat();
            let mut taken = 0;
            assert_eq!(client.receive(&long, &mut taken, &mut out), Ok(true));
            assert_eq!(taken, 12);
        }
    }

    #[test]
    fn each_fault_is_told() {
        for (answers, error) in [
            (b"HTTP/1.1 400 Bad Request".as_slice(), PeerError::Version(b'H')),
            (&[4, 0], PeerError::Version(4)),
            (&[5, 0xFF], PeerError::NoMethod),
            (&[5, 1], PeerError::Method(1)),
            (&[5, 2], PeerError::Method(2)),
            (&[5, 0, 5, 5], PeerError::Reply(5)),
            (&[5, 0, 5, 0, 0, 9], PeerError::AddressType(9)),
            (&[5, 0, 0], PeerError::Version(0)),
        ] {
            assert_eq!(negotiate(None, answers, 1).0, Err(error), "{answers:?}");
        }
        let credentials = Some((b"user".as_slice(), b"pass".as_slice()));
        assert_eq!(negotiate(credentials, &[5, 2, 1, 1], 1).0, Err(PeerError::Refused));
        assert_eq!(negotiate(credentials, &[5, 2, 5, 0], 1).0, Err(PeerError::Version(5)));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let long = "x".repeat(256);
        let ask = |host: &str, credentials: Option<(&[u8], &[u8])>| {
            Client::new(host, 1, credentials, &mut Vec::new()).map(drop)
        };
        assert_eq!(ask(&long, None), Err(UsageError::Name(256)));
        assert_eq!(ask("a", Some((long.as_bytes(), b"x"))), Err(UsageError::Credentials));
        assert_eq!(ask("a", Some((b"x", b""))), Err(UsageError::Credentials));
        assert_eq!(ask(&long[..255], Some((&long.as_bytes()[..255], b"x"))), Ok(()));
    }
}
