//! How a function in JavaScript gets at the engine from below SQLite, which knows nothing of it.
//!
//! Whoever lets a statement run lends the engine for so long, and says whose functions are meant. What
//! such a function throws comes back the same way.

use std::cell::RefCell;
use std::mem::ManuallyDrop;

use boa_engine::{Context, JsError, JsObject, JsResult};
use scoped_tls_hkt::scoped_thread_local;

use crate::js::error::range_error;
use crate::limits::SQLITE_CALLS_DEEP;

scoped_thread_local!(static mut ENGINE: Context);

/// A statement that runs.
struct Frame {
    database: JsObject,
    thrown: Option<JsError>,
}

thread_local! {
    /// The innermost is the last. Not dropped with the thread, whose heap may be gone by then.
    static FRAMES: ManuallyDrop<RefCell<Vec<Frame>>> = const {
        ManuallyDrop::new(RefCell::new(Vec::new()))
    };
}

/// Lets SQLite work, which may call functions of this database. Returns what it has made of it, and
/// what a function has thrown.
pub(super) fn lend<R>(
    database: &JsObject,
    context: &mut Context,
    work: impl FnOnce() -> R,
) -> JsResult<(R, Option<JsError>)> {
    let depth = FRAMES.with(|frames| {
        frames.borrow_mut().push(Frame { database: database.clone(), thrown: None });
        frames.borrow().len()
    });
    let result = (depth <= SQLITE_CALLS_DEEP).then(|| ENGINE.set(context, work));
    let frame = FRAMES.with(|frames| frames.borrow_mut().pop());
    let result = result
        .ok_or_else(|| range_error(format!("queries in functions of queries are {depth} deep")))?;
    Ok((result, frame.and_then(|frame| frame.thrown)))
}

/// Calls JavaScript from below SQLite, where that is possible: not while a statement is thrown away.
pub(super) fn call<R>(
    work: impl FnOnce(&JsObject, &mut Context) -> JsResult<R>,
) -> rusqlite::Result<R> {
    let database = FRAMES.with(|frames| Some(frames.borrow().last()?.database.clone()));
    let Some(database) = database.filter(|_| ENGINE.is_set()) else {
        return Err(failed("a function in JavaScript cannot be called now"));
    };
    ENGINE.with(|context| work(&database, context)).map_err(|thrown| {
        FRAMES.with(|frames| {
            if let Some(frame) = frames.borrow_mut().last_mut() {
                // The first is the reason for all others.
                frame.thrown.get_or_insert(thrown);
            }
        });
        failed("a function in JavaScript has thrown")
    })
}

fn failed(why: &str) -> rusqlite::Error {
    rusqlite::Error::UserFunctionError(why.into())
}
