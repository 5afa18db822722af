//! What an exception is really about: the expression, its place, and what to do.
//!
//! The engine's messages name no expression, and its positions are coarse. When an exception is
//! printed, and only then, the source is parsed again and searched for what can have thrown it.
//! Nothing in here runs for an exception that a script catches. What is not certain is not said: a
//! wrong line is worse than none.
//!
//! - `trace` tells the instruction, `outline` what the source does where, `locate` brings the two
//!   together;
//! - `fault` knows the engine's words, `message` has ours, `remedy` and `elsewhere` the advice.

mod builder;
mod elsewhere;
mod exports;
mod expressions;
mod fault;
mod locate;
mod message;
mod outline;
mod remedy;
mod similar;
mod syntax;
mod text;
mod trace;
mod walk;

use boa_engine::ast::Position;
use boa_engine::builtins::error::Error;

pub(super) use elsewhere::instead_of_module;
pub(super) use exports::{Loaded, MissingExport, missing_export};
use fault::Fault;
use locate::{Located, locate};
use message::Case;
use outline::{Kind, Outline, Step};
pub(super) use similar::similar;
pub(super) use syntax::{Complaint, complaint};
use text::Text;

/// What was found out about an exception.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Finding {
    /// The message in better words.
    pub(super) message: Option<String>,
    pub(super) place: Spot,
    pub(super) remedy: Option<String>,
}

/// Where an exception came from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Spot {
    /// Where the engine says.
    #[default]
    Engine,
    /// At this line and column.
    At(usize, usize),
    /// At one of several places; the engine's is none of them.
    Unknown,
}

/// Looks into the source of the innermost call for what threw `error`. `source_of` finds the text of
/// a path; `globals` the names of everything global.
pub(super) fn diagnose(
    error: &Error,
    message: &str,
    source_of: impl Fn(&str) -> Option<String>,
    globals: impl Fn() -> Vec<String>,
) -> Option<Finding> {
    let frame = trace::innermost(error)?;
    let source = source_of(&frame.path)?;
    let outline = Outline::of(&source)?;
    let located = locate(&outline, &frame)?;
    let fault = Fault::of(message);
    let candidates = candidates(&located, fault, &outline);
    let text = Text::new(&source);
    let found = Finding { place: spot(&candidates, fault), ..Finding::default() };
    let [step] = candidates[..] else { return (!candidates.is_empty()).then_some(found) };
    let case = Case { fault, outline: &outline, text: &text, block: located.block, step };
    Some(Finding { message: case.message(), remedy: case.remedy(&globals()), ..found })
}

/// The steps that can have thrown.
fn candidates<'a>(located: &Located<'a>, fault: Fault<'_>, outline: &Outline) -> Vec<&'a Step> {
    let fits = |step: &&Step| fault.fits(step, |name| outline.name(name));
    let mut steps: Vec<&Step> = located.steps.iter().copied().filter(fits).collect();
    if steps.is_empty() && fault == Fault::Nullish {
        // A native that was given nothing, such as Object.keys.
        let native = |step: &&Step| matches!(step.kind, Kind::Call { .. } | Kind::New { .. });
        steps = located.steps.iter().copied().filter(native).collect();
    }
    nearest(&mut steps, located.end);
    steps
}

/// Of several steps of one run, the one whose instruction is where the engine was, if it is much
/// nearer than the others: lengths of instructions are not known for certain.
fn nearest(steps: &mut Vec<&Step>, end: u32) {
    let distance = |step: &Step| step.end.abs_diff(end);
    steps.sort_by_key(|step| distance(step));
    if let [first, second, ..] = steps[..]
        && distance(first) * 3 < distance(second)
    {
        steps.truncate(1);
    }
}

fn spot(candidates: &[&Step], fault: Fault<'_>) -> Spot {
    let Some((first, others)) = candidates.split_first() else { return Spot::Engine };
    if others.iter().any(|other| other.at != first.at) {
        return Spot::Unknown;
    }
    // The engine is right about calls of natives.
    if fault == Fault::Nullish && matches!(first.kind, Kind::Call { .. } | Kind::New { .. }) {
        return Spot::Engine;
    }
    let (line, column) = numbers(first.at);
    Spot::At(line, column)
}

fn numbers(position: Position) -> (usize, usize) {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    (number(position.line_number()), number(position.column_number()))
}
