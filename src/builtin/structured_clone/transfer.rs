//! What a script transfers: it is there once, so it leaves whoever sends it.
//!
//! Spec: <https://html.spec.whatwg.org/#structuredserializewithtransfer>

use std::collections::HashMap;

use boa_engine::builtins::array_buffer::ArrayBuffer;
use boa_engine::object::builtins::JsArrayBuffer;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue};

use super::form::Moved;
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::messaging::port;
use crate::js::error::type_error;

/// The objects of one transfer, and the place of each.
#[derive(Default)]
pub(in crate::builtin) struct Transfer {
    objects: Vec<JsObject>,
    places: HashMap<JsObject, usize>,
}

impl Transfer {
    /// Checks what is to be transferred. It stays where it is, in case something else is wrong.
    pub(in crate::builtin) fn new(values: &[JsValue], context: &mut Context) -> JsResult<Self> {
        let mut transfer = Self::default();
        for value in values {
            let Some(object) = value.as_object() else {
                return Err(type_error("options.transfer contains a value that is not an object"));
            };
            let what = if object.is::<ArrayBuffer>() {
                "ArrayBuffer"
            } else if port::is_port(&object) {
                "MessagePort"
            } else {
                let why = "only ArrayBuffers and MessagePorts can be transferred";
                return Err(dom_exception("DataCloneError", why, context));
            };
            if is_gone(&object) {
                return Err(gone(what, context));
            }
            let place = transfer.objects.len();
            if transfer.places.insert(object.clone(), place).is_some() {
                let why = format!("the {what} is to be transferred twice");
                return Err(dom_exception("DataCloneError", &why, context));
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
        // A getter may have taken some of them meanwhile.
        if let Some(object) = self.objects.iter().find(|object| is_gone(object)) {
            let is_port = port::is_port(object);
            return Err(gone(if is_port { "MessagePort" } else { "ArrayBuffer" }, context));
        }
        for object in self.objects {
            if let Some(end) = port::take(&object, context) {
                moved.push(Moved::Port(end));
                continue;
            }
            let buffer = JsArrayBuffer::from_object(object)?;
            moved.push(Moved::Buffer(buffer.detach(&JsValue::undefined())?));
        }
        Ok(moved)
    }
}

/// Whether somebody has taken it already.
fn is_gone(object: &JsObject) -> bool {
    is_detached(object) || port::is_port(object) && !port::is_open(object)
}

fn gone(what: &str, context: &mut Context) -> JsError {
    let why = match what {
        "MessagePort" => "the MessagePort is closed, or was transferred before",
        _ => "the ArrayBuffer is detached: it was transferred before",
    };
    dom_exception("DataCloneError", why, context)
}

pub(super) fn is_detached(buffer: &JsObject) -> bool {
    buffer.downcast_ref::<ArrayBuffer>().is_some_and(|buffer| buffer.data().is_none())
}

/// A `DataCloneError`: what it is that cannot be cloned, and where in the value.
pub(super) fn failure(what: &str, place: &str, context: &mut Context) -> JsError {
    dom_exception("DataCloneError", &format!("{what}{place} could not be cloned"), context)
}
