//! A program of tests that `krandog test` has started, and the line to it: standard input is a
//! socket, on which the program writes a line of JSON for each thing that happens. Nothing comes the
//! other way: when that end is closed, whoever started the program has gone, and it ends too. So no
//! test outlives its runner.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::thread;

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};
use rustix::process::Signal;

use crate::builtin::process::program_file;
use crate::js::place::caller;

/// How such a program was started; `Context` data that the command line provides.
#[derive(Debug)]
pub struct TestWorker {
    /// What `krandog test` asks of it, as JSON.
    options: String,
    line: RefCell<Option<UnixStream>>,
}

/// Whether the program's own module has run to its end; `Context` data that the loop provides.
#[derive(Clone, Debug, Default)]
pub struct Progress(Rc<Cell<bool>>);

impl TestWorker {
    /// Takes standard input for the line, and has the process end when its other end is closed.
    pub fn new(options: String) -> io::Result<Self> {
        let line = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
        // What the tests start has nothing to read there, and does not hold the line open.
        rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
        let mut lifeline = line.try_clone()?;
        thread::Builder::new().name("lifeline".to_owned()).spawn(move || {
            while lifeline.read(&mut [0]).is_ok_and(|read| read > 0) {}
            orphaned();
        })?;
        Ok(Self { options, line: RefCell::new(Some(line)) })
    }
}

/// Whatever the tests have started is in the same group, and ends with them.
#[expect(clippy::exit, reason = "nobody is left who waits for the tests")]
fn orphaned() {
    let group = rustix::process::getpid();
    if rustix::process::getpgrp() == group {
        // It ends here, if that does not fail.
        rustix::process::kill_process_group(group, Signal::KILL).ok();
    }
    std::process::exit(1);
}

impl Progress {
    /// It has.
    pub fn settle(&self) {
        self.0.set(true);
    }
}

/// `options()`: what `krandog test` asks, as JSON; undefined in a program that it has not started.
pub(super) fn options(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let worker = context.get_data::<TestWorker>();
    Ok(worker.map_or(JsValue::undefined(), |worker| js_string!(&*worker.options).into()))
}

/// `send(line)`: tells it something.
pub(super) fn send(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut text = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    text.push('\n');
    if let Some(worker) = context.get_data::<TestWorker>()
        && let Some(line) = worker.line.borrow_mut().as_mut()
        && let Err(error) = line.write_all(text.as_bytes())
    {
        log::debug!("nobody hears of the tests: {error}");
    }
    Ok(JsValue::undefined())
}

/// `isSettled()`: whether the program's own module has run to its end.
pub(super) fn is_settled(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(context.get_data::<Progress>().is_some_and(|progress| progress.0.get()).into())
}

/// `callSite()`: `{file, line, column}` of the call in the script that has led here.
#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 lines")]
pub(super) fn call_site(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, line, column) = match caller(context) {
        Some(place) => place.parts(),
        None => (program_file(context).to_string_lossy().into_owned(), 1, 1),
    };
    let object = JsObject::with_object_proto(context.intrinsics());
    object.create_data_property_or_throw(js_string!("file"), js_string!(path), context)?;
    object.create_data_property_or_throw(js_string!("line"), line as f64, context)?;
    object.create_data_property_or_throw(js_string!("column"), column as f64, context)?;
    Ok(object.into())
}
