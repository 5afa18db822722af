//! Reading a stream from Rust: into a sink, or as a whole.
//!
//! A stream of a native source that nobody has touched gives its source up, and bytes go from there
//! to the sink without a script. Any other stream is read chunk by chunk, each when the sink has
//! room.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use boa_engine::{Context, Finalize, JsObject, JsResult, JsValue, Trace};
use boa_gc::Gc;

use super::native::take_source;
use super::promises::{mark_handled, reason_of};
use super::readable::data::{Chunk, DefaultReader, ReadRequest, ReadableStream, Stream};
use super::readable::operations::{acquire, cancel, read};
use super::seam::{ByteSink, ByteSource, Room, Taken, Wake, Waker};
use super::turns::go_on_later;
use crate::js::argument::wrong_type;
use crate::js::convert::{with_bytes, with_utf8};
use crate::js::error::range_error;
use crate::js::memory::note_unseen;
use crate::limits::{PUMP_CHUNKS_PER_TURN, STREAM_CHUNK_BYTES, STREAMED_BYTES_WEIGHT};

/// Has a sink get all bytes of a stream, which is locked from now on. The sink's `end` or `abort`
/// tells how it went; when the sink goes, the stream is cancelled. Throws for a stream that is locked
/// already. Chunks are bytes or, as nearly everywhere, strings; any other fails the stream.
pub(in crate::builtin) fn pipe_to_sink(
    stream: &JsObject,
    sink: Box<dyn ByteSink>,
    context: &mut Context,
) -> JsResult<()> {
    if let Some(source) = take_source(stream, context) {
        pump(source, sink, context);
        return Ok(());
    }
    let Ok(stream) = stream.clone().downcast::<ReadableStream>() else {
        return Err(wrong_type("stream", "a ReadableStream", &stream.clone().into(), context));
    };
    let reader = acquire(&stream, context)?;
    let reading = Reading {
        stream,
        reader,
        sink: RefCell::new(Some(sink)),
        stage: Cell::new(Stage::Idle),
        arrived: RefCell::new(None),
        is_stepping: Cell::new(false),
    };
    step(&Gc::new(reading), context);
    Ok(())
}

/// Has a sink get all bytes of a source, none of which enters a script.
pub(in crate::builtin) fn pump(
    source: Box<dyn ByteSource>,
    sink: Box<dyn ByteSink>,
    context: &mut Context,
) {
    let ends = Ends { source, sink, has_ended: false };
    Rc::new(Pump { ends: RefCell::new(Some(ends)) }).wake(context);
}

struct Pump {
    /// None while it is being worked on, and once it is over.
    ends: RefCell<Option<Ends>>,
}

struct Ends {
    source: Box<dyn ByteSource>,
    sink: Box<dyn ByteSink>,
    has_ended: bool,
}

/// What is to be done after a step of a pump.
enum Next {
    Go,
    Wait,
    Over,
}

impl Ends {
    /// Moves what there is, as far as that is one chunk.
    fn step(&mut self, waker: &Waker, context: &mut Context) -> Next {
        if self.has_ended {
            return match self.sink.end(waker, context) {
                Room::Pending => Next::Wait,
                Room::Ready | Room::Gone(_) => Next::Over,
            };
        }
        match self.sink.room(waker, context) {
            Room::Ready => {}
            Room::Pending => return Next::Wait,
            Room::Gone(reason) => {
                self.source.cancel(&reason, context);
                return Next::Over;
            }
        }
        match self.source.take(STREAM_CHUNK_BYTES, waker, context) {
            Taken::Bytes(bytes) => {
                if let Err(error) = self.sink.write(&bytes, context) {
                    let reason = reason_of(error, context);
                    self.source.cancel(&reason, context);
                    return Next::Over;
                }
            }
            Taken::Pending => return Next::Wait,
            Taken::End => self.has_ended = true,
            Taken::Failed(reason) => {
                self.sink.abort(&reason, context);
                return Next::Over;
            }
        }
        Next::Go
    }
}

impl Wake for Pump {
    /// Others have their turn after some chunks, where both ends are always ready.
    fn wake(self: Rc<Self>, context: &mut Context) {
        let Some(mut ends) = self.ends.take() else { return };
        let waker = Waker::new(self.clone());
        let mut steps = 0;
        loop {
            match ends.step(&waker, context) {
                Next::Over => return,
                Next::Wait => break,
                Next::Go => steps += 1,
            }
            if steps >= PUMP_CHUNKS_PER_TURN && go_on_later(self.clone(), context) {
                break;
            }
        }
        self.ends.replace(Some(ends));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The sink is to be asked for room.
    Idle,
    /// A read is under way.
    Reading,
    /// The stream has ended, and the sink is to do so.
    Ending,
}

/// What a read has come to.
enum Arrived {
    Chunk(Chunk),
    End,
    Failed(JsValue),
}

/// A stream on its way into a sink.
#[derive(Trace, Finalize)]
struct Reading {
    stream: Stream,
    reader: JsObject<DefaultReader>,
    #[unsafe_ignore_trace]
    sink: RefCell<Option<Box<dyn ByteSink>>>,
    #[unsafe_ignore_trace]
    stage: Cell<Stage>,
    /// Empty but while `is_stepping`, so that there is nothing to trace.
    #[unsafe_ignore_trace]
    arrived: RefCell<Option<Arrived>>,
    #[unsafe_ignore_trace]
    is_stepping: Cell<bool>,
}

type Shared = Gc<Reading>;

struct Resume(Shared);

impl Wake for Resume {
    fn wake(self: Rc<Self>, context: &mut Context) {
        step(&self.0, context);
    }
}

/// Goes on as far as it gets.
fn step(reading: &Shared, context: &mut Context) {
    if reading.is_stepping.replace(true) {
        return;
    }
    while go_on(reading, context) {}
    reading.is_stepping.set(false);
}

/// Whether there is more to do at once.
fn go_on(reading: &Shared, context: &mut Context) -> bool {
    if let Some(arrived) = reading.arrived.take() {
        return take_arrived(reading, arrived, context);
    }
    let sink = reading.sink.take();
    let Some(mut sink) = sink else { return false };
    let waker = Waker::new(Rc::new(Resume(reading.clone())));
    let stage = reading.stage.get();
    let room = match stage {
        Stage::Ending => sink.end(&waker, context),
        Stage::Idle | Stage::Reading => sink.room(&waker, context),
    };
    match room {
        Room::Ready | Room::Gone(_) if stage == Stage::Ending => false,
        Room::Gone(reason) => {
            drop(sink);
            give_up(reading, reason, context);
            false
        }
        Room::Pending => {
            reading.sink.replace(Some(sink));
            false
        }
        Room::Ready => {
            reading.sink.replace(Some(sink));
            if stage == Stage::Reading {
                return false;
            }
            reading.stage.set(Stage::Reading);
            read(&reading.reader, Box::new(Request(reading.clone())), context);
            reading.arrived.borrow().is_some()
        }
    }
}

fn take_arrived(reading: &Shared, arrived: Arrived, context: &mut Context) -> bool {
    reading.stage.set(Stage::Idle);
    let sink = reading.sink.take();
    let Some(mut sink) = sink else { return false };
    match arrived {
        Arrived::End => reading.stage.set(Stage::Ending),
        Arrived::Failed(reason) => {
            sink.abort(&reason, context);
            return false;
        }
        Arrived::Chunk(chunk) => {
            let written = bytes_of(chunk, context);
            let is_bytes = written.is_ok();
            let written = written.and_then(|bytes| {
                if bytes.is_empty() { Ok(()) } else { sink.write(&bytes, context) }
            });
            if let Err(error) = written {
                let reason = reason_of(error, context);
                if !is_bytes {
                    sink.abort(&reason, context);
                }
                drop(sink);
                give_up(reading, reason, context);
                return false;
            }
        }
    }
    reading.sink.replace(Some(sink));
    true
}

fn give_up(reading: &Shared, reason: JsValue, context: &mut Context) {
    let cancelled = cancel(&reading.stream, reason, context);
    mark_handled(&cancelled, context);
}

fn bytes_of(chunk: Chunk, context: &mut Context) -> JsResult<Vec<u8>> {
    let value = match chunk {
        Chunk::Bytes(bytes) => return Ok(bytes),
        Chunk::Value(value) => value,
    };
    let bytes = match value.as_string() {
        Some(text) => Some(with_utf8(&text, <[u8]>::to_vec)),
        None => with_bytes(&value, context, <[u8]>::to_vec)?,
    };
    let Some(bytes) = bytes else {
        return Err(wrong_type(
            "a chunk",
            "a string, an ArrayBuffer or a view of one",
            &value,
            context,
        ));
    };
    // Whoever has made it for this stream has no more use for it.
    note_unseen(bytes.len() * STREAMED_BYTES_WEIGHT);
    Ok(bytes)
}

#[derive(Trace, Finalize)]
struct Request(Shared);

impl Request {
    fn arrive(&self, arrived: Arrived, context: &mut Context) {
        self.0.arrived.replace(Some(arrived));
        step(&self.0, context);
    }
}

impl ReadRequest for Request {
    fn chunk(self: Box<Self>, chunk: Chunk, context: &mut Context) {
        self.arrive(Arrived::Chunk(chunk), context);
    }

    fn close(self: Box<Self>, context: &mut Context) {
        self.arrive(Arrived::End, context);
    }

    fn error(self: Box<Self>, reason: JsValue, context: &mut Context) {
        self.arrive(Arrived::Failed(reason), context);
    }
}

/// Calls `then` with all bytes of a stream, or with what went wrong; it may settle a promise, but
/// call no function of a script. More than `max` bytes are a `RangeError`, and the stream is
/// cancelled.
pub(in crate::builtin) fn collect(
    stream: &JsObject,
    max: usize,
    then: impl FnOnce(Result<Vec<u8>, JsValue>, &mut Context) + 'static,
    context: &mut Context,
) -> JsResult<()> {
    let collected = Collected { bytes: Vec::new(), max, then: Some(Box::new(then)) };
    pipe_to_sink(stream, Box::new(collected), context)
}

/// The same of a source, which needs no stream for it.
pub(in crate::builtin) fn collect_source(
    source: Box<dyn ByteSource>,
    max: usize,
    then: impl FnOnce(Result<Vec<u8>, JsValue>, &mut Context) + 'static,
    context: &mut Context,
) {
    let collected = Collected { bytes: Vec::new(), max, then: Some(Box::new(then)) };
    pump(source, Box::new(collected), context);
}

type Then = Box<dyn FnOnce(Result<Vec<u8>, JsValue>, &mut Context)>;

struct Collected {
    bytes: Vec<u8>,
    max: usize,
    then: Option<Then>,
}

impl Collected {
    fn finish(&mut self, result: Result<Vec<u8>, JsValue>, context: &mut Context) {
        if let Some(then) = self.then.take() {
            then(result, context);
        }
    }
}

impl ByteSink for Collected {
    fn room(&mut self, _: &Waker, _: &mut Context) -> Room {
        Room::Ready
    }

    fn write(&mut self, bytes: &[u8], context: &mut Context) -> JsResult<()> {
        if bytes.len() > self.max.saturating_sub(self.bytes.len()) {
            let message = format!("the stream has more than {} bytes", self.max);
            let reason = reason_of(range_error(message.clone()), context);
            self.finish(Err(reason), context);
            return Err(range_error(message));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn end(&mut self, _: &Waker, context: &mut Context) -> Room {
        let bytes = std::mem::take(&mut self.bytes);
        self.finish(Ok(bytes), context);
        Room::Ready
    }

    fn abort(&mut self, reason: &JsValue, context: &mut Context) {
        self.finish(Err(reason.clone()), context);
    }
}
