//! Host hooks: which promises were rejected with nobody listening, where a program waits for one,
//! what becomes of callbacks of promises in which the engine gives up, and which texts may be
//! compiled.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use boa_engine::builtins::function::OrdinaryFunction;
use boa_engine::builtins::promise::{OperationType, Promise};
use boa_engine::context::HostHooks;
use boa_engine::context::intrinsics::Intrinsics;
use boa_engine::job::JobCallback;
use boa_engine::object::builtins::JsFunction;
use boa_engine::realm::Realm;
use boa_engine::{
    Context, Finalize, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use super::activation::{self, Continuation, Doubt};
use super::async_context;
use super::executor::Executor;
use super::nesting;
use super::runtime_limit::catchable;
use super::waiting::Waiting;

/// Makes a global object.
pub type GlobalObject = fn(&Intrinsics) -> JsObject;

/// Remembers rejected promises until the end of the microtask checkpoint.
pub struct Hooks {
    rejected: RefCell<Vec<JsObject<Promise>>>,
    waiting: Waiting,
    executor: Rc<Executor>,
    /// Makes the global object, unless it is an ordinary one.
    global: Option<GlobalObject>,
    /// `Promise.prototype.then`, with which the engine asks a promise that another is resolved with.
    then: OnceCell<JsObject>,
    /// Counts what shows that a function which went on after an `await` has come to its next one, or
    /// has ended with an exception.
    signs: Cell<u64>,
    /// Whether one may have ended without settling its promise since the last look.
    suspicious: Cell<bool>,
}

/// What is known of a callback of a promise where it is registered.
#[derive(Trace, Finalize, JsData)]
enum Noted {
    Nothing,
    Doubt(Doubt),
    Continuation(Continuation),
}

/// The same, and what it belongs to, once a script wants to find that again.
#[derive(Trace, Finalize, JsData)]
struct Framed {
    noted: Noted,
    frame: Option<JsObject>,
}

impl Hooks {
    /// For the queue that callbacks of promises come from.
    pub fn new(executor: Rc<Executor>, global: Option<GlobalObject>) -> Self {
        let (rejected, waiting, then, signs, suspicious) = Default::default();
        Self { rejected, waiting, executor, global, then, signs, suspicious }
    }

    /// Takes note of what the engine has made, before a script can replace it.
    pub fn prepare(&self, context: &mut Context) -> JsResult<()> {
        let promises = context.intrinsics().constructors().promise().prototype();
        if let Some(then) = promises.get(js_string!("then"), context)?.as_object() {
            self.then.get_or_init(|| then);
        }
        Ok(())
    }

    /// Takes the promises that were rejected and have no handler, oldest first.
    pub fn take_rejected(&self) -> Vec<JsObject<Promise>> {
        let mut rejected = self.rejected.borrow_mut();
        if rejected.is_empty() { Vec::new() } else { std::mem::take(&mut *rejected) }
    }

    /// Whether a promise may have been abandoned: after an `await`, Boa 0.22 drops a function with
    /// which it gives up, error and all. It looks like one that returned and whose promise nobody
    /// had asked for.
    pub fn is_suspicious(&self) -> bool {
        self.suspicious.get()
    }

    /// Somebody has looked.
    pub fn clear_suspicion(&self) {
        self.suspicious.set(false);
    }

    /// Takes note of a callback.
    fn note(&self, callback: &JsFunction, context: &Context) -> Noted {
        self.signs.set(self.signs.get() + 1);
        // What is no function of a script is nearly always the engine's own, to go on after an await.
        if callback.is::<OrdinaryFunction>() {
            return activation::note_callback(context).map_or(Noted::Nothing, Noted::Doubt);
        }
        if self.then.get().is_some_and(|then| JsObject::equals(then, callback)) {
            activation::note_return(context);
            return Noted::Nothing;
        }
        let continuation = self.waiting.note(context).or_else(|| activation::note(context));
        continuation.map_or(Noted::Nothing, Noted::Continuation)
    }

    /// Calls a callback of a promise.
    fn call_noted(
        &self,
        (callback, noted): (&JsFunction, Option<&Noted>),
        this: &JsValue,
        arguments: &[JsValue],
        context: &mut Context,
    ) -> JsResult<JsValue> {
        if callback.is::<OrdinaryFunction>() {
            if let Some(Noted::Doubt(doubt)) = noted {
                doubt.settle(arguments);
            }
            let result = callback.call(this, arguments, context);
            return result.map_err(|error| catchable(error, context));
        }
        let call = |context: &mut Context| self.call_native(callback, this, arguments, context);
        match noted {
            Some(Noted::Continuation(continuation)) => continuation.resume(call, context),
            _ => call(context),
        }
    }

    /// Calls a native: nearly always one of the engine's own, with which it resumes a function.
    fn call_native(
        &self,
        callback: &JsFunction,
        this: &JsValue,
        arguments: &[JsValue],
        context: &mut Context,
    ) -> JsResult<JsValue> {
        let signs = |hooks: &Self| (hooks.signs.get(), hooks.executor.len());
        let before = signs(self);
        let result = callback.call(this, arguments, context);
        match &result {
            Ok(_) if signs(self) == before => self.suspicious.set(true),
            // What resumes a function must throw nothing that can be caught. It throws only where
            // there is no room for its own call.
            Err(_) if has_room(context) => {
                return result.map_err(|error| catchable(error, context));
            }
            _ => {}
        }
        result
    }
}

impl Hooks {
    /// Where a program waits at its top level, whose path is `program`: the line, if that is
    /// certain, and the place or the places.
    pub fn waiting(&self, program: &str, context: &Context) -> (Option<String>, String) {
        self.waiting.text(program, context)
    }
}

impl HostHooks for Hooks {
    fn create_global_object(&self, intrinsics: &Intrinsics) -> JsObject {
        let ordinary = || JsObject::with_object_proto(intrinsics);
        self.global.map_or_else(ordinary, |global| global(intrinsics))
    }

    fn make_job_callback(&self, callback: JsFunction, context: &mut Context) -> JobCallback {
        let noted = self.note(&callback, context);
        if async_context::is_used() {
            let frame = async_context::current();
            return JobCallback::new(callback, Framed { noted, frame });
        }
        match noted {
            // Nothing takes no memory.
            Noted::Nothing => JobCallback::new(callback, ()),
            noted => JobCallback::new(callback, noted),
        }
    }

    fn call_job_callback(
        &self,
        job: &JobCallback,
        this: &JsValue,
        arguments: &[JsValue],
        context: &mut Context,
    ) -> JsResult<JsValue> {
        let callback = job.callback();
        if !async_context::is_used() {
            let noted = job.host_defined().downcast_ref::<Noted>();
            return self.call_noted((callback, noted), this, arguments, context);
        }
        let (noted, frame) = match job.host_defined().downcast_ref::<Framed>() {
            Some(Framed { noted, frame }) => (Some(noted), frame.clone()),
            None => (job.host_defined().downcast_ref::<Noted>(), None),
        };
        let call = || self.call_noted((callback, noted), this, arguments, context);
        async_context::within(frame, call)
    }

    fn ensure_can_compile_strings(
        &self,
        _realm: Realm,
        parameters: &[JsString],
        body: &JsString,
        _direct: bool,
        _context: &mut Context,
    ) -> JsResult<()> {
        parameters.iter().chain([body]).try_for_each(nesting::check)
    }

    fn promise_rejection_tracker(
        &self,
        promise: &JsObject<Promise>,
        operation: OperationType,
        _context: &mut Context,
    ) {
        self.signs.set(self.signs.get() + 1);
        let mut rejected = self.rejected.borrow_mut();
        match operation {
            OperationType::Reject => rejected.push(promise.clone()),
            OperationType::Handle => {
                rejected.retain(|known| !JsObject::equals(known, promise));
            }
        }
    }
}

/// Whether the engine, which counts frames and calls from Rust, is far from its limit here.
fn has_room(context: &Context) -> bool {
    let limit = context.runtime_limits().recursion_limit();
    context.stack_trace().take(limit / 4).count() < limit / 4
}
