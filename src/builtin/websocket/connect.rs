//! `new WebSocket(url, protocols | options)`.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};

use super::address::parse_url;
use super::client::Client;
use super::data::{self, WebSocketData};
use super::signal;
use super::sockets::keep;
use super::wishes::{check_protocols, wishes};
use crate::builtin::context_data::host_of;
use crate::builtin::dom::event_target::EventTarget;
use crate::builtin::opened::{Opened, note};
use crate::js::argument::{prototype_for, require_arguments};
use crate::js::convert::{js_string_from_utf8, to_utf8};

/// The constructor.
pub(super) fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| data::prototype(context);
    let prototype = prototype_for(new_target, "WebSocket", default, context)?;
    require_arguments(arguments, &["url"], context)?;
    // Web IDL converts both arguments before either is looked at.
    let url = to_utf8(&arguments[0].to_string(context)?);
    let wishes = wishes(arguments.get_or_undefined(1), context)?;
    let url = parse_url(&url, context)?;
    check_protocols(&wishes.protocols, context)?;
    let pathname = js_string_from_utf8(&super::address::pathname_of(&url));
    let href = js_string_from_utf8(&url.href());
    let follows = wishes.signal.clone();
    let aborted = follows.as_ref().and_then(|signal| signal::error_of(signal, context));
    let host = host_of(context);
    // A script may have computed for long since the turn began, and its peer is to have all of its time.
    let now = host.borrow_mut().refresh_now();
    let client = Client::new(url, wishes, now);
    let (conn, number) = client.connect(&mut host.borrow_mut(), aborted);
    let mut data = WebSocketData::new(host, Some(conn), false, pathname);
    data.number = number;
    data.url = href.into();
    data.client = Some(Box::new(client));
    let object =
        JsObject::new(context.root_shape(), prototype, EventTarget::with_inner(data)).upcast();
    keep(conn, object.clone(), context);
    note(Opened::Conn(conn), context);
    if let Some(follows) = follows {
        signal::follow(&object, &follows, context);
    }
    Ok(object.into())
}
