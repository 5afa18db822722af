//! The natives of `krandog:nats`. A client is a number, which scripts do not see.

use boa_engine::object::builtins::{JsArray, JsPromise};
use boa_engine::{Context, JsArgs, JsError, JsResult, JsValue};

use super::clients;
use super::options::nats_options;
use crate::builtin::broker::failure;
use crate::builtin::context_data::with_host;
use crate::host::{NatsPublish, Outage};
use crate::js::argument::{function, illegal_invocation, wrong_type};
use crate::js::convert::{bytes_of, js_string_from_utf8, to_utf8};
use crate::js::error::node_error;
use crate::js::interface::Op;
use crate::limits::NATS_FIELDS_MAX;
use crate::proto::nats::subject;

pub(in crate::builtin) const OPS: &[Op] = &[
    ("create", 3, create),
    ("publish", 5, publish),
    ("subscribe", 3, subscribe),
    ("unsubscribe", 2, unsubscribe),
    ("flush", 1, flush),
    ("close", 2, close),
    ("setReferenced", 2, set_referenced),
    ("warn", 1, warn),
];

/// `create(url, options, tell)`: the number of a new client.
fn create(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (url, options) = (arguments.get_or_undefined(0), arguments.get_or_undefined(1));
    let broker = nats_options(url, options, context)?;
    let tell = function(arguments.get_or_undefined(2), "tell", context)?;
    let number = with_host(context, |host| host.add_nats(broker));
    clients::add(number, tell, context);
    Ok(JsValue::from(number))
}

/// `publish(client, subject, payload, reply, fields)`, with fields as names and values by turns.
fn publish(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let client = client(arguments)?;
    let subject = text(arguments.get_or_undefined(1), "subject", context)?;
    let payload = payload_of(arguments.get_or_undefined(2), context)?;
    let reply = match arguments.get_or_undefined(3) {
        nothing if nothing.is_undefined() => None,
        reply => Some(text(reply, "reply", context)?),
    };
    let fields = fields_of(arguments.get_or_undefined(4), context)?;
    let pairs: Vec<(&str, &str)> =
        fields.as_chunks::<2>().0.iter().map(|[name, value]| (&**name, &**value)).collect();
    let message = NatsPublish {
        subject: &subject,
        reply: reply.as_deref(),
        fields: &pairs,
        payload: &payload,
    };
    let published = with_host(context, |host| host.publish_nats(client, &message));
    done(published, context)
}

/// `subscribe(client, subject, queue)`: the number of the subscription.
fn subscribe(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let client = client(arguments)?;
    let subject = text(arguments.get_or_undefined(1), "subject", context)?;
    let queue = match arguments.get_or_undefined(2) {
        nothing if nothing.is_undefined() => None,
        queue => Some(text(queue, "options.queue", context)?),
    };
    let number = clients::next_number(client, context).unwrap_or_default();
    let subscribed = with_host(context, |host| {
        host.subscribe_nats(client, number, (&subject, queue.as_deref()))
    });
    done(subscribed, context)?;
    Ok(JsValue::from(number))
}

/// `unsubscribe(client, subscription)`.
fn unsubscribe(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let client = client(arguments)?;
    let subscription = number(arguments.get_or_undefined(1))?;
    with_host(context, |host| host.unsubscribe_nats(client, subscription));
    Ok(JsValue::undefined())
}

/// `flush(client)`: a promise that all that was sent before has been dealt with.
fn flush(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let client = client(arguments)?;
    if let Some((flush, promise)) = clients::promise(client, context)
        && with_host(context, |host| host.flush_nats(client, flush))
    {
        return Ok(promise.into());
    }
    let reason = failure(closed(), context)?;
    Ok(JsPromise::reject(JsError::from_opaque(reason), context)?.into())
}

/// `close(client, atOnce)`.
fn close(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let client = client(arguments)?;
    let at_once = arguments.get_or_undefined(1).to_boolean();
    with_host(context, |host| host.close_nats(client, at_once));
    Ok(JsValue::undefined())
}

/// `setReferenced(client, whether)`.
fn set_referenced(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let client = client(arguments)?;
    let referenced = arguments.get_or_undefined(1).to_boolean();
    with_host(context, |host| host.set_nats_referenced(client, referenced));
    Ok(JsValue::undefined())
}

/// `subjectOfRoom(room)`: a room as the end of a subject, whatever its name.
pub(in crate::builtin) fn subject_of_room(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let room = text(arguments.get_or_undefined(0), "room", context)?;
    let mut subject = String::new();
    subject::push_room(&room, &mut subject);
    Ok(js_string_from_utf8(&subject).into())
}

/// `warn(message)`: of what nobody listens for.
fn warn(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = arguments.get_or_undefined(0).to_string(context)?;
    log::warn!("{}", text.to_std_string_lossy());
    Ok(JsValue::undefined())
}

fn closed() -> Outage {
    Outage { code: "ERR_NATS_CLOSED".to_owned(), message: "the client is closed".to_owned() }
}

/// What the host has done, or why not, as an exception.
fn done(result: Option<Result<(), Outage>>, context: &mut Context) -> JsResult<JsValue> {
    let Outage { code, message } = match result {
        Some(Ok(())) => return Ok(JsValue::undefined()),
        Some(Err(outage)) => outage,
        None => closed(),
    };
    Err(node_error(&code, message, context))
}

fn text(value: &JsValue, name: &str, context: &mut Context) -> JsResult<String> {
    match value.as_string() {
        Some(text) => Ok(to_utf8(&text)),
        None => Err(wrong_type(name, "of type string", value, context)),
    }
}

fn payload_of(value: &JsValue, context: &mut Context) -> JsResult<Vec<u8>> {
    if value.is_undefined() {
        return Ok(Vec::new());
    }
    if let Some(text) = value.as_string() {
        return Ok(to_utf8(&text).into_bytes());
    }
    match bytes_of(value, context)? {
        Some(bytes) => Ok(bytes),
        None => {
            Err(wrong_type("data", "a string, an ArrayBuffer or a view of one", value, context))
        }
    }
}

fn fields_of(value: &JsValue, context: &mut Context) -> JsResult<Vec<String>> {
    let Some(list) = value.as_object() else { return Ok(Vec::new()) };
    let list = JsArray::from_object(list)?;
    let count = list.length(context)?;
    if count > NATS_FIELDS_MAX as u64 * 2 {
        let message = format!("a message has {} headers, more than {NATS_FIELDS_MAX}", count / 2);
        return Err(node_error("ERR_OUT_OF_RANGE", message, context));
    }
    let mut fields = Vec::new();
    for index in 0..count {
        let value = list.get(index, context)?;
        fields.push(text(&value, "a header", context)?);
    }
    Ok(fields)
}

fn client(arguments: &[JsValue]) -> JsResult<u64> {
    number(arguments.get_or_undefined(0))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only numbers that natives have returned come here"
)]
fn number(value: &JsValue) -> JsResult<u64> {
    value.as_number().map(|number| number as u64).ok_or_else(|| illegal_invocation("Nats"))
}
