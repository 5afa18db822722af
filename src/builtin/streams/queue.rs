//! Queue with sizes: the chunks of a controller, and how much they weigh together.
//!
//! Spec: <https://streams.spec.whatwg.org/#queue-with-sizes>

use std::collections::VecDeque;

use boa_engine::{Finalize, JsResult, JsValue, Trace};

use crate::js::error::range_error;

/// The chunks of a default controller.
#[derive(Default, Trace, Finalize)]
pub(super) struct Queue {
    entries: VecDeque<(JsValue, f64)>,
    total: f64,
}

impl Queue {
    /// A `RangeError` if the size is negative, infinite or NaN.
    pub(super) fn push(&mut self, chunk: JsValue, size: f64) -> JsResult<()> {
        if !size.is_finite() || size < 0.0 {
            let message = format!("the size of a chunk must be a finite number from 0, not {size}");
            return Err(range_error(message));
        }
        self.entries.push_back((chunk, size));
        self.total += size;
        Ok(())
    }

    pub(super) fn pop(&mut self) -> Option<JsValue> {
        let (chunk, size) = self.entries.pop_front()?;
        // Rounding must leave nothing below zero.
        self.total = (self.total - size).max(0.0);
        Some(chunk)
    }

    pub(super) fn peek(&self) -> Option<JsValue> {
        self.entries.front().map(|(chunk, _)| chunk.clone())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn total(&self) -> f64 {
        self.total
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.total = 0.0;
    }
}
