//! A client of NATS for a script: messages out and in, over one connection after the other. A message
//! that was written when one is lost is not sent again, which is what core NATS promises; what was not
//! waits for the next. Subscriptions are made again.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::nats::{complaint, fault, leaving};
use super::news::Outage;
use super::options::BrokerOptions;
use super::speaker::Speaker;
use crate::limits::{BROKER_NEWS_BYTES_MAX, NATS_FAILURES_MAX};
use crate::proto::nats::{Client, Event, Headers, Login, Message, Proof, UsageError};

/// What a script is told of its client.
#[derive(Debug)]
pub enum NatsNews {
    /// A message for a subscription.
    Message(Box<NatsMessage>),
    /// The server has dealt with all that was sent before this flush.
    Flushed(u64),
    /// It will not say so.
    Failed(u64, Outage),
    /// The server does not do something, and goes on.
    Refused(Outage),
    /// It is connected, and subscribed to what it was.
    Ready,
    /// It is not, and tries again after this time.
    Lost(Outage, Duration),
    /// It was closed.
    Closed,
}

/// A message that has come.
#[derive(Debug)]
pub struct NatsMessage {
    /// Which subscription it is for.
    pub subscription: u64,
    /// What it was published to.
    pub subject: String,
    /// Where an answer is to go.
    pub reply: Option<String>,
    /// Its fields, and the status that stands in their place.
    pub headers: Headers,
    /// What it is.
    pub payload: Vec<u8>,
}

/// A message to be published.
#[derive(Debug)]
pub struct NatsPublish<'a> {
    /// What it is published to.
    pub subject: &'a str,
    /// Where an answer is to go.
    pub reply: Option<&'a str>,
    /// Its fields.
    pub fields: &'a [(&'a str, &'a str)],
    /// What it is.
    pub payload: &'a [u8],
}

/// What waits to be written.
enum Waiting {
    Bytes(Vec<u8>),
    /// A PING, for the flush with this number.
    Flush(u64),
}

/// A subscription, as it was asked for.
struct Subscription {
    subject: String,
    queue: Option<String>,
}

/// The client.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(in crate::host) struct NatsClient {
    options: BrokerOptions,
    login: Login,
    client: Client,
    servers: Vec<String>,
    waiting: VecDeque<Waiting>,
    waiting_bytes: usize,
    /// What each PING that was not answered is for.
    due: VecDeque<Option<u64>>,
    subscriptions: BTreeMap<u64, Subscription>,
    news: VecDeque<NatsNews>,
    /// Bytes of what has come and the script has not been told.
    news_bytes: usize,
    begins_tls: bool,
    ready: bool,
    failures: u32,
    closing: bool,
    /// It keeps the process alive.
    pub(in crate::host) referenced: bool,
}

impl NatsClient {
    pub(in crate::host) fn new(options: BrokerOptions, proof: Proof) -> Self {
        let BrokerOptions { name, tls, .. } = &options;
        let needs_tls = tls.is_some();
        let login = Login { name: name.clone(), echo: true, needs_tls, proof };
        Self {
            client: Client::new(login.clone()),
            login,
            options,
            servers: Vec::new(),
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            due: VecDeque::new(),
            subscriptions: BTreeMap::new(),
            news: VecDeque::new(),
            news_bytes: 0,
            begins_tls: false,
            ready: false,
            failures: 0,
            closing: false,
            referenced: true,
        }
    }

    /// Takes a message.
    pub(in crate::host) fn publish(&mut self, message: &NatsPublish<'_>) -> Result<(), Outage> {
        let mut bytes = Vec::new();
        let NatsPublish { subject, reply, fields, payload } = *message;
        let written = self.client.publish((subject, reply), fields, &[payload], &mut bytes);
        written.map_err(|error| misused(&error))?;
        self.take(bytes)
    }

    /// Subscribes to a subject, under a number that nobody has.
    pub(in crate::host) fn subscribe(
        &mut self,
        number: u64,
        subject: &str,
        queue: Option<&str>,
    ) -> Result<(), Outage> {
        let mut bytes = Vec::new();
        let written = self.client.subscribe((subject, queue), number, &mut bytes);
        written.map_err(|error| misused(&error))?;
        let (subject, queue) = (subject.to_owned(), queue.map(str::to_owned));
        self.check_open()?;
        self.subscriptions.insert(number, Subscription { subject, queue });
        // All that is subscribed to is asked for once there is a connection.
        if self.ready { self.take(bytes) } else { Ok(()) }
    }

    /// Ends a subscription.
    pub(in crate::host) fn unsubscribe(&mut self, number: u64) {
        if self.subscriptions.remove(&number).is_some() && self.ready {
            let mut bytes = Vec::new();
            self.client.unsubscribe(number, &mut bytes);
            self.waiting_bytes += bytes.len();
            self.waiting.push_back(Waiting::Bytes(bytes));
        }
    }

    /// Has the news say when the server has dealt with all that was given before.
    pub(in crate::host) fn flush(&mut self, number: u64) {
        match self.check_open() {
            Ok(()) => self.waiting.push_back(Waiting::Flush(number)),
            Err(outage) => self.news.push_back(NatsNews::Failed(number, outage)),
        }
    }

    /// All is sent, then the connection ends; or at once.
    pub(in crate::host) fn close(&mut self, now: bool) {
        self.closing = true;
        if now {
            self.waiting_bytes = 0;
            let waiting = std::mem::take(&mut self.waiting);
            let due = std::mem::take(&mut self.due);
            let flushes = waiting.into_iter().filter_map(|waiting| match waiting {
                Waiting::Flush(number) => Some(number),
                Waiting::Bytes(_) => None,
            });
            for number in due.into_iter().flatten().chain(flushes) {
                self.news.push_back(NatsNews::Failed(number, closed()));
            }
        }
    }

    pub(in crate::host) fn take_news(&mut self) -> VecDeque<NatsNews> {
        self.news_bytes = 0;
        std::mem::take(&mut self.news)
    }

    fn check_open(&self) -> Result<(), Outage> {
        if self.closing { Err(closed()) } else { Ok(()) }
    }

    fn take(&mut self, bytes: Vec<u8>) -> Result<(), Outage> {
        self.check_open()?;
        if self.waiting_bytes > 0 && self.waiting_bytes + bytes.len() > self.options.queue_bytes {
            let message = format!(
                "{} bytes wait for {}, as many as may",
                self.waiting_bytes, self.options.shown
            );
            return Err(Outage::new("ERR_NATS_QUEUE_FULL", message));
        }
        self.waiting_bytes += bytes.len();
        self.waiting.push_back(Waiting::Bytes(bytes));
        Ok(())
    }
}

fn closed() -> Outage {
    Outage::new("ERR_NATS_CLOSED", "the client is closed".to_owned())
}

fn misused(error: &UsageError) -> Outage {
    Outage::new("ERR_INVALID_ARG_VALUE", error.to_string())
}

impl Speaker for Rc<RefCell<NatsClient>> {
    fn begin(&mut self, _: &mut Vec<u8>) {
        let client = &mut *self.borrow_mut();
        if let Some(info) = client.client.info() {
            client.servers.clone_from(&info.connect_urls);
        }
        client.client = Client::new(client.login.clone());
        client.ready = false;
        client.due.clear();
    }

    fn receive(
        &mut self,
        bytes: &[u8],
        position: &mut usize,
        out: &mut Vec<u8>,
        _: Instant,
    ) -> Result<bool, Outage> {
        let client = &mut *self.borrow_mut();
        client.hear_all(bytes, position, out)?;
        Ok(client.ready)
    }

    fn begins_tls(&mut self) -> bool {
        std::mem::take(&mut self.borrow_mut().begins_tls)
    }

    fn servers(&self) -> Vec<String> {
        self.borrow().servers.clone()
    }

    fn flush(&mut self, out: &mut Vec<u8>, room: usize, _: Instant) {
        let client = &mut *self.borrow_mut();
        let before = out.len();
        while client.ready
            && out.len() - before < room
            && let Some(waiting) = client.waiting.pop_front()
        {
            match waiting {
                Waiting::Bytes(bytes) => {
                    client.waiting_bytes -= bytes.len();
                    out.extend_from_slice(&bytes);
                }
                Waiting::Flush(number) => {
                    client.due.push_back(Some(number));
                    client.client.ping(out);
                }
            }
        }
    }

    fn ping(&mut self, out: &mut Vec<u8>) {
        let mut client = self.borrow_mut();
        client.due.push_back(None);
        client.client.ping(out);
    }

    fn next_deadline(&self) -> Option<Instant> {
        None
    }

    fn lost(&mut self, error: &Outage, retry: Duration, _: Instant) {
        let client = &mut *self.borrow_mut();
        let was_ready = std::mem::replace(&mut client.ready, false);
        client.failures = if was_ready { 0 } else { client.failures + 1 };
        let mut failed = Vec::new();
        failed.extend(client.due.drain(..).flatten());
        if client.failures > NATS_FAILURES_MAX || error.code == "NATS_AUTHORIZATION" {
            client.waiting.retain(|waiting| match waiting {
                Waiting::Flush(number) => {
                    failed.push(*number);
                    false
                }
                Waiting::Bytes(_) => true,
            });
        }
        let failed = failed.into_iter().map(|number| NatsNews::Failed(number, error.clone()));
        client.news.extend(failed);
        client.news.push_back(NatsNews::Lost(error.clone(), retry));
    }

    fn takes_input(&self) -> bool {
        self.borrow().news_bytes < BROKER_NEWS_BYTES_MAX
    }

    fn keeps_alive(&self) -> bool {
        let client = self.borrow();
        client.referenced || !client.due.is_empty() && client.ready
    }

    fn is_over(&self) -> bool {
        let client = self.borrow();
        client.closing && client.waiting.is_empty() && client.due.is_empty()
    }
}

impl NatsClient {
    fn hear_all(
        &mut self,
        bytes: &[u8],
        position: &mut usize,
        out: &mut Vec<u8>,
    ) -> Result<(), Outage> {
        let Self { client, options, subscriptions, news, due, .. } = self;
        let shown = &options.shown;
        while let Some(event) =
            client.next(bytes, position, out).map_err(|error| fault(shown, &error))?
        {
            match event {
                Event::Secure => self.begins_tls = true,
                Event::Ready => {
                    // The server is asked for what was asked of the one before.
                    for (number, Subscription { subject, queue }) in &*subscriptions {
                        let subject = (&**subject, queue.as_deref());
                        let written = client.subscribe(subject, *number, out);
                        written.map_err(|error| misused(&error))?;
                    }
                    (self.ready, self.failures) = (true, 0);
                    news.push_back(NatsNews::Ready);
                }
                // One that was ended a moment ago has nobody who listens.
                Event::Message(message) if !subscriptions.contains_key(&message.sid) => {}
                Event::Message(message) => {
                    self.news_bytes +=
                        message.payload.len() + message.headers.len() + message.subject.len();
                    news.push_back(NatsNews::Message(Box::new(NatsMessage::of(&message))));
                }
                Event::Pong => {
                    if let Some(Some(number)) = due.pop_front() {
                        news.push_back(NatsNews::Flushed(number));
                    }
                }
                Event::Leaving => return Err(leaving(shown)),
                Event::Info => {}
                Event::Error(error) if error.is_survived() => {
                    news.push_back(NatsNews::Refused(complaint(shown, &error)));
                }
                Event::Error(error) => return Err(complaint(shown, &error)),
            }
        }
        Ok(())
    }
}

impl NatsMessage {
    fn of(message: &Message<'_>) -> Self {
        let headers = match message.headers {
            [] => Headers::default(),
            headers => Headers::read(headers).unwrap_or_default(),
        };
        Self {
            subscription: message.sid,
            subject: message.subject.to_owned(),
            reply: message.reply.map(str::to_owned),
            headers,
            payload: message.payload.to_vec(),
        }
    }
}
