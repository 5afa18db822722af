//! Parts of a request as scripts see them, on requests and on accepted `WebSocket`s alike.

use std::net::SocketAddr;

use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string};

use crate::js::interface::set_field;
use crate::proto::http1::Headers;

/// Header fields as an object: lower-case names; repeated fields joined as RFC 9110 5.3 allows,
/// but `set-cookie`, which cannot be, as an array. There are too few of them for names that collide
/// to cost anything.
pub(super) fn headers_object(headers: &Headers, context: &mut Context) -> JsResult<JsObject> {
    let object = JsObject::with_null_proto();
    for (name, value) in headers.iter() {
        let key = PropertyKey::from(js_string!(name));
        let value = latin1(value);
        let before = object.get(key.clone(), context)?;
        let value: JsValue = if name == "set-cookie" {
            let list = match before.as_object() {
                Some(list) => JsArray::from_object(list.clone())?,
                None => JsArray::new(context)?,
            };
            list.push(value, context)?;
            list.into()
        } else if let Some(before) = before.as_string() {
            let separator = if name == "cookie" { js_string!("; ") } else { js_string!(", ") };
            js_string!(&before, &separator, &value).into()
        } else {
            value.into()
        };
        set_field(&object, key, value);
    }
    Ok(object)
}

/// Field values are bytes; each becomes the character of that number, as in Node.
pub(super) fn latin1(bytes: &[u8]) -> JsString {
    JsString::from(boa_engine::string::JsStr::latin1(bytes))
}

/// Its port, where it is known.
pub(super) fn port_value(address: Option<SocketAddr>) -> JsValue {
    let port = address.map(|address| address.port()).filter(|port| *port > 0);
    port.map_or(JsValue::undefined(), JsValue::from)
}

/// An address: IPv4 even when it came in over an IPv6 socket.
pub(super) fn address_value(address: Option<SocketAddr>) -> JsValue {
    address.map_or(JsValue::undefined(), |address| {
        js_string!(address.ip().to_canonical().to_string()).into()
    })
}
