//! Functions and aggregates in JavaScript.
//!
//! SQLite has numbers of them alone. What an aggregate has so far is here, by a number as well: SQLite
//! may throw it away when no script can run.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ffi::c_int;
use std::mem::ManuallyDrop;

use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};
use rusqlite::functions::{Aggregate, FunctionFlags, WindowAggregate};
use rusqlite::types::Value;

use super::fault::{Fault, Style};
use super::handle::{Database, Function, link, text};
use super::options::{FunctionOptions, function_options};
use super::scope;
use super::value::{keep, show};
use crate::js::argument::{function as function_argument, illegal_invocation, wrong_type};

type Arguments<'a> = rusqlite::functions::Context<'a>;

/// `function(name, options, fn)`, of which the options may be left out.
pub(super) fn function(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let link = link(this)?;
    let name = text(arguments.get_or_undefined(0), "name", context)?;
    let (given, call) = match arguments {
        [_, call] => (&JsValue::undefined(), call),
        _ => (arguments.get_or_undefined(1), arguments.get_or_undefined(2)),
    };
    let call = function_argument(call, "function", context)?;
    let options = function_options(given, false, context)?;
    let count = count_of(&call, 0, &options, context)?;
    let flags = flags_of(&options);
    let number = add(this, call, options)?;
    let added = link.with(|connection| {
        connection.create_scalar_function(name.as_str(), count, flags, move |arguments| {
            scope::call(|database, context| {
                let function = find(database, number)?;
                let given = arguments_of(arguments, &function, context)?;
                let value = function.step.call(&JsValue::undefined(), &given, context)?;
                result_of(&value, context)
            })
        })
    });
    finish(added, &link.has_functions, link.style, context)
}

/// `aggregate(name, options)`
pub(super) fn aggregate(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let link = link(this)?;
    let name = text(arguments.get_or_undefined(0), "name", context)?;
    let mut options = function_options(arguments.get_or_undefined(1), true, context)?;
    let Some(step) = options.step.take() else {
        let none = JsValue::undefined();
        return Err(wrong_type("options.step", "of type function", &none, context));
    };
    let count = count_of(&step, 1, &options, context)?;
    let flags = flags_of(&options);
    let is_window = options.inverse.is_some();
    let number = Number(add(this, step, options)?);
    let added = link.with(|connection| {
        if is_window {
            connection.create_window_function(name.as_str(), count, flags, number)
        } else {
            connection.create_aggregate_function(name.as_str(), count, flags, number)
        }
    });
    finish(added, &link.has_functions, link.style, context)
}

fn finish(
    added: Result<rusqlite::Result<()>, Fault>,
    has_functions: &Cell<bool>,
    style: Style,
    context: &mut Context,
) -> JsResult<JsValue> {
    match added {
        Ok(Ok(())) => {
            has_functions.set(true);
            Ok(JsValue::undefined())
        }
        Ok(Err(error)) => Err(Fault::new(&error, "", 0).into_error(style, context)),
        Err(fault) => Err(fault.into_error(style, context)),
    }
}

/// How many arguments a function takes, as SQLite counts: -1 for any number.
fn count_of(
    call: &JsFunction,
    before: u32,
    options: &FunctionOptions,
    context: &mut Context,
) -> JsResult<c_int> {
    if options.is_variadic {
        return Ok(-1);
    }
    let length = call.get(PropertyKey::from(js_string!("length")), context)?.to_u32(context)?;
    Ok(c_int::try_from(length.saturating_sub(before)).unwrap_or(-1))
}

fn flags_of(options: &FunctionOptions) -> FunctionFlags {
    let mut flags = FunctionFlags::SQLITE_UTF8;
    flags.set(FunctionFlags::SQLITE_DETERMINISTIC, options.is_deterministic);
    flags.set(FunctionFlags::SQLITE_DIRECTONLY, options.is_direct_only);
    flags
}

/// Keeps a function with the database. Returns its number there.
fn add(this: &JsValue, step: JsFunction, options: FunctionOptions) -> JsResult<usize> {
    let object = this.as_object();
    let data = object.as_ref().and_then(JsObject::downcast_mut::<Database>);
    let mut data = data.ok_or_else(|| illegal_invocation("Database"))?;
    let FunctionOptions { start, result, inverse, has_bigints: bigints, .. } = options;
    data.functions.push(Function { step, start, result, inverse, bigints });
    Ok(data.functions.len() - 1)
}

fn find(database: &JsObject, number: usize) -> JsResult<Function> {
    let data = database.downcast_ref::<Database>();
    let function = data.as_ref().and_then(|data| data.functions.get(number)).cloned();
    function.ok_or_else(|| illegal_invocation("Database"))
}

fn arguments_of(
    arguments: &Arguments<'_>,
    function: &Function,
    context: &mut Context,
) -> JsResult<Vec<JsValue>> {
    let all = 0..arguments.len();
    all.map(|index| show(arguments.get_raw(index), function.bigints, context)).collect()
}

/// What SQLite gets of what a function has returned.
fn result_of(value: &JsValue, context: &mut Context) -> JsResult<Value> {
    if value.is_undefined() {
        return Ok(Value::Null);
    }
    if let Ok(kept) = keep(value, Style::Krandog, context)? {
        return Ok(kept);
    }
    let is_promise = value.as_object().is_some_and(|object| JsPromise::from_object(object).is_ok());
    let message = if is_promise {
        "Asynchronous user-defined functions are not supported"
    } else {
        "Returned JavaScript value cannot be converted to a SQLite value"
    };
    let fault = Fault { number: Some(1), ..Fault::of("ERR_SQLITE_ERROR", message) };
    Err(fault.into_error(Style::Node, context))
}

thread_local! {
    /// What aggregates have so far. Not dropped with the thread, whose heap may be gone by then.
    static SO_FAR: ManuallyDrop<RefCell<HashMap<u64, JsValue>>> =
        ManuallyDrop::new(RefCell::default());
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

fn so_far(id: u64) -> JsValue {
    SO_FAR.with(|all| all.borrow().get(&id).cloned()).unwrap_or_default()
}

fn set_so_far(id: u64, value: JsValue) {
    SO_FAR.with(|all| drop(all.borrow_mut().insert(id, value)));
}

fn take_so_far(id: u64) -> Option<JsValue> {
    SO_FAR.with(|all| all.borrow_mut().remove(&id))
}

/// The number of an aggregate.
#[derive(Clone, Copy)]
struct Number(usize);

impl Number {
    /// Calls `pick`, or its place's inverse, with what there is so far and the arguments.
    fn advance(
        self,
        arguments: &Arguments<'_>,
        id: u64,
        pick: fn(&Function) -> Option<&JsFunction>,
    ) -> rusqlite::Result<()> {
        scope::call(|database, context| {
            let function = find(database, self.0)?;
            let Some(call) = pick(&function) else { return Ok(()) };
            let mut given = vec![so_far(id)];
            given.extend(arguments_of(arguments, &function, context)?);
            let value = call.call(&JsValue::undefined(), &given, context)?;
            set_so_far(id, value);
            Ok(())
        })
    }

    /// The result for what there is so far, which may be nothing.
    fn result(self, so_far: Option<JsValue>) -> rusqlite::Result<Value> {
        scope::call(|database, context| {
            let function = find(database, self.0)?;
            let so_far = match so_far {
                Some(value) => value,
                None => start(&function, context)?,
            };
            let value = match &function.result {
                Some(result) => result.call(&JsValue::undefined(), &[so_far], context)?,
                None => so_far,
            };
            result_of(&value, context)
        })
    }
}

fn start(function: &Function, context: &mut Context) -> JsResult<JsValue> {
    match function.start.as_callable() {
        Some(make) => make.call(&JsValue::undefined(), &[], context),
        None => Ok(function.start.clone()),
    }
}

impl Aggregate<u64, Value> for Number {
    fn init(&self, _: &mut Arguments<'_>) -> rusqlite::Result<u64> {
        let value = scope::call(|database, context| {
            let function = find(database, self.0)?;
            start(&function, context)
        })?;
        let id = COUNT.get();
        COUNT.set(id.wrapping_add(1));
        set_so_far(id, value);
        Ok(id)
    }

    fn step(&self, arguments: &mut Arguments<'_>, id: &mut u64) -> rusqlite::Result<()> {
        self.advance(arguments, *id, |function| Some(&function.step))
    }

    fn finalize(&self, _: &mut Arguments<'_>, id: Option<u64>) -> rusqlite::Result<Value> {
        self.result(id.and_then(take_so_far))
    }
}

impl WindowAggregate<u64, Value> for Number {
    fn value(&self, id: Option<&mut u64>) -> rusqlite::Result<Value> {
        self.result(id.map(|id| so_far(*id)))
    }

    fn inverse(&self, arguments: &mut Arguments<'_>, id: &mut u64) -> rusqlite::Result<()> {
        self.advance(arguments, *id, |function| function.inverse.as_ref())
    }
}
