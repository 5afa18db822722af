//! News of connections, handed to the functions that `runtime/net_socket.js` has given for them.

use std::rc::Rc;

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, js_string};

use super::handles::{adopt, forget, owners};
use super::listen::Servers;
use crate::builtin::context_data::with_host;
use crate::host::{Attempt, Input, RawFault, RawNews};
use crate::id::{ConnId, ServerId};
use crate::js::activation;
use crate::js::argument::illegal_invocation;
use crate::js::convert::new_uint8_array;
use crate::js::executor::report_uncaught;
use crate::js::interface::set_field;
use crate::net::listener::Address;

/// The functions that are told. They are roots.
struct Callbacks {
    /// The prototype of `Buffer`.
    buffer: JsObject,
    /// `data(owner, chunk)`
    data: JsFunction,
    /// `news(owner, kind, fault)`
    news: JsFunction,
}

/// `told({buffer, data, news})`: whom to tell.
pub(super) fn set_callbacks(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0).as_object();
    let given = given.ok_or_else(|| illegal_invocation("Socket"))?;
    let buffer = given.get(js_string!("buffer"), context)?.as_object();
    let data = given.get(js_string!("data"), context)?.as_function();
    let news = given.get(js_string!("news"), context)?.as_function();
    if let (Some(buffer), Some(data), Some(news)) = (buffer, data, news) {
        context.insert_data(Rc::new(Callbacks { buffer, data, news }));
    }
    Ok(JsValue::undefined())
}

/// Tells a script what has happened on a connection of its own.
pub fn deliver(conn: ConnId, news: RawNews, input: &Input, context: &mut Context) {
    if let Err(error) = tell(conn, news, input, context) {
        report_uncaught(error, context);
    }
}

fn tell(conn: ConnId, news: RawNews, input: &Input, context: &mut Context) -> JsResult<()> {
    if let RawNews::Accepted(server) = news {
        return accept(conn, server, context);
    }
    let owner = owners(context).0.find(conn);
    let callbacks = context.get_data::<Rc<Callbacks>>().cloned();
    let Some((owner, callbacks)) = owner.zip(callbacks) else { return Ok(()) };
    let (kind, fault) = match news {
        RawNews::Data(range) => {
            let bytes = input.bytes().get(range).unwrap_or_default();
            let chunk = new_uint8_array(bytes, context)?;
            chunk.set_prototype(Some(callbacks.buffer.clone()));
            let arguments = [owner.into(), chunk.into()];
            activation::call(&callbacks.data, &JsValue::undefined(), &arguments, context)?;
            return Ok(());
        }
        RawNews::Accepted(_) => return Ok(()),
        RawNews::Connected => ("connect", None),
        RawNews::Secured => ("secure", None),
        RawNews::End => ("end", None),
        RawNews::Room => ("room", None),
        RawNews::Finished => ("finish", None),
        RawNews::Closed(fault) => {
            forget(conn, context);
            ("close", fault)
        }
    };
    let fault = fault.map_or(JsValue::undefined(), |fault| described(*fault, context));
    let arguments = [owner.into(), js_string!(kind).into(), fault];
    activation::call(&callbacks.news, &JsValue::undefined(), &arguments, context)?;
    Ok(())
}

/// A server has a connection.
fn accept(conn: ConnId, server: ServerId, context: &mut Context) -> JsResult<()> {
    let entry = context.get_data::<Servers>().and_then(|servers| servers.0.find(server));
    let Some(entry) = entry else {
        with_host(context, |host| host.destroy_raw(conn, true));
        return Ok(());
    };
    let handle = adopt(conn, context);
    activation::call(&entry.accepted, &JsValue::undefined(), &[handle.into()], context)?;
    Ok(())
}

/// The last connection of a closed server is gone. False if it is no server of `net`.
pub fn deliver_server_closed(server: ServerId, context: &mut Context) -> bool {
    let entry = context.get_data::<Servers>().and_then(|servers| servers.0.remove(server));
    let Some(entry) = entry else { return false };
    if let Err(error) = activation::call(&entry.closed, &JsValue::undefined(), &[], context) {
        report_uncaught(error, context);
    }
    true
}

/// `{code, message, errno, syscall, attempts}`, of which the JavaScript half makes an exception.
fn described(fault: RawFault, context: &mut Context) -> JsValue {
    let object = JsObject::with_null_proto();
    set_field(&object, js_string!("code"), JsString::from(fault.code));
    set_field(&object, js_string!("message"), JsString::from(fault.message));
    if let Some(number) = fault.errno {
        set_field(&object, js_string!("errno"), JsValue::from(-number));
    }
    if let Some(syscall) = fault.syscall {
        set_field(&object, js_string!("syscall"), js_string!(syscall));
    }
    let attempts: Vec<JsValue> =
        fault.attempts.iter().map(|attempt| attempted(attempt, context)).collect();
    set_field(&object, js_string!("attempts"), JsArray::from_iter(attempts, context));
    object.into()
}

/// `[code, errno, address, port]`
fn attempted(attempt: &Attempt, context: &mut Context) -> JsValue {
    let (address, port) = match &attempt.address {
        Address::Tcp(address) => (address.ip().to_string(), JsValue::from(address.port())),
        Address::Unix(path) => (path.to_string_lossy().into_owned(), JsValue::undefined()),
    };
    let errno = attempt.errno.map_or(JsValue::undefined(), |number| JsValue::from(-number));
    let values = [js_string!(attempt.code).into(), errno, JsString::from(address).into(), port];
    JsArray::from_iter(values, context).into()
}
