//! What went wrong in an operation, as plain data that can leave a worker thread, and the exception
//! that a script gets of it.

use std::borrow::Cow;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use boa_engine::{Context, JsError, JsNativeError};

use crate::errno;
use crate::js::argument::ERROR_TEXTS;
use crate::js::error::{FileTarget, coded_file_error, file_error, node_error, with_bytes_written};
use crate::js::loader::call_builtin;

/// An operation that has failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// A call of the system.
    Call(Box<Call>),
    /// A script has called it off.
    Aborted,
    /// A file is larger than a buffer can be.
    TooLarge(u64),
}

/// A failed call, and what it was about.
#[derive(Debug)]
pub(super) struct Call {
    error: io::Error,
    syscall: &'static str,
    path: Option<PathBuf>,
    dest: Option<PathBuf>,
    /// How much had been written before.
    written: Option<u64>,
    /// Node's own code for it, what its message begins with, and what is wrong.
    coded: Option<(&'static str, &'static str, &'static str)>,
}

/// The result of an operation.
pub(super) type Attempt<T> = Result<T, Failure>;

impl Failure {
    /// A call about an open file.
    pub(super) fn of_call(syscall: &'static str, error: io::Error) -> Self {
        let call = Call { error, syscall, path: None, dest: None, written: None, coded: None };
        Self::Call(Box::new(call))
    }

    /// A call about a path.
    pub(super) fn of_path(syscall: &'static str, path: &Path, error: io::Error) -> Self {
        Self::of_call(syscall, error).at(path)
    }

    fn at(self, path: &Path) -> Self {
        match self {
            Self::Call(mut call) => {
                call.path = Some(path.to_owned());
                Self::Call(call)
            }
            other => other,
        }
    }

    /// The path that it was to become.
    pub(super) fn to(self, dest: &Path) -> Self {
        match self {
            Self::Call(mut call) => {
                call.dest = Some(dest.to_owned());
                Self::Call(call)
            }
            other => other,
        }
    }

    /// So much had been written.
    pub(super) fn after(self, written: u64) -> Self {
        match self {
            Self::Call(mut call) => {
                call.written = Some(written);
                Self::Call(call)
            }
            other => other,
        }
    }

    /// It has a code of Node's own.
    pub(super) fn coded(self, code: &'static str, text: &'static str, why: &'static str) -> Self {
        match self {
            Self::Call(mut call) => {
                call.coded = Some((code, text, why));
                Self::Call(call)
            }
            other => other,
        }
    }

    /// The error of the system, if it is one.
    pub(super) fn error(&self) -> Option<&io::Error> {
        match self {
            Self::Call(call) => Some(&call.error),
            _ => None,
        }
    }

    /// The exception.
    pub(super) fn into_exception(self, context: &mut Context) -> JsError {
        let call = match self {
            Self::Call(call) => call,
            Self::Aborted => {
                let error = call_builtin(ERROR_TEXTS, "abortError", &[], context);
                return error.map_or_else(|error| error, JsError::from_opaque);
            }
            Self::TooLarge(size) => {
                let message = format!("File size ({size}) is greater than 2 GiB");
                return node_error("ERR_FS_FILE_TOO_LARGE", message, context);
            }
        };
        let (path, dest) = (shown(call.path.as_deref()), shown(call.dest.as_deref()));
        let target = FileTarget { path: path.as_deref(), dest: dest.as_deref() };
        let error = match call.coded {
            Some((code, text, why)) => {
                let name = errno::code(&call.error);
                let text = format!("{text}: {} returned {name} ({why})", call.syscall);
                coded_file_error(code, &text, (&call.error, call.syscall, target), context)
            }
            None => file_error(&call.error, call.syscall, target, context),
        };
        match call.written {
            Some(written) => with_bytes_written(error, written, context),
            None => error,
        }
    }
}

fn shown(path: Option<&Path>) -> Option<Cow<'_, str>> {
    path.map(|path| String::from_utf8_lossy(path.as_os_str().as_bytes()))
}

/// An error of the system by its number.
pub(super) fn system(number: i32) -> io::Error {
    io::Error::from_raw_os_error(number)
}

/// Names the call in which an error has come.
pub(super) trait Named<T> {
    /// It was about an open file.
    fn call(self, syscall: &'static str) -> Attempt<T>;
    /// It was about a path.
    fn call_at(self, syscall: &'static str, path: &Path) -> Attempt<T>;
}

impl<T, E: Into<io::Error>> Named<T> for Result<T, E> {
    fn call(self, syscall: &'static str) -> Attempt<T> {
        self.map_err(|error| Failure::of_call(syscall, error.into()))
    }

    fn call_at(self, syscall: &'static str, path: &Path) -> Attempt<T> {
        self.map_err(|error| Failure::of_path(syscall, path, error.into()))
    }
}

/// The exception for an argument that the JavaScript half should not have let through.
pub(super) fn unchecked(what: &str) -> JsError {
    JsNativeError::typ().with_message(format!("{what} was expected")).into()
}
