//! `tee()` of byte streams: each branch has its own copy of the bytes, and a branch that is read into
//! a buffer has the stream fill that one.
//!
//! Spec: <https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamtee>

use std::cell::Cell;

use boa_engine::job::PromiseJob;
use boa_engine::{Context, Finalize, JsError, JsObject, JsResult, JsValue, Trace};
use boa_gc::{Gc, GcRefCell};

use super::byte_controller::{byob_request, close, enqueue, error, respond};
use super::byte_queue::{first, replace_first_buffer};
use super::data::{
    ByobReader, ByteController, Chunk, Controller, DefaultReader, ReadIntoRequest, ReadRequest,
    Stream, UnderlyingSource,
};
use super::operations::{
    acquire, acquire_byob, cancel, controller, create_bytes, read, read_into, release, release_byob,
};
use super::tee::{Cancelled, note};
use crate::builtin::streams::buffers::{View, clone_part, transfer, view_of};
use crate::builtin::streams::promises::{Outcome, mark_handled, reason_of, when};

#[derive(Clone, Trace, Finalize)]
#[boa_gc(unsafe_no_drop)]
enum Held {
    Default(JsObject<DefaultReader>),
    Byob(JsObject<ByobReader>),
}

#[derive(Trace, Finalize)]
struct Tee {
    stream: Stream,
    reader: GcRefCell<Held>,
    /// Set once both branches are made.
    branches: GcRefCell<Vec<JsObject<ByteController>>>,
    cancelled: Cancelled,
    #[unsafe_ignore_trace]
    is_reading: Cell<bool>,
    #[unsafe_ignore_trace]
    reads_again: [Cell<bool>; 2],
    /// Counts readers: what an earlier one says of its end is of no interest.
    #[unsafe_ignore_trace]
    readers: Cell<u32>,
}

type Shared = Gc<Tee>;

#[derive(Trace, Finalize)]
struct Branch(Shared, usize);

impl UnderlyingSource for Branch {
    fn pull(&self, _: JsValue, context: &mut Context) -> Outcome {
        let Self(tee, at) = self;
        if tee.is_reading.replace(true) {
            tee.reads_again[*at].set(true);
        } else {
            pull(tee, *at, context);
        }
        Outcome::DONE
    }

    fn cancel(&self, reason: JsValue, context: &mut Context) -> Outcome {
        self.0.cancelled.cancel(&self.0.stream, self.1, reason, context)
    }
}

/// `ReadableByteStreamTee`
pub(super) fn tee(stream: &Stream, context: &mut Context) -> JsResult<[Stream; 2]> {
    let reader = acquire(stream, context)?;
    let tee = Gc::new(Tee {
        stream: stream.clone(),
        reader: GcRefCell::new(Held::Default(reader)),
        branches: GcRefCell::new(Vec::new()),
        cancelled: Cancelled::new(context),
        is_reading: Cell::new(false),
        reads_again: [Cell::new(false), Cell::new(false)],
        readers: Cell::new(0),
    });
    let mut branch = |at| -> JsResult<Stream> {
        let source = Gc::new(Box::new(Branch(tee.clone(), at)) as Box<dyn UnderlyingSource>);
        let branch = create_bytes(source, context)?;
        if let Some(Controller::Byte(controller)) = controller(&branch) {
            tee.branches.borrow_mut().push(controller);
        }
        Ok(branch)
    };
    let branches = [branch(0)?, branch(1)?];
    forward_error(&tee, context);
    Ok(branches)
}

fn branch(tee: &Tee, at: usize) -> Option<JsObject<ByteController>> {
    tee.branches.borrow().get(at).cloned()
}

fn held(tee: &Tee) -> Held {
    tee.reader.borrow().clone()
}

/// The stream's error goes on to both branches.
fn forward_error(tee: &Shared, context: &mut Context) {
    tee.readers.set(tee.readers.get() + 1);
    let closed = match held(tee) {
        Held::Default(reader) => reader.borrow().data().generic.closed.promise(),
        Held::Byob(reader) => reader.borrow().data().generic.closed.promise(),
    };
    let captures = (tee.clone(), tee.readers.get());
    when(
        &closed,
        &captures,
        |_, _, _| {},
        |(tee, number), reason, context| {
            if tee.readers.get() == *number {
                for at in 0..2 {
                    if let Some(branch) = branch(tee, at) {
                        error(&branch, &reason, context);
                    }
                }
                tee.cancelled.end(context);
            }
        },
        context,
    );
}

/// Reads for a branch: into its buffer, if it has one.
fn pull(tee: &Shared, at: usize, context: &mut Context) {
    let Some(controller) = branch(tee, at) else { return };
    let pulled = match byob_request(&controller, context) {
        Ok(None) => pull_chunk(tee, context),
        Ok(Some(request)) => {
            let view = request.borrow().data().view.clone();
            view.map_or(Ok(()), |view| pull_into(tee, &view.into(), at, context))
        }
        Err(error) => Err(error),
    };
    note(pulled, context);
}

fn pull_chunk(tee: &Shared, context: &mut Context) -> JsResult<()> {
    let reader = match held(tee) {
        Held::Default(reader) => reader,
        Held::Byob(reader) => {
            release_byob(&reader, context);
            let reader = acquire(&tee.stream, context)?;
            *tee.reader.borrow_mut() = Held::Default(reader.clone());
            forward_error(tee, context);
            reader
        }
    };
    read(&reader, Box::new(ChunkRequest(tee.clone())), context);
    Ok(())
}

fn pull_into(tee: &Shared, view: &JsValue, at: usize, context: &mut Context) -> JsResult<()> {
    let reader = match held(tee) {
        Held::Byob(reader) => reader,
        Held::Default(reader) => {
            release(&reader, context);
            let reader = acquire_byob(&tee.stream, context)?;
            *tee.reader.borrow_mut() = Held::Byob(reader.clone());
            forward_error(tee, context);
            reader
        }
    };
    let view = view_of(view, "view", context)?;
    read_into(&reader, &view, 1, Box::new(IntoRequest(tee.clone(), at)), context);
    Ok(())
}

/// A read is over: what was asked for meanwhile is read next.
fn go_on(tee: &Shared, context: &mut Context) {
    tee.is_reading.set(false);
    if let Some(at) = (0..2).find(|at| tee.reads_again[*at].get()) {
        tee.is_reading.set(true);
        pull(tee, at, context);
    }
}

fn forget_again(tee: &Tee) {
    for again in &tee.reads_again {
        again.set(false);
    }
}

/// Bytes cannot be copied: everything fails.
fn fail(tee: &Shared, thrown: JsError, context: &mut Context) {
    let reason = reason_of(thrown, context);
    for at in 0..2 {
        if let Some(branch) = branch(tee, at) {
            error(&branch, &reason, context);
        }
    }
    let cancelled = cancel(&tee.stream, reason, context);
    mark_handled(&cancelled, context);
    tee.cancelled.end(context);
}

fn copy_of(view: &View, context: &mut Context) -> JsResult<View> {
    let buffer = clone_part(&view.buffer, view.offset, view.length, context)?;
    Ok(View { kind: view.kind, buffer, offset: 0, length: view.length })
}

fn close_branch(tee: &Tee, at: usize, context: &mut Context) {
    if let Some(branch) = branch(tee, at).filter(|_| !tee.cancelled.is(at)) {
        let closed = close(&branch, context);
        note(closed, context);
    }
}

/// A branch that waits with a buffer is told that there is nothing for it.
fn respond_nothing(tee: &Tee, at: usize, context: &mut Context) {
    if let Some(branch) = branch(tee, at)
        && first(&branch).is_some()
    {
        let responded = respond(&branch, 0, context);
        note(responded, context);
    }
}

#[derive(Trace, Finalize)]
struct ChunkRequest(Shared);

fn forward_chunk(tee: &Shared, chunk: Chunk, context: &mut Context) -> JsResult<()> {
    forget_again(tee);
    let chunk = chunk.into_value(context)?;
    let view = view_of(&chunk, "chunk", context)?;
    let both = !tee.cancelled.is(0) && !tee.cancelled.is(1);
    let copy = match both.then(|| copy_of(&view, context)).transpose() {
        Ok(copy) => copy,
        Err(thrown) => {
            fail(tee, thrown, context);
            return Ok(());
        }
    };
    for (at, view) in [(0, &view), (1, copy.as_ref().unwrap_or(&view))] {
        if let Some(branch) = branch(tee, at).filter(|_| !tee.cancelled.is(at)) {
            enqueue(&branch, view, context)?;
        }
    }
    go_on(tee, context);
    Ok(())
}

impl ReadRequest for ChunkRequest {
    fn chunk(self: Box<Self>, chunk: Chunk, context: &mut Context) {
        let tee = self.0.clone();
        let job = PromiseJob::new(move |context| {
            let forwarded = forward_chunk(&tee, chunk, context);
            note(forwarded, context);
            Ok(JsValue::undefined())
        });
        context.enqueue_job(job.into());
    }

    fn close(self: Box<Self>, context: &mut Context) {
        let tee = &self.0;
        tee.is_reading.set(false);
        for at in 0..2 {
            close_branch(tee, at, context);
        }
        for at in 0..2 {
            respond_nothing(tee, at, context);
        }
        tee.cancelled.end(context);
    }

    fn error(self: Box<Self>, _: JsValue, _: &mut Context) {
        self.0.is_reading.set(false);
    }
}

/// A read into the buffer of a branch.
#[derive(Trace, Finalize)]
struct IntoRequest(Shared, usize);

/// The branch that waits with a buffer gets it back, filled.
fn respond_with(tee: &Tee, at: usize, view: &View, context: &mut Context) -> JsResult<()> {
    let Some(branch) = branch(tee, at) else { return Ok(()) };
    let buffer = transfer(&view.buffer, context)?;
    replace_first_buffer(&branch, buffer);
    respond(&branch, view.length, context)
}

fn forward_into(tee: &Shared, at: usize, view: &JsValue, context: &mut Context) -> JsResult<()> {
    forget_again(tee);
    let view = view_of(view, "chunk", context)?;
    let other = 1 - at;
    let (wants, other_wants) = (!tee.cancelled.is(at), !tee.cancelled.is(other));
    if other_wants {
        let copy = match copy_of(&view, context) {
            Ok(copy) => copy,
            Err(thrown) => {
                fail(tee, thrown, context);
                return Ok(());
            }
        };
        if wants {
            respond_with(tee, at, &view, context)?;
        }
        if let Some(other) = branch(tee, other) {
            enqueue(&other, &copy, context)?;
        }
    } else if wants {
        respond_with(tee, at, &view, context)?;
    }
    go_on(tee, context);
    Ok(())
}

impl ReadIntoRequest for IntoRequest {
    fn chunk(self: Box<Self>, view: JsValue, context: &mut Context) {
        let (tee, at) = (self.0.clone(), self.1);
        let job = PromiseJob::new(move |context| {
            let forwarded = forward_into(&tee, at, &view, context);
            note(forwarded, context);
            Ok(JsValue::undefined())
        });
        context.enqueue_job(job.into());
    }

    fn close(self: Box<Self>, view: JsValue, context: &mut Context) {
        let (tee, at) = (&self.0, self.1);
        let other = 1 - at;
        tee.is_reading.set(false);
        close_branch(tee, at, context);
        close_branch(tee, other, context);
        if !view.is_undefined() {
            if !tee.cancelled.is(at)
                && let Ok(view) = view_of(&view, "chunk", context)
            {
                let responded = respond_with(tee, at, &view, context);
                note(responded, context);
            }
            if !tee.cancelled.is(other) {
                respond_nothing(tee, other, context);
            }
        }
        tee.cancelled.end(context);
    }

    fn error(self: Box<Self>, _: JsValue, _: &mut Context) {
        self.0.is_reading.set(false);
    }
}
