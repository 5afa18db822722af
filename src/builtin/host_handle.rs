//! How natives reach the host: through a handle in the context's data.

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::Context;

use crate::host::Host;

/// `Context` data.
struct HostHandle(Rc<RefCell<Host>>);

/// Puts the handle where natives find it.
pub(super) fn install(host: Rc<RefCell<Host>>, context: &mut Context) {
    context.insert_data(HostHandle(host));
}

/// Calls into the host. No JavaScript may run in `call`.
pub(super) fn with_host<T>(context: &Context, call: impl FnOnce(&mut Host) -> T) -> Option<T> {
    let host = context.get_data::<HostHandle>()?;
    Some(call(&mut host.0.borrow_mut()))
}

/// The host itself, for a native that has the context borrowed otherwise.
pub(super) fn host_of(context: &Context) -> Option<Rc<RefCell<Host>>> {
    context.get_data::<HostHandle>().map(|host| host.0.clone())
}
