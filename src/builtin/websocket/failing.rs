//! What a script is told of what went wrong with a socket.

use boa_engine::{Context, JsError, JsNativeError, JsObject, JsValue, js_string};

use super::data::{WebSocketData, listens, with_data};
use super::{flushes, pings};
use crate::builtin::dom::event::simple_event;
use crate::builtin::dom::event_target::dispatch;
use crate::builtin::request_fields::headers_object;
use crate::host::ConnError;
use crate::js::convert::js_string_from_utf8;
use crate::js::error::type_error;
use crate::js::interface::set_field;

/// A plain `Event`, as in browsers, with what went wrong in properties of its own.
pub(super) fn fire_error(
    socket: &JsObject,
    error: &ConnError,
    context: &mut Context,
) -> Vec<JsError> {
    let event_type = js_string!("error");
    if !listens(socket, &event_type) {
        return Vec::new();
    }
    let event = simple_event(event_type, context);
    set_field(&event, js_string!("message"), js_string_from_utf8(&error.message));
    set_field(&event, js_string!("error"), error_value(error, context));
    set_code(&event, error);
    if let Some(refusal) = &error.refusal {
        match headers_object(&refusal.headers, context) {
            Ok(headers) => set_field(&event, js_string!("headers"), headers),
            Err(error) => return vec![error],
        }
        let body = String::from_utf8_lossy(&refusal.body);
        set_field(&event, js_string!("body"), js_string_from_utf8(&body));
    }
    dispatch(socket, &event, context)
}

/// An `Error` with the same message, code and status.
pub(in crate::builtin) fn error_value(error: &ConnError, context: &mut Context) -> JsObject {
    let value = JsNativeError::error().with_message(error.message.clone()).into_opaque(context);
    set_code(&value, error);
    value
}

fn set_code(object: &JsObject, error: &ConnError) {
    set_field(object, js_string!("code"), js_string!(error.code.as_str()));
    let status = error.status.map_or(JsValue::undefined(), JsValue::from);
    set_field(object, js_string!("status"), status);
}

/// What waited for a connection that has gone waits in vain. Returns what went wrong with telling so.
pub(super) fn reject_waits(socket: &JsObject, context: &mut Context) -> Vec<JsError> {
    let mut errors = reject_pings(socket, context);
    errors.extend(flushes::abandon(socket, context));
    errors
}

/// Its pings get no answer.
fn reject_pings(socket: &JsObject, context: &mut Context) -> Vec<JsError> {
    let abandon = |data: &WebSocketData| {
        data.rare.borrow_mut().as_deref_mut().map(|rare| rare.pings.abandon())
    };
    let waits = with_data(socket, abandon).flatten().unwrap_or_default();
    let error = type_error("the WebSocket closed before a pong came");
    waits.iter().filter_map(|functions| pings::reject(functions, &error, context).err()).collect()
}
