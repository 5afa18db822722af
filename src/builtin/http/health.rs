//! The options of `server.health`, which `runtime/http_health.js` does the rest of.

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::builtin::options::{Given, Opt, function, options_of, other, read};
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::interface::Op;

pub(in crate::builtin) const OPS: &[Op] = &[("readHealth", 1, read_health)];

struct Health {
    live: Option<String>,
    ready: Option<String>,
    check: Option<JsFunction>,
}

const HEALTH: [Opt<Health>; 3] = [
    other("live", |to, given, context| {
        to.live = path(given, context)?;
        Ok(())
    }),
    other("ready", |to, given, context| {
        to.ready = path(given, context)?;
        Ok(())
    }),
    function("check", |to, check| to.check = Some(check)),
];

/// A path, or none where it is `false`.
fn path(given: &Given<'_>, context: &mut Context) -> JsResult<Option<String>> {
    if given.value.as_boolean() == Some(false) {
        return Ok(None);
    }
    let text = given.value.as_string().map(|text| to_utf8(&text));
    let path = text.filter(|text| text.starts_with('/'));
    path.map(Some).ok_or_else(|| given.wrong_type("a path such as '/healthz', or false", context))
}

/// `readHealth(options)`: `[live, ready, check]`, null where there is none.
fn read_health(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (live, ready) = ("/healthz".to_owned(), "/readyz".to_owned());
    let mut health = Health { live: Some(live), ready: Some(ready), check: None };
    if let Some(given) = options_of(arguments.get_or_undefined(0), "health", context)? {
        read(&given, "", &[&HEALTH], &mut health, context)?;
    }
    let text = |path: Option<String>| {
        path.map_or(JsValue::null(), |path| js_string_from_utf8(&path).into())
    };
    let check = health.check.map(JsValue::from).unwrap_or_default();
    Ok(JsArray::from_iter([text(health.live), text(health.ready), check], context).into())
}
