//! Reads a value that was written down, perhaps in another thread.
//!
//! Objects wait in a list until all that they hold has been read, so that no depth of nesting
//! overflows the stack. Nothing that a script can replace is called.
//! Spec: <https://html.spec.whatwg.org/#structureddeserialize>

use std::mem;

use boa_engine::bigint::JsBigInt;
use boa_engine::builtins::array_buffer::{ArrayBuffer, SharedArrayBuffer};
use boa_engine::builtins::object::OrdinaryObject;
use boa_engine::object::builtins::{
    AlignedVec, JsArray, JsArrayBuffer, JsDate, JsMap, JsSet, JsSharedArrayBuffer,
};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsObject, JsResult, JsString, JsValue, js_string};

use super::errors;
use super::form::{Cursor, Form, Moved, Tag};
use super::transfer::failure;
use super::views;
use crate::builtin::blob;
use crate::builtin::messaging::port;
use crate::js::convert::new_array_buffer;
use crate::js::interface::{define_hidden, set_field};
use crate::js::memory::note_unseen;

/// What was read.
pub(in crate::builtin) struct Read {
    pub(in crate::builtin) value: JsValue,
    /// The ports that came with it, in their order.
    pub(in crate::builtin) ports: Vec<JsObject>,
}

/// An object of which not all has been read.
enum Open {
    /// Names and values up to `End`.
    Properties(JsObject),
    /// How many elements there have been, and are.
    List(JsObject, usize, usize),
    /// A map, a key without its value, and how many keys are left.
    Map(JsMap, Option<JsValue>, usize),
    Set(JsSet, usize),
    /// An error whose cause comes next.
    Cause(JsObject),
}

/// Where the next value of an open object goes.
enum Slot {
    Property(PropertyKey),
    Element,
    /// There is no next.
    None,
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    form: &'a Form,
    moved: Vec<JsObject>,
    known: Vec<JsObject>,
    names: Vec<PropertyKey>,
    open: Vec<Open>,
}

/// Reads a value that nothing moves with, of which there may be more readers.
pub(in crate::builtin) fn read_shared(form: &Form, context: &mut Context) -> JsResult<JsValue> {
    Reader::new(form, Vec::new()).whole(context)
}

/// Reads a value.
pub(in crate::builtin) fn read(mut form: Form, context: &mut Context) -> JsResult<Read> {
    let moved = mem::take(&mut form.moved);
    let mut ports = Vec::new();
    let moved = moved.into_iter().map(|moved| match moved {
        Moved::Buffer(bytes) => buffer(bytes, context),
        Moved::Port(end) => {
            let port = port::adopt(end, context)?;
            ports.push(port.clone());
            Ok(port)
        }
    });
    let moved = moved.collect::<JsResult<_>>()?;
    let value = Reader::new(&form, moved).whole(context)?;
    Ok(Read { value, ports })
}

fn buffer(bytes: AlignedVec<u8>, context: &mut Context) -> JsResult<JsObject> {
    note_unseen(bytes.len());
    JsArrayBuffer::from_byte_block(bytes, context).map(JsObject::from)
}

/// What a value that cannot be read is.
fn broken(context: &mut Context) -> JsError {
    failure("what was sent", "", context)
}

impl<'a> Reader<'a> {
    fn new(form: &'a Form, moved: Vec<JsObject>) -> Self {
        let (known, names, open) = Default::default();
        Self { cursor: Cursor::new(&form.bytes), form, moved, known, names, open }
    }

    fn whole(&mut self, context: &mut Context) -> JsResult<JsValue> {
        let whole = self.value(context)?;
        while let Some(mut open) = self.open.pop() {
            let Some(slot) = self.slot(&mut open) else { return Err(broken(context)) };
            if matches!(slot, Slot::None) {
                continue;
            }
            let is_list = matches!(open, Open::List(..));
            if is_list && self.cursor.skip(Tag::Hole) {
                self.open.push(open);
                continue;
            }
            // Below what the value opens.
            let at = self.open.len();
            self.open.push(open);
            let value = self.value(context)?;
            match (&mut self.open[at], slot) {
                (Open::Properties(object) | Open::List(object, ..), Slot::Property(name)) => {
                    set_field(object, name, value);
                }
                (Open::Map(map, key, _), _) => match key.take() {
                    None => *key = Some(value),
                    Some(key) => drop(map.set(key, value, context)?),
                },
                (Open::Set(set, _), _) => drop(set.add(value, context)?),
                (Open::Cause(error), _) => {
                    define_hidden(error, js_string!("cause"), value, context)?;
                    // It was all that there was.
                    self.open.remove(at);
                }
                (Open::Properties(_) | Open::List(..), _) => {}
            }
        }
        Ok(whole)
    }

    /// Where the next value goes; `None` if what comes is not one.
    fn slot(&mut self, open: &mut Open) -> Option<Slot> {
        Some(match open {
            Open::Properties(_) => match self.cursor.tag()? {
                Tag::End => Slot::None,
                Tag::Integer => {
                    let index = u32::try_from(self.cursor.integer()?).ok()?;
                    Slot::Property(PropertyKey::from(index))
                }
                Tag::Known => Slot::Property(self.names.get(self.cursor.size()?)?.clone()),
                tag => {
                    let name = PropertyKey::from(self.cursor.text(tag)?);
                    self.names.push(name.clone());
                    Slot::Property(name)
                }
            },
            Open::List(_, index, length) if *index < *length => {
                let name = PropertyKey::from(u32::try_from(*index).ok()?);
                *index += 1;
                Slot::Property(name)
            }
            Open::Map(_, Some(_), _) | Open::Cause(_) => Slot::Element,
            Open::Map(_, None, left) | Open::Set(_, left) if *left > 0 => {
                *left -= 1;
                Slot::Element
            }
            Open::List(..) | Open::Map(..) | Open::Set(..) => Slot::None,
        })
    }

    /// Reads a value, and opens it if it holds others.
    fn value(&mut self, context: &mut Context) -> JsResult<JsValue> {
        let Some(tag) = self.cursor.tag() else { return Err(broken(context)) };
        if let Some(value) = self.primitive(tag) {
            return Ok(value);
        }
        let object = match tag {
            Tag::Again => {
                let known = self.cursor.size().and_then(|number| self.known.get(number));
                return known
                    .map_or_else(|| Err(broken(context)), |known| Ok(known.clone().into()));
            }
            Tag::Error | Tag::DomException => {
                let read = errors::read(tag, &mut self.cursor, context)?;
                read.map(|read| {
                    let opened = read.has_cause.then(|| Open::Cause(read.error.clone()));
                    self.open.extend(opened);
                    read.error
                })
            }
            Tag::TypedArray | Tag::DataView => {
                let buffer = self.value(context)?.as_object().filter(is_buffer);
                match buffer {
                    Some(buffer) => views::read(tag, buffer, &mut self.cursor, context)?,
                    None => None,
                }
            }
            Tag::Map | Tag::Set | Tag::List | Tag::Array | Tag::Object => {
                self.container(tag, context)?
            }
            _ => self.leaf(tag, context)?,
        };
        let Some(object) = object else { return Err(broken(context)) };
        self.known.push(object.clone());
        Ok(object.into())
    }

    fn primitive(&mut self, tag: Tag) -> Option<JsValue> {
        Some(match tag {
            Tag::Undefined => JsValue::undefined(),
            Tag::Null => JsValue::null(),
            Tag::False => JsValue::from(false),
            Tag::True => JsValue::from(true),
            Tag::Integer => JsValue::from(self.cursor.integer()?),
            Tag::Number => JsValue::from(self.cursor.number()?),
            Tag::BigInt => {
                let digits = std::str::from_utf8(self.cursor.bytes()?).ok()?;
                JsBigInt::from_string_radix(digits, 16)?.into()
            }
            tag => self.cursor.text(tag)?.into(),
        })
    }

    /// An object that holds others, without these.
    fn container(&mut self, tag: Tag, context: &mut Context) -> JsResult<Option<JsObject>> {
        if tag == Tag::Object {
            let prototype = context.intrinsics().constructors().object().prototype();
            let object = JsObject::new(context.root_shape(), prototype, OrdinaryObject).upcast();
            self.open.push(Open::Properties(object.clone()));
            return Ok(Some(object));
        }
        let Some(size) = self.cursor.size() else { return Ok(None) };
        let (object, open) = match tag {
            Tag::Map => {
                let map = JsMap::new(context);
                (JsObject::from(map.clone()), Open::Map(map, None, size))
            }
            Tag::Set => {
                let set = JsSet::new(context);
                (JsObject::from(set.clone()), Open::Set(set, size))
            }
            _ => {
                let array = JsObject::from(JsArray::new(context)?);
                array.set(js_string!("length"), size as u64, true, context)?;
                let open = if tag == Tag::List {
                    Open::List(array.clone(), 0, size)
                } else {
                    Open::Properties(array.clone())
                };
                (array, open)
            }
        };
        self.open.push(open);
        Ok(Some(object))
    }

    /// An object that holds no others.
    fn leaf(&mut self, tag: Tag, context: &mut Context) -> JsResult<Option<JsObject>> {
        Ok(match tag {
            Tag::Boxed => {
                let Some(tag) = self.cursor.tag() else { return Ok(None) };
                let boxed = self.primitive(tag).filter(|boxed| !boxed.is_null_or_undefined());
                boxed.map(|boxed| boxed.to_object(context)).transpose()?
            }
            Tag::Date => {
                let Some(time) = self.cursor.number() else { return Ok(None) };
                let date = JsDate::new(context);
                date.set_time(time, context)?;
                Some(date.into())
            }
            Tag::RegExp => {
                let (Some(pattern), Some(flags)) = (self.text(), self.text()) else {
                    return Ok(None);
                };
                let class = context.intrinsics().constructors().regexp().constructor();
                Some(class.construct(&[pattern.into(), flags.into()], None, context)?)
            }
            Tag::Bytes => {
                let bytes = self.cursor.bytes();
                bytes.map(|bytes| new_array_buffer(bytes, context)).transpose()?
            }
            Tag::Moved => self.cursor.size().and_then(|place| self.moved.get(place).cloned()),
            Tag::Shared => {
                let shared =
                    self.cursor.size().and_then(|place| self.form.shared.get(place).cloned());
                shared.map(|shared| JsSharedArrayBuffer::from_buffer(shared, context).into())
            }
            Tag::Blob => {
                let blob = self.cursor.size().and_then(|place| self.form.blobs.get(place));
                blob.map(|blob| blob::receive(blob, context)).transpose()?
            }
            _ => None,
        })
    }

    fn text(&mut self) -> Option<JsString> {
        let tag = self.cursor.tag()?;
        self.cursor.text(tag)
    }
}

fn is_buffer(object: &JsObject) -> bool {
    object.is::<ArrayBuffer>() || object.is::<SharedArrayBuffer>()
}
