//! The short forms on a WebSocket: what it asks of the hub of its server.

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::answer::{self, array};
use super::arguments::with_name;
use crate::builtin::context_data::with_host;
use crate::builtin::websocket::{conn_of, left_of};
use crate::host::{Kind, Left, Publish};
use crate::id::{ConnId, HubId};
use crate::js::argument::illegal_invocation;
use crate::js::error::type_error;

/// The hub of a socket's server, unless the socket is over.
pub(super) fn place_of(
    this: &JsValue,
    method: &str,
    context: &Context,
) -> JsResult<Option<(HubId, ConnId)>> {
    let object = this.as_object();
    let conn = object.and_then(|object| conn_of(&object));
    let Ok(conn) = conn.ok_or_else(|| illegal_invocation("WebSocket"))? else {
        return Ok(None);
    };
    match with_host(context, |host| host.hub_of(conn)) {
        Some(hub) => Ok(Some((hub, conn))),
        None => Err(type_error(format!(
            "ws.{method}: no server has accepted this WebSocket, so it has no hub of its own: \
             use hub.{method}(ws, ..)"
        ))),
    }
}

/// `ws.join(room)`.
pub(in crate::builtin) fn join(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let place = place_of(this, "join", context)?;
    with_name(arguments, 0, context, |name, context| match place {
        Some((hub, conn)) => answer::join(hub, Some(conn), name, Kind::Room, context),
        None => Ok(false.into()),
    })
}

/// `ws.leave(room?)`.
pub(in crate::builtin) fn leave(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some((hub, conn)) = place_of(this, "leave", context)? else { return Ok(false.into()) };
    if arguments.get_or_undefined(0).is_undefined() {
        return Ok(answer::leave(hub, Some(conn), None, Kind::Room, context));
    }
    with_name(arguments, 0, context, |name, context| {
        Ok(answer::leave(hub, Some(conn), Some(name), Kind::Room, context))
    })
}

/// `ws.inRoom(room)`.
pub(in crate::builtin) fn in_room(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let place = place_of(this, "inRoom", context)?;
    with_name(arguments, 0, context, |name, context| {
        let is_in = |(hub, conn)| with_host(context, |host| host.is_in_room(hub, conn, name));
        Ok(place.is_some_and(is_in).into())
    })
}

/// `ws.rooms`: the names of its rooms; once it has closed, of those in which it was.
pub(in crate::builtin) fn rooms(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = this.as_object();
    let conn = object.as_ref().and_then(conn_of);
    let conn = conn.ok_or_else(|| illegal_invocation("WebSocket"))?;
    let names = match conn {
        Ok(conn) => with_host(context, |host| {
            let hub = host.hub_of(conn);
            hub.map(|hub| host.rooms_of(hub, conn, Kind::Room)).unwrap_or_default()
        }),
        Err(_) => object.as_ref().map(left_of).unwrap_or_default().rooms,
    };
    Ok(array(&names, context))
}

/// `ws.publish(room, data, {except, compress, key}?)`: to all members but itself. Once it has closed,
/// to all.
pub(in crate::builtin) fn publish(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let place = place_of(this, "publish", context)?;
    let left = match place {
        Some(_) => Left::default(),
        None => this.as_object().as_ref().map(left_of).unwrap_or_default(),
    };
    with_name(arguments, 0, context, |name, context| {
        let (data, options) = (arguments.get_or_undefined(1), arguments.get_or_undefined(2));
        let given = (data, options, "publish");
        let to = Publish::Room(name);
        match (place, &left.hub) {
            (Some((hub, conn)), _) => answer::publish(hub, to, given, Some(conn), context),
            (None, Some(hub)) => answer::publish(hub.id(), to, given, None, context),
            (None, None) => answer::closed(context),
        }
    })
}
