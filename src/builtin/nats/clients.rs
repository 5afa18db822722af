//! Clients of a script, and the promises that wait for a flush.

use std::cell::RefCell;
use std::collections::HashMap;

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::{JsArray, JsFunction, JsPromise};
use boa_engine::{Context, JsResult, JsValue, js_string};

use crate::builtin::broker::failure;
use crate::builtin::context_data::installed;
use crate::host::{NatsMessage, NatsNews, Outage};
use crate::js::convert::{js_string_from_utf8, new_uint8_array};
use crate::js::executor::report_uncaught;

/// All clients that are not closed. What waits in them is kept.
#[derive(Default)]
struct Clients(RefCell<HashMap<u64, Client>>);

struct Client {
    /// `(event, ...facts)`
    tell: JsFunction,
    flushes: HashMap<u64, ResolvingFunctions>,
    /// How many flushes and subscriptions there have been.
    count: u64,
}

pub(super) fn install(context: &mut Context) {
    context.insert_data(Clients::default());
}

/// There is a new client.
pub(super) fn add(number: u64, tell: JsFunction, context: &Context) {
    let client = Client { tell, flushes: HashMap::new(), count: 0 };
    installed::<Clients>(context).0.borrow_mut().insert(number, client);
}

/// A number that this client has not used. `None` if it is closed.
pub(super) fn next_number(number: u64, context: &Context) -> Option<u64> {
    let mut clients = installed::<Clients>(context).0.borrow_mut();
    let client = clients.get_mut(&number)?;
    client.count += 1;
    Some(client.count)
}

/// A promise for a flush that is about to be asked for, and its number. `None` if the client is
/// closed.
pub(super) fn promise(number: u64, context: &mut Context) -> Option<(u64, JsPromise)> {
    let flush = next_number(number, context)?;
    let (promise, functions) = JsPromise::new_pending(context);
    let mut clients = installed::<Clients>(context).0.borrow_mut();
    clients.get_mut(&number)?.flushes.insert(flush, functions);
    Some((flush, promise))
}

/// Something has become of a client. What its script throws is uncaught.
pub fn deliver(number: u64, news: NatsNews, context: &mut Context) {
    let delivered = match news {
        NatsNews::Flushed(flush) => settle(number, flush, None, context),
        NatsNews::Failed(flush, outage) => settle(number, flush, Some(outage), context),
        news => tell(number, news, context),
    };
    if let Err(error) = delivered {
        report_uncaught(error, context);
    }
}

fn settle(number: u64, flush: u64, outage: Option<Outage>, context: &mut Context) -> JsResult<()> {
    let found = {
        let mut clients = installed::<Clients>(context).0.borrow_mut();
        clients.get_mut(&number).and_then(|client| client.flushes.remove(&flush))
    };
    let Some(ResolvingFunctions { resolve, reject }) = found else { return Ok(()) };
    match outage {
        None => resolve.call(&JsValue::undefined(), &[], context).map(drop),
        Some(outage) => {
            let reason = failure(outage, context)?;
            reject.call(&JsValue::undefined(), &[reason], context).map(drop)
        }
    }
}

fn tell(number: u64, news: NatsNews, context: &mut Context) -> JsResult<()> {
    let tell = {
        let mut clients = installed::<Clients>(context).0.borrow_mut();
        let tell = clients.get(&number).map(|client| client.tell.clone());
        if matches!(news, NatsNews::Closed) {
            clients.remove(&number);
        }
        tell
    };
    let Some(tell) = tell else { return Ok(()) };
    let mut arguments = Vec::new();
    match news {
        NatsNews::Message(message) => push_message(*message, &mut arguments, context)?,
        NatsNews::Ready => arguments.push(js_string!("ready").into()),
        NatsNews::Closed => arguments.push(js_string!("closed").into()),
        NatsNews::Refused(outage) => {
            arguments.push(js_string!("refused").into());
            arguments.push(failure(outage, context)?);
        }
        NatsNews::Lost(outage, wait) => {
            arguments.push(js_string!("lost").into());
            arguments.push(failure(outage, context)?);
            arguments.push((wait.as_secs_f64() * 1000.0).into());
        }
        NatsNews::Flushed(_) | NatsNews::Failed(..) => return Ok(()),
    }
    tell.call(&JsValue::undefined(), &arguments, context).map(drop)
}

/// `('message', subscription, subject, payload, reply, status, description, fields)`
#[expect(clippy::cast_precision_loss, reason = "nobody subscribes so often")]
fn push_message(
    message: NatsMessage,
    arguments: &mut Vec<JsValue>,
    context: &mut Context,
) -> JsResult<()> {
    let NatsMessage { subscription, subject, reply, headers, payload } = message;
    arguments.push(js_string!("message").into());
    arguments.push((subscription as f64).into());
    arguments.push(js_string_from_utf8(&subject).into());
    arguments.push(new_uint8_array(&payload, context)?.into());
    let reply = reply.map(|reply| js_string_from_utf8(&reply).into());
    arguments.push(reply.unwrap_or_default());
    arguments.push(headers.status.map(JsValue::from).unwrap_or_default());
    arguments.push(js_string_from_utf8(&headers.description).into());
    let fields = headers.fields.iter().flat_map(|(name, value)| [name, value]);
    let fields: Vec<JsValue> = fields.map(|text| js_string_from_utf8(text).into()).collect();
    arguments.push(JsArray::from_iter(fields, context).into());
    Ok(())
}
