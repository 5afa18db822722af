//! Searching strings in a time that grows with their length, not with its square.
//!
//! Boa 0.22 walks to a position from the beginning of a string, for each occurrence of what it looks
//! for, and copies the whole string for each match of a regular expression. A message of a megabyte
//! would stop a server that splits it into lines. The methods here stand before the engine's own.
//!
//! Spec: <https://tc39.es/ecma262/#sec-properties-of-the-string-prototype-object>

use std::borrow::Cow;

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::string::{JsStr, JsStrVariant};
use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, js_string};
use memchr::memmem::Finder;

use super::string_limit::{check_length, whole};
use crate::js::before::{self, Before};
use crate::limits::SEARCH_WIDENED_UNITS_MIN;

/// Puts each before the engine's own.
pub(super) fn install(context: &Context) {
    let strings = context.intrinsics().constructors().string().prototype();
    let methods: [(JsString, usize, Before); 6] = [
        (js_string!("indexOf"), 1, index_of),
        (js_string!("split"), 2, split),
        (js_string!("replaceAll"), 2, replace_all),
        (js_string!("replace"), 2, with_pattern),
        (js_string!("match"), 1, with_pattern),
        (js_string!("matchAll"), 1, with_pattern),
    ];
    for (name, length, method) in methods {
        before::put(&strings, name, length, method, context);
    }
}

/// Looks for one text in another, from any position on.
#[expect(clippy::large_enum_variant, reason = "there is one, on the stack of one call")]
enum Search<'a> {
    /// Both have a byte for each unit.
    Narrow(&'a [u8], Finder<'a>),
    Wide(&'a [u16], Cow<'a, [u16]>),
    /// It cannot be there.
    Nowhere,
}

impl<'a> Search<'a> {
    fn new(text: JsStr<'a>, wanted: JsStr<'a>) -> Self {
        match (text.variant(), wanted.variant()) {
            (JsStrVariant::Latin1(text), JsStrVariant::Latin1(wanted)) => {
                Self::Narrow(text, Finder::new(wanted))
            }
            (JsStrVariant::Utf16(text), JsStrVariant::Utf16(wanted)) => {
                Self::Wide(text, Cow::Borrowed(wanted))
            }
            (JsStrVariant::Utf16(text), JsStrVariant::Latin1(_)) => {
                Self::Wide(text, Cow::Owned(wanted.to_vec()))
            }
            (JsStrVariant::Latin1(text), JsStrVariant::Utf16(units)) => {
                let bytes: Result<Vec<u8>, _> =
                    units.iter().map(|unit| u8::try_from(*unit)).collect();
                bytes.map_or(Self::Nowhere, |bytes| {
                    Self::Narrow(text, Finder::new(&bytes).into_owned())
                })
            }
        }
    }

    /// Where it begins for the first time, at or behind `from`.
    fn next(&self, from: usize) -> Option<usize> {
        let at = match self {
            Self::Narrow(text, finder) => finder.find(text.get(from..)?)?,
            Self::Wide(text, wanted) => {
                let rest = text.get(from..)?;
                rest.windows(wanted.len()).position(|window| window == &**wanted)?
            }
            Self::Nowhere => return None,
        };
        Some(from + at)
    }
}

/// What is searched and what for, where both are strings and neither needs the engine's own way.
fn strings(this: &JsValue, arguments: &[JsValue]) -> Option<(JsString, JsString)> {
    let wanted = arguments.get_or_undefined(0).as_string().filter(|wanted| !wanted.is_empty())?;
    Some((this.as_string()?, wanted))
}

/// `indexOf(wanted, from)`.
fn index_of(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let from = arguments.get_or_undefined(1);
    let from = if from.is_undefined() { Some(0) } else { whole(from) };
    let (Some((text, wanted)), Some(from)) = (strings(this, arguments), from) else {
        return engine.call(this, arguments, context);
    };
    let at = Search::new(text.as_str(), wanted.as_str()).next(from);
    Ok(at.map_or_else(|| JsValue::new(-1), JsValue::from))
}

/// `split(separator, limit)`.
fn split(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let limit = arguments.get_or_undefined(1);
    let limit = if limit.is_undefined() { Some(usize::MAX) } else { whole(limit) };
    let usual = limit.filter(|limit| *limit == usize::MAX || (1..1 << 32).contains(limit));
    let (Some((text, separator)), Some(limit)) = (strings(this, arguments), usual) else {
        return with_pattern(this, arguments, engine, context);
    };
    let search = Search::new(text.as_str(), separator.as_str());
    let mut parts: Vec<JsValue> = Vec::new();
    let mut begin = 0;
    while let Some(at) = search.next(begin) {
        parts.push(text.slice(begin, at).into());
        if parts.len() == limit {
            return Ok(JsArray::from_iter(parts, context).into());
        }
        begin = at + separator.len();
    }
    parts.push(text.slice(begin, text.len()).into());
    Ok(JsArray::from_iter(parts, context).into())
}

/// `replaceAll(wanted, replacement)`.
fn replace_all(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    // A dollar sign stands for something else than itself.
    let plain = arguments.get_or_undefined(1).as_string();
    let plain = plain.filter(|replacement| replacement.iter().all(|unit| unit != u16::from(b'$')));
    let (Some((text, wanted)), Some(replacement)) = (strings(this, arguments), plain) else {
        return with_pattern(this, arguments, engine, context);
    };
    let search = Search::new(text.as_str(), wanted.as_str());
    let mut pieces = Vec::new();
    let (mut begin, mut units) = (0, text.len());
    while let Some(at) = search.next(begin) {
        units = units.saturating_sub(wanted.len()).saturating_add(replacement.len());
        check_length(units)?;
        pieces.push(text.slice(begin, at));
        pieces.push(replacement.clone());
        begin = at + wanted.len();
    }
    if begin == 0 {
        return Ok(text.into());
    }
    pieces.push(text.slice(begin, text.len()));
    let pieces: Vec<JsStr<'_>> = pieces.iter().map(JsString::as_str).collect();
    Ok(JsString::concat_array(&pieces).into())
}

/// A method that may be given a regular expression. The engine looks into a string of wide units as it
/// is, and copies any other for each match.
fn with_pattern(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    if arguments.get_or_undefined(0).is_object()
        && let Some(text) = this.as_string()
        && text.len() >= SEARCH_WIDENED_UNITS_MIN
        && let JsStrVariant::Latin1(_) = text.as_str().variant()
    {
        let wide = JsString::from(JsStr::utf16(&text.as_str().to_vec()));
        return engine.call(&wide.into(), arguments, context);
    }
    engine.call(this, arguments, context)
}
