//! Lines: what the built-ins of several threads and processes tell each other over the bus of a hub
//! that they share. They are channels that no script has.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace};

use super::data::handle_of;
use crate::builtin::context_data::{installed, with_host};
use crate::host::{Cast, HubHandle, LINE};
use crate::id::HubId;
use crate::js::argument::{function, illegal_invocation};
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::executor::report_uncaught;
use crate::js::interface::Op;

pub(in crate::builtin) const OPS: &[Op] =
    &[("openLine", 3, open), ("castLine", 2, cast), ("closeLine", 1, close)];

/// The native data of a line, and what keeps it open.
#[derive(Trace, Finalize, JsData)]
struct Line(#[unsafe_ignore_trace] RefCell<Option<Rc<Place>>>);

/// A channel of a hub.
struct Place {
    hub: HubHandle,
    name: String,
}

/// A line that is open, until its object is collected.
struct Open {
    hub: HubId,
    name: String,
    place: Weak<Place>,
    hear: JsFunction,
}

#[derive(Default)]
struct Lines(RefCell<Vec<Open>>);

pub(super) fn install(context: &mut Context) {
    context.insert_data(Lines::default());
}

/// `openLine(hub, name, hear)`: a line, of which `hear` is told what others say. It is no root, and
/// must not lead to the line.
fn open(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hub = handle_of(arguments.get_or_undefined(0)).ok_or_else(|| illegal_invocation("Hub"))?;
    let name = arguments.get_or_undefined(1).to_string(context)?;
    let name = [LINE, &to_utf8(&name)].concat();
    let hear = function(arguments.get_or_undefined(2), "hear", context)?;
    sweep(context);
    let id = hub.id();
    with_host(context, |host| host.open_channel(id, &name));
    let place = Rc::new(Place { hub, name: name.clone() });
    let open = Open { hub: id, name, place: Rc::downgrade(&place), hear };
    installed::<Lines>(context).0.borrow_mut().push(open);
    let line = Line(RefCell::new(Some(place)));
    Ok(JsObject::from_proto_and_data(None, line).into())
}

/// Closes those that nobody has any more.
fn sweep(context: &Context) {
    let mut lines = installed::<Lines>(context).0.borrow_mut();
    lines.retain(|line| {
        let is_open = line.place.strong_count() > 0;
        if !is_open {
            with_host(context, |host| host.close_channel(line.hub, &line.name));
        }
        is_open
    });
}

fn place_of(line: &JsValue) -> Option<Rc<Place>> {
    let object = line.as_object()?;
    let line = object.downcast_ref::<Line>()?;
    line.0.borrow().clone()
}

/// `castLine(line, text)`: true if the bus takes it for others.
fn cast(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(place) = place_of(arguments.get_or_undefined(0)) else { return Ok(false.into()) };
    let text = arguments.get_or_undefined(1).to_string(context)?;
    let text = to_utf8(&text);
    let taken = with_host(context, |host| host.cast(place.hub.id(), &place.name, text.as_bytes()));
    Ok(taken.into())
}

/// `closeLine(line)`.
fn close(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = arguments.get_or_undefined(0).as_object();
    if let Some(line) = object.as_ref().and_then(JsObject::downcast_ref::<Line>) {
        line.0.take();
    }
    sweep(context);
    Ok(JsValue::undefined())
}

/// Whether this is for a line.
pub fn is_line(cast: &Cast) -> bool {
    cast.name().starts_with(LINE)
}

/// Something that has been said on a line; nothing, if its hub has been given a bus.
pub fn deliver_line(cast: &Cast, context: &mut Context) {
    let hear: Vec<JsFunction> = {
        let lines = installed::<Lines>(context).0.borrow();
        let is_heard = |line: &&Open| line.hub == cast.hub && line.name == cast.name();
        lines.iter().filter(is_heard).map(|line| line.hear.clone()).collect()
    };
    let text = String::from_utf8_lossy(cast.data());
    let text = JsValue::from(js_string_from_utf8(&text));
    for hear in hear {
        if let Err(error) = hear.call(&JsValue::undefined(), std::slice::from_ref(&text), context) {
            report_uncaught(error, context);
        }
    }
}
