//! What a script holds of a connection, and what it does with that.

use std::net::SocketAddr;
use std::time::Duration;

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use crate::builtin::context_data::{SharedHost, host_of};
use crate::builtin::id_map::IdMap;
use crate::host::Ends;
use crate::id::ConnId;
use crate::js::argument::illegal_invocation;
use crate::js::convert::{with_bytes, with_utf8};
use crate::js::memory::note_unseen;
use crate::limits::STREAMED_BYTES_WEIGHT;

/// A connection, for a script to hold.
#[derive(Trace, Finalize, JsData)]
struct Handle {
    #[unsafe_ignore_trace]
    conn: ConnId,
    #[unsafe_ignore_trace]
    host: SharedHost,
}

/// The objects that are told of connections. They are roots, until their connections are over.
#[derive(Default)]
pub(super) struct Owners(pub(super) IdMap<ConnId, JsObject>);

/// Those of this context.
pub(super) fn owners(context: &mut Context) -> &Owners {
    if context.get_data::<Owners>().is_none() {
        context.insert_data(Owners::default());
    }
    #[expect(clippy::expect_used, reason = "it was put there just now")]
    context.get_data::<Owners>().expect("the owners of connections")
}

/// A handle of a connection that is a script's own.
pub(in crate::builtin) fn adopt(conn: ConnId, context: &Context) -> JsObject {
    let handle = Handle { conn, host: host_of(context) };
    JsObject::new(context.root_shape(), None, handle).upcast()
}

/// The connection of a handle.
pub(in crate::builtin) fn conn_of(value: &JsValue) -> Option<ConnId> {
    Some(value.as_object()?.downcast_ref::<Handle>()?.conn)
}

/// Nobody is told of a connection any more.
pub(in crate::builtin) fn forget(conn: ConnId, context: &mut Context) {
    drop(owners(context).0.remove(conn));
}

fn handle_of(arguments: &[JsValue]) -> JsResult<(ConnId, SharedHost)> {
    let object = arguments.get_or_undefined(0).as_object();
    let handle = object.as_ref().and_then(JsObject::downcast_ref::<Handle>);
    let handle = handle.ok_or_else(|| illegal_invocation("Socket"))?;
    Ok((handle.conn, handle.host.clone()))
}

/// `isHandle(value)`
pub(super) fn is_handle(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(conn_of(arguments.get_or_undefined(0)).is_some().into())
}

/// `attach(handle, owner)`: the object that is told of a connection from now on.
pub(super) fn attach(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (conn, _) = handle_of(arguments)?;
    if let Some(owner) = arguments.get_or_undefined(1).as_object() {
        owners(context).0.insert(conn, owner);
    }
    Ok(JsValue::undefined())
}

/// `write(handle, bytes)`: how many bytes it has taken, as a number below zero where more has to wait
/// until there is room; undefined where the connection is over.
pub(super) fn write(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (conn, host) = handle_of(arguments)?;
    let written = with_bytes(arguments.get_or_undefined(1), context, |bytes| {
        note_unseen(bytes.len() * STREAMED_BYTES_WEIGHT);
        Some(taken(bytes.len(), host.borrow_mut().write_raw(conn, bytes)?))
    })?;
    Ok(written.flatten().unwrap_or_default())
}

/// How many bytes were taken, for a script.
fn taken(count: usize, is_full: bool) -> JsValue {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    JsValue::from(if is_full { -count } else { count })
}

/// `writeText(handle, text)`: the same of a text, as UTF-8.
pub(super) fn write_text(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let (conn, host) = handle_of(arguments)?;
    let text = arguments.get_or_undefined(1).as_string().unwrap_or_default();
    let written = with_utf8(&text, |bytes| {
        note_unseen(bytes.len() * STREAMED_BYTES_WEIGHT);
        Some(taken(bytes.len(), host.borrow_mut().write_raw(conn, bytes)?))
    });
    Ok(written.unwrap_or_default())
}

/// `end(handle)`: nothing more will be written.
pub(super) fn end(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let (conn, host) = handle_of(arguments)?;
    host.borrow_mut().end_raw(conn);
    Ok(JsValue::undefined())
}

/// `read(handle, wanted)`: whether what comes is taken.
pub(super) fn read(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let (conn, host) = handle_of(arguments)?;
    let wanted = arguments.get_or_undefined(1).to_boolean();
    host.borrow_mut().read_raw(conn, wanted);
    Ok(JsValue::undefined())
}

/// `destroy(handle, resets)`: ends it at once. Nothing more is told of it.
pub(super) fn destroy(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (conn, host) = handle_of(arguments)?;
    let resets = arguments.get_or_undefined(1).to_boolean();
    host.borrow_mut().destroy_raw(conn, resets);
    forget(conn, context);
    Ok(JsValue::undefined())
}

/// `reference(handle, whether)`: whether it keeps the process alive.
pub(super) fn reference(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let (conn, host) = handle_of(arguments)?;
    let referenced = arguments.get_or_undefined(1).to_boolean();
    host.borrow_mut().set_raw_referenced(conn, referenced);
    Ok(JsValue::undefined())
}

/// `ends(handle)`: the addresses of both, this one first: `[address, port, family, …]`.
pub(super) fn ends(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (conn, host) = handle_of(arguments)?;
    let ends = host.borrow().ends_of(conn);
    Ok(JsArray::from_iter(end_values(&ends), context).into())
}

/// Address, port and family of both ends of a connection, this one first; undefined where there are
/// none.
pub(in crate::builtin) fn end_values(ends: &Ends) -> Vec<JsValue> {
    let of_end = |end: Option<SocketAddr>| match end {
        Some(end) => [
            JsString::from(end.ip().to_string()).into(),
            JsValue::from(end.port()),
            if end.is_ipv6() { js_string!("IPv6") } else { js_string!("IPv4") }.into(),
        ],
        None => [(); 3].map(|()| JsValue::undefined()),
    };
    [ends.local, ends.peer].into_iter().flat_map(of_end).collect()
}

/// `noDelay(handle, wanted)`
pub(super) fn no_delay(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let (conn, host) = handle_of(arguments)?;
    host.borrow().set_nodelay(conn, arguments.get_or_undefined(1).to_boolean());
    Ok(JsValue::undefined())
}

/// `keepAlive(handle, wanted, milliseconds)`
pub(super) fn keep_alive(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let (conn, host) = handle_of(arguments)?;
    let wanted = arguments.get_or_undefined(1).to_boolean();
    let after = arguments.get_or_undefined(2).as_number().filter(|after| *after >= 0.0);
    // The system counts seconds, and a fraction of one is none: then it does as it always does.
    let after = Duration::from_secs_f64((after.unwrap_or_default() / 1000.0).min(1e6).floor());
    host.borrow().set_keepalive(conn, wanted.then_some(after));
    Ok(JsValue::undefined())
}
