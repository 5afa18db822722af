//! Who is told what comes of a request: the way from the host's events to whoever has sent it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use boa_engine::Context;

use crate::builtin::context_data::{SharedHost, host_of, with_host};
use crate::host::{HttpRequest, Input, News};
use crate::id::{ConnId, ExchangeId};

/// Somebody who has sent a request.
pub(in crate::builtin) trait Told {
    /// Something has come of it. Bytes are in the input.
    fn told(self: Rc<Self>, news: News, input: &Input, context: &mut Context);
}

/// Requests that are under way; `Context` data, once there was one.
pub(in crate::builtin) struct Exchanges {
    waiting: RefCell<HashMap<ExchangeId, Rc<dyn Told>>>,
    host: SharedHost,
}

impl Exchanges {
    /// Those of this context.
    pub(in crate::builtin) fn of(context: &mut Context) -> Rc<Self> {
        if let Some(exchanges) = context.get_data::<Rc<Self>>() {
            return exchanges.clone();
        }
        let host = host_of(context);
        let exchanges = Rc::new(Self { waiting: RefCell::default(), host });
        context.insert_data(exchanges.clone());
        exchanges
    }

    /// Gives an exchange up: nobody is told any more.
    pub(in crate::builtin) fn give_up(&self, id: ExchangeId) {
        let known = self.waiting.borrow_mut().remove(&id);
        drop(known);
        match self.host.try_borrow_mut() {
            Ok(mut host) => host.abort_exchange(id),
            // It is garbage that is collected while the host works.
            Err(_) => log::debug!("an exchange that nobody wants stays until its end"),
        }
    }
}

/// Sends a request. `who` is told what comes of it.
pub(in crate::builtin) fn send(
    request: HttpRequest,
    who: Rc<dyn Told>,
    context: &mut Context,
) -> ExchangeId {
    let exchanges = Exchanges::of(context);
    let id = with_host(context, |host| host.send_request(request));
    exchanges.waiting.borrow_mut().insert(id, who);
    id
}

/// The same on a connection of a script's own.
pub(in crate::builtin) fn send_on(
    conn: ConnId,
    request: HttpRequest,
    who: Rc<dyn Told>,
    context: &mut Context,
) -> ExchangeId {
    let exchanges = Exchanges::of(context);
    let id = with_host(context, |host| host.send_request_on(conn, request));
    exchanges.waiting.borrow_mut().insert(id, who);
    id
}

/// Tells whoever has sent a request.
pub fn deliver_exchange(id: ExchangeId, news: News, input: &Input, context: &mut Context) {
    let Some(exchanges) = context.get_data::<Rc<Exchanges>>().cloned() else { return };
    let who = {
        let mut waiting = exchanges.waiting.borrow_mut();
        if news.is_last() { waiting.remove(&id) } else { waiting.get(&id).cloned() }
    };
    if let Some(who) = who {
        who.told(news, input, context);
    }
}
