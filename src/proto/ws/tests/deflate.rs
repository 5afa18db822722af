use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress};

use super::{Numbers, config};
use crate::limits::{INFLATE_MAX_RATIO, INFLATE_RATIO_STEP};
use crate::proto::ws::deflate::{self, DeflateConfig, Params, held};
use crate::proto::ws::testing::*;
use crate::proto::ws::{
    Config, Connection, Encoding, MessageKind, Outgoing, PeerError, Role, SharedMessage,
};

const TEXT: u8 = 0xC1;
const TEXT_BEGIN: u8 = 0x41;
const BINARY: u8 = 0xC2;
const BINARY_BEGIN: u8 = 0x42;
const MORE: u8 = 0x00;
const END: u8 = 0x80;
const PLAIN: u8 = 0x81;

/// Context takeover both ways, everything compressed.
fn takeover() -> DeflateConfig {
    DeflateConfig {
        threshold: 0,
        server_no_context_takeover: false,
        client_no_context_takeover: false,
        ..DeflateConfig::default()
    }
}

fn alone() -> DeflateConfig {
    DeflateConfig { threshold: 0, ..DeflateConfig::default() }
}

/// What a client and a server of these wishes agree on.
fn agree(wishes: &DeflateConfig) -> (Config, Config) {
    let (server, answer) = deflate::negotiate(wishes, &[deflate::offer(wishes)]).unwrap();
    let client = deflate::accept(wishes, &[answer]).unwrap();
    (
        Config { deflate: client, ..config(Role::Client) },
        Config { deflate: Some(server), ..config(Role::Server) },
    )
}

fn stream(frames: &[(u8, &[u8])]) -> Vec<u8> {
    frames.iter().flat_map(|(first, payload)| frame(Role::Client, *first, payload)).collect()
}

/// What a server with context takeover makes of frames, cut every way.
fn serve(frames: &[(u8, &[u8])]) -> Transcript {
    replay_every_way(&agree(&takeover()).1, &stream(frames))
}

fn text(text: &str) -> Seen {
    Seen::Message(MessageKind::Text, text.as_bytes().to_vec())
}

/// Compresses as a peer would, apart from the code under test.
fn compress(compressor: &mut Compress, data: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(data.len() * 2 + 1000);
    compressor.compress_vec(data, &mut packed, FlushCompress::Sync).unwrap();
    assert!(packed.ends_with(&[0, 0, 0xFF, 0xFF]) && packed.len() < packed.capacity());
    packed.truncate(packed.len() - 4);
    packed
}

fn peer(bits: u8) -> Compress {
    Compress::new_with_window_bits(Compression::new(6), false, bits)
}

/// The frames compressed by one connection, inflated apart from the code under test.
fn inflate_all(sent: &[(u8, Vec<u8>)], each_alone: bool) -> Vec<Vec<u8>> {
    let mut inflater = Decompress::new(false);
    let mut messages = Vec::new();
    for (first, payload) in sent {
        let mut data = Vec::with_capacity(1 << 20);
        if first & 0x40 == 0 {
            data.clone_from(payload);
        } else {
            let packed = [&payload[..], &[0, 0, 0xFF, 0xFF]].concat();
            inflater.decompress_vec(&packed, &mut data, FlushDecompress::Sync).unwrap();
            if each_alone {
                inflater.reset(false);
            }
        }
        messages.push(data);
    }
    messages
}

fn messages() -> Vec<Vec<u8>> {
    let mut numbers = Numbers(29);
    let json = br#"{"type":"move","player":17,"x":104.5,"y":-3.25,"name":"alice"}"#;
    vec![
        json.to_vec(),
        json.to_vec(),
        Vec::new(),
        b"x".to_vec(),
        json.repeat(50),
        numbers.bytes(5000),
        vec![0; 3000],
        json.repeat(2),
        "κόσμε".repeat(3000).into_bytes(),
        numbers.bytes(40_000),
        json.to_vec(),
    ]
}

#[test]
fn the_examples_of_rfc_7692_7_2_3() {
    let hello = b"\xF2\x48\xCD\xC9\xC9\x07\x00";
    // 7.2.3.1: one block, one frame or two.
    assert_eq!(serve(&[(TEXT, hello)]).events, [text("Hello")]);
    assert_eq!(serve(&[(TEXT_BEGIN, &hello[..3]), (END, &hello[3..])]).events, [text("Hello")]);
    // 7.2.3.2: the second message refers to the first.
    let second = b"\xF2\x00\x11\x00\x00";
    assert_eq!(serve(&[(TEXT, hello), (TEXT, second)]).events, [text("Hello"), text("Hello")]);
    // 7.2.3.3: a block that is not compressed.
    let stored = b"\x00\x05\x00\xFA\xFF\x48\x65\x6C\x6C\x6F\x00";
    assert_eq!(serve(&[(TEXT, stored)]).events, [text("Hello")]);
    // 7.2.3.4: a block marked as the last, and after it another message.
    let last = b"\xF3\x48\xCD\xC9\xC9\x07\x00\x00";
    assert_eq!(serve(&[(TEXT, last), (TEXT, hello)]).events, [text("Hello"), text("Hello")]);
    // 7.2.3.5: two blocks.
    let blocks = b"\xF2\x48\x05\x00\x00\x00\xFF\xFF\xCA\xC9\xC9\x07\x00";
    assert_eq!(serve(&[(TEXT, blocks)]).events, [text("Hello")]);
    // 7.2.3.6: an empty message.
    assert_eq!(serve(&[(TEXT, b"\x00"), (TEXT, hello)]).events, [text(""), text("Hello")]);
}

#[test]
fn every_agreement_carries_every_message_both_ways() {
    for takeover in 0..4_u8 {
        for bits in [8, 9, 10, 13, 15] {
            for level in [0, 1, 3, 6, 9] {
                let wishes = DeflateConfig {
                    threshold: 0,
                    level,
                    server_no_context_takeover: takeover & 1 != 0,
                    client_no_context_takeover: takeover & 2 != 0,
                    server_max_window_bits: bits,
                    client_max_window_bits: 23 - bits,
                    ..DeflateConfig::default()
                };
                let (client, server) = agree(&wishes);
                let mut pair = Pair::new(client, server);
                let mut expected = Vec::new();
                for data in messages() {
                    send(&mut pair.client, MessageKind::Binary, &data, &mut pair.to_server)
                        .unwrap();
                    send(&mut pair.server, MessageKind::Binary, &data, &mut pair.to_client)
                        .unwrap();
                    expected.push(Seen::Message(MessageKind::Binary, data));
                }
                pair.drive(7 + usize::from(level) * 1000);
                assert_eq!(pair.server_saw, expected, "{wishes:?}");
                assert_eq!(pair.client_saw, expected, "{wishes:?}");
            }
        }
    }
}

#[test]
fn what_is_sent_is_what_zlib_reads() {
    for wishes in [alone(), takeover()] {
        for bits in [9, 12, 15] {
            let wishes = DeflateConfig { server_max_window_bits: bits, ..wishes.clone() };
            let mut server = Connection::new(agree(&wishes).1);
            let mut out = Vec::new();
            for data in messages() {
                send(&mut server, MessageKind::Binary, &data, &mut out).unwrap();
            }
            let sent = frames(&out);
            assert!(sent.iter().any(|(first, _)| first & 0x40 != 0));
            assert_eq!(inflate_all(&sent, wishes.server_no_context_takeover), messages());
        }
    }
}

#[test]
fn what_zlib_writes_is_read_at_every_cut() {
    for bits in [9, 15] {
        let mut peer = peer(bits);
        let mut numbers = Numbers(31);
        let mut stream = Vec::new();
        let mut expected = Vec::new();
        for data in messages().into_iter().filter(|data| (1..5000).contains(&data.len())) {
            let packed = compress(&mut peer, &data);
            let cut = numbers.below(packed.len() + 1);
            stream.extend(frame(Role::Client, BINARY_BEGIN, &packed[..cut]));
            stream.extend(frame(Role::Client, END, &packed[cut..]));
            expected.push(Seen::Message(MessageKind::Binary, data));
        }
        assert_eq!(replay_every_way(&agree(&takeover()).1, &stream).events, expected);
    }
}

#[test]
fn compressed_and_plain_messages_mix() {
    let mut peer = peer(15);
    let packed = [compress(&mut peer, b"Hello, hello"), compress(&mut peer, b"Hello, hello")];
    let frames: [(u8, &[u8]); 5] = [
        (PLAIN, b"plain"),
        (TEXT, &packed[0]),
        (0x89, b"ping"),
        (PLAIN, b"not in the window"),
        (TEXT, &packed[1]),
    ];
    let expected = [
        text("plain"),
        text("Hello, hello"),
        Seen::Ping(b"ping".to_vec()),
        text("not in the window"),
        text("Hello, hello"),
    ];
    assert_eq!(serve(&frames).events, expected);
}

#[test]
fn control_frames_pass_between_compressed_fragments() {
    let hello = b"\xF2\x48\xCD\xC9\xC9\x07\x00";
    let frames: [(u8, &[u8]); 4] =
        [(TEXT_BEGIN, &hello[..2]), (0x89, b"p"), (MORE, b""), (END, &hello[2..])];
    assert_eq!(serve(&frames).events, [Seen::Ping(b"p".to_vec()), text("Hello")]);
}

#[test]
fn rsv1_stands_on_the_first_frame_of_a_message_only() {
    let failed = Seen::Failed(PeerError::ReservedBits { bits: 0b100 });
    for frames in [
        &[(TEXT_BEGIN, &b"\xF2\x48"[..]), (0xC0, b"\xCD")][..],
        &[(0x01, b"plain"), (0xC0, b"more")],
        &[(0xC9, b"ping")],
        &[(0xCA, b"pong")],
        &[(0xC8, b"\x03\xE8")],
    ] {
        assert_eq!(serve(frames).events, std::slice::from_ref(&failed));
    }
    let plain = replay_every_way(&config(Role::Server), &stream(&[(TEXT, b"\x00")]));
    assert_eq!(plain.events, [failed]);
}

#[test]
fn a_compressed_message_does_not_interrupt_another() {
    let transcript = serve(&[(0x01, b"plain"), (TEXT, b"\x00")]);
    let error = PeerError::ExpectedContinuation { fragments: 1 };
    assert_eq!(transcript.events, [Seen::Failed(error)]);
}

#[test]
fn bytes_that_are_not_deflate_fail_the_connection() {
    // Block type 3 does not exist.
    let transcript = serve(&[(BINARY, b"\x07\x00")]);
    assert_eq!(transcript.events, [Seen::Failed(PeerError::InflateData)]);
    assert_eq!(transcript.sent, [(0x88, b"\x03\xEFinvalid compressed data".to_vec())]);
    // A distance beyond the window: the second example of 7.2.3.2 with nothing before it.
    let transcript = serve(&[(TEXT, b"\xF2\x00\x11\x00\x00")]);
    assert_eq!(transcript.events, [Seen::Failed(PeerError::InflateData)]);
}

#[test]
fn without_context_takeover_a_message_cannot_refer_to_another() {
    let frames: [(u8, &[u8]); 2] =
        [(TEXT, b"\xF2\x48\xCD\xC9\xC9\x07\x00"), (TEXT, b"\xF2\x00\x11\x00\x00")];
    let transcript = replay_every_way(&agree(&alone()).1, &stream(&frames));
    assert_eq!(transcript.events, [text("Hello"), Seen::Failed(PeerError::InflateData)]);
}

#[test]
fn inflated_text_is_utf_8() {
    let whole = "κόσμε 🙂";
    let packed = compress(&mut peer(15), whole.as_bytes());
    assert_eq!(serve(&[(TEXT, &packed)]).events, [text(whole)]);
    for (bad, offset) in [(&b"ok \xFF more"[..], 3), (b"ok \xE2\x82", 3), (b"\xF4\x90", 0)] {
        let packed = compress(&mut peer(15), bad);
        let failed = Seen::Failed(PeerError::InvalidUtf8 { offset });
        assert_eq!(serve(&[(TEXT, &packed)]).events, [failed]);
        let expected = Seen::Message(MessageKind::Binary, bad.to_vec());
        assert_eq!(serve(&[(BINARY, &packed)]).events, [expected]);
    }
}

#[test]
fn bad_inflated_text_fails_before_its_message_ends() {
    let mut text = vec![b'x'; 100];
    text.push(0xFF);
    let packed = compress(&mut peer(15), &text);
    let mut server = Connection::new(agree(&alone()).1);
    let stream = frame(Role::Client, TEXT_BEGIN, &packed);
    let failed = Seen::Failed(PeerError::InvalidUtf8 { offset: 100 });
    assert_eq!(feed(&mut server, &stream, &mut Vec::new()), [failed]);
}

#[test]
fn an_inflated_message_has_a_limit() {
    let (_, server) = agree(&alone());
    let server = Config { max_payload: 1000, ..server };
    let fits = compress(&mut peer(15), &Numbers(37).bytes(1000));
    let over = compress(&mut peer(15), &[7; 1001]);
    let ok = replay_every_way(&server, &frame(Role::Client, BINARY, &fits));
    assert!(matches!(&ok.events[..], [Seen::Message(_, data)] if data.len() == 1000));
    let failed = replay_every_way(&server, &frame(Role::Client, BINARY, &over));
    assert_eq!(failed.events, [Seen::Failed(PeerError::InflatedTooLarge { limit: 1000 })]);
    let close = (0x88, b"\x03\xF1inflated message exceeds 1000 bytes".to_vec());
    assert_eq!(failed.sent, [close]);
    // What no compressor would need to announce is refused unread.
    let header = &frame(Role::Client, BINARY, &[0; 4000])[..8];
    let failed = replay_every_way(&server, header);
    assert_eq!(
        failed.events,
        [Seen::Failed(PeerError::MessageTooLarge { size: 4000, limit: 3024 })]
    );
}

#[test]
fn a_bomb_is_stopped_by_its_ratio() {
    let (_, server) = agree(&alone());
    let server = Config { max_payload: 100 << 20, ..server };
    let bomb = compress(&mut peer(15), &vec![0; 1 << 20]);
    let ratio = PeerError::InflateRatio { limit: INFLATE_MAX_RATIO };
    assert_eq!(ratio.close_code(), 1009);
    let transcript = replay_every_way(&server, &frame(Role::Client, BINARY, &bomb));
    assert_eq!(transcript.events, [Seen::Failed(ratio)]);

    let small = compress(&mut peer(15), &vec![0; INFLATE_RATIO_STEP - 1]);
    let transcript = replay_every_way(&server, &frame(Role::Client, BINARY, &small));
    assert!(
        matches!(&transcript.events[..], [Seen::Message(..)]),
        "small ones may repeat themselves"
    );

    let params = Params { max_ratio: 2000, ..server.deflate.unwrap() };
    let patient = Config { deflate: Some(params), ..server };
    let transcript = replay(&patient, [&frame(Role::Client, BINARY, &bomb)[..]]);
    assert_eq!(transcript.events, [Seen::Message(MessageKind::Binary, vec![0; 1 << 20])]);
}

#[test]
fn broken_streams_fail_alike_at_every_cut() {
    let mut numbers = Numbers(41);
    let config = agree(&takeover()).1;
    let json = br#"{"type":"move","player":17,"x":104.5,"y":-3.25,"name":"alice"}"#.repeat(3);
    let mut failures = 0;
    for _ in 0..300 {
        let mut peer = peer(15);
        let mut packed = compress(&mut peer, &json);
        let at = numbers.below(packed.len());
        packed[at] ^= 1 << numbers.below(8);
        let second = compress(&mut peer, &json);
        let stream = stream(&[(TEXT, &packed), (TEXT, &second)]);
        let transcript = replay_every_way(&config, &stream);
        failures += usize::from(matches!(transcript.events.last(), Some(Seen::Failed(_))));
    }
    assert!(failures > 100, "{failures}");
}

#[test]
fn small_messages_go_out_as_they_are() {
    let (client, _) = agree(&DeflateConfig { threshold: 100, ..takeover() });
    let mut client = Connection::new(client);
    let mut out = Vec::new();
    send(&mut client, MessageKind::Text, &[b'x'; 99], &mut out).unwrap();
    send(&mut client, MessageKind::Text, &[b'x'; 100], &mut out).unwrap();
    client
        .send(Outgoing { kind: MessageKind::Text, len: 100, compress: None }, &mut out, |out| {
            out.extend([b'x'; 100]);
        })
        .unwrap();
    let firsts: Vec<u8> = frames(&out).iter().map(|(first, _)| *first).collect();
    assert_eq!(firsts, [PLAIN, TEXT, TEXT]);
}

#[test]
fn what_compression_would_only_enlarge_goes_out_as_it_is() {
    let mut server = Connection::new(agree(&alone()).1);
    let mut out = Vec::new();
    let noise = Numbers(43).bytes(5000);
    send(&mut server, MessageKind::Binary, &noise, &mut out).unwrap();
    assert_eq!(frames(&out), [(0x82, noise)]);
}

#[test]
fn with_a_window_of_8_bits_nothing_is_compressed() {
    let (client, server) = agree(&DeflateConfig { server_max_window_bits: 8, ..takeover() });
    assert_eq!(server.deflate.unwrap().compress_bits, 8);
    let mut out = Vec::new();
    send(&mut Connection::new(server), MessageKind::Text, &[b'x'; 5000], &mut out).unwrap();
    assert_eq!(frames(&out)[0].0, PLAIN);
    let mut out = Vec::new();
    send(&mut Connection::new(client), MessageKind::Text, &[b'x'; 5000], &mut out).unwrap();
    assert_eq!(frames(&out)[0].0, TEXT);
}

#[test]
fn a_shared_frame_is_read_by_all_who_agreed() {
    let (client, server) = agree(&alone());
    let connection = Connection::new(server);
    let mut out = Vec::new();
    for data in [&b"tiny"[..], &[b'x'; 3000]] {
        out.extend_from_slice(&shared_frame(&connection, data));
    }
    assert_eq!(frames(&out)[1].0, TEXT);
    assert!(out.len() < 100, "{}", out.len());
    let expected = [text("tiny"), text(&"x".repeat(3000))];
    assert_eq!(replay_every_way(&client, &out).events, expected);
}

fn shared_frame(connection: &Connection, data: &[u8]) -> Vec<u8> {
    let mut message = SharedMessage::new(MessageKind::Text, data, None);
    match connection.encoding_of(&mut message).unwrap() {
        Encoding::Frame(frame, _) => frame.to_vec(),
        Encoding::Own => panic!("it could be shared"),
    }
}

#[test]
fn a_message_for_many_is_compressed_once_for_each_window() {
    let small = DeflateConfig { server_max_window_bits: 10, ..alone() };
    let connections = [&alone(), &small, &alone()].map(|wishes| Connection::new(agree(wishes).1));
    let data = [b'x'; 3000];
    let mut message = SharedMessage::new(MessageKind::Text, &data, None);
    let mut frames = Vec::new();
    for connection in &connections {
        match connection.encoding_of(&mut message).unwrap() {
            Encoding::Frame(frame, true) => frames.push(frame.clone()),
            other => panic!("{other:?}"),
        }
    }
    assert!(
        std::sync::Arc::ptr_eq(&frames[0], &frames[2])
            && !std::sync::Arc::ptr_eq(&frames[0], &frames[1])
    );
    let plain = Connection::new(Config::new(Role::Server));
    assert!(matches!(plain.encoding_of(&mut message), Ok(Encoding::Frame(_, false))));
    assert_eq!(message.frames().count(), 3);
}

#[test]
fn who_keeps_a_context_or_masks_is_sent_a_frame_of_its_own() {
    let data = [b'x'; 3000];
    let (client, server) = agree(&takeover());
    for config in [server, client] {
        let mut message = SharedMessage::new(MessageKind::Text, &data, None);
        let connection = Connection::new(config);
        assert!(matches!(connection.encoding_of(&mut message), Ok(Encoding::Own)));
    }
}

#[test]
fn noise_for_many_is_found_out_once_and_goes_out_as_it_is() {
    let noise = Numbers(43).bytes(5000);
    let connection = Connection::new(agree(&alone()).1);
    let mut message = SharedMessage::new(MessageKind::Binary, &noise, None);
    for _ in 0..2 {
        assert!(matches!(connection.encoding_of(&mut message), Ok(Encoding::Frame(_, false))));
    }
    assert_eq!(message.frames().count(), 1);
}

#[test]
fn contexts_are_counted_while_they_live() {
    assert_eq!(held(), 0);
    let (_, server) = agree(&alone());
    let mut connection = Connection::new(server);
    send(&mut connection, MessageKind::Text, &[b'x'; 5000], &mut Vec::new()).unwrap();
    assert_eq!(held(), 0, "without takeover nothing is kept");

    let (_, server) = agree(&takeover());
    let mut connection = Connection::new(server);
    let receiving = held();
    assert!(receiving > 0, "the peer may use its context at any time");
    send(&mut connection, MessageKind::Text, &[b'x'; 5000], &mut Vec::new()).unwrap();
    assert!(held() > receiving, "a context for sending is made when it is used");
    connection.handle_eof();
    assert_eq!(held(), 0, "the end of TCP is the end of contexts");
}

#[test]
fn beyond_the_memory_limit_nothing_is_kept() {
    let wishes = DeflateConfig { memory_limit: 60_000, ..takeover() };
    let (client, server) = agree(&wishes);
    assert!(server.deflate.unwrap().inflate_takeover);
    let mut first = Connection::new(server);
    // The next one is asked to send without context.
    let (next_client, next_server) = agree(&wishes);
    assert!(!next_server.deflate.unwrap().inflate_takeover);
    assert!(!next_client.deflate.unwrap().compress_takeover);
    // Context for sending would exceed the limit: each message is compressed alone, as any peer can
    // read.
    let before = held();
    let mut out = Vec::new();
    for _ in 0..3 {
        send(&mut first, MessageKind::Text, &[b'x'; 3000], &mut out).unwrap();
    }
    assert_eq!(held(), before);
    let sent = frames(&out);
    assert_eq!(sent[0], sent[2]);
    let expected = vec![text(&"x".repeat(3000)); 3];
    assert_eq!(replay(&client, [&out[..]]).events, expected);
}

#[test]
fn connections_without_context_take_turns_in_the_middle_of_messages() {
    let (_, server) = agree(&alone());
    let data = messages().swap_remove(4);
    let packed = compress(&mut peer(15), &data);
    let stream = frame(Role::Client, BINARY, &packed);
    let mut connections: Vec<Connection> =
        (0..10).map(|_| Connection::new(server.clone())).collect();
    let mut seen = vec![Vec::new(); 10];
    for piece in stream.chunks(5) {
        for (connection, seen) in connections.iter_mut().zip(&mut seen) {
            seen.extend(feed(connection, piece, &mut Vec::new()));
        }
    }
    for seen in seen {
        assert_eq!(seen, [Seen::Message(MessageKind::Binary, data.clone())]);
    }
}

#[test]
fn a_closing_connection_still_reads_compressed_messages() {
    let mut server = Connection::new(agree(&takeover()).1);
    let mut out = Vec::new();
    server.close(Some(1000), "", &mut out).unwrap();
    let hello = stream(&[(TEXT, b"\xF2\x48\xCD\xC9\xC9\x07\x00")]);
    assert_eq!(feed(&mut server, &hello, &mut out), [text("Hello")]);
}

#[test]
fn any_bytes_at_all_end_alike_however_they_are_cut() {
    let mut numbers = Numbers(47);
    for round in 0..3000 {
        let (client, server) = agree(&takeover());
        let (mut config, peer) =
            if round % 2 == 0 { (server, Role::Client) } else { (client, Role::Server) };
        config.max_payload = [0, 50, 1 << 20][round % 3];
        config.max_fragments = 4;
        let mut stream = Vec::new();
        for _ in 0..4 {
            let first = [TEXT, BINARY, TEXT_BEGIN, END, MORE, PLAIN, 0x89][numbers.below(7)];
            let length = numbers.below(30);
            stream.extend(frame(peer, first, &numbers.bytes(length)));
        }
        let length = numbers.below(20);
        stream.extend(numbers.bytes(length));
        replay_every_way(&config, &stream);
    }
}
