//! `send`: a message from a script's string or buffer into the output, without a copy in between.
//!
//! Spec: <https://websockets.spec.whatwg.org/#dom-websocket-send>

use std::rc::Rc;

use boa_engine::{Context, JsError, JsResult, JsString, JsValue};

use super::data::{ReadyState, Told, WebSocketData, with_this};
use super::queue::Full;
use super::{flushes, stringified};
use crate::builtin::blob;
use crate::builtin::context_data::{SharedHost, show_changes};
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::options::{Given, Opt, flag, options_of, other, read};
use crate::host::{SendError, SendWish};
use crate::id::ConnId;
use crate::js::argument::illegal_invocation;
use crate::js::convert::{is_buffer_source, to_utf8, with_bytes, with_utf8};
use crate::js::error::type_error;
use crate::limits::MESSAGE_KEY_BYTES_MAX;
use crate::proto::ws::{MessageKind, Outgoing};

/// The sender of a message, as far as it has a connection that takes one.
struct Sender<'a> {
    this: &'a JsValue,
    host: SharedHost,
    conn: Option<ConnId>,
    wishes: Wishes,
}

/// What the second argument says.
#[derive(Default)]
struct Wishes {
    compress: Option<bool>,
    /// A promise is wanted.
    flushed: bool,
    key: Option<Rc<str>>,
}

/// What became of a message.
#[derive(Clone, Copy)]
enum Sent {
    /// So many bytes wait; the message is known by the mark, if somebody wants to hear of it.
    Waits(usize, Option<u64>),
    /// Too much waits.
    Dropped,
    /// There was no connection that takes it.
    Not,
}

/// `send(data, {compress, flushed, key}?)`: of an accepted socket, the bytes that wait for its peer, frames and
/// all, or false when the message was not accepted, because the socket is closing or its peer reads
/// too slowly. An outgoing one returns nothing, as in browsers. With `flushed`, a promise.
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
        match socket.host.borrow_mut().send_websocket(conn, message, fill) {
            Ok(waiting) => Some(Some(waiting)),
            Err(SendError::Dropped) => Some(None),
            Err(_) => None,
        }
    })?;
    Some(result(socket.accepted, waiting))
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
    let wishes = match arguments.get(1) {
        None => Wishes::default(),
        Some(options) => read_wishes(options, context)?,
    };
    let conn = conn.filter(|_| told == Told::Open);
    let wants_promise = wishes.flushed;
    let sender = Sender { this, host, conn, wishes };
    let sent = sender.send(data, context)?;
    if wants_promise {
        return promise_of(this, sent, context);
    }
    Ok(result(
        accepted,
        match sent {
            Sent::Waits(waiting, _) => Some(waiting),
            Sent::Dropped | Sent::Not => None,
        },
    ))
}

/// A promise that a message has been handed to the kernel.
fn promise_of(this: &JsValue, sent: Sent, context: &mut Context) -> JsResult<JsValue> {
    let socket = this.as_object().ok_or_else(|| illegal_invocation("WebSocket"))?;
    let mark = match sent {
        Sent::Waits(_, Some(mark)) => Ok(mark),
        Sent::Dropped => Err(flushes::dropped_message(context)),
        Sent::Waits(..) | Sent::Not => Err(flushes::closed_error(context)),
    };
    flushes::promise(&socket, mark, context)
}

impl Sender<'_> {
    /// Queues what a script sends.
    fn send(&self, data: &JsValue, context: &mut Context) -> JsResult<Sent> {
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

    #[inline]
    fn hand_over(&self, kind: MessageKind, bytes: &[u8]) -> Result<Sent, Full> {
        let Some(conn) = self.conn else { return self.put_off(kind, bytes) };
        let Wishes { compress, flushed, ref key } = self.wishes;
        let message = Outgoing { kind, len: bytes.len(), compress };
        let wish = SendWish { key: key.as_ref(), flushed };
        let fill = |out: &mut Vec<u8>| out.extend_from_slice(bytes);
        let sent = self.host.borrow_mut().send_marked(conn, message, wish, fill);
        let (waiting, mark) = match sent {
            Ok(sent) => sent,
            Err(SendError::Dropped) => return Ok(Sent::Dropped),
            Err(_) => return self.put_off(kind, bytes),
        };
        Ok(Sent::Waits(waiting, mark))
    }

    /// There is no connection that takes it. It waits for the next one, if there may be one.
    /// WHATWG: otherwise it vanishes, but counts as buffered.
    #[cold]
    fn put_off(&self, kind: MessageKind, bytes: &[u8]) -> Result<Sent, Full> {
        let put_off = self.with_data(|data| {
            let may_open = data.may_open();
            if let Some(queue) = data.queue().filter(|_| may_open) {
                return queue.borrow_mut().push(kind, self.wishes.compress, bytes);
            }
            data.discarded.set(data.discarded.get() + bytes.len());
            Ok(())
        });
        put_off.unwrap_or(Ok(())).map(|()| Sent::Not)
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

const SEND: [Opt<Wishes>; 3] = [
    flag("compress", |to, wanted| to.compress = Some(wanted)),
    flag("flushed", |to, wanted| to.flushed = wanted),
    other("key", |to, given, context| {
        to.key = Some(message_key(given, context)?);
        Ok(())
    }),
];

fn read_wishes(options: &JsValue, context: &mut Context) -> JsResult<Wishes> {
    let mut wishes = Wishes::default();
    if let Some(options) = options_of(options, "send", context)? {
        read(&options, "", &[&SEND], &mut wishes, context)?;
    }
    Ok(wishes)
}

/// The key of a message: a string.
pub(in crate::builtin) fn message_key(
    given: &Given<'_>,
    context: &mut Context,
) -> JsResult<Rc<str>> {
    let Some(key) = given.value.as_string() else {
        return Err(given.wrong_type("a string", context));
    };
    let key = to_utf8(&key);
    if key.len() > MESSAGE_KEY_BYTES_MAX {
        let why = format!(
            "it has {} bytes of UTF-8, more than the {MESSAGE_KEY_BYTES_MAX} that a key may have",
            key.len()
        );
        return Err(given.wrong_value(&why, context));
    }
    Ok(key.into())
}

/// Whether it takes no message, not even one that waits until it is open.
fn is_connecting(this: &JsValue) -> JsResult<bool> {
    with_this(this, |data| data.queue().is_none() && data.ready_state() == ReadyState::Connecting)
}
