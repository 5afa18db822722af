//! Arguments of hubs: sockets, names of rooms, messages.

use boa_engine::{Context, JsObject, JsResult, JsValue};

use crate::builtin::blob::with_blob_bytes;
use crate::builtin::websocket::conn_of;
use crate::id::ConnId;
use crate::js::argument::{wrong_type, wrong_value};
use crate::js::convert::{is_well_formed, to_utf8, with_bytes, with_utf8};
use crate::proto::ws::MessageKind;

/// One of those whom a script can name.
pub(super) enum Whom {
    /// A socket; `None` if it is over.
    Socket(Option<ConnId>),
    /// The socket with this `id`.
    Number(u64),
    /// Whoever is in this room.
    Room(String),
}

/// Whom a value names: a WebSocket, its `id`, or the name of a room.
pub(super) fn whom(value: &JsValue) -> Option<Whom> {
    if let Some(text) = value.as_string() {
        // No room has a name that is empty.
        let name = if is_well_formed(&text) { to_utf8(&text) } else { String::new() };
        return Some(Whom::Room(name));
    }
    if let Some(number) = value.as_number() {
        return number_of(number).map(Whom::Number);
    }
    let conn = value.as_object().and_then(|object| conn_of(&object));
    conn.map(|conn| Whom::Socket(conn.ok()))
}

/// An `id`, if this can be one.
pub(in crate::builtin) fn number_of(number: f64) -> Option<u64> {
    // 2^53, beyond which numbers do not count up any more.
    const END: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number in range"
    )]
    (number.fract() == 0.0 && (0.0..END).contains(&number)).then_some(number as u64)
}

/// An argument that has to be a WebSocket: its connection, or `None` if that is over.
#[inline]
pub(super) fn socket(arguments: &[JsValue], context: &mut Context) -> JsResult<Option<ConnId>> {
    let given = arguments.first().and_then(JsValue::as_object);
    if let Some(conn) = given.and_then(|object| conn_of(&object)) {
        return Ok(conn.ok());
    }
    let given = arguments.first().cloned().unwrap_or_default();
    Err(wrong_type("ws", "a WebSocket", &given, context))
}

/// An argument that has to be the name of a room.
#[inline]
pub(super) fn with_name<R>(
    arguments: &[JsValue],
    at: usize,
    context: &mut Context,
    look: impl FnOnce(&str, &mut Context) -> JsResult<R>,
) -> JsResult<R> {
    let given = arguments.get(at).cloned().unwrap_or_default();
    let Some(name) = given.as_string() else {
        return Err(wrong_type("room", "of type string", &given, context));
    };
    if name.is_empty() {
        return Err(wrong_value("room", &given, "must not be empty", context));
    }
    if !is_well_formed(&name) {
        let reason = "must not have a lone surrogate; name.toWellFormed() replaces it";
        return Err(wrong_value("room", &given, reason, context));
    }
    with_utf8(&name, |bytes| look(std::str::from_utf8(bytes).unwrap_or_default(), context))
}

/// A message: text as it is, bytes of a buffer or a `Blob` as they are. Unlike `send`, it makes no
/// text of anything else.
pub(super) fn with_message<R>(
    data: &JsValue,
    context: &mut Context,
    work: impl FnOnce(MessageKind, &[u8]) -> R,
) -> JsResult<R> {
    if let Some(text) = data.as_string() {
        return Ok(with_utf8(&text, |bytes| work(MessageKind::Text, bytes)));
    }
    let mut work = Some(work);
    let mut once = |bytes: &[u8]| work.take().map(|work| work(MessageKind::Binary, bytes));
    let done = with_bytes(data, context, &mut once)?.flatten();
    if let Some(done) = done {
        return Ok(done);
    }
    let object = data.as_object();
    let done = object.as_ref().and_then(|object: &JsObject| with_blob_bytes(object, once));
    done.flatten().ok_or_else(|| {
        let wanted = "a string, an ArrayBuffer, a view of one or a Blob; for anything else pass \
                      JSON.stringify(value)";
        wrong_type("data", wanted, data, context)
    })
}
