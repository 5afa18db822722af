//! Options that say how fast: of the messages of a WebSocket, and of new connections.

use std::rc::Rc;

use boa_engine::{Context, JsResult};

use crate::builtin::options::{Given, Opt, duration, millis, names_in, nested, other, whole};
use crate::host::{Rate, RateAction, RateLimit};
use crate::limits::OPTION_RATE_MAX;

const ANY: (u64, u64) = (1, OPTION_RATE_MAX);

/// A second, where a script says no time.
const PER_MS: usize = 1000;

/// What a script asks of messages.
struct MessageWish {
    messages: Option<u64>,
    bytes: Option<u64>,
    per: usize,
    burst: Burst,
    action: RateAction,
}

/// What may come at once.
#[derive(Default)]
struct Burst {
    messages: Option<u64>,
    bytes: Option<u64>,
    /// Of the one thing that is counted.
    one: Option<u64>,
}

const MESSAGES: [Opt<MessageWish>; 5] = [
    whole("messages", ANY, |to, count| to.messages = Some(count as u64)),
    whole("bytes", ANY, |to, count| to.bytes = Some(count as u64)),
    millis("per", 1, |to, time| to.per = time),
    nested(
        "burst",
        || names_in(&[&BURST]),
        |to, given, context| {
            if given.value.is_object() {
                return given.read_inner(&[&BURST], &mut to.burst, context);
            }
            to.burst.one = Some(given.whole(ANY.0, ANY.1, context)? as u64);
            Ok(())
        },
    ),
    other("action", |to, given, context| {
        let word = given.value.as_string().map(|word| word.to_std_string_lossy());
        to.action = match word.as_deref() {
            Some("pause") => RateAction::Pause,
            Some("close") => RateAction::Close,
            _ => return Err(given.wrong_type("'pause' or 'close'", context)),
        };
        Ok(())
    }),
];

const BURST: [Opt<Burst>; 2] = [
    whole("messages", ANY, |to, count| to.messages = Some(count as u64)),
    whole("bytes", ANY, |to, count| to.bytes = Some(count as u64)),
];

/// The names in `rateLimit`.
pub(super) fn rate_limit_names() -> Vec<&'static str> {
    names_in(&[&MESSAGES])
}

/// The names in `connectRate`.
pub(super) fn connect_rate_names() -> Vec<&'static str> {
    names_in(&[&CONNECTIONS])
}

/// `rateLimit: { messages, bytes, per, burst, action }`.
pub(super) fn read_rate_limit(
    given: &Given<'_>,
    context: &mut Context,
) -> JsResult<Option<Rc<RateLimit>>> {
    if given.value.as_boolean() == Some(false) {
        return Ok(None);
    }
    let (burst, action) = (Burst::default(), RateAction::default());
    let mut wish = MessageWish { messages: None, bytes: None, per: PER_MS, burst, action };
    given.read_inner(&[&MESSAGES], &mut wish, context)?;
    let MessageWish { messages, bytes, per, burst, action } = wish;
    match (messages, bytes) {
        (None, None) => {
            let why = "it needs messages, bytes or both, such as { messages: 50, per: 1000 }";
            return Err(given.wrong_value(why, context));
        }
        (Some(_), Some(_)) if burst.one.is_some() => {
            let why = "with both messages and bytes, burst is { messages, bytes }";
            return Err(given.wrong_value(why, context));
        }
        _ => {}
    }
    let rate = |count: Option<u64>, at_once: Option<u64>| {
        let count = count?;
        let burst = at_once.or(burst.one).unwrap_or(count);
        Some(Rate { count, per: duration(per), burst })
    };
    let (messages, bytes) = (rate(messages, burst.messages), rate(bytes, burst.bytes));
    Ok(Some(Rc::new(RateLimit { messages, bytes, action })))
}

struct ConnectWish {
    connections: Option<u64>,
    per: usize,
    burst: Option<u64>,
}

const CONNECTIONS: [Opt<ConnectWish>; 3] = [
    whole("connections", ANY, |to, count| to.connections = Some(count as u64)),
    millis("per", 1, |to, time| to.per = time),
    whole("burst", ANY, |to, count| to.burst = Some(count as u64)),
];

/// `connectRate: { connections, per, burst }`, or so many a second.
pub(super) fn read_connect_rate(
    given: &Given<'_>,
    context: &mut Context,
) -> JsResult<Option<Rate>> {
    if given.value.as_boolean() == Some(false) {
        return Ok(None);
    }
    if !given.value.is_object() {
        return Ok(Some(Rate::per_second(given.whole(ANY.0, ANY.1, context)? as u64)));
    }
    let mut wish = ConnectWish { connections: None, per: PER_MS, burst: None };
    given.read_inner(&[&CONNECTIONS], &mut wish, context)?;
    let ConnectWish { connections, per, burst } = wish;
    let Some(count) = connections else {
        let why = "it needs connections, such as { connections: 10, per: 1000 }";
        return Err(given.wrong_value(why, context));
    };
    Ok(Some(Rate { count, per: duration(per), burst: burst.unwrap_or(count) }))
}
