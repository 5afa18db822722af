//! The classes `Database` of `krandog:sqlite` and `DatabaseSync` of `node:sqlite`.

use std::rc::Rc;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};
use rusqlite::Batch;
use rusqlite::fallible_iterator::FallibleIterator;

use super::connection::Link;
use super::fault::{Fault, Style};
use super::functions;
use super::handle::{Database, link, text};
use super::options::{self, DatabaseOptions};
use super::{scope, statement};
use crate::js::argument::{illegal_invocation, prototype_for, wrong_type};
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::interface::{Accessor, Interface, Op, namespace};
use crate::limits::{SQLITE_PENDING_MAX, SQLITE_QUERIES_KEPT, SQLITE_READERS};

const METHODS: &[Op] = &[
    ("exec", 1, exec),
    ("prepare", 1, prepare),
    ("function", 2, functions::function),
    ("aggregate", 2, functions::aggregate),
    ("close", 0, close),
    ("location", 0, location),
];

const OPEN_METHODS: &[Op] = &[
    ("exec", 1, exec),
    ("prepare", 1, prepare),
    ("function", 2, functions::function),
    ("aggregate", 2, functions::aggregate),
    ("open", 0, open),
    ("close", 0, close),
    ("location", 0, location),
];

const ACCESSORS: &[Accessor] = &[
    ("isOpen", |this, _, _| Ok(link(this)?.is_open().into()), None),
    ("isTransaction", is_transaction, None),
];

const DATABASE: Interface = Interface {
    name: "Database",
    length: 0,
    constructor: |new_target, arguments, context| {
        let options = options::database(arguments.get_or_undefined(1), context)?;
        construct(new_target, arguments, (options, Style::Krandog), context)
    },
    methods: METHODS,
    statics: &[],
    accessors: ACCESSORS,
    constants: &[],
    shown: &["isOpen"],
};

const DATABASE_SYNC: Interface = Interface {
    name: "DatabaseSync",
    length: 1,
    constructor: |new_target, arguments, context| {
        let options = options::database_sync(arguments.get_or_undefined(1), context)?;
        construct(new_target, arguments, (options, Style::Node), context)
    },
    methods: OPEN_METHODS,
    statics: &[],
    accessors: ACCESSORS,
    constants: &[],
    shown: &["isOpen"],
};

/// The classes, once they have been made: two modules have them.
struct Classes(JsValue);

/// `classes()`: all four, by name.
pub(super) fn classes(context: &mut Context) -> JsResult<JsValue> {
    if let Some(known) = context.get_data::<Classes>() {
        return Ok(known.0.clone());
    }
    let database = DATABASE.build(None, context);
    let database_sync = DATABASE_SYNC.build(None, context);
    let (statement, statement_sync) = statement::classes(context);
    let all = namespace(
        &[
            ("Database", database),
            ("DatabaseSync", database_sync),
            ("Statement", statement),
            ("StatementSync", statement_sync),
        ],
        context,
    )?;
    context.insert_data(Classes(all.clone()));
    Ok(all)
}

/// `limits()`: `[queries, pending, readers]`.
pub(super) fn limits(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let limits = [SQLITE_QUERIES_KEPT, SQLITE_PENDING_MAX, SQLITE_READERS].map(JsValue::from);
    Ok(JsArray::from_iter(limits, context).into())
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    (options, style): (DatabaseOptions, Style),
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| JsObject::with_object_proto(context.intrinsics());
    let prototype = prototype_for(new_target, "Database", default, context)?;
    let given = arguments.get_or_undefined(0);
    let Some(path) = given.as_string() else {
        return Err(wrong_type("path", "of type string", given, context));
    };
    let DatabaseOptions { mut place, bigints, result_bytes, is_closed } = options;
    place.path = to_utf8(&path);
    let mut link = Link::new(place, style);
    link.bigints = bigints;
    link.result_bytes = result_bytes.unwrap_or(link.result_bytes);
    if !is_closed {
        link.open().map_err(|fault| fault.into_error(style, context))?;
    }
    let data = Database { link: Rc::new(link), functions: Vec::new() };
    Ok(JsObject::new(context.root_shape(), prototype, data).upcast().into())
}

fn open(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let link = link(this)?;
    link.open().map_err(|fault| fault.into_error(link.style, context))?;
    Ok(JsValue::undefined())
}

fn close(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let link = link(this)?;
    link.close().map_err(|fault| fault.into_error(link.style, context))?;
    // Closing has let go of SQLite's side of them.
    if let Some(mut data) = this.as_object().as_ref().and_then(JsObject::downcast_mut::<Database>) {
        data.functions.clear();
    }
    link.has_functions.set(false);
    Ok(JsValue::undefined())
}

fn is_transaction(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let link = link(this)?;
    let is_autocommit = link.with(rusqlite::Connection::is_autocommit);
    let is_autocommit = is_autocommit.map_err(|fault| fault.into_error(link.style, context))?;
    Ok((!is_autocommit).into())
}

/// The path of a database, null if it has none.
fn location(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let link = link(this)?;
    let name = match arguments.get_or_undefined(0) {
        given if given.is_undefined() => "main".to_owned(),
        given => text(given, "dbName", context)?,
    };
    let found = link.with(|connection| {
        let sql = "SELECT file FROM pragma_database_list WHERE name = ?";
        connection.query_row(sql, [name], |row| row.get::<_, Option<String>>(0))
    });
    let path = found.map_err(|fault| fault.into_error(link.style, context))?;
    let path = path.ok().flatten().filter(|path| !path.is_empty());
    Ok(path.map_or_else(JsValue::null, |path| js_string_from_utf8(&path).into()))
}

fn prepare(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let link = link(this)?;
    let sql = text(arguments.get_or_undefined(0), "sql", context)?;
    let database = this.as_object().ok_or_else(|| illegal_invocation("Database"))?;
    let held = if link.has_functions.get() {
        let (held, thrown) = scope::lend(&database, context, || link.prepare(&sql))?;
        match thrown {
            Some(thrown) => return Err(thrown),
            None => held,
        }
    } else {
        link.prepare(&sql)
    };
    let held = held.map_err(|fault| fault.into_error(link.style, context))?;
    Ok(statement::new(database, held, sql, context))
}

/// Runs all statements of a text, and forgets their rows.
fn exec(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let link = link(this)?;
    let sql = text(arguments.get_or_undefined(0), "sql", context)?;
    let database = this.as_object().ok_or_else(|| illegal_invocation("Database"))?;
    let run = || link.with(|connection| run_all(connection, &link, &sql));
    let (result, thrown) = if link.has_functions.get() {
        scope::lend(&database, context, run)?
    } else {
        (run(), None)
    };
    if let Some(thrown) = thrown {
        return Err(thrown);
    }
    match result {
        Ok(Ok(())) => Ok(JsValue::undefined()),
        Ok(Err(fault)) | Err(fault) => Err(fault.into_error(link.style, context)),
    }
}

fn run_all(connection: &rusqlite::Connection, link: &Link, sql: &str) -> Result<(), Fault> {
    let mut batch = Batch::new(connection, sql);
    loop {
        let next = link.preparing(|| batch.next());
        // The part that is wrong is the end of the text.
        let start = |error: &rusqlite::Error| match error {
            rusqlite::Error::SqlInputError { sql: rest, .. } => sql.len() - rest.len(),
            _ => 0,
        };
        let next = next.map_err(|error| Fault::new(&error, sql, start(&error)))?;
        let Some(mut statement) = next else { return Ok(()) };
        let mut rows = statement.raw_query();
        while rows.next().map_err(|error| Fault::new(&error, sql, 0))?.is_some() {}
    }
}
