//! `MessageChannel` and `MessagePort`, as scripts see them.
//!
//! Spec: <https://html.spec.whatwg.org/#message-channels>; `ref`, `unref` and `hasRef` as in
//! <https://nodejs.org/api/worker_threads.html#class-messageport>

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace};

use super::inbox::{Taken, channel};
use super::port::{self, Prototype, change, this_port, with};
use super::post::post;
use crate::builtin::dom::event_target::{self, handler, handler_attribute, set_handler};
use crate::builtin::late_import::LOAD;
use crate::builtin::structured_clone::read;
use crate::js::argument::{illegal_invocation, prototype_for, wrong_type};
use crate::js::error::node_error;
use crate::js::interface::{Interface, Op, namespace};

pub(in crate::builtin) const OPS: &[Op] = &[("classes", 0, classes), ("receive", 1, receive), LOAD];

const PORT: Interface = Interface {
    name: "MessagePort",
    length: 0,
    constructor: |_, _, context| {
        let message = "Illegal constructor: ports come from new MessageChannel()";
        Err(node_error("ERR_ILLEGAL_CONSTRUCTOR", message, context))
    },
    methods: &[
        ("postMessage", 1, post_message),
        ("start", 0, |this, _, _| {
            port::start(&this_port(this)?);
            Ok(JsValue::undefined())
        }),
        ("close", 0, |this, _, context| {
            drop(port::take(&this_port(this)?, context));
            Ok(JsValue::undefined())
        }),
        ("ref", 0, |this, _, _| set_referenced(this, true)),
        ("unref", 0, |this, _, _| set_referenced(this, false)),
        ("hasRef", 0, |this, _, _| Ok(port::keeps_alive(&this_port(this)?).into())),
    ],
    statics: &[],
    accessors: &[
        // HTML: the first of the handlers starts the port.
        (
            "onmessage",
            |this, _, _| this_port(this).and_then(|_| handler(this, "message")),
            Some(|this, arguments, _| {
                let port = this_port(this)?;
                set_handler(this, "message", arguments)?;
                port::start(&port);
                Ok(JsValue::undefined())
            }),
        ),
        handler_attribute!("messageerror", this_port),
        handler_attribute!("close", this_port),
    ],
    constants: &[],
    shown: &[],
};

const CHANNEL: Interface = Interface {
    name: "MessageChannel",
    length: 0,
    constructor: |new_target, _, context| {
        let default = |context: &mut Context| JsObject::with_object_proto(context.intrinsics());
        let prototype = prototype_for(new_target, "MessageChannel", default, context)?;
        let [one, two] = channel();
        let ports = [port::adopt(one, context)?, port::adopt(two, context)?];
        Ok(JsObject::new(context.root_shape(), prototype, Channel(ports)).upcast().into())
    },
    methods: &[],
    statics: &[],
    accessors: &[
        ("port1", |this, _, _| end_of(this, 0), None),
        ("port2", |this, _, _| end_of(this, 1), None),
    ],
    constants: &[],
    shown: &["port1", "port2"],
};

/// The two ports of a `MessageChannel`.
#[derive(Trace, Finalize, JsData)]
struct Channel([JsObject; 2]);

fn end_of(this: &JsValue, index: usize) -> JsResult<JsValue> {
    let object = this.as_object();
    let channel = object.as_ref().and_then(JsObject::downcast_ref::<Channel>);
    let port = channel.map(|channel| channel.0[index].clone().into());
    port.ok_or_else(|| illegal_invocation("MessageChannel"))
}

fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let parent = event_target::class(context).cloned();
    let port = PORT.build(parent.as_ref(), context);
    let channel = CHANNEL.build(None, context);
    context.insert_data(Prototype(port.prototype()));
    namespace(&[("MessagePort", port), ("MessageChannel", channel)], context)
}

fn set_referenced(this: &JsValue, is_referenced: bool) -> JsResult<JsValue> {
    change(&this_port(this)?, |port| port.is_referenced = is_referenced);
    Ok(JsValue::undefined())
}

/// `postMessage(message, transfer)`, where what is transferred may be in options.
fn post_message(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let port = this_port(this)?;
    post(&port, arguments, context)?;
    Ok(JsValue::undefined())
}

/// `receive(port)`: the next message in an array of one element, without an event; undefined where
/// there is none.
fn receive(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0);
    let port = given.as_object().filter(port::is_port);
    let Some(port) = port else {
        return Err(wrong_type("port", "an instance of MessagePort", given, context));
    };
    let taken = with(&port, |port| port.end.as_ref().map(|end| end.mine.take())).flatten();
    let Some(Taken::Message(form)) = taken else { return Ok(JsValue::undefined()) };
    let value = read(form, context)?.value;
    Ok(JsArray::from_iter([value], context).into())
}
