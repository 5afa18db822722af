//! Rows, as objects or arrays.

use std::cell::RefCell;

use boa_engine::builtins::object::OrdinaryObject;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, JsValue};
use rusqlite::{Row, Statement, StatementStatus};

use super::fault::{Fault, Style};
use super::value::{show, weight};
use crate::js::convert::js_string_from_utf8;
use crate::js::interface::set_field;
use crate::limits::SQLITE_VALUE_BYTES;

/// What a row becomes.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) style: Style,
    pub(super) bigints: bool,
    pub(super) arrays: bool,
}

/// The names of the columns, until the statement is compiled again.
#[derive(Default)]
pub(super) struct Names(RefCell<Option<(i32, Vec<PropertyKey>)>>);

impl Names {
    fn with<R>(&self, statement: &Statement<'_>, read: impl FnOnce(&[PropertyKey]) -> R) -> R {
        let compiled = statement.get_status(StatementStatus::RePrepare);
        let known = self
            .0
            .take()
            .filter(|(when, names)| *when == compiled && names.len() == statement.column_count());
        let known = known.unwrap_or_else(|| {
            let names = statement.column_names();
            (compiled, names.map(|name| js_string_from_utf8(name).into()).collect())
        });
        let result = read(&known.1);
        *self.0.borrow_mut() = Some(known);
        result
    }
}

/// A row, and about how many bytes it takes.
pub(super) fn row(
    row: &Row<'_>,
    names: &Names,
    form: Form,
    context: &mut Context,
) -> JsResult<(JsValue, usize)> {
    let statement: &Statement<'_> = row.as_ref();
    let mut bytes = 0;
    let mut value = |index: usize, context: &mut Context| {
        let value = row.get_ref(index);
        let value =
            value.map_err(|error| Fault::new(&error, "", 0).into_error(form.style, context))?;
        bytes += weight(value) + SQLITE_VALUE_BYTES;
        show(value, form.bigints, context)
    };
    if form.arrays {
        let values: JsResult<Vec<JsValue>> =
            (0..statement.column_count()).map(|index| value(index, context)).collect();
        return Ok((JsArray::from_iter(values?, context).into(), bytes));
    }
    let prototype = match form.style {
        Style::Krandog => Some(context.intrinsics().constructors().object().prototype()),
        Style::Node => None,
    };
    let object: JsObject = JsObject::new(context.root_shape(), prototype, OrdinaryObject).upcast();
    names.with(statement, |names| {
        for (index, name) in names.iter().enumerate() {
            set_field(&object, name.clone(), value(index, context)?);
        }
        JsResult::Ok(())
    })?;
    Ok((object.into(), bytes))
}
