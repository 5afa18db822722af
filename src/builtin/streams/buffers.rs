//! `ArrayBuffer`s and views of them, as byte streams take them over and give them back.
//!
//! Spec: <https://streams.spec.whatwg.org/#misc-abstract-ops>

use boa_engine::builtins::array_buffer::ArrayBuffer;
use boa_engine::builtins::dataview::DataView;
use boa_engine::builtins::typed_array::{TypedArray, TypedArrayKind};
use boa_engine::object::builtins::{JsArrayBuffer, JsDataView, JsTypedArray};
use boa_engine::{Context, JsObject, JsResult, JsValue};

use crate::js::convert::new_array_buffer;
use crate::js::error::{range_error, type_error};

/// What a view is: a typed array of a kind, or a `DataView`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ViewKind(Option<TypedArrayKind>);

impl ViewKind {
    pub(super) const UINT8: Self = Self(Some(TypedArrayKind::Uint8));

    /// Bytes of an element.
    pub(super) fn element(self) -> usize {
        match self.0 {
            None
            | Some(TypedArrayKind::Int8 | TypedArrayKind::Uint8 | TypedArrayKind::Uint8Clamped) => {
                1
            }
            Some(TypedArrayKind::Int16 | TypedArrayKind::Uint16 | TypedArrayKind::Float16) => 2,
            Some(TypedArrayKind::Int32 | TypedArrayKind::Uint32 | TypedArrayKind::Float32) => 4,
            Some(
                TypedArrayKind::BigInt64 | TypedArrayKind::BigUint64 | TypedArrayKind::Float64,
            ) => 8,
        }
    }

    fn constructor(self, context: &Context) -> JsObject {
        let known = context.intrinsics().constructors();
        let class = match self.0 {
            None => known.data_view(),
            Some(TypedArrayKind::Int8) => known.typed_int8_array(),
            Some(TypedArrayKind::Uint8) => known.typed_uint8_array(),
            Some(TypedArrayKind::Uint8Clamped) => known.typed_uint8clamped_array(),
            Some(TypedArrayKind::Int16) => known.typed_int16_array(),
            Some(TypedArrayKind::Uint16) => known.typed_uint16_array(),
            Some(TypedArrayKind::Int32) => known.typed_int32_array(),
            Some(TypedArrayKind::Uint32) => known.typed_uint32_array(),
            Some(TypedArrayKind::BigInt64) => known.typed_bigint64_array(),
            Some(TypedArrayKind::BigUint64) => known.typed_biguint64_array(),
            Some(TypedArrayKind::Float16) => known.typed_float16_array(),
            Some(TypedArrayKind::Float32) => known.typed_float32_array(),
            Some(TypedArrayKind::Float64) => known.typed_float64_array(),
        };
        class.constructor()
    }

    /// A view of `bytes` bytes of a buffer, which is a whole number of elements.
    pub(super) fn view(
        self,
        buffer: &JsObject,
        offset: usize,
        bytes: usize,
        context: &mut Context,
    ) -> JsResult<JsObject> {
        let length = bytes / self.element();
        let arguments = [buffer.clone().into(), JsValue::from(offset), JsValue::from(length)];
        self.constructor(context).construct(&arguments, None, context)
    }
}

/// A view that a script has passed, and where it lies.
pub(super) struct View {
    pub(super) kind: ViewKind,
    pub(super) buffer: JsObject,
    pub(super) offset: usize,
    /// Bytes.
    pub(super) length: usize,
}

/// A view of an unshared buffer that is not detached, or a `TypeError`.
pub(super) fn view_of(value: &JsValue, name: &str, context: &mut Context) -> JsResult<View> {
    let wrong = |context: &mut Context| {
        crate::js::argument::wrong_type(name, "a view of an ArrayBuffer", value, context)
    };
    let Some(object) = value.as_object() else { return Err(wrong(context)) };
    let (kind, buffer, offset, length) = if object.is::<TypedArray>() {
        let array = JsTypedArray::from_object(object)?;
        let buffer = array.buffer(context)?;
        (array.kind(), buffer, array.byte_offset(context)?, array.byte_length(context)?)
    } else if object.is::<DataView>() {
        let view = JsDataView::from_object(object)?;
        let buffer = view.buffer(context)?;
        if buffer.as_object().is_some_and(|buffer| is_detached(&buffer)) {
            return Err(detached(name));
        }
        let offset = usize::try_from(view.byte_offset(context)?).unwrap_or(usize::MAX);
        let length = usize::try_from(view.byte_length(context)?).unwrap_or(usize::MAX);
        (None, buffer, offset, length)
    } else {
        return Err(wrong(context));
    };
    let buffer = buffer.as_object().filter(JsObject::is::<ArrayBuffer>);
    let Some(buffer) = buffer else {
        return Err(type_error(format!("{name} must not be a view of shared memory")));
    };
    Ok(View { kind: ViewKind(kind), buffer, offset, length })
}

fn detached(name: &str) -> boa_engine::JsError {
    type_error(format!("{name}: its ArrayBuffer is detached"))
}

pub(super) fn is_detached(buffer: &JsObject) -> bool {
    buffer.downcast_ref::<ArrayBuffer>().is_none_or(|buffer| buffer.data().is_none())
}

/// Bytes of a buffer; 0 if it is detached.
pub(super) fn length_of(buffer: &JsObject) -> usize {
    let buffer = buffer.downcast_ref::<ArrayBuffer>();
    buffer.and_then(|buffer| buffer.data().map(<[u8]>::len)).unwrap_or(0)
}

/// `TransferArrayBuffer`: a new buffer with the memory of this one, which is detached.
pub(super) fn transfer(buffer: &JsObject, context: &mut Context) -> JsResult<JsObject> {
    let buffer = JsArrayBuffer::from_object(buffer.clone())?;
    let bytes = buffer.detach(&JsValue::undefined())?;
    JsArrayBuffer::from_byte_block(bytes, context).map(JsObject::from)
}

/// A new buffer of zeros.
pub(super) fn allocate(length: usize, context: &mut Context) -> JsResult<JsObject> {
    if u32::try_from(length).is_err() {
        return Err(range_error(format!("no ArrayBuffer of {length} bytes can be made")));
    }
    JsArrayBuffer::new(length, context).map(JsObject::from)
}

/// A new buffer with a copy of this part of one.
pub(super) fn clone_part(
    buffer: &JsObject,
    offset: usize,
    length: usize,
    context: &mut Context,
) -> JsResult<JsObject> {
    let bytes = copy_of(buffer, offset, length);
    new_array_buffer(&bytes, context)
}

/// A copy of this part of a buffer, as far as that has it.
pub(super) fn copy_of(buffer: &JsObject, offset: usize, length: usize) -> Vec<u8> {
    let buffer = buffer.downcast_ref::<ArrayBuffer>();
    let bytes = buffer.as_ref().and_then(|buffer| buffer.data());
    let part = bytes.and_then(|bytes| bytes.get(offset..offset.saturating_add(length)));
    part.unwrap_or_default().to_vec()
}

/// Writes bytes into a buffer, which has room for them.
pub(super) fn write(buffer: &JsObject, offset: usize, bytes: &[u8]) {
    let Ok(buffer) = JsArrayBuffer::from_object(buffer.clone()) else { return };
    if let Some(mut data) = buffer.data_mut()
        && let Some(room) = data.get_mut(offset..offset.saturating_add(bytes.len()))
    {
        room.copy_from_slice(bytes);
    }
}

/// `CopyDataBlockBytes` between two buffers.
pub(super) fn copy(to: (&JsObject, usize), from: (&JsObject, usize), length: usize) {
    if JsObject::equals(to.0, from.0) {
        return write(to.0, to.1, &copy_of(from.0, from.1, length));
    }
    let from_buffer = from.0.downcast_ref::<ArrayBuffer>();
    let bytes = from_buffer.as_ref().and_then(|buffer| buffer.data());
    if let Some(part) = bytes.and_then(|bytes| bytes.get(from.1..from.1.saturating_add(length))) {
        write(to.0, to.1, part);
    }
}
