//! `new Redis(url, options)`.

use std::time::Duration;

use boa_engine::{Context, JsResult, JsValue};

use crate::builtin::broker::parse_redis_url;
use crate::builtin::options::{Opt, duration, flag, millis, nested, options_of, read, text, whole};
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
    user: Option<String>,
    password: Option<String>,
    database: Option<usize>,
    name: Option<String>,
    connect_timeout: Option<Duration>,
    ping_interval: Option<Duration>,
    queue_bytes: Option<usize>,
    maps: bool,
}

const REDIS: [Opt<Wishes>; 9] = [
    text("username", |to, name| to.user = Some(name)),
    text("password", |to, password| to.password = Some(password)),
    whole("db", (0, 1_000_000), |to, number| to.database = Some(number)),
    text("name", |to, name| to.name = Some(name)),
    nested("tls", client_tls_names, |to, given, context| {
        to.tls = client_tls(given, context)?;
        Ok(())
    }),
    millis("connectTimeout", 1, |to, time| to.connect_timeout = Some(duration(time))),
    millis("pingInterval", 1, |to, time| to.ping_interval = Some(duration(time))),
    whole("maxQueueBytes", (1, QUEUE_BYTES_MAX), |to, bytes| to.queue_bytes = Some(bytes)),
    flag("maps", |to, wanted| to.maps = wanted),
];

/// A broker, and whether maps and sets are to be those of JavaScript.
pub(super) fn redis_options(
    url: &JsValue,
    options: &JsValue,
    context: &mut Context,
) -> JsResult<(BrokerOptions, bool)> {
    let mut wishes = Wishes::default();
    if let Some(options) = options_of(options, "new Redis", context)? {
        read(&options, "", &[&REDIS], &mut wishes, context)?;
    }
    let Some(url) = url.as_string().map(|url| to_utf8(&url)) else {
        return Err(wrong_type("url", "a URL such as redis://localhost", url, context));
    };
    let mut broker = parse_redis_url(&url, &wishes.tls).map_err(|why| {
        node_error("ERR_INVALID_ARG_VALUE", format!("the URL of Redis is wrong: {why}"), context)
    })?;
    broker.user = wishes.user.or(broker.user);
    broker.password = wishes.password.or(broker.password);
    if let Some(number) = wishes.database {
        broker.database = u32::try_from(number).unwrap_or_default();
    }
    broker.name = wishes.name.unwrap_or(broker.name);
    broker.open_timeout = wishes.connect_timeout.unwrap_or(broker.open_timeout);
    broker.ping_interval = wishes.ping_interval.unwrap_or(broker.ping_interval);
    broker.queue_bytes = wishes.queue_bytes.unwrap_or(broker.queue_bytes);
    Ok((broker, wishes.maps))
}
