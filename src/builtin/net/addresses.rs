//! Addresses as texts: whether one is, and its bits.

use std::net::IpAddr;

use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue};

use crate::builtin::late_class::late_classes;
use crate::js::convert::to_utf8;

/// The address of a text, of IPv6 perhaps with an interface behind a `%`.
fn parsed(value: &JsValue) -> Option<IpAddr> {
    let text = to_utf8(&value.as_string()?);
    let address: IpAddr = match text.split_once('%') {
        Some((address, scope)) if !scope.is_empty() => {
            address.parse().ok().filter(IpAddr::is_ipv6)?
        }
        _ => text.parse().ok()?,
    };
    Some(address)
}

/// `isIP(text)`: 4, 6 or 0.
pub(super) fn is_ip(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(match parsed(arguments.get_or_undefined(0)) {
        Some(IpAddr::V4(_)) => 4,
        Some(IpAddr::V6(_)) => 6,
        None => 0,
    }
    .into())
}

/// `bitsOf(text)`: the bits of an address, in hexadecimal.
pub(super) fn bits_of(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let digits = match parsed(arguments.get_or_undefined(0)) {
        Some(IpAddr::V4(address)) => format!("{:x}", address.to_bits()),
        Some(IpAddr::V6(address)) => format!("{:x}", address.to_bits()),
        None => "0".to_owned(),
    };
    Ok(JsString::from(digits).into())
}

/// `addressClasses()`: those that are loaded when they are used.
pub(super) fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    late_classes("internal:net_addresses", &["BlockList", "SocketAddress"], context)
}
