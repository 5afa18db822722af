//! What `krandog:client` asks of outgoing sockets: which there are, and what has gone over them.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::data::with_this;
use super::facts::traffic_of;
use super::{closing, sockets, wishes};
use crate::builtin::options::{Opt, options_of, read, whole};
use crate::host::Traffic;
use crate::js::interface::Op;
use crate::limits::{POOL_SOCKETS, POOL_WAITING};

pub(in crate::builtin) const OPS: &[Op] = &[
    ("outgoing", 0, outgoing),
    ("traffic", 1, traffic),
    ("readPool", 1, read_pool),
    ("checkClose", 0, closing::check),
    ("checkOptions", 1, check_options),
];

/// `checkOptions(options)`: throws what `new WebSocket` would.
fn check_options(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    wishes::wishes(arguments.get_or_undefined(0), context)?;
    Ok(JsValue::undefined())
}

/// `outgoing()`: those that are not over, as an array.
fn outgoing(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let all = sockets::outgoing(context);
    Ok(JsArray::from_iter(all.into_iter().map(JsValue::from), context).into())
}

/// `traffic(ws)`: messages and bytes that have come, messages and bytes that were sent.
fn traffic(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Traffic { messages_in, bytes_in, messages_out, bytes_out } =
        with_this(arguments.get_or_undefined(0), traffic_of)?;
    let counts = [messages_in, bytes_in, messages_out, bytes_out].map(JsValue::from);
    Ok(JsArray::from_iter(counts, context).into())
}

struct PoolOptions {
    max: usize,
    max_waiting: usize,
}

const POOL: [Opt<PoolOptions>; 2] = [
    whole("max", (1, 1 << 31), |to, count| to.max = count),
    whole("maxWaiting", (0, 1 << 31), |to, count| to.max_waiting = count),
];

/// `readPool(options)`: the values of the two, as an array.
fn read_pool(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut pool = PoolOptions { max: POOL_SOCKETS, max_waiting: POOL_WAITING };
    if let Some(options) = options_of(arguments.get_or_undefined(0), "Pool", context)? {
        read(&options, "", &[&POOL], &mut pool, context)?;
    }
    let values = [pool.max, pool.max_waiting].map(JsValue::from);
    Ok(JsArray::from_iter(values, context).into())
}
