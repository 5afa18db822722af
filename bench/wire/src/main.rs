//! `krandog-wire`: what `peers/krandog.js` does for `/echo` and `GET`, by the same loop and the same
//! protocol cores, without a line of JavaScript. Its figures are what the wire itself costs.
#![expect(clippy::print_stdout, reason = "a command-line tool reports")]

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use krandog::host::{Event, Host, Input, ListenAddress, Message, Reply, ServerOptions};
use krandog::limits::LISTEN_BACKLOG;
use krandog::net::listener::Address;
use krandog::net::pool::Pool;
use krandog::net::reactor::Reactor;
use krandog::net::tls::{Acceptor, NamedIdentity, ServerTls};
use krandog::proto::ws::{DeflateConfig, Outgoing};

/// The one that krandog uses.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> io::Result<()> {
    let mut reactor = Reactor::new()?;
    let mut pool = Pool::new(reactor.waker());
    let mut host = Host::new(&reactor)?;
    let mut input = Input::default();
    let mut options = ServerOptions::default();
    if let Some(value) = std::env::var_os("DEFLATE").filter(|value| !value.is_empty()) {
        let each = value != "takeover";
        options.websocket.deflate = Some(DeflateConfig {
            threshold: 0,
            server_no_context_takeover: each,
            client_no_context_takeover: each,
            ..DeflateConfig::default()
        });
    }
    if let Some(folder) = std::env::var_os("TLS").filter(|folder| !folder.is_empty()) {
        let read = |file| std::fs::read(Path::new(&folder).join(file));
        let (cert, key) = (Some(read("cert.pem")?), Some(read("key.pem")?));
        let identity = NamedIdentity { cert, key, ..NamedIdentity::default() };
        let tls = ServerTls { identity, ..ServerTls::default() };
        options.tls = Some(Acceptor::new(&tls)?);
    }
    let port = std::env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(0);
    let address = ListenAddress::Tcp(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let (_, address) = host.listen(&address, LISTEN_BACKLOG, options)?;
    if let Address::Tcp(address) = address {
        println!("listening {}", address.port());
    }
    loop {
        host.poll(&mut reactor, &mut pool, None, false)?;
        while let Some(event) = host.next_event(&mut input) {
            handle(&mut host, &input, event);
        }
        host.flush();
    }
}

/// What the script's handler would do.
fn handle(host: &mut Host, input: &Input, event: Event) {
    match event {
        Event::Message(Message { conn, kind, payload, .. }) => {
            let data = payload.bytes(input.bytes());
            let message = Outgoing { kind, len: data.len(), compress: None };
            // Only a connection that is closing refuses it, and then nobody waits for it.
            let _: Result<_, _> =
                host.send_websocket(conn, message, |out| out.extend_from_slice(data));
        }
        Event::Request { conn, .. } => {
            let headers: &[(&str, &[u8])] = &[("Content-Type", b"text/plain")];
            let reply = Reply { status: 200, headers, body: b"Hello, World!" };
            drop(host.respond(conn, &reply));
        }
        _ => {}
    }
}
