//! Puts steps below the positions that the engine's compiler notes, as its source map has them.

use std::rc::Rc;

use boa_engine::ast::Position;
use boa_engine::interner::Sym;

use super::outline::{Block, Declared, Key, Kind, Names, Range, Segment, Step};

/// Builds the blocks of an outline. Functions nest.
#[derive(Default)]
pub(super) struct Builder {
    done: Vec<Block>,
    open: Vec<Open>,
    names: Rc<Names>,
}

#[derive(Default)]
struct Open {
    block: Block,
    guards: Vec<Position>,
}

impl Builder {
    pub(super) fn finish(self) -> Vec<Block> {
        self.done
    }

    /// Everything that is added until [`Self::end`] belongs to a block of its own.
    pub(super) fn begin(&mut self, name: Option<Sym>, parameters: Vec<Sym>, span: Option<Range>) {
        let segments = vec![Segment::at(None)];
        let block = Block { name, parameters, span, segments, ..Block::default() };
        self.open.push(Open { block, guards: Vec::new() });
    }

    pub(super) fn end(&mut self) {
        if let Some(Open { mut block, .. }) = self.open.pop() {
            block.segments = settled(block.segments);
            self.done.push(block);
        }
    }

    /// Nothing is below a position before that.
    pub(super) fn enter(&mut self, position: Position) {
        if let Some(open) = self.open.last_mut() {
            open.guards.push(position);
            open.block.segments.push(Segment::at(Some(position)));
            open.block.positions.insert(position);
        }
    }

    pub(super) fn leave(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.guards.pop();
            open.block.segments.push(Segment::at(open.guards.last().copied()));
        }
    }

    /// Instructions that cannot throw, of that length.
    pub(super) fn fill(&mut self, bytes: u32) {
        if let Some(segment) = self.segment() {
            segment.bytes += bytes;
        }
    }

    /// From here on lengths are not known.
    pub(super) fn blur(&mut self) {
        if let Some(segment) = self.segment() {
            segment.vague = true;
        }
    }

    /// An instruction that can throw.
    pub(super) fn step(&mut self, kind: Kind, at: Position) {
        let names = self.names.clone();
        let bytes = length(&kind, &names);
        if let Some(segment) = self.segment() {
            segment.bytes += bytes;
            let (end, vague) = (segment.bytes, segment.vague);
            segment.steps.push(Step { kind, at, end, vague, names });
        }
    }

    /// Names that are seen until [`Self::forget`].
    pub(super) fn declare(&mut self, own: Vec<(Sym, Declared)>) {
        self.names = Rc::new(Names { own, outer: Some(self.names.clone()) });
    }

    pub(super) fn forget(&mut self) {
        if let Some(outer) = self.names.outer.clone() {
            self.names = outer;
        }
    }

    fn segment(&mut self) -> Option<&mut Segment> {
        self.open.last_mut()?.block.segments.last_mut()
    }
}

impl Segment {
    fn at(position: Option<Position>) -> Self {
        Self { position, steps: Vec::new(), bytes: 0, vague: false }
    }
}

/// An opcode, and four bytes an operand.
fn length(kind: &Kind, names: &Names) -> u32 {
    let operands = match kind {
        Kind::Call { .. }
        | Kind::New { .. }
        | Kind::Iterate { .. }
        | Kind::Destructure { .. }
        | Kind::This => 1,
        Kind::Name(name) if names.declared(*name).is_some() => 2,
        Kind::Assign(_) | Kind::Delete { .. } => 2,
        Kind::Read { key: Key::Computed(_), .. } | Kind::Write { key: Key::Computed(_), .. } => 4,
        _ => 3,
    };
    1 + 4 * operands
}

/// What is left in the engine's source map: no empty segments, no two of one position in a row, and
/// the gaps between positions belong to the one before, apart from the last.
fn settled(segments: Vec<Segment>) -> Vec<Segment> {
    let mut kept: Vec<Segment> = Vec::new();
    let last = segments.iter().rposition(|segment| segment.position.is_some());
    for (index, segment) in segments.into_iter().enumerate() {
        if segment.bytes == 0 {
            continue;
        }
        let gap = segment.position.is_none() && last.is_some_and(|last| index < last);
        match kept.last_mut() {
            Some(before) if gap || before.position == segment.position => {
                let (bytes, vague) = (before.bytes, before.vague);
                before.steps.extend(segment.steps.into_iter().map(|step| Step {
                    end: bytes + step.end,
                    vague: vague || step.vague,
                    ..step
                }));
                before.bytes += segment.bytes;
                before.vague |= segment.vague;
            }
            _ => kept.push(segment),
        }
    }
    kept
}
