//! Patterns of paths: which paths belong to a route, and what stands in their groups.
//!
//! Spec: <https://urlpattern.spec.whatwg.org/>, for the path of a URL. Patterns of plain segments,
//! whole names and a star at the end, which most are, are matched here. All others are compiled by
//! the JavaScript half.

use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, Finalize, JsError, JsObject, JsResult, JsValue, Trace, js_string};

use crate::builtin::outcome::with_status;
use crate::js::convert::js_string_from_utf8;
use crate::js::error::range_error;
use crate::limits::COMPILED_PATH_BYTES_MAX;
use crate::url::{has_detours, percent_decode};

/// The pattern of a route.
#[derive(Clone, Trace, Finalize)]
pub(super) enum Pattern {
    /// One that is matched here.
    Plain(#[unsafe_ignore_trace] Rc<PlainPattern>),
    /// One that a function matches: `(path)`, or `(url)` for a `URLPattern`. It returns the groups,
    /// or `null`.
    Compiled(CompiledPattern),
}

/// A pattern that a function matches.
#[derive(Clone, Trace, Finalize)]
pub(super) struct CompiledPattern {
    pub(super) function: JsFunction,
    /// Whether it is handed the whole URL.
    pub(super) takes_url: bool,
}

/// What a path has in the groups of a pattern.
#[derive(Clone, Trace, Finalize)]
pub(super) enum Groups {
    /// There are none.
    Nothing,
    /// To be made when a script asks for them.
    Of(#[unsafe_ignore_trace] Rc<PlainPattern>),
    Made(JsObject),
}

/// Literal text, and then groups with literal text in between.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlainPattern {
    prefix: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// One segment, which is not empty.
    Name(String),
    Literal(String),
    /// Whatever is left.
    Rest,
}

impl PlainPattern {
    /// Reads a pattern. `None` if it is none of those that are matched here, or wrong.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self { prefix: String::new(), pieces: vec![Piece::Rest] });
        }
        let mut pattern = Self { prefix: String::new(), pieces: Vec::new() };
        let mut segments = text.strip_prefix('/')?.split('/').peekable();
        while let Some(segment) = segments.next() {
            pattern.push_literal("/");
            if segment == "*" && segments.peek().is_none() {
                pattern.pieces.push(Piece::Rest);
            } else if let Some(name) = segment.strip_prefix(':') {
                if !is_name(name) || pattern.has_name(name) {
                    return None;
                }
                pattern.pieces.push(Piece::Name(name.to_owned()));
            } else if segment != "." && segment != ".." && segment.bytes().all(is_plain) {
                pattern.push_literal(segment);
            } else {
                return None;
            }
        }
        Some(pattern)
    }

    /// The pattern without the names in it: two with the same shape match the same paths.
    pub(super) fn shape(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Name(_) => ":".to_owned(),
            Piece::Literal(text) => text.clone(),
            Piece::Rest => "*".to_owned(),
        };
        self.pieces.iter().map(piece).fold(self.prefix.clone(), |shape, piece| shape + &piece)
    }

    fn push_literal(&mut self, text: &str) {
        match self.pieces.last_mut() {
            None => self.prefix.push_str(text),
            Some(Piece::Literal(literal)) => literal.push_str(text),
            Some(_) => self.pieces.push(Piece::Literal(text.to_owned())),
        }
    }

    fn has_name(&self, name: &str) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Name(known) if known == name))
    }

    /// Whether a path matches.
    #[inline]
    pub(super) fn matches(&self, path: &str) -> bool {
        match path.strip_prefix(&*self.prefix) {
            None => false,
            Some(rest) if self.pieces.is_empty() => rest.is_empty(),
            Some(rest) => self.walk(rest, |_, _| {}),
        }
    }

    /// Goes along what follows the prefix, and hands out what stands in the groups.
    fn walk<'a>(&'a self, mut rest: &'a str, mut group: impl FnMut(&'a str, &'a str)) -> bool {
        for piece in &self.pieces {
            match piece {
                Piece::Name(name) => {
                    let end = rest.find('/').unwrap_or(rest.len());
                    if end == 0 {
                        return false;
                    }
                    group(name, &rest[..end]);
                    rest = &rest[end..];
                }
                Piece::Literal(text) => match rest.strip_prefix(&**text) {
                    Some(after) => rest = after,
                    None => return false,
                },
                Piece::Rest => {
                    group("0", rest);
                    rest = "";
                }
            }
        }
        rest.is_empty()
    }

    /// What stands in the place of its star, if it has one.
    pub(super) fn rest<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        let mut found = None;
        self.walk(path.strip_prefix(&*self.prefix)?, |name, value| {
            if name == "0" {
                found = Some(value);
            }
        });
        found
    }

    /// Whether what it matches has any.
    pub(super) fn has_groups(&self) -> bool {
        !self.pieces.is_empty()
    }

    fn groups(&self, path: &str, context: &mut Context) -> JsResult<JsObject> {
        let mut found = Vec::new();
        if let Some(rest) = path.strip_prefix(&*self.prefix) {
            self.walk(rest, |name, value| found.push((name, value)));
        }
        let object = JsObject::with_object_proto(context.intrinsics());
        for (name, value) in found {
            let value = js_string_from_utf8(&decoded(value));
            object.create_data_property_or_throw(js_string!(name), value, context)?;
        }
        Ok(object)
    }
}

/// What a script is shown of a part of a path: `%20` is a space. What does not decode to UTF-8 stays
/// as it came.
fn decoded(text: &str) -> String {
    if text.contains('%') {
        String::from_utf8(percent_decode(text)).unwrap_or_else(|_| text.to_owned())
    } else {
        text.to_owned()
    }
}

fn is_name(name: &str) -> bool {
    let is_start = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$';
    name.bytes().next().is_some_and(is_start)
        && name.bytes().all(|byte| is_start(byte) || byte.is_ascii_digit())
}

/// Whether a character stands for itself, in a pattern and in a URL.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&',;=@".contains(&byte)
}

impl Pattern {
    /// The groups if a path matches. `url` makes the whole URL, for a pattern that wants it.
    pub(super) fn find(
        &self,
        path: &str,
        url: &dyn Fn() -> String,
        context: &mut Context,
    ) -> JsResult<Option<Groups>> {
        match self {
            Self::Plain(plain) => Ok(plain.matches(path).then(|| Groups::Of(plain.clone()))),
            Self::Compiled(compiled) => compiled.find(path, url, context),
        }
    }

    /// Whether what it matches may have groups.
    pub(super) fn has_groups(&self) -> bool {
        match self {
            Self::Plain(plain) => plain.has_groups(),
            Self::Compiled(_) => true,
        }
    }
}

impl CompiledPattern {
    /// The groups if a path matches.
    pub(super) fn find(
        &self,
        path: &str,
        url: &dyn Fn() -> String,
        context: &mut Context,
    ) -> JsResult<Option<Groups>> {
        if self.takes_url && has_detours(path) {
            return Err(has_two_paths(context));
        }
        let given = if self.takes_url { url() } else { path.to_owned() };
        if given.len() > COMPILED_PATH_BYTES_MAX {
            return Err(too_long(context));
        }
        let given = [js_string_from_utf8(&given).into()];
        let groups = self.function.call(&JsValue::undefined(), &given, context)?;
        Ok(groups.as_object().map(Groups::Made))
    }
}

/// It cannot be said that a path does not match, or whatever is to run before others would not.
fn too_long(context: &mut Context) -> JsError {
    let message = format!("a URL of more than {COMPILED_PATH_BYTES_MAX} bytes is too long here");
    with_status(range_error(message), 414, context)
}

/// Patterns of paths and those of URLs would take it for different ones, and what guards the one would
/// not guard the other.
fn has_two_paths(context: &mut Context) -> JsError {
    let message = "the path must not have segments of dots or backslashes here";
    with_status(range_error(message), 400, context)
}

impl Groups {
    /// The groups of a path as an object.
    pub(super) fn object(&self, path: &str, context: &mut Context) -> JsResult<JsObject> {
        match self {
            Self::Nothing => Ok(JsObject::with_object_proto(context.intrinsics())),
            Self::Of(plain) => plain.groups(path, context),
            Self::Made(object) => Ok(object.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_patterns_match_whole_paths() {
        for (pattern, path, groups) in [
            ("/", "/", Some(vec![])),
            ("/", "/a", None),
            ("/a/b", "/a/b", Some(vec![])),
            ("/a/b", "/a/b/", None),
            ("/a/b", "/a/bc", None),
            ("/a/", "/a/", Some(vec![])),
            ("/a/", "/a", None),
            ("/:x", "/a", Some(vec![("x", "a")])),
            ("/:x", "/", None),
            ("/:x", "/a/b", None),
            ("/:x/", "/a/", Some(vec![("x", "a")])),
            ("/a/:x/b/:y", "/a/1/b/2", Some(vec![("x", "1"), ("y", "2")])),
            ("/a/:x/b/:y", "/a/1/c/2", None),
            ("/a/:x/b/:y", "/a//b/2", None),
            ("/a/*", "/a/", Some(vec![("0", "")])),
            ("/a/*", "/a/b/c", Some(vec![("0", "b/c")])),
            ("/a/*", "/a", None),
            ("/:x/*", "/a/b/c", Some(vec![("x", "a"), ("0", "b/c")])),
            ("*", "/a/b", Some(vec![("0", "/a/b")])),
            ("*", "*", Some(vec![("0", "*")])),
        ] {
            let plain = PlainPattern::parse(pattern).unwrap();
            let mut found = Vec::new();
            let matches = path
                .strip_prefix(&*plain.prefix)
                .is_some_and(|rest| plain.walk(rest, |name, value| found.push((name, value))));
            assert_eq!(matches.then_some(found), groups, "{pattern} {path}");
            assert_eq!(plain.matches(path), matches, "{pattern} {path}");
        }
    }

    #[test]
    fn other_patterns_are_not_plain() {
        for pattern in [
            "", "a", "a/b", ":x", "/a*", "/*/a", "/:x*", "/:x?", "/:x.png", "/:x-:y", "/:x/:x",
            "/:", "/:1", "/(\\d+)", "/{a}", "/a?", "/a+", "/\\:a", "/a b", "/a%20b", "/\u{e9}",
            "/:\u{e9}", "/./a", "/a/..", "/a#b", "/**",
        ] {
            assert_eq!(PlainPattern::parse(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_does_not_decode_stays() {
        assert_eq!(decoded("a%20b%C3%A9%2f"), "a b\u{e9}/");
        assert_eq!(decoded("%ff%zz%"), "%ff%zz%");
        assert_eq!(decoded("100%"), "100%");
    }
}
