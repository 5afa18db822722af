//! Sources that the host only watches, for those who know what they are: pipes of child processes.

use std::io;

use super::event::Event;
use super::sources::SOURCE_TOKEN;
use super::turn::Host;
use crate::id::SourceId;
use crate::net::reactor::{Ready, Source};

impl Host {
    /// Tells of a source's readiness from now on, by an event at each edge.
    pub fn watch_source(&mut self, source: &mut impl Source) -> io::Result<SourceId> {
        let id = self.sources.next();
        let token = usize::try_from(SOURCE_TOKEN | id.as_u64()).map_err(io::Error::other)?;
        self.watcher.watch(source, token)?;
        Ok(id)
    }

    /// Tells of it no longer.
    pub fn forget_source(&mut self, id: SourceId, source: &mut impl Source) {
        self.watcher.unwatch(source);
        self.sources.forget(id);
    }

    /// Tells in the next turn that a source is still readable: others have their turn before.
    pub fn read_source_again(&mut self, id: SourceId) {
        self.sources.again(id);
    }

    /// Tells of those that were to be looked at again.
    pub(super) fn look_at_sources_again(&mut self) {
        for source in self.sources.take_again() {
            self.queue.push_back(Event::Source { source, readable: true, writable: false });
        }
    }

    pub(super) fn note_source(&mut self, ready: Ready) {
        let source = SourceId::from(ready.token as u64 & !SOURCE_TOKEN);
        let readable = ready.readable || ready.read_closed;
        let writable = ready.writable || ready.broken;
        self.queue.push_back(Event::Source { source, readable, writable });
    }
}
