//! The native half of `URLPattern`: canonical forms of parts of URLs.
//!
//! Spec: <https://urlpattern.spec.whatwg.org/>

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::error::type_error;
use crate::js::interface::Op;
use crate::url::canonical;

pub(super) const OPS: &[Op] = &[("canonical", 3, canonical_part)];

/// `canonical(component, value, protocol)`: a `TypeError` for a value that cannot stand there.
fn canonical_part(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut text = |at: usize| {
        let argument = arguments.get_or_undefined(at);
        if argument.is_undefined() {
            return Ok(String::new());
        }
        argument.to_string(context).map(|text| to_utf8(&text))
    };
    let (component, value, protocol) = (text(0)?, text(1)?, text(2)?);
    let canonical = canonical(&component, &value, &protocol);
    let canonical =
        canonical.ok_or_else(|| type_error(format!("Invalid {component} '{value}'")))?;
    Ok(js_string_from_utf8(&canonical).into())
}
