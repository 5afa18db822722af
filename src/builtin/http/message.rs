//! The object that the plain handler gets for a WebSocket message.
//!
//! Like an HTTP request it is one native object on a ready prototype. A handler that certainly
//! lets go of it is handed the same object every time, whose fields are properties: the engine
//! remembers where those stand, while each accessor costs a call.

use std::cell::RefCell;

use boa_engine::native_function::NativeFunctionPointer;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{
    Context, Finalize, JsData, JsObject, JsResult, JsString, JsValue, NativeFunction, Trace,
    js_string,
};

use super::escape::only_reads;
use super::request::{HTTP_FIELDS, define_type, illegal_constructor, plain};
use crate::builtin::context_data::installed;
use crate::builtin::websocket;
use crate::js::activation;
use crate::js::argument::illegal_invocation;
use crate::js::error::type_error;
use crate::js::interface::{Interface, set_field};
use crate::limits::KEPT_TEXT_UNITS;

/// `{type: 'websocket', ws, data, pathname, headers}`.
#[derive(Trace, Finalize, JsData)]
struct WebSocketRequest {
    socket: JsObject,
    data: JsValue,
}

struct Prototype(JsObject);

/// The engine's `Function.prototype.toString`, whatever a script makes of the property.
struct FunctionToString(JsFunction);

pub(super) const FIELDS: [&str; 5] = ["type", "ws", "data", "pathname", "headers"];

const CLASS: Interface = Interface {
    name: "WebSocketRequest",
    length: 0,
    constructor: illegal_constructor,
    methods: &[("toJSON", 0, |this, _, context| plain(this, &FIELDS, context))],
    statics: &[],
    accessors: &[
        ("ws", |this, _, _| with(this, |request| request.socket.clone().into()), None),
        ("data", |this, _, _| with(this, |request| request.data.clone()), None),
        ("pathname", pathname, None),
        ("params", params, None),
        ("headers", headers, None),
    ],
    constants: &[],
    shown: &FIELDS,
};

pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = CLASS.build(None, context).prototype();
    define_type(&prototype, "websocket");
    context.insert_data(Prototype(prototype));
    let functions = context.intrinsics().constructors().function().prototype();
    let to_string = functions.get(js_string!("toString"), context)?;
    let to_string = to_string.as_function().ok_or_else(|| type_error("not a function"))?;
    context.insert_data(FunctionToString(to_string));
    Ok(())
}

/// The text of a function.
pub(super) fn text_of(function: &JsFunction, context: &mut Context) -> JsResult<String> {
    let to_string = installed::<FunctionToString>(context).0.clone();
    let text = to_string.call(&function.clone().into(), &[], context)?;
    Ok(text.as_string().map_or_else(String::new, |text| text.to_std_string_lossy()))
}

/// A message of `socket`.
fn new_request(socket: JsObject, data: JsValue, context: &Context) -> JsObject {
    let prototype = installed::<Prototype>(context).0.clone();
    JsObject::new(context.root_shape(), prototype, WebSocketRequest { socket, data }).upcast()
}

fn with<T>(this: &JsValue, look: impl FnOnce(&WebSocketRequest) -> T) -> JsResult<T> {
    let object = this.as_object();
    let request = object.as_ref().and_then(JsObject::downcast_ref::<WebSocketRequest>);
    let request = request.ok_or_else(|| illegal_invocation("WebSocketRequest"))?;
    Ok(look(&request))
}

fn pathname(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with(this, |request| websocket::pathname_of(&request.socket))
}

/// A property of the socket as any script sees it.
fn params(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |request| request.socket.clone())?.get(js_string!("params"), context)
}

fn headers(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let socket = with(this, |request| request.socket.clone())?;
    websocket::headers_of(&socket, context)
}

/// The plain handler, and what it can be handed for a message.
pub struct Handler {
    pub(super) function: JsFunction,
    /// Whether the function keeps nothing of the object that it is handed.
    lets_go: bool,
    /// The object of the last message, for a function that lets go of it.
    reused: RefCell<Option<JsObject>>,
}

impl Handler {
    /// Looks at a handler's text, to see what it does with what it is handed.
    pub fn new(function: JsFunction, context: &mut Context) -> JsResult<Self> {
        let text = text_of(&function, context)?;
        let fields = [&FIELDS[..], &HTTP_FIELDS[..], &["params"]].concat();
        Ok(Self::judged(function, only_reads(&text, &fields)))
    }

    /// A handler of which it is known whether it keeps nothing of the object that it is handed.
    pub(super) fn judged(function: JsFunction, lets_go: bool) -> Self {
        Self { function, lets_go, reused: RefCell::default() }
    }

    /// Hands it a message.
    pub fn call(
        &self,
        socket: &JsObject,
        data: JsValue,
        context: &mut Context,
    ) -> JsResult<JsValue> {
        // A large one would take memory until the next comes.
        let is_small = data.as_string().is_some_and(|text| text.len() <= KEPT_TEXT_UNITS);
        let request = if self.lets_go {
            self.reuse(socket, data, context)
        } else {
            new_request(socket.clone(), data, context)
        };
        let argument = [request.clone().into()];
        let result = activation::call(&self.function, &JsValue::undefined(), &argument, context);
        if self.lets_go && !is_small {
            set_field(&request, js_string!("data"), JsValue::undefined());
        }
        result
    }

    /// The one object, with the fields of another message.
    fn reuse(&self, socket: &JsObject, data: JsValue, context: &Context) -> JsObject {
        let mut reused = self.reused.borrow_mut();
        let object = reused.get_or_insert_with(|| new_reusable(socket, context));
        if change_socket(object, socket) {
            set_socket_fields(object, socket);
        }
        set_field(object, js_string!("data"), data);
        object.clone()
    }
}

/// An object whose fields are properties. It inherits nothing, such that to read a field runs no
/// code that could get hold of it.
fn new_reusable(socket: &JsObject, context: &Context) -> JsObject {
    let data = WebSocketRequest { socket: socket.clone(), data: JsValue::undefined() };
    let object = JsObject::new(context.root_shape(), None, data).upcast();
    define_type(&object, "websocket");
    set_socket_fields(&object, socket);
    let accessors: [(JsString, NativeFunctionPointer); 2] =
        [(js_string!("headers"), headers), (js_string!("params"), params)];
    for (name, get) in accessors {
        let get = NativeFunction::from_fn_ptr(get).to_js_function(context.realm());
        let accessor = PropertyDescriptor::builder().get(get).enumerable(true).configurable(false);
        object.insert_property(name, accessor);
    }
    object
}

fn set_socket_fields(object: &JsObject, socket: &JsObject) {
    set_field(object, js_string!("ws"), socket.clone());
    set_field(object, js_string!("pathname"), websocket::pathname_of(socket));
}

/// Whether the last message came from another socket.
fn change_socket(object: &JsObject, socket: &JsObject) -> bool {
    let Some(mut request) = object.downcast_mut::<WebSocketRequest>() else { return false };
    if JsObject::equals(&request.socket, socket) {
        return false;
    }
    request.socket = socket.clone();
    true
}
