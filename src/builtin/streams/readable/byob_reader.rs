//! `ReadableStreamBYOBReader` and `ReadableStreamBYOBRequest`: reading into a buffer of one's own.
//!
//! Spec: <https://streams.spec.whatwg.org/#byob-reader-class>

use boa_engine::{Context, Finalize, JsArgs, JsObject, JsResult, JsValue, Trace, js_string};

use super::byte_controller::respond;
use super::byte_queue::{first, replace_first_buffer, take_over_first};
use super::data::{ByobReader, ByobRequest, ReadIntoRequest, ReadableStream, Reader, State};
use super::operations::{byob_reader, cancel, lock, read_into, release_byob};
use super::reader::check_held;
use super::state;
use crate::builtin::streams::buffers::{View, is_detached, length_of, transfer, view_of};
use crate::builtin::streams::promises::{Deferred, promising, step};
use crate::builtin::streams::this::{
    Class, illegal_constructor, object_as, prototype_of_new, this_as,
};
use crate::js::argument::{dictionary, out_of_range, wrong_type};
use crate::js::error::{invalid_state, range_error, type_error};
use crate::js::interface::Interface;

const NAME: &str = "ReadableStreamBYOBReader";

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 1,
    constructor: construct,
    methods: &[
        ("read", 1, |this, arguments, context| {
            promising(context, |context| read(this, arguments, context))
        }),
        ("releaseLock", 0, |this, _, context| {
            release_byob(&receiver(this)?, context);
            Ok(JsValue::undefined())
        }),
        ("cancel", 0, |this, arguments, context| {
            promising(context, |context| {
                let stream = receiver(this)?.borrow().data().generic.stream.clone();
                check_held(stream.is_some(), "cancel", context)?;
                let reason = arguments.get_or_undefined(0).clone();
                Ok(stream.map_or(JsValue::undefined(), |it| cancel(&it, reason, context).into()))
            })
        }),
    ],
    statics: &[],
    accessors: &[(
        "closed",
        |this, _, context| {
            promising(context, |_| Ok(receiver(this)?.borrow().data().generic.closed.value()))
        },
        None,
    )],
    constants: &[],
    shown: &[],
};

fn receiver(this: &JsValue) -> JsResult<JsObject<ByobReader>> {
    this_as(this, NAME)
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let prototype = prototype_of_new(new_target, Class::ReadableStreamBYOBReader, NAME, context)?;
    let stream = arguments.get_or_undefined(0);
    let Some(stream) = object_as::<ReadableStream>(stream) else {
        return Err(wrong_type("stream", "an instance of ReadableStream", stream, context));
    };
    let data = byob_reader(&stream, context)?;
    let reader = JsObject::new(context.root_shape(), prototype, data);
    lock(&stream, Reader::Byob(reader.clone()));
    Ok(reader.upcast().into())
}

/// `read(view, {min}?)`
fn read(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let this = receiver(this)?;
    let view = view_of(arguments.get_or_undefined(0), "view", context)?;
    let minimum = read_minimum(arguments.get_or_undefined(1), context)?;
    if is_detached(&view.buffer) {
        return Err(type_error("read: the ArrayBuffer of the view is detached"));
    }
    if view.length == 0 || length_of(&view.buffer) == 0 {
        return Err(type_error("read: the view must have at least one byte"));
    }
    let elements = view.length / view.kind.element();
    match minimum {
        0 => return Err(type_error("read: min must be at least 1")),
        minimum if minimum > elements => {
            let message = format!("read: min is {minimum}, but the view has {elements} elements");
            return Err(range_error(message));
        }
        _ => {}
    }
    check_held(this.borrow().data().generic.stream.is_some(), "read", context)?;
    let deferred = Deferred::pending(context);
    let promise = deferred.value();
    read_into(&this, &view, minimum, Box::new(ReadIntoPromise(deferred)), context);
    Ok(promise)
}

fn read_minimum(options: &JsValue, context: &mut Context) -> JsResult<usize> {
    let Some(options) = dictionary(options, "options", context)? else { return Ok(1) };
    let given = options.get(js_string!("min"), context)?;
    if given.is_undefined() {
        return Ok(1);
    }
    // Web IDL: [EnforceRange] unsigned long long.
    let number = given.to_number(context)?.trunc();
    if !(0.0..=9_007_199_254_740_991.0).contains(&number) {
        return Err(type_error("read: min must be a whole number from 1"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number from 0"
    )]
    Ok(number as usize)
}

/// A read that settles a promise.
#[derive(Trace, Finalize)]
struct ReadIntoPromise(Deferred);

impl ReadIntoRequest for ReadIntoPromise {
    fn chunk(mut self: Box<Self>, view: JsValue, context: &mut Context) {
        let value = step(view, false, context);
        self.0.resolve(value, context);
    }

    fn close(mut self: Box<Self>, view: JsValue, context: &mut Context) {
        let value = step(view, true, context);
        self.0.resolve(value, context);
    }

    fn error(mut self: Box<Self>, reason: JsValue, context: &mut Context) {
        self.0.reject(reason, context);
    }
}

const REQUEST: &str = "ReadableStreamBYOBRequest";

pub(in crate::builtin::streams) const BYOB_REQUEST: Interface = Interface {
    name: REQUEST,
    length: 0,
    constructor: |_, _, context| illegal_constructor(context),
    methods: &[("respond", 1, respond_bytes), ("respondWithNewView", 1, respond_with_view)],
    statics: &[],
    accessors: &[(
        "view",
        |this, _, _| {
            let this = this_as::<ByobRequest>(this, REQUEST)?;
            let view = this.borrow().data().view.clone();
            Ok(view.map_or(JsValue::null(), JsValue::from))
        },
        None,
    )],
    constants: &[],
    shown: &[],
};

/// `respond(bytesWritten)`
fn respond_bytes(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let this = this_as::<ByobRequest>(this, REQUEST)?;
    let given = arguments.get_or_undefined(0);
    let written = given.to_number(context)?.trunc();
    if !(0.0..=9_007_199_254_740_991.0).contains(&written) {
        return Err(out_of_range("bytesWritten", ">= 0", given, context))
            .map_err(|_| type_error("respond: bytesWritten must be a whole number from 0"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number from 0"
    )]
    let written = written as usize;
    let controller = this.borrow().data().controller.clone();
    let Some(controller) = controller else { return Err(invalidated("respond", context)) };
    let Some(into) = first(&controller) else { return Err(invalidated("respond", context)) };
    if is_detached(&into.buffer) {
        return Err(type_error("respond: the ArrayBuffer of the view is detached"));
    }
    let stream = controller.borrow().data().stream.clone();
    check_count(state::state(&stream), written, "respond")?;
    if written > into.length - into.filled {
        return Err(range_error(format!(
            "respond: {written} bytes are more than the {} that the view has",
            into.length - into.filled
        )));
    }
    take_over_first(&controller, context)?;
    respond(&controller, written, context)?;
    Ok(JsValue::undefined())
}

/// `respondWithNewView(view)`
fn respond_with_view(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let this = this_as::<ByobRequest>(this, REQUEST)?;
    let method = "respondWithNewView";
    let View { buffer, offset, length, .. } =
        view_of(arguments.get_or_undefined(0), "view", context)?;
    let controller = this.borrow().data().controller.clone();
    let Some(controller) = controller else { return Err(invalidated(method, context)) };
    if is_detached(&buffer) {
        return Err(type_error(format!("{method}: the ArrayBuffer of the view is detached")));
    }
    let Some(into) = first(&controller) else { return Err(invalidated(method, context)) };
    let stream = controller.borrow().data().stream.clone();
    check_count(state::state(&stream), length, method)?;
    let wrong = if into.offset + into.filled != offset {
        Some("begins elsewhere than byobRequest.view")
    } else if into.buffer_length != length_of(&buffer) {
        Some("has a buffer of another size than byobRequest.view")
    } else if into.filled + length > into.length {
        Some("is longer than byobRequest.view")
    } else {
        None
    };
    if let Some(wrong) = wrong {
        return Err(range_error(format!("{method}: the view {wrong}")));
    }
    let buffer = transfer(&buffer, context)?;
    replace_first_buffer(&controller, buffer);
    respond(&controller, length, context)?;
    Ok(JsValue::undefined())
}

fn check_count(state: State, written: usize, method: &str) -> JsResult<()> {
    match (state, written) {
        (State::Closed, 1..) => {
            Err(type_error(format!("{method}: the stream is closed, so there can be no bytes")))
        }
        (State::Readable, 0) => {
            Err(type_error(format!("{method}: 0 bytes; close the controller to end the stream")))
        }
        _ => Ok(()),
    }
}

fn invalidated(method: &str, context: &mut Context) -> boa_engine::JsError {
    invalid_state(format!("{method}: the request was answered already"), context)
}
