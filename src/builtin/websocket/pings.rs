//! Pings of a script that wait for their pong, and the promises that tell it the round trip.

use std::time::{Duration, Instant};

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, Finalize, JsError, JsResult, JsValue, Trace};

use crate::proto::ws::UsageError;
use crate::proto::ws::keepalive::RoundTrips;

/// What one socket waits for.
#[derive(Default, Trace, Finalize)]
pub(super) struct Pings {
    #[unsafe_ignore_trace]
    round_trips: RoundTrips<usize>,
    /// By the number that `round_trips` knows a wait by.
    waits: Vec<(usize, ResolvingFunctions)>,
    next: usize,
}

impl Pings {
    /// What a ping is to carry: what the script gave, or what no other ping has.
    pub(super) fn payload(&mut self, given: Vec<u8>) -> Result<Vec<u8>, UsageError> {
        let payload =
            if given.is_empty() { self.round_trips.unique_payload().to_vec() } else { given };
        self.round_trips.check(&payload).map(|()| payload)
    }

    /// A ping was sent, whose promise is settled by `functions`.
    pub(super) fn note_sent(
        &mut self,
        payload: &[u8],
        functions: ResolvingFunctions,
        now: Instant,
    ) {
        self.next += 1;
        self.round_trips.handle_ping_sent(payload, self.next, now);
        self.waits.push((self.next, functions));
    }

    /// A pong came: the pings that it answers, and how long each took.
    pub(super) fn answered(
        &mut self,
        payload: &[u8],
        now: Instant,
    ) -> Vec<(ResolvingFunctions, Duration)> {
        let waits = &mut self.waits;
        self.round_trips
            .handle_pong(payload, now)
            .filter_map(|(number, round_trip)| {
                let at = waits.iter().position(|wait| wait.0 == number)?;
                Some((waits.remove(at).1, round_trip))
            })
            .collect()
    }

    /// The pings that no pong will answer any more.
    pub(super) fn abandon(&mut self) -> Vec<ResolvingFunctions> {
        std::mem::take(&mut self.waits).into_iter().map(|(_, functions)| functions).collect()
    }
}

/// Settles a ping with its round trip, in milliseconds.
pub(super) fn resolve(
    functions: &ResolvingFunctions,
    round_trip: Duration,
    context: &mut Context,
) -> JsResult<()> {
    let milliseconds = round_trip.as_secs_f64() * 1000.0;
    call(&functions.resolve, milliseconds.into(), context)
}

/// Settles a ping that was not sent, or whose connection is over.
pub(super) fn reject(
    functions: &ResolvingFunctions,
    error: &JsError,
    context: &mut Context,
) -> JsResult<()> {
    let reason = error.clone().into_opaque(context)?;
    call(&functions.reject, reason, context)
}

fn call(function: &JsFunction, argument: JsValue, context: &mut Context) -> JsResult<()> {
    function.call(&JsValue::undefined(), &[argument], context).map(|_| ())
}
