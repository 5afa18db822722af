//! Blob.
use boa_engine::{Context, JsObject, JsResult};
pub(super) fn is_blob(_: &JsObject) -> bool {
    false
}
pub(super) fn blob_bytes(_: &JsObject) -> Option<Vec<u8>> {
    None
}
pub(super) fn new_blob(bytes: &[u8], _: &str, context: &mut Context) -> JsResult<JsObject> {
    crate::js::convert::new_uint8_array(bytes, context)
}
