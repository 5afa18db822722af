//! Others have their turn, where both ends of a stream are always ready.

use std::rc::Rc;

use boa_engine::{Context, Finalize, JsValue, NativeFunction, Trace};

use super::seam::Wake;
use crate::builtin::timers::run_later;

/// Has somebody go on when other things have been done. False if there is no later.
pub(super) fn go_on_later(who: Rc<dyn Wake>, context: &mut Context) -> bool {
    #[derive(Trace, Finalize)]
    struct Kept(#[unsafe_ignore_trace] Rc<dyn Wake>);
    let go_on = NativeFunction::from_copy_closure_with_captures(
        |_, _, kept: &Kept, context| {
            kept.0.clone().wake(context);
            Ok(JsValue::undefined())
        },
        Kept(who),
    );
    let go_on = go_on.to_js_function(context.realm());
    run_later(go_on, context)
}
