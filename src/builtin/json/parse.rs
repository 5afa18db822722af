//! The short way of `JSON.parse`: from the parser straight into values, without a tree between.
//!
//! The parser is the one with which the engine itself checks a text before it runs it as a
//! script, so both accept the same texts, down to the depth of nesting. Texts that are wrong are
//! left to the engine, which says what is wrong with them.

use std::fmt;

use boa_engine::builtins::object::OrdinaryObject;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::string::JsStrVariant;
use boa_engine::{Context, JsObject, JsString, JsValue};
use encoding_rs::mem;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::js::collisions::{NameCounter, TooManyCollisions};
use crate::js::convert::js_string_from_utf8;
use crate::js::interface::set_field;
use crate::limits::{JSON_NAME_BYTES_MAX, JSON_NAMES};

/// The value of a text, or `None` where the engine should see it.
pub(super) fn parse(
    text: &JsString,
    keys: &mut Keys,
    context: &mut Context,
) -> Result<Option<JsValue>, TooManyCollisions> {
    match text.as_str().variant() {
        JsStrVariant::Latin1(bytes) => match simdutf8::basic::from_utf8(bytes) {
            Ok(text) if bytes.is_ascii() => parse_utf8(text, keys, context),
            _ => parse_utf8(&mem::decode_latin1(bytes), keys, context),
        },
        // A lone surrogate is the business of `lone`.
        JsStrVariant::Utf16(units) => match String::from_utf16(units) {
            Ok(text) => parse_utf8(&text, keys, context),
            Err(_) => Ok(None),
        },
    }
}

fn parse_utf8(
    text: &str,
    keys: &mut Keys,
    context: &mut Context,
) -> Result<Option<JsValue>, TooManyCollisions> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let prototype = context.intrinsics().constructors().object().prototype();
    let mut builder = Builder { keys, prototype, elements: Vec::new(), is_flooded: false, context };
    let value = builder.deserialize(&mut parser).ok();
    if builder.is_flooded {
        return Err(TooManyCollisions);
    }
    Ok(value.filter(|_| parser.end().is_ok()))
}

/// The names of properties seen lately, each in the place that its hash gives it, so that a name
/// which comes with every message is made once. Only ASCII: there UTF-8 and Latin-1 are the same.
#[derive(Default)]
pub(super) struct Keys {
    held: Vec<Option<(JsString, PropertyKey)>>,
}

impl Keys {
    fn key(&mut self, text: &str) -> PropertyKey {
        let bytes = text.as_bytes();
        if bytes.len() > JSON_NAME_BYTES_MAX || !bytes.is_ascii() {
            return js_string_from_utf8(text).into();
        }
        if self.held.is_empty() {
            self.held.resize(JSON_NAMES, None);
        }
        let place = &mut self.held[hash(bytes) & (JSON_NAMES - 1)];
        if let Some((name, key)) = place
            && matches!(name.as_str().variant(), JsStrVariant::Latin1(held) if held == bytes)
        {
            return key.clone();
        }
        let name = js_string_from_utf8(text);
        let key = PropertyKey::from(name.clone());
        *place = Some((name, key.clone()));
        key
    }
}

fn hash(bytes: &[u8]) -> usize {
    let mixed = bytes.iter().fold(bytes.len(), |hash, byte| {
        (hash.rotate_left(5) ^ usize::from(*byte)).wrapping_mul(0x9E37_79B1)
    });
    mixed ^ (mixed >> 16)
}

/// Builds the values that the parser reads.
struct Builder<'a> {
    keys: &'a mut Keys,
    prototype: JsObject,
    /// Those of the arrays that are open, the innermost last.
    elements: Vec<JsValue>,
    /// Whether the names of an object were chosen to collide.
    is_flooded: bool,
    context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for &mut Builder<'_> {
    type Value = JsValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<JsValue, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Builder<'_> {
    type Value = JsValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<JsValue, E> {
        Ok(JsValue::null())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<JsValue, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<JsValue, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<JsValue, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<JsValue, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<JsValue, E> {
        Ok(js_string_from_utf8(text).into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<JsValue, A::Error> {
        let start = self.elements.len();
        while let Some(element) = sequence.next_element_seed(&mut *self)? {
            self.elements.push(element);
        }
        Ok(JsArray::from_iter(self.elements.drain(start..), self.context).into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsValue, A::Error> {
        let root = self.context.root_shape();
        let object = JsObject::new(root, self.prototype.clone(), OrdinaryObject).upcast();
        let mut names = NameCounter::default();
        while let Some(key) = map.next_key_seed(Name(self.keys))? {
            if names.note(&key).is_err() && names.recount(&object, self.context).is_err() {
                self.is_flooded = true;
                return Err(A::Error::custom("names collide"));
            }
            let value = map.next_value_seed(&mut *self)?;
            // A name that comes twice keeps its place and takes the later value, and `__proto__`
            // is a name like any other.
            set_field(&object, key, value);
        }
        Ok(object.into())
    }
}

/// Reads the name of a property.
struct Name<'a>(&'a mut Keys);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = PropertyKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<PropertyKey, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = PropertyKey;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PropertyKey, E> {
        Ok(self.0.key(text))
    }
}
