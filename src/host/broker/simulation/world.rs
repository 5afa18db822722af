//! Nodes, servers and connections, and what happens to them by chance.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::fmt::Write;
use std::time::{Duration, Instant};

use super::network::{Link, To};
use super::node::Node;
use super::numbers::Numbers;
use super::oracle::{Sent, Tally};
use super::server::{Published, Server};
use crate::host::broker::envelope::{self, Purpose};
use crate::host::broker::line::Stage;
use crate::net::reactor::monotonic_clock;

/// How large a world is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) nodes: usize,
    pub(super) servers: usize,
    pub(super) rooms: usize,
    pub(super) patterns: bool,
    /// How much happens by chance.
    pub(super) acts: usize,
}

impl Shape {
    pub(super) fn by_chance(numbers: &Numbers) -> Self {
        Self {
            nodes: 2 + numbers.below(3),
            servers: 1 + numbers.below(2),
            rooms: 1 + numbers.below(4),
            patterns: numbers.once_in(3),
            acts: 20 + numbers.below(100),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Faults {
    None,
    All,
}

#[derive(Debug)]
enum Happening {
    /// Bytes arrive.
    Arrive(usize, To, Vec<u8>),
    /// An end finds out that the connection is gone.
    Gone(usize, To),
    /// A node connects.
    Dial(usize),
    /// It is time for a node to look.
    Wake(usize),
    /// A server has a message of another one.
    Route(usize, Published),
    /// A server is back.
    Back(usize),
}

pub(super) struct World {
    shape: Shape,
    faults: Faults,
    numbers: Numbers,
    begun: Instant,
    /// In milliseconds.
    now: u64,
    agenda: BinaryHeap<Reverse<(u64, u64)>>,
    happenings: HashMap<u64, Happening>,
    happened: u64,
    nodes: Vec<Node>,
    /// Those that have ended: what they heard counts.
    ended: Vec<Node>,
    servers: Vec<Server>,
    /// When the last message between two servers arrives.
    routes: Vec<Vec<u64>>,
    /// Messages between servers get lost.
    lossy: bool,
    /// Those that did.
    strayed: HashSet<usize>,
    links: Vec<Link>,
    sent: Vec<Sent>,
    tally: Tally,
    story: String,
}

impl World {
    pub(super) fn new(shape: Shape, faults: Faults, numbers: Numbers) -> Self {
        let servers = (0..shape.servers).map(|_| {
            let mut server = Server::default();
            server.is_up = true;
            server
        });
        let mut world = Self {
            shape,
            faults,
            numbers,
            begun: monotonic_clock(),
            now: 0,
            agenda: BinaryHeap::new(),
            happenings: HashMap::new(),
            happened: 0,
            nodes: Vec::new(),
            ended: Vec::new(),
            servers: servers.collect(),
            routes: vec![vec![0; shape.servers]; shape.servers],
            lossy: false,
            strayed: HashSet::new(),
            links: Vec::new(),
            sent: Vec::new(),
            tally: Tally::default(),
            story: String::new(),
        };
        for index in 0..shape.nodes {
            let node = world.new_node();
            world.nodes.push(node);
            world.after(0, Happening::Dial(index));
        }
        world
    }

    fn new_node(&self) -> Node {
        // Some have room for little.
        let queue =
            if self.faults == Faults::All && self.numbers.once_in(3) { 500 } else { 1 << 20 };
        Node::new(self.numbers.next(), queue, self.instant())
    }

    fn instant(&self) -> Instant {
        self.begun + Duration::from_millis(self.now)
    }

    fn tell(&mut self, what: std::fmt::Arguments<'_>) {
        writeln!(self.story, "{:6} {what}", self.now).unwrap();
    }

    /// What has happened, for people.
    pub(super) fn story(&self) -> &str {
        &self.story
    }

    fn at(&mut self, at: u64, what: Happening) {
        self.happened += 1;
        self.happenings.insert(self.happened, what);
        self.agenda.push(Reverse((at, self.happened)));
    }

    fn after(&mut self, wait: u64, what: Happening) {
        self.at(self.now + wait, what);
    }

    /// Messages that servers have taken, and that they have sent.
    pub(super) fn traffic(&self) -> (usize, usize) {
        let sum = |count: fn(&Server) -> usize| self.servers.iter().map(count).sum();
        (sum(|server| server.taken), sum(|server| server.sent))
    }
}

/// What time brings.
impl World {
    /// Lets so many milliseconds pass.
    pub(super) fn advance(&mut self, ms: u64) {
        let until = self.now + ms;
        while let Some(Reverse((at, number))) = self.agenda.peek().copied() {
            if at > until {
                break;
            }
            self.agenda.pop();
            self.now = at;
            if let Some(what) = self.happenings.remove(&number) {
                self.happen(what);
            }
        }
        self.now = until;
    }

    fn happen(&mut self, what: Happening) {
        match what {
            Happening::Arrive(link, to, bytes) if self.links[link].is_up => match to {
                To::Server => self.serve(link, &bytes),
                To::Node => self.bring(link, &bytes),
            },
            Happening::Arrive(..) => {}
            Happening::Gone(link, To::Server) => {
                self.servers[self.links[link].server].drop_session(link);
            }
            Happening::Gone(link, To::Node) => {
                let node = self.links[link].node;
                if self.nodes[node].link == Some(link) {
                    self.lose(node, "the connection broke");
                }
            }
            Happening::Dial(node) => self.dial(node),
            Happening::Wake(node) => self.wake(node),
            Happening::Route(server, message) => self.deliver(server, &message, None),
            Happening::Back(server) => {
                self.servers[server].is_up = true;
                self.tell(format_args!("server {server} is back"));
            }
        }
    }

    fn send(&mut self, link: usize, to: To, bytes: &[u8]) {
        for (at, piece) in self.links[link].send(to, bytes, self.now, &self.numbers) {
            self.at(at, Happening::Arrive(link, to, piece));
        }
    }

    fn serve(&mut self, link: usize, bytes: &[u8]) {
        let server = self.links[link].server;
        let (out, published) = self.servers[server].receive(link, bytes);
        for message in published {
            self.deliver(server, &message, Some(link));
            for other in 0..self.servers.len() {
                if other == server {
                    continue;
                }
                if self.lossy && self.numbers.once_in(4) {
                    let strayed = told_by(&message.payload, &self.sent);
                    self.strayed.extend(strayed);
                    continue;
                }
                let at = (self.now + self.numbers.between(1, 10)).max(self.routes[server][other]);
                self.routes[server][other] = at;
                self.at(at, Happening::Route(other, message.clone()));
            }
        }
        self.send(link, To::Node, &out);
    }

    fn deliver(&mut self, server: usize, message: &Published, from: Option<usize>) {
        for (link, bytes) in self.servers[server].deliver(message, from) {
            self.send(link, To::Node, &bytes);
        }
    }

    fn bring(&mut self, link: usize, bytes: &[u8]) {
        let index = self.links[link].node;
        if self.nodes[index].link != Some(link) {
            return;
        }
        let now = self.instant();
        match self.nodes[index].receive(bytes, now) {
            Ok(out) => self.send(link, To::Server, &out),
            Err(error) => {
                self.cut(link);
                self.lose(index, &error.message);
            }
        }
        self.attend(index);
    }

    fn dial(&mut self, index: usize) {
        let up: Vec<usize> =
            (0..self.servers.len()).filter(|server| self.servers[*server].is_up).collect();
        if self.nodes[index].link.is_some()
            || !matches!(self.nodes[index].line.stage, Stage::Down(_))
        {
            return;
        }
        let now = self.instant();
        let link = self.links.len();
        let server = if up.is_empty() { 0 } else { up[self.numbers.below(up.len())] };
        self.links.push(Link::new(index, server));
        let out = self.nodes[index].open(link, now);
        if up.is_empty() {
            self.links[link].is_up = false;
            return self.lose(index, "nobody is there");
        }
        self.tally.reconnects += 1;
        self.tell(format_args!("node {index} connects to server {server}"));
        let greeting = self.servers[server].accept(link);
        self.send(link, To::Node, &greeting);
        self.send(link, To::Server, &out);
        self.attend(index);
    }

    fn lose(&mut self, index: usize, why: &str) {
        let now = self.instant();
        self.tell(format_args!("node {index} has no connection: {why}"));
        self.nodes[index].lose(why, now);
        self.attend(index);
    }

    fn wake(&mut self, index: usize) {
        let now = self.instant();
        if self.nodes[index].wake_at.is_none_or(|at| at > self.now) {
            return;
        }
        self.nodes[index].wake_at = None;
        if let Some(link) = self.nodes[index].link {
            let mut out = Vec::new();
            match self.nodes[index].line.expired(&mut out, now) {
                Ok(()) => {
                    out.extend(self.nodes[index].write(now));
                    self.send(link, To::Server, &out);
                }
                Err(error) => {
                    self.cut(link);
                    self.lose(index, &error.message);
                }
            }
        }
        self.attend(index);
    }

    /// Takes what has come, writes what waits, and sees when to look again.
    fn attend(&mut self, index: usize) {
        let (now, at) = (self.instant(), self.now);
        self.nodes[index].hear(at);
        if let Some(link) = self.nodes[index].link {
            let out = self.nodes[index].write(now);
            self.send(link, To::Server, &out);
        }
        let node = &mut self.nodes[index];
        match node.line.stage {
            Stage::Down(_) if node.link.is_none() => {
                // The line's own wait is by a chance that cannot be repeated.
                let wait = if self.numbers.once_in(4) { 5_000 } else { 200 };
                let wait = self.numbers.between(50, wait);
                self.after(wait, Happening::Dial(index));
            }
            _ => {
                let Some(deadline) = node.line.next_deadline() else { return };
                let due = deadline.saturating_duration_since(self.begun).as_millis();
                let due = u64::try_from(due).unwrap().max(at + 1);
                if node.wake_at.is_none_or(|armed| due < armed) {
                    node.wake_at = Some(due);
                    self.at(due, Happening::Wake(index));
                }
            }
        }
    }
}

/// What happens by chance.
impl World {
    pub(super) fn run(&mut self) {
        for _ in 0..self.shape.acts {
            let wait = if self.numbers.once_in(20) { 3_000 } else { 60 };
            self.advance(self.numbers.between(0, wait));
            let node = self.numbers.below(self.nodes.len());
            let room = self.numbers.below(self.shape.rooms);
            match self.numbers.below(20) {
                0..4 => self.join(node, room),
                4..6 => self.leave(node, room),
                6 if self.shape.patterns => self.pattern(node, true),
                7 if self.shape.patterns => self.pattern(node, false),
                8 => self.publish(node, None),
                9..16 => {
                    for _ in 0..=self.numbers.below(4) {
                        self.publish(node, Some(room));
                    }
                }
                _ if self.faults == Faults::All => self.fault(node),
                _ => {}
            }
        }
    }

    fn fault(&mut self, node: usize) {
        let link = self.nodes[node].link;
        let server = self.numbers.below(self.servers.len());
        match (self.numbers.below(12), link) {
            (0..3, Some(link)) => {
                self.tell(format_args!("the connection of node {node} is cut"));
                self.cut(link);
            }
            (3..5, Some(link)) => {
                self.tell(format_args!("the connection of node {node} is silent"));
                self.links[link].is_silent = true;
            }
            (5..7, Some(link)) => {
                let wait = self.numbers.between(100, 30_000);
                self.tell(format_args!("the connection of node {node} stalls for {wait} ms"));
                let until = self.now + wait;
                self.links[link].stall(until);
            }
            (7, _) => {
                self.tell(format_args!("server {server} is killed"));
                self.servers[server].is_up = false;
                for link in 0..self.links.len() {
                    if self.links[link].server == server {
                        self.cut(link);
                    }
                }
                self.after(self.numbers.between(1, 10_000), Happening::Back(server));
            }
            (8, _) => self.restart(node),
            (9..11, _) => {
                let lossy = !self.lossy;
                self.lossy = lossy;
                self.tell(format_args!("servers lose messages: {lossy}"));
            }
            _ => {}
        }
    }

    /// Both ends find out in a while, or at once.
    fn cut(&mut self, link: usize) {
        if !std::mem::replace(&mut self.links[link].is_up, false) {
            return;
        }
        for to in [To::Server, To::Node] {
            self.after(self.numbers.between(0, 50), Happening::Gone(link, to));
        }
    }

    fn restart(&mut self, index: usize) {
        self.tell(format_args!("node {index} is killed and started"));
        if let Some(link) = self.nodes[index].link {
            self.cut(link);
        }
        self.tally.restarts += 1;
        let new = self.new_node();
        let old = std::mem::replace(&mut self.nodes[index], new);
        self.ended.push(old);
        self.after(self.numbers.between(0, 1_000), Happening::Dial(index));
    }

    pub(super) fn join(&mut self, node: usize, room: usize) {
        self.tell(format_args!("node {node} joins g.{room}"));
        self.nodes[node].want(false, &format!("g.{room}"), true);
        self.attend(node);
    }

    fn leave(&mut self, node: usize, room: usize) {
        self.tell(format_args!("node {node} leaves g.{room}"));
        self.nodes[node].want(false, &format!("g.{room}"), false);
        self.attend(node);
    }

    fn pattern(&mut self, node: usize, wanted: bool) {
        self.tell(format_args!("node {node} wants g.*: {wanted}"));
        self.nodes[node].want(true, "g.*", wanted);
        self.attend(node);
    }

    pub(super) fn publish(&mut self, node: usize, room: Option<usize>) {
        let room = room.map(|room| format!("g.{room}"));
        let id = self.sent.len();
        let mut data = u64::try_from(id).unwrap().to_be_bytes().to_vec();
        data.resize(17 + self.numbers.below(100), b'x');
        let (number, taken) = self.nodes[node].publish(room.as_deref(), &data);
        let by = self.nodes[node].identity;
        self.tell(format_args!("node {node} publishes {id} to {room:?} as {number}: {taken}"));
        self.sent.push(Sent { by, number, room, at: self.now, taken });
        self.attend(node);
    }
}

/// The messages that nobody hears of if this one gets lost: itself, or those whose loss it tells.
fn told_by(payload: &[u8], sent: &[Sent]) -> Vec<usize> {
    let Some((head, data)) = envelope::decode(payload) else { return Vec::new() };
    let mut numbers = data.chunks_exact(8).map_while(|bytes| <[u8; 8]>::try_from(bytes).ok());
    let mut number = || numbers.next().map(u64::from_be_bytes);
    let Some(first) = number() else { return Vec::new() };
    if head.purpose != Purpose::Lost {
        return usize::try_from(first).into_iter().collect();
    }
    let (by, lost) = (head.origin.node, first..=number().unwrap_or(first));
    let is_told = |message: &Sent| message.by == by && lost.contains(&message.number);
    (0..sent.len()).filter(|index| is_told(&sent[*index])).collect()
}

/// What is promised.
impl World {
    /// Everything is well again, for long enough.
    pub(super) fn settle(&mut self) {
        self.tell(format_args!("all is well again"));
        self.lossy = false;
        self.advance(60_000);
        // Whoever has missed the last message of a sender finds out with the next one.
        for node in 0..self.nodes.len() {
            for room in (0..self.shape.rooms).map(Some).chain([None]) {
                self.publish(node, room);
                // Each leaves before the next one comes, or it would be refused.
                self.advance(1_000);
            }
        }
        self.advance(60_000);
    }

    pub(super) fn check(&mut self) -> Tally {
        let Self { nodes, ended, sent, links, servers, strayed, .. } = self;
        let mut tally = self.tally;
        tally.sent = sent.len();
        tally.refused = sent.iter().filter(|message| !message.taken).count();
        for node in ended.iter().chain(&*nodes) {
            node.record.check_order(sent);
            node.record.count(&mut tally);
        }
        for (index, node) in nodes.iter().enumerate() {
            assert_eq!(node.line.stage, Stage::Ready, "node {index}");
            let link = &links[node.link.unwrap()];
            // Nobody knows what a node had not sent when it was killed.
            let is_due = |message: &Sent| {
                message.by != node.identity && nodes.iter().any(|node| node.identity == message.by)
            };
            let hears_since = |room: Option<&str>| node.hears_since(room);
            tally.lost += node.record.check_losses(sent, strayed, hears_since, is_due);
            let mut expected: Vec<String> = node
                .wanted
                .iter()
                .map(|(_, name)| format!("krandog.room.{}", name.replace('.', "=.")))
                .collect();
            expected.push("krandog.all".to_owned());
            expected.sort();
            let subscriptions = servers[link.server].subscriptions(node.link.unwrap());
            assert_eq!(subscriptions, expected, "node {index}");
        }
        tally
    }
}
