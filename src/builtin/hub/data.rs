//! What a `Hub` object keeps, and the table of those that a script listens to.

use std::cell::RefCell;
use std::collections::HashMap;

use boa_engine::{Context, Finalize, JsData, JsObject, JsResult, JsValue, Trace};

use crate::builtin::context_data::installed;
use crate::host::HubHandle;
use crate::id::HubId;
use crate::js::argument::illegal_invocation;

/// The native data of a `Hub`.
#[derive(Trace, Finalize, JsData)]
struct Hub(#[unsafe_ignore_trace] HubHandle);

/// Hubs with listeners. They are roots: what a script listens to is not collected.
#[derive(Default)]
struct Listened(RefCell<HashMap<HubId, JsObject>>);

pub(super) fn install(context: &mut Context) {
    context.insert_data(Listened::default());
}

/// A `Hub` object.
pub(in crate::builtin) fn new_hub(handle: HubHandle, prototype: JsObject) -> JsObject {
    JsObject::from_proto_and_data(prototype, Hub(handle))
}

/// The hub that an object stands for.
pub(in crate::builtin) fn handle_of(value: &JsValue) -> Option<HubHandle> {
    let object = value.as_object()?;
    object.downcast_ref::<Hub>().map(|hub| hub.0.clone())
}

/// The hub that a method was called on.
#[inline]
pub(super) fn hub_of_this(this: &JsValue) -> JsResult<HubId> {
    let object = this.as_object();
    let hub = object.as_ref().and_then(JsObject::downcast_ref::<Hub>);
    hub.map(|hub| hub.0.id()).ok_or_else(|| illegal_invocation("Hub"))
}

/// Keeps a hub while a script listens to it.
pub(super) fn set_listened(hub: HubId, object: Option<JsObject>, context: &Context) {
    let mut hubs = installed::<Listened>(context).0.borrow_mut();
    match object {
        Some(object) => hubs.insert(hub, object),
        None => hubs.remove(&hub),
    };
}

/// A hub that a script listens to.
pub(super) fn listened(hub: HubId, context: &Context) -> Option<JsObject> {
    installed::<Listened>(context).0.borrow().get(&hub).cloned()
}
