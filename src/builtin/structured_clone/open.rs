//! The objects that are being written: what each still holds, and where in the whole value that is.

use std::vec::IntoIter;

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

/// An object whose contents are being written.
pub(super) enum Open {
    /// An object or an array.
    Properties {
        source: JsObject,
        keys: IntoIter<PropertyKey>,
        /// The one that is being written.
        at: Option<PropertyKey>,
        /// Whether it is an array without holes, whose elements need no names.
        is_list: bool,
    },
    /// A `Map`.
    Entries {
        left: IntoIter<(JsValue, JsValue)>,
        /// The key that was written last, and its value until it is written too.
        key: JsValue,
        value: Option<JsValue>,
    },
    /// A `Set`.
    Members(IntoIter<JsValue>),
    /// The cause of an error.
    Cause(Option<JsValue>),
}

/// What comes next in an object.
pub(super) enum Next {
    /// Something behind the name in `at`, if that has to be written.
    Named(JsValue),
    Value(JsValue),
    /// A property that is gone meanwhile.
    Missing,
    Nothing,
}

impl Open {
    pub(super) fn next(&mut self, context: &mut Context) -> JsResult<Next> {
        Ok(match self {
            Self::Properties { source, keys, at, is_list } => {
                let Some(key) = keys.next() else { return Ok(Next::Nothing) };
                let value = property(source, &key, context)?;
                *at = Some(key);
                match value {
                    None => Next::Missing,
                    Some(value) if *is_list => Next::Value(value),
                    Some(value) => Next::Named(value),
                }
            }
            Self::Entries { left, key, value } => {
                if let Some(value) = value.take() {
                    return Ok(Next::Value(value));
                }
                let Some((next, behind)) = left.next() else { return Ok(Next::Nothing) };
                (*key, *value) = (next.clone(), Some(behind));
                Next::Value(next)
            }
            Self::Members(left) => left.next().map_or(Next::Nothing, Next::Value),
            Self::Cause(cause) => cause.take().map_or(Next::Nothing, Next::Value),
        })
    }

    /// How a script would come from this object to what is being written.
    fn step(&self, context: &mut Context) -> String {
        match self {
            Self::Properties { at: Some(PropertyKey::String(name)), .. } => {
                let name = name.to_std_string_lossy();
                let mut characters = name.chars();
                let is_plain =
                    characters.next().is_some_and(|c| c.is_alphabetic() || "_$".contains(c))
                        && characters.all(|c| c.is_alphanumeric() || "_$".contains(c));
                if is_plain { format!(".{name}") } else { format!("[{name:?}]") }
            }
            Self::Properties { at: Some(PropertyKey::Index(index)), .. } => {
                format!("[{}]", index.get())
            }
            Self::Properties { .. } => String::new(),
            Self::Entries { value: Some(_), .. } => ".keys()".to_owned(),
            Self::Entries { key, .. } if !key.is_object() && !key.is_symbol() => {
                let shown = key.to_string(context).unwrap_or_default().to_std_string_lossy();
                if key.is_string() { format!(".get({shown:?})") } else { format!(".get({shown})") }
            }
            Self::Entries { .. } | Self::Members(_) => ".values()".to_owned(),
            Self::Cause(_) => ".cause".to_owned(),
        }
    }
}

/// Where in the value the writer is, to be read behind what is wrong there; nothing for the value
/// itself.
pub(super) fn place(open: &[Open], context: &mut Context) -> String {
    use crate::limits::CLONE_PLACE_STEPS_SHOWN;
    if open.is_empty() {
        return String::new();
    }
    let left_out = open.len().saturating_sub(CLONE_PLACE_STEPS_SHOWN);
    let start = if left_out > 0 { " at value…" } else { " at value" };
    let steps = open[left_out..].iter().map(|open| open.step(context));
    steps.fold(start.to_owned(), |place, step| place + &step)
}

/// An own property, unless a getter before it has removed it.
fn property(
    source: &JsObject,
    key: &PropertyKey,
    context: &mut Context,
) -> JsResult<Option<JsValue>> {
    let own = source.borrow().properties().get(key);
    let Some(own) = own else { return Ok(None) };
    match own.value() {
        Some(value) => Ok(Some(value.clone())),
        None => source.get(key.clone(), context).map(Some),
    }
}

/// The own enumerable properties that have no symbols for names, in order, and whether they are the
/// elements of an array without holes.
pub(super) fn open(source: &JsObject, context: &mut Context) -> JsResult<(Open, Option<u32>)> {
    let keys = source.own_property_keys(context)?;
    let keys: Vec<PropertyKey> = {
        let object = source.borrow();
        let is_shown = |key: &PropertyKey| {
            !matches!(key, PropertyKey::Symbol(_))
                && object.properties().get(key).is_some_and(|own| own.expect_enumerable())
        };
        keys.into_iter().filter(is_shown).collect()
    };
    let length = if source.is_array() {
        Some(source.get(js_string!("length"), context)?.to_u32(context)?)
    } else {
        None
    };
    let ends_at = |length: u32| match keys.last() {
        None => length == 0,
        Some(PropertyKey::Index(last)) => last.get() + 1 == length,
        Some(_) => false,
    };
    let is_list = length.is_some_and(|length| length as usize == keys.len() && ends_at(length));
    let keys = keys.into_iter();
    Ok((Open::Properties { source: source.clone(), keys, at: None, is_list }, length))
}
