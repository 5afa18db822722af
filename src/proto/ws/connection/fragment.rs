//! One frame at a time (RFC 6455 5.4): a message that is sent before its end is known.

use super::machine::{Begun, Connection};
use super::send::write_frame;
use crate::proto::ws::error::UsageError;
use crate::proto::ws::frame::{FIN, RSV1};
use crate::proto::ws::opcode::{MessageKind, Opcode};
use crate::proto::ws::utf8::Validator;

/// A frame of a message.
#[derive(Clone, Copy, Debug)]
pub struct Fragment {
    /// What the message is, if the frame is its first one.
    pub kind: Option<MessageKind>,
    /// Whether it is the last one.
    pub fin: bool,
    /// Whether the message is compressed. Its caller has done so.
    pub rsv1: bool,
}

impl Connection {
    /// Sends a frame of a message. Between the first and the last one, control frames alone may be
    /// sent: [`send`](Self::send) must not be called. Fragments of a text are UTF-8 together, which
    /// is checked; a character may be cut.
    pub fn send_fragment(
        &mut self,
        fragment: Fragment,
        data: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        self.check_open()?;
        let Fragment { kind, fin, rsv1 } = fragment;
        let begun = self.control.as_ref().and_then(|control| control.begun.clone());
        let mut begun = match (begun, kind) {
            (Some(begun), None) => begun,
            (None, Some(kind)) if kind == MessageKind::Text && !rsv1 => {
                Begun::Text(Validator::default())
            }
            (None, Some(_)) => Begun::Bytes,
            (Some(_), Some(_)) => return Err(UsageError::MessageUnderWay),
            (None, None) => return Err(UsageError::NothingToContinue),
        };
        if rsv1 {
            self.check_rsv1(kind)?;
        }
        if let Begun::Text(text) = &mut begun {
            text.push(data).map_err(|offset| UsageError::InvalidUtf8 { offset })?;
            if fin {
                text.finish().map_err(|offset| UsageError::InvalidUtf8 { offset })?;
            }
        }
        let opcode = kind.map_or(Opcode::Continuation, Opcode::from) as u8;
        let first = opcode | if fin { FIN } else { 0 } | if rsv1 { RSV1 } else { 0 };
        write_frame(self.masking_key(), first, data.len(), out, |out| out.extend_from_slice(data));
        if !fin || self.control.is_some() {
            self.control.get_or_insert_default().begun = (!fin).then_some(begun);
        }
        Ok(())
    }

    fn check_rsv1(&self, kind: Option<MessageKind>) -> Result<(), UsageError> {
        match &self.deflate {
            Some(codec) if kind.is_some() => {
                if codec.shares() {
                    Ok(())
                } else {
                    Err(UsageError::Rsv1WithContext)
                }
            }
            _ => Err(UsageError::Rsv1),
        }
    }
}
