//! Signals as readiness: each one wanted writes a byte into a pipe that the reactor watches.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use mio::net::UnixStream;
use signal_hook::SigId;

use super::reactor::Watcher;

/// The signals being watched.
#[derive(Default)]
pub struct Signals {
    watched: Vec<Watched>,
    /// Readable when a child of the process has ended, once that is of interest.
    children: Option<(SigId, UnixStream)>,
}

struct Watched {
    signal: i32,
    registrations: Vec<SigId>,
    pipe: UnixStream,
    /// A signal has come and the loop has not seen it yet. If it comes once more, the loop is
    /// stuck in a script, and the signal does what it does to any program.
    unseen: Arc<AtomicBool>,
}

impl Drop for Signals {
    /// A thread that is gone does not see any more signals, and others may.
    fn drop(&mut self) {
        for registration in self.watched.drain(..).flat_map(|watched| watched.registrations) {
            signal_hook::low_level::unregister(registration);
        }
        if let Some((registration, _)) = self.children.take() {
            signal_hook::low_level::unregister(registration);
        }
    }
}

impl Signals {
    /// Watches for the end of child processes. Others may do so as well.
    pub fn watch_children(&mut self, watcher: &Watcher) -> io::Result<()> {
        if self.children.is_some() {
            return Ok(());
        }
        let (mut pipe, writer) = UnixStream::pair()?;
        watcher.watch_signal(&mut pipe)?;
        let writer = std::os::unix::net::UnixStream::from(std::os::fd::OwnedFd::from(writer));
        let registration = signal_hook::low_level::pipe::register(libc::SIGCHLD, writer)?;
        self.children = Some((registration, pipe));
        Ok(())
    }

    /// Whether children may have ended since the last call.
    pub fn take_children(&mut self) -> bool {
        self.children.as_mut().is_some_and(|(_, pipe)| drain(pipe))
    }

    /// Watches `signal`, whose default action no longer happens.
    pub fn watch(&mut self, signal: i32, watcher: &Watcher) -> io::Result<()> {
        if self.watched.iter().any(|watched| watched.signal == signal) {
            return Ok(());
        }
        let (mut pipe, writer) = UnixStream::pair()?;
        watcher.watch_signal(&mut pipe)?;
        let writer = std::os::unix::net::UnixStream::from(std::os::fd::OwnedFd::from(writer));
        let unseen = Arc::new(AtomicBool::new(false));
        // In this order: the first signal only sets the flag, the second finds it set.
        let registrations = vec![
            signal_hook::flag::register_conditional_default(signal, unseen.clone())?,
            signal_hook::flag::register(signal, unseen.clone())?,
            signal_hook::low_level::pipe::register(signal, writer)?,
        ];
        self.watched.push(Watched { signal, registrations, pipe, unseen });
        Ok(())
    }

    /// Stops watching `signal`. Its default action does not come back: it is ignored from then
    /// on unless it is watched again.
    pub fn unwatch(&mut self, signal: i32, watcher: &Watcher) {
        if let Some(index) = self.watched.iter().position(|watched| watched.signal == signal) {
            let mut gone = self.watched.swap_remove(index);
            for registration in gone.registrations {
                signal_hook::low_level::unregister(registration);
            }
            watcher.unwatch(&mut gone.pipe);
        }
    }

    /// Whether any has come since it was last taken.
    pub fn waits(&self) -> bool {
        self.watched.iter().any(|watched| watched.unseen.load(Ordering::Relaxed))
    }

    /// Whether `signal` has come since the last call.
    pub fn take(&mut self, signal: i32) -> bool {
        let Some(watched) = self.watched.iter_mut().find(|watched| watched.signal == signal) else {
            return false;
        };
        watched.unseen.store(false, Ordering::Relaxed);
        drain(&mut watched.pipe)
    }
}

/// Reads all that has come. False if that is nothing.
fn drain(pipe: &mut UnixStream) -> bool {
    let mut buffer = [0; 64];
    let mut came = false;
    while matches!(pipe.read(&mut buffer), Ok(count) if count > 0) {
        came = true;
    }
    came
}
