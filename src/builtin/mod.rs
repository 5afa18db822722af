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
