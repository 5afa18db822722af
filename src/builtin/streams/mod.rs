//! Web streams, natively, and the seam by which bytes come in and go out without a script.
//!
//! A body, a file or a codec is a [`ByteSource`] or a [`ByteSink`] (`seam`), which says what that
//! means. Others here have:
//!
//! - [`readable_from`]: the `ReadableStream` of a source.
//! - [`take_source`]: the source of such a stream again, if nobody has touched it.
//! - [`pipe_to_sink`]: any `ReadableStream` into a sink, natively where it can be.
//! - [`pump`]: a source into a sink. [`collect`] and
//!   [`collect_source`]: a stream or a source as a whole, up to a limit.
//! - [`is_readable`], [`is_locked`], [`is_disturbed`], [`cancel`]: of any value that a script has.
//!
//! Spec: <https://streams.spec.whatwg.org/>

mod buffers;
mod classes;
mod compression;
mod consume;
mod native;
mod objects;
mod pipe;
mod promises;
mod queue;
mod readable;
mod seam;
mod strategy;
mod strategy_classes;
#[cfg(test)]
mod tests;
mod text;
mod this;
mod transform;
mod turns;
mod watching;
mod writable;

pub(super) use classes::OPS;
pub(super) use consume::{collect, collect_source, pipe_to_sink, pump};
pub(super) use native::{readable_from, take_source};
pub(super) use objects::{cancel, is_disturbed, is_locked, is_readable};
pub(super) use seam::{ByteSink, ByteSource, Room, Taken, Waker, Whole};
