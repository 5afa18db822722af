//! The natives under `server.clients`, and what a server has refused.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use super::closing::check_reason;
use super::servers::server_of;
use crate::builtin::context_data::with_host;
use crate::builtin::hub::number_of;
use crate::builtin::options::{Opt, millis, options_of, other, read, text};
use crate::builtin::websocket;
use crate::host::Refused;
use crate::js::interface::set_field;
use crate::proto::ws::close::code::GOING_AWAY;
use crate::proto::ws::close::may_be_sent;

/// `clients(handle)`: the open WebSockets as an array.
pub(super) fn clients(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    let conns = with_host(context, |host| host.websockets_of(id));
    let mut sockets = Vec::with_capacity(conns.len());
    for conn in conns {
        sockets.push(websocket::accepted(conn, context).into());
    }
    Ok(JsArray::from_iter(sockets, context).into())
}

/// `countClients(handle)`: how many there are.
pub(super) fn count_clients(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    Ok(with_host(context, |host| host.count_websockets(id)).into())
}

/// `findClient(handle, id)`: the one whose `id` that is, or undefined.
pub(super) fn find_client(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let server = server_of(arguments.get_or_undefined(0))?;
    let number = arguments.get_or_undefined(1).as_number().and_then(number_of);
    let found =
        number.and_then(|number| with_host(context, |host| host.find_websocket(server, number)));
    Ok(found.map_or(JsValue::undefined(), |conn| websocket::accepted(conn, context).into()))
}

/// What those that are closed are told, and how long that may take in all.
struct Farewell {
    code: u16,
    reason: String,
    spread: usize,
}

const FAREWELL: [Opt<Farewell>; 3] = [
    other("code", |to, given, context| {
        let code = given.whole(1000, 4999, context)?;
        let code = u16::try_from(code).ok().filter(|code| may_be_sent(*code));
        to.code = code.ok_or_else(|| {
            let why = "a close code that may be sent is 1000 to 1003, 1007 to 1014 or 3000 to 4999";
            given.wrong_value(why, context)
        })?;
        Ok(())
    }),
    text("reason", |to, reason| to.reason = reason),
    millis("spread", 0, |to, time| to.spread = time),
];

/// `readFarewell(options)`: code, reason and spread, checked, as an array.
pub(super) fn read_farewell(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let mut farewell = Farewell { code: GOING_AWAY, reason: String::new(), spread: 0 };
    if let Some(options) = options_of(arguments.get_or_undefined(0), "closeAll", context)? {
        read(&options, "", &[&FAREWELL], &mut farewell, context)?;
    }
    let Farewell { code, reason, spread } = farewell;
    check_reason(&reason, "closeAll: ")?;
    let values = [code.into(), js_string!(reason.as_str()).into(), JsValue::from(spread)];
    Ok(JsArray::from_iter(values, context).into())
}

/// `refused(handle)`: how many connections were refused, by reason.
pub(super) fn refused(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let handle = arguments.get_or_undefined(0);
    let Refused { full, per_address, too_fast, proxy_protocol } = if handle.is_null() {
        Refused::default()
    } else {
        let id = server_of(handle)?;
        with_host(context, |host| host.refused(id))
    };
    let object = JsObject::with_object_proto(context.intrinsics());
    for (name, count) in [
        (js_string!("maxConnections"), full),
        (js_string!("maxConnectionsPerAddress"), per_address),
        (js_string!("connectRate"), too_fast),
        (js_string!("proxyProtocol"), proxy_protocol),
    ] {
        set_field(&object, name, count);
    }
    Ok(object.into())
}
