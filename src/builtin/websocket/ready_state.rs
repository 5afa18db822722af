//! `readyState` of accepted sockets as a property of the object, beside the accessor of the prototype.
//!
//! A loop over many sockets asks each for its state, and an accessor costs a native call. So once a
//! script has asked a socket, that one shows its state by a property. It says what the accessor
//! would: whatever changes the state of a connection in the host puts it on a list, and
//! `sockets::show_changes` is called before a script goes on. It is hidden and cannot be assigned
//! to, as the accessor.

use boa_engine::JsObject;
use boa_engine::js_string;
use boa_engine::property::{PropertyDescriptor, PropertyKey};

use super::data::{Shown, WebSocketData, with_data};

/// A script has asked the accessor. The property is made later: the engine would remember for the
/// place that asked that the object with the property has the accessor.
pub(super) fn note_asked(data: &WebSocketData) {
    if let Some(conn) = data.conn.get() {
        data.shown.set(Shown::Asked);
        data.host.borrow_mut().show_state(conn);
    }
}

/// Whether a socket is to have the property once it is asked.
pub(super) fn may_ask(data: &WebSocketData) -> bool {
    data.accepted && data.shown.get() == Shown::ByAccessor
}

/// Shows the state as it is now, if the socket was asked for it.
pub(super) fn show(object: &JsObject) {
    let shown = with_data(object, |data| (data.shown.get(), data.ready_state()));
    let Some((shown, state)) = shown.filter(|(shown, _)| *shown != Shown::ByAccessor) else {
        return;
    };
    let key = PropertyKey::from(js_string!("readyState"));
    let own = object.borrow().properties().get(&key);
    let may_be_set = match (shown, own) {
        (Shown::Asked, None) => true,
        // What a script has put in the place of the property stays.
        (Shown::ByProperty, Some(own)) => own.writable() == Some(false),
        _ => false,
    };
    if may_be_set {
        let property = PropertyDescriptor::builder()
            .value(state as i32)
            .writable(false)
            .enumerable(false)
            .configurable(true);
        object.insert_property(key, property);
        with_data(object, |data| data.shown.set(Shown::ByProperty));
    }
}
