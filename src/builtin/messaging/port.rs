//! What is behind a `MessagePort`: its end of a channel, which may go to another thread.
//!
//! What scripts do with ports is in `class`; how their messages become events, in `deliver`.

use boa_engine::{Context, Finalize, JsData, JsObject, JsResult, JsValue, Trace, js_string};

use super::inbox::{End, Full};
use super::receivers::receivers;
use crate::builtin::dom::event_target::EventTarget;
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::structured_clone::Form;
use crate::js::argument::illegal_invocation;
use crate::js::loader::import_builtin;

/// The data of a `MessagePort`, in its `EventTarget`.
#[derive(Trace, Finalize, JsData)]
pub(super) struct Port {
    /// Until it is closed, or sent elsewhere.
    #[unsafe_ignore_trace]
    pub(super) end: Option<End<Form>>,
    /// Its number among the receivers.
    receiver: u64,
    #[unsafe_ignore_trace]
    pub(super) starts: Starts,
    /// Whether it may keep the program alive.
    pub(super) is_referenced: bool,
    /// Another target for which it receives.
    pub(super) also: Option<JsObject>,
}

/// When the messages of a port are handed out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Starts {
    /// Once it is started.
    Later,
    /// As they come.
    Now,
    /// As soon as anybody listens.
    Heard,
}

/// The prototype, once the class has been made.
pub(super) struct Prototype(pub(super) JsObject);

/// Whether this is a `MessagePort`.
pub(in crate::builtin) fn is_port(object: &JsObject) -> bool {
    with(object, |_| ()).is_some()
}

/// Makes the port of an end.
pub(in crate::builtin) fn adopt(end: End<Form>, context: &mut Context) -> JsResult<JsObject> {
    if !context.has_data::<Prototype>() {
        import_builtin("internal:message_channel", context)?;
    }
    let prototype = context.get_data::<Prototype>().map(|known| known.0.clone());
    let Some(receivers) = receivers(context) else {
        return Err(dom_exception("NotSupportedError", "there is no loop", context));
    };
    receivers.check_room(context)?;
    let port = Port {
        end: Some(end),
        receiver: 0,
        starts: Starts::Later,
        is_referenced: true,
        also: None,
    };
    let object = JsObject::new(context.root_shape(), prototype, EventTarget::with_inner(port));
    let object = object.upcast();
    let receiver = receivers.add(object.clone());
    change(&object, |port| {
        port.receiver = receiver;
        if let Some(end) = &port.end {
            end.mine.belong_to(receivers.mailbox.clone(), receiver);
        }
    });
    Ok(object)
}

/// Takes the end of a port, which is of no use then; `None` if it is of none already.
pub(in crate::builtin) fn take(object: &JsObject, context: &Context) -> Option<End<Form>> {
    let (end, receiver) = change(object, |port| (port.end.take(), port.receiver))?;
    if let Some(receivers) = receivers(context) {
        receivers.remove(receiver);
    }
    if let Some(end) = &end {
        end.mine.belong_to_nobody();
    }
    end
}

/// Whether it has neither been closed nor sent elsewhere.
pub(in crate::builtin) fn is_open(object: &JsObject) -> bool {
    with(object, |port| port.end.is_some()) == Some(true)
}

/// Hands out what waits, and whatever comes.
pub(super) fn start(object: &JsObject) {
    change(object, |port| {
        if port.starts != Starts::Now {
            port.starts = Starts::Now;
            if let Some(end) = &port.end {
                end.mine.remind();
            }
        }
    });
}

/// Sends a message to the other end.
pub(super) fn post(object: &JsObject, form: Form, context: &mut Context) -> JsResult<()> {
    let posted = with(object, |port| {
        let end = port.end.as_ref()?;
        // HTML 9.4.4, "doomed": nobody could ever receive it.
        if form.ports().any(|moved| moved.is_other_end_of(end)) {
            return None;
        }
        let size = form.size();
        end.post(form, size).err()
    });
    match posted.flatten() {
        Some(full) => Err(overfull(&full, "port", context)),
        None => Ok(()),
    }
}

/// So much waits that a message cannot be sent.
pub(super) fn overfull(full: &Full, what: &str, context: &mut Context) -> boa_engine::JsError {
    let Full { waiting, bytes } = full;
    let message = format!(
        "{waiting} messages of {bytes} bytes in all wait at the other end of the {what}: wait for \
         an answer before you send more"
    );
    dom_exception("QuotaExceededError", &message, context)
}

/// Whether it keeps the program alive: it is open, started, and somebody listens.
pub(super) fn keeps_alive(object: &JsObject) -> bool {
    let is_heard = is_heard(object);
    with(object, |port| {
        let starts = port.starts != Starts::Later;
        port.is_referenced && port.end.is_some() && starts && is_heard
    }) == Some(true)
}

/// Whether anybody listens for its messages.
pub(super) fn is_heard(object: &JsObject) -> bool {
    let message = js_string!("message");
    let also = with(object, |port| port.also.clone()).flatten();
    [Some(object), also.as_ref()].into_iter().flatten().any(|target| {
        target.downcast_ref::<EventTarget>().is_some_and(|it| it.has_listeners(&message))
    })
}

/// The port behind `this`.
pub(super) fn this_port(this: &JsValue) -> JsResult<JsObject> {
    this.as_object().filter(is_port).ok_or_else(|| illegal_invocation("MessagePort"))
}

pub(super) fn with<R>(object: &JsObject, read: impl FnOnce(&Port) -> R) -> Option<R> {
    object.downcast_ref::<EventTarget>()?.inner::<Port>().map(read)
}

pub(super) fn change<R>(object: &JsObject, change: impl FnOnce(&mut Port) -> R) -> Option<R> {
    object.downcast_mut::<EventTarget>()?.inner_mut::<Port>().map(change)
}
