//! `setTimeout`, `setInterval`, `setImmediate` and what they return.
//!
//! Spec: <https://html.spec.whatwg.org/#timers>; objects with `ref` and `unref` as in
//! <https://nodejs.org/api/timers.html>. The runtime asks for what is due; nothing here waits.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use boa_engine::object::NativeObject;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsSymbol, JsValue, NativeFunction, Trace,
};
use slab::Slab;

use super::opened::{Opened, note};
use crate::js::argument::{function, illegal_invocation};
use crate::js::async_context::bound;
use crate::js::error::{range_error, type_error};
use crate::js::interface::{Interface, Op};
use crate::limits::{TIMER_DELAY_MS_MAX, TIMERS_MAX};
use crate::net::reactor::monotonic_clock;
use crate::net::timers::Timers;

pub(super) const OPS: &[Op] = &[
    ("setTimeout", 1, set_timeout),
    ("setInterval", 1, set_interval),
    ("setImmediate", 1, set_immediate),
    ("clearTimeout", 1, clear_timer),
    ("clearImmediate", 1, clear_immediate),
    super::late_import::LOAD,
];

/// All timers of a script.
#[derive(Default)]
pub struct TimerTable {
    timers: RefCell<Slab<Timer>>,
    heap: RefCell<Timers<TimerKey>>,
    last_number: Cell<u64>,
    referenced: Cell<usize>,
    /// The armed timers whose numbers a script knows.
    numbers: RefCell<BTreeMap<u64, TimerKey>>,
    immediates: RefCell<VecDeque<Immediate>>,
}

/// A timer that is armed. What it calls is in its handle.
struct Timer {
    key: TimerKey,
    handle: JsObject<TimeoutHandle>,
    deadline: Instant,
}

/// Where a timer is, and its number, which no other timer has, before or after it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct TimerKey {
    index: usize,
    number: u64,
}

struct Immediate {
    handle: JsObject<ImmediateHandle>,
    callback: JsFunction,
    arguments: Vec<JsValue>,
}

/// A callback whose time has come.
pub struct Due {
    /// What is called.
    pub callback: JsFunction,
    /// Its `this`: what `setTimeout` returned.
    pub this: JsValue,
    /// What it is given.
    pub arguments: Vec<JsValue>,
}

impl TimerTable {
    /// When the next timer is due.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.heap.borrow().next_deadline()
    }

    /// Whether anything here keeps the process alive.
    pub fn is_alive(&self) -> bool {
        self.referenced.get() > 0 || self.immediates.borrow().iter().any(Immediate::is_referenced)
    }

    /// Whether callbacks wait for the end of this turn.
    pub fn has_immediates(&self) -> bool {
        !self.immediates.borrow().is_empty()
    }

    /// Takes the next callback that was due at `now`.
    pub fn pop_due(&self, now: Instant) -> Option<Due> {
        loop {
            let (deadline, key) = self.heap.borrow_mut().pop_due(now)?;
            let mut timers = self.timers.borrow_mut();
            let Some(timer) = timers.get_mut(key.index).filter(|timer| timer.key == key) else {
                continue;
            };
            if timer.deadline != deadline {
                continue;
            }
            let handle = timer.handle.clone();
            let (due, interval) = {
                let data = handle.borrow();
                let TimeoutHandle { callback, arguments, interval, repeats, .. } = data.data();
                let due = callback.clone().map(|callback| {
                    let this = handle.clone().upcast().into();
                    Due { callback, this, arguments: arguments.clone() }
                });
                (due, repeats.then_some(*interval))
            };
            if let Some(interval) = interval {
                timer.deadline = now.max(deadline) + interval;
                self.heap.borrow_mut().arm(timer.deadline, key);
            } else {
                drop(timers);
                self.disarm(&handle);
            }
            return due;
        }
    }

    /// The number, the delay and whether it repeats, of each timer that keeps the process alive.
    pub fn armed(&self) -> Vec<(u64, Duration, bool)> {
        let timers = self.timers.borrow();
        let facts = timers.iter().filter_map(|(_, timer)| {
            let handle = timer.handle.borrow();
            let TimeoutHandle { number, interval, repeats, referenced, .. } = handle.data();
            referenced.then_some((*number, *interval, *repeats))
        });
        facts.collect()
    }

    /// How many immediates stand in the queue now: those that are added meanwhile wait for the
    /// next turn.
    pub fn immediates(&self) -> usize {
        self.immediates.borrow().len()
    }

    /// Takes the next immediate.
    pub fn pop_immediate(&self) -> Option<Due> {
        let Immediate { handle, callback, arguments } = self.immediates.borrow_mut().pop_front()?;
        handle.borrow_mut().data_mut().referenced = None;
        Some(Due { callback, this: handle.upcast().into(), arguments })
    }

    /// Arms a timer for one delay from now, or again.
    fn arm(&self, handle: &JsObject<TimeoutHandle>) {
        let deadline = monotonic_clock() + handle.borrow().data().interval;
        let mut timers = self.timers.borrow_mut();
        let armed = handle.borrow().data().armed;
        let key = if let Some(key) = armed {
            if let Some(timer) = timers.get_mut(key.index) {
                timer.deadline = deadline;
            }
            key
        } else {
            let mut handle_data = handle.borrow_mut();
            let data = handle_data.data_mut();
            let entry = timers.vacant_entry();
            let key = TimerKey { index: entry.key(), number: data.number };
            entry.insert(Timer { key, handle: handle.clone(), deadline });
            data.armed = Some(key);
            if data.is_number_known {
                self.numbers.borrow_mut().insert(key.number, key);
            }
            if data.referenced {
                self.referenced.set(self.referenced.get() + 1);
            }
            key
        };
        self.heap.borrow_mut().arm(deadline, key);
    }

    /// Takes a timer that has fired, or never will.
    fn disarm(&self, handle: &JsObject<TimeoutHandle>) {
        let Some(key) = handle.borrow_mut().data_mut().armed.take() else { return };
        let mut timers = self.timers.borrow_mut();
        drop(timers.remove(key.index));
        self.numbers.borrow_mut().remove(&key.number);
        if handle.borrow().data().referenced {
            self.referenced.set(self.referenced.get() - 1);
        }
        self.heap.borrow_mut().compact(timers.len(), |deadline, key| {
            timers
                .get(key.index)
                .is_some_and(|timer| timer.key == *key && timer.deadline == deadline)
        });
    }

    fn set_referenced(&self, handle: &JsObject<TimeoutHandle>, referenced: bool) {
        let mut handle = handle.borrow_mut();
        let data = handle.data_mut();
        let before = std::mem::replace(&mut data.referenced, referenced);
        if data.armed.is_some() {
            match (before, referenced) {
                (false, true) => self.referenced.set(self.referenced.get() + 1),
                (true, false) => self.referenced.set(self.referenced.get() - 1),
                _ => {}
            }
        }
    }

    /// The timer with this number, while it is armed.
    fn by_number(&self, number: f64) -> Option<JsObject<TimeoutHandle>> {
        let key = *self.numbers.borrow().get(&whole(number)?)?;
        self.timers.borrow().get(key.index).map(|timer| timer.handle.clone())
    }
}

impl Immediate {
    fn is_referenced(&self) -> bool {
        self.handle.borrow().data().referenced == Some(true)
    }
}

/// What `setTimeout` and `setInterval` return.
#[derive(Trace, Finalize, JsData)]
struct TimeoutHandle {
    /// `None` once the script wants no more of it.
    callback: Option<JsFunction>,
    arguments: Vec<JsValue>,
    #[unsafe_ignore_trace]
    interval: Duration,
    repeats: bool,
    number: u64,
    is_number_known: bool,
    /// Whether it keeps the process alive while it is armed.
    referenced: bool,
    #[unsafe_ignore_trace]
    armed: Option<TimerKey>,
}

/// What `setImmediate` returns.
#[derive(Trace, Finalize, JsData)]
struct ImmediateHandle {
    /// Whether it keeps the process alive; `None` once it has run or been cleared.
    referenced: Option<bool>,
}

/// The prototypes of the handles.
struct Prototypes {
    timeout: JsObject,
    immediate: JsObject,
}

const TIMEOUT: Interface = Interface {
    name: "Timeout",
    length: 0,
    constructor: illegal_constructor,
    methods: &[
        ("ref", 0, |this, _, context| set_ref(this, true, context)),
        ("unref", 0, |this, _, context| set_ref(this, false, context)),
        ("hasRef", 0, has_ref),
        ("refresh", 0, refresh),
        ("close", 0, close),
    ],
    statics: &[],
    accessors: &[],
    constants: &[],
    shown: &[],
};

const IMMEDIATE: Interface = Interface {
    name: "Immediate",
    length: 0,
    constructor: illegal_constructor,
    methods: &[
        ("ref", 0, |this, _, _| set_immediate_ref(this, true)),
        ("unref", 0, |this, _, _| set_immediate_ref(this, false)),
        ("hasRef", 0, immediate_has_ref),
    ],
    statics: &[],
    accessors: &[],
    constants: &[],
    shown: &[],
};

/// Puts the table into the context.
pub fn install(context: &mut Context) {
    context.insert_data(TimerTable::default());
}

/// Makes the classes for the first timer: most scripts have none.
fn make_classes(context: &mut Context) {
    if context.has_data::<Prototypes>() {
        return;
    }
    let timeout = TIMEOUT.build(None, context).prototype();
    let immediate = IMMEDIATE.build(None, context).prototype();
    let to_primitive = NativeFunction::from_fn_ptr(to_primitive).to_js_function(context.realm());
    let property = PropertyDescriptor::builder()
        .value(to_primitive)
        .writable(true)
        .enumerable(false)
        .configurable(true);
    timeout.insert_property(JsSymbol::to_primitive(), property);
    context.insert_data(Prototypes { timeout, immediate });
}

fn illegal_constructor(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Err(type_error("Illegal constructor"))
}

fn set_timeout(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    arm(arguments, false, context)
}

fn set_interval(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    arm(arguments, true, context)
}

fn arm(arguments: &[JsValue], repeats: bool, context: &mut Context) -> JsResult<JsValue> {
    let callback = function(arguments.get_or_undefined(0), "callback", context)?;
    let callback = bound(callback, context)?;
    let interval = delay_of(arguments.get_or_undefined(1).to_number(context)?);
    let arguments = arguments.get(2..).unwrap_or_default().to_vec();
    make_classes(context);
    let Some(table) = context.get_data::<TimerTable>() else { return Ok(JsValue::undefined()) };
    if table.timers.borrow().len() >= TIMERS_MAX {
        return Err(range_error(format!("more than {TIMERS_MAX} timers are pending")));
    }
    table.last_number.set(table.last_number.get() + 1);
    let data = TimeoutHandle {
        callback: Some(callback),
        arguments,
        interval,
        repeats,
        number: table.last_number.get(),
        is_number_known: false,
        referenced: true,
        armed: None,
    };
    let handle = handle(data, |prototypes| &prototypes.timeout, context);
    table.arm(&handle);
    note(Opened::Timer(handle.borrow().data().number), context);
    Ok(handle.upcast().into())
}

/// Anything that is not a sensible delay is one millisecond, as in Node.
fn delay_of(delay: f64) -> Duration {
    let delay = if (1.0..=TIMER_DELAY_MS_MAX).contains(&delay) { delay.trunc() } else { 1.0 };
    Duration::from_secs_f64(delay / 1000.0)
}

fn set_immediate(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = function(arguments.get_or_undefined(0), "callback", context)?;
    let callback = bound(callback, context)?;
    let arguments = arguments.get(1..).unwrap_or_default().to_vec();
    let handle = queue_immediate(callback, arguments, context);
    Ok(handle.map_or(JsValue::undefined(), |handle| handle.upcast().into()))
}

fn queue_immediate(
    callback: JsFunction,
    arguments: Vec<JsValue>,
    context: &mut Context,
) -> Option<JsObject<ImmediateHandle>> {
    make_classes(context);
    let table = context.get_data::<TimerTable>()?;
    let data = ImmediateHandle { referenced: Some(true) };
    let handle = handle(data, |prototypes| &prototypes.immediate, context);
    let immediate = Immediate { handle: handle.clone(), callback, arguments };
    table.immediates.borrow_mut().push_back(immediate);
    Some(handle)
}

/// Has a function called in the next turn. False in a context that has no turns.
pub(super) fn run_later(callback: JsFunction, context: &mut Context) -> bool {
    queue_immediate(callback, Vec::new(), context).is_some()
}

fn handle<T: NativeObject>(
    data: T,
    prototype: impl FnOnce(&Prototypes) -> &JsObject,
    context: &Context,
) -> JsObject<T> {
    let prototype = context.get_data::<Prototypes>().map(|all| prototype(all).clone());
    JsObject::new(context.root_shape(), prototype, data)
}

fn clear_timer(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = arguments.get_or_undefined(0);
    let number = match value {
        value if value.is_number() || value.is_string() => Some(value.to_number(context)?),
        _ => None,
    };
    if let Some(table) = context.get_data::<TimerTable>() {
        let handle = timeout(value).or_else(|| table.by_number(number?));
        if let Some(handle) = handle {
            clear(&handle, context);
        }
    }
    Ok(JsValue::undefined())
}

fn clear(handle: &JsObject<TimeoutHandle>, context: &Context) {
    handle.borrow_mut().data_mut().callback = None;
    if let Some(table) = context.get_data::<TimerTable>() {
        table.disarm(handle);
    }
}

fn clear_immediate(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if let Some(handle) = immediate(arguments.get_or_undefined(0))
        && handle.borrow_mut().data_mut().referenced.take().is_some()
        && let Some(table) = context.get_data::<TimerTable>()
    {
        let mut immediates = table.immediates.borrow_mut();
        immediates.retain(|immediate| !JsObject::equals(&immediate.handle, &handle));
    }
    Ok(JsValue::undefined())
}

fn timeout(value: &JsValue) -> Option<JsObject<TimeoutHandle>> {
    value.as_object()?.downcast::<TimeoutHandle>().ok()
}

fn immediate(value: &JsValue) -> Option<JsObject<ImmediateHandle>> {
    value.as_object()?.downcast::<ImmediateHandle>().ok()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a whole number below 2^53"
)]
fn whole(number: f64) -> Option<u64> {
    let whole = number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number);
    whole.then_some(number as u64)
}

fn own(this: &JsValue) -> JsResult<JsObject<TimeoutHandle>> {
    timeout(this).ok_or_else(|| illegal_invocation("Timeout"))
}

fn set_ref(this: &JsValue, referenced: bool, context: &Context) -> JsResult<JsValue> {
    let handle = own(this)?;
    if let Some(table) = context.get_data::<TimerTable>() {
        table.set_referenced(&handle, referenced);
    }
    Ok(this.clone())
}

fn has_ref(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(own(this)?.borrow().data().referenced.into())
}

/// Arms the timer anew, also when it has fired, or is just about to return from its callback.
fn refresh(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let handle = own(this)?;
    if let Some(table) = context.get_data::<TimerTable>()
        && handle.borrow().data().callback.is_some()
    {
        table.arm(&handle);
    }
    Ok(this.clone())
}

fn close(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    clear(&own(this)?, context);
    Ok(this.clone())
}

/// The number of the timer.
#[expect(clippy::cast_precision_loss, reason = "no process makes 2^53 timers")]
fn to_primitive(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let handle = own(this)?;
    let mut handle = handle.borrow_mut();
    let data = handle.data_mut();
    data.is_number_known = true;
    if let Some((key, table)) = data.armed.zip(context.get_data::<TimerTable>()) {
        table.numbers.borrow_mut().insert(key.number, key);
    }
    Ok(JsValue::from(data.number as f64))
}

fn set_immediate_ref(this: &JsValue, referenced: bool) -> JsResult<JsValue> {
    let handle = immediate(this).ok_or_else(|| illegal_invocation("Immediate"))?;
    if let Some(known) = &mut handle.borrow_mut().data_mut().referenced {
        *known = referenced;
    }
    Ok(this.clone())
}

fn immediate_has_ref(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let handle = immediate(this).ok_or_else(|| illegal_invocation("Immediate"))?;
    Ok(handle.borrow().data().referenced.unwrap_or(false).into())
}
