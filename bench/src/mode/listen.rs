//! `listen`: two servers, alternately, from their start to the first connection and the first reply.
//!
//! A server prints `listening PORT` once it listens, and answers `GET /` with 200.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::clock;
use crate::failure::Failure;
use crate::mode::pairs::{self, CPU, PEAK, REPLY, WALL};
use crate::options::Options;
use crate::process::Process;
use crate::report::Report;

/// How long a server may take to listen, and to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What one start took.
#[derive(Debug, Clone, Copy)]
struct Start {
    /// Until a connection was open.
    wall_ms: f64,
    /// Until the first bytes of a reply.
    reply_ms: f64,
    /// Of the server, until the reply.
    cpu_ms: f64,
    peak_kib: f64,
}

/// Runs the mode.
pub(crate) fn run(options: &Options) -> Result<Report, Failure> {
    pairs::compare(
        options,
        once,
        &[
            (WALL, |start| start.wall_ms),
            (REPLY, |start| start.reply_ms),
            (CPU, |start| start.cpu_ms),
            (PEAK, |start| start.peak_kib),
        ],
    )
}

fn once(command: &[String]) -> Result<Start, Failure> {
    let mut server = pairs::command(command)?;
    let start = clock::now();
    let mut child = pairs::start(server.env("PORT", "0").stdout(Stdio::piped()))?;
    let taken = measure(&mut child, start, &command.join(" "));
    // Whatever it is doing, nothing of it is measured any more.
    let ended = child.kill().and_then(|()| child.wait());
    ended.map_err(Failure::system(format!("ending {}", command.join(" "))))?;
    taken
}

fn measure(child: &mut Child, start: Instant, command: &str) -> Result<Start, Failure> {
    let ms = |until: Instant| (until - start).as_secs_f64() * 1000.0;
    let port = port(child.stdout.take(), command)?;
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .map_err(Failure::system(format!("connecting to {command}")))?;
    let connected = clock::now();
    let mut head = [0; 12];
    stream
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .and_then(|()| stream.read_exact(&mut head))
        .map_err(Failure::system(format!("asking {command}")))?;
    let replied = clock::now();
    if head != *b"HTTP/1.1 200" {
        return Err(Failure::wrong(0, 0, b"HTTP/1.1 200", &head));
    }
    let process = Process::new(child.id());
    let used = process.cpu()?.total_ns();
    let peak = process.memory()?.peak_kib;
    Ok(Start {
        wall_ms: ms(connected),
        reply_ms: ms(replied),
        cpu_ms: Duration::from_nanos(used).as_secs_f64() * 1000.0,
        peak_kib: f64::from(u32::try_from(peak).unwrap_or(u32::MAX)),
    })
}

/// The port that the server prints. It is read on a thread, so that a silent server is noticed.
fn port(stdout: Option<ChildStdout>, command: &str) -> Result<u16, Failure> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let lines = stdout.into_iter().flat_map(|stdout| BufReader::new(stdout).lines());
        for line in lines.map_while(Result::ok) {
            let port = line.strip_prefix("listening ").and_then(|port| port.parse().ok());
            // The pipe stays open until the server ends, even when nobody waits any more.
            if let Some(port) = port {
                sender.send(port).unwrap_or_default();
            }
        }
    });
    let silent = |_| Failure::Usage(format!("{command} does not print `listening PORT`"));
    receiver.recv_timeout(PATIENCE).map_err(silent)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: &str = "
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        self.send_response(int(sys.argv[1]))
        self.send_header('Content-Length', '0')
        self.end_headers()
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(('127.0.0.1', 0), Handler)
print('listening', server.server_port, flush=True)
server.serve_forever()
";

    fn python(status: &str) -> Vec<String> {
        ["python3", "-c", SERVER, status].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_start_is_timed_up_to_the_reply() {
        let start = once(&python("200")).unwrap();
        assert!(start.wall_ms > 1.0 && start.reply_ms > start.wall_ms, "{start:?}");
        assert!(start.cpu_ms > 1.0 && start.peak_kib > 100.0, "{start:?}");
    }

    #[test]
    fn a_server_that_refuses_is_no_result() {
        assert!(matches!(once(&python("503")), Err(Failure::Wrong { .. })));
    }

    #[test]
    fn a_server_that_ends_before_it_listens_is_no_result() {
        assert!(matches!(once(&["true".to_owned()]), Err(Failure::Usage(_))));
    }
}
