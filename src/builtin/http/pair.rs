//! `pair(server, url, options)`: a WebSocket to a server of this program, without a port.

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::servers;
use crate::builtin::websocket;
use crate::js::argument::illegal_invocation;

/// The server has to listen, in memory or elsewhere.
pub(in crate::builtin) fn pair(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let server = arguments.get_or_undefined(0).as_object();
    let server = server.and_then(|server| servers::id_of(&server, context));
    let server = server.ok_or_else(|| illegal_invocation("Server"))?;
    websocket::connect_to(server, arguments.get(1..).unwrap_or_default(), context)
}
