//! The job queue: promise jobs, microtasks and `process.nextTick` callbacks.
//!
//! Boa's own executor blocks and drops every queue at the first error; this one runs each job,
//! collects what they throw for the runtime to report, and never waits. Time is no business of
//! its: timers live in the reactor's loop.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Poll, Waker};

use boa_engine::job::{Job, JobExecutor, NativeAsyncJob, PromiseJob};
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsError, JsResult, JsValue};

use super::{activation, async_context, frame};
use crate::limits::JOBS_PER_FRAME;

/// Runs jobs in the order in which they were queued, ticks before promise jobs.
#[derive(Default)]
pub struct Executor {
    ticks: RefCell<VecDeque<(JsFunction, Vec<JsValue>)>>,
    jobs: RefCell<VecDeque<PromiseJob>>,
    uncaught: RefCell<Vec<JsError>>,
    /// Whether a drain is under way: a nested call must leave the order alone.
    draining: Cell<bool>,
    /// Whether promise jobs are being run, which ticks wait for.
    in_jobs: Cell<bool>,
    /// Another thread sets it when nothing more is to run.
    stop: OnceCell<Arc<AtomicBool>>,
    /// The program has ended itself in the middle of a callback.
    ended: Cell<bool>,
}

/// Leaves an exception for the runtime to report, as if a job had thrown it.
pub fn report_uncaught(error: JsError, context: &Context) {
    if let Some(executor) = context.downcast_job_executor::<Executor>() {
        executor.report(error);
    }
}

/// Runs no more jobs: the program has ended itself.
pub fn end(context: &Context) {
    if let Some(executor) = context.downcast_job_executor::<Executor>() {
        executor.ended.set(true);
    }
}

impl Executor {
    /// Runs nothing more once another thread has set this flag: jobs that queue each other without
    /// end can be stopped in between.
    pub fn stop_with(&self, flag: Arc<AtomicBool>) {
        self.stop.get_or_init(|| flag);
    }

    /// Whether there is nothing to run.
    pub fn is_empty(&self) -> bool {
        self.jobs.borrow().is_empty() && self.ticks.borrow().is_empty()
    }

    /// How many jobs are queued.
    pub fn len(&self) -> usize {
        self.jobs.borrow().len()
    }

    /// Queues a `process.nextTick` callback.
    pub fn enqueue_tick(&self, callback: JsFunction, arguments: Vec<JsValue>) {
        self.ticks.borrow_mut().push_back((callback, arguments));
    }

    /// The microtask checkpoint: runs ticks and jobs until both queues are empty or one throws,
    /// which is to be reported before the next is run.
    pub fn drain(self: &Rc<Self>, context: &mut Context) {
        if !self.may_run() || self.draining.replace(true) {
            return;
        }
        async_context::leave();
        let executor = self.clone();
        frame::run(JOBS_PER_FRAME, move |context| executor.run_next(context), context);
        // Ticks wait for no more jobs, even if the last one filled a frame or threw.
        if self.is_empty() {
            self.in_jobs.set(false);
        }
        context.clear_kept_objects();
        self.draining.set(false);
    }

    fn may_run(&self) -> bool {
        !self.is_empty() && self.uncaught.borrow().is_empty() && !self.is_stopped()
    }

    fn is_stopped(&self) -> bool {
        self.ended.get() || self.stop.get().is_some_and(|stop| stop.load(Ordering::Acquire))
    }

    /// Runs the next job, and breaks when there is none left or it threw. Node's order: all ticks,
    /// then all promise jobs, and a tick that a promise job queues waits until the jobs are done.
    fn run_next(&self, context: &mut Context) -> ControlFlow<()> {
        // Each borrow ends before the call: a job may queue further jobs.
        let tick = if self.in_jobs.get() { None } else { self.ticks.borrow_mut().pop_front() };
        if let Some((callback, arguments)) = tick {
            self.note(activation::call(&callback, &JsValue::undefined(), &arguments, context));
        } else {
            let job = self.jobs.borrow_mut().pop_front();
            self.in_jobs.set(job.is_some());
            if let Some(job) = job {
                self.note(job.call(context));
            }
        }
        if self.may_run() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Takes what jobs threw since the last call, oldest first.
    pub fn take_uncaught(&self) -> Vec<JsError> {
        std::mem::take(&mut *self.uncaught.borrow_mut())
    }

    fn report(&self, error: JsError) {
        self.uncaught.borrow_mut().push(error);
    }

    fn note(&self, result: JsResult<JsValue>) {
        if let Err(error) = result {
            self.uncaught.borrow_mut().push(error);
        }
    }

    /// Boa's asynchronous jobs borrow the context for as long as they are pending, so none can be
    /// kept between turns. The only one that matters, module loading, is ready at once; one that
    /// is not (the cleanup of a `FinalizationRegistry`) is dropped, as the specification allows.
    fn poll_once(&self, job: NativeAsyncJob, context: &mut Context) {
        let context = RefCell::new(context);
        let mut future = job.call(&context);
        let mut task = std::task::Context::from_waker(Waker::noop());
        if let Poll::Ready(result) = std::pin::Pin::new(&mut future).poll(&mut task) {
            self.note(result);
        }
    }
}

impl JobExecutor for Executor {
    fn enqueue_job(self: Rc<Self>, job: Job, context: &mut Context) {
        match job {
            Job::PromiseJob(job) => self.jobs.borrow_mut().push_back(job),
            Job::AsyncJob(job) => self.poll_once(job, context),
            Job::GenericJob(job) => {
                self.jobs.borrow_mut().push_back(PromiseJob::new(move |context| job.call(context)));
            }
            // No API of ours makes timer jobs, and cleanup jobs may be left out.
            _ => log::debug!("the engine queued a job that this runtime does not run"),
        }
    }

    fn run_jobs(self: Rc<Self>, context: &mut Context) -> JsResult<()> {
        self.drain(context);
        Ok(())
    }
}
