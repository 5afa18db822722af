//! `close`: as in browsers by a code and a reason, or by an object, which may hold any code that may
//! be sent and is how a relay passes a close on.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};

use super::data::{ReadyState, with_this};
use crate::builtin::context_data::with_host;
use crate::builtin::dom::event::close_of;
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::options::{Opt, options_of, other, read};
use crate::js::convert::to_utf8;
use crate::proto::ws::close::code::{ABNORMAL, GOING_AWAY, NO_STATUS, NORMAL, TLS_HANDSHAKE};
use crate::proto::ws::close::{REASON_MAX, may_be_sent, truncate_reason};

/// What the peer is to be told.
#[derive(Default)]
struct Farewell {
    code: Option<u16>,
    reason: String,
}

/// `close(code?, reason?)`, `close(event)` or `close({code, reason})`.
pub(super) fn close(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let accepted = with_this(this, |data| data.accepted)?;
    let Farewell { code, reason } = farewell(arguments, accepted, context)?;
    let (conn, state) = with_this(this, |data| {
        let before = (data.conn.get(), data.ready_state());
        data.note_ended_here();
        before
    })?;
    let Some(conn) = conn else { return Ok(JsValue::undefined()) };
    match state {
        ReadyState::Connecting => with_host(context, |host| host.terminate(conn)),
        ReadyState::Open => {
            // A reason needs a code: WHATWG leaves it to the implementation which.
            let code = code.or_else(|| (!reason.is_empty()).then_some(NORMAL));
            // One that is closing already needs no second Close.
            let _ = with_host(context, |host| host.close_websocket(conn, code, &reason));
        }
        ReadyState::Closing | ReadyState::Closed => {}
    }
    Ok(JsValue::undefined())
}

/// `checkClose(..)`: throws what `close` of an outgoing socket would.
pub(super) fn check(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    farewell(arguments, false, context).map(|_| JsValue::undefined())
}

fn farewell(arguments: &[JsValue], accepted: bool, context: &mut Context) -> JsResult<Farewell> {
    let first = arguments.get_or_undefined(0);
    let farewell = match first.as_object() {
        Some(object) => passed_on(&object, context)?,
        None => said(first, arguments.get_or_undefined(1), accepted, context)?,
    };
    let bytes = farewell.reason.len();
    if bytes > REASON_MAX {
        let message = format!(
            "close: the reason has {bytes} bytes of UTF-8, more than the {REASON_MAX} that fit"
        );
        return Err(dom_exception("SyntaxError", &message, context));
    }
    Ok(farewell)
}

/// The arguments of browsers: 1000 and 3000 to 4999. A server may also say why in the words of RFC
/// 6455.
fn said(
    code: &JsValue,
    reason: &JsValue,
    accepted: bool,
    context: &mut Context,
) -> JsResult<Farewell> {
    // Web IDL converts both before either is looked at.
    let code = if code.is_undefined() { None } else { Some(clamped(code.to_number(context)?)) };
    let reason =
        if reason.is_undefined() { String::new() } else { to_utf8(&reason.to_string(context)?) };
    let allowed = |code| matches!(code, 1000 | 3000..=4999) || accepted && may_be_sent(code);
    match code.filter(|code| !allowed(*code)) {
        Some(code) => Err(refused(code, accepted, context)),
        None => Ok(Farewell { code, reason }),
    }
}

/// Web IDL `[Clamp] unsigned short`.
fn clamped(number: f64) -> u16 {
    let clamped = if number.is_nan() { 0.0 } else { number.clamp(0.0, 65535.0).round_ties_even() };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 0 to 65535"
    )]
    let code = clamped as u16;
    code
}

fn refused(code: u16, accepted: bool, context: &mut Context) -> boa_engine::JsError {
    let message = match code {
        NO_STATUS | ABNORMAL | TLS_HANDSHAKE => format!(
            "close: {code} says that a Close frame had no code, or did not come, so it cannot be \
             sent; to pass a close on, give close() the event"
        ),
        _ if accepted => format!(
            "close: the code must be 1000 to 1003, 1007 to 1014 or 3000 to 4999, not {code}"
        ),
        _ if may_be_sent(code) => format!(
            "close: the code must be 1000 or 3000 to 4999, as in browsers, not {code}; to send it \
             all the same, write close({{ code: {code} }})"
        ),
        _ => format!("close: the code must be 1000 or 3000 to 4999, not {code}"),
    };
    dom_exception("InvalidAccessError", &message, context)
}

/// How another WebSocket has ended: a `CloseEvent`, which is always passed on in some way, or an
/// object such as `closeInfo`.
fn passed_on(object: &JsObject, context: &mut Context) -> JsResult<Farewell> {
    if let Some((code, reason)) = close_of(object) {
        let reason = truncate_reason(&to_utf8(&reason)).to_owned();
        let code = match code {
            // 0 is what `new CloseEvent()` has.
            0 | NO_STATUS => None,
            code => Some(mirrored(code)).filter(|code| may_be_sent(*code)).or(Some(GOING_AWAY)),
        };
        return Ok(Farewell { code, reason });
    }
    let mut farewell = Farewell::default();
    if let Some(options) = options_of(&object.clone().into(), "close", context)? {
        read(&options, "", &[&CLOSE], &mut farewell, context)?;
    }
    Ok(farewell)
}

/// The names of `closeInfo`.
const CLOSE: [Opt<Farewell>; 4] = [
    other("code", |to, given, context| {
        let code = mirrored(clamped(given.value.to_number(context)?));
        if code != NO_STATUS && !may_be_sent(code) {
            return Err(refused(code, true, context));
        }
        to.code = (code != NO_STATUS).then_some(code);
        Ok(())
    }),
    other("reason", |to, given, context| {
        to.reason = to_utf8(&given.value.to_string(context)?);
        Ok(())
    }),
    // They say how the other one ended, not how this one is to.
    other("wasClean", |_, _, _| Ok(())),
    other("cause", |_, _, _| Ok(())),
];

/// What a peer is sent in place of a code that is never on the wire: that the other end is gone (RFC
/// 6455 7.4.1).
fn mirrored(code: u16) -> u16 {
    if matches!(code, ABNORMAL | TLS_HANDSHAKE) { GOING_AWAY } else { code }
}
