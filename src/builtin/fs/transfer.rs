//! Bytes from open files and to them, at a place or where the file is.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::answer::Answer;
use super::arguments::{fd, how, offset};
use super::descriptors;
use super::failure::{Attempt, Named, unchecked};
use super::run::{run, run_into, value};
use crate::js::convert::{bytes_of, with_bytes, with_bytes_mut};

/// One call for up to so many bytes; a signal that comes between is none of the script's business.
fn read_once(file: &File, buffer: &mut [u8], position: Option<u64>) -> io::Result<usize> {
    loop {
        let read = match position {
            Some(position) => file.read_at(buffer, position),
            None => (&*file).read(buffer),
        };
        match read {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn write_once(file: &File, bytes: &[u8], position: Option<u64>) -> io::Result<usize> {
    loop {
        let written = match position {
            Some(position) => file.write_at(bytes, position),
            None => (&*file).write(bytes),
        };
        match written {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn count(attempt: Attempt<usize>) -> Attempt<Answer> {
    attempt.map(|count| Answer::Count(count as u64))
}

/// `read(how, fd, view, position)`: how many bytes there were, at most as many as the view has.
pub(super) fn read(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let file = descriptors::find(fd(given, 1), "read", context);
    let (view, position) = (given.get_or_undefined(2), offset(given, 3));
    if how(given).is_undefined() {
        let read = |bytes: &mut [u8]| count(read_once(&*file?, bytes, position).call("read"));
        let attempt = with_bytes_mut(view, context, read)?;
        let attempt = attempt.ok_or_else(|| unchecked("a view that can be written to"))?;
        return value(attempt, JsValue::undefined(), context);
    }
    let length = with_bytes_mut(view, context, |bytes| bytes.len())?;
    let length = length.ok_or_else(|| unchecked("a view that can be written to"))?;
    run_into(how(given), move || read_new(&*file?, length, position), view.clone(), context)
}

/// Bytes in memory of their own: what the script has may go away meanwhile.
fn read_new(file: &File, length: usize, position: Option<u64>) -> Attempt<Answer> {
    let mut bytes = vec![0; length];
    let count = read_once(file, &mut bytes, position).call("read")?;
    bytes.truncate(count);
    Ok(Answer::Read(bytes))
}

/// `readv(how, fd, views, position)`: the same for several views.
pub(super) fn readv(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let file = descriptors::find(fd(given, 1), "read", context);
    let (views, position) = (given.get_or_undefined(2), offset(given, 3));
    let mut length = 0_usize;
    for view in listed(views, context)? {
        length = length.saturating_add(
            with_bytes_mut(&view, context, |bytes| bytes.len())?
                .ok_or_else(|| unchecked("a view that can be written to"))?,
        );
    }
    run_into(how(given), move || read_new(&*file?, length, position), views.clone(), context)
}

/// `write(how, fd, view, position)`: how many bytes one call has written.
pub(super) fn write(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let file = descriptors::find(fd(given, 1), "write", context);
    let (view, position) = (given.get_or_undefined(2), offset(given, 3));
    if how(given).is_undefined() {
        let write = |bytes: &[u8]| count(write_once(&*file?, bytes, position).call("write"));
        let attempt = with_bytes(view, context, write)?.ok_or_else(|| unchecked("a view"))?;
        return value(attempt, JsValue::undefined(), context);
    }
    let bytes = bytes_of(view, context)?.ok_or_else(|| unchecked("a view"))?;
    run_write(given, file, bytes, position, context)
}

/// `writev(how, fd, views, position)`: the same for the bytes of several views.
pub(super) fn writev(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let file = descriptors::find(fd(given, 1), "write", context);
    let (views, position) = (given.get_or_undefined(2), offset(given, 3));
    let mut bytes = Vec::new();
    for view in listed(views, context)? {
        with_bytes(&view, context, |view| bytes.extend_from_slice(view))?
            .ok_or_else(|| unchecked("a view"))?;
    }
    run_write(given, file, bytes, position, context)
}

fn run_write(
    given: &[JsValue],
    file: Attempt<Arc<File>>,
    bytes: Vec<u8>,
    position: Option<u64>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let work = move || count(write_once(&*file?, &bytes, position).call("write"));
    run(how(given), work, context)
}

fn listed(views: &JsValue, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let list = views.as_object().ok_or_else(|| unchecked("a list"))?;
    let list = JsArray::from_object(list)?;
    (0..list.length(context)?).map(|index| list.get(index, context)).collect()
}
