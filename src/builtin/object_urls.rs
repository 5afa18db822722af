//! `URL.createObjectURL` and `URL.revokeObjectURL`: URLs by which a script gets a `Blob` again.
//!
//! Spec: <https://w3c.github.io/FileAPI/#url>

use std::cell::RefCell;
use std::collections::HashMap;

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use crate::builtin::blob::is_blob;
use crate::js::argument::{require_arguments, wrong_type};
use crate::js::convert::to_utf8;
use crate::js::error::range_error;
use crate::js::interface::Op;
use crate::limits::OBJECT_URLS_MAX;
use crate::proto::uuid;

/// The static methods of `URL`.
pub(super) const STATICS: [Op; 2] =
    [("createObjectURL", 1, create), ("revokeObjectURL", 1, revoke)];

/// The blobs by their URLs; `Context` data, there from the first one on.
#[derive(Default)]
struct ObjectUrls(RefCell<HashMap<String, JsObject>>);

/// The `Blob` of a URL, which is given without its fragment.
pub(super) fn blob_of(url: &str, context: &Context) -> Option<JsObject> {
    context.get_data::<ObjectUrls>()?.0.borrow().get(url).cloned()
}

fn create(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["obj"], context)?;
    let Some(blob) = arguments[0].as_object().filter(is_blob) else {
        return Err(wrong_type("obj", "an instance of Blob", &arguments[0], context));
    };
    if !context.has_data::<ObjectUrls>() {
        context.insert_data(ObjectUrls::default());
    }
    // A script has no origin.
    let url = format!("blob:null/{}", uuid::random());
    if let Some(urls) = context.get_data::<ObjectUrls>() {
        let mut urls = urls.0.borrow_mut();
        if urls.len() >= OBJECT_URLS_MAX {
            return Err(range_error(format!(
                "there are {OBJECT_URLS_MAX} object URLs: revoke them with URL.revokeObjectURL(url)"
            )));
        }
        urls.insert(url.clone(), blob);
    }
    Ok(js_string!(url).into())
}

fn revoke(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["url"], context)?;
    let url = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    if let Some(urls) = context.get_data::<ObjectUrls>() {
        urls.0.borrow_mut().remove(&url);
    }
    Ok(JsValue::undefined())
}
