//! Is the client honest? Every mode is run against a server that answers rightly, and against ones
//! that lie; each lie must end the run with the failure that names it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::failure::Failure;
use crate::handshake;
use crate::options;
use crate::report::Report;

/// What the server does with the message before it answers, if it answers.
type Answer = fn(number: u64, message: Vec<u8>) -> Vec<Vec<u8>>;

fn truth(_: u64, message: Vec<u8>) -> Vec<Vec<u8>> {
    vec![message]
}

/// An answering server; returns its port.
fn server(answer: Answer) -> u16 {
    serve(move |stream, number, message| {
        for reply in answer(*number, message) {
            stream.write_all(&text(&reply)).unwrap();
        }
        *number += 1;
    })
}

/// Serves each connection on a thread of its own. `on_message` is told how many messages the
/// connection had before, as far as it counts them itself.
fn serve(on_message: impl Fn(&mut TcpStream, &mut u64, Vec<u8>) + Send + Clone + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let on_message = on_message.clone();
            thread::spawn(move || {
                let mut stream = stream.unwrap();
                connection(&mut stream, on_message);
                let _closed = stream.shutdown(Shutdown::Both);
            });
        }
    });
    port
}

fn connection<S: Read + Write>(stream: &mut S, on_message: impl Fn(&mut S, &mut u64, Vec<u8>)) {
    let Some(reply) = accept(stream) else { return };
    stream.write_all(&reply).unwrap();
    let mut number = 0;
    while let Some((opcode, message)) = read_frame(stream) {
        if opcode == 0x8 {
            let _echoed = stream.write_all(&[0x88, 0x02, message[0], message[1]]);
            return;
        }
        on_message(stream, &mut number, message);
    }
}

/// The reply to the request, if there is one.
fn accept(stream: &mut impl Read) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        request.push(byte[0]);
    }
    let request = String::from_utf8(request).unwrap();
    let key = request.lines().find_map(|line| line.strip_prefix("Sec-WebSocket-Key: ")).unwrap();
    let accept = handshake::accept(key.as_bytes());
    let reply = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n\r\n"
    );
    Some(reply.into_bytes())
}

/// One short masked frame; `None` at the end of the stream.
fn read_frame(stream: &mut impl Read) -> Option<(u8, Vec<u8>)> {
    let mut head = [0; 6];
    stream.read_exact(&mut head).ok()?;
    let [first, second, mask @ ..] = head;
    assert!(first & 0x80 != 0 && (0x80..0x80 + 126).contains(&second), "a short masked frame");
    let mut payload = vec![0; usize::from(second & 0x7F)];
    stream.read_exact(&mut payload).ok()?;
    for (i, byte) in payload.iter_mut().enumerate() {
        *byte ^= mask[i % 4];
    }
    Some((first & 0xF, payload))
}

fn text(payload: &[u8]) -> Vec<u8> {
    [&[0x81, u8::try_from(payload.len()).unwrap()], payload].concat()
}

fn run(port: u16, line: &str) -> Result<Report, Failure> {
    run_at(&format!("ws://127.0.0.1:{port}/"), line)
}

fn run_at(url: &str, line: &str) -> Result<Report, Failure> {
    let line = format!("{line} --url {url} --seconds 0.3 --warm-up 0.1");
    crate::run(&options::parse(line.split(' ')).unwrap().unwrap())
}

fn failure(answer: Answer, line: &str) -> String {
    run(server(answer), line).unwrap_err().to_string()
}

const ECHO: &str = "echo --connections 2 --in-flight 4";

#[test]
fn a_right_echo_gives_a_report() {
    let report = run(server(truth), ECHO).unwrap().to_json();
    assert!(report.contains(r#""unclosed":0"#) && !report.contains(r#""messages":0"#), "{report}");
}

#[test]
fn a_changed_echo_is_caught() {
    let lie: Answer = |number, mut message| {
        message[31] ^= u8::from(number == 20);
        vec![message]
    };
    assert!(failure(lie, ECHO).contains("wrong reply 20"));
}

#[test]
fn a_shortened_echo_is_caught() {
    let lie: Answer = |number, message| vec![message[..32 - usize::from(number == 9)].to_vec()];
    assert!(failure(lie, ECHO).contains("wrong reply 9"));
}

#[test]
fn an_echo_left_out_is_caught_by_the_next() {
    let lie: Answer = |number, message| if number == 20 { vec![] } else { vec![message] };
    assert!(failure(lie, ECHO).contains("wrong reply 20"));
}

#[test]
fn the_last_echo_left_out_is_waited_for_in_vain() {
    let lie: Answer = |number, message| if number >= 20 { vec![] } else { vec![message] };
    assert!(failure(lie, ECHO).contains("8 echoes missing"));
}

#[test]
fn an_echo_sent_twice_is_caught() {
    let lie: Answer = |_, message| vec![message.clone(), message];
    assert!(failure(lie, "echo --connections 1").contains("wrong reply 1"));
    let late: Answer = |number, message| vec![message; if number == 5 { 2 } else { 1 }];
    assert!(run(server(late), "echo --connections 1").is_err());
}

#[test]
fn json_that_was_not_changed_is_caught() {
    assert!(failure(truth, "json --connections 1").contains("wrong reply 0"));
}

#[test]
fn a_server_that_does_not_compress_is_caught() {
    assert!(failure(truth, "compressed --connections 1").contains("does not compress"));
}

#[test]
fn a_server_that_hangs_up_is_caught() {
    let port = serve(|stream, number, message| {
        *number += 1;
        let reply = if *number < 5 { text(&message) } else { vec![0x88, 0x02, 0x03, 0xF3] };
        stream.write_all(&reply).unwrap();
    });
    assert!(run(port, ECHO).unwrap_err().to_string().contains("code Some(1011)"));
}

#[test]
fn churn_counts_whole_cycles_only() {
    assert!(run(server(truth), "churn --connections 2").is_ok());
    let abrupt = serve(|stream, _, message| {
        stream.write_all(&text(&message)).unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
    });
    let failure = run(abrupt, "churn --connections 2").unwrap_err().to_string();
    assert!(failure.contains("without a closing handshake"), "{failure}");
}

/// A broadcasting server: `keep` chooses which deliveries are made.
fn broadcaster(keep: fn(client: usize, message: &[u8]) -> bool) -> u16 {
    let clients: Arc<Mutex<Vec<Sender<Vec<u8>>>>> = Arc::default();
    serve(move |stream, number, message| {
        let mut clients = clients.lock().unwrap();
        if *number == 0 {
            let (sender, receiver) = channel();
            clients.push(sender);
            deliver(stream.try_clone().unwrap(), receiver);
        }
        *number += 1;
        let reply = [b"Broadcast: ", &message[..]].concat();
        for (i, client) in clients.iter().enumerate() {
            if keep(i, &message) {
                let _gone = client.send(reply.clone());
            }
        }
    })
}

fn deliver(mut stream: TcpStream, replies: Receiver<Vec<u8>>) {
    thread::spawn(move || {
        for reply in replies {
            if stream.write_all(&text(&reply)).is_err() {
                return;
            }
        }
    });
}

#[test]
fn a_fanout_that_reaches_all_loses_nothing() {
    let report = run(broadcaster(|_, _| true), "fanout --clients 20").unwrap().to_json();
    assert!(report.contains(r#""lost":0"#), "{report}");
    assert!(run(broadcaster(|_, _| true), "fanout --clients 20 --rate 100").is_ok());
}

#[test]
fn one_delivery_less_is_caught() {
    let port =
        broadcaster(|client, message| client != 7 || !message.starts_with(b"round 00000003"));
    let failure = run(port, "fanout --clients 20").unwrap_err().to_string();
    assert!(failure.contains("1 deliveries missing"), "{failure}");
}

#[test]
fn one_delivery_less_is_caught_by_the_next_when_rounds_do_not_wait() {
    let port =
        broadcaster(|client, message| client != 7 || !message.starts_with(b"round 00000003"));
    let failure = run(port, "fanout --clients 20 --rate 100").unwrap_err().to_string();
    assert!(failure.contains("wrong reply 3"), "{failure}");
}

/// An echoing server with TLS, that gives so many tickets to resume sessions with. Returns its URL,
/// and the file with its certificate.
fn tls_server(name: &str, tickets: usize) -> (String, String) {
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let file = std::env::temp_dir().join(format!("krandog-bench-{}-{name}", std::process::id()));
    std::fs::write(&file, own.cert.pem()).unwrap();
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()).into();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.into()], key)
        .unwrap();
    config.send_tls13_tickets = tickets;
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for tcp in listener.incoming() {
            let session = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(session, tcp.unwrap());
            thread::spawn(move || {
                connection(&mut stream, |stream, _, message| {
                    stream.write_all(&text(&message)).unwrap();
                });
                stream.conn.send_close_notify();
                let _ended = stream.flush();
            });
        }
    });
    (format!("wss://127.0.0.1:{port}/"), file.into_os_string().into_string().unwrap())
}

#[test]
fn sessions_are_resumed_or_not_as_was_asked_for() {
    let (url, ca) = tls_server("tickets", 1);
    let resumed = run_at(&url, &format!("churn --connections 2 --ca {ca} --resume")).unwrap();
    let resumed = resumed.to_json();
    assert!(resumed.contains(r#""full_handshakes":2"#), "{resumed}");
    assert!(!resumed.contains(r#""resumed_handshakes":0"#), "{resumed}");
    let full = run_at(&url, &format!("churn --connections 2 --ca {ca}")).unwrap().to_json();
    assert!(full.contains(r#""resumed_handshakes":0"#), "{full}");
    let echo = run_at(&url, &format!("{ECHO} --ca {ca}")).unwrap().to_json();
    assert!(echo.contains(r#""tls":"TLSv1_3 TLS13_AES_128_GCM_SHA256""#), "{echo}");
}

#[test]
fn a_server_that_does_not_resume_is_caught() {
    let (url, ca) = tls_server("none", 0);
    let failure = run_at(&url, &format!("churn --connections 2 --ca {ca} --resume")).unwrap_err();
    assert!(failure.to_string().contains("the TLS session was not resumed"), "{failure}");
}

#[test]
fn a_server_with_another_certificate_is_caught() {
    let ((url, _), (_, ca)) = (tls_server("one", 0), tls_server("another", 0));
    let failure = run_at(&url, &format!("{ECHO} --ca {ca}")).unwrap_err().to_string();
    assert!(failure.contains("certificate"), "{failure}");
}
