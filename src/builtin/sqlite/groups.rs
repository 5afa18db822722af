//! Statements in one transaction, in groups of which each happens whole or not at all: one commit, and
//! one wait for the disk, for what many have asked for.

use std::collections::HashMap;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue};
use rusqlite::types::Value;
use rusqlite::{Connection, Statement};

use super::bind::{Kept, bind_kept, keep_all};
use super::fault::{Fault, Style};
use super::handle::{link, text};
use super::value::show;
use crate::js::error::type_error;

/// Statements, and whether each of them has to find or change something.
pub(super) struct Group(Vec<Step>);

struct Step {
    sql: String,
    kept: Kept,
    must: bool,
}

/// For each group the first value of each statement, or how many rows it has changed; `None` for a
/// group that did not happen.
pub(super) type Answers = Vec<Option<Vec<Value>>>;

/// `transactNow(database, groups)`: the same on this thread, for a database that no other sees.
pub(super) fn transact_now(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let link = link(arguments.get_or_undefined(0))?;
    let groups = read(arguments.get_or_undefined(1), context)?;
    let answers = link.with(|connection| run(connection, &groups)).and_then(|answers| answers);
    answer(answers, context)
}

/// Reads `[[[sql, parameters, must], ..], ..]`.
pub(super) fn read(value: &JsValue, context: &mut Context) -> JsResult<Vec<Group>> {
    let mut groups = Vec::new();
    for group in elements(value, context)? {
        let mut steps = Vec::new();
        for step in elements(&group, context)? {
            let step = elements(&step, context)?;
            let sql = text(step.get_or_undefined(0), "sql", context)?;
            let given = elements(step.get_or_undefined(1), context)?;
            let kept = keep_all(&given, context)?;
            steps.push(Step { sql, kept, must: step.get_or_undefined(2).to_boolean() });
        }
        groups.push(Group(steps));
    }
    Ok(groups)
}

fn elements(value: &JsValue, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let list = value.as_object().ok_or_else(|| type_error("groups are arrays"))?;
    let list = JsArray::from_object(list)?;
    (0..list.length(context)?).map(|index| list.get(index, context)).collect()
}

pub(super) fn run(connection: &Connection, groups: &[Group]) -> Result<Answers, Fault> {
    exec(connection, "BEGIN IMMEDIATE")?;
    let mut known = HashMap::new();
    let answers: Result<Answers, Fault> =
        groups.iter().map(|group| whole(connection, group, &mut known)).collect();
    drop(known);
    let answers = answers.and_then(|answers| exec(connection, "COMMIT").map(|()| answers));
    if answers.is_err() && !connection.is_autocommit() {
        // It has failed already, and SQLite may have rolled it back.
        exec(connection, "ROLLBACK").unwrap_or_default();
    }
    answers
}

fn exec(connection: &Connection, sql: &str) -> Result<(), Fault> {
    connection.execute_batch(sql).map_err(|error| Fault::new(&error, sql, 0))
}

/// Runs a group; `None` if one of its statements has found nothing that had to.
fn whole<'c, 'g>(
    connection: &'c Connection,
    group: &'g Group,
    known: &mut HashMap<&'g str, Statement<'c>>,
) -> Result<Option<Vec<Value>>, Fault> {
    exec(connection, "SAVEPOINT part")?;
    let mut values = Vec::new();
    for step in &group.0 {
        if !known.contains_key(step.sql.as_str()) {
            let statement = connection.prepare(&step.sql);
            let statement = statement.map_err(|error| Fault::new(&error, &step.sql, 0))?;
            known.insert(&step.sql, statement);
        }
        let Some(statement) = known.get_mut(step.sql.as_str()) else { continue };
        let (value, found) = one(connection, statement, step)?;
        if step.must && !found {
            exec(connection, "ROLLBACK TO part; RELEASE part")?;
            return Ok(None);
        }
        values.push(value);
    }
    exec(connection, "RELEASE part")?;
    Ok(Some(values))
}

/// Runs a statement. Returns its value, and whether it has found or changed anything.
fn one(
    connection: &Connection,
    statement: &mut Statement<'_>,
    step: &Step,
) -> Result<(Value, bool), Fault> {
    let fault = |error: rusqlite::Error| Fault::new(&error, &step.sql, 0);
    bind_kept(statement, &step.kept, &step.sql)?;
    let mut first = None;
    let is_read = statement.readonly();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(fault)? {
        if first.is_none() {
            first = Some(row.get::<_, Value>(0).map_err(fault)?);
        }
    }
    drop(rows);
    let changes = if is_read { 0 } else { connection.changes() };
    let found = first.is_some() || changes > 0;
    let count = Value::Integer(i64::try_from(changes).unwrap_or(i64::MAX));
    Ok((first.unwrap_or(count), found))
}

/// An array with an array of values, or null, for each group.
pub(super) fn answer(answers: Result<Answers, Fault>, context: &mut Context) -> JsResult<JsValue> {
    let answers = answers.map_err(|fault| fault.into_error(Style::Krandog, context))?;
    let mut all = Vec::new();
    for values in answers {
        let Some(values) = values else {
            all.push(JsValue::null());
            continue;
        };
        let values: JsResult<Vec<JsValue>> =
            values.iter().map(|value| show(value.into(), false, context)).collect();
        all.push(JsArray::from_iter(values?, context).into());
    }
    Ok(JsArray::from_iter(all, context).into())
}
