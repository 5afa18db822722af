//! What a script may choose.

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsResult, JsValue};

use super::open::Place;
use crate::builtin::options::{Opt, flag, function, millis, options_of, other, read, whole};
use crate::limits::{OPTION_MESSAGE_MAX, SQLITE_RESULT_BYTES};

/// The options of a database.
#[derive(Default)]
pub(super) struct DatabaseOptions {
    pub(super) place: Place,
    pub(super) bigints: bool,
    pub(super) result_bytes: Option<usize>,
    /// It is not opened yet.
    pub(super) is_closed: bool,
}

const OURS: [Opt<DatabaseOptions>; 8] = [
    flag("readonly", |to, is| to.place.is_read_only = is),
    flag("create", |to, may| to.place.may_create = may),
    flag("wal", |to, has| to.place.has_wal = has),
    flag("foreignKeys", |to, has| to.place.has_foreign_keys = has),
    flag("bigints", |to, are| to.bigints = are),
    millis("busyTimeout", 0, |to, time| to.place.busy_timeout_ms = time),
    whole("maxResultBytes", (1, OPTION_MESSAGE_MAX), |to, bytes| to.result_bytes = Some(bytes)),
    other("synchronous", |to, given, context| {
        let name = given.value.as_string().map(|name| name.to_std_string_lossy());
        let known = ["off", "normal", "full", "extra"];
        let known = known.into_iter().find(|known| name.as_deref() == Some(*known));
        let Some(known) = known else {
            return Err(given.wrong_type("'off', 'normal', 'full' or 'extra'", context));
        };
        to.place.synchronous = Some(known);
        Ok(())
    }),
];

const NODES: [Opt<DatabaseOptions>; 6] = [
    flag("open", |to, is| to.is_closed = !is),
    flag("readOnly", |to, is| to.place.is_read_only = is),
    flag("enableForeignKeyConstraints", |to, has| to.place.has_foreign_keys = has),
    flag("enableDoubleQuotedStringLiterals", |to, has| to.place.has_double_quoted_strings = has),
    flag("readBigInts", |to, are| to.bigints = are),
    millis("timeout", 0, |to, time| to.place.busy_timeout_ms = time),
];

/// Those of `new Database`.
pub(super) fn database(value: &JsValue, context: &mut Context) -> JsResult<DatabaseOptions> {
    let mut options = DatabaseOptions::default();
    if let Some(object) = options_of(value, "Database", context)? {
        read(&object, "", &[&OURS], &mut options, context)?;
    }
    options.result_bytes.get_or_insert(SQLITE_RESULT_BYTES);
    Ok(options)
}

/// Those of `new DatabaseSync`, which leaves everything as SQLite has it.
pub(super) fn database_sync(value: &JsValue, context: &mut Context) -> JsResult<DatabaseOptions> {
    let place = Place { has_wal: false, synchronous: None, busy_timeout_ms: 0, ..Place::default() };
    let mut options = DatabaseOptions { place, ..DatabaseOptions::default() };
    if let Some(object) = options_of(value, "DatabaseSync", context)? {
        read(&object, "", &[&NODES], &mut options, context)?;
    }
    Ok(options)
}

/// The options of a function, and of an aggregate.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option")]
pub(super) struct FunctionOptions {
    pub(super) is_deterministic: bool,
    pub(super) is_direct_only: bool,
    pub(super) has_bigints: bool,
    pub(super) is_variadic: bool,
    pub(super) start: JsValue,
    pub(super) step: Option<JsFunction>,
    pub(super) result: Option<JsFunction>,
    pub(super) inverse: Option<JsFunction>,
}

const FUNCTION: [Opt<FunctionOptions>; 4] = [
    flag("deterministic", |to, is| to.is_deterministic = is),
    flag("directOnly", |to, is| to.is_direct_only = is),
    flag("useBigIntArguments", |to, has| to.has_bigints = has),
    flag("varargs", |to, is| to.is_variadic = is),
];

const AGGREGATE: [Opt<FunctionOptions>; 4] = [
    other("start", |to, given, _| {
        to.start = given.value.clone();
        Ok(())
    }),
    function("step", |to, step| to.step = Some(step)),
    function("result", |to, result| to.result = Some(result)),
    function("inverse", |to, inverse| to.inverse = Some(inverse)),
];

pub(super) fn function_options(
    value: &JsValue,
    is_aggregate: bool,
    context: &mut Context,
) -> JsResult<FunctionOptions> {
    let mut options = FunctionOptions::default();
    let callee = if is_aggregate { "aggregate" } else { "function" };
    if let Some(object) = options_of(value, callee, context)? {
        let tables: &[&[_]] = if is_aggregate { &[&FUNCTION, &AGGREGATE] } else { &[&FUNCTION] };
        read(&object, "", tables, &mut options, context)?;
    }
    Ok(options)
}
