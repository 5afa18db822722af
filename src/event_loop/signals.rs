//! Signals: listeners of the script, and the polite end of a script that has none.

use std::time::Duration;

use boa_engine::{Context, JsValue, js_string};

use super::shutdown::Shutdown;
use super::state::EventLoop;
use crate::builtin::process::signal_interest;
use crate::limits::SHUTDOWN_TIMEOUT_MS;

/// RFC 6455 7.4.1: going away.
const GOING_AWAY: u16 = 1001;

/// The signals that a script can listen for, and whether they end one that does not.
const SIGNALS: [(&str, i32, bool); 7] = [
    ("SIGINT", libc::SIGINT, true),
    ("SIGTERM", libc::SIGTERM, true),
    ("SIGHUP", libc::SIGHUP, true),
    ("SIGUSR1", libc::SIGUSR1, false),
    ("SIGUSR2", libc::SIGUSR2, false),
    ("SIGWINCH", libc::SIGWINCH, false),
    ("SIGCONT", libc::SIGCONT, false),
];

impl EventLoop {
    /// Watches the signals that matter. Those that end a script are watched once its top level has
    /// run: until then they end it as they end any program.
    pub(super) fn watch_signals(&mut self, context: &mut Context) {
        if !self.signals_watched {
            self.signals_watched = true;
            for (name, number, fatal) in SIGNALS {
                if fatal {
                    self.watch(name, number);
                }
            }
        }
        let Some(wanted) = signal_interest(context).take_changed() else { return };
        for (name, number, fatal) in SIGNALS {
            if wanted.iter().any(|wanted| wanted == name) {
                self.watch(name, number);
            } else if !fatal {
                self.system.unwatch_signal(number);
            }
        }
    }

    fn watch(&mut self, name: &str, number: i32) {
        if let Err(error) = self.system.watch_signal(number) {
            log::warn!("cannot watch {name}: {error}");
        }
    }

    /// One or more of the watched signals have come.
    pub(super) fn handle_signals(&mut self, context: &mut Context) {
        for (name, number, fatal) in SIGNALS {
            if !self.system.take_signal(number) {
                continue;
            }
            let arguments = [js_string!(name).into(), JsValue::from(number)];
            let heard = self.emit(name, &arguments, context);
            if !heard && fatal {
                self.shut_down(number);
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
