//! The open files that a script knows by number.
//!
//! The number is the system's, but only what a script has opened can be reached by it, beside the
//! three standard streams: so no script closes or reads a socket of krandog's own. Work that is under
//! way shares the file, and it is closed when the last of it is done.
//!
//! How many there may be is the system's limit of file descriptors.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::sync::Arc;

use boa_engine::Context;

use super::failure::{Attempt, Failure, system};

/// `Context` data, once there is one.
#[derive(Default)]
struct Descriptors {
    open: RefCell<HashMap<i32, Arc<File>>>,
}

/// The standard streams: input, output, errors.
const STANDARD: i32 = 3;

/// Keeps an open file, and returns its number.
pub(super) fn add(file: File, context: &mut Context) -> i32 {
    let number = file.as_raw_fd();
    insert(number, file, context);
    number
}

fn insert(number: i32, file: File, context: &mut Context) -> Arc<File> {
    if !context.has_data::<Descriptors>() {
        context.insert_data(Descriptors::default());
    }
    let file = Arc::new(file);
    if let Some(descriptors) = context.get_data::<Descriptors>() {
        descriptors.open.borrow_mut().insert(number, file.clone());
    }
    file
}

/// The file with this number; `syscall` is what it is for.
pub(super) fn find(
    number: i32,
    syscall: &'static str,
    context: &mut Context,
) -> Attempt<Arc<File>> {
    let known = context.get_data::<Descriptors>();
    if let Some(file) = known.and_then(|known| known.open.borrow().get(&number).cloned()) {
        return Ok(file);
    }
    let file = standard(number).map_err(|error| Failure::of_call(syscall, error))?;
    Ok(insert(number, file, context))
}

/// Another descriptor for one of the standard streams.
fn standard(number: i32) -> io::Result<File> {
    let owned = match number {
        0 => io::stdin().as_fd().try_clone_to_owned(),
        1 => io::stdout().as_fd().try_clone_to_owned(),
        2 => io::stderr().as_fd().try_clone_to_owned(),
        _ => Err(system(libc::EBADF)),
    };
    owned.map(File::from)
}

/// Takes the file with this number away from the script.
pub(super) fn take(number: i32, context: &mut Context) -> Attempt<Arc<File>> {
    let file = find(number, "close", context)?;
    if number < STANDARD {
        // The number has to stay taken: what is opened next must not be written to by `console`.
        replace_standard(number).map_err(|error| Failure::of_call("close", error))?;
    }
    if let Some(known) = context.get_data::<Descriptors>() {
        known.open.borrow_mut().remove(&number);
    }
    Ok(file)
}

/// Puts nothing in the place of one of the standard streams.
fn replace_standard(number: i32) -> io::Result<()> {
    let nothing = File::options().read(true).write(true).open("/dev/null")?;
    match number {
        0 => rustix::stdio::dup2_stdin(nothing)?,
        1 => rustix::stdio::dup2_stdout(nothing)?,
        _ => rustix::stdio::dup2_stderr(nothing)?,
    }
    Ok(())
}
