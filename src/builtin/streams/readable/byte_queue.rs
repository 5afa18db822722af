//! The queue of a byte stream, and the buffers of readers that wait to be filled from it.
//!
//! Spec: <https://streams.spec.whatwg.org/#rbs-controller-abstract-ops>, those that only move bytes.

use boa_engine::{Context, JsObject, JsResult};

use super::data::{ByteController, ByteEntry, PullInto};
use crate::builtin::streams::buffers::{clone_part, copy, transfer};

type This = JsObject<ByteController>;

/// `ReadableByteStreamControllerEnqueueChunkToQueue`
pub(super) fn push(this: &This, buffer: JsObject, offset: usize, length: usize) {
    let mut this = this.borrow_mut();
    let this = this.data_mut();
    this.queue.push_back(ByteEntry { buffer, offset, length });
    this.queue_total += length;
}

/// `ReadableByteStreamControllerEnqueueClonedChunkToQueue`
pub(super) fn push_clone(
    this: &This,
    buffer: &JsObject,
    offset: usize,
    length: usize,
    context: &mut Context,
) -> JsResult<()> {
    let clone = clone_part(buffer, offset, length, context)?;
    push(this, clone, 0, length);
    Ok(())
}

/// Takes the oldest chunk.
pub(super) fn pop(this: &This) -> Option<ByteEntry> {
    let mut this = this.borrow_mut();
    let this = this.data_mut();
    let entry = this.queue.pop_front()?;
    this.queue_total -= entry.length;
    Some(entry)
}

pub(super) fn total(this: &This) -> usize {
    this.borrow().data().queue_total
}

/// `ResetQueue`
pub(super) fn clear(this: &This) {
    let mut this = this.borrow_mut();
    this.data_mut().queue.clear();
    this.data_mut().queue_total = 0;
}

/// `ReadableByteStreamControllerInvalidateBYOBRequest`
pub(super) fn invalidate_request(this: &This) {
    let request = this.borrow_mut().data_mut().byob_request.take();
    if let Some(request) = request {
        let mut request = request.borrow_mut();
        request.data_mut().controller = None;
        request.data_mut().view = None;
    }
}

/// `ReadableByteStreamControllerClearPendingPullIntos`
pub(super) fn clear_pull_intos(this: &This) {
    invalidate_request(this);
    this.borrow_mut().data_mut().pull_intos.clear();
}

/// A copy of the descriptor that is filled next.
pub(in crate::builtin::streams) fn first(this: &This) -> Option<PullInto> {
    this.borrow().data().pull_intos.front().cloned()
}

/// `ReadableByteStreamControllerShiftPendingPullInto`
pub(super) fn shift(this: &This) -> Option<PullInto> {
    this.borrow_mut().data_mut().pull_intos.pop_front()
}

/// Has the stream own the first descriptor's buffer anew, which a script may have seen.
pub(super) fn take_over_first(this: &This, context: &mut Context) -> JsResult<()> {
    if let Some(first) = first(this) {
        let buffer = transfer(&first.buffer, context)?;
        replace_first_buffer(this, buffer);
    }
    Ok(())
}

pub(super) fn replace_first_buffer(this: &This, buffer: JsObject) {
    if let Some(first) = this.borrow_mut().data_mut().pull_intos.front_mut() {
        first.buffer = buffer;
    }
}

/// `ReadableByteStreamControllerFillPullIntoDescriptorFromQueue`: whether it is filled enough.
pub(super) fn fill(this: &This, into: &mut PullInto) -> bool {
    let mut this = this.borrow_mut();
    let this = this.data_mut();
    let most = this.queue_total.min(into.length - into.filled);
    let filled = into.filled + most;
    let aligned = filled - filled % into.view.element();
    let ready = aligned >= into.minimum;
    let mut left = if ready { aligned - into.filled } else { most };
    while left > 0 {
        let Some(head) = this.queue.front_mut() else { break };
        let count = left.min(head.length);
        copy((&into.buffer, into.offset + into.filled), (&head.buffer, head.offset), count);
        head.offset += count;
        head.length -= count;
        if head.length == 0 {
            this.queue.pop_front();
        }
        this.queue_total -= count;
        into.filled += count;
        left -= count;
    }
    ready
}

/// `ReadableByteStreamControllerProcessPullIntoDescriptorsUsingQueue`: those that are filled.
pub(super) fn fill_all(this: &This) -> Vec<PullInto> {
    let mut ready = Vec::new();
    while total(this) > 0 {
        let Some(mut into) = shift(this) else { break };
        if fill(this, &mut into) {
            ready.push(into);
        } else {
            this.borrow_mut().data_mut().pull_intos.push_front(into);
        }
    }
    ready
}
