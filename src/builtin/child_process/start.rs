//! A child that goes on while the script does.

use std::ffi::OsString;
use std::path::PathBuf;

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{Context, JsArgs, JsError, JsResult, JsValue};

use super::children::Children;
use super::pipes::Pipes;
use crate::builtin::signals::signals;
use crate::js::async_context::bound;
use crate::js::error::{Target, system_error, type_error};
use crate::limits::CHILDREN_MAX;
use crate::net::child::{Start, Stdio, start};

/// What stands for a pipe and for nothing, where a descriptor could.
const PIPE: i32 = -2;
const NULL: i32 = -1;

/// `spawn(file, args, env, [cwd, uid, gid, detached, argv0, channel], stdio, ended)`: a list of the
/// process's number, its number here, this side of its three pipes, and of its channel. `env` is a
/// list of names and values by turns; of `stdio` each is a descriptor, -1 for nothing, -2 for a pipe.
/// The error is that of the system call, without a path.
pub(super) fn spawn(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let wanted = wanted(arguments, context)?;
    let ended = arguments.get_or_undefined(5).as_object().and_then(JsFunction::from_object);
    let ended = bound(ended.ok_or_else(|| type_error("not a function"))?, context)?;
    let failed = |error, context: &mut Context| -> JsError {
        system_error(&error, "spawn", Target::default(), context)
    };
    let children = Children::of(context);
    if children.len() >= CHILDREN_MAX {
        return Err(failed(std::io::Error::from_raw_os_error(libc::EAGAIN), context));
    }
    // Before it can end.
    let watched = signals(context).map_or(Ok(()), |signals| signals.watch_children());
    let started = match watched.and_then(|()| start(&wanted)) {
        Ok(started) => started,
        Err(error) => return Err(failed(error, context)),
    };
    let pid = started.child.id();
    let number = children.add(started.child, ended);
    #[expect(clippy::cast_precision_loss, reason = "no process starts 2^53 others")]
    let number = number as f64;
    let mut all: Vec<JsValue> = vec![pid.into(), number.into()];
    for pipe in started.pipes.into_iter().chain([started.channel]) {
        all.push(match pipe {
            Some(pipe) => Pipes::of(context).add(pipe, context)?,
            None => JsValue::null(),
        });
    }
    Ok(JsArray::from_iter(all, context).into())
}

/// What the arguments ask for.
pub(super) fn wanted(arguments: &[JsValue], context: &mut Context) -> JsResult<Start> {
    let mut env = strings(arguments.get_or_undefined(2), context)?.into_iter();
    let env = std::iter::from_fn(|| env.next().zip(env.next())).collect();
    let options = list(arguments.get_or_undefined(3), context)?;
    let number = |index: usize| {
        let number = options.get(index).and_then(JsValue::as_number);
        // What JavaScript has checked to be 32 bits; -1 stands for the largest number there is.
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and to fit")]
        number.map(|number| (number as i32).cast_unsigned())
    };
    let text = |index: usize, context: &mut Context| -> JsResult<Option<OsString>> {
        let value = options.get(index).filter(|value| !value.is_undefined());
        value.map(|value| string(value, context)).transpose()
    };
    let fds = list(arguments.get_or_undefined(4), context)?;
    let mut stdio = [Stdio::Null; 3];
    for (fd, wanted) in fds.iter().zip(&mut stdio) {
        *wanted = match fd.to_i32(context)? {
            PIPE => Stdio::Pipe,
            NULL => Stdio::Null,
            fd => Stdio::Fd(fd),
        };
    }
    let flag = |index: usize| options.get(index).is_some_and(JsValue::to_boolean);
    Ok(Start {
        file: string(arguments.get_or_undefined(0), context)?,
        args: strings(arguments.get_or_undefined(1), context)?,
        env,
        cwd: text(0, context)?.map(PathBuf::from),
        uid: number(1),
        gid: number(2),
        detached: flag(3),
        arg0: text(4, context)?,
        channel: flag(5),
        stdio,
    })
}

fn string(value: &JsValue, context: &mut Context) -> JsResult<OsString> {
    Ok(value.to_string(context)?.to_std_string_lossy().into())
}

fn strings(value: &JsValue, context: &mut Context) -> JsResult<Vec<OsString>> {
    list(value, context)?.iter().map(|value| string(value, context)).collect()
}

/// The elements of an array that a built-in has made.
pub(super) fn list(value: &JsValue, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let array = value.as_object().ok_or_else(|| type_error("not a list"))?;
    let array = JsArray::from_object(array)?;
    let length = i64::try_from(array.length(context)?).unwrap_or(0);
    (0..length).map(|index| array.at(index, context)).collect()
}
