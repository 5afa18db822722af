//! Clients of brokers that scripts have: of Redis, and of NATS.

use std::cell::RefCell;
use std::rc::Rc;

use super::broker::{
    BrokerOptions, Line, NatsClient, NatsPublish, Outage, Protocol, RedisClient, Speaker,
};
use super::lines::{Entry, Owner};
use super::turn::Host;
use crate::proto::nats::Proof;

impl Host {
    /// Has a client connect, and go on doing so.
    fn add_client(&mut self, options: BrokerOptions, speaker: Box<dyn Speaker>, owner: Owner) {
        let stirred = self.lines.stirred.clone();
        let line = Line::new(options, speaker, stirred, self.shared.now);
        self.lines.all.push(Entry { line: Rc::new(RefCell::new(line)), owner });
    }

    /// Connects a client of Redis. Its news come with the number that is returned.
    pub fn add_redis(&mut self, options: BrokerOptions) -> u64 {
        let client = Rc::new(RefCell::new(RedisClient::new(options.clone())));
        let number = self.lines.next_client();
        self.add_client(options, Box::new(client.clone()), Owner::Redis(number, client));
        number
    }

    /// Has a client send a command. False if it is over.
    pub fn call_redis(&mut self, client: u64, call: u64, arguments: &[Vec<u8>]) -> bool {
        let Some(client) = self.lines.redis(client) else { return false };
        client.borrow_mut().call(call, arguments);
        self.lines.stirred.set(true);
        true
    }

    /// Closes a client: once all is answered, or at once.
    pub fn close_redis(&mut self, client: u64, at_once: bool) {
        if let Some(client) = self.lines.redis(client) {
            client.borrow_mut().close(at_once);
            self.lines.stirred.set(true);
        }
    }

    /// Whether a client keeps the process alive.
    pub fn set_redis_referenced(&mut self, client: u64, referenced: bool) {
        if let Some(client) = self.lines.redis(client) {
            client.borrow_mut().referenced = referenced;
        }
    }

    /// Connects a client of NATS. Its news come with the number that is returned.
    pub fn add_nats(&mut self, options: BrokerOptions) -> u64 {
        let proof = match &options.protocol {
            Protocol::Nats(proof) => proof.clone(),
            Protocol::Redis => Proof::None,
        };
        let client = Rc::new(RefCell::new(NatsClient::new(options.clone(), proof)));
        let number = self.lines.next_client();
        self.add_client(options, Box::new(client.clone()), Owner::Nats(number, client));
        number
    }

    /// Has a client of NATS do something. `None` if it is over.
    fn with_nats<R>(&self, client: u64, work: impl FnOnce(&mut NatsClient) -> R) -> Option<R> {
        let client = self.lines.nats(client)?;
        let result = work(&mut client.borrow_mut());
        self.lines.stirred.set(true);
        Some(result)
    }

    /// Publishes a message.
    pub fn publish_nats(
        &mut self,
        client: u64,
        message: &NatsPublish<'_>,
    ) -> Option<Result<(), Outage>> {
        self.with_nats(client, |client| client.publish(message))
    }

    /// Subscribes to a subject, under a number that this client has not used.
    pub fn subscribe_nats(
        &mut self,
        client: u64,
        number: u64,
        (subject, queue): (&str, Option<&str>),
    ) -> Option<Result<(), Outage>> {
        self.with_nats(client, |client| client.subscribe(number, subject, queue))
    }

    /// Ends a subscription.
    pub fn unsubscribe_nats(&mut self, client: u64, number: u64) {
        self.with_nats(client, |client| client.unsubscribe(number));
    }

    /// Has the news tell when the server has dealt with all before. False if the client is over.
    pub fn flush_nats(&mut self, client: u64, number: u64) -> bool {
        self.with_nats(client, |client| client.flush(number)).is_some()
    }

    /// Closes a client: once all is sent, or at once.
    pub fn close_nats(&mut self, client: u64, at_once: bool) {
        self.with_nats(client, |client| client.close(at_once));
    }

    /// Whether a client keeps the process alive.
    pub fn set_nats_referenced(&mut self, client: u64, referenced: bool) {
        self.with_nats(client, |client| client.referenced = referenced);
    }
}
