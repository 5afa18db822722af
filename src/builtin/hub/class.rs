//! The methods of `Hub`. `runtime/hub.js` puts them on its prototype: they are called for every
//! message, and one that is native there costs half of one that JavaScript hands on.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use super::answer::{self, array};
use super::arguments::{Whom, number_of, socket, whom, with_name};
use super::bus::give_bus;
use super::data::{hub_of_this, new_hub, set_listened};
use super::options::{HubWishes, hub_wishes};
use super::relay;
use crate::builtin::context_data::with_host;
use crate::builtin::websocket::accepted;
use crate::host::{BusCounters, Kind, Publish};
use crate::js::argument::{illegal_invocation, wrong_type};
use crate::js::interface::Op;

pub(in crate::builtin) const OPS: &[Op] = &[
    ("create", 2, create),
    ("setListened", 3, set_listens),
    ("join", 2, join),
    ("leave", 1, leave),
    ("subscribe", 2, subscribe),
    ("unsubscribe", 2, unsubscribe),
    ("rooms", 0, rooms),
    ("patterns", 1, patterns),
    ("inRoom", 2, in_room),
    ("size", 1, size),
    ("has", 1, has),
    ("members", 1, members),
    ("get", 1, get),
    ("publish", 2, publish),
    ("broadcast", 1, broadcast),
    ("send", 2, send),
    ("relay", 2, relay::relay),
    ("busCounters", 0, bus_counters),
    ("addTap", 2, relay::tap),
    ("removeTap", 1, relay::untap),
];

/// `create(options, prototype)`: a new hub.
fn create(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let HubWishes { limits, bus } = hub_wishes(arguments.get_or_undefined(0), context)?;
    let prototype = arguments.get_or_undefined(1).as_object();
    let prototype = prototype.ok_or_else(|| illegal_invocation("Hub"))?;
    let handle = with_host(context, |host| host.add_hub(limits));
    if let Some(bus) = bus {
        give_bus(&handle, bus, context);
    }
    Ok(new_hub(handle, prototype).into())
}

/// `setListened(hub, whether, rooms)`: whether there are listeners, and some for events of rooms.
fn set_listens(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = arguments.get_or_undefined(0);
    let hub = hub_of_this(object)?;
    let listened = arguments.get_or_undefined(1).to_boolean();
    let rooms = arguments.get_or_undefined(2).to_boolean();
    with_host(context, |host| host.set_hub_tells(hub, rooms));
    set_listened(hub, object.as_object().filter(|_| listened), context);
    Ok(JsValue::undefined())
}

/// `join(ws, room)`: true if it is new there.
fn join(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    join_as(Kind::Room, this, arguments, context)
}

/// `subscribe(ws, pattern)`: the same for all rooms that match.
fn subscribe(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    join_as(Kind::Pattern, this, arguments, context)
}

fn join_as(
    kind: Kind,
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let conn = socket(arguments, context)?;
    with_name(arguments, 1, context, |name, context| answer::join(hub, conn, name, kind, context))
}

/// `leave(ws, room?)`: true if it was there. Without a room it leaves all.
fn leave(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let conn = socket(arguments, context)?;
    if arguments.get_or_undefined(1).is_undefined() {
        return Ok(answer::leave(hub, conn, None, Kind::Room, context));
    }
    with_name(arguments, 1, context, |name, context| {
        Ok(answer::leave(hub, conn, Some(name), Kind::Room, context))
    })
}

/// `unsubscribe(ws, pattern)`: true if it was subscribed.
fn unsubscribe(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let conn = socket(arguments, context)?;
    with_name(arguments, 1, context, |name, context| {
        Ok(answer::leave(hub, conn, Some(name), Kind::Pattern, context))
    })
}

/// `rooms(ws?)`: the names of a socket's rooms, or of all.
fn rooms(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if !arguments.get_or_undefined(0).is_undefined() {
        return names_of(Kind::Room, this, arguments, context);
    }
    let hub = hub_of_this(this)?;
    let names = with_host(context, |host| host.room_names(hub));
    Ok(array(&names, context))
}

/// `patterns(ws)`: the patterns that a socket has subscribed to.
fn patterns(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    names_of(Kind::Pattern, this, arguments, context)
}

fn names_of(
    kind: Kind,
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let conn = socket(arguments, context)?;
    let names = conn.map(|conn| with_host(context, |host| host.rooms_of(hub, conn, kind)));
    Ok(array(&names.unwrap_or_default(), context))
}

/// `inRoom(ws, room)`.
fn in_room(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let conn = socket(arguments, context)?;
    with_name(arguments, 1, context, |name, context| {
        let is_in = |conn| with_host(context, |host| host.is_in_room(hub, conn, name));
        Ok(conn.is_some_and(is_in).into())
    })
}

/// `size(room)`: members, with those of other hubs that the bus knows of.
fn size(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    with_name(arguments, 0, context, |name, context| {
        Ok(with_host(context, |host| host.room_size(hub, name)).into())
    })
}

/// `has(room)`: whether it has members, the same ones.
fn has(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    with_name(arguments, 0, context, |name, context| {
        Ok((with_host(context, |host| host.room_size(hub, name)) > 0).into())
    })
}

/// `busCounters()`: what has passed over the hub's bus; null without one.
fn bus_counters(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let Some(counters) = with_host(context, |host| host.bus_counters(hub)) else {
        return Ok(JsValue::null());
    };
    let BusCounters { sent, sent_bytes, received, received_bytes, dropped, .. } = counters;
    let object = JsObject::with_object_proto(context.intrinsics());
    object.create_data_property_or_throw(js_string!("connected"), counters.connected, context)?;
    let fields = [
        ("peers", counters.peers as u64),
        ("sent", sent),
        ("sentBytes", sent_bytes),
        ("received", received),
        ("receivedBytes", received_bytes),
        ("dropped", dropped),
        ("waiting", counters.waiting as u64),
        ("waitingBytes", counters.waiting_bytes as u64),
    ];
    for (name, count) in fields {
        object.create_data_property_or_throw(js_string!(name), count, context)?;
    }
    Ok(object.into())
}

/// `checkRoom(hub, room)`: throws what `join` would for the name.
pub(in crate::builtin) fn check_room(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let hub = hub_of_this(arguments.get_or_undefined(0))?;
    with_name(arguments, 1, context, |name, context| {
        let checked = with_host(context, |host| host.check_room_name(hub, name));
        let refused = |error| answer::refused(error, "keep messages of", name, context);
        checked.map(|()| JsValue::undefined()).map_err(refused)
    })
}

/// `members(room)`: its WebSockets in this process, as an array.
fn members(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    with_name(arguments, 0, context, |name, context| {
        let conns = with_host(context, |host| host.room_members(hub, name).to_vec());
        let sockets: Vec<JsValue> =
            conns.into_iter().map(|conn| accepted(conn, context).into()).collect();
        Ok(JsArray::from_iter(sockets, context).into())
    })
}

/// `get(id)`: the open WebSocket with this `id`, if it is one of the hub's.
fn get(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let number = arguments.get_or_undefined(0).as_number().and_then(number_of);
    let conn =
        number.and_then(|number| with_host(context, |host| host.find_open_in_hub(hub, number)));
    Ok(conn.map_or(JsValue::undefined(), |conn| accepted(conn, context).into()))
}

/// `publish(room, data, {except, compress}?)`.
fn publish(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    with_name(arguments, 0, context, |name, context| {
        let (data, options) = (arguments.get_or_undefined(1), arguments.get_or_undefined(2));
        let given = (data, options, "publish");
        answer::publish(hub, Publish::Room(name), given, None, context)
    })
}

/// `broadcast(data, {except, compress}?)`.
fn broadcast(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let (data, options) = (arguments.get_or_undefined(0), arguments.get_or_undefined(1));
    answer::publish(hub, Publish::Everybody, (data, options, "broadcast"), None, context)
}

/// `send(id, data, {compress}?)`: to one WebSocket, by its `id` or itself.
fn send(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let to = arguments.get_or_undefined(0);
    let conns: Vec<_>;
    let to = match whom(to) {
        Some(Whom::Number(number)) => Publish::Number(number),
        Some(Whom::Socket(conn)) => {
            conns = conn.into_iter().collect();
            Publish::Conns(&conns)
        }
        _ => return Err(wrong_type("id", "the id of a WebSocket", to, context)),
    };
    let (data, options) = (arguments.get_or_undefined(1), arguments.get_or_undefined(2));
    answer::publish(hub, to, (data, options, "send"), None, context)
}
