//! What a `WebSocket` tells of its connection: since when it is open, what has gone over it, where
//! its peer is; and the map in which a script keeps what it knows itself.
//!
//! The host counts. Nothing here costs a socket anything that is not asked.

use std::cell::Cell;
use std::time::{Duration, Instant};

use boa_engine::object::builtins::JsMap;
use boa_engine::{Context, JsObject, JsResult, JsValue};

use super::data::{WebSocketData, with_this};
use crate::builtin::context_data::installed;
use crate::builtin::request_fields::{address_value, port_value};
use crate::host::{Facts, Traffic};
use crate::limits::CLOCK_STEP_MS;
use crate::net::reactor::{monotonic_clock, wall_clock};

/// What the wall clock shows at some moment of the other one. It is kept, so that a moment is always
/// shown as the same number, until somebody sets the wall clock.
struct WallClock(Cell<(Instant, f64)>);

pub(super) fn install(context: &mut Context) {
    context.insert_data(WallClock(Cell::new((monotonic_clock(), wall_ms()))));
}

fn wall_ms() -> f64 {
    let since = wall_clock().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    millis(since)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A moment as `Date.now()` would have shown it, in whole milliseconds.
fn date_of(moment: Instant, context: &Context) -> JsValue {
    let clock = installed::<WallClock>(context);
    let shown = |at: Instant, (base, ms): (Instant, f64)| match at.checked_duration_since(base) {
        Some(later) => ms + millis(later),
        None => ms - millis(base.saturating_duration_since(at)),
    };
    let now = (monotonic_clock(), wall_ms());
    if (shown(now.0, clock.0.get()) - now.1).abs() > CLOCK_STEP_MS {
        clock.0.set(now);
    }
    shown(moment, clock.0.get()).floor().into()
}

/// What the host knows of a socket that is open, or knew when it closed.
fn facts_of(data: &WebSocketData) -> Option<Facts> {
    let live = data.conn.get().and_then(|conn| data.host.borrow().websocket_facts(conn));
    live.or_else(|| data.closed.borrow().as_ref()?.facts)
}

/// What has gone over a socket: over all of its connections, where it connects again.
pub(super) fn traffic_of(data: &WebSocketData) -> Traffic {
    let Some(client) = &data.client else {
        return facts_of(data).map(|facts| facts.traffic).unwrap_or_default();
    };
    let live = data.conn.get().and_then(|conn| data.host.borrow().websocket_facts(conn));
    let live = live.map(|facts| facts.traffic).unwrap_or_default();
    client.traffic.get().plus(live)
}

fn count(this: &JsValue, which: fn(Traffic) -> u64) -> JsResult<JsValue> {
    with_this(this, |data| which(traffic_of(data)).into())
}

pub(super) fn messages_in(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    count(this, |traffic| traffic.messages_in)
}

pub(super) fn bytes_in(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    count(this, |traffic| traffic.bytes_in)
}

pub(super) fn messages_out(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    count(this, |traffic| traffic.messages_out)
}

pub(super) fn bytes_out(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    count(this, |traffic| traffic.bytes_out)
}

fn moment(this: &JsValue, which: fn(&Facts) -> Instant, context: &Context) -> JsResult<JsValue> {
    let facts = with_this(this, facts_of)?;
    Ok(facts.map_or(JsValue::null(), |facts| date_of(which(&facts), context)))
}

/// `openedAt`: null before it is open.
pub(super) fn opened_at(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    moment(this, |facts| facts.opened_at, context)
}

/// `lastSeen`: when bytes of the peer have come last.
pub(super) fn last_seen(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    moment(this, |facts| facts.heard_at, context)
}

/// `rtt`: of the latest ping, in milliseconds; null before there was one.
pub(super) fn rtt(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let facts = with_this(this, facts_of)?;
    let round_trip = facts.and_then(|facts| facts.round_trip);
    Ok(round_trip.map_or(JsValue::null(), |time| millis(time).into()))
}

pub(super) fn remote_address(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| address_value(remote(data)))
}

pub(super) fn remote_port(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_this(this, |data| port_value(remote(data)))
}

fn remote(data: &WebSocketData) -> Option<std::net::SocketAddr> {
    let asked = || data.conn.get().and_then(|conn| data.host.borrow().peer_address(conn));
    data.remote.or_else(asked)
}

/// `metadata`: a `Map`, made at the first touch.
pub(super) fn metadata(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kept =
        |data: &WebSocketData| data.rare.borrow().as_deref().and_then(|rare| rare.metadata.clone());
    if let Some(map) = with_this(this, kept)? {
        return Ok(map.into());
    }
    let map: JsObject = JsMap::new(context).into();
    with_this(this, |data| {
        data.rare.borrow_mut().get_or_insert_default().metadata = Some(map.clone());
    })?;
    Ok(map.into())
}
