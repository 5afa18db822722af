//! `send`: a message from a script's string or buffer into the output, without a copy in between.
//!
//! Spec: <https://websockets.spec.whatwg.org/#dom-websocket-send>

use boa_engine::{Context, JsError, JsResult, JsString, JsValue};

use super::data::{ReadyState, Told, WebSocketData, with_this};
use super::queue::Full;
use super::stringified;
use crate::builtin::blob;
use crate::builtin::context_data::{SharedHost, show_changes};
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::options::{Opt, flag, options_of, read};
use crate::id::ConnId;
use crate::js::convert::{is_buffer_source, with_bytes, with_utf8};
use crate::js::error::type_error;
use crate::proto::ws::{MessageKind, Outgoing};

/// The sender of a message, as far as it has a connection that takes one.
struct Sender<'a> {
    this: &'a JsValue,
    host: SharedHost,
    conn: Option<ConnId>,
    compress: Option<bool>,
}

/// `send(data, {compress}?)`: of an accepted socket, the bytes that wait for its peer, frames and
/// all, or false when the message was not accepted, because the socket is closing or its peer reads
/// too slowly. An outgoing one returns nothing, as in browsers.
pub(super) fn send(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    if let [text] = arguments
        && let Some(text) = text.as_string()
        && let Some(waiting) = with_this(this, |socket| send_text(socket, &text))?
    {
        return Ok(waiting);
    }
    let sent = send_any(this, arguments, context)?;
    // A peer that reads too slowly has been given up.
    show_changes(context);
    Ok(sent)
}

/// Sends a text on an open socket, as most messages are; none if there is more to it, and nothing
/// was sent.
fn send_text(socket: &WebSocketData, text: &JsString) -> Option<JsValue> {
    let conn = socket.conn.get().filter(|_| socket.told.get() == Told::Open)?;
    let waiting = with_utf8(text, |bytes| {
        let message = Outgoing { kind: MessageKind::Text, len: bytes.len(), compress: None };
        let fill = |out: &mut Vec<u8>| out.extend_from_slice(bytes);
        socket.host.borrow_mut().send_websocket(conn, message, fill).ok()
    })?;
    Some(result(socket.accepted, Some(waiting)))
}

/// What `send` returns.
fn result(accepted: bool, waiting: Option<usize>) -> JsValue {
    match waiting {
        _ if !accepted => JsValue::undefined(),
        Some(waiting) => waiting.into(),
        None => false.into(),
    }
}

fn send_any(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (host, conn, told, accepted) = with_this(this, |data| {
        (data.host.clone(), data.conn.get(), data.told.get(), data.accepted)
    })?;
    let Some(data) = arguments.first() else {
        return Err(type_error("send needs 1 argument, but was given 0"));
    };
    if told == Told::Nothing && is_connecting(this)? {
        return Err(still_connecting(data, context));
    }
    let compress = match arguments.get(1) {
        None => None,
        Some(options) => compress_wish(options, context)?,
    };
    let conn = conn.filter(|_| told == Told::Open);
    let sender = Sender { this, host, conn, compress };
    Ok(result(accepted, sender.send(data, context)?))
}

impl Sender<'_> {
    /// Queues what a script sends, and returns how many bytes wait then; `None` if it was not
    /// accepted.
    fn send(&self, data: &JsValue, context: &mut Context) -> JsResult<Option<usize>> {
        if !data.is_string() {
            let kind = MessageKind::Binary;
            let sent = with_bytes(data, context, |bytes| self.hand_over(kind, bytes))?;
            if let Some(sent) = sent {
                return sent.map_err(|full| refused(&full, context));
            }
            if let Some(bytes) = data.as_object().and_then(|object| blob::blob_bytes(&object)) {
                let sent = self.hand_over(kind, &bytes);
                return sent.map_err(|full| refused(&full, context));
            }
        }
        let text = match data.as_string() {
            Some(text) => text,
            None => stringify(data, context)?,
        };
        let sent = with_utf8(&text, |bytes| self.hand_over(MessageKind::Text, bytes));
        sent.map_err(|full| refused(&full, context))
    }

    /// Queues a message, and returns how many bytes wait then.
    #[inline]
    fn hand_over(&self, kind: MessageKind, bytes: &[u8]) -> Result<Option<usize>, Full> {
        let Some(conn) = self.conn else { return self.put_off(kind, bytes) };
        let message = Outgoing { kind, len: bytes.len(), compress: self.compress };
        let fill = |out: &mut Vec<u8>| out.extend_from_slice(bytes);
        let sent = self.host.borrow_mut().send_websocket(conn, message, fill);
        let Ok(waiting) = sent else { return self.put_off(kind, bytes) };
        Ok(Some(waiting))
    }

    /// There is no connection that takes it. It waits for the next one, if there may be one.
    /// WHATWG: otherwise it vanishes, but counts as buffered.
    #[cold]
    fn put_off(&self, kind: MessageKind, bytes: &[u8]) -> Result<Option<usize>, Full> {
        let put_off = self.with_data(|data| {
            let may_open = data.may_open();
            if let Some(queue) = data.queue().filter(|_| may_open) {
                return queue.borrow_mut().push(kind, self.compress, bytes);
            }
            data.discarded.set(data.discarded.get() + bytes.len());
            Ok(())
        });
        put_off.unwrap_or(Ok(())).map(|()| None)
    }

    fn with_data<T>(&self, work: impl FnOnce(&WebSocketData) -> T) -> Option<T> {
        let done = with_this(self.this, work);
        debug_assert!(done.is_ok());
        done.ok()
    }
}

/// More than the script lets wait.
#[cold]
fn refused(full: &Full, context: &mut Context) -> JsError {
    let message = format!("send: the queue of a WebSocket that is not open is full: {full}");
    dom_exception("QuotaExceededError", &message, context)
}

/// Web IDL converts arguments before anything is looked at, and may fail.
#[cold]
fn still_connecting(data: &JsValue, context: &mut Context) -> JsError {
    let is_binary = is_buffer_source(data)
        || data.as_object().is_some_and(|object| blob::blob_bytes(&object).is_some());
    if !is_binary && let Err(error) = data.to_string(context) {
        return error;
    }
    let message = "send: the WebSocket is still connecting; wait for its open event, or give it the \
                   option queue";
    dom_exception("InvalidStateError", message, context)
}

/// Web IDL: what is no buffer and no blob is a string.
fn stringify(data: &JsValue, context: &mut Context) -> JsResult<JsString> {
    let text = data.to_string(context)?;
    if let Some(object) = data.as_object() {
        stringified::warn_of(&object, &text, context);
    }
    Ok(text)
}

const SEND: [Opt<Option<bool>>; 1] = [flag("compress", |to, wanted| *to = Some(wanted))];

fn compress_wish(options: &JsValue, context: &mut Context) -> JsResult<Option<bool>> {
    let mut compress = None;
    if let Some(options) = options_of(options, "send", context)? {
        read(&options, "", &[&SEND], &mut compress, context)?;
    }
    Ok(compress)
}

/// Whether it takes no message, not even one that waits until it is open.
fn is_connecting(this: &JsValue) -> JsResult<bool> {
    with_this(this, |data| data.queue().is_none() && data.ready_state() == ReadyState::Connecting)
}
