//! The processes that test files run in: a thread for each waits until it has ended or its time is
//! over, and collects what it has told and printed. Each has a group of its own, so that what it has
//! started ends with it where it is ended.

use std::io::{self, ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use rustix::process::{Pid, Signal, kill_process_group};

use super::output::Output;
use crate::builtin::process::ProgramArguments;
use crate::errno::describe;
use crate::js::error::type_error;
use crate::js::ops;
use crate::limits::{TEST_LOOK_MS, TEST_OUTPUT_WAIT_MS, TEST_REPORT_BYTES_MAX};
use crate::net::reactor::monotonic_clock;

/// The processes that were started; `Context` data, once one was.
struct Children {
    ended: Arc<Mutex<Receiver<Ended>>>,
    sender: Sender<Ended>,
    /// Set when all are to end.
    ends: Arc<AtomicBool>,
}

/// What is to be run.
struct Job {
    program: PathBuf,
    arguments: Vec<String>,
    number: u32,
    timeout: Option<Duration>,
}

/// What became of a file.
struct Ended {
    number: u32,
    /// How it ended; why it did not begin.
    status: Result<ExitStatus, String>,
    why: Why,
    /// What it has told, a line of JSON for each thing.
    report: Vec<u8>,
    out: String,
    err: String,
    took: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Itself,
    Timeout,
    TooMuch,
    Asked,
}

/// `startFile({number, timeout, arguments})`: runs this program with these arguments.
pub(super) fn start_file(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0).to_object(context)?;
    let number = given.get(js_string!("number"), context)?.to_u32(context)?;
    let timeout = given.get(js_string!("timeout"), context)?.to_number(context)?;
    let list = given.get(js_string!("arguments"), context)?;
    let list = list.as_object().ok_or_else(|| type_error("not an array"))?;
    let list = JsArray::from_object(list)?;
    let mut words = Vec::new();
    for index in 0..list.length(context)? {
        words.push(list.get(index, context)?.to_string(context)?.to_std_string_lossy());
    }
    let program = context.get_data::<ProgramArguments>().map(|given| given.exec_path.clone());
    let job = Job {
        program: program.unwrap_or_default(),
        arguments: words,
        number,
        timeout: Duration::try_from_secs_f64(timeout / 1000.0).ok(),
    };
    let children = children(context);
    let (sender, ends) = (children.sender.clone(), children.ends.clone());
    let started = thread::Builder::new().spawn({
        let sender = sender.clone();
        move || drop(sender.send(run(&job, &ends)))
    });
    if let Err(error) = started {
        drop(sender.send(Ended::never(number, describe(&error))));
    }
    Ok(JsValue::undefined())
}

/// `nextFile()`: a promise for what became of the next file that ends.
pub(super) fn next_file(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let ended = children(context).ended.clone();
    let wait = move || ended.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    Ok(ops::spawn(wait, to_value, context).into())
}

/// `endFiles()`: all that run are to end.
pub(super) fn end_files(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    children(context).ends.store(true, Ordering::Relaxed);
    Ok(JsValue::undefined())
}

fn children(context: &mut Context) -> &Children {
    if !context.has_data::<Children>() {
        let (sender, ended) = mpsc::channel();
        let ended = Arc::new(Mutex::new(ended));
        context.insert_data(Children { ended, sender, ends: Arc::default() });
    }
    crate::builtin::context_data::installed::<Children>(context)
}

/// `{number, code, signal, problem, why, report, out, err, took}`
fn to_value(ended: Option<Ended>, context: &mut Context) -> JsResult<JsValue> {
    let Some(ended) = ended else { return Ok(JsValue::undefined()) };
    let object = JsObject::with_object_proto(context.intrinsics());
    let mut set = |name: &str, value: JsValue| {
        object.create_data_property_or_throw(js_string!(name), value, context).map(drop)
    };
    set("number", ended.number.into())?;
    match ended.status {
        Ok(status) => {
            set("code", status.code().map_or(JsValue::null(), JsValue::from))?;
            set("signal", status.signal().map_or(JsValue::null(), JsValue::from))?;
        }
        Err(problem) => set("problem", js_string!(problem).into())?,
    }
    let why = match ended.why {
        Why::Itself => "itself",
        Why::Timeout => "timeout",
        Why::TooMuch => "too much",
        Why::Asked => "asked",
    };
    set("why", js_string!(why).into())?;
    set("report", js_string!(&*String::from_utf8_lossy(&ended.report)).into())?;
    set("out", js_string!(ended.out).into())?;
    set("err", js_string!(ended.err).into())?;
    set("took", (ended.took.as_secs_f64() * 1000.0).into())?;
    Ok(object.into())
}

impl Ended {
    fn never(number: u32, problem: String) -> Self {
        Self {
            number,
            status: Err(problem),
            why: Why::Itself,
            report: Vec::new(),
            out: String::new(),
            err: String::new(),
            took: Duration::ZERO,
        }
    }
}

/// Runs a file to its end.
fn run(job: &Job, ends: &AtomicBool) -> Ended {
    let began = monotonic_clock();
    let (mut child, line) = match start(job) {
        Ok(started) => started,
        Err(error) => return Ended::never(job.number, describe(&error)),
    };
    let (out, err) = (Output::default(), Output::default());
    let (finished, readers) = mpsc::channel::<()>();
    if let Some(from) = child.stdout.take() {
        collect(from, &out, &finished);
    }
    if let Some(from) = child.stderr.take() {
        collect(from, &err, &finished);
    }
    drop(finished);
    let deadline = job.timeout.map(|timeout| began + timeout);
    let mut report = Vec::new();
    let why = follow(&mut child, line, deadline, ends, &mut report);
    if why != Why::Itself {
        // It has just ended by itself if that fails.
        kill_process_group(Pid::from_child(&child), Signal::KILL).ok();
    }
    let status = child.wait().map_err(|error| describe(&error));
    // Whoever the process has left behind may hold its output open for ever.
    let until = monotonic_clock() + Duration::from_millis(TEST_OUTPUT_WAIT_MS);
    while readers.recv_timeout(until.saturating_duration_since(monotonic_clock())).is_ok() {}
    let took = monotonic_clock().saturating_duration_since(began);
    Ended { number: job.number, status, why, report, out: out.text(), err: err.text(), took }
}

fn start(job: &Job) -> io::Result<(Child, UnixStream)> {
    let (ours, theirs) = UnixStream::pair()?;
    ours.set_read_timeout(Some(Duration::from_millis(TEST_LOOK_MS)))?;
    let child = Command::new(&job.program)
        .args(&job.arguments)
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()?;
    Ok((child, ours))
}

/// Reads what a process prints, on a thread of its own.
fn collect(from: impl Read + Send + 'static, into: &Output, finished: &Sender<()>) {
    let (into, finished) = (into.clone(), finished.clone());
    let reader = thread::Builder::new().spawn(move || {
        into.read(from);
        finished.send(()).ok();
    });
    if let Err(error) = reader {
        log::warn!("the output of a test is lost: {error}");
    }
}

/// Reads what the process tells until it has ended, or is to end.
fn follow(
    child: &mut Child,
    mut line: UnixStream,
    deadline: Option<Instant>,
    ends: &AtomicBool,
    report: &mut Vec<u8>,
) -> Why {
    let mut piece = vec![0; 64 * 1024];
    let mut is_open = true;
    loop {
        let read = if is_open { line.read(&mut piece) } else { pause() };
        match read {
            Ok(0) => is_open = false,
            Ok(read) => {
                report.extend_from_slice(&piece[..read]);
                if report.len() > TEST_REPORT_BYTES_MAX {
                    return Why::TooMuch;
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if child.try_wait().is_ok_and(|ended| ended.is_some()) {
                    return Why::Itself;
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => is_open = false,
        }
        if deadline.is_some_and(|deadline| monotonic_clock() >= deadline) {
            return Why::Timeout;
        }
        if ends.load(Ordering::Relaxed) {
            return Why::Asked;
        }
    }
}

/// The line is closed: the process has ended, or soon will.
fn pause() -> io::Result<usize> {
    thread::park_timeout(Duration::from_millis(1));
    Err(ErrorKind::WouldBlock.into())
}
