//! `echo`, `large`, `json` and `compressed`: a fixed number of messages in flight on every connection.

use std::collections::VecDeque;
use std::time::Instant;

use crate::failure::Failure;
use crate::measure::{self, Meter, Timed};
use crate::options::{Mode, Options};
use crate::payload::Payload;
use crate::pool::Pool;
use crate::report::Report;
use crate::websocket::{Message, Messages, Outlet, WebSockets};

struct Echo {
    payload: Payload,
    in_flight: usize,
    connections: Vec<Connection>,
    meter: Meter,
    outstanding: u64,
}

#[derive(Debug, Default)]
struct Connection {
    /// Messages sent so far.
    sent: u64,
    /// When those were sent that have no reply yet, oldest first.
    waiting: VecDeque<Instant>,
}

/// Runs the mode.
pub(crate) fn run(options: &Options) -> Result<Report, Failure> {
    let payload = match options.mode {
        Mode::Json => Payload::json(),
        Mode::Compressed => Payload::records(options.size),
        _ => Payload::echo(options.size, options.binary),
    };
    let connections = std::iter::repeat_with(Connection::default);
    let echo = Echo {
        payload,
        in_flight: options.in_flight,
        connections: connections.take(options.connections).collect(),
        meter: Meter::new(),
        outstanding: 0,
    };
    let mut pool = Pool::new(&options.target, options.connections)?;
    let mut load = WebSockets::new(&options.target, options.connections, echo);
    pool.connect_all(&mut load)?;
    let measured = measure::run(&mut pool, &mut load, options)?;

    let mut report = Report::new(options.mode.name());
    if options.mode != Mode::Json {
        report.count("size_bytes", options.size as u64);
        report.text("compression", &format!("{:?}", options.target.compression));
        report.text("opcode", if options.binary { "binary" } else { "text" });
    }
    report.count("in_flight", options.in_flight as u64);
    measured.report(&mut report, &load.messages.meter, options)?;
    pool.report(&mut report);
    report.count("unclosed", load.close_all(&mut pool)? as u64);
    Ok(report)
}

impl Echo {
    fn send(&mut self, id: usize, outlet: &mut Outlet<'_>, now: Instant) {
        let connection = &mut self.connections[id];
        outlet.send(self.payload.opcode(), self.payload.message(id, connection.sent));
        connection.sent += 1;
        connection.waiting.push_back(now);
        self.outstanding += 1;
    }
}

impl Messages for Echo {
    fn opened(&mut self, id: usize, outlet: &mut Outlet<'_>, now: Instant) -> Result<(), Failure> {
        for _ in 0..self.in_flight {
            self.send(id, outlet, now);
        }
        Ok(())
    }

    fn message(
        &mut self,
        id: usize,
        message: Message<'_>,
        outlet: &mut Outlet<'_>,
    ) -> Result<(), Failure> {
        let connection = &mut self.connections[id];
        let sequence = connection.sent - connection.waiting.len() as u64;
        let Some(since) = connection.waiting.pop_front() else {
            return Err(Failure::protocol(id, "a reply to nothing"));
        };
        let expected = self.payload.reply(id, sequence);
        if message.payload != expected {
            return Err(Failure::wrong(id, sequence, expected, message.payload));
        }
        if message.opcode != self.payload.opcode() {
            let what = format!("reply {sequence} came as {:?}", message.opcode);
            return Err(Failure::protocol(id, what));
        }
        self.outstanding -= 1;
        self.meter.record(since, message.now);
        if self.meter.sending {
            self.send(id, outlet, message.now);
        }
        Ok(())
    }
}

impl Timed for WebSockets<Echo> {
    fn meter(&mut self) -> &mut Meter {
        &mut self.messages.meter
    }

    fn outstanding(&self) -> u64 {
        self.messages.outstanding
    }

    fn noun(&self) -> &'static str {
        "echoes"
    }
}
