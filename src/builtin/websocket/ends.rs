//! How outgoing WebSockets ended: the latest ones, for a program that waits in vain, and a line for
//! each that failed with nobody listening.

use std::cell::RefCell;
use std::collections::VecDeque;

use boa_engine::{Context, JsString};

use crate::host::{Cause, Closed};
use crate::limits::WEBSOCKET_ENDS_KEPT;
use crate::proto::visible::visible;
use crate::url::Url;

/// Oldest first.
#[derive(Default)]
struct Ends(RefCell<VecDeque<String>>);

/// An outgoing socket is over. `is_heard` says whether anybody listens for its `error` event.
pub(super) fn note(url: &JsString, closed: &Closed, is_heard: bool, context: &mut Context) {
    let text = text_of(&shown_url(&url.to_std_string_lossy()), closed);
    // What a script ends itself, or a signal, is no news.
    let is_own = closed.cause == Cause::Shutdown || closed.is_aborted();
    if closed.error.is_some() && !is_heard && !is_own {
        log::warn!("{text}");
    }
    if !context.has_data::<Ends>() {
        context.insert_data(Ends::default());
    }
    let Some(ends) = context.get_data::<Ends>() else { return };
    let mut ends = ends.0.borrow_mut();
    if ends.len() == WEBSOCKET_ENDS_KEPT {
        ends.pop_front();
    }
    ends.push_back(text);
}

/// The connection of an outgoing socket that connects again has gone. If nobody listens for
/// `reconnecting`, that is said once until it is open for long.
pub(super) fn note_outage(url: &JsString, closed: &Closed, attempt: usize, is_heard: bool) {
    if is_heard || attempt > 1 {
        return;
    }
    let text = text_of(&shown_url(&url.to_std_string_lossy()), closed);
    log::warn!("{text}; it connects again by itself");
}

/// How the latest outgoing sockets ended, oldest first.
pub fn latest_ends(context: &Context) -> Vec<String> {
    let ends = context.get_data::<Ends>();
    ends.map(|ends| ends.0.borrow().iter().cloned().collect()).unwrap_or_default()
}

/// Without credentials, which are not for a log.
fn shown_url(url: &str) -> String {
    let Some(mut url) = Url::parse(url, None) else { return url.to_owned() };
    url.set_username("");
    url.set_password("");
    url.href()
}

fn text_of(url: &str, closed: &Closed) -> String {
    let text = match &closed.error {
        Some(error) => format!("WebSocket {url} failed: {}", error.message),
        None if closed.reason.is_empty() => format!("WebSocket {url} closed with {}", closed.code),
        None => format!("WebSocket {url} closed with {}: {}", closed.code, closed.reason),
    };
    // The peer may have chosen some of it, and it goes to a terminal.
    text.chars().map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_not_shown() {
        assert_eq!(shown_url("ws://user:secret@a.example/b"), "ws://a.example/b");
    }

    #[test]
    fn what_a_peer_says_cannot_steer_a_terminal() {
        let reason = "\u{1b}[2Jgone\n".to_owned();
        let closed = Closed { reason, ..Closed::sample(4000, Cause::Peer, None) };
        let text = text_of("ws://a/", &closed);
        assert_eq!(text, "WebSocket ws://a/ closed with 4000: \u{FFFD}[2Jgone\u{FFFD}");
    }
}
