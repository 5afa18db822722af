//! `TextEncoder` and `TextDecoder`, over the `encoding_rs` crate, and `atob` and `btoa`.
//!
//! Specs: <https://encoding.spec.whatwg.org/#api>,
//! <https://html.spec.whatwg.org/#atob>, <https://infra.spec.whatwg.org/#forgiving-base64>

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use boa_engine::builtins::typed_array::{TypedArray, TypedArrayKind};
use boa_engine::object::builtins::JsTypedArray;
use boa_engine::string::{JsStr, JsStrVariant};
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsString, JsValue, Trace,
    js_string,
};
use encoding_rs::{CoderResult, Decoder, DecoderResult, Encoding, UTF_8};

use crate::builtin::dom::exception::dom_exception;
use crate::builtin::string_limit::check_length;
use crate::js::argument::{
    dictionary, illegal_invocation, prototype_for, require_arguments, wrong_type,
};
use crate::js::convert::{
    append_utf8, bytes_of, js_string_from_utf8, new_uint8_array, to_utf8, with_bytes,
    with_bytes_mut,
};
use crate::js::error::node_error;
use crate::js::interface::{Interface, Op, namespace};

pub(super) const OPS: &[Op] = &[("classes", 0, classes), ("atob", 1, atob), ("btoa", 1, btoa)];

#[derive(Trace, Finalize, JsData)]
struct TextEncoder;

/// The native data of a `TextDecoder`.
#[derive(Trace, Finalize, JsData)]
pub(super) struct TextDecoder {
    #[unsafe_ignore_trace]
    encoding: &'static Encoding,
    fatal: bool,
    ignore_bom: bool,
    /// What is left over between calls with `stream: true`.
    #[unsafe_ignore_trace]
    stream: Option<Box<Decoder>>,
}

const ENCODER: Interface = Interface {
    name: "TextEncoder",
    length: 0,
    constructor: |new_target, _, context| {
        let default = |context: &mut Context| JsObject::with_object_proto(context.intrinsics());
        let prototype = prototype_for(new_target, "TextEncoder", default, context)?;
        Ok(JsObject::new(context.root_shape(), prototype, TextEncoder).upcast().into())
    },
    methods: &[("encode", 0, encode), ("encodeInto", 2, encode_into)],
    statics: &[],
    accessors: &[(
        "encoding",
        |this, _, _| {
            encoder(this)?;
            Ok(js_string!("utf-8").into())
        },
        None,
    )],
    constants: &[],
    shown: &["encoding"],
};

const DECODER: Interface = Interface {
    name: "TextDecoder",
    length: 0,
    constructor: construct_decoder,
    methods: &[("decode", 0, decode)],
    statics: &[],
    accessors: &[
        ("encoding", |this, _, _| decoder(this, |decoder| name(decoder.encoding).into()), None),
        ("fatal", |this, _, _| decoder(this, |decoder| decoder.fatal.into()), None),
        ("ignoreBOM", |this, _, _| decoder(this, |decoder| decoder.ignore_bom.into()), None),
    ],
    constants: &[],
    shown: &["encoding", "fatal", "ignoreBOM"],
};

fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let encoder = ENCODER.build(None, context);
    let decoder = DECODER.build(None, context);
    namespace(&[("TextEncoder", encoder), ("TextDecoder", decoder)], context)
}

fn encoder(this: &JsValue) -> JsResult<()> {
    let right = this.as_object().is_some_and(|object| object.is::<TextEncoder>());
    if right { Ok(()) } else { Err(illegal_invocation("TextEncoder")) }
}

fn encode(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    encoder(this)?;
    let mut bytes = Vec::new();
    let text = arguments.get_or_undefined(0);
    if !text.is_undefined() {
        append_utf8(&text.to_string(context)?, &mut bytes);
    }
    new_uint8_array(&bytes, context).map(JsValue::from)
}

fn encode_into(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    encoder(this)?;
    require_arguments(arguments, &["src", "dest"], context)?;
    let source = arguments[0].to_string(context)?;
    let is_bytes = arguments[1].as_object().is_some_and(|object| {
        object
            .downcast_ref::<TypedArray>()
            .is_some_and(|array| array.kind() == TypedArrayKind::Uint8)
    });
    let written = if is_bytes {
        write_bytes(&arguments[1], context, |room| copy_utf8(&source, room))?
    } else {
        None
    };
    let Some((read, written)) = written else {
        let wanted = "an instance of Uint8Array";
        return Err(wrong_type("dest", wanted, &arguments[1], context));
    };
    let result = JsObject::with_object_proto(context.intrinsics());
    result.create_data_property_or_throw(js_string!("read"), read, context)?;
    result.create_data_property_or_throw(js_string!("written"), written, context)?;
    Ok(result.into())
}

/// Lets `write` have the bytes of a view. Those of shared memory, which another thread may change,
/// are written by way of a copy.
fn write_bytes(
    view: &JsValue,
    context: &mut Context,
    write: impl Fn(&mut [u8]) -> (usize, usize),
) -> JsResult<Option<(usize, usize)>> {
    let counts = with_bytes_mut(view, context, &write)?;
    if counts.is_some() {
        return Ok(counts);
    }
    let Some(mut bytes) = bytes_of(view, context)? else { return Ok(None) };
    let counts = write(&mut bytes);
    let written = new_uint8_array(&bytes[..counts.1], context)?;
    let view = JsTypedArray::from_object(view.to_object(context)?)?;
    view.set_values(written.into(), None, context)?;
    Ok(Some(counts))
}

/// Writes as many whole characters as there is room for. Returns the units read, and the bytes
/// written.
fn copy_utf8(source: &JsString, room: &mut [u8]) -> (usize, usize) {
    match source.as_str().variant() {
        JsStrVariant::Latin1(bytes) => {
            encoding_rs::mem::convert_latin1_to_utf8_partial(bytes, room)
        }
        JsStrVariant::Utf16(units) => {
            let (mut read, mut written) = (0, 0);
            for unit in char::decode_utf16(units.iter().copied()) {
                let character = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
                let Some(room) = room.get_mut(written..written + character.len_utf8()) else {
                    break;
                };
                character.encode_utf8(room);
                written += character.len_utf8();
                read += character.len_utf16();
            }
            (read, written)
        }
    }
}

/// The name of an encoding as this API gives it: in lower case.
fn name(encoding: &'static Encoding) -> JsString {
    JsString::from(encoding.name().to_ascii_lowercase())
}

fn decoder<R>(this: &JsValue, read: impl FnOnce(&mut TextDecoder) -> R) -> JsResult<R> {
    let object = this.as_object();
    let decoder = object.as_ref().and_then(JsObject::downcast_mut::<TextDecoder>);
    decoder.map(|mut known| read(&mut known)).ok_or_else(|| illegal_invocation("TextDecoder"))
}

fn construct_decoder(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| JsObject::with_object_proto(context.intrinsics());
    let prototype = prototype_for(new_target, "TextDecoder", default, context)?;
    let decoder = read_decoder(arguments, context)?;
    Ok(JsObject::new(context.root_shape(), prototype, decoder).upcast().into())
}

/// The decoder that the arguments `(label, options)` ask for.
pub(super) fn read_decoder(arguments: &[JsValue], context: &mut Context) -> JsResult<TextDecoder> {
    let encoding = match arguments.get_or_undefined(0) {
        label if label.is_undefined() => UTF_8,
        label => {
            let label = to_utf8(&label.to_string(context)?);
            // Encoding 4.3: "replacement" has labels but cannot be decoded with.
            let known = Encoding::for_label_no_replacement(label.as_bytes());
            known.ok_or_else(|| {
                let message = format!("The \"{label}\" encoding is not supported");
                node_error("ERR_ENCODING_NOT_SUPPORTED", message, context)
            })?
        }
    };
    let (mut fatal, mut ignore_bom) = (false, false);
    if let Some(options) = dictionary(arguments.get_or_undefined(1), "options", context)? {
        fatal = options.get(js_string!("fatal"), context)?.to_boolean();
        ignore_bom = options.get(js_string!("ignoreBOM"), context)?.to_boolean();
    }
    Ok(TextDecoder { encoding, fatal, ignore_bom, stream: None })
}

/// The error for bytes that are not of the encoding.
fn invalid_data(encoding: &'static Encoding, context: &mut Context) -> JsError {
    let name = encoding.name().to_ascii_lowercase();
    let message = format!("The encoded data was not valid for encoding {name}");
    node_error("ERR_ENCODING_INVALID_ENCODED_DATA", message, context)
}

fn decode(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    decoder(this, |_| ())?;
    let input = arguments.get_or_undefined(0);
    let options = dictionary(arguments.get_or_undefined(1), "options", context)?;
    let more = match options {
        Some(options) => options.get(js_string!("stream"), context)?.to_boolean(),
        None => false,
    };
    // The usual case: the whole of a UTF-8 text, which is decoded where it lies.
    let simple = decoder(this, |known| {
        known.encoding == UTF_8 && known.stream.is_none() && !more && !known.ignore_bom
    })?;
    if simple && !input.is_undefined() {
        let text = with_bytes(input, context, |bytes| {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            simdutf8::basic::from_utf8(bytes).ok().map(js_string_from_utf8)
        })?;
        if let Some(Some(text)) = text {
            return Ok(text.into());
        }
    }
    let bytes = match input {
        input if input.is_undefined() => Vec::new(),
        input => bytes_of(input, context)?.ok_or_else(|| {
            let wanted = "an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView";
            wrong_type("list", wanted, input, context)
        })?,
    };
    let text = decoder(this, |known| known.decode(&bytes, more))?;
    let Some(text) = text else {
        let encoding = decoder(this, |known| known.encoding)?;
        return Err(invalid_data(encoding, context));
    };
    Ok(js_string_from_utf8(&text).into())
}

impl TextDecoder {
    /// The name of its encoding, and its options.
    pub(super) fn facts(&self) -> (JsString, bool, bool) {
        (name(self.encoding), self.fatal, self.ignore_bom)
    }

    /// Decodes a piece of a stream, the last of which has `more` unset.
    pub(super) fn decode_part(
        &mut self,
        bytes: &[u8],
        more: bool,
        context: &mut Context,
    ) -> JsResult<JsString> {
        let text = self.decode(bytes, more);
        let text = text.ok_or_else(|| invalid_data(self.encoding, context))?;
        Ok(js_string_from_utf8(&text))
    }

    /// Decodes a piece; `None` for an error with `fatal`, which also ends the stream.
    fn decode(&mut self, bytes: &[u8], more: bool) -> Option<String> {
        let mut decoder = self.stream.take().unwrap_or_else(|| {
            Box::new(if self.ignore_bom {
                self.encoding.new_decoder_without_bom_handling()
            } else {
                self.encoding.new_decoder_with_bom_removal()
            })
        });
        let room = decoder.max_utf8_buffer_length(bytes.len())?;
        let mut text = String::with_capacity(room);
        if self.fatal {
            let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, !more);
            if result != DecoderResult::InputEmpty {
                return None;
            }
        } else {
            let (result, ..) = decoder.decode_to_string(bytes, &mut text, !more);
            debug_assert_eq!(result, CoderResult::InputEmpty);
        }
        if more {
            self.stream = Some(decoder);
        }
        Some(text)
    }
}

const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

fn atob(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["input"], context)?;
    let text = to_utf8(&arguments[0].to_string(context)?);
    let Some(bytes) = forgiving_base64(text.as_bytes()) else {
        let message = "The string to be decoded is not correctly encoded.";
        return Err(dom_exception("InvalidCharacterError", message, context));
    };
    Ok(JsString::from(JsStr::latin1(&bytes)).into())
}

/// "Forgiving-base64 decode": <https://infra.spec.whatwg.org/#forgiving-base64-decode>
pub(super) fn forgiving_base64(text: &[u8]) -> Option<Vec<u8>> {
    let is_space = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ');
    let mut digits: Vec<u8> = text.iter().copied().filter(|byte| !is_space(byte)).collect();
    // Padding may be left out, but what there is must fill a group of four.
    if digits.len().is_multiple_of(4) {
        for _ in 0..2 {
            digits.pop_if(|digit| *digit == b'=');
        }
    }
    FORGIVING.decode(&digits).ok()
}

fn btoa(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["input"], context)?;
    let text = arguments[0].to_string(context)?;
    check_length(text.len().div_ceil(3) * 4)?;
    let bytes: Result<Vec<u8>, _> = text.iter().map(u8::try_from).collect();
    let Ok(bytes) = bytes else {
        let message = "Invalid character";
        return Err(dom_exception("InvalidCharacterError", message, context));
    };
    Ok(JsString::from(base64::engine::general_purpose::STANDARD.encode(bytes)).into())
}
