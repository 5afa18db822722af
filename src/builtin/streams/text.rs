//! `TextEncoderStream` and `TextDecoderStream`.
//!
//! Spec: <https://encoding.spec.whatwg.org/#interface-textdecoderstream>

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use boa_engine::{
    Context, Finalize, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};
use boa_gc::Gc;

use super::promises::{Outcome, reason_of};
use super::this::{Class, prototype_of_new, this_as};
use super::transform::class::{readable_of, writable_of};
use super::transform::controller::{create, enqueue};
use super::transform::data::{Algorithms, Controller, Stream, Transformer};
use crate::builtin::encoding::{TextDecoder, read_decoder};
use crate::js::argument::wrong_type;
use crate::js::convert::{append_utf8, bytes_of, new_uint8_array};
use crate::js::interface::Interface;

/// The native data of a `TextEncoderStream`.
#[derive(Trace, Finalize, JsData)]
struct Encoding {
    transform: Stream,
}

/// The native data of a `TextDecoderStream`.
#[derive(Trace, Finalize, JsData)]
struct Decoding {
    transform: Stream,
    #[unsafe_ignore_trace]
    decoder: Rc<RefCell<TextDecoder>>,
}

const ENCODER_NAME: &str = "TextEncoderStream";
const DECODER_NAME: &str = "TextDecoderStream";

pub(super) const ENCODER: Interface = Interface {
    name: ENCODER_NAME,
    length: 0,
    constructor: |new_target, _, context| {
        let class = Class::TextEncoderStream;
        let prototype = prototype_of_new(new_target, class, ENCODER_NAME, context)?;
        let encoder = Encoder { half: Cell::new(None) };
        let transform = create(algorithms(encoder), context)?;
        let data = Encoding { transform };
        Ok(JsObject::new(context.root_shape(), prototype, data).upcast().into())
    },
    methods: &[],
    statics: &[],
    accessors: &[
        (
            "encoding",
            |this, _, _| {
                this_as::<Encoding>(this, ENCODER_NAME)?;
                Ok(js_string!("utf-8").into())
            },
            None,
        ),
        ("readable", |this, _, _| readable_of(&encoding(this)?), None),
        ("writable", |this, _, _| writable_of(&encoding(this)?), None),
    ],
    constants: &[],
    shown: &["encoding", "readable", "writable"],
};

pub(super) const DECODER: Interface = Interface {
    name: DECODER_NAME,
    length: 0,
    constructor: |new_target, arguments, context| {
        let class = Class::TextDecoderStream;
        let prototype = prototype_of_new(new_target, class, DECODER_NAME, context)?;
        let decoder = Rc::new(RefCell::new(read_decoder(arguments, context)?));
        let transform = create(algorithms(Decoder(decoder.clone())), context)?;
        let data = Decoding { transform, decoder };
        Ok(JsObject::new(context.root_shape(), prototype, data).upcast().into())
    },
    methods: &[],
    statics: &[],
    accessors: &[
        ("encoding", |this, _, _| Ok(facts(this)?.0.into()), None),
        ("fatal", |this, _, _| Ok(facts(this)?.1.into()), None),
        ("ignoreBOM", |this, _, _| Ok(facts(this)?.2.into()), None),
        ("readable", |this, _, _| readable_of(&decoding(this)?), None),
        ("writable", |this, _, _| writable_of(&decoding(this)?), None),
    ],
    constants: &[],
    shown: &["encoding", "fatal", "ignoreBOM", "readable", "writable"],
};

fn algorithms(transformer: impl Transformer + 'static) -> Algorithms {
    Gc::new(Box::new(transformer) as Box<dyn Transformer>)
}

fn encoding(this: &JsValue) -> JsResult<Stream> {
    Ok(this_as::<Encoding>(this, ENCODER_NAME)?.borrow().data().transform.clone())
}

fn decoding(this: &JsValue) -> JsResult<Stream> {
    Ok(this_as::<Decoding>(this, DECODER_NAME)?.borrow().data().transform.clone())
}

fn facts(this: &JsValue) -> JsResult<(JsString, bool, bool)> {
    let this = this_as::<Decoding>(this, DECODER_NAME)?;
    let facts = this.borrow().data().decoder.borrow().facts();
    Ok(facts)
}

fn outcome(result: JsResult<()>, context: &mut Context) -> Outcome {
    match result {
        Ok(()) => Outcome::DONE,
        Err(thrown) => Outcome::Rejected(reason_of(thrown, context)),
    }
}

#[derive(Trace, Finalize)]
struct Encoder {
    /// The first half of a character whose second half is in the next chunk.
    #[unsafe_ignore_trace]
    half: Cell<Option<u16>>,
}

impl Encoder {
    /// "Encode and enqueue a chunk"
    fn encode(
        &self,
        chunk: &JsValue,
        controller: &JsObject<Controller>,
        context: &mut Context,
    ) -> JsResult<()> {
        // A conversion may run a script.
        let text = chunk.to_string(context)?;
        if text.is_empty() {
            return Ok(());
        }
        let half = self.half.take();
        let last = text.iter().last();
        let ends_in_half = last.filter(|unit| (0xd800..0xdc00).contains(unit));
        let text = if half.is_some() || ends_in_half.is_some() {
            let mut units: Vec<u16> = half.into_iter().chain(text.iter()).collect();
            if ends_in_half.is_some() {
                self.half.set(units.pop());
            }
            JsString::from(&units[..])
        } else {
            text
        };
        let mut bytes = Vec::new();
        append_utf8(&text, &mut bytes);
        put(&bytes, controller, context)
    }
}

fn put(bytes: &[u8], controller: &JsObject<Controller>, context: &mut Context) -> JsResult<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    let bytes = new_uint8_array(bytes, context)?;
    enqueue(controller, bytes.into(), context)
}

impl Transformer for Encoder {
    fn transform(
        &self,
        chunk: JsValue,
        controller: &JsObject<Controller>,
        context: &mut Context,
    ) -> Outcome {
        let encoded = self.encode(&chunk, controller, context);
        outcome(encoded, context)
    }

    /// "Encode and flush"
    fn flush(&self, controller: &JsObject<Controller>, context: &mut Context) -> Outcome {
        let flushed = match self.half.take() {
            Some(_) => put("\u{FFFD}".as_bytes(), controller, context),
            None => Ok(()),
        };
        outcome(flushed, context)
    }

    fn cancel(&self, _: JsValue, _: &mut Context) -> Outcome {
        Outcome::DONE
    }
}

#[derive(Trace, Finalize)]
struct Decoder(#[unsafe_ignore_trace] Rc<RefCell<TextDecoder>>);

impl Decoder {
    fn decode(
        &self,
        bytes: &[u8],
        more: bool,
        controller: &JsObject<Controller>,
        context: &mut Context,
    ) -> JsResult<()> {
        let text = self.0.borrow_mut().decode_part(bytes, more, context)?;
        if text.is_empty() { Ok(()) } else { enqueue(controller, text.into(), context) }
    }
}

impl Transformer for Decoder {
    /// "Decode and enqueue a chunk"
    fn transform(
        &self,
        chunk: JsValue,
        controller: &JsObject<Controller>,
        context: &mut Context,
    ) -> Outcome {
        let decoded = chunk_bytes(&chunk, context)
            .and_then(|bytes| self.decode(&bytes, true, controller, context));
        outcome(decoded, context)
    }

    /// "Flush and enqueue"
    fn flush(&self, controller: &JsObject<Controller>, context: &mut Context) -> Outcome {
        let decoded = self.decode(&[], false, controller, context);
        outcome(decoded, context)
    }

    fn cancel(&self, _: JsValue, _: &mut Context) -> Outcome {
        Outcome::DONE
    }
}

/// The bytes of a chunk, or a `TypeError`.
pub(super) fn chunk_bytes(chunk: &JsValue, context: &mut Context) -> JsResult<Vec<u8>> {
    match bytes_of(chunk, context)? {
        Some(bytes) => Ok(bytes),
        None => Err(wrong_type("chunk", "an ArrayBuffer or a view of one", chunk, context)),
    }
}
