//! The `upgrade` hook: a script decides who may open a WebSocket.
//!
//! What it returns: nothing or `true` accepts; `{protocol, headers, data}` accepts and adds to it;
//! `false` or a reply with a `status` refuses. A promise of any of these is waited for.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use super::mistakes::check_verdict;
use super::routed::Place;
use super::servers;
use super::{reply, request};
use crate::builtin::context_data::with_host;
use crate::builtin::outcome::{Asked, blames_client, fail, promise_of, when_settled};
use crate::builtin::websocket;
use crate::host::Acceptance;
use crate::id::{ConnId, ServerId};
use crate::js::convert::to_utf8;
use crate::js::error::type_error;
use crate::js::report::report_handler_error;
use crate::proto::http1::Request;

/// Asks the hook about an opening handshake, and answers it now or when a promise settles.
pub fn deliver_upgrade(
    conn: ConnId,
    server: ServerId,
    (request, offers): (Box<Request>, Vec<String>),
    context: &mut Context,
) {
    let Some(entry) = servers::find(server, context) else { return };
    let place = match entry.routes.get() {
        None => Ok(Some(Place::only(server, entry.clone()))),
        Some(routes) => Place::find((conn, server), &request, (entry.clone(), routes), context),
    };
    let chosen = place.as_ref().map_or(Some(server), |place| Some(place.as_ref()?.server));
    let peer = with_host(context, |host| request::peer_of(host, conn, &request));
    let request = request::http_request(conn, request, (peer, None), context);
    let asked = Asked { conn, server: chosen.unwrap_or(server), request };
    let decided = place.and_then(|place| match place {
        Some(place) => ask(&asked, &place, &offers, context),
        None => reply::refuse(conn, &js_string!("not found\n").into(), Some(404), context),
    });
    settle(&asked, decided, context);
}

fn ask(asked: &Asked, place: &Place, offers: &[String], context: &mut Context) -> JsResult<()> {
    if place.entry.routes.get().is_some() || place.entry.pattern.is_some() {
        // It may be full, or allow other origins.
        let goes_on = with_host(context, |host| host.choose_route(asked.conn, asked.server));
        if !goes_on {
            return Ok(());
        }
    }
    let offers = offers.iter().map(|name| JsValue::from(js_string!(name.as_str())));
    let offers = JsArray::from_iter(offers, context);
    let Some(verdict) = place.ask(&asked.request, offers, context)? else {
        return accept(asked.conn, None, context);
    };
    let Some(promise) = promise_of(&verdict, context)? else {
        return decide(asked.conn, &verdict, context);
    };
    when_settled(&promise, asked.clone(), decide_settled, context)
}

fn decide_settled(asked: &Asked, settled: JsResult<JsValue>, context: &mut Context) {
    let decided = settled.and_then(|verdict| decide(asked.conn, &verdict, context));
    settle(asked, decided, context);
}

/// A hook that failed refuses, and says so to the log only, unless it was the client's fault.
fn settle(asked: &Asked, decided: JsResult<()>, context: &mut Context) {
    if let Err(error) = decided
        && !blames_client(asked.conn, &error, context)
    {
        fail(asked.conn, context);
        let hook = servers::find(asked.server, context).and_then(|entry| {
            let hook = entry.hooks.own_upgrade.as_ref()?;
            Some(entry.place_of(hook, context))
        });
        let during = format!(
            "the opening handshake {}, which is refused with 500, in the upgrade hook{}",
            request::described(&asked.request),
            hook.unwrap_or_default()
        );
        report_handler_error(&error, &during, context);
    }
}

fn decide(conn: ConnId, verdict: &JsValue, context: &mut Context) -> JsResult<()> {
    if verdict.is_undefined() || verdict.as_boolean() == Some(true) {
        return accept(conn, None, context);
    }
    if verdict.as_boolean() == Some(false) {
        return reply::refuse(conn, &js_string!("forbidden\n").into(), Some(403), context);
    }
    let Some(object) = verdict.as_object() else {
        return Err(type_error(format!(
            "the upgrade hook must return nothing, true, false, a reply with a status, or an \
             object with protocol, headers or data, not {}",
            verdict.display()
        )));
    };
    let status = object.get(js_string!("status"), context)?;
    // What runs around the hook sees it accept with the status of the answer.
    if status.is_undefined() || status.as_number() == Some(101.0) {
        accept(conn, Some(&object), context)
    } else {
        reply::refuse(conn, verdict, None, context)
    }
}

fn accept(conn: ConnId, wish: Option<&JsObject>, context: &mut Context) -> JsResult<()> {
    let mut acceptance = Acceptance::default();
    let mut data = JsValue::undefined();
    if let Some(wish) = wish {
        check_verdict(wish, context)?;
        let protocol = wish.get(js_string!("protocol"), context)?;
        if !protocol.is_null_or_undefined() {
            acceptance.subprotocol = Some(to_utf8(&protocol.to_string(context)?));
        }
        let headers = wish.get(js_string!("headers"), context)?;
        reply::set_headers(&mut acceptance.headers, &headers, context)?;
        check_fields(&acceptance.headers)?;
        data = wish.get(js_string!("data"), context)?;
    }
    let accepted = with_host(context, |host| host.accept_upgrade(conn, &acceptance));
    if let Err(error) = accepted {
        return Err(type_error(format!("cannot accept this WebSocket: {error}")));
    }
    if !data.is_undefined() {
        websocket::set_data(conn, data, context);
    }
    Ok(())
}

/// RFC 6455 11.3: these fields say what was agreed on, and only the handshake knows.
fn check_fields(headers: &[(String, Vec<u8>)]) -> JsResult<()> {
    let own = |name: &str| name.to_ascii_lowercase().starts_with("sec-websocket-");
    match headers.iter().find(|(name, _)| own(name)) {
        Some((name, _)) => Err(type_error(format!(
            "the upgrade hook cannot set {name}, which belongs to the opening handshake: for a \
             subprotocol return {{ protocol }}"
        ))),
        None => Ok(()),
    }
}
