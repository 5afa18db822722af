//! `AbortController` and `AbortSignal`, natively, so that Rust can follow a signal too. They are made
//! when a script first touches them.
//!
//! Spec: <https://dom.spec.whatwg.org/#aborting-ongoing-activities>

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, NativeFunction, Trace,
    js_string,
};

use super::event::simple_event;
use super::event_target::{self, EventTarget, Listener, handler_attribute};
use super::exception::dom_exception;
use crate::js::argument::{
    illegal_invocation, out_of_range, prototype_for, require_arguments, wrong_type,
};
use crate::js::convert::sequence;
use crate::js::error::{node_error, type_error};
use crate::js::interface::{Interface, Op, namespace};
use crate::js::loader::import_builtin;

pub(in crate::builtin) const OPS: &[Op] = &[("classes", 0, |_, _, context| classes(context))];

/// What an `AbortSignal` keeps in its `EventTarget`.
#[derive(Trace, Finalize, JsData, Default)]
struct Signal {
    /// Set once, when aborted.
    reason: Option<JsValue>,
    /// Listeners to remove when aborted: the targets, and the ids there.
    listeners: Vec<(JsObject, u32)>,
    /// For the result of `any`: the signals that it follows. They know it in turn.
    sources: Vec<JsObject>,
    dependents: Vec<JsObject>,
}

#[derive(Trace, Finalize, JsData)]
struct Controller {
    signal: JsObject,
}

/// The prototypes, once the classes have been made.
struct Prototypes {
    signal: JsObject,
    controller: JsObject,
}

const SIGNAL: Interface = Interface {
    name: "AbortSignal",
    length: 0,
    constructor: |_, _, context| {
        Err(node_error("ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor", context))
    },
    methods: &[("throwIfAborted", 0, throw_if_aborted)],
    statics: &[("abort", 0, static_abort), ("timeout", 1, static_timeout), ("any", 1, static_any)],
    accessors: &[
        ("aborted", |this, _, _| with(this, |signal| signal.reason.is_some().into()), None),
        (
            "reason",
            |this, _, _| with(this, |signal| signal.reason.clone().unwrap_or_default()),
            None,
        ),
        handler_attribute!("abort", |this| with(this, |_| ())),
    ],
    constants: &[],
    shown: &["aborted"],
};

const CONTROLLER: Interface = Interface {
    name: "AbortController",
    length: 0,
    constructor: |new_target, _, context| {
        let default = |context: &mut Context| {
            let known = context.get_data::<Prototypes>().map(|known| known.controller.clone());
            known.unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()))
        };
        let prototype = prototype_for(new_target, "AbortController", default, context)?;
        let controller = Controller { signal: make_signal(context) };
        Ok(JsObject::new(context.root_shape(), prototype, controller).upcast().into())
    },
    methods: &[("abort", 0, controller_abort)],
    statics: &[],
    accessors: &[("signal", |this, _, _| controller_signal(this).map(JsValue::from), None)],
    constants: &[],
    shown: &["signal"],
};

/// Makes the two classes and returns them in an object, by name.
fn classes(context: &mut Context) -> JsResult<JsValue> {
    let parent = event_target::class(context).cloned();
    let signal = SIGNAL.build(parent.as_ref(), context);
    let controller = CONTROLLER.build(None, context);
    let prototypes = Prototypes { signal: signal.prototype(), controller: controller.prototype() };
    context.insert_data(prototypes);
    namespace(&[("AbortController", controller), ("AbortSignal", signal)], context)
}

/// Whether this is an `AbortSignal`.
pub fn is_signal(object: &JsObject) -> bool {
    object.downcast_ref::<EventTarget>().is_some_and(|target| target.inner::<Signal>().is_some())
}

/// The reason of a signal that is aborted.
pub fn reason(signal: &JsObject) -> Option<JsValue> {
    signal.downcast_ref::<EventTarget>()?.inner::<Signal>()?.reason.clone()
}

/// Has a signal remove a listener when it is aborted.
pub(super) fn remove_on_abort(signal: &JsObject, target: &JsObject, id: u32) {
    let listeners = change(signal, |signal| std::mem::take(&mut signal.listeners));
    let mut listeners = listeners.unwrap_or_default();
    // A signal that lives long must not collect listeners that are gone.
    if listeners.len() >= 16 && listeners.len().is_power_of_two() {
        listeners.retain(|(target, id)| event_target::has_listener(target, *id));
    }
    listeners.push((target.clone(), id));
    change(signal, |signal| signal.listeners = listeners);
}

/// Has a signal call a function once it is aborted. Returns what [`off_abort`] knows it by.
pub fn on_abort(signal: &JsObject, aborted: JsFunction) -> Option<u32> {
    let listener = Listener::new(js_string!("abort"), aborted.into());
    signal.downcast_mut::<EventTarget>().map(|mut target| target.add(listener))
}

/// Takes that back.
pub fn off_abort(signal: &JsObject, id: u32) {
    if let Some(mut target) = signal.downcast_mut::<EventTarget>() {
        target.remove(id);
    }
}

/// DOM 3.1.3, "signal abort".
pub fn abort(signal: &JsObject, reason: &JsValue, context: &mut Context) -> JsResult<()> {
    if self::reason(signal).is_some() {
        return Ok(());
    }
    let reason = if reason.is_undefined() { abort_error(context)? } else { reason.clone() };
    change(signal, |signal| signal.reason = Some(reason.clone()));
    let dependents = change(signal, |signal| std::mem::take(&mut signal.dependents));
    let mut aborted = vec![signal.clone()];
    for dependent in dependents.unwrap_or_default() {
        if self::reason(&dependent).is_none() {
            change(&dependent, |dependent| dependent.reason = Some(reason.clone()));
            unlink(&dependent);
            aborted.push(dependent);
        }
    }
    for signal in aborted {
        let listeners = change(&signal, |signal| std::mem::take(&mut signal.listeners));
        for (target, id) in listeners.unwrap_or_default() {
            if let Some(mut target) = target.downcast_mut::<EventTarget>() {
                target.remove(id);
            }
        }
        let event = simple_event(js_string!("abort"), context);
        event_target::fire(&signal, &event, context);
    }
    Ok(())
}

/// Takes a signal made by `any` out of the lists of those it followed.
fn unlink(dependent: &JsObject) {
    let sources = change(dependent, |signal| std::mem::take(&mut signal.sources));
    for source in sources.unwrap_or_default() {
        change(&source, |source| {
            source.dependents.retain(|known| !JsObject::equals(known, dependent));
        });
    }
}

fn change<R>(signal: &JsObject, change: impl FnOnce(&mut Signal) -> R) -> Option<R> {
    signal.downcast_mut::<EventTarget>()?.inner_mut::<Signal>().map(change)
}

/// A signal that nothing aborts but [`abort`].
pub fn new_signal(context: &mut Context) -> JsResult<JsObject> {
    if !context.has_data::<Prototypes>() {
        import_builtin("internal:abort", context)?;
    }
    Ok(make_signal(context))
}

fn make_signal(context: &Context) -> JsObject {
    let prototype = context.get_data::<Prototypes>().map(|known| known.signal.clone());
    let target = EventTarget::with_inner(Signal::default());
    JsObject::new(context.root_shape(), prototype, target).upcast()
}

fn abort_error(context: &mut Context) -> JsResult<JsValue> {
    dom_exception("AbortError", "This operation was aborted", context).into_opaque(context)
}

fn with<R>(this: &JsValue, read: impl FnOnce(&Signal) -> R) -> JsResult<R> {
    let object = this.as_object();
    let target = object.as_ref().and_then(JsObject::downcast_ref::<EventTarget>);
    let signal = target.as_ref().and_then(|target| target.inner::<Signal>());
    signal.map(read).ok_or_else(|| illegal_invocation("AbortSignal"))
}

fn throw_if_aborted(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    match with(this, |signal| signal.reason.clone())? {
        Some(reason) => Err(boa_engine::JsError::from_opaque(reason)),
        None => Ok(JsValue::undefined()),
    }
}

fn controller_signal(this: &JsValue) -> JsResult<JsObject> {
    let object = this.as_object();
    let controller = object.as_ref().and_then(JsObject::downcast_ref::<Controller>);
    let signal = controller.map(|controller| controller.signal.clone());
    signal.ok_or_else(|| illegal_invocation("AbortController"))
}

fn controller_abort(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let signal = controller_signal(this)?;
    abort(&signal, arguments.get_or_undefined(0), context)?;
    Ok(JsValue::undefined())
}

fn static_abort(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let signal = make_signal(context);
    abort(&signal, arguments.get_or_undefined(0), context)?;
    Ok(signal.into())
}

/// `AbortSignal.timeout(ms)`: the timer does not keep the process alive.
fn static_timeout(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["delay"], context)?;
    let delay = arguments[0].to_number(context)?.trunc();
    // Web IDL: [EnforceRange] unsigned long long.
    if !(0.0..=9_007_199_254_740_991.0).contains(&delay) {
        return Err(out_of_range("delay", ">= 0 && <= 9007199254740991", &arguments[0], context));
    }
    let signal = make_signal(context);
    let expired = NativeFunction::from_copy_closure_with_captures(
        |_, _, signal, context| {
            let message = "The operation was aborted due to timeout";
            let reason = dom_exception("TimeoutError", message, context).into_opaque(context)?;
            abort(signal, &reason, context)?;
            Ok(JsValue::undefined())
        },
        signal.clone(),
    );
    let expired = FunctionObjectBuilder::new(context.realm(), expired).build();
    let global = context.global_object();
    let set_timeout = global.get(js_string!("setTimeout"), context)?.as_callable();
    let set_timeout = set_timeout.ok_or_else(|| type_error("setTimeout is not a function"))?;
    let arguments = [expired.into(), delay.into()];
    let timer = set_timeout.call(&JsValue::undefined(), &arguments, context)?;
    if let Some(timer) = timer.as_object()
        && let Some(unref) = timer.get(js_string!("unref"), context)?.as_callable()
    {
        unref.call(&timer.into(), &[], context)?;
    }
    Ok(signal.into())
}

/// DOM 3.2, "create a dependent abort signal".
fn static_any(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["signals"], context)?;
    let signals = sequence(
        &arguments[0],
        |context| wrong_type("signals", "a sequence", &arguments[0], context),
        context,
    )?;
    let mut sources = Vec::with_capacity(signals.len());
    for signal in signals {
        let Some(source) = signal.as_object().filter(is_signal) else {
            let name = format!("signals[{}]", sources.len());
            return Err(wrong_type(&name, "an instance of AbortSignal", &signal, context));
        };
        sources.push(source);
    }
    Ok(following(sources, context).into())
}

/// A signal that is aborted with the first of these. The classes have been made.
pub fn following(sources: Vec<JsObject>, context: &Context) -> JsObject {
    let result = make_signal(context);
    if let Some(reason) = sources.iter().find_map(reason) {
        change(&result, |signal| signal.reason = Some(reason));
        return result;
    }
    for source in sources {
        // A signal that follows others stands for them, so that no chain grows.
        let roots = change(&source, |signal| signal.sources.clone()).unwrap_or_default();
        let roots = if roots.is_empty() { vec![source] } else { roots };
        for root in roots {
            let known = change(&result, |signal| {
                let known = signal.sources.iter().any(|known| JsObject::equals(known, &root));
                if !known {
                    signal.sources.push(root.clone());
                }
                known
            });
            if known == Some(false) {
                change(&root, |root| root.dependents.push(result.clone()));
            }
        }
    }
    result
}
