//! Ping and pong frames: those that a script sends, and the events for those that come.
//!
//! Spec: RFC 6455 5.5.2 and 5.5.3.

use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsString, JsValue, js_string};

use super::data::{Told, listens, with_data, with_this};
use super::deliver::report;
use super::pings;
use super::sockets::find;
use crate::builtin::context_data::with_host;
use crate::builtin::dom::event::simple_event;
use crate::builtin::dom::event_target::dispatch;
use crate::id::ConnId;
use crate::js::convert::{new_uint8_array, to_utf8, with_bytes};
use crate::js::error::{range_error, type_error};
use crate::net::reactor::monotonic_clock;
use crate::proto::ws::UsageError;

/// `ping(data?)`: a promise of the round trip in milliseconds.
pub(super) fn ping(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (conn, told) = with_this(this, |data| (data.conn.get(), data.told.get()))?;
    let given = control_payload(arguments.get_or_undefined(0), context)?;
    let (promise, functions) = JsPromise::new_pending(context);
    let sent = match conn.filter(|_| told == Told::Open) {
        None => Err(not_open()),
        Some(conn) => send_ping(this, conn, given, context)?,
    };
    match sent {
        Ok(payload) => {
            let now = monotonic_clock();
            with_this(this, |data| {
                let mut rare = data.rare.borrow_mut();
                rare.get_or_insert_default().pings.note_sent(&payload, functions, now);
            })?;
        }
        Err(error) => pings::reject(&functions, &error, context)?,
    }
    Ok(promise.into())
}

/// `pong(data?)`: a pong that nobody asked for.
pub(super) fn pong(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let conn = with_this(this, |data| data.conn.get())?;
    let payload = control_payload(arguments.get_or_undefined(0), context)?;
    let sent = conn.map(|conn| with_host(context, |host| host.pong_websocket(conn, &payload)));
    match sent {
        Some(Err(error @ UsageError::ControlTooLong { .. })) => Err(usage(&error)),
        _ => Ok(JsValue::undefined()),
    }
}

/// A ping came.
pub fn deliver_ping(conn: ConnId, payload: &[u8], context: &mut Context) {
    let Some(socket) = find(conn, context) else { return };
    let errors = control_event(&socket, js_string!("ping"), payload, context);
    report(conn, &socket, errors, context);
}

/// A pong came: the pings it answers are resolved, then the event fires.
pub fn deliver_pong(conn: ConnId, payload: &[u8], context: &mut Context) {
    let Some(socket) = find(conn, context) else { return };
    let now = monotonic_clock();
    let answered = with_data(&socket, |data| {
        data.rare.borrow_mut().as_deref_mut().map(|rare| rare.pings.answered(payload, now))
    });
    let answered = answered.flatten().unwrap_or_default();
    if let Some((_, round_trip)) = answered.last() {
        with_host(context, |host| host.note_round_trip(conn, *round_trip));
    }
    let mut errors = Vec::new();
    for (functions, round_trip) in answered {
        errors.extend(pings::resolve(&functions, round_trip, context).err());
    }
    errors.extend(control_event(&socket, js_string!("pong"), payload, context));
    report(conn, &socket, errors, context);
}

fn control_event(
    socket: &JsObject,
    event_type: JsString,
    payload: &[u8],
    context: &mut Context,
) -> Vec<JsError> {
    if !listens(socket, &event_type) {
        return Vec::new();
    }
    let data = match new_uint8_array(payload, context) {
        Ok(data) => data,
        Err(error) => return vec![error],
    };
    let event = simple_event(event_type, context);
    match event.create_data_property_or_throw(js_string!("data"), data, context) {
        Ok(_) => dispatch(socket, &event, context),
        Err(error) => vec![error],
    }
}

fn send_ping(
    this: &JsValue,
    conn: ConnId,
    given: Vec<u8>,
    context: &Context,
) -> JsResult<Result<Vec<u8>, JsError>> {
    let payload = with_this(this, |data| {
        data.rare.borrow_mut().get_or_insert_default().pings.payload(given)
    })?;
    let payload = match payload {
        Ok(payload) => payload,
        Err(error) => return Ok(Err(usage(&error))),
    };
    let sent = with_host(context, |host| host.ping_websocket(conn, &payload));
    Ok(sent.map(|()| payload).map_err(|error| usage(&error)))
}

fn usage(error: &UsageError) -> JsError {
    match error {
        UsageError::ControlTooLong { .. } => range_error(error.to_string()),
        UsageError::NotOpen { .. } => not_open(),
        _ => type_error(error.to_string()),
    }
}

fn not_open() -> JsError {
    type_error("the WebSocket is not open")
}

fn control_payload(value: &JsValue, context: &mut Context) -> JsResult<Vec<u8>> {
    if value.is_undefined() {
        return Ok(Vec::new());
    }
    if let Some(bytes) = with_bytes(value, context, <[u8]>::to_vec)? {
        return Ok(bytes);
    }
    Ok(to_utf8(&value.to_string(context)?).into_bytes())
}
