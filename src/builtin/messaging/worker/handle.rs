//! `Worker`: what whoever starts one has of it.
//!
//! Specs: <https://html.spec.whatwg.org/#worker>, and what
//! <https://nodejs.org/api/worker_threads.html#class-worker> adds.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsValue, Trace, js_string,
};

use super::launch::{End, Launch, Launcher, Stop};
use super::news::{Failure, News, NewsInbox, tell};
use super::options::{Options, read_options};
use super::scope::{self, Setup};
use super::source::Source;
use crate::builtin::dom::event::{close_event, error_event, simple_event};
use crate::builtin::dom::event_target::{self, EventTarget, fire, handler_attribute};
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::late_import::LOAD;
use crate::builtin::messaging::inbox::{Taken, channel};
use crate::builtin::messaging::port::{self, Starts};
use crate::builtin::messaging::post::{post, transferred};
use crate::builtin::messaging::receivers::receivers;
use crate::builtin::process::ProgramArguments;
use crate::builtin::structured_clone::{Transfer, read, write};
use crate::js::argument::{illegal_invocation, prototype_for, require_arguments};
use crate::js::interface::{Interface, Op, namespace};
use crate::limits::SCRIPT_WORKERS_MAX;

pub(in crate::builtin) const OPS: &[Op] = &[("classes", 0, classes), scope::OPS[0], LOAD];

/// Workers that have not ended, of all threads.
static RUNNING: AtomicUsize = AtomicUsize::new(0);
/// The number of the last one.
static LAST: AtomicU32 = AtomicU32::new(0);

/// The data of a `Worker`, in its `EventTarget`.
#[derive(Trace, Finalize, JsData)]
struct Worker {
    /// The port that its messages go through. Events are fired at the worker.
    port: JsObject,
    #[unsafe_ignore_trace]
    news: NewsInbox,
    receiver: u64,
    #[unsafe_ignore_trace]
    stop: Option<StopOnDrop>,
    id: u32,
    /// Whether it keeps the program alive until it ends.
    is_referenced: bool,
    /// Its exit code.
    ended: Option<u8>,
    /// Promises of `terminate`.
    waiting: Vec<ResolvingFunctions>,
}

/// A worker ends with whoever has started it.
struct StopOnDrop(Stop);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        (self.0)(End::Now(TERMINATED));
    }
}

/// Node's exit code of a worker that was terminated.
const TERMINATED: u8 = 1;

const CLASS: Interface = Interface {
    name: "Worker",
    length: 1,
    constructor: construct,
    methods: &[
        ("postMessage", 1, |this, arguments, context| {
            let port = with(this, |worker| worker.port.clone())?;
            // One that has ended hears nothing, as in browsers.
            post(&port, arguments, context)?;
            Ok(JsValue::undefined())
        }),
        ("terminate", 0, terminate),
        ("ref", 0, |this, _, _| set_referenced(this, true)),
        ("unref", 0, |this, _, _| set_referenced(this, false)),
    ],
    statics: &[],
    accessors: &[
        handler_attribute!("message", |this| with(this, |_| ())),
        handler_attribute!("messageerror", |this| with(this, |_| ())),
        handler_attribute!("error", |this| with(this, |_| ())),
        handler_attribute!("open", |this| with(this, |_| ())),
        handler_attribute!("close", |this| with(this, |_| ())),
        // Node: -1 once it has ended.
        (
            "threadId",
            |this, _, _| {
                with(this, |worker| match worker.ended {
                    Some(_) => JsValue::from(-1),
                    None => JsValue::from(worker.id),
                })
            },
            None,
        ),
    ],
    constants: &[],
    shown: &["threadId"],
};

fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let parent = event_target::class(context).cloned();
    let class = CLASS.build(parent.as_ref(), context);
    namespace(&[("Worker", class)], context)
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| JsObject::with_object_proto(context.intrinsics());
    let prototype = prototype_for(new_target, "Worker", default, context)?;
    require_arguments(arguments, &["url"], context)?;
    let options = read_options(arguments.get_or_undefined(1), context)?;
    let source = Source::of(&arguments[0], options.is_code, context)?;
    let data = match &options.data {
        Some(data) => {
            let values = transferred(&options.transfer, context)?;
            Some(write(data, Transfer::new(&values, context)?, context)?)
        }
        None => None,
    };
    if RUNNING.load(Ordering::Relaxed) >= SCRIPT_WORKERS_MAX {
        let message = format!(
            "{SCRIPT_WORKERS_MAX} workers are running, and no more may: terminate() those that are not \
             needed, or give them more to do"
        );
        return Err(dom_exception("QuotaExceededError", &message, context));
    }
    let [end, theirs] = channel();
    let port = port::adopt(end, context)?;
    let id = LAST.fetch_add(1, Ordering::Relaxed) + 1;
    let news = NewsInbox::default();
    let worker = Worker {
        port: port.clone(),
        news: news.clone(),
        receiver: 0,
        stop: None,
        id,
        is_referenced: !options.is_unreferenced,
        ended: None,
        waiting: Vec::new(),
    };
    let object = JsObject::new(context.root_shape(), prototype, EventTarget::with_inner(worker));
    let object = object.upcast();
    port::change(&port, |port| {
        (port.starts, port.also) = (Starts::Now, Some(object.clone()));
        port.is_referenced = false;
    });
    if let Some(receivers) = receivers(context) {
        let receiver = receivers.add(object.clone());
        news.belong_to(receivers.mailbox.clone(), receiver);
        change(&object, |worker| worker.receiver = receiver);
    }
    let name = options.name.clone();
    let loop_max = options.loop_max;
    let setup = Setup { end: theirs, news: news.clone(), name, id, data, loop_max };
    match start(source, options, setup, context) {
        Ok(stop) => drop(change(&object, |worker| worker.stop = Some(StopOnDrop(stop)))),
        // As in browsers, and in Node.js: it is an event of the worker.
        Err(error) => fail(&news, &error, context),
    }
    Ok(object.into())
}

/// Starts the thread of a worker.
fn start(source: Source, options: Options, setup: Setup, context: &mut Context) -> JsResult<Stop> {
    let (path, text) = source.read(context)?;
    let known = context.get_data::<ProgramArguments>().cloned().unwrap_or_default();
    let file =
        if path.is_file() { path.clone() } else { path.file_name().unwrap_or_default().into() };
    let arguments = ProgramArguments { file, args: options.arguments, ..known };
    let news = setup.news.clone();
    let launch = Launch {
        name: format!("worker {}", setup.id),
        arguments,
        path,
        text,
        prepare: Box::new(move |context| {
            if let Err(error) = scope::prepare(setup, context) {
                log::error!("a worker cannot be prepared: {error}");
            }
        }),
        ended: Box::new(move |code, is_lost| {
            RUNNING.fetch_sub(1, Ordering::Relaxed);
            if is_lost {
                tell(&news, News::Failed(Box::new(Failure::lost())));
            }
            tell(&news, News::Ended(code));
        }),
    };
    let Some(Launcher(launcher)) = context.get_data::<Launcher>().cloned() else {
        return Err(dom_exception("NotSupportedError", "there is no loop", context));
    };
    RUNNING.fetch_add(1, Ordering::Relaxed);
    launcher(launch).map_err(|error| {
        RUNNING.fetch_sub(1, Ordering::Relaxed);
        let message = format!("a worker's thread cannot be started: {error}");
        dom_exception("OperationError", &message, context)
    })
}

/// A worker that could not be started says so as one that has failed.
fn fail(news: &NewsInbox, error: &JsError, context: &mut Context) {
    let failure = Failure::of(error, context);
    tell(news, News::Failed(Box::new(failure)));
    tell(news, News::Ended(1));
}

fn terminate(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (ended, port) = with(this, |worker| (worker.ended, worker.port.clone()))?;
    if let Some(code) = ended {
        return Ok(JsPromise::resolve(JsValue::from(code), context)?.into());
    }
    let Some(receivers) = receivers(context) else { return Ok(JsValue::undefined()) };
    // What it has sent and nobody was given is dropped.
    drop(port::take(&port, context));
    let (promise, functions) = JsPromise::new_pending(context);
    if let Some(object) = this.as_object() {
        change(&object, |worker| {
            worker.waiting.push(functions);
            if worker.waiting.len() == 1 {
                receivers.give_up_later(worker.receiver);
            }
            if let Some(StopOnDrop(stop)) = &worker.stop {
                stop(End::Now(TERMINATED));
            }
        });
    }
    Ok(promise.into())
}

fn set_referenced(this: &JsValue, is_referenced: bool) -> JsResult<JsValue> {
    with(this, |_| ())?;
    if let Some(object) = this.as_object() {
        change(&object, |worker| worker.is_referenced = is_referenced);
    }
    Ok(JsValue::undefined())
}

fn with<R>(this: &JsValue, read: impl FnOnce(&Worker) -> R) -> JsResult<R> {
    let object = this.as_object();
    let target = object.as_ref().and_then(JsObject::downcast_ref::<EventTarget>);
    let worker = target.as_ref().and_then(|target| target.inner::<Worker>());
    worker.map(read).ok_or_else(|| illegal_invocation("Worker"))
}

fn change<R>(object: &JsObject, change: impl FnOnce(&mut Worker) -> R) -> Option<R> {
    object.downcast_mut::<EventTarget>()?.inner_mut::<Worker>().map(change)
}

/// Whether this is a `Worker`.
pub(in crate::builtin::messaging) fn is_worker(object: &JsObject) -> bool {
    with(&object.clone().into(), |_| ()).is_ok()
}

/// Whether it keeps the program alive.
pub(in crate::builtin::messaging) fn keeps_alive(object: &JsObject) -> bool {
    let this = object.clone().into();
    with(&this, |worker| worker.is_referenced && worker.ended.is_none()).unwrap_or(false)
}

/// Whether it is a worker that runs.
pub(in crate::builtin::messaging) fn is_running(object: &JsObject) -> bool {
    with(&object.clone().into(), |worker| worker.ended.is_none()).unwrap_or(false)
}

/// Has a worker end as after a signal.
pub(in crate::builtin::messaging) fn shut_down(object: &JsObject, signal: i32) {
    change(object, |worker| {
        if let Some(StopOnDrop(stop)) = &worker.stop {
            stop(End::Politely(signal));
        }
    });
}

/// An error of a worker that nobody listens for.
pub struct Unheard {
    /// What was thrown.
    pub error: JsValue,
    /// What is printed of it.
    pub text: String,
}

/// Hands out the next news of a worker: whether anybody was called, and the error that nobody has
/// heard.
pub(in crate::builtin::messaging) fn deliver(
    object: &JsObject,
    context: &mut Context,
) -> (bool, Option<Unheard>) {
    let this = JsValue::from(object.clone());
    let Ok(Taken::Message(news)) = with(&this, |worker| worker.news.take()) else {
        return (false, None);
    };
    match news {
        News::Online => fire(object, &simple_event(js_string!("open"), context), context),
        News::Failed(failure) => return (true, failed(object, *failure, context)),
        News::Ended(code) => ended(object, code, context),
    }
    (true, None)
}

/// A worker that was to end has not: it is taken for ended, so that nobody waits for ever.
pub(in crate::builtin::messaging) fn give_up(object: &JsObject) {
    let this = JsValue::from(object.clone());
    let Ok((news, id)) = with(&this, |worker| (worker.news.clone(), worker.id)) else { return };
    log::warn!(
        "worker {id} does not end: it is in a loop, which cannot be interrupted, and goes on until \
         the process ends"
    );
    tell(&news, News::Ended(TERMINATED));
}

fn failed(object: &JsObject, failure: Failure, context: &mut Context) -> Option<Unheard> {
    // It was told to stop: nobody wants to hear why it has.
    if with(&object.clone().into(), |worker| !worker.waiting.is_empty()).unwrap_or(true) {
        return None;
    }
    let Failure { value, at, text } = failure;
    let error = value.and_then(|form| read(form, context).ok()).map(|read| read.value);
    let error = error.unwrap_or_else(|| js_string!(&*at.message).into());
    if EventTarget::is_heard(object, "error") {
        fire(object, &error_event(&at, error, context), context);
        return None;
    }
    Some(Unheard { error, text })
}

fn ended(object: &JsObject, code: u8, context: &mut Context) {
    let parts = change(object, |worker| {
        worker.ended = Some(code);
        worker.stop = None;
        (worker.port.clone(), worker.receiver, std::mem::take(&mut worker.waiting))
    });
    let Some((port, receiver, waiting)) = parts else { return };
    drop(port::take(&port, context));
    if let Some(receivers) = receivers(context) {
        receivers.remove(receiver);
    }
    for promise in waiting {
        // A resolving function of the engine does not throw.
        drop(promise.resolve.call(&JsValue::undefined(), &[code.into()], context));
    }
    let event = close_event(u16::from(code), js_string!(), code == 0, context);
    fire(object, &event, context);
}
