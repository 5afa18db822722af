//! `ReadableStream.from(iterable)`.
//!
//! Spec: <https://streams.spec.whatwg.org/#rs-from>

use boa_engine::object::builtins::JsPromise;
use boa_engine::{
    Context, Finalize, JsArgs, JsError, JsObject, JsResult, JsSymbol, JsValue, Trace, js_string,
};
use boa_gc::Gc;

use super::data::{DefaultController, UnderlyingSource};
use super::default_controller::{close, enqueue};
use super::operations::create;
use crate::builtin::streams::promises::{Deferred, Outcome, reason_of};
use crate::builtin::streams::strategy::Strategy;
use crate::js::argument::wrong_type;
use crate::js::error::type_error;
use crate::js::{activation, frame};

/// `ReadableStream.from(iterable)`
pub(in crate::builtin::streams) fn from(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let iterable = arguments.get_or_undefined(0);
    let iterated = iterated(iterable, context)?;
    let source = Gc::new(Box::new(iterated) as Box<dyn UnderlyingSource>);
    let stream = create(source, Strategy::of(0.0), Outcome::DONE, context)?;
    Ok(stream.upcast().into())
}

/// An iterator, and whether its values may be promises.
#[derive(Clone, Trace, Finalize)]
struct Iterated {
    iterator: JsObject,
    next: JsValue,
    is_sync: bool,
}

fn iterated(iterable: &JsValue, context: &mut Context) -> JsResult<Iterated> {
    let wrong = |context: &mut Context| {
        wrong_type("iterable", "an iterable or an async iterable", iterable, context)
    };
    if iterable.is_null_or_undefined() {
        return Err(wrong(context));
    }
    let object = iterable.to_object(context)?;
    let asynchronous = object.get(JsSymbol::async_iterator(), context)?;
    let is_sync = asynchronous.is_null_or_undefined();
    let method = if is_sync { object.get(JsSymbol::iterator(), context)? } else { asynchronous };
    let Some(method) = method.as_callable() else { return Err(wrong(context)) };
    let iterator = method.call(iterable, &[], context)?;
    let Some(iterator) = iterator.as_object() else {
        return Err(type_error("the iterator of the iterable is not an object"));
    };
    let next = iterator.get(js_string!("next"), context)?;
    Ok(Iterated { iterator, next, is_sync })
}

impl Iterated {
    /// Calls `next`: the result's value, or none at the end, if the iterator is a sync one.
    fn step(&self, context: &mut Context) -> Outcome {
        let this = self.clone();
        let call = move |context: &mut Context| {
            let Some(next) = this.next.as_callable() else {
                return Outcome::of(
                    Err(type_error("next of the iterator is no function")),
                    context,
                );
            };
            let result = activation::call(&next, &this.iterator.clone().into(), &[], context);
            match result {
                Ok(result) if this.is_sync => Outcome::Fulfilled(result),
                result => Outcome::of(result, context),
            }
        };
        frame::within(call, context)
    }

    /// What the step that `next` has come to means for the stream.
    fn take(
        &self,
        controller: &JsObject<DefaultController>,
        result: &JsValue,
        context: &mut Context,
    ) -> JsResult<Outcome> {
        let Some(result) = result.as_object() else {
            return Err(type_error("what next of the iterator returned is not an object"));
        };
        if result.get(js_string!("done"), context)?.to_boolean() {
            close(controller, context);
            return Ok(Outcome::DONE);
        }
        let value = result.get(js_string!("value"), context)?;
        if !self.is_sync {
            enqueue(controller, value, context)?;
            return Ok(Outcome::DONE);
        }
        let done = Deferred::pending(context);
        let promise = done.promise();
        let value = JsPromise::resolve(value, context)?;
        Outcome::Promise(value).then(
            &(controller.clone(), done),
            |(controller, done), value, context| match enqueue(controller, value, context) {
                Ok(()) => done.clone().resolve(JsValue::undefined(), context),
                Err(error) => {
                    let reason = reason_of(error, context);
                    done.clone().reject(reason, context);
                }
            },
            |(_, done), reason, context| done.clone().reject(reason, context),
            context,
        );
        Ok(Outcome::Promise(promise))
    }
}

impl UnderlyingSource for Iterated {
    fn pull(&self, controller: JsValue, context: &mut Context) -> Outcome {
        let controller = controller.as_object().and_then(|it| it.downcast().ok());
        let Some(controller) = controller else { return Outcome::DONE };
        let done = Deferred::pending(context);
        let promise = done.promise();
        self.step(context).then(
            &(self.clone(), (controller, done)),
            |(iterated, (controller, done)), result, context| {
                let (this, of) = (iterated.clone(), controller.clone());
                let take = move |context: &mut Context| this.take(&of, &result, context);
                let taken = frame::within(take, context);
                match taken {
                    Ok(Outcome::Promise(promise)) => done.clone().resolve(promise.into(), context),
                    Ok(_) => done.clone().resolve(JsValue::undefined(), context),
                    Err(error) => {
                        let reason = reason_of(error, context);
                        done.clone().reject(reason, context);
                    }
                }
            },
            |(_, (_, done)), reason, context| done.clone().reject(reason, context),
            context,
        );
        Outcome::Promise(promise)
    }

    fn cancel(&self, reason: JsValue, context: &mut Context) -> Outcome {
        let this = self.clone();
        let call = move |context: &mut Context| {
            let method = match this.iterator.get(js_string!("return"), context) {
                Ok(method) if method.is_null_or_undefined() => return Ok(None),
                Ok(method) => method,
                Err(error) => return Err(error),
            };
            let method = method.as_callable();
            let method =
                method.ok_or_else(|| type_error("return of the iterator is no function"))?;
            let iterator = this.iterator.clone().into();
            activation::call(&method, &iterator, &[reason], context).map(Some)
        };
        let returned: Result<Option<JsValue>, JsError> = frame::within(call, context);
        let returned = match returned {
            Ok(None) => return Outcome::DONE,
            Ok(Some(value)) if self.is_sync => Outcome::Fulfilled(value),
            Ok(Some(value)) => Outcome::of(Ok(value), context),
            Err(error) => return Outcome::Rejected(reason_of(error, context)),
        };
        let done = Deferred::pending(context);
        let promise = done.promise();
        returned.then(
            &done,
            |done, value, context| {
                if value.is_object() {
                    return done.clone().resolve(JsValue::undefined(), context);
                }
                let error = type_error("what return of the iterator returned is not an object");
                let reason = reason_of(error, context);
                done.clone().reject(reason, context);
            },
            |done, reason, context| done.clone().reject(reason, context),
            context,
        );
        Outcome::Promise(promise)
    }
}
