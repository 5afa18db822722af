//! The methods of `EventEmitter.prototype`.
//!
//! They call each other as methods of the emitter where a class may have replaced them, as Node's
//! do. Spec: <https://nodejs.org/api/events.html#class-eventemitter>

use std::cell::Cell;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, Finalize, JsArgs, JsError, JsObject, JsResult, JsValue, NativeFunction, Trace,
    js_string,
};
use boa_gc::{Gc, GcRefCell};

use super::emitter::{Listeners, Shared, change, emitter_of, known, own, read, renew};
use crate::js::activation;
use crate::js::argument::{function, number_from, wrong_type};
use crate::js::error::type_error;
use crate::js::interface::{Op, define_hidden};
use crate::js::loader::call_builtin;

/// The methods, in the order in which they show.
pub(super) const METHODS: &[Op] = &[
    ("setMaxListeners", 1, set_max_listeners),
    ("getMaxListeners", 0, get_max_listeners),
    ("emit", 1, emit),
    ("addListener", 2, |this, arguments, context| add(this, arguments, At::End, context)),
    ("prependListener", 2, |this, arguments, context| add(this, arguments, At::Front, context)),
    ("once", 2, |this, arguments, context| add_once(this, arguments, At::End, context)),
    ("prependOnceListener", 2, |this, arguments, context| {
        add_once(this, arguments, At::Front, context)
    }),
    ("removeListener", 2, remove_listener),
    ("removeAllListeners", 1, remove_all_listeners),
    ("listeners", 1, listeners),
    ("rawListeners", 1, raw_listeners),
    ("listenerCount", 1, listener_count),
    ("eventNames", 0, event_names),
];

/// Further names of methods.
pub(super) const ALIASES: &[(&str, &str)] = &[("on", "addListener"), ("off", "removeListener")];

/// The part in JavaScript, which is loaded when something needs it.
const RARE: &str = "internal:events_functions";

/// Where among the listeners of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Front,
    End,
}

/// `init(options)`: what the constructor does with a new emitter.
pub(super) fn init(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let emitter = emitter_of(this)?;
    let listeners = renew(&emitter, context)?;
    let Some(options) = arguments.get_or_undefined(0).as_object() else {
        return Ok(JsValue::undefined());
    };
    let captures = options.get(js_string!("captureRejections"), context)?;
    if !captures.is_null_or_undefined() {
        let captures = flag(&captures, "options.captureRejections", context)?;
        change(&listeners, |listeners| listeners.captures = Some(captures));
    }
    Ok(JsValue::undefined())
}

/// A value that has to be a boolean.
pub(super) fn flag(value: &JsValue, name: &str, context: &mut Context) -> JsResult<bool> {
    value.as_boolean().ok_or_else(|| wrong_type(name, "of type boolean", value, context))
}

fn set_max_listeners(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let max = number_from(arguments.get_or_undefined(0), "setMaxListeners", 0.0, context)?;
    let key = Shared::of(context)?.max.clone();
    define_hidden(&emitter_of(this)?, key, max, context)?;
    Ok(this.clone())
}

fn get_max_listeners(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Shared { max, default_max, .. } = Shared::of(context)?;
    let (key, default) = (max.clone(), default_max.get());
    let own = emitter_of(this)?.get(key, context)?;
    Ok(if own.is_null_or_undefined() { default.into() } else { own })
}

fn emit(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let emitter = emitter_of(this)?;
    let name = arguments.get_or_undefined(0);
    let values = arguments.get(1..).unwrap_or_default();
    let key = name.to_property_key(context)?;
    let is_error = key == PropertyKey::from(js_string!("error"));
    let listeners = known(&emitter, context)?;
    if is_error && let Some(listeners) = &listeners {
        let monitor = Shared::of(context)?.error_monitor.clone();
        for monitor in read(listeners, |listeners| listeners.of(monitor.into()).to_vec()) {
            monitor.call(this, values, context)?;
        }
    }
    // A listener may add and remove others: this event goes to those that there are now.
    let (first, rest, captures) = listeners.map_or((None, Vec::new(), None), |listeners| {
        read(&listeners, |listeners| {
            let heard = listeners.of(key);
            let rest = heard.get(1..).unwrap_or_default();
            (heard.first().cloned(), rest.to_vec(), listeners.captures)
        })
    });
    let Some(first) = first else {
        if is_error {
            let value = [values.get_or_undefined(0).clone()];
            return Err(JsError::from_opaque(call_builtin(RARE, "unhandled", &value, context)?));
        }
        return Ok(false.into());
    };
    let captures =
        captures.map_or_else(|| Ok(Shared::of(context)?.captures.get()), JsResult::Ok)?;
    for listener in std::iter::once(first).chain(rest) {
        let result = activation::call(&listener, this, values, context)?;
        if captures && result.is_object() {
            let mut given = vec![this.clone(), result, name.clone()];
            given.extend_from_slice(values);
            call_builtin(RARE, "capture", &given, context)?;
        }
    }
    Ok(true.into())
}

/// `withoutCapture(emitter, error)`: emits 'error' such that a listener that rejects does not cause
/// another one.
pub(super) fn without_capture(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let emitter = emitter_of(arguments.get_or_undefined(0))?;
    let listeners = own(&emitter, context)?;
    let before = change(&listeners, |listeners| listeners.captures.replace(false));
    let result = call_method(
        &emitter,
        "emit",
        &[js_string!("error").into(), arguments.get_or_undefined(1).clone()],
        context,
    );
    change(&listeners, |listeners| listeners.captures = before);
    result
}

fn add(this: &JsValue, arguments: &[JsValue], at: At, context: &mut Context) -> JsResult<JsValue> {
    let listener = function(arguments.get_or_undefined(1), "listener", context)?;
    add_function(this, arguments.get_or_undefined(0), &listener, at, context)
}

fn add_once(
    this: &JsValue,
    arguments: &[JsValue],
    at: At,
    context: &mut Context,
) -> JsResult<JsValue> {
    let name = arguments.get_or_undefined(0);
    let listener = function(arguments.get_or_undefined(1), "listener", context)?;
    let emitter = emitter_of(this)?;
    let wrapper = once_wrapper(&emitter, name, &listener, context)?;
    // By the method that a class may have replaced, as those of streams have.
    let method = if at == At::End { "on" } else { "prependListener" };
    call_method(&emitter, method, &[name.clone(), wrapper.into()], context)
}

fn add_function(
    this: &JsValue,
    name: &JsValue,
    listener: &JsObject,
    at: At,
    context: &mut Context,
) -> JsResult<JsValue> {
    let emitter = emitter_of(this)?;
    let listeners = own(&emitter, context)?;
    if hears(&listeners, "newListener") {
        let added = original(listener, context)?;
        let event = [js_string!("newListener").into(), name.clone(), added];
        call_method(&emitter, "emit", &event, context)?;
    }
    let key = name.to_property_key(context)?;
    let count = change(&listeners, |listeners| {
        listeners.add(key.clone(), listener.clone(), at == At::Front)
    });
    if let Some(count) = count {
        warn_of_leak(&emitter, &listeners, (name, key, count), context)?;
    }
    Ok(this.clone())
}

/// Says once of each event that it has more listeners than anybody means to have.
fn warn_of_leak(
    emitter: &JsObject,
    listeners: &JsObject,
    (name, key, count): (&JsValue, PropertyKey, usize),
    context: &mut Context,
) -> JsResult<()> {
    let max = call_method(emitter, "getMaxListeners", &[], context)?;
    let number = max.to_number(context)?;
    #[expect(clippy::cast_precision_loss, reason = "nobody has that many listeners")]
    if number <= 0.0 || count as f64 <= number {
        return Ok(());
    }
    change(listeners, |listeners| listeners.set_warned(key));
    let given = [emitter.clone().into(), name.clone(), JsValue::from(count), max];
    call_builtin(RARE, "warnOfLeak", &given, context).map(drop)
}

fn hears(listeners: &JsObject, name: &str) -> bool {
    read(listeners, |listeners| !listeners.of(js_string!(name).into()).is_empty())
}

/// What a listener for one event knows.
#[derive(Trace, Finalize)]
struct Once {
    emitter: JsObject,
    name: JsValue,
    listener: JsObject,
    /// A listener that emits its own event again has been removed from the list, but not from the
    /// one that an `emit` outside of it goes through.
    #[unsafe_ignore_trace]
    fired: Cell<bool>,
    /// The function itself.
    wrapper: Gc<GcRefCell<Option<JsObject>>>,
}

/// A function that removes itself and calls the listener.
fn once_wrapper(
    emitter: &JsObject,
    name: &JsValue,
    listener: &JsObject,
    context: &mut Context,
) -> JsResult<JsFunction> {
    let itself = Gc::new(GcRefCell::new(None));
    let once = Once {
        emitter: emitter.clone(),
        name: name.clone(),
        listener: listener.clone(),
        fired: Cell::new(false),
        wrapper: itself.clone(),
    };
    let body = |this: &JsValue, values: &[JsValue], once: &Once, context: &mut Context| {
        if once.fired.replace(true) {
            return Ok(JsValue::undefined());
        }
        let itself = once.wrapper.borrow().clone();
        let given = [once.name.clone(), itself.map(JsValue::from).unwrap_or_default()];
        call_method(&once.emitter, "removeListener", &given, context)?;
        activation::call(&once.listener, this, values, context)
    };
    let body = NativeFunction::from_copy_closure_with_captures(body, once);
    let name = js_string!("onceWrapper");
    let wrapper = FunctionObjectBuilder::new(context.realm(), body).name(name).build();
    wrapper.create_data_property_or_throw(js_string!("listener"), listener.clone(), context)?;
    *itself.borrow_mut() = Some(wrapper.clone().into());
    Ok(wrapper)
}

/// The listener that a script gave, of one that may stand for it as that of `once` does.
fn original(listener: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let given = listener.get(js_string!("listener"), context)?;
    Ok(if given.is_null_or_undefined() { listener.clone().into() } else { given })
}

/// Whether a listener is this one, or stands for it.
fn stands_for(known: &JsObject, listener: &JsValue, context: &mut Context) -> JsResult<bool> {
    if listener.as_object().is_some_and(|listener| JsObject::equals(known, &listener)) {
        return Ok(true);
    }
    Ok(known.get(js_string!("listener"), context)?.strict_equals(listener))
}

fn remove_listener(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let listener = JsValue::from(function(arguments.get_or_undefined(1), "listener", context)?);
    let emitter = emitter_of(this)?;
    let name = arguments.get_or_undefined(0);
    let key = name.to_property_key(context)?;
    let Some(listeners) = known(&emitter, context)? else { return Ok(this.clone()) };
    for heard in heard(&listeners, &key).into_iter().rev() {
        if !stands_for(&heard, &listener, context)? {
            continue;
        }
        change(&listeners, |listeners| listeners.remove(&key, &heard));
        if hears(&listeners, "removeListener") {
            let removed = original(&heard, context)?;
            let event = [js_string!("removeListener").into(), name.clone(), removed];
            call_method(&emitter, "emit", &event, context)?;
        }
        break;
    }
    Ok(this.clone())
}

fn remove_all_listeners(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let emitter = emitter_of(this)?;
    let Some(listeners) = known(&emitter, context)? else { return Ok(this.clone()) };
    let of = arguments.first().map(|name| name.to_property_key(context)).transpose()?;
    if !hears(&listeners, "removeListener") {
        change(&listeners, |listeners| listeners.clear(of));
        return Ok(this.clone());
    }
    if let Some(of) = of {
        for listener in heard(&listeners, &of).into_iter().rev() {
            let given = [arguments.get_or_undefined(0).clone(), listener.into()];
            call_method(&emitter, "removeListener", &given, context)?;
        }
        return Ok(this.clone());
    }
    // Those who hear of it go last.
    let last = PropertyKey::from(js_string!("removeListener"));
    for key in read(&listeners, Listeners::names).into_iter().filter(|key| *key != last) {
        call_method(&emitter, "removeAllListeners", &[key.into()], context)?;
    }
    call_method(&emitter, "removeAllListeners", &[last.into()], context)?;
    change(&listeners, |listeners| listeners.clear(None));
    Ok(this.clone())
}

/// The listeners of an event, oldest first.
fn heard(listeners: &JsObject, name: &PropertyKey) -> Vec<JsObject> {
    read(listeners, |listeners| listeners.of(name.clone()).to_vec())
}

/// The same, of the emitter and the event that a method is called with.
fn heard_by(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<Vec<JsObject>> {
    let key = arguments.get_or_undefined(0).to_property_key(context)?;
    let listeners = known(&emitter_of(this)?, context)?;
    Ok(listeners.map(|listeners| heard(&listeners, &key)).unwrap_or_default())
}

fn listeners(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut given = Vec::new();
    for listener in heard_by(this, arguments, context)? {
        given.push(original(&listener, context)?);
    }
    Ok(JsArray::from_iter(given, context).into())
}

fn raw_listeners(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let heard = heard_by(this, arguments, context)?;
    Ok(JsArray::from_iter(heard.into_iter().map(Into::into), context).into())
}

fn listener_count(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let heard = heard_by(this, arguments, context)?;
    let listener = arguments.get_or_undefined(1);
    if listener.is_null_or_undefined() {
        return Ok(JsValue::from(heard.len()));
    }
    let mut count = 0_usize;
    for known in heard {
        count += usize::from(stands_for(&known, listener, context)?);
    }
    Ok(JsValue::from(count))
}

fn event_names(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let listeners = known(&emitter_of(this)?, context)?;
    let names = listeners.map(|listeners| read(&listeners, Listeners::names)).unwrap_or_default();
    Ok(JsArray::from_iter(names.into_iter().map(Into::into), context).into())
}

/// Calls a method of the emitter, which its class may have replaced.
fn call_method(
    emitter: &JsObject,
    name: &str,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let method = emitter.get(js_string!(name), context)?;
    let method = method.as_callable();
    let method = method.ok_or_else(|| type_error(format!("emitter.{name} is not a function")))?;
    method.call(&emitter.clone().into(), arguments, context)
}
