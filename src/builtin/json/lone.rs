//! `JSON.parse` of texts with surrogates that have no partner, such as `"\ud83d"`: valid JSON, which
//! the parser behind the short way and the engine's own refuse.
//!
//! Each lone surrogate becomes a pair of private-use characters that the text does not have, and is
//! put back into the strings of the value. Spec: <https://tc39.es/ecma262/#sec-json.parse>

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string};

/// The characters that can mark a lone surrogate.
const MARKS: std::ops::RangeInclusive<u16> = 0xE000..=0xF8FF;
/// Behind the mark: this character stands for the first surrogate, the next for the second.
const FIRST: u32 = 0x10_0000;
const SURROGATES: std::ops::RangeInclusive<u16> = 0xD800..=0xDFFF;

/// A text without lone surrogates, and what marks them in it.
pub(super) struct Marked {
    pub(super) text: JsString,
    mark: u16,
}

/// Marks the lone surrogates of a text; `None` if it has none.
pub(super) fn mark(text: &JsString) -> Option<Marked> {
    let units: Vec<u16> = text.iter().collect();
    if !may_have_surrogates(&units) {
        return None;
    }
    let mark = MARKS.into_iter().find(|mark| !mentions(&units, *mark))?;
    let mut marked = Vec::with_capacity(units.len());
    let mut found = false;
    let mut at = 0;
    while at < units.len() {
        let (unit, length) = unit_at(&units, at);
        if SURROGATES.contains(&unit) {
            let (next, next_length) = unit_at(&units, at + length);
            if (0xD800..0xDC00).contains(&unit) && (0xDC00..0xE000).contains(&next) {
                // Half of a pair may be escaped: that is one character as well.
                found |= length != next_length;
                marked.extend_from_slice(&[unit, next]);
                at += length + next_length;
                continue;
            }
            found = true;
            marked.push(mark);
            let stand_in = char::from_u32(FIRST + u32::from(unit - 0xD800)).unwrap_or_default();
            marked.extend_from_slice(stand_in.encode_utf16(&mut [0; 2]));
        } else {
            marked.extend_from_slice(&units[at..at + length]);
        }
        at += length;
    }
    found.then(|| Marked { text: JsString::from(&marked[..]), mark })
}

/// The code unit that stands at a place, raw or as an escape, and how long it is there. Of any other
/// escape the two units that begin it count as one piece.
fn unit_at(units: &[u16], at: usize) -> (u16, usize) {
    let Some(unit) = units.get(at) else { return (0, 0) };
    if *unit != u16::from(b'\\') {
        return (*unit, 1);
    }
    if units.get(at + 1) != Some(&u16::from(b'u')) {
        return (0, 2.min(units.len() - at));
    }
    let digits = units.get(at + 2..at + 6).map(String::from_utf16_lossy);
    match digits.and_then(|digits| u16::from_str_radix(&digits, 16).ok()) {
        Some(unit) => (unit, 6),
        None => (0, 2),
    }
}

fn may_have_surrogates(units: &[u16]) -> bool {
    let escape = [u16::from(b'\\'), u16::from(b'u')];
    units.iter().any(|unit| SURROGATES.contains(unit))
        || units.windows(3).any(|three| {
            three[..2] == escape && (three[2] == u16::from(b'd') || three[2] == u16::from(b'D'))
        })
}

/// Whether a text has this unit, raw or as an escape.
fn mentions(units: &[u16], wanted: u16) -> bool {
    let mut at = 0;
    while at < units.len() {
        let (unit, length) = unit_at(units, at);
        if unit == wanted {
            return true;
        }
        at += length;
    }
    false
}

impl Marked {
    /// The value that was parsed from the text, with the surrogates back in place. Its objects are
    /// fresh, so nothing here can call a script.
    pub(super) fn restore(&self, value: &JsValue, context: &mut Context) -> JsResult<JsValue> {
        if let Some(text) = value.as_string() {
            return Ok(self.restored(&text).map_or_else(|| value.clone(), JsValue::from));
        }
        let Some(object) = value.as_object() else { return Ok(value.clone()) };
        if object.is_array() {
            let array = JsArray::from_object(object)?;
            for index in 0..array.length(context)? {
                let element = array.get(index, context)?;
                let element = self.restore(&element, context)?;
                array.set(index, element, true, context)?;
            }
            return Ok(array.into());
        }
        // A name may change, and keeps its place.
        let restored = JsObject::with_object_proto(context.intrinsics());
        for key in object.own_property_keys(context)? {
            let value = object.get(key.clone(), context)?;
            let value = self.restore(&value, context)?;
            let key = match &key {
                PropertyKey::String(name) => self.restored(name).map_or(key, PropertyKey::from),
                _ => key,
            };
            restored.create_data_property_or_throw(key, value, context)?;
        }
        Ok(restored.into())
    }

    fn restored(&self, text: &JsString) -> Option<JsString> {
        let units: Vec<u16> = text.iter().collect();
        if !units.contains(&self.mark) {
            return None;
        }
        let mut restored = Vec::with_capacity(units.len());
        let mut characters = char::decode_utf16(units);
        while let Some(character) = characters.next() {
            let unit = match character {
                Ok(character) if u32::from(character) == u32::from(self.mark) => {
                    let stand_in = characters.next().and_then(Result::ok).unwrap_or_default();
                    let index = u32::from(stand_in).saturating_sub(FIRST);
                    u16::try_from(index).unwrap_or_default() + 0xD800
                }
                Ok(character) => {
                    restored.extend_from_slice(character.encode_utf16(&mut [0; 2]));
                    continue;
                }
                Err(lone) => lone.unpaired_surrogate(),
            };
            restored.push(unit);
        }
        Some(JsString::from(&restored[..]))
    }
}

/// ECMA-262, "InternalizeJSONProperty": has the reviver look at every value, the innermost first.
pub(super) fn revive(
    value: JsValue,
    reviver: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let root = JsObject::with_object_proto(context.intrinsics());
    root.create_data_property_or_throw(js_string!(), value, context)?;
    revive_property(&root, &js_string!().into(), reviver, context)
}

fn revive_property(
    holder: &JsObject,
    key: &PropertyKey,
    reviver: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let value = holder.get(key.clone(), context)?;
    if let Some(object) = value.as_object() {
        let keys: Vec<PropertyKey> = if object.is_array() {
            let length = object.get(js_string!("length"), context)?.to_length(context)?;
            (0..length).map(|index| PropertyKey::from(js_string!(index.to_string()))).collect()
        } else {
            let keys = object.own_property_keys(context)?;
            keys.into_iter().filter(|key| !matches!(key, PropertyKey::Symbol(_))).collect()
        };
        for key in keys {
            let value = revive_property(&object, &key, reviver, context)?;
            if value.is_undefined() {
                object.delete_property_or_throw(key, context)?;
            } else {
                object.create_data_property(key, value, context)?;
            }
        }
    }
    let name = JsValue::from(key).to_string(context)?;
    reviver.call(&holder.clone().into(), &[name.into(), value], context)
}
