//! What natives find in the engine's context: the host, and what `install` of each built-in has
//! put there.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use boa_engine::Context;

use crate::host::Host;

/// The host, for whoever calls it often enough to keep it.
pub(super) type SharedHost = Rc<RefCell<Host>>;

struct HostHandle {
    host: SharedHost,
    /// Called when a connection may have changed its state.
    show_changes: Cell<Option<fn(&Context)>>,
}

/// Puts the host where natives find it.
pub(super) fn install_host(host: SharedHost, context: &mut Context) {
    context.insert_data(HostHandle { host, show_changes: Cell::new(None) });
}

/// Calls into the host. No JavaScript may run in `call`.
pub(super) fn with_host<T>(context: &Context, call: impl FnOnce(&mut Host) -> T) -> T {
    let HostHandle { host, show_changes } = installed::<HostHandle>(context);
    let (result, has_changed) = {
        let mut host = host.borrow_mut();
        (call(&mut host), host.has_changed())
    };
    if has_changed && let Some(show) = show_changes.get() {
        show(context);
    }
    result
}

/// Shows what a call through [`host_of`] or a socket's own handle may have changed.
pub(super) fn show_changes(context: &Context) {
    with_host(context, |_| ());
}

/// Has `show` called after each call into the host that may have changed the state of a connection
/// that a script knows.
pub(super) fn on_changes(show: fn(&Context), context: &Context) {
    installed::<HostHandle>(context).show_changes.set(Some(show));
}

/// The host itself. Whoever changes the state of a connection through it says so by
/// [`show_changes`].
pub(super) fn host_of(context: &Context) -> SharedHost {
    installed::<HostHandle>(context).host.clone()
}

/// Data that an `install` of a built-in has put into the context.
#[expect(
    clippy::expect_used,
    reason = "builtin::install runs before any script, and takes nothing"
)]
pub(super) fn installed<T: Any>(context: &Context) -> &T {
    context.get_data::<T>().expect("builtin::install puts this into every context")
}
