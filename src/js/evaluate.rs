//! To run a module at once, up to where it has to wait.

use boa_engine::builtins::promise::PromiseState;
use boa_engine::module::Module;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsResult};

use super::frame;

/// Loads, links and evaluates a module whose whole graph is built in: it cannot be left pending.
pub(super) fn evaluate_now(module: &Module, context: &mut Context) -> JsResult<()> {
    let module = module.clone();
    let evaluate = move |context: &mut Context| {
        settled(&module.load(context))?;
        module.link(context)?;
        settled(&module.evaluate(context)?)
    };
    frame::within(evaluate, context)
}

/// What a promise was rejected with, if it was.
pub(super) fn settled(promise: &JsPromise) -> JsResult<()> {
    match promise.state() {
        PromiseState::Rejected(reason) => Err(JsError::from_opaque(reason)),
        PromiseState::Fulfilled(_) | PromiseState::Pending => Ok(()),
    }
}
