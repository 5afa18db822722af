//! What keeps a program alive when its tests are done, and where it was opened.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use crate::builtin::context_data::with_host;
use crate::builtin::messaging::{self, Receivers};
use crate::builtin::opened::{self, Opened, opening_of};
use crate::builtin::stdin;
use crate::builtin::timers::TimerTable;
use crate::host::OpenThing;
use crate::js::ops;
use std::rc::Rc;

/// One thing that is open.
struct Handle {
    what: String,
    key: Option<Opened>,
}

/// `watchHandles()`: notes from here on where things are opened.
pub(super) fn watch_handles(
    _: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    opened::watch(context);
    Ok(JsValue::undefined())
}

/// `setTest(name?)`: the test that runs at the moment.
pub(super) fn set_test(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let name = arguments.get_or_undefined(0).as_string();
    opened::set_test(name.map(|name| name.to_std_string_lossy()), context);
    Ok(JsValue::undefined())
}

/// `openHandles()`: `[{what, place?, test?}]` of all that keeps the process alive.
pub(super) fn open_handles(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut all = Vec::new();
    for Handle { what, key } in handles(context) {
        let opening = key.and_then(|key| opening_of(key, context));
        let object = JsObject::with_object_proto(context.intrinsics());
        let mut set = |name: &str, value: &str| {
            object.create_data_property_or_throw(js_string!(name), js_string!(value), context)
        };
        set("what", &what)?;
        if let Some(opening) = opening {
            set("place", &opening.place)?;
            if let Some(test) = opening.test {
                set("test", &test)?;
            }
        }
        all.push(object.into());
    }
    Ok(JsArray::from_iter::<Vec<JsValue>>(all, context).into())
}

fn handles(context: &Context) -> Vec<Handle> {
    let mut all = Vec::new();
    if let Some(timers) = context.get_data::<TimerTable>() {
        for (number, delay, repeats) in timers.armed() {
            let kind = if repeats { "setInterval" } else { "setTimeout" };
            let what = format!("a timer: {kind} of {} ms", delay.as_millis());
            all.push(Handle { what, key: Some(Opened::Timer(number)) });
        }
    }
    for thing in with_host(context, |host| host.open_things()) {
        all.push(match thing {
            OpenThing::Server { id, address } => Handle {
                what: format!("a server that listens on {address}"),
                key: Some(Opened::Server(id)),
            },
            OpenThing::Conn { id, what } => Handle { what, key: Some(Opened::Conn(id)) },
            OpenThing::Exchange { id, what } => Handle { what, key: Some(Opened::Exchange(id)) },
        });
    }
    let works = ops::pending(context);
    if works > 0 {
        let what = format!("work that has not ended, of files or names: {works}");
        all.push(Handle { what, key: None });
    }
    if stdin::is_flowing(context) {
        all.push(Handle { what: "standard input, which is read".to_owned(), key: None });
    }
    if context.get_data::<Rc<Receivers>>().is_some_and(|all| messaging::is_alive(all)) {
        let what = "a Worker, a MessagePort or a BroadcastChannel".to_owned();
        all.push(Handle { what, key: None });
    }
    all
}
