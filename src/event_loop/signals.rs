//! What signals do: listeners of the script are called, or it ends politely.

use std::time::Duration;

use boa_engine::{Context, JsValue, js_string};

use super::shutdown::Shutdown;
use super::state::EventLoop;
use crate::builtin::websocket;
use crate::limits::SHUTDOWN_TIMEOUT_MS;

/// RFC 6455 7.4.1: going away.
const GOING_AWAY: u16 = 1001;

impl EventLoop {
    /// One or more of the watched signals have come.
    pub(super) fn handle_signals(&mut self, context: &mut Context) {
        for came in self.system.signals.take() {
            let arguments = [js_string!(came.name).into(), JsValue::from(came.number)];
            let heard = self.emit(came.name, &arguments, context);
            if !heard && came.is_fatal {
                self.shut_down(came.number);
                websocket::show_changes(context);
            }
        }
    }

    fn shut_down(&mut self, signal: i32) {
        let deadline = {
            let mut host = self.host.borrow_mut();
            host.close_all(GOING_AWAY, "the process is ending");
            host.now() + Duration::from_millis(SHUTDOWN_TIMEOUT_MS)
        };
        self.begin_shutdown(Shutdown { signal, deadline });
    }
}
