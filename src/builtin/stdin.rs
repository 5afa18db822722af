//! The native half of `process.stdin`: chunks of standard input, while the script wants them.

use std::cell::{Cell, RefCell};
use std::io::IsTerminal;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::convert::new_uint8_array;
use crate::js::error::{Target, system_error, type_error};
use crate::js::interface::Op;
use crate::net::stdin::StdinChunk;
use crate::net::terminal;

pub(super) const OPS: &[Op] = &[
    ("start", 1, start),
    ("stop", 0, stop),
    ("hold", 1, hold),
    ("isTerminal", 0, is_terminal),
    ("setRaw", 1, set_raw),
];

/// Who gets the chunks; `Context` data from the first `start` on.
#[derive(Default)]
struct Reader {
    callback: RefCell<Option<JsFunction>>,
    flowing: Cell<bool>,
    /// The script waits for it, but not with its life.
    unheld: Cell<bool>,
    /// The loop is still to start reading.
    started: Cell<bool>,
}

/// Whether the script waits for input, and the process lives as long as it does.
pub fn is_alive(context: &Context) -> bool {
    context.get_data::<Reader>().is_some_and(|reader| reader.flowing.get() && !reader.unheld.get())
}

/// Whether the script waits for input.
pub fn is_flowing(context: &Context) -> bool {
    context.get_data::<Reader>().is_some_and(|reader| reader.flowing.get())
}

/// Whether the script has begun to wait for input since the last call.
pub fn take_started(context: &Context) -> bool {
    context.get_data::<Reader>().is_some_and(|reader| reader.started.take())
}

/// The call to make for a chunk: the reader, and the chunk or null at the end.
pub fn call_for(
    chunk: StdinChunk,
    context: &mut Context,
) -> JsResult<Option<(JsFunction, JsValue)>> {
    let reader = context.get_data::<Reader>();
    let Some(callback) = reader.and_then(|reader| reader.callback.borrow().clone()) else {
        return Ok(None);
    };
    let chunk = match chunk {
        StdinChunk::Bytes(bytes) => new_uint8_array(&bytes, context)?.into(),
        StdinChunk::End => {
            set_flowing(false, context);
            JsValue::null()
        }
    };
    Ok(Some((callback, chunk)))
}

/// `start(callback)`: hands each chunk to `callback` from now on.
fn start(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = arguments.get_or_undefined(0).as_function();
    let callback = callback.ok_or_else(|| type_error("not a function"))?;
    ensure_reader(context);
    if let Some(reader) = context.get_data::<Reader>() {
        *reader.callback.borrow_mut() = Some(callback);
        reader.started.set(true);
    }
    set_flowing(true, context);
    Ok(JsValue::undefined())
}

/// `stop()`: leaves what comes in for later.
fn stop(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    set_flowing(false, context);
    Ok(JsValue::undefined())
}

/// `hold(held)`: whether the process lives while the script waits for input.
fn hold(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    ensure_reader(context);
    if let Some(reader) = context.get_data::<Reader>() {
        reader.unheld.set(!arguments.get_or_undefined(0).to_boolean());
    }
    Ok(JsValue::undefined())
}

fn ensure_reader(context: &mut Context) {
    if !context.has_data::<Reader>() {
        context.insert_data(Reader::default());
    }
}

fn set_flowing(flowing: bool, context: &Context) {
    if let Some(reader) = context.get_data::<Reader>() {
        reader.flowing.set(flowing);
    }
}

fn is_terminal(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(std::io::stdin().is_terminal().into())
}

/// `setRaw(raw)`: has keys of a terminal come one by one, or in lines again.
fn set_raw(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    match terminal::set_raw(arguments.get_or_undefined(0).to_boolean()) {
        Ok(()) => Ok(JsValue::undefined()),
        Err(error) => Err(system_error(&error, "setRawMode", Target::default(), context)),
    }
}
