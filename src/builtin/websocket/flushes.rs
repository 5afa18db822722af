//! Promises of a script that what it sends leaves: `send(data, {flushed: true})`, the writes of a
//! stream, and `drained()`.

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{Context, Finalize, JsError, JsObject, JsResult, JsValue, Trace};

use super::data::{Told, with_data, with_this};
use crate::js::error::node_error;

/// What one socket's script waits for.
#[derive(Default, Trace, Finalize)]
pub(super) struct Flushes {
    /// By the mark that the host knows a message by.
    messages: Vec<(u64, ResolvingFunctions)>,
    drained: Vec<ResolvingFunctions>,
}

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
                rare.get_or_insert_default().flushes.drained.push(functions);
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
                rare.get_or_insert_default().flushes.messages.push((mark, functions));
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
    let waits = with_data(socket, |data| {
        let mut rare = data.rare.borrow_mut();
        rare.as_deref_mut().map(|rare| std::mem::take(&mut rare.flushes.drained))
    });
    let waits = waits.flatten().unwrap_or_default();
    let settled =
        waits.iter().map(|functions| settle(&functions.resolve, JsValue::undefined(), context));
    settled.filter_map(Result::err).collect()
}

/// The connection has gone with what waited.
pub(super) fn abandon(socket: &JsObject, context: &mut Context) -> Vec<JsError> {
    let waits = with_data(socket, |data| {
        let mut rare = data.rare.borrow_mut();
        let flushes = &mut rare.as_deref_mut()?.flushes;
        let messages = std::mem::take(&mut flushes.messages).into_iter();
        let drained = std::mem::take(&mut flushes.drained);
        Some(messages.map(|(_, functions)| functions).chain(drained).collect())
    });
    reject_all(waits.flatten().unwrap_or_default(), closed, context)
}

fn take_marked(socket: &JsObject, marks: &[u64]) -> Vec<ResolvingFunctions> {
    let taken = with_data(socket, |data| {
        let mut rare = data.rare.borrow_mut();
        let messages = &mut rare.as_deref_mut()?.flushes.messages;
        let (taken, left) =
            std::mem::take(messages).into_iter().partition(|(mark, _)| marks.contains(mark));
        *messages = left;
        Some(taken)
    });
    let taken: Vec<(u64, ResolvingFunctions)> = taken.flatten().unwrap_or_default();
    taken.into_iter().map(|(_, functions)| functions).collect()
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

/// What a promise is rejected with when its connection ends.
pub(super) fn closed_error(context: &mut Context) -> JsError {
    let message = "the WebSocket closed before everything that was sent had been written";
    node_error("ERR_WEBSOCKET_CLOSED", message, context)
}

/// The same for a message that gave way.
pub(super) fn dropped_message(context: &mut Context) -> JsError {
    let message =
        "the message was dropped, because its peer reads too slowly (option backpressure)";
    node_error("ERR_MESSAGE_DROPPED", message, context)
}
