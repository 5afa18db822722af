//! Host events, turned into events of `WebSocket` objects.
//!
//! Each function calls JavaScript with nothing borrowed, and returns what listeners threw.

use boa_engine::{Context, JsError, JsObject, JsResult, JsString, JsValue, js_string};

use super::sockets::{find, release};
use super::{BinaryType, ReadyState, WebSocketData, reject_ping, resolve_ping, with_data};
use crate::builtin::dom::event::{close_event, error_event, message_event, simple_event};
use crate::builtin::dom::event_target::{EventTarget, dispatch};
use crate::builtin::{blob, with_host};
use crate::host::{Closed, Input, Message};
use crate::id::ConnId;
use crate::js::convert::{
    js_string_from_checked, js_string_from_utf8, new_array_buffer, new_uint8_array,
};
use crate::js::error::type_error;
use crate::proto::ws::MessageKind;

/// A message's data as a script gets it.
pub fn message_value(
    socket: &JsObject,
    message: &Message,
    input: &Input,
    context: &mut Context,
) -> JsResult<JsValue> {
    let bytes = message.payload.bytes(input.bytes());
    if message.kind == MessageKind::Text {
        // The protocol core has checked it.
        return Ok(js_string_from_checked(bytes).into());
    }
    let binary_type = with_data(socket, |data| data.binary_type.get());
    Ok(match binary_type.unwrap_or(BinaryType::Uint8Array) {
        BinaryType::Uint8Array => new_uint8_array(bytes, context)?.into(),
        BinaryType::ArrayBuffer => new_array_buffer(bytes, context)?.into(),
        BinaryType::Blob => blob::new_blob(bytes, "", context)?.into(),
    })
}

/// The `message` event, if anybody listens.
pub fn deliver_message(socket: &JsObject, data: JsValue, context: &mut Context) -> Vec<JsError> {
    if !listens(socket, &js_string!("message")) {
        return Vec::new();
    }
    let origin = with_data(socket, WebSocketData::url).map(|url| origin_of(&url));
    let event = message_event(data, origin.unwrap_or_default(), context);
    dispatch(socket, &event, context)
}

/// Whether a script has asked for this event.
fn listens(socket: &JsObject, event_type: &JsString) -> bool {
    socket.downcast_ref::<EventTarget>().is_some_and(|target| target.has_listeners(event_type))
}

/// Scheme, host and port of a URL.
fn origin_of(url: &JsString) -> JsString {
    let url = url.to_std_string_lossy();
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    js_string!(&url[..end])
}

/// An outgoing socket has opened.
pub fn deliver_open(conn: ConnId, context: &mut Context) -> Vec<JsError> {
    let Some(socket) = find(conn, context) else { return Vec::new() };
    let agreed = with_host(context, |host| {
        (js_string_from_utf8(host.subprotocol(conn)), js_string_from_utf8(host.extensions(conn)))
    });
    let (protocol, extensions) = agreed.unwrap_or_default();
    let opens = with_data(&socket, |data| {
        *data.protocol.borrow_mut() = protocol;
        *data.extensions.borrow_mut() = extensions;
        // A script may have closed it in the meantime.
        data.state.get() == ReadyState::Connecting && {
            data.state.set(ReadyState::Open);
            true
        }
    });
    if opens != Some(true) {
        return Vec::new();
    }
    let event = simple_event(js_string!("open"), context);
    dispatch(&socket, &event, context)
}

/// A socket is over: `error` when something went wrong, then `close`.
pub fn deliver_closed(closed: &Closed, context: &mut Context) -> (Option<JsObject>, Vec<JsError>) {
    let Some(socket) = release(closed.conn, context) else { return (None, Vec::new()) };
    with_data(&socket, |data| data.note_closed(closed));
    let mut errors = reject_pings(&socket, context);
    if let Some(error) = &closed.error {
        errors.extend(fire_error(&socket, error, context));
    }
    let reason = js_string_from_utf8(&closed.reason);
    let event = close_event(closed.code, reason, closed.was_clean, context);
    errors.extend(dispatch(&socket, &event, context));
    (Some(socket), errors)
}

fn fire_error(
    socket: &JsObject,
    error: &crate::host::ConnError,
    context: &mut Context,
) -> Vec<JsError> {
    if !listens(socket, &js_string!("error")) {
        return Vec::new();
    }
    let code: JsValue = js_string!(error.code.as_str()).into();
    let status = error.status.map_or(JsValue::undefined(), JsValue::from);
    let message = js_string_from_utf8(&error.message);
    let cause = boa_engine::JsNativeError::error().with_message(error.message.clone());
    let cause = cause.into_opaque(context);
    for (name, value) in [("code", &code), ("status", &status)] {
        if !value.is_undefined()
            && let Err(error) =
                cause.create_data_property_or_throw(js_string!(name), value.clone(), context)
        {
            return vec![error];
        }
    }
    let extras = [("code", code), ("status", status)];
    match error_event(message, cause.into(), &extras, context) {
        Ok(event) => dispatch(socket, &event, context),
        Err(error) => vec![error],
    }
}

/// All that waited for a slow peer has been written.
pub fn deliver_drain(conn: ConnId, context: &mut Context) -> Vec<JsError> {
    let Some(socket) = find(conn, context).filter(|socket| listens(socket, &js_string!("drain")))
    else {
        return Vec::new();
    };
    let event = simple_event(js_string!("drain"), context);
    dispatch(&socket, &event, context)
}

/// A ping came.
pub fn deliver_ping(conn: ConnId, payload: &[u8], context: &mut Context) -> Vec<JsError> {
    control_event(conn, js_string!("ping"), payload, context)
}

/// A pong came: the pings it answers are resolved, then the event fires.
pub fn deliver_pong(conn: ConnId, payload: &[u8], context: &mut Context) -> Vec<JsError> {
    let Some(socket) = find(conn, context) else { return Vec::new() };
    let now = crate::net::reactor::monotonic_clock();
    let answered = with_data(&socket, |data| {
        let mut pings = data.pings.borrow_mut();
        let Some(pings) = pings.as_deref_mut() else { return Vec::new() };
        let waits = &mut pings.waits;
        pings
            .round_trips
            .handle_pong(payload, now)
            .filter_map(|(number, round_trip)| {
                let at = waits.iter().position(|wait| wait.0 == number)?;
                Some((waits.remove(at).1, round_trip))
            })
            .collect::<Vec<_>>()
    });
    let mut errors = Vec::new();
    for (functions, round_trip) in answered.unwrap_or_default() {
        errors.extend(resolve_ping(&functions, round_trip, context).err());
    }
    errors.extend(control_event(conn, js_string!("pong"), payload, context));
    errors
}

fn control_event(
    conn: ConnId,
    event_type: JsString,
    payload: &[u8],
    context: &mut Context,
) -> Vec<JsError> {
    let Some(socket) = find(conn, context).filter(|socket| listens(socket, &event_type)) else {
        return Vec::new();
    };
    let data = match new_uint8_array(payload, context) {
        Ok(data) => data,
        Err(error) => return vec![error],
    };
    let event = simple_event(event_type, context);
    match event.create_data_property_or_throw(js_string!("data"), data, context) {
        Ok(_) => dispatch(&socket, &event, context),
        Err(error) => vec![error],
    }
}

fn reject_pings(socket: &JsObject, context: &mut Context) -> Vec<JsError> {
    let pings = with_data(socket, |data| data.pings.borrow_mut().take()).flatten();
    let error = type_error("the WebSocket closed before a pong came");
    pings
        .map(|mut pings| std::mem::take(&mut pings.waits))
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(_, functions)| reject_ping(&functions, &error, context).err())
        .collect()
}
