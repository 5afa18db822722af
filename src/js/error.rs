//! Exceptions: built for scripts from what went wrong below.
//!
//! No other file makes an exception with a `code` or a class of its own. How an exception is
//! printed is the business of `report`.

use std::io;

use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsError, JsNativeError, JsObject, JsValue, js_string};

use crate::errno;

/// A `TypeError`: an argument of the wrong type, a method on the wrong object.
pub fn type_error(message: impl Into<String>) -> JsError {
    JsNativeError::typ().with_message(message.into()).into()
}

/// A `RangeError`: an argument outside of what is allowed.
pub fn range_error(message: impl Into<String>) -> JsError {
    JsNativeError::range().with_message(message.into()).into()
}

/// A `URIError`: text that cannot be percent-decoded.
pub fn uri_error(message: impl Into<String>) -> JsError {
    JsNativeError::uri().with_message(message.into()).into()
}

/// A `ReferenceError`: a name that means nothing here.
pub fn reference_error(message: impl Into<String>) -> JsError {
    JsNativeError::reference().with_message(message.into()).into()
}

/// An `Error` or `TypeError` with Node's `code`; codes of wrong arguments make a `TypeError`.
pub fn node_error(code: &str, message: impl Into<String>, context: &mut Context) -> JsError {
    let native = match code {
        "ERR_ARG_NOT_ITERABLE"
        | "ERR_CRYPTO_INVALID_AUTH_TAG"
        | "ERR_CRYPTO_INVALID_CURVE"
        | "ERR_CRYPTO_INVALID_DIGEST"
        | "ERR_CRYPTO_INVALID_IV"
        | "ERR_CRYPTO_INVALID_JWK"
        | "ERR_ILLEGAL_CONSTRUCTOR"
        | "ERR_INVALID_ARG_TYPE"
        | "ERR_INVALID_ARG_VALUE"
        | "ERR_ENCODING_INVALID_ENCODED_DATA"
        | "ERR_INVALID_FILE_URL_HOST"
        | "ERR_INVALID_FILE_URL_PATH"
        | "ERR_INVALID_URL"
        | "ERR_INVALID_URL_SCHEME"
        | "ERR_INVALID_THIS"
        | "ERR_INVALID_TUPLE"
        | "ERR_MISSING_ARGS" => JsNativeError::typ(),
        "ERR_BUFFER_TOO_LARGE"
        | "ERR_CRYPTO_INVALID_KEYLEN"
        | "ERR_CRYPTO_INVALID_KEYTYPE"
        | "ERR_ENCODING_NOT_SUPPORTED"
        | "ERR_FS_FILE_TOO_LARGE"
        | "ERR_OUT_OF_RANGE"
        | "ERR_SOCKET_BAD_PORT" => JsNativeError::range(),
        _ => JsNativeError::error(),
    };
    let error = native.with_message(message.into()).into_opaque(context);
    set(&error, "code", js_string!(code).into(), context);
    JsError::from_opaque(error.into())
}

/// A `TypeError` with Node's `ERR_INVALID_STATE`, as streams throw where they take a call no more.
pub fn invalid_state(message: impl Into<String>, context: &mut Context) -> JsError {
    let error = JsNativeError::typ().with_message(message.into()).into_opaque(context);
    set(&error, "code", js_string!("ERR_INVALID_STATE").into(), context);
    JsError::from_opaque(error.into())
}

/// A `SyntaxError` with Node's `code`.
pub(super) fn coded_syntax_error(
    code: &str,
    message: impl Into<String>,
    context: &mut Context,
) -> JsError {
    let error = JsNativeError::syntax().with_message(message.into()).into_opaque(context);
    set(&error, "code", js_string!(code).into(), context);
    JsError::from_opaque(error.into())
}

/// How the message begins of a method called on an object of another class.
pub(super) const WRONG_THIS: &str = "Value of \"this\" must be of type ";

/// Gives such an exception the `code` that it has in Node; any other is returned as it is.
pub(super) fn with_code_of_this(error: JsError, context: &mut Context) -> JsError {
    let message = error.as_native().map(|native| native.message().to_owned());
    match message.filter(|message| message.starts_with(WRONG_THIS)) {
        Some(message) => node_error("ERR_INVALID_THIS", message, context),
        None => error,
    }
}

/// What a failed system call was about; each part that is known becomes a property.
#[derive(Clone, Copy, Debug, Default)]
pub struct Target<'a> {
    /// The file.
    pub path: Option<&'a str>,
    /// The network address or host name.
    pub address: Option<&'a str>,
    /// The port.
    pub port: Option<u16>,
}

/// An `Error` as Node makes it for a failed system call: `connect ECONNREFUSED 127.0.0.1:1`, with
/// `code`, `errno`, `syscall` and the parts of `target`.
pub fn system_error(
    error: &io::Error,
    syscall: &str,
    target: Target<'_>,
    context: &mut Context,
) -> JsError {
    let code = errno::code(error);
    let native = JsNativeError::error().with_message(system_message(error, code, syscall, target));
    let object = native.into_opaque(context);
    if let Some(number) = error.raw_os_error() {
        set(&object, "errno", JsValue::from(-number), context);
    }
    set(&object, "code", js_string!(code).into(), context);
    set(&object, "syscall", js_string!(syscall).into(), context);
    if let Some(path) = target.path {
        set(&object, "path", js_string!(path).into(), context);
    }
    if let Some(address) = target.address {
        set(&object, "address", js_string!(address).into(), context);
    }
    if let Some(port) = target.port {
        set(&object, "port", JsValue::from(port), context);
    }
    JsError::from_opaque(object.into())
}

/// What a failed call about files was about.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileTarget<'a> {
    /// The file; a call about one that is open names none.
    pub path: Option<&'a str>,
    /// Where it was to go.
    pub dest: Option<&'a str>,
}

/// An `Error` as Node makes it for a failed call about files: `ENOENT: no such file or directory,
/// rename 'a' -> 'b'`, with `errno`, `code`, `syscall`, `path` and `dest`.
pub fn file_error(
    error: &io::Error,
    syscall: &str,
    target: FileTarget<'_>,
    context: &mut Context,
) -> JsError {
    let code = errno::code(error);
    let why = errno::describe(error);
    let path = target.path.map(|path| format!(" '{path}'")).unwrap_or_default();
    let dest = target.dest.map(|dest| format!(" -> '{dest}'")).unwrap_or_default();
    let message = format!("{code}: {why}, {syscall}{path}{dest}");
    failed_call(message, code, (error, syscall, target), context)
}

/// The same with a code of Node's own: `text` says what is wrong, and `path` and `dest` follow.
pub fn coded_file_error(
    code: &str,
    text: &str,
    (error, syscall, target): (&io::Error, &str, FileTarget<'_>),
    context: &mut Context,
) -> JsError {
    let path = target.path.map(|path| format!(" {path}")).unwrap_or_default();
    let dest = target.dest.map(|dest| format!(" => {dest}")).unwrap_or_default();
    let message = format!("{text}{path}{dest}");
    let made = failed_call(message, code, (error, syscall, target), context);
    if let Some(object) = made.as_opaque().and_then(JsValue::as_object) {
        // As Node calls them; it counts them upwards, too.
        let name = PropertyDescriptor::builder().value(js_string!("SystemError"));
        let name = name.writable(true).enumerable(false).configurable(true);
        object.insert_property(js_string!("name"), name);
        if let Some(number) = error.raw_os_error() {
            set(&object, "errno", JsValue::from(number), context);
        }
    }
    made
}

fn failed_call(
    message: String,
    code: &str,
    (error, syscall, target): (&io::Error, &str, FileTarget<'_>),
    context: &mut Context,
) -> JsError {
    let object = JsNativeError::error().with_message(message).into_opaque(context);
    if let Some(number) = error.raw_os_error() {
        set(&object, "errno", JsValue::from(-number), context);
    }
    let texts = [
        ("code", Some(code)),
        ("syscall", Some(syscall)),
        ("path", target.path),
        ("dest", target.dest),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            set(&object, name, js_string!(text).into(), context);
        }
    }
    JsError::from_opaque(object.into())
}

/// Tells how much of what was to be written has been, where a write has failed.
pub fn with_bytes_written(error: JsError, written: u64, context: &mut Context) -> JsError {
    let Some(object) = error.as_opaque().and_then(JsValue::as_object) else { return error };
    #[expect(clippy::cast_precision_loss, reason = "no write is of so many bytes")]
    let written = written as f64;
    set(&object, "bytesWritten", written.into(), context);
    error
}

fn system_message(error: &io::Error, code: &str, syscall: &str, target: Target<'_>) -> String {
    let Target { path, address, port } = target;
    let place = match (address, port) {
        (Some(address), Some(port)) if address.contains(':') => format!("[{address}]:{port}"),
        (Some(address), Some(port)) => format!("{address}:{port}"),
        (Some(address), None) => address.to_owned(),
        (None, Some(port)) => format!("port {port}"),
        (None, None) => String::new(),
    };
    let why = errno::describe(error);
    if let Some(path) = path {
        return format!("{code}: {why}, {syscall} '{path}'");
    }
    match (syscall, place.as_str()) {
        ("kill" | "uv_signal_start", "") => format!("{syscall} {code}"),
        (_, "") => format!("{syscall} {code}: {why}"),
        ("connect", place) => format!("connect {code} {place}"),
        (_, place) => format!("{syscall} {code}: {why} {place}"),
    }
}

fn set(object: &JsObject, name: &str, value: JsValue, context: &mut Context) {
    // A fresh ordinary object takes any property.
    drop(object.create_data_property(js_string!(name), value, context));
}
