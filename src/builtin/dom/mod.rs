//! Events, event targets, abort signals and `DOMException`: what the web APIs build on.
//!
//! They are native since every message of an outgoing socket makes one. Each file uses those above
//! it here: `exception`, `event`, `event_kinds`, `event_target`, `abort`, `listeners`.
//!
//! Spec: <https://dom.spec.whatwg.org/>

pub mod abort;
pub mod event;
mod event_kinds;
pub mod event_target;
pub mod exception;
pub(super) mod listeners;

use boa_engine::{Context, JsResult};

use crate::js::interface;

/// Makes the classes of events and `EventTarget` and puts them on the global.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let event_target = listeners::CLASS.build(None, context);
    let event = event::CLASS.build(None, context);
    let custom = event_kinds::CUSTOM.build(Some(&event), context);
    let message = event_kinds::MESSAGE.build(Some(&event), context);
    let close = event_kinds::CLOSE.build(Some(&event), context);
    let error = event_kinds::ERROR.build(Some(&event), context);
    for (name, class) in [
        ("EventTarget", &event_target),
        ("Event", &event),
        ("CustomEvent", &custom),
        ("MessageEvent", &message),
        ("CloseEvent", &close),
        ("ErrorEvent", &error),
    ] {
        interface::install(name, class, context)?;
    }
    event::install(&event.prototype(), context);
    // In the order of `event::Kind`.
    let events = [event, custom, message, close, error].map(|class| class.prototype());
    context.insert_data(event::Prototypes(events));
    context.insert_data(event_target::Class(event_target));
    Ok(())
}
