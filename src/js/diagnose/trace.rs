//! Which instruction threw: read off the `Debug` form of an error.
//!
//! Boa 0.22 tells lines and columns in its stacks, but one position stands for many instructions,
//! and outside of functions a gap is given the position before it. The instruction itself and the
//! whole map from instructions to positions are private, and only their `Debug` form shows them. It
//! is read here and nowhere else; if the engine changes it, [`innermost`] finds nothing, and
//! messages are as good as the engine's positions.

use std::fmt::{self, Write as _};

use boa_engine::ast::Position;
use boa_engine::builtins::error::Error;

use crate::limits::TRACE_BYTES;

/// The innermost call of a stack: where in the bytecode it was, and what the engine knows of that.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::js) struct Frame {
    /// The path of the source.
    pub(in crate::js) path: String,
    /// `<main>` for a module, empty for a function without a name.
    pub(super) function: String,
    /// The last byte of the instruction.
    pub(super) pc: u32,
    /// From which instruction on which position holds, in order.
    pub(super) entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Entry {
    pub(super) pc: u32,
    pub(super) position: Option<Position>,
}

/// The innermost call of the stack that `error` has, unless that was a native.
pub(in crate::js) fn innermost(error: &Error) -> Option<Frame> {
    let mut last = Last(String::new());
    write!(last, "{error:?}").ok()?;
    if last.0.contains("Native { function_name: Some(") {
        return None;
    }
    frame(&last.0)
}

/// Keeps what is written of the last call, within a limit.
struct Last(String);

impl fmt::Write for Last {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text == "Bytecode" {
            self.0.clear();
        }
        if self.0.len() + text.len() > TRACE_BYTES {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

fn frame(text: &str) -> Option<Frame> {
    let pc = number(after(text, "Bytecode { pc: ")?)?;
    let entries = after(text, "entries: [")?;
    let (entries, rest) = entries.split_once("], path: ")?;
    let path = quoted(after(rest, "Path(")?)?;
    let function = quoted(after(rest, "function_name: JsString(")?)?;
    let entries = entries.split("Entry { ").skip(1).map(entry).collect::<Option<Vec<_>>>()?;
    Some(Frame { path, function, pc, entries })
}

/// `pc: 18, position: Some(Position { line_number: 1, column_number: 13 }) }`, or with `None`.
fn entry(text: &str) -> Option<Entry> {
    let pc = number(after(text, "pc: ")?)?;
    if text.contains("position: None") {
        return Some(Entry { pc, position: None });
    }
    let line = number(after(text, "line_number: ")?)?;
    let column = number(after(text, "column_number: ")?)?;
    let valid = line > 0 && column > 0;
    valid.then(|| Entry { pc, position: Some(Position::new(line, column)) })
}

fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.find(word).map(|at| &text[at + word.len()..])
}

fn number(text: &str) -> Option<u32> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// A string in quotes, as `Debug` writes it.
fn quoted(text: &str) -> Option<String> {
    let mut characters = text.strip_prefix('"')?.chars();
    let mut plain = String::new();
    loop {
        match characters.next()? {
            '"' => return Some(plain),
            '\\' => match characters.next()? {
                // Nothing that stands in a path or a name needs more.
                'u' => return None,
                'n' => plain.push('\n'),
                't' => plain.push('\t'),
                'r' => plain.push('\r'),
                other => plain.push(other),
            },
            other => plain.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use boa_engine::{Context, Source};

    use super::*;

    fn thrown(source: &str) -> Option<Frame> {
        let mut context = Context::default();
        let source = Source::from_bytes(source).with_path(Path::new("/a \"b\"/c.js"));
        let error = context.eval(source).expect_err("an exception");
        let value = error.into_opaque(&mut context).expect("an object");
        let object = value.as_object().expect("an object");
        let error = object.downcast_ref::<Error>().expect("an error");
        innermost(&error)
    }

    /// When this fails, the engine has another `Debug` form, or a better way to the position.
    #[test]
    fn the_instruction_and_the_map_are_in_the_debug_form() {
        let frame = thrown("function f(a) {\n  g();\n  a.b();\n}\nfunction g() {}\nf();");
        let frame = frame.expect("a frame");
        assert_eq!((frame.path.as_str(), frame.function.as_str()), ("/a \"b\"/c.js", "f"));
        let positions: Vec<_> = frame
            .entries
            .iter()
            .map(|entry| {
                entry.position.map(|position| (position.line_number(), position.column_number()))
            })
            .collect();
        let (body, first, second) = (Some((1, 15)), Some((2, 4)), Some((3, 6)));
        assert_eq!(positions, [body, first, body, second, None]);
        let entry = frame.entries.iter().rposition(|entry| entry.pc <= frame.pc);
        assert_eq!(entry, Some(2), "{frame:?}");
    }

    #[test]
    fn what_is_not_a_stack_is_no_frame() {
        assert_eq!(frame("Bytecode { pc: 1, source_info"), None);
        assert_eq!(entry("pc: 1, position: Some(Position { line_number: 0"), None);
        assert_eq!(quoted("abc"), None);
    }
}
