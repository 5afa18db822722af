//! The body of a response as it comes: bytes wait here until somebody reads, and are decoded then.
//! When too many wait, the server is not read from any more.

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::{Context, JsValue};

use super::exchanges::Exchanges;
use super::failure::failed;
use crate::builtin::context_data::with_host;
use crate::builtin::streams::{ByteSource, Taken, Waker};
use crate::host::ConnError;
use crate::id::ExchangeId;
use crate::limits::{DECODED_PIECE_BYTES, RESPONSE_WAITING_BYTES};
use crate::proto::coding::{Decoded, Decoder};
use crate::url::Url;

/// A body on its way.
pub(in crate::builtin) struct Incoming(RefCell<State>);

struct State {
    /// Where it comes from, as long as more may come.
    exchange: Option<ExchangeId>,
    /// Bytes that have come, of which those before `start` have been taken.
    bytes: Vec<u8>,
    start: usize,
    /// All has come.
    ended: bool,
    paused: bool,
    decoder: Option<Decoder>,
    /// The content is complete, whatever still comes.
    is_decoded: bool,
    /// What was decoded before anybody had asked.
    ready: Vec<u8>,
    failure: Option<JsValue>,
    waker: Option<Waker>,
    url: Url,
}

impl Incoming {
    /// The body of the response that this exchange brings.
    pub(in crate::builtin) fn new(
        exchange: ExchangeId,
        url: Url,
        decoder: Option<Decoder>,
    ) -> Rc<Self> {
        Rc::new(Self(RefCell::new(State {
            exchange: Some(exchange),
            bytes: Vec::new(),
            start: 0,
            ended: false,
            paused: false,
            decoder,
            is_decoded: false,
            ready: Vec::new(),
            failure: None,
            waker: None,
            url,
        })))
    }

    /// Bytes have come, and perhaps the end.
    pub(in crate::builtin) fn push(&self, bytes: &[u8], ended: bool, context: &mut Context) {
        let waker = {
            let mut state = self.0.borrow_mut();
            if !state.is_decoded {
                state.append(bytes);
            }
            if ended {
                (state.ended, state.exchange) = (true, None);
            }
            state.hold(context);
            state.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake(context);
        }
    }

    /// No more will come, for this reason.
    pub(in crate::builtin) fn fail(&self, reason: JsValue, context: &mut Context) {
        let waker = {
            let mut state = self.0.borrow_mut();
            if state.ended {
                return;
            }
            state.exchange = None;
            state.failure = Some(reason);
            state.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake(context);
        }
    }

    /// The same because somebody has aborted it: what has come is not read either.
    pub(in crate::builtin) fn abort(&self, reason: &JsValue, context: &mut Context) {
        {
            let mut state = self.0.borrow_mut();
            if state.ended && state.is_empty() {
                return;
            }
            state.bytes = Vec::new();
            (state.start, state.ready) = (0, Vec::new());
            state.ended = false;
        }
        self.fail(reason.clone(), context);
    }

    /// The whole body, if it is there and decodes to no more than so much.
    pub(in crate::builtin) fn take_whole(&self, most: usize) -> Option<Vec<u8>> {
        let mut guard = self.0.borrow_mut();
        let state = &mut *guard;
        if !state.ended {
            return None;
        }
        let Some(decoder) = &mut state.decoder else {
            let start = std::mem::take(&mut state.start);
            let mut bytes = std::mem::take(&mut state.bytes);
            bytes.drain(..start);
            return Some(bytes);
        };
        loop {
            let piece = (&mut state.ready, DECODED_PIECE_BYTES);
            match decoder.decode(&state.bytes, &mut state.start, true, piece) {
                Ok(Decoded::End) => return Some(std::mem::take(&mut state.ready)),
                Ok(_) if state.ready.len() <= most => {}
                // Whoever reads it is told.
                Ok(_) | Err(_) => return None,
            }
        }
    }
}

impl State {
    fn is_empty(&self) -> bool {
        self.start == self.bytes.len() && self.ready.is_empty()
    }

    fn append(&mut self, bytes: &[u8]) {
        if self.start == self.bytes.len() {
            self.bytes.clear();
            self.start = 0;
        } else if self.start > self.bytes.len() / 2 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Stops reading the response when enough waits.
    fn hold(&mut self, context: &Context) {
        let waiting = self.bytes.len() - self.start;
        if waiting >= RESPONSE_WAITING_BYTES && !self.paused {
            self.set_paused(true, context);
        }
    }

    fn set_paused(&mut self, paused: bool, context: &Context) {
        self.paused = paused;
        if let Some(id) = self.exchange {
            with_host(context, |host| host.pause_response(id, paused));
        }
    }

    fn resume(&mut self, context: &Context) {
        if self.paused {
            self.set_paused(false, context);
        }
    }

    /// What has been decoded already, or needs no decoding.
    fn plain(&mut self, max: usize) -> Option<Vec<u8>> {
        if !self.ready.is_empty() {
            let rest = self.ready.split_off(self.ready.len().min(max));
            return Some(std::mem::replace(&mut self.ready, rest));
        }
        if self.decoder.is_some() || self.start == self.bytes.len() {
            return None;
        }
        let waiting = self.bytes.len() - self.start;
        if self.start == 0 && waiting <= max {
            return Some(std::mem::take(&mut self.bytes));
        }
        let end = self.start + waiting.min(max);
        let taken = self.bytes[self.start..end].to_vec();
        self.start = end;
        Some(taken)
    }

    /// Decodes up to so many bytes: none if more have to come first.
    fn decode(&mut self, max: usize) -> Result<Vec<u8>, ConnError> {
        let mut out = Vec::new();
        let Some(decoder) = self.decoder.as_mut().filter(|_| !self.is_decoded) else {
            return Ok(out);
        };
        let most = max.min(DECODED_PIECE_BYTES);
        while out.is_empty() {
            match decoder.decode(&self.bytes, &mut self.start, self.ended, (&mut out, most)) {
                Ok(Decoded::Some) => {}
                Ok(Decoded::Hungry) => break,
                Ok(Decoded::End) => {
                    self.is_decoded = true;
                    break;
                }
                Err(error) => {
                    return Err(ConnError::new("ERR_CONTENT_DECODING", error.to_string()));
                }
            }
        }
        Ok(out)
    }

    fn take(&mut self, max: usize, waker: &Waker, context: &mut Context) -> Taken {
        if let Some(bytes) = self.plain(max) {
            if self.bytes.len() - self.start < RESPONSE_WAITING_BYTES / 2 {
                self.resume(context);
            }
            return Taken::Bytes(bytes);
        }
        match self.decode(max) {
            Ok(bytes) if bytes.is_empty() => {}
            Ok(bytes) => return Taken::Bytes(bytes),
            Err(error) => {
                let reason = failed(&error, &self.url, context);
                self.failure = Some(reason);
            }
        }
        if let Some(reason) = self.failure.take() {
            return Taken::Failed(reason);
        }
        if self.ended {
            return Taken::End;
        }
        if self.is_decoded {
            self.bytes = Vec::new();
            self.start = 0;
        }
        self.waker = Some(waker.clone());
        self.resume(context);
        Taken::Pending
    }
}

/// A body, for who reads it. Without anybody to read it, its exchange is given up.
pub(in crate::builtin) struct Source {
    incoming: Rc<Incoming>,
    exchanges: Rc<Exchanges>,
}

impl Source {
    /// For the one who reads it.
    pub(in crate::builtin) fn new(incoming: &Rc<Incoming>, context: &mut Context) -> Self {
        Self { incoming: incoming.clone(), exchanges: Exchanges::of(context) }
    }

    fn give_up(&self) {
        let state = self.incoming.0.try_borrow_mut().ok();
        let exchange = state.and_then(|mut state| state.exchange.take());
        if let Some(exchange) = exchange {
            self.exchanges.give_up(exchange);
        }
    }
}

impl ByteSource for Source {
    fn take(&mut self, max: usize, waker: &Waker, context: &mut Context) -> Taken {
        self.incoming.0.borrow_mut().take(max, waker, context)
    }

    fn cancel(&mut self, _: &JsValue, _: &mut Context) {
        self.give_up();
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.give_up();
    }
}
