//! Native classes made from tables, with the property attributes that Web IDL prescribes:
//! operations and attributes are enumerable, constants are fixed, the interface object is not
//! enumerable on the global.
//!
//! Spec: <https://webidl.spec.whatwg.org/#javascript-binding>

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::native_function::NativeFunctionPointer;
use boa_engine::object::builtins::JsFunction;
use boa_engine::object::{ConstructorBuilder, FunctionObjectBuilder};
use boa_engine::property::{Attribute, PropertyDescriptor, PropertyKey};
use boa_engine::realm::Realm;
use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsString, JsSymbol, JsValue, NativeFunction, js_string,
};

use super::error::with_code_of_this;

/// A native function: its name, its `length`, its body.
pub type Op = (&'static str, usize, NativeFunctionPointer);

/// An attribute: its name, its getter, its setter.
pub type Accessor = (&'static str, NativeFunctionPointer, Option<NativeFunctionPointer>);

/// An interface, as a table.
pub struct Interface {
    /// The name of the interface.
    pub name: &'static str,
    /// The number of arguments that its constructor requires.
    pub length: usize,
    /// Called with `new.target` as `this`: undefined when called without `new`.
    pub constructor: NativeFunctionPointer,
    /// Operations.
    pub methods: &'static [Op],
    /// Static operations.
    pub statics: &'static [Op],
    /// Attributes.
    pub accessors: &'static [Accessor],
    /// Constants, on the interface object and on the prototype.
    pub constants: &'static [(&'static str, i32)],
    /// The attributes that the console shows; none leaves the object to the inspector.
    pub shown: &'static [&'static str],
}

impl Interface {
    /// Makes the interface object and its prototype, below those of `parent`.
    pub fn build(
        &self,
        parent: Option<&StandardConstructor>,
        context: &mut Context,
    ) -> StandardConstructor {
        let realm = context.realm().clone();
        let constructor = NativeFunction::from_fn_ptr(self.constructor);
        let mut builder = ConstructorBuilder::new(context, constructor);
        builder.name(self.name).length(self.length);
        if let Some(parent) = parent {
            builder.inherit(parent.prototype());
            builder.custom_prototype(parent.constructor());
        }
        // Each name is made once: to make a string of the engine is dear.
        for (name, length, body) in self.methods {
            let name = js_string!(*name);
            let function = function(&realm, name.clone(), *length, *body);
            builder.property(name, function, Attribute::all());
        }
        for (name, length, body) in self.statics {
            let name = js_string!(*name);
            let function = function(&realm, name.clone(), *length, *body);
            builder.static_property(name, function, Attribute::all());
        }
        for (name, get, set) in self.accessors {
            builder.property_descriptor(js_string!(*name), accessor(&realm, name, *get, *set));
        }
        for (name, value) in self.constants {
            let name = js_string!(*name);
            builder.property(name.clone(), *value, Attribute::ENUMERABLE);
            builder.static_property(name, *value, Attribute::ENUMERABLE);
        }
        builder.property(
            JsSymbol::to_string_tag(),
            js_string!(self.name),
            Attribute::READONLY | Attribute::NON_ENUMERABLE | Attribute::CONFIGURABLE,
        );
        let symbol = (!self.shown.is_empty()).then(|| inspect_symbol(builder.context())).flatten();
        if let Some(symbol) = symbol {
            let shown = self.shown;
            let inspect = NativeFunction::from_copy_closure(move |this, arguments, context| {
                inspect(this, shown, arguments, context)
            });
            let inspect = FunctionObjectBuilder::new(&realm, inspect).length(3).build();
            let attributes = Attribute::WRITABLE | Attribute::CONFIGURABLE;
            builder.property(symbol, inspect, attributes);
        }
        builder.build()
    }
}

/// The symbol under which an object says how the console shows it.
fn inspect_symbol(context: &mut Context) -> Option<JsSymbol> {
    let symbol = context.intrinsics().constructors().symbol().constructor();
    let registered = symbol.get(js_string!("for"), context).ok()?.as_callable()?;
    let key = js_string!("nodejs.util.inspect.custom").into();
    registered.call(&symbol.into(), &[key], context).ok()?.as_symbol()
}

/// Shows an object as its class and a few of its attributes. The inspector passes its options, and
/// itself.
fn inspect(
    this: &JsValue,
    shown: &[&str],
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = this.to_object(context)?;
    let constructor = object.get(js_string!("constructor"), context)?.to_object(context)?;
    let name = constructor.get(js_string!("name"), context)?.to_string(context)?;
    // As in Node: too deep inside of something, an event is but its name.
    let is_event = shown.first() == Some(&"type");
    let depth = arguments.get_or_undefined(0);
    if depth.as_number().is_some_and(|depth| depth < 0.0) {
        return Ok(if is_event { name } else { JsString::from(&[name, js_string!(" {}")]) }.into());
    }
    let fields = JsObject::with_object_proto(context.intrinsics());
    for name in shown {
        // A prototype has the attributes but no values for them.
        if let Ok(value) = object.get(js_string!(*name), context) {
            fields.create_data_property_or_throw(js_string!(*name), value, context)?;
        }
    }
    let fields = JsValue::from(fields);
    let Some(inspect) = arguments.get_or_undefined(2).as_callable() else { return Ok(fields) };
    let options = arguments.get_or_undefined(1).clone();
    // What an event carries may lead back to it.
    if let Some(options) = options.as_object().filter(|_| is_event) {
        options.create_data_property_or_throw(js_string!("depth"), depth.clone(), context)?;
    }
    let text = inspect.call(&JsValue::undefined(), &[fields, options], context)?;
    Ok(JsString::from(&[name, js_string!(" "), text.to_string(context)?]).into())
}

/// Puts an interface object on the global.
pub fn install(name: &str, class: &StandardConstructor, context: &mut Context) -> JsResult<()> {
    let attributes = Attribute::WRITABLE | Attribute::NON_ENUMERABLE | Attribute::CONFIGURABLE;
    context.register_global_property(js_string!(name), class.constructor(), attributes)
}

/// The descriptor of an attribute.
pub fn accessor(
    realm: &Realm,
    name: &str,
    get: NativeFunctionPointer,
    set: Option<NativeFunctionPointer>,
) -> PropertyDescriptor {
    let getter = function(realm, js_string!(format!("get {name}")), 0, get);
    let setter = set.map(|set| function(realm, js_string!(format!("set {name}")), 1, set));
    PropertyDescriptor::builder()
        .get(getter)
        .maybe_set(setter)
        .enumerable(true)
        .configurable(true)
        .build()
}

/// A method: a call on an object of another class gets its code here.
pub fn function(
    realm: &Realm,
    name: JsString,
    length: usize,
    body: NativeFunctionPointer,
) -> JsFunction {
    let native = NativeFunction::from_copy_closure(move |this, arguments, context| {
        body(this, arguments, context).map_err(|error| with_code_of_this(error, context))
    });
    FunctionObjectBuilder::new(realm, native).name(name).length(length).build()
}

/// An object with the interface objects of these classes by name, for a built-in to export.
pub fn namespace(
    classes: &[(&str, StandardConstructor)],
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = JsObject::with_object_proto(context.intrinsics());
    for (name, class) in classes {
        object.create_data_property_or_throw(js_string!(*name), class.constructor(), context)?;
    }
    Ok(object.into())
}

/// Defines a property that is writable and configurable and does not show when enumerated.
pub fn define_hidden(
    object: &JsObject,
    key: impl Into<PropertyKey>,
    value: impl Into<JsValue>,
    context: &mut Context,
) -> JsResult<()> {
    let property = PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(false)
        .configurable(true);
    object.define_property_or_throw(key, property, context).map(drop)
}

/// Gives an object a property as an assignment makes it, or another value for one that was made so.
/// For objects that no script can have made a proxy of, frozen or redefined: it asks nobody, which
/// is what the engine's own way takes long for.
pub fn set_field(object: &JsObject, key: impl Into<PropertyKey>, value: impl Into<JsValue>) {
    let property = PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(true)
        .configurable(true);
    object.insert_property(key, property);
}
