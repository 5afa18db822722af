//! The two ends of a request for streams: its body as a source, its reply as a sink. Bytes go from one
//! native end to another without a script.

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsValue};

use super::flow::{Next, begin_reply, finish_reply, next_bytes, push_reply, room_for_reply};
use super::reply_head::Sample;
use super::request::{body_of, with_flow};
use crate::builtin::streams::{
    ByteSink, ByteSource, Room, Taken, Waker, Whole, pipe_to_sink, readable_from,
};
use crate::js::argument::illegal_invocation;

/// The body of a request that is handed on as it comes.
struct BodySource(JsObject);

impl ByteSource for BodySource {
    fn take(&mut self, max: usize, waker: &Waker, context: &mut Context) -> Taken {
        match next_bytes(&self.0, max, context) {
            Next::Bytes(bytes) => Taken::Bytes(bytes),
            Next::End => Taken::End,
            Next::Gone(error) => Taken::Failed(error.into_opaque(context).unwrap_or_default()),
            Next::Later => {
                with_flow(&self.0, |flow| flow.wake_reader = Some(waker.clone()));
                Taken::Pending
            }
        }
    }

    fn cancel(&mut self, _: &JsValue, _: &mut Context) {
        with_flow(&self.0, |flow| flow.wake_reader = None);
    }
}

/// `bodyOf(req)`: the body as a `ReadableStream`.
pub(super) fn body_stream(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let request = arguments.get_or_undefined(0).as_object();
    let request = request.ok_or_else(|| illegal_invocation("HttpRequest"))?;
    let source: Box<dyn ByteSource> = if with_flow(&request, |flow| flow.streams()) == Some(true) {
        Box::new(BodySource(request))
    } else {
        let bytes = body_of(&request);
        let end = bytes.len();
        Box::new(Whole::part(bytes.into(), 0, end))
    };
    Ok(readable_from(source, context)?.into())
}

/// A reply of which the head is to be sent with its first bytes.
struct ReplySink {
    request: JsObject,
    has_begun: bool,
    done: Option<ResolvingFunctions>,
}

impl ReplySink {
    /// Sends the head, unless that has been done. False if nothing may follow.
    fn begin(&mut self, sample: Sample, context: &Context) -> JsResult<bool> {
        if self.has_begun {
            return Ok(true);
        }
        self.has_begun = true;
        Ok(begin_reply(&self.request, sample, false, context)? == Some(true))
    }

    /// Tells how it went. What is to be done about it is done in a microtask.
    fn settle(&mut self, outcome: JsResult<()>, context: &mut Context) {
        let Some(ResolvingFunctions { resolve, reject }) = self.done.take() else { return };
        let (function, value) = match outcome {
            Ok(()) => (resolve, JsValue::undefined()),
            Err(error) => (reject, error.into_opaque(context).unwrap_or_default()),
        };
        if let Err(error) = function.call(&JsValue::undefined(), &[value], context) {
            log::warn!("cannot tell how a reply went: {error}");
        }
    }
}

impl ByteSink for ReplySink {
    fn room(&mut self, waker: &Waker, context: &mut Context) -> Room {
        let waits = room_for_reply(&self.request, self.has_begun, context);
        if waits.is_none() {
            self.settle(Ok(()), context);
            return Room::Gone(JsValue::undefined());
        }
        with_flow(&self.request, |flow| flow.wake_writer = Some(waker.clone()));
        if waits == Some(true) { Room::Pending } else { Room::Ready }
    }

    fn write(&mut self, bytes: &[u8], context: &mut Context) -> JsResult<()> {
        let written = self.begin(Sample::Bytes, context).and_then(|follows| {
            if follows { push_reply(&self.request, bytes, context).map(drop) } else { Ok(()) }
        });
        if let Err(error) = &written {
            self.settle(Err(error.clone()), context);
        }
        written
    }

    fn end(&mut self, _: &Waker, context: &mut Context) -> Room {
        let ended = self.begin(Sample::Nothing, context).and_then(|follows| {
            if follows { finish_reply(&self.request, context) } else { Ok(()) }
        });
        self.settle(ended, context);
        Room::Ready
    }

    fn abort(&mut self, reason: &JsValue, context: &mut Context) {
        self.settle(Err(JsError::from_opaque(reason.clone())), context);
    }
}

/// Sends the bytes of a stream as the reply to a request. The promise is fulfilled when all of it has
/// been sent, or nobody is there any more.
pub(super) fn pipe_reply(
    request: &JsObject,
    stream: &JsObject,
    context: &mut Context,
) -> JsResult<JsPromise> {
    let (promise, functions) = JsPromise::new_pending(context);
    let sink = ReplySink { request: request.clone(), has_begun: false, done: Some(functions) };
    pipe_to_sink(stream, Box::new(sink), context)?;
    Ok(promise)
}
