//! `CountQueuingStrategy` and `ByteLengthQueuingStrategy`.
//!
//! Spec: <https://streams.spec.whatwg.org/#qs>

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, NativeFunction, Trace,
    js_string,
};

use super::this::{Class, prototype_of_new, this_as};
use crate::js::argument::{require_arguments, wrong_type};
use crate::js::error::type_error;
use crate::js::interface::Interface;

/// An instance of either.
#[derive(Trace, Finalize, JsData)]
struct QueuingStrategy<const BYTES: bool> {
    high_water_mark: f64,
}

pub(super) const COUNT: Interface = QueuingStrategy::<false>::CLASS;
pub(super) const BYTE_LENGTH: Interface = QueuingStrategy::<true>::CLASS;

impl<const BYTES: bool> QueuingStrategy<BYTES> {
    const NAME: &str = if BYTES { "ByteLengthQueuingStrategy" } else { "CountQueuingStrategy" };

    const CLASS: Interface = Interface {
        name: Self::NAME,
        length: 1,
        constructor: |new_target, arguments, context| {
            let class =
                if BYTES { Class::ByteLengthQueuingStrategy } else { Class::CountQueuingStrategy };
            let prototype = prototype_of_new(new_target, class, Self::NAME, context)?;
            let high_water_mark = high_water_mark(arguments, context)?;
            let data = Self { high_water_mark };
            Ok(JsObject::new(context.root_shape(), prototype, data).upcast().into())
        },
        methods: &[],
        statics: &[],
        accessors: &[
            (
                "highWaterMark",
                |this, _, _| {
                    let this = this_as::<Self>(this, Self::NAME)?;
                    let mark = this.borrow().data().high_water_mark;
                    Ok(mark.into())
                },
                None,
            ),
            (
                "size",
                |this, _, context| {
                    this_as::<Self>(this, Self::NAME)?;
                    let sizes = sizes(context);
                    Ok(if BYTES { sizes.byte_length } else { sizes.count }.into())
                },
                None,
            ),
        ],
        constants: &[],
        shown: &["highWaterMark"],
    };
}

/// `QueuingStrategyInit`
fn high_water_mark(arguments: &[JsValue], context: &mut Context) -> JsResult<f64> {
    require_arguments(arguments, &["init"], context)?;
    let Some(init) = arguments[0].as_object() else {
        return Err(wrong_type("init", "of type object", &arguments[0], context));
    };
    let mark = init.get(js_string!("highWaterMark"), context)?;
    if mark.is_undefined() {
        return Err(type_error("init.highWaterMark is missing"));
    }
    mark.to_number(context)
}

/// The functions that `size` returns, the same each time; `Context` data.
#[derive(Clone)]
struct Sizes {
    count: JsFunction,
    byte_length: JsFunction,
}

fn sizes(context: &mut Context) -> Sizes {
    if let Some(known) = context.get_data::<Sizes>() {
        return known.clone();
    }
    let function = |native: NativeFunction, length, context: &Context| {
        let function = FunctionObjectBuilder::new(context.realm(), native);
        function.name(js_string!("size")).length(length).build()
    };
    let count = NativeFunction::from_fn_ptr(|_, _, _| Ok(1.into()));
    let byte_length = NativeFunction::from_fn_ptr(|_, arguments, context| {
        let chunk = arguments.get_or_undefined(0);
        if chunk.is_null_or_undefined() {
            return Err(type_error(format!("{} has no byteLength", chunk.display())));
        }
        chunk.to_object(context)?.get(js_string!("byteLength"), context)
    });
    let sizes = Sizes {
        count: function(count, 0, context),
        byte_length: function(byte_length, 1, context),
    };
    context.insert_data(sizes.clone());
    sizes
}
