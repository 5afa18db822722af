//! The interface object, its prototype, and the methods of open sockets.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsString, JsSymbol, JsValue, NativeFunction, js_string,
};

use super::data::{
    BinaryType, ReadyState, Told, WebSocketData, headers_of, install_prototype, with_data,
    with_this,
};
use super::{closing, connect, control, iterator, ready_state, stringified};
use crate::builtin::blob;
use crate::builtin::context_data::{SharedHost, with_host};
use crate::builtin::dom::event_target::{self, handler_attribute};
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::options::{Opt, flag, options_of, read};
use crate::builtin::request_fields::address_value;
use crate::id::ConnId;
use crate::js::convert::{js_string_from_utf8, with_bytes, with_utf8};
use crate::js::error::type_error;
use crate::js::interface::{self, Interface};
use crate::proto::ws::{MessageKind, Outgoing};

const CLASS: Interface = Interface {
    name: "WebSocket",
    length: 1,
    constructor: connect::construct,
    methods: &[
        ("send", 1, send),
        ("close", 0, closing::close),
        ("terminate", 0, terminate),
        ("ping", 0, control::ping),
        ("pong", 0, control::pong),
        ("pause", 0, pause),
        ("resume", 0, resume),
    ],
    statics: &[],
    accessors: &[
        ("url", url, None),
        ("readyState", get_ready_state, None),
        ("bufferedAmount", buffered_amount, None),
        ("extensions", extensions, None),
        ("protocol", protocol, None),
        ("binaryType", binary_type, Some(set_binary_type)),
        ("closeInfo", close_info, None),
        ("id", id, None),
        ("data", user_data, Some(set_user_data)),
        ("pathname", pathname, None),
        ("headers", headers, None),
        ("remoteAddress", remote_address, None),
        handler_attribute!("open"),
        handler_attribute!("message"),
        handler_attribute!("close"),
        handler_attribute!("error"),
        handler_attribute!("drain"),
        handler_attribute!("ping"),
        handler_attribute!("pong"),
    ],
    constants: &[("CONNECTING", 0), ("OPEN", 1), ("CLOSING", 2), ("CLOSED", 3)],
    shown: &["url", "readyState", "protocol", "binaryType"],
};

pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let parent = event_target::class(context).cloned();
    let class = CLASS.build(parent.as_ref(), context);
    let iterate = NativeFunction::from_fn_ptr(iterator::async_iterator);
    let iterate = FunctionObjectBuilder::new(context.realm(), iterate)
        .name(js_string!("[Symbol.asyncIterator]"))
        .build();
    interface::define_hidden(&class.prototype(), JsSymbol::async_iterator(), iterate, context)?;
    interface::install(CLASS.name, &class, context)?;
    install_prototype(class.prototype(), context);
    Ok(())
}

/// `send(data, {compress}?)`: false only when the message was not accepted, because the socket is
/// closing or its peer reads too slowly.
fn send(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if let [text] = arguments
        && let Some(text) = text.as_string()
        && with_this(this, |socket| send_text(socket, &text))?
    {
        return Ok(true.into());
    }
    let sent = send_any(this, arguments, context)?;
    // A peer that reads too slowly has been given up.
    with_host(context, |_| ());
    Ok(sent)
}

/// Sends a text on an open socket, as most messages are; false if there is more to it, and nothing
/// was sent.
fn send_text(socket: &WebSocketData, text: &JsString) -> bool {
    let Some(conn) = socket.conn.get().filter(|_| socket.told.get() == Told::Open) else {
        return false;
    };
    with_utf8(text, |bytes| {
        let message = Outgoing { kind: MessageKind::Text, len: bytes.len(), compress: None };
        let fill = |out: &mut Vec<u8>| out.extend_from_slice(bytes);
        socket.host.borrow_mut().send_websocket(conn, message, fill).is_ok()
    })
}

fn send_any(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (host, conn, told) =
        with_this(this, |data| (data.host.clone(), data.conn.get(), data.told.get()))?;
    let Some(data) = arguments.first() else {
        return Err(type_error("send needs 1 argument, but was given 0"));
    };
    if told == Told::Nothing && is_connecting(this)? {
        return Err(dom_exception(
            "InvalidStateError",
            "send: the WebSocket is still connecting; wait for its open event",
            context,
        ));
    }
    let conn = conn.filter(|_| told == Told::Open);
    let compress = match arguments.get(1) {
        None => None,
        Some(options) => compress_wish(options, context)?,
    };
    let binary = |len| Outgoing { kind: MessageKind::Binary, len, compress };
    if !data.is_string() {
        let sent = match conn {
            Some(conn) => send_bytes(this, (&host, conn), data, compress, context)?,
            None => with_bytes(data, context, |bytes| discard(this, bytes.len()))?,
        };
        if let Some(sent) = sent {
            return Ok(sent.into());
        }
        if let Some(bytes) = data.as_object().and_then(|object| blob::blob_bytes(&object)) {
            return Ok(hand_over(this, &host, conn, binary(bytes.len()), |out| {
                out.extend_from_slice(&bytes);
            }));
        }
    }
    // Web IDL: anything else is a string.
    let text = if let Some(text) = data.as_string() {
        text
    } else {
        let text = data.to_string(context)?;
        if let Some(object) = data.as_object() {
            stringified::warn_of(&object, &text, context);
        }
        text
    };
    Ok(with_utf8(&text, |bytes| {
        let message = Outgoing { kind: MessageKind::Text, len: bytes.len(), compress };
        hand_over(this, &host, conn, message, |out| out.extend_from_slice(bytes))
    }))
}

const SEND: [Opt<Option<bool>>; 1] = [flag("compress", |to, wanted| *to = Some(wanted))];

fn compress_wish(options: &JsValue, context: &mut Context) -> JsResult<Option<bool>> {
    let mut compress = None;
    if let Some(options) = options_of(options, "send", context)? {
        read(&options, "", &[&SEND], &mut compress, context)?;
    }
    Ok(compress)
}

/// Bytes go from the script's buffer into the output without a copy in between. `None` when
/// `data` is not a buffer.
fn send_bytes(
    this: &JsValue,
    (host, conn): (&SharedHost, ConnId),
    data: &JsValue,
    compress: Option<bool>,
    context: &mut Context,
) -> JsResult<Option<bool>> {
    with_bytes(data, context, |bytes| {
        let message = Outgoing { kind: MessageKind::Binary, len: bytes.len(), compress };
        let fill = |out: &mut Vec<u8>| out.extend_from_slice(bytes);
        let sent = host.borrow_mut().send_websocket(conn, message, fill);
        sent.is_ok() || discard(this, bytes.len())
    })
}

fn hand_over(
    this: &JsValue,
    host: &SharedHost,
    conn: Option<ConnId>,
    message: Outgoing,
    fill: impl FnOnce(&mut Vec<u8>),
) -> JsValue {
    let len = message.len;
    let Some(conn) = conn else { return discard(this, len).into() };
    let sent = host.borrow_mut().send_websocket(conn, message, fill);
    (sent.is_ok() || discard(this, len)).into()
}

fn is_connecting(this: &JsValue) -> JsResult<bool> {
    with_this(this, |data| data.ready_state() == ReadyState::Connecting)
}

/// WHATWG: a message for a socket that is closing vanishes, but counts as buffered.
fn discard(this: &JsValue, len: usize) -> bool {
    let noted = with_this(this, |data| data.discarded.set(data.discarded.get() + len));
    debug_assert!(noted.is_ok());
    false
}

/// `terminate()`: ends the connection at once, without a closing handshake.
fn terminate(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if let Some(conn) = with_this(this, |data| data.conn.get())? {
        with_host(context, |host| host.terminate(conn));
    }
    Ok(JsValue::undefined())
}

fn pause(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    set_paused(this, true)
}

fn resume(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    set_paused(this, false)
}

fn set_paused(this: &JsValue, paused: bool) -> JsResult<JsValue> {
    with_this(this, |data| {
        if let Some(conn) = data.conn.get() {
            data.host.borrow_mut().set_paused(conn, paused);
        }
    })?;
    Ok(JsValue::undefined())
}

fn url(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| data.url().into())
}

fn get_ready_state(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = with_this(this, |data| JsValue::from(data.ready_state() as i32))?;
    if let Some(object) =
        this.as_object().filter(|object| with_data(object, ready_state::may_ask) == Some(true))
        && object.is_extensible(context)?
    {
        with_data(&object, ready_state::note_asked);
    }
    Ok(state)
}

fn buffered_amount(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| {
        let waiting = data.conn.get().map(|conn| data.host.borrow_mut().buffered_amount(conn));
        JsValue::from(waiting.unwrap_or_default() + data.discarded.get())
    })
}

fn extensions(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| data.extensions.borrow().clone().into())
}

fn protocol(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| data.protocol.borrow().clone().into())
}

fn binary_type(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| match data.binary_type.get() {
        BinaryType::Blob => js_string!("blob").into(),
        BinaryType::ArrayBuffer => js_string!("arraybuffer").into(),
        BinaryType::Uint8Array => js_string!("uint8array").into(),
    })
}

/// Web IDL: a value that an enumeration does not have is ignored.
fn set_binary_type(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let name = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let kind = match name.as_str() {
        "blob" => BinaryType::Blob,
        "arraybuffer" => BinaryType::ArrayBuffer,
        "uint8array" | "nodebuffer" => BinaryType::Uint8Array,
        _ => return Ok(JsValue::undefined()),
    };
    with_this(this, |data| data.binary_type.set(kind))?;
    Ok(JsValue::undefined())
}

/// `closeInfo`: null until the socket has closed.
fn close_info(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (made, facts) = with_this(this, |data| {
        let facts =
            data.closed.borrow().as_ref().map(|info| {
                (info.code, js_string_from_utf8(&info.reason), info.was_clean, info.cause)
            });
        (data.close_info.borrow().clone(), facts)
    })?;
    if let Some(made) = made {
        return Ok(made.into());
    }
    let Some((code, reason, was_clean, cause)) = facts else { return Ok(JsValue::null()) };
    let object = JsObject::with_object_proto(context.intrinsics());
    object.create_data_property_or_throw(js_string!("code"), code, context)?;
    object.create_data_property_or_throw(js_string!("reason"), reason, context)?;
    object.create_data_property_or_throw(js_string!("wasClean"), was_clean, context)?;
    object.create_data_property_or_throw(js_string!("cause"), js_string!(cause), context)?;
    with_this(this, |data| *data.close_info.borrow_mut() = Some(object.clone()))?;
    Ok(object.into())
}

/// A number that no other connection of this process has had.
fn id(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| JsValue::from(data.number))
}

fn user_data(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| data.user_data.borrow().clone())
}

fn set_user_data(this: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let value = arguments.get_or_undefined(0).clone();
    with_this(this, |data| *data.user_data.borrow_mut() = value)?;
    Ok(JsValue::undefined())
}

fn pathname(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| data.pathname.clone().into())
}

fn headers(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with_this(this, |_| ())?;
    this.as_object().map_or(Ok(JsValue::undefined()), |object| headers_of(&object, context))
}

fn remote_address(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| {
        let asked = || data.conn.get().and_then(|conn| data.host.borrow().peer_address(conn));
        address_value(data.remote.or_else(asked))
    })
}
