//! From what has come for this thread to events: one for each message, in the order in which they
//! were sent.

use boa_engine::{Context, JsObject, js_string};

use super::broadcast;
use super::inbox::Taken;
use super::port::{self, Starts};
use super::receivers::{Receivers, receivers};
use super::worker::{self, Unheard};
use crate::builtin::dom::event::{port_message_event, simple_event};
use crate::builtin::dom::event_target::{EventTarget, fire};
use crate::builtin::structured_clone::{Form, read};

/// What became of the next thing that has come.
pub enum Delivered {
    /// Nobody was called for it.
    Nothing,
    /// Somebody was.
    Called,
    /// It is an error in a worker, and nobody listens for it.
    Unheard(Unheard),
}

/// Hands out the next thing that has come.
pub fn deliver_next(context: &mut Context) -> Delivered {
    let Some(receivers) = receivers(context) else { return Delivered::Nothing };
    let Some(number) = receivers.mailbox.take() else { return Delivered::Nothing };
    // It may be closed by now.
    let Some(object) = receivers.get(number) else { return Delivered::Nothing };
    let (was_called, unheard) = if worker::is_worker(&object) {
        worker::deliver(&object, context)
    } else if !port::is_port(&object) {
        (broadcast::deliver(&object, context), None)
    } else {
        (deliver_to_port(&object, number, &receivers, context), None)
    };
    match unheard {
        Some(unheard) => Delivered::Unheard(unheard),
        None if was_called => Delivered::Called,
        None => Delivered::Nothing,
    }
}

/// Whether anything keeps the program alive for what may still come.
pub fn is_alive(receivers: &Receivers) -> bool {
    receivers.any(|object| {
        port::keeps_alive(object) || worker::keeps_alive(object) || broadcast::keeps_alive(object)
    })
}

/// Whether workers run that this thread has started.
pub fn has_workers(receivers: &Receivers) -> bool {
    receivers.any(worker::is_running)
}

/// Has all workers that this thread has started end as after a signal.
pub fn shut_down(receivers: &Receivers, signal: i32) {
    receivers.any(|object| {
        worker::shut_down(object, signal);
        false
    });
}

/// Gives up workers that should have ended.
pub fn give_up_overdue(receivers: &Receivers) {
    while let Some(worker) = receivers.take_overdue() {
        worker::give_up(&worker);
    }
}

/// Looks again at what waits for somebody to listen.
pub fn remind_held(receivers: &Receivers) {
    let Some(number) = receivers.held.take() else { return };
    let Some(object) = receivers.get(number) else { return };
    if port::is_heard(&object) {
        port::with(&object, |port| port.end.as_ref().map(|end| end.mine.remind()));
    } else {
        receivers.held.set(Some(number));
    }
}

fn deliver_to_port(
    object: &JsObject,
    number: u64,
    receivers: &Receivers,
    context: &mut Context,
) -> bool {
    let is_heard = port::is_heard(object);
    let taken = port::with(object, |port| match (port.starts, &port.end) {
        // HTML 9.4.4: a port that is not started hears of the end of the other too.
        (Starts::Later, Some(end)) if end.mine.is_over() => Taken::Ended,
        // `start` reminds of it.
        (Starts::Later, Some(_)) | (_, None) => Taken::Nothing,
        (Starts::Heard, Some(_)) if !is_heard => {
            receivers.held.set(Some(number));
            Taken::Nothing
        }
        (Starts::Heard | Starts::Now, Some(end)) => end.mine.take(),
    });
    match taken {
        Some(Taken::Message(form)) => {
            let also = port::with(object, |port| port.also.clone()).flatten();
            deliver(object, also, form, context);
            true
        }
        Some(Taken::Ended) => {
            drop(port::take(object, context));
            fire(object, &simple_event(js_string!("close"), context), context);
            true
        }
        Some(Taken::Nothing) | None => false,
    }
}

/// Fires a message at a port, and at another target for which it receives.
fn deliver(object: &JsObject, also: Option<JsObject>, form: Form, context: &mut Context) {
    let event = match read(form, context) {
        Ok(message) => port_message_event(message.value, message.ports, context),
        Err(error) => {
            log::debug!("a message cannot be read: {error}");
            simple_event(js_string!("messageerror"), context)
        }
    };
    let Some(also) = also else { return fire(object, &event, context) };
    for target in [object, &also] {
        let is_heard = target.downcast_ref::<EventTarget>().is_some_and(|it| !it.is_silent());
        if is_heard {
            fire(target, &event, context);
        }
    }
}
