//! `BroadcastChannel`: what one object posts, all others of its name receive, in whatever thread of
//! the process they are.
//!
//! Specs: <https://html.spec.whatwg.org/#broadcasting-to-other-browsing-contexts>; `ref` and `unref`
//! as in <https://nodejs.org/api/worker_threads.html#class-broadcastchannel-extends-eventtarget>

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use super::inbox::{Inbox, Taken};
use super::receivers::receivers;
use crate::builtin::dom::event::{message_event, simple_event};
use crate::builtin::dom::event_target::{self, EventTarget, fire, handler_attribute};
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::structured_clone::{Form, Transfer, read_shared, write};
use crate::js::argument::{illegal_invocation, prototype_for, require_arguments};
use crate::js::interface::{Interface, Op, namespace};

pub(in crate::builtin) const OPS: &[Op] = &[("classes", 0, classes)];

/// What waits for one channel: messages, and a mark where some are missing.
type Waiting = Inbox<Option<Arc<Form>>>;

/// The channels of the process, by name.
static CHANNELS: Mutex<BTreeMap<Vec<u16>, Vec<Member>>> = Mutex::new(BTreeMap::new());
/// The number of the last one.
static LAST: AtomicU64 = AtomicU64::new(0);

#[derive(Clone)]
struct Member {
    number: u64,
    inbox: Arc<Waiting>,
}

/// The data of a `BroadcastChannel`, in its `EventTarget`.
#[derive(Trace, Finalize, JsData)]
struct Channel {
    name: JsString,
    /// Until it is closed.
    #[unsafe_ignore_trace]
    membership: Option<Membership>,
    receiver: u64,
    is_referenced: bool,
}

/// A channel among those of its name, until it is dropped.
struct Membership {
    name: Vec<u16>,
    member: Member,
}

fn channels() -> MutexGuard<'static, BTreeMap<Vec<u16>, Vec<Member>>> {
    CHANNELS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Membership {
    fn new(name: Vec<u16>) -> Self {
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let member = Member { number, inbox: Arc::default() };
        channels().entry(name.clone()).or_default().push(member.clone());
        Self { name, member }
    }

    /// All others of its name.
    fn others(&self) -> Vec<Member> {
        let channels = channels();
        let members = channels.get(&self.name).map(Vec::as_slice).unwrap_or_default();
        members.iter().filter(|other| other.number != self.member.number).cloned().collect()
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        {
            let mut channels = channels();
            if let Some(members) = channels.get_mut(&self.name) {
                members.retain(|other| other.number != self.member.number);
                if members.is_empty() {
                    channels.remove(&self.name);
                }
            }
        }
        self.member.inbox.shut();
    }
}

const CLASS: Interface = Interface {
    name: "BroadcastChannel",
    length: 1,
    constructor: construct,
    methods: &[
        ("postMessage", 1, post_message),
        ("close", 0, |this, _, context| {
            let (membership, receiver) =
                change(this, |channel| (channel.membership.take(), channel.receiver))?;
            drop(membership);
            if let Some(receivers) = receivers(context) {
                receivers.remove(receiver);
            }
            Ok(JsValue::undefined())
        }),
        ("ref", 0, |this, _, _| {
            change(this, |channel| channel.is_referenced = true)?;
            Ok(this.clone())
        }),
        ("unref", 0, |this, _, _| {
            change(this, |channel| channel.is_referenced = false)?;
            Ok(this.clone())
        }),
    ],
    statics: &[],
    accessors: &[
        ("name", |this, _, _| change(this, |channel| channel.name.clone().into()), None),
        handler_attribute!("message", |this| change(this, |_| ())),
        handler_attribute!("messageerror", |this| change(this, |_| ())),
    ],
    constants: &[],
    shown: &["name"],
};

fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let parent = event_target::class(context).cloned();
    let class = CLASS.build(parent.as_ref(), context);
    namespace(&[("BroadcastChannel", class)], context)
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| JsObject::with_object_proto(context.intrinsics());
    let prototype = prototype_for(new_target, "BroadcastChannel", default, context)?;
    require_arguments(arguments, &["name"], context)?;
    let name = arguments[0].to_string(context)?;
    let Some(receivers) = receivers(context) else {
        return Err(dom_exception("NotSupportedError", "there is no loop", context));
    };
    receivers.check_room(context)?;
    let membership = Membership::new(name.iter().collect());
    let inbox = membership.member.inbox.clone();
    let channel = Channel { name, membership: Some(membership), receiver: 0, is_referenced: true };
    let object = JsObject::new(context.root_shape(), prototype, EventTarget::with_inner(channel));
    let object = JsValue::from(object.upcast());
    if let Some(target) = object.as_object() {
        let receiver = receivers.add(target);
        change(&object, |channel| channel.receiver = receiver)?;
        inbox.belong_to(receivers.mailbox.clone(), receiver);
    }
    Ok(object)
}

fn post_message(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let others = change(this, |channel| channel.membership.as_ref().map(Membership::others))?;
    require_arguments(arguments, &["message"], context)?;
    let Some(others) = others else {
        let message = "the BroadcastChannel is closed";
        return Err(dom_exception("InvalidStateError", message, context));
    };
    let form = Arc::new(write(arguments.get_or_undefined(0), Transfer::default(), context)?);
    let size = form.size();
    for other in others {
        if other.inbox.put(Some(form.clone()), size).is_err() {
            log::debug!("a BroadcastChannel does not keep up, and misses messages");
            other.inbox.put_mark(None, Option::is_none);
        }
    }
    Ok(JsValue::undefined())
}

fn change<R>(this: &JsValue, change: impl FnOnce(&mut Channel) -> R) -> JsResult<R> {
    let object = this.as_object();
    let target = object.as_ref().and_then(JsObject::downcast_mut::<EventTarget>);
    let changed = target.and_then(|mut target| target.inner_mut::<Channel>().map(change));
    changed.ok_or_else(|| illegal_invocation("BroadcastChannel"))
}

/// Whether it keeps the program alive: it is open, and somebody listens.
pub(super) fn keeps_alive(object: &JsObject) -> bool {
    let is_open = |channel: &mut Channel| channel.is_referenced && channel.membership.is_some();
    EventTarget::is_heard(object, "message") && change(&object.clone().into(), is_open) == Ok(true)
}

/// Fires the next message at a channel. False if there is none.
pub(super) fn deliver(object: &JsObject, context: &mut Context) -> bool {
    let this = JsValue::from(object.clone());
    let inbox = change(&this, |channel| {
        channel.membership.as_ref().map(|membership| membership.member.inbox.clone())
    });
    let Ok(Some(inbox)) = inbox else { return false };
    let Taken::Message(message) = inbox.take() else { return false };
    let value = message.and_then(|form| read_shared(&form, context).ok());
    let event = match value {
        Some(value) => message_event(value, JsString::default(), context),
        None => simple_event(js_string!("messageerror"), context),
    };
    fire(object, &event, context);
    true
}
