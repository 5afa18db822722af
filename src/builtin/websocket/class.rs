//! The interface object, its prototype, and the methods of open sockets.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsSymbol, JsValue, NativeFunction, js_string,
};

use super::data::{BinaryType, headers_of, install_prototype, with_data, with_this};
use super::{closing, connect, control, facts, flushes, frames, iterator, ready_state, sending};
use crate::builtin::context_data::with_host;
use crate::builtin::dom::event_target::{self, handler_attribute};
use crate::builtin::{http, hub};
use crate::js::convert::js_string_from_utf8;
use crate::js::interface::{self, Interface};

const CLASS: Interface = Interface {
    name: "WebSocket",
    length: 1,
    constructor: connect::construct,
    methods: &[
        ("send", 1, sending::send),
        ("close", 0, closing::close),
        ("terminate", 0, terminate),
        ("ping", 0, control::ping),
        ("pong", 0, control::pong),
        ("drained", 0, flushes::drained),
        ("sendFrame", 1, frames::send_frame),
        ("stream", 0, frames::stream),
        ("pause", 0, pause),
        ("resume", 0, resume),
        ("join", 1, hub::join),
        ("leave", 0, hub::leave),
        ("inRoom", 1, hub::in_room),
        ("publish", 2, hub::publish),
        ("relay", 1, hub::socket_relay),
        ("receive", 0, iterator::receive),
        ("messages", 0, iterator::messages),
    ],
    statics: &[],
    accessors: &[
        ("url", url, None),
        ("readyState", get_ready_state, None),
        ("bufferedAmount", buffered_amount, None),
        ("droppedMessages", dropped_messages, None),
        ("extensions", extensions, None),
        ("protocol", protocol, None),
        ("binaryType", binary_type, Some(set_binary_type)),
        ("closeInfo", close_info, None),
        ("id", id, None),
        ("data", user_data, Some(set_user_data)),
        ("pathname", pathname, None),
        ("params", http::params, None),
        ("headers", headers, None),
        ("remoteAddress", facts::remote_address, None),
        ("remotePort", facts::remote_port, None),
        ("metadata", facts::metadata, None),
        ("openedAt", facts::opened_at, None),
        ("lastSeen", facts::last_seen, None),
        ("rtt", facts::rtt, None),
        ("messagesIn", facts::messages_in, None),
        ("messagesOut", facts::messages_out, None),
        ("bytesIn", facts::bytes_in, None),
        ("bytesOut", facts::bytes_out, None),
        ("rooms", hub::rooms, None),
        ("relayInfo", hub::relay_info, None),
        handler_attribute!("open", is_websocket),
        handler_attribute!("message", is_websocket),
        handler_attribute!("close", is_websocket),
        handler_attribute!("error", is_websocket),
        handler_attribute!("drain", is_websocket),
        handler_attribute!("dropped", is_websocket),
        handler_attribute!("reconnecting", is_websocket),
        handler_attribute!("reconnected", is_websocket),
        handler_attribute!("ping", is_websocket),
        handler_attribute!("pong", is_websocket),
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

/// Web IDL: an attribute has a value on its own interface alone.
fn is_websocket(this: &JsValue) -> JsResult<()> {
    with_this(this, |_| ())
}

/// `terminate()`: ends the connection at once, without a closing handshake.
fn terminate(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let conn = with_this(this, |data| {
        data.note_ended_here();
        data.conn.get()
    })?;
    if let Some(conn) = conn {
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
        data.client.as_ref().inspect(|client| client.is_paused.set(paused));
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
        JsValue::from(waiting.unwrap_or_default() + data.queued() + data.discarded.get())
    })
}

/// Messages that its peer does not get, because it reads too slowly.
fn dropped_messages(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| {
        let closed = data.closed.borrow();
        let known = closed.as_ref().map(|info| info.dropped_messages);
        let asked = || data.conn.get().map(|conn| data.host.borrow().dropped_messages(conn));
        JsValue::from(known.or_else(asked).unwrap_or_default())
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
    with_this(this, |_| ())?;
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
