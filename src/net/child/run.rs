//! A child that is waited for: from its start to its end, with all that it writes.

use std::io;
use std::os::unix::net::UnixStream as StdStream;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use mio::net::UnixStream;
use mio::{Events, Interest, Poll, Token};
use signal_hook::SigId;

use super::pipe::Pipe;
use super::signal::kill;
use super::start::{Start, Started, start};
use crate::limits::{CHILD_EVENTS_PER_POLL, PIPE_READ_BYTES};
use crate::net::reactor::monotonic_clock;

/// The token of the signal that a child has ended; pipes have the numbers of their descriptors.
const ENDED: Token = Token(3);

/// What is to be run, and how long it may take.
#[derive(Debug)]
pub struct Run {
    /// The child.
    pub start: Start,
    /// What it finds on its standard input, if that is a pipe.
    pub input: Vec<u8>,
    /// It is killed after this time.
    pub timeout: Option<Duration>,
    /// The signal that it is killed with.
    pub kill_signal: i32,
    /// It is killed when it has written more than this to one of its pipes.
    pub output_max: usize,
}

/// What came of it.
#[derive(Debug)]
pub struct Ran {
    /// Which process it was.
    pub pid: u32,
    /// How it has ended.
    pub status: ExitStatus,
    /// What it has written to its standard output and error, where they were pipes.
    pub output: [Option<Vec<u8>>; 2],
    /// Why it was killed, if it was.
    pub stopped: Option<Stop>,
}

/// Why a child was killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It took too long.
    TimedOut,
    /// It has written too much.
    Overflowed,
}

/// Runs a child to its end, and until nobody can write to its pipes any more.
pub fn run(wanted: Run) -> io::Result<Ran> {
    let ended = ChildEnded::watch()?;
    let Started { child, pipes, .. } = start(&wanted.start)?;
    let pid = child.id();
    let mut running = Running {
        poll: Poll::new()?,
        child,
        status: None,
        output: [pipes[1].is_some().then(Vec::new), pipes[2].is_some().then(Vec::new)],
        pipes,
        written: 0,
        stopped: None,
        deadline: wanted.timeout.map(|timeout| monotonic_clock() + timeout),
        wanted,
        ended,
    };
    let finished = running.finish();
    if finished.is_err() {
        // It is nobody's any more.
        drop(running.child.kill());
        drop(running.child.wait());
    }
    let status = finished?;
    Ok(Ran { pid, status, output: running.output, stopped: running.stopped })
}

struct Running {
    poll: Poll,
    child: Child,
    status: Option<ExitStatus>,
    pipes: [Option<Pipe>; 3],
    output: [Option<Vec<u8>>; 2],
    /// How much of the input the child has been given.
    written: usize,
    stopped: Option<Stop>,
    deadline: Option<Instant>,
    wanted: Run,
    ended: ChildEnded,
}

impl Running {
    fn finish(&mut self) -> io::Result<ExitStatus> {
        let registry = self.poll.registry();
        registry.register(&mut self.ended.pipe, ENDED, Interest::READABLE)?;
        for (number, pipe) in self.pipes.iter_mut().enumerate() {
            if let Some(pipe) = pipe {
                let both = Interest::READABLE | Interest::WRITABLE;
                registry.register(pipe, Token(number), both)?;
            }
        }
        let mut events = Events::with_capacity(CHILD_EVENTS_PER_POLL);
        loop {
            self.transfer()?;
            self.status = match self.status {
                None => self.child.try_wait()?,
                known => known,
            };
            if let Some(status) = self.status
                && self.pipes.iter().all(Option::is_none)
            {
                return Ok(status);
            }
            let now = monotonic_clock();
            if self.deadline.is_some_and(|deadline| deadline <= now) {
                self.deadline = None;
                self.stop(Stop::TimedOut)?;
                continue;
            }
            let left = self.deadline.map(|deadline| deadline.saturating_duration_since(now));
            match self.poll.poll(&mut events, left) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                _ => self.ended.drain(),
            }
        }
    }

    /// Writes and reads what can be.
    fn transfer(&mut self) -> io::Result<()> {
        if let Some(pipe) = &mut self.pipes[0] {
            let rest = self.wanted.input.get(self.written..).unwrap_or_default();
            match pipe.write(rest) {
                Ok(count) => self.written += count,
                // It does not want to know the rest.
                Err(_) => self.written = self.wanted.input.len(),
            }
            if self.written == self.wanted.input.len() {
                self.pipes[0] = None;
            }
        }
        let mut buffer = vec![0; PIPE_READ_BYTES];
        for index in [1, 2] {
            // A child that writes without end is looked at again when its time is over.
            while self.deadline.is_none_or(|deadline| deadline > monotonic_clock())
                && let Some(pipe) = &mut self.pipes[index]
            {
                let Some(count) = pipe.read(&mut buffer)? else { break };
                let Some(output) = &mut self.output[index - 1] else { break };
                let room = self.wanted.output_max - output.len();
                output.extend_from_slice(&buffer[..count.min(room)]);
                if count == 0 {
                    self.pipes[index] = None;
                } else if count > room {
                    self.stop(Stop::Overflowed)?;
                }
            }
        }
        Ok(())
    }

    /// Kills the child and listens to nobody any more.
    fn stop(&mut self, why: Stop) -> io::Result<()> {
        self.stopped = self.stopped.or(Some(why));
        self.pipes = [None, None, None];
        self.status = self.child.try_wait()?;
        match i32::try_from(self.child.id()) {
            Ok(pid) if self.status.is_none() => kill(pid, self.wanted.kill_signal),
            _ => Ok(()),
        }
    }
}

/// Becomes readable when a child of the process has ended.
struct ChildEnded {
    pipe: UnixStream,
    registration: SigId,
}

impl ChildEnded {
    fn watch() -> io::Result<Self> {
        let (reader, writer) = StdStream::pair()?;
        reader.set_nonblocking(true)?;
        let registration = signal_hook::low_level::pipe::register(libc::SIGCHLD, writer)?;
        Ok(Self { pipe: UnixStream::from_std(reader), registration })
    }

    fn drain(&mut self) {
        let mut buffer = [0; 64];
        while matches!(io::Read::read(&mut self.pipe, &mut buffer), Ok(count) if count > 0) {}
    }
}

impl Drop for ChildEnded {
    fn drop(&mut self) {
        signal_hook::low_level::unregister(self.registration);
    }
}

#[cfg(test)]
mod tests {
    use super::super::start::Stdio;
    use super::*;

    fn shell(script: &str, timeout: Option<u64>, output_max: usize) -> Ran {
        let start = Start {
            file: "/bin/sh".into(),
            args: vec!["-c".into(), script.into()],
            env: vec![("PATH".into(), "/usr/bin:/bin".into())],
            stdio: [Stdio::Pipe; 3],
            ..Start::default()
        };
        let timeout = timeout.map(Duration::from_millis);
        let input = b"in".to_vec();
        run(Run { start, input, timeout, kill_signal: libc::SIGTERM, output_max }).unwrap()
    }

    #[test]
    fn what_a_child_writes_and_how_it_ends_is_known() {
        let ran = shell("cat; echo err >&2; exit 3", None, 100);
        assert_eq!(ran.output, [Some(b"in".to_vec()), Some(b"err\n".to_vec())]);
        assert_eq!((ran.status.code(), ran.stopped), (Some(3), None));
    }

    #[test]
    fn one_that_takes_too_long_or_writes_too_much_is_killed() {
        let ran = shell("exec sleep 100", Some(20), 100);
        assert_eq!((ran.status.code(), ran.stopped), (None, Some(Stop::TimedOut)));
        let ran = shell("while :; do echo 0123456789; done", None, 15);
        assert_eq!(ran.stopped, Some(Stop::Overflowed));
        assert_eq!(ran.output[0].as_deref(), Some(&b"0123456789\n0123"[..]));
    }
}
