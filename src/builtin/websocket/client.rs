//! What an outgoing socket is connected with: once, again where it is redirected, and again after
//! its connection has gone.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use boa_engine::{Finalize, JsObject, Trace};

use super::address::{authorization, host_field, is_secure, request_target, target_of};
use super::queue::Queue;
use super::redirect::{self, Hop};
use super::retry;
use super::wishes::Wishes;
use crate::host::{ClientOptions, Closed, ConnError, Host, Target, Traffic};
use crate::id::{ConnId, ServerId};
use crate::limits::RECONNECT_STABLE_MS;
use crate::net::reactor::wall_clock;
use crate::net::tls::{Connector, Fault};
use crate::url::Url;

/// The outgoing half of a `WebSocket`'s data.
#[derive(Trace, Finalize)]
pub(super) struct Client {
    wishes: Wishes,
    /// Where it began.
    #[unsafe_ignore_trace]
    origin: Hop,
    /// Where it is at the moment, and what is sent there.
    #[unsafe_ignore_trace]
    hop: RefCell<Hop>,
    #[unsafe_ignore_trace]
    number: Cell<Option<u64>>,
    /// By when it is to be open.
    #[unsafe_ignore_trace]
    deadline: Cell<Instant>,
    /// The script has ended it.
    #[unsafe_ignore_trace]
    pub(super) is_ended: Cell<bool>,
    /// The listener by which it follows `wishes.signal`.
    #[unsafe_ignore_trace]
    pub(super) following: Cell<Option<u32>>,
    /// The script has paused it, which holds for the next connection too.
    pub(super) is_paused: Cell<bool>,
    /// What has gone over those of its connections that are over.
    #[unsafe_ignore_trace]
    pub(super) traffic: Cell<Traffic>,
    /// What waits for it to open, where something may.
    #[unsafe_ignore_trace]
    pub(super) queue: Option<RefCell<Queue>>,
    #[unsafe_ignore_trace]
    course: Course,
}

/// How it has fared with its connections.
#[derive(Default)]
struct Course {
    /// Attempts to connect again since it was last open for long.
    attempt: Cell<usize>,
    /// Since when it is open, or was.
    opened_at: Cell<Option<Instant>>,
    /// Since when it is not, after it was.
    gone_at: Cell<Option<Instant>>,
}

/// The next attempt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// 1 for the first.
    pub(super) attempt: usize,
    pub(super) delay: Duration,
}

/// What it took to open again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recovery {
    pub(super) attempt: usize,
    pub(super) downtime: Duration,
}

impl Client {
    pub(super) fn new(url: Url, wishes: Wishes, now: Instant) -> Self {
        let redirects = wishes.redirects;
        let hop = Hop { url, with_credentials: true, redirects };
        Self {
            origin: hop.clone(),
            hop: RefCell::new(hop),
            number: Cell::new(None),
            deadline: Cell::new(now + wishes.handshake_timeout),
            is_ended: Cell::new(false),
            following: Cell::new(None),
            is_paused: Cell::new(false),
            traffic: Cell::default(),
            queue: wishes.queue().map(|limits| RefCell::new(Queue::new(limits))),
            course: Course::default(),
            wishes,
        }
    }

    /// Whether it connects again when its connection has gone.
    pub(super) fn reconnects(&self) -> bool {
        self.wishes.reconnect.is_some()
    }

    /// What ends it when aborted.
    pub(super) fn signal(&self) -> Option<&JsObject> {
        self.wishes.signal.as_ref()
    }

    /// Begins to connect, unless it is over before that.
    pub(super) fn connect(&self, host: &mut Host, failure: Option<ConnError>) -> (ConnId, u64) {
        let (options, problem) = self.options(host.now());
        self.begin(options, failure.or(problem), host)
    }

    /// Connects to a server of the same program.
    pub(super) fn connect_to(
        &self,
        host: &mut Host,
        server: ServerId,
    ) -> std::io::Result<(ConnId, u64)> {
        let (mut options, _) = self.options(host.now());
        options.proxy = None;
        options.tls = None;
        let opened = host.connect_to_own(options, server)?;
        self.number.set(Some(opened.1));
        Ok(opened)
    }

    fn begin(
        &self,
        options: ClientOptions,
        failure: Option<ConnError>,
        host: &mut Host,
    ) -> (ConnId, u64) {
        let opened = match failure {
            None => host.connect(options),
            Some(error) => host.refuse_to_connect(options, error),
        };
        self.number.set(Some(opened.1));
        host.set_paused(opened.0, self.is_paused.get());
        opened
    }

    /// Begins to connect again after a delay.
    pub(super) fn reconnect(&self, host: &mut Host, delay: Duration) -> ConnId {
        *self.hop.borrow_mut() = self.origin.clone();
        let begins_at = host.refresh_now() + delay;
        self.deadline.set(begins_at + self.wishes.handshake_timeout);
        let (mut options, problem) = self.options(begins_at);
        options.delay = delay;
        self.begin(options, problem, host).0
    }

    /// What to do about a connection that has gone, if anything: when to try again. A last attempt
    /// that has failed says so in its error.
    pub(super) fn plan(&self, closed: &mut Closed, chance: f64, now: Instant) -> Option<Plan> {
        let policy = self.wishes.reconnect.as_ref().filter(|_| !self.is_ended.get())?;
        let hint = retry::hint(closed, wall_clock())?;
        let Course { attempt: attempts, opened_at, gone_at } = &self.course;
        let opened_at = opened_at.take();
        if opened_at.is_some() {
            gone_at.set(Some(now));
        }
        let stable = Duration::from_millis(RECONNECT_STABLE_MS);
        if opened_at.is_some_and(|at| now.saturating_duration_since(at) >= stable) {
            attempts.set(0);
        }
        let attempt = attempts.get() + 1;
        if let Some(most) = policy.retries.filter(|most| attempt > *most) {
            if let Some(error) = closed.error.as_mut().filter(|_| most > 0) {
                let which = format!(" (attempt {most} of {most}, option reconnect.retries)");
                error.message.push_str(&which);
            }
            return None;
        }
        attempts.set(attempt);
        Some(Plan { attempt, delay: policy.delay(attempt, hint, chance) })
    }

    /// It is open; again, if it was before.
    pub(super) fn note_open(&self, now: Instant) -> Option<Recovery> {
        self.course.opened_at.set(Some(now));
        let gone_at = self.course.gone_at.take()?;
        let downtime = now.saturating_duration_since(gone_at);
        Some(Recovery { attempt: self.course.attempt.get(), downtime })
    }

    /// Goes on elsewhere if a server has said so and the script wants it. An error says why not.
    pub(super) fn redirect(&self, closed: &Closed) -> Result<bool, ConnError> {
        if self.wishes.redirects == 0 {
            return Ok(false);
        }
        let next = redirect::next(&self.hop.borrow(), closed)?;
        let is_redirected = next.is_some();
        if let Some(next) = next {
            log::debug!("{} redirected to {}", closed.conn, next.url.host());
            *self.hop.borrow_mut() = next;
        }
        Ok(is_redirected)
    }

    fn options(&self, now: Instant) -> (ClientOptions, Option<ConnError>) {
        let (wishes, hop) = (&self.wishes, self.hop.borrow());
        let url = &hop.url;
        let (target, secure) = (target_of(url), is_secure(url));
        let (proxy, problem) = match wishes.proxy.proxy_for(&target, secure) {
            Ok(proxy) => (proxy, None),
            Err(error) => (None, Some(error)),
        };
        let (tls, refused) = match secure.then(|| self.connector(&target, &hop)).transpose() {
            Ok(tls) => (tls, None),
            Err(fault) => (None, Some(ConnError::new(fault.code, fault.message))),
        };
        let left = self.deadline.get().saturating_duration_since(now);
        let options = ClientOptions {
            target,
            proxy,
            local_address: wishes.local_address,
            delay: Duration::ZERO,
            number: self.number.get(),
            host: host_field(url),
            path: request_target(url),
            subprotocols: wishes.protocols.clone(),
            headers: self.headers(&hop),
            follows_redirects: wishes.redirects > 0,
            handshake_timeout: left,
            websocket: wishes.websocket.clone(),
            tls,
        };
        (options, problem.or(refused))
    }

    /// What speaks TLS with a server. It shows the certificate of the script to nobody but the host
    /// that the script has named, and expects the name that the script gave that host of no other.
    fn connector(&self, target: &Target, hop: &Hop) -> Result<Connector, Fault> {
        let name = match target {
            Target::Tcp { host, .. } => host,
            Target::Unix(_) => "localhost",
        };
        if hop.with_credentials {
            Connector::new(&self.wishes.tls, name)
        } else {
            Connector::new(&self.wishes.tls.for_another_server(), name)
        }
    }

    /// The script's fields, and the credentials of the URL where it has set none itself.
    fn headers(&self, hop: &Hop) -> Vec<(String, String)> {
        let mut headers = self.wishes.headers.clone();
        if !hop.with_credentials {
            headers.retain(|(name, _)| !redirect::is_credential(name));
            return headers;
        }
        let has_own = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let credentials = authorization(&hop.url).filter(|_| !has_own);
        headers.extend(credentials.map(|value| ("Authorization".to_owned(), value)));
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Cause;
    use crate::net::reactor::monotonic_clock;

    const STABLE: Duration = Duration::from_millis(RECONNECT_STABLE_MS);

    fn client(retries: usize) -> Client {
        let mut wishes = Wishes::default();
        wishes.reconnect.get_or_insert_default().retries = Some(retries);
        Client::new(Url::parse("ws://a.example/", None).unwrap(), wishes, monotonic_clock())
    }

    fn gone() -> Closed {
        let error = ConnError::new("ECONNRESET", "gone");
        Closed::sample(1006, Cause::Reset, Some(error))
    }

    #[test]
    fn attempts_are_counted_until_it_is_open_for_long() {
        let (client, now) = (client(9), monotonic_clock());
        let attempt = |now| client.plan(&mut gone(), 1.0, now).map(|plan| plan.attempt);
        assert_eq!(attempt(now), Some(1));
        assert_eq!(attempt(now), Some(2));
        // It opens for the first time: that is no recovery.
        assert!(client.note_open(now).is_none());
        let short = now + STABLE / 2;
        assert_eq!(attempt(short), Some(3));
        let recovery = client.note_open(short + STABLE).unwrap();
        assert_eq!((recovery.attempt, recovery.downtime), (3, STABLE));
        assert_eq!(attempt(short + STABLE * 2), Some(1));
    }

    #[test]
    fn the_last_failure_says_how_many_attempts_there_were() {
        let (client, now) = (client(1), monotonic_clock());
        assert!(client.plan(&mut gone(), 0.5, now).is_some());
        let mut last = gone();
        assert!(client.plan(&mut last, 0.5, now).is_none());
        let message = last.error.unwrap().message;
        assert_eq!(message, "gone (attempt 1 of 1, option reconnect.retries)");
    }

    #[test]
    fn what_a_script_has_ended_stays_ended() {
        let client = client(9);
        client.is_ended.set(true);
        assert!(client.plan(&mut gone(), 0.5, monotonic_clock()).is_none());
    }
}
