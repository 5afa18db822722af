//! `BroadcastChannel`: what one object posts, all others of its name receive, in whatever thread of
//! the process they are. One that has a hub speaks with those of hubs on the same bus instead, which
//! may be of other processes.
//!
//! Specs: <https://html.spec.whatwg.org/#broadcasting-to-other-browsing-contexts>; `ref` and `unref`
//! as in <https://nodejs.org/api/worker_threads.html#class-broadcastchannel-extends-eventtarget>

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use super::inbox::{Inbox, Taken};
use super::receivers::receivers;
use crate::builtin::context_data::with_host;
use crate::builtin::dom::event::{message_event, simple_event};
use crate::builtin::dom::event_target::{self, EventTarget, fire, handler_attribute};
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::hub::handle_of;
use crate::builtin::options::{Opt, options_of, other, read};
use crate::builtin::structured_clone::{Form, Transfer, read_shared, write};
use crate::host::{Cast, HubHandle};
use crate::id::HubId;
use crate::js::argument::{illegal_invocation, prototype_for, require_arguments};
use crate::js::convert::to_utf8;
use crate::js::interface::{Interface, Op, namespace};

pub(in crate::builtin) const OPS: &[Op] = &[("classes", 0, classes)];

/// What waits for one channel: messages, and a mark where some are missing.
type Waiting = Inbox<Option<Arc<Form>>>;

/// What the names of these channels begin with among those of a hub.
const PREFIX: &str = "channel/";

/// What channels are found by: those with a hub of one thread are apart.
type Key = (Option<(ThreadId, HubId)>, String);

/// The channels of the process.
static CHANNELS: LazyLock<Mutex<HashMap<Key, Vec<Member>>>> = LazyLock::new(Mutex::default);
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
    /// Whose bus takes what it posts to others.
    #[unsafe_ignore_trace]
    hub: Option<HubHandle>,
}

/// A channel among those of its name, until it is dropped.
struct Membership {
    key: Key,
    member: Member,
}

fn channels() -> MutexGuard<'static, HashMap<Key, Vec<Member>>> {
    CHANNELS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Membership {
    fn new(key: Key) -> Self {
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let member = Member { number, inbox: Arc::default() };
        channels().entry(key.clone()).or_default().push(member.clone());
        Self { key, member }
    }

    /// All others of its name.
    fn others(&self) -> Vec<Member> {
        let channels = channels();
        let members = channels.get(&self.key).map(Vec::as_slice).unwrap_or_default();
        members.iter().filter(|other| other.number != self.member.number).cloned().collect()
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        {
            let mut channels = channels();
            if let Some(members) = channels.get_mut(&self.key) {
                members.retain(|other| other.number != self.member.number);
                if members.is_empty() {
                    channels.remove(&self.key);
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
            if let Some(membership) = membership {
                leave(&membership, context);
            }
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
    let hub = read_hub(arguments.get_or_undefined(1), context)?;
    let apart = hub.as_ref().map(|hub| (thread::current().id(), hub.id()));
    let shown = to_utf8(&name);
    if let Some(hub) = &hub {
        with_host(context, |host| host.open_channel(hub.id(), &name_of(&shown)));
    }
    let membership = Membership::new((apart, shown));
    let inbox = membership.member.inbox.clone();
    let channel =
        Channel { name, membership: Some(membership), receiver: 0, is_referenced: true, hub };
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
    let form = write(arguments.get_or_undefined(0), Transfer::default(), context)?;
    let (hub, name) = change(this, |channel| (channel.hub.clone(), channel.name.clone()))?;
    if let Some(hub) = hub {
        let Some(bytes) = form.to_wire() else {
            let message = "shared memory, Blobs and Files cannot go to other processes";
            return Err(dom_exception("DataCloneError", message, context));
        };
        with_host(context, |host| host.cast(hub.id(), &name_of(&to_utf8(&name)), &bytes));
    }
    put_all(others, &Arc::new(form));
    Ok(JsValue::undefined())
}

fn put_all(members: Vec<Member>, form: &Arc<Form>) {
    let size = form.size();
    for member in members {
        if member.inbox.put(Some(form.clone()), size).is_err() {
            log::debug!("a BroadcastChannel does not keep up, and misses messages");
            member.inbox.put_mark(None, Option::is_none);
        }
    }
}

/// The name among the channels of a hub.
fn name_of(channel: &str) -> String {
    [PREFIX, channel].concat()
}

/// Hands on what has come from other threads and processes over the bus of a hub.
pub fn deliver_cast(cast: &Cast) {
    let Some(name) = cast.name().strip_prefix(PREFIX) else { return };
    if cast.data().is_empty() {
        return;
    }
    let key = (Some((thread::current().id(), cast.hub)), name.to_owned());
    let members = channels().get(&key).cloned().unwrap_or_default();
    // What cannot be read is an event of its own.
    let form = Form::from_wire(cast.data()).unwrap_or_default();
    put_all(members, &Arc::new(form));
}

fn leave(membership: &Membership, context: &Context) {
    if let (Some((_, hub)), name) = &membership.key {
        with_host(context, |host| host.close_channel(*hub, &name_of(name)));
    }
}

/// The hub in the options of a channel.
fn read_hub(options: &JsValue, context: &mut Context) -> JsResult<Option<HubHandle>> {
    let mut hub = None;
    if let Some(object) = options_of(options, "BroadcastChannel", context)? {
        read(&object, "", &[&OPTIONS], &mut hub, context)?;
    }
    Ok(hub)
}

const OPTIONS: [Opt<Option<HubHandle>>; 1] = [other("hub", |to, given, context| {
    *to = Some(handle_of(&given.value).ok_or_else(|| given.wrong_type("a Hub", context))?);
    Ok(())
})];

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
