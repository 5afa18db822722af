//! What people read about an exception that nothing caught: the source line with a caret, the
//! name, the message, the calls, the causes.

use std::io::Write;
use std::path::Path;

use boa_engine::builtins::error::Error;
use boa_engine::error::EngineError;
use boa_engine::{Context, JsError, JsResult, JsValue, js_string};

use super::loader::Loader;
use super::runtime_limit;
use super::stack::{Place, calls_of, first_place};
use crate::limits::{EXCERPT_COLUMNS, NAME_LINES};

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
    let mut text = String::new();
    if let Some(place) = thrown_at(&stack, &shown) {
        let exact = undefined_name(&place, &shown, context);
        if let Some(exact) = &exact {
            shown = shown.replacen(&place.numbers(), &exact.numbers(), 1);
        }
        text = excerpt(exact.as_ref().unwrap_or(&place), context).unwrap_or_default();
    }
    // The inspector marks an error without calls by brackets.
    let bare = shown.strip_prefix('[').and_then(|shown| shown.strip_suffix(']'));
    let shown = bare.filter(|_| is_error).unwrap_or(&shown);
    text.extend([title, " ", shown]);
    if !is_error {
        text.push_str(calls);
    }
    if let Some(hint) = hint(shown) {
        text.extend(["\n\n", hint]);
    }
    text
}

/// The first place that is not in the constructor of the error's own class.
fn thrown_at(stack: &str, shown: &str) -> Option<Place> {
    let class = shown.split([':', ' ', '\n']).next().unwrap_or_default();
    let constructor = format!("    at {class} (");
    let calls: Vec<&str> = stack.lines().filter(|line| !line.starts_with(&constructor)).collect();
    first_place(&calls.join("\n")).or_else(|| first_place(stack))
}

/// Where the name is that is not defined: the engine tells only what ran before it.
fn undefined_name(place: &Place, shown: &str, context: &Context) -> Option<Place> {
    let first = shown.lines().next()?.strip_suffix(" is not defined")?;
    let name = first.strip_prefix("ReferenceError: ")?;
    let source = source_of(&place.path, context)?;
    let lines = source.lines().enumerate().skip(place.line - 1).take(NAME_LINES);
    for (index, line) in lines {
        let skipped = if index + 1 == place.line { place.column - 1 } else { 0 };
        let start = line.char_indices().nth(skipped).map_or(line.len(), |(at, _)| at);
        if let Some(at) = word_at(&line[start..], name) {
            let column = line[..start + at].chars().count() + 1;
            return Some(Place { path: place.path.clone(), line: index + 1, column, known: true });
        }
    }
    None
}

/// Where `word` stands in `text` as a whole identifier.
fn word_at(text: &str, word: &str) -> Option<usize> {
    let part = |character: char| character.is_alphanumeric() || "_$.".contains(character);
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let after = text[at + word.len()..].chars().next();
        !text[..*at].chars().next_back().is_some_and(part)
            && !after.is_some_and(|character| character != '.' && part(character))
    })
}

/// What to write instead of the words of `CommonJS`.
fn hint(text: &str) -> Option<&'static str> {
    let first = text.lines().next()?;
    if first.ends_with("require is not defined") {
        return Some(
            "krandog runs ES modules: write import name from 'module' for require('module')",
        );
    }
    let commonjs = ["module is not defined", "exports is not defined"];
    commonjs
        .iter()
        .any(|end| first.ends_with(end))
        .then_some("krandog runs ES modules: write export for module.exports")
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
fn excerpt(place: &Place, context: &Context) -> Option<String> {
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

fn source_of(path: &str, context: &Context) -> Option<String> {
    match context.get_data::<ProgramText>() {
        Some(program) if program.name == path => Some(program.text.clone()),
        _ => std::fs::read_to_string(path).ok(),
    }
}
