//! Functions of a script that Rust has called and that `await`: which of them the engine has lost.
//!
//! Where Boa 0.22 gives up in a function that has awaited something, it drops the function, error
//! and all, and its promise stays pending. It tells a hook of each `await`, though. So a function
//! that has gone on after one, and neither awaits again nor has settled its promise, nor has returned
//! another one, is lost. That is certain, but it is known only of functions that Rust calls, not of
//! those that they call.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use boa_engine::builtins::promise::{Promise, PromiseState};
use boa_engine::object::builtins::JsPromise;
use boa_engine::vm::CodeBlock;
use boa_engine::{Context, Finalize, JsData, JsObject, JsResult, JsValue, Trace};
use boa_gc::{Gc, GcRefCell};

/// The name of the function that the engine makes of a module's top level.
const TOP_LEVEL: &str = "<main>";

thread_local! {
    /// The function that Rust has called, while it runs.
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
    /// The run whose promise was returned last, with the address of that promise.
    static RETURNED: RefCell<(usize, Weak<State>)> = const { RefCell::new((0, Weak::new())) };
    static LOST: RefCell<Vec<Lost>> = const { RefCell::new(Vec::new()) };
}

/// A function that was lost, and for whose promise Rust does not wait.
pub struct Lost {
    /// Its name, which may be empty.
    pub name: String,
    /// Its file.
    pub path: String,
    /// It is a module: lost only if it has not ended.
    pub is_module: bool,
}

/// One run of an async function, or of a module's top level.
#[derive(Clone, Trace, Finalize)]
pub(super) struct Activation {
    code: Gc<CodeBlock>,
    /// What the function returned; a module returns nothing.
    promise: Gc<GcRefCell<Option<JsPromise>>>,
    #[unsafe_ignore_trace]
    state: Rc<State>,
}

#[derive(Default)]
struct State {
    /// How often it has begun to wait: twice for each `await`.
    waits: Cell<u64>,
    /// Whether it has ended since by returning a promise: its own stays pending until that is
    /// settled.
    has_returned: Cell<bool>,
    /// What it has queued since that may be such an end, or may be a callback of another promise.
    doubts: Cell<u32>,
    /// Whether it would be lost, but for those.
    has_stopped: Cell<bool>,
    waiter: RefCell<Option<Weak<dyn Waiter>>>,
}

/// Rust that waits for the promise.
pub(super) trait Waiter {
    /// Nothing will ever settle the promise.
    fn lose(&self);
}

/// What a job holds that goes on with a function; so do others that the function has queued.
#[derive(Trace, Finalize, JsData)]
pub(super) struct Continuation {
    activation: Activation,
    #[unsafe_ignore_trace]
    number: u64,
}

/// What the job of a function of the script holds that another one has queued.
#[derive(Trace, Finalize, JsData)]
pub(super) struct Doubt {
    activation: Activation,
    #[unsafe_ignore_trace]
    waits: u64,
}

struct Running {
    /// How many calls there are inside of each other where the function runs.
    depth: usize,
    activation: Option<Activation>,
}

/// Calls a function of a script and takes note if it awaits something.
pub fn call(
    function: &JsObject,
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (result, activation) =
        running(None, |context| function.call(this, arguments, context), context);
    let is_async = |function: &JsObject, context: &Context| {
        let class = context.intrinsics().constructors().async_function().prototype();
        function.prototype().is_some_and(|prototype| JsObject::equals(&prototype, &class))
    };
    if let Some(activation) = activation
        && is_async(function, context)
        && let Some(promise) = result.as_ref().ok().and_then(JsValue::as_object)
        && let Ok(promise) = JsPromise::from_object(promise)
    {
        RETURNED.set((address(&promise), Rc::downgrade(&activation.state)));
        *activation.promise.borrow_mut() = Some(promise);
    }
    result
}

/// Whether a function awaits that Rust has called, at the calls in `context`: then it is for its job
/// to hold what is returned.
#[inline]
pub(super) fn note(context: &Context) -> Option<Continuation> {
    RUNNING.with_borrow_mut(|running| {
        let running = running.as_mut()?;
        let mut calls = context.stack_trace();
        let code = calls.next()?.code_block();
        if 1 + calls.take(running.depth).count() != running.depth {
            return None;
        }
        match &running.activation {
            Some(known) if !Gc::ptr_eq(&known.code, code) => None,
            known => {
                let activation = known.clone().unwrap_or_else(|| Activation::new(code.clone()));
                Some(running.activation.insert(activation).wait())
            }
        }
    })
}

/// A function that Rust has called queues a call of a function of the engine's, with which it asks
/// a promise that another one is resolved with.
#[inline]
pub(super) fn note_return(context: &Context) {
    RUNNING.with_borrow(|running| {
        if let Some(activation) = running.as_ref().and_then(|running| running.queues(context)) {
            activation.state.has_returned.set(true);
        }
    });
}

/// The same for a function of the script, which may be a callback of a promise as well.
#[inline]
pub(super) fn note_callback(context: &Context) -> Option<Doubt> {
    RUNNING.with_borrow(|running| {
        let activation = running.as_ref()?.queues(context)?.clone();
        let state = &activation.state;
        state.doubts.set(state.doubts.get() + 1);
        let waits = state.waits.get();
        Some(Doubt { activation, waits })
    })
}

/// Rust waits for a promise, which it may have been given just now.
pub(super) fn note_waiter<W: Waiter + 'static>(promise: &JsPromise, waiter: &Rc<W>) {
    let (returned, state) = RETURNED.take();
    if returned == address(promise)
        && let Some(state) = state.upgrade()
    {
        let waiter: Weak<W> = Rc::downgrade(waiter);
        state.waiter.replace(Some(waiter));
    }
}

/// Takes the functions that were lost.
pub fn take_lost() -> Vec<Lost> {
    LOST.with_borrow_mut(std::mem::take)
}

/// Whether this is the code of a module's top level.
pub(super) fn is_module(code: &CodeBlock) -> bool {
    code.name() == TOP_LEVEL
}

fn address(promise: &JsPromise) -> usize {
    let object: &JsObject<Promise> = promise;
    std::ptr::from_ref(object.as_ref()).addr()
}

/// Does what runs a function, and returns the run of it that awaits something.
fn running<T>(
    activation: Option<Activation>,
    run: impl FnOnce(&mut Context) -> T,
    context: &mut Context,
) -> (T, Option<Activation>) {
    let depth = context.stack_trace().count() + 1;
    let outer = RUNNING.replace(Some(Running { depth, activation }));
    let result = run(context);
    let running = RUNNING.replace(outer);
    (result, running.and_then(|running| running.activation))
}

impl Running {
    /// The function, if it has awaited something and is what runs in `context`.
    fn queues(&self, context: &Context) -> Option<&Activation> {
        let activation = self.activation.as_ref()?;
        let mut calls = context.stack_trace();
        let is_its = Gc::ptr_eq(&activation.code, calls.next()?.code_block());
        (is_its && 1 + calls.take(self.depth).count() == self.depth).then_some(activation)
    }
}

impl Activation {
    pub(super) fn new(code: Gc<CodeBlock>) -> Self {
        let promise = Gc::new(GcRefCell::new(None));
        Self { code, promise, state: Rc::default() }
    }

    /// It begins to wait.
    pub(super) fn wait(&self) -> Continuation {
        let number = self.state.waits.get() + 1;
        self.state.waits.set(number);
        self.state.has_returned.set(false);
        self.state.doubts.set(0);
        self.state.has_stopped.set(false);
        Continuation { activation: self.clone(), number }
    }

    /// Whether it has not ended, as far as is known.
    fn is_open(&self) -> bool {
        let promise = self.promise.borrow();
        let is_module = self.is_module();
        promise.as_ref().map_or(is_module, |it| matches!(it.state(), PromiseState::Pending))
    }

    pub(super) fn code(&self) -> &Gc<CodeBlock> {
        &self.code
    }

    fn is_module(&self) -> bool {
        is_module(&self.code)
    }

    /// It has run as far as it gets without having begun to wait: it is lost, if it has not ended.
    fn stop(&self) {
        if self.state.has_returned.get() || !self.is_open() {
            return;
        }
        let is_certain = self.state.doubts.get() == 0;
        self.state.has_stopped.set(!is_certain);
        if is_certain {
            self.lose();
        }
    }

    fn lose(&self) {
        let waiter = self.state.waiter.borrow().as_ref().and_then(Weak::upgrade);
        if let Some(waiter) = waiter {
            return waiter.lose();
        }
        let lost = Lost {
            name: self.code.name().to_std_string_lossy(),
            path: self.code.path().to_string(),
            is_module: self.is_module(),
        };
        LOST.with_borrow_mut(|all| all.push(lost));
    }
}

impl Doubt {
    /// The job is run with these arguments: two functions, if it asks a promise that another one is
    /// resolved with.
    pub(super) fn settle(&self, arguments: &[JsValue]) {
        let state = &self.activation.state;
        if state.waits.get() != self.waits {
            return;
        }
        if arguments.len() == 2 && arguments.iter().all(JsValue::is_callable) {
            return state.has_returned.set(true);
        }
        state.doubts.set(state.doubts.get().saturating_sub(1));
        if state.has_stopped.get() {
            self.activation.stop();
        }
    }
}

impl Continuation {
    /// Does what goes on with the function, if this is what it waits for.
    pub(super) fn resume<T>(
        &self,
        run: impl FnOnce(&mut Context) -> T,
        context: &mut Context,
    ) -> T {
        let activation = &self.activation;
        let waits = activation.state.waits.get();
        // The last thing that a function does before it stops is to wait for both outcomes.
        if waits - self.number > 1 || !activation.is_open() {
            return run(context);
        }
        let (result, _) = running(Some(activation.clone()), run, context);
        if activation.state.waits.get() == waits {
            activation.stop();
        }
        result
    }
}
