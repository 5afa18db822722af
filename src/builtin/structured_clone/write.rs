//! Writes a value down, so that it can be read in another thread.
//!
//! What an object holds is looked at in the order of the standard, from a list of the objects that
//! are open, so that no depth of nesting overflows the stack.
//! Spec: <https://html.spec.whatwg.org/#structuredserializeinternal>

use std::collections::HashMap;

use boa_engine::bigint::JsBigInt;
use boa_engine::builtins::array_buffer::{ArrayBuffer, SharedArrayBuffer};
use boa_engine::builtins::dataview::DataView;
use boa_engine::builtins::date::Date;
use boa_engine::builtins::error::Error;
use boa_engine::builtins::regexp::RegExp;
use boa_engine::builtins::typed_array::TypedArray;
use boa_engine::object::builtins::{JsDate, JsMap, JsSet, JsSharedArrayBuffer};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsObject, JsResult, JsString, JsValue, JsVariant, js_string};

use super::errors;
use super::form::{Form, Tag};
use super::open::{Next, Open, open, place};
use super::transfer::{Transfer, failure, is_detached};
use super::views;
use crate::builtin::blob;
use crate::js::convert::with_bytes;

/// One value that is being written.
pub(super) struct Writer {
    form: Form,
    transfer: Transfer,
    /// The number of each object.
    known: HashMap<JsObject, usize>,
    names: Names,
    open: Vec<Open>,
}

/// The number of each name that was written.
#[derive(Default)]
struct Names(HashMap<JsString, usize>);

/// Writes a value. What is transferred leaves the script once all is written.
pub(in crate::builtin) fn write(
    value: &JsValue,
    transfer: Transfer,
    context: &mut Context,
) -> JsResult<Form> {
    let mut writer = Writer {
        form: Form::default(),
        transfer,
        known: HashMap::new(),
        names: Names::default(),
        open: Vec::new(),
    };
    writer.value(value, context)?;
    while let Some(value) = writer.next(context)? {
        writer.value(&value, context)?;
    }
    let Writer { mut form, transfer, .. } = writer;
    form.moved = transfer.take(context)?;
    Ok(form)
}

impl Names {
    fn put(&mut self, key: &PropertyKey, form: &mut Form) {
        let name = match key {
            PropertyKey::Index(index) => {
                form.put(Tag::Integer);
                // An index has 31 bits at most.
                return form.put_integer(i32::try_from(index.get()).unwrap_or_default());
            }
            PropertyKey::String(name) => name,
            // They are left out before.
            PropertyKey::Symbol(_) => return,
        };
        if let Some(number) = self.0.get(name) {
            form.put(Tag::Known);
            return form.put_size(*number);
        }
        self.0.insert(name.clone(), self.0.len());
        form.put_text(name);
    }
}

impl Writer {
    /// The next value that the innermost open object holds.
    fn next(&mut self, context: &mut Context) -> JsResult<Option<JsValue>> {
        while let Some(open) = self.open.last_mut() {
            match (open.next(context)?, open) {
                (Next::Named(value), Open::Properties { at: Some(name), .. }) => {
                    self.names.put(name, &mut self.form);
                    return Ok(Some(value));
                }
                (Next::Named(value) | Next::Value(value), _) => return Ok(Some(value)),
                (Next::Missing, Open::Properties { is_list: true, .. }) => self.form.put(Tag::Hole),
                (Next::Missing, _) => {}
                (Next::Nothing, open) => {
                    if matches!(open, Open::Properties { is_list: false, .. }) {
                        self.form.put(Tag::End);
                    }
                    self.open.pop();
                }
            }
        }
        Ok(None)
    }

    /// Writes a value, and opens it if it holds others.
    fn value(&mut self, value: &JsValue, context: &mut Context) -> JsResult<()> {
        match value.variant() {
            JsVariant::Object(object) => return self.object(&object, context),
            JsVariant::Symbol(_) => return Err(self.failure("a symbol", context)),
            JsVariant::Undefined => self.form.put(Tag::Undefined),
            JsVariant::Null => self.form.put(Tag::Null),
            JsVariant::Boolean(true) => self.form.put(Tag::True),
            JsVariant::Boolean(false) => self.form.put(Tag::False),
            JsVariant::Integer32(number) => {
                self.form.put(Tag::Integer);
                self.form.put_integer(number);
            }
            JsVariant::Float64(number) => {
                self.form.put(Tag::Number);
                self.form.put_number(number);
            }
            JsVariant::String(text) => self.form.put_text(&text),
            JsVariant::BigInt(number) => {
                self.form.put(Tag::BigInt);
                self.form.put_bytes(number.to_string_radix(16).as_bytes());
            }
        }
        Ok(())
    }

    fn object(&mut self, source: &JsObject, context: &mut Context) -> JsResult<()> {
        if let Some(number) = self.known.get(source) {
            self.form.put(Tag::Again);
            self.form.put_size(*number);
            return Ok(());
        }
        // A view is known behind its buffer, which it is read from.
        let is_view = source.is::<TypedArray>() || source.is::<DataView>();
        if is_view {
            self.view(source, context)?;
        }
        self.known.insert(source.clone(), self.known.len());
        if is_view || self.container(source, context)? || self.leaf(source, context)? {
            return Ok(());
        }
        let what = describe(source, context);
        Err(self.failure(&what, context))
    }

    /// Writes an object that holds others, up to these.
    fn container(&mut self, source: &JsObject, context: &mut Context) -> JsResult<bool> {
        if source.is_callable() {
            return Ok(false);
        }
        if source.is_array() || source.is_ordinary() {
            let (open, length) = open(source, context)?;
            let is_list = matches!(open, Open::Properties { is_list: true, .. });
            self.form.put(match length {
                None => Tag::Object,
                Some(_) if is_list => Tag::List,
                Some(_) => Tag::Array,
            });
            if let Some(length) = length {
                self.form.put_size(length as usize);
            }
            self.open.push(open);
        } else if let Ok(map) = JsMap::from_object(source.clone()) {
            let mut entries = Vec::new();
            map.for_each_native(|key, value| {
                entries.push((key, value));
                Ok(())
            })?;
            self.form.put(Tag::Map);
            self.form.put_size(entries.len());
            let key = JsValue::undefined();
            self.open.push(Open::Entries { left: entries.into_iter(), key, value: None });
        } else if let Ok(set) = JsSet::from_object(source.clone()) {
            let mut members = Vec::new();
            set.for_each_native(|member| {
                members.push(member);
                Ok(())
            })?;
            self.form.put(Tag::Set);
            self.form.put_size(members.len());
            self.open.push(Open::Members(members.into_iter()));
        } else if source.is::<Error>() {
            let cause = errors::write(source, &mut self.form, context)?;
            self.open.extend(cause.map(|cause| Open::Cause(Some(cause))));
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn view(&mut self, source: &JsObject, context: &mut Context) -> JsResult<()> {
        let Some(view) = views::parts(source, context)? else {
            return Err(self.failure("a view outside of its buffer", context));
        };
        self.form.put(view.tag());
        self.value(&view.buffer, context)?;
        view.put(&mut self.form);
        Ok(())
    }

    /// Writes an object that holds no others.
    fn leaf(&mut self, source: &JsObject, context: &mut Context) -> JsResult<bool> {
        if let Some(place) = self.transfer.place(source) {
            self.form.put(Tag::Moved);
            self.form.put_size(place);
        } else if source.is::<Date>() {
            let time = JsDate::from_object(source.clone())?.get_time(context)?;
            self.form.put(Tag::Date);
            self.form.put_number(time.to_number(context)?);
        } else if source.is::<RegExp>() {
            self.form.put(Tag::RegExp);
            let pattern = source.get(js_string!("source"), context)?.to_string(context)?;
            self.form.put_text(&unescaped(&pattern));
            let flags = source.get(js_string!("flags"), context)?.to_string(context)?;
            self.form.put_text(&flags);
        } else if source.is::<ArrayBuffer>() {
            if is_detached(source) {
                return Err(self.failure("a detached ArrayBuffer", context));
            }
            self.form.put(Tag::Bytes);
            let form = &mut self.form;
            with_bytes(&source.clone().into(), context, |bytes| form.put_bytes(bytes))?;
        } else if source.is::<SharedArrayBuffer>() {
            self.form.put(Tag::Shared);
            self.form.put_size(self.form.shared.len());
            self.form.shared.push(JsSharedArrayBuffer::from_object(source.clone())?.inner());
        } else if let Some(blob) = blob::share(source) {
            self.form.put(Tag::Blob);
            self.form.put_size(self.form.blobs.len());
            self.form.blobs.push(blob);
        } else if let Some(boxed) = boxed(source) {
            self.form.put(Tag::Boxed);
            self.value(&boxed, context)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn failure(&self, what: &str, context: &mut Context) -> JsError {
        let place = place(&self.open, context);
        failure(what, &place, context)
    }
}

/// The primitive in an object that holds one.
fn boxed(source: &JsObject) -> Option<JsValue> {
    if let Some(boxed) = source.downcast_ref::<bool>() {
        return Some(JsValue::from(*boxed));
    }
    if let Some(boxed) = source.downcast_ref::<f64>() {
        return Some(JsValue::from(*boxed));
    }
    if let Some(boxed) = source.downcast_ref::<JsString>() {
        return Some(JsValue::from(boxed.clone()));
    }
    source.downcast_ref::<JsBigInt>().map(|boxed| JsValue::from(boxed.clone()))
}

/// The pattern of a regular expression out of its `source`, in which Boa 0.22 puts a backslash before
/// each slash, also where there is one.
fn unescaped(source: &JsString) -> JsString {
    let units: Vec<u16> = source.iter().collect();
    let mut pattern = Vec::with_capacity(units.len());
    for (index, unit) in units.iter().enumerate() {
        let is_before_slash = units.get(index + 1) == Some(&u16::from(b'/'));
        if !(*unit == u16::from(b'\\') && is_before_slash) {
            pattern.push(*unit);
        }
    }
    JsString::from(&pattern[..])
}

/// What an object that cannot be cloned is called in the message.
fn describe(source: &JsObject, context: &mut Context) -> String {
    let what = if source.is_callable() { "the function " } else { "an object of class " };
    let named = if source.is_callable() {
        Some(source.clone())
    } else {
        let class = source.get(js_string!("constructor"), context).ok();
        class.and_then(|class| class.as_object())
    };
    let name = named.and_then(|named| named.get(js_string!("name"), context).ok());
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    format!("{what}'{}'", name.to_std_string_lossy())
}
