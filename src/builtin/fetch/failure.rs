//! What a failed call is rejected with: a `TypeError` of these words alone, as everywhere, whose
//! `cause` says what has happened.

use boa_engine::{Context, JsError, JsNativeError, JsString, JsValue, js_string};

use crate::host::ConnError;
use crate::js::error::node_error;
use crate::js::interface::define_hidden;
use crate::url::Url;

/// The exception for a request that has failed.
pub(super) fn failed(error: &ConnError, url: &Url, context: &mut Context) -> JsValue {
    let cause = node_error(&error.code, error.message.clone(), context);
    let cause = cause.into_opaque(context).unwrap_or_default();
    if let Some(cause) = cause.as_object() {
        let url = JsString::from(shown(url));
        drop(cause.set(js_string!("url"), url, false, context));
    }
    failed_by(cause, context)
}

/// The exception for a request that a script's own value has ended.
pub(super) fn failed_by(cause: JsValue, context: &mut Context) -> JsValue {
    let error = JsNativeError::typ().with_message("fetch failed").into_opaque(context);
    drop(define_hidden(&error, js_string!("cause"), cause, context));
    error.into()
}

/// The value of an exception.
pub(super) fn value_of(error: JsError, context: &mut Context) -> JsValue {
    error.into_opaque(context).unwrap_or_default()
}

/// A URL without credentials, which are nobody's business.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_username("");
    url.set_password("");
    url.href()
}
