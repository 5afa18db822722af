//! Rules of sockets and taps of rooms, as scripts ask for them.

use std::cell::RefCell;
use std::collections::HashMap;

use boa_engine::builtins::promise::Promise;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use super::answer::refused;
use super::arguments::{number_of, socket, with_name};
use super::data::{handle_of, hub_of_this};
use super::socket::place_of;
use crate::builtin::context_data::{installed, with_host};
use crate::builtin::options::{Opt, options_of, other, read, whole};
use crate::builtin::outcome::call_hook;
use crate::builtin::websocket::{accepted, conn_of, fail, left_of, message_value};
use crate::host::{HubHandle, Input, Part, RelayCounts, RelayRule, Tapped};
use crate::id::ConnId;
use crate::js::argument::{function, illegal_invocation};
use crate::js::convert::js_string_from_utf8;
use crate::js::error::type_error;
use crate::limits::{OPTION_MESSAGE_MAX, RELAY_RATE_MAX};

/// Functions that look at messages of rooms. They are roots.
#[derive(Default)]
struct Taps(RefCell<HashMap<u64, JsFunction>>);

pub(super) fn install(context: &mut Context) {
    context.insert_data(Taps::default());
}

/// How a rule is to be.
struct Wishes {
    /// Where a route says it.
    room: Option<JsValue>,
    to_self: bool,
    max_payload: usize,
    rate: Option<u32>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { room: None, to_self: false, max_payload: usize::MAX, rate: None }
    }
}

const ROOM: [Opt<Wishes>; 1] = [other("room", |to, given, _| {
    to.room = Some(given.value.clone());
    Ok(())
})];

const RELAY: [Opt<Wishes>; 4] = [
    other("except", |to, given, context| {
        let word = given.value.as_string().map(|word| word.to_std_string_lossy());
        to.to_self = match word.as_deref() {
            Some("self") => false,
            Some("none") => true,
            _ => return Err(given.wrong_type("'self' or 'none'", context)),
        };
        Ok(())
    }),
    other("transform", |_, given, context| {
        let word = given.value.as_string().map(|word| word.to_std_string_lossy());
        if word.as_deref() == Some("none") {
            return Ok(());
        }
        Err(given.wrong_type("'none'", context))
    }),
    whole("rate", (1, RELAY_RATE_MAX), |to, rate| to.rate = u32::try_from(rate).ok()),
    whole("maxPayload", (1, OPTION_MESSAGE_MAX), |to, bytes| to.max_payload = bytes),
];

/// `hub.relay(ws, room, options?)`: from now on, messages of the socket go to the room and not to
/// the script; with `null` for the room, to the script again.
pub(super) fn relay(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let hub = handle_of(this).ok_or_else(|| illegal_invocation("Hub"))?;
    let conn = socket(arguments, context)?;
    set_relay(conn.map(|conn| (hub, conn)), arguments.get(1..).unwrap_or_default(), context)
}

/// `ws.relay(room, options?)`.
pub(in crate::builtin) fn socket_relay(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let place = place_of(this, "relay", context)?.map(|(_, conn)| conn);
    let place = place.and_then(|conn| {
        with_host(context, |host| host.hub_handle_of(conn)).map(|hub| (hub, conn))
    });
    set_relay(place, arguments, context)
}

fn set_relay(
    place: Option<(HubHandle, ConnId)>,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    if arguments.get_or_undefined(0).is_null() {
        let conn = place.map(|(_, conn)| conn);
        let ended = conn.is_some_and(|conn| with_host(context, |host| host.end_relay(conn)));
        return Ok(ended.into());
    }
    let mut wishes = Wishes::default();
    if let Some(options) = options_of(arguments.get_or_undefined(1), "relay", context)? {
        read(&options, "", &[&RELAY], &mut wishes, context)?;
    }
    set_rule(place, arguments.get_or_undefined(0), &wishes, context)
}

/// Sends all further messages of a socket where its route says: to a room, or to
/// `{ room, ...options }`. Nothing leaves them to the script.
pub(in crate::builtin) fn relay_to(
    conn: ConnId,
    to: &JsValue,
    context: &mut Context,
) -> JsResult<()> {
    if to.is_null_or_undefined() {
        return Ok(());
    }
    let (room, wishes) = rule_of(to, context)?;
    let place = with_host(context, |host| host.hub_handle_of(conn)).map(|hub| (hub, conn));
    set_rule(place, &room, &wishes, context).map(drop)
}

/// Whether a route can say this for all of its sockets.
pub(in crate::builtin) fn check_relay(to: &JsValue, context: &mut Context) -> JsResult<()> {
    let (room, _) = rule_of(to, context)?;
    with_name(&[room], 0, context, |_, _| Ok(()))
}

fn rule_of(to: &JsValue, context: &mut Context) -> JsResult<(JsValue, Wishes)> {
    let mut wishes = Wishes::default();
    let mut room = to.clone();
    if let Some(options) = to.as_object() {
        if options.is::<Promise>() {
            return Err(type_error(
                "the option relay of a route must return a room at once, not a promise: find it \
                 out in the upgrade hook, and return it as { data }",
            ));
        }
        read(&options, "relay.", &[&ROOM, &RELAY], &mut wishes, context)?;
        room = wishes.room.take().unwrap_or_default();
    }
    Ok((room, wishes))
}

fn set_rule(
    place: Option<(HubHandle, ConnId)>,
    room: &JsValue,
    wishes: &Wishes,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Wishes { to_self, max_payload, rate, .. } = *wishes;
    with_name(std::slice::from_ref(room), 0, context, |name, context| {
        let Some((hub, conn)) = place else { return Ok(false.into()) };
        let rule = RelayRule { hub, room: name.to_owned(), to_self, max_payload, rate };
        let set = with_host(context, |host| host.set_relay(conn, rule));
        set.map(JsValue::from).map_err(|error| refused(error, "relay to", name, context))
    })
}

/// `ws.relayInfo`: the rule in force and what it has done, or `null`; once the socket has closed, the
/// rule that was.
pub(in crate::builtin) fn relay_info(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(|| illegal_invocation("WebSocket"))?;
    let rule = match conn_of(&object).ok_or_else(|| illegal_invocation("WebSocket"))? {
        Ok(conn) => with_host(context, |host| {
            host.relay_of(conn).map(|(room, counts)| (js_string_from_utf8(room), counts))
        }),
        Err(_) => left_of(&object).relay.map(|(room, counts)| (js_string_from_utf8(&room), counts)),
    };
    let Some((room, counts)) = rule else { return Ok(JsValue::null()) };
    let RelayCounts { messages, bytes, sent, dropped, refused } = counts;
    let info = JsObject::with_object_proto(context.intrinsics());
    info.create_data_property_or_throw(js_string!("room"), room, context)?;
    for (name, count) in [
        (js_string!("messages"), messages),
        (js_string!("bytes"), bytes),
        (js_string!("sent"), sent),
        (js_string!("dropped"), dropped),
        (js_string!("refused"), refused),
    ] {
        info.create_data_property_or_throw(name, count, context)?;
    }
    Ok(info.into())
}

const TAP: [Opt<Part>; 1] = [other("sample", |to, given, context| {
    let part = given.value.as_number().and_then(Part::new);
    *to = part.ok_or_else(|| given.wrong_type("a number above 0 and up to 1", context))?;
    Ok(())
})];

/// `tap(room, fn, options)`: the number of a new tap.
pub(super) fn tap(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let hub = hub_of_this(this)?;
    let look = function(arguments.get_or_undefined(1), "fn", context)?;
    let mut part = Part::ALL;
    if let Some(options) = options_of(arguments.get_or_undefined(2), "tap", context)? {
        read(&options, "", &[&TAP], &mut part, context)?;
    }
    with_name(arguments, 0, context, |name, context| {
        let tap = with_host(context, |host| host.tap_room(hub, name, part));
        let tap = tap.map_err(|error| refused(error, "tap", name, context))?;
        installed::<Taps>(context).0.borrow_mut().insert(tap, look);
        Ok(JsValue::from(tap))
    })
}

/// `untap(tap)`: true if there was one.
pub(super) fn untap(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let tap = arguments.get_or_undefined(0).as_number().and_then(number_of);
    let Some(tap) = tap else { return Ok(false.into()) };
    installed::<Taps>(context).0.borrow_mut().remove(&tap);
    Ok(with_host(context, |host| host.untap_room(tap)).into())
}

/// A message that a rule has sent to a room, for those who look. What they throw ends the connection
/// that it came from.
pub fn deliver_tapped(tapped: &Tapped, input: &Input, context: &mut Context) {
    let conn = tapped.message.conn;
    let socket = accepted(conn, context);
    for tap in &tapped.taps {
        let look = installed::<Taps>(context).0.borrow().get(tap).cloned();
        let Some(look) = look else { continue };
        match arguments_of(&socket, tapped, input, context) {
            Ok(arguments) => call_hook(conn, &look, &arguments, context),
            Err(error) => fail(conn, &error, context),
        }
    }
}

/// Hubs are gone, and their taps with them.
pub fn forget_taps(taps: &[u64], context: &Context) {
    let mut known = installed::<Taps>(context).0.borrow_mut();
    for tap in taps {
        known.remove(tap);
    }
}

/// The data, and the facts beside it.
fn arguments_of(
    socket: &JsObject,
    tapped: &Tapped,
    input: &Input,
    context: &mut Context,
) -> JsResult<[JsValue; 2]> {
    let data = message_value(socket, &tapped.message, input, context)?;
    let facts = JsObject::with_object_proto(context.intrinsics());
    let room = js_string_from_utf8(&tapped.room);
    facts.create_data_property_or_throw(js_string!("room"), room, context)?;
    facts.create_data_property_or_throw(js_string!("ws"), socket.clone(), context)?;
    Ok([data, facts.into()])
}
