//! `for await (const data of ws)`, `ws.receive()` and `ws.messages()`: the natives under them, which
//! are JavaScript.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use super::data::{listens, with_this};
use crate::builtin::blob;
use crate::builtin::options::{Opt, millis, options_of, read};
use crate::js::argument::illegal_invocation;
use crate::js::convert::with_bytes;
use crate::js::error::{node_error, type_error};
use crate::js::interface::Op;

use crate::js::loader::call_builtin;
use crate::limits::HELD_MESSAGES_BYTES_MAX;

pub(in crate::builtin) const OPS: &[Op] =
    &[("takeHeld", 1, take_held), ("giveBack", 2, give_back), ("readTimeout", 1, read_timeout)];

/// `ws[Symbol.asyncIterator]()`
pub(super) fn async_iterator(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    with_this(this, |_| ())?;
    call_builtin("internal:websocket_iterator", "iterate", std::slice::from_ref(this), context)
}

/// `receive({timeout}?)`: a promise of the next message.
pub(super) fn receive(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    with_this(this, |_| ())?;
    let arguments = [this.clone(), arguments.get_or_undefined(0).clone()];
    call_builtin("internal:websocket_reader", "receive", &arguments, context)
}

/// `messages()`: what has come, as an array.
pub(super) fn messages(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with_this(this, |_| ())?;
    call_builtin("internal:websocket_reader", "messages", std::slice::from_ref(this), context)
}

const RECEIVE: [Opt<Option<usize>>; 1] = [millis("timeout", 0, |to, time| *to = Some(time))];

/// `readTimeout(options)`: milliseconds, or undefined.
fn read_timeout(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut timeout = None;
    if let Some(options) = options_of(arguments.get_or_undefined(0), "receive", context)? {
        read(&options, "", &[&RECEIVE], &mut timeout, context)?;
    }
    Ok(timeout.map_or(JsValue::undefined(), JsValue::from))
}

/// `takeHeld(ws)`: the messages that nobody has taken, as an array. Others that listen by now would
/// not have let them wait, so then there are none.
fn take_held(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let socket = arguments.get_or_undefined(0);
    let is_heard = is_heard(socket)?;
    let held = with_this(socket, |data| {
        let mut rare = data.rare.borrow_mut();
        let held = &mut rare.get_or_insert_default().held;
        if is_heard {
            held.note_taken(false);
        }
        held.take()
    })?;
    let Some(messages) = held else {
        let message = format!(
            "messages were lost: more than {HELD_MESSAGES_BYTES_MAX} bytes of them came before \
             anybody took one; begin the loop or receive earlier, or add a message listener"
        );
        return Err(node_error("ERR_MESSAGES_LOST", message, context));
    };
    Ok(JsArray::from_iter(messages, context).into())
}

/// `giveBack(ws, messages)`: what a loop has left behind is for the next, unless it was not alone.
fn give_back(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let socket = arguments.get_or_undefined(0);
    let messages = arguments.get_or_undefined(1).as_object();
    let messages = JsArray::from_object(messages.ok_or_else(|| type_error("not an array"))?)?;
    if is_heard(socket)? {
        return Ok(JsValue::undefined());
    }
    for index in 0..messages.length(context)? {
        let message = messages.get(index, context)?;
        let len = len_of(&message, context)?;
        with_this(socket, |data| {
            let mut rare = data.rare.borrow_mut();
            let held = &mut rare.get_or_insert_default().held;
            if held.takes_back() {
                held.push(message, len);
            }
        })?;
    }
    Ok(JsValue::undefined())
}

fn is_heard(socket: &JsValue) -> JsResult<bool> {
    let socket = socket.as_object().ok_or_else(|| illegal_invocation("WebSocket"))?;
    Ok(listens(&socket, &js_string!("message")))
}

/// How many bytes a message has; of text, about how many.
fn len_of(message: &JsValue, context: &mut Context) -> JsResult<usize> {
    if let Some(text) = message.as_string() {
        return Ok(text.len());
    }
    if let Some(len) = with_bytes(message, context, <[u8]>::len)? {
        return Ok(len);
    }
    let bytes = message.as_object().and_then(|object| blob::blob_bytes(&object));
    Ok(bytes.map_or(0, |bytes| bytes.len()))
}
