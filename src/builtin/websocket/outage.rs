//! An outgoing socket whose connection has gone, and that connects again: the events
//! `reconnecting`, one for each attempt, and `reconnected`.

use std::hash::{BuildHasher, RandomState};

use boa_engine::{Context, JsError, JsObject, JsValue, js_string};

use super::client::Plan;
use super::data::{Told, listens, with_data};
use super::failing::{error_value, reject_waits};
use super::{ends, flushes, sockets};
use crate::builtin::dom::event::simple_event;
use crate::builtin::dom::event_target::dispatch;
use crate::host::Closed;
use crate::js::convert::js_string_from_utf8;
use crate::js::interface::set_field;
use crate::proto::ws::close;

/// Has a socket wait for its next attempt, and tells the script. Returns what listeners threw;
/// `None` if there is no next attempt: then it is over.
pub(super) fn begin(
    socket: &JsObject,
    closed: &mut Closed,
    context: &mut Context,
) -> Option<Vec<JsError>> {
    let begun = with_data(socket, |data| {
        let client = data.client.as_ref()?;
        let mut host = data.host.borrow_mut();
        let plan = client.plan(closed, chance(), host.now())?;
        let conn = client.reconnect(&mut host, plan.delay);
        data.conn.set(Some(conn));
        data.told.set(Told::Nothing);
        Some((plan, conn, data.url()))
    });
    let (plan, conn, url) = begun.flatten()?;
    sockets::keep(conn, socket.clone(), context);
    let event_type = js_string!("reconnecting");
    let is_heard = listens(socket, &event_type);
    ends::note_outage(&url, closed, plan.attempt, is_heard);
    let mut errors = flushes::resolve(socket, &closed.flushed, context);
    errors.extend(reject_waits(socket, context));
    if is_heard {
        let event = reconnecting_event(closed, plan, context);
        errors.extend(dispatch(socket, &event, context));
    }
    Some(errors)
}

fn reconnecting_event(closed: &Closed, plan: Plan, context: &mut Context) -> JsObject {
    let event = simple_event(js_string!("reconnecting"), context);
    set_field(&event, js_string!("attempt"), plan.attempt);
    set_field(&event, js_string!("delay"), millis(plan.delay));
    set_field(&event, js_string!("code"), closed.code);
    let reason = match &closed.error {
        Some(error) => error.message.clone(),
        None if closed.reason.is_empty() => close::name(closed.code).to_owned(),
        None => closed.reason.clone(),
    };
    set_field(&event, js_string!("reason"), js_string_from_utf8(&reason));
    let error = closed.error.as_ref().map(|error| error_value(error, context));
    set_field(&event, js_string!("error"), error.map_or(JsValue::null(), Into::into));
    let lost = JsObject::with_object_proto(context.intrinsics());
    set_field(&lost, js_string!("messages"), closed.unsent_messages);
    set_field(&lost, js_string!("bytes"), closed.unsent);
    set_field(&event, js_string!("lost"), lost);
    event
}

/// A socket is open. The event `reconnected`, if it was open before.
pub(super) fn end(socket: &JsObject, context: &Context) -> Option<JsObject> {
    let recovery = with_data(socket, |data| {
        let client = data.client.as_ref()?;
        client.note_open(data.host.borrow().now())
    });
    let recovery = recovery.flatten()?;
    let event = simple_event(js_string!("reconnected"), context);
    set_field(&event, js_string!("attempt"), recovery.attempt);
    set_field(&event, js_string!("downtime"), millis(recovery.downtime));
    Some(event)
}

/// In whole milliseconds, as scripts count.
fn millis(time: std::time::Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round()
}

/// A number from 0 to 1 that differs between processes, which is all that it is for: so that the
/// clients of a server do not come back in step.
fn chance() -> f64 {
    let bits = u32::try_from(RandomState::new().hash_one(()) >> 32).unwrap_or_default();
    f64::from(bits) / f64::from(u32::MAX)
}
