//! `idle`: what an open connection weighs in the server's memory, before and after its first echo.

use std::time::{Duration, Instant};

use crate::clock;
use crate::failure::Failure;
use crate::frame::Opcode;
use crate::measure::real;
use crate::options::{Compression, Options};
use crate::payload::Payload;
use crate::pool::Pool;
use crate::process::Process;
use crate::report::Report;
use crate::websocket::{Message, Messages, Outlet, WebSockets};

struct Idle {
    payload: Payload,
    echoed: Vec<bool>,
    count: usize,
}

/// Memory is read after so long without any load, so that the server has tidied up.
const SETTLE: Duration = Duration::from_secs(2);
/// So many echoes are asked for at once.
const BATCH: usize = 64;

/// Runs the mode.
pub(crate) fn run(options: &Options) -> Result<Report, Failure> {
    let count = options.connections;
    // `check` has seen to it that there is one.
    let server = Process::new(options.server_pid.unwrap_or(0));
    let payload = match options.target.compression {
        Compression::None => Payload::echo(32, false),
        _ => Payload::records(1024),
    };
    let idle = Idle { payload, echoed: vec![false; count], count: 0 };
    let mut pool = Pool::new(&options.target, count)?;
    let mut load = WebSockets::new(&options.target, count, idle);

    let base = server.memory()?;
    pool.connect_all(&mut load)?;
    settle(&mut pool, &mut load)?;
    let open = server.memory()?;
    echo_each(&mut pool, &mut load)?;
    settle(&mut pool, &mut load)?;
    let used = server.memory()?;
    let unclosed = load.close_all(&mut pool)?;
    settle(&mut pool, &mut load)?;
    let after = server.memory()?;

    let each = |resident_kib: u64| {
        (real(resident_kib) - real(base.resident_kib)) * 1024.0 / real(count as u64)
    };
    let mut report = Report::new(options.mode.name());
    report.count("connections", count as u64);
    report.text("compression", &format!("{:?}", options.target.compression));
    report.count("base_rss_kib", base.resident_kib);
    report.count("open_rss_kib", open.resident_kib);
    report.count("used_rss_kib", used.resident_kib);
    report.count("closed_rss_kib", after.resident_kib);
    report.count("server_peak_rss_kib", after.peak_kib);
    report.real("open_bytes_per_connection", each(open.resident_kib));
    report.real("used_bytes_per_connection", each(used.resident_kib));
    pool.report(&mut report);
    report.count("unclosed", unclosed as u64);
    Ok(report)
}

fn settle(pool: &mut Pool, load: &mut WebSockets<Idle>) -> Result<(), Failure> {
    let end = clock::now() + SETTLE;
    while clock::now() < end {
        pool.turn(load, Duration::from_millis(50))?;
    }
    Ok(())
}

/// One echo on every connection, a batch at a time.
fn echo_each(pool: &mut Pool, load: &mut WebSockets<Idle>) -> Result<(), Failure> {
    const STALL: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 10 });
    let total = load.messages.echoed.len();
    let (mut sent, mut seen, mut progress) = (0, 0, clock::now());
    while seen < total {
        while sent < total && sent < seen + BATCH {
            load.send(pool, sent, |outlet, idle| {
                outlet.send(Opcode::Text, idle.payload.message(sent, 0));
            })?;
            sent += 1;
        }
        pool.turn(load, Duration::from_millis(100))?;
        let now = clock::now();
        if load.messages.count > seen {
            (seen, progress) = (load.messages.count, now);
        } else if now - progress > STALL {
            let (missing, seconds) = ((total - seen) as u64, STALL.as_secs());
            return Err(Failure::Missing { missing, what: "echoes", seconds });
        }
    }
    Ok(())
}

impl Messages for Idle {
    fn opened(&mut self, _: usize, _: &mut Outlet<'_>, _: Instant) -> Result<(), Failure> {
        Ok(())
    }

    fn message(
        &mut self,
        id: usize,
        message: Message<'_>,
        _outlet: &mut Outlet<'_>,
    ) -> Result<(), Failure> {
        let expected = self.payload.reply(id, 0);
        if message.payload != expected || self.echoed[id] {
            return Err(Failure::wrong(id, 0, expected, message.payload));
        }
        self.echoed[id] = true;
        self.count += 1;
        Ok(())
    }
}
