//! Globals: each is an accessor that imports its built-in module when a script first touches it,
//! then turns into a plain property, so that a script pays only for what it uses.
//!
//! It turns at the next microtask checkpoint, not at once: Boa 0.22 remembers for each place in
//! the code where a global was found, and a getter that replaces its own property makes it
//! remember the wrong thing. Until then the accessor answers with the value it has.

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::job::PromiseJob;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsResult, JsString, JsValue, NativeFunction, js_string};

use crate::js::interface::set_field;
use crate::js::loader::Loader;

/// A global that is made when a script first touches it: its name, the built-in module that has
/// it, and the export there. As Web IDL has it, functions are enumerable, and classes are not.
type Global = (&'static str, &'static str, &'static str);

/// Every lazily made global.
pub const GLOBALS: &[Global] = &[
    ("AbortController", "internal:abort", "AbortController"),
    ("AbortSignal", "internal:abort", "AbortSignal"),
    ("Buffer", "buffer", "Buffer"),
    ("Crypto", "internal:webcrypto", "Crypto"),
    ("CryptoKey", "internal:webcrypto_key", "CryptoKey"),
    ("SubtleCrypto", "internal:webcrypto", "SubtleCrypto"),
    ("crypto", "internal:webcrypto", "webcrypto"),
    ("Blob", "internal:blob", "Blob"),
    ("EventSource", "internal:event_source", "EventSource"),
    ("BroadcastChannel", "internal:broadcast_channel", "BroadcastChannel"),
    ("File", "internal:blob", "File"),
    ("FormData", "internal:messages", "FormData"),
    ("Headers", "internal:messages", "Headers"),
    ("Intl", "internal:intl", "Intl"),
    ("MessageChannel", "internal:message_channel", "MessageChannel"),
    ("MessagePort", "internal:message_channel", "MessagePort"),
    ("Navigator", "internal:navigator", "Navigator"),
    ("Performance", "internal:performance", "Performance"),
    ("PerformanceEntry", "internal:performance_timeline", "PerformanceEntry"),
    ("PerformanceMark", "internal:performance_timeline", "PerformanceMark"),
    ("PerformanceMeasure", "internal:performance_timeline", "PerformanceMeasure"),
    ("PerformanceObserver", "internal:performance_timeline", "PerformanceObserver"),
    (
        "PerformanceObserverEntryList",
        "internal:performance_timeline",
        "PerformanceObserverEntryList",
    ),
    ("ReadableStream", "internal:streams", "ReadableStream"),
    ("ReadableStreamDefaultReader", "internal:streams", "ReadableStreamDefaultReader"),
    ("ReadableStreamBYOBReader", "internal:streams", "ReadableStreamBYOBReader"),
    ("ReadableStreamDefaultController", "internal:streams", "ReadableStreamDefaultController"),
    ("ReadableByteStreamController", "internal:streams", "ReadableByteStreamController"),
    ("ReadableStreamBYOBRequest", "internal:streams", "ReadableStreamBYOBRequest"),
    ("Request", "internal:messages", "Request"),
    ("Response", "internal:messages", "Response"),
    ("WritableStream", "internal:streams", "WritableStream"),
    ("WritableStreamDefaultWriter", "internal:streams", "WritableStreamDefaultWriter"),
    ("WritableStreamDefaultController", "internal:streams", "WritableStreamDefaultController"),
    ("TransformStream", "internal:streams", "TransformStream"),
    ("TransformStreamDefaultController", "internal:streams", "TransformStreamDefaultController"),
    ("CountQueuingStrategy", "internal:streams", "CountQueuingStrategy"),
    ("ByteLengthQueuingStrategy", "internal:streams", "ByteLengthQueuingStrategy"),
    ("TextEncoderStream", "internal:streams", "TextEncoderStream"),
    ("TextDecoderStream", "internal:streams", "TextDecoderStream"),
    ("CompressionStream", "internal:streams", "CompressionStream"),
    ("DecompressionStream", "internal:streams", "DecompressionStream"),
    ("TextDecoder", "internal:encoding", "TextDecoder"),
    ("TextEncoder", "internal:encoding", "TextEncoder"),
    ("URL", "url", "URL"),
    ("URLPattern", "internal:url_pattern", "URLPattern"),
    ("URLSearchParams", "url", "URLSearchParams"),
    ("Worker", "internal:worker", "Worker"),
    ("WebSocketError", "internal:websocket_stream", "WebSocketError"),
    ("WebSocketStream", "internal:websocket_stream", "WebSocketStream"),
    ("assert", "internal:test_globals", "assert"),
    ("assertEqual", "internal:test_globals", "assertEqual"),
    ("atob", "internal:encoding", "atob"),
    ("btoa", "internal:encoding", "btoa"),
    ("krandog", "internal:krandog", "krandog"),
    ("navigator", "internal:navigator", "navigator"),
    ("performance", "internal:performance", "performance"),
    ("DOMException", "internal:dom_exception", "DOMException"),
    ("clearImmediate", "timers", "clearImmediate"),
    ("clearInterval", "timers", "clearInterval"),
    ("clearTimeout", "timers", "clearTimeout"),
    ("fetch", "internal:fetch", "fetch"),
    ("process", "process", "default"),
    ("reportError", "internal:report_error", "reportError"),
    ("structuredClone", "internal:structured_clone", "structuredClone"),
    ("run", "internal:test_globals", "run"),
    ("serve", "http", "serve"),
    ("setImmediate", "timers", "setImmediate"),
    ("setInterval", "timers", "setInterval"),
    ("setTimeout", "timers", "setTimeout"),
    ("test", "internal:test_globals", "test"),
];

/// The values of globals that are about to become plain properties; `Context` data.
#[derive(Clone)]
struct Made(Rc<RefCell<Vec<Option<JsValue>>>>);

/// Puts every global in place.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    drop(context.insert_data(Made(Rc::new(RefCell::new(vec![None; GLOBALS.len()])))));
    for (index, (name, _, _)) in GLOBALS.iter().enumerate() {
        let enumerable = is_enumerable(name);
        // To make a string of the engine is dear.
        let name = JsString::from(*name);
        // One function for both, since each that is made is dear: a getter has no argument.
        let access = FunctionObjectBuilder::new(
            context.realm(),
            NativeFunction::from_copy_closure(move |_, arguments, context| {
                let Some(value) = arguments.first() else { return materialize(index, context) };
                keep(index, value.clone(), context);
                Ok(JsValue::undefined())
            }),
        )
        .name(name.clone())
        .build();
        let accessor = PropertyDescriptor::builder()
            .get(access.clone())
            .set(access)
            .enumerable(enumerable)
            .configurable(true);
        // Nothing has this name yet, so nobody has to be asked.
        global.insert_property(name, accessor);
    }
    // What `globalThis` was called in Node.js before it had a name everywhere.
    let own = PropertyDescriptor::builder()
        .value(global.clone())
        .writable(true)
        .enumerable(true)
        .configurable(true);
    global.insert_property(js_string!("global"), own);
    // The name that packages for Node.js have for it.
    set_field(&global, js_string!("global"), global.clone());
    Ok(())
}

fn materialize(index: usize, context: &mut Context) -> JsResult<JsValue> {
    if let Some(value) = made(index, context) {
        return Ok(value);
    }
    let (_, module, export) = GLOBALS[index];
    let Some(loader) = context.downcast_module_loader::<Loader>() else {
        return Ok(JsValue::undefined());
    };
    let value = loader.import_builtin(module, context)?.get_value(js_string!(export), context)?;
    keep(index, value.clone(), context);
    Ok(value)
}

fn made(index: usize, context: &Context) -> Option<JsValue> {
    context.get_data::<Made>().and_then(|made| made.0.borrow()[index].clone())
}

fn keep(index: usize, value: JsValue, context: &mut Context) {
    if let Some(made) = context.get_data::<Made>() {
        made.0.borrow_mut()[index] = Some(value);
    }
    context.enqueue_job(PromiseJob::new(move |context| define(index, context)).into());
}

fn define(index: usize, context: &mut Context) -> JsResult<JsValue> {
    let name = PropertyKey::from(js_string!(GLOBALS[index].0));
    let global = context.global_object();
    let own = global.borrow().properties().get(&name);
    let value = context.get_data::<Made>().and_then(|made| made.0.borrow_mut()[index].take());
    // The script may have put a property of its own there, or none.
    if let Some(value) = value.filter(|_| own.is_some_and(|own| own.is_accessor_descriptor())) {
        let property = PropertyDescriptor::builder()
            .value(value)
            .writable(true)
            .enumerable(is_enumerable(GLOBALS[index].0))
            .configurable(true);
        global.define_property_or_throw(name, property, context)?;
    }
    Ok(JsValue::undefined())
}

fn is_enumerable(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name != "process"
}
