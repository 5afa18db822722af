//! The headers of a message: a list, until a script asks for the object.

use boa_engine::{Context, Finalize, JsObject, Trace};

use super::field_list::FieldList;
use super::headers::{change_fields, fields_of, new_headers, with_fields};

/// A header list, or the `Headers` that has it.
#[derive(Trace, Finalize)]
pub(super) enum LazyHeaders {
    List(#[unsafe_ignore_trace] FieldList),
    Object(JsObject),
}

impl LazyHeaders {
    /// Reads the fields.
    pub(super) fn with<R>(&self, read: impl FnOnce(&FieldList) -> R) -> R {
        match self {
            Self::List(list) => read(list),
            Self::Object(object) => {
                // Only a `Headers` is put here.
                let fields = fields_of(object).unwrap_or_default();
                read(&fields)
            }
        }
    }

    /// The joined value of a field.
    pub(super) fn get(&self, name: &str) -> Option<Vec<u8>> {
        match self {
            Self::List(list) => list.get(name),
            Self::Object(object) => with_fields(object, |list| list.get(name)).flatten(),
        }
    }

    /// Gives them a field unless they have it.
    pub(super) fn add_missing(&mut self, name: &str, value: &[u8]) {
        if self.get(name).is_some() {
            return;
        }
        match self {
            Self::List(list) => list.append(name, value.to_vec()),
            Self::Object(object) => change_fields(object, |list| list.append(name, value.to_vec())),
        }
    }

    /// The object, which is made now if nobody has asked before.
    pub(super) fn object(&mut self, is_immutable: bool, context: &Context) -> JsObject {
        let list = match self {
            Self::Object(object) => return object.clone(),
            Self::List(list) => std::mem::take(list),
        };
        let object = new_headers(list, is_immutable, context);
        *self = Self::Object(object.clone());
        object
    }
}
