//! `connect`: to a path, or to addresses that have been found already.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use super::handles::{adopt, owners};
use crate::builtin::context_data::with_host;
use crate::builtin::tls::{raw_client_tls, thrown};
use crate::host::RawWish;
use crate::js::convert::to_utf8;
use crate::js::error::type_error;
use crate::net::listener::Address;
use crate::net::tls::Connector;

/// `connect(spec, owner)`: a handle. The spec has `path`, or `addresses` (each an address and a
/// port in turn), and `localAddress`, `localPort`, and `tls` with `host`.
pub(super) fn connect(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let spec = arguments.get_or_undefined(0).as_object();
    let owner = arguments.get_or_undefined(1).as_object();
    let Some((spec, owner)) = spec.zip(owner) else { return Err(type_error("no connection")) };
    let addresses = match text(&spec, "path", context)? {
        Some(path) => vec![Address::Unix(PathBuf::from(path))],
        None => addresses(&spec, context)?,
    };
    if addresses.is_empty() {
        return Err(type_error("no address to connect to"));
    }
    let local = text(&spec, "localAddress", context)?.and_then(|text| text.parse().ok());
    let local_port = port(&spec.get(js_string!("localPort"), context)?);
    let any = match addresses.first() {
        Some(Address::Tcp(SocketAddr::V6(_))) => IpAddr::from([0_u16; 8]),
        _ => IpAddr::from([0_u8; 4]),
    };
    let local = match (local, local_port) {
        (None, 0) => None,
        (address, port) => Some(SocketAddr::new(address.unwrap_or(any), port)),
    };
    let tls = match spec.get(js_string!("tls"), context)?.as_object() {
        Some(options) => {
            let host = text(&spec, "host", context)?.unwrap_or_default();
            let options = raw_client_tls(&options, context)?;
            Some(Connector::new(&options, &host).map_err(|fault| thrown(&fault, context))?)
        }
        None => None,
    };
    let conn = with_host(context, |host| host.connect_raw(RawWish { addresses, local, tls }));
    owners(context).0.insert(conn, owner);
    Ok(adopt(conn, context).into())
}

fn addresses(spec: &JsObject, context: &mut Context) -> JsResult<Vec<Address>> {
    let Some(list) = spec.get(js_string!("addresses"), context)?.as_object() else {
        return Ok(Vec::new());
    };
    let list = JsArray::from_object(list)?;
    let mut addresses = Vec::new();
    for index in (0..list.length(context)?).step_by(2) {
        let address = list.get(index, context)?.as_string().map(|text| to_utf8(&text));
        let port = port(&list.get(index + 1, context)?);
        if let Some(address) = address.as_deref().and_then(|text| socket_address(text, port)) {
            addresses.push(Address::Tcp(address));
        }
    }
    Ok(addresses)
}

/// An address, of IPv6 perhaps with the number of an interface behind a `%`.
pub(in crate::builtin) fn socket_address(text: &str, port: u16) -> Option<SocketAddr> {
    match text.split_once('%') {
        Some((address, scope)) => {
            let address = address.parse().ok()?;
            let scope = scope.parse().ok()?;
            Some(std::net::SocketAddrV6::new(address, port, 0, scope).into())
        }
        None => Some(SocketAddr::new(text.parse().ok()?, port)),
    }
}

/// A port that the JavaScript half has checked.
pub(in crate::builtin) fn port(value: &JsValue) -> u16 {
    let number = value.as_number().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked where it is given; a cast of a float saturates"
    )]
    let port = number as u16;
    port
}

pub(super) fn text(spec: &JsObject, name: &str, context: &mut Context) -> JsResult<Option<String>> {
    let value = spec.get(js_string!(name), context)?;
    Ok(value.as_string().map(|text| to_utf8(&text)))
}
