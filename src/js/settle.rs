//! Rust that waits for a promise of a script, and hears of one that can never be settled.
//!
//! A promise to which nothing in the script refers any more is collected as garbage, and with it
//! what waits for it. That is how `new Promise(() => {})` ends, and a function that recurses too
//! deeply after an `await`, which Boa 0.22 drops without a word.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use boa_engine::builtins::promise::PromiseState;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, Finalize, JsData, JsError, JsResult, JsValue, NativeFunction, Trace};

use super::activation::{self, Waiter};

thread_local! {
    /// What waited for promises that were abandoned, and whether their function was lost.
    static ABANDONED: RefCell<Vec<(Rc<dyn Settle>, bool)>> = const { RefCell::new(Vec::new()) };
    /// How many promises are waited for.
    static WAITING: Cell<usize> = const { Cell::new(0) };
}

/// What is done with a promise that has been settled.
pub trait Settle {
    /// It has been fulfilled or rejected.
    fn settled(&self, outcome: JsResult<JsValue>, context: &mut Context);
    /// Nothing is left that could settle it. Returns the exception that stands for what is known of
    /// the engine's fault, if that is the cause.
    fn abandoned(&self, cause: Cause, context: &mut Context) -> Option<JsError>;
}

/// Why a promise is abandoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The script has dropped what could settle it.
    Script,
    /// There was a sign that the engine gave up in a function that had awaited something.
    Suspicion,
    /// It gave up in the function whose promise it is.
    Recursion,
}

/// Calls `settle` once `promise` is settled, or abandoned and found so.
pub fn when_settled(
    promise: &JsPromise,
    settle: impl Settle + 'static,
    context: &mut Context,
) -> JsResult<()> {
    WAITING.set(WAITING.get() + 1);
    let waiting = Rc::new(Waiting { settle: Rc::new(settle), is_over: Cell::new(false) });
    activation::note_waiter(promise, &waiting);
    let captures = Captures { promise: promise.clone(), waiting };
    let react = NativeFunction::from_copy_closure_with_captures(react, captures);
    let react = react.to_js_function(context.realm());
    promise.then(Some(react.clone()), Some(react), context).map(drop)
}

/// Whether anything waits for a promise.
pub fn is_anything_waiting() -> bool {
    WAITING.get() > 0
}

/// Takes what waited for promises that were found to be abandoned, and whether that is the engine's
/// doing.
pub fn take_abandoned() -> Vec<(Rc<dyn Settle>, bool)> {
    ABANDONED.with_borrow_mut(std::mem::take)
}

/// What the reaction to a promise holds. The promise holds the reaction: both are garbage together.
#[derive(Trace, Finalize, JsData)]
struct Captures {
    promise: JsPromise,
    #[unsafe_ignore_trace]
    waiting: Rc<Waiting>,
}

struct Waiting {
    settle: Rc<dyn Settle>,
    is_over: Cell<bool>,
}

impl Waiting {
    /// True at the first call.
    fn end(&self) -> bool {
        let first = !self.is_over.replace(true);
        if first {
            // A thread that ends may have dropped the count already.
            let _ = WAITING.try_with(|waiting| waiting.set(waiting.get() - 1));
        }
        first
    }

    fn abandon(&self, lost: bool) {
        if self.end() {
            let one = (self.settle.clone(), lost);
            let _ = ABANDONED.try_with(|abandoned| abandoned.borrow_mut().push(one));
        }
    }
}

/// By the collector, which must not run a script: who waited is told later.
impl Drop for Waiting {
    fn drop(&mut self) {
        self.abandon(false);
    }
}

impl Waiter for Waiting {
    fn lose(&self) {
        self.abandon(true);
    }
}

fn react(
    _: &JsValue,
    _: &[JsValue],
    captures: &Captures,
    context: &mut Context,
) -> JsResult<JsValue> {
    let outcome = match captures.promise.state() {
        PromiseState::Fulfilled(value) => Ok(value),
        PromiseState::Rejected(reason) => Err(JsError::from_opaque(reason)),
        PromiseState::Pending => return Ok(JsValue::undefined()),
    };
    if captures.waiting.end() {
        captures.waiting.settle.settled(outcome, context);
    }
    Ok(JsValue::undefined())
}
