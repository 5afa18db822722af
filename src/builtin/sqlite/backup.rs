//! Copies of a database, made on a worker thread while others use it.

use std::fs;
use std::thread;
use std::time::Duration;

use boa_engine::{Context, JsArgs, JsResult, JsValue};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ffi};

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
    let mut place = link.place.clone();
    let style = link.style;
    if !place.is_private() {
        // Wherever it was opened, nobody writes to it here.
        place.is_read_only = true;
        link.with(|_| ()).map_err(|fault| fault.into_error(style, context))?;
        let work = move || copy(&place, &path, pages);
        return Ok(ops::spawn(work, finish, context).into());
    }
    // No other connection sees it: it is written here, and takes its place there.
    let beside = format!("{path}.krandog-backup");
    let written = link.with(|connection| {
        // What is left of one that was cut off.
        fs::remove_file(&beside).unwrap_or_default();
        connection.execute("VACUUM INTO ?", [&beside])?;
        connection.query_row("PRAGMA page_count", [], |row| row.get::<_, i32>(0))
    });
    let written = written.map_err(|fault| fault.into_error(style, context))?;
    let pages = written.map_err(|error| Fault::new(&error, "", 0).into_error(style, context))?;
    let work = move || match fs::rename(&beside, &path) {
        Ok(()) => Ok(pages),
        Err(error) => Err(Fault::of("ERR_SQLITE_ERROR", format!("{error}: {path}"))),
    };
    Ok(ops::spawn(work, finish, context).into())
}

fn finish(copied: Result<i32, Fault>, context: &mut Context) -> JsResult<JsValue> {
    copied.map(JsValue::from).map_err(|fault| fault.into_error(Style::Krandog, context))
}

fn copy(place: &Place, path: &str, pages: i32) -> Result<i32, Fault> {
    let fault = |error: rusqlite::Error| Fault::new(&error, "", 0);
    let from = place.connect().map_err(fault)?;
    let mut to = Connection::open(path).map_err(fault)?;
    let backup = Backup::new(&from, &mut to).map_err(fault)?;
    let mut tries = 0;
    loop {
        match backup.step(pages).map_err(fault)? {
            StepResult::Done => return Ok(backup.progress().pagecount),
            StepResult::More => tries = 0,
            _ => {
                tries += 1;
                if tries > SQLITE_BACKUP_TRIES {
                    let error = ffi::Error::new(ffi::SQLITE_BUSY);
                    return Err(fault(rusqlite::Error::SqliteFailure(error, None)));
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
