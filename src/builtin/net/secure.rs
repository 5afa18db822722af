//! TLS on connections of scripts: begun on one that is there, and what it has agreed on.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, js_string};

use super::handles::conn_of;
use super::listen::server_of;
use crate::builtin::context_data::with_host;
use crate::builtin::tls::{acceptor, certificate_object, raw_client_tls, raw_server_tls, thrown};
use crate::host::Securing;
use crate::js::argument::illegal_invocation;
use crate::js::convert::{bytes_of, new_uint8_array, to_utf8};
use crate::js::interface::set_field;
use crate::net::tls::{self, Connector};

fn options_in(arguments: &[JsValue], at: usize) -> JsResult<JsObject> {
    let options = arguments.get_or_undefined(at).as_object();
    options.ok_or_else(|| illegal_invocation("SecureContext"))
}

fn begin(with: &Securing, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let conn = conn_of(arguments.get_or_undefined(0));
    let conn = conn.ok_or_else(|| illegal_invocation("Socket"))?;
    let unread = bytes_of(arguments.get_or_undefined(2), context)?.unwrap_or_default();
    let begun = with_host(context, |host| host.secure_raw(conn, with, &unread));
    begun.map_err(|fault| thrown(&fault, context))?;
    Ok(JsValue::undefined())
}

/// `secureClient(handle, options, unread)`: goes on in TLS as the side that has connected.
pub(super) fn secure_client(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let options = options_in(arguments, 1)?;
    let host = options.get(js_string!("host"), context)?.as_string();
    let host = host.map(|host| to_utf8(&host)).unwrap_or_default();
    let options = raw_client_tls(&options, context)?;
    let connector = Connector::new(&options, &host).map_err(|fault| thrown(&fault, context))?;
    begin(&Securing::Client(connector), arguments, context)
}

/// `secureServer(handle, options, unread)`: the same as the other side.
pub(super) fn secure_server(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let options = options_in(arguments, 1)?;
    let options = raw_server_tls(&options, context)?;
    let acceptor = acceptor(&options, context)?;
    begin(&Securing::Server(acceptor), arguments, context)
}

/// `facts(handle)`: `{version, suite, protocol, reused, chain}`, or undefined.
pub(super) fn facts(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let conn = conn_of(arguments.get_or_undefined(0));
    let Some(facts) = conn.and_then(|conn| with_host(context, |host| host.tls_facts(conn))) else {
        return Ok(JsValue::undefined());
    };
    let object = JsObject::with_null_proto();
    if let Some(version) = facts.version {
        set_field(&object, js_string!("version"), js_string!(version));
    }
    if let Some(suite) = facts.suite {
        set_field(&object, js_string!("suite"), JsString::from(suite));
    }
    if let Some(protocol) = facts.protocol {
        let text = JsString::from(boa_engine::string::JsStr::latin1(&protocol));
        set_field(&object, js_string!("protocol"), text);
    }
    set_field(&object, js_string!("reused"), JsValue::from(facts.reused));
    let mut chain = Vec::new();
    for certificate in &facts.chain {
        chain.push(new_uint8_array(certificate, context)?.into());
    }
    set_field(&object, js_string!("chain"), JsArray::from_iter(chain, context));
    Ok(object.into())
}

/// `certificate(der)`: what it says of itself.
pub(super) fn certificate(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let der = bytes_of(arguments.get_or_undefined(0), context)?.unwrap_or_default();
    certificate_object(&der, context)
}

/// `checkServer(options, host, chain)`: throws if the certificates are not those of this host.
pub(super) fn check_server(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let options = raw_client_tls(&options_in(arguments, 0)?, context)?;
    let host = arguments.get_or_undefined(1).as_string();
    let host = host.map(|host| to_utf8(&host)).unwrap_or_default();
    let mut chain = Vec::new();
    if let Some(list) = arguments.get_or_undefined(2).as_object() {
        let list = JsArray::from_object(list)?;
        for index in 0..list.length(context)? {
            let der = list.get(index, context)?;
            chain.push(bytes_of(&der, context)?.unwrap_or_default());
        }
    }
    tls::check_server(&options, &host, &chain).map_err(|fault| thrown(&fault, context))?;
    Ok(JsValue::undefined())
}

/// `checkContext(options, isServer)`: throws if they cannot be used.
pub(super) fn check_context(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let options = options_in(arguments, 0)?;
    if arguments.get_or_undefined(1).to_boolean() {
        let options = raw_server_tls(&options, context)?;
        acceptor(&options, context)?;
    } else {
        let options = raw_client_tls(&options, context)?;
        Connector::new(&options, "localhost").map_err(|fault| thrown(&fault, context))?;
    }
    Ok(JsValue::undefined())
}

/// `setContext(server, options)`: another certificate, from the next connection on.
pub(super) fn set_context(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    let options = raw_server_tls(&options_in(arguments, 1)?, context)?;
    let acceptor = acceptor(&options, context)?;
    with_host(context, |host| host.set_tls(id, acceptor));
    Ok(JsValue::undefined())
}

/// `roots()`: the certificates of the system's authorities.
pub(super) fn roots(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut roots = Vec::new();
    for der in tls::root_certificates() {
        roots.push(new_uint8_array(&der, context)?.into());
    }
    Ok(JsArray::from_iter(roots, context).into())
}
