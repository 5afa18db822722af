//! What is wrong with a text that is not JSON, or a value that has no JSON. The engine's messages
//! have neither the text around nor the way to the value; both are looked for here when it has
//! thrown, and never before.

use boa_engine::property::PropertyKey;
use boa_engine::{JsError, JsNativeError, JsObject, JsValue};

use crate::limits::{JSON_DEPTH_MAX, JSON_EXCERPT_CHARACTERS, JSON_SEARCHED_MAX};

/// `JSON.parse` of `given` failed. Errors of others, such as a reviver's, stay as they are.
pub(super) fn not_json(error: JsError, given: &JsValue) -> JsError {
    let Some((reason, line, column)) =
        error.as_native().and_then(|native| located(native.message()))
    else {
        return error;
    };
    let Some(text) = given.as_string() else {
        let given = match given {
            given if given.is_object() => "an object".to_owned(),
            given => given.display().to_string(),
        };
        let message = format!("JSON.parse takes a string, and was given {given}");
        return JsNativeError::syntax().with_message(message).into();
    };
    let text = text.to_std_string_lossy();
    let message = explained(reason, line, column, &text);
    JsNativeError::syntax().with_message(message).into()
}

/// Splits `reason at line 3 column 14`.
fn located(message: &str) -> Option<(&str, usize, usize)> {
    let (reason, place) = message.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    Some((reason, line.parse().ok()?, column.parse().ok()?))
}

/// What the parser's reasons mean. `{}` is the character that it did not expect.
const REASONS: &[(&str, &str)] = &[
    ("EOF while parsing a value", "unexpected end of JSON: a value is missing"),
    ("EOF while parsing a list", "unexpected end of JSON: an array has no ']'"),
    ("EOF while parsing an object", "unexpected end of JSON: an object has no '}'"),
    ("EOF while parsing a string", "unexpected end of JSON: a string has no closing quote"),
    ("recursion limit exceeded", "JSON nests too deep: more than 127 arrays and objects"),
    ("expected value", "unexpected {} in JSON"),
    ("expected ident", "unexpected {} in JSON"),
    ("invalid number", "unexpected {} in a number in JSON"),
    ("key must be a string", "unexpected {} in JSON: names are in double quotes"),
    ("trailing comma", "unexpected {} in JSON: a comma may not come last"),
    ("trailing characters", "unexpected {} after the end of JSON"),
    ("expected `:`", "unexpected {} in JSON: a name is followed by ':'"),
    ("expected `,` or `]`", "unexpected {} in JSON: expected ',' or ']'"),
    ("expected `,` or `}`", "unexpected {} in JSON: expected ',' or '}'"),
];

fn explained(reason: &str, line: usize, column: usize, text: &str) -> String {
    let at = offset(text, line, column);
    let found = text[at..].chars().next().map_or_else(|| "end".to_owned(), |c| format!("{c:?}"));
    let known = REASONS.iter().find(|row| row.0 == reason);
    let what =
        known.map_or_else(|| format!("invalid JSON: {reason}"), |row| row.1.replace("{}", &found));
    let before: Vec<char> = text[..at].chars().rev().take(JSON_EXCERPT_CHARACTERS + 1).collect();
    let after: Vec<char> = text[at..].chars().take(JSON_EXCERPT_CHARACTERS + 1).collect();
    let mut excerpt = String::new();
    if before.len() > JSON_EXCERPT_CHARACTERS {
        excerpt.push('…');
    }
    let shown = before.iter().take(JSON_EXCERPT_CHARACTERS).rev();
    let shown = shown.chain(after.iter().take(JSON_EXCERPT_CHARACTERS));
    excerpt.extend(shown.map(|character| if character.is_control() { ' ' } else { *character }));
    if after.len() > JSON_EXCERPT_CHARACTERS {
        excerpt.push('…');
    }
    if excerpt.is_empty() {
        return format!("{what}: the text is empty");
    }
    format!("{what}, at line {line} column {column}: {excerpt}")
}

/// Where a line and a column in bytes are in the text.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts.take(line).last().unwrap_or(0);
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
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

    #[test]
    fn the_text_around_is_shown() {
        let text = r#"{"name": "Ada", age: 36}"#;
        let expected = "unexpected 'a' in JSON: names are in double quotes, at line 1 column 17: \
                        {\"name\": \"Ada\", age: 36}";
        assert_eq!(explained("key must be a string", 1, 17, text), expected);
        let long = format!("{}\nx", " ".repeat(500));
        let shown = explained("expected value", 2, 1, &long);
        assert!(shown.contains("unexpected 'x'") && shown.contains('…') && shown.len() < 150);
        assert_eq!(
            explained("EOF while parsing a value", 1, 0, "").rsplit(": ").next(),
            Some("the text is empty")
        );
    }

    #[test]
    fn a_column_is_found_whatever_stands_before_it() {
        assert_eq!(offset("ab\ncd", 2, 2), 4);
        assert_eq!(offset("é!", 1, 3), 2);
        assert_eq!(offset("é", 1, 2), 0);
        assert_eq!(offset("", 1, 0), 0);
        assert_eq!(offset("ab", 9, 9), 2);
    }
}
