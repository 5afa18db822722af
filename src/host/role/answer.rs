//! The answer to a request of ours: the one that was hoped for, or a refusal with the beginning of
//! its body.

use crate::host::event::{ConnError, Refusal};
use crate::limits::{REFUSAL_BODY_BYTES_MAX, REFUSAL_CHARACTERS_SHOWN};
use crate::proto::http1::{
    ClientConfig, ClientEvent, PeerError, RequestMethod, ResponseHead, ResponseParser,
};
use crate::proto::visible::visible;

/// An answer as far as it has come.
pub(super) struct Answer {
    parser: ResponseParser,
    is_hoped_for: fn(u16) -> bool,
    /// A redirect is followed, whatever its body says.
    follows: bool,
    /// The head and body of another answer.
    refusal: Option<(ResponseHead, Vec<u8>)>,
}

/// What has come.
pub(super) enum Answered {
    /// Nothing yet that says how it ends.
    Pending,
    /// What was hoped for. What follows it belongs to another protocol.
    Accepted(ResponseHead),
    /// Another answer, and the beginning of its body.
    Refused(ResponseHead, Vec<u8>),
}

impl Answer {
    /// The answer to a request for another protocol: 101.
    pub(super) fn to_upgrade(follows: bool) -> Self {
        Self { follows, ..Self::new(RequestMethod::Other, |status| status == 101) }
    }

    /// The answer to CONNECT: any of 2xx.
    pub(super) fn to_connect() -> Self {
        Self::new(RequestMethod::Connect, |status| (200..=299).contains(&status))
    }

    fn new(method: RequestMethod, is_hoped_for: fn(u16) -> bool) -> Self {
        let parser = ResponseParser::new(ClientConfig::default(), method);
        Self { parser, is_hoped_for, follows: false, refusal: None }
    }

    pub(super) fn receive(
        &mut self,
        bytes: &[u8],
        position: &mut usize,
    ) -> Result<Answered, PeerError> {
        loop {
            match self.parser.receive(bytes, position)? {
                None => return Ok(Answered::Pending),
                Some(ClientEvent::Informational(_)) => {}
                Some(ClientEvent::Head(head)) if (self.is_hoped_for)(head.status) => {
                    return Ok(Answered::Accepted(head));
                }
                Some(ClientEvent::Head(head)) => {
                    let is_followed = self.follows && head.is_redirect();
                    self.refusal = Some((head, Vec::new()));
                    // A 101 that nobody asked for has no end.
                    if is_followed || self.parser.is_done() {
                        return Ok(self.so_far());
                    }
                }
                Some(ClientEvent::Body(range)) => {
                    let Some((_, body)) = &mut self.refusal else { continue };
                    let room = REFUSAL_BODY_BYTES_MAX - body.len();
                    let piece = &bytes[range];
                    body.extend_from_slice(&piece[..piece.len().min(room)]);
                    if body.len() == REFUSAL_BODY_BYTES_MAX {
                        return Ok(self.so_far());
                    }
                }
                Some(ClientEvent::End) => return Ok(self.so_far()),
            }
        }
    }

    /// What is to be made of it if nothing more comes.
    pub(super) fn so_far(&mut self) -> Answered {
        match self.refusal.take() {
            Some((head, body)) => Answered::Refused(head, body),
            None => Answered::Pending,
        }
    }
}

/// The error for a refusal: `whom` answered something else than `hoped`. The code begins with
/// `prefix`.
pub(super) fn refused(
    (whom, hoped): (&str, &str),
    prefix: &str,
    head: ResponseHead,
    body: Vec<u8>,
) -> ConnError {
    let text = String::from_utf8_lossy(&body);
    let said = text.lines().next().map(excerpt).filter(|line| !line.is_empty());
    let message = format!(
        "{whom} answered {} {} instead of {hoped}{}",
        head.status,
        excerpt(&head.reason),
        said.map(|line| format!(": {line}")).unwrap_or_default()
    );
    ConnError {
        code: format!("{prefix}_{}", head.status),
        message,
        status: Some(head.status),
        refusal: Some(Box::new(Refusal { headers: head.headers, body })),
        attempts: Vec::new(),
    }
}

/// What a server says, fit for a terminal and a log: its beginning.
pub(super) fn excerpt(text: &str) -> String {
    let text = text.trim();
    let mut shown: String = text.chars().take(REFUSAL_CHARACTERS_SHOWN).map(visible).collect();
    if text.chars().count() > REFUSAL_CHARACTERS_SHOWN {
        shown.push('…');
    }
    shown
}
