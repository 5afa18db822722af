//! `WritableStreamDefaultWriter`.
//!
//! Spec: <https://streams.spec.whatwg.org/#default-writer-class>

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};

use super::data::{Stream, WritableStream, Writer};
use super::operations;
use super::state;
use crate::builtin::streams::promises::promising;
use crate::builtin::streams::this::{Class, object_as, prototype_of_new, this_as};
use crate::js::argument::wrong_type;
use crate::js::error::invalid_state;
use crate::js::interface::Interface;

const NAME: &str = "WritableStreamDefaultWriter";

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 1,
    constructor: construct,
    methods: &[
        ("abort", 0, |this, arguments, context| {
            promising(context, |context| {
                let stream = held(&receiver(this)?, "abort", context)?;
                Ok(operations::abort(&stream, arguments.get_or_undefined(0), context).into())
            })
        }),
        ("close", 0, |this, _, context| {
            promising(context, |context| {
                let stream = held(&receiver(this)?, "close", context)?;
                if state::is_closing(&stream) {
                    let message = "close: the WritableStream is being closed already";
                    return Err(invalid_state(message, context));
                }
                operations::close(&stream, context).map(JsValue::from)
            })
        }),
        ("releaseLock", 0, |this, _, context| {
            operations::release(&receiver(this)?, context);
            Ok(JsValue::undefined())
        }),
        ("write", 0, |this, arguments, context| {
            promising(context, |context| {
                let this = receiver(this)?;
                held(&this, "write", context)?;
                let chunk = arguments.get_or_undefined(0).clone();
                Ok(operations::write(&this, chunk, context).into())
            })
        }),
    ],
    statics: &[],
    accessors: &[
        (
            "closed",
            |this, _, context| {
                promising(context, |_| Ok(receiver(this)?.borrow().data().closed.value()))
            },
            None,
        ),
        (
            "desiredSize",
            |this, _, context| {
                let stream = held(&receiver(this)?, "desiredSize", context)?;
                let size = operations::desired_size(&stream);
                Ok(size.map_or(JsValue::null(), JsValue::from))
            },
            None,
        ),
        (
            "ready",
            |this, _, context| {
                promising(context, |_| Ok(receiver(this)?.borrow().data().ready.value()))
            },
            None,
        ),
    ],
    constants: &[],
    shown: &[],
};

fn receiver(this: &JsValue) -> JsResult<JsObject<Writer>> {
    this_as(this, NAME)
}

fn held(this: &JsObject<Writer>, method: &str, context: &mut Context) -> JsResult<Stream> {
    let stream = this.borrow().data().stream.clone();
    stream.ok_or_else(|| {
        invalid_state(format!("{method}: the writer was released, and has no stream"), context)
    })
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let prototype =
        prototype_of_new(new_target, Class::WritableStreamDefaultWriter, NAME, context)?;
    let stream = arguments.get_or_undefined(0);
    let Some(stream) = object_as::<WritableStream>(stream) else {
        return Err(wrong_type("stream", "an instance of WritableStream", stream, context));
    };
    let data = operations::writer(&stream, context)?;
    let writer = JsObject::new(context.root_shape(), prototype, data);
    operations::lock(&stream, &writer);
    Ok(writer.upcast().into())
}
