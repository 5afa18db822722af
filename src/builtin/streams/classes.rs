//! The classes of streams, made when a script or a built-in first asks for one.

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::{Context, JsObject, JsResult, JsSymbol, JsValue, js_string};

use super::readable::{byob_reader, byte_controller, class, default_controller, iterator, reader};
use super::this::Prototypes;
use crate::js::interface::{Interface, Op, define_hidden, namespace};

pub(in crate::builtin) const OPS: &[Op] = &[("classes", 0, classes)];

/// In the order of `this::Class`.
const CLASSES: &[&Interface] = &[
    &class::CLASS,
    &reader::CLASS,
    &byob_reader::CLASS,
    &default_controller::CLASS,
    &byte_controller::CLASS,
    &byob_reader::BYOB_REQUEST,
];

/// Makes all classes and returns them in an object, by name.
fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let made: Vec<(&str, StandardConstructor)> =
        CLASSES.iter().map(|class| (class.name, class.build(None, context))).collect();
    let mut prototypes: Vec<JsObject> = made.iter().map(|(_, class)| class.prototype()).collect();
    iterable(&prototypes[0], context)?;
    prototypes.push(iterator::prototype(context));
    context.insert_data(Prototypes(prototypes));
    namespace(&made, context)
}

/// A stream is iterated over by its values.
fn iterable(stream: &JsObject, context: &mut Context) -> JsResult<()> {
    let values = stream.get(js_string!("values"), context)?;
    define_hidden(stream, JsSymbol::async_iterator(), values, context)
}
