//! `WritableStream`, as scripts see it.
//!
//! Spec: <https://streams.spec.whatwg.org/#ws-class>

use boa_engine::{Context, Finalize, JsArgs, JsObject, JsResult, JsValue, Trace, js_string};
use boa_gc::Gc;

use super::controller;
use super::data::{Sink, Stream, UnderlyingSink, WritableStream};
use super::operations::{abort, acquire, close, is_locked};
use crate::builtin::streams::promises::{Outcome, method, promising};
use crate::builtin::streams::strategy;
use crate::builtin::streams::this::{Class, prototype_of_new, this_as};
use crate::js::argument::wrong_type;
use crate::js::error::{invalid_state, range_error};
use crate::js::interface::Interface;

const NAME: &str = "WritableStream";

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 0,
    constructor: construct,
    methods: &[
        ("abort", 0, |this, arguments, context| {
            promising(context, |context| {
                let this = unlocked(this, "abort", context)?;
                Ok(abort(&this, arguments.get_or_undefined(0), context).into())
            })
        }),
        ("close", 0, |this, _, context| {
            promising(context, |context| {
                let this = unlocked(this, "close", context)?;
                close(&this, context).map(JsValue::from)
            })
        }),
        ("getWriter", 0, |this, _, context| {
            acquire(&receiver(this)?, context).map(|writer| writer.upcast().into())
        }),
    ],
    statics: &[],
    accessors: &[("locked", |this, _, _| Ok(is_locked(&receiver(this)?).into()), None)],
    constants: &[],
    shown: &["locked"],
};

fn receiver(this: &JsValue) -> JsResult<Stream> {
    this_as(this, NAME)
}

fn unlocked(this: &JsValue, method: &str, context: &mut Context) -> JsResult<Stream> {
    let this = receiver(this)?;
    if is_locked(&this) {
        let message = format!("{method}: the WritableStream is locked: {method} its writer");
        return Err(invalid_state(message, context));
    }
    Ok(this)
}

/// The callbacks of a script.
#[derive(Trace, Finalize)]
struct Scripted {
    this: JsValue,
    write: Option<JsObject>,
    close: Option<JsObject>,
    abort: Option<JsObject>,
}

impl UnderlyingSink for Scripted {
    fn write(&self, chunk: JsValue, controller: JsValue, context: &mut Context) -> Outcome {
        Outcome::of_call(self.write.as_ref(), &self.this, [chunk, controller], context)
    }

    fn close(&self, context: &mut Context) -> Outcome {
        Outcome::of_call(self.close.as_ref(), &self.this, [], context)
    }

    fn abort(&self, reason: JsValue, context: &mut Context) -> Outcome {
        Outcome::of_call(self.abort.as_ref(), &self.this, [reason], context)
    }
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let prototype = prototype_of_new(new_target, Class::WritableStream, NAME, context)?;
    let sink = arguments.get_or_undefined(0);
    if !sink.is_undefined() && !sink.is_object() {
        return Err(wrong_type("sink", "of type object", sink, context));
    }
    let strategy = strategy::read(arguments.get_or_undefined(1), "strategy", context)?;
    let mut scripted = Scripted { this: sink.clone(), write: None, close: None, abort: None };
    let mut start = None;
    if let Some(object) = sink.as_object() {
        // Web IDL reads the members of a dictionary in this order.
        scripted.abort = method(&object, "abort", context)?;
        scripted.close = method(&object, "close", context)?;
        start = method(&object, "start", context)?;
        if !object.get(js_string!("type"), context)?.is_undefined() {
            return Err(range_error("type: there are no kinds of WritableStream; leave it out"));
        }
        scripted.write = method(&object, "write", context)?;
    }
    let strategy = strategy.or(1.0, context)?;
    let stream = JsObject::new(context.root_shape(), prototype, WritableStream::new());
    let scripted: Sink = Gc::new(Box::new(scripted) as Box<dyn UnderlyingSink>);
    let start = |controller: &JsValue, context: &mut Context| match start {
        Some(start) => {
            let started = start.call(sink, std::slice::from_ref(controller), context)?;
            Ok(Outcome::of(Ok(started), context))
        }
        None => Ok(Outcome::DONE),
    };
    controller::set_up(&stream, scripted, strategy, start, context)?;
    Ok(stream.upcast().into())
}
