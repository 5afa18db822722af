//! Host hooks: which promises were rejected with nobody listening, and where a program waits for one.

use std::cell::RefCell;

use boa_engine::builtins::promise::{OperationType, Promise};
use boa_engine::context::HostHooks;
use boa_engine::job::JobCallback;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsObject};

use super::waiting::Waiting;

/// Remembers rejected promises until the end of the microtask checkpoint.
#[derive(Default)]
pub struct Hooks {
    rejected: RefCell<Vec<JsObject<Promise>>>,
    waiting: Waiting,
}

impl Hooks {
    /// Takes the promises that were rejected and have no handler, oldest first.
    pub fn take_rejected(&self) -> Vec<JsObject<Promise>> {
        let mut rejected = self.rejected.borrow_mut();
        if rejected.is_empty() { Vec::new() } else { std::mem::take(&mut *rejected) }
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
    fn make_job_callback(&self, callback: JsFunction, context: &mut Context) -> JobCallback {
        self.waiting.note(context);
        JobCallback::new(callback, ())
    }

    fn promise_rejection_tracker(
        &self,
        promise: &JsObject<Promise>,
        operation: OperationType,
        _context: &mut Context,
    ) {
        let mut rejected = self.rejected.borrow_mut();
        match operation {
            OperationType::Reject => rejected.push(promise.clone()),
            OperationType::Handle => {
                rejected.retain(|known| !JsObject::equals(known, promise));
            }
        }
    }
}
