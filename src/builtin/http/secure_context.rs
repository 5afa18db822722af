//! `setSecureContext`: another certificate for a server that listens.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};

use super::servers::server_of;
use super::settings::{Settings, settings_of};
use crate::builtin::context_data::with_host;
use crate::builtin::options::options_of;
use crate::builtin::tls::{acceptor, change_server_tls};
use crate::js::error::node_error;
use crate::net::tls::Acceptor;

/// `setSecureContext(settings, options, handle)`: what is not given stays as it is. Connections that
/// are there keep the certificate that they began with.
pub(super) fn set_secure_context(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = options_of(arguments.get_or_undefined(1), "setSecureContext", context)?;
    let given = given.unwrap_or_else(JsObject::with_null_proto);
    let made = change_tls(arguments.get_or_undefined(0), &given, context)?;
    let handle = arguments.get_or_undefined(2);
    if !handle.is_undefined() {
        let id = server_of(handle)?;
        with_host(context, |host| host.set_tls(id, made));
    }
    Ok(JsValue::undefined())
}

fn change_tls(settings: &JsValue, given: &JsObject, context: &mut Context) -> JsResult<Acceptor> {
    let Some(mut tls) = settings_of(settings)?.tls.clone() else {
        let message = "setSecureContext: this server does not speak TLS by an option of its own; \
                       give it the option tls, or make it with https.createServer";
        return Err(node_error("ERR_INVALID_STATE", message, context));
    };
    change_server_tls(&mut tls, given, context)?;
    let made = acceptor(&tls, context)?;
    let object = settings.as_object();
    if let Some(mut settings) = object.as_ref().and_then(JsObject::downcast_mut::<Settings>) {
        settings.options.tls = Some(made.clone());
        settings.tls = Some(tls);
    }
    Ok(made)
}
