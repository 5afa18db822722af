//! `setTimeout`, `setInterval`, `setImmediate` and what they return.
//!
//! Spec: <https://html.spec.whatwg.org/#timers>; objects with `ref` and `unref` as in
//! <https://nodejs.org/api/timers.html>. The runtime asks for what is due; nothing here waits.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsSymbol, JsValue, NativeFunction, Trace,
};
use slab::Slab;

use crate::id::TimerId;
use crate::js::error::{range_error, type_error};
use crate::js::interface::{Interface, Op, illegal_invocation};
use crate::limits::{TIMER_DELAY_MS_MAX, TIMERS_MAX};
use crate::net::reactor::monotonic_clock;
use crate::net::timers::Timers;

pub(super) const OPS: &[Op] = &[
    ("setTimeout", 1, set_timeout),
    ("setInterval", 1, set_interval),
    ("setImmediate", 1, set_immediate),
    ("clearTimeout", 1, clear_timer),
    ("clearImmediate", 1, clear_immediate),
];

/// Generations that leave a packed identifier below 2^53, so that a script can hold it as a
/// number.
const GENERATION_MASK: u32 = 0xF_FFFF;

/// All timers of a script.
#[derive(Default)]
pub struct TimerTable {
    timers: RefCell<Slab<Timer>>,
    heap: RefCell<Timers<TimerId>>,
    generation: Cell<u32>,
    referenced: Cell<usize>,
    immediates: RefCell<VecDeque<Immediate>>,
    immediate_sequence: Cell<u64>,
}

struct Timer {
    id: TimerId,
    callback: JsFunction,
    arguments: Vec<JsValue>,
    interval: Duration,
    deadline: Instant,
    repeats: bool,
    referenced: bool,
}

struct Immediate {
    sequence: u64,
    callback: JsFunction,
    arguments: Vec<JsValue>,
    referenced: bool,
}

/// A callback whose time has come.
pub type Due = (JsFunction, Vec<JsValue>);

impl TimerTable {
    /// When the next timer is due.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.heap.borrow().next_deadline()
    }

    /// Whether anything here keeps the process alive.
    pub fn is_alive(&self) -> bool {
        self.referenced.get() > 0
            || self.immediates.borrow().iter().any(|immediate| immediate.referenced)
    }

    /// Whether callbacks wait for the end of this turn.
    pub fn has_immediates(&self) -> bool {
        !self.immediates.borrow().is_empty()
    }

    /// Takes the next callback that was due at `now`.
    pub fn pop_due(&self, now: Instant) -> Option<Due> {
        loop {
            let (deadline, id) = self.heap.borrow_mut().pop_due(now)?;
            let mut timers = self.timers.borrow_mut();
            let Some(timer) = timers.get_mut(id.index()).filter(|timer| timer.id == id) else {
                continue;
            };
            if timer.deadline != deadline {
                continue;
            }
            let due = (timer.callback.clone(), timer.arguments.clone());
            if timer.repeats {
                timer.deadline = now.max(deadline) + timer.interval;
                self.heap.borrow_mut().arm(timer.deadline, id);
            } else {
                let timer = timers.remove(id.index());
                self.forget_reference(timer.referenced);
            }
            return Some(due);
        }
    }

    /// How many immediates stand in the queue now: those that are added meanwhile wait for the
    /// next turn.
    pub fn immediates(&self) -> usize {
        self.immediates.borrow().len()
    }

    /// Takes the next immediate.
    pub fn pop_immediate(&self) -> Option<Due> {
        let immediate = self.immediates.borrow_mut().pop_front()?;
        Some((immediate.callback, immediate.arguments))
    }

    fn add(
        &self,
        callback: JsFunction,
        arguments: Vec<JsValue>,
        delay: Duration,
        repeats: bool,
    ) -> TimerId {
        let generation = (self.generation.get() + 1) & GENERATION_MASK;
        self.generation.set(generation);
        let deadline = monotonic_clock() + delay;
        let mut timers = self.timers.borrow_mut();
        let entry = timers.vacant_entry();
        let id = TimerId::new(u32::try_from(entry.key()).unwrap_or(u32::MAX), generation);
        entry.insert(Timer {
            id,
            callback,
            arguments,
            interval: delay,
            deadline,
            repeats,
            referenced: true,
        });
        self.referenced.set(self.referenced.get() + 1);
        self.heap.borrow_mut().arm(deadline, id);
        id
    }

    fn clear(&self, id: TimerId) {
        let mut timers = self.timers.borrow_mut();
        if timers.get(id.index()).is_none_or(|timer| timer.id != id) {
            return;
        }
        let timer = timers.remove(id.index());
        self.forget_reference(timer.referenced);
        self.heap.borrow_mut().compact(timers.len(), |deadline, id| {
            timers
                .get(id.index())
                .is_some_and(|timer| timer.id == *id && timer.deadline == deadline)
        });
    }

    fn with<T>(&self, id: TimerId, change: impl FnOnce(&mut Timer) -> T) -> Option<T> {
        let mut timers = self.timers.borrow_mut();
        timers.get_mut(id.index()).filter(|timer| timer.id == id).map(change)
    }

    fn set_referenced(&self, id: TimerId, referenced: bool) {
        let before = self.with(id, |timer| std::mem::replace(&mut timer.referenced, referenced));
        match (before, referenced) {
            (Some(false), true) => self.referenced.set(self.referenced.get() + 1),
            (Some(true), false) => self.referenced.set(self.referenced.get() - 1),
            _ => {}
        }
    }

    fn forget_reference(&self, referenced: bool) {
        if referenced {
            self.referenced.set(self.referenced.get() - 1);
        }
    }
}

/// What `setTimeout` and `setInterval` return.
#[derive(Trace, Finalize, JsData)]
struct TimeoutHandle {
    #[unsafe_ignore_trace]
    id: TimerId,
}

/// What `setImmediate` returns.
#[derive(Trace, Finalize, JsData)]
struct ImmediateHandle {
    sequence: u64,
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
        ("ref", 0, |this, _, context| set_immediate_ref(this, true, context)),
        ("unref", 0, |this, _, context| set_immediate_ref(this, false, context)),
        ("hasRef", 0, immediate_has_ref),
    ],
    statics: &[],
    accessors: &[],
    constants: &[],
    shown: &[],
};

/// Puts the table and the classes into the context.
pub fn install(context: &mut Context) {
    let timeout = TIMEOUT.build(None, context).prototype();
    let immediate = IMMEDIATE.build(None, context).prototype();
    let to_primitive = NativeFunction::from_fn_ptr(to_primitive).to_js_function(context.realm());
    let property = PropertyDescriptor::builder()
        .value(to_primitive)
        .writable(true)
        .enumerable(false)
        .configurable(true);
    timeout.insert_property(JsSymbol::to_primitive(), property);
    context.insert_data(TimerTable::default());
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
    let callback = callback(arguments)?;
    let delay = arguments.get_or_undefined(1).to_number(context)?;
    let rest = arguments.get(2..).unwrap_or_default().to_vec();
    let Some(table) = context.get_data::<TimerTable>() else { return Ok(JsValue::undefined()) };
    if table.timers.borrow().len() >= TIMERS_MAX {
        return Err(range_error(format!("more than {TIMERS_MAX} timers are pending")));
    }
    let id = table.add(callback, rest, delay_of(delay), repeats);
    Ok(handle(TimeoutHandle { id }, |prototypes| &prototypes.timeout, context))
}

/// Anything that is not a sensible delay is one millisecond, as in Node.
fn delay_of(delay: f64) -> Duration {
    let delay = if (1.0..=TIMER_DELAY_MS_MAX).contains(&delay) { delay.trunc() } else { 1.0 };
    Duration::from_secs_f64(delay / 1000.0)
}

fn set_immediate(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = callback(arguments)?;
    let rest = arguments.get(1..).unwrap_or_default().to_vec();
    let Some(table) = context.get_data::<TimerTable>() else { return Ok(JsValue::undefined()) };
    let sequence = table.immediate_sequence.get() + 1;
    table.immediate_sequence.set(sequence);
    table.immediates.borrow_mut().push_back(Immediate {
        sequence,
        callback,
        arguments: rest,
        referenced: true,
    });
    Ok(handle(ImmediateHandle { sequence }, |prototypes| &prototypes.immediate, context))
}

fn callback(arguments: &[JsValue]) -> JsResult<JsFunction> {
    arguments
        .get_or_undefined(0)
        .as_function()
        .ok_or_else(|| type_error("The \"callback\" argument must be of type function"))
}

fn handle<T: boa_engine::object::NativeObject>(
    data: T,
    prototype: impl FnOnce(&Prototypes) -> &JsObject,
    context: &Context,
) -> JsValue {
    let prototype = context.get_data::<Prototypes>().map(|all| prototype(all).clone());
    JsObject::new(context.root_shape(), prototype, data).upcast().into()
}

fn clear_timer(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = arguments.get_or_undefined(0);
    let id = match timer_id(value) {
        Some(id) => Some(id),
        None if value.is_number() || value.is_string() => packed(value.to_number(context)?),
        None => None,
    };
    if let Some((id, table)) = id.zip(context.get_data::<TimerTable>()) {
        table.clear(id);
    }
    Ok(JsValue::undefined())
}

fn clear_immediate(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if let Some(sequence) = immediate_sequence(arguments.get_or_undefined(0))
        && let Some(table) = context.get_data::<TimerTable>()
    {
        table.immediates.borrow_mut().retain(|immediate| immediate.sequence != sequence);
    }
    Ok(JsValue::undefined())
}

fn timer_id(value: &JsValue) -> Option<TimerId> {
    Some(value.as_object()?.downcast_ref::<TimeoutHandle>()?.id)
}

fn immediate_sequence(value: &JsValue) -> Option<u64> {
    Some(value.as_object()?.downcast_ref::<ImmediateHandle>()?.sequence)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a whole number below 2^53"
)]
fn packed(number: f64) -> Option<TimerId> {
    let whole = number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number);
    whole.then(|| TimerId::from(number as u64))
}

fn own(this: &JsValue) -> JsResult<TimerId> {
    timer_id(this).ok_or_else(|| illegal_invocation("Timeout"))
}

fn set_ref(this: &JsValue, referenced: bool, context: &Context) -> JsResult<JsValue> {
    let id = own(this)?;
    if let Some(table) = context.get_data::<TimerTable>() {
        table.set_referenced(id, referenced);
    }
    Ok(this.clone())
}

fn has_ref(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = own(this)?;
    let table = context.get_data::<TimerTable>();
    Ok(table.and_then(|table| table.with(id, |timer| timer.referenced)).unwrap_or(false).into())
}

fn refresh(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = own(this)?;
    if let Some(table) = context.get_data::<TimerTable>() {
        let now = monotonic_clock();
        let deadline = table.with(id, |timer| {
            timer.deadline = now + timer.interval;
            timer.deadline
        });
        if let Some(deadline) = deadline {
            table.heap.borrow_mut().arm(deadline, id);
        }
    }
    Ok(this.clone())
}

fn close(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = own(this)?;
    if let Some(table) = context.get_data::<TimerTable>() {
        table.clear(id);
    }
    Ok(this.clone())
}

#[expect(clippy::cast_precision_loss, reason = "identifiers of timers are below 2^53")]
fn to_primitive(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(JsValue::from(own(this)?.as_u64() as f64))
}

fn set_immediate_ref(this: &JsValue, referenced: bool, context: &Context) -> JsResult<JsValue> {
    if let Some(sequence) = immediate_sequence(this)
        && let Some(table) = context.get_data::<TimerTable>()
    {
        let mut immediates = table.immediates.borrow_mut();
        if let Some(immediate) = immediates.iter_mut().find(|known| known.sequence == sequence) {
            immediate.referenced = referenced;
        }
    }
    Ok(this.clone())
}

fn immediate_has_ref(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let sequence = immediate_sequence(this);
    let table = context.get_data::<TimerTable>();
    let referenced = table.is_some_and(|table| {
        let immediates = table.immediates.borrow();
        immediates.iter().any(|known| Some(known.sequence) == sequence && known.referenced)
    });
    Ok(referenced.into())
}
