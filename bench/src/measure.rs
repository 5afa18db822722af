//! The course of a timed run: warm-up, measured window, then every outstanding reply is waited for.

use std::time::{Duration, Instant};

use crate::clock;
use crate::failure::Failure;
use crate::histogram::Histogram;
use crate::options::Options;
use crate::pool::{Load, Pool};
use crate::process::{CpuSample, Process};
use crate::report::Report;

/// What a load counts, and how it knows where in the run it is.
#[derive(Debug)]
pub(crate) struct Meter {
    counting: bool,
    /// New messages may be sent. Cleared when the window is over.
    pub(crate) sending: bool,
    /// Right replies since the start of the run.
    total: u64,
    latency: Histogram,
}

impl Meter {
    pub(crate) fn new() -> Self {
        Self { counting: false, sending: true, total: 0, latency: Histogram::new() }
    }

    /// One more right reply, that had been waited for since `since`.
    pub(crate) fn record(&mut self, since: Instant, now: Instant) {
        self.total += 1;
        if self.counting {
            self.latency.record(now.saturating_duration_since(since));
        }
    }

    const fn counted(&self) -> u64 {
        self.latency.count()
    }
}

/// A load that can be measured for a while.
pub(crate) trait Timed: Load {
    fn meter(&mut self) -> &mut Meter;

    /// Replies that are still owed.
    fn outstanding(&self) -> u64;

    /// What is counted: `"echoes"`.
    fn noun(&self) -> &'static str;

    /// Called after each turn, where connections may be opened and written to at will. Returns when
    /// it wants to be called again even without any event.
    fn after_turn(&mut self, _pool: &mut Pool) -> Result<Option<Instant>, Failure> {
        Ok(None)
    }
}

/// The figures of the measured window.
#[derive(Debug)]
pub(crate) struct Measured {
    count: u64,
    elapsed: Duration,
    server_cpu_ns: Option<u64>,
    client_cpu_ns: u64,
}

/// So long nothing may come while replies are owed.
const STALL: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 10 });
/// The most a turn waits, so that the clock is looked at.
const TURN_MAX: Duration = Duration::from_millis(50);

/// Warms up, measures, and waits for what is still owed. All connections must be open.
pub(crate) fn run<L: Timed>(
    pool: &mut Pool,
    load: &mut L,
    options: &Options,
) -> Result<Measured, Failure> {
    let server = options.server_pid.map(Process::new);
    let mut watch = Watch { total: 0, progress: clock::now() };
    turns(pool, load, &mut watch, clock::now() + options.warm_up, None)?;

    let start = Sample::take(server)?;
    load.meter().counting = true;
    turns(pool, load, &mut watch, start.at + options.length, options.limit)?;
    let end = Sample::take(server)?;
    let count = load.meter().counted();

    load.meter().counting = false;
    load.meter().sending = false;
    while load.outstanding() > 0 {
        turns(pool, load, &mut watch, clock::now() + TURN_MAX, None)?;
    }
    let server_cpu_ns = end.server.zip(start.server).map(|(end, start)| end.since(&start));
    let client_cpu_ns = end.client.since(&start.client);
    Ok(Measured { count, elapsed: end.at - start.at, server_cpu_ns, client_cpu_ns })
}

struct Sample {
    at: Instant,
    server: Option<CpuSample>,
    client: CpuSample,
}

impl Sample {
    fn take(server: Option<Process>) -> Result<Self, Failure> {
        let server = server.map(Process::cpu).transpose()?;
        Ok(Self { at: clock::now(), server, client: Process::this().cpu()? })
    }
}

/// Notices when nothing comes any more.
struct Watch {
    total: u64,
    progress: Instant,
}

impl Watch {
    fn look<L: Timed>(&mut self, load: &mut L, now: Instant) -> Result<(), Failure> {
        let (total, missing) = (load.meter().total, load.outstanding());
        if total != self.total || missing == 0 {
            (self.total, self.progress) = (total, now);
        } else if now - self.progress > STALL {
            let seconds = STALL.as_secs();
            return Err(Failure::Missing { missing, what: load.noun(), seconds });
        }
        Ok(())
    }
}

fn turns<L: Timed>(
    pool: &mut Pool,
    load: &mut L,
    watch: &mut Watch,
    end: Instant,
    limit: Option<u64>,
) -> Result<(), Failure> {
    loop {
        let due = load.after_turn(pool)?;
        let now = clock::now();
        watch.look(load, now)?;
        if now >= end {
            return Ok(());
        }
        let until = due.map_or(end, |due| due.min(end));
        pool.turn(load, until.saturating_duration_since(now).min(TURN_MAX))?;
        if limit.is_some_and(|limit| load.meter().counted() >= limit) {
            return Ok(());
        }
    }
}

impl Measured {
    /// Adds the figures that every timed mode has.
    pub(crate) fn report(
        &self,
        report: &mut Report,
        meter: &Meter,
        options: &Options,
    ) -> Result<(), Failure> {
        let seconds = self.elapsed.as_secs_f64();
        let count = real(self.count);
        let share = |nanoseconds: u64| real(nanoseconds) / 1e7 / seconds;
        report.count("connections", options.connections as u64);
        report.count("messages", self.count);
        report.real("seconds", seconds);
        report.real("messages_per_second", count / seconds);
        let cpu = self.server_cpu_ns;
        report.real("server_cpu_us_per_message", cpu.map(|cpu| real(cpu) / 1000.0 / count));
        report.real("server_cpu_percent", cpu.map(share));
        report.real("client_cpu_percent", share(self.client_cpu_ns));
        report.real("latency_p50_us", meter.latency.quantile_us(500));
        report.real("latency_p99_us", meter.latency.quantile_us(990));
        report.real("latency_p999_us", meter.latency.quantile_us(999));
        report.real("latency_max_us", meter.latency.max_us());
        if let Some(pid) = options.server_pid {
            let memory = Process::new(pid).memory()?;
            report.count("server_rss_kib", memory.resident_kib);
            report.count("server_peak_rss_kib", memory.peak_kib);
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts and nanoseconds stay far below 2^53")]
pub(crate) const fn real(number: u64) -> f64 {
    number as f64
}
