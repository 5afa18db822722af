//! The classes of streams: their prototypes, receivers of their methods, and objects of them.

use boa_engine::object::NativeObject;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue};

use crate::js::argument::illegal_invocation;
use crate::js::error::node_error;
use crate::js::loader::import_builtin;

/// A class of this folder.
#[derive(Clone, Copy)]
pub(super) enum Class {
    ReadableStream,
    ReadableStreamDefaultReader,
    ReadableStreamBYOBReader,
    ReadableStreamDefaultController,
    ReadableByteStreamController,
    ReadableStreamBYOBRequest,
    WritableStream,
    WritableStreamDefaultWriter,
    WritableStreamDefaultController,
    TransformStream,
    TransformStreamDefaultController,
    CountQueuingStrategy,
    ByteLengthQueuingStrategy,
    TextEncoderStream,
    TextDecoderStream,
    CompressionStream,
    DecompressionStream,
    /// What `values()` returns.
    Iterator,
}

/// Where the prototypes are kept, in the order of [`Class`]; `Context` data.
pub(super) struct Prototypes(pub(super) Vec<JsObject>);

/// The prototype of a class. The classes are made when that is first asked for.
pub(super) fn prototype(class: Class, context: &mut Context) -> Option<JsObject> {
    if !context.has_data::<Prototypes>()
        && let Err(error) = import_builtin("internal:streams", context)
    {
        log::error!("cannot make the classes of streams: {error}");
    }
    context.get_data::<Prototypes>()?.0.get(class as usize).cloned()
}

/// A new object of a class.
pub(super) fn new_object<T: NativeObject>(
    class: Class,
    data: T,
    context: &mut Context,
) -> JsObject<T> {
    let prototype = prototype(class, context);
    JsObject::new(context.root_shape(), prototype, data)
}

/// The receiver of a method of the class `name`.
pub(super) fn this_as<T: NativeObject>(this: &JsValue, name: &str) -> JsResult<JsObject<T>> {
    object_as(this).ok_or_else(|| illegal_invocation(name))
}

/// A value that is an object of a class.
pub(super) fn object_as<T: NativeObject>(value: &JsValue) -> Option<JsObject<T>> {
    value.as_object().and_then(|object| object.downcast::<T>().ok())
}

/// For classes that a script cannot make.
pub(super) fn illegal_constructor<T>(context: &mut Context) -> JsResult<T> {
    Err(node_error("ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor", context))
}

/// The prototype of what `new` makes.
pub(super) fn prototype_of_new(
    new_target: &JsValue,
    class: Class,
    name: &str,
    context: &mut Context,
) -> Result<JsObject, JsError> {
    let default = |context: &mut Context| {
        prototype(class, context)
            .unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()))
    };
    crate::js::argument::prototype_for(new_target, name, default, context)
}
