//! A client of Redis for a script: commands and their replies, in their order, over one connection
//! after the other. What has been written when one is lost is not sent again, since nobody knows
//! whether it was done; what was not waits for the next. Subscriptions are made again.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::news::Outage;
use super::options::BrokerOptions;
use super::redis::{broken, explained, greet};
use super::speaker::Speaker;
use crate::limits::{BROKER_NEWS_BYTES_MAX, REDIS_FAILURES_MAX};
use crate::proto::redis::{Command, Decoder, PeerError, Value, write_command};

/// What a script is told of its client.
#[derive(Debug)]
pub enum ClientNews {
    /// The reply to a command.
    Reply(u64, Value<'static>),
    /// It will have none.
    Failed(u64, Outage),
    /// What came without being asked for: messages of channels.
    Push(Vec<Value<'static>>),
    /// It is connected, and subscribed to what it was.
    Ready,
    /// It is not, and tries again after this time.
    Lost(Outage, Duration),
    /// It was closed.
    Closed,
}

/// The kinds of subscriptions, as their commands are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Channel,
    Pattern,
    Shard,
}

/// A command that waits to be written.
struct Waiting {
    bytes: Vec<u8>,
    due: Due,
}

/// What the next replies are to.
#[derive(Clone, Copy, Debug)]
enum Due {
    /// Of the greeting: so many.
    Greeting(usize),
    Ping,
    /// A command of the script.
    Call(u64),
    /// One that has pushes in place of a reply: so many are to come.
    Subscription(u64, usize),
    /// The same, made again without being asked for.
    Again(usize),
}

/// The client.
pub(in crate::host) struct RedisClient {
    options: BrokerOptions,
    decoder: Decoder,
    waiting: VecDeque<Waiting>,
    waiting_bytes: usize,
    due: VecDeque<Due>,
    news: VecDeque<ClientNews>,
    /// Bytes of what has come and the script has not been told.
    news_bytes: usize,
    subscriptions: BTreeSet<(Kind, Vec<u8>)>,
    ready: bool,
    failures: u32,
    closing: bool,
    /// It keeps the process alive.
    pub(in crate::host) referenced: bool,
}

impl RedisClient {
    pub(in crate::host) fn new(options: BrokerOptions) -> Self {
        Self {
            options,
            decoder: Decoder::default(),
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            due: VecDeque::new(),
            news: VecDeque::new(),
            news_bytes: 0,
            subscriptions: BTreeSet::new(),
            ready: false,
            failures: 0,
            closing: false,
            referenced: true,
        }
    }

    /// Takes a command. The reply comes as news with this number.
    pub(in crate::host) fn call(&mut self, call: u64, arguments: &[Vec<u8>]) {
        if self.closing {
            let outage = Outage::new("ERR_REDIS_CLOSED", "the client is closed".to_owned());
            return self.news.push_back(ClientNews::Failed(call, outage));
        }
        let mut bytes = Vec::new();
        write_command(arguments, &mut bytes);
        if self.waiting_bytes > 0 && self.waiting_bytes + bytes.len() > self.options.queue_bytes {
            let message = format!(
                "{} bytes of commands wait for {}, as many as may",
                self.waiting_bytes, self.options.shown
            );
            let outage = Outage::new("ERR_REDIS_QUEUE_FULL", message);
            return self.news.push_back(ClientNews::Failed(call, outage));
        }
        let due = self.due_of(call, arguments);
        self.waiting_bytes += bytes.len();
        self.waiting.push_back(Waiting { bytes, due });
    }

    /// What answers a command, and what it subscribes to.
    fn due_of(&mut self, call: u64, arguments: &[Vec<u8>]) -> Due {
        let Some((name, topics)) = arguments.split_first() else { return Due::Call(call) };
        let name = name.to_ascii_lowercase();
        let (kind, subscribes) = match &*name {
            b"subscribe" => (Kind::Channel, true),
            b"psubscribe" => (Kind::Pattern, true),
            b"ssubscribe" => (Kind::Shard, true),
            b"unsubscribe" => (Kind::Channel, false),
            b"punsubscribe" => (Kind::Pattern, false),
            b"sunsubscribe" => (Kind::Shard, false),
            _ => return Due::Call(call),
        };
        let before = self.subscriptions.iter().filter(|(known, _)| *known == kind).count();
        for topic in topics {
            if subscribes {
                self.subscriptions.insert((kind, topic.clone()));
            } else {
                self.subscriptions.remove(&(kind, topic.clone()));
            }
        }
        if topics.is_empty() {
            self.subscriptions.retain(|(known, _)| *known != kind);
        }
        // One for each; where all are ended, one at least.
        Due::Subscription(call, if topics.is_empty() { before.max(1) } else { topics.len() })
    }

    /// All is asked for; the connection ends once it is answered.
    pub(in crate::host) fn close(&mut self, now: bool) {
        self.closing = true;
        if now {
            let outage = Outage::new("ERR_REDIS_CLOSED", "the client was closed".to_owned());
            self.fail_all(&outage, true);
        }
    }

    pub(in crate::host) fn take_news(&mut self) -> VecDeque<ClientNews> {
        self.news_bytes = 0;
        std::mem::take(&mut self.news)
    }

    /// Commands that were written get no reply; with `unwritten`, neither do the others.
    fn fail_all(&mut self, outage: &Outage, unwritten: bool) {
        let mut due: Vec<Due> = self.due.drain(..).collect();
        if unwritten {
            due.extend(self.waiting.drain(..).map(|waiting| waiting.due));
            self.waiting_bytes = 0;
        }
        for due in due {
            if let Due::Call(call) | Due::Subscription(call, _) = due {
                self.news.push_back(ClientNews::Failed(call, outage.clone()));
            }
        }
    }

    fn hear(&mut self, value: Value<'static>) -> Result<(), Outage> {
        if let Value::Push(values) = value {
            self.hear_push(values);
            return Ok(());
        }
        let Some(due) = self.due.pop_front() else {
            return Err(match &value {
                Value::Error(refusal) => explained(refusal, &self.options.shown),
                _ => broken(&PeerError::Unasked, &self.options.shown),
            });
        };
        match due {
            Due::Greeting(left) => {
                if let Value::Error(refusal) = &value {
                    return Err(explained(refusal, &self.options.shown));
                }
                if left > 1 {
                    self.due.push_front(Due::Greeting(left - 1));
                } else {
                    self.ready = true;
                    self.failures = 0;
                    self.news.push_back(ClientNews::Ready);
                }
            }
            Due::Ping | Due::Again(_) => {}
            Due::Call(call) | Due::Subscription(call, _) => {
                self.news.push_back(ClientNews::Reply(call, value));
            }
        }
        Ok(())
    }

    fn hear_push(&mut self, values: Vec<Value<'static>>) {
        let kind = values.first().and_then(Value::as_bytes).unwrap_or_default();
        let is_word = matches!(
            kind,
            b"subscribe"
                | b"psubscribe"
                | b"ssubscribe"
                | b"unsubscribe"
                | b"punsubscribe"
                | b"sunsubscribe"
        );
        if !is_word {
            return self.news.push_back(ClientNews::Push(values));
        }
        match self.due.front_mut() {
            Some(Due::Subscription(call, left)) => {
                *left -= 1;
                if *left == 0 {
                    let call = *call;
                    self.due.pop_front();
                    let count = values.into_iter().nth(2).unwrap_or(Value::Null);
                    self.news.push_back(ClientNews::Reply(call, count));
                }
            }
            Some(Due::Again(left)) => {
                *left -= 1;
                if *left == 0 {
                    self.due.pop_front();
                }
            }
            _ => {}
        }
    }

    /// Subscribes to what the connection before was subscribed to.
    fn subscribe_again(&mut self, out: &mut Vec<u8>) {
        for (kind, name) in [
            (Kind::Channel, "SUBSCRIBE"),
            (Kind::Pattern, "PSUBSCRIBE"),
            (Kind::Shard, "SSUBSCRIBE"),
        ] {
            let topics: Vec<&Vec<u8>> = self
                .subscriptions
                .iter()
                .filter(|(known, _)| *known == kind)
                .map(|(_, topic)| topic)
                .collect();
            if topics.is_empty() {
                continue;
            }
            let command = Command::new(out, topics.len() + 1).arg(name.as_bytes());
            topics.iter().fold(command, |command, topic| command.arg(topic)).end();
            self.due.push_back(Due::Again(topics.len()));
        }
    }
}

impl Speaker for Rc<RefCell<RedisClient>> {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let mut client = self.borrow_mut();
        let client = &mut *client;
        client.decoder = Decoder::default();
        client.ready = false;
        client.due.clear();
        let options = &client.options;
        greet(options.user.as_deref(), options.password.as_deref(), &options.name, out);
        let mut replies = 1;
        if options.database > 0 {
            replies += 1;
            Command::new(out, 2).arg(b"SELECT").arg(options.database.to_string().as_bytes()).end();
        }
        client.due.push_back(Due::Greeting(replies));
        client.subscribe_again(out);
    }

    fn receive(
        &mut self,
        bytes: &[u8],
        position: &mut usize,
        _: &mut Vec<u8>,
        _: Instant,
    ) -> Result<bool, Outage> {
        let mut client = self.borrow_mut();
        let client = &mut *client;
        let before = *position;
        loop {
            let next = client.decoder.next(bytes, position);
            let value = next.map_err(|error| broken(&error, &client.options.shown))?;
            let Some(value) = value.map(Value::into_owned) else { break };
            client.hear(value)?;
        }
        client.news_bytes += *position - before;
        Ok(client.ready)
    }

    fn flush(&mut self, out: &mut Vec<u8>, room: usize, _: Instant) {
        let mut client = self.borrow_mut();
        let client = &mut *client;
        let before = out.len();
        while client.ready
            && out.len() - before < room
            && let Some(Waiting { bytes, due }) = client.waiting.pop_front()
        {
            client.waiting_bytes -= bytes.len();
            out.extend_from_slice(&bytes);
            client.due.push_back(due);
        }
    }

    fn ping(&mut self, out: &mut Vec<u8>) {
        let mut client = self.borrow_mut();
        // A command that waits for something keeps its connection silent, and a ping too.
        client.due.push_back(Due::Ping);
        Command::new(out, 1).arg(b"PING").end();
    }

    fn next_deadline(&self) -> Option<Instant> {
        None
    }

    fn lost(&mut self, error: &Outage, retry: Duration, _: Instant) {
        let mut client = self.borrow_mut();
        let was_ready = std::mem::replace(&mut client.ready, false);
        client.failures += 1;
        let is_hopeless =
            !was_ready && is_lasting(&error.code) || client.failures > REDIS_FAILURES_MAX;
        client.fail_all(error, is_hopeless);
        client.news.push_back(ClientNews::Lost(error.clone(), retry));
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

/// Whether the next connection will fail for the same reason, more likely than not.
fn is_lasting(code: &str) -> bool {
    matches!(code, "ERR" | "NOAUTH" | "WRONGPASS" | "NOPERM" | "NOPROTO" | "REDIS_PROTOCOL")
        || code.contains("CERT")
}
