//! `URLSearchParams`.
//!
//! Spec: <https://url.spec.whatwg.org/#interface-urlsearchparams>

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::object::ObjectInitializer;
use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::property::{Attribute, PropertyKey};
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsString, JsSymbol, JsValue,
    Trace, js_string,
};

use crate::js::argument::{function, illegal_invocation, prototype_for, require_arguments};
use crate::js::before;
use crate::js::collisions::check_names;
use crate::js::convert::{js_string_from_utf8, sequence, to_utf8};
use crate::js::error::{node_error, type_error};
use crate::js::interface::{self, Interface, define_hidden};
use crate::url::form;

/// The native data of a `URLSearchParams`.
#[derive(Trace, Finalize, JsData)]
struct SearchParams {
    list: Vec<(String, String)>,
    url: Option<Owner>,
}

/// The URL whose query this is, and how it is told of a change.
#[derive(Clone, Trace, Finalize)]
struct Owner {
    url: JsObject,
    #[unsafe_ignore_trace]
    update: fn(&JsObject, &str),
}

/// What an iterator yields.
#[derive(Clone, Copy)]
enum Yield {
    Names,
    Values,
    Entries,
}

impl Yield {
    fn of(self, (name, value): (JsValue, JsValue), context: &mut Context) -> JsValue {
        match self {
            Self::Names => name,
            Self::Values => value,
            Self::Entries => JsArray::from_iter([name, value], context).into(),
        }
    }
}

/// The native data of an iterator.
#[derive(Trace, Finalize, JsData)]
struct Cursor {
    params: JsObject,
    index: usize,
    #[unsafe_ignore_trace]
    kind: Yield,
}

/// The prototypes, once the class has been made.
struct Prototypes {
    params: JsObject,
    iterator: JsObject,
}

const PARAMS: Interface = Interface {
    name: "URLSearchParams",
    length: 0,
    constructor: construct,
    methods: &[
        ("append", 2, append),
        ("delete", 1, delete),
        ("get", 1, get),
        ("getAll", 1, get_all),
        ("has", 1, has),
        ("set", 2, set),
        ("sort", 0, sort),
        ("forEach", 1, for_each),
        ("keys", 0, |this, _, context| iterate(this, Yield::Names, context)),
        ("values", 0, |this, _, context| iterate(this, Yield::Values, context)),
        ("entries", 0, |this, _, context| iterate(this, Yield::Entries, context)),
        ("toString", 0, |this, _, _| {
            with(this, |params| JsString::from(serialize(&params.list)).into())
        }),
    ],
    statics: &[],
    accessors: &[("size", |this, _, _| with(this, |params| params.list.len().into()), None)],
    constants: &[],
    shown: &[],
};

/// Makes the class; its iterators inherit from `iterator_prototype`.
pub(super) fn class(
    iterator_prototype: &JsValue,
    context: &mut Context,
) -> JsResult<StandardConstructor> {
    let class = PARAMS.build(None, context);
    let prototype = class.prototype();
    let entries = prototype.get(js_string!("entries"), context)?;
    let hidden = Attribute::WRITABLE | Attribute::NON_ENUMERABLE | Attribute::CONFIGURABLE;
    define_hidden(&prototype, JsSymbol::iterator(), entries, context)?;
    let next = interface::function(context.realm(), js_string!("next"), 0, next);
    let object = context.intrinsics().constructors().object().constructor();
    before::put(&object, js_string!("fromEntries"), 1, from_entries, context);
    let tag = js_string!("URLSearchParams Iterator");
    let iterator = ObjectInitializer::new(context)
        .property(js_string!("next"), next, Attribute::all())
        .property(JsSymbol::to_string_tag(), tag, hidden)
        .build();
    iterator.set_prototype(iterator_prototype.as_object());
    context.insert_data(Prototypes { params: prototype, iterator });
    Ok(class)
}

/// `Object.fromEntries(entries)`, for which names in parameters come from outside: those that
/// collide are refused.
fn from_entries(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let names = with(arguments.get_or_undefined(0), |params| {
        params.list.iter().map(|(name, _)| JsString::from(name.as_str()).into()).collect::<Vec<_>>()
    });
    if let Ok(names) = names {
        check_names(&names)?;
    }
    engine.call(this, arguments, context)
}

/// The `searchParams` of a URL, which `update` tells of each change.
pub(super) fn linked(
    query: &str,
    url: JsObject,
    update: fn(&JsObject, &str),
    context: &Context,
) -> JsObject {
    let prototype = context.get_data::<Prototypes>().map(|known| known.params.clone());
    let params = SearchParams { list: parse(query), url: Some(Owner { url, update }) };
    JsObject::new(context.root_shape(), prototype, params).upcast()
}

/// Takes over a new query of the URL.
pub(super) fn replace(params: &JsObject, query: &str) {
    if let Some(mut params) = params.downcast_mut::<SearchParams>() {
        params.list = parse(query);
    }
}

/// The pairs of a `URLSearchParams` as a query.
pub(super) fn serialized(object: &JsObject) -> Option<String> {
    object.downcast_ref::<SearchParams>().map(|params| serialize(&params.list))
}

fn parse(query: &str) -> Vec<(String, String)> {
    form::parse(query)
}

fn serialize(list: &[(String, String)]) -> String {
    form::serialize(list)
}

fn with<R>(this: &JsValue, read: impl FnOnce(&SearchParams) -> R) -> JsResult<R> {
    let object = this.as_object();
    let params = object.as_ref().and_then(JsObject::downcast_ref::<SearchParams>);
    params.map(|params| read(&params)).ok_or_else(|| illegal_invocation("URLSearchParams"))
}

/// Changes the list, and then the URL that it belongs to.
fn change(this: &JsValue, change: impl FnOnce(&mut Vec<(String, String)>)) -> JsResult<JsValue> {
    let object = this.as_object();
    let (url, query) = {
        let params = object.as_ref().and_then(JsObject::downcast_mut::<SearchParams>);
        let mut params = params.ok_or_else(|| illegal_invocation("URLSearchParams"))?;
        change(&mut params.list);
        let query = params.url.as_ref().map(|_| serialize(&params.list));
        (params.url.clone(), query)
    };
    if let (Some(owner), Some(query)) = (url, query) {
        (owner.update)(&owner.url, &query);
    }
    Ok(JsValue::undefined())
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| {
        let known = context.get_data::<Prototypes>().map(|known| known.params.clone());
        known.unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()))
    };
    let prototype = prototype_for(new_target, "URLSearchParams", default, context)?;
    let init = arguments.get_or_undefined(0);
    let list = match init.as_object() {
        _ if init.is_undefined() => Vec::new(),
        None => {
            let query = to_utf8(&init.to_string(context)?);
            parse(query.strip_prefix('?').unwrap_or(&query))
        }
        Some(object) => list_from(&object, context)?,
    };
    let params = SearchParams { list, url: None };
    Ok(JsObject::new(context.root_shape(), prototype, params).upcast().into())
}

/// The pairs of an iterable, or else the properties of an object.
fn list_from(object: &JsObject, context: &mut Context) -> JsResult<Vec<(String, String)>> {
    let iterator = object.get(JsSymbol::iterator(), context)?;
    if iterator.is_null_or_undefined() {
        return record(object, context);
    }
    let pairs = object.clone().into();
    let not_iterable = |context: &mut Context| {
        let message = "Query pairs must be iterable";
        node_error("ERR_ARG_NOT_ITERABLE", message, context)
    };
    let mut list = Vec::new();
    for pair in sequence(&pairs, not_iterable, context)? {
        let [name, value] = &sequence(&pair, not_a_pair, context)?[..] else {
            return Err(not_a_pair(context));
        };
        list.push((to_utf8(&name.to_string(context)?), to_utf8(&value.to_string(context)?)));
    }
    Ok(list)
}

/// Web IDL, `record<USVString, USVString>`: of two keys that come to be the same, the first tells
/// the place and the last the value.
fn record(object: &JsObject, context: &mut Context) -> JsResult<Vec<(String, String)>> {
    let prototype = context.intrinsics().constructors().object().prototype();
    let enumerable = prototype.get(js_string!("propertyIsEnumerable"), context)?.as_callable();
    let enumerable = enumerable.ok_or_else(|| type_error("Object.prototype is not complete"))?;
    let mut list: Vec<(String, String)> = Vec::new();
    for key in object.own_property_keys(context)? {
        let listed = enumerable.call(&object.clone().into(), &[JsValue::from(&key)], context)?;
        if !listed.to_boolean() {
            continue;
        }
        if let PropertyKey::Symbol(_) = key {
            return Err(type_error("Cannot convert a Symbol value to a string"));
        }
        let name = to_utf8(&JsValue::from(&key).to_string(context)?);
        let value = to_utf8(&object.get(key, context)?.to_string(context)?);
        match list.iter_mut().find(|pair| pair.0 == name).filter(|_| name.contains('\u{fffd}')) {
            Some(pair) => pair.1 = value,
            None => list.push((name, value)),
        }
    }
    Ok(list)
}

fn not_a_pair(context: &mut Context) -> JsError {
    let message = "Each query pair must be an iterable [name, value] tuple";
    node_error("ERR_INVALID_TUPLE", message, context)
}

/// A required argument as a string.
fn text(arguments: &[JsValue], at: usize, context: &mut Context) -> JsResult<String> {
    arguments.get_or_undefined(at).to_string(context).map(|text| to_utf8(&text))
}

/// The name, and the value unless it is left out or undefined.
fn name_and_value(
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<(String, Option<String>)> {
    let name = text(arguments, 0, context)?;
    let given = !arguments.get_or_undefined(1).is_undefined();
    let value = if given { Some(text(arguments, 1, context)?) } else { None };
    Ok((name, value))
}

fn matches(pair: &(String, String), name: &str, value: Option<&str>) -> bool {
    pair.0 == name && value.is_none_or(|value| pair.1 == value)
}

fn append(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name", "value"], context)?;
    let pair = (text(arguments, 0, context)?, text(arguments, 1, context)?);
    change(this, |list| list.push(pair))
}

fn delete(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name"], context)?;
    let (name, value) = name_and_value(arguments, context)?;
    change(this, |list| list.retain(|pair| !matches(pair, &name, value.as_deref())))
}

fn get(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name"], context)?;
    let name = text(arguments, 0, context)?;
    with(this, |params| {
        let pair = params.list.iter().find(|pair| pair.0 == name);
        pair.map_or_else(JsValue::null, |pair| js_string_from_utf8(&pair.1).into())
    })
}

fn get_all(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name"], context)?;
    let name = text(arguments, 0, context)?;
    let values: Vec<JsValue> = with(this, |params| {
        let pairs = params.list.iter().filter(|pair| pair.0 == name);
        pairs.map(|pair| js_string_from_utf8(&pair.1).into()).collect()
    })?;
    Ok(JsArray::from_iter(values, context).into())
}

fn has(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name"], context)?;
    let (name, value) = name_and_value(arguments, context)?;
    with(this, |params| {
        params.list.iter().any(|pair| matches(pair, &name, value.as_deref())).into()
    })
}

fn set(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, &["name", "value"], context)?;
    let (name, value) = (text(arguments, 0, context)?, text(arguments, 1, context)?);
    change(this, |list| {
        let Some(first) = list.iter().position(|pair| pair.0 == name) else {
            list.push((name, value));
            return;
        };
        list[first].1 = value;
        let mut at = 0;
        list.retain(|pair| {
            at += 1;
            at <= first + 1 || pair.0 != name
        });
    })
}

fn sort(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    // By code units, which is not the order of UTF-8; pairs of the same name keep theirs.
    change(this, |list| list.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16())))
}

/// The pair at an index, as values.
fn pair_at(this: &JsValue, index: usize) -> JsResult<Option<(JsValue, JsValue)>> {
    with(this, |params| {
        let pair = params.list.get(index)?;
        Some((js_string_from_utf8(&pair.0).into(), js_string_from_utf8(&pair.1).into()))
    })
}

fn for_each(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let callback = function(arguments.get_or_undefined(0), "callback", context)?;
    let receiver = arguments.get_or_undefined(1);
    let mut index = 0;
    while let Some((name, value)) = pair_at(this, index)? {
        callback.call(receiver, &[value, name, this.clone()], context)?;
        index += 1;
    }
    Ok(JsValue::undefined())
}

fn iterate(this: &JsValue, kind: Yield, context: &Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let Some(params) = this.as_object() else { return Ok(JsValue::undefined()) };
    let prototype = context.get_data::<Prototypes>().map(|known| known.iterator.clone());
    let cursor = Cursor { params, index: 0, kind };
    Ok(JsObject::new(context.root_shape(), prototype, cursor).upcast().into())
}

fn next(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this.as_object();
    let cursor = object.as_ref().and_then(JsObject::downcast_mut::<Cursor>).map(|mut cursor| {
        cursor.index += 1;
        (JsValue::from(cursor.params.clone()), cursor.index - 1, cursor.kind)
    });
    let Some((params, index, kind)) = cursor else {
        return Err(illegal_invocation("URLSearchParamsIterator"));
    };
    let pair = pair_at(&params, index)?;
    let done = pair.is_none();
    let value = pair.map(|pair| kind.of(pair, context)).unwrap_or_default();
    let result = JsObject::with_object_proto(context.intrinsics());
    result.create_data_property_or_throw(js_string!("value"), value, context)?;
    result.create_data_property_or_throw(js_string!("done"), done, context)?;
    Ok(result.into())
}

/// `remaining(iterator)`: what an iterator has yet to yield.
pub(super) fn remaining(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = arguments.get_or_undefined(0).as_object();
    let cursor = object
        .as_ref()
        .and_then(JsObject::downcast_ref::<Cursor>)
        .map(|cursor| (JsValue::from(cursor.params.clone()), cursor.index, cursor.kind));
    let mut values = Vec::new();
    if let Some((params, mut index, kind)) = cursor {
        while let Some(pair) = pair_at(&params, index)? {
            values.push(kind.of(pair, context));
            index += 1;
        }
    }
    Ok(JsArray::from_iter(values, context).into())
}
