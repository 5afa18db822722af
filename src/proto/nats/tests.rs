//! A client and what a server may say, at every split of the bytes.

use super::*;
use crate::limits::{NATS_INFO_BYTES_MAX, NATS_LINE_BYTES_MAX, NATS_PAYLOAD_BYTES_MAX};

const INFO: &str = concat!(
    r#"INFO {"server_id":"NA","server_name":"n1","version":"2.9.10","proto":1,"headers":true,"#,
    r#""max_payload":1048576,"nonce":"abc","connect_urls":["10.0.0.1:4222","10.0.0.2:4222"],"#,
    r#""tls_available":true} "#,
    "\r\n"
);

fn login() -> Login {
    Login { name: "test".to_owned(), ..Login::default() }
}

/// What has been heard, in words, what was answered, and how it ended.
fn feed(
    client: &mut Client,
    input: &[u8],
    step: usize,
) -> (Vec<String>, String, Result<(), PeerError>) {
    let (mut heard, mut out, mut ended) = (Vec::new(), Vec::new(), Ok(()));
    for piece in input.chunks(step) {
        let mut position = 0;
        ended = loop {
            match client.next(piece, &mut position, &mut out) {
                Ok(Some(event)) => heard.push(format!("{event:?}")),
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        if ended.is_err() {
            break;
        }
        assert_eq!(position, piece.len());
    }
    (heard, String::from_utf8(out).unwrap(), ended)
}

/// A client that a server has accepted.
fn ready() -> Client {
    let mut client = Client::new(login());
    let (heard, ..) = feed(&mut client, format!("{INFO}PONG\r\n").as_bytes(), 4096);
    assert_eq!(heard, ["Ready"]);
    client
}

#[test]
fn a_session_is_the_same_at_every_split() {
    let session = [
        INFO,
        "+OK\r\nPONG\r\nPING\r\nMSG a.b 7 3\r\na\r\n\r\nMSG a 8 re.ply 0\r\n\r\n",
        "HMSG a 9 re 23 26\r\nNATS/1.0\r\nx: y\r\nz:1\r\n\r\nxyz\r\n",
        "hmsg a 9 12 12\r\nNATS/1.0\r\n\r\n\r\npong\r\n",
        "-ERR 'Permissions Violation for Publish to \"x\"'\r\n",
        r#"INFO {"headers":true,"ldm":true}"#,
        "\r\n",
    ]
    .concat();
    let mut expected = None;
    for step in 1..=session.len() {
        let mut client = Client::new(login());
        let (heard, out, taken) = feed(&mut client, session.as_bytes(), step);
        assert_eq!(taken, Ok(()));
        assert!(client.is_ready() && client.info().unwrap().lame_duck);
        let (heard, out) = expected.get_or_insert_with(|| (heard.clone(), out.clone())).clone();
        assert_eq!(expected, Some((heard, out)), "step {step}");
    }
    let (heard, out) = expected.unwrap();
    assert_eq!(heard[..1], ["Ready"]);
    let message = |sid: u64, reply: &str, headers: &str, payload: &[u8]| {
        let (subject, headers) = (if sid == 7 { "a.b" } else { "a" }, headers.as_bytes());
        let reply = Some(reply).filter(|reply| !reply.is_empty());
        format!("{:?}", Event::Message(Message { subject, sid, reply, headers, payload }))
    };
    assert_eq!(heard[1], message(7, "", "", b"a\r\n"));
    assert_eq!(heard[2], message(8, "re.ply", "", b""));
    assert_eq!(heard[3], message(9, "re", "NATS/1.0\r\nx: y\r\nz:1\r\n\r\n", b"xyz"));
    assert_eq!(heard[4], message(9, "", "NATS/1.0\r\n\r\n", b""));
    assert_eq!(heard[5], "Pong");
    assert!(heard[6].starts_with("Error(Permissions("), "{}", heard[6]);
    assert_eq!(heard[7..], ["Info"]);
    assert!(out.starts_with("CONNECT {\"verbose\":false,") && out.contains("\"echo\":false"));
    assert!(out.ends_with("}\r\nPING\r\nPONG\r\n"), "{out}");
}

#[test]
fn what_a_server_says_of_itself_is_known() {
    let client = ready();
    let info = client.info().unwrap();
    assert_eq!(
        (info.id.as_str(), info.name.as_str(), info.version.as_str()),
        ("NA", "n1", "2.9.10")
    );
    assert_eq!(info.connect_urls, ["10.0.0.1:4222", "10.0.0.2:4222"]);
    assert_eq!(client.max_payload(), 1 << 20);
    let mut out = Vec::new();
    let large = vec![0; 1 << 20];
    client.publish(("a", None), &[], &[&large], &mut out).unwrap();
    out.clear();
    let error = client.publish(("a", None), &[], &[&large, b"x"], &mut out).unwrap_err();
    assert_eq!(error, UsageError::PayloadTooLarge { bytes: (1 << 20) + 1, limit: 1 << 20 });
    assert!(out.is_empty(), "nothing of it is sent");
}

#[test]
fn messages_and_subscriptions_are_written() {
    let (client, mut out) = (ready(), Vec::new());
    client.publish(("a.b", None), &[], &[b"x", b"yz"], &mut out).unwrap();
    client.publish(("a", Some("re")), &[("k", "v")], &[b"x"], &mut out).unwrap();
    client.subscribe(("a.*.>", None), 5, &mut out).unwrap();
    client.unsubscribe(5, &mut out);
    client.ping(&mut out);
    let expected = "PUB a.b 3\r\nxyz\r\nHPUB a re 18 19\r\nNATS/1.0\r\nk: v\r\n\r\nx\r\n\
                    SUB a.*.> 5\r\nUNSUB 5\r\nPING\r\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
    for subject in ["", "a b", "a\r\nPING", "*", "a..b"] {
        assert!(client.publish((subject, None), &[], &[], &mut Vec::new()).is_err(), "{subject}");
    }
    assert!(client.publish(("a", Some("b c")), &[], &[], &mut Vec::new()).is_err());
    assert!(client.publish(("a", None), &[("k", "v\r\nx: y")], &[], &mut Vec::new()).is_err());
}

#[test]
fn each_proof_is_written_and_none_is_shown() {
    let seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";
    let Ok(key) = Seed::read(seed) else { panic!("the example of the NATS documentation") };
    for (proof, written) in [
        (Proof::Token("t\"".to_owned()), r#""auth_token":"t\"""#),
        (Proof::Password("u".to_owned(), "p".to_owned()), r#""user":"u","pass":"p""#),
        (
            Proof::Key(key.clone()),
            r#""nkey":"UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4","sig":""#,
        ),
        (Proof::Jwt("j.w.t".to_owned(), key.clone()), r#""jwt":"j.w.t","sig":""#),
    ] {
        let shown = format!("{proof:?}");
        assert!(shown.ends_with("(..)"), "{shown}");
        let mut client = Client::new(Login { proof, ..login() });
        let (_, out, _) = feed(&mut client, INFO.as_bytes(), 4096);
        assert!(out.contains(written), "{out}");
    }
    let mut client = Client::new(Login { proof: Proof::Key(key), ..login() });
    let taken = feed(&mut client, b"INFO {\"headers\":true}\r\n", 4096).2;
    assert_eq!(taken, Err(PeerError::NoNonce));
    let file = format!(
        "-----BEGIN NATS USER JWT-----\nj.w.t\n------END NATS USER JWT------\n\n****\n\
         -----BEGIN USER NKEY SEED-----\n{seed}\n------END USER NKEY SEED------\n"
    );
    let Some(Proof::Jwt(jwt, read)) = Proof::from_credentials(&file) else { panic!("{file}") };
    assert_eq!((jwt.as_str(), read.public()), ("j.w.t", Seed::read(seed).unwrap().public()));
    assert!(Proof::from_credentials(seed).is_none());
}

#[test]
fn tls_begins_behind_info_and_nothing_before_it() {
    let wants = || Client::new(Login { needs_tls: true, ..login() });
    let required = INFO.replace("tls_available", "tls_required");
    let refused = feed(&mut Client::new(login()), required.as_bytes(), 4096).2;
    assert_eq!(refused, Err(PeerError::WantsTls));
    for (mut client, info) in [(wants(), INFO), (wants(), required.as_str())] {
        let (heard, out, taken) = feed(&mut client, info.as_bytes(), 1);
        assert_eq!((heard, taken), (vec!["Secure".to_owned()], Ok(())));
        assert!(out.starts_with("CONNECT ") && out.ends_with("PING\r\n"));
        let (heard, ..) = feed(&mut client, b"PONG\r\n", 1);
        assert_eq!(heard, ["Ready"]);
    }
    let early = format!("{INFO}PONG\r\n");
    assert_eq!(feed(&mut wants(), early.as_bytes(), 4096).2, Err(PeerError::BeforeTls));
    let without = INFO.replace("tls_available", "x");
    assert_eq!(feed(&mut wants(), without.as_bytes(), 4096).2, Err(PeerError::NoTls));
}

#[test]
fn each_fault_of_a_peer_is_told() {
    let long = format!("-ERR {}", "x".repeat(NATS_LINE_BYTES_MAX));
    let long_info = format!("INFO {}", "x".repeat(NATS_INFO_BYTES_MAX));
    let huge = format!("MSG a 1 {}\r\n", NATS_PAYLOAD_BYTES_MAX + 1);
    let mut cases: Vec<(&[u8], PeerError)> = vec![
        (b"/\r\n", PeerError::Unknown("/".to_owned())),
        (b"PING\n", PeerError::BareLineFeed),
        (b"MSG a 1 1\r\nxyz", PeerError::PayloadEnd),
        (b"INFO []\r\n", PeerError::Info),
        (b"INFO \xFF\r\n", PeerError::Info),
    ];
    cases.push((long.as_bytes(), PeerError::LineTooLong { limit: NATS_LINE_BYTES_MAX }));
    cases.push((long_info.as_bytes(), PeerError::LineTooLong { limit: NATS_INFO_BYTES_MAX }));
    let (bytes, limit) = (NATS_PAYLOAD_BYTES_MAX + 1, NATS_PAYLOAD_BYTES_MAX);
    cases.push((huge.as_bytes(), PeerError::PayloadTooLarge { bytes, limit }));
    for line in [
        "MSG",
        "MSG a",
        "MSG a 1",
        "MSG a x 1",
        "MSG a 1 -1",
        "MSG a 1 r e 1",
        "MSG a 1 +1",
        "MSG a 1 99999999999999999999999",
        "HMSG a 1 1",
        "HMSG a 1 2 1",
        "HMSG a 1 r 1 2 3",
    ] {
        let line = format!("{line}{}\r\n", if line == "MSG" { " " } else { "" });
        let mut client = ready();
        let taken = feed(&mut client, line.as_bytes(), 4096).2;
        assert!(matches!(taken, Err(PeerError::Arguments(_))), "{line}: {taken:?}");
    }
    for (input, error) in cases {
        for step in [1, 4096] {
            let (_, _, taken) = feed(&mut ready(), input, step);
            assert_eq!(taken.as_ref(), Err(&error), "step {step}");
        }
    }
}

#[test]
fn another_protocol_is_told_apart() {
    for (input, shown) in [
        (&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], "HTTP/1.1 400 Bad Request"),
        (b"-NOAUTH Authentication required.\r\n", "-NOAUTH Authentication required."),
        (b"220 mail.example ESMTP\r\n", "220 mail.example ESMTP"),
        (b"\x16\x03\x01", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ] {
        let taken = feed(&mut Client::new(login()), input, 4096).2;
        assert!(matches!(&taken, Err(PeerError::NotNats(text)) if text == shown), "{taken:?}");
    }
    // What a server says later is not what it may begin with.
    for input in ["PONG\r\n", "MSG a 1 0\r\n\r\n", "PING\r\n", "+OK\r\n"] {
        assert!(feed(&mut Client::new(login()), input.as_bytes(), 4096).2.is_err(), "{input}");
    }
    let old = feed(&mut Client::new(login()), b"INFO {\"version\":\"1.4.0\"}\r\n", 4096).2;
    assert_eq!(old, Err(PeerError::TooOld("1.4.0".to_owned())));
}

#[test]
fn complaints_of_a_server_are_known_by_their_words() {
    for (text, error, survived) in [
        ("'Authorization Violation'", ServerError::Authorization, false),
        ("'authorization violation'", ServerError::Authorization, false),
        ("'Authentication Timeout'", ServerError::AuthenticationTimeout, false),
        (
            "'User Authentication Expired'",
            ServerError::Expired("User Authentication Expired".to_owned()),
            false,
        ),
        ("'Maximum Payload Violation'", ServerError::Payload, false),
        ("'maximum connections exceeded'", ServerError::Connections, false),
        ("'Slow Consumer'", ServerError::SlowConsumer, false),
        ("'Stale Connection'", ServerError::Stale, false),
        ("'Secure Connection - TLS Required'", ServerError::TlsRequired, false),
        ("'Invalid Subject'", ServerError::Subject, true),
        (
            "'Permissions Violation for Subscription to \"a\"'",
            ServerError::Permissions("Permissions Violation for Subscription to \"a\"".to_owned()),
            true,
        ),
        ("'What'", ServerError::Other("What".to_owned()), false),
    ] {
        let (heard, ..) = feed(&mut ready(), format!("-ERR {text}\r\n").as_bytes(), 4096);
        assert_eq!(heard, [format!("{:?}", Event::Error(error.clone()))]);
        assert_eq!(error.is_survived(), survived, "{text}");
    }
}

#[test]
fn random_bytes_do_not_panic_and_hold_no_more_than_has_come() {
    let words: [&[u8]; 14] = [
        b"MSG ",
        b"HMSG ",
        b"a ",
        b"1 ",
        b"12 ",
        b"\r\n",
        b"PING\r\n",
        b"PONG\r\n",
        b"+OK\r\n",
        b"-ERR 'x'\r\n",
        b"INFO {\"headers\":true}\r\n",
        b"NATS/1.0\r\n\r\n",
        b"\xFF",
        b"0",
    ];
    let mut seed = 99_u64;
    let mut below = move |limit: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % limit as u64).unwrap()
    };
    for _ in 0..2_000 {
        let input: Vec<u8> =
            (0..below(12)).flat_map(|_| words[below(words.len())]).copied().collect();
        let step = 1 + below(9);
        let (heard, out, taken) = feed(&mut ready(), &input, step);
        let whole = feed(&mut ready(), &input, 4096);
        assert_eq!((heard, out), (whole.0, whole.1), "{:?}", String::from_utf8_lossy(&input));
        assert_eq!(taken.is_err(), whole.2.is_err());
    }
}
