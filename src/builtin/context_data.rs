//! What natives find in the engine's context: the host, and what `install` of each built-in has
//! put there.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::Context;

use crate::host::Host;

/// The host, for whoever calls it often enough to keep it.
pub(super) type SharedHost = Rc<RefCell<Host>>;

struct HostHandle(SharedHost);

/// Puts the host where natives find it.
pub(super) fn install_host(host: SharedHost, context: &mut Context) {
    context.insert_data(HostHandle(host));
}

/// Calls into the host. No JavaScript may run in `call`.
pub(super) fn with_host<T>(context: &Context, call: impl FnOnce(&mut Host) -> T) -> T {
    call(&mut installed::<HostHandle>(context).0.borrow_mut())
}

/// The host itself.
pub(super) fn host_of(context: &Context) -> SharedHost {
    installed::<HostHandle>(context).0.clone()
}

/// Data that an `install` of a built-in has put into the context.
#[expect(
    clippy::expect_used,
    reason = "builtin::install runs before any script, and takes nothing"
)]
pub(super) fn installed<T: Any>(context: &Context) -> &T {
    context.get_data::<T>().expect("builtin::install puts this into every context")
}
