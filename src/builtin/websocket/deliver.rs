//! Host events, turned into events of `WebSocket` objects.
//!
//! Each function calls JavaScript with nothing borrowed. What a listener throws ends an accepted
//! connection, whose server lives on; on an outgoing one it is the script's own, and uncaught.

use boa_engine::{Context, JsError, JsObject, JsResult, JsString, JsValue, js_string};

use super::data::{BinaryType, Told, listens, with_data};
use super::failing::{fire_error, reject_waits};
use super::sockets::{find, keep, release};
use super::{ends, flushes, outage, ready_state, signal};
use crate::builtin::blob;
use crate::builtin::context_data::with_host;
use crate::builtin::dom::event::{close_event, message_event, simple_event};
use crate::builtin::dom::event_target::dispatch;
use crate::host::{Closed, Dropped, Flushed, Input, Message};
use crate::id::ConnId;
use crate::js::convert::{
    js_string_from_checked, js_string_from_utf8, new_array_buffer, new_uint8_array,
};
use crate::js::executor::report_uncaught;
use crate::js::report::report_handler_error;
use crate::proto::ws::close::code::INTERNAL_ERROR;
use crate::proto::ws::{MessageKind, State};

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

/// A message came on an outgoing socket.
pub fn deliver_message(message: &Message, input: &Input, context: &mut Context) {
    let conn = message.conn;
    let Some(socket) = find(conn, context) else { return };
    match message_value(&socket, message, input, context) {
        Ok(data) => fire_message(&socket, data, message, false, context),
        Err(error) => report(conn, &socket, vec![error], context),
    }
}

/// The `message` event, if anybody listens. What neither a listener nor a handler takes is held
/// for a loop.
pub fn fire_message(
    socket: &JsObject,
    data: JsValue,
    message: &Message,
    handled: bool,
    context: &mut Context,
) {
    if !listens(socket, &js_string!("message")) {
        if !handled {
            hold(socket, data, message);
        }
        return;
    }
    let url = with_data(socket, |known| {
        if let Some(rare) = known.rare.borrow_mut().as_deref_mut() {
            rare.held.note_taken(handled);
        }
        known.url()
    });
    let origin = url.map(|url| origin_of(&url));
    let event = message_event(data, origin.unwrap_or_default(), context);
    let errors = dispatch(socket, &event, context);
    report(message.conn, socket, errors, context);
}

/// The handler has returned a promise for a message, which is pending. Returns how many are.
pub(in crate::builtin) fn note_pending(conn: ConnId, context: &Context) -> usize {
    let noted = find(conn, context).and_then(|socket| {
        with_data(&socket, |data| {
            let mut rare = data.rare.borrow_mut();
            let pending = &mut rare.get_or_insert_default().pending;
            *pending += 1;
            *pending
        })
    });
    noted.unwrap_or_default()
}

/// One of them is pending no more. Returns how many are still.
pub(in crate::builtin) fn note_settled(conn: ConnId, context: &Context) -> Option<usize> {
    let socket = find(conn, context)?;
    let left = with_data(&socket, |data| {
        let mut rare = data.rare.borrow_mut();
        let pending = &mut rare.as_deref_mut()?.pending;
        *pending = pending.saturating_sub(1);
        Some(*pending)
    });
    left.flatten()
}

fn hold(socket: &JsObject, data: JsValue, message: &Message) {
    with_data(socket, |known| {
        let len = message.payload.len();
        known.rare.borrow_mut().get_or_insert_default().held.push(data, len);
    });
}

/// A handler of an accepted connection threw: print it and close that connection.
pub fn fail(conn: ConnId, error: &JsError, context: &mut Context) {
    let is_over = with_host(context, |host| host.websocket_state(conn)) == Some(State::Closed);
    if is_over && flushes::is_closed_error(error, context) {
        // That its peer has gone meanwhile is no news, and peers must not fill the log with it.
        log::debug!("{conn} closed while its handler waited to send more");
        return;
    }
    let socket = find(conn, context);
    let path = socket
        .as_ref()
        .and_then(|socket| with_data(socket, |data| data.pathname.to_std_string_lossy()));
    let place = path.map_or_else(
        || "a WebSocket".to_owned(),
        |path| format!("WebSocket {conn} of {path}, which is closed with 1011"),
    );
    report_handler_error(error, &place, context);
    // One that is closing already needs no second Close.
    let _ = with_host(context, |host| host.fail_websocket(conn, INTERNAL_ERROR, "internal error"));
}

/// What listeners threw.
pub(super) fn report(conn: ConnId, socket: &JsObject, errors: Vec<JsError>, context: &mut Context) {
    if errors.is_empty() {
        return;
    }
    let accepted = with_data(socket, |data| data.accepted).unwrap_or(false);
    for error in errors {
        if accepted {
            fail(conn, &error, context);
        } else {
            report_uncaught(error, context);
        }
    }
}

/// Scheme, host and port of a URL, without its credentials.
fn origin_of(url: &JsString) -> JsString {
    let url = url.to_std_string_lossy();
    let Some((scheme, rest)) = url.split_once("://") else { return js_string!(&url[..]) };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    js_string!(format!("{scheme}://{host}"))
}

/// An outgoing socket has opened, for the first time or again. What has waited for that follows what
/// the script sends first.
pub fn deliver_open(conn: ConnId, context: &mut Context) {
    let Some(socket) = find(conn, context) else { return };
    let agreed = with_host(context, |host| host.agreed(conn)).unwrap_or_default();
    let protocol = js_string_from_utf8(&agreed.subprotocol);
    let extensions = js_string_from_utf8(&agreed.extensions);
    // A script may have closed it in the meantime.
    let is_open = with_host(context, |host| host.websocket_state(conn)) == Some(State::Open);
    with_data(&socket, |data| {
        *data.protocol.borrow_mut() = protocol;
        *data.extensions.borrow_mut() = extensions;
        if is_open {
            data.told.set(Told::Open);
        }
    });
    if !is_open {
        return;
    }
    let event = outage::end(&socket, context);
    let event = event.unwrap_or_else(|| simple_event(js_string!("open"), context));
    let errors = dispatch(&socket, &event, context);
    report(conn, &socket, errors, context);
    let waiting = with_data(&socket, |data| {
        data.send_queue();
        data.host.borrow_mut().buffered_amount(conn)
    });
    if waiting == Some(0) {
        let errors = flushes::resolve_drained(&socket, context);
        report(conn, &socket, errors, context);
    }
}

/// A connection is over, and with it its socket, unless that goes on with another one. Returns the
/// object of a socket that is over, if it has one.
pub fn deliver_closed(closed: &mut Closed, context: &mut Context) -> Option<JsObject> {
    let socket = release(closed.conn, context)?;
    with_data(&socket, |data| data.note_over(closed));
    if is_redirected(&socket, closed, context) {
        return None;
    }
    if let Some(errors) = outage::begin(&socket, closed, context) {
        report(closed.conn, &socket, errors, context);
        return None;
    }
    end(&socket, closed, context);
    Some(socket)
}

/// Connects a socket again whose server has redirected it.
fn is_redirected(socket: &JsObject, closed: &mut Closed, context: &Context) -> bool {
    let conn = with_data(socket, |data| {
        let client = data.client.as_ref()?;
        match client.redirect(closed) {
            Ok(false) => None,
            Ok(true) => Some(client.connect(&mut data.host.borrow_mut(), None).0),
            Err(error) => {
                closed.error = Some(error);
                None
            }
        }
    });
    let Some(conn) = conn.flatten() else { return false };
    with_data(socket, |data| data.conn.set(Some(conn)));
    keep(conn, socket.clone(), context);
    true
}

/// A socket is over: `error` when something went wrong, then `close`.
fn end(socket: &JsObject, closed: &Closed, context: &mut Context) {
    signal::unfollow(socket);
    with_data(socket, |data| data.note_closed(closed));
    ready_state::show(socket);
    let outgoing = with_data(socket, |data| (!data.accepted).then(|| data.url())).flatten();
    if let Some(url) = outgoing {
        ends::note(&url, closed, listens(socket, &js_string!("error")), context);
    }
    let mut errors = flushes::resolve(socket, &closed.flushed, context);
    errors.extend(reject_waits(socket, context));
    if let Some(error) = &closed.error {
        errors.extend(fire_error(socket, error, context));
    }
    let reason = js_string_from_utf8(&closed.reason);
    let event = close_event(closed.code, reason, closed.was_clean, context);
    errors.extend(dispatch(socket, &event, context));
    report(closed.conn, socket, errors, context);
}

/// All that waited for a slow peer has been written. Returns the socket's object, if it has one.
pub fn deliver_drain(conn: ConnId, context: &mut Context) -> Option<JsObject> {
    let socket = find(conn, context)?;
    let errors = flushes::resolve_drained(&socket, context);
    report(conn, &socket, errors, context);
    fire(conn, &socket, js_string!("drain"), context);
    Some(socket)
}

/// Messages have been handed to the kernel, for whose script that is news.
pub fn deliver_flushed(flushed: &Flushed, context: &mut Context) {
    let Some(socket) = find(flushed.conn, context) else { return };
    let errors = flushes::resolve(&socket, &flushed.marks, context);
    report(flushed.conn, &socket, errors, context);
}

/// Messages were dropped: the `dropped` event, at the first since everything had been written.
pub fn deliver_dropped(dropped: &Dropped, context: &mut Context) {
    let Some(socket) = find(dropped.conn, context) else { return };
    let errors = flushes::reject(&socket, &dropped.marks, context);
    report(dropped.conn, &socket, errors, context);
    if dropped.begins {
        fire(dropped.conn, &socket, js_string!("dropped"), context);
    }
}

/// A plain event, if anybody listens.
fn fire(conn: ConnId, socket: &JsObject, event_type: JsString, context: &mut Context) {
    if listens(socket, &event_type) {
        let event = simple_event(event_type, context);
        let errors = dispatch(socket, &event, context);
        report(conn, socket, errors, context);
    }
}
