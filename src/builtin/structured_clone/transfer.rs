//! What a script transfers: it is there once, so it leaves whoever sends it.
//!
//! Spec: <https://html.spec.whatwg.org/#structuredserializewithtransfer>

use std::collections::HashMap;

use boa_engine::builtins::array_buffer::ArrayBuffer;
use boa_engine::object::builtins::JsArrayBuffer;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue};

use super::form::Moved;
use crate::builtin::dom::exception::dom_exception;
use crate::js::error::type_error;

/// The objects of one transfer, and the place of each.
#[derive(Default)]
pub(super) struct Transfer {
    objects: Vec<JsObject>,
    places: HashMap<JsObject, usize>,
}

impl Transfer {
    /// Checks what is to be transferred. It stays where it is, in case something else is wrong.
    pub(super) fn new(values: &[JsValue], context: &mut Context) -> JsResult<Self> {
        let mut transfer = Self::default();
        for value in values {
            let Some(object) = value.as_object() else {
                return Err(type_error("options.transfer contains a value that is not an object"));
            };
            if !object.is::<ArrayBuffer>() {
                return Err(failure("a value that cannot be transferred", "", context));
            }
            if is_detached(&object) {
                return Err(failure("a detached ArrayBuffer", "", context));
            }
            let place = transfer.objects.len();
            if transfer.places.insert(object.clone(), place).is_some() {
                return Err(failure("an ArrayBuffer that is transferred twice", "", context));
            }
            transfer.objects.push(object);
        }
        Ok(transfer)
    }

    /// The place of an object, if it is one of these.
    pub(super) fn place(&self, object: &JsObject) -> Option<usize> {
        if self.places.is_empty() { None } else { self.places.get(object).copied() }
    }

    /// Takes them from whoever has them.
    pub(super) fn take(self, context: &mut Context) -> JsResult<Vec<Moved>> {
        let mut moved = Vec::with_capacity(self.objects.len());
        for object in self.objects {
            let buffer = JsArrayBuffer::from_object(object)?;
            // A getter may have detached it meanwhile.
            let Ok(bytes) = buffer.detach(&JsValue::undefined()) else {
                return Err(failure("a detached ArrayBuffer", "", context));
            };
            moved.push(Moved::Buffer(bytes));
        }
        Ok(moved)
    }
}

pub(super) fn is_detached(buffer: &JsObject) -> bool {
    buffer.downcast_ref::<ArrayBuffer>().is_some_and(|buffer| buffer.data().is_none())
}

/// A `DataCloneError`: what it is that cannot be cloned, and where in the value.
pub(super) fn failure(what: &str, place: &str, context: &mut Context) -> JsError {
    dom_exception("DataCloneError", &format!("{what}{place} could not be cloned"), context)
}
