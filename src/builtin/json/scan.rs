//! The tokens of a JSON text, and what is wrong with one that is none. Knows no values.
//!
//! Spec: RFC 8259, as <https://tc39.es/ecma262/#sec-json.parse> reads it: a surrogate without its
//! partner is a character like others.

use std::ops::Range;

use boa_engine::JsString;
use boa_engine::string::JsStr;

/// What a text consists of: Latin-1, or UTF-16.
pub(super) trait Unit: Copy + Eq + Into<u16> + 'static {
    /// A string of these units.
    fn string(units: &[Self]) -> JsString;

    /// The units as Latin-1, if they are, and fit into the buffer.
    fn narrow<'a>(units: &'a [Self], buffer: &'a mut [u8]) -> Option<&'a [u8]>;
}

impl Unit for u8 {
    fn string(units: &[Self]) -> JsString {
        JsString::from(JsStr::latin1(units))
    }

    fn narrow<'a>(units: &'a [Self], buffer: &'a mut [u8]) -> Option<&'a [u8]> {
        (units.len() <= buffer.len()).then_some(units)
    }
}

impl Unit for u16 {
    fn string(units: &[Self]) -> JsString {
        let narrow: Option<Vec<u8>> = units.iter().map(|unit| u8::try_from(*unit).ok()).collect();
        narrow.map_or_else(|| JsString::from(units), |bytes| u8::string(&bytes))
    }

    fn narrow<'a>(units: &'a [Self], buffer: &'a mut [u8]) -> Option<&'a [u8]> {
        let buffer = buffer.get_mut(..units.len())?;
        for (place, unit) in buffer.iter_mut().zip(units) {
            *place = u8::try_from(*unit).ok()?;
        }
        Some(buffer)
    }
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It ends where a value is due.
    NoValue,
    /// It ends in an array, an object or a string.
    NoBracket,
    NoBrace,
    NoQuote,
    /// A character where there may be none such, in general and in these places.
    Unexpected,
    InNumber,
    InString,
    InEscape,
    ForName,
    ForColon,
    ForCommaInArray,
    ForCommaInObject,
    BehindComma,
    BehindEnd,
}

/// A text that is not JSON: what is wrong, and at which unit.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) wrong: Wrong,
    pub(super) at: usize,
}

/// A number.
pub(super) enum Number {
    Integer(i32),
    Float(f64),
}

/// The content of a string: as it stands in the text, or what its escapes stand for.
pub(super) enum Content<'a, U> {
    Plain(&'a [U]),
    Unescaped(&'a [u16]),
}

/// Reads a text from its beginning to its end.
pub(super) struct Scanner<'a, U> {
    text: &'a [U],
    at: usize,
    unescaped: Vec<u16>,
}

/// Units looked at together, to find the end of a string.
const STRIDE: usize = 16;
/// More digits may be too many for an `i64`.
const DIGITS_MAX: usize = 18;

impl<'a, U: Unit> Scanner<'a, U> {
    pub(super) fn new(text: &'a [U]) -> Self {
        Self { text, at: 0, unescaped: Vec::new() }
    }

    #[inline]
    fn unit(&self) -> Option<u16> {
        self.text.get(self.at).map(|unit| (*unit).into())
    }

    /// The next unit that is no space, which stays where it is. A unit of more than a byte is 0,
    /// which no token begins with.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.unit()? {
                0x20 | 0x09 | 0x0A | 0x0D => self.at += 1,
                unit => return Some(u8::try_from(unit).unwrap_or_default()),
            }
        }
    }

    /// Goes on behind the unit that `peek` has found.
    #[inline]
    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    pub(super) fn fault(&self, wrong: Wrong) -> Fault {
        Fault { wrong, at: self.at }
    }

    /// One of two faults: at the end of the text, or at a unit in it.
    #[cold]
    pub(super) fn fault_at_end_or(&self, at_end: Wrong, otherwise: Wrong) -> Fault {
        self.fault(if self.at < self.text.len() { otherwise } else { at_end })
    }

    /// `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: &str) -> Result<(), Fault> {
        for wanted in word.bytes() {
            if self.unit() != Some(wanted.into()) {
                return Err(self.fault_at_end_or(Wrong::NoValue, Wrong::Unexpected));
            }
            self.at += 1;
        }
        Ok(())
    }

    pub(super) fn number(&mut self) -> Result<Number, Fault> {
        let start = self.at;
        let is_negative = self.eat(b"-");
        let first = self.at;
        let mut whole = 0_i64;
        while let Some(digit) = self.digit() {
            whole = whole.wrapping_mul(10).wrapping_add(digit);
        }
        let digits = self.at - first;
        if digits == 0 {
            return Err(self.fault(Wrong::InNumber));
        }
        if digits > 1 && self.text[first].into() == u16::from(b'0') {
            return Err(Fault { wrong: Wrong::InNumber, at: first + 1 });
        }
        let is_whole = !matches!(self.unit(), Some(0x2E | 0x45 | 0x65));
        if !is_whole {
            if self.eat(b".") {
                self.digits()?;
            }
            if self.eat(b"eE") {
                self.eat(b"+-");
                self.digits()?;
            }
        } else if digits <= DIGITS_MAX && !(is_negative && whole == 0) {
            let whole = if is_negative { -whole } else { whole };
            #[expect(clippy::cast_precision_loss, reason = "numbers are doubles")]
            return Ok(i32::try_from(whole).map_or(Number::Float(whole as f64), Number::Integer));
        }
        let text: String = self.text[start..self.at].iter().map(|unit| ascii(*unit)).collect();
        // What is written so is always a number to Rust as well, if only an infinite one.
        Ok(Number::Float(text.parse().unwrap_or(f64::NAN)))
    }

    fn eat(&mut self, among: &[u8]) -> bool {
        let found = self.unit().is_some_and(|unit| among.iter().any(|one| u16::from(*one) == unit));
        self.at += usize::from(found);
        found
    }

    fn digit(&mut self) -> Option<i64> {
        let digit = self.unit()?.wrapping_sub(u16::from(b'0'));
        (digit < 10).then(|| {
            self.at += 1;
            i64::from(digit)
        })
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if self.digit().is_none() {
            return Err(self.fault(Wrong::InNumber));
        }
        while self.digit().is_some() {}
        Ok(())
    }

    /// A string, which the next unit opens.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Content<'_, U>, Fault> {
        self.at += 1;
        let plain = self.plain();
        if self.unit() == Some(b'"'.into()) {
            self.at += 1;
            return Ok(Content::Plain(&self.text[plain]));
        }
        self.escaped(plain)
    }

    /// What comes until a quote, an escape or a character that may not be there.
    #[inline]
    fn plain(&mut self) -> Range<usize> {
        let start = self.at;
        let is_special = |unit: &U| {
            let unit = (*unit).into();
            unit < 0x20 || unit == u16::from(b'"') || unit == u16::from(b'\\')
        };
        let rest = &self.text[start..];
        // Most strings are short.
        let near = rest.len().min(STRIDE);
        let found = rest[..near].iter().position(is_special);
        let length = found.unwrap_or_else(|| {
            // Without an early end, so that it takes vectors.
            let is_plain =
                |piece: &&[U]| !piece.iter().fold(false, |any, unit| any | is_special(unit));
            let pieces = rest[near..].chunks_exact(STRIDE).take_while(is_plain).count();
            let looked_at = near + pieces * STRIDE;
            let found = rest[looked_at..].iter().position(is_special);
            found.map_or(rest.len(), |at| looked_at + at)
        });
        self.at += length;
        start..self.at
    }

    fn escaped(&mut self, first: Range<usize>) -> Result<Content<'_, U>, Fault> {
        self.unescaped.clear();
        let mut plain = first;
        loop {
            self.unescaped.extend(self.text[plain].iter().map(|unit| (*unit).into()));
            match self.unit() {
                Some(0x22) => break,
                Some(0x5C) => self.escape()?,
                _ => return Err(self.fault_at_end_or(Wrong::NoQuote, Wrong::InString)),
            }
            plain = self.plain();
        }
        self.at += 1;
        Ok(Content::Unescaped(&self.unescaped))
    }

    fn escape(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let unit = match self.unit().and_then(|unit| u8::try_from(unit).ok()) {
            Some(unit @ (b'"' | b'\\' | b'/')) => unit.into(),
            Some(b'b') => 0x08,
            Some(b'f') => 0x0C,
            Some(b'n') => 0x0A,
            Some(b'r') => 0x0D,
            Some(b't') => 0x09,
            Some(b'u') => {
                let mut unit = 0;
                for _ in 0..4 {
                    self.at += 1;
                    let digit =
                        self.unit().and_then(|unit| char::from_u32(unit.into())?.to_digit(16));
                    let digit = digit.and_then(|digit| u16::try_from(digit).ok());
                    let Some(digit) = digit else {
                        return Err(self.fault_at_end_or(Wrong::NoQuote, Wrong::InEscape));
                    };
                    unit = unit << 4 | digit;
                }
                unit
            }
            _ => return Err(self.fault_at_end_or(Wrong::NoQuote, Wrong::InEscape)),
        };
        self.at += 1;
        self.unescaped.push(unit);
        Ok(())
    }
}

fn ascii(unit: impl Unit) -> char {
    u8::try_from(unit.into()).map_or(char::REPLACEMENT_CHARACTER, char::from)
}
