//! Views of buffers: typed arrays and `DataView`s, in parts and made of these.

use boa_engine::builtins::dataview::DataView;
use boa_engine::builtins::typed_array::TypedArrayKind;
use boa_engine::object::builtins::{JsDataView, JsTypedArray};
use boa_engine::{Context, JsObject, JsResult, JsValue};

use super::form::{Cursor, Form, Tag};

/// What a view consists of. One without a kind is a `DataView`.
pub(super) struct View {
    kind: Option<TypedArrayKind>,
    pub(super) buffer: JsValue,
    offset: usize,
    length: usize,
}

const KINDS: [TypedArrayKind; 12] = [
    TypedArrayKind::Int8,
    TypedArrayKind::Uint8,
    TypedArrayKind::Uint8Clamped,
    TypedArrayKind::Int16,
    TypedArrayKind::Uint16,
    TypedArrayKind::Int32,
    TypedArrayKind::Uint32,
    TypedArrayKind::BigInt64,
    TypedArrayKind::BigUint64,
    TypedArrayKind::Float16,
    TypedArrayKind::Float32,
    TypedArrayKind::Float64,
];

/// Takes a view apart; `None` where it has come to lie outside of its buffer.
pub(super) fn parts(source: &JsObject, context: &mut Context) -> JsResult<Option<View>> {
    if source.is::<DataView>() {
        let view = JsDataView::from_object(source.clone())?;
        let (offset, length) = (view.byte_offset(context), view.byte_length(context));
        let (Ok(offset), Ok(length)) = (offset, length) else { return Ok(None) };
        let (offset, length) = (usize::try_from(offset), usize::try_from(length));
        let (Ok(offset), Ok(length)) = (offset, length) else { return Ok(None) };
        return Ok(Some(View { kind: None, buffer: view.buffer(context)?, offset, length }));
    }
    let array = JsTypedArray::from_object(source.clone())?;
    let Some(kind) = array.kind() else { return Ok(None) };
    Ok(Some(View {
        kind: Some(kind),
        buffer: array.buffer(context)?,
        offset: array.byte_offset(context)?,
        length: array.length(context)?,
    }))
}

impl View {
    pub(super) fn tag(&self) -> Tag {
        if self.kind.is_some() { Tag::TypedArray } else { Tag::DataView }
    }

    /// Writes what stands behind the buffer.
    pub(super) fn put(&self, form: &mut Form) {
        if let Some(kind) = self.kind {
            form.put_size(KINDS.iter().position(|known| *known == kind).unwrap_or_default());
        }
        form.put_size(self.offset);
        form.put_size(self.length);
    }
}

/// Makes a view of a buffer from what stands behind that; `None` if that is not one.
pub(super) fn read(
    tag: Tag,
    buffer: JsObject,
    cursor: &mut Cursor<'_>,
    context: &mut Context,
) -> JsResult<Option<JsObject>> {
    let class = if tag == Tag::DataView {
        Some(context.intrinsics().constructors().data_view().constructor())
    } else {
        let kind = cursor.size().and_then(|kind| KINDS.get(kind).copied());
        kind.map(|kind| class(kind, context))
    };
    let (Some(class), Some(offset), Some(length)) = (class, cursor.size(), cursor.size()) else {
        return Ok(None);
    };
    let arguments = [buffer.into(), (offset as u64).into(), (length as u64).into()];
    class.construct(&arguments, None, context).map(Some)
}

fn class(kind: TypedArrayKind, context: &Context) -> JsObject {
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
