//! Where a script has opened what keeps its process alive. It is noted while tests run, and only
//! then: any other program pays for one look at a flag.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use boa_engine::Context;

use crate::id::{ConnId, ExchangeId, ServerId};
use crate::js::place::caller;
use crate::limits::OPENINGS_MAX;

thread_local! {
    static NOTES: Cell<bool> = const { Cell::new(false) };
}

/// What a script has opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Opened {
    /// A timer, by its number.
    Timer(u64),
    Server(ServerId),
    Conn(ConnId),
    Exchange(ExchangeId),
}

/// Where, and in which test.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub(super) place: String,
    pub(super) test: Option<Rc<str>>,
}

/// `Context` data, once tests run.
#[derive(Default)]
struct Openings {
    all: RefCell<HashMap<Opened, Opening>>,
    test: RefCell<Option<Rc<str>>>,
}

/// Notes what is opened from here on.
pub(super) fn watch(context: &mut Context) {
    if !NOTES.replace(true) {
        context.insert_data(Openings::default());
    }
}

/// Says which test it is that opens things from here on.
pub(super) fn set_test(test: Option<String>, context: &Context) {
    if let Some(openings) = context.get_data::<Openings>() {
        openings.test.replace(test.map(Rc::from));
    }
}

/// A script has opened this.
#[inline]
pub(super) fn note(what: Opened, context: &Context) {
    if NOTES.get() {
        note_now(what, context);
    }
}

#[cold]
fn note_now(what: Opened, context: &Context) {
    let Some(openings) = context.get_data::<Openings>() else { return };
    let Some(place) = caller(context) else { return };
    let opening = Opening { place: place.to_string(), test: openings.test.borrow().clone() };
    let mut all = openings.all.borrow_mut();
    if all.len() >= OPENINGS_MAX {
        // Nearly all of them are gone by then.
        all.clear();
    }
    all.insert(what, opening);
}

/// Where this was opened, if that was noted.
pub(super) fn opening_of(what: Opened, context: &Context) -> Option<Opening> {
    context.get_data::<Openings>()?.all.borrow().get(&what).cloned()
}
