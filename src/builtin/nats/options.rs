//! `new Nats(url, options)`.

use std::time::Duration;

use boa_engine::{Context, JsResult, JsValue};

use crate::builtin::broker::parse_nats_url;
use crate::builtin::options::{Opt, duration, millis, nested, options_of, read, text, whole};
use crate::builtin::tls::{client_tls, client_tls_names};
use crate::host::BrokerOptions;
use crate::js::argument::wrong_type;
use crate::js::convert::to_utf8;
use crate::js::error::node_error;
use crate::limits::QUEUE_BYTES_MAX;
use crate::net::tls::ClientTls;

/// What a script asks of a client.
#[derive(Default)]
struct Wishes {
    tls: ClientTls,
    name: Option<String>,
    connect_timeout: Option<Duration>,
    ping_interval: Option<Duration>,
    queue_bytes: Option<usize>,
}

const NATS: [Opt<Wishes>; 5] = [
    text("name", |to, name| to.name = Some(name)),
    nested("tls", client_tls_names, |to, given, context| {
        to.tls = client_tls(given, context)?;
        Ok(())
    }),
    millis("connectTimeout", 1, |to, time| to.connect_timeout = Some(duration(time))),
    millis("pingInterval", 1, |to, time| to.ping_interval = Some(duration(time))),
    whole("maxQueueBytes", (1, QUEUE_BYTES_MAX), |to, bytes| to.queue_bytes = Some(bytes)),
];

/// The server, and how to speak with it.
pub(super) fn nats_options(
    url: &JsValue,
    options: &JsValue,
    context: &mut Context,
) -> JsResult<BrokerOptions> {
    let mut wishes = Wishes::default();
    if let Some(options) = options_of(options, "new Nats", context)? {
        read(&options, "", &[&NATS], &mut wishes, context)?;
    }
    let Some(url) = url.as_string().map(|url| to_utf8(&url)) else {
        return Err(wrong_type("url", "a URL such as nats://localhost", url, context));
    };
    let mut broker = parse_nats_url(&url, &wishes.tls).map_err(|why| {
        node_error("ERR_INVALID_ARG_VALUE", format!("the URL of NATS is wrong: {why}"), context)
    })?;
    broker.name = wishes.name.unwrap_or(broker.name);
    broker.open_timeout = wishes.connect_timeout.unwrap_or(broker.open_timeout);
    broker.ping_interval = wishes.ping_interval.unwrap_or(broker.ping_interval);
    broker.queue_bytes = wishes.queue_bytes.unwrap_or(broker.queue_bytes);
    Ok(broker)
}
