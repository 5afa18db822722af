//! The clock of a test that does not wait: `advance(ms)` has so much time pass on this thread, for
//! timers and for the deadlines of connections alike. It stops at each deadline on its way, and goes
//! on when what happened then has come to rest.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::error::node_error;
use crate::js::interface::Op;
use crate::limits::QUIET_TURNS;
use crate::net::reactor::{monotonic_clock, skip, skipped};

pub(in crate::builtin) const OPS: &[Op] = &[
    ("advance", 1, advance),
    crate::builtin::late_import::LOAD,
    ("pair", 3, crate::builtin::http::pair),
];

/// `Context` data, once a test has had time pass.
#[derive(Default)]
struct Advance(RefCell<Option<Way>>);

struct Way {
    left: Duration,
    /// Turns in a row in which nothing has happened.
    quiet: usize,
    promise: ResolvingFunctions,
}

/// Whether time is passing.
pub fn is_advancing(context: &Context) -> bool {
    context.get_data::<Advance>().is_some_and(|advance| advance.0.borrow().is_some())
}

/// A turn is over; `deadline` is when the next thing is to happen by itself. Has time pass up to that,
/// once nothing else happens. Returns what to resolve when it has passed.
pub fn pass(
    has_happened: bool,
    deadline: Option<Instant>,
    context: &Context,
) -> Option<ResolvingFunctions> {
    let advance = context.get_data::<Advance>()?;
    let mut way = advance.0.borrow_mut();
    let going = way.as_mut()?;
    let now = monotonic_clock();
    let until = deadline.map(|deadline| deadline.saturating_duration_since(now));
    if has_happened || until == Some(Duration::ZERO) {
        going.quiet = 0;
        return None;
    }
    going.quiet += 1;
    if going.quiet < QUIET_TURNS {
        return None;
    }
    if going.left.is_zero() {
        return way.take().map(|way| way.promise);
    }
    let step = until.map_or(going.left, |until| until.min(going.left));
    going.left -= step;
    going.quiet = 0;
    skip(step);
    None
}

/// `now()`: milliseconds that have really passed, since whenever.
pub(super) fn now(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let nanos = u64::try_from(context.clock().now().nanos_since_epoch()).unwrap_or(u64::MAX);
    let passed = Duration::from_nanos(nanos);
    Ok((passed.saturating_sub(skipped()).as_secs_f64() * 1000.0).into())
}

/// `advance(milliseconds)`: a promise for when so much time has passed.
fn advance(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let time = arguments.get_or_undefined(0).to_number(context)?;
    let left = Duration::try_from_secs_f64(time / 1000.0).unwrap_or_default();
    if !context.has_data::<Advance>() {
        context.insert_data(Advance::default());
    }
    if is_advancing(context) {
        let message = "time is passing already: await what advance() has returned";
        return Err(node_error("ERR_INVALID_STATE", message, context));
    }
    let (promise, functions) = JsPromise::new_pending(context);
    if let Some(advance) = context.get_data::<Advance>() {
        advance.0.replace(Some(Way { left, quiet: 0, promise: functions }));
    }
    Ok(promise.into())
}
