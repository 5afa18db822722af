//! The native half of `dgram`: sockets of datagrams.
//!
//! Spec: <https://nodejs.org/api/dgram.html>

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::rc::Rc;

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsString, JsValue, Trace,
    js_string,
};

use super::context_data::with_host;
use super::id_map::IdMap;
use super::net::{port, socket_address};
use crate::host::{DatagramNews, Input};
use crate::id::DatagramId;
use crate::js::activation;
use crate::js::argument::illegal_invocation;
use crate::js::convert::{bytes_of, new_uint8_array, to_utf8};
use crate::js::error::{Target, system_error};
use crate::js::executor::report_uncaught;
use crate::js::interface::Op;
use crate::net::datagram::{Binding, Datagram};

pub(super) const OPS: &[Op] = &[
    super::late_import::LOAD,
    ("told", 1, told),
    ("bind", 2, bind),
    ("send", 4, send),
    ("connect", 3, connect),
    ("disconnect", 1, disconnect),
    ("close", 1, close),
    ("reference", 2, reference),
    ("addressOf", 2, address_of),
    ("waiting", 1, waiting),
    ("set", 3, set),
    ("member", 5, member),
    ("bufferSize", 3, buffer_size),
];

/// What a script holds of a socket.
#[derive(Trace, Finalize, JsData)]
struct Handle(#[unsafe_ignore_trace] DatagramId);

/// The objects that are told, and the functions that tell them. They are roots.
struct Told {
    owners: IdMap<DatagramId, JsObject>,
    /// The prototype of `Buffer`.
    buffer: JsObject,
    /// `message(owner, bytes, address, port, isV6)`
    message: JsFunction,
    /// `failed(owner, error)`
    failed: JsFunction,
}

/// `told({buffer, message, failed})`: whom to tell.
fn told(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0).as_object();
    let given = given.ok_or_else(|| illegal_invocation("Socket"))?;
    let buffer = given.get(js_string!("buffer"), context)?.as_object();
    let message = given.get(js_string!("message"), context)?.as_function();
    let failed = given.get(js_string!("failed"), context)?.as_function();
    if let (Some(buffer), Some(message), Some(failed)) = (buffer, message, failed) {
        let owners = IdMap::default();
        context.insert_data(Rc::new(Told { owners, buffer, message, failed }));
    }
    Ok(JsValue::undefined())
}

/// Tells a script what has come.
pub fn deliver(socket: DatagramId, news: DatagramNews, input: &Input, context: &mut Context) {
    let Some(told) = context.get_data::<Rc<Told>>().cloned() else { return };
    let Some(owner) = told.owners.find(socket) else { return };
    let result = match news {
        DatagramNews::Received(range, from) => {
            let bytes = input.bytes().get(range).unwrap_or_default();
            message(&told, (owner, bytes, from), context)
        }
        DatagramNews::Failed(error) => {
            let error = system_error(&error, "recvmsg", Target::default(), context);
            error.into_opaque(context).and_then(|error| {
                let arguments = [owner.into(), error];
                activation::call(&told.failed, &JsValue::undefined(), &arguments, context)
            })
        }
    };
    if let Err(error) = result {
        report_uncaught(error, context);
    }
}

fn message(
    told: &Told,
    (owner, bytes, from): (JsObject, &[u8], SocketAddr),
    context: &mut Context,
) -> JsResult<JsValue> {
    let chunk = new_uint8_array(bytes, context)?;
    chunk.set_prototype(Some(told.buffer.clone()));
    let arguments =
        [owner.into(), chunk.into(), shown(from).into(), from.port().into(), from.is_ipv6().into()];
    activation::call(&told.message, &JsValue::undefined(), &arguments, context)
}

/// An address, with the number of its interface where it means something only there.
fn shown(address: SocketAddr) -> JsString {
    JsString::from(match address {
        SocketAddr::V6(v6) if v6.scope_id() != 0 => format!("{}%{}", v6.ip(), v6.scope_id()),
        _ => address.ip().to_string(),
    })
}

fn id_of(arguments: &[JsValue]) -> JsResult<DatagramId> {
    let object = arguments.get_or_undefined(0).as_object();
    let handle = object.as_ref().and_then(JsObject::downcast_ref::<Handle>);
    handle.map(|handle| handle.0).ok_or_else(|| illegal_invocation("Socket"))
}

fn failed(
    error: &io::Error,
    syscall: &str,
    to: Option<SocketAddr>,
    context: &mut Context,
) -> JsError {
    let address = to.map(|to| to.ip().to_string());
    let port = to.map(|to| to.port());
    system_error(error, syscall, Target { path: None, address: address.as_deref(), port }, context)
}

fn text(arguments: &[JsValue], at: usize) -> String {
    let text = arguments.get_or_undefined(at).as_string();
    text.map(|text| to_utf8(&text)).unwrap_or_default()
}

/// `bind({address, port, reuseAddr, reusePort, ipv6Only, recvBufferSize, sendBufferSize}, owner)`:
/// a handle.
fn bind(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let spec = arguments.get_or_undefined(0).as_object();
    let owner = arguments.get_or_undefined(1).as_object();
    let Some((spec, owner)) = spec.zip(owner) else { return Err(illegal_invocation("Socket")) };
    let mut field = |name: &str| spec.get(js_string!(name), context);
    let address = field("address")?.as_string().map(|text| to_utf8(&text)).unwrap_or_default();
    let port = port(&field("port")?);
    let address = socket_address(&address, port).unwrap_or_else(|| ([0, 0, 0, 0], port).into());
    let binding = Binding {
        reuse_address: field("reuseAddr")?.to_boolean(),
        reuse_port: field("reusePort")?.to_boolean(),
        only_v6: field("ipv6Only")?.to_boolean(),
        receive_bytes: size(&field("recvBufferSize")?),
        send_bytes: size(&field("sendBufferSize")?),
    };
    let bound = with_host(context, |host| host.bind_datagram(address, binding));
    let (id, _) = bound.map_err(|error| failed(&error, "bind", Some(address), context))?;
    if let Some(told) = context.get_data::<Rc<Told>>() {
        told.owners.insert(id, owner);
    }
    Ok(JsObject::from_proto_and_data(None, Handle(id)).into())
}

fn size(value: &JsValue) -> Option<usize> {
    let number = value.as_number().filter(|number| *number > 0.0)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked where it is given; a cast of a float saturates"
    )]
    Some(number as usize)
}

/// `send(handle, bytes, port, address)`: to whom it is connected, without an address.
fn send(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    let bytes = bytes_of(arguments.get_or_undefined(1), context)?.unwrap_or_default();
    let to = socket_address(&text(arguments, 3), port(arguments.get_or_undefined(2)));
    let sent = with_host(context, |host| host.send_datagram(id, bytes, to));
    sent.map_err(|error| failed(&error, "send", to, context))?;
    Ok(JsValue::undefined())
}

/// `connect(handle, port, address)`
fn connect(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    let to = socket_address(&text(arguments, 2), port(arguments.get_or_undefined(1)));
    let Some(to) = to else { return Err(illegal_invocation("Socket")) };
    let connected = with_host(context, |host| host.with_datagram(id, |it| it.connect(to)));
    connected.unwrap_or(Ok(())).map_err(|error| failed(&error, "connect", Some(to), context))?;
    Ok(JsValue::undefined())
}

/// `disconnect(handle)`
fn disconnect(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    let done = with_host(context, |host| host.disconnect_datagram(id));
    done.map_err(|error| failed(&error, "disconnect", None, context))?;
    Ok(JsValue::undefined())
}

/// `close(handle)`
fn close(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    with_host(context, |host| host.close_datagram(id));
    if let Some(told) = context.get_data::<Rc<Told>>().cloned() {
        drop(told.owners.remove(id));
    }
    Ok(JsValue::undefined())
}

/// `reference(handle, whether)`
fn reference(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    let referenced = arguments.get_or_undefined(1).to_boolean();
    with_host(context, |host| host.set_datagram_referenced(id, referenced));
    Ok(JsValue::undefined())
}

/// `addressOf(handle, isPeer)`: `[address, port, isV6]`
fn address_of(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    let is_peer = arguments.get_or_undefined(1).to_boolean();
    let look = |it: &Datagram| if is_peer { it.peer_addr() } else { Ok(it.local_addr()) };
    let address = with_host(context, |host| host.with_datagram(id, look));
    let Some(address) = address else { return Ok(JsValue::undefined()) };
    let syscall = if is_peer { "getpeername" } else { "getsockname" };
    let address = address.map_err(|error| failed(&error, syscall, None, context))?;
    let values: [JsValue; 3] =
        [shown(address).into(), address.port().into(), address.is_ipv6().into()];
    Ok(JsArray::from_iter(values, context).into())
}

/// `waiting(handle)`: `[bytes, datagrams]` that wait for the kernel.
fn waiting(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    let (bytes, count) = with_host(context, |host| host.datagrams_waiting(id));
    Ok(JsArray::from_iter([JsValue::from(bytes), JsValue::from(count)], context).into())
}

/// `set(handle, what, value)`
fn set(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    let what = text(arguments, 1);
    let value = arguments.get_or_undefined(2);
    let (wanted, number) = (value.to_boolean(), size(value).unwrap_or_default());
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let given = value.as_string().map(|text| to_utf8(&text)).unwrap_or_default();
    let done = with_host(context, |host| {
        host.with_datagram(id, |it| match &*what {
            "broadcast" => it.set_broadcast(wanted),
            "ttl" => it.set_ttl(number),
            "multicastTtl" => it.set_multicast_ttl(number),
            "multicastLoopback" => it.set_multicast_loop(wanted),
            _ => it.set_multicast_interface(v4(&given), scope(&given)),
        })
    });
    done.unwrap_or(Ok(())).map_err(|error| failed(&error, syscall_of(&what), None, context))?;
    Ok(JsValue::undefined())
}

/// What Node.js calls it.
fn syscall_of(what: &str) -> &'static str {
    match what {
        "broadcast" => "setBroadcast",
        "ttl" => "setTTL",
        "multicastTtl" => "setMulticastTTL",
        "multicastLoopback" => "setMulticastLoopback",
        _ => "setMulticastInterface",
    }
}

fn v4(text: &str) -> Ipv4Addr {
    text.parse().unwrap_or(Ipv4Addr::UNSPECIFIED)
}

/// The number of an interface, behind a `%` or by itself.
fn scope(text: &str) -> u32 {
    text.rsplit('%').next().and_then(|scope| scope.parse().ok()).unwrap_or_default()
}

/// `member(handle, joins, group, interface, source)`
fn member(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    let joins = arguments.get_or_undefined(1).to_boolean();
    let (group, interface, source) = (text(arguments, 2), text(arguments, 3), text(arguments, 4));
    let done = with_host(context, |host| {
        host.with_datagram(id, |it| match group.parse() {
            Ok(IpAddr::V4(group)) if !source.is_empty() => {
                let source = source.parse().map_err(|_| io::ErrorKind::InvalidInput)?;
                it.set_source_member_v4((source, group), v4(&interface), joins)
            }
            Ok(IpAddr::V4(group)) => it.set_member_v4(group, v4(&interface), joins),
            Ok(IpAddr::V6(group)) if source.is_empty() => {
                it.set_member_v6(group, scope(&interface), joins)
            }
            Ok(IpAddr::V6(_)) => Err(io::ErrorKind::Unsupported.into()),
            Err(_) => Err(invalid()),
        })
    });
    let syscall = match (joins, source.is_empty()) {
        (true, true) => "addMembership",
        (false, true) => "dropMembership",
        (true, false) => "addSourceSpecificMembership",
        (false, false) => "dropSourceSpecificMembership",
    };
    done.unwrap_or(Ok(())).map_err(|error| failed(&error, syscall, None, context))?;
    Ok(JsValue::undefined())
}

fn invalid() -> io::Error {
    io::Error::from_raw_os_error(libc::EINVAL)
}

/// `bufferSize(handle, isReceive, size)`: sets it, or returns it where no size is given.
fn buffer_size(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = id_of(arguments)?;
    let is_receive = arguments.get_or_undefined(1).to_boolean();
    let wanted = size(arguments.get_or_undefined(2));
    let look = |it: &Datagram| match (wanted, is_receive) {
        (Some(bytes), true) => it.set_receive_buffer(bytes).map(|()| bytes),
        (Some(bytes), false) => it.set_send_buffer(bytes).map(|()| bytes),
        (None, true) => it.buffer_sizes().map(|(receive, _)| receive),
        (None, false) => it.buffer_sizes().map(|(_, send)| send),
    };
    let done = with_host(context, |host| host.with_datagram(id, look));
    let size = done.unwrap_or(Ok(0));
    let size = size.map_err(|error| failed(&error, "uv_buffer_size", None, context))?;
    Ok(JsValue::from(size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interface_is_a_number_behind_a_percent_sign() {
        assert_eq!((scope("::%3"), scope("7"), scope("eth0"), scope("")), (3, 7, 0, 0));
        assert_eq!(v4("::%3"), Ipv4Addr::UNSPECIFIED);
        let address = socket_address("fe80::1%2", 53).map(shown);
        assert_eq!(address.map(|text| text.to_std_string_lossy()).as_deref(), Some("fe80::1%2"));
        let loopback = std::net::Ipv6Addr::LOCALHOST;
        assert_eq!(socket_address("::1", 1), Some((loopback, 1).into()));
    }
}
