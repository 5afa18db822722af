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
mod thrown;
mod trace;
mod walk;
mod walker;

#[cfg(test)]
mod tests;

use crate::limits::CANDIDATES_SHOWN;
pub(super) use elsewhere::instead_of_module;
pub(super) use exports::{Loaded, MissingExport, missing_export};
use fault::Fault;
use locate::{Located, locate};
use message::Case;
use outline::{Kind, Outline, Step, numbers};
pub(super) use similar::similar;
pub(super) use syntax::{Complaint, complaint};
use text::Text;
pub(super) use thrown::{Thrown, throws};
pub(super) use trace::{Frame, innermost};

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
    /// At this line; at this column too, unless the remedy says that it is one of several.
    At(usize, usize),
    /// At one of several places; the engine's is none of them.
    Unknown,
}

/// Whether the engine's message is one that the source can explain.
pub(super) fn is_known(message: &str) -> bool {
    Fault::of(message) != Fault::InNative || fault::in_native(message, "", "").is_some()
}

/// Looks into `source`, that of the innermost call, for what threw. `globals` are the names of
/// everything global.
pub(super) fn diagnose(
    frame: &Frame,
    message: &str,
    source: &str,
    globals: impl Fn() -> Vec<String>,
) -> Option<Finding> {
    let outline = walk::outline(source)?;
    let located = locate(&outline, frame)?;
    let fault = Fault::of(message);
    let candidates = candidates(&located, fault, &outline);
    let text = Text::new(source);
    let case =
        |step| Case { fault, message, outline: &outline, text: &text, block: located.block, step };
    let found = Finding { place: spot(&candidates, fault), ..Finding::default() };
    match candidates[..] {
        [] => None,
        [step] => {
            let case = case(step);
            if case.is_made_by_script() {
                return None;
            }
            Some(Finding { message: case.message(), remedy: case.remedy(&globals()), ..found })
        }
        [..] => {
            let all = candidates.iter().filter_map(|step| {
                let (line, column) = numbers(step.at);
                Some(format!("{} ({line}:{column})", case(step).message()?))
            });
            let all: Vec<String> = all.take(CANDIDATES_SHOWN).collect();
            let remedy = format!("it is one of these: {}", all.join("; "));
            Some(Finding { remedy: Some(remedy), ..found })
        }
    }
}

/// Globals with natives that refuse null and undefined.
const TAKES_OBJECTS: &[&str] =
    &["Array", "Iterator", "Map", "Object", "Promise", "Set", "WeakMap", "WeakSet"];

/// The steps that can have thrown.
fn candidates<'a>(located: &Located<'a>, fault: Fault<'_>, outline: &Outline) -> Vec<&'a Step> {
    let fits = |step: &&Step| fault.fits(step, |name| outline.name(name));
    // A native that was given nothing, such as Object.keys, says the same.
    let native = |step: &&Step| match &step.kind {
        Kind::Call { name: Some(name), .. } | Kind::New { name: Some(name), .. } => {
            fault == Fault::Nullish
                && step.names.declared(*name).is_none()
                && TAKES_OBJECTS.contains(&outline.name(*name).as_str())
        }
        _ => false,
    };
    let steps = located.steps.iter().copied().filter(|step| fits(step) || native(step));
    let mut steps: Vec<&Step> = steps.collect();
    if steps.len() > 1 {
        // Where the length of everything before is known, so is whether a step is the one.
        let exact = |step: &&Step| !step.vague && step.end == located.end;
        match steps.iter().copied().find(exact) {
            Some(step) => steps = vec![step],
            None => steps.retain(|step| step.vague),
        }
    }
    steps
}

fn spot(candidates: &[&Step], fault: Fault<'_>) -> Spot {
    let Some((first, others)) = candidates.split_first() else { return Spot::Engine };
    if others.iter().any(|other| other.at.line_number() != first.at.line_number()) {
        return Spot::Unknown;
    }
    // The engine is right about calls of natives.
    let native = matches!(fault, Fault::Nullish | Fault::InNative);
    if native && matches!(first.kind, Kind::Call { .. } | Kind::New { .. }) {
        return Spot::Engine;
    }
    let (line, column) = numbers(first.at);
    Spot::At(line, column)
}
