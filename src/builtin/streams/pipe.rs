//! `pipeTo` and `pipeThrough`.
//!
//! Spec: <https://streams.spec.whatwg.org/#readable-stream-pipe-to>

use std::cell::Cell;

use boa_engine::job::PromiseJob;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{
    Context, Finalize, JsArgs, JsObject, JsResult, JsValue, NativeFunction, Trace, js_string,
};
use boa_gc::{Gc, GcRefCell};

use super::promises::{Deferred, Outcome, mark_handled, promising, reason_of, when};
use super::readable::class::receiver;
use super::readable::data::{self as readable, Chunk, DefaultReader, ReadRequest};
use super::readable::operations as reading;
use super::this::object_as;
use super::writable::data::{self as writable, WritableStream, Writer};
use super::writable::operations as writing;
use super::writable::state::is_closing;
use crate::builtin::dom::abort::{is_signal, off_abort, on_abort, reason};
use crate::js::argument::{dictionary, require_arguments, wrong_type};
use crate::js::error::invalid_state;

/// `StreamPipeOptions`
#[derive(Default)]
struct Options {
    prevent_abort: bool,
    prevent_cancel: bool,
    prevent_close: bool,
    signal: Option<JsObject>,
}

fn read_options(value: &JsValue, context: &mut Context) -> JsResult<Options> {
    let Some(options) = dictionary(value, "options", context)? else {
        return Ok(Options::default());
    };
    let flag = |name: &str, context: &mut Context| {
        options.get(js_string!(name), context).map(|value| value.to_boolean())
    };
    let prevent_abort = flag("preventAbort", context)?;
    let prevent_cancel = flag("preventCancel", context)?;
    let prevent_close = flag("preventClose", context)?;
    let given = options.get(js_string!("signal"), context)?;
    let signal = given.as_object().filter(is_signal);
    if signal.is_none() && !given.is_undefined() {
        return Err(wrong_type("signal", "an instance of AbortSignal", &given, context));
    }
    Ok(Options { prevent_abort, prevent_cancel, prevent_close, signal })
}

/// `pipeTo(destination, options?)`
pub(super) fn pipe_to(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    promising(context, |context| {
        let this = receiver(this)?;
        let given = arguments.get_or_undefined(0);
        let Some(destination) = object_as::<WritableStream>(given) else {
            return Err(wrong_type("destination", "a WritableStream", given, context));
        };
        let options = read_options(arguments.get_or_undefined(1), context)?;
        check_unlocked(&this, &destination, "pipeTo", context)?;
        pipe(&this, &destination, &options, context).map(JsValue::from)
    })
}

/// `pipeThrough({ readable, writable }, options?)`
pub(super) fn pipe_through(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let this = receiver(this)?;
    require_arguments(arguments, &["transform"], context)?;
    let given = &arguments[0];
    let Some(transform) = given.as_object() else {
        return Err(wrong_type("transform", "of type object", given, context));
    };
    // Web IDL reads the members of a dictionary in this order.
    let readable = transform.get(js_string!("readable"), context)?;
    if object_as::<readable::ReadableStream>(&readable).is_none() {
        return Err(wrong_type("transform.readable", "a ReadableStream", &readable, context));
    }
    let writable = transform.get(js_string!("writable"), context)?;
    let Some(destination) = object_as::<WritableStream>(&writable) else {
        return Err(wrong_type("transform.writable", "a WritableStream", &writable, context));
    };
    let options = read_options(arguments.get_or_undefined(1), context)?;
    check_unlocked(&this, &destination, "pipeThrough", context)?;
    let piped = pipe(&this, &destination, &options, context)?;
    mark_handled(&piped, context);
    Ok(readable)
}

fn check_unlocked(
    source: &readable::Stream,
    destination: &writable::Stream,
    method: &str,
    context: &mut Context,
) -> JsResult<()> {
    let locked = if reading::is_locked(source) {
        "ReadableStream"
    } else if writing::is_locked(destination) {
        "WritableStream"
    } else {
        return Ok(());
    };
    let message = format!("{method}: the {locked} is locked, or is being piped already");
    Err(invalid_state(message, context))
}

#[derive(Trace, Finalize)]
struct Pipe {
    source: readable::Stream,
    destination: writable::Stream,
    reader: JsObject<DefaultReader>,
    writer: JsObject<Writer>,
    done: Deferred,
    signal: GcRefCell<Option<JsObject>>,
    /// What the write that was begun last is waited for with.
    written: GcRefCell<Option<JsPromise>>,
    #[unsafe_ignore_trace]
    flags: Flags,
}

struct Flags {
    prevent_abort: bool,
    prevent_cancel: bool,
    prevent_close: bool,
    listener: Cell<Option<u32>>,
    is_shutting_down: Cell<bool>,
    /// A chunk was read and is about to be written.
    is_writing: Cell<bool>,
}

type Shared = Gc<Pipe>;

/// `ReadableStreamPipeTo`
fn pipe(
    source: &readable::Stream,
    destination: &writable::Stream,
    options: &Options,
    context: &mut Context,
) -> JsResult<JsPromise> {
    let reader = reading::acquire(source, context)?;
    let writer = writing::acquire(destination, context)?;
    source.borrow_mut().data_mut().disturbed = true;
    let done = Deferred::pending(context);
    let promise = done.promise();
    let pipe = Gc::new(Pipe {
        source: source.clone(),
        destination: destination.clone(),
        reader,
        writer,
        done,
        signal: GcRefCell::new(options.signal.clone()),
        written: GcRefCell::new(None),
        flags: Flags {
            prevent_abort: options.prevent_abort,
            prevent_cancel: options.prevent_cancel,
            prevent_close: options.prevent_close,
            listener: Cell::new(None),
            is_shutting_down: Cell::new(false),
            is_writing: Cell::new(false),
        },
    });
    if let Some(signal) = &options.signal {
        if reason(signal).is_some() {
            abort_by_signal(&pipe, context);
            return Ok(promise);
        }
        listen(&pipe, signal, context);
    }
    watch(&pipe, context);
    pump_when_ready(&pipe, context);
    Ok(promise)
}

fn listen(pipe: &Shared, signal: &JsObject, context: &Context) {
    let aborted = NativeFunction::from_copy_closure_with_captures(
        |_, _, pipe, context| {
            abort_by_signal(pipe, context);
            Ok(JsValue::undefined())
        },
        pipe.clone(),
    );
    let aborted = FunctionObjectBuilder::new(context.realm(), aborted).build();
    pipe.flags.listener.set(on_abort(signal, aborted));
}

fn readable_state(pipe: &Pipe) -> (readable::State, JsValue) {
    let source = pipe.source.borrow();
    (source.data().state, source.data().stored_error.clone())
}

fn writable_state(pipe: &Pipe) -> (writable::State, JsValue) {
    let destination = pipe.destination.borrow();
    (destination.data().state, destination.data().stored_error.clone())
}

/// Has each end's error and close go on to the other, in the order of the specification.
fn watch(pipe: &Shared, context: &mut Context) {
    let read_closed = pipe.reader.borrow().data().generic.closed.promise();
    let write_closed = pipe.writer.borrow().data().closed.promise();
    match (readable_state(pipe), writable_state(pipe)) {
        ((readable::State::Errored, reason), _) => source_errored(pipe, reason, context),
        (_, (writable::State::Errored, reason)) => destination_errored(pipe, reason, context),
        ((readable::State::Closed, _), _) => source_closed(pipe, context),
        (_, (writable::State::Closed, _)) => destination_closed(pipe, context),
        _ if is_closing(&pipe.destination) => destination_closed(pipe, context),
        _ => {}
    }
    when(
        &read_closed,
        pipe,
        |pipe, _, context| source_closed(pipe, context),
        source_errored,
        context,
    );
    when(
        &write_closed,
        pipe,
        |pipe, _, context| destination_closed(pipe, context),
        destination_errored,
        context,
    );
}

fn source_errored(pipe: &Shared, reason: JsValue, context: &mut Context) {
    let action = if pipe.flags.prevent_abort { Action::Nothing } else { Action::Abort };
    shut_down(pipe, action, Some(reason), context);
}

fn destination_errored(pipe: &Shared, reason: JsValue, context: &mut Context) {
    let action = if pipe.flags.prevent_cancel { Action::Nothing } else { Action::Cancel };
    shut_down(pipe, action, Some(reason), context);
}

fn source_closed(pipe: &Shared, context: &mut Context) {
    let action = if pipe.flags.prevent_close { Action::Nothing } else { Action::Close };
    shut_down(pipe, action, None, context);
}

fn destination_closed(pipe: &Shared, context: &mut Context) {
    let error = invalid_state("pipeTo: the destination was closed", context);
    let reason = reason_of(error, context);
    destination_errored(pipe, reason, context);
}

fn abort_by_signal(pipe: &Shared, context: &mut Context) {
    let reason = pipe.signal.borrow().as_ref().and_then(reason).unwrap_or_default();
    shut_down(pipe, Action::Signal, Some(reason), context);
}

/// What is done before a pipe ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Nothing,
    Abort,
    Cancel,
    Close,
    /// What a signal asks for: to abort and to cancel.
    Signal,
}

/// Reads when the destination has room.
fn pump(pipe: &Shared, context: &mut Context) {
    if pipe.flags.is_shutting_down.get() {
        return;
    }
    if writing::desired_size(&pipe.destination).is_some_and(|size| size > 0.0) {
        return reading::read(&pipe.reader, Box::new(Request(pipe.clone())), context);
    }
    pump_when_ready(pipe, context);
}

fn pump_when_ready(pipe: &Shared, context: &mut Context) {
    let ready = pipe.writer.borrow().data().ready.promise();
    when(&ready, pipe, |pipe, _, context| pump(pipe, context), |_, _, _| {}, context);
}

#[derive(Trace, Finalize)]
struct Request(Shared);

impl ReadRequest for Request {
    /// A chunk is written in a microtask, so that `enqueue` calls no sink.
    fn chunk(self: Box<Self>, chunk: Chunk, context: &mut Context) {
        let pipe = self.0.clone();
        pipe.flags.is_writing.set(true);
        let job = PromiseJob::new(move |context| {
            pipe.flags.is_writing.set(false);
            match chunk.into_value(context) {
                Ok(chunk) => {
                    let written = writing::write(&pipe.writer, chunk, context);
                    mark_handled(&written, context);
                    *pipe.written.borrow_mut() = Some(written);
                    pump(&pipe, context);
                }
                Err(error) => {
                    let reason = reason_of(error, context);
                    source_errored(&pipe, reason, context);
                }
            }
            Ok(JsValue::undefined())
        });
        context.enqueue_job(job.into());
    }

    // The promises of the reader tell.
    fn close(self: Box<Self>, _: &mut Context) {}
    fn error(self: Box<Self>, _: JsValue, _: &mut Context) {}
}

/// What ends a pipe: how, and with which error.
#[derive(Clone, Trace, Finalize)]
struct Shutdown {
    pipe: Shared,
    #[unsafe_ignore_trace]
    action: Action,
    reason: Option<JsValue>,
}

/// "Shutdown with an action", and "shutdown", which has none.
fn shut_down(pipe: &Shared, action: Action, reason: Option<JsValue>, context: &mut Context) {
    if pipe.flags.is_shutting_down.replace(true) {
        return;
    }
    let shutdown = Shutdown { pipe: pipe.clone(), action, reason };
    if writable_state(pipe).0 == writable::State::Writable && !is_closing(&pipe.destination) {
        wait_for_writes(&shutdown, context);
    } else {
        act(&shutdown, context);
    }
}

/// Acts once all that was read has been written, or has failed to be.
fn wait_for_writes(shutdown: &Shutdown, context: &mut Context) {
    let pipe = &shutdown.pipe;
    if pipe.flags.is_writing.get() {
        let wait = |shutdown: &Shutdown, _: JsValue, context: &mut Context| {
            wait_for_writes(shutdown, context);
        };
        return Outcome::DONE.then(shutdown, wait, wait, context);
    }
    let written = pipe.written.borrow_mut().take();
    let Some(written) = written else { return act(shutdown, context) };
    let go_on = |shutdown: &Shutdown, _: JsValue, context: &mut Context| {
        wait_for_writes(shutdown, context);
    };
    when(&written, shutdown, go_on, go_on, context);
}

fn act(shutdown: &Shutdown, context: &mut Context) {
    let Shutdown { pipe, action, .. } = shutdown;
    let reason = shutdown.reason.clone().unwrap_or_default();
    let (source, destination) = (&pipe.source, &pipe.destination);
    let acted = match action {
        Action::Nothing => Ok(None),
        Action::Abort => Ok(Some(writing::abort(destination, &reason, context))),
        Action::Cancel => Ok(Some(reading::cancel(source, reason, context))),
        Action::Close => writing::close_for_pipe(destination, context).map(Some),
        Action::Signal => end_both(pipe, &reason, context).map(Some),
    };
    match acted {
        Ok(None) => finalize(shutdown, None, context),
        Ok(Some(promise)) => when(
            &promise,
            shutdown,
            |shutdown, _, context| finalize(shutdown, None, context),
            |shutdown, reason, context| finalize(shutdown, Some(reason), context),
            context,
        ),
        Err(error) => {
            let reason = reason_of(error, context);
            finalize(shutdown, Some(reason), context);
        }
    }
}

fn end_both(pipe: &Shared, reason: &JsValue, context: &mut Context) -> JsResult<JsPromise> {
    let mut ended = Vec::new();
    if !pipe.flags.prevent_abort && writable_state(pipe).0 == writable::State::Writable {
        ended.push(writing::abort(&pipe.destination, reason, context));
    }
    if !pipe.flags.prevent_cancel && readable_state(pipe).0 == readable::State::Readable {
        ended.push(reading::cancel(&pipe.source, reason.clone(), context));
    }
    JsPromise::all(ended, context)
}

fn finalize(shutdown: &Shutdown, failure: Option<JsValue>, context: &mut Context) {
    let pipe = &shutdown.pipe;
    writing::release(&pipe.writer, context);
    reading::release(&pipe.reader, context);
    let signal = pipe.signal.borrow_mut().take();
    if let Some((signal, listener)) = signal.zip(pipe.flags.listener.take()) {
        off_abort(&signal, listener);
    }
    let mut done = pipe.done.clone();
    match failure.or_else(|| shutdown.reason.clone()) {
        Some(reason) => done.reject(reason, context),
        None => done.resolve(JsValue::undefined(), context),
    }
}
