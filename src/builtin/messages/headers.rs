//! `Headers`. Names that a browser keeps from its pages are open here: there is no page.
//!
//! Spec: <https://fetch.spec.whatwg.org/#headers-class>

use std::rc::Rc;

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::string::{JsStr, JsStrVariant};
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsString, JsSymbol, JsValue,
    Trace, js_string,
};

use super::field_list::{Field, FieldFault, FieldList, check_field, normalized};
use super::pairs::{self, Pair, Yield};
use crate::js::argument::{illegal_invocation, prototype_for, require_arguments, wrong_type};
use crate::js::convert::{map_sequence, sequence};
use crate::js::error::type_error;
use crate::js::interface::Interface;
use crate::js::property::property_of_key;
use crate::limits::REPORTED_TARGET_CHARS_MAX;

/// The native data of a `Headers`.
#[derive(Trace, Finalize, JsData)]
pub(super) struct Headers {
    #[unsafe_ignore_trace]
    list: FieldList,
    /// Those of a response from the network, or of one that is an error.
    is_immutable: bool,
    /// The list sorted and joined, for as long as it does not change.
    #[unsafe_ignore_trace]
    sorted: Option<Rc<[Field]>>,
}

/// What is there once the class has been made.
struct Made {
    prototype: JsObject,
    iterator: JsObject,
    /// What `Headers.prototype[Symbol.iterator]` is to begin with.
    entries: JsValue,
}

const HEADERS: Interface = Interface {
    name: "Headers",
    length: 0,
    constructor: construct,
    methods: &[
        ("append", 2, append),
        ("delete", 1, delete),
        ("get", 1, get),
        ("getSetCookie", 0, get_set_cookie),
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
    let class = HEADERS.build(None, context);
    let iterator = pairs::iterators(&class, "Headers", next, context)?;
    let prototype = class.prototype();
    let entries = prototype.get(JsSymbol::iterator(), context)?;
    context.insert_data(Made { prototype, iterator, entries });
    Ok(class)
}

/// A `Headers` with these fields. The class has been made.
pub(super) fn new_headers(list: FieldList, is_immutable: bool, context: &Context) -> JsObject {
    let prototype = context.get_data::<Made>().map(|made| made.prototype.clone());
    let headers = Headers { list, is_immutable, sorted: None };
    JsObject::new(context.root_shape(), prototype, headers).upcast()
}

/// The fields of a `Headers`.
pub(super) fn fields_of(object: &JsObject) -> Option<FieldList> {
    object.downcast_ref::<Headers>().map(|headers| headers.list.clone())
}

/// Reads the fields of a `Headers` where they are.
pub(super) fn with_fields<R>(object: &JsObject, read: impl FnOnce(&FieldList) -> R) -> Option<R> {
    object.downcast_ref::<Headers>().map(|headers| read(&headers.list))
}

/// Changes the fields of a `Headers`, whatever its guard.
pub(super) fn change_fields(object: &JsObject, change: impl FnOnce(&mut FieldList)) {
    if let Some(mut headers) = object.downcast_mut::<Headers>() {
        headers.sorted = None;
        change(&mut headers.list);
    }
}

/// "Fill": the fields that a script gives as a `Headers`, a sequence of pairs or an object. `name`
/// is what the argument is called.
pub(super) fn fields_from(
    value: &JsValue,
    name: &str,
    context: &mut Context,
) -> JsResult<FieldList> {
    if value.is_undefined() {
        return Ok(FieldList::default());
    }
    let wanted = "a Headers, a sequence of pairs or an object";
    let Some(object) = value.as_object() else {
        return Err(wrong_type(name, wanted, value, context));
    };
    let iterator = property_of_key(&object, JsSymbol::iterator().into(), context)?;
    if iterator.is_null_or_undefined() {
        return record(&object, context);
    }
    let is_own = context.get_data::<Made>().is_some_and(|made| made.entries == iterator);
    if let Some(list) = fields_of(&object).filter(|_| is_own) {
        return Ok(list);
    }
    let not_iterable = |context: &mut Context| wrong_type(name, wanted, value, context);
    let pairs = map_sequence(value, not_iterable, context, |pair, context| {
        let not_a_pair = |_: &mut Context| type_error("a header must be a pair of name and value");
        let pair = sequence(&pair, not_a_pair, context)?;
        pair.iter().map(|part| byte_string(part, context)).collect::<JsResult<Vec<_>>>()
    })?;
    let mut list = FieldList::default();
    for pair in pairs {
        let [name, value] = &pair[..] else {
            let message = format!("a header must be a pair of name and value, not {}", pair.len());
            return Err(type_error(message));
        };
        let (name, value) = checked(name, value)?;
        list.append(&name, value);
    }
    Ok(list)
}

/// Web IDL, `record<ByteString, ByteString>`.
fn record(object: &JsObject, context: &mut Context) -> JsResult<FieldList> {
    let mut pairs = Vec::new();
    for key in object.own_property_keys(context)? {
        if !is_enumerable(object, &key, context)? {
            continue;
        }
        if let PropertyKey::Symbol(_) = key {
            return Err(type_error("a header's name must be a string, not a symbol"));
        }
        let name = byte_string(&JsValue::from(&key), context)?;
        let value = property_of_key(object, key, context)?;
        pairs.push((name, byte_string(&value, context)?));
    }
    let mut list = FieldList::default();
    for (name, value) in pairs {
        let (name, value) = checked(&name, &value)?;
        list.append(&name, value);
    }
    Ok(list)
}

fn is_enumerable(object: &JsObject, key: &PropertyKey, context: &mut Context) -> JsResult<bool> {
    if object.is_ordinary() {
        let found = object.borrow().properties().get(key);
        return Ok(found.is_some_and(|found| found.expect_enumerable()));
    }
    // A proxy is asked as the language has it.
    let prototype = context.intrinsics().constructors().object().prototype();
    let ask = prototype.get(js_string!("propertyIsEnumerable"), context)?.as_callable();
    let ask = ask.ok_or_else(|| type_error("Object.prototype is not complete"))?;
    Ok(ask.call(&object.clone().into(), &[JsValue::from(key)], context)?.to_boolean())
}

/// Web IDL, `ByteString`: a string whose characters are bytes.
pub(super) fn byte_string(value: &JsValue, context: &mut Context) -> JsResult<Vec<u8>> {
    let text = value.to_string(context)?;
    match text.as_str().variant() {
        JsStrVariant::Latin1(bytes) => Ok(bytes.to_vec()),
        JsStrVariant::Utf16(units) => {
            let wide = units.iter().enumerate().find(|(_, unit)| **unit > 0xff);
            let Some((index, unit)) = wide else {
                #[expect(clippy::cast_possible_truncation, reason = "none is greater than 0xff")]
                return Ok(units.iter().map(|unit| *unit as u8).collect());
            };
            Err(type_error(format!(
                "a header is made of bytes, and character {index} is U+{unit:04X}, which is none: \
                 encode it, for example with encodeURIComponent"
            )))
        }
    }
}

/// Bytes as a string in which each is the character of that number.
pub(super) fn byte_text(bytes: &[u8]) -> JsString {
    JsString::from(JsStr::latin1(bytes))
}

/// A name and a normalized value, or a `TypeError`.
fn checked(name: &[u8], value: &[u8]) -> JsResult<(String, Vec<u8>)> {
    let value = normalized(value);
    // What is not ASCII is no token, so the name is UTF-8 if it is one.
    let text = str::from_utf8(name).unwrap_or_default();
    match check_field(text, value) {
        Ok(()) => Ok((text.to_owned(), value.to_vec())),
        Err(FieldFault::Name) => Err(wrong_name(name)),
        Err(FieldFault::Value) => Err(type_error(format!(
            "the value of header {text} has a line break or a NUL in it: a header is one line"
        ))),
    }
}

fn wrong_name(name: &[u8]) -> JsError {
    let shown = &name[..name.len().min(REPORTED_TARGET_CHARS_MAX)];
    type_error(format!(
        "'{}' is no name of a header: those are made of letters, digits and !#$%&'*+-.^_`|~",
        shown.escape_ascii()
    ))
}

/// A name in an argument.
fn name_in(value: &JsValue, context: &mut Context) -> JsResult<String> {
    let name = byte_string(value, context)?;
    let text = str::from_utf8(&name).unwrap_or_default();
    match check_field(text, b"") {
        Ok(()) => Ok(text.to_owned()),
        Err(_) => Err(wrong_name(&name)),
    }
}

fn with<R>(this: &JsValue, read: impl FnOnce(&mut Headers) -> R) -> JsResult<R> {
    let object = this.as_object();
    let headers = object.as_ref().and_then(JsObject::downcast_mut::<Headers>);
    headers.map(|mut headers| read(&mut headers)).ok_or_else(|| illegal_invocation("Headers"))
}

/// Changes the list, unless it cannot be changed.
fn change(this: &JsValue, change: impl FnOnce(&mut FieldList)) -> JsResult<JsValue> {
    with(this, |headers| {
        if headers.is_immutable {
            let message = "these headers cannot be changed: copy them with new Headers(headers)";
            return Err(type_error(message));
        }
        headers.sorted = None;
        change(&mut headers.list);
        Ok(JsValue::undefined())
    })?
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
    let prototype = prototype_for(new_target, "Headers", default, context)?;
    let list = fields_from(arguments.get_or_undefined(0), "init", context)?;
    let headers = Headers { list, is_immutable: false, sorted: None };
    Ok(JsObject::new(context.root_shape(), prototype, headers).upcast().into())
}

fn name_and_value(arguments: &[JsValue], context: &mut Context) -> JsResult<(String, Vec<u8>)> {
    require_arguments(arguments, &["name", "value"], context)?;
    let name = byte_string(&arguments[0], context)?;
    let value = byte_string(&arguments[1], context)?;
    checked(&name, &value)
}

fn append(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let (name, value) = name_and_value(arguments, context)?;
    change(this, |list| list.append(&name, value))
}

fn set(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let (name, value) = name_and_value(arguments, context)?;
    change(this, |list| list.set(&name, value))
}

fn delete(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name"], context)?;
    let name = name_in(&arguments[0], context)?;
    change(this, |list| list.delete(&name))
}

fn get(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name"], context)?;
    let name = name_in(&arguments[0], context)?;
    let value = with(this, |headers| headers.list.get(&name))?;
    Ok(value.map_or_else(JsValue::null, |value| byte_text(&value).into()))
}

fn has(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name"], context)?;
    let name = name_in(&arguments[0], context)?;
    with(this, |headers| headers.list.contains(&name).into())
}

fn get_set_cookie(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let values: Vec<JsValue> =
        with(this, |headers| headers.list.set_cookies().map(|v| byte_text(v).into()).collect())?;
    Ok(JsArray::from_iter(values, context).into())
}

fn pair_at(this: &JsValue, index: usize, _: &mut Context) -> JsResult<Option<Pair>> {
    with(this, |headers| {
        let Headers { list, sorted, .. } = headers;
        let (name, value) = sorted.get_or_insert_with(|| list.sorted().into()).get(index)?;
        Some((byte_text(name.as_bytes()).into(), byte_text(value).into()))
    })
}

fn iterate(this: &JsValue, kind: Yield, context: &Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let prototype = context.get_data::<Made>().map(|made| made.iterator.clone());
    Ok(pairs::iterate(this, kind, pair_at, prototype, context))
}

fn next(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    pairs::next(this, "Headers", pair_at, context)
}
