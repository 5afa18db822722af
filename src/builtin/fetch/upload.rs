//! The body of a request that is a stream: it is read as fast as the server takes it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use boa_engine::{Context, JsResult, JsValue};

use crate::builtin::context_data::with_host;
use crate::builtin::streams::{ByteSink, Room, Waker};
use crate::id::ExchangeId;

/// Between the stream and the exchange that it goes to.
#[derive(Default)]
pub(in crate::builtin) struct Gate {
    exchange: Cell<Option<ExchangeId>>,
    /// More is wanted.
    is_open: Cell<bool>,
    /// Nothing more is wanted, ever.
    gone: RefCell<Option<JsValue>>,
    waker: RefCell<Option<Waker>>,
}

impl Gate {
    /// The exchange wants more.
    pub(in crate::builtin) fn open(&self, exchange: ExchangeId, context: &mut Context) {
        self.exchange.set(Some(exchange));
        self.is_open.set(true);
        self.wake(context);
    }

    /// The exchange is over: whoever reads the stream lets go of it.
    pub(in crate::builtin) fn shut(&self, reason: JsValue, context: &mut Context) {
        self.exchange.set(None);
        self.gone.replace(Some(reason));
        self.wake(context);
    }

    fn wake(&self, context: &mut Context) {
        let waker = self.waker.take();
        if let Some(waker) = waker {
            waker.wake(context);
        }
    }

    fn room(&self, waker: &Waker) -> Room {
        if let Some(reason) = self.gone.borrow().clone() {
            return Room::Gone(reason);
        }
        self.waker.replace(Some(waker.clone()));
        if self.is_open.get() { Room::Ready } else { Room::Pending }
    }
}

/// What is called when the stream has failed.
type Failed = Box<dyn FnOnce(JsValue, &mut Context)>;

/// The end of the stream.
pub(in crate::builtin) struct Upload {
    gate: Rc<Gate>,
    /// Bytes that are still to come, where the request has said how many.
    left: Option<u64>,
    failed: Option<Failed>,
}

impl Upload {
    /// For the exchange behind this gate.
    pub(in crate::builtin) fn new(
        gate: Rc<Gate>,
        length: Option<u64>,
        failed: impl FnOnce(JsValue, &mut Context) + 'static,
    ) -> Self {
        Self { gate, left: length, failed: Some(Box::new(failed)) }
    }

    fn fail(&mut self, reason: JsValue, context: &mut Context) {
        if let Some(failed) = self.failed.take() {
            failed(reason, context);
        }
    }

    fn wrong_length(&mut self, what: &str, context: &mut Context) -> boa_engine::JsError {
        let message = format!("the body is {what} than its Content-Length says");
        let error = crate::js::error::type_error(message.clone());
        let reason = error.into_opaque(context).unwrap_or_default();
        self.fail(reason, context);
        crate::js::error::type_error(message)
    }
}

impl ByteSink for Upload {
    fn room(&mut self, waker: &Waker, _: &mut Context) -> Room {
        self.gate.room(waker)
    }

    fn write(&mut self, bytes: &[u8], context: &mut Context) -> JsResult<()> {
        if let Some(left) = &mut self.left {
            match left.checked_sub(bytes.len() as u64) {
                Some(rest) => *left = rest,
                None => return Err(self.wrong_length("longer", context)),
            }
        }
        if let Some(id) = self.gate.exchange.get() {
            let wants_more = with_host(context, |host| host.write_upload(id, bytes));
            self.gate.is_open.set(wants_more);
        }
        Ok(())
    }

    fn end(&mut self, _: &Waker, context: &mut Context) -> Room {
        if self.left.is_some_and(|left| left > 0) {
            drop(self.wrong_length("shorter", context));
            return Room::Ready;
        }
        if let Some(id) = self.gate.exchange.get() {
            with_host(context, |host| host.end_upload(id));
        }
        Room::Ready
    }

    fn abort(&mut self, reason: &JsValue, context: &mut Context) {
        self.fail(reason.clone(), context);
    }
}
