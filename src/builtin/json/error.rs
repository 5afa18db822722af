//! What is wrong with a text that is not JSON, or a value that has no JSON, with the text around or
//! the way to the value. The engine's message about a value has no such way; it is looked for here
//! when it has thrown, and never before.

use boa_engine::property::PropertyKey;
use boa_engine::{JsError, JsNativeError, JsObject, JsString, JsValue};

use super::scan::{Fault, Wrong};
use crate::limits::{JSON_DEPTH_MAX, JSON_EXCERPT_UNITS, JSON_SEARCHED_MAX};

/// `JSON.parse` of `given`, as this text, failed.
#[cold]
pub(super) fn not_json(fault: &Fault, text: &JsString, given: &JsValue) -> JsError {
    let message = if given.is_string() {
        let text: Vec<u16> = text.iter().collect();
        explained(fault, &text)
    } else {
        let given = match given {
            given if given.is_object() => "an object".to_owned(),
            given => given.display().to_string(),
        };
        format!("JSON.parse takes a string, and was given {given}")
    };
    JsNativeError::syntax().with_message(message).into()
}

/// What is wrong. `{}` is the character that is.
fn reason(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::NoValue => "unexpected end of JSON: a value is missing",
        Wrong::NoBracket => "unexpected end of JSON: an array has no ']'",
        Wrong::NoBrace => "unexpected end of JSON: an object has no '}'",
        Wrong::NoQuote => "unexpected end of JSON: a string has no closing quote",
        Wrong::Unexpected => "unexpected {} in JSON",
        Wrong::InNumber => "unexpected {} in a number in JSON",
        Wrong::InString => "unexpected {} in a string in JSON: it has to be escaped",
        Wrong::InEscape => "unexpected {} in an escape in JSON",
        Wrong::ForName => "unexpected {} in JSON: names are in double quotes",
        Wrong::ForColon => "unexpected {} in JSON: a name is followed by ':'",
        Wrong::ForCommaInArray => "unexpected {} in JSON: expected ',' or ']'",
        Wrong::ForCommaInObject => "unexpected {} in JSON: expected ',' or '}'",
        Wrong::BehindComma => "unexpected {} in JSON: a comma may not come last",
        Wrong::BehindEnd => "unexpected {} after the end of JSON",
    }
}

fn explained(fault: &Fault, text: &[u16]) -> String {
    let (before, after) = text.split_at(fault.at.min(text.len()));
    let found = char::decode_utf16(after.iter().copied()).next();
    let found = found.map(|found| found.unwrap_or(char::REPLACEMENT_CHARACTER));
    let found = found.map_or_else(|| "end".to_owned(), |character| format!("{character:?}"));
    let what = reason(fault.wrong).replace("{}", &found);
    if text.is_empty() {
        return format!("{what}: the text is empty");
    }
    let mut lines = before.rsplit(|unit| *unit == u16::from(b'\n'));
    let column = lines.next().unwrap_or_default().len() + 1;
    let line = lines.count() + 1;
    let mut excerpt = String::new();
    let start = before.len().saturating_sub(JSON_EXCERPT_UNITS);
    if start > 0 {
        excerpt.push('…');
    }
    let end = after.len().min(JSON_EXCERPT_UNITS);
    let shown = String::from_utf16_lossy(&text[start..fault.at + end]);
    excerpt.extend(shown.chars().map(|shown| if shown.is_control() { ' ' } else { shown }));
    if end < after.len() {
        excerpt.push('…');
    }
    format!("{what}, at line {line} column {column}: {excerpt}")
}

/// `JSON.stringify` of `given` failed.
pub(super) fn no_json(error: JsError, given: &JsValue) -> JsError {
    let Some(message) = error.as_native().map(|native| native.message().to_owned()) else {
        return error;
    };
    let message = match message.as_str() {
        "cyclic object value" => match Search::new(given).cycle() {
            Some((path, target)) => {
                format!("cannot convert a circular structure to JSON: {path} is {target} itself")
            }
            None => "cannot convert a circular structure to JSON".to_owned(),
        },
        "cannot serialize bigint to JSON" => match Search::new(given).bigint() {
            Some(path) => format!("cannot convert a BigInt to JSON: {path}; use toString() on it"),
            None => "cannot convert a BigInt to JSON: use toString() on it".to_owned(),
        },
        _ => return error,
    };
    JsNativeError::typ().with_message(message).into()
}

/// A walk over stored properties, which runs no script.
struct Search {
    /// The objects that are open, the innermost last.
    open: Vec<Level>,
    entered: usize,
}

struct Level {
    object: JsObject,
    /// What is left to look at, the next last.
    left: Vec<(PropertyKey, JsValue)>,
    /// How the object is reached from the one around it; the outermost is not.
    key: Option<PropertyKey>,
}

impl Search {
    fn new(value: &JsValue) -> Self {
        let mut search = Self { open: Vec::new(), entered: 0 };
        if let Some(object) = value.as_object() {
            search.enter(object, None);
        }
        search
    }

    /// The path to the first object that is around itself, and that of the same object above.
    fn cycle(mut self) -> Option<(String, String)> {
        self.find(|open, value| {
            let object = value.as_object()?;
            let around = open.iter().position(|level| JsObject::equals(&level.object, &object))?;
            Some(path(&open[..=around], None))
        })
    }

    /// The path to the first `BigInt`.
    fn bigint(mut self) -> Option<String> {
        let found = self.find(|_, value| value.is_bigint().then(String::new));
        found.map(|(path, _)| path)
    }

    /// The path to the first value of which `wanted` says something, and that.
    fn find(
        &mut self,
        wanted: impl Fn(&[Level], &JsValue) -> Option<String>,
    ) -> Option<(String, String)> {
        while let Some(level) = self.open.last_mut() {
            let Some((key, value)) = level.left.pop() else {
                self.open.pop();
                continue;
            };
            if let Some(found) = wanted(&self.open, &value) {
                return Some((path(&self.open, Some(&key)), found));
            }
            if let Some(object) = value.as_object() {
                self.enter(object, Some(key));
            }
        }
        None
    }

    fn enter(&mut self, object: JsObject, key: Option<PropertyKey>) {
        if self.entered == JSON_SEARCHED_MAX || self.open.len() == JSON_DEPTH_MAX {
            return;
        }
        self.entered += 1;
        let mut left = properties(&object);
        left.reverse();
        self.open.push(Level { object, left, key });
    }
}

/// The values that an object stores, in the order in which they are written.
fn properties(object: &JsObject) -> Vec<(PropertyKey, JsValue)> {
    let object = object.borrow();
    let stored = object.properties();
    let mut indexed: Vec<_> = stored.index_properties().collect();
    indexed.sort_unstable_by_key(|(index, _)| *index);
    let mut values: Vec<_> = indexed
        .into_iter()
        .filter_map(|(index, property)| Some((index.into(), property.value()?.clone())))
        .collect();
    values.extend(object.shape().keys().into_iter().filter_map(|key| {
        let property = stored.get(&key).filter(|property| property.enumerable() == Some(true))?;
        Some((key, property.value()?.clone()))
    }));
    values
}

/// `.children[0].parent`; the outermost value has no name.
fn path(open: &[Level], last: Option<&PropertyKey>) -> String {
    let keys = open.iter().filter_map(|level| level.key.as_ref()).chain(last);
    let mut text = String::new();
    for key in keys {
        let name = key.to_string();
        let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
        match name.parse::<u32>() {
            Ok(index) => text.extend(["[", &index.to_string(), "]"]),
            Err(_) if plain => text.extend([".", &name]),
            Err(_) => text.extend(["[", &format!("{name:?}"), "]"]),
        }
    }
    if text.is_empty() { "the value".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(wrong: Wrong, at: usize, text: &str) -> String {
        explained(&Fault { wrong, at }, &text.encode_utf16().collect::<Vec<u16>>())
    }

    #[test]
    fn the_text_around_is_shown() {
        let text = r#"{"name": "Ada", age: 36}"#;
        let expected = "unexpected 'a' in JSON: names are in double quotes, at line 1 column 17: \
                        {\"name\": \"Ada\", age: 36}";
        assert_eq!(shown(Wrong::ForName, 16, text), expected);
        let long = format!("{}\nx", " ".repeat(500));
        let shown_long = shown(Wrong::Unexpected, 501, &long);
        assert!(shown_long.contains("unexpected 'x'") && shown_long.contains("line 2 column 1"));
        assert!(shown_long.contains('…') && shown_long.len() < 150);
        assert!(shown(Wrong::NoValue, 0, "").ends_with(": the text is empty"));
        assert!(shown(Wrong::Unexpected, 1, "é😀").starts_with("unexpected '😀' in JSON, at"));
    }
}
