//! The native half of `krandog`: which of the threads that run a program this one is.

#![expect(clippy::unnecessary_wraps, reason = "an op returns a result")]

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsResult, JsValue};

use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[("place", 0, place)];

/// `Context` data of a program that several threads run.
#[derive(Clone, Copy, Debug)]
pub struct Worker {
    /// From 0.
    pub index: usize,
    /// How many there are.
    pub count: usize,
}

/// `place()`: `[id, count]`, where the first has the id 1.
fn place(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let worker = context.get_data::<Worker>().copied().unwrap_or(Worker { index: 0, count: 1 });
    let numbers = [worker.index + 1, worker.count].map(JsValue::from);
    Ok(JsArray::from_iter(numbers, context).into())
}
