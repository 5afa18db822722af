//! Requests that go out, against sockets of the test, with a clock that tests move.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::rc::Rc;
use std::time::Duration;

use crate::host::{
    Event, Host, HttpRequest, Input, News, RequestBody, RequestTimeouts, Route, Target,
};
use crate::id::ExchangeId;
use crate::limits::{CONNECTIONS_PER_SERVER, IDLE_CONNECTION_MS};
use crate::net::pool::Pool;
use crate::net::reactor::{Reactor, monotonic_clock};
use crate::proto::http1::RequestMethod;

/// A host, and a server made of bare sockets.
struct World {
    reactor: Reactor,
    pool: Pool,
    host: Host,
    input: Input,
    listener: TcpListener,
    route: Rc<Route>,
    /// What was told, in a few words.
    told: Vec<String>,
    body: Vec<u8>,
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

impl World {
    fn new() -> Self {
        let reactor = Reactor::new().unwrap();
        let pool = Pool::new(reactor.waker());
        let host = Host::new(&reactor).unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let target = Target::Tcp { host: "127.0.0.1".to_owned(), port };
        let route = Rc::new(Route { target, proxy: None, tls: None, local_address: None });
        let input = Input::default();
        Self { reactor, pool, host, input, listener, route, told: Vec::new(), body: Vec::new() }
    }

    fn request(&self) -> HttpRequest {
        HttpRequest {
            route: self.route.clone(),
            head: b"GET / HTTP/1.1\r\nHost: a\r\n\r\n".to_vec(),
            method: RequestMethod::Other,
            body: RequestBody::Without,
            repeatable: true,
            is_last: false,
            tells_interim: false,
            upgrades: false,
            timeouts: RequestTimeouts::default(),
        }
    }

    fn get(&mut self) -> ExchangeId {
        let request = self.request();
        self.host.send_request(request)
    }

    fn turn(&mut self) {
        let soon = monotonic_clock() + Duration::from_millis(5);
        self.host.poll(&mut self.reactor, &mut self.pool, Some(soon), false).unwrap();
        self.hear();
        self.host.flush();
    }

    fn hear(&mut self) {
        while let Some(event) = self.host.next_event(&mut self.input) {
            let Event::Exchange { news, .. } = event else { panic!("{event:?}") };
            match news {
                News::Received(received) => {
                    if let Some(head) = received.head {
                        self.told.push(head.status.to_string());
                    }
                    self.body.extend_from_slice(&self.input.bytes()[received.body]);
                    if received.ended {
                        let body = std::mem::take(&mut self.body);
                        self.told.push(format!("end {}", body.escape_ascii()));
                    }
                }
                News::Interim(head) => self.told.push(format!("interim {}", head.status)),
                News::Wanted => self.told.push("wanted".to_owned()),
                News::Upgraded { head, .. } => self.told.push(format!("upgraded {}", head.status)),
                News::Failed { error, .. } => self.told.push(format!("failed {}", error.code)),
            }
        }
    }

    fn until(&mut self, done: impl Fn(&Self) -> bool) {
        for _ in 0..1000 {
            if done(self) {
                return;
            }
            self.turn();
        }
        panic!("it does not come: {:?}", self.told);
    }

    /// Turns until that was told.
    fn expect(&mut self, told: &[&str]) {
        self.until(|world| world.told.len() >= told.len());
        assert_eq!(std::mem::take(&mut self.told), told);
    }

    fn accept(&mut self) -> TcpStream {
        for _ in 0..1000 {
            match self.listener.accept() {
                Ok((stream, _)) => {
                    stream.set_nonblocking(true).unwrap();
                    return stream;
                }
                Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
            }
            self.turn();
        }
        panic!("nobody connects: {:?}", self.told);
    }

    /// Reads until a request is there, which ends like that.
    fn read(&mut self, stream: &mut TcpStream, end: &str) -> String {
        let mut received = Vec::new();
        for _ in 0..1000 {
            self.turn();
            let mut piece = [0; 4096];
            match stream.read(&mut piece) {
                Ok(0) => panic!("the client ends: {}", received.escape_ascii()),
                Ok(count) => received.extend_from_slice(&piece[..count]),
                Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
            }
            if received.ends_with(end.as_bytes()) {
                return String::from_utf8(received).unwrap();
            }
        }
        panic!("no {end:?}: {}", received.escape_ascii());
    }

    /// Turns until the client has ended a connection.
    fn end(&mut self, stream: &mut TcpStream) {
        for _ in 0..1000 {
            self.turn();
            match stream.read(&mut [0; 4096]) {
                Ok(0) => return,
                Err(error) if error.kind() != ErrorKind::WouldBlock => return,
                _ => {}
            }
        }
        panic!("the client does not end: {:?}", self.told);
    }

    fn serve(&mut self, stream: &mut TcpStream, answer: &str) {
        self.read(stream, "\r\n\r\n");
        stream.write_all(answer.as_bytes()).unwrap();
    }

    fn connections(&self) -> usize {
        self.host.conns.len()
    }
}

#[test]
fn a_connection_carries_one_request_after_the_other() {
    let mut world = World::new();
    world.get();
    let mut server = world.accept();
    world.serve(&mut server, OK);
    world.expect(&["200", "end hi"]);
    assert!(!world.host.is_alive(), "an idle connection keeps nothing alive");
    world.get();
    assert!(world.host.is_alive());
    world.serve(&mut server, "HTTP/1.1 204 No Content\r\n\r\n");
    world.expect(&["204", "end "]);
    assert_eq!(world.connections(), 1);
    // Until it has been idle for long.
    let now = world.host.now();
    world.host.expire(now + Duration::from_millis(IDLE_CONNECTION_MS + 1));
    world.end(&mut server);
    assert_eq!(world.connections(), 0);
}

#[test]
fn a_server_says_how_long_it_keeps_a_connection() {
    let mut world = World::new();
    world.get();
    let mut server = world.accept();
    let answer = "HTTP/1.1 200 OK\r\nKeep-Alive: max=5, timeout=20\r\nContent-Length: 0\r\n\r\n";
    world.serve(&mut server, answer);
    world.expect(&["200", "end "]);
    let now = world.host.now();
    world.host.expire(now + Duration::from_secs(18));
    assert_eq!(world.connections(), 1);
    world.host.expire(now + Duration::from_secs(20));
    world.end(&mut server);
    assert_eq!(world.connections(), 0);
}

#[test]
fn chunks_are_joined_and_the_end_of_the_connection_ends_a_body() {
    let mut world = World::new();
    world.get();
    let mut server = world.accept();
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    world.serve(&mut server, &format!("{head}2\r\nhi\r\n3;a=b\r\n!!!\r\n0\r\nT: x\r\n\r\n"));
    world.expect(&["200", "end hi!!!"]);
    world.get();
    world.serve(&mut server, &format!("{head}2\r\nhi\r\n"));
    world.expect(&["200"]);
    server.write_all(b"1\r\n!\r\n0\r\n\r\n").unwrap();
    world.expect(&["end hi!"]);
    world.get();
    world.serve(&mut server, "HTTP/1.0 200 OK\r\n\r\nto the end");
    world.expect(&["200"]);
    drop(server);
    world.expect(&["end to the end"]);
    assert_eq!(world.connections(), 0);
}

#[test]
fn what_comes_behind_a_response_is_no_response_to_the_next_request() {
    let mut world = World::new();
    world.get();
    let mut server = world.accept();
    world.serve(&mut server, &format!("{OK}{OK}"));
    world.expect(&["200", "end hi"]);
    assert_eq!(world.connections(), 0);
    // Nor what comes a little later.
    world.get();
    let mut server = world.accept();
    world.serve(&mut server, OK);
    world.expect(&["200", "end hi"]);
    server.write_all(OK.as_bytes()).unwrap();
    world.end(&mut server);
    assert!(world.told.is_empty());
}

#[test]
fn a_stale_connection_is_no_failure_if_the_request_can_be_repeated() {
    let mut world = World::new();
    world.get();
    let mut server = world.accept();
    world.serve(&mut server, OK);
    world.expect(&["200", "end hi"]);
    // The request is on its way when the server closes.
    world.get();
    world.read(&mut server, "\r\n\r\n");
    drop(server);
    let mut server = world.accept();
    world.serve(&mut server, OK);
    world.expect(&["200", "end hi"]);
    // Once, and only if nothing had come.
    world.get();
    world.read(&mut server, "\r\n\r\n");
    server.write_all(b"HTTP/1.1 200").unwrap();
    world.turn();
    drop(server);
    world.expect(&["failed ECONNRESET"]);
    world.get();
    let mut server = world.accept();
    world.serve(&mut server, OK);
    world.expect(&["200", "end hi"]);
    let post = HttpRequest { repeatable: false, ..world.request() };
    world.host.send_request(post);
    world.read(&mut server, "\r\n\r\n");
    drop(server);
    world.expect(&["failed ECONNRESET"]);
}

#[test]
fn what_cannot_be_repeated_takes_no_connection_that_has_ended() {
    let mut world = World::new();
    world.get();
    let mut server = world.accept();
    world.serve(&mut server, OK);
    world.expect(&["200", "end hi"]);
    drop(server);
    // Nobody has looked since.
    let post = HttpRequest { repeatable: false, ..world.request() };
    world.host.send_request(post);
    let mut server = world.accept();
    world.serve(&mut server, OK);
    world.expect(&["200", "end hi"]);
}

#[test]
fn a_body_that_lies_fails() {
    for (answer, code) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi", "failed ECONNRESET"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n", "failed ECONNRESET"),
    ] {
        let mut world = World::new();
        world.get();
        let mut server = world.accept();
        world.serve(&mut server, answer);
        world.expect(&["200"]);
        drop(server);
        world.expect(&[code]);
    }
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "SSH-2.0-x\r\n\r\n",
    ] {
        let mut world = World::new();
        world.get();
        let mut server = world.accept();
        world.serve(&mut server, answer);
        world.expect(&["failed ERR_HTTP_PARSE"]);
        world.end(&mut server);
    }
}

#[test]
fn a_body_goes_up_bit_by_bit() {
    let mut world = World::new();
    let request = HttpRequest {
        head: b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec(),
        body: RequestBody::Stream { chunked: true },
        repeatable: false,
        ..world.request()
    };
    let id = world.host.send_request(request);
    let mut server = world.accept();
    world.read(&mut server, "\r\n\r\n");
    world.expect(&["wanted"]);
    assert!(world.host.write_upload(id, b"hello"));
    assert_eq!(world.read(&mut server, "hello\r\n"), "5\r\nhello\r\n");
    // A server that does not read stops the source, and is told when it goes on.
    let many = vec![b'x'; 1 << 20];
    let mut sent = 0;
    while world.host.write_upload(id, &many) {
        sent += 1;
    }
    assert!(sent < 20, "{sent} MiB wait");
    assert!(world.told.is_empty());
    world.until(|world| {
        let mut piece = vec![0; 1 << 18];
        while (&server).read(&mut piece).is_ok() {}
        !world.told.is_empty()
    });
    world.expect(&["wanted"]);
    world.host.end_upload(id);
    world.read(&mut server, "0\r\n\r\n");
    server.write_all(OK.as_bytes()).unwrap();
    world.expect(&["200", "end hi"]);
    assert_eq!(world.connections(), 1);
}

#[test]
fn a_response_that_comes_before_the_request_is_whole_ends_the_connection() {
    let mut world = World::new();
    let body = RequestBody::Stream { chunked: true };
    let request = HttpRequest { body, repeatable: false, ..world.request() };
    let id = world.host.send_request(request);
    let mut server = world.accept();
    world.serve(&mut server, OK);
    world.until(|world| world.told.len() == 3);
    assert_eq!(world.connections(), 0);
    assert!(!world.host.write_upload(id, b"more"));
    world.host.end_upload(id);
}

#[test]
fn a_script_that_does_not_read_stops_the_server() {
    let mut world = World::new();
    let id = world.get();
    let mut server = world.accept();
    world.serve(&mut server, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
    world.expect(&["200"]);
    world.host.pause_response(id, true);
    assert!(!world.host.is_alive(), "nobody waits for what nobody takes");
    server.write_all(b"hi").unwrap();
    // However long it takes, that is the script's own time.
    world.host.expire(world.host.now() + Duration::from_hours(1));
    for _ in 0..5 {
        world.turn();
    }
    assert!(world.body.is_empty() && world.told.is_empty());
    world.host.pause_response(id, false);
    assert!(world.host.is_alive());
    world.until(|world| world.body == b"hi");
    server.write_all(b"!!").unwrap();
    world.expect(&["end hi!!"]);
}

#[test]
fn silence_has_an_end() {
    let timeouts = RequestTimeouts::default();
    let mut world = World::new();
    world.get();
    let mut server = world.accept();
    world.read(&mut server, "\r\n\r\n");
    let now = world.host.now();
    world.host.expire(now + timeouts.head + Duration::from_secs(1));
    world.expect(&["failed ERR_HEADERS_TIMEOUT"]);
    world.end(&mut server);
    world.get();
    let mut server = world.accept();
    world.serve(&mut server, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
    world.expect(&["200"]);
    let now = world.host.now();
    world.host.expire(now + timeouts.body + Duration::from_secs(1));
    world.expect(&["failed ERR_BODY_TIMEOUT"]);
}

#[test]
fn what_is_given_up_frees_its_socket() {
    let mut world = World::new();
    let id = world.get();
    world.host.abort_exchange(id);
    assert_eq!(world.connections(), 0);
    let mut given_up = world.accept();
    world.end(&mut given_up);
    let id = world.get();
    let mut server = world.accept();
    world.serve(&mut server, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhi");
    world.expect(&["200"]);
    world.host.abort_exchange(id);
    world.end(&mut server);
    assert!(world.told.is_empty());
    assert!(!world.host.is_alive());
}

#[test]
fn a_server_has_so_many_connections_and_others_wait() {
    let mut world = World::new();
    let ids: Vec<_> = (0..CONNECTIONS_PER_SERVER + 2).map(|_| world.get()).collect();
    assert_eq!(world.connections(), CONNECTIONS_PER_SERVER);
    // One that waits can be given up.
    world.host.abort_exchange(ids[CONNECTIONS_PER_SERVER]);
    let mut server = world.accept();
    world.serve(&mut server, OK);
    world.expect(&["200", "end hi"]);
    // The last one is on that connection.
    world.serve(&mut server, OK);
    world.expect(&["200", "end hi"]);
    assert_eq!(world.connections(), CONNECTIONS_PER_SERVER);
    for id in ids {
        world.host.abort_exchange(id);
    }
    assert_eq!(world.connections(), 1);
    assert!(!world.host.is_alive());
}

#[test]
fn a_server_that_nobody_is_at_is_told() {
    let mut world = World::new();
    let closed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let target = Target::Tcp { host: "127.0.0.1".to_owned(), port: closed.port() };
    let route = Rc::new(Route { target, ..(*world.route).clone() });
    world.host.send_request(HttpRequest { route, ..world.request() });
    world.expect(&["failed ECONNREFUSED"]);
    assert!(!world.host.is_alive());
}
