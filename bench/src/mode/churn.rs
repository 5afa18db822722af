//! `churn`: connect, echo once, closing handshake, and again. What is counted is whole cycles; the
//! latency is that of a cycle.

use std::time::Instant;

use crate::clock;
use crate::failure::Failure;
use crate::frame::Opcode;
use crate::measure::{self, Meter, Timed};
use crate::options::Options;
use crate::payload::Payload;
use crate::pool::Pool;
use crate::report::Report;
use crate::websocket::{Message, Messages, Outlet, WebSockets};

struct Churn {
    payload: Payload,
    cycles: Vec<Cycle>,
    meter: Meter,
    /// Connections that are gone, to be opened anew.
    free: Vec<usize>,
}

struct Cycle {
    /// How many this connection has begun.
    number: u64,
    started: Instant,
    echoed: bool,
}

/// Runs the mode.
pub(crate) fn run(options: &Options) -> Result<Report, Failure> {
    let started = clock::now();
    let cycle = || Cycle { number: 0, started, echoed: false };
    let churn = Churn {
        payload: Payload::echo(32, false),
        cycles: std::iter::repeat_with(cycle).take(options.connections).collect(),
        meter: Meter::new(),
        free: (0..options.connections).collect(),
    };
    let mut pool = Pool::new(&options.target, options.connections)?;
    let mut load = WebSockets::new(&options.target, options.connections, churn);
    let measured = measure::run(&mut pool, &mut load, options)?;
    let mut report = Report::new(options.mode.name());
    measured.report(&mut report, &load.messages.meter, options)?;
    pool.report(&mut report);
    Ok(report)
}

impl Messages for Churn {
    fn opened(&mut self, id: usize, outlet: &mut Outlet<'_>, _now: Instant) -> Result<(), Failure> {
        outlet.send(Opcode::Text, self.payload.message(id, self.cycles[id].number));
        Ok(())
    }

    fn message(
        &mut self,
        id: usize,
        message: Message<'_>,
        outlet: &mut Outlet<'_>,
    ) -> Result<(), Failure> {
        let cycle = &mut self.cycles[id];
        let expected = self.payload.reply(id, cycle.number);
        if message.payload != expected || message.opcode != Opcode::Text {
            return Err(Failure::wrong(id, cycle.number, expected, message.payload));
        }
        cycle.echoed = true;
        outlet.close();
        Ok(())
    }

    fn closed(&mut self, id: usize, now: Instant) {
        // The closing handshake begins only after the echo, so this cycle was a whole one.
        debug_assert!(self.cycles[id].echoed);
        self.meter.record(self.cycles[id].started, now);
        self.free.push(id);
    }
}

impl Timed for WebSockets<Churn> {
    fn meter(&mut self) -> &mut Meter {
        &mut self.messages.meter
    }

    fn outstanding(&self) -> u64 {
        (self.messages.cycles.len() - self.messages.free.len()) as u64
    }

    fn noun(&self) -> &'static str {
        "cycles"
    }

    fn after_turn(&mut self, pool: &mut Pool) -> Result<Option<Instant>, Failure> {
        while self.messages.meter.sending
            && let Some(id) = self.messages.free.pop()
        {
            let cycle = &mut self.messages.cycles[id];
            *cycle = Cycle { number: cycle.number + 1, started: clock::now(), echoed: false };
            pool.connect(id)?;
        }
        Ok(None)
    }
}
