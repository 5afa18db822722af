//! The options that both ends of a WebSocket have: limits, times and compression.

use boa_engine::{Context, JsResult};

use crate::builtin::options::{
    Given, Opt, flag, millis, names_in, nested, other, unless_zero, whole,
};
use crate::host::{Backpressure, WebSocketOptions};
use crate::limits::OPTION_MESSAGE_MAX;
use crate::proto::ws::deflate::DeflateConfig;

/// What has options of a WebSocket among its own.
pub(in crate::builtin) trait HasWebSocketOptions {
    fn websocket(&mut self) -> &mut WebSocketOptions;
}

/// Rows for the table of what has them.
pub(in crate::builtin) const fn websocket_options<T: HasWebSocketOptions>() -> [Opt<T>; 9] {
    [
        whole("maxPayload", (1, OPTION_MESSAGE_MAX), |to: &mut T, bytes| {
            to.websocket().max_payload = bytes;
        }),
        whole("maxFragments", (1, OPTION_MESSAGE_MAX), |to: &mut T, count| {
            to.websocket().max_fragments = count;
        }),
        whole("maxBackpressure", (1, 1 << 40), |to: &mut T, bytes| {
            to.websocket().max_backpressure = bytes;
        }),
        other("backpressure", |to: &mut T, given, context| {
            to.websocket().backpressure = read_backpressure(given, context)?;
            Ok(())
        }),
        millis("pingInterval", 0, |to: &mut T, time| {
            to.websocket().keepalive.ping_interval = unless_zero(time);
        }),
        millis("pongTimeout", 0, |to: &mut T, time| {
            to.websocket().keepalive.pong_timeout = unless_zero(time);
        }),
        millis("idleTimeout", 0, |to: &mut T, time| {
            to.websocket().keepalive.idle_timeout = unless_zero(time);
        }),
        millis("closeTimeout", 0, |to: &mut T, time| {
            to.websocket().keepalive.close_timeout = unless_zero(time);
        }),
        nested(
            "perMessageDeflate",
            || names_in(&[&DEFLATE]),
            |to: &mut T, given, context| {
                to.websocket().deflate = given.on_or_off(&[&DEFLATE], context)?;
                Ok(())
            },
        ),
    ]
}

fn read_backpressure(given: &Given<'_>, context: &mut Context) -> JsResult<Backpressure> {
    let word = given.value.as_string().map(|word| word.to_std_string_lossy());
    match word.as_deref() {
        Some("close") => Ok(Backpressure::Close),
        Some("drop-new") => Ok(Backpressure::DropNew),
        Some("drop-old") => Ok(Backpressure::DropOld),
        Some("coalesce") => Ok(Backpressure::Coalesce),
        _ => Err(given.wrong_type("'close', 'drop-new', 'drop-old' or 'coalesce'", context)),
    }
}

const DEFLATE: [Opt<DeflateConfig>; 8] = [
    whole("threshold", (0, 1 << 31), |to, bytes| to.threshold = bytes),
    whole("level", (0, 9), |to, level| to.level = small(level)),
    flag("serverNoContextTakeover", |to, wanted| to.server_no_context_takeover = wanted),
    flag("clientNoContextTakeover", |to, wanted| to.client_no_context_takeover = wanted),
    whole("serverMaxWindowBits", (8, 15), |to, bits| to.server_max_window_bits = small(bits)),
    whole("clientMaxWindowBits", (8, 15), |to, bits| to.client_max_window_bits = small(bits)),
    whole("memoryLimit", (0, 1 << 40), |to, bytes| to.memory_limit = bytes),
    whole("maxRatio", (1, 1 << 31), |to, times| to.max_ratio = times),
];

/// A number that its row in the table keeps below 256.
fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
