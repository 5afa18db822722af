//! What writable streams, their writers and their controllers remember: the internal slots of the
//! specification, under its names.

use std::collections::VecDeque;

use boa_engine::{Context, Finalize, JsData, JsObject, JsValue, Trace};
use boa_gc::Gc;

use crate::builtin::streams::promises::{Deferred, Outcome};
use crate::builtin::streams::queue::Queue;

pub(in crate::builtin::streams) type Stream = JsObject<WritableStream>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::builtin::streams) enum State {
    Writable,
    Erroring,
    Errored,
    Closed,
}

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin) struct WritableStream {
    #[unsafe_ignore_trace]
    pub(in crate::builtin::streams) state: State,
    pub(in crate::builtin::streams) stored_error: JsValue,
    pub(in crate::builtin::streams) backpressure: bool,
    pub(in crate::builtin::streams) writer: Option<JsObject<Writer>>,
    /// Set when the stream is set up, once.
    pub(in crate::builtin::streams) controller: Option<JsObject<Controller>>,
    pub(in crate::builtin::streams) close_request: Option<Deferred>,
    pub(in crate::builtin::streams) in_flight_write: Option<Deferred>,
    pub(in crate::builtin::streams) in_flight_close: Option<Deferred>,
    pub(in crate::builtin::streams) pending_abort: Option<PendingAbort>,
    pub(in crate::builtin::streams) write_requests: VecDeque<Deferred>,
    /// Settles when the stream is over, for those who watch it without a writer.
    pub(in crate::builtin::streams) over: Option<Deferred>,
}

impl WritableStream {
    pub(in crate::builtin::streams) fn new() -> Self {
        Self {
            state: State::Writable,
            stored_error: JsValue::undefined(),
            backpressure: false,
            writer: None,
            controller: None,
            close_request: None,
            in_flight_write: None,
            in_flight_close: None,
            pending_abort: None,
            write_requests: VecDeque::new(),
            over: None,
        }
    }
}

#[derive(Clone, Trace, Finalize)]
pub(in crate::builtin::streams) struct PendingAbort {
    pub(in crate::builtin::streams) done: Deferred,
    pub(in crate::builtin::streams) reason: JsValue,
    pub(in crate::builtin::streams) was_already_erroring: bool,
}

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin::streams) struct Writer {
    /// None once it is released.
    pub(in crate::builtin::streams) stream: Option<Stream>,
    pub(in crate::builtin::streams) closed: Deferred,
    pub(in crate::builtin::streams) ready: Deferred,
}

/// The algorithms behind a controller.
pub(in crate::builtin::streams) trait UnderlyingSink: Trace {
    fn write(&self, chunk: JsValue, controller: JsValue, context: &mut Context) -> Outcome;
    fn close(&self, context: &mut Context) -> Outcome;
    fn abort(&self, reason: JsValue, context: &mut Context) -> Outcome;
}

pub(in crate::builtin::streams) type Sink = Gc<Box<dyn UnderlyingSink>>;

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin::streams) struct Controller {
    pub(in crate::builtin::streams) stream: Stream,
    pub(in crate::builtin::streams) queue: Queue,
    /// The stream is to be closed behind what is in the queue.
    pub(in crate::builtin::streams) close_queued: bool,
    pub(in crate::builtin::streams) started: bool,
    pub(in crate::builtin::streams) high_water_mark: f64,
    /// None counts each chunk as 1.
    pub(in crate::builtin::streams) size: Option<JsObject>,
    /// None once its algorithms are cleared.
    pub(in crate::builtin::streams) sink: Option<Sink>,
    /// Made when a script asks for it.
    pub(in crate::builtin::streams) signal: Option<JsObject>,
    /// Why the stream was aborted.
    pub(in crate::builtin::streams) abort_reason: Option<JsValue>,
}
