//! What asynchronous work belongs to: a value that callbacks find again which were registered while it
//! was there, and whatever they register in turn. `AsyncLocalStorage` is made of it.
//!
//! Nothing is noted before a script has asked for that, so that nobody else pays. Callbacks of promises
//! are followed by the hooks of the host, which go on with functions after an `await` too; others are
//! bound where they are registered.
//!
//! Spec: <https://nodejs.org/api/async_context.html>

use std::cell::{Cell, RefCell};

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsObject, JsResult, NativeFunction, js_string};

thread_local! {
    static IS_USED: Cell<bool> = const { Cell::new(false) };
    static CURRENT: RefCell<Option<JsObject>> = const { RefCell::new(None) };
}

/// Whether a script wants to find something again.
#[inline]
pub fn is_used() -> bool {
    IS_USED.get()
}

/// From now on it is noted what callbacks belong to.
pub fn begin() {
    IS_USED.set(true);
}

/// The loop is between two callbacks, or at the end.
#[inline]
pub fn leave() {
    if is_used() {
        drop(swap(None));
    }
}

/// What runs now belongs to this.
pub fn current() -> Option<JsObject> {
    if is_used() { CURRENT.with_borrow(Clone::clone) } else { None }
}

/// Has what runs from now on belong to something else, and returns what it was.
pub fn swap(frame: Option<JsObject>) -> Option<JsObject> {
    CURRENT.replace(frame)
}

/// Has what `run` does belong to something else.
pub(super) fn within<T>(frame: Option<JsObject>, run: impl FnOnce() -> T) -> T {
    let before = swap(frame);
    let result = run();
    drop(swap(before));
    result
}

/// A callback that belongs to what runs now, whenever it is called.
#[inline]
pub fn bound(callback: JsFunction, context: &mut Context) -> JsResult<JsFunction> {
    match current() {
        Some(frame) => bound_to(frame, callback, context),
        None => Ok(callback),
    }
}

/// It has the name and the length of the callback.
fn bound_to(frame: JsObject, callback: JsFunction, context: &mut Context) -> JsResult<JsFunction> {
    let name = callback.get(js_string!("name"), context)?.to_string(context)?;
    let length = callback.get(js_string!("length"), context)?.to_length(context)?;
    let call = NativeFunction::from_copy_closure_with_captures(
        |this, arguments, (frame, callback): &(JsObject, JsFunction), context| {
            within(Some(frame.clone()), || callback.call(this, arguments, context))
        },
        (frame, callback),
    );
    let length = usize::try_from(length).unwrap_or(0);
    let built = FunctionObjectBuilder::new(context.realm(), call).name(name).length(length);
    Ok(built.build())
}
