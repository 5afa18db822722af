//! What the step into JavaScript costs: `cargo bench -p krandog-step`.
#![expect(clippy::unwrap_used, reason = "a benchmark that goes wrong has nothing to report")]

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsObject, JsValue, Source, js_string};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use krandog::builtin;
use krandog::builtin::dom::event::message_event;
use krandog::builtin::dom::event_target;
use krandog::builtin::http::Handler;
use krandog::host::Host;
use krandog::js::convert::js_string_from_checked;
use krandog::js::executor::Executor;
use krandog::js::frame;
use krandog::net::reactor::Reactor;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A JavaScript world as the runtime builds it.
fn world() -> Context {
    let executor = Rc::new(Executor::default());
    let mut context = Context::builder().job_executor(executor).build().unwrap();
    let host = Rc::new(RefCell::new(Host::new(&Reactor::new().unwrap()).unwrap()));
    builtin::install(host, &mut context).unwrap();
    context
}

fn function(source: &str, context: &mut Context) -> JsFunction {
    context.eval(Source::from_bytes(source)).unwrap().as_function().unwrap()
}

/// The engine's own part: a call of a function that does nothing.
#[divan::bench]
fn call_from_rust(bencher: Bencher<'_, '_>) {
    let mut context = world();
    let empty = function("(() => {})", &mut context);
    bencher.bench_local(|| empty.call(&JsValue::undefined(), &[], &mut context).unwrap());
}

/// The same for a listener, whose exceptions must leave the stack in order.
#[divan::bench]
fn framed_call_from_rust(bencher: Bencher<'_, '_>) {
    let mut context = world();
    let empty = function("(() => {})", &mut context);
    bencher.bench_local(|| {
        let undefined = JsValue::undefined();
        frame::call(&empty, undefined.clone(), [undefined], &mut context).unwrap()
    });
}

/// A message to a handler that reads all it is handed, and keeps it or not.
#[divan::bench(args = [
    "(req) => {}",
    "(req) => { const { type, ws, data, pathname } = req; }",
    "(req) => { const { type, ws, data, pathname } = req; globalThis.kept = req; }",
])]
fn message_to_handler(bencher: Bencher<'_, '_>, source: &str) {
    let mut context = world();
    let handler = function(&format!("({source})"), &mut context);
    let handler = Handler::new(handler, &mut context).unwrap();
    let socket = JsObject::with_object_proto(context.intrinsics());
    let data = JsValue::from(js_string!("thirty-two bytes of text, as ever"));
    bencher.bench_local(|| handler.call(&socket, data.clone(), &mut context).unwrap());
}

/// A message to a listener: the event, and its way to the callback.
#[divan::bench]
fn message_event_to_listener(bencher: Bencher<'_, '_>) {
    let mut context = world();
    let source = "const target = new EventTarget(); \
                  target.addEventListener('message', ({ data }) => data); target";
    let target = context.eval(Source::from_bytes(source)).unwrap().as_object().unwrap();
    let data = JsValue::from(js_string!("thirty-two bytes of text, as ever"));
    bencher.bench_local(|| {
        let event = message_event(data.clone(), js_string!(), &context);
        let errors = event_target::dispatch(&target, &event, &mut context);
        assert!(errors.is_empty());
    });
}

/// The bytes of a text become a string of the engine's.
#[divan::bench(args = [32, 1024, 65_536])]
fn text_to_string(bencher: Bencher<'_, '_>, size: usize) {
    let text = vec![b'a'; size];
    bencher.counter(BytesCount::new(size)).bench_local(|| js_string_from_checked(black_box(&text)));
}

/// A chat message, a position in a game, and a list of fifty of those.
fn json_text(which: &str) -> String {
    let position = r#"{"id":17,"x":-12.5,"y":903.25,"alive":true,"name":"alice"}"#;
    match which {
        "chat" => {
            r#"{"type":"chat","room":"lobby","user":"alice","text":"hello, all of you","n":41}"#
                .to_owned()
        }
        "position" => position.to_owned(),
        _ => format!("[{}]", [position; 50].join(",")),
    }
}

/// `JSON.parse` or `JSON.stringify`, called from Rust as a native function is from a script.
fn json_function(bencher: Bencher<'_, '_>, name: &str, mut context: Context, which: &str) {
    let json = context.intrinsics().objects().json();
    let function = json.get(js_string!(name), &mut context).unwrap().as_function().unwrap();
    let mut argument = JsValue::from(js_string!(json_text(which)));
    if name == "stringify" {
        let parse = json.get(js_string!("parse"), &mut context).unwrap().as_function().unwrap();
        argument = parse.call(&JsValue::undefined(), &[argument], &mut context).unwrap();
    }
    let arguments = [argument];
    bencher.bench_local(|| function.call(&JsValue::undefined(), &arguments, &mut context).unwrap());
}

const TEXTS: [&str; 3] = ["chat", "position", "list"];

#[divan::bench(args = TEXTS)]
fn json_parse(bencher: Bencher<'_, '_>, which: &str) {
    json_function(bencher, "parse", world(), which);
}

#[divan::bench(args = TEXTS)]
fn json_parse_of_the_engine(bencher: Bencher<'_, '_>, which: &str) {
    json_function(bencher, "parse", Context::default(), which);
}

#[divan::bench(args = TEXTS)]
fn json_stringify(bencher: Bencher<'_, '_>, which: &str) {
    json_function(bencher, "stringify", world(), which);
}

#[divan::bench(args = TEXTS)]
fn json_stringify_of_the_engine(bencher: Bencher<'_, '_>, which: &str) {
    json_function(bencher, "stringify", Context::default(), which);
}

/// The microtask checkpoint when nothing is queued, which follows every callback.
#[divan::bench]
fn empty_checkpoint(bencher: Bencher<'_, '_>) {
    let mut context = world();
    let executor = context.downcast_job_executor::<Executor>().unwrap();
    bencher.bench_local(|| executor.drain(black_box(&mut context)));
}
