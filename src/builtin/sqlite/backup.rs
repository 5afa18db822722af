//! Copies of a database, made on a worker thread while others use it.

use std::thread;
use std::time::Duration;

use boa_engine::{Context, JsArgs, JsResult, JsValue};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ffi};

use super::connection::Link;
use super::fault::{Fault, Style};
use super::handle::{link, text};
use super::open::Place;
use crate::js::ops;
use crate::limits::{SQLITE_BACKUP_PAGES, SQLITE_BACKUP_PAUSE_MS, SQLITE_BACKUP_TRIES};

/// `backup(database, path, pages)`: a promise for the number of pages.
pub(super) fn backup(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let link = link(arguments.get_or_undefined(0))?;
    let path = text(arguments.get_or_undefined(1), "path", context)?;
    let pages = match arguments.get_or_undefined(2) {
        given if given.is_undefined() => SQLITE_BACKUP_PAGES,
        given => given.to_i32(context)?.max(1),
    };
    let ends = ends(&link, &path).map_err(|fault| fault.into_error(link.style, context))?;
    let work = move || {
        let (from, mut to) = ends;
        let from = match from {
            From::Place(place) => place.connect().map_err(|error| fault(&error))?,
            From::Copy(copy) => copy,
        };
        copy(&from, &mut to, pages)
    };
    Ok(ops::spawn(work, finish, context).into())
}

/// What is read from.
enum From {
    Place(Place),
    Copy(Connection),
}

/// Both ends: the current folder may be another one when the thread begins.
fn ends(link: &Link, path: &str) -> Result<(From, Connection), Fault> {
    let from = match link.place()? {
        // Wherever it was opened, nobody writes to it here.
        Some(place) => From::Place(Place { is_read_only: true, ..place }),
        // No other connection sees it.
        None => From::Copy(link.with(temporary)??),
    };
    Ok((from, Connection::open(path).map_err(|error| fault(&error))?))
}

/// A copy of a database in a file that goes with its connection.
fn temporary(connection: &Connection) -> Result<Connection, Fault> {
    let mut to = Connection::open("").map_err(|error| fault(&error))?;
    let backup = Backup::new(connection, &mut to).map_err(|error| fault(&error))?;
    let step = backup.step(-1).map_err(|error| fault(&error))?;
    drop(backup);
    if step == StepResult::Done {
        return Ok(to);
    }
    let why = "a database in memory cannot be copied within a transaction".to_owned();
    let error = ffi::Error::new(ffi::SQLITE_BUSY);
    Err(fault(&rusqlite::Error::SqliteFailure(error, Some(why))))
}

fn finish(copied: Result<i32, Fault>, context: &mut Context) -> JsResult<JsValue> {
    copied.map(JsValue::from).map_err(|fault| fault.into_error(Style::Krandog, context))
}

fn fault(error: &rusqlite::Error) -> Fault {
    Fault::new(error, "", 0)
}

/// Copies with the locks that others of both see.
fn copy(from: &Connection, to: &mut Connection, pages: i32) -> Result<i32, Fault> {
    let backup = Backup::new(from, to).map_err(|error| fault(&error))?;
    let mut tries = 0;
    loop {
        match backup.step(pages).map_err(|error| fault(&error))? {
            StepResult::Done => return Ok(backup.progress().pagecount),
            StepResult::More => tries = 0,
            _ => {
                tries += 1;
                if tries > SQLITE_BACKUP_TRIES {
                    let error = ffi::Error::new(ffi::SQLITE_BUSY);
                    return Err(fault(&rusqlite::Error::SqliteFailure(error, None)));
                }
                pause();
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this thread is there to wait")]
fn pause() {
    thread::sleep(Duration::from_millis(SQLITE_BACKUP_PAUSE_MS));
}
