//! The classes of streams, made when a script or a built-in first asks for one.

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::native_function::NativeFunctionPointer as Pointer;
use boa_engine::{Context, JsObject, JsResult, JsSymbol, JsValue, js_string};

use super::pipe::{pipe_through, pipe_to};
use super::readable::{byob_reader, byte_controller, class, default_controller, iterator, reader};
use super::this::Prototypes;
use super::watching::{FACTS_OF, FAIL, WHEN_OVER};
use super::{compression, strategy_classes, text, transform, writable};
use crate::js::interface::{Interface, Op, define_hidden, function, namespace, set_field};

pub(in crate::builtin) const OPS: &[Op] = &[("classes", 0, classes), FACTS_OF, WHEN_OVER, FAIL];

/// In the order of `this::Class`.
const CLASSES: &[&Interface] = &[
    &class::CLASS,
    &reader::CLASS,
    &byob_reader::CLASS,
    &default_controller::CLASS,
    &byte_controller::CLASS,
    &byob_reader::BYOB_REQUEST,
    &writable::class::CLASS,
    &writable::writer::CLASS,
    &writable::controller::CLASS,
    &transform::class::CLASS,
    &transform::controller::CLASS,
    &strategy_classes::COUNT,
    &strategy_classes::BYTE_LENGTH,
    &text::ENCODER,
    &text::DECODER,
    &compression::COMPRESSION,
    &compression::DECOMPRESSION,
];

/// Makes all classes and returns them in an object, by name.
fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let made: Vec<(&str, StandardConstructor)> =
        CLASSES.iter().map(|class| (class.name, class.build(None, context))).collect();
    let mut prototypes: Vec<JsObject> = made.iter().map(|(_, class)| class.prototype()).collect();
    complete(&prototypes[0], context)?;
    prototypes.push(iterator::prototype(context));
    context.insert_data(Prototypes(prototypes));
    namespace(&made, context)
}

/// What a `ReadableStream` has that its own file does not know: it is piped, and iterated over by its
/// values.
fn complete(stream: &JsObject, context: &mut Context) -> JsResult<()> {
    for (name, length, body) in
        [("pipeThrough", 1, pipe_through as Pointer), ("pipeTo", 1, pipe_to)]
    {
        let function = function(&context.realm().clone(), js_string!(name), length, body);
        set_field(stream, js_string!(name), function);
    }
    let values = stream.get(js_string!("values"), context)?;
    define_hidden(stream, JsSymbol::async_iterator(), values, context)
}
