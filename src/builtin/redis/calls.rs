//! Clients of a script, and the promises that wait for replies.

use std::cell::RefCell;
use std::collections::HashMap;

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{Context, JsResult, JsValue, js_string};

use super::values::{Shown, shown};
use crate::builtin::broker::failure;
use crate::builtin::context_data::installed;
use crate::host::ClientNews;
use crate::js::executor::report_uncaught;
use crate::proto::redis::Value;

/// All clients that are not closed. What waits in them is kept.
#[derive(Default)]
struct Clients(RefCell<HashMap<u64, Client>>);

struct Client {
    /// `(event, ...facts)`: whatever is no reply.
    tell: JsFunction,
    maps: bool,
    calls: HashMap<u64, (ResolvingFunctions, bool)>,
    count: u64,
}

pub(super) fn install(context: &mut Context) {
    context.insert_data(Clients::default());
}

/// There is a new client.
pub(super) fn add(number: u64, tell: JsFunction, maps: bool, context: &Context) {
    let client = Client { tell, maps, calls: HashMap::new(), count: 0 };
    installed::<Clients>(context).0.borrow_mut().insert(number, client);
}

/// A promise for the reply to a command that is about to be sent, and its number. `None` if the
/// client is closed.
pub(super) fn promise(number: u64, bytes: bool, context: &mut Context) -> Option<(u64, JsPromise)> {
    let (promise, functions) = JsPromise::new_pending(context);
    let mut clients = installed::<Clients>(context).0.borrow_mut();
    let client = clients.get_mut(&number)?;
    client.count += 1;
    client.calls.insert(client.count, (functions, bytes));
    Some((client.count, promise))
}

/// Something has become of a client. What its script throws is uncaught.
pub fn deliver(number: u64, news: ClientNews, context: &mut Context) {
    let delivered = match news {
        ClientNews::Reply(call, value) => settle(number, call, Ok(value), context),
        ClientNews::Failed(call, outage) => settle(number, call, Err(outage), context),
        news => tell(number, news, context),
    };
    if let Err(error) = delivered {
        report_uncaught(error, context);
    }
}

fn settle(
    number: u64,
    call: u64,
    reply: Result<Value<'static>, crate::host::Outage>,
    context: &mut Context,
) -> JsResult<()> {
    let found = {
        let mut clients = installed::<Clients>(context).0.borrow_mut();
        let client = clients.get_mut(&number);
        client.and_then(|client| Some((client.calls.remove(&call)?, client.maps)))
    };
    let Some(((functions, bytes), maps)) = found else { return Ok(()) };
    let (function, value) = match reply {
        Err(outage) => (functions.reject, failure(outage, context)?),
        Ok(value) => {
            let is_error = matches!(value, Value::Error(_));
            let value = shown(value, Shown { bytes, maps }, context)?;
            (if is_error { functions.reject } else { functions.resolve }, value)
        }
    };
    function.call(&JsValue::undefined(), &[value], context).map(drop)
}

fn tell(number: u64, news: ClientNews, context: &mut Context) -> JsResult<()> {
    let found = {
        let mut clients = installed::<Clients>(context).0.borrow_mut();
        let found = clients.get(&number).map(|client| (client.tell.clone(), client.maps));
        if matches!(news, ClientNews::Closed) {
            clients.remove(&number);
        }
        found
    };
    let Some((tell, maps)) = found else { return Ok(()) };
    let mut arguments = Vec::new();
    match news {
        ClientNews::Push(values) => {
            arguments.push(js_string!("push").into());
            // A script may want the bytes of a message, or its text.
            for (index, value) in values.into_iter().enumerate() {
                let bytes = index > 0;
                arguments.push(shown(value, Shown { bytes, maps }, context)?);
            }
        }
        ClientNews::Ready => arguments.push(js_string!("ready").into()),
        ClientNews::Closed => arguments.push(js_string!("closed").into()),
        ClientNews::Lost(outage, wait) => {
            arguments.push(js_string!("lost").into());
            arguments.push(failure(outage, context)?);
            arguments.push((wait.as_secs_f64() * 1000.0).into());
        }
        ClientNews::Reply(..) | ClientNews::Failed(..) => return Ok(()),
    }
    tell.call(&JsValue::undefined(), &arguments, context).map(drop)
}
