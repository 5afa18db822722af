//! Objects given to `send`, which Web IDL turns into a text that nobody means: `[object Object]`.
//!
//! They are sent like that, as browsers do; each place in a script that does so is warned of once.

use std::cell::RefCell;
use std::collections::HashSet;

use boa_engine::builtins::promise::Promise;
use boa_engine::{Context, JsObject, JsString};

use crate::js::place;
use crate::js::stack::Place;
use crate::limits::SEND_WARNINGS_MAX;

/// The places that have been warned of.
#[derive(Default)]
struct Warned(RefCell<HashSet<Option<Place>>>);

/// Warns if `text` is what becomes of an object that has no text of its own.
#[cold]
pub(super) fn warn_of(object: &JsObject, text: &JsString, context: &mut Context) {
    // The name of a class may be of any length.
    let shown: String = text.to_std_string_lossy().chars().take(64).collect();
    if !shown.starts_with("[object ") {
        return;
    }
    let place = place::caller(context);
    if !context.has_data::<Warned>() {
        context.insert_data(Warned::default());
    }
    let Some(warned) = context.get_data::<Warned>() else { return };
    let mut warned = warned.0.borrow_mut();
    if warned.len() == SEND_WARNINGS_MAX || !warned.insert(place.clone()) {
        return;
    }
    let (what, instead) = if object.is::<Promise>() {
        ("a promise", "await it first")
    } else {
        ("an object", "send JSON.stringify(value) instead")
    };
    let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
    log::warn!("send was given {what}, and sent '{shown}': {instead}{place}");
}
