//! `tee()` of streams of any chunks.
//!
//! Spec: <https://streams.spec.whatwg.org/#abstract-opdef-readablestreamdefaulttee>

use std::cell::Cell;

use boa_engine::job::PromiseJob;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, Finalize, JsObject, JsResult, JsValue, Trace};
use boa_gc::{Gc, GcRefCell};

use super::data::{
    Chunk, Controller, DefaultController, DefaultReader, ReadRequest, Stream, UnderlyingSource,
};
use super::default_controller::{close, enqueue, error};
use super::operations::{acquire, cancel, controller, create, read};
use crate::builtin::streams::promises::{Deferred, Outcome, reason_of, when};
use crate::builtin::streams::strategy::Strategy;
use crate::js::executor::report_uncaught;

/// What both kinds of tees keep of their branches' cancellation.
#[derive(Trace, Finalize)]
pub(super) struct Cancelled {
    reasons: GcRefCell<[Option<JsValue>; 2]>,
    done: Deferred,
}

impl Cancelled {
    pub(super) fn new(context: &mut Context) -> Self {
        Self { reasons: GcRefCell::new([None, None]), done: Deferred::pending(context) }
    }

    /// Whether nobody reads this branch any more.
    pub(super) fn is(&self, branch: usize) -> bool {
        self.reasons.borrow()[branch].is_some()
    }

    /// A branch is cancelled; the stream is once both are.
    pub(super) fn cancel(
        &self,
        stream: &Stream,
        branch: usize,
        reason: JsValue,
        context: &mut Context,
    ) -> Outcome {
        let reasons = {
            let mut reasons = self.reasons.borrow_mut();
            reasons[branch] = Some(reason);
            reasons.clone()
        };
        if let [Some(first), Some(second)] = reasons {
            let composite = JsArray::from_iter([first, second], context);
            let cancelled = cancel(stream, composite.into(), context);
            self.done.clone().resolve(cancelled.into(), context);
        }
        Outcome::Promise(self.done.promise())
    }

    /// The stream has ended before both were cancelled.
    pub(super) fn end(&self, context: &mut Context) {
        if !self.is(0) || !self.is(1) {
            self.done.clone().resolve(JsValue::undefined(), context);
        }
    }
}

#[derive(Trace, Finalize)]
struct Tee {
    stream: Stream,
    reader: JsObject<DefaultReader>,
    /// Set once both branches are made.
    branches: GcRefCell<Vec<JsObject<DefaultController>>>,
    cancelled: Cancelled,
    #[unsafe_ignore_trace]
    is_reading: Cell<bool>,
    #[unsafe_ignore_trace]
    reads_again: Cell<bool>,
}

type Shared = Gc<Tee>;

#[derive(Trace, Finalize)]
struct Branch(Shared, usize);

impl UnderlyingSource for Branch {
    fn pull(&self, _: JsValue, context: &mut Context) -> Outcome {
        pull(&self.0, context);
        Outcome::DONE
    }

    fn cancel(&self, reason: JsValue, context: &mut Context) -> Outcome {
        self.0.cancelled.cancel(&self.0.stream, self.1, reason, context)
    }
}

/// `ReadableStreamDefaultTee`
pub(super) fn tee(stream: &Stream, context: &mut Context) -> JsResult<[Stream; 2]> {
    let reader = acquire(stream, context)?;
    let closed = reader.borrow().data().generic.closed.promise();
    let tee = Gc::new(Tee {
        stream: stream.clone(),
        reader,
        branches: GcRefCell::new(Vec::new()),
        cancelled: Cancelled::new(context),
        is_reading: Cell::new(false),
        reads_again: Cell::new(false),
    });
    let mut branch = |at| -> JsResult<Stream> {
        let source = Gc::new(Box::new(Branch(tee.clone(), at)) as Box<dyn UnderlyingSource>);
        let branch = create(source, Strategy::of(1.0), Outcome::DONE, context)?;
        if let Some(Controller::Default(controller)) = controller(&branch) {
            tee.branches.borrow_mut().push(controller);
        }
        Ok(branch)
    };
    let branches = [branch(0)?, branch(1)?];
    when(
        &closed,
        &tee,
        |_, _, _| {},
        |tee, reason, context| {
            for branch in branches_of(tee) {
                error(&branch, &reason, context);
            }
            tee.cancelled.end(context);
        },
        context,
    );
    Ok(branches)
}

fn branches_of(tee: &Tee) -> Vec<JsObject<DefaultController>> {
    tee.branches.borrow().clone()
}

fn pull(tee: &Shared, context: &mut Context) {
    if tee.is_reading.replace(true) {
        tee.reads_again.set(true);
        return;
    }
    read(&tee.reader, Box::new(Request(tee.clone())), context);
}

#[derive(Trace, Finalize)]
struct Request(Shared);

impl ReadRequest for Request {
    /// In a microtask, so that an error of the stream reaches the branches before this chunk.
    fn chunk(self: Box<Self>, chunk: Chunk, context: &mut Context) {
        let tee = self.0.clone();
        let job = PromiseJob::new(move |context| {
            tee.reads_again.set(false);
            let chunk = chunk.into_value(context)?;
            for (at, branch) in branches_of(&tee).iter().enumerate() {
                if !tee.cancelled.is(at)
                    && let Err(thrown) = enqueue(branch, chunk.clone(), context)
                {
                    let reason = reason_of(thrown, context);
                    error(branch, &reason, context);
                }
            }
            tee.is_reading.set(false);
            if tee.reads_again.get() {
                pull(&tee, context);
            }
            Ok(JsValue::undefined())
        });
        context.enqueue_job(job.into());
    }

    fn close(self: Box<Self>, context: &mut Context) {
        let tee = &self.0;
        tee.is_reading.set(false);
        for (at, branch) in branches_of(tee).iter().enumerate() {
            if !tee.cancelled.is(at) {
                close(branch, context);
            }
        }
        tee.cancelled.end(context);
    }

    fn error(self: Box<Self>, _: JsValue, _: &mut Context) {
        self.0.is_reading.set(false);
    }
}

/// What goes wrong where nobody can be told.
pub(super) fn note(result: JsResult<()>, context: &Context) {
    if let Err(error) = result {
        report_uncaught(error, context);
    }
}
