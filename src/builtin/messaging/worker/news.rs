//! What a worker tells whoever has started it, beside its messages.

use std::sync::Arc;

use boa_engine::{Context, JsError};

use crate::builtin::dom::event::ErrorAt;
use crate::builtin::messaging::inbox::Inbox;
use crate::builtin::structured_clone::{Form, Transfer, write};
use crate::js::report::uncaught_text;

/// Where the news of a worker go.
pub(super) type NewsInbox = Arc<Inbox<News>>;

pub(super) enum News {
    /// It runs.
    Online,
    /// It ends with an error that nothing caught.
    Failed(Box<Failure>),
    /// It has ended, with this code.
    Ended(u8),
}

/// An error that nothing in the worker caught.
pub(super) struct Failure {
    /// What was thrown, if that can be sent.
    pub(super) value: Option<Form>,
    pub(super) at: ErrorAt,
    /// What is printed if nobody hears of it.
    pub(super) text: String,
}

impl Failure {
    /// That of a worker which could not be started.
    pub(super) fn of(error: &JsError, context: &mut Context) -> Self {
        let text = uncaught_text(error, context);
        let value = error.clone().into_opaque(context).ok();
        let message = value.as_ref().and_then(|value| value.to_string(context).ok());
        let message = message.unwrap_or_default().to_std_string_lossy();
        let message = format!("Uncaught {message}");
        let value = value.and_then(|value| write(&value, Transfer::default(), context).ok());
        Self { value, at: ErrorAt { message, ..ErrorAt::default() }, text }
    }

    /// That of a worker which a fault of the runtime has ended.
    pub(super) fn lost() -> Self {
        let message = "the worker was lost to an internal error of krandog".to_owned();
        let text = format!("Uncaught Error: {message}");
        Self { value: None, at: ErrorAt { message, ..ErrorAt::default() }, text }
    }
}

/// Sends news. They are few, so there is always room.
pub(super) fn tell(inbox: &NewsInbox, news: News) {
    if inbox.put(news, 0).is_err() {
        log::debug!("news of a worker are lost");
    }
}
