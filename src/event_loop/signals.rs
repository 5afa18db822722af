//! What signals and other threads do: listeners of the script are called, or it ends.

use boa_engine::{Context, JsValue, js_string};

use super::remote::{Ask, Remote};
use super::shutdown::{Shutdown, code_of};
use super::state::EventLoop;
use crate::builtin::{child_process, messaging, websocket};

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
        if self.system.signals.take_children() {
            child_process::reap(context);
        }
    }

    /// What another thread has asked.
    pub(super) fn hear_others(&mut self) {
        match self.remote.as_ref().and_then(Remote::take) {
            Some(Ask::Stop(code)) => self.exit = self.exit.or(Some(code)),
            Some(Ask::ShutDown(signal)) if self.shutdown.is_none() => self.shut_down(signal),
            Some(Ask::Signal(signal)) if self.system.signals.pass_on(signal) => {
                self.host.borrow_mut().note_signal();
            }
            Some(Ask::ShutDown(_) | Ask::Signal(_)) | None => {}
        }
    }

    fn shut_down(&mut self, signal: i32) {
        if self.shutdown.is_some() {
            // The second signal is meant: at once.
            self.exit = Some(code_of(signal));
            return;
        }
        self.shutdown = Some(Shutdown::begin(signal, &mut self.host.borrow_mut()));
        messaging::shut_down(&self.receivers, signal);
    }
}
