//! `structuredClone`: copies of values, with cycles, and `ArrayBuffer`s that move.
//!
//! Objects wait in a queue to be filled, so that no depth of nesting overflows the stack. A view
//! that tracks the length of a resizable buffer becomes one of fixed length, and a `DOMException`
//! becomes a plain `Error`.
//! Spec: <https://html.spec.whatwg.org/#structured-cloning>

use std::collections::{HashMap, VecDeque};

use boa_engine::bigint::JsBigInt;
use boa_engine::builtins::array_buffer::{ArrayBuffer, SharedArrayBuffer};
use boa_engine::builtins::dataview::DataView;
use boa_engine::builtins::date::Date;
use boa_engine::builtins::error::Error;
use boa_engine::builtins::regexp::RegExp;
use boa_engine::builtins::typed_array::{TypedArray, TypedArrayKind};
use boa_engine::object::builtins::{
    JsArray, JsArrayBuffer, JsDataView, JsDate, JsMap, JsSet, JsSharedArrayBuffer, JsTypedArray,
};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsString, JsValue, js_string};

use crate::builtin::blob;
use crate::builtin::dom::exception::dom_exception;
use crate::js::argument::{dictionary, require_arguments, wrong_type};
use crate::js::convert::{bytes_of, new_array_buffer, sequence};
use crate::js::error::type_error;
use crate::js::interface::Op;
use crate::js::interface::define_hidden;

pub(super) const OPS: &[Op] = &[("structuredClone", 1, structured_clone)];

/// What is still to be copied into a clone.
enum Fill {
    /// Own enumerable properties.
    Properties,
    Entries(Vec<(JsValue, JsValue)>),
    Members(Vec<JsValue>),
    /// The cause of an error.
    Cause(JsValue),
}

/// One call of `structuredClone`.
#[derive(Default)]
struct Cloner {
    /// Which object became which: the same one is cloned once.
    memory: HashMap<JsObject, JsObject>,
    queue: VecDeque<(JsObject, JsObject, Fill)>,
}

fn structured_clone(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    require_arguments(arguments, &["value"], context)?;
    let options = dictionary(arguments.get_or_undefined(1), "options", context)?;
    let transfer = match options {
        Some(options) => options.get(js_string!("transfer"), context)?,
        None => JsValue::undefined(),
    };
    let mut cloner = Cloner::default();
    let moved = if transfer.is_undefined() {
        Vec::new()
    } else {
        let wrong = |context: &mut Context| {
            wrong_type("options.transfer", "a sequence", &transfer, context)
        };
        cloner.prepare(&sequence(&transfer, wrong, context)?, context)?
    };
    let value = cloner.clone(&arguments[0], context)?;
    while let Some((source, clone, fill)) = cloner.queue.pop_front() {
        cloner.fill(&source, &clone, fill, context)?;
    }
    for (from, to) in moved {
        move_bytes(from, to, context)?;
    }
    Ok(value)
}

fn failure(what: &str, context: &mut Context) -> JsError {
    dom_exception("DataCloneError", &format!("{what} could not be cloned"), context)
}

/// Gives the bytes of a buffer to its clone, which has the same length, and detaches it.
fn move_bytes(from: JsObject, to: JsObject, context: &mut Context) -> JsResult<()> {
    let from = JsArrayBuffer::from_object(from)?;
    let Ok(bytes) = from.detach(&JsValue::undefined()) else {
        return Err(failure("a detached ArrayBuffer", context));
    };
    let to = JsArrayBuffer::from_object(to)?;
    if let Some(mut room) = to.data_mut() {
        let length = bytes.len().min(room.len());
        room[..length].copy_from_slice(&bytes[..length]);
    }
    Ok(())
}

impl Cloner {
    /// Makes room for what moves. A clone refers to the new buffers from the start.
    fn prepare(
        &mut self,
        transfer: &[JsValue],
        context: &mut Context,
    ) -> JsResult<Vec<(JsObject, JsObject)>> {
        let mut moved = Vec::with_capacity(transfer.len());
        for value in transfer {
            let Some(from) = value.as_object() else {
                return Err(type_error("options.transfer contains a value that is not an object"));
            };
            if !from.is::<ArrayBuffer>() {
                return Err(failure("a value that cannot be transferred", context));
            }
            let length =
                from.downcast_ref::<ArrayBuffer>().and_then(|it| it.data().map(<[u8]>::len));
            let Some(length) = length else {
                return Err(failure("a detached ArrayBuffer", context));
            };
            let to = JsObject::from(JsArrayBuffer::new(length, context)?);
            if self.memory.insert(from.clone(), to.clone()).is_some() {
                return Err(failure("an ArrayBuffer that is transferred twice", context));
            }
            moved.push((from, to));
        }
        Ok(moved)
    }

    fn clone(&mut self, value: &JsValue, context: &mut Context) -> JsResult<JsValue> {
        if value.is_symbol() {
            return Err(failure("a symbol", context));
        }
        let Some(source) = value.as_object() else { return Ok(value.clone()) };
        if let Some(known) = self.memory.get(&source) {
            return Ok(known.clone().into());
        }
        let clone = match self.shell(&source, context)? {
            Some((clone, None)) => clone,
            Some((clone, Some(fill))) => {
                self.queue.push_back((source.clone(), clone.clone(), fill));
                clone
            }
            None => return Err(failure(&describe(&source, context), context)),
        };
        self.memory.insert(source, clone.clone());
        Ok(clone.into())
    }

    /// The clone of an object without what it holds, and that; `None` if it cannot be cloned.
    fn shell(
        &mut self,
        source: &JsObject,
        context: &mut Context,
    ) -> JsResult<Option<(JsObject, Option<Fill>)>> {
        if source.is_callable() {
            return Ok(None);
        }
        if source.is_array() {
            let length = source.get(js_string!("length"), context)?;
            let array = JsObject::from(JsArray::new(context)?);
            array.set(js_string!("length"), length, true, context)?;
            return Ok(Some((array, Some(Fill::Properties))));
        }
        if source.is_ordinary() {
            let object = JsObject::with_object_proto(context.intrinsics());
            return Ok(Some((object, Some(Fill::Properties))));
        }
        if let Ok(map) = JsMap::from_object(source.clone()) {
            let mut entries = Vec::new();
            map.for_each_native(|key, value| {
                entries.push((key, value));
                Ok(())
            })?;
            return Ok(Some((JsMap::new(context).into(), Some(Fill::Entries(entries)))));
        }
        if let Ok(set) = JsSet::from_object(source.clone()) {
            let mut members = Vec::new();
            set.for_each_native(|member| {
                members.push(member);
                Ok(())
            })?;
            return Ok(Some((JsSet::new(context).into(), Some(Fill::Members(members)))));
        }
        if source.is::<Error>() {
            return clone_error(source, context).map(Some);
        }
        if source.is::<TypedArray>() || source.is::<DataView>() {
            return self.view(source, context).map(|clone| Some((clone, None)));
        }
        Ok(leaf(source, context)?.map(|clone| (clone, None)))
    }

    fn view(&mut self, source: &JsObject, context: &mut Context) -> JsResult<JsObject> {
        let constructors = context.intrinsics().constructors();
        let (class, buffer, offset, length) = if source.is::<DataView>() {
            let class = constructors.data_view().constructor();
            let view = JsDataView::from_object(source.clone())?;
            let buffer = view.buffer(context)?;
            let Ok(length) = view.byte_length(context) else {
                return Err(failure("a view outside of its buffer", context));
            };
            (class, buffer, view.byte_offset(context)?, length)
        } else {
            let array = JsTypedArray::from_object(source.clone())?;
            let Some(kind) = array.kind() else { return Err(failure("an array", context)) };
            let class = typed_array_class(kind, context);
            let (offset, length) = (array.byte_offset(context)?, array.length(context)?);
            (class, array.buffer(context)?, offset as u64, length as u64)
        };
        let buffer = self.clone(&buffer, context)?;
        class.construct(&[buffer, offset.into(), length.into()], None, context)
    }

    fn fill(
        &mut self,
        source: &JsObject,
        clone: &JsObject,
        fill: Fill,
        context: &mut Context,
    ) -> JsResult<()> {
        match fill {
            Fill::Properties => {
                for key in enumerable_keys(source, context)? {
                    // A getter may have removed it.
                    if source.has_own_property(key.clone(), context)? {
                        let value = source.get(key.clone(), context)?;
                        let value = self.clone(&value, context)?;
                        clone.create_data_property_or_throw(key, value, context)?;
                    }
                }
            }
            Fill::Entries(entries) => {
                let map = JsMap::from_object(clone.clone())?;
                for (key, value) in entries {
                    let (key, value) = (self.clone(&key, context)?, self.clone(&value, context)?);
                    map.set(key, value, context)?;
                }
            }
            Fill::Members(members) => {
                let Ok(set) = JsSet::from_object(clone.clone()) else { return Ok(()) };
                for member in members {
                    let member = self.clone(&member, context)?;
                    set.add(member, context)?;
                }
            }
            Fill::Cause(cause) => {
                let cause = self.clone(&cause, context)?;
                define_hidden(clone, js_string!("cause"), cause, context)?;
            }
        }
        Ok(())
    }
}

/// Clones of objects that hold no others.
fn leaf(source: &JsObject, context: &mut Context) -> JsResult<Option<JsObject>> {
    if source.is::<Date>() {
        let time = JsDate::from_object(source.clone())?.get_time(context)?;
        let date = JsDate::new(context);
        date.set_time(time, context)?;
        return Ok(Some(date.into()));
    }
    if source.is::<RegExp>() {
        // Not by way of its `source`, in which Boa 0.22 escapes an escaped slash once more.
        let class = context.intrinsics().constructors().regexp().constructor();
        return class.construct(&[source.clone().into()], None, context).map(Some);
    }
    if source.is::<ArrayBuffer>() {
        let bytes = bytes_of(&source.clone().into(), context);
        return match bytes {
            Ok(Some(bytes)) => new_array_buffer(&bytes, context).map(Some),
            _ => Err(failure("a detached ArrayBuffer", context)),
        };
    }
    if source.is::<SharedArrayBuffer>() {
        let memory = JsSharedArrayBuffer::from_object(source.clone())?.inner();
        return Ok(Some(JsSharedArrayBuffer::from_buffer(memory, context).into()));
    }
    if let Some(blob) = blob::clone(source, context) {
        return Ok(Some(blob));
    }
    let boxed = if let Some(boxed) = source.downcast_ref::<bool>() {
        Some(JsValue::from(*boxed))
    } else if let Some(boxed) = source.downcast_ref::<f64>() {
        Some(JsValue::from(*boxed))
    } else if let Some(boxed) = source.downcast_ref::<JsString>() {
        Some(JsValue::from(boxed.clone()))
    } else {
        source.downcast_ref::<JsBigInt>().map(|boxed| JsValue::from(boxed.clone()))
    };
    boxed.map(|boxed| boxed.to_object(context)).transpose()
}

fn clone_error(source: &JsObject, context: &mut Context) -> JsResult<(JsObject, Option<Fill>)> {
    let name = source.get(js_string!("name"), context)?;
    let name = if name.is_undefined() { js_string!("Error") } else { name.to_string(context)? };
    let constructors = context.intrinsics().constructors();
    let class = match &*name.to_std_string_lossy() {
        "EvalError" => constructors.eval_error(),
        "RangeError" => constructors.range_error(),
        "ReferenceError" => constructors.reference_error(),
        "SyntaxError" => constructors.syntax_error(),
        "TypeError" => constructors.type_error(),
        "URIError" => constructors.uri_error(),
        _ => constructors.error(),
    };
    let class = class.constructor();
    let mut arguments = Vec::new();
    let message = js_string!("message");
    if source.has_own_property(message.clone(), context)? {
        arguments.push(source.get(message, context)?.to_string(context)?.into());
    }
    let clone = class.construct(&arguments, None, context)?;
    let stack = source.get(js_string!("stack"), context)?;
    if stack.is_string() {
        define_hidden(&clone, js_string!("stack"), stack, context)?;
    }
    let cause = js_string!("cause");
    let fill = if source.has_own_property(cause.clone(), context)? {
        Some(Fill::Cause(source.get(cause, context)?))
    } else {
        None
    };
    Ok((clone, fill))
}

/// The own enumerable keys that are strings, in order.
fn enumerable_keys(source: &JsObject, context: &mut Context) -> JsResult<Vec<PropertyKey>> {
    let class = context.intrinsics().constructors().object().constructor();
    let keys = class.get(js_string!("keys"), context)?.as_callable();
    let keys = keys.ok_or_else(|| type_error("Object.keys is not a function"))?;
    let keys = keys.call(&class.into(), &[source.clone().into()], context)?;
    sequence(&keys, |_| type_error("Object.keys is not iterable"), context)?
        .into_iter()
        .map(|key| key.to_property_key(context))
        .collect()
}

fn typed_array_class(kind: TypedArrayKind, context: &Context) -> JsObject {
    let constructors = context.intrinsics().constructors();
    match kind {
        TypedArrayKind::Int8 => constructors.typed_int8_array(),
        TypedArrayKind::Uint8 => constructors.typed_uint8_array(),
        TypedArrayKind::Uint8Clamped => constructors.typed_uint8clamped_array(),
        TypedArrayKind::Int16 => constructors.typed_int16_array(),
        TypedArrayKind::Uint16 => constructors.typed_uint16_array(),
        TypedArrayKind::Int32 => constructors.typed_int32_array(),
        TypedArrayKind::Uint32 => constructors.typed_uint32_array(),
        TypedArrayKind::BigInt64 => constructors.typed_bigint64_array(),
        TypedArrayKind::BigUint64 => constructors.typed_biguint64_array(),
        TypedArrayKind::Float16 => constructors.typed_float16_array(),
        TypedArrayKind::Float32 => constructors.typed_float32_array(),
        TypedArrayKind::Float64 => constructors.typed_float64_array(),
    }
    .constructor()
}

/// What an object that cannot be cloned is called in the message.
fn describe(source: &JsObject, context: &mut Context) -> String {
    let what = if source.is_callable() { "the function " } else { "an object of class " };
    let named = if source.is_callable() {
        Some(source.clone())
    } else {
        let class = source.get(js_string!("constructor"), context).ok();
        class.and_then(|class| class.as_object())
    };
    let name = named.and_then(|named| named.get(js_string!("name"), context).ok());
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    format!("{what}'{}'", name.to_std_string_lossy())
}
