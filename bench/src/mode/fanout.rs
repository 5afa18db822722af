//! `fanout`: one client sends, the server broadcasts, every client must get every broadcast in order.
//!
//! Each client says `hello ID` first, as many servers know a client only by its first message, and
//! counts as registered once it has seen an answer: `welcome`, or the broadcast of its own hello.
//! What is counted is deliveries.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::clock;
use crate::failure::Failure;
use crate::frame::Opcode;
use crate::measure::{self, Meter, Timed};
use crate::options::Options;
use crate::pool::{Load as _, Pool};
use crate::report::Report;
use crate::websocket::{Message, Messages, Outlet, WebSockets};

struct Fanout {
    clients: Vec<Client>,
    registered: usize,
    /// Rounds that have not reached everyone, oldest first.
    rounds: VecDeque<Round>,
    /// The number of the next round.
    next: u64,
    /// Bytes of a message, at the least.
    size: usize,
    pace: Pace,
    meter: Meter,
}

#[derive(Debug, Clone, Copy, Default)]
struct Client {
    registered: bool,
    /// The round it must get next.
    expects: u64,
}

struct Round {
    /// When it was sent, or was due if the load is paced: a late start counts as latency.
    since: Instant,
    missing: usize,
}

enum Pace {
    /// A round begins when everyone has the last one.
    Closed,
    /// A round begins every `interval`, whether the last one has arrived or not.
    Open { interval: Duration, due: Instant },
}

/// So many broadcasts on their way mean that the server will never catch up.
const BEHIND_MAX: usize = 10_000;
const SENDER: usize = 0;

/// Runs the mode.
pub(crate) fn run(options: &Options) -> Result<Report, Failure> {
    let fanout = Fanout {
        clients: vec![Client::default(); options.connections],
        registered: 0,
        rounds: VecDeque::new(),
        next: 0,
        size: options.size,
        pace: Pace::Closed,
        meter: Meter::new(),
    };
    let mut pool = Pool::new(&options.target, options.connections)?;
    let mut load = WebSockets::new(&options.target, options.connections, fanout);
    pool.connect_all(&mut load)?;
    register(&mut pool, &mut load)?;
    if let Some(rate) = options.rate {
        let interval = Duration::from_secs(1) / rate;
        load.messages.pace = Pace::Open { interval, due: clock::now() };
    }
    let measured = measure::run(&mut pool, &mut load, options)?;

    let mut report = Report::new(options.mode.name());
    report.count("rounds", load.messages.next);
    measured.report(&mut report, &load.messages.meter, options)?;
    pool.report(&mut report);
    // Reaching this line takes that every delivery of every round has come.
    report.count("lost", 0);
    report.count("unclosed", load.close_all(&mut pool)? as u64);
    Ok(report)
}

/// Waits until every client is registered.
fn register(pool: &mut Pool, load: &mut WebSockets<Fanout>) -> Result<(), Failure> {
    const STALL: Duration = Duration::from_secs(30);
    let (mut seen, mut progress) = (0, clock::now());
    while load.messages.registered < load.ready() {
        pool.turn(load, Duration::from_millis(100))?;
        let now = clock::now();
        if load.messages.registered > seen {
            (seen, progress) = (load.messages.registered, now);
        } else if now - progress > STALL {
            let missing = (load.ready() - seen) as u64;
            let seconds = STALL.as_secs();
            return Err(Failure::Missing { missing, what: "answers to hello", seconds });
        }
    }
    Ok(())
}

impl Fanout {
    /// A message to a client that may not be registered yet.
    fn hello(&mut self, id: usize, payload: &[u8]) -> Result<(), Failure> {
        let others = payload.starts_with(b"Broadcast: hello ");
        if payload == b"welcome" || payload == format!("Broadcast: hello {id}").as_bytes() {
            self.registered += usize::from(!self.clients[id].registered);
            self.clients[id].registered = true;
        } else if !others {
            return Err(Failure::wrong(id, 0, b"welcome", payload));
        }
        Ok(())
    }
}

/// What a round sends. Text that fills it up is not random, as that of people is not.
fn text(round: u64, size: usize) -> String {
    const MORE: &str = " and to whoever may have come in the meantime,";
    let mut text = format!("round {round:08}, good day to all");
    let missing = size.saturating_sub(text.len());
    text.extend(MORE.chars().cycle().take(missing));
    text
}

impl Messages for Fanout {
    fn opened(&mut self, id: usize, outlet: &mut Outlet<'_>, _now: Instant) -> Result<(), Failure> {
        outlet.send(Opcode::Text, format!("hello {id}").as_bytes());
        Ok(())
    }

    fn message(
        &mut self,
        id: usize,
        message: Message<'_>,
        _outlet: &mut Outlet<'_>,
    ) -> Result<(), Failure> {
        let Client { registered, expects } = self.clients[id];
        // A broadcast of someone's hello may be behind the client's own, never behind a round's.
        let greeting = message.payload.starts_with(b"Broadcast: hello ");
        if !registered || expects == 0 && greeting {
            return self.hello(id, message.payload);
        }
        let got = message.payload.strip_prefix(b"Broadcast: ");
        let text = text(expects, self.size);
        if got != Some(text.as_bytes()) || message.opcode != Opcode::Text {
            let expected = format!("Broadcast: {text}");
            return Err(Failure::wrong(id, expects, expected.as_bytes(), message.payload));
        }
        self.clients[id].expects += 1;
        let oldest = self.next - self.rounds.len() as u64;
        let index = usize::try_from(expects.wrapping_sub(oldest)).unwrap_or(usize::MAX);
        let Some(round) = self.rounds.get_mut(index) else {
            return Err(Failure::protocol(id, "a broadcast that has not been sent"));
        };
        round.missing -= 1;
        self.meter.record(round.since, message.now);
        while self.rounds.front().is_some_and(|round| round.missing == 0) {
            self.rounds.pop_front();
        }
        Ok(())
    }
}

impl Timed for WebSockets<Fanout> {
    fn meter(&mut self) -> &mut Meter {
        &mut self.messages.meter
    }

    fn outstanding(&self) -> u64 {
        self.messages.rounds.iter().map(|round| round.missing as u64).sum()
    }

    fn noun(&self) -> &'static str {
        "deliveries"
    }

    fn after_turn(&mut self, pool: &mut Pool) -> Result<Option<Instant>, Failure> {
        let now = clock::now();
        while self.messages.meter.sending {
            let since = match &mut self.messages.pace {
                Pace::Closed if self.messages.rounds.is_empty() => now,
                Pace::Closed => break,
                Pace::Open { due, .. } if *due > now => return Ok(Some(*due)),
                Pace::Open { due, interval } => std::mem::replace(due, *due + *interval),
            };
            if self.messages.rounds.len() >= BEHIND_MAX {
                let what = format!("{BEHIND_MAX} rounds behind the rate asked for");
                return Err(Failure::protocol(SENDER, what));
            }
            let missing = self.messages.clients.len();
            self.messages.rounds.push_back(Round { since, missing });
            let message = text(self.messages.next, self.messages.size);
            self.messages.next += 1;
            self.send(pool, SENDER, |outlet, _| outlet.send(Opcode::Text, message.as_bytes()))?;
        }
        Ok(None)
    }
}
