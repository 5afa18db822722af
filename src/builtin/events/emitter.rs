//! What is behind every `EventEmitter`: its listeners, as native data in a hidden property.
//!
//! They are found through a property, and not as the emitter's own data, so that the methods work
//! on whatever object they are mixed into. The property is hidden so that an emitter prints like
//! any object. No borrow of the data lasts while a script runs.

use std::cell::Cell;
use std::collections::HashMap;

use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, Finalize, JsData, JsObject, JsResult, JsSymbol, JsValue, Trace, js_string,
};

use crate::js::argument::illegal_invocation;
use crate::js::interface::define_hidden;
use crate::limits::LISTENERS_BEFORE_WARNING;

/// What all emitters share; `Context` data.
pub(super) struct Shared {
    /// The name of the hidden property.
    pub(super) listeners: JsSymbol,
    /// The same for the most listeners before a warning, where an emitter has its own number.
    pub(super) max: JsSymbol,
    /// `events.errorMonitor`
    pub(super) error_monitor: JsSymbol,
    /// `EventEmitter.defaultMaxListeners`
    pub(super) default_max: Cell<f64>,
    /// `EventEmitter.captureRejections`
    pub(super) captures: Cell<bool>,
}

/// The listeners of one emitter.
#[derive(Default, Trace, Finalize, JsData)]
pub(super) struct Listeners {
    lists: HashMap<Name, List>,
    /// How many lists there have been: it tells the order of those that there are.
    made: u64,
    /// The emitter's own `captureRejections`.
    pub(super) captures: Option<bool>,
}

/// The name of an event: told apart as those of properties are, so that 1 and '1' are the same.
#[derive(PartialEq, Eq, Hash, Trace, Finalize)]
struct Name(#[unsafe_ignore_trace] PropertyKey);

#[derive(Trace, Finalize)]
struct List {
    made: u64,
    listeners: Vec<JsObject>,
    warned: bool,
}

impl Shared {
    /// Makes the symbols.
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            listeners: JsSymbol::new(Some(js_string!("listeners")))?,
            max: JsSymbol::new(Some(js_string!("maxListeners")))?,
            error_monitor: JsSymbol::new(Some(js_string!("events.errorMonitor")))?,
            default_max: Cell::new(LISTENERS_BEFORE_WARNING),
            captures: Cell::new(false),
        })
    }

    /// What the module `events` has put into the context before any of its natives can be called.
    pub(super) fn of(context: &Context) -> JsResult<&Self> {
        context.get_data().ok_or_else(|| illegal_invocation("EventEmitter"))
    }
}

impl Listeners {
    /// Adds a listener, and returns how many there are then if that is worth a look: if there are
    /// several, and nobody was warned.
    pub(super) fn add(
        &mut self,
        name: PropertyKey,
        listener: JsObject,
        first: bool,
    ) -> Option<usize> {
        let made = &mut self.made;
        let list = self.lists.entry(Name(name)).or_insert_with(|| {
            *made += 1;
            List { made: *made, listeners: Vec::new(), warned: false }
        });
        list.listeners.insert(if first { 0 } else { list.listeners.len() }, listener);
        Some(list.listeners.len()).filter(|count| *count > 1 && !list.warned)
    }

    /// Notes that there are so many listeners that somebody was warned.
    pub(super) fn set_warned(&mut self, name: PropertyKey) {
        if let Some(list) = self.lists.get_mut(&Name(name)) {
            list.warned = true;
        }
    }

    /// Removes the last of those that are this very listener.
    pub(super) fn remove(&mut self, name: &PropertyKey, listener: &JsObject) {
        let name = Name(name.clone());
        let Some(list) = self.lists.get_mut(&name) else { return };
        if let Some(at) = list.listeners.iter().rposition(|known| JsObject::equals(known, listener))
        {
            list.listeners.remove(at);
        }
        if list.listeners.is_empty() {
            self.lists.remove(&name);
        }
    }

    /// Removes all listeners of an event, or of all.
    pub(super) fn clear(&mut self, name: Option<PropertyKey>) {
        match name {
            Some(name) => drop(self.lists.remove(&Name(name))),
            None => self.lists.clear(),
        }
    }

    /// The listeners of an event, oldest first.
    pub(super) fn of(&self, name: PropertyKey) -> &[JsObject] {
        self.lists.get(&Name(name)).map_or(&[], |list| &list.listeners)
    }

    /// The names of events that somebody listens for, in the order that names of properties have.
    pub(super) fn names(&self) -> Vec<PropertyKey> {
        let mut lists: Vec<(u8, u64, &Name)> = self
            .lists
            .iter()
            .map(|(name, list)| match &name.0 {
                PropertyKey::Index(index) => (0, u64::from(index.get()), name),
                PropertyKey::String(_) => (1, list.made, name),
                PropertyKey::Symbol(_) => (2, list.made, name),
            })
            .collect();
        lists.sort_unstable_by_key(|(kind, order, _)| (*kind, *order));
        lists.into_iter().map(|(_, _, name)| name.0.clone()).collect()
    }
}

/// The object behind `this`.
pub(super) fn emitter_of(this: &JsValue) -> JsResult<JsObject> {
    this.as_object().ok_or_else(|| illegal_invocation("EventEmitter"))
}

/// The object with the listeners of an emitter, its own or of a prototype, if it has ever had any.
pub(super) fn known(emitter: &JsObject, context: &mut Context) -> JsResult<Option<JsObject>> {
    let key = Shared::of(context)?.listeners.clone();
    Ok(emitter.get(key, context)?.as_object().filter(JsObject::is::<Listeners>))
}

/// The object with the listeners of an emitter, its own one.
pub(super) fn own(emitter: &JsObject, context: &mut Context) -> JsResult<JsObject> {
    let key = Shared::of(context)?.listeners.clone();
    if emitter.has_own_property(key, context)?
        && let Some(known) = known(emitter, context)?
    {
        return Ok(known);
    }
    renew(emitter, context)
}

/// Gives an emitter a new object for its listeners, without any.
pub(super) fn renew(emitter: &JsObject, context: &mut Context) -> JsResult<JsObject> {
    let key = Shared::of(context)?.listeners.clone();
    let listeners = JsObject::from_proto_and_data(None, Listeners::default());
    define_hidden(emitter, key, listeners.clone(), context)?;
    Ok(listeners)
}

/// Reads what is behind an object that [`known`] or [`own`] returned.
pub(super) fn read<T: Default>(listeners: &JsObject, read: impl FnOnce(&Listeners) -> T) -> T {
    listeners.downcast_ref::<Listeners>().map(|listeners| read(&listeners)).unwrap_or_default()
}

/// Changes it.
pub(super) fn change<T: Default>(
    listeners: &JsObject,
    change: impl FnOnce(&mut Listeners) -> T,
) -> T {
    listeners
        .downcast_mut::<Listeners>()
        .map(|mut listeners| change(&mut listeners))
        .unwrap_or_default()
}
