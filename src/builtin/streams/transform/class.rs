//! `TransformStream`, as scripts see it.
//!
//! Spec: <https://streams.spec.whatwg.org/#ts-class>

use boa_engine::{Context, Finalize, JsArgs, JsObject, JsResult, JsValue, Trace, js_string};
use boa_gc::Gc;

use super::controller::{enqueue, set_up};
use super::data::{Algorithms, Controller, Stream, TransformStream, Transformer};
use crate::builtin::streams::promises::{Deferred, Outcome, method, reason_of};
use crate::builtin::streams::strategy;
use crate::builtin::streams::this::{Class, prototype_of_new, this_as};
use crate::js::argument::wrong_type;
use crate::js::error::range_error;
use crate::js::interface::Interface;

const NAME: &str = "TransformStream";

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 0,
    constructor: construct,
    methods: &[],
    statics: &[],
    accessors: &[
        ("readable", |this, _, _| readable_of(&this_as(this, NAME)?), None),
        ("writable", |this, _, _| writable_of(&this_as(this, NAME)?), None),
    ],
    constants: &[],
    shown: &["readable", "writable"],
};

pub(in crate::builtin::streams) fn readable_of(stream: &Stream) -> JsResult<JsValue> {
    let readable = stream.borrow().data().readable.clone();
    Ok(readable.map_or(JsValue::undefined(), |readable| readable.upcast().into()))
}

pub(in crate::builtin::streams) fn writable_of(stream: &Stream) -> JsResult<JsValue> {
    let writable = stream.borrow().data().writable.clone();
    Ok(writable.map_or(JsValue::undefined(), |writable| writable.upcast().into()))
}

/// The callbacks of a script.
#[derive(Trace, Finalize)]
struct Scripted {
    this: JsValue,
    transform: Option<JsObject>,
    flush: Option<JsObject>,
    cancel: Option<JsObject>,
}

impl Transformer for Scripted {
    fn transform(
        &self,
        chunk: JsValue,
        controller: &JsObject<Controller>,
        context: &mut Context,
    ) -> Outcome {
        if self.transform.is_none() {
            return match enqueue(controller, chunk, context) {
                Ok(()) => Outcome::DONE,
                Err(thrown) => Outcome::Rejected(reason_of(thrown, context)),
            };
        }
        let arguments = [chunk, controller.clone().upcast().into()];
        Outcome::of_call(self.transform.as_ref(), &self.this, arguments, context)
    }

    fn flush(&self, controller: &JsObject<Controller>, context: &mut Context) -> Outcome {
        let arguments = [controller.clone().upcast().into()];
        Outcome::of_call(self.flush.as_ref(), &self.this, arguments, context)
    }

    fn cancel(&self, reason: JsValue, context: &mut Context) -> Outcome {
        Outcome::of_call(self.cancel.as_ref(), &self.this, [reason], context)
    }
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let prototype = prototype_of_new(new_target, Class::TransformStream, NAME, context)?;
    let transformer = arguments.get_or_undefined(0);
    if !transformer.is_undefined() && !transformer.is_object() {
        return Err(wrong_type("transformer", "of type object", transformer, context));
    }
    let writable = strategy::read(arguments.get_or_undefined(1), "writableStrategy", context)?;
    let readable = strategy::read(arguments.get_or_undefined(2), "readableStrategy", context)?;
    let mut scripted =
        Scripted { this: transformer.clone(), transform: None, flush: None, cancel: None };
    let mut start = None;
    if let Some(object) = transformer.as_object() {
        // Web IDL reads the members of a dictionary in this order.
        scripted.cancel = method(&object, "cancel", context)?;
        scripted.flush = method(&object, "flush", context)?;
        check_no_type(&object, "readableType", context)?;
        start = method(&object, "start", context)?;
        scripted.transform = method(&object, "transform", context)?;
        check_no_type(&object, "writableType", context)?;
    }
    let readable = readable.or(0.0, context)?;
    let writable = writable.or(1.0, context)?;
    let stream = JsObject::new(context.root_shape(), prototype, TransformStream::new());
    let scripted: Algorithms = Gc::new(Box::new(scripted) as Box<dyn Transformer>);
    let mut started = Deferred::pending(context);
    let controller = set_up(&stream, scripted, (writable, readable), &started, context)?;
    let result = match start {
        Some(start) => start.call(transformer, &[controller.upcast().into()], context)?,
        None => JsValue::undefined(),
    };
    started.resolve(result, context);
    Ok(stream.upcast().into())
}

fn check_no_type(object: &JsObject, name: &str, context: &mut Context) -> JsResult<()> {
    if object.get(js_string!(name), context)?.is_undefined() {
        return Ok(());
    }
    Err(range_error(format!("{name}: there are no kinds of TransformStream; leave it out")))
}
