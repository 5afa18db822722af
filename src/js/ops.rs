//! Work that would block the loop, and the promises that wait for it.
//!
//! A native queues a piece of work with [`spawn`] and returns the promise, or gives a callback. The loop takes what is
//! queued, hands it to a worker thread, and brings the outcome back to [`settle`]. Nothing here
//! knows a thread: work goes out as a closure and comes back as a value.
//!
//! The work gets no engine and no script's value, since it runs elsewhere; what it found becomes a
//! value in the loop, by a function that captures nothing. A value of the script that is needed
//! for that waits in the table, which is a root.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue};

use super::activation;
use crate::id::OpId;

/// What a piece of work found.
pub type Found = Box<dyn Any + Send>;

/// A piece of work, for a worker thread.
pub type Work = Box<dyn FnOnce() -> Found + Send>;

/// How a piece of work ended: with what it found, or in a panic with this message.
pub type Outcome = Result<Found, String>;

/// `Context` data, once there was an op.
#[derive(Default)]
struct Ops {
    pending: RefCell<HashMap<OpId, Pending>>,
    queued: RefCell<Vec<(OpId, Work)>>,
    /// How many ops there have been: no id comes again.
    count: Cell<u64>,
}

/// Who waits, and how the value is made.
struct Pending {
    waiter: Waiter,
    to_value: Box<ToValue>,
}

enum Waiter {
    Promise(ResolvingFunctions),
    /// A script's function, which gets an exception or null, and then the value.
    Callback(JsFunction),
}

type ToValue = dyn FnOnce(Found, &mut Context) -> JsResult<JsValue>;

/// Queues work for a worker thread and returns a promise for what `to_value` makes of its result,
/// or for the exception that it throws. The process lives until it is settled.
pub fn spawn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    to_value: fn(T, &mut Context) -> JsResult<JsValue>,
    context: &mut Context,
) -> JsPromise {
    let (promise, functions) = JsPromise::new_pending(context);
    let to_value = move |found, (): (), context: &mut Context| to_value(found, context);
    queue(work, to_value, (), Waiter::Promise(functions), context);
    promise
}

/// The same where making the value needs another one, such as the buffer that bytes go to.
pub fn spawn_with<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    to_value: fn(T, JsValue, &mut Context) -> JsResult<JsValue>,
    given: JsValue,
    context: &mut Context,
) -> JsPromise {
    let (promise, functions) = JsPromise::new_pending(context);
    queue(work, to_value, given, Waiter::Promise(functions), context);
    promise
}

/// The same for a function that is called with an exception, or with null and the value. What it
/// throws is an uncaught error.
pub fn spawn_call<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    to_value: fn(T, JsValue, &mut Context) -> JsResult<JsValue>,
    given: JsValue,
    callback: JsFunction,
    context: &mut Context,
) {
    queue(work, to_value, given, Waiter::Callback(callback), context);
}

#[expect(
    clippy::expect_used,
    reason = "the id under which the work went out is the one under which its result comes back"
)]
fn queue<T: Send + 'static, G: 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    to_value: impl FnOnce(T, G, &mut Context) -> JsResult<JsValue> + 'static,
    given: G,
    waiter: Waiter,
    context: &mut Context,
) {
    let to_value = move |found: Found, context: &mut Context| {
        let found = found.downcast::<T>().expect("an op gets what its own work found");
        to_value(*found, given, context)
    };
    let ops = ops(context);
    let id = OpId::from(ops.count.get());
    ops.count.set(ops.count.get() + 1);
    let pending = Pending { waiter, to_value: Box::new(to_value) };
    ops.pending.borrow_mut().insert(id, pending);
    ops.queued.borrow_mut().push((id, Box::new(move || Box::new(work()) as Found)));
}

/// Takes the work that was queued since the last call, oldest first.
pub fn take_queued(context: &Context) -> Vec<(OpId, Work)> {
    let ops = context.get_data::<Rc<Ops>>();
    ops.map_or_else(Vec::new, |ops| std::mem::take(&mut *ops.queued.borrow_mut()))
}

/// How many ops have not been settled.
pub fn pending(context: &Context) -> usize {
    context.get_data::<Rc<Ops>>().map_or(0, |ops| ops.pending.borrow().len())
}

/// Settles the promise of an op. A second outcome of the same one goes nowhere.
pub fn settle(id: OpId, outcome: Outcome, context: &mut Context) -> JsResult<()> {
    let ops = context.get_data::<Rc<Ops>>().cloned();
    let pending = ops.and_then(|ops| ops.pending.borrow_mut().remove(&id));
    let Some(Pending { waiter, to_value }) = pending else { return Ok(()) };
    let result = match outcome {
        Ok(found) => to_value(found, context),
        Err(message) => Err(panicked(&message)),
    };
    let undefined = JsValue::undefined();
    match waiter {
        Waiter::Promise(promise) => {
            let (function, value) = match result {
                Ok(value) => (promise.resolve, value),
                Err(error) => (promise.reject, error.into_opaque(context)?),
            };
            function.call(&undefined, &[value], context).map(drop)
        }
        Waiter::Callback(callback) => {
            let arguments = match result {
                // Nothing to tell: as in Node, the exception is all that there could have been.
                Ok(value) if value.is_undefined() => vec![JsValue::null()],
                Ok(value) => vec![JsValue::null(), value],
                Err(error) => vec![error.into_opaque(context)?],
            };
            activation::call(&callback, &undefined, &arguments, context).map(drop)
        }
    }
}

fn panicked(message: &str) -> JsError {
    let message = format!("krandog: internal error in a worker thread: {message}");
    JsNativeError::error().with_message(message).into()
}

fn ops(context: &mut Context) -> Rc<Ops> {
    if let Some(ops) = context.get_data::<Rc<Ops>>() {
        return ops.clone();
    }
    let ops = Rc::new(Ops::default());
    context.insert_data(ops.clone());
    ops
}

#[cfg(test)]
mod tests {
    use std::thread;

    use boa_engine::builtins::promise::PromiseState;
    use boa_engine::js_string;

    use super::*;
    use crate::js::error::type_error;

    /// An op as a built-in would have it: it counts lines, and throws where there is none.
    fn count_lines(text: &'static str, context: &mut Context) -> JsPromise {
        spawn(
            || text.lines().count(),
            |lines, _| match lines {
                0 => Err(type_error("no line")),
                lines => Ok(JsValue::from(lines)),
            },
            context,
        )
    }

    /// Does all that is queued, each on a thread of its own.
    fn work(context: &Context) -> Vec<(OpId, Outcome)> {
        let queued = take_queued(context).into_iter();
        let threads: Vec<_> = queued.map(|(id, work)| (id, thread::spawn(work))).collect();
        let message = |panic: Found| match panic.downcast::<&str>() {
            Ok(text) => (*text).to_owned(),
            Err(_) => "unknown".to_owned(),
        };
        threads.into_iter().map(|(id, thread)| (id, thread.join().map_err(message))).collect()
    }

    fn settle_all(outcomes: Vec<(OpId, Outcome)>, context: &mut Context) {
        for (id, outcome) in outcomes {
            settle(id, outcome, context).expect("a promise to settle");
        }
    }

    fn rejection(promise: &JsPromise, context: &mut Context) -> String {
        let PromiseState::Rejected(reason) = promise.state() else { return String::new() };
        let message = reason.to_object(context).and_then(|e| e.get(js_string!("message"), context));
        message.ok().and_then(|text| text.as_string()).unwrap_or_default().to_std_string_lossy()
    }

    #[test]
    fn each_promise_gets_what_its_own_work_found() {
        let mut context = Context::default();
        let promises = ["a", "a\nb", "a\nb\nc"].map(|text| count_lines(text, &mut context));
        assert!(promises.iter().all(|promise| promise.state() == PromiseState::Pending));
        let mut outcomes = work(&context);
        // Threads are done in any order.
        outcomes.rotate_left(1);
        settle_all(outcomes, &mut context);
        for (lines, promise) in (1..).zip(promises) {
            assert_eq!(promise.state(), PromiseState::Fulfilled(JsValue::from(lines)));
        }
    }

    #[test]
    fn an_exception_instead_of_a_value_rejects() {
        let mut context = Context::default();
        let promise = count_lines("", &mut context);
        let outcomes = work(&context);
        settle_all(outcomes, &mut context);
        assert_eq!(rejection(&promise, &mut context), "no line");
    }

    #[test]
    fn work_that_panics_rejects_its_own_promise_alone() {
        let mut context = Context::default();
        let bad = spawn(|| panic!("out of luck"), |(), _| Ok(JsValue::null()), &mut context);
        let good = count_lines("a", &mut context);
        let outcomes = work(&context);
        settle_all(outcomes, &mut context);
        let message = "krandog: internal error in a worker thread: out of luck";
        assert_eq!(rejection(&bad, &mut context), message);
        assert_eq!(good.state(), PromiseState::Fulfilled(JsValue::from(1)));
    }

    #[test]
    fn an_op_is_pending_until_it_is_settled_and_queued_once() {
        let mut context = Context::default();
        assert_eq!(pending(&context), 0);
        assert!(take_queued(&context).is_empty());
        let _first = count_lines("a", &mut context);
        let queued = take_queued(&context);
        let _second = count_lines("b", &mut context);
        assert_eq!((queued.len(), take_queued(&context).len(), pending(&context)), (1, 1, 2));
        let (id, work) = queued.into_iter().next().expect("the first");
        settle(id, Ok(work()), &mut context).expect("a promise to settle");
        assert_eq!(pending(&context), 1);
        // Twice, or one that never was, changes nothing.
        settle(id, Err("again".to_owned()), &mut context).expect("nothing to settle");
        settle(OpId::from(99), Err("none".to_owned()), &mut context).expect("nothing to settle");
        assert_eq!(pending(&context), 1);
    }
}
