//! Host hooks: which promises were rejected with nobody listening.

use std::cell::RefCell;

use boa_engine::builtins::promise::{OperationType, Promise};
use boa_engine::context::HostHooks;
use boa_engine::{Context, JsObject};

/// Remembers rejected promises until the end of the microtask checkpoint.
#[derive(Default)]
pub struct Hooks {
    rejected: RefCell<Vec<JsObject<Promise>>>,
}

impl Hooks {
    /// Takes the promises that were rejected and have no handler, oldest first.
    pub fn take_rejected(&self) -> Vec<JsObject<Promise>> {
        let mut rejected = self.rejected.borrow_mut();
        if rejected.is_empty() { Vec::new() } else { std::mem::take(&mut *rejected) }
    }
}

impl HostHooks for Hooks {
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
