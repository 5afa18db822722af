//! Whole files: read into one buffer, which the script gets as it is, and written from one.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

use boa_engine::object::builtins::AlignedVec;
use boa_engine::{Context, JsArgs, JsError, JsResult, JsValue};

use super::answer::{Answer, Shape};
use super::arguments::{bits, fd, how, path, shape};
use super::cancel::Cancel;
use super::descriptors;
use super::failure::{Attempt, Failure, Named, system, unchecked};
use super::handle::open_file;
use super::run::{run, value};
use super::write_atomic::write_atomic;
use crate::builtin::buffer::Encoding;
use crate::js::convert::{bytes_of, with_bytes};
use crate::limits::{FILE_PIECE_BYTES, FILE_READ_AHEAD_BYTES, FILE_READ_BYTES_MAX};

/// A file, by its path or by its number.
enum Source {
    Path(PathBuf),
    Open(Attempt<Arc<File>>),
}

fn source(given: &[JsValue], syscall: &'static str, context: &mut Context) -> JsResult<Source> {
    if given.get_or_undefined(1).is_number() {
        return Ok(Source::Open(descriptors::find(fd(given, 1), syscall, context)));
    }
    path(given, 1, context).map(Source::Path)
}

/// `readFile(how, pathOrFd, flags, encoding, cancel)`
pub(super) fn read_file(
    _: &JsValue,
    given: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let source = source(given, "fstat", context)?;
    let (flags, shape) = (bits(given, 2).cast_signed(), shape(given, 3));
    let cancel = Cancel::of(given.get_or_undefined(4));
    run(how(given), move || read(source, flags, shape, &cancel), context)
}

fn read(source: Source, flags: i32, shape: Shape, cancel: &Cancel) -> Attempt<Answer> {
    let bytes = match source {
        Source::Path(path) => read_all(&open_file(&path, flags, 0o666)?, cancel)?,
        Source::Open(file) => read_all(&*file?, cancel)?,
    };
    Ok(Answer::Bytes(bytes, shape))
}

/// Reads what a file has, from where it is. A file with a size is read as far as that was at the
/// beginning: one that grows all the time would have no end.
fn read_all(file: &File, cancel: &Cancel) -> Attempt<AlignedVec<u8>> {
    let metadata = file.metadata().call("fstat")?;
    let size = if metadata.is_file() { metadata.len() } else { 0 };
    if size > FILE_READ_BYTES_MAX {
        return Err(Failure::TooLarge(size));
    }
    let size = usize::try_from(size).map_err(|_| Failure::TooLarge(size))?;
    let mut bytes = AlignedVec::new(0);
    reserve(&mut bytes, size)?;
    let mut len = 0;
    // Those of the system say that they are empty, and so do devices and pipes.
    while size == 0 || len < size {
        cancel.check()?;
        let wanted = match size {
            0 => FILE_READ_AHEAD_BYTES.max(len).min(FILE_PIECE_BYTES),
            size => (size - len).min(FILE_PIECE_BYTES),
        };
        reserve(&mut bytes, wanted)?;
        // Zeroed piece by piece, each is still in the caches when the kernel writes to it.
        bytes.resize(len + wanted, 0);
        let count = read_piece(file, &mut bytes[len..]).call("read")?;
        len += count;
        if count == 0 {
            break;
        }
        if len as u64 > FILE_READ_BYTES_MAX {
            return Err(Failure::TooLarge(len as u64));
        }
        bytes.truncate(len);
    }
    bytes.truncate(len);
    Ok(bytes)
}

fn reserve(bytes: &mut AlignedVec<u8>, more: usize) -> Attempt<()> {
    let reserved = bytes.try_reserve(more).map_err(|_| system(libc::ENOMEM));
    reserved.call("read")
}

fn read_piece(mut file: &File, piece: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// How a whole file is written.
struct Wish {
    flags: i32,
    mode: u32,
    flush: bool,
    atomic: bool,
    cancel: Cancel,
}

/// `writeFile(how, pathOrFd, data, encoding, flags, mode, bits, cancel)`: the bits are 1 to have it on
/// the disk at the end, and 2 to do all of it or nothing.
pub(super) fn write_file(
    _: &JsValue,
    given: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let source = source(given, "write", context)?;
    let data = given.get_or_undefined(2);
    let wish = Wish {
        flags: bits(given, 4).cast_signed(),
        mode: bits(given, 5),
        flush: bits(given, 6) & 1 != 0,
        atomic: bits(given, 6) & 2 != 0,
        cancel: Cancel::of(given.get_or_undefined(7)),
    };
    let no_data = || -> JsError { unchecked("data") };
    if let Some(text) = data.as_string() {
        let encoding = match shape(given, 3) {
            Shape::Text(encoding) => encoding,
            Shape::Buffer => Encoding::Utf8,
        };
        let bytes = encoding.encode(&text);
        return run(how(given), move || write(source, &bytes, &wish), context);
    }
    if how(given).is_undefined() {
        let attempt = with_bytes(data, context, |bytes| write(source, bytes, &wish))?;
        return value(attempt.ok_or_else(no_data)?, JsValue::undefined(), context);
    }
    let bytes = bytes_of(data, context)?.ok_or_else(no_data)?;
    run(how(given), move || write(source, &bytes, &wish), context)
}

fn write(source: Source, bytes: &[u8], wish: &Wish) -> Attempt<Answer> {
    let written = match source {
        Source::Path(path) if wish.atomic => {
            write_atomic(&path, wish.mode, |file| write_all(file, bytes, &wish.cancel))
        }
        Source::Path(path) => {
            let file = open_file(&path, wish.flags, wish.mode)?;
            write_all(&file, bytes, &wish.cancel).and_then(|()| flush(&file, wish))
        }
        Source::Open(file) => {
            let file = file?;
            write_all(&file, bytes, &wish.cancel).and_then(|()| flush(&file, wish))
        }
    };
    written.map(|()| Answer::Nothing)
}

fn flush(file: &File, wish: &Wish) -> Attempt<()> {
    if wish.flush { file.sync_all().call("fsync") } else { Ok(()) }
}

/// Writes all of the bytes. A failure says how many were written before it.
fn write_all(mut file: &File, bytes: &[u8], cancel: &Cancel) -> Attempt<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        cancel.check()?;
        let piece = &rest[..rest.len().min(FILE_PIECE_BYTES)];
        match file.write(piece) {
            Ok(count) => rest = rest.get(count..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let written = (bytes.len() - rest.len()) as u64;
                return Err(Failure::of_call("write", error).after(written));
            }
        }
    }
    Ok(())
}
