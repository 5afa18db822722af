//! Servers: listening and closing.

use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use super::connect::{port, socket_address, text};
use crate::builtin::context_data::with_host;
use crate::builtin::id_map::IdMap;
use crate::builtin::signals::signals;
use crate::builtin::tls::{acceptor, raw_server_tls};
use crate::host::{ListenAddress, ServerOptions};
use crate::id::ServerId;
use crate::js::argument::illegal_invocation;
use crate::js::async_context;
use crate::js::error::{Target, system_error, type_error};
use crate::js::interface::set_field;
use crate::limits::RAW_BACKLOG;
use crate::net::listener::Address;

/// What a script gave for a server.
pub(super) struct Listening {
    /// Called with the handle of each connection.
    pub(super) accepted: JsFunction,
    /// Called once the last connection is gone.
    pub(super) closed: JsFunction,
}

/// The servers that listen or still have connections. They are roots.
#[derive(Default)]
pub(super) struct Servers(pub(super) IdMap<ServerId, Rc<Listening>>);

/// What a script holds of a server.
#[derive(Trace, Finalize, JsData)]
struct Handle(#[unsafe_ignore_trace] ServerId);

/// The server of a handle.
pub(super) fn server_of(value: &JsValue) -> JsResult<ServerId> {
    let object = value.as_object();
    let handle = object.as_ref().and_then(JsObject::downcast_ref::<Handle>);
    handle.map(|handle| handle.0).ok_or_else(|| illegal_invocation("Server"))
}

/// `listen({address, port, path, fd, backlog, reusePort, tls, accepted, closed})`:
/// `{handle, address, port, family}`, or `{handle, path}`.
pub(super) fn listen(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let spec = arguments.get_or_undefined(0).as_object();
    let spec = spec.ok_or_else(|| illegal_invocation("Server"))?;
    let address = address(&spec, context)?;
    let mut function = |name: &str| {
        let function = spec.get(js_string!(name), context)?.as_function();
        function.ok_or_else(|| type_error("not a function"))
    };
    let (accepted, closed) = (function("accepted")?, function("closed")?);
    let accepted = async_context::bound(accepted, context)?;
    let backlog = spec.get(js_string!("backlog"), context)?.as_number();
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float saturates")]
    let backlog = backlog.map_or(RAW_BACKLOG, |backlog| backlog as i32);
    let tls = match spec.get(js_string!("tls"), context)?.as_object() {
        Some(options) => {
            let options = raw_server_tls(&options, context)?;
            Some(acceptor(&options, context)?)
        }
        None => None,
    };
    let reuse_port = spec.get(js_string!("reusePort"), context)?.to_boolean();
    let options = ServerOptions { raw: true, tls, reuse_port, ..ServerOptions::default() };
    match with_host(context, |host| host.listen(&address, backlog, options)) {
        Ok((id, bound)) => {
            if let Some(signals) = signals(context) {
                signals.watch_ends();
            }
            if context.get_data::<Servers>().is_none() {
                context.insert_data(Servers::default());
            }
            if let Some(servers) = context.get_data::<Servers>() {
                servers.0.insert(id, Rc::new(Listening { accepted, closed }));
            }
            Ok(described(id, &bound, context))
        }
        Err(error) => {
            let (place, port) = match &address {
                ListenAddress::AnyAddress(port) => (Some("::".to_owned()), Some(*port)),
                ListenAddress::Tcp(address) => {
                    (Some(address.ip().to_string()), Some(address.port()))
                }
                // As Node has it: the path stands where an address would.
                ListenAddress::Unix(path) => (Some(path.to_string_lossy().into_owned()), None),
                ListenAddress::Inherited(_) => (None, None),
            };
            let target = Target { address: place.as_deref(), port, path: None };
            Err(system_error(&error, "listen", target, context))
        }
    }
}

fn address(spec: &JsObject, context: &mut Context) -> JsResult<ListenAddress> {
    if let Some(path) = text(spec, "path", context)? {
        return Ok(ListenAddress::Unix(path.into()));
    }
    let fd = spec.get(js_string!("fd"), context)?.as_number();
    if let Some(fd) = fd {
        #[expect(clippy::cast_possible_truncation, reason = "checked where it is given")]
        return Ok(ListenAddress::Inherited(fd as i32));
    }
    let port = port(&spec.get(js_string!("port"), context)?);
    let address = text(spec, "address", context)?;
    let address = address.and_then(|address| socket_address(&address, port));
    Ok(address.map_or(ListenAddress::AnyAddress(port), ListenAddress::Tcp))
}

fn described(id: ServerId, bound: &Address, context: &Context) -> JsValue {
    let object = JsObject::with_object_proto(context.intrinsics());
    set_field(&object, js_string!("handle"), JsObject::from_proto_and_data(None, Handle(id)));
    match bound {
        Address::Tcp(address) => {
            let ip = JsString::from(address.ip().to_string());
            let family = if address.is_ipv6() { js_string!("IPv6") } else { js_string!("IPv4") };
            set_field(&object, js_string!("address"), ip);
            set_field(&object, js_string!("family"), family);
            set_field(&object, js_string!("port"), JsValue::from(address.port()));
        }
        Address::Unix(path) => {
            let path = JsString::from(path.to_string_lossy().into_owned());
            set_field(&object, js_string!("path"), path);
        }
    }
    object.into()
}

/// `close(handle)`: stops listening.
pub(super) fn close(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    with_host(context, |host| host.close_listener(id));
    Ok(JsValue::undefined())
}

/// `referenceServer(handle, whether)`
pub(super) fn reference(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    let referenced = arguments.get_or_undefined(1).to_boolean();
    with_host(context, |host| host.set_server_referenced(id, referenced));
    Ok(JsValue::undefined())
}
