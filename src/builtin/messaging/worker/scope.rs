//! What a worker finds itself in: a global object that receives messages and errors.
//!
//! Spec: <https://html.spec.whatwg.org/#dedicatedworkerglobalscope>

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::context::intrinsics::Intrinsics;
use boa_engine::object::ObjectInitializer;
use boa_engine::property::{Attribute, PropertyDescriptor};
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string};

use super::news::{Failure, News, NewsInbox, tell};
use crate::builtin::dom::event::{ErrorAt, error_event, is_canceled};
use crate::builtin::dom::event_target::{EventTarget, fire, handler, set_handler};
use crate::builtin::dom::listeners;
use crate::builtin::messaging::inbox::End;
use crate::builtin::messaging::port::{self, Starts, change};
use crate::builtin::messaging::post::post;
use crate::builtin::rights::{ask_to_end, has_asked};
use crate::builtin::structured_clone::{Form, Transfer, read, write};
use crate::js::interface::{Accessor, Op, accessor, function};
use crate::js::stack::place_of;

pub(super) const OPS: &[Op] = &[("scope", 0, scope)];

/// What a worker is made of, on its way to its thread.
pub(super) struct Setup {
    pub(super) end: End<Form>,
    pub(super) news: NewsInbox,
    pub(super) name: String,
    pub(super) id: u32,
    pub(super) data: Option<Form>,
    pub(super) loop_max: Option<u64>,
}

/// The same in its thread; `Context` data.
struct Scope {
    port: JsObject,
    news: NewsInbox,
    id: u32,
    /// What it is called where an error is printed.
    shown: String,
    data: RefCell<Option<Form>>,
}

/// The global object of a worker, which is an event target.
#[must_use]
pub fn global_object(intrinsics: &Intrinsics) -> JsObject {
    let prototype = intrinsics.constructors().object().prototype();
    JsObject::from_proto_and_data(prototype, EventTarget::new())
}

/// Makes a new context that of a worker.
pub(super) fn prepare(setup: Setup, context: &mut Context) -> JsResult<()> {
    let Setup { end, news, name, id, data, loop_max } = setup;
    if let Some(most) = loop_max {
        context.runtime_limits_mut().set_loop_iteration_limit(most);
    }
    let global = context.global_object();
    let port = port::adopt(end, context)?;
    change(&port, |port| (port.starts, port.also) = (Starts::Heard, Some(global.clone())));
    tell(&news, News::Online);
    let shown =
        if name.is_empty() { format!("worker {id}") } else { format!("worker {id}, '{name}'") };
    context.insert_data(Rc::new(Scope { port, news, id, shown, data: RefCell::new(data) }));
    let realm = context.realm().clone();
    for (name, length, body) in METHODS {
        let method = function(&realm, JsString::from(*name), *length, *body);
        context.register_global_property(js_string!(*name), method, Attribute::all())?;
    }
    for (name, get, set) in HANDLERS {
        let attribute = accessor(&realm, name, *get, *set);
        global.define_property_or_throw(js_string!(*name), attribute, context)?;
    }
    let plain = [("name", JsValue::from(js_string!(&*name))), ("self", global.clone().into())];
    for (name, value) in plain {
        let property = PropertyDescriptor::builder()
            .value(value)
            .writable(true)
            .enumerable(true)
            .configurable(true);
        global.define_property_or_throw(js_string!(name), property, context)?;
    }
    Ok(())
}

const METHODS: &[Op] = &[
    ("addEventListener", 2, |this, arguments, context| {
        listeners::add_event_listener(&target(this, context), arguments, context)
    }),
    ("removeEventListener", 2, |this, arguments, context| {
        listeners::remove_event_listener(&target(this, context), arguments, context)
    }),
    ("dispatchEvent", 1, |this, arguments, context| {
        listeners::dispatch_event(&target(this, context), arguments, context)
    }),
    ("postMessage", 1, |_, arguments, context| {
        if let Some(scope) = context.get_data::<Rc<Scope>>().cloned() {
            post(&scope.port, arguments, context)?;
        }
        Ok(JsValue::undefined())
    }),
    ("close", 0, |_, _, context| {
        ask_to_end(0, context);
        Ok(JsValue::undefined())
    }),
];

const HANDLERS: &[Accessor] = &[
    (
        "onmessage",
        |this, _, context| handler(&target(this, context), "message"),
        Some(|this, arguments, context| set_handler(&target(this, context), "message", arguments)),
    ),
    (
        "onmessageerror",
        |this, _, context| handler(&target(this, context), "messageerror"),
        Some(|this, arguments, context| {
            set_handler(&target(this, context), "messageerror", arguments)
        }),
    ),
    (
        "onerror",
        |this, _, context| handler(&target(this, context), "error"),
        Some(|this, arguments, context| set_handler(&target(this, context), "error", arguments)),
    ),
];

/// Web IDL: without `this`, an operation of the global object is called on that.
fn target(this: &JsValue, context: &Context) -> JsValue {
    if this.is_null_or_undefined() { context.global_object().into() } else { this.clone() }
}

/// `scope()`: the worker's own `{ port, id, data }`; undefined where the program is no worker.
fn scope(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(scope) = context.get_data::<Rc<Scope>>().cloned() else {
        return Ok(JsValue::undefined());
    };
    let form = scope.data.borrow_mut().take();
    let data = match form {
        Some(form) => read(form, context)?.value,
        None => JsValue::null(),
    };
    let all = Attribute::all();
    let object = ObjectInitializer::new(context)
        .property(js_string!("port"), scope.port.clone(), all)
        .property(js_string!("id"), scope.id, all)
        .property(js_string!("data"), data, all)
        .build();
    Ok(object.into())
}

/// What became of an error that nothing caught.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// This is no worker.
    Nobody,
    /// The worker itself has heard it, and goes on.
    Here,
    /// Whoever has started the worker is told; it ends.
    Above,
}

/// Hands an error that nothing in a worker caught to the worker's own listeners, and what these
/// leave to whoever has started it. `text` is what is printed if nobody hears of it.
pub fn hear(
    error: &JsValue,
    text: &dyn Fn(&mut Context) -> String,
    context: &mut Context,
) -> Heard {
    let Some(scope) = context.get_data::<Rc<Scope>>().cloned() else { return Heard::Nobody };
    let at = error_at(error, context);
    let global = context.global_object();
    if EventTarget::is_heard(&global, "error") {
        let event = error_event(&at, error.clone(), context);
        fire(&global, &event, context);
        if is_canceled(&event) || has_asked(context) {
            return Heard::Here;
        }
    }
    let value = write(error, Transfer::default(), context).ok();
    let text = format!("{}\n  in {}", text(context), scope.shown);
    let failure = Failure { value, at, text };
    tell(&scope.news, News::Failed(Box::new(failure)));
    Heard::Above
}

fn error_at(error: &JsValue, context: &mut Context) -> ErrorAt {
    let shown = error.to_string(context).unwrap_or(js_string!("an error"));
    let stack = error.as_object().and_then(|error| error.get(js_string!("stack"), context).ok());
    let stack = stack.and_then(|stack| stack.as_string()).unwrap_or_default();
    let (file, line, column) = place_of(&stack.to_std_string_lossy()).unwrap_or_default();
    ErrorAt { message: format!("Uncaught {}", shown.to_std_string_lossy()), file, line, column }
}
