//! Promises as the algorithms of streams use them: pending ones that are settled later, reactions in
//! Rust, and what a callback of a script has returned.
//!
//! Spec: <https://webidl.spec.whatwg.org/#js-promise-manipulation>

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::job::PromiseJob;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{
    Context, Finalize, JsError, JsObject, JsResult, JsValue, NativeFunction, Trace, js_string,
};

use crate::js::executor::report_uncaught;

use crate::js::runtime_limit::catchable;
use crate::js::{activation, frame};

/// A promise, and how to settle it as long as it is pending.
#[derive(Clone, Trace, Finalize)]
pub(super) struct Deferred {
    promise: JsPromise,
    functions: Option<ResolvingFunctions>,
}

impl Deferred {
    pub(super) fn pending(context: &mut Context) -> Self {
        let (promise, functions) = JsPromise::new_pending(context);
        Self { promise, functions: Some(functions) }
    }

    pub(super) fn resolved(context: &mut Context) -> Self {
        let (promise, functions) = JsPromise::new_pending(context);
        settle(&functions.resolve, JsValue::undefined(), context);
        Self { promise, functions: None }
    }

    /// Rejected with nobody told of it.
    pub(super) fn rejected(reason: JsValue, context: &mut Context) -> Self {
        let mut deferred = Self::pending(context);
        deferred.mark_handled(context);
        deferred.reject(reason, context);
        deferred
    }

    pub(super) fn promise(&self) -> JsPromise {
        self.promise.clone()
    }

    pub(super) fn value(&self) -> JsValue {
        self.promise.clone().into()
    }

    pub(super) fn is_pending(&self) -> bool {
        self.functions.is_some()
    }

    /// The same promise to settle while this one is borrowed no more: it counts as settled.
    pub(super) fn settling(&mut self) -> Self {
        Self { promise: self.promise.clone(), functions: self.functions.take() }
    }

    /// Settled promises stay as they are.
    pub(super) fn resolve(&mut self, value: JsValue, context: &mut Context) {
        if let Some(functions) = self.functions.take() {
            settle(&functions.resolve, value, context);
        }
    }

    pub(super) fn reject(&mut self, reason: JsValue, context: &mut Context) {
        if let Some(functions) = self.functions.take() {
            settle(&functions.reject, reason, context);
        }
    }

    /// Nobody is told that it is rejected.
    pub(super) fn mark_handled(&self, context: &mut Context) {
        mark_handled(&self.promise, context);
    }
}

fn settle(function: &JsObject, value: JsValue, context: &mut Context) {
    if let Err(error) = function.call(&JsValue::undefined(), &[value], context) {
        report_uncaught(error, context);
    }
}

/// Nobody is told that it is rejected.
pub(super) fn mark_handled(promise: &JsPromise, context: &mut Context) {
    let nothing = NativeFunction::from_fn_ptr(|_, _, _| Ok(JsValue::undefined()));
    let nothing = nothing.to_js_function(context.realm());
    drop(promise.then(None, Some(nothing), context));
}

/// The value of an exception.
pub(super) fn reason_of(error: JsError, context: &mut Context) -> JsValue {
    catchable(error, context).into_opaque(context).unwrap_or_default()
}

/// A rejected promise, as a value.
pub(super) fn rejection(error: JsError, context: &mut Context) -> JsResult<JsValue> {
    let reason = reason_of(error, context);
    Ok(JsPromise::reject(JsError::from_opaque(reason), context)?.into())
}

/// A promise for what `run` returns or throws, for methods that throw nothing.
pub(super) fn promising(
    context: &mut Context,
    run: impl FnOnce(&mut Context) -> JsResult<JsValue>,
) -> JsResult<JsValue> {
    run(context).or_else(|error| rejection(error, context))
}

/// What an algorithm comes to: what a callback of a script has returned or thrown.
pub(super) enum Outcome {
    Fulfilled(JsValue),
    Rejected(JsValue),
    Promise(JsPromise),
}

impl Outcome {
    pub(super) const DONE: Self = Self::Fulfilled(JsValue::undefined());

    /// Web IDL: what an operation returns becomes a new promise that is resolved with it.
    pub(super) fn of(result: JsResult<JsValue>, context: &mut Context) -> Self {
        match result {
            Ok(value) if value.is_object() => {
                let mut resolved = Deferred::pending(context);
                resolved.resolve(value, context);
                Self::Promise(resolved.promise())
            }
            Ok(value) => Self::Fulfilled(value),
            Err(error) => Self::Rejected(reason_of(error, context)),
        }
    }

    /// The same of a callback that a script may not have given.
    pub(super) fn of_call(
        callback: Option<&JsObject>,
        this: &JsValue,
        arguments: impl AsRef<[JsValue]> + 'static,
        context: &mut Context,
    ) -> Self {
        let Some(callback) = callback else { return Self::DONE };
        let (callback, this) = (callback.clone(), this.clone());
        let call = move |context: &mut Context| {
            let result = activation::call(&callback, &this, arguments.as_ref(), context);
            Self::of(result, context)
        };
        frame::within(call, context)
    }

    /// Calls one of these in a microtask once it is settled.
    pub(super) fn then<T: Trace + Clone + 'static>(
        self,
        captures: &T,
        fulfilled: fn(&T, JsValue, &mut Context),
        rejected: fn(&T, JsValue, &mut Context),
        context: &mut Context,
    ) {
        let (react, value) = match self {
            Self::Promise(promise) => {
                return when(&promise, captures, fulfilled, rejected, context);
            }
            Self::Fulfilled(value) => (fulfilled, value),
            Self::Rejected(reason) => (rejected, reason),
        };
        let captures = captures.clone();
        let job = PromiseJob::new(move |context| {
            react(&captures, value, context);
            Ok(JsValue::undefined())
        });
        context.enqueue_job(job.into());
    }

    /// A promise of undefined, or of the reason.
    pub(super) fn into_promise_of_nothing(self, context: &mut Context) -> JsPromise {
        let mut done = Deferred::pending(context);
        match self {
            Self::Promise(_) => {
                let promise = done.promise();
                self.then(
                    &done,
                    |done, _, context| done.clone().resolve(JsValue::undefined(), context),
                    |done, reason, context| done.clone().reject(reason, context),
                    context,
                );
                return promise;
            }
            Self::Fulfilled(_) => done.resolve(JsValue::undefined(), context),
            Self::Rejected(reason) => done.reject(reason, context),
        }
        done.promise()
    }
}

/// Calls one of these once a promise is settled.
pub(super) fn when<T: Trace + Clone + 'static>(
    promise: &JsPromise,
    captures: &T,
    fulfilled: fn(&T, JsValue, &mut Context),
    rejected: fn(&T, JsValue, &mut Context),
    context: &mut Context,
) {
    let realm = context.realm().clone();
    let reaction = |react: fn(&T, JsValue, &mut Context)| {
        let native = NativeFunction::from_copy_closure_with_captures(
            move |_, arguments, captures, context| {
                let value = arguments.first().cloned().unwrap_or_default();
                react(captures, value, context);
                Ok(JsValue::undefined())
            },
            captures.clone(),
        );
        native.to_js_function(&realm)
    };
    drop(promise.then(Some(reaction(fulfilled)), Some(reaction(rejected)), context));
}

/// What a read is fulfilled with.
pub(super) fn step(value: JsValue, done: bool, context: &mut Context) -> JsValue {
    boa_engine::builtins::iterable::create_iter_result_object(value, done, context)
}

/// A function in a dictionary, or a `TypeError` that names it.
pub(super) fn method(
    object: &JsObject,
    name: &str,
    context: &mut Context,
) -> JsResult<Option<JsObject>> {
    let value = object.get(js_string!(name), context)?;
    if value.is_undefined() {
        return Ok(None);
    }
    crate::js::argument::function(&value, name, context).map(|function| Some(function.into()))
}
