//! What other built-ins ask of a `ReadableStream` that a script has.

use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsObject, JsValue};

use super::promises::Outcome;
use super::readable::data::{ReadableStream, Stream};
use super::readable::operations;

fn stream_of(object: &JsObject) -> Option<Stream> {
    object.clone().downcast::<ReadableStream>().ok()
}

/// Whether this is a `ReadableStream`.
pub(in crate::builtin) fn is_readable(object: &JsObject) -> bool {
    object.is::<ReadableStream>()
}

/// Whether a stream has a reader, or is piped.
pub(in crate::builtin) fn is_locked(object: &JsObject) -> bool {
    stream_of(object).is_some_and(|stream| operations::is_locked(&stream))
}

/// Whether a stream was read from or cancelled.
pub(in crate::builtin) fn is_disturbed(object: &JsObject) -> bool {
    stream_of(object).is_some_and(|stream| stream.borrow().data().disturbed)
}

/// Cancels a stream, whether or not it is locked. The promise says when that is done.
pub(in crate::builtin) fn cancel(
    object: &JsObject,
    reason: JsValue,
    context: &mut Context,
) -> JsPromise {
    match stream_of(object) {
        Some(stream) => operations::cancel(&stream, reason, context),
        None => Outcome::DONE.into_promise_of_nothing(context),
    }
}
