//! `ReadableStreamDefaultReader`.
//!
//! Spec: <https://streams.spec.whatwg.org/#default-reader-class>

use boa_engine::{Context, Finalize, JsArgs, JsObject, JsResult, JsValue, Trace};

use super::data::{Chunk, DefaultReader, ReadRequest, ReadableStream, Reader};
use super::operations::{cancel, default_reader, lock, read, release};
use crate::builtin::streams::promises::{Deferred, promising, reason_of, step};
use crate::builtin::streams::this::{Class, object_as, prototype_of_new, this_as};
use crate::js::argument::wrong_type;
use crate::js::error::invalid_state;
use crate::js::interface::Interface;

const NAME: &str = "ReadableStreamDefaultReader";

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 1,
    constructor: construct,
    methods: &[
        ("read", 0, |this, _, context| {
            promising(context, |context| {
                let this = receiver(this)?;
                check_held(this.borrow().data().generic.stream.is_some(), "read", context)?;
                let (request, promise) = ReadPromise::new(context);
                read(&this, Box::new(request), context);
                Ok(promise)
            })
        }),
        ("releaseLock", 0, |this, _, context| {
            release(&receiver(this)?, context);
            Ok(JsValue::undefined())
        }),
        ("cancel", 0, |this, arguments, context| {
            promising(context, |context| {
                let stream = receiver(this)?.borrow().data().generic.stream.clone();
                check_held(stream.is_some(), "cancel", context)?;
                let reason = arguments.get_or_undefined(0).clone();
                Ok(stream.map_or(JsValue::undefined(), |it| cancel(&it, reason, context).into()))
            })
        }),
    ],
    statics: &[],
    accessors: &[(
        "closed",
        |this, _, context| {
            promising(context, |_| Ok(receiver(this)?.borrow().data().generic.closed.value()))
        },
        None,
    )],
    constants: &[],
    shown: &[],
};

fn receiver(this: &JsValue) -> JsResult<JsObject<DefaultReader>> {
    this_as(this, NAME)
}

pub(super) fn check_held(held: bool, method: &str, context: &mut Context) -> JsResult<()> {
    if held {
        return Ok(());
    }
    Err(invalid_state(format!("{method}: the reader was released, and has no stream"), context))
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let prototype =
        prototype_of_new(new_target, Class::ReadableStreamDefaultReader, NAME, context)?;
    let stream = arguments.get_or_undefined(0);
    let Some(stream) = object_as::<ReadableStream>(stream) else {
        return Err(wrong_type("stream", "an instance of ReadableStream", stream, context));
    };
    let data = default_reader(&stream, context)?;
    let reader = JsObject::new(context.root_shape(), prototype, data);
    lock(&stream, Reader::Default(reader.clone()));
    Ok(reader.upcast().into())
}

/// A read that settles a promise.
#[derive(Trace, Finalize)]
pub(super) struct ReadPromise(Deferred);

impl ReadPromise {
    pub(super) fn new(context: &mut Context) -> (Self, JsValue) {
        let deferred = Deferred::pending(context);
        let promise = deferred.value();
        (Self(deferred), promise)
    }
}

impl ReadRequest for ReadPromise {
    fn chunk(mut self: Box<Self>, chunk: Chunk, context: &mut Context) {
        match chunk.into_value(context) {
            Ok(value) => {
                let value = step(value, false, context);
                self.0.resolve(value, context);
            }
            Err(error) => {
                let reason = reason_of(error, context);
                self.0.reject(reason, context);
            }
        }
    }

    fn close(mut self: Box<Self>, context: &mut Context) {
        let value = step(JsValue::undefined(), true, context);
        self.0.resolve(value, context);
    }

    fn error(mut self: Box<Self>, reason: JsValue, context: &mut Context) {
        self.0.reject(reason, context);
    }
}
