//! Finds the step of an outline that the engine was in when it threw.
//!
//! The engine's map from instructions to positions and the segments of a block are two tellings of
//! the same sequence, up to segments that turned out to have no instructions. They are aligned as
//! two texts are: with the fewest left over.

use std::collections::HashSet;

use boa_engine::ast::Position;

use super::outline::{Block, Outline, Segment, Step};
use super::trace::Frame;
use crate::limits::{MATCHING_RUNS, MATCHING_STEPS};

/// What a segment costs that no run of instructions answers to.
const SEGMENT_LEFT: u32 = 2;
/// What a run of instructions costs that no segment answers to.
const RUN_LEFT: u32 = 3;

/// Where the engine was: the steps that come into question, and the function that they are in.
pub(super) struct Located<'a> {
    pub(super) block: &'a Block,
    pub(super) steps: Vec<&'a Step>,
    /// How far into its run the instruction ends.
    pub(super) end: u32,
}

/// Consecutive instructions of one position.
struct Run {
    pc: u32,
    position: Option<Position>,
}

pub(super) fn locate<'a>(outline: &'a Outline, frame: &Frame) -> Option<Located<'a>> {
    let runs = runs(frame);
    let at = runs.iter().rposition(|run| run.pc <= frame.pc)?;
    let known: HashSet<Position> = runs.iter().filter_map(|run| run.position).collect();
    let is_module = frame.function == "<main>";
    let mut best: Option<(u32, Located<'a>)> = None;
    for block in &outline.blocks {
        if is_module != block.span.is_none() || !known.is_subset(&block.positions) {
            continue;
        }
        let (cost, segments) = align(&runs, at, &block.segments)?;
        let name = block.name.map(|name| outline.name(name)).unwrap_or_default();
        // Where there is no position at all, only the name is left.
        let named = known.is_empty() && !is_module;
        if named && name != frame.function {
            continue;
        }
        if best.as_ref().is_some_and(|best| best.0 == cost) && known.is_empty() {
            return None;
        }
        if best.as_ref().is_none_or(|best| cost < best.0) {
            let steps = segments.into_iter().flat_map(|segment| &segment.steps).collect();
            let end = frame.pc - runs[at].pc + 1;
            best = Some((cost, Located { block, steps, end }));
        }
    }
    best.map(|best| best.1)
}

fn runs(frame: &Frame) -> Vec<Run> {
    let mut runs: Vec<Run> = vec![Run { pc: 0, position: None }];
    for entry in &frame.entries {
        if runs.last().is_some_and(|last| last.pc == entry.pc) {
            runs.pop();
        }
        runs.push(Run { pc: entry.pc, position: entry.position });
    }
    runs
}

/// The segments that the run at `at` can be, and what the whole costs.
fn align<'a>(runs: &[Run], at: usize, segments: &'a [Segment]) -> Option<(u32, Vec<&'a Segment>)> {
    let (runs, at, segments) = window(runs, at, segments);
    if runs.len().saturating_mul(segments.len()) > MATCHING_STEPS {
        return None;
    }
    let before = costs(runs[..at].iter(), segments.iter());
    let mut after = costs(runs[at + 1..].iter().rev(), segments.iter().rev());
    after.reverse();
    let total = |index: usize| before[index] + after[index + 1];
    let same = |index: &usize| segments[*index].position == runs[at].position;
    let Some(least) = (0..segments.len()).filter(same).map(total).min() else {
        return Some((u32::MAX, Vec::new()));
    };
    let chosen = (0..segments.len()).filter(same).filter(|index| total(*index) == least);
    Some((least, chosen.map(|index| &segments[index]).collect()))
}

/// The runs around the one at `at`, and the segments from the first of them to the last: what is far
/// away in a long text decides nothing.
fn window<'r, 's>(
    runs: &'r [Run],
    at: usize,
    segments: &'s [Segment],
) -> (&'r [Run], usize, &'s [Segment]) {
    let first = at.saturating_sub(MATCHING_RUNS);
    let last = (at + MATCHING_RUNS).min(runs.len() - 1);
    let same = |run: usize| move |segment: &Segment| segment.position == runs[run].position;
    let start = segments.iter().position(same(first)).filter(|_| first > 0).unwrap_or(0);
    let end = segments.iter().rposition(same(last)).filter(|_| last < runs.len() - 1);
    let end = end.unwrap_or_else(|| segments.len().saturating_sub(1)).max(start);
    (&runs[first..=last], at - first, segments.get(start..=end).unwrap_or_default())
}

/// What it costs to align all `runs` with the first 0, 1, 2, .. of the `segments`.
fn costs<'a>(
    runs: impl Iterator<Item = &'a Run>,
    segments: impl Iterator<Item = &'a Segment>,
) -> Vec<u32> {
    let segments: Vec<&Segment> = segments.collect();
    let mut row = vec![0];
    row.extend(segments.iter().scan(0, |sum, _| {
        *sum += SEGMENT_LEFT;
        Some(*sum)
    }));
    for run in runs {
        // The engine's own instructions before a function begins have no step.
        let left = if run.position.is_some() { RUN_LEFT } else { 0 };
        let mut next = vec![row[0] + left];
        for (index, segment) in segments.iter().enumerate() {
            let skipped = (row[index + 1] + left).min(next[index] + SEGMENT_LEFT);
            let same = segment.position == run.position;
            next.push(if same { skipped.min(row[index]) } else { skipped });
        }
        row = next;
    }
    row
}
