//! `readyState` of accepted sockets as a property of the object, beside the accessor of the prototype.
//!
//! A loop over many sockets asks each for its state, and an accessor costs a native call. The
//! property says what the accessor would: whatever changes the state of a connection in the host
//! puts it on a list, and `sockets::show_changes` is called before a script goes on. It is hidden and cannot be assigned to, as the accessor.

use boa_engine::js_string;
use boa_engine::object::JsObject;
use boa_engine::property::{PropertyDescriptor, PropertyKey};

use super::data::ReadyState;

/// Gives the new object of an accepted socket the property.
pub(super) fn define(object: &JsObject, state: ReadyState) {
    let property = PropertyDescriptor::builder()
        .value(state as i32)
        .writable(false)
        .enumerable(false)
        .configurable(true);
    object.insert_property(js_string!("readyState"), property);
}

/// Shows another state. What a script has put in the place of the property stays.
pub(super) fn show(object: &JsObject, state: ReadyState) {
    let key = PropertyKey::from(js_string!("readyState"));
    let own = object.borrow().properties().get(&key);
    if own.is_some_and(|own| own.writable() == Some(false)) {
        define(object, state);
    }
}
