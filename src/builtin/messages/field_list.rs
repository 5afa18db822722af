//! The header list of a message: fields in the order they were added, with their names as written.
//! Knows no JavaScript.
//!
//! Spec: <https://fetch.spec.whatwg.org/#concept-header-list>

use crate::proto::http1;
use crate::proto::token::is_token;

/// The one field whose values cannot be joined.
const SET_COOKIE: &str = "set-cookie";

/// A name and a value.
pub type Field = (String, Vec<u8>);

/// A header list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldList {
    fields: Vec<Field>,
}

/// Why a field cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldFault {
    /// The name is no token.
    Name,
    /// The value has a line break or a NUL in it.
    Value,
}

impl FieldList {
    /// The fields of a message that has come in.
    pub fn of(headers: &http1::Headers) -> Self {
        let fields = headers.iter().map(|(name, value)| (name.to_owned(), value.to_vec()));
        Self { fields: fields.collect() }
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// The fields, to keep.
    pub fn into_fields(self) -> Vec<Field> {
        self.fields
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is a field of this name, in any case.
    pub fn contains(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.0.eq_ignore_ascii_case(name))
    }

    /// Adds a field, whose name is written as that of the first one that is the same.
    pub fn append(&mut self, name: &str, value: Vec<u8>) {
        let known = self.fields.iter().find(|field| field.0.eq_ignore_ascii_case(name));
        let name = known.map_or(name, |known| &known.0).to_owned();
        self.fields.push((name, value));
    }

    /// Replaces all fields of this name by one, where the first of them was.
    pub fn set(&mut self, name: &str, value: Vec<u8>) {
        let Some(first) = self.fields.iter().position(|field| field.0.eq_ignore_ascii_case(name))
        else {
            self.fields.push((name.to_owned(), value));
            return;
        };
        self.fields[first].1 = value;
        let mut at = 0;
        self.fields.retain(|field| {
            at += 1;
            at <= first + 1 || !field.0.eq_ignore_ascii_case(name)
        });
    }

    /// Removes all fields of this name.
    pub fn delete(&mut self, name: &str) {
        self.fields.retain(|field| !field.0.eq_ignore_ascii_case(name));
    }

    /// The values of all fields of this name, in order.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let same = self.fields.iter().filter(|field| field.0.eq_ignore_ascii_case(name));
        same.map(|field| field.1.as_slice())
    }

    /// The values of all fields of this name, joined by a comma and a space.
    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        self.contains(name).then(|| self.values(name).collect::<Vec<_>>().join(&b", "[..]))
    }

    /// The values of the fields that set cookies.
    pub fn set_cookies(&self) -> impl Iterator<Item = &[u8]> {
        self.values(SET_COOKIE)
    }

    /// "Sort and combine": names in lower case and in order, each once, but for those that set
    /// cookies.
    pub fn sorted(&self) -> Vec<Field> {
        let lower = |field: &Field| (field.0.to_ascii_lowercase(), field.1.clone());
        let mut sorted: Vec<_> = self.fields.iter().map(lower).collect();
        // Fields of one name keep their order.
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        sorted.dedup_by(|field, kept| {
            let joins = field.0 == kept.0 && field.0 != SET_COOKIE;
            if joins {
                kept.1.extend_from_slice(b", ");
                kept.1.extend_from_slice(&field.1);
            }
            joins
        });
        sorted
    }
}

/// Checks a name, and a value without the whitespace around it.
pub fn check_field(name: &str, value: &[u8]) -> Result<(), FieldFault> {
    if !is_token(name.as_bytes()) {
        return Err(FieldFault::Name);
    }
    let breaks = value.iter().any(|byte| matches!(byte, 0 | b'\r' | b'\n'));
    if breaks { Err(FieldFault::Value) } else { Ok(()) }
}

/// A value without the whitespace around it.
pub fn normalized(value: &[u8]) -> &[u8] {
    let is_whitespace = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let start = value.iter().position(|byte| !is_whitespace(byte)).unwrap_or(value.len());
    let end = value.iter().rposition(|byte| !is_whitespace(byte)).map_or(start, |last| last + 1);
    &value[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(fields: &[(&str, &str)]) -> FieldList {
        let mut list = FieldList::default();
        for (name, value) in fields {
            list.append(name, value.as_bytes().to_vec());
        }
        list
    }

    fn shown(fields: &[Field]) -> String {
        let shown = |(name, value): &Field| format!("{name}={}", String::from_utf8_lossy(value));
        fields.iter().map(shown).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn fields_are_sorted_and_joined_but_for_cookies() {
        let list = list(&[
            ("B", "1"),
            ("set-cookie", "a=1"),
            ("a", "x"),
            ("b", "2"),
            ("Set-Cookie", "b=2"),
            ("A", ""),
            ("B", "3"),
        ]);
        assert_eq!(shown(&list.sorted()), "a=x, ; b=1, 2, 3; set-cookie=a=1; set-cookie=b=2");
        assert_eq!(list.get("b").as_deref(), Some(&b"1, 2, 3"[..]));
        assert_eq!(list.get("c"), None);
        assert_eq!(list.set_cookies().count(), 2);
    }

    #[test]
    fn names_are_written_as_the_first_of_them() {
        let mut fields = list(&[("X-One", "1"), ("x-one", "2"), ("Two", "3"), ("X-ONE", "4")]);
        assert_eq!(shown(&fields.clone().into_fields()), "X-One=1; X-One=2; Two=3; X-One=4");
        fields.set("x-one", b"5".to_vec());
        assert_eq!(shown(&fields.clone().into_fields()), "X-One=5; Two=3");
        fields.delete("TWO");
        fields.set("Three", b"6".to_vec());
        assert_eq!(shown(&fields.into_fields()), "X-One=5; Three=6");
    }

    #[test]
    fn values_lose_the_whitespace_around_them() {
        for (given, expected) in [
            (" \r\n\ta b\t ", "a b"),
            ("", ""),
            (" ", ""),
            ("a\r\n b", "a\r\n b"),
            ("\u{b}", "\u{b}"),
        ] {
            assert_eq!(normalized(given.as_bytes()), expected.as_bytes(), "{given:?}");
        }
    }

    #[test]
    fn what_would_end_a_line_is_no_field() {
        assert_eq!(check_field("a", b"b\x01\xff"), Ok(()));
        assert_eq!(check_field("", b""), Err(FieldFault::Name));
        assert_eq!(check_field("a b", b""), Err(FieldFault::Name));
        assert_eq!(check_field("a", b"b\r\nc: d"), Err(FieldFault::Value));
        assert_eq!(check_field("a", b"\0"), Err(FieldFault::Value));
    }
}
