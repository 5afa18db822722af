//! The classes `Statement` of `krandog:sqlite` and `StatementSync` of `node:sqlite`.
//!
//! An iterator of rows is JavaScript; a turn is the number that it knows its rows by, so that it finds
//! out when the statement has begun again meanwhile.

use std::cell::Cell;
use std::mem;
use std::rc::Rc;

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsValue, Trace, js_string,
};
use rusqlite::{Connection, Row, Rows};

use super::bind::{Leave, bind};
use super::connection::{Held, Prepared};
use super::fault::{Fault, Style};
use super::rows::{Form, Names, row};
use super::scope;
use super::value::integer;
use crate::js::argument::{illegal_invocation, wrong_type};
use crate::js::convert::js_string_from_utf8;
use crate::js::error::node_error;
use crate::js::interface::{Accessor, Interface, Op, set_field};

/// The native data of a statement.
#[derive(Trace, Finalize, JsData)]
struct Statement {
    database: JsObject,
    #[unsafe_ignore_trace]
    shared: Rc<Shared>,
}

/// What a call needs of a statement, while scripts may run.
struct Shared {
    held: Held,
    sql: String,
    names: Names,
    bigints: Cell<bool>,
    arrays: Cell<bool>,
    bare: Cell<bool>,
    unknown: Cell<bool>,
}

/// The prototypes, once the classes have been made.
struct Prototypes {
    ours: JsObject,
    nodes: JsObject,
}

const METHODS: &[Op] = &[
    ("run", 0, run),
    ("get", 0, get),
    ("all", 0, all),
    ("values", 0, values),
    ("columns", 0, columns),
    ("finalize", 0, finalize),
    ("setReadBigInts", 1, set_read_bigints),
];

const NODE_METHODS: &[Op] = &[
    ("run", 0, run),
    ("get", 0, get),
    ("all", 0, all),
    ("columns", 0, columns),
    ("setReadBigInts", 1, set_read_bigints),
    ("setReturnArrays", 1, |this, arguments, context| {
        set(this, arguments, "returnArrays", |shared| &shared.arrays, context)
    }),
    ("setAllowBareNamedParameters", 1, |this, arguments, context| {
        set(this, arguments, "allowBareNamedParameters", |shared| &shared.bare, context)
    }),
    ("setAllowUnknownNamedParameters", 1, |this, arguments, context| {
        set(this, arguments, "enabled", |shared| &shared.unknown, context)
    }),
];

const ACCESSORS: &[Accessor] = &[
    ("sourceSQL", |this, _, _| Ok(js_string_from_utf8(&parts(this)?.1.sql).into()), None),
    ("expandedSQL", expanded, None),
];

const STATEMENT: Interface = interface("Statement", METHODS);
const STATEMENT_SYNC: Interface = interface("StatementSync", NODE_METHODS);

const fn interface(name: &'static str, methods: &'static [Op]) -> Interface {
    Interface {
        name,
        length: 0,
        constructor: |_, _, context| {
            Err(node_error("ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor", context))
        },
        methods,
        statics: &[],
        accessors: ACCESSORS,
        constants: &[],
        shown: &["sourceSQL"],
    }
}

pub(super) fn classes(context: &mut Context) -> (StandardConstructor, StandardConstructor) {
    let (ours, nodes) = (STATEMENT.build(None, context), STATEMENT_SYNC.build(None, context));
    let prototypes = Prototypes { ours: ours.prototype(), nodes: nodes.prototype() };
    context.insert_data(prototypes);
    (ours, nodes)
}

/// The object of a statement that was prepared.
pub(super) fn new(database: JsObject, held: Held, sql: String, context: &Context) -> JsValue {
    let style = held.link.style;
    let bigints = Cell::new(held.link.bigints);
    let shared = Rc::new(Shared {
        held,
        sql,
        names: Names::default(),
        bigints,
        arrays: Cell::default(),
        bare: Cell::new(true),
        unknown: Cell::default(),
    });
    let prototype = context.get_data::<Prototypes>().map(|known| match style {
        Style::Krandog => known.ours.clone(),
        Style::Node => known.nodes.clone(),
    });
    let data = Statement { database, shared };
    JsObject::new(context.root_shape(), prototype, data).upcast().into()
}

fn parts(this: &JsValue) -> JsResult<(JsObject, Rc<Shared>)> {
    let object = this.as_object();
    let data = object.as_ref().and_then(JsObject::downcast_ref::<Statement>);
    let parts = data.map(|data| (data.database.clone(), data.shared.clone()));
    parts.ok_or_else(|| illegal_invocation("Statement"))
}

impl Shared {
    fn style(&self) -> Style {
        self.held.link.style
    }

    fn form(&self, arrays: bool) -> Form {
        Form { style: self.style(), bigints: self.bigints.get(), arrays }
    }

    fn error(&self, error: &rusqlite::Error, context: &mut Context) -> JsError {
        Fault::new(error, &self.sql, 0).into_error(self.style(), context)
    }

    /// Works with the statement, which is reset and has its parameters.
    fn begun<R>(
        &self,
        given: &[JsValue],
        context: &mut Context,
        work: impl FnOnce(&Connection, &mut Prepared<'_>, &mut Context) -> JsResult<R>,
    ) -> JsResult<R> {
        let result = self.held.with(|connection, prepared| {
            if prepared.is_under_way {
                drop(prepared.statement.raw_query());
                prepared.is_under_way = false;
            }
            prepared.turn = prepared.turn.wrapping_add(1);
            let leave =
                Leave { style: self.style(), bare: self.bare.get(), unknown: self.unknown.get() };
            bind(&mut prepared.statement, given, leave, context)?;
            work(connection, prepared, context)
        });
        result.unwrap_or_else(|fault| Err(fault.into_error(self.style(), context)))
    }

    /// The next row.
    fn step<'r, 's>(
        &self,
        rows: &'r mut Rows<'s>,
        database: &JsObject,
        context: &mut Context,
    ) -> JsResult<Option<&'r Row<'s>>> {
        if !self.held.link.has_functions.get() {
            return rows.next().map_err(|error| self.error(&error, context));
        }
        let (next, thrown) = scope::lend(database, context, move || rows.next())?;
        match (next, thrown) {
            (_, Some(thrown)) => Err(thrown),
            (next, None) => next.map_err(|error| self.error(&error, context)),
        }
    }
}

fn run(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (database, shared) = parts(this)?;
    let (changes, row) = shared.begun(arguments, context, |connection, prepared, context| {
        let mut rows = prepared.statement.raw_query();
        while shared.step(&mut rows, &database, context)?.is_some() {}
        drop(rows);
        let changes = if prepared.statement.readonly() { 0 } else { connection.changes() };
        Ok((changes, connection.last_insert_rowid()))
    })?;
    let bigints = shared.bigints.get();
    let changes = integer(i64::try_from(changes).unwrap_or(i64::MAX), bigints, context)?;
    let row = integer(row, bigints, context)?;
    let result = JsObject::with_object_proto(context.intrinsics());
    set_field(&result, js_string!("changes"), changes);
    set_field(&result, js_string!("lastInsertRowid"), row);
    Ok(result.into())
}

fn get(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (database, shared) = parts(this)?;
    shared.begun(arguments, context, |_, prepared, context| {
        let mut rows = prepared.statement.raw_query();
        let Some(first) = shared.step(&mut rows, &database, context)? else {
            return Ok(JsValue::undefined());
        };
        let form = shared.form(shared.arrays.get());
        Ok(row(first, &shared.names, form, context)?.0)
    })
}

fn all(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (database, shared) = parts(this)?;
    let arrays = shared.arrays.get();
    list(&database, &shared, arrays, arguments, context)
}

fn values(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (database, shared) = parts(this)?;
    list(&database, &shared, true, arguments, context)
}

/// All rows, unless they are too many.
fn list(
    database: &JsObject,
    shared: &Shared,
    arrays: bool,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let most = shared.held.link.result_bytes;
    shared.begun(arguments, context, |_, prepared, context| {
        let mut rows = prepared.statement.raw_query();
        let (mut all, mut total) = (Vec::new(), 0);
        while let Some(next) = shared.step(&mut rows, database, context)? {
            let (value, bytes) = row(next, &shared.names, shared.form(arrays), context)?;
            total += bytes;
            if total > most {
                return Err(too_large(most).into_error(shared.style(), context));
            }
            all.push(value);
        }
        Ok(JsArray::from_iter(all, context).into())
    })
}

/// There is more than `most` bytes.
pub(super) fn too_large(most: usize) -> Fault {
    let message = format!("the result has more than {most} bytes: use iterate()");
    Fault::of("ERR_BUFFER_TOO_LARGE", message)
}

/// `begin(statement, ...parameters)`: the turn of an iterator.
pub(super) fn begin(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (_, shared) = parts(arguments.get_or_undefined(0))?;
    let given = arguments.get(1..).unwrap_or_default();
    shared.begun(given, context, |_, prepared, _| {
        prepared.is_under_way = true;
        Ok(JsValue::from(prepared.turn))
    })
}

/// `next(statement, turn)`: the next row; undefined if there is none.
pub(super) fn next(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (database, shared) = parts(arguments.get_or_undefined(0))?;
    let turn = arguments.get_or_undefined(1).to_u32(context)?;
    let result = shared.held.with(|_, prepared| {
        if prepared.turn != turn || !prepared.is_under_way {
            let why = "iterator was invalidated: the statement has begun again";
            return Err(Fault::of("ERR_INVALID_STATE", why).into_error(shared.style(), context));
        }
        // Should this fail, it is over.
        prepared.is_under_way = false;
        let mut rows = prepared.statement.raw_query();
        let Some(next) = shared.step(&mut rows, &database, context)? else {
            return Ok(JsValue::undefined());
        };
        let form = shared.form(shared.arrays.get());
        let (value, _) = row(next, &shared.names, form, context)?;
        // Dropped, it would be reset.
        mem::forget(rows);
        prepared.is_under_way = true;
        Ok(value)
    });
    result.unwrap_or_else(|fault| Err(fault.into_error(shared.style(), context)))
}

/// `end(statement, turn)`: the iterator wants no more rows.
pub(super) fn end(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (_, shared) = parts(arguments.get_or_undefined(0))?;
    let turn = arguments.get_or_undefined(1).to_u32(context)?;
    let ended = shared.held.with(|_, prepared| {
        if prepared.turn == turn && prepared.is_under_way {
            drop(prepared.statement.raw_query());
            prepared.is_under_way = false;
        }
    });
    // One that was finalized, or is running, needs no end.
    ended.unwrap_or_default();
    Ok(JsValue::undefined())
}

fn columns(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (_, shared) = parts(this)?;
    let found = shared.held.with(|_, prepared| {
        let types: Vec<Option<String>> = prepared
            .statement
            .columns()
            .map(|column| column.decl_type().map(str::to_owned))
            .collect();
        let columns = prepared.statement.columns_with_metadata();
        columns
            .zip(types)
            .map(|(column, kind)| {
                [
                    ("column", column.origin_name().map(str::to_owned)),
                    ("database", column.database_name().map(str::to_owned)),
                    ("name", Some(column.name().to_owned())),
                    ("table", column.table_name().map(str::to_owned)),
                    ("type", kind),
                ]
            })
            .collect::<Vec<_>>()
    });
    let found = found.map_err(|fault| fault.into_error(shared.style(), context))?;
    let columns: Vec<JsValue> = found
        .into_iter()
        .map(|column| {
            let object = match shared.style() {
                Style::Krandog => JsObject::with_object_proto(context.intrinsics()),
                Style::Node => JsObject::with_null_proto(),
            };
            for (name, text) in column {
                let text =
                    text.map_or_else(JsValue::null, |text| js_string_from_utf8(&text).into());
                set_field(&object, js_string!(name), text);
            }
            object.into()
        })
        .collect();
    Ok(JsArray::from_iter(columns, context).into())
}

fn expanded(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (_, shared) = parts(this)?;
    let text = shared.held.with(|_, prepared| prepared.statement.expanded_sql());
    let text = text.map_err(|fault| fault.into_error(shared.style(), context))?;
    Ok(text.map_or_else(JsValue::null, |text| js_string_from_utf8(&text).into()))
}

fn finalize(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (_, shared) = parts(this)?;
    if !shared.held.finalize() {
        let fault = Fault::of("ERR_INVALID_STATE", "the statement is running");
        return Err(fault.into_error(shared.style(), context));
    }
    Ok(JsValue::undefined())
}

fn set_read_bigints(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    set(this, arguments, "readBigInts", |shared| &shared.bigints, context)
}

fn set(
    this: &JsValue,
    arguments: &[JsValue],
    name: &str,
    which: fn(&Shared) -> &Cell<bool>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let (_, shared) = parts(this)?;
    let given = arguments.get_or_undefined(0);
    let Some(wanted) = given.as_boolean() else {
        return Err(wrong_type(name, "of type boolean", given, context));
    };
    which(&shared).set(wanted);
    Ok(JsValue::undefined())
}
