//! Children that run, until it is known how each has ended.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};
use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use super::tell::tell;
use crate::builtin::os::signal_named;
use crate::js::error::{Target, system_error};
use crate::net::child;

/// `Context` data, once there was one.
#[derive(Default)]
pub(super) struct Children {
    running: RefCell<BTreeMap<u64, Running>>,
    count: Cell<u64>,
}

struct Running {
    child: Child,
    /// `(code, signal)`
    ended: JsFunction,
    /// Whether it keeps the process alive.
    referenced: bool,
}

impl Children {
    /// The children of this context.
    pub(super) fn of(context: &mut Context) -> Rc<Self> {
        if let Some(children) = context.get_data::<Rc<Self>>() {
            return children.clone();
        }
        let children = Rc::new(Self::default());
        context.insert_data(children.clone());
        children
    }

    /// How many run.
    pub(super) fn len(&self) -> usize {
        self.running.borrow().len()
    }

    /// Adds one, and returns its number.
    pub(super) fn add(&self, child: Child, ended: JsFunction) -> u64 {
        let number = self.count.get() + 1;
        self.count.set(number);
        self.running.borrow_mut().insert(number, Running { child, ended, referenced: true });
        number
    }

    /// Takes those that have ended.
    fn take_ended(&self) -> Vec<(JsFunction, ExitStatus)> {
        let mut ended = Vec::new();
        self.running.borrow_mut().retain(|_, running| match running.child.try_wait() {
            Ok(None) => true,
            Ok(Some(status)) => {
                ended.push((running.ended.clone(), status));
                false
            }
            // Somebody else has waited for it: how it ended is not known any more.
            Err(error) => {
                log::debug!("cannot wait for a child process: {error}");
                ended.push((running.ended.clone(), ExitStatus::default()));
                false
            }
        });
        ended
    }
}

impl Drop for Children {
    /// The program is gone and the process goes on: somebody has to wait for its children.
    fn drop(&mut self) {
        for (_, mut running) in std::mem::take(self.running.get_mut()) {
            if matches!(running.child.try_wait(), Ok(None)) {
                let name = "krandog-child".to_owned();
                let waits = std::thread::Builder::new()
                    .name(name)
                    .spawn(move || running.child.wait().map(drop));
                if let Err(error) = waits {
                    log::warn!("nobody waits for a child process: {error}");
                }
            }
        }
    }
}

/// One or more children may have ended.
pub fn reap(context: &mut Context) {
    let Some(children) = context.get_data::<Rc<Children>>().cloned() else { return };
    for (ended, status) in children.take_ended() {
        tell(&ended, how_ended(status).to_vec(), context);
    }
}

/// The exit code and the number of the signal, one of which is null.
pub(super) fn how_ended(status: ExitStatus) -> [JsValue; 2] {
    let value = |number: Option<i32>| number.map_or_else(JsValue::null, JsValue::from);
    let signal = status.signal().map(|number| signal_named(number).unwrap_or_default());
    let signal = signal.map_or_else(JsValue::null, |name| js_string!(name).into());
    [value(status.code()), signal]
}

pub(super) fn are_alive(context: &Context) -> bool {
    context.get_data::<Rc<Children>>().is_some_and(|children| {
        children.running.borrow().values().any(|running| running.referenced)
    })
}

/// `kill(child, signal)`: false if it has ended already.
pub(super) fn kill(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let number = arguments.get_or_undefined(0).to_length(context)?;
    let signal = arguments.get_or_undefined(1).to_i32(context)?;
    let children = Children::of(context);
    // As long as nobody has waited for it, no other process has its number.
    let pid = children.running.borrow().get(&number).map(|running| running.child.id());
    let Some(pid) = pid.and_then(|pid| i32::try_from(pid).ok()) else { return Ok(false.into()) };
    match child::kill(pid, signal) {
        Ok(()) => Ok(true.into()),
        Err(error) if error.raw_os_error() == Some(libc::ESRCH) => Ok(false.into()),
        Err(error) => Err(system_error(&error, "kill", Target::default(), context)),
    }
}

/// `refer(child, keepsAlive)`
pub(super) fn refer(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let number = arguments.get_or_undefined(0).to_length(context)?;
    let children = Children::of(context);
    if let Some(running) = children.running.borrow_mut().get_mut(&number) {
        running.referenced = arguments.get_or_undefined(1).to_boolean();
    }
    Ok(JsValue::undefined())
}
