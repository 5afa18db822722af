//! The seam, with a source and a sink that do as they are told.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use boa_engine::{Context, JsObject, JsResult, JsValue, Source, js_string};

use super::classes::OPS;
use super::{
    ByteSink, ByteSource, Room, Taken, Waker, Whole, collect, is_disturbed, is_locked,
    pipe_to_sink, pump, readable_from, take_source,
};
use crate::js::executor::Executor;

/// What a test sees of both ends.
#[derive(Default)]
struct Ends {
    /// What the source answers next: nothing yet, once this is empty.
    answers: VecDeque<Taken>,
    source_waker: Option<Waker>,
    /// How many bytes the sink takes before it waits.
    room: usize,
    is_gone: bool,
    sink_waker: Option<Waker>,
    log: Vec<String>,
}

type Shared = Rc<RefCell<Ends>>;

struct FakeSource(Shared);
struct FakeSink(Shared);

fn text(value: &JsValue) -> String {
    value.as_string().unwrap_or_default().to_std_string_lossy()
}

impl ByteSource for FakeSource {
    fn take(&mut self, _: usize, waker: &Waker, _: &mut Context) -> Taken {
        let mut ends = self.0.borrow_mut();
        ends.answers.pop_front().unwrap_or_else(|| {
            ends.source_waker = Some(waker.clone());
            Taken::Pending
        })
    }

    fn cancel(&mut self, reason: &JsValue, _: &mut Context) {
        self.0.borrow_mut().log.push(format!("cancel {}", text(reason)));
    }
}

impl ByteSink for FakeSink {
    fn room(&mut self, waker: &Waker, _: &mut Context) -> Room {
        let mut ends = self.0.borrow_mut();
        ends.sink_waker = Some(waker.clone());
        match ends.room {
            _ if ends.is_gone => Room::Gone(js_string!("gone").into()),
            0 => Room::Pending,
            _ => Room::Ready,
        }
    }

    fn write(&mut self, bytes: &[u8], _: &mut Context) -> JsResult<()> {
        let mut ends = self.0.borrow_mut();
        ends.room = ends.room.saturating_sub(bytes.len());
        ends.log.push(String::from_utf8_lossy(bytes).into_owned());
        Ok(())
    }

    fn end(&mut self, _: &Waker, _: &mut Context) -> Room {
        self.0.borrow_mut().log.push("end".to_owned());
        Room::Ready
    }

    fn abort(&mut self, reason: &JsValue, _: &mut Context) {
        self.0.borrow_mut().log.push(format!("abort {}", text(reason)));
    }
}

struct World {
    context: Context,
    executor: Rc<Executor>,
    ends: Shared,
}

impl World {
    fn new() -> Self {
        let executor = Rc::new(Executor::default());
        let mut context = Context::builder().job_executor(executor.clone()).build().unwrap();
        let classes = (OPS[0].2)(&JsValue::undefined(), &[], &mut context).unwrap();
        context
            .register_global_property(
                js_string!("streams"),
                classes,
                boa_engine::property::Attribute::all(),
            )
            .unwrap();
        Self { context, executor, ends: Shared::default() }
    }

    fn source(&self) -> Box<dyn ByteSource> {
        Box::new(FakeSource(self.ends.clone()))
    }

    fn sink(&self, room: usize) -> Box<dyn ByteSink> {
        self.ends.borrow_mut().room = room;
        Box::new(FakeSink(self.ends.clone()))
    }

    fn stream(&mut self) -> JsObject {
        let source = self.source();
        readable_from(source, &mut self.context).unwrap()
    }

    /// The source has this now.
    fn come(&mut self, answer: Taken) {
        let waker = {
            let mut ends = self.ends.borrow_mut();
            ends.answers.push_back(answer);
            ends.source_waker.take()
        };
        if let Some(waker) = waker {
            waker.wake(&mut self.context);
        }
        self.drain();
    }

    /// The sink has so much room again.
    fn make_room(&mut self, room: usize) {
        self.ends.borrow_mut().room = room;
        let waker = self.ends.borrow_mut().sink_waker.take();
        if let Some(waker) = waker {
            waker.wake(&mut self.context);
        }
        self.drain();
    }

    fn drain(&mut self) {
        self.executor.drain(&mut self.context);
        assert!(self.executor.take_uncaught().is_empty());
    }

    fn eval(&mut self, source: &str) -> JsValue {
        let value = self.context.eval(Source::from_bytes(source));
        let value = value.unwrap_or_else(|error| panic!("{source}: {error}"));
        self.drain();
        value
    }

    /// What a script with `stream` has put into the global `seen`, joined.
    fn seen(&mut self) -> String {
        text(&self.eval("globalThis.seen.join(' ')"))
    }

    fn run(&mut self, stream: &JsObject, script: &str) {
        let function = self.eval(&format!("globalThis.seen = []; (stream) => {{ {script} }}"));
        let function = function.as_object().unwrap();
        let stream = stream.clone().into();
        function.call(&JsValue::undefined(), &[stream], &mut self.context).unwrap();
        self.drain();
    }

    fn log(&self) -> String {
        self.ends.borrow().log.join(", ")
    }
}

fn bytes(text: &str) -> Taken {
    Taken::Bytes(text.as_bytes().to_vec())
}

const READ_ALL: &str = "(async () => {
    try {
        for await (const chunk of stream) seen.push(String.fromCharCode(...chunk));
        seen.push('end');
    } catch (error) { seen.push('failed', error) }
})()";

#[test]
fn a_reader_gets_bytes_as_they_come() {
    let mut world = World::new();
    let stream = world.stream();
    world.ends.borrow_mut().answers.push_back(bytes("early"));
    world.run(&stream, READ_ALL);
    assert_eq!(world.seen(), "early");
    world.come(bytes("late"));
    assert_eq!(world.seen(), "early late");
    world.come(Taken::End);
    assert_eq!(world.seen(), "early late end");
    assert!(world.ends.borrow().source_waker.is_none());
}

#[test]
fn nothing_is_taken_before_somebody_reads() {
    let mut world = World::new();
    let _stream = world.stream();
    world.come(bytes("x"));
    assert_eq!(world.ends.borrow().answers.len(), 1);
}

#[test]
fn what_fails_a_source_fails_its_reader() {
    let mut world = World::new();
    let stream = world.stream();
    world.run(&stream, READ_ALL);
    world.come(Taken::Failed(js_string!("broken").into()));
    assert_eq!(world.seen(), "failed broken");
}

#[test]
fn a_buffer_of_the_reader_is_filled() {
    let mut world = World::new();
    let stream = world.stream();
    world.run(
        &stream,
        "const reader = stream.getReader({ mode: 'byob' });
        const read = async () => {
            const { value, done } = await reader.read(new Uint8Array(3), { min: 2 });
            seen.push(done, String.fromCharCode(...value));
            if (!done) read();
        };
        read();",
    );
    world.come(bytes("a"));
    assert_eq!(world.seen(), "");
    world.come(bytes("bcd"));
    assert_eq!(world.seen(), "false abc");
    world.come(bytes("e"));
    assert_eq!(world.seen(), "false abc false de");
    world.come(Taken::End);
    assert_eq!(world.seen(), "false abc false de true ");
}

#[test]
fn cancelling_tells_the_source() {
    let mut world = World::new();
    let stream = world.stream();
    world.run(&stream, "stream.cancel('enough')");
    assert_eq!(world.log(), "cancel enough");
}

#[test]
fn an_untouched_stream_gives_its_source_back() {
    let mut world = World::new();
    let stream = world.stream();
    assert!(!is_locked(&stream) && !is_disturbed(&stream));
    assert!(take_source(&stream, &mut world.context).is_some());
    assert!(is_locked(&stream) && is_disturbed(&stream));
    assert!(take_source(&stream, &mut world.context).is_none());
    for touch in ["stream.getReader()", "stream.cancel()", "stream.getReader().read()"] {
        let stream = world.stream();
        world.run(&stream, touch);
        assert!(take_source(&stream, &mut world.context).is_none(), "{touch}");
    }
    let scripted = world.eval("new streams.ReadableStream({ type: 'bytes' })").as_object().unwrap();
    assert!(take_source(&scripted, &mut world.context).is_none());
}

#[test]
fn a_pump_waits_for_both_ends() {
    let mut world = World::new();
    let (source, sink) = (world.source(), world.sink(3));
    world.ends.borrow_mut().answers.extend([bytes("ab"), bytes("cd"), bytes("ef")]);
    pump(source, sink, &mut world.context);
    assert_eq!(world.log(), "ab, cd");
    world.make_room(1);
    assert_eq!(world.log(), "ab, cd, ef");
    world.make_room(10);
    world.come(bytes("gh"));
    world.come(Taken::End);
    assert_eq!(world.log(), "ab, cd, ef, gh, end");
}

#[test]
fn a_sink_that_goes_cancels_and_a_source_that_fails_aborts() {
    let mut world = World::new();
    let (source, sink) = (world.source(), world.sink(9));
    pump(source, sink, &mut world.context);
    world.ends.borrow_mut().is_gone = true;
    world.make_room(0);
    assert_eq!(world.log(), "cancel gone");
    let mut world = World::new();
    let (source, sink) = (world.source(), world.sink(9));
    pump(source, sink, &mut world.context);
    world.come(Taken::Failed(js_string!("broken").into()));
    assert_eq!(world.log(), "abort broken");
}

#[test]
fn a_scripts_stream_goes_into_a_sink_as_fast_as_that_takes_it() {
    let mut world = World::new();
    let stream = world.eval(
        "globalThis.pulls = 0; new streams.ReadableStream({ pull(controller) {
            pulls += 1;
            if (pulls < 4) controller.enqueue(`chunk${pulls}`); else controller.close();
        } })",
    );
    let sink = world.sink(6);
    pipe_to_sink(&stream.as_object().unwrap(), sink, &mut world.context).unwrap();
    world.drain();
    assert_eq!(world.log(), "chunk1");
    world.make_room(12);
    assert_eq!(world.log(), "chunk1, chunk2, chunk3");
    world.make_room(1);
    assert_eq!(world.log(), "chunk1, chunk2, chunk3, end");
}

#[test]
fn a_sink_that_goes_cancels_a_scripts_stream_which_waits() {
    let mut world = World::new();
    let stream = world.eval(
        "globalThis.seen = [];
        new streams.ReadableStream({ cancel(reason) { seen.push('cancelled', reason) } })",
    );
    let sink = world.sink(6);
    pipe_to_sink(&stream.as_object().unwrap(), sink, &mut world.context).unwrap();
    world.drain();
    world.ends.borrow_mut().is_gone = true;
    world.make_room(0);
    assert_eq!(world.seen(), "cancelled gone");
}

#[test]
fn a_chunk_that_is_no_bytes_fails_both_ends() {
    let mut world = World::new();
    let stream = world.eval(
        "globalThis.seen = []; new streams.ReadableStream({
            start(controller) { controller.enqueue(() => 1) },
            cancel(reason) { seen.push('cancelled') },
        })",
    );
    let sink = world.sink(6);
    pipe_to_sink(&stream.as_object().unwrap(), sink, &mut world.context).unwrap();
    world.drain();
    assert!(world.log().starts_with("abort"), "{}", world.log());
    assert_eq!(world.seen(), "cancelled");
}

#[test]
fn a_stream_is_collected_up_to_a_limit() {
    for (max, expected) in [(5, "Ok(5)"), (4, "failed")] {
        let mut world = World::new();
        let whole = Whole::part(std::sync::Arc::from(&b"1234567"[..]), 1, 6);
        let stream = readable_from(Box::new(whole), &mut world.context).unwrap();
        let found = Rc::new(RefCell::new(String::new()));
        let found_by = found.clone();
        let then = move |result: Result<Vec<u8>, JsValue>, _: &mut Context| {
            *found_by.borrow_mut() = match result {
                Ok(bytes) => format!("Ok({})", bytes.len()),
                Err(_) => "failed".to_owned(),
            };
        };
        collect(&stream, max, then, &mut world.context).unwrap();
        world.drain();
        assert_eq!(*found.borrow(), expected);
    }
}

#[test]
fn a_stream_that_is_garbage_lets_go_of_its_source() {
    let mut world = World::new();
    let source = world.source();
    let stream = readable_from(source, &mut world.context).unwrap();
    assert_eq!(Rc::strong_count(&world.ends), 2);
    drop(stream);
    world.drain();
    boa_gc::force_collect();
    assert_eq!(Rc::strong_count(&world.ends), 1);
}
