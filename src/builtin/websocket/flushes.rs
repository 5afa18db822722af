//! Promises that what a script sends leaves: `send(data, {flushed: true})`, the writes of a stream, and
//! `drained()`.

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue, js_string};

use super::data::{Told, with_data, with_this};
use super::promised::Promised;
use crate::js::error::node_error;

/// `drained()`: a promise that nothing waits to be written.
pub(super) fn drained(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (promise, functions) = JsPromise::new_pending(context);
    let (told, waiting) = with_this(this, |data| {
        let conn = data.conn.get();
        let waiting = conn.map_or(0, |conn| data.host.borrow_mut().buffered_amount(conn));
        (data.told.get(), waiting)
    })?;
    match told {
        Told::Closed => settle(&functions.reject, closed(context), context)?,
        Told::Open if waiting == 0 => settle(&functions.resolve, JsValue::undefined(), context)?,
        Told::Open | Told::Nothing => {
            with_this(this, |data| {
                let mut rare = data.rare.borrow_mut();
                rare.get_or_insert_default().promised.note_drained(functions);
            })?;
        }
    }
    Ok(promise.into())
}

/// A promise for a message that was sent, by its mark; a rejected one if it has none.
pub(super) fn promise(
    socket: &JsObject,
    mark: Result<u64, JsError>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let (promise, functions) = JsPromise::new_pending(context);
    match mark {
        Ok(mark) => {
            with_data(socket, |data| {
                let mut rare = data.rare.borrow_mut();
                rare.get_or_insert_default().promised.note(mark, functions);
            });
        }
        Err(error) => {
            let reason = error.into_opaque(context)?;
            settle(&functions.reject, reason, context)?;
        }
    }
    Ok(promise.into())
}

/// Messages have been handed to the kernel. Returns what went wrong with telling so.
pub(super) fn resolve(socket: &JsObject, marks: &[u64], context: &mut Context) -> Vec<JsError> {
    let flushed = take_marked(socket, marks);
    let settled =
        flushed.iter().map(|functions| settle(&functions.resolve, JsValue::undefined(), context));
    settled.filter_map(Result::err).collect()
}

/// Messages were dropped.
pub(super) fn reject(socket: &JsObject, marks: &[u64], context: &mut Context) -> Vec<JsError> {
    let dropped = take_marked(socket, marks);
    reject_all(dropped, dropped_error, context)
}

/// Everything has been written.
pub(super) fn resolve_drained(socket: &JsObject, context: &mut Context) -> Vec<JsError> {
    let waits = take(socket, Promised::take_drained);
    let settled =
        waits.iter().map(|functions| settle(&functions.resolve, JsValue::undefined(), context));
    settled.filter_map(Result::err).collect()
}

/// The connection has gone with what waited.
pub(super) fn abandon(socket: &JsObject, context: &mut Context) -> Vec<JsError> {
    let waits = take(socket, Promised::take_all);
    reject_all(waits, closed, context)
}

fn take_marked(socket: &JsObject, marks: &[u64]) -> Vec<ResolvingFunctions> {
    take(socket, |promised| promised.take_marked(marks))
}

fn take(
    socket: &JsObject,
    take: impl FnOnce(&mut Promised) -> Vec<ResolvingFunctions>,
) -> Vec<ResolvingFunctions> {
    let taken = with_data(socket, |data| {
        data.rare.borrow_mut().as_deref_mut().map(|rare| take(&mut rare.promised))
    });
    taken.flatten().unwrap_or_default()
}

fn reject_all(
    waits: Vec<ResolvingFunctions>,
    error: fn(&mut Context) -> JsValue,
    context: &mut Context,
) -> Vec<JsError> {
    let mut errors = Vec::new();
    for functions in waits {
        let reason = error(context);
        errors.extend(settle(&functions.reject, reason, context).err());
    }
    errors
}

fn settle(function: &JsFunction, value: JsValue, context: &mut Context) -> JsResult<()> {
    function.call(&JsValue::undefined(), &[value], context).map(drop)
}

fn closed(context: &mut Context) -> JsValue {
    closed_error(context).into_opaque(context).unwrap_or_default()
}

fn dropped_error(context: &mut Context) -> JsValue {
    dropped_message(context).into_opaque(context).unwrap_or_default()
}

const CLOSED: &str = "ERR_WEBSOCKET_CLOSED";

/// What a promise is rejected with when its connection ends.
pub(super) fn closed_error(context: &mut Context) -> JsError {
    let message = "the WebSocket closed before everything that was sent had been written";
    node_error(CLOSED, message, context)
}

/// Whether an exception is such a one.
pub(super) fn is_closed_error(error: &JsError, context: &mut Context) -> bool {
    let object = error.as_opaque().and_then(JsValue::as_object);
    let code = object.and_then(|object| object.get(js_string!("code"), context).ok());
    code.and_then(|code| code.as_string()).is_some_and(|code| code == CLOSED)
}

/// The same for a message that gave way.
pub(super) fn dropped_message(context: &mut Context) -> JsError {
    let message =
        "the message was dropped, because its peer reads too slowly (option backpressure)";
    node_error("ERR_MESSAGE_DROPPED", message, context)
}
