//! `FormData`.
//!
//! Spec: <https://xhr.spec.whatwg.org/#interface-formdata>

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace};

use super::pairs::{self, MODULE, Pair, Yield};
use crate::builtin::blob::{as_file, is_blob};
use crate::js::argument::{illegal_invocation, prototype_for, require_arguments, wrong_type};
use crate::js::convert::usv_string;
use crate::js::error::type_error;
use crate::js::interface::Interface;
use crate::js::loader::import_builtin;

/// A field of a form: its name, and its value, which is a string or a `File`.
#[derive(Clone, Trace, Finalize)]
#[boa_gc(unsafe_no_drop)]
pub(super) struct Entry {
    pub(super) name: JsString,
    pub(super) value: JsValue,
}

/// The native data of a `FormData`.
#[derive(Trace, Finalize, JsData)]
struct FormData {
    entries: Vec<Entry>,
}

/// What is there once the class has been made.
struct Made {
    prototype: JsObject,
    iterator: JsObject,
}

const FORM_DATA: Interface = Interface {
    name: "FormData",
    length: 0,
    constructor: construct,
    methods: &[
        ("append", 2, append),
        ("delete", 1, delete),
        ("get", 1, get),
        ("getAll", 1, get_all),
        ("has", 1, has),
        ("set", 2, set),
        ("keys", 0, |this, _, context| iterate(this, Yield::Names, context)),
        ("values", 0, |this, _, context| iterate(this, Yield::Values, context)),
        ("entries", 0, |this, _, context| iterate(this, Yield::Entries, context)),
        ("forEach", 1, |this, arguments, context| {
            with(this, |_| ())?;
            pairs::for_each(this, arguments, pair_at, context)
        }),
    ],
    statics: &[],
    accessors: &[],
    constants: &[],
    shown: &[],
};

/// Makes the class.
pub(super) fn class(context: &mut Context) -> JsResult<StandardConstructor> {
    let class = FORM_DATA.build(None, context);
    let iterator = pairs::iterators(&class, "FormData", next, context)?;
    context.insert_data(Made { prototype: class.prototype(), iterator });
    Ok(class)
}

/// A `FormData` with these entries.
pub(super) fn new_form_data(entries: Vec<Entry>, context: &mut Context) -> JsResult<JsObject> {
    if !context.has_data::<Made>() {
        import_builtin(MODULE, context)?;
    }
    let prototype = context.get_data::<Made>().map(|made| made.prototype.clone());
    Ok(JsObject::new(context.root_shape(), prototype, FormData { entries }).upcast())
}

/// The entries of a `FormData`.
pub(super) fn entries_of(object: &JsObject) -> Option<Vec<Entry>> {
    object.downcast_ref::<FormData>().map(|form| form.entries.clone())
}

fn with<R>(this: &JsValue, read: impl FnOnce(&mut Vec<Entry>) -> R) -> JsResult<R> {
    let object = this.as_object();
    let form = object.as_ref().and_then(JsObject::downcast_mut::<FormData>);
    form.map(|mut form| read(&mut form.entries)).ok_or_else(|| illegal_invocation("FormData"))
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| {
        let made = context.get_data::<Made>().map(|made| made.prototype.clone());
        made.unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()))
    };
    let prototype = prototype_for(new_target, "FormData", default, context)?;
    if !arguments.get_or_undefined(0).is_undefined() {
        return Err(type_error(
            "new FormData() takes no argument: there is no page with a form; append each field",
        ));
    }
    let form = FormData { entries: Vec::new() };
    Ok(JsObject::new(context.root_shape(), prototype, form).upcast().into())
}

fn text(value: &JsValue, context: &mut Context) -> JsResult<JsString> {
    value.to_string(context).map(usv_string)
}

/// "Create an entry", of `(name, value)` or `(name, blob, filename?)`.
fn entry(arguments: &[JsValue], context: &mut Context) -> JsResult<Entry> {
    require_arguments(arguments, &["name", "value"], context)?;
    let name = text(&arguments[0], context)?;
    let blob = arguments[1].as_object().filter(is_blob);
    if blob.is_none() && arguments.len() > 2 {
        return Err(wrong_type("value", "an instance of Blob", &arguments[1], context));
    }
    let Some(blob) = blob else {
        return Ok(Entry { name, value: text(&arguments[1], context)?.into() });
    };
    let filename = match arguments.get_or_undefined(2) {
        given if given.is_undefined() => None,
        given => Some(text(given, context)?),
    };
    match as_file(&blob, filename, context) {
        Some(file) => Ok(Entry { name, value: file?.into() }),
        None => Err(wrong_type("value", "an instance of Blob", &arguments[1], context)),
    }
}

/// The name in the first argument.
fn name_in(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsString> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name"], context)?;
    text(&arguments[0], context)
}

fn append(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let entry = entry(arguments, context)?;
    with(this, |entries| entries.push(entry))?;
    Ok(JsValue::undefined())
}

fn set(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let entry = entry(arguments, context)?;
    with(this, |entries| {
        let Some(first) = entries.iter().position(|known| known.name == entry.name) else {
            entries.push(entry);
            return;
        };
        let mut at = 0;
        entries.retain(|known| {
            at += 1;
            at <= first + 1 || known.name != entry.name
        });
        entries[first] = entry;
    })?;
    Ok(JsValue::undefined())
}

fn delete(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = name_in(this, arguments, context)?;
    with(this, |entries| entries.retain(|entry| entry.name != name))?;
    Ok(JsValue::undefined())
}

fn get(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = name_in(this, arguments, context)?;
    with(this, |entries| {
        let entry = entries.iter().find(|entry| entry.name == name);
        entry.map_or_else(JsValue::null, |entry| entry.value.clone())
    })
}

fn get_all(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = name_in(this, arguments, context)?;
    let values: Vec<JsValue> = with(this, |entries| {
        let same = entries.iter().filter(|entry| entry.name == name);
        same.map(|entry| entry.value.clone()).collect()
    })?;
    Ok(JsArray::from_iter(values, context).into())
}

fn has(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = name_in(this, arguments, context)?;
    with(this, |entries| entries.iter().any(|entry| entry.name == name).into())
}

fn pair_at(this: &JsValue, index: usize, _: &mut Context) -> JsResult<Option<Pair>> {
    with(this, |entries| {
        entries.get(index).map(|entry| (entry.name.clone().into(), entry.value.clone()))
    })
}

fn iterate(this: &JsValue, kind: Yield, context: &Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let prototype = context.get_data::<Made>().map(|made| made.iterator.clone());
    Ok(pairs::iterate(this, kind, pair_at, prototype, context))
}

fn next(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    pairs::next(this, "FormData", pair_at, context)
}
