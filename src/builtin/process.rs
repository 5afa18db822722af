//! The native half of `process`: what the operating system knows of this process, and the hooks
//! through which the runtime tells a script that it ends, was signalled or failed.
//!
//! Left out: `setuid` and its kin, `process.binding`, `report`, `domain`.

#![expect(clippy::unnecessary_wraps, reason = "an op returns a result")]

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};

use boa_engine::object::ObjectInitializer;
use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::property::Attribute;
use boa_engine::{Context, JsArgs, JsBigInt, JsObject, JsResult, JsValue, js_string};

use super::console;
use super::context_data::with_host;
use super::output::Stream;
use super::rights;
use crate::builtin::signals::signals;
use crate::host::Host;
use crate::js::argument::function;
use crate::js::async_context::bound;
use crate::js::convert::with_bytes;
use crate::js::error::{Target, node_error, system_error, type_error};
use crate::js::executor::Executor;
use crate::js::frame;
use crate::js::interface::Op;
use crate::net::terminal;

pub(super) const OPS: &[Op] = &[
    ("arguments", 0, program_arguments),
    ("attach", 1, attach),
    ("chdir", 1, chdir),
    ("cwd", 0, cwd),
    ("environment", 0, environment),
    ("exit", 1, exit),
    ("facts", 0, facts),
    ("hasColors", 1, console::colors),
    ("hrtime", 0, hrtime),
    ("isTerminal", 1, is_terminal),
    super::late_import::LOAD,
    ("memory", 0, memory),
    ("nextTick", 1, next_tick),
    ("redirect", 3, console::redirect),
    ("rename", 1, rename),
    ("setExitCode", 1, set_exit_code),
    ("terminalSize", 1, terminal_size),
    ("wantSignal", 2, want_signal),
    ("write", 2, write),
];

/// How the program was started; `Context` data that the command line provides.
#[derive(Clone, Debug, Default)]
pub struct ProgramArguments {
    /// Whether servers speak TLS with a certificate made for the purpose.
    pub tls_self_signed: bool,
    /// What the hubs of servers hear those of other processes over.
    pub bus: Option<String>,
    /// Whether the program ends if that is not there when it starts.
    pub bus_required: bool,
    /// Which of the processes on that bus this is; 0 if nobody has said.
    pub node: u8,
    /// The absolute path of this executable.
    pub exec_path: PathBuf,
    /// The absolute path of the program; its name when it came from no file.
    pub file: PathBuf,
    /// What stood after the program on the command line.
    pub args: Vec<String>,
}

/// What the module `process` has told the native half; `Context` data once it was loaded.
struct Attached {
    /// `(event, ...args) => whether there were listeners`
    emit: JsFunction,
}

/// The exit code that the script has set, while it has.
#[derive(Default)]
struct ExitCode(Cell<Option<u8>>);

/// Emits an event on `process`. Returns whether there were listeners; there is none while no
/// script has touched `process`.
pub fn emit(context: &mut Context, event: &str, arguments: &[JsValue]) -> JsResult<bool> {
    let Some(attached) = context.get_data::<Attached>() else { return Ok(false) };
    let emit = attached.emit.clone();
    let mut all = vec![js_string!(event).into()];
    all.extend_from_slice(arguments);
    Ok(frame::call(&emit, JsValue::undefined(), all, context)?.to_boolean())
}

/// The value of `process.exitCode`, when a script has set it.
pub fn exit_code(context: &Context) -> Option<u8> {
    context.get_data::<ExitCode>().and_then(|code| code.0.get())
}

/// `attach(emit)`: the function that `emit` above calls.
fn attach(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let emit = arguments.get_or_undefined(0).as_object().and_then(JsFunction::from_object);
    let emit = emit.ok_or_else(|| type_error("not a function"))?;
    drop(context.insert_data(Attached { emit }));
    Ok(JsValue::undefined())
}

/// The absolute path of the program; its name when it came from no file.
pub fn program_file(context: &Context) -> PathBuf {
    context.get_data::<ProgramArguments>().map(|program| program.file.clone()).unwrap_or_default()
}

/// `arguments()`: `[execPath, file, ...args]`.
fn program_arguments(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let program = context.get_data::<ProgramArguments>().cloned().unwrap_or_default();
    let text = |path: &Path| JsValue::from(js_string!(&*path.to_string_lossy()));
    let mut all = vec![text(&program.exec_path), text(&program.file)];
    all.extend(program.args.iter().map(|argument| js_string!(argument.as_str()).into()));
    Ok(JsArray::from_iter(all, context).into())
}

/// `environment()`: a fresh object with the variables that the process was started with.
fn environment(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = JsObject::with_object_proto(context.intrinsics());
    for (name, value) in std::env::vars_os() {
        let name = js_string!(&*name.to_string_lossy());
        object.create_data_property(name, js_string!(&*value.to_string_lossy()), context)?;
    }
    Ok(object.into())
}

/// `facts()`: what does not change: `{ platform, arch, pid, ppid, version, boa }`.
fn facts(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let platform = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let arch = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        "x86" => "ia32",
        other => other,
    };
    #[cfg(unix)]
    let parent = std::os::unix::process::parent_id();
    #[cfg(not(unix))]
    let parent = 0;
    let all = Attribute::all();
    let facts = ObjectInitializer::new(context)
        .property(js_string!("platform"), js_string!(platform), all)
        .property(js_string!("arch"), js_string!(arch), all)
        .property(js_string!("pid"), std::process::id(), all)
        .property(js_string!("ppid"), parent, all)
        .property(js_string!("version"), js_string!(env!("CARGO_PKG_VERSION")), all)
        .property(js_string!("boa"), js_string!(BOA_VERSION), all)
        .build();
    Ok(facts.into())
}

/// The engine's version, as `Cargo.toml` names it.
const BOA_VERSION: &str = "0.22.0";

/// `cwd()`: the current directory.
fn cwd(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    match std::env::current_dir() {
        Ok(path) => Ok(js_string!(&*path.to_string_lossy()).into()),
        Err(error) => Err(system_error(&error, "uv_cwd", Target::default(), context)),
    }
}

/// `chdir(path)`
fn chdir(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    if rights::ends_alone(context) {
        let message = "process.chdir() is not supported in workers: the directory is the process's";
        return Err(node_error("ERR_WORKER_UNSUPPORTED_OPERATION", message, context));
    }
    match std::env::set_current_dir(&path) {
        Ok(()) => Ok(JsValue::undefined()),
        Err(error) => {
            let target = Target { path: Some(&path), ..Target::default() };
            Err(system_error(&error, "chdir", target, context))
        }
    }
}

/// `exit(code)`: ends the program at once. Output is written by then, for none is buffered; what
/// was sent has its one write now.
fn exit(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let code = arguments.get_or_undefined(0).to_i32(context)?;
    with_host(context, Host::end);
    Err(rights::end(code, context))
}

/// `setExitCode(code)`: an integer from 0 to 255, or undefined.
fn set_exit_code(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let code = arguments.get_or_undefined(0);
    let code = if code.is_undefined() { None } else { Some(code.to_uint8(context)?) };
    drop(context.insert_data(ExitCode(Cell::new(code))));
    Ok(JsValue::undefined())
}

/// `hrtime()`: nanoseconds since the start, on the monotonic clock, as a bigint.
fn hrtime(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let time = u64::try_from(context.clock().now().nanos_since_epoch()).unwrap_or(u64::MAX);
    Ok(JsBigInt::from(time).into())
}

/// `memory()`: the bytes that the process has in memory; 0 where the system does not tell.
fn memory(_this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|text| text.split(' ').nth(1)?.parse::<u32>().ok());
    Ok(JsValue::from(f64::from(pages.unwrap_or(0)) * 4096.0))
}

/// `nextTick(callback, ...args)`
fn next_tick(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = function(arguments.get_or_undefined(0), "callback", context)?;
    let callback = bound(callback, context)?;
    let values = arguments.get(1..).unwrap_or_default().to_vec();
    if let Some(executor) = context.downcast_job_executor::<Executor>() {
        executor.enqueue_tick(callback, values);
    }
    Ok(JsValue::undefined())
}

/// `rename(title)`: what the system's process lists show; the first 15 bytes, on Linux only.
fn rename(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let title = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let title: String = title.chars().take(15).collect();
    if let Err(error) = std::fs::write("/proc/self/comm", title) {
        log::debug!("the process keeps its name: {error}");
    }
    Ok(JsValue::undefined())
}

/// `terminalSize(fd)`: `[columns, rows]` of a terminal; undefined for anything else.
fn terminal_size(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let stream = Stream::from_fd(arguments.get_or_undefined(0).to_u32(context)?);
    let Some((columns, rows)) = stream.terminal_size() else { return Ok(JsValue::undefined()) };
    Ok(JsArray::from_iter([columns.into(), rows.into()], context).into())
}

/// `wantSignal(name, wanted)`: whether the script listens for a signal.
fn want_signal(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let wanted = arguments.get_or_undefined(1).to_boolean();
    if wanted && matches!(&*name, "SIGKILL" | "SIGSTOP") {
        let error = io::Error::from_raw_os_error(libc::EINVAL);
        return Err(system_error(&error, "uv_signal_start", Target::default(), context));
    }
    if let Some(signals) = signals(context) {
        signals.want(&name, wanted);
    }
    Ok(JsValue::undefined())
}

/// `isTerminal(fd)`
fn is_terminal(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let fd = arguments.get_or_undefined(0).as_number().filter(|fd| fd.fract() == 0.0);
    #[expect(clippy::cast_possible_truncation, reason = "what no file has is no terminal")]
    let fd = fd.map_or(-1, |fd| fd as i32);
    Ok(terminal::is_terminal(fd).into())
}

/// `write(fd, data)`: the whole of a string or of bytes.
fn write(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let stream = Stream::from_fd(arguments.get_or_undefined(0).to_u32(context)?);
    let data = arguments.get_or_undefined(1);
    let written = match with_bytes(data, context, |bytes| stream.try_write(bytes))? {
        Some(written) => written,
        None => stream.try_write(data.to_string(context)?.to_std_string_lossy().as_bytes()),
    };
    written.map_err(|error| system_error(&error, "write", Target::default(), context))?;
    Ok(JsValue::undefined())
}
