//! `CompressionStream` and `DecompressionStream`.
//!
//! What a chunk becomes is made piece by piece, each when somebody reads, so a few bytes that
//! decompress to gigabytes take no more memory than a piece. Spec:
//! <https://compression.spec.whatwg.org/>

use std::cell::{Cell, RefCell};

use boa_engine::{Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace};
use boa_gc::Gc;

use super::promises::{Deferred, Outcome, reason_of, when};
use super::text::chunk_bytes;
use super::this::{Class, prototype_of_new, this_as};
use super::transform::class::{readable_of, writable_of};
use super::transform::controller::{create, enqueue, next_room};
use super::transform::data::{Controller, Stream, Transformer};
use crate::js::argument::{require_arguments, wrong_value};
use crate::js::convert::new_uint8_array;
use crate::js::error::type_error;
use crate::js::interface::Interface;
use crate::proto::compression::{Codec, Format};

const COMPRESSION_NAME: &str = "CompressionStream";
const DECOMPRESSION_NAME: &str = "DecompressionStream";

/// The native data of a `CompressionStream`.
#[derive(Trace, Finalize, JsData)]
struct Compressing {
    transform: Stream,
}

/// The native data of a `DecompressionStream`.
#[derive(Trace, Finalize, JsData)]
struct Decompressing {
    transform: Stream,
}

pub(super) const COMPRESSION: Interface = Interface {
    name: COMPRESSION_NAME,
    length: 1,
    constructor: |new_target, arguments, context| {
        let class = Class::CompressionStream;
        let prototype = prototype_of_new(new_target, class, COMPRESSION_NAME, context)?;
        let format = read_format(arguments, context)?;
        let transform = stream_of(Codec::compress(format), context)?;
        let data = Compressing { transform };
        Ok(JsObject::new(context.root_shape(), prototype, data).upcast().into())
    },
    methods: &[],
    statics: &[],
    accessors: &[
        ("readable", |this, _, _| readable_of(&compressing(this)?), None),
        ("writable", |this, _, _| writable_of(&compressing(this)?), None),
    ],
    constants: &[],
    shown: &["readable", "writable"],
};

pub(super) const DECOMPRESSION: Interface = Interface {
    name: DECOMPRESSION_NAME,
    length: 1,
    constructor: |new_target, arguments, context| {
        let class = Class::DecompressionStream;
        let prototype = prototype_of_new(new_target, class, DECOMPRESSION_NAME, context)?;
        let format = read_format(arguments, context)?;
        let transform = stream_of(Codec::decompress(format), context)?;
        let data = Decompressing { transform };
        Ok(JsObject::new(context.root_shape(), prototype, data).upcast().into())
    },
    methods: &[],
    statics: &[],
    accessors: &[
        ("readable", |this, _, _| readable_of(&decompressing(this)?), None),
        ("writable", |this, _, _| writable_of(&decompressing(this)?), None),
    ],
    constants: &[],
    shown: &["readable", "writable"],
};

fn compressing(this: &JsValue) -> JsResult<Stream> {
    Ok(this_as::<Compressing>(this, COMPRESSION_NAME)?.borrow().data().transform.clone())
}

fn decompressing(this: &JsValue) -> JsResult<Stream> {
    Ok(this_as::<Decompressing>(this, DECOMPRESSION_NAME)?.borrow().data().transform.clone())
}

fn read_format(arguments: &[JsValue], context: &mut Context) -> JsResult<Format> {
    require_arguments(arguments, &["format"], context)?;
    let given = arguments.get_or_undefined(0);
    let name = given.to_string(context)?.to_std_string_lossy();
    Format::of(&name).ok_or_else(|| {
        wrong_value("format", given, "must be 'gzip', 'deflate' or 'deflate-raw'", context)
    })
}

fn stream_of(codec: Codec, context: &mut Context) -> JsResult<Stream> {
    let coding = Gc::new(Coding {
        codec: RefCell::new(codec),
        input: RefCell::new(Vec::new()),
        position: Cell::new(0),
    });
    create(Gc::new(Box::new(Coder(coding)) as Box<dyn Transformer>), context)
}

#[derive(Trace, Finalize)]
struct Coding {
    #[unsafe_ignore_trace]
    codec: RefCell<Codec>,
    /// The chunk that is being worked on, and how far.
    #[unsafe_ignore_trace]
    input: RefCell<Vec<u8>>,
    #[unsafe_ignore_trace]
    position: Cell<usize>,
}

#[derive(Trace, Finalize)]
struct Coder(Gc<Coding>);

impl Transformer for Coder {
    fn transform(
        &self,
        chunk: JsValue,
        controller: &JsObject<Controller>,
        context: &mut Context,
    ) -> Outcome {
        match chunk_bytes(&chunk, context) {
            Ok(bytes) => {
                self.0.input.replace(bytes);
                self.0.position.set(0);
                run(&self.0, controller, false, context)
            }
            Err(thrown) => Outcome::Rejected(reason_of(thrown, context)),
        }
    }

    fn flush(&self, controller: &JsObject<Controller>, context: &mut Context) -> Outcome {
        self.0.input.take();
        self.0.position.set(0);
        run(&self.0, controller, true, context)
    }

    fn cancel(&self, _: JsValue, _: &mut Context) -> Outcome {
        Outcome::DONE
    }
}

/// Makes pieces until the readable side has enough, or all is done.
fn run(
    coding: &Gc<Coding>,
    controller: &JsObject<Controller>,
    last: bool,
    context: &mut Context,
) -> Outcome {
    loop {
        match step(coding, controller, last, context) {
            Err(thrown) => return Outcome::Rejected(reason_of(thrown, context)),
            Ok(false) => {
                coding.input.take();
                return Outcome::DONE;
            }
            Ok(true) => {}
        }
        if let Some(room) = next_room(controller) {
            let done = Deferred::pending(context);
            let promise = done.promise();
            when(
                &room,
                &(coding.clone(), (controller.clone(), (last, done))),
                |(coding, (controller, (last, done))), _, context| match run(
                    coding, controller, *last, context,
                ) {
                    Outcome::Fulfilled(_) => {
                        done.clone().resolve(JsValue::undefined(), context);
                    }
                    Outcome::Rejected(reason) => done.clone().reject(reason, context),
                    Outcome::Promise(next) => done.clone().resolve(next.into(), context),
                },
                |_, _, _| {},
                context,
            );
            return Outcome::Promise(promise);
        }
    }
}

/// Makes a piece. False if that was all.
fn step(
    coding: &Coding,
    controller: &JsObject<Controller>,
    last: bool,
    context: &mut Context,
) -> JsResult<bool> {
    let mut out = Vec::new();
    let mut position = coding.position.get();
    let goes_on = {
        let input = coding.input.borrow();
        let stepped = coding.codec.borrow_mut().step((&input[..], &mut position), last, &mut out);
        stepped.map_err(|error| type_error(error.to_string()))?
    };
    coding.position.set(position);
    if !out.is_empty() {
        let bytes = new_uint8_array(&out, context)?;
        enqueue(controller, bytes.into(), context)?;
    }
    Ok(goes_on)
}
