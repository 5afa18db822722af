//! When this JavaScript world began: the zero of `performance.now()` and of `event.timeStamp`.
//!
//! Spec: <https://w3c.github.io/hr-time/#sec-time-origin>

use std::time::Duration;

use boa_engine::Context;

/// `Context` data.
#[derive(Clone, Copy, Default)]
struct TimeOrigin {
    /// The clock's reading, in nanoseconds.
    clock_ns: u128,
    /// The same moment, in milliseconds since the Unix epoch.
    epoch_ms: f64,
}

/// Takes the present moment for the origin.
pub(super) fn install(context: &mut Context) {
    let clock_ns = context.clock().now().nanos_since_epoch();
    let epoch_ms = u64::try_from(context.clock().system_time_millis()).unwrap_or_default();
    let epoch_ms = Duration::from_millis(epoch_ms).as_secs_f64() * 1e3;
    context.insert_data(TimeOrigin { clock_ns, epoch_ms });
}

/// Milliseconds since then: `performance.now()` and `event.timeStamp`.
pub(super) fn now(context: &Context) -> f64 {
    let origin = time_origin(context).clock_ns;
    let nanos = context.clock().now().nanos_since_epoch().saturating_sub(origin);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX)).as_secs_f64() * 1e3
}

/// `performance.timeOrigin`: the moment itself, in milliseconds since the Unix epoch.
pub(super) fn epoch_ms(context: &Context) -> f64 {
    time_origin(context).epoch_ms
}

fn time_origin(context: &Context) -> TimeOrigin {
    context.get_data::<TimeOrigin>().copied().unwrap_or_default()
}
