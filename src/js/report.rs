//! What people read about an exception that nothing caught: the source line with a caret, the
//! name, the message, the calls, the causes.

use std::io::Write;
use std::path::Path;

use boa_engine::builtins::error::Error;
use boa_engine::error::EngineError;
use boa_engine::{Context, JsError, JsResult, JsValue, js_string};

use super::diagnose::{Finding, MissingExport, Spot, diagnose};
use super::loader::Loader;
use super::runtime_limit;
use super::stack::{Place, calls_of, first_place};
use crate::limits::EXCERPT_COLUMNS;

/// The text of a program that came from no file; `Context` data.
pub struct ProgramText {
    /// `[eval]` or `[stdin]`.
    pub name: String,
    /// The source.
    pub text: String,
}

impl ProgramText {
    /// `path` is where the program pretends to be: a directory and `[eval]` or `[stdin]`.
    pub fn new(path: &Path, text: &str) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { name: name.unwrap_or_default(), text: text.to_owned() }
    }
}

/// Writes a report to standard error, which may be closed.
pub fn print(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Prints what a handler threw. The server lives on.
pub fn report_handler_error(error: &JsError, during: &str, context: &mut Context) {
    let text = uncaught_text(error, context);
    print(&format!("{text}\n  while handling {during}"));
}

/// The text for an exception that nothing caught. It does not end with a line feed.
pub fn uncaught_text(error: &JsError, context: &mut Context) -> String {
    if let Some(engine) = error.as_engine() {
        return engine_text(error, engine, context);
    }
    match error.clone().into_opaque(context) {
        Ok(value) => value_text(&value, &calls_of(error), "Uncaught", context),
        Err(error) => format!("Uncaught {error}"),
    }
}

/// The text for a promise that was rejected with `reason` and has no handler.
pub fn rejection_text(reason: &JsValue, context: &mut Context) -> String {
    value_text(reason, "", "Uncaught (in promise)", context)
}

fn value_text(value: &JsValue, calls: &str, title: &str, context: &mut Context) -> String {
    let object = value.as_object();
    let is_error = object.as_ref().is_some_and(|object| object.is::<Error>());
    let stack = object
        .and_then(|object| object.get(js_string!("stack"), context).ok())
        .and_then(|stack| stack.as_string())
        .map_or_else(|| calls.to_owned(), |stack| stack.to_std_string_lossy());
    let mut shown = inspected(value, context).unwrap_or_else(|_| value.display().to_string());
    // The inspector marks an error without calls by brackets.
    if is_error && let Some(bare) = shown.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
    {
        shown = bare.to_owned();
    }
    let mut place = thrown_at(&stack, &shown);
    let mut remedy = None;
    if let Some(finding) = finding_of(value, context) {
        place = corrected(place, &finding, &mut shown);
        remedy = finding.remedy;
    } else if let Some(missing) = missing_export(&shown, context) {
        let MissingExport { message, path, line, column, .. } = missing;
        shown = format!("SyntaxError: {message}\n    at {path}:{line}:{column}");
        place = Some(Place { path, line, column, known: true });
        remedy = Some(missing.remedy);
    }
    let mut text = place.and_then(|place| excerpt(&place, context)).unwrap_or_default();
    text.extend([title, " ", &shown]);
    if !is_error {
        text.push_str(calls);
    }
    if let Some(remedy) = remedy {
        text.extend(["\n\n", &remedy]);
    }
    text
}

/// What the source says of an exception that the engine threw.
fn finding_of(value: &JsValue, context: &mut Context) -> Option<Finding> {
    let object = value.as_object()?;
    let message = object.get(js_string!("message"), context).ok()?.as_string()?;
    let error = object.downcast_ref::<Error>()?;
    let message = message.to_std_string_lossy();
    diagnose(&error, &message, |path| source_of(path, context), || globals(context))
}

/// Which import it is that the engine could not meet.
fn missing_export(shown: &str, context: &Context) -> Option<MissingExport> {
    let rest = shown.strip_prefix("SyntaxError: could not find export `")?;
    let (name, _) = rest.split_once('`')?;
    let loader = context.downcast_module_loader::<Loader>()?;
    loader.missing_export(name, |path| source_of(path, context))
}

fn globals(context: &Context) -> Vec<String> {
    let global = context.global_object();
    let global = global.borrow();
    global.shape().keys().iter().map(ToString::to_string).collect()
}

/// Puts what was found out into the text that the inspector made.
fn corrected(place: Option<Place>, finding: &Finding, shown: &mut String) -> Option<Place> {
    let place = place?;
    if let Some(message) = &finding.message {
        replace_message(shown, message);
    }
    match finding.place {
        Spot::Engine => Some(place),
        Spot::At(line, column) => {
            let exact = Place { line, column, known: true, ..place.clone() };
            *shown = shown.replacen(&place.numbers(), &exact.numbers(), 1);
            Some(exact)
        }
        Spot::Unknown => {
            *shown = shown.replacen(&place.numbers(), "", 1);
            None
        }
    }
}

/// `TypeError: engine's words` becomes `TypeError: ours`.
fn replace_message(shown: &mut String, message: &str) {
    let end = shown.find("\n    at ").unwrap_or(shown.len());
    if let Some(start) = shown[..end].find(": ") {
        shown.replace_range(start + 2..end, message);
    }
}

/// The first place that is not in the constructor of the error's own class.
fn thrown_at(stack: &str, shown: &str) -> Option<Place> {
    let class = shown.split([':', ' ', '\n']).next().unwrap_or_default();
    let constructor = format!("    at {class} (");
    let calls: Vec<&str> = stack.lines().filter(|line| !line.starts_with(&constructor)).collect();
    first_place(&calls.join("\n")).or_else(|| first_place(stack))
}

fn inspected(value: &JsValue, context: &mut Context) -> JsResult<String> {
    let Some(loader) = context.downcast_module_loader::<Loader>() else {
        return Ok(value.display().to_string());
    };
    let module = loader.import_builtin("internal:inspect", context)?;
    let inspect = module.get_value(js_string!("inspect"), context)?;
    let Some(inspect) = inspect.as_callable() else { return Ok(value.display().to_string()) };
    let text = inspect.call(&JsValue::undefined(), std::slice::from_ref(value), context)?;
    Ok(text.to_string(context)?.to_std_string_lossy())
}

/// Errors that no script can catch, because the engine gave up.
fn engine_text(error: &JsError, engine: &EngineError, context: &Context) -> String {
    let mut text = first_place(&calls_of(error))
        .and_then(|place| excerpt(&place, context))
        .unwrap_or_default();
    let message = runtime_limit::message(engine, context);
    text.extend(["Uncaught RangeError: ", &message, &runtime_limit::innermost_calls(error)]);
    text
}

/// `path:line`, the source line, and a caret under the column.
pub(super) fn excerpt(place: &Place, context: &Context) -> Option<String> {
    let source = source_of(&place.path, context).filter(|_| place.known)?;
    let line = source.lines().nth(place.line.checked_sub(1)?)?;
    let column = place.column.saturating_sub(1);
    let start = column.saturating_sub(EXCERPT_COLUMNS - 20);
    let shown: String = line.chars().skip(start).take(EXCERPT_COLUMNS).collect();
    let margin: String = shown
        .chars()
        .take(column - start)
        .map(|character| if character == '\t' { '\t' } else { ' ' })
        .collect();
    Some(format!("{}:{}\n{shown}\n{margin}^\n", place.path, place.line))
}

pub(super) fn source_of(path: &str, context: &Context) -> Option<String> {
    match context.get_data::<ProgramText>() {
        Some(program) if program.name == path => Some(program.text.clone()),
        _ => std::fs::read_to_string(path).ok(),
    }
}
