//! The built-in modules, in tables, and their native halves, one file or folder each.
//!
//! Files here use each other in one direction, and nothing that is defined in this one.

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::{Context, JsResult};

use crate::host::Host;
use crate::js::loader::{Builtin, count, joined};
use base_table::BASE;
use context_data::install_host;
use crypto_table::CRYPTO;
use data_table::DATA;
use files_table::FILES;
use network_table::NETWORK;
use rooms_table::ROOMS;
use streams_table::STREAMS;
use system_table::SYSTEM;
use testing_table::TESTING;

mod async_generators;
mod async_hooks;
mod base_table;
mod blob;
mod bound;
pub mod broker;
mod buffer;
pub mod call_sites;
pub mod child_process;
mod commonjs;
mod console;
mod context_data;
mod cookies;
mod crypto;
mod crypto_table;
mod data_table;
pub mod dgram;
mod dns;
pub mod dom;
mod encoding;
mod errors;
mod event_source;
mod events;
pub mod fetch;
mod files;
mod files_table;
mod frame;
pub mod fs;
pub mod globals;
pub mod http;
pub mod hub;
mod id_map;
mod inspect;
mod intl;
mod json;
mod kv;
mod late_class;
mod late_import;
mod messages;
pub mod messaging;
mod microtask;
mod module_options;
pub mod module_paths;
pub mod nats;
pub mod net;
mod network_table;
mod object_urls;
mod opened;
mod options;
mod os;
mod outcome;
mod output;
mod performance;
pub mod process;
mod proxy;
mod querystring;
pub mod redis;
mod report_error;
mod request_fields;
pub mod rights;
mod rooms_table;
mod shared_bytes;
pub mod signals;
mod sqlite;
mod sse;
pub mod stdin;
mod streams;
mod streams_table;
mod string_limit;
mod string_search;
mod structured_clone;
mod system_table;
pub mod test_runner;
#[cfg(test)]
mod testing;
mod testing_table;
mod time_origin;
mod time_zone;
pub mod timers;
mod tls;
mod url;
mod url_pattern;
mod url_search_params;
pub mod websocket;
pub mod worker;
mod zlib;

/// Every built-in module.
pub const BUILTINS: &[Builtin] = &joined::<{ count(TABLES) }>(TABLES);

const TABLES: &[&[Builtin]] =
    &[BASE, CRYPTO, DATA, FILES, NETWORK, ROOMS, STREAMS, SYSTEM, TESTING];
pub const BUILTINS: &[Builtin] = &[
    Builtin {
        name: "console",
        source: include_str!("../../runtime/console.js"),
        ops: console::OPS,
    },
    Builtin { name: "buffer", source: include_str!("../../runtime/buffer.js"), ops: buffer::OPS },
    Builtin {
        name: "internal:buffer_numbers",
        source: include_str!("../../runtime/buffer_numbers.js"),
        ops: &[],
    },
    Builtin { name: "crypto", source: include_str!("../../runtime/crypto.js"), ops: crypto::OPS },
    Builtin {
        name: "internal:webcrypto",
        source: include_str!("../../runtime/webcrypto.js"),
        ops: &[],
    },
    Builtin {
        name: "diagnostics_channel",
        source: include_str!("../../runtime/diagnostics_channel.js"),
        ops: &[],
    },
    Builtin {
        name: "string_decoder",
        source: include_str!("../../runtime/string_decoder.js"),
        ops: &[],
    },
    Builtin { name: "tty", source: include_str!("../../runtime/tty.js"), ops: &[] },
    Builtin {
        name: "internal:call_sites",
        source: include_str!("../../runtime/call_sites.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:commonjs",
        source: include_str!("../../runtime/commonjs.js"),
        ops: commonjs::OPS,
    },
    Builtin {
        name: "module",
        source: include_str!("../../runtime/module.js"),
        ops: commonjs::MODULE_OPS,
    },
    Builtin { name: "events", source: include_str!("../../runtime/events.js"), ops: events::OPS },
    Builtin {
        name: "internal:events_functions",
        source: include_str!("../../runtime/events_functions.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:deep_equal",
        source: include_str!("../../runtime/deep_equal.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:describe",
        source: include_str!("../../runtime/describe.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:abort",
        source: include_str!("../../runtime/abort.js"),
        ops: dom::abort::OPS,
    },
    Builtin {
        name: "internal:blob",
        source: include_str!("../../runtime/blob.js"),
        ops: blob::OPS,
    },
    Builtin {
        name: "internal:event_source",
        source: include_str!("../../runtime/event_source.js"),
        ops: event_source::OPS,
    },
    Builtin {
        name: "internal:messages",
        source: include_str!("../../runtime/messages.js"),
        ops: messages::OPS,
    },
    Builtin {
        name: "internal:encoding",
        source: include_str!("../../runtime/encoding.js"),
        ops: encoding::OPS,
    },
    Builtin {
        name: "internal:performance",
        source: include_str!("../../runtime/performance.js"),
        ops: performance::OPS,
    },
    Builtin {
        name: "internal:performance_timeline",
        source: include_str!("../../runtime/performance_timeline.js"),
        ops: &[],
    },
    Builtin { name: "perf_hooks", source: include_str!("../../runtime/perf_hooks.js"), ops: &[] },
    Builtin { name: "url", source: include_str!("../../runtime/url.js"), ops: url::OPS },
    Builtin {
        name: "internal:url_pattern",
        source: include_str!("../../runtime/url_pattern.js"),
        ops: url_pattern::OPS,
    },
    Builtin {
        name: "internal:url_pattern_parser",
        source: include_str!("../../runtime/url_pattern_parser.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:fetch",
        source: include_str!("../../runtime/fetch.js"),
        ops: fetch::OPS,
    },
    Builtin {
        name: "internal:structured_clone",
        source: include_str!("../../runtime/structured_clone.js"),
        ops: structured_clone::OPS,
    },
    Builtin {
        name: "internal:message_channel",
        source: include_str!("../../runtime/message_channel.js"),
        ops: messaging::CHANNEL_OPS,
    },
    Builtin {
        name: "internal:broadcast_channel",
        source: include_str!("../../runtime/broadcast_channel.js"),
        ops: messaging::BROADCAST_OPS,
    },
    Builtin {
        name: "internal:worker",
        source: include_str!("../../runtime/worker.js"),
        ops: messaging::WORKER_OPS,
    },
    Builtin {
        name: "worker_threads",
        source: include_str!("../../runtime/worker_threads.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "assert",
        source: include_str!("../../runtime/assert.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "assert/strict",
        source: include_str!("../../runtime/assert_strict.js"),
        ops: &[],
    },
    Builtin {
        name: "querystring",
        source: include_str!("../../runtime/querystring.js"),
        ops: querystring::OPS,
    },
    Builtin {
        name: "internal:dom_exception",
        source: include_str!("../../runtime/dom_exception.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:http_health",
        source: include_str!("../../runtime/http_health.js"),
        ops: http::HEALTH_OPS,
    },
    Builtin {
        name: "internal:http_mistakes",
        source: include_str!("../../runtime/http_mistakes.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:error_texts",
        source: include_str!("../../runtime/error_texts.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "internal:http_clients",
        source: include_str!("../../runtime/http_clients.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:http_patterns",
        source: include_str!("../../runtime/http_patterns.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:http_routes",
        source: include_str!("../../runtime/http_routes.js"),
        ops: http::ROUTE_OPS,
    },
    Builtin {
        name: "internal:http_upgrade",
        source: include_str!("../../runtime/http_upgrade.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:process_output",
        source: include_str!("../../runtime/process_output.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:process_warning",
        source: include_str!("../../runtime/process_warning.js"),
        ops: &[],
    },
    Builtin { name: "internal:errors", source: "", ops: errors::OPS },
    Builtin { name: "internal:format", source: include_str!("../../runtime/format.js"), ops: &[] },
    Builtin {
        name: "internal:inspect",
        source: include_str!("../../runtime/inspect.js"),
        ops: inspect::OPS,
    },
    Builtin { name: "internal:intl", source: include_str!("../../runtime/intl.js"), ops: &[] },
    Builtin {
        name: "internal:intl_date",
        source: include_str!("../../runtime/intl_date.js"),
        ops: time_zone::OPS,
    },
    Builtin {
        name: "internal:intl_number",
        source: include_str!("../../runtime/intl_number.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:intl_options",
        source: include_str!("../../runtime/intl_options.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:navigator",
        source: include_str!("../../runtime/navigator.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:report_error",
        source: include_str!("../../runtime/report_error.js"),
        ops: report_error::OPS,
    },
    Builtin { name: "http", source: include_str!("../../runtime/http.js"), ops: http::OPS },
    Builtin {
        name: "https",
        source: include_str!("../../runtime/https.js"),
        ops: http::SECURE_CLIENT_OPS,
    },
    Builtin {
        name: "internal:http_client",
        source: include_str!("../../runtime/http_client.js"),
        ops: fetch::NODE_OPS,
    },
    Builtin {
        name: "internal:http_incoming",
        source: include_str!("../../runtime/http_incoming.js"),
        ops: &[],
    },
    Builtin {
        name: "krandog:cookies",
        source: include_str!("../../runtime/cookies.js"),
        ops: cookies::OPS,
    },
    Builtin {
        name: "krandog:files",
        source: include_str!("../../runtime/files.js"),
        ops: files::OPS,
    },
    Builtin {
        name: "krandog:frame",
        source: include_str!("../../runtime/frame.js"),
        ops: frame::OPS,
    },
    Builtin {
        name: "internal:krandog",
        source: include_str!("../../runtime/krandog.js"),
        ops: worker::OPS,
    },
    Builtin { name: "fs", source: include_str!("../../runtime/fs.js"), ops: fs::OPS },
    Builtin { name: "fs/promises", source: include_str!("../../runtime/fs_promises.js"), ops: &[] },
    Builtin {
        name: "internal:fs_forms",
        source: include_str!("../../runtime/fs_forms.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:fs_transfer",
        source: include_str!("../../runtime/fs_transfer.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:fs_stats",
        source: include_str!("../../runtime/fs_stats.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:fs_streams",
        source: include_str!("../../runtime/fs_streams.js"),
        ops: &[],
    },
    Builtin { name: "internal:fs_dir", source: include_str!("../../runtime/fs_dir.js"), ops: &[] },
    Builtin { name: "internal:fs_cp", source: include_str!("../../runtime/fs_cp.js"), ops: &[] },
    Builtin {
        name: "internal:fs_watch",
        source: include_str!("../../runtime/fs_watch.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:fs_handle",
        source: include_str!("../../runtime/fs_handle.js"),
        ops: &[],
    },
    Builtin { name: "krandog:hub", source: include_str!("../../runtime/hub.js"), ops: hub::OPS },
    Builtin {
        name: "krandog:history",
        source: include_str!("../../runtime/history.js"),
        ops: module_options::HISTORY_OPS,
    },
    Builtin {
        name: "krandog:history/redis",
        source: include_str!("../../runtime/history_redis.js"),
        ops: module_options::REDIS_HISTORY_OPS,
    },
    Builtin {
        name: "krandog:history/nats",
        source: include_str!("../../runtime/history_nats.js"),
        ops: module_options::NATS_HISTORY_OPS,
    },
    Builtin { name: "krandog:nats", source: include_str!("../../runtime/nats.js"), ops: nats::OPS },
    Builtin {
        name: "krandog:presence",
        source: include_str!("../../runtime/presence.js"),
        ops: module_options::PRESENCE_OPS,
    },
    Builtin {
        name: "internal:presence_peers",
        source: include_str!("../../runtime/presence_peers.js"),
        ops: module_options::PRESENCE_PEERS_OPS,
    },
    Builtin {
        name: "krandog:redis",
        source: include_str!("../../runtime/redis.js"),
        ops: redis::OPS,
    },
    Builtin {
        name: "internal:redis_commands",
        source: include_str!("../../runtime/redis_commands.js"),
        ops: &[],
    },
    Builtin {
        name: "krandog:rpc",
        source: include_str!("../../runtime/rpc.js"),
        ops: module_options::RPC_OPS,
    },
    Builtin {
        name: "internal:streams",
        source: include_str!("../../runtime/streams.js"),
        ops: streams::OPS,
    },
    Builtin { name: "stream/web", source: include_str!("../../runtime/stream_web.js"), ops: &[] },
    Builtin {
        name: "stream",
        source: include_str!("../../runtime/stream.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "stream/promises",
        source: include_str!("../../runtime/stream_promises.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_state",
        source: include_str!("../../runtime/stream_state.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_legacy",
        source: include_str!("../../runtime/stream_legacy.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_readable",
        source: include_str!("../../runtime/stream_readable.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_writable",
        source: include_str!("../../runtime/stream_writable.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_duplex",
        source: include_str!("../../runtime/stream_duplex.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_pipe",
        source: include_str!("../../runtime/stream_pipe.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_kinds",
        source: include_str!("../../runtime/stream_kinds.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_finished",
        source: include_str!("../../runtime/stream_finished.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_iterator",
        source: include_str!("../../runtime/stream_iterator.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_from",
        source: include_str!("../../runtime/stream_from.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_pipeline",
        source: include_str!("../../runtime/stream_pipeline.js"),
        ops: &[],
    },
    Builtin { name: "timers", source: include_str!("../../runtime/timers.js"), ops: timers::OPS },
    Builtin {
        name: "timers/promises",
        source: include_str!("../../runtime/timers_promises.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stdin",
        source: include_str!("../../runtime/stdin.js"),
        ops: stdin::OPS,
    },
    Builtin {
        name: "internal:websocket_iterator",
        source: include_str!("../../runtime/websocket_iterator.js"),
        ops: websocket::ITERATOR_OPS,
    },
    Builtin {
        name: "internal:websocket_reader",
        source: include_str!("../../runtime/websocket_reader.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:websocket_parts",
        source: include_str!("../../runtime/websocket_parts.js"),
        ops: websocket::STREAM_OPS,
    },
    Builtin {
        name: "internal:websocket_stream",
        source: include_str!("../../runtime/websocket_stream.js"),
        ops: &[],
    },
    Builtin { name: "krandog:sse", source: include_str!("../../runtime/sse.js"), ops: sse::OPS },
    Builtin {
        name: "internal:http_bodies",
        source: include_str!("../../runtime/http_bodies.js"),
        ops: http::BODY_OPS,
    },
    Builtin {
        name: "krandog:client",
        source: include_str!("../../runtime/client.js"),
        ops: websocket::CLIENT_OPS,
    },
    Builtin { name: "internal:table", source: include_str!("../../runtime/table.js"), ops: &[] },
    Builtin { name: "os", source: include_str!("../../runtime/os.js"), ops: os::OPS },
    Builtin { name: "path", source: include_str!("../../runtime/path.js"), ops: late_import::OPS },
    Builtin {
        name: "process",
        source: include_str!("../../runtime/process.js"),
        ops: process::OPS,
    },
    Builtin { name: "util", source: include_str!("../../runtime/util.js"), ops: &[] },
];

/// Puts what natives need into the context, and the eager globals on the global object.
pub fn install(host: Rc<RefCell<Host>>, context: &mut Context) -> JsResult<()> {
    install_host(host, context);
    time_origin::install(context);
    dom::install(context)?;
    microtask::install(context)?;
    console::install(context)?;
    json::install(context)?;
    intl::install(context)?;
    async_generators::install(context);
    bound::install(context);
    string_limit::install(context);
    string_search::install(context);
    timers::install(context);
    http::install(context)?;
    hub::install(context);
    redis::install(context);
    nats::install(context);
    websocket::install(context)?;
    globals::install(context)
}
