//! The arguments of a native, which the JavaScript half has checked, by their places.

use std::sync::Arc;

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};

use super::algorithm::Algorithm;
use super::keys::key::{Key, key_of};
use crate::js::convert::{bytes_of, new_array_buffer};
use crate::js::error::{node_error, type_error};

/// The arguments of one call.
pub(super) struct Arguments<'a>(pub(super) &'a [JsValue]);

impl Arguments<'_> {
    /// Text; empty where there is none.
    pub(super) fn text(&self, at: usize, context: &mut Context) -> JsResult<String> {
        let value = self.0.get_or_undefined(at);
        if value.is_undefined() {
            return Ok(String::new());
        }
        Ok(value.to_string(context)?.to_std_string_lossy())
    }

    /// Bytes, or those of a secret key; none where there are none.
    pub(super) fn bytes_or_none(
        &self,
        at: usize,
        context: &mut Context,
    ) -> JsResult<Option<Vec<u8>>> {
        let value = self.0.get_or_undefined(at);
        if let Some(key) = key_of(value) {
            return Ok(match &*key {
                Key::Secret(bytes) => Some(bytes.to_vec()),
                _ => None,
            });
        }
        bytes_of(value, context)
    }

    /// The same; empty where there are none.
    pub(super) fn bytes(&self, at: usize, context: &mut Context) -> JsResult<Vec<u8>> {
        Ok(self.bytes_or_none(at, context)?.unwrap_or_default())
    }

    pub(super) fn flag(&self, at: usize) -> bool {
        self.0.get_or_undefined(at).to_boolean()
    }

    /// A number; none where there is none.
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float saturates")]
    pub(super) fn number(&self, at: usize) -> Option<i64> {
        self.0.get_or_undefined(at).as_number().map(|number| number as i64)
    }

    /// A number that counts something; zero where there is none.
    pub(super) fn size(&self, at: usize) -> usize {
        self.number(at).and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
    }

    pub(super) fn object(&self, at: usize) -> JsResult<JsObject> {
        self.0.get_or_undefined(at).as_object().ok_or_else(|| type_error("no handle"))
    }

    pub(super) fn key(&self, at: usize) -> JsResult<Arc<Key>> {
        key_of(self.0.get_or_undefined(at)).ok_or_else(|| type_error("no key"))
    }

    /// A hash function by its name; none where there is no name.
    pub(super) fn algorithm(
        &self,
        at: usize,
        context: &mut Context,
    ) -> JsResult<Option<Algorithm>> {
        if self.0.get_or_undefined(at).is_null_or_undefined() {
            return Ok(None);
        }
        let name = self.text(at, context)?;
        let Some(algorithm) = Algorithm::parse(&name) else {
            let message = format!("Invalid digest: {name}");
            return Err(node_error("ERR_CRYPTO_INVALID_DIGEST", message, context));
        };
        Ok(Some(algorithm))
    }
}

/// Bytes as an `ArrayBuffer`.
#[expect(clippy::needless_pass_by_value, reason = "it is what becomes of a result")]
pub(super) fn buffer(bytes: Vec<u8>, context: &mut Context) -> JsResult<JsValue> {
    new_array_buffer(&bytes, context).map(JsValue::from)
}
