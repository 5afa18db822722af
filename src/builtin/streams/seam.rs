//! Where bytes come from and where they go without a script: what the bodies of HTTP, files, blobs
//! and codecs implement, and streams and pipes are made of. It knows no stream.
//!
//! Both traits are polled, and nothing here calls a script: they are called while what owns them is
//! borrowed, so an implementation may call the host and make values, but no function of a script.
//!
//! - *Waking.* Who answers `Pending` keeps a clone of the waker, and calls [`Waker::wake`] once there
//!   is something else to answer, from where no Rust borrow is held: in the dispatch of an event, or
//!   in a microtask. It then lets go of the waker, since that keeps alive whoever waits. A newer
//!   waker replaces an older one. To wake without a reason is harmless.
//! - *Backpressure.* A source that nobody asks keeps what has come and stops its peer when that is
//!   too much; a sink that answers `Pending` is written nothing until it wakes.
//! - *The end.* After `End`, `Failed` or `cancel`, and after `end` has answered, `abort` or `Gone`,
//!   no more is asked, and the source or sink is dropped soon after. One that is dropped before that
//!   has lost its stream: it lets go of what it holds as if it had been cancelled or aborted.

use std::rc::Rc;
use std::sync::Arc;

use boa_engine::{Context, JsResult, JsValue};

/// Where bytes come from.
pub(in crate::builtin) trait ByteSource {
    /// Takes what has come, at most `max` bytes, which is at least 1.
    fn take(&mut self, max: usize, waker: &Waker, context: &mut Context) -> Taken;

    /// Nobody wants the rest.
    fn cancel(&mut self, reason: &JsValue, context: &mut Context);
}

/// What a source answers.
pub(in crate::builtin) enum Taken {
    /// At least one byte.
    Bytes(Vec<u8>),
    /// Nothing yet: the waker will be woken.
    Pending,
    /// All has been taken.
    End,
    /// What went wrong: the value that reads are rejected with.
    Failed(JsValue),
}

/// Where bytes go.
pub(in crate::builtin) trait ByteSink {
    /// Whether bytes may be written. A sink that answers `Ready` may keep the waker too, to say later
    /// that it has gone while it waits for bytes.
    fn room(&mut self, waker: &Waker, context: &mut Context) -> Room;

    /// Takes all of these bytes. Only called after `Ready`. An error is as `Gone`.
    fn write(&mut self, bytes: &[u8], context: &mut Context) -> JsResult<()>;

    /// There are no more. `Ready` says that all has been done; asked again after `Pending`.
    fn end(&mut self, waker: &Waker, context: &mut Context) -> Room;

    /// There will be no end: the source has failed, or nobody reads it any more.
    fn abort(&mut self, reason: &JsValue, context: &mut Context);
}

/// What a sink answers.
pub(in crate::builtin) enum Room {
    /// It takes more.
    Ready,
    /// Not now: the waker will be woken.
    Pending,
    /// It takes no more, ever, for this reason: the source is cancelled with it.
    Gone(JsValue),
}

/// Who waits for a source or a sink.
pub(in crate::builtin) trait Wake {
    /// There is something to ask for.
    fn wake(self: Rc<Self>, context: &mut Context);
}

/// Wakes who waits. It keeps them alive.
#[derive(Clone)]
pub(in crate::builtin) struct Waker(Rc<dyn Wake>);

impl Waker {
    /// A waker for who waits.
    pub(in crate::builtin) fn new(who: Rc<dyn Wake>) -> Self {
        Self(who)
    }

    /// Has them ask again, at once. It may call scripts: no Rust borrow may be held.
    pub(in crate::builtin) fn wake(self, context: &mut Context) {
        self.0.wake(context);
    }
}

/// Bytes that are all there.
pub(in crate::builtin) struct Whole {
    bytes: Arc<[u8]>,
    start: usize,
    end: usize,
}

impl Whole {
    /// A part of what others hold too.
    pub(in crate::builtin) fn part(bytes: Arc<[u8]>, start: usize, end: usize) -> Self {
        Self { bytes, start, end }
    }
}

impl ByteSource for Whole {
    fn take(&mut self, max: usize, _: &Waker, _: &mut Context) -> Taken {
        if self.start >= self.end {
            return Taken::End;
        }
        let end = self.end.min(self.start + max);
        let bytes = self.bytes[self.start..end].to_vec();
        self.start = end;
        Taken::Bytes(bytes)
    }

    fn cancel(&mut self, _: &JsValue, _: &mut Context) {
        self.start = self.end;
    }
}
