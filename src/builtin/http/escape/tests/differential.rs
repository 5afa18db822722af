//! Random handlers, each run with the one object that is used again and with a new one for each
//! message: where the analysis lets a handler have the one, no script can notice a difference.

use std::rc::Rc;
use std::thread;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsObject, JsResult, JsValue, Source, js_string};

use super::handlers::Handlers;
use crate::builtin::http::escape::only_reads;
use crate::builtin::http::message::{self, FIELDS, Handler};
use crate::builtin::http::request::HTTP_FIELDS;
use crate::js::executor::Executor;
use crate::js::frame;

/// What handlers can reach, and what becomes of what they leave there.
const WORLD: &str = r"
var g0, g1, kept, waiting, lines, described, key = 'data';
var id = (value) => value;
// What is kept in a variable must not double each time that it is read and assigned.
var cut = (value) => typeof value === 'string' ? value.slice(0, 50)
    : Array.isArray(value) || value?.constructor === Object ? typeof value : value;
var log = (value) => { lines.push(describe(value)); };
var keep = (value) => { if (kept.length < 40) kept.push(value); return kept.length; };
var later = (run) => { if (waiting.length < 40) waiting.push(run); };
var tag = (strings, ...values) => (kept.push(...values.slice(0, 3)), strings.raw.join('|'));
var structure = (value) => Object.getOwnPropertyNames(value).length;
var Box = class { constructor(value) { this.value = value; } };
var self = function () {};
var sockets = ['a', 'b'].map((name) => ({
    name,
    send(value) { lines.push(`${name} < ${describe(value)}`); return true; },
}));
var messages = [[0, 'one'], [0, 'two two'], [1, ''], [0, new Uint8Array([1, 2])],
    [1, 'long '.repeat(60)], [1, 'last']];

function describe(value, depth = 0) {
    // A getter may set going what describes its object again.
    if (++described > 1000) return 'enough';
    if (value === globalThis) return 'global';
    if (sockets.includes(value)) return `socket ${value.name}`;
    if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
    if (typeof value === 'function') return called(value, depth);
    if (typeof value !== 'object' || value === null) return String(value);
    if (depth > 3) return '...';
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (value instanceof Promise) return 'promise';
    if (ArrayBuffer.isView(value)) return `bytes ${value.join()}`;
    if (Array.isArray(value)) {
        return `[${value.slice(0, 10).map((item) => describe(item, depth + 1))}]`;
    }
    // A generator goes on where it is.
    if (typeof value.next === 'function') return called(() => value.next().value, depth);
    const names = 'ws' in value ? ['type', 'ws', 'data', 'pathname'] : Object.keys(value);
    const methods = Object.getPrototypeOf(value) === Object.prototype || value instanceof Box
        ? [] : ['m', 'v', 'f'];
    return `{${[...names.slice(0, 10), ...methods].map((name) => {
        try {
            return `${name}: ${describe(value[name], depth + 1)}`;
        } catch (error) {
            return `${name} throws ${describe(error, depth + 1)}`;
        }
    })}}`;
}

function called(run, depth) {
    if (depth > 2 || /^class/.test(String(run)) || run === Box) return 'class';
    try {
        return `() => ${describe(run(), depth + 1)}`;
    } catch (error) {
        return `() throws ${describe(error, depth + 1)}`;
    }
}

function begin() { g0 = g1 = 0; kept = []; waiting = []; lines = []; described = 0; }
function returned(value) { lines.push(`returned ${describe(value)}`); }
function threw(value) { lines.push(`threw ${describe(value)}`); }
function runWaiting() { for (const run of waiting.splice(0)) lines.push(called(run, 0)); }
function end() {
    runWaiting();
    for (const value of kept.slice(0, 40)) lines.push(describe(value));
    lines.push(describe(g0), describe(g1));
    return lines.slice(0, 400).join('\n');
}
";

/// One JavaScript world, in which handlers run one after another.
struct World {
    context: Context,
    messages: Vec<(JsObject, JsValue)>,
}

impl World {
    fn new() -> Self {
        let executor = Rc::new(Executor::default());
        let mut context = Context::builder().job_executor(executor).build().unwrap();
        context.runtime_limits_mut().set_recursion_limit(60);
        context.runtime_limits_mut().set_loop_iteration_limit(2_000);
        message::install(&mut context).unwrap();
        context.eval(Source::from_bytes(WORLD)).unwrap();
        let mut value = |text: &str| context.eval(Source::from_bytes(text)).unwrap();
        let messages = (0..6).map(|at| {
            let socket = value(&format!("sockets[messages[{at}][0]]")).as_object().unwrap();
            (socket, value(&format!("messages[{at}][1]")))
        });
        let messages = messages.collect();
        Self { context, messages }
    }

    /// Everything that is to be seen of a handler that gets these messages.
    fn observe(&mut self, source: &str, lets_go: bool) -> String {
        let (source, messages) = (format!("({source})"), self.messages.clone());
        let observe = move |context: &mut Context| observe(&source, lets_go, &messages, context);
        frame::within(observe, &mut self.context).unwrap_or_else(|error| error.to_string())
    }
}

fn observe(
    source: &str,
    lets_go: bool,
    messages: &[(JsObject, JsValue)],
    context: &mut Context,
) -> JsResult<String> {
    call("begin", &[], context)?;
    let function = context.eval(Source::from_bytes(source))?.as_function();
    let handler = Handler::judged(function.unwrap(), lets_go);
    for (at, (socket, data)) in messages.iter().enumerate() {
        match handler.call(socket, data.clone(), context) {
            Ok(value) => call("returned", &[value], context)?,
            Err(error) if error.as_engine().is_some() => {
                call("threw", &[js_string!("limit").into()], context)?
            }
            Err(error) => {
                let thrown = error.into_opaque(context)?;
                call("threw", &[thrown], context)?
            }
        };
        run_jobs(context);
        if at == 2 {
            call("runWaiting", &[], context)?;
        }
    }
    let seen = call("end", &[], context)?.to_string(context)?.to_std_string_lossy();
    // What the end has set going is not to be seen by the next handler.
    run_jobs(context);
    Ok(seen)
}

/// The microtask checkpoint. What jobs throw is not looked at.
fn run_jobs(context: &mut Context) {
    let executor = context.downcast_job_executor::<Executor>().unwrap();
    while !executor.is_empty() {
        executor.drain(context);
        drop(executor.take_uncaught());
    }
}

fn call(name: &str, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let function: JsFunction =
        context.global_object().get(js_string!(name), context)?.as_function().unwrap();
    function.call(&JsValue::undefined(), arguments, context)
}

/// How many handlers were run, how many of them `accepts` let have the one object, and those of
/// them that showed a difference.
struct Tally {
    accepted: usize,
    different: Vec<String>,
}

fn compare(handlers: usize, accepts: fn(&str) -> bool) -> Tally {
    // Natives that call back nest on the native stack, and those of a debug build take much of it.
    let compare = move || compare_here(handlers, accepts);
    thread::Builder::new().stack_size(64 << 20).spawn(compare).unwrap().join().unwrap()
}

fn compare_here(handlers: usize, accepts: fn(&str) -> bool) -> Tally {
    let (mut world, mut random) = (World::new(), Handlers::new(8));
    let mut tally = Tally { accepted: 0, different: Vec::new() };
    for _ in 0..handlers {
        let source = random.next();
        if !accepts(&source) {
            continue;
        }
        tally.accepted += 1;
        let (new, reused) = (world.observe(&source, false), world.observe(&source, true));
        if new != reused {
            tally.different.push(format!("{source}\n-- new --\n{new}\n-- reused --\n{reused}"));
        }
    }
    tally
}

fn accepts(source: &str) -> bool {
    only_reads(source, &[&FIELDS[..], &HTTP_FIELDS[..], &["params"]].concat())
}

#[test]
fn handlers_that_let_go_cannot_tell_the_one_object_from_new_ones() {
    let tally = compare(4_000, accepts);
    assert!(tally.different.is_empty(), "{}", tally.different[0]);
    assert!(tally.accepted > 1_000, "only {} of 4000 handlers are accepted", tally.accepted);
}

/// An analysis that finds nothing is found out.
#[test]
fn without_the_analysis_handlers_can_tell() {
    let tally = compare(500, |_| true);
    assert!(tally.different.len() > 50, "only {} handlers can tell", tally.different.len());
}

/// So is one that overlooks a single thing: here, that requests inherit what is no field.
#[test]
fn an_analysis_that_takes_an_inherited_property_for_a_field_is_found_out() {
    let tally = compare(4_000, |source| {
        let fields = [&FIELDS[..], &HTTP_FIELDS[..], &["params", "constructor"]].concat();
        only_reads(source, &fields) && !accepts(source)
    });
    assert!(!tally.different.is_empty());
}
