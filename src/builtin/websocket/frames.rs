//! `sendFrame` and `stream`: messages frame by frame.
//!
//! Spec: RFC 6455 5.4 and 5.5. What would break the stream of frames is refused; RFC 6455 5.1 leaves
//! a script no way to say how a frame is masked.

use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsValue};

use super::data::{ReadyState, Told, with_this};
use super::flushes;
use crate::builtin::blob::with_blob_bytes;
use crate::builtin::context_data::{show_changes, with_host};
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::options::{Opt, flag, options_of, other, read, shown};
use crate::id::ConnId;
use crate::js::argument::{illegal_invocation, wrong_type};
use crate::js::convert::{with_bytes, with_utf8};
use crate::js::error::{node_error, range_error, type_error};
use crate::js::interface::Op;
use crate::js::loader::call_builtin;
use crate::proto::ws::opcode::Opcode;
use crate::proto::ws::{Fragment, MessageKind, UsageError, close};

pub(in crate::builtin) const OPS: &[Op] =
    &[("isUnderWay", 1, is_under_way), ("readStream", 1, read_stream), ("sendPart", 4, send_part)];

/// What the third argument of `sendFrame` says.
struct Bits {
    fin: bool,
    rsv1: bool,
}

const BITS: [Opt<Bits>; 2] =
    [flag("fin", |to, fin| to.fin = fin), flag("rsv1", |to, rsv1| to.rsv1 = rsv1)];

/// `sendFrame(opcode, data?, {fin, rsv1}?)`: the bytes that wait then, or false if the socket is
/// closing.
pub(super) fn send_frame(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    with_this(this, |_| ())?;
    let opcode = read_opcode(arguments.get_or_undefined(0), context)?;
    let mut bits = Bits { fin: true, rsv1: false };
    if let Some(options) = options_of(arguments.get_or_undefined(2), "sendFrame", context)? {
        read(&options, "", &[&BITS], &mut bits, context)?;
    }
    let data = payload(arguments.get_or_undefined(1), context)?;
    let Some(conn) = open_conn(this, "sendFrame", context)? else { return Ok(false.into()) };
    let sent = if opcode.is_control() {
        if !bits.fin || bits.rsv1 {
            // RFC 6455 5.5.
            let message = "sendFrame: a control frame has fin set and no rsv1";
            return Err(node_error("ERR_INVALID_ARG_VALUE", message, context));
        }
        send_control(conn, opcode, &data, context)
    } else {
        let fragment = fragment(opcode, &bits);
        let sent = with_host(context, |host| host.send_fragment(conn, fragment, &data, false));
        sent.map(|(waiting, _)| waiting)
    };
    show_changes(context);
    match sent {
        Ok(waiting) => Ok(waiting.into()),
        Err(UsageError::NotOpen { .. }) => Ok(false.into()),
        Err(error) => Err(usage("sendFrame", &error, context)),
    }
}

fn fragment(opcode: Opcode, bits: &Bits) -> Fragment {
    let kind = match opcode {
        Opcode::Text => Some(MessageKind::Text),
        Opcode::Binary => Some(MessageKind::Binary),
        _ => None,
    };
    Fragment { kind, fin: bits.fin, rsv1: bits.rsv1 }
}

fn send_control(
    conn: ConnId,
    opcode: Opcode,
    data: &[u8],
    context: &Context,
) -> Result<usize, UsageError> {
    with_host(context, |host| {
        match opcode {
            Opcode::Ping => host.ping_unawaited(conn, data)?,
            Opcode::Pong => host.pong_websocket(conn, data)?,
            _ => {
                let (code, reason) = close::read(data)?;
                host.close_websocket(conn, code, &reason)?;
            }
        }
        Ok(host.waiting_for(conn))
    })
}

fn read_opcode(value: &JsValue, context: &mut Context) -> JsResult<Opcode> {
    let number = value.as_number().filter(|number| number.fract() == 0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number from 0 to 15"
    )]
    let bits = number.filter(|number| (0.0..16.0).contains(number)).map(|number| number as u8);
    bits.and_then(Opcode::from_bits).ok_or_else(|| {
        let message = format!(
            "sendFrame: the opcode must be 0 (continuation), 1 (text), 2 (binary), 8 (close), 9 \
             (ping) or 10 (pong), not {}",
            shown(value)
        );
        node_error("ERR_OUT_OF_RANGE", message, context)
    })
}

/// A string as UTF-8, or bytes as they are.
fn payload(data: &JsValue, context: &mut Context) -> JsResult<Vec<u8>> {
    if data.is_undefined() {
        return Ok(Vec::new());
    }
    if let Some(text) = data.as_string() {
        return Ok(with_utf8(&text, <[u8]>::to_vec));
    }
    if let Some(bytes) = with_bytes(data, context, <[u8]>::to_vec)? {
        return Ok(bytes);
    }
    let object = data.as_object();
    let bytes =
        object.as_ref().and_then(|object: &JsObject| with_blob_bytes(object, <[u8]>::to_vec));
    bytes.ok_or_else(|| {
        wrong_type("data", "a string, an ArrayBuffer, a view of one or a Blob", data, context)
    })
}

/// The connection of a socket that is open. `None` if it is closing or over.
fn open_conn(this: &JsValue, callee: &str, context: &mut Context) -> JsResult<Option<ConnId>> {
    let (conn, told, state) =
        with_this(this, |data| (data.conn.get(), data.told.get(), data.ready_state()))?;
    if state == ReadyState::Connecting {
        let message =
            format!("{callee}: the WebSocket is still connecting; wait for its open event");
        return Err(dom_exception("InvalidStateError", &message, context));
    }
    Ok(conn.filter(|_| told == Told::Open))
}

fn usage(callee: &str, error: &UsageError, context: &mut Context) -> JsError {
    let message = format!("{callee}: {error}");
    match error {
        UsageError::MessageUnderWay | UsageError::NothingToContinue => {
            dom_exception("InvalidStateError", &message, context)
        }
        UsageError::ControlTooLong { .. } => range_error(message),
        UsageError::NotOpen { .. } => flushes::closed_error(context),
        _ => type_error(message),
    }
}

/// `stream({type}?)`: a writer of one message.
pub(super) fn stream(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    with_this(this, |_| ())?;
    let arguments = [this.clone(), arguments.get_or_undefined(0).clone()];
    call_builtin("internal:websocket_parts", "open", &arguments, context)
}

const STREAM: [Opt<MessageKind>; 1] = [other("type", |to, given, context| {
    let word = given.value.as_string().map(|word| word.to_std_string_lossy());
    *to = match word.as_deref() {
        Some("text") => MessageKind::Text,
        Some("binary") => MessageKind::Binary,
        _ => return Err(given.wrong_type("'text' or 'binary'", context)),
    };
    Ok(())
})];

/// `readStream(options)`: the opcode of the message.
fn read_stream(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut kind = MessageKind::Binary;
    if let Some(options) = options_of(arguments.get_or_undefined(0), "stream", context)? {
        read(&options, "", &[&STREAM], &mut kind, context)?;
    }
    Ok((Opcode::from(kind) as u8).into())
}

/// `isUnderWay(ws)`: whether the connection has begun to send a message, and not ended it.
fn is_under_way(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let conn = with_this(arguments.get_or_undefined(0), |data| data.conn.get())?;
    let is = conn.is_some_and(|conn| with_host(context, |host| host.is_fragmenting(conn)));
    Ok(is.into())
}

/// `sendPart(ws, opcode, data, fin)`: a promise that it has been written. Throws if it was not sent.
fn send_part(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let this = arguments.get_or_undefined(0);
    let socket = this.as_object().ok_or_else(|| illegal_invocation("WebSocket"))?;
    let opcode = read_opcode(arguments.get_or_undefined(1), context)?;
    let data = payload(arguments.get_or_undefined(2), context)?;
    let bits = Bits { fin: arguments.get_or_undefined(3).to_boolean(), rsv1: false };
    let Some(conn) = open_conn(this, "write", context)? else {
        return Err(flushes::closed_error(context));
    };
    let fragment = fragment(opcode, &bits);
    let sent = with_host(context, |host| host.send_fragment(conn, fragment, &data, true));
    show_changes(context);
    let (_, mark) = sent.map_err(|error| usage("write", &error, context))?;
    let mark = mark.ok_or_else(|| flushes::closed_error(context));
    flushes::promise(&socket, mark, context)
}
