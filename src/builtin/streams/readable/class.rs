//! `ReadableStream`, as scripts see it.
//!
//! Spec: <https://streams.spec.whatwg.org/#rs-class>

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, Finalize, JsArgs, JsObject, JsResult, JsValue, Trace, js_string};
use boa_gc::Gc;

use super::data::{Controller, ReadableStream, Source, Stream, UnderlyingSource};
use super::from::from;
use super::iterator::iterate;
use super::operations::{acquire, acquire_byob, cancel, controller, is_locked};
use super::{byte_controller, byte_tee, default_controller, tee};
use crate::builtin::streams::promises::{Outcome, method, promising};
use crate::builtin::streams::strategy;
use crate::builtin::streams::this::{Class, prototype_of_new, this_as};
use crate::js::argument::{dictionary, wrong_type, wrong_value};
use crate::js::error::{invalid_state, range_error, type_error};
use crate::js::interface::Interface;

pub(in crate::builtin::streams) const NAME: &str = "ReadableStream";

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 0,
    constructor: construct,
    methods: &[
        ("cancel", 0, |this, arguments, context| {
            promising(context, |context| {
                let this = receiver(this)?;
                if is_locked(&this) {
                    let message = "cancel: the ReadableStream is locked: cancel its reader";
                    return Err(invalid_state(message, context));
                }
                Ok(cancel(&this, arguments.get_or_undefined(0).clone(), context).into())
            })
        }),
        ("getReader", 0, get_reader),
        ("tee", 0, |this, _, context| {
            let branches = tee_of(&receiver(this)?, context)?;
            Ok(JsArray::from_iter(branches.map(|branch| branch.upcast().into()), context).into())
        }),
        ("values", 0, |this, arguments, context| {
            let this = receiver(this)?;
            let options = dictionary(arguments.get_or_undefined(0), "options", context)?;
            let prevent_cancel = match options {
                Some(options) => options.get(js_string!("preventCancel"), context)?.to_boolean(),
                None => false,
            };
            iterate(&this, prevent_cancel, context)
        }),
    ],
    statics: &[("from", 1, from)],
    accessors: &[("locked", |this, _, _| Ok(is_locked(&receiver(this)?).into()), None)],
    constants: &[],
    shown: &["locked"],
};

pub(in crate::builtin::streams) fn receiver(this: &JsValue) -> JsResult<Stream> {
    this_as(this, NAME)
}

/// `ReadableStreamTee`
pub(in crate::builtin::streams) fn tee_of(
    stream: &Stream,
    context: &mut Context,
) -> JsResult<[Stream; 2]> {
    match controller(stream) {
        Some(Controller::Byte(_)) => byte_tee::tee(stream, context),
        _ => tee::tee(stream, context),
    }
}

fn get_reader(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let this = receiver(this)?;
    let options = dictionary(arguments.get_or_undefined(0), "options", context)?;
    let mode = match options {
        Some(options) => options.get(js_string!("mode"), context)?,
        None => JsValue::undefined(),
    };
    if mode.is_undefined() {
        return acquire(&this, context).map(|reader| reader.upcast().into());
    }
    if mode.to_string(context)? != js_string!("byob") {
        return Err(wrong_value("options.mode", &mode, "must be 'byob'", context));
    }
    acquire_byob(&this, context).map(|reader| reader.upcast().into())
}

/// The callbacks of a script.
#[derive(Trace, Finalize)]
struct Scripted {
    this: JsValue,
    pull: Option<JsObject>,
    cancel: Option<JsObject>,
}

impl UnderlyingSource for Scripted {
    fn pull(&self, controller: JsValue, context: &mut Context) -> Outcome {
        Outcome::of_call(self.pull.as_ref(), &self.this, [controller], context)
    }

    fn cancel(&self, reason: JsValue, context: &mut Context) -> Outcome {
        Outcome::of_call(self.cancel.as_ref(), &self.this, [reason], context)
    }
}

/// What an `UnderlyingSource` says.
#[derive(Default)]
struct Given {
    auto_allocate: Option<usize>,
    start: Option<JsObject>,
    pull: Option<JsObject>,
    cancel: Option<JsObject>,
    is_bytes: bool,
}

fn read_source(object: &JsObject, context: &mut Context) -> JsResult<Given> {
    // Web IDL reads the members of a dictionary in this order.
    let size = object.get(js_string!("autoAllocateChunkSize"), context)?;
    let auto_allocate = if size.is_undefined() { None } else { Some(chunk_size(&size, context)?) };
    let cancel = method(object, "cancel", context)?;
    let pull = method(object, "pull", context)?;
    let start = method(object, "start", context)?;
    let kind = object.get(js_string!("type"), context)?;
    let is_bytes = !kind.is_undefined();
    if is_bytes && kind.to_string(context)? != js_string!("bytes") {
        return Err(wrong_value("type", &kind, "must be 'bytes' or left out", context));
    }
    Ok(Given { auto_allocate, start, pull, cancel, is_bytes })
}

fn chunk_size(value: &JsValue, context: &mut Context) -> JsResult<usize> {
    // Web IDL: [EnforceRange] unsigned long long.
    let number = value.to_number(context)?.trunc();
    if !(1.0..=9_007_199_254_740_991.0).contains(&number) {
        return Err(type_error("autoAllocateChunkSize must be a whole number from 1"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number from 1"
    )]
    Ok(number as usize)
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let prototype = prototype_of_new(new_target, Class::ReadableStream, NAME, context)?;
    let source = arguments.get_or_undefined(0);
    if !source.is_undefined() && !source.is_object() {
        return Err(wrong_type("source", "of type object", source, context));
    }
    let strategy = strategy::read(arguments.get_or_undefined(1), "strategy", context)?;
    let given = match source.as_object() {
        Some(object) => read_source(&object, context)?,
        None => Given::default(),
    };
    let stream = JsObject::new(context.root_shape(), prototype, ReadableStream::new());
    let Given { auto_allocate, start, pull, cancel, is_bytes } = given;
    let scripted = Scripted { this: source.clone(), pull, cancel };
    let scripted: Source = Gc::new(Box::new(scripted) as Box<dyn UnderlyingSource>);
    let start = |controller: &JsValue, context: &mut Context| match start {
        Some(start) => {
            let started = start.call(source, std::slice::from_ref(controller), context)?;
            Ok(Outcome::of(Ok(started), context))
        }
        None => Ok(Outcome::DONE),
    };
    if is_bytes {
        if strategy.size.is_some() {
            return Err(range_error("a stream of type 'bytes' takes no strategy with a size"));
        }
        let high_water_mark = strategy.or(0.0, context)?.high_water_mark;
        let settings =
            byte_controller::Settings { source: scripted, high_water_mark, auto_allocate };
        byte_controller::set_up(&stream, settings, start, context)?;
    } else {
        let strategy = strategy.or(1.0, context)?;
        default_controller::set_up(&stream, scripted, strategy, start, context)?;
    }
    Ok(stream.upcast().into())
}
