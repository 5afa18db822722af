//! What Web IDL gives every interface with an `iterable` of pairs: `keys`, `values`, `entries`,
//! `forEach`, and the iterators.
//!
//! Spec: <https://webidl.spec.whatwg.org/#js-iterable>

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::native_function::NativeFunctionPointer;
use boa_engine::object::ObjectInitializer;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::Attribute;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsSymbol, JsValue, Trace, js_string,
};

use crate::js::argument::{function, illegal_invocation, require_arguments};
use crate::js::interface::{self, define_hidden};

/// The built-in that makes the classes.
pub(super) const MODULE: &str = "internal:messages";

/// A name and a value.
pub(super) type Pair = (JsValue, JsValue);

/// The pair of an object at an index; fails for an object of another class.
pub(super) type PairAt = fn(&JsValue, usize, &mut Context) -> JsResult<Option<Pair>>;

/// What an iterator yields.
#[derive(Clone, Copy)]
pub(super) enum Yield {
    Names,
    Values,
    Entries,
}

impl Yield {
    fn of(self, (name, value): Pair, context: &mut Context) -> JsValue {
        match self {
            Self::Names => name,
            Self::Values => value,
            Self::Entries => JsArray::from_iter([name, value], context).into(),
        }
    }
}

/// The native data of an iterator.
#[derive(Trace, Finalize, JsData)]
pub(super) struct Cursor {
    of: JsObject,
    index: usize,
    #[unsafe_ignore_trace]
    kind: Yield,
    #[unsafe_ignore_trace]
    pair_at: PairAt,
}

/// Makes the prototype of the iterators of a class, and has its `entries` iterate it.
pub(super) fn iterators(
    class: &StandardConstructor,
    name: &str,
    next: NativeFunctionPointer,
    context: &mut Context,
) -> JsResult<JsObject> {
    let prototype = class.prototype();
    let entries = prototype.get(js_string!("entries"), context)?;
    define_hidden(&prototype, JsSymbol::iterator(), entries, context)?;
    let hidden = Attribute::READONLY | Attribute::NON_ENUMERABLE | Attribute::CONFIGURABLE;
    let next = interface::function(context.realm(), js_string!("next"), 0, next);
    let parent = context.intrinsics().constructors().iterator().prototype();
    let iterator = ObjectInitializer::new(context)
        .property(js_string!("next"), next, Attribute::all())
        .property(JsSymbol::to_string_tag(), js_string!(format!("{name} Iterator")), hidden)
        .build();
    iterator.set_prototype(Some(parent));
    Ok(iterator)
}

/// A new iterator with this prototype. `this` is of the class already.
pub(super) fn iterate(
    this: &JsValue,
    kind: Yield,
    pair_at: PairAt,
    prototype: Option<JsObject>,
    context: &Context,
) -> JsValue {
    let Some(of) = this.as_object() else { return JsValue::undefined() };
    let cursor = Cursor { of, index: 0, kind, pair_at };
    JsObject::new(context.root_shape(), prototype, cursor).upcast().into()
}

/// `next()` of an iterator whose class has this way to its pairs.
pub(super) fn next(
    this: &JsValue,
    name: &str,
    pair_at: PairAt,
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = this.as_object();
    let cursor = object.as_ref().and_then(JsObject::downcast_mut::<Cursor>);
    let mine = cursor.filter(|cursor| std::ptr::fn_addr_eq(cursor.pair_at, pair_at));
    let found = mine.map(|mut cursor| {
        cursor.index += 1;
        (JsValue::from(cursor.of.clone()), cursor.index - 1, cursor.kind)
    });
    let Some((of, index, kind)) = found else {
        return Err(illegal_invocation(&format!("{name} Iterator")));
    };
    let pair = pair_at(&of, index, context)?;
    let done = pair.is_none();
    let value = pair.map(|pair| kind.of(pair, context)).unwrap_or_default();
    let result = JsObject::with_object_proto(context.intrinsics());
    result.create_data_property_or_throw(js_string!("value"), value, context)?;
    result.create_data_property_or_throw(js_string!("done"), done, context)?;
    Ok(result.into())
}

/// `forEach(callback, receiver?)`. `this` is of the class already.
pub(super) fn for_each(
    this: &JsValue,
    arguments: &[JsValue],
    pair_at: PairAt,
    context: &mut Context,
) -> JsResult<JsValue> {
    require_arguments(arguments, &["callback"], context)?;
    let callback = function(arguments.get_or_undefined(0), "callback", context)?;
    let receiver = arguments.get_or_undefined(1);
    let mut index = 0;
    while let Some((name, value)) = pair_at(this, index, context)? {
        callback.call(receiver, &[value, name, this.clone()], context)?;
        index += 1;
    }
    Ok(JsValue::undefined())
}
