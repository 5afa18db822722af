//! What transform streams and their controllers remember: the internal slots of the specification,
//! under its names.

use boa_engine::{Context, Finalize, JsData, JsObject, JsValue, Trace};
use boa_gc::Gc;

use crate::builtin::streams::promises::{Deferred, Outcome};
use crate::builtin::streams::{readable, writable};

pub(in crate::builtin::streams) type Stream = JsObject<TransformStream>;

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin) struct TransformStream {
    /// Both sides are set when the stream is set up, once.
    pub(in crate::builtin::streams) readable: Option<readable::data::Stream>,
    pub(in crate::builtin::streams) writable: Option<writable::data::Stream>,
    pub(in crate::builtin::streams) controller: Option<JsObject<Controller>>,
    pub(in crate::builtin::streams) backpressure: bool,
    pub(in crate::builtin::streams) backpressure_change: Option<Deferred>,
}

impl TransformStream {
    pub(in crate::builtin::streams) fn new() -> Self {
        Self {
            readable: None,
            writable: None,
            controller: None,
            backpressure: false,
            backpressure_change: None,
        }
    }
}

/// The algorithms behind a controller.
pub(in crate::builtin::streams) trait Transformer: Trace {
    fn transform(
        &self,
        chunk: JsValue,
        controller: &JsObject<Controller>,
        context: &mut Context,
    ) -> Outcome;
    fn flush(&self, controller: &JsObject<Controller>, context: &mut Context) -> Outcome;
    fn cancel(&self, reason: JsValue, context: &mut Context) -> Outcome;
}

pub(in crate::builtin::streams) type Algorithms = Gc<Box<dyn Transformer>>;

#[derive(Trace, Finalize, JsData)]
pub(in crate::builtin::streams) struct Controller {
    pub(in crate::builtin::streams) stream: Stream,
    /// None once its algorithms are cleared.
    pub(in crate::builtin::streams) transformer: Option<Algorithms>,
    /// Set once the stream is being closed, aborted or cancelled.
    pub(in crate::builtin::streams) finish: Option<Deferred>,
}
