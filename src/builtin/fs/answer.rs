//! What an operation has found, as plain data that can leave a worker thread, and the value that a
//! script gets of it.

use std::fs::{File, Metadata};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::UNIX_EPOCH;

use boa_engine::object::builtins::{AlignedVec, JsArray};
use boa_engine::{Context, JsBigInt, JsResult, JsValue};

use super::descriptors;
use crate::builtin::buffer::{Encoding, new_buffer};
use crate::js::convert::{js_string_from_checked, with_bytes_mut};

/// What an operation has found.
pub(super) enum Answer {
    Nothing,
    Truth(bool),
    Count(u64),
    /// An open file, which gets a number now.
    Opened(File),
    /// Bytes of a file.
    Bytes(AlignedVec<u8>, Shape),
    /// Bytes for the views that the script has given.
    Read(Vec<u8>),
    /// A path, or the name of a file.
    Name(Vec<u8>, Shape),
    /// Names of files.
    Names(Vec<Vec<u8>>, Shape),
    /// Files of a folder: the folder, the name, and what it is.
    Entries(Vec<Entry>, Shape),
    /// What is known of a file.
    Stats(Box<Metadata>, bool),
    /// What is known of a file system.
    Numbers(Vec<u64>, bool),
}

/// A file in a folder.
pub(super) struct Entry {
    pub(super) folder: Vec<u8>,
    pub(super) name: Vec<u8>,
    /// One of the constants `UV_DIRENT_*`.
    pub(super) kind: u8,
}

/// How bytes are shown.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Buffer,
    Text(Encoding),
}

impl Shape {
    pub(super) fn show(self, bytes: &[u8], context: &mut Context) -> JsResult<JsValue> {
        match self {
            Self::Buffer => new_buffer(AlignedVec::from_slice(0, bytes), context),
            Self::Text(Encoding::Utf8) => Ok(js_string_from_checked(bytes).into()),
            Self::Text(encoding) => Ok(encoding.decode(bytes).into()),
        }
    }
}

impl Answer {
    /// A path in this shape.
    pub(super) fn path(path: &Path, shape: Shape) -> Self {
        Self::Name(path.as_os_str().as_bytes().to_vec(), shape)
    }

    /// The value for the script, which has given `target` to be read to.
    pub(super) fn into_value(self, target: &JsValue, context: &mut Context) -> JsResult<JsValue> {
        Ok(match self {
            Self::Nothing => JsValue::undefined(),
            Self::Truth(truth) => truth.into(),
            Self::Count(count) => number(count).into(),
            Self::Opened(file) => descriptors::add(file, context).into(),
            Self::Bytes(bytes, Shape::Buffer) => new_buffer(bytes, context)?,
            Self::Bytes(bytes, shape) => shape.show(&bytes, context)?,
            Self::Read(bytes) => {
                fill(target, &bytes, context)?;
                number(bytes.len() as u64).into()
            }
            Self::Name(name, shape) => shape.show(&name, context)?,
            Self::Names(names, shape) => {
                let list = JsArray::new(context)?;
                for name in names {
                    let name = shape.show(&name, context)?;
                    list.push(name, context)?;
                }
                list.into()
            }
            Self::Entries(entries, shape) => {
                let list = JsArray::new(context)?;
                for entry in entries {
                    let values = [
                        shape.show(&entry.name, context)?,
                        shape.show(&entry.folder, context)?,
                        entry.kind.into(),
                    ];
                    for value in values {
                        list.push(value, context)?;
                    }
                }
                list.into()
            }
            Self::Stats(metadata, is_big) => numbers(stats(&metadata, is_big), context),
            Self::Numbers(values, is_big) => {
                let values = values.into_iter().map(|value| exact(i128::from(value), is_big));
                numbers(values.collect(), context)
            }
        })
    }
}

fn numbers(values: Vec<JsValue>, context: &mut Context) -> JsValue {
    JsArray::from_iter(values, context).into()
}

/// Puts what was read into the views that it was read for, which may have shrunk since.
fn fill(target: &JsValue, mut bytes: &[u8], context: &mut Context) -> JsResult<()> {
    let list = target.as_object().and_then(|object| JsArray::from_object(object).ok());
    let Some(list) = list else {
        with_bytes_mut(target, context, |view| put(view, bytes))?;
        return Ok(());
    };
    for index in 0..list.length(context)? {
        let view = list.get(index, context)?;
        let taken = with_bytes_mut(&view, context, |view| put(view, bytes))?;
        bytes = bytes.get(taken.unwrap_or_default()..).unwrap_or_default();
    }
    Ok(())
}

fn put(view: &mut [u8], bytes: &[u8]) -> usize {
    let count = view.len().min(bytes.len());
    view[..count].copy_from_slice(&bytes[..count]);
    count
}

/// The fields in the order in which the classes of `runtime/fs_stats.js` have them.
fn stats(metadata: &Metadata, is_big: bool) -> Vec<JsValue> {
    let born = metadata.created().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let born = match born {
        Some(since) => {
            (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), i64::from(since.subsec_nanos()))
        }
        None => (metadata.ctime(), metadata.ctime_nsec()),
    };
    let times = [
        (metadata.atime(), metadata.atime_nsec()),
        (metadata.mtime(), metadata.mtime_nsec()),
        (metadata.ctime(), metadata.ctime_nsec()),
        born,
    ];
    let counts = [
        metadata.dev(),
        u64::from(metadata.mode()),
        metadata.nlink(),
        u64::from(metadata.uid()),
        u64::from(metadata.gid()),
        metadata.rdev(),
        metadata.blksize(),
        metadata.ino(),
        metadata.size(),
        metadata.blocks(),
    ];
    let mut values: Vec<JsValue> =
        counts.into_iter().map(|count| exact(i128::from(count), is_big)).collect();
    let nanoseconds =
        times.map(|(seconds, rest)| i128::from(seconds) * 1_000_000_000 + i128::from(rest));
    if is_big {
        values.extend(nanoseconds.map(|since| exact(since.div_euclid(1_000_000), true)));
        values.extend(nanoseconds.map(|since| exact(since, true)));
    } else {
        #[expect(clippy::cast_precision_loss, reason = "as in Node: bigint is there for the rest")]
        values.extend(times.map(|(seconds, rest)| {
            JsValue::from(seconds as f64 * 1000.0 + rest as f64 / 1_000_000.0)
        }));
    }
    values
}

/// A number, or a `BigInt` of it.
fn exact(value: i128, is_big: bool) -> JsValue {
    if is_big {
        return i64::try_from(value)
            .map_or_else(
                |_| JsBigInt::from(u64::try_from(value).unwrap_or(u64::MAX)),
                JsBigInt::from,
            )
            .into();
    }
    #[expect(clippy::cast_precision_loss, reason = "as in Node: bigint is there for the rest")]
    JsValue::from(value as f64)
}

#[expect(clippy::cast_precision_loss, reason = "nothing on a disk is so large")]
fn number(count: u64) -> f64 {
    count as f64
}
