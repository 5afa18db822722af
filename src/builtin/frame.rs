//! The native half of `krandog:frame`: the codec of the WebSocket core, one frame at a time.

use std::cell::RefCell;

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace, js_string,
};

use crate::builtin::blob::with_blob_bytes;
use crate::builtin::options::{Opt, flag, options_of, read, whole};
use crate::js::argument::{illegal_invocation, wrong_type, wrong_value};
use crate::js::convert::{
    bytes_of, js_string_from_utf8, map_sequence, new_uint8_array, to_utf8, with_bytes, with_utf8,
};
use crate::js::error::type_error;
use crate::js::interface::Op;
use crate::limits;
use crate::proto::ws::close::REASON_MAX;
use crate::proto::ws::decoder::{DecoderConfig, FrameDecoder, WholeFrame};
use crate::proto::ws::frame::{CONTROL_MAX, HEADER_MAX, encode_any};
use crate::proto::ws::handshake::{self, HeaderLookup};
use crate::proto::ws::{PeerError, mask, utf8};

pub(super) const OPS: &[Op] = &[
    ("createDecoder", 1, create_decoder),
    ("decode", 2, decode),
    ("readEncoder", 1, read_encoder),
    ("encode", 3, encode),
    ("toBytes", 1, to_bytes),
    ("isUtf8", 1, is_utf8),
    ("acceptKey", 1, accept_key),
    ("checkRequest", 3, check_request),
    ("limits", 0, numbers),
];

#[derive(Trace, Finalize, JsData)]
struct Decoder(#[unsafe_ignore_trace] RefCell<FrameDecoder>);

const DECODER: [Opt<DecoderConfig>; 3] = [
    whole("maxPayload", (0, limits::OPTION_MESSAGE_MAX), |to, bytes| to.max_payload = bytes),
    flag("masked", |to, masked| to.masked = Some(masked)),
    flag("rsv1", |to, rsv1| to.rsv1 = rsv1),
];

/// `createDecoder(options)`.
fn create_decoder(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut config =
        DecoderConfig { max_payload: limits::SERVER_MAX_PAYLOAD, masked: None, rsv1: false };
    if let Some(options) = options_of(arguments.get_or_undefined(0), "FrameDecoder", context)? {
        read(&options, "", &[&DECODER], &mut config, context)?;
    }
    let decoder = Decoder(RefCell::new(FrameDecoder::new(config)));
    Ok(JsObject::from_proto_and_data(None, decoder).into())
}

/// `decode(decoder, bytes)`: the frames that are whole with these bytes, as arrays of the first byte,
/// the masking key or null, and the payload; then, in case of a fault, its close code and its text.
fn decode(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(1);
    let (frames, fault) = {
        let decoder = arguments.get_or_undefined(0).as_object();
        let decoder = decoder.as_ref().and_then(JsObject::downcast_ref::<Decoder>);
        let decoder = decoder.ok_or_else(|| illegal_invocation("FrameDecoder"))?;
        let found = with_bytes(given, context, |bytes| all_of(&mut decoder.0.borrow_mut(), bytes))?;
        let wanted = "an ArrayBuffer or a view of one";
        found.ok_or_else(|| wrong_type("bytes", wanted, given, context))?
    };
    let decoded = JsArray::new(context)?;
    for WholeFrame { header, payload } in frames {
        let key = match header.key {
            Some(key) => new_uint8_array(&key, context)?.into(),
            None => JsValue::null(),
        };
        let payload = new_uint8_array(&payload, context)?;
        let frame = [header.first_byte().into(), key, payload.into()];
        decoded.push(JsArray::from_iter(frame, context), context)?;
    }
    if let Some(fault) = fault {
        decoded.push(fault.close_code(), context)?;
        decoded.push(js_string_from_utf8(&fault.to_string()), context)?;
    }
    Ok(decoded.into())
}

fn all_of(decoder: &mut FrameDecoder, bytes: &[u8]) -> (Vec<WholeFrame>, Option<PeerError>) {
    let (mut frames, mut pos) = (Vec::new(), 0);
    loop {
        match decoder.receive(bytes, &mut pos) {
            Ok(Some(frame)) => frames.push(frame),
            Ok(None) => return (frames, None),
            Err(fault) => return (frames, Some(fault)),
        }
    }
}

const ENCODER: [Opt<bool>; 1] = [flag("mask", |to, mask| *to = mask)];

/// `readEncoder(options)`: whether it masks.
fn read_encoder(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut mask = false;
    if let Some(options) = options_of(arguments.get_or_undefined(0), "FrameEncoder", context)? {
        read(&options, "", &[&ENCODER], &mut mask, context)?;
    }
    Ok(mask.into())
}

/// `encode(first, payload, mask)`: one frame. `mask` is a key, true for a random one, or false.
fn encode(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let first = arguments.get_or_undefined(0).to_u32(context)?.to_le_bytes()[0];
    let given = arguments.get_or_undefined(2);
    let key = match given.as_boolean() {
        Some(masks) => masks.then(mask::new_key),
        None => Some(key_of(given, context)?),
    };
    let encoded = with_bytes(arguments.get_or_undefined(1), context, |payload| {
        let mut encoded = Vec::new();
        encode_any(first, payload, key, &mut encoded);
        encoded
    })?;
    let encoded = encoded.ok_or_else(|| type_error("not bytes"))?;
    Ok(new_uint8_array(&encoded, context)?.into())
}

fn key_of(given: &JsValue, context: &mut Context) -> JsResult<[u8; 4]> {
    let key = bytes_of(given, context)?.and_then(|bytes| bytes.try_into().ok());
    key.ok_or_else(|| wrong_type("mask", "true, false or 4 bytes", given, context))
}

/// `toBytes(data)`: a copy of it, as a `Uint8Array`; of a string, its UTF-8.
fn to_bytes(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let data = arguments.get_or_undefined(0);
    let bytes = if let Some(text) = data.as_string() {
        Some(with_utf8(&text, <[u8]>::to_vec))
    } else if let Some(bytes) = bytes_of(data, context)? {
        Some(bytes)
    } else {
        let object = data.as_object();
        object.and_then(|object| with_blob_bytes(&object, <[u8]>::to_vec))
    };
    let wanted = "a string, an ArrayBuffer, a view of one or a Blob";
    let bytes = bytes.ok_or_else(|| wrong_type("payload", wanted, data, context))?;
    Ok(new_uint8_array(&bytes, context)?.into())
}

/// `isUtf8(bytes)`.
fn is_utf8(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let is =
        with_bytes(arguments.get_or_undefined(0), context, |bytes| utf8::check(bytes).is_ok())?;
    Ok(is.unwrap_or_default().into())
}

/// `acceptKey(key)`: `Sec-WebSocket-Accept` for a `Sec-WebSocket-Key`.
fn accept_key(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0);
    let key =
        given.as_string().ok_or_else(|| wrong_type("key", "of type string", given, context))?;
    Ok(js_string_from_utf8(&handshake::accept_key(&to_utf8(&key))).into())
}

/// Fields that a script gave, their names in lower case.
struct Fields(Vec<(String, String)>);

impl HeaderLookup for Fields {
    fn values<'a>(&'a self, name: &str) -> Box<dyn Iterator<Item = &'a [u8]> + 'a> {
        let name = name.to_owned();
        let named = self.0.iter().filter(move |(known, _)| *known == name);
        Box::new(named.map(|(_, value)| value.as_bytes()))
    }
}

/// `checkRequest(method, minor, fields)`: what an opening handshake asks for, `[key, protocols]`; or
/// why it is none, `[status, message, name?, value?]` with a field for the answer; or null if it asks
/// for no WebSocket at all. `fields` are a flat list of names and values.
fn check_request(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let method = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    let minor = arguments.get_or_undefined(1).to_u32(context)?;
    let given = arguments.get_or_undefined(2);
    let wrong = |context: &mut Context| wrong_value("headers", given, "is no list", context);
    let texts = map_sequence(given, wrong, context, |text, context| {
        text.to_string(context).map(|text| to_utf8(&text))
    })?;
    let pairs = texts.chunks_exact(2);
    let fields =
        Fields(pairs.map(|pair| (pair[0].to_ascii_lowercase(), pair[1].clone())).collect());
    if !handshake::is_upgrade(&fields) {
        return Ok(JsValue::null());
    }
    let minor = u8::try_from(minor).unwrap_or(u8::MAX);
    let text = |text: &str| JsValue::from(js_string_from_utf8(text));
    let answer: Vec<JsValue> = match handshake::check_request(&method, minor, &fields) {
        Ok(info) => {
            let protocols: Vec<JsValue> = info.protocols.iter().map(|name| text(name)).collect();
            vec![text(&info.key), JsArray::from_iter(protocols, context).into()]
        }
        Err(error) => {
            let field = error.header().into_iter().flat_map(|(name, value)| [name, value]);
            let status = [JsValue::from(error.status()), text(&error.to_string())];
            status.into_iter().chain(field.map(text)).collect()
        }
    };
    Ok(JsArray::from_iter(answer, context).into())
}

/// `limits()`: the limits and defaults that a script may want to know, by name.
fn numbers(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let numbers = JsObject::with_object_proto(context.intrinsics());
    for (name, number) in [
        ("HEADER_MAX", HEADER_MAX),
        ("CONTROL_PAYLOAD_MAX", CONTROL_MAX),
        ("CLOSE_REASON_MAX", REASON_MAX),
        ("SERVER_MAX_PAYLOAD", limits::SERVER_MAX_PAYLOAD),
        ("CLIENT_MAX_PAYLOAD", limits::CLIENT_MAX_PAYLOAD),
        ("MAX_FRAGMENTS", limits::MAX_FRAGMENTS),
        ("SERVER_MAX_BACKPRESSURE", limits::SERVER_MAX_BACKPRESSURE),
        ("CLIENT_MAX_BACKPRESSURE", limits::CLIENT_MAX_BACKPRESSURE),
        ("MAX_PENDING", limits::MAX_PENDING),
        ("MESSAGE_KEY_MAX", limits::MESSAGE_KEY_BYTES_MAX),
        ("READ_BUFFER", limits::READ_BUFFER_BYTES),
        ("REQUEST_HEAD_MAX", limits::HEAD_BYTES_MAX),
        ("REQUEST_FIELDS_MAX", limits::HEAD_FIELDS_MAX),
        ("PINGS_OUTSTANDING_MAX", limits::MAX_PINGS_OUTSTANDING),
        ("ROOM_NAME_MAX", limits::HUB_NAME_BYTES_MAX),
    ] {
        numbers.create_data_property_or_throw(js_string!(name), number, context)?;
    }
    for (name, milliseconds) in [
        ("PING_INTERVAL_MS", limits::PING_INTERVAL_MS),
        ("CLIENT_PING_INTERVAL_MS", limits::CLIENT_PING_INTERVAL_MS),
        ("PONG_TIMEOUT_MS", limits::PONG_TIMEOUT_MS),
        ("CLOSE_TIMEOUT_MS", limits::CLOSE_TIMEOUT_MS),
        ("HANDSHAKE_TIMEOUT_MS", limits::CLIENT_HANDSHAKE_TIMEOUT_MS),
    ] {
        numbers.create_data_property_or_throw(js_string!(name), milliseconds, context)?;
    }
    Ok(numbers.into())
}
