//! The native half of `os`, and of what `process` knows of the system: what Linux does not tell in
//! `/proc`, and how to read what it does.

#![expect(clippy::unnecessary_wraps, reason = "an op returns a result")]

mod constants;

use std::ffi::CStr;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};
use if_addrs::{IfAddr, get_if_addrs};
use rustix::fs::Mode;
use rustix::process::{self, Pid};
use rustix::time::{ClockId, clock_gettime};

use super::rights;
use crate::errno;
use crate::js::error::{Target, node_error, system_error};
use crate::js::interface::Op;
use crate::net::child;

pub(super) use constants::signal_named;

pub(super) const OPS: &[Op] = &[
    ("constants", 0, constants::constants),
    ("interfaces", 0, interfaces),
    ("parallelism", 0, parallelism),
    ("priority", 1, priority),
    ("read", 1, read),
    ("setPriority", 2, set_priority),
    ("uname", 0, uname),
    super::late_import::LOAD,
];

/// What `process` asks of the system.
pub(super) const PROCESS_OPS: &[Op] = &[
    ("cpuTime", 0, cpu_time),
    ("groups", 0, groups),
    ("ids", 0, ids),
    ("kill", 2, kill),
    ("umask", 1, umask),
    super::late_import::LOAD,
];

/// What `util` knows of errors.
pub(super) const ERROR_OPS: &[Op] = &[("known", 0, known_errors)];

/// `parallelism()`: how many threads can run at once.
fn parallelism(_this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(JsValue::from(u32::try_from(count).unwrap_or(u32::MAX)))
}

/// `read(path)`: a small file of the system, trimmed; '' where there is none.
fn read(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let text = std::fs::read_to_string(path).unwrap_or_default();
    Ok(js_string!(text.trim()).into())
}

/// `interfaces()`: a list for each address of a network interface that is up: its name, address,
/// netmask, the length of the prefix, whether it is IPv6, whether it is internal, its scope.
fn interfaces(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let found = match get_if_addrs() {
        Ok(found) => found,
        Err(error) => {
            let target = Target::default();
            return Err(system_error(&error, "uv_interface_addresses", target, context));
        }
    };
    let rows = JsArray::new(context)?;
    for interface in found.into_iter().filter(if_addrs::Interface::is_oper_up) {
        let (address, netmask, prefix, is_v6) = match &interface.addr {
            IfAddr::V4(v4) => (v4.ip.to_string(), v4.netmask.to_string(), v4.prefixlen, false),
            IfAddr::V6(v6) => (v6.ip.to_string(), v6.netmask.to_string(), v6.prefixlen, true),
        };
        let is_local = matches!(&interface.addr, IfAddr::V6(v6) if v6.is_link_local());
        let scope = interface.index.filter(|_| is_local).unwrap_or(0);
        let row: [JsValue; 7] = [
            js_string!(interface.name.as_str()).into(),
            js_string!(address).into(),
            js_string!(netmask).into(),
            prefix.into(),
            is_v6.into(),
            interface.is_loopback().into(),
            scope.into(),
        ];
        let row = JsArray::from_iter(row, context);
        rows.push(row, context)?;
    }
    Ok(rows.into())
}

/// `uname()`: the names of the system, its release, its version and the machine.
fn uname(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let names = rustix::system::uname();
    let text = |text: &CStr| JsValue::from(js_string!(&*text.to_string_lossy()));
    let all = [
        text(names.sysname()),
        text(names.release()),
        text(names.version()),
        text(names.machine()),
    ];
    Ok(JsArray::from_iter(all, context).into())
}

/// `priority(pid)`: a number; a list of the number, the name and the text of an error.
fn priority(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let pid = arguments.get_or_undefined(0).to_i32(context)?;
    match of_process(pid).and_then(process::getpriority_process) {
        Ok(priority) => Ok(priority.into()),
        Err(error) => Ok(described(error, context)),
    }
}

/// `setPriority(pid, priority)`: undefined; a list like that of `priority`.
fn set_priority(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let pid = arguments.get_or_undefined(0).to_i32(context)?;
    let priority = arguments.get_or_undefined(1).to_i32(context)?;
    match of_process(pid).and_then(|pid| process::setpriority_process(pid, priority)) {
        Ok(()) => Ok(JsValue::undefined()),
        Err(error) => Ok(described(error, context)),
    }
}

/// 0 is this process.
fn of_process(pid: i32) -> Result<Option<Pid>, rustix::io::Errno> {
    match pid {
        0 => Ok(None),
        pid if pid < 0 => Err(rustix::io::Errno::SRCH),
        pid => Ok(Pid::from_raw(pid)),
    }
}

fn described(error: rustix::io::Errno, context: &mut Context) -> JsValue {
    let error = std::io::Error::from_raw_os_error(error.raw_os_error());
    let number = JsValue::from(-error.raw_os_error().unwrap_or(0));
    let code = js_string!(errno::code(&error)).into();
    let text = js_string!(errno::describe(&error)).into();
    JsArray::from_iter([number, code, text], context).into()
}

/// `cpuTime()`: microseconds of processors that this process has had.
fn cpu_time(_this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    #[expect(clippy::cast_precision_loss, reason = "no process runs for 2^53 microseconds")]
    let us = time.tv_sec as f64 * 1e6 + (time.tv_nsec / 1000) as f64;
    Ok(us.into())
}

/// `groups()`: the numbers of the groups that this process is in besides its own.
fn groups(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let groups = process::getgroups().unwrap_or_default();
    let groups: Vec<JsValue> = groups.into_iter().map(|group| group.as_raw().into()).collect();
    Ok(JsArray::from_iter(groups, context).into())
}

/// `ids()`: the numbers of user and group, and of those whose rights the process has.
fn ids(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let ids = [
        process::getuid().as_raw(),
        process::geteuid().as_raw(),
        process::getgid().as_raw(),
        process::getegid().as_raw(),
    ];
    Ok(JsArray::from_iter(ids.map(JsValue::from), context).into())
}

/// `kill(pid, signal)`: a number; 0 only asks whether it could be sent.
fn kill(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let pid = arguments.get_or_undefined(0).to_i32(context)?;
    let signal = arguments.get_or_undefined(1).to_i32(context)?;
    match child::kill(pid, signal) {
        Ok(()) => Ok(true.into()),
        Err(error) => Err(system_error(&error, "kill", Target::default(), context)),
    }
}

/// `umask(mask)`: the mask until now; without an argument it stays.
fn umask(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mask = arguments.get_or_undefined(0);
    if mask.is_undefined() {
        // There is no other way to ask.
        let before = process::umask(Mode::empty());
        process::umask(before);
        return Ok(before.as_raw_mode().into());
    }
    if rights::ends_alone(context) {
        let message =
            "process.umask() with a mask is not supported in workers: it is the process's";
        return Err(node_error("ERR_WORKER_UNSUPPORTED_OPERATION", message, context));
    }
    let mask = Mode::from_raw_mode(mask.to_u32(context)? & 0o777);
    Ok(process::umask(mask).as_raw_mode().into())
}

/// `known()`: a list of the number, the name and the text of each error.
fn known_errors(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let all = JsArray::new(context)?;
    for (name, number, text) in errno::KNOWN {
        let row = [JsValue::from(-number), js_string!(*name).into(), js_string!(*text).into()];
        let row = JsArray::from_iter(row, context);
        all.push(row, context)?;
    }
    Ok(all.into())
}
