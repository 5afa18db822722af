//! The option `signal`: an outgoing socket that ends when an `AbortSignal` is aborted.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::{Context, JsObject, JsValue, NativeFunction, js_string};

use super::data::with_data;
use crate::builtin::context_data::with_host;
use crate::builtin::dom::abort;
use crate::host::ConnError;
use crate::js::convert::to_utf8;

/// The error of a socket whose signal is aborted already.
pub(super) fn error_of(signal: &JsObject, context: &mut Context) -> Option<ConnError> {
    let reason = abort::reason(signal)?;
    Some(ConnError::new(ConnError::ABORT, format!("aborted: {}", text_of(&reason, context))))
}

/// Has a socket end when a signal is aborted.
pub(super) fn follow(socket: &JsObject, signal: &JsObject, context: &Context) {
    let aborted = NativeFunction::from_copy_closure_with_captures(
        |_, _, (socket, signal), context| {
            end(socket, signal, context);
            Ok(JsValue::undefined())
        },
        (socket.clone(), signal.clone()),
    );
    let aborted = FunctionObjectBuilder::new(context.realm(), aborted).build();
    let listener = abort::on_abort(signal, aborted);
    with_data(socket, |data| {
        data.client.as_ref().inspect(|client| client.following.set(listener));
    });
}

/// A socket that is over follows no signal: one that lives long must not collect them.
pub(super) fn unfollow(socket: &JsObject) {
    let followed = with_data(socket, |data| {
        let client = data.client.as_ref()?;
        client.signal().cloned().zip(client.following.take())
    });
    if let Some((signal, listener)) = followed.flatten() {
        abort::off_abort(&signal, listener);
    }
}

fn end(socket: &JsObject, signal: &JsObject, context: &mut Context) {
    let error = error_of(signal, context);
    let conn = with_data(socket, |data| {
        data.note_ended_here();
        data.conn.get()
    });
    if let Some((conn, error)) = conn.flatten().zip(error) {
        with_host(context, |host| host.fail_outgoing(conn, error));
    }
}

/// Why, for a message.
fn text_of(reason: &JsValue, context: &mut Context) -> String {
    let message = match reason.as_object() {
        Some(object) => object.get(js_string!("message"), context).ok(),
        None => None,
    };
    let message = message.filter(JsValue::is_string).unwrap_or_else(|| reason.clone());
    message.to_string(context).map(|text| to_utf8(&text)).unwrap_or_default()
}
