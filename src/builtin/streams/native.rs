//! Readable streams of native sources: byte streams whose chunks come from Rust.
//!
//! Such a stream pulls when somebody reads, and never ahead, so what has come waits with the source.
//! As long as nobody has touched the stream, the source can be had back, and its bytes go on to a
//! sink without a script.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use boa_engine::{Context, Finalize, JsObject, JsResult, JsValue, Trace};
use boa_gc::Gc;

use super::promises::{Deferred, Outcome, reason_of};
use super::readable::byte_controller::{close, enqueue_bytes, error, respond};
use super::readable::byte_queue::first;
use super::readable::data::{
    ByteController, Controller, ReadableStream, Source, State, Stream, UnderlyingSource,
};
use super::readable::operations::{acquire, controller, create_bytes, is_locked};
use super::seam::{ByteSource, Taken, Wake, Waker};
use super::turns::go_on_later;
use crate::limits::{PUMP_CHUNKS_PER_TURN, STREAM_CHUNK_BYTES};

/// A `ReadableStream` of type `bytes` with the bytes of a source.
pub(in crate::builtin) fn readable_from(
    source: Box<dyn ByteSource>,
    context: &mut Context,
) -> JsResult<JsObject> {
    let source = Rc::new(RefCell::new(Some(source)));
    let native = Native { source, at_once: Cell::new(0) };
    let source: Source = Gc::new(Box::new(native) as Box<dyn UnderlyingSource>);
    create_bytes(source, context).map(JsObject::upcast)
}

/// The source of a stream that [`readable_from`] has made, which nobody has read from and no reader
/// holds. The stream is locked and disturbed from now on, as if it were read.
pub(in crate::builtin) fn take_source(
    stream: &JsObject,
    context: &mut Context,
) -> Option<Box<dyn ByteSource>> {
    let stream: Stream = stream.clone().downcast::<ReadableStream>().ok()?;
    let is_fresh = {
        let stream = stream.borrow();
        stream.data().state == State::Readable && !stream.data().disturbed
    };
    if !is_fresh || is_locked(&stream) {
        return None;
    }
    let Some(Controller::Byte(controller)) = controller(&stream) else { return None };
    let source = controller.borrow().data().source.clone()?;
    let native = source.take_native()?;
    drop(acquire(&stream, context));
    stream.borrow_mut().data_mut().disturbed = true;
    Some(native)
}

type Shared = Rc<RefCell<Option<Box<dyn ByteSource>>>>;

#[derive(Trace, Finalize)]
struct Native {
    #[unsafe_ignore_trace]
    source: Shared,
    /// Chunks that were there when they were asked for, since others had their turn.
    #[unsafe_ignore_trace]
    at_once: Cell<usize>,
}

impl UnderlyingSource for Native {
    fn pull(&self, controller: JsValue, context: &mut Context) -> Outcome {
        let controller = controller.as_object().and_then(|it| it.downcast::<ByteController>().ok());
        let Some(controller) = controller else { return Outcome::DONE };
        let waiting = Rc::new(Waiting {
            source: self.source.clone(),
            controller,
            pulled: RefCell::new(None),
        });
        // Who reads what is always there would keep everything else waiting, the collector too.
        let at_once = self.at_once.get();
        let rests = at_once >= PUMP_CHUNKS_PER_TURN && go_on_later(waiting.clone(), context);
        if !rests && waiting.take(context) {
            self.at_once.set(at_once + 1);
            return Outcome::DONE;
        }
        self.at_once.set(0);
        let pulled = Deferred::pending(context);
        let promise = pulled.promise();
        waiting.pulled.replace(Some(pulled));
        Outcome::Promise(promise)
    }

    fn cancel(&self, reason: JsValue, context: &mut Context) -> Outcome {
        let source = self.source.take();
        if let Some(mut source) = source {
            source.cancel(&reason, context);
        }
        Outcome::DONE
    }

    fn take_native(&self) -> Option<Box<dyn ByteSource>> {
        self.source.take()
    }
}

/// A pull that waits for its source, which keeps it, and thereby the stream, alive.
struct Waiting {
    source: Shared,
    controller: JsObject<ByteController>,
    pulled: RefCell<Option<Deferred>>,
}

impl Waiting {
    /// Takes what has come. False if that is nothing.
    fn take(self: &Rc<Self>, context: &mut Context) -> bool {
        let wanted = first(&self.controller).map_or(STREAM_CHUNK_BYTES, |into| {
            (into.length - into.filled).clamp(1, STREAM_CHUNK_BYTES)
        });
        let taken = {
            let mut source = self.source.borrow_mut();
            let Some(source) = source.as_mut() else { return true };
            source.take(wanted, &Waker::new(self.clone()), context)
        };
        let result = match taken {
            Taken::Pending => return false,
            Taken::Bytes(bytes) => enqueue_bytes(&self.controller, bytes, context),
            Taken::End => {
                drop(self.source.take());
                self.close(context)
            }
            Taken::Failed(reason) => {
                drop(self.source.take());
                error(&self.controller, &reason, context);
                Ok(())
            }
        };
        if let Err(thrown) = result {
            let reason = reason_of(thrown, context);
            error(&self.controller, &reason, context);
        }
        true
    }

    fn close(&self, context: &mut Context) -> JsResult<()> {
        close(&self.controller, context)?;
        match first(&self.controller) {
            Some(_) => respond(&self.controller, 0, context),
            None => Ok(()),
        }
    }
}

impl Wake for Waiting {
    fn wake(self: Rc<Self>, context: &mut Context) {
        if self.pulled.borrow().is_some() && self.take(context) {
            let pulled = self.pulled.take();
            if let Some(mut pulled) = pulled {
                pulled.resolve(JsValue::undefined(), context);
            }
        }
    }
}
