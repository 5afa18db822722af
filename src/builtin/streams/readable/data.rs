//! What readable streams, their readers and their controllers remember: the internal slots of the
//! specification, under its names.

use std::collections::VecDeque;

use boa_engine::{Context, Finalize, JsData, JsObject, JsResult, JsValue, Trace};
use boa_gc::Gc;

use crate::builtin::streams::buffers::ViewKind;
use crate::builtin::streams::promises::{Deferred, Outcome};
use crate::builtin::streams::queue::Queue;
use crate::builtin::streams::seam::ByteSource;
use crate::js::convert::new_uint8_array;
use crate::js::memory::note_unseen;
use crate::limits::STREAMED_BYTES_WEIGHT;

pub(in crate::builtin::streams) type Stream = JsObject<ReadableStream>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::builtin::streams) enum State {
    Readable,
    Closed,
    Errored,
}

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin) struct ReadableStream {
    #[unsafe_ignore_trace]
    pub(in crate::builtin::streams) state: State,
    pub(in crate::builtin::streams) stored_error: JsValue,
    pub(in crate::builtin::streams) disturbed: bool,
    pub(in crate::builtin::streams) reader: Option<Reader>,
    /// Set when the stream is set up, once.
    pub(in crate::builtin::streams) controller: Option<Controller>,
    /// Settles when the stream is over, for those who watch it without a reader.
    pub(in crate::builtin::streams) over: Option<Deferred>,
}

impl ReadableStream {
    pub(in crate::builtin::streams) fn new() -> Self {
        Self {
            state: State::Readable,
            stored_error: JsValue::undefined(),
            disturbed: false,
            reader: None,
            controller: None,
            over: None,
        }
    }
}

#[derive(Clone, Trace, Finalize)]
#[boa_gc(unsafe_no_drop)]
pub(in crate::builtin::streams) enum Reader {
    Default(JsObject<DefaultReader>),
    Byob(JsObject<ByobReader>),
}

#[derive(Clone, Trace, Finalize)]
#[boa_gc(unsafe_no_drop)]
pub(in crate::builtin::streams) enum Controller {
    Default(JsObject<DefaultController>),
    Byte(JsObject<ByteController>),
}

/// What both kinds of readers have.
#[derive(Trace, Finalize)]
pub(in crate::builtin::streams) struct GenericReader {
    /// None once it is released.
    pub(in crate::builtin::streams) stream: Option<Stream>,
    pub(in crate::builtin::streams) closed: Deferred,
}

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin::streams) struct DefaultReader {
    pub(in crate::builtin::streams) generic: GenericReader,
    pub(in crate::builtin::streams) requests: VecDeque<Box<dyn ReadRequest>>,
}

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin::streams) struct ByobReader {
    pub(in crate::builtin::streams) generic: GenericReader,
    pub(in crate::builtin::streams) requests: VecDeque<Box<dyn ReadIntoRequest>>,
}

/// A chunk on its way to a reader.
pub(in crate::builtin) enum Chunk {
    Value(JsValue),
    /// A `Uint8Array`, once a script asks for it.
    Bytes(Vec<u8>),
}

impl Chunk {
    pub(in crate::builtin) fn into_value(self, context: &mut Context) -> JsResult<JsValue> {
        match self {
            Self::Value(value) => Ok(value),
            Self::Bytes(bytes) => {
                // It was counted once when it was made.
                note_unseen(bytes.len() * (STREAMED_BYTES_WEIGHT - 1));
                new_uint8_array(&bytes, context).map(JsValue::from)
            }
        }
    }
}

/// Who waits for a chunk. One of its steps is taken, once, with nothing borrowed.
pub(in crate::builtin) trait ReadRequest: Trace {
    fn chunk(self: Box<Self>, chunk: Chunk, context: &mut Context);
    fn close(self: Box<Self>, context: &mut Context);
    fn error(self: Box<Self>, reason: JsValue, context: &mut Context);
}

/// Who waits for bytes in a buffer of theirs.
pub(in crate::builtin::streams) trait ReadIntoRequest: Trace {
    fn chunk(self: Box<Self>, view: JsValue, context: &mut Context);
    /// With an empty view of the buffer, or undefined if the stream was cancelled.
    fn close(self: Box<Self>, view: JsValue, context: &mut Context);
    fn error(self: Box<Self>, reason: JsValue, context: &mut Context);
}

/// The algorithms behind a controller.
pub(in crate::builtin::streams) trait UnderlyingSource: Trace {
    fn pull(&self, controller: JsValue, context: &mut Context) -> Outcome;
    fn cancel(&self, reason: JsValue, context: &mut Context) -> Outcome;

    /// The native source behind it, if that is all that there is to it.
    fn take_native(&self) -> Option<Box<dyn ByteSource>> {
        None
    }
}

pub(in crate::builtin::streams) type Source = Gc<Box<dyn UnderlyingSource>>;

/// Whether a pull is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::builtin::streams) enum Pulling {
    #[default]
    No,
    Yes,
    /// Yes, and there is to be another one.
    Again,
}

impl Pulling {
    /// A pull is to begin. False if one is under way, behind which it comes.
    pub(super) fn begin(&mut self) -> bool {
        let idle = *self == Self::No;
        *self = if idle { Self::Yes } else { Self::Again };
        idle
    }

    /// A pull is over. True if another one is to begin.
    pub(super) fn end(&mut self) -> bool {
        std::mem::take(self) == Self::Again
    }
}

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin::streams) struct DefaultController {
    pub(in crate::builtin::streams) stream: Stream,
    pub(in crate::builtin::streams) queue: Queue,
    pub(in crate::builtin::streams) started: bool,
    pub(in crate::builtin::streams) close_requested: bool,
    #[unsafe_ignore_trace]
    pub(in crate::builtin::streams) pulling: Pulling,
    pub(in crate::builtin::streams) high_water_mark: f64,
    /// None counts each chunk as 1.
    pub(in crate::builtin::streams) size: Option<JsObject>,
    /// None once its algorithms are cleared.
    pub(in crate::builtin::streams) source: Option<Source>,
}

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin::streams) struct ByteController {
    pub(in crate::builtin::streams) stream: Stream,
    pub(in crate::builtin::streams) queue: VecDeque<ByteEntry>,
    pub(in crate::builtin::streams) queue_total: usize,
    pub(in crate::builtin::streams) started: bool,
    pub(in crate::builtin::streams) close_requested: bool,
    #[unsafe_ignore_trace]
    pub(in crate::builtin::streams) pulling: Pulling,
    pub(in crate::builtin::streams) high_water_mark: f64,
    pub(in crate::builtin::streams) auto_allocate: Option<usize>,
    pub(in crate::builtin::streams) byob_request: Option<JsObject<ByobRequest>>,
    pub(in crate::builtin::streams) pull_intos: VecDeque<PullInto>,
    /// None once its algorithms are cleared.
    pub(in crate::builtin::streams) source: Option<Source>,
}

/// A chunk of a byte stream: part of a buffer that was transferred to it.
#[derive(Trace, Finalize)]
pub(in crate::builtin::streams) struct ByteEntry {
    pub(in crate::builtin::streams) buffer: JsObject,
    pub(in crate::builtin::streams) offset: usize,
    pub(in crate::builtin::streams) length: usize,
}

/// Pull-into descriptor.
#[derive(Clone, Trace, Finalize)]
pub(in crate::builtin::streams) struct PullInto {
    pub(in crate::builtin::streams) buffer: JsObject,
    pub(in crate::builtin::streams) buffer_length: usize,
    pub(in crate::builtin::streams) offset: usize,
    pub(in crate::builtin::streams) length: usize,
    pub(in crate::builtin::streams) filled: usize,
    pub(in crate::builtin::streams) minimum: usize,
    #[unsafe_ignore_trace]
    pub(in crate::builtin::streams) view: ViewKind,
    #[unsafe_ignore_trace]
    pub(in crate::builtin::streams) reader: ReaderType,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::builtin::streams) enum ReaderType {
    Default,
    Byob,
    /// Its reader was released.
    None,
}

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin::streams) struct ByobRequest {
    /// None once it is invalidated.
    pub(in crate::builtin::streams) controller: Option<JsObject<ByteController>>,
    pub(in crate::builtin::streams) view: Option<JsObject>,
}
