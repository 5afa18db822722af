//! `Blob` and `File`: bytes that cannot change, shared between slices.
//!
//! Spec: <https://w3c.github.io/FileAPI/#blob-section>

use boa_engine::object::builtins::JsPromise;
use boa_engine::string::JsStr;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use crate::builtin::shared_bytes::SharedBytes;
use crate::builtin::streams::{Whole, readable_from};
use crate::js::argument::{
    dictionary, illegal_invocation, prototype_for, require_arguments, wrong_type, wrong_value,
};
use crate::js::convert::{
    append_utf8, is_buffer_source, js_string_from_utf8, map_sequence, new_array_buffer,
    new_uint8_array, usv_string, with_bytes,
};
use crate::js::interface::{Interface, Op, namespace};
use crate::js::loader::import_builtin;
use crate::js::memory::note_unseen;

pub(super) const OPS: &[Op] = &[("classes", 0, classes)];

/// The native data of a `Blob`, and of a `File`.
#[derive(Trace, Finalize, JsData)]
struct Blob {
    #[unsafe_ignore_trace]
    bytes: SharedBytes,
    content_type: JsString,
    file: Option<File>,
}

#[derive(Clone, Trace, Finalize)]
struct File {
    name: JsString,
    /// Milliseconds since the Unix epoch.
    last_modified: f64,
}

/// The prototypes, once the classes have been made.
struct Prototypes {
    blob: JsObject,
    file: JsObject,
}

const BLOB: Interface = Interface {
    name: "Blob",
    length: 0,
    constructor: construct_blob,
    methods: &[
        ("slice", 0, slice),
        ("stream", 0, |this, _, context| {
            let bytes = with(this, |blob| blob.bytes.clone())?;
            stream_of(&bytes, context).map(JsValue::from)
        }),
        ("text", 0, |this, _, context| promise(this, context, |bytes, _| Ok(text(bytes)))),
        ("arrayBuffer", 0, |this, _, context| {
            promise(this, context, |bytes, context| {
                new_array_buffer(bytes, context).map(Into::into)
            })
        }),
        ("bytes", 0, |this, _, context| {
            promise(this, context, |bytes, context| new_uint8_array(bytes, context).map(Into::into))
        }),
    ],
    statics: &[],
    accessors: &[
        ("size", |this, _, _| with(this, |blob| blob.bytes.len().into()), None),
        ("type", |this, _, _| with(this, |blob| blob.content_type.clone().into()), None),
    ],
    constants: &[],
    shown: &["size", "type"],
};

const FILE: Interface = Interface {
    name: "File",
    length: 2,
    constructor: construct_file,
    methods: &[],
    statics: &[],
    accessors: &[
        ("name", |this, _, _| file(this, |file| file.name.clone().into()), None),
        ("lastModified", |this, _, _| file(this, |file| file.last_modified.into()), None),
    ],
    constants: &[],
    shown: &["size", "type", "name", "lastModified"],
};

fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let blob = BLOB.build(None, context);
    let file = FILE.build(Some(&blob), context);
    context.insert_data(Prototypes { blob: blob.prototype(), file: file.prototype() });
    namespace(&[("Blob", blob), ("File", file)], context)
}

/// Whether this is a `Blob`.
pub(super) fn is_blob(object: &JsObject) -> bool {
    object.is::<Blob>()
}

/// A copy of the bytes of a `Blob`.
pub(super) fn blob_bytes(object: &JsObject) -> Option<Vec<u8>> {
    with_blob_bytes(object, <[u8]>::to_vec)
}

/// Reads the bytes of a `Blob` where they are.
pub(super) fn with_blob_bytes<R>(object: &JsObject, read: impl FnOnce(&[u8]) -> R) -> Option<R> {
    object.downcast_ref::<Blob>().map(|blob| read(&blob.bytes))
}

/// A `Blob` made by the runtime.
pub(super) fn new_blob(
    bytes: &[u8],
    content_type: &str,
    context: &mut Context,
) -> JsResult<JsObject> {
    note_unseen(bytes.len());
    new_shared_blob(bytes.to_vec().into(), content_type, context)
}

/// The same over bytes that are shared.
pub(super) fn new_shared_blob(
    bytes: SharedBytes,
    content_type: &str,
    context: &mut Context,
) -> JsResult<JsObject> {
    make_classes(context)?;
    let content_type = JsString::from(content_type);
    Ok(made(Blob { bytes, content_type, file: None }, |known| &known.blob, context))
}

/// A `File` made by the runtime, modified now.
pub(super) fn new_file(
    bytes: SharedBytes,
    content_type: JsString,
    name: JsString,
    context: &mut Context,
) -> JsResult<JsObject> {
    make_classes(context)?;
    let last_modified = JsValue::from(context.clock().system_time_millis()).to_number(context)?;
    let file = Some(File { name, last_modified });
    Ok(made(Blob { bytes, content_type, file }, |known| &known.file, context))
}

/// The `File` that an entry of a form has for a blob: itself where it is one and has this name, or
/// one that shares its bytes. `None` for any other object.
pub(super) fn as_file(
    object: &JsObject,
    name: Option<JsString>,
    context: &mut Context,
) -> Option<JsResult<JsObject>> {
    let (bytes, content_type, file) = {
        let blob = object.downcast_ref::<Blob>()?;
        (blob.bytes.clone(), blob.content_type.clone(), blob.file.clone())
    };
    Some(match (file, name) {
        (Some(_), None) => Ok(object.clone()),
        (Some(file), Some(name)) => {
            let file = Some(File { name, ..file });
            Ok(made(Blob { bytes, content_type, file }, |known| &known.file, context))
        }
        (None, name) => {
            let name = name.unwrap_or(js_string!("blob"));
            new_file(bytes, content_type, name, context)
        }
    })
}

/// The name of a `File`.
pub(super) fn file_name(object: &JsObject) -> Option<JsString> {
    let blob = object.downcast_ref::<Blob>()?;
    blob.file.as_ref().map(|file| file.name.clone())
}

/// Makes the classes unless a script has touched them.
fn make_classes(context: &mut Context) -> JsResult<()> {
    if !context.has_data::<Prototypes>() {
        import_builtin("internal:blob", context)?;
    }
    Ok(())
}

/// The bytes of a `Blob`, shared with it.
pub(super) fn shared_bytes(object: &JsObject) -> Option<SharedBytes> {
    object.downcast_ref::<Blob>().map(|blob| blob.bytes.clone())
}

/// A `ReadableStream` of bytes that are shared.
pub(super) fn stream_of(bytes: &SharedBytes, context: &mut Context) -> JsResult<JsObject> {
    let (data, start, end) = bytes.whole();
    readable_from(Box::new(Whole::part(data, start, end)), context)
}

/// The type of a `Blob`: empty if it has none.
pub(super) fn content_type(object: &JsObject) -> Option<JsString> {
    object.downcast_ref::<Blob>().map(|blob| blob.content_type.clone())
}

/// What a blob is in any thread: its bytes are shared, not copied.
pub(super) struct SharedBlob {
    bytes: SharedBytes,
    content_type: String,
    /// The name and date of a file.
    file: Option<(Vec<u16>, f64)>,
}

/// A blob as it goes to another thread.
pub(super) fn share(object: &JsObject) -> Option<SharedBlob> {
    let blob = object.downcast_ref::<Blob>()?;
    let file = blob.file.as_ref().map(|file| (file.name.iter().collect(), file.last_modified));
    let content_type = blob.content_type.to_std_string_lossy();
    Some(SharedBlob { bytes: blob.bytes.clone(), content_type, file })
}

/// The blob, or file, that came from another thread.
pub(super) fn receive(shared: &SharedBlob, context: &mut Context) -> JsResult<JsObject> {
    make_classes(context)?;
    let file = shared.file.as_ref().map(|(name, last_modified)| File {
        name: JsString::from(&name[..]),
        last_modified: *last_modified,
    });
    let is_file = file.is_some();
    let content_type = JsString::from(&*shared.content_type);
    let blob = Blob { bytes: shared.bytes.clone(), content_type, file };
    Ok(made(blob, |known| if is_file { &known.file } else { &known.blob }, context))
}

fn made(blob: Blob, which: impl Fn(&Prototypes) -> &JsObject, context: &Context) -> JsObject {
    let prototype = context.get_data::<Prototypes>().map(|known| which(known).clone());
    JsObject::new(context.root_shape(), prototype, blob).upcast()
}

fn with<R>(this: &JsValue, read: impl FnOnce(&Blob) -> R) -> JsResult<R> {
    let object = this.as_object();
    let blob = object.as_ref().and_then(JsObject::downcast_ref::<Blob>);
    blob.map(|blob| read(&blob)).ok_or_else(|| illegal_invocation("Blob"))
}

fn file<R>(this: &JsValue, read: impl FnOnce(&File) -> R) -> JsResult<R> {
    let found = with(this, |blob| blob.file.as_ref().map(read)).ok().flatten();
    found.ok_or_else(|| illegal_invocation("File"))
}

fn construct_blob(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| default_prototype(|known| &known.blob, context);
    let prototype = prototype_for(new_target, "Blob", default, context)?;
    let parts = match arguments.first() {
        None => Vec::new(),
        Some(parts) if parts.is_undefined() => Vec::new(),
        Some(parts) => read_parts(parts, context)?,
    };
    let blob = from_parts(&parts, arguments.get_or_undefined(1), context)?;
    Ok(JsObject::new(context.root_shape(), prototype, blob).upcast().into())
}

fn construct_file(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| default_prototype(|known| &known.file, context);
    let prototype = prototype_for(new_target, "File", default, context)?;
    require_arguments(arguments, &["fileBits", "fileName"], context)?;
    let parts = read_parts(&arguments[0], context)?;
    let name = usv_string(arguments[1].to_string(context)?);
    let mut blob = from_parts(&parts, arguments.get_or_undefined(2), context)?;
    let given = match arguments.get_or_undefined(2).as_object() {
        Some(options) => options.get(js_string!("lastModified"), context)?,
        None => JsValue::undefined(),
    };
    let last_modified = if given.is_undefined() {
        JsValue::from(context.clock().system_time_millis()).to_number(context)?
    } else {
        let number = given.to_number(context)?.trunc();
        if number.is_finite() { number + 0.0 } else { 0.0 }
    };
    blob.file = Some(File { name, last_modified });
    Ok(JsObject::new(context.root_shape(), prototype, blob).upcast().into())
}

fn default_prototype(which: impl Fn(&Prototypes) -> &JsObject, context: &Context) -> JsObject {
    let known = context.get_data::<Prototypes>().map(|known| which(known).clone());
    known.unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()))
}

/// A part of a blob, converted as Web IDL says before the next one is asked for.
enum Part {
    Buffer(JsValue),
    Blob(JsObject),
    Text(JsString),
}

fn read_parts(parts: &JsValue, context: &mut Context) -> JsResult<Vec<Part>> {
    let wrong = |context: &mut Context| wrong_type("sources", "a sequence", parts, context);
    map_sequence(parts, wrong, context, |part, context| {
        let object = part.as_object();
        Ok(if is_buffer_source(&part) {
            Part::Buffer(part)
        } else if let Some(blob) = object.filter(is_blob) {
            Part::Blob(blob)
        } else {
            Part::Text(part.to_string(context)?)
        })
    })
}

/// File API 3.1, "process blob parts".
fn from_parts(parts: &[Part], options: &JsValue, context: &mut Context) -> JsResult<Blob> {
    let options = dictionary(options, "options", context)?;
    let mut native_endings = false;
    let mut content_type = JsString::default();
    if let Some(options) = options {
        let given = options.get(js_string!("endings"), context)?;
        if !given.is_undefined() {
            let endings = given.to_string(context)?;
            native_endings = endings == js_string!("native");
            if !native_endings && endings != js_string!("transparent") {
                let reason = "must be 'transparent' or 'native'";
                return Err(wrong_value("options.endings", &given, reason, context));
            }
        }
        let given = options.get(js_string!("type"), context)?;
        if !given.is_undefined() {
            content_type = normalized_type(&given.to_string(context)?);
        }
    }
    let mut bytes = Vec::new();
    for part in parts {
        match part {
            Part::Buffer(buffer) => {
                with_bytes(buffer, context, |part| bytes.extend_from_slice(part))?;
            }
            Part::Blob(blob) => {
                with_blob_bytes(blob, |part| bytes.extend_from_slice(part));
            }
            Part::Text(text) if native_endings => {
                append_utf8(&with_native_endings(text), &mut bytes);
            }
            Part::Text(text) => append_utf8(text, &mut bytes),
        }
    }
    Ok(Blob { bytes: bytes.into(), content_type, file: None })
}

/// Every line ends with a line feed alone, as is native here.
fn with_native_endings(text: &JsString) -> JsString {
    let mut units = Vec::with_capacity(text.len());
    let mut after_return = false;
    for unit in text {
        let is_return = unit == u16::from(b'\r');
        if is_return {
            units.push(u16::from(b'\n'));
        } else if !(after_return && unit == u16::from(b'\n')) {
            units.push(unit);
        }
        after_return = is_return;
    }
    JsString::from(&units[..])
}

/// A type is lower-case ASCII, or empty when it has anything but printable ASCII.
pub(super) fn normalized_type(given: &JsString) -> JsString {
    let mut bytes = Vec::with_capacity(given.len());
    for unit in given {
        match u8::try_from(unit) {
            Ok(byte @ 0x20..=0x7e) => bytes.push(byte.to_ascii_lowercase()),
            _ => return JsString::default(),
        }
    }
    JsString::from(JsStr::latin1(&bytes))
}

fn slice(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let bytes = with(this, |blob| blob.bytes.clone())?;
    let size = bytes.len();
    let start = position(arguments.get_or_undefined(0), 0, size, context)?;
    let end = position(arguments.get_or_undefined(1), size, size, context)?.max(start);
    let content_type = match arguments.get_or_undefined(2) {
        given if given.is_undefined() => JsString::default(),
        given => normalized_type(&given.to_string(context)?),
    };
    let part = Blob { bytes: bytes.part(start..end), content_type, file: None };
    Ok(made(part, |known| &known.blob, context).into())
}

/// An index into `size` bytes; a negative one counts from the end.
fn position(
    value: &JsValue,
    default: usize,
    size: usize,
    context: &mut Context,
) -> JsResult<usize> {
    if value.is_undefined() {
        return Ok(default);
    }
    // Web IDL: [Clamp] rounds, and a half to the even number.
    let index = value.to_number(context)?;
    let index = if index.is_nan() { 0.0 } else { index.round_ties_even() };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast from a float stops at the limits of the integer"
    )]
    let distance = index.abs() as usize;
    Ok(if index < 0.0 { size.saturating_sub(distance) } else { distance.min(size) })
}

fn text(bytes: &[u8]) -> JsValue {
    // UTF-8 decode, which drops a byte order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    js_string_from_utf8(&String::from_utf8_lossy(bytes)).into()
}

/// A promise of what `make` makes of the bytes; a wrong receiver rejects it.
fn promise(
    this: &JsValue,
    context: &mut Context,
    make: impl FnOnce(&[u8], &mut Context) -> JsResult<JsValue>,
) -> JsResult<JsValue> {
    let bytes = with(this, |blob| blob.bytes.clone());
    let value = bytes.and_then(|bytes| make(&bytes, context));
    let promise = match value {
        Ok(value) => JsPromise::resolve(value, context)?,
        Err(error) => JsPromise::reject(error, context)?,
    };
    Ok(promise.into())
}
