//! What SQLite says is wrong, as an exception with the properties that Node gives it, and with the
//! statement and the place in it.

use boa_engine::{Context, JsError, JsValue, js_string};
use rusqlite::{Error, ffi};

use crate::js::convert::js_string_from_utf8;
use crate::js::error::node_error;
use crate::js::interface::set_field;

/// Characters of a statement that a message shows.
const SHOWN_MAX: usize = 200;

/// Whose words a message has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Krandog,
    Node,
}

/// What went wrong, in a form that belongs to no thread.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
    /// The extended result code of SQLite.
    pub(super) number: Option<i32>,
    /// Where in the statement, in bytes.
    pub(super) offset: Option<usize>,
    pub(super) sql: Option<String>,
}

impl Fault {
    /// Anything that SQLite itself knows nothing of.
    pub(super) fn of(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), number: None, offset: None, sql: None }
    }

    /// What `error` says of `sql`, at whose byte `start` the statement begins.
    pub(super) fn new(error: &Error, sql: &str, start: usize) -> Self {
        let (number, message, offset) = match error {
            Error::SqlInputError { error, msg, offset, .. } => {
                (error.extended_code, msg.clone(), usize::try_from(*offset).ok())
            }
            Error::SqliteFailure(error, message) => {
                let code = error.extended_code;
                let said = || ffi::code_to_str(code).to_owned();
                (code, message.clone().unwrap_or_else(said), None)
            }
            Error::MultipleStatement => {
                let why = "there is more than one statement: run them with exec()";
                return Self { sql: given(sql), ..Self::of("ERR_INVALID_ARG_VALUE", why) };
            }
            Error::Empty => return Self::of("ERR_INVALID_ARG_VALUE", "there is no statement"),
            Error::NulError(_) => {
                return Self::of("ERR_INVALID_ARG_VALUE", "a name must not contain a null byte");
            }
            other => (ffi::SQLITE_ERROR, other.to_string(), None),
        };
        Self {
            code: "ERR_SQLITE_ERROR",
            message,
            number: Some(number),
            offset: offset.map(|offset| start + offset),
            sql: given(sql),
        }
    }

    pub(super) fn into_error(self, style: Style, context: &mut Context) -> JsError {
        let message = match (style, self.offset, &self.sql) {
            (Style::Krandog, Some(offset), Some(sql)) => {
                format!("{}, at character {} of: {}", self.message, at(sql, offset) + 1, shown(sql))
            }
            _ => self.message.clone(),
        };
        let error = node_error(self.code, message, context);
        let Some(object) = error.as_opaque().and_then(JsValue::as_object) else { return error };
        if let Some(number) = self.number {
            set_field(&object, js_string!("errcode"), number);
            let text = js_string_from_utf8(ffi::code_to_str(number));
            set_field(&object, js_string!("errstr"), text);
        }
        if let Some(sql) = &self.sql {
            set_field(&object, js_string!("sql"), js_string_from_utf8(sql));
            if let Some(offset) = self.offset {
                set_field(&object, js_string!("offset"), JsValue::from(at(sql, offset)));
            }
        }
        error
    }
}

fn given(sql: &str) -> Option<String> {
    (!sql.is_empty()).then(|| sql.to_owned())
}

/// The character at a byte.
fn at(sql: &str, offset: usize) -> usize {
    sql.char_indices().take_while(|(at, _)| *at < offset).count()
}

fn shown(sql: &str) -> String {
    match sql.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}...", &sql[..end]),
        None => sql.to_owned(),
    }
}
