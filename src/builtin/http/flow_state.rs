//! What is known of a request with which something goes on bit by bit. It calls nobody.

use std::collections::VecDeque;

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Finalize, JsObject, Trace};

use super::compression::Encoder;
use super::reply_head::Head;
use crate::builtin::streams::Waker;

/// What goes on with one request.
#[derive(Default, Trace, Finalize)]
pub(super) struct Flow {
    /// It is answered, or never will be.
    pub(super) is_over: bool,
    /// Its peer went before.
    pub(super) has_gone: bool,
    pub(super) signal: Option<JsObject>,
    /// Called once the peer has gone.
    pub(super) gone: Option<JsFunction>,
    /// Whoever waits for room for more of the reply.
    pub(super) writer: Option<ResolvingFunctions>,
    /// What the reply begins with, until it does.
    #[unsafe_ignore_trace]
    pub(super) head: Option<Head>,
    /// What makes the reply smaller.
    #[unsafe_ignore_trace]
    pub(super) encoder: Option<Encoder>,
    /// Streams that wait for the body, or for room in the reply.
    #[unsafe_ignore_trace]
    pub(super) wake_reader: Option<Waker>,
    #[unsafe_ignore_trace]
    pub(super) wake_writer: Option<Waker>,
    pub(super) inflow: Option<Inflow>,
}

/// A body on its way in.
#[derive(Default, Trace, Finalize)]
pub(super) struct Inflow {
    /// What nobody has read yet.
    #[unsafe_ignore_trace]
    pub(super) chunks: VecDeque<Vec<u8>>,
    pub(super) bytes: usize,
    /// All of it has come.
    pub(super) has_ended: bool,
    /// More is wanted of the peer.
    pub(super) is_wanted: bool,
    /// Whoever waits for the next bytes.
    pub(super) reader: Option<ResolvingFunctions>,
}

impl Flow {
    /// Whether the body is handed on as it comes.
    pub(super) fn streams(&self) -> bool {
        self.inflow.is_some()
    }
}

impl Inflow {
    /// The next of what has come, `max` bytes of it at most.
    pub(super) fn pop(&mut self, max: usize) -> Option<Vec<u8>> {
        let mut chunk = self.chunks.pop_front()?;
        if chunk.len() > max {
            let rest = chunk.split_off(max);
            self.chunks.push_front(rest);
        }
        self.bytes -= chunk.len();
        Some(chunk)
    }

    /// Returns whoever waits for these bytes, or keeps them.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Option<ResolvingFunctions> {
        let reader = self.reader.take();
        if reader.is_none() {
            self.bytes += bytes.len();
            self.chunks.push_back(bytes.to_vec());
        }
        reader
    }
}
