//! `new Hub(options)`, and the options of what is sent to many.

use std::rc::Rc;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsObject, JsResult, JsValue};

use super::arguments::{Whom, whom};
use super::bus::{BusWish, bus_wish};
use crate::builtin::options::{Given, Opt, flag, options_of, other, read, whole};
use crate::builtin::websocket::{conn_of, message_key};
use crate::host::HubOptions;
use crate::js::error::node_error;
use crate::limits::HUB_LIMIT_CEILING;

/// What a script asks of a hub.
#[derive(Default)]
pub(super) struct HubWishes {
    pub(super) limits: HubOptions,
    /// What it hears other hubs over.
    pub(super) bus: Option<BusWish>,
}

const HUB: [Opt<HubWishes>; 7] = [
    limit("maxRooms", |to, count| to.limits.max_rooms = count),
    limit("maxRoomsPerSocket", |to, count| to.limits.max_rooms_per_socket = count),
    limit("maxMembers", |to, count| to.limits.max_members = count),
    limit("maxPatterns", |to, count| to.limits.max_patterns = count),
    limit("maxPatternsPerSocket", |to, count| to.limits.max_patterns_per_socket = count),
    limit("maxNameLength", |to, bytes| to.limits.max_name_length = bytes),
    other("bus", |to, given, context| {
        to.bus = Some(bus_wish(given, context)?);
        Ok(())
    }),
];

const fn limit(name: &'static str, set: fn(&mut HubWishes, usize)) -> Opt<HubWishes> {
    whole(name, (1, HUB_LIMIT_CEILING), set)
}

/// What `new Hub` was given.
pub(super) fn hub_wishes(options: &JsValue, context: &mut Context) -> JsResult<HubWishes> {
    let mut wishes = HubWishes::default();
    if let Some(options) = options_of(options, "new Hub", context)? {
        read(&options, "", &[&HUB], &mut wishes, context)?;
    }
    Ok(wishes)
}

/// How something is sent to many.
#[derive(Default)]
pub(super) struct Wishes {
    pub(super) except: Vec<Whom>,
    pub(super) compress: Option<bool>,
    pub(super) key: Option<Rc<str>>,
    /// Others do not hear it over the bus.
    pub(super) local: bool,
}

const PUBLISH: [Opt<Wishes>; 4] = [
    flag("local", |to, local| to.local = local),
    other("except", |to, given, context| {
        to.except = read_except(given, context)?;
        Ok(())
    }),
    flag("compress", |to, wanted| to.compress = Some(wanted)),
    other("key", |to, given, context| {
        to.key = Some(message_key(given, context)?);
        Ok(())
    }),
];

/// The options that `callee` was given.
pub(super) fn wishes(options: &JsValue, callee: &str, context: &mut Context) -> JsResult<Wishes> {
    let mut wishes = Wishes::default();
    if options.as_object().is_some_and(|options| conn_of(&options).is_some()) {
        let message = format!("{callee} takes options, not a WebSocket: pass {{ except: ws }}");
        return Err(node_error("ERR_INVALID_ARG_TYPE", message, context));
    }
    if let Some(options) = options_of(options, callee, context)? {
        read(&options, "", &[&PUBLISH], &mut wishes, context)?;
    }
    Ok(wishes)
}

/// A socket, an id, a room, or an array of those.
fn read_except(given: &Given<'_>, context: &mut Context) -> JsResult<Vec<Whom>> {
    let must = "a WebSocket, the id of one, the name of a room, or an array of those";
    let Some(list) = given.value.as_object().filter(JsObject::is_array) else {
        let one = whom(&given.value).ok_or_else(|| given.wrong_type(must, context))?;
        return Ok(vec![one]);
    };
    let list = JsArray::from_object(list)?;
    let mut except = Vec::new();
    for index in 0..list.length(context)? {
        let one = whom(&list.get(index, context)?);
        except.push(one.ok_or_else(|| given.wrong_type(must, context))?);
    }
    Ok(except)
}
