//! The natives of `krandog:redis`. A client is a number, which scripts do not see.

use boa_engine::object::builtins::{JsArray, JsPromise};
use boa_engine::{Context, JsArgs, JsError, JsResult, JsValue};

use super::calls;
use super::options::redis_options;
use super::values::argument;
use crate::builtin::broker::failure;
use crate::builtin::context_data::with_host;
use crate::host::Outage;
use crate::js::argument::{function, illegal_invocation};
use crate::js::interface::Op;
use crate::limits::REDIS_ARGUMENTS_MAX;

pub(in crate::builtin) const OPS: &[Op] = &[
    ("create", 3, create),
    ("send", 3, send),
    ("close", 2, close),
    ("setReferenced", 2, set_referenced),
    ("warn", 1, warn),
];

/// `create(url, options, tell)`: the number of a new client.
fn create(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (url, options) = (arguments.get_or_undefined(0), arguments.get_or_undefined(1));
    let (broker, maps) = redis_options(url, options, context)?;
    let tell = function(arguments.get_or_undefined(2), "tell", context)?;
    let number = with_host(context, |host| host.add_redis(broker));
    calls::add(number, tell, maps, context);
    Ok(JsValue::from(number))
}

/// `send(client, arguments, bytes)`: a promise for the reply to a command.
fn send(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let client = client(arguments)?;
    let list = arguments.get_or_undefined(1).as_object();
    let list = JsArray::from_object(list.ok_or_else(|| illegal_invocation("Redis"))?)?;
    let count = list.length(context)?;
    if count > REDIS_ARGUMENTS_MAX {
        let message = format!("a command has {count} arguments, more than {REDIS_ARGUMENTS_MAX}");
        return rejected("ERR_OUT_OF_RANGE", message, context);
    }
    let mut words = Vec::new();
    for index in 0..count {
        let word = list.get(index, context)?;
        words.push(argument(&word, context)?);
    }
    let bytes = arguments.get_or_undefined(2).to_boolean();
    let Some((call, promise)) = calls::promise(client, bytes, context) else {
        return rejected("ERR_REDIS_CLOSED", "the client is closed".to_owned(), context);
    };
    with_host(context, |host| host.call_redis(client, call, &words));
    Ok(promise.into())
}

fn rejected(code: &str, message: String, context: &mut Context) -> JsResult<JsValue> {
    let reason = failure(Outage { code: code.to_owned(), message }, context)?;
    Ok(JsPromise::reject(JsError::from_opaque(reason), context)?.into())
}

/// `close(client, atOnce)`.
fn close(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let client = client(arguments)?;
    let at_once = arguments.get_or_undefined(1).to_boolean();
    with_host(context, |host| host.close_redis(client, at_once));
    Ok(JsValue::undefined())
}

/// `setReferenced(client, whether)`.
fn set_referenced(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let client = client(arguments)?;
    let referenced = arguments.get_or_undefined(1).to_boolean();
    with_host(context, |host| host.set_redis_referenced(client, referenced));
    Ok(JsValue::undefined())
}

/// `warn(message)`: of what nobody listens for.
fn warn(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = arguments.get_or_undefined(0).to_string(context)?;
    log::warn!("{}", text.to_std_string_lossy());
    Ok(JsValue::undefined())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only numbers that `create` has returned come here"
)]
fn client(arguments: &[JsValue]) -> JsResult<u64> {
    let number = arguments.get_or_undefined(0).as_number();
    number.map(|number| number as u64).ok_or_else(|| illegal_invocation("Redis"))
}
