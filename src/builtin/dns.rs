//! The native half of `dns`: look-ups by the system, and messages for name servers. Who is asked,
//! how often and for how long, `runtime/dns_resolver.js` decides.
//!
//! Spec: <https://nodejs.org/api/dns.html>

use std::io::Read;
use std::net::IpAddr;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, js_string};

use super::late_import::LOAD;
use crate::js::convert::{new_array_buffer, new_uint8_array, to_utf8, with_bytes};
use crate::js::interface::{Op, set_field};
use crate::js::ops::spawn;
use crate::limits::{DNS_SERVERS_MAX, RESOLV_CONF_BYTES_MAX};
use crate::net::resolve::look_up;
use crate::proto::dns::{Answer, Data, Kind, Record, Refused, decode, encode};

pub(super) const OPS: &[Op] = &[
    LOAD,
    ("lookUp", 1, look_up_name),
    ("systemServers", 0, system_servers),
    ("encode", 3, encode_question),
    ("decode", 4, decode_answer),
];

/// `lookUp(name)`: a promise of addresses, or of a text that says why there are none.
fn look_up_name(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = arguments.get_or_undefined(0).as_string();
    let name = name.map(|name| to_utf8(&name)).unwrap_or_default();
    let work = move || look_up(&name).map_err(|error| error.to_string());
    Ok(spawn(work, found, context).into())
}

fn found(addresses: Result<Vec<IpAddr>, String>, context: &mut Context) -> JsResult<JsValue> {
    Ok(match addresses {
        Ok(addresses) => {
            let texts = addresses.iter().map(|address| JsString::from(address.to_string()).into());
            let texts: Vec<JsValue> = texts.collect();
            JsArray::from_iter(texts, context).into()
        }
        Err(why) => JsString::from(why).into(),
    })
}

/// `systemServers()`: the addresses of the name servers that the system asks.
fn system_servers(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut text = String::new();
    let read = std::fs::File::open("/etc/resolv.conf")
        .and_then(|file| file.take(RESOLV_CONF_BYTES_MAX).read_to_string(&mut text));
    if let Err(error) = read {
        log::debug!("cannot read /etc/resolv.conf: {error}");
    }
    let servers = servers_in(&text);
    let servers: Vec<JsValue> =
        servers.into_iter().map(|server| JsString::from(server).into()).collect();
    Ok(JsArray::from_iter(servers, context).into())
}

/// What stands behind `nameserver`, as far as it is an address.
fn servers_in(text: &str) -> Vec<&str> {
    let servers = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        (words.next() == Some("nameserver")).then(|| words.next()).flatten()
    });
    let is_address = |server: &&str| {
        server.split('%').next().is_some_and(|address| address.parse::<IpAddr>().is_ok())
    };
    servers.filter(is_address).take(DNS_SERVERS_MAX).collect()
}

fn question(arguments: &[JsValue]) -> Option<(u16, String, Kind)> {
    let id = arguments.get_or_undefined(0).as_number()?;
    let name = to_utf8(&arguments.get_or_undefined(1).as_string()?);
    let kind = to_utf8(&arguments.get_or_undefined(2).as_string()?);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "two bytes that the JavaScript half has chosen"
    )]
    Some((id as u16, name, Kind::named(&kind)?))
}

/// `encode(id, name, kind)`: the bytes of a question, or undefined where it is no name.
fn encode_question(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let encoded = question(arguments).and_then(|(id, name, kind)| encode(id, &name, kind));
    match encoded {
        Some(bytes) => Ok(new_uint8_array(&bytes, context)?.into()),
        None => Ok(JsValue::undefined()),
    }
}

/// `decode(id, name, kind, bytes)`: an array of records, the code of an error, `'TRUNCATED'`, or
/// undefined if it is no answer to that question.
fn decode_answer(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some((id, name, kind)) = question(arguments) else { return Ok(JsValue::undefined()) };
    let bytes = arguments.get_or_undefined(3);
    let answer = with_bytes(bytes, context, |bytes| decode(bytes, id, &name, kind))?.flatten();
    Ok(match answer {
        None => JsValue::undefined(),
        Some(Answer::Truncated) => js_string!("TRUNCATED").into(),
        Some(Answer::Refused(refused)) => js_string!(code(refused)).into(),
        Some(Answer::Records(records)) => {
            let mut values = Vec::with_capacity(records.len());
            for record in &records {
                values.push(record_object(record, context)?);
            }
            JsArray::from_iter(values, context).into()
        }
    })
}

fn code(refused: Refused) -> &'static str {
    match refused {
        Refused::Format => "EFORMERR",
        Refused::Server => "ESERVFAIL",
        Refused::NoName => "ENOTFOUND",
        Refused::NotImplemented => "ENOTIMP",
        Refused::Refused => "EREFUSED",
        Refused::NoData => "ENODATA",
        Refused::Broken => "EBADRESP",
    }
}

/// `[kind, ttl, parts]`, with the names that Node.js has for the parts. What is a value by itself, such
/// as an address, is `value`.
fn record_object(record: &Record, context: &mut Context) -> JsResult<JsValue> {
    let object = JsObject::with_object_proto(context.intrinsics());
    let text = |text: &str| JsValue::from(JsString::from(text));
    let latin1 =
        |bytes: &[u8]| JsValue::from(JsString::from(boa_engine::string::JsStr::latin1(bytes)));
    let set = |name: &str, value: JsValue| set_field(&object, js_string!(name), value);
    match &record.data {
        Data::V4(address) => set("value", text(&IpAddr::from(*address).to_string())),
        Data::V6(address) => set("value", text(&IpAddr::from(*address).to_string())),
        Data::Name(name) => set("value", text(name)),
        Data::Mx { priority, exchange } => {
            set("exchange", text(exchange));
            set("priority", JsValue::from(*priority));
        }
        Data::Txt(pieces) => {
            let pieces: Vec<JsValue> =
                pieces.iter().map(|piece| text(&String::from_utf8_lossy(piece))).collect();
            set("value", JsArray::from_iter(pieces, context).into());
        }
        Data::Srv { priority, weight, port, target } => {
            set("name", text(target));
            set("port", JsValue::from(*port));
            set("priority", JsValue::from(*priority));
            set("weight", JsValue::from(*weight));
        }
        Data::Soa { nsname, hostmaster, serial, refresh, retry, expire, minimum } => {
            set("nsname", text(nsname));
            set("hostmaster", text(hostmaster));
            set("serial", JsValue::from(*serial));
            set("refresh", JsValue::from(*refresh));
            set("retry", JsValue::from(*retry));
            set("expire", JsValue::from(*expire));
            set("minttl", JsValue::from(*minimum));
        }
        Data::Caa { critical, tag, value } => {
            set("critical", JsValue::from(*critical));
            set(tag, latin1(value));
        }
        Data::Naptr { order, preference, flags, service, regexp, replacement } => {
            set("flags", latin1(flags));
            set("service", latin1(service));
            set("regexp", latin1(regexp));
            set("replacement", text(replacement));
            set("order", JsValue::from(*order));
            set("preference", JsValue::from(*preference));
        }
        Data::Tlsa { usage, selector, matching, data } => {
            set("certUsage", JsValue::from(*usage));
            set("selector", JsValue::from(*selector));
            set("match", JsValue::from(*matching));
            set("data", new_array_buffer(data, context)?.into());
        }
        Data::Other => {}
    }
    let kind = text(record.kind.name().unwrap_or_default());
    let all = [kind, JsValue::from(record.ttl), object.into()];
    Ok(JsArray::from_iter(all, context).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_the_addresses_of_the_file() {
        let text = "# a comment\nnameserver 127.0.0.53\noptions edns0\nnameserver fe80::1%2\n\
                    nameserver\nnameserver x\n nameserver  ::1 \nnameserver 1.1.1.1\n";
        assert_eq!(servers_in(text), ["127.0.0.53", "fe80::1%2", "::1"]);
    }
}
