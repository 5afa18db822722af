//! The objects of this thread that messages come for: ports, channels and workers.
//!
//! They are rooted here for as long as something may come.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use boa_engine::{Context, JsObject, JsResult};

use super::mailbox::Mailbox;
use crate::builtin::dom::exception::dom_exception;
use crate::limits::{PORTS_MAX, WORKER_END_MS};
use crate::net::reactor::{Waker, monotonic_clock};

/// All of them; `Context` data, shared with the loop.
pub struct Receivers {
    pub(super) mailbox: Arc<Mailbox>,
    open: RefCell<HashMap<u64, JsObject>>,
    last: Cell<u64>,
    /// A receiver for which something waits until somebody listens.
    pub(super) held: Cell<Option<u64>>,
    /// Workers that are to end, and until when they are waited for: the first one first.
    ending: RefCell<VecDeque<(Instant, u64)>>,
}

impl Receivers {
    /// Those of the thread which calls this, and whose loop `waker` wakes.
    pub fn new(waker: Arc<Waker>) -> Self {
        let mailbox = Arc::new(Mailbox::new(waker));
        let (open, last, held, ending) = Default::default();
        Self { mailbox, open, last, held, ending }
    }

    /// How many messages have come that nobody has been given.
    #[inline]
    pub fn waiting(&self) -> usize {
        self.mailbox.len()
    }

    /// Keeps an object, and returns its number, which no other has had.
    pub(super) fn add(&self, object: JsObject) -> u64 {
        let number = self.last.get() + 1;
        self.last.set(number);
        self.open.borrow_mut().insert(number, object);
        number
    }

    pub(super) fn remove(&self, number: u64) {
        self.open.borrow_mut().remove(&number);
    }

    pub(super) fn get(&self, number: u64) -> Option<JsObject> {
        self.open.borrow().get(&number).cloned()
    }

    /// A `QuotaExceededError` when there are as many as there may be.
    pub(super) fn check_room(&self, context: &mut Context) -> JsResult<()> {
        if self.open.borrow().len() < PORTS_MAX {
            return Ok(());
        }
        let message = format!(
            "{PORTS_MAX} ports and channels are open, and no more may be: close() those that are \
             not needed"
        );
        Err(dom_exception("QuotaExceededError", &message, context))
    }

    /// Waits for the end of a worker, but not for ever.
    pub(super) fn give_up_later(&self, worker: u64) {
        let at = monotonic_clock() + Duration::from_millis(WORKER_END_MS);
        self.ending.borrow_mut().push_back((at, worker));
    }

    /// When the next worker has not ended in time. Those that have are forgotten.
    pub fn next_deadline(&self) -> Option<Instant> {
        let mut ending = self.ending.borrow_mut();
        while ending.front().is_some_and(|(_, worker)| self.get(*worker).is_none()) {
            ending.pop_front();
        }
        ending.front().map(|(at, _)| *at)
    }

    /// The next worker that has not ended in time.
    pub(super) fn take_overdue(&self) -> Option<JsObject> {
        self.next_deadline().filter(|at| *at <= monotonic_clock())?;
        let (_, worker) = self.ending.borrow_mut().pop_front()?;
        self.get(worker)
    }

    pub(super) fn any(&self, mut wanted: impl FnMut(&JsObject) -> bool) -> bool {
        self.open.borrow().values().any(&mut wanted)
    }
}

/// Those of a context.
pub(super) fn receivers(context: &Context) -> Option<Rc<Receivers>> {
    context.get_data::<Rc<Receivers>>().cloned()
}
