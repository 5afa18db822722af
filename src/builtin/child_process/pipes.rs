//! This side of the pipes of children. The host tells when something may be done with one; a chunk is
//! read when the script has asked for one, and written as far as the kernel takes it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::tell::tell;
use crate::builtin::context_data::with_host;
use crate::id::SourceId;
use crate::js::async_context::bound;
use crate::js::convert::{bytes_of, new_array_buffer};
use crate::js::error::{Target, system_error, type_error};
use crate::js::executor::report_uncaught;
use crate::limits::{CHANNEL_MESSAGE_BYTES_MAX, PIPE_READ_BYTES};
use crate::net::child::Pipe;
use crate::net::inherited::take_stream;

/// `Context` data, once there was one.
#[derive(Default)]
pub(super) struct Pipes {
    open: RefCell<HashMap<SourceId, Open>>,
    buffer: RefCell<Vec<u8>>,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Open {
    pipe: Pipe,
    /// Called with a chunk, with null at the end, or with undefined and an error.
    on_read: Option<JsFunction>,
    /// Called when all is written, or with an error.
    on_written: Option<JsFunction>,
    /// The script waits for a chunk.
    wanted: bool,
    /// There may be something to read.
    readable: bool,
    /// What the kernel has not taken yet.
    unsent: Vec<u8>,
    sent: usize,
    /// Nothing more is written after that.
    ends: bool,
    /// Whether it keeps the process alive while something is waited for.
    referenced: bool,
}

/// What a read has brought.
enum Chunk {
    Bytes(Vec<u8>),
    End,
    Failed(io::Error),
}

impl Pipes {
    /// The pipes of this context.
    pub(super) fn of(context: &mut Context) -> Rc<Self> {
        if let Some(pipes) = context.get_data::<Rc<Self>>() {
            return pipes.clone();
        }
        let pipes = Rc::new(Self::default());
        context.insert_data(pipes.clone());
        pipes
    }

    /// Has one watched, and returns its number.
    pub(super) fn add(&self, mut pipe: Pipe, context: &mut Context) -> JsResult<JsValue> {
        let watched = with_host(context, |host| host.watch_source(&mut pipe));
        let source = match watched {
            Ok(source) => source,
            Err(error) => {
                return Err(system_error(&error, "epoll_ctl", Target::default(), context));
            }
        };
        let open = Open {
            pipe,
            on_read: None,
            on_written: None,
            wanted: false,
            readable: false,
            unsent: Vec::new(),
            sent: 0,
            ends: false,
            referenced: true,
        };
        self.open.borrow_mut().insert(source, open);
        #[expect(clippy::cast_precision_loss, reason = "no process has 2^53 pipes")]
        Ok(JsValue::from(source.as_u64() as f64))
    }

    /// Reads a chunk if the script waits for one, which it does until there is one.
    fn next_chunk(&self, source: SourceId) -> Option<(JsFunction, Chunk)> {
        let mut all = self.open.borrow_mut();
        let open = all.get_mut(&source)?;
        if !open.wanted {
            return None;
        }
        let mut buffer = self.buffer.borrow_mut();
        buffer.resize(PIPE_READ_BYTES, 0);
        let chunk = match open.pipe.read(&mut buffer) {
            Ok(None) => {
                open.readable = false;
                return None;
            }
            Ok(Some(0)) => Chunk::End,
            Ok(Some(count)) => Chunk::Bytes(buffer[..count].to_vec()),
            Err(error) => Chunk::Failed(error),
        };
        open.wanted = false;
        Some((open.on_read.clone()?, chunk))
    }

    /// Writes what has waited. The call to make once all is written or nothing more can be.
    fn flush(&self, source: SourceId) -> Option<(JsFunction, Option<io::Error>)> {
        let mut all = self.open.borrow_mut();
        let open = all.get_mut(&source)?;
        if open.unsent.is_empty() {
            return None;
        }
        let result = open.pipe.write(open.unsent.get(open.sent..).unwrap_or_default());
        let error = match result {
            Ok(count) => {
                open.sent += count;
                if open.sent < open.unsent.len() {
                    return None;
                }
                None
            }
            Err(error) => Some(error),
        };
        (open.unsent, open.sent) = (Vec::new(), 0);
        if open.ends {
            open.pipe.shutdown_write();
        }
        Some((open.on_written.clone()?, error))
    }
}

/// Something may be done with a pipe: read, and written.
pub fn deliver(source: SourceId, (readable, writable): (bool, bool), context: &mut Context) {
    let Some(pipes) = context.get_data::<Rc<Pipes>>().cloned() else { return };
    if writable && let Some((callback, error)) = pipes.flush(source) {
        let arguments = error.map(|error| failure(&error, "write", context));
        tell(&callback, arguments.into_iter().collect(), context);
    }
    if let Some(open) = pipes.open.borrow_mut().get_mut(&source) {
        open.readable |= readable;
    }
    if readable && let Some((callback, chunk)) = pipes.next_chunk(source) {
        let arguments = match chunk {
            Chunk::Bytes(bytes) => new_array_buffer(&bytes, context).map(|it| vec![it.into()]),
            Chunk::End => Ok(vec![JsValue::null()]),
            Chunk::Failed(error) => {
                Ok(vec![JsValue::undefined(), failure(&error, "read", context)])
            }
        };
        match arguments {
            Ok(arguments) => tell(&callback, arguments, context),
            Err(error) => report_uncaught(error, context),
        }
    }
}

fn failure(error: &io::Error, syscall: &str, context: &mut Context) -> JsValue {
    let error = system_error(error, syscall, Target::default(), context);
    error.into_opaque(context).unwrap_or_default()
}

pub(super) fn are_alive(context: &Context) -> bool {
    context.get_data::<Rc<Pipes>>().is_some_and(|pipes| {
        let pipes = pipes.open.borrow();
        pipes.values().any(|open| open.referenced && (open.wanted || !open.unsent.is_empty()))
    })
}

fn source(arguments: &[JsValue], context: &mut Context) -> JsResult<SourceId> {
    Ok(SourceId::from(arguments.get_or_undefined(0).to_length(context)?))
}

/// `open(pipe, onRead, onWritten)`
pub(super) fn open(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let source = source(arguments, context)?;
    let pipes = Pipes::of(context);
    let mut function = |index: usize| {
        let function = arguments.get_or_undefined(index).as_function();
        function.map(|function| bound(function, context)).transpose()
    };
    let functions = (function(1)?, function(2)?);
    if let Some(open) = pipes.open.borrow_mut().get_mut(&source) {
        (open.on_read, open.on_written) = functions;
    }
    Ok(JsValue::undefined())
}

/// `read(pipe)`: has the next chunk handed over once it has come.
pub(super) fn read(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let source = source(arguments, context)?;
    let pipes = Pipes::of(context);
    let is_readable = pipes.open.borrow_mut().get_mut(&source).is_some_and(|open| {
        open.wanted = true;
        open.readable
    });
    if is_readable {
        with_host(context, |host| host.read_source_again(source));
    }
    Ok(JsValue::undefined())
}

/// `write(pipe, bytes)`: whether all is written; else it is told later. Nothing may wait already.
pub(super) fn write(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let source = source(arguments, context)?;
    let bytes = bytes_of(arguments.get_or_undefined(1), context)?;
    let mut bytes = bytes.ok_or_else(|| type_error("not bytes"))?;
    let pipes = Pipes::of(context);
    let written = match pipes.open.borrow_mut().get_mut(&source) {
        None => Err(io::Error::from_raw_os_error(libc::EPIPE)),
        Some(open) => open.pipe.write(&bytes).map(|count| {
            bytes.drain(..count);
            open.unsent = bytes;
            open.unsent.is_empty()
        }),
    };
    written
        .map(JsValue::from)
        .map_err(|error| system_error(&error, "write", Target::default(), context))
}

/// `end(pipe)`: the other side reads to its end, as soon as all is written.
pub(super) fn end(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let source = source(arguments, context)?;
    let pipes = Pipes::of(context);
    if let Some(open) = pipes.open.borrow_mut().get_mut(&source) {
        open.ends = true;
        if open.unsent.is_empty() {
            open.pipe.shutdown_write();
        }
    }
    Ok(JsValue::undefined())
}

/// `close(pipe)`: lets go of it at once.
pub(super) fn close(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let source = source(arguments, context)?;
    let open = Pipes::of(context).open.borrow_mut().remove(&source);
    if let Some(mut open) = open {
        with_host(context, |host| host.forget_source(source, &mut open.pipe));
    }
    Ok(JsValue::undefined())
}

/// `refer(pipe, keepsAlive)`
pub(super) fn refer(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let source = source(arguments, context)?;
    if let Some(open) = Pipes::of(context).open.borrow_mut().get_mut(&source) {
        open.referenced = arguments.get_or_undefined(1).to_boolean();
    }
    Ok(JsValue::undefined())
}

/// `inherited(fd)`: takes over a socket that the process was started with.
pub(super) fn inherited(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let fd = arguments.get_or_undefined(0).to_i32(context)?;
    match take_stream(fd).and_then(Pipe::of_stream) {
        Ok(pipe) => Pipes::of(context).add(pipe, context),
        Err(error) => Err(system_error(&error, "open", Target::default(), context)),
    }
}

/// `messageBytesMax()`: how long a message on a channel may be.
pub(super) fn message_bytes_max(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(JsValue::from(CHANNEL_MESSAGE_BYTES_MAX))
}
