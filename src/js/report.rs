//! What people read about an exception that nothing caught: the source line with a caret, the
//! name, the message, the calls, the causes.

use std::io::Write;

use boa_engine::builtins::error::Error;
use boa_engine::error::EngineError;
use boa_engine::{Context, JsError, JsResult, JsValue, js_string};

use super::diagnose::{MissingExport, Thrown, throws};
use super::explain::explained;
use super::loader::Loader;
use super::runtime_limit;
use super::source::{begins_function, excerpt, source_of};
use super::stack::{Place, calls_of, first_place};

/// Writes a report to standard error, which may be closed.
pub fn print(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Prints what a handler threw. The server lives on.
pub fn report_handler_error(error: &JsError, during: &str, context: &mut Context) {
    let mut text = uncaught(error, context);
    text.text.extend(["\n  while handling ", during]);
    print(&text.whole());
}

/// The text for an exception that nothing caught. It does not end with a line feed.
pub fn uncaught_text(error: &JsError, context: &mut Context) -> String {
    uncaught(error, context).whole()
}

/// The text for a promise that was rejected with `reason` and has no handler.
pub fn rejection_text(reason: &JsValue, context: &mut Context) -> String {
    value_text(reason, "", "Uncaught (in promise)", context).whole()
}

/// What is said of an exception, and what to do, which comes last.
struct Text {
    text: String,
    remedy: Option<String>,
}

impl Text {
    fn whole(self) -> String {
        match self.remedy {
            Some(remedy) => format!("{}\n\n{remedy}", self.text),
            None => self.text,
        }
    }
}

fn uncaught(error: &JsError, context: &mut Context) -> Text {
    if let Some(engine) = error.as_engine() {
        return Text { text: engine_text(error, engine, context), remedy: None };
    }
    match error.clone().into_opaque(context) {
        Ok(value) => value_text(&value, &calls_of(error), "Uncaught", context),
        Err(error) => Text { text: format!("Uncaught {error}"), remedy: None },
    }
}

fn value_text(value: &JsValue, calls: &str, title: &str, context: &mut Context) -> Text {
    let object = value.as_object();
    let is_error = object.as_ref().is_some_and(|object| object.is::<Error>());
    let explained = explained(value, context);
    let stack = object
        .filter(|_| explained.is_none())
        .and_then(|object| object.get(js_string!("stack"), context).ok())
        .and_then(|stack| stack.as_string())
        .map_or_else(|| calls.to_owned(), |stack| stack.to_std_string_lossy());
    let mut shown = inspected(value, context).unwrap_or_else(|_| value.display().to_string());
    if is_error {
        shown = without_brackets(shown);
    }
    let mut remedy = None;
    let mut place = match &explained {
        Some(explained) => {
            remedy.clone_from(&explained.remedy);
            explained.place.clone()
        }
        None => thrown_at(&stack, &shown, context),
    };
    if let Some(missing) = missing_export(&shown, context) {
        let MissingExport { message, path, line, column, .. } = missing;
        shown = format!("SyntaxError: {message}\n    at {path}:{line}:{column}");
        place = Some(Place { path, line, column, known: true });
        remedy = Some(missing.remedy);
    }
    if !is_error
        && place.is_none()
        && let Some(literal) = thrown_literal(value, context)
    {
        shown.extend(["\n    at ", &literal.to_string()]);
        place = Some(literal);
    }
    let mut text = place.and_then(|place| excerpt(&place, context)).unwrap_or_default();
    text.extend([title, " ", &shown]);
    if !is_error {
        text.push_str(calls);
    }
    Text { text, remedy }
}

/// The inspector puts an error without calls in brackets.
fn without_brackets(shown: String) -> String {
    let Some(rest) = shown.strip_prefix('[') else { return shown };
    match rest.strip_suffix(']') {
        Some(bare) => bare.to_owned(),
        // Properties follow.
        None if rest.contains("] {\n") => rest.replacen("] {\n", " {\n", 1),
        // It is only a class that stands in them.
        None => shown,
    }
}

/// The one place where such a value is thrown, if it is written there.
fn thrown_literal(value: &JsValue, context: &mut Context) -> Option<Place> {
    let thrown = match (value.as_string(), value.as_object()) {
        (Some(text), _) => Thrown::Text(text.to_std_string_lossy()),
        (None, Some(object)) => {
            let keys = object.own_property_keys(context).ok()?;
            Thrown::Object(keys.iter().map(ToString::to_string).collect())
        }
        (None, None) => return None,
    };
    let paths = context.downcast_module_loader::<Loader>()?.paths();
    let mut found = paths.into_iter().filter(|path| path.starts_with('/')).flat_map(|path| {
        let places = source_of(&path, context).map(|source| throws(&thrown, &source));
        places.unwrap_or_default().into_iter().map(move |(line, column)| Place {
            path: path.clone(),
            line,
            column,
            known: true,
        })
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Which import it is that the engine could not meet.
fn missing_export(shown: &str, context: &Context) -> Option<MissingExport> {
    let rest = shown.strip_prefix("SyntaxError: could not find export `")?;
    let (name, _) = rest.split_once('`')?;
    let loader = context.downcast_module_loader::<Loader>()?;
    loader.missing_export(name, |path| source_of(path, context))
}

/// The first place that is not in a constructor of the error's own class, or of one above it.
fn thrown_at(stack: &str, shown: &str, context: &Context) -> Option<Place> {
    let class = shown.split([':', ' ', '\n']).next().unwrap_or_default();
    let constructor = format!("    at {class} (");
    let calls = stack.lines().filter(|line| !line.starts_with(&constructor));
    let mut places = calls.filter_map(first_place);
    places.find(|place| !begins_function(place, context)).or_else(|| first_place(stack))
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
