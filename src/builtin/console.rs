//! `console`: the object, whose methods are native, lines that need no inspection, colours, time.
//! Everything else is the JavaScript half's, which is loaded when something needs it: a script
//! that prints a few strings parses none of it.
//!
//! Spec: <https://console.spec.whatwg.org/>

#![expect(clippy::unnecessary_wraps, reason = "an op returns a result")]

use std::cell::{Cell, OnceCell, RefCell};

use boa_engine::object::builtins::JsFunction;
use boa_engine::object::{FunctionObjectBuilder, ObjectInitializer};
use boa_engine::property::Attribute;
use boa_engine::value::JsVariant;
use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsSymbol, JsValue, NativeFunction, js_string,
};

use super::output::Stream;
use crate::js::convert::js_string_from_utf8;
use crate::js::error::type_error;
use crate::js::frame;
use crate::js::interface::Op;
use crate::js::loader::Loader;

pub(super) const OPS: &[Op] = &[
    ("attach", 1, attach),
    ("colors", 1, colors),
    ("console", 0, console),
    ("indent", 1, indent),
    super::late_import::LOAD,
    ("now", 0, now),
    ("print", 1, print),
    ("put", 2, put),
    ("write", 2, write),
];

/// A method: its name, its `length`, and where it prints if plain values are all that it is given.
type Method = (&'static str, usize, Option<Stream>);

/// In the order in which Node's programs see them.
const METHODS: &[Method] = &[
    ("log", 0, Some(Stream::Stdout)),
    ("warn", 0, Some(Stream::Stderr)),
    ("error", 0, Some(Stream::Stderr)),
    ("dir", 2, None),
    ("table", 2, None),
    ("time", 0, None),
    ("timeLog", 0, None),
    ("timeEnd", 0, None),
    ("count", 0, None),
    ("countReset", 0, None),
    ("group", 0, None),
    ("groupEnd", 0, None),
    ("assert", 1, None),
    ("trace", 0, None),
    ("clear", 0, None),
];

/// Further names of methods.
const ALIASES: &[(&str, &str)] =
    &[("info", "log"), ("debug", "log"), ("dirxml", "log"), ("groupCollapsed", "group")];

/// `Context` data.
struct Console {
    object: JsObject,
    /// `(method, ...values)`, once the JavaScript half is loaded.
    half: OnceCell<JsFunction>,
    /// How many spaces the groups put before each line.
    indentation: Cell<usize>,
    /// What a script has put in the place of `write`: of standard output, and of standard error.
    redirected: RefCell<[Option<Redirect>; 2]>,
}

/// A `write` of the script's own, and the stream that it belongs to.
#[derive(Clone)]
struct Redirect {
    stream: JsValue,
    write: JsFunction,
}

/// Makes the object and puts it on the global.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let realm = context.realm().clone();
    let mut object = ObjectInitializer::new(context);
    let mut functions = Vec::with_capacity(METHODS.len());
    for method in METHODS {
        let body = NativeFunction::from_copy_closure(move |_, values, context| {
            call(method, values, context)
        });
        let (name, length, _) = *method;
        let function =
            FunctionObjectBuilder::new(&realm, body).name(js_string!(name)).length(length).build();
        object.property(js_string!(name), function.clone(), Attribute::all());
        functions.push(function);
    }
    for (alias, name) in ALIASES {
        let index = METHODS.iter().position(|method| method.0 == *name).unwrap_or_default();
        object.property(js_string!(*alias), functions[index].clone(), Attribute::all());
    }
    let tag = js_string!("console");
    object.property(JsSymbol::to_string_tag(), tag.clone(), Attribute::CONFIGURABLE);
    let object = object.build();
    let hidden = Attribute::WRITABLE | Attribute::CONFIGURABLE;
    context.register_global_property(tag, object.clone(), hidden)?;
    drop(context.insert_data(Console {
        object,
        half: OnceCell::new(),
        indentation: Cell::new(0),
        redirected: RefCell::default(),
    }));
    Ok(())
}

/// Runs a method: here if it prints plain values, else in the JavaScript half.
fn call(method: &Method, values: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (name, _, stream) = *method;
    if let Some(stream) = stream
        && print_plain(stream, values, context)?
    {
        return Ok(JsValue::undefined());
    }
    let mut arguments = vec![js_string!(name).into()];
    arguments.extend_from_slice(values);
    let half = half(context)?;
    frame::call(&half, JsValue::undefined(), arguments, context)
}

fn half(context: &mut Context) -> JsResult<JsFunction> {
    let known = |context: &Context| context.get_data::<Console>()?.half.get().cloned();
    if let Some(half) = known(context) {
        return Ok(half);
    }
    if let Some(loader) = context.downcast_module_loader::<Loader>() {
        loader.import_builtin("console", context)?;
    }
    known(context).ok_or_else(|| type_error("console is not loaded yet"))
}

/// `attach(call)`: the function that stands for the JavaScript half.
fn attach(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let half = arguments.get_or_undefined(0).as_function();
    if let (Some(console), Some(half)) = (context.get_data::<Console>(), half) {
        drop(console.half.set(half));
    }
    Ok(JsValue::undefined())
}

/// `console()`: the object, whatever a script has made of the global.
fn console(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(context
        .get_data::<Console>()
        .map(|console| console.object.clone().into())
        .unwrap_or_default())
}

/// `indent(by)`: by how many spaces more (or less, if negative) lines are indented from now on.
fn indent(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let by = arguments.get_or_undefined(0).to_i32(context)?;
    if let Some(Console { indentation, .. }) = context.get_data::<Console>() {
        indentation.set(indentation.get().saturating_add_signed(by as isize));
    }
    Ok(JsValue::undefined())
}

/// `print(fd, ...values)`: writes a line if the values are plain; returns whether it did.
fn print(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let stream = stream(arguments, context)?;
    print_plain(stream, arguments.get(1..).unwrap_or_default(), context).map(Into::into)
}

/// Writes a line when the values need neither inspector nor format, which is so for most lines of
/// most programs; returns whether it did.
fn print_plain(stream: Stream, values: &[JsValue], context: &mut Context) -> JsResult<bool> {
    let mut line = String::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            line.push(' ');
        }
        let Some(text) = plain_text(value, stream, context)? else { return Ok(false) };
        if index == 0 && values.len() > 1 && text.contains('%') {
            return Ok(false);
        }
        line.push_str(&text);
    }
    write_line(stream, line, context);
    Ok(true)
}

/// The text of a value that is shown as it stands: a string, and without colours a number too.
fn plain_text(value: &JsValue, stream: Stream, context: &mut Context) -> JsResult<Option<String>> {
    match value.variant() {
        JsVariant::String(text) => return Ok(Some(text.to_std_string_lossy())),
        // Minus zero shows its sign.
        JsVariant::Float64(0.0)
        | JsVariant::Object(_)
        | JsVariant::Symbol(_)
        | JsVariant::BigInt(_) => return Ok(None),

        _ if stream.has_colors() => return Ok(None),
        _ => {}
    }
    Ok(Some(value.to_string(context)?.to_std_string_lossy()))
}

/// `put(fd, text)`: writes lines, indented as groups ask for.
fn put(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let stream = stream(arguments, context)?;
    let text = arguments.get_or_undefined(1).to_string(context)?.to_std_string_lossy();
    write_line(stream, text, context);
    Ok(JsValue::undefined())
}

fn write_line(stream: Stream, mut text: String, context: &mut Context) {
    let indentation = context.get_data::<Console>().map_or(0, |console| console.indentation.get());
    if indentation > 0 {
        let indentation = " ".repeat(indentation);
        text = indentation.clone() + &text.replace('\n', &format!("\n{indentation}"));
    }
    text.push('\n');
    write_text(stream, &text, context);
}

/// Writes to the stream, or by what the script has put in the place of its `write`. As in Node, the
/// console is silent about what that throws.
fn write_text(stream: Stream, text: &str, context: &mut Context) {
    let redirected = context.get_data::<Console>().and_then(|console| {
        console.redirected.borrow()[usize::from(stream == Stream::Stderr)].clone()
    });
    let Some(Redirect { stream: this, write }) = redirected else {
        stream.write(text.as_bytes());
        return;
    };
    let text = js_string_from_utf8(text).into();
    if let Err(error) = frame::call(&write, this, vec![text], context) {
        log::debug!("the script's own write throws: {error}");
    }
}

/// `redirect(fd, stream, write)`: has the console write by a function; undefined for itself.
pub(super) fn redirect(
    _this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let stream = stream(arguments, context)?;
    let this = arguments.get_or_undefined(1).clone();
    let write = arguments.get_or_undefined(2).as_function();
    if let Some(console) = context.get_data::<Console>() {
        let redirect = write.map(|write| Redirect { stream: this, write });
        console.redirected.borrow_mut()[usize::from(stream == Stream::Stderr)] = redirect;
    }
    Ok(JsValue::undefined())
}

/// `write(fd, text)`: writes the whole text to standard output (1) or error (2).
fn write(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let stream = stream(arguments, context)?;
    let text = arguments.get_or_undefined(1).to_string(context)?.to_std_string_lossy();
    write_text(stream, &text, context);
    Ok(JsValue::undefined())
}

/// `colors(fd)`: whether texts for this stream are coloured.
pub(super) fn colors(
    _this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    Ok(stream(arguments, context)?.has_colors().into())
}

/// The stream whose file descriptor is the first argument.
fn stream(arguments: &[JsValue], context: &mut Context) -> JsResult<Stream> {
    arguments.get_or_undefined(0).to_u32(context).map(Stream::from_fd)
}

/// `now()`: milliseconds on the monotonic clock.
#[expect(clippy::cast_precision_loss, reason = "microseconds are enough for people")]
fn now(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(JsValue::from(context.clock().now().nanos_since_epoch() as f64 / 1e6))
}
