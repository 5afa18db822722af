//! `error.stack` as Node's programs expect it: `Name: message`, then one line a call.
//!
//! Boa's accessor gives the bare calls, the runtime's own among them; the one here goes around it
//! and works when it is read, so an error that nobody prints costs nothing.

use std::fmt;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{
    Context, JsArgs, JsError, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string,
};

use super::commonjs::place::in_file;
use super::error::type_error;
use super::interface::define_hidden;

/// A place in a source text, both numbers from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) column: usize,
    /// Not so when the engine knows the function only; the numbers are 1 then.
    pub(super) known: bool,
}

impl Place {
    /// The path, the line and the column.
    pub fn parts(&self) -> (String, usize, usize) {
        (self.path.clone(), self.line, self.column)
    }

    /// The numbers as a stack has them.
    pub(super) fn numbers(&self) -> String {
        if self.known { format!(":{}:{}", self.line, self.column) } else { ":?:?".to_owned() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.path, self.numbers())
    }
}

/// Makes the stack of an object of its calls, by `Error.prepareStackTrace`, which is the last
/// argument.
pub type Prepare = fn(&JsObject, &str, &JsValue, &mut Context) -> JsResult<JsValue>;

/// Replaces `Error.prototype.stack` and adds `Error.captureStackTrace`.
pub fn install(prepare: Prepare, context: &mut Context) -> JsResult<()> {
    let error = context.intrinsics().constructors().error();
    let (constructor, prototype) = (error.constructor(), error.prototype());
    let key = PropertyKey::from(js_string!("stack"));
    let own = prototype.borrow().properties().get(&key);
    let Some(frames) = own.as_ref().and_then(PropertyDescriptor::get).and_then(JsValue::as_object)
    else {
        return Ok(());
    };
    let Some(frames) = JsFunction::from_object(frames) else { return Ok(()) };
    let get = NativeFunction::from_copy_closure_with_captures(stack, frames.clone());
    let get = FunctionObjectBuilder::new(context.realm(), get).name("get stack").build();
    let set = NativeFunction::from_fn_ptr(set_stack);
    let set = FunctionObjectBuilder::new(context.realm(), set).name("set stack").length(1).build();
    let accessor =
        PropertyDescriptor::builder().get(get).set(set).enumerable(false).configurable(true);
    prototype.define_property_or_throw(key, accessor, context)?;
    let capture = NativeFunction::from_copy_closure_with_captures(
        move |_, arguments, frames, context| {
            capture_stack_trace(arguments, frames, prepare, context)
        },
        frames,
    );
    let capture = FunctionObjectBuilder::new(context.realm(), capture)
        .name("captureStackTrace")
        .length(2)
        .build();
    define_hidden(&constructor, js_string!("captureStackTrace"), capture, context)
}

/// Gives `object` an own `stack`, as errors in Node have.
pub(super) fn set_own(object: &JsObject, stack: &str, context: &mut Context) -> JsResult<()> {
    define_hidden(object, js_string!("stack"), js_string!(stack), context)
}

/// `get Error.prototype.stack`
fn stack(
    this: &JsValue,
    _: &[JsValue],
    frames: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(frames) = frames.call(this, &[], context)?.as_string() else {
        return Ok(JsValue::undefined());
    };
    let Some(error) = this.as_object() else { return Ok(JsValue::undefined()) };
    let mut text = header(&error, context);
    text.push_str(&tidy(&frames.to_std_string_lossy()));
    Ok(js_string!(text).into())
}

/// `set Error.prototype.stack`: an own property takes the accessor's place, not enumerable.
fn set_stack(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(|| type_error("'this' is not an object"))?;
    let stack = arguments.get_or_undefined(0).clone();
    define_hidden(&object, js_string!("stack"), stack, context)?;
    Ok(JsValue::undefined())
}

/// `Error.captureStackTrace(object, above)`: `object.stack` becomes the calls that lead here,
/// without `above` and what it called.
fn capture_stack_trace(
    arguments: &[JsValue],
    frames: &JsFunction,
    prepare: Prepare,
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = arguments.get_or_undefined(0).as_object();
    let object = object.ok_or_else(|| type_error("the \"object\" argument must be an object"))?;
    let error = context.intrinsics().constructors().error().constructor();
    let probe = error.construct(&[], None, context)?;
    let calls = frames.call(&probe.into(), &[], context)?.to_string(context)?.to_std_string_lossy();
    let above = arguments.get_or_undefined(1).as_object();
    let above = match above {
        Some(above) => above.get(js_string!("name"), context)?.to_string(context)?,
        None => JsString::default(),
    };
    let calls = below(&calls, &above.to_std_string_lossy());
    let own = error.get(js_string!("prepareStackTrace"), context)?;
    if own.is_callable() {
        // V8 hands the calls to it one by one, and what it returns is the stack.
        let stack = prepare(&object, &tidy(&calls), &own, context)?;
        define_hidden(&object, js_string!("stack"), stack, context)?;
        return Ok(JsValue::undefined());
    }
    let mut text = header(&object, context);
    text.push_str(&tidy(&calls));
    set_own(&object, &text, context)?;
    Ok(JsValue::undefined())
}

/// Leaves out the capturing function and, when it is among the calls, everything up to `above`.
fn below(calls: &str, above: &str) -> String {
    let lines: Vec<&str> = calls
        .lines()
        .filter(|line| !line.starts_with("    at captureStackTrace (native"))
        .collect();
    let named = format!("    at {above} (");
    let skipped = match above {
        "" => 0,
        _ => lines.iter().position(|line| line.starts_with(&named)).map_or(0, |at| at + 1),
    };
    lines[skipped..].join("\n")
}

/// `Name: message`, as `Error.prototype.toString` has it; hostile accessors read as absent.
fn header(error: &JsObject, context: &mut Context) -> String {
    let mut read = |name: &str| {
        let value = error.get(js_string!(name), context).ok().filter(|value| !value.is_undefined());
        value.and_then(|value| value.to_string(context).ok()).map(|text| text.to_std_string_lossy())
    };
    let name = read("name").unwrap_or_else(|| "Error".to_owned());
    let message = read("message").unwrap_or_default();
    match (name.as_str(), message.as_str()) {
        ("", _) => message,
        (_, "") => name,
        _ => format!("{name}: {message}"),
    }
}

/// The calls that the engine noted where the exception was thrown.
pub(super) fn calls_of(error: &JsError) -> String {
    let text = error.to_string();
    text.find("\n    at ").map_or_else(String::new, |at| tidy(&text[at..]))
}

/// The calls of a script: those inside of the runtime, and what it called natively, are left out,
/// and natives that call one of the same name.
/// Each line of the result begins with a line feed.
pub(super) fn tidy(calls: &str) -> String {
    let mut kept = Vec::new();
    let mut in_runtime = false;
    for line in calls.lines().rev() {
        let Some(call) = line.strip_prefix("    at ") else { continue };
        let (name, place) = split(call);
        let native = place == "native" || place.starts_with("native at ");
        in_runtime = if native { in_runtime || name.is_empty() } else { is_internal(place) };
        if in_runtime {
            continue;
        }
        let place = in_file(shown(place));
        let shown = match name {
            "" | "<main>" | "<anonymous>" => format!("\n    at {place}"),
            _ => format!("\n    at {name} ({place})"),
        };
        // A native of ours stands before the engine's of the same name.
        if !(native && kept.last() == Some(&shown)) {
            kept.push(shown);
        }
    }
    kept.reverse();
    kept.concat()
}

/// `name (place)` in its two parts.
fn split(call: &str) -> (&str, &str) {
    call.split_once('(')
        .map_or(("", call), |(name, place)| (name.trim(), place.strip_suffix(')').unwrap_or(place)))
}

pub(super) fn is_internal(place: &str) -> bool {
    // The runtime's own thunks have no path.
    ["node:", "krandog:", "internal:", "ops:", "unknown at "]
        .iter()
        .any(|prefix| place.starts_with(prefix))
}

/// The place as people know it: a program that is not a file has no directory.
pub fn shown(place: &str) -> &str {
    ["[eval]", "[stdin]"].iter().find_map(|name| place.find(name)).map_or(place, |at| &place[at..])
}

/// The first place in a source text among the lines of a stack: file, line and column.
pub fn place_of(stack: &str) -> Option<(String, u32, u32)> {
    let Place { path, line, column, known } = first_place(stack)?;
    let number = |number: usize| u32::try_from(number).unwrap_or_default();
    let (line, column) = if known { (number(line), number(column)) } else { (0, 0) };
    Some((path, line, column))
}

/// The first place in a source text among the lines of a stack.
pub(super) fn first_place(stack: &str) -> Option<Place> {
    stack.lines().find_map(|line| {
        let call = line.trim_start().strip_prefix("at ")?;
        let place = match call.split_once(" (") {
            Some((_, place)) => place.strip_suffix(')')?,
            None => call,
        };
        let (rest, column) = place.rsplit_once(':')?;
        let (path, line) = rest.rsplit_once(':')?;
        let known = (line, column) != ("?", "?");
        let number = |text: &str| if known { text.parse().ok() } else { Some(1) };
        let (line, column) = (number(line)?, number(column)?);
        Some(Place { path: path.to_owned(), line, column, known })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidy_leaves_out_the_runtime() {
        let calls = "    at handler (/a/app.js:3:7)\n    at emit (native)\n    at emit (node:events:9:1)\n    \
                     at map (native)\n    at map (native)\n    at <main> (/a/app.js:9:1)\n    at  (native)\n";
        let tidied = "\n    at handler (/a/app.js:3:7)\n    at map (native)\n    at /a/app.js:9:1";
        assert_eq!(tidy(calls), tidied);
    }

    #[test]
    fn first_place_reads_both_forms() {
        let place = first_place("Error: x\n    at f (/a b/c.js:3:7)").expect("a place");
        assert_eq!((place.path.as_str(), place.line, place.column), ("/a b/c.js", 3, 7));
        let place =
            first_place("Error: x\n    at map (native)\n    at /c.js:1:2").expect("a place");
        assert_eq!((place.path.as_str(), place.line, place.column), ("/c.js", 1, 2));
    }
}
