//! `JSON.parse`, without a tree between the text and the values.

use boa_engine::builtins::object::OrdinaryObject;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::string::JsStrVariant;
use boa_engine::{Context, JsObject, JsString, JsValue};

use super::scan::{Content, Fault, Number, Scanner, Unit, Wrong};
use crate::js::collisions::{NameCounter, TooManyCollisions};
use crate::js::interface::set_field;
use crate::limits::{JSON_DEPTH_MAX, JSON_HELD, JSON_HELD_BYTES_MAX};

/// Why a text has no value.
#[derive(Debug)]
pub(super) enum Refused {
    NotJson(Fault),
    /// More than `JSON_DEPTH_MAX` levels.
    TooDeep,
    /// The names of an object were chosen to collide.
    Flooded,
}

/// The value of a text.
pub(super) struct Parsed {
    pub(super) value: JsValue,
    /// Whether the engine's own function refuses the text.
    pub(super) is_beyond_engine: bool,
}

/// Levels that the engine's own function parses.
const ENGINE_DEPTH_MAX: usize = 127;

/// The value of a text.
pub(super) fn parse(
    text: &JsString,
    held: &mut Held,
    context: &mut Context,
) -> Result<Parsed, Refused> {
    match text.as_str().variant() {
        JsStrVariant::Latin1(bytes) => parse_units(bytes, held, context),
        JsStrVariant::Utf16(units) => parse_units(units, held, context),
    }
}

fn parse_units<U: Unit>(
    text: &[U],
    held: &mut Held,
    context: &mut Context,
) -> Result<Parsed, Refused> {
    let prototype = context.intrinsics().constructors().object().prototype();
    let mut parser = Parser {
        scanner: Scanner::new(text),
        held,
        prototype,
        elements: Vec::new(),
        depth: 0,
        is_beyond_engine: false,
        context,
    };
    let value = parser.value()?;
    if parser.scanner.peek().is_some() {
        return Err(parser.scanner.fault(Wrong::BehindEnd).into());
    }
    Ok(Parsed { value, is_beyond_engine: parser.is_beyond_engine })
}

/// Short strings seen lately, each in the place that its hash gives it: a name or a word which comes
/// with every message is made once.
#[derive(Default)]
pub(super) struct Held {
    names: Vec<Option<(JsString, PropertyKey)>>,
    words: Vec<Option<JsString>>,
}

impl Held {
    fn name(&mut self, bytes: &[u8]) -> PropertyKey {
        if self.names.is_empty() {
            self.names.resize(JSON_HELD, None);
        }
        let place = &mut self.names[hash(bytes) & (JSON_HELD - 1)];
        if let Some((name, key)) = place
            && is(name, bytes)
        {
            return key.clone();
        }
        let name = u8::string(bytes);
        let key = PropertyKey::from(name.clone());
        *place = Some((name, key.clone()));
        key
    }

    fn word(&mut self, bytes: &[u8]) -> JsString {
        if self.words.is_empty() {
            self.words.resize(JSON_HELD, None);
        }
        let place = &mut self.words[hash(bytes) & (JSON_HELD - 1)];
        if let Some(word) = place
            && is(word, bytes)
        {
            return word.clone();
        }
        let word = u8::string(bytes);
        *place = Some(word.clone());
        word
    }
}

fn is(string: &JsString, bytes: &[u8]) -> bool {
    matches!(string.as_str().variant(), JsStrVariant::Latin1(held) if held == bytes)
}

fn hash(bytes: &[u8]) -> usize {
    let mixed = bytes.iter().fold(bytes.len(), |hash, byte| {
        (hash.rotate_left(5) ^ usize::from(*byte)).wrapping_mul(0x9E37_79B1)
    });
    mixed ^ (mixed >> 16)
}

/// Builds the values of a text.
struct Parser<'a, U> {
    scanner: Scanner<'a, U>,
    held: &'a mut Held,
    prototype: JsObject,
    /// Those of the arrays that are open, the innermost last.
    elements: Vec<JsValue>,
    depth: usize,
    is_beyond_engine: bool,
    context: &'a mut Context,
}

impl<U: Unit> Parser<'_, U> {
    fn value(&mut self) -> Result<JsValue, Refused> {
        match self.scanner.peek() {
            Some(b'"') => self.string(),
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", true.into()),
            Some(b'f') => self.word("false", false.into()),
            Some(b'n') => self.word("null", JsValue::null()),
            _ => Err(self.scanner.fault_at_end_or(Wrong::NoValue, Wrong::Unexpected).into()),
        }
    }

    fn word(&mut self, word: &str, value: JsValue) -> Result<JsValue, Refused> {
        self.scanner.word(word)?;
        Ok(value)
    }

    fn number(&mut self) -> Result<JsValue, Refused> {
        Ok(match self.scanner.number()? {
            Number::Integer(number) => number.into(),
            Number::Float(number) => {
                self.is_beyond_engine |= number.is_infinite();
                number.into()
            }
        })
    }

    fn string(&mut self) -> Result<JsValue, Refused> {
        let mut buffer = [0; JSON_HELD_BYTES_MAX];
        Ok(match self.scanner.string()? {
            Content::Plain(units) => match U::narrow(units, &mut buffer) {
                Some(bytes) => self.held.word(bytes),
                None => made(units, &mut self.is_beyond_engine),
            },
            Content::Unescaped(units) => made(units, &mut self.is_beyond_engine),
        }
        .into())
    }

    fn name(&mut self) -> Result<PropertyKey, Refused> {
        let mut buffer = [0; JSON_HELD_BYTES_MAX];
        Ok(match self.scanner.string()? {
            Content::Plain(units) => match U::narrow(units, &mut buffer) {
                Some(bytes) => self.held.name(bytes),
                None => made(units, &mut self.is_beyond_engine).into(),
            },
            Content::Unescaped(units) => made(units, &mut self.is_beyond_engine).into(),
        })
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<JsValue, Refused>,
    ) -> Result<JsValue, Refused> {
        self.depth += 1;
        if self.depth > ENGINE_DEPTH_MAX {
            self.is_beyond_engine = true;
            if self.depth > JSON_DEPTH_MAX {
                return Err(Refused::TooDeep);
            }
        }
        self.scanner.skip();
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self) -> Result<JsValue, Refused> {
        let start = self.elements.len();
        if self.scanner.peek() == Some(b']') {
            self.scanner.skip();
        } else {
            loop {
                let element = self.value()?;
                self.elements.push(element);
                match self.scanner.peek() {
                    Some(b',') => self.scanner.skip(),
                    Some(b']') => break self.scanner.skip(),
                    _ => return Err(self.end_of(Wrong::NoBracket, Wrong::ForCommaInArray)),
                }
                if self.scanner.peek() == Some(b']') {
                    return Err(self.scanner.fault(Wrong::BehindComma).into());
                }
            }
        }
        Ok(JsArray::from_iter(self.elements.drain(start..), self.context).into())
    }

    fn object(&mut self) -> Result<JsValue, Refused> {
        let root = self.context.root_shape();
        let object = JsObject::new(root, self.prototype.clone(), OrdinaryObject).upcast();
        if self.scanner.peek() == Some(b'}') {
            self.scanner.skip();
            return Ok(object.into());
        }
        let mut names = NameCounter::default();
        loop {
            match self.scanner.peek() {
                Some(b'"') => {}
                // Only behind a comma.
                Some(b'}') => return Err(self.scanner.fault(Wrong::BehindComma).into()),
                _ => return Err(self.end_of(Wrong::NoBrace, Wrong::ForName)),
            }
            let name = self.name()?;
            if names.note(&name).is_err() && names.recount(&object, self.context).is_err() {
                return Err(Refused::Flooded);
            }
            if self.scanner.peek() != Some(b':') {
                return Err(self.end_of(Wrong::NoBrace, Wrong::ForColon));
            }
            self.scanner.skip();
            let value = self.value()?;
            // A name that comes twice keeps its place and takes the later value, and `__proto__`
            // is a name like any other.
            set_field(&object, name, value);
            match self.scanner.peek() {
                Some(b',') => self.scanner.skip(),
                Some(b'}') => break self.scanner.skip(),
                _ => return Err(self.end_of(Wrong::NoBrace, Wrong::ForCommaInObject)),
            }
        }
        Ok(object.into())
    }

    #[cold]
    fn end_of(&self, at_end: Wrong, otherwise: Wrong) -> Refused {
        self.scanner.fault_at_end_or(at_end, otherwise).into()
    }
}

/// A string that is not held. The engine's function refuses surrogates without a partner.
fn made<U: Unit>(units: &[U], is_beyond_engine: &mut bool) -> JsString {
    let string = U::string(units);
    if let JsStrVariant::Utf16(units) = string.as_str().variant() {
        *is_beyond_engine |= char::decode_utf16(units.iter().copied()).any(|unit| unit.is_err());
    }
    string
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::NotJson(fault)
    }
}

impl From<TooManyCollisions> for Refused {
    fn from(_: TooManyCollisions) -> Self {
        Self::Flooded
    }
}
