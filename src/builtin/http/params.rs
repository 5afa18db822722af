//! `ws.params`: what the path of an accepted WebSocket has in the groups of its route.
//!
//! It is made when a script asks for it, so a socket whose script never does keeps nothing.

use boa_engine::{Context, JsObject, JsResult, JsValue};

use super::pattern::{Groups, Pattern};
use super::servers::{self, ServerEntry};
use crate::builtin::context_data::with_host;
use crate::builtin::websocket;
use crate::id::ConnId;
use crate::js::argument::illegal_invocation;

/// The accessor.
pub(in crate::builtin) fn params(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let socket = this.as_object().and_then(|object| Some((websocket::conn_of(&object)?, object)));
    let (conn, socket) = socket.ok_or_else(|| illegal_invocation("WebSocket"))?;
    let server = conn.ok().and_then(|conn| with_host(context, |host| host.server_of(conn)));
    let entry = server.and_then(|server| servers::find(server, context));
    made(&socket, entry.as_deref(), context).map(JsValue::from)
}

/// Makes the groups of a socket that is about to close, whose route is not known any more then.
pub(super) fn keep(conn: ConnId, entry: &ServerEntry, context: &mut Context) -> JsResult<()> {
    let has_groups = entry.pattern.as_ref().is_some_and(Pattern::has_groups);
    match websocket::find(conn, context).filter(|_| has_groups) {
        Some(socket) => made(&socket, Some(entry), context).map(drop),
        None => Ok(()),
    }
}

fn made(
    socket: &JsObject,
    entry: Option<&ServerEntry>,
    context: &mut Context,
) -> JsResult<JsObject> {
    if let Some(params) = websocket::params_of(socket) {
        return Ok(params);
    }
    let path = websocket::pathname_of(socket).to_string(context)?.to_std_string_lossy();
    let groups = match entry.and_then(|entry| entry.pattern.as_ref()) {
        Some(pattern) => pattern.find(&path, &|| websocket::url_of(socket), context)?,
        None => None,
    };
    let params = groups.unwrap_or(Groups::Nothing).object(&path, context)?;
    websocket::keep_params(socket, params.clone());
    Ok(params)
}
