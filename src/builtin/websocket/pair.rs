//! The client's end of a WebSocket whose other end a server of the same program has, without a port
//! in between.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};

use super::address::{parse_url, pathname_of};
use super::client::Client;
use super::data::{self, WebSocketData};
use super::sockets::keep;
use super::wishes::{check_protocols, wishes};
use crate::builtin::context_data::host_of;
use crate::builtin::dom::event_target::EventTarget;
use crate::builtin::opened::{Opened, note};
use crate::id::ServerId;
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::error::{Target, node_error, system_error};

/// A WebSocket to `server`, as `new WebSocket(url, options)` would make it.
pub(in crate::builtin) fn connect_to(
    server: ServerId,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let url = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    let wishes = wishes(arguments.get_or_undefined(1), context)?;
    let url = parse_url(&url, context)?;
    check_protocols(&wishes.protocols, context)?;
    let pathname = js_string_from_utf8(&pathname_of(&url));
    let href = js_string_from_utf8(&url.href());
    let host = host_of(context);
    let now = host.borrow_mut().refresh_now();
    let client = Client::new(url, wishes, now);
    if client.reconnects() || client.signal().is_some() {
        let message = "a WebSocket of pair() takes neither reconnect nor signal";
        return Err(node_error("ERR_INVALID_ARG_VALUE", message, context));
    }
    let connected = client.connect_to(&mut host.borrow_mut(), server);
    let (conn, number) = connected
        .map_err(|error| system_error(&error, "socketpair", Target::default(), context))?;
    let mut data = WebSocketData::new(host, Some(conn), false, pathname);
    data.number = number;
    data.url = href.into();
    data.client = Some(Box::new(client));
    let prototype = data::prototype(context);
    let object =
        JsObject::new(context.root_shape(), prototype, EventTarget::with_inner(data)).upcast();
    keep(conn, object.clone(), context);
    note(Opened::Conn(conn), context);
    Ok(object.into())
}
