//! The short way of `JSON.stringify`: a walk over ordinary objects and arrays that reads their
//! properties where they are stored, so that it neither runs a script nor throws.
//!
//! It gives up at whatever a script could notice or that is not plain: accessors, proxies,
//! `toJSON` anywhere, boxed primitives, dates, functions, holes, cycles.

use std::rc::Rc;

use boa_engine::object::shape::Shape;
use boa_engine::object::{IndexPropertyValues, PropertyMap};
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::value::JsVariant;
use boa_engine::{Context, Finalize, JsObject, JsString, JsValue, Trace, js_string};

use super::quote::quote;
use crate::js::convert::js_string_from_checked;
use crate::limits::{JSON_DEPTH_MAX, JSON_SHAPE_MEMBERS_MAX, JSON_SHAPES, JSON_TEXT_BYTES};

const TO_JSON: JsString = js_string!("toJSON");
const LENGTH: JsString = js_string!("length");

/// The text of a value, or why it has none.
pub(super) fn stringify(
    value: &JsValue,
    shapes: &mut Shapes,
    context: &Context,
) -> Result<JsString, Refused> {
    let constructors = context.intrinsics().constructors();
    let mut walk = Walk {
        shapes,
        text: Vec::with_capacity(JSON_TEXT_BYTES),
        ancestors: Vec::new(),
        plain: [constructors.object().prototype(), constructors.array().prototype()],
        checked: [false; 2],
    };
    match walk.value(value) {
        Ok(Written::Yes) => Ok(js_string_from_checked(&walk.text)),
        Ok(Written::No) => Err(Refused::Unusual),
        Err(refused) => Err(refused),
    }
}

/// Why a value is not written here.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is something that the engine should see.
    Unusual,
    /// It is nested more deeply than the engine can write within reason.
    TooDeep,
}

/// Whether a value has a text; undefined and symbols have none.
enum Written {
    Yes,
    No,
}

/// A property that is written: its key, and its name as it is written, with the colon.
struct Member {
    key: PropertyKey,
    name: Box<[u8]>,
}

/// The members of the shapes seen lately, each in the place that its address gives it.
#[derive(Default, Trace, Finalize)]
pub(super) struct Shapes {
    held: Vec<Option<Held>>,
}

#[derive(Clone, Trace, Finalize)]
struct Held {
    /// Alive as long as it is held, so no other shape comes to its address.
    shape: Shape,
    #[unsafe_ignore_trace]
    members: Rc<[Member]>,
}

impl Shapes {
    /// The members of objects of this shape in order, if they can be remembered: shared shapes
    /// never change.
    fn members(
        &mut self,
        properties: &PropertyMap,
        shape: &Shape,
    ) -> Result<Option<Rc<[Member]>>, Refused> {
        if !shape.is_shared() {
            return Ok(None);
        }
        if self.held.is_empty() {
            self.held.resize(JSON_SHAPES, None);
        }
        let address = shape.to_addr_usize();
        let place = &mut self.held[((address >> 4) ^ (address >> 12)) & (JSON_SHAPES - 1)];
        if let Some(held) = place
            && held.shape.to_addr_usize() == address
        {
            return Ok(Some(held.members.clone()));
        }
        let keys = shape.keys();
        if keys.len() > JSON_SHAPE_MEMBERS_MAX {
            return Ok(None);
        }
        let members = members(keys, properties)?;
        *place = Some(Held { shape: shape.clone(), members: members.clone() });
        Ok(Some(members))
    }
}

fn members(keys: Vec<PropertyKey>, properties: &PropertyMap) -> Result<Rc<[Member]>, Refused> {
    let mut members = Vec::with_capacity(keys.len());
    for key in keys {
        let Some(property) = enumerable(&key, properties)? else { continue };
        if property.value().is_none() {
            return Err(Refused::Unusual);
        }
        let mut name = Vec::new();
        write_name(&key, &mut name);
        members.push(Member { key, name: name.into() });
    }
    Ok(members.into())
}

/// The property under this key, if it is one that is written.
fn enumerable(
    key: &PropertyKey,
    properties: &PropertyMap,
) -> Result<Option<PropertyDescriptor>, Refused> {
    match key {
        PropertyKey::String(name) if *name == TO_JSON => Err(Refused::Unusual),
        PropertyKey::Symbol(_) => Ok(None),
        key => {
            let property = properties.get(key).ok_or(Refused::Unusual)?;
            Ok(Some(property).filter(|property| property.enumerable() == Some(true)))
        }
    }
}

fn has_to_json(properties: &PropertyMap) -> bool {
    properties.contains_key(&PropertyKey::String(TO_JSON))
}

fn write_name(key: &PropertyKey, out: &mut Vec<u8>) {
    if let PropertyKey::String(name) = key {
        quote(name.as_str(), out);
        out.push(b':');
    }
}

struct Walk<'a> {
    shapes: &'a mut Shapes,
    text: Vec<u8>,
    /// The objects that are open, the innermost last.
    ancestors: Vec<JsObject>,
    /// `Object.prototype` and `Array.prototype`.
    plain: [JsObject; 2],
    /// Which of them are known to be without `toJSON`. Nothing runs that could give them one.
    checked: [bool; 2],
}

impl Walk<'_> {
    fn value(&mut self, value: &JsValue) -> Result<Written, Refused> {
        match value.variant() {
            JsVariant::Null => self.text.extend_from_slice(b"null"),
            JsVariant::Boolean(true) => self.text.extend_from_slice(b"true"),
            JsVariant::Boolean(false) => self.text.extend_from_slice(b"false"),
            JsVariant::Integer32(number) => self.integer(number),
            JsVariant::Float64(number) => self.float(number),
            JsVariant::String(text) => quote(text.as_str(), &mut self.text),
            JsVariant::Object(object) => self.object(&object)?,
            JsVariant::Undefined | JsVariant::Symbol(_) => return Ok(Written::No),
            JsVariant::BigInt(_) => return Err(Refused::Unusual),
        }
        Ok(Written::Yes)
    }

    fn integer(&mut self, number: i32) {
        self.text.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn float(&mut self, number: f64) {
        if number.is_finite() {
            let mut buffer = ryu_js::Buffer::new();
            self.text.extend_from_slice(buffer.format_finite(number).as_bytes());
        } else {
            self.text.extend_from_slice(b"null");
        }
    }

    fn object(&mut self, object: &JsObject) -> Result<(), Refused> {
        let is_array = object.is_array();
        if !is_array && !object.is_ordinary() {
            return Err(Refused::Unusual);
        }
        if self.ancestors.iter().any(|ancestor| JsObject::equals(ancestor, object)) {
            return Err(Refused::Unusual);
        }
        if self.ancestors.len() == JSON_DEPTH_MAX {
            return Err(Refused::TooDeep);
        }
        let borrowed = object.borrow();
        let (properties, shape) = (borrowed.properties(), borrowed.shape());
        self.check_prototypes(shape.prototype())?;
        let members = self.shapes.members(properties, shape)?;
        self.ancestors.push(object.clone());
        match members {
            None if has_to_json(properties) => return Err(Refused::Unusual),
            _ if is_array => self.array(properties)?,
            Some(members) => self.members(properties, &members)?,
            None => self.table(properties, shape)?,
        }
        self.ancestors.pop();
        Ok(())
    }

    /// Fails if a prototype in this chain has `toJSON`, or could say that it has.
    fn check_prototypes(&mut self, mut prototype: Option<JsObject>) -> Result<(), Refused> {
        while let Some(object) = prototype {
            let known = self.plain.iter().position(|plain| JsObject::equals(plain, &object));
            if known.is_some_and(|known| self.checked[known]) {
                return Ok(());
            }
            if known.is_none() && !object.is_ordinary() {
                return Err(Refused::Unusual);
            }
            let borrowed = object.borrow();
            if has_to_json(borrowed.properties()) {
                return Err(Refused::Unusual);
            }
            prototype = borrowed.prototype();
            drop(borrowed);
            if let Some(known) = known {
                // What is above is checked before this walk comes to its next object.
                self.checked[known] = true;
            }
        }
        Ok(())
    }

    fn members(&mut self, properties: &PropertyMap, members: &[Member]) -> Result<(), Refused> {
        self.open(properties)?;
        for member in members {
            let property = properties.get(&member.key).ok_or(Refused::Unusual)?;
            let start = self.text.len();
            self.text.extend_from_slice(&member.name);
            self.member(start, property.value())?;
        }
        self.close(b'}');
        Ok(())
    }

    /// The same for an object whose shape is not remembered.
    fn table(&mut self, properties: &PropertyMap, shape: &Shape) -> Result<(), Refused> {
        self.open(properties)?;
        for key in shape.keys() {
            if let Some(property) = enumerable(&key, properties)? {
                let start = self.text.len();
                write_name(&key, &mut self.text);
                self.member(start, property.value())?;
            }
        }
        self.close(b'}');
        Ok(())
    }

    /// Writes what opens an object, and the properties whose names are indices: they come first,
    /// in the order of numbers.
    fn open(&mut self, properties: &PropertyMap) -> Result<(), Refused> {
        self.text.push(b'{');
        if properties.index_property_keys().len() == 0 {
            return Ok(());
        }
        let mut indexed: Vec<_> = properties.index_properties().collect();
        indexed.sort_unstable_by_key(|(index, _)| *index);
        for (index, property) in indexed {
            if property.enumerable() == Some(true) {
                let start = self.text.len();
                self.text.extend_from_slice(format!("\"{index}\":").as_bytes());
                self.member(start, property.value())?;
            }
        }
        Ok(())
    }

    /// Writes a value behind its name, which stands from `start` and goes if there is no value to
    /// write. Accessors have none in their descriptor.
    fn member(&mut self, start: usize, value: Option<&JsValue>) -> Result<(), Refused> {
        match self.value(value.ok_or(Refused::Unusual)?)? {
            Written::Yes => self.text.push(b','),
            Written::No => self.text.truncate(start),
        }
        Ok(())
    }

    fn array(&mut self, properties: &PropertyMap) -> Result<(), Refused> {
        let length = properties.get(&PropertyKey::String(LENGTH)).ok_or(Refused::Unusual)?;
        let elements = properties.index_property_values();
        // Holes show what the prototypes have there.
        if length.value() != Some(&JsValue::from(elements.len())) {
            return Err(Refused::Unusual);
        }
        self.text.push(b'[');
        match elements {
            IndexPropertyValues::DenseI32(numbers) => {
                for number in numbers {
                    self.integer(*number);
                    self.text.push(b',');
                }
            }
            IndexPropertyValues::DenseF64(numbers) => {
                for number in numbers {
                    self.float(*number);
                    self.text.push(b',');
                }
            }
            IndexPropertyValues::DenseElement(values) => {
                for value in values {
                    if matches!(self.value(value)?, Written::No) {
                        self.text.extend_from_slice(b"null");
                    }
                    self.text.push(b',');
                }
            }
            IndexPropertyValues::SparseElement(_) | IndexPropertyValues::SparseProperty(_) => {
                return Err(Refused::Unusual);
            }
        }
        self.close(b']');
        Ok(())
    }

    /// Writes what closes an object or array, in the place of the comma after its last member.
    fn close(&mut self, bracket: u8) {
        match self.text.last_mut() {
            Some(comma) if *comma == b',' => *comma = bracket,
            _ => self.text.push(bracket),
        }
    }
}
