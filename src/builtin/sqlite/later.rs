//! Connections on worker threads: a query that takes long does not hold the loop up. Each does one
//! thing at a time; the JavaScript half sees to their turns.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace, js_string,
};
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::types::Value;
use rusqlite::{Batch, Connection, ffi};

use super::bind::{Kept, bind_kept, keep_all};
use super::fault::{Fault, Style};
use super::groups;
use super::handle::{link, text};
use super::open::Place;
use super::statement::too_large;
use super::value::{integer, show, weight};
use crate::js::convert::js_string_from_utf8;
use crate::js::error::type_error;
use crate::js::interface::set_field;
use crate::js::ops;
use crate::limits::{SQLITE_STEPS_UNWATCHED, SQLITE_VALUE_BYTES};

/// What the JavaScript half holds of a connection.
#[derive(Trace, Finalize, JsData)]
struct Handle {
    #[unsafe_ignore_trace]
    lane: Arc<Lane>,
    #[unsafe_ignore_trace]
    bigints: bool,
}

struct Lane {
    place: Place,
    result_bytes: usize,
    /// Opened by the first query.
    connection: Mutex<Option<Connection>>,
    /// How many calls there have been: the number of the last one.
    calls: AtomicU64,
    turn: Arc<Turn>,
}

/// Which call the connection works for, and which of them is to end. A call may be called off before
/// it has begun, when SQLite would know nothing of it.
#[derive(Default)]
struct Turn {
    current: AtomicU64,
    stopped: AtomicU64,
}

impl Turn {
    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire) == self.current.load(Ordering::Relaxed)
    }
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Run,
    Get,
    All,
    Values,
    Exec,
}

/// What a query has found.
struct Found {
    kind: Kind,
    bigints: bool,
    names: Vec<String>,
    /// The values of all rows, one row after the other.
    values: Vec<Value>,
    changes: u64,
    row: i64,
}

/// `connect(database, readOnly)`: a handle.
pub(super) fn connect(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let link = link(arguments.get_or_undefined(0))?;
    let place = link.place().and_then(|place| {
        let why = "only a database in a file can be used by several connections";
        place.ok_or_else(|| Fault::of("ERR_INVALID_STATE", why))
    });
    let mut place = place.map_err(|fault| fault.into_error(Style::Krandog, context))?;
    place.is_read_only |= arguments.get_or_undefined(1).to_boolean();
    let lane = Lane {
        place,
        result_bytes: link.result_bytes,
        connection: Mutex::default(),
        calls: AtomicU64::new(0),
        turn: Arc::default(),
    };
    let handle = Handle { lane: Arc::new(lane), bigints: link.bigints };
    Ok(JsObject::from_proto_and_data(None, handle).into())
}

/// `ask(handle, kind, sql, parameters)`: a promise.
pub(super) fn ask(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (lane, bigints) = lane(arguments)?;
    let kind = match arguments.get_or_undefined(1).to_u32(context)? {
        0 => Kind::Run,
        1 => Kind::Get,
        2 => Kind::All,
        3 => Kind::Values,
        _ => Kind::Exec,
    };
    let sql = text(arguments.get_or_undefined(2), "sql", context)?;
    let list = arguments.get_or_undefined(3).as_object();
    let list = JsArray::from_object(list.ok_or_else(|| type_error("no parameters"))?)?;
    let mut given = Vec::new();
    for index in 0..list.length(context)? {
        given.push(list.get(index, context)?);
    }
    let kept = keep_all(&given, context)?;
    let call = lane.next_call();
    let work =
        move || lane.with(call, |connection| lane.ask(connection, (kind, bigints), &sql, &kept));
    Ok(ops::spawn(work, answer, context).into())
}

/// `transact(handle, groups)`: a promise for what `groups::answer` makes of them.
pub(super) fn transact(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (lane, _) = lane(arguments)?;
    let groups = groups::read(arguments.get_or_undefined(1), context)?;
    let call = lane.next_call();
    let work = move || lane.with(call, |connection| groups::run(connection, &groups));
    Ok(ops::spawn(work, groups::answer, context).into())
}

/// `interrupt(handle)`: the last call ends with an error.
pub(super) fn interrupt(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let (lane, _) = lane(arguments)?;
    lane.turn.stopped.store(lane.calls.load(Ordering::Relaxed), Ordering::Release);
    Ok(JsValue::undefined())
}

/// `disconnect(handle)`: a promise. It is opened again if somebody asks.
pub(super) fn disconnect(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (lane, _) = lane(arguments)?;
    let work = move || {
        let connection = lane.connection.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(connection);
    };
    Ok(ops::spawn(work, |(), _| Ok(JsValue::undefined()), context).into())
}

fn lane(arguments: &[JsValue]) -> JsResult<(Arc<Lane>, bool)> {
    let object = arguments.get_or_undefined(0).as_object();
    let handle = object.as_ref().and_then(JsObject::downcast_ref::<Handle>);
    let parts = handle.map(|handle| (handle.lane.clone(), handle.bigints));
    parts.ok_or_else(|| type_error("the argument is no connection"))
}

impl Lane {
    fn next_call(&self) -> u64 {
        self.calls.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Works with the connection, which is opened first if need be.
    fn with<R>(
        &self,
        call: u64,
        work: impl FnOnce(&Connection) -> Result<R, Fault>,
    ) -> Result<R, Fault> {
        let mut place = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        self.turn.current.store(call, Ordering::Relaxed);
        if self.turn.is_stopped() {
            let error = ffi::Error::new(ffi::SQLITE_INTERRUPT);
            return Err(Fault::new(&rusqlite::Error::SqliteFailure(error, None), "", 0));
        }
        let connection = match &*place {
            Some(connection) => connection,
            None => place.insert(self.open().map_err(|error| Fault::new(&error, "", 0))?),
        };
        work(connection)
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let mut connection = self.place.connect()?;
        let turn = self.turn.clone();
        let is_stopped = move || turn.is_stopped();
        connection.progress_handler(SQLITE_STEPS_UNWATCHED, Some(is_stopped))?;
        Ok(connection)
    }

    fn ask(
        &self,
        connection: &Connection,
        (kind, bigints): (Kind, bool),
        sql: &str,
        kept: &Kept,
    ) -> Result<Found, Fault> {
        if kind == Kind::Exec {
            run_all(connection, sql).map_err(|error| Fault::new(&error, sql, 0))?;
        }
        let mut found =
            Found { kind, bigints, names: Vec::new(), values: Vec::new(), changes: 0, row: 0 };
        if kind != Kind::Exec {
            self.query(connection, sql, kept, &mut found)?;
        }
        if kind == Kind::Run {
            found.changes = connection.changes();
            found.row = connection.last_insert_rowid();
        }
        Ok(found)
    }

    fn query(
        &self,
        connection: &Connection,
        sql: &str,
        kept: &Kept,
        found: &mut Found,
    ) -> Result<(), Fault> {
        let fault = |error: rusqlite::Error| Fault::new(&error, sql, 0);
        let mut statement = connection.prepare(sql).map_err(fault)?;
        bind_kept(&mut statement, kept, sql)?;
        found.names = statement.column_names().map(str::to_owned).collect();
        let mut total = 0;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(fault)? {
            if found.kind == Kind::Run {
                continue;
            }
            for index in 0..found.names.len() {
                let value = row.get_ref(index).map_err(fault)?;
                total += weight(value) + SQLITE_VALUE_BYTES;
                if total > self.result_bytes {
                    return Err(too_large(self.result_bytes));
                }
                let value = match value {
                    // SQLite does not see to it that text is UTF-8.
                    rusqlite::types::ValueRef::Text(text) => {
                        Value::Text(String::from_utf8_lossy(text).into_owned())
                    }
                    other => other.try_into().map_err(|error: rusqlite::types::FromSqlError| {
                        Fault::of("ERR_SQLITE_ERROR", error.to_string())
                    })?,
                };
                found.values.push(value);
            }
            if found.kind == Kind::Get {
                break;
            }
        }
        Ok(())
    }
}

/// Runs all statements of a text. Should one fail, or be interrupted, a transaction that another has
/// begun ends too: later calls would be part of it.
fn run_all(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    let was_free = connection.is_autocommit();
    let result = each(connection, sql);
    if result.is_err() && was_free && !connection.is_autocommit() {
        // SQLite may roll it back by itself.
        connection.execute_batch("ROLLBACK").unwrap_or_default();
    }
    result
}

fn each(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    let mut batch = Batch::new(connection, sql);
    while let Some(mut statement) = batch.next()? {
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
    }
    Ok(())
}

fn answer(found: Result<Found, Fault>, context: &mut Context) -> JsResult<JsValue> {
    let found = found.map_err(|fault| fault.into_error(Style::Krandog, context))?;
    match found.kind {
        Kind::Exec => Ok(JsValue::undefined()),
        Kind::Run => {
            let result = JsObject::with_object_proto(context.intrinsics());
            let changes = i64::try_from(found.changes).unwrap_or(i64::MAX);
            let changes = integer(changes, found.bigints, context)?;
            let row = integer(found.row, found.bigints, context)?;
            set_field(&result, js_string!("changes"), changes);
            set_field(&result, js_string!("lastInsertRowid"), row);
            Ok(result.into())
        }
        Kind::Get | Kind::All | Kind::Values => {
            let mut rows = Vec::new();
            for values in found.values.chunks(found.names.len().max(1)) {
                rows.push(row(&found, values, context)?);
            }
            if found.kind == Kind::Get {
                return Ok(rows.into_iter().next().unwrap_or_default());
            }
            Ok(JsArray::from_iter(rows, context).into())
        }
    }
}

fn row(found: &Found, values: &[Value], context: &mut Context) -> JsResult<JsValue> {
    let values: JsResult<Vec<JsValue>> =
        values.iter().map(|value| show(value.into(), found.bigints, context)).collect();
    let values = values?;
    if found.kind == Kind::Values {
        return Ok(JsArray::from_iter(values, context).into());
    }
    let object = JsObject::with_object_proto(context.intrinsics());
    for (name, value) in found.names.iter().zip(values) {
        set_field(&object, js_string_from_utf8(name), value);
    }
    Ok(object.into())
}
