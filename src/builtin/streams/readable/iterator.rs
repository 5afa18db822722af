//! `for await (const chunk of stream)` and `stream.values({ preventCancel })`.
//!
//! Spec: <https://streams.spec.whatwg.org/#rs-asynciterator>,
//! <https://webidl.spec.whatwg.org/#js-asynchronous-iterator-prototype-object>

use boa_engine::object::builtins::JsPromise;
use boa_engine::object::{FunctionObjectBuilder, ObjectInitializer};
use boa_engine::property::Attribute;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsSymbol, JsValue, NativeFunction,
    Trace, js_string,
};

use super::data::{Chunk, DefaultReader, ReadRequest, Stream};
use super::operations::{acquire, cancel, read, release};
use crate::builtin::streams::promises::{Deferred, promising, reason_of, step, when};
use crate::builtin::streams::this::{Class, new_object, this_as};
use crate::js::interface::Op;

#[derive(Trace, Finalize, JsData)]
struct Iterator {
    reader: JsObject<DefaultReader>,
    prevent_cancel: bool,
    is_finished: bool,
    /// What the next call waits for.
    ongoing: Option<JsPromise>,
}

type This = JsObject<Iterator>;

/// A new iterator, which locks the stream.
pub(super) fn iterate(
    stream: &Stream,
    prevent_cancel: bool,
    context: &mut Context,
) -> JsResult<JsValue> {
    let reader = acquire(stream, context)?;
    let data = Iterator { reader, prevent_cancel, is_finished: false, ongoing: None };
    Ok(new_object(Class::Iterator, data, context).upcast().into())
}

const METHODS: [Op; 2] = [
    ("next", 0, |this, _, context| {
        promising(context, |context| Ok(call(&receiver(this)?, Call::Next, context)))
    }),
    ("return", 1, |this, arguments, context| {
        let value = arguments.get_or_undefined(0).clone();
        promising(context, |context| Ok(call(&receiver(this)?, Call::Return(value), context)))
    }),
];

/// The prototype of iterators.
pub(in crate::builtin::streams) fn prototype(context: &mut Context) -> JsObject {
    let parent = context.intrinsics().objects().iterator_prototypes().async_iterator();
    let functions = METHODS.map(|(name, length, body)| {
        let native = NativeFunction::from_fn_ptr(body);
        let function = FunctionObjectBuilder::new(context.realm(), native);
        (name, function.name(name).length(length).build())
    });
    let mut prototype = ObjectInitializer::new(context);
    for (name, function) in functions {
        prototype.property(js_string!(name), function, Attribute::all());
    }
    let tag = js_string!("ReadableStream AsyncIterator");
    prototype.property(JsSymbol::to_string_tag(), tag, Attribute::CONFIGURABLE);
    let prototype = prototype.build();
    prototype.set_prototype(Some(parent));
    prototype
}

fn receiver(this: &JsValue) -> JsResult<This> {
    this_as(this, "ReadableStream AsyncIterator")
}

#[derive(Clone, Trace, Finalize)]
enum Call {
    Next,
    Return(JsValue),
}

/// A call waits for the one before it.
fn call(this: &This, call: Call, context: &mut Context) -> JsValue {
    let result = Deferred::pending(context);
    let promise = result.promise();
    let ongoing = this.borrow_mut().data_mut().ongoing.replace(promise.clone());
    let pending = ongoing.filter(|ongoing| {
        matches!(ongoing.state(), boa_engine::builtins::promise::PromiseState::Pending)
    });
    match pending {
        None => begin(this, &call, result, context),
        Some(ongoing) => {
            let captures = (this.clone(), (call, result));
            let go = |(this, (call, result)): &(This, (Call, Deferred)),
                      _: JsValue,
                      context: &mut Context| {
                begin(this, call, result.clone(), context);
            };
            when(&ongoing, &captures, go, go, context);
        }
    }
    promise.into()
}

fn begin(this: &This, call: &Call, mut result: Deferred, context: &mut Context) {
    let (reader, prevent_cancel, is_finished) = {
        let mut this = this.borrow_mut();
        let this = this.data_mut();
        let was_finished = this.is_finished;
        this.is_finished |= matches!(call, Call::Return(_));
        (this.reader.clone(), this.prevent_cancel, was_finished)
    };
    match call {
        Call::Next if is_finished => {
            let end = step(JsValue::undefined(), true, context);
            result.resolve(end, context);
        }
        Call::Return(value) if is_finished => {
            let end = step(value.clone(), true, context);
            result.resolve(end, context);
        }
        Call::Next => {
            let request = NextRequest { this: this.clone(), result };
            read(&reader, Box::new(request), context);
        }
        Call::Return(value) => {
            let stream = reader.borrow().data().generic.stream.clone();
            let cancelled = match stream.filter(|_| !prevent_cancel) {
                Some(stream) => cancel(&stream, value.clone(), context),
                None => Deferred::resolved(context).promise(),
            };
            release(&reader, context);
            when(
                &cancelled,
                &(value.clone(), result),
                |(value, result), _, context| {
                    let end = step(value.clone(), true, context);
                    result.clone().resolve(end, context);
                },
                |(_, result), reason, context| result.clone().reject(reason, context),
                context,
            );
        }
    }
}

#[derive(Trace, Finalize)]
struct NextRequest {
    this: This,
    result: Deferred,
}

impl NextRequest {
    fn finish(&self, context: &mut Context) {
        let reader = {
            let mut this = self.this.borrow_mut();
            this.data_mut().is_finished = true;
            this.data().reader.clone()
        };
        release(&reader, context);
    }
}

impl ReadRequest for NextRequest {
    fn chunk(mut self: Box<Self>, chunk: Chunk, context: &mut Context) {
        match chunk.into_value(context) {
            Ok(value) => {
                let value = step(value, false, context);
                self.result.resolve(value, context);
            }
            Err(error) => {
                let reason = reason_of(error, context);
                self.result.reject(reason, context);
            }
        }
    }

    fn close(mut self: Box<Self>, context: &mut Context) {
        self.finish(context);
        let end = step(JsValue::undefined(), true, context);
        self.result.resolve(end, context);
    }

    fn error(mut self: Box<Self>, reason: JsValue, context: &mut Context) {
        self.finish(context);
        self.result.reject(reason, context);
    }
}
