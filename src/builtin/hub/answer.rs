//! Commands to hubs and what scripts are told of them, for `hub.x(..)` and `ws.x(..)` alike.

use std::rc::Rc;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue, js_string};

use super::arguments::{Whom, with_message};
use super::options::{Wishes, wishes};
use crate::builtin::context_data::{host_of, show_changes, with_host};
use crate::host::{Delivered, Except, JoinError, Kind, Publish};
use crate::id::{ConnId, HubId};
use crate::js::convert::js_string_from_utf8;
use crate::js::error::node_error;
use crate::proto::ws::SharedMessage;

/// Puts a socket into a room, and tells whether it is new there.
#[inline]
pub(super) fn join(
    hub: HubId,
    conn: Option<ConnId>,
    name: &str,
    kind: Kind,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(conn) = conn else { return Ok(false.into()) };
    let joined = with_host(context, |host| host.join_room(hub, conn, name, kind));
    joined.map(JsValue::from).map_err(|error| {
        let verb = if kind == Kind::Room { "join" } else { "subscribe to" };
        refused(error, verb, name, context)
    })
}

#[cold]
pub(super) fn refused(error: JoinError, verb: &str, name: &str, context: &mut Context) -> JsError {
    let message = format!("cannot {verb} '{}': {error}", shown(name));
    node_error("ERR_OUT_OF_RANGE", message, context)
}

/// The start of a name that may be very long.
fn shown(name: &str) -> String {
    let mut shown: String = name.chars().take(64).collect();
    if shown.len() < name.len() {
        shown.push('…');
    }
    shown
}

/// Takes a socket out of a room, or out of all, and tells whether it was there.
pub(super) fn leave(
    hub: HubId,
    conn: Option<ConnId>,
    name: Option<&str>,
    kind: Kind,
    context: &Context,
) -> JsValue {
    let Some(conn) = conn else { return false.into() };
    let left = with_host(context, |host| match name {
        Some(name) => host.leave_room(hub, conn, name, kind),
        None => host.leave_rooms(hub, conn),
    });
    left.into()
}

/// Names as an array.
pub(super) fn array(names: &[Rc<str>], context: &mut Context) -> JsValue {
    let names: Vec<JsValue> = names.iter().map(|name| js_string_from_utf8(name).into()).collect();
    JsArray::from_iter(names, context).into()
}

/// Sends a message to many, and tells what became of it.
pub(super) fn publish(
    hub: HubId,
    to: Publish<'_>,
    (data, options, callee): (&JsValue, &JsValue, &str),
    besides: Option<ConnId>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Wishes { except: whom, compress, key, local } = wishes(options, callee, context)?;
    let mut except = Except { conns: besides.into_iter().collect(), rooms: Vec::new() };
    for whom in whom {
        match whom {
            Whom::Socket(conn) => except.conns.extend(conn),
            Whom::Number(number) => {
                except.conns.extend(with_host(context, |host| host.find_in_hub(hub, number)));
            }
            Whom::Room(name) => except.rooms.push(name),
        }
    }
    let host = host_of(context);
    let delivered = with_message(data, context, |kind, bytes| {
        let mut message = SharedMessage::new(kind, bytes, compress).with_key(key);
        let mut host = host.borrow_mut();
        if local {
            host.publish_here(hub, to, &except, &mut message)
        } else {
            host.publish(hub, to, &except, &mut message)
        }
    })?;
    // Peers that read too slowly have been given up.
    show_changes(context);
    result(delivered, context)
}

/// What became of a message of a socket that is over.
pub(super) fn closed(context: &mut Context) -> JsResult<JsValue> {
    result(Delivered::default(), context)
}

/// `{ sent, dropped, forwarded }`. What other processes do with a message they alone know.
fn result(delivered: Delivered, context: &mut Context) -> JsResult<JsValue> {
    let Delivered { sent, dropped, forwarded } = delivered;
    let object = JsObject::with_object_proto(context.intrinsics());
    object.create_data_property_or_throw(js_string!("sent"), sent, context)?;
    object.create_data_property_or_throw(js_string!("dropped"), dropped, context)?;
    object.create_data_property_or_throw(js_string!("forwarded"), forwarded, context)?;
    Ok(object.into())
}
