use super::config;
use crate::limits::{MAX_FRAGMENTS, PONG_BACKLOG};
use crate::proto::ws::Outgoing;
use crate::proto::ws::opcode::{MessageKind, Opcode};
use crate::proto::ws::testing::*;
use crate::proto::ws::{Config, Connection, Event, Payload, PeerError, Role, State, UsageError};

const TEXT: u8 = 0x81;
const TEXT_BEGIN: u8 = 0x01;
const BINARY_BEGIN: u8 = 0x02;
const MORE: u8 = 0x00;
const END: u8 = 0x80;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
const PONG: u8 = 0x8A;

/// Frames from a client, as one stream.
fn stream(frames: &[(u8, &[u8])]) -> Vec<u8> {
    frames.iter().flat_map(|(first, payload)| frame(Role::Client, *first, payload)).collect()
}

/// What a server with default limits makes of frames, cut every way.
fn serve(frames: &[(u8, &[u8])]) -> Transcript {
    replay_every_way(&config(Role::Server), &stream(frames))
}

fn text(text: &str) -> Seen {
    Seen::Message(MessageKind::Text, text.as_bytes().to_vec())
}

fn close_frame(code: u16, reason: &str) -> (u8, Vec<u8>) {
    (CLOSE, [&code.to_be_bytes(), reason.as_bytes()].concat())
}

/// The stream fails with this error, its Close frame carries the code and the message, and nothing
/// follows.
fn assert_fails(frames: &[(u8, &[u8])], error: PeerError, code: u16) {
    let transcript = serve(frames);
    assert_eq!(transcript.events.last(), Some(&Seen::Failed(error)));
    assert_eq!(transcript.sent.last(), Some(&close_frame(code, &error.to_string())));
    assert_eq!(transcript.state, State::Closing);
}

#[test]
fn sizes_stay_small() {
    assert!(size_of::<PeerError>() <= 32);
    assert!(size_of::<UsageError>() <= 32);
    assert!(size_of::<Event>() <= 48, "{}", size_of::<Event>());
    assert!(size_of::<Connection>() <= 320, "{}", size_of::<Connection>());
}

#[test]
fn messages_of_every_length_form_arrive() {
    for length in [0, 1, 125, 126, 300] {
        let payload = "x".repeat(length);
        assert_eq!(serve(&[(TEXT, payload.as_bytes())]).events, [text(&payload)]);
    }
    let config = config(Role::Server);
    for length in [65535, 65536, 100_000] {
        let payload = vec![7; length];
        let stream = frame(Role::Client, 0x82, &payload);
        for size in [1000, 65536, stream.len()] {
            let expected = [Seen::Message(MessageKind::Binary, payload.clone())];
            assert_eq!(replay(&config, stream.chunks(size)).events, expected);
        }
    }
}

#[test]
fn a_message_whole_in_the_input_is_not_copied() {
    let mut server = Connection::new(config(Role::Server));
    let mut input = frame(Role::Client, TEXT, b"Hello");
    let mut pos = 0;
    let event = server.receive(&mut input, &mut pos, &mut Vec::new());
    let payload = Payload::InPlace(6..11);
    assert_eq!(event, Some(Event::Message { kind: MessageKind::Text, payload }));
    assert_eq!(&input[6..11], b"Hello");
}

#[test]
fn fragments_make_one_message() {
    let transcript =
        serve(&[(TEXT_BEGIN, b"Hel"), (MORE, b""), (MORE, b"l"), (END, b"o"), (TEXT, b"next")]);
    assert_eq!(transcript.events, [text("Hello"), text("next")]);
    let transcript = serve(&[(BINARY_BEGIN, b"\xFF"), (END, b"")]);
    assert_eq!(transcript.events, [Seen::Message(MessageKind::Binary, vec![0xFF])]);
    assert_eq!(serve(&[(TEXT_BEGIN, b""), (END, b"")]).events, [text("")]);
}

#[test]
fn control_frames_pass_between_fragments() {
    let transcript =
        serve(&[(TEXT_BEGIN, b"Hel"), (PING, b"p"), (MORE, b"l"), (PONG, b"q"), (END, b"o")]);
    assert_eq!(
        transcript.events,
        [Seen::Ping(b"p".to_vec()), Seen::Pong(b"q".to_vec()), text("Hello")]
    );
    assert_eq!(transcript.sent, [(PONG, b"p".to_vec())]);
}

#[test]
fn a_close_between_fragments_is_a_close() {
    let transcript = serve(&[(TEXT_BEGIN, b"Hel"), (CLOSE, b"\x03\xE8"), (END, b"lo")]);
    assert_eq!(transcript.events, [Seen::Close(Some(1000), String::new())]);
}

#[test]
fn a_server_takes_only_masked_frames() {
    let transcript = replay_every_way(&config(Role::Server), &frame(Role::Server, TEXT, b"Hello"));
    assert_eq!(transcript.events, [Seen::Failed(PeerError::NotMasked)]);
    assert_eq!(transcript.sent, [close_frame(1002, "frame from a client is not masked")]);
}

#[test]
fn a_client_takes_no_masked_frame_and_masks_its_own() {
    let transcript = replay_every_way(&config(Role::Client), &frame(Role::Client, TEXT, b"Hello"));
    assert_eq!(transcript.events, [Seen::Failed(PeerError::Masked)]);
    assert_eq!(transcript.sent, [close_frame(1002, "frame from a server is masked")]);
    let mut client = Connection::new(config(Role::Client));
    let mut out = Vec::new();
    send(&mut client, MessageKind::Text, b"Hello, hello", &mut out).unwrap();
    assert_eq!(out[1], 0x80 + 12);
    assert_ne!(&out[6..], b"Hello, hello");
    assert_eq!(frames(&out), [(TEXT, b"Hello, hello".to_vec())]);
}

#[test]
fn a_frame_that_fits_nowhere_fails_the_connection() {
    assert_fails(&[(END, b"x")], PeerError::UnexpectedContinuation, 1002);
    assert_fails(&[(TEXT, b"x"), (MORE, b"x")], PeerError::UnexpectedContinuation, 1002);
    let error = PeerError::ExpectedContinuation { fragments: 2 };
    assert_fails(&[(TEXT_BEGIN, b"x"), (MORE, b"x"), (TEXT, b"y")], error, 1002);
    let error = PeerError::ExpectedContinuation { fragments: 1 };
    assert_fails(&[(BINARY_BEGIN, b""), (BINARY_BEGIN, b"y")], error, 1002);
    assert_fails(&[(0x83, b"")], PeerError::ReservedOpcode { opcode: 3 }, 1002);
    assert_fails(&[(0x09, b"")], PeerError::ControlFragmented { opcode: 9 }, 1002);
    assert_fails(&[(PING, &[0; 126])], PeerError::ControlTooLong { opcode: 9 }, 1002);
}

#[test]
fn reserved_bits_fail_where_nothing_is_negotiated() {
    for (first, bits) in [(0xC1, 4), (0xC2, 4), (0xC9, 4), (0xA1, 2), (0x91, 1), (0xD1, 5)] {
        assert_fails(&[(first, b"x")], PeerError::ReservedBits { bits }, 1002);
    }
}

#[test]
fn text_is_utf_8_across_fragments_and_pieces() {
    let whole = "κόσμε 🙂";
    let bytes = whole.as_bytes();
    for cut in 0..=bytes.len() {
        let transcript = serve(&[(TEXT_BEGIN, &bytes[..cut]), (END, &bytes[cut..])]);
        assert_eq!(transcript.events, [text(whole)]);
    }
    assert_fails(&[(TEXT, b"abc\xE2\x82")], PeerError::InvalidUtf8 { offset: 3 }, 1007);
    assert_fails(
        &[(TEXT_BEGIN, b"abc\xE2"), (END, b"\x28")],
        PeerError::InvalidUtf8 { offset: 3 },
        1007,
    );
    assert_fails(&[(TEXT_BEGIN, b"\xE2"), (END, b"")], PeerError::InvalidUtf8 { offset: 0 }, 1007);
}

#[test]
fn bad_text_fails_before_its_frame_ends() {
    let mut server = Connection::new(config(Role::Server));
    let stream = frame(Role::Client, TEXT_BEGIN, b"\xF4\x90\x80\x80 and much more");
    assert_eq!(feed(&mut server, &stream[..7], &mut Vec::new()), []);
    let failed = Seen::Failed(PeerError::InvalidUtf8 { offset: 0 });
    assert_eq!(feed(&mut server, &stream[7..8], &mut Vec::new()), [failed]);
}

#[test]
fn text_of_one_message_does_not_touch_the_next() {
    let transcript = serve(&[(BINARY_BEGIN, b"\xE2"), (END, b""), (TEXT_BEGIN, b"a"), (END, b"b")]);
    assert_eq!(transcript.events, [Seen::Message(MessageKind::Binary, vec![0xE2]), text("ab")]);
}

#[test]
fn a_message_is_too_large_as_soon_as_its_headers_say_so() {
    let config = Config { max_payload: 10, ..config(Role::Server) };
    let frames =
        [frame(Role::Client, TEXT, b"0123456789"), frame(Role::Client, TEXT_BEGIN, b"01234")];
    let ok = frames.concat();
    assert_eq!(replay_every_way(&config, &ok).events, [text("0123456789")]);
    // Only the header of the next fragment is there.
    let header = &frame(Role::Client, END, b"567890")[..6];
    let transcript = replay_every_way(&config, &[&ok, header].concat());
    let error = PeerError::MessageTooLarge { size: 11, limit: 10 };
    assert_eq!(transcript.events, [text("0123456789"), Seen::Failed(error)]);
    assert_eq!(transcript.sent, [close_frame(1009, "message of 11 bytes exceeds 10")]);
    // Control frames between fragments do not count.
    let stream =
        [&ok, &frame(Role::Client, PING, &[0; 100])[..], &frame(Role::Client, END, b"56789")]
            .concat();
    assert_eq!(replay_every_way(&config, &stream).events.last(), Some(&text("0123456789")));
}

#[test]
fn too_many_fragments_fail_empty_ones_too() {
    let config = Config { max_fragments: 3, ..config(Role::Server) };
    let ok = stream(&[(TEXT_BEGIN, b""), (MORE, b""), (END, b"x")]);
    assert_eq!(replay_every_way(&config, &[&ok[..], &ok].concat()).events, [text("x"), text("x")]);
    let bad = stream(&[(TEXT_BEGIN, b""), (MORE, b""), (MORE, b""), (MORE, b"")]);
    let transcript = replay_every_way(&config, &bad);
    assert_eq!(transcript.events, [Seen::Failed(PeerError::TooManyFragments { limit: 3 })]);
    assert_eq!(transcript.sent, [close_frame(1008, "message of more than 3 fragments")]);
    assert_eq!(super::config(Role::Server).max_fragments, MAX_FRAGMENTS);
}

#[test]
fn a_ping_is_answered_at_once_with_its_payload() {
    let payload = [9; 125];
    let transcript = serve(&[(PING, b""), (PING, &payload)]);
    assert_eq!(transcript.events, [Seen::Ping(vec![]), Seen::Ping(payload.to_vec())]);
    assert_eq!(transcript.sent, [(PONG, vec![]), (PONG, payload.to_vec())]);
}

#[test]
fn ten_pings_get_ten_pongs() {
    let pings: Vec<Vec<u8>> = (0..10).map(|i| vec![i; 125]).collect();
    let frames: Vec<(u8, &[u8])> = pings.iter().map(|payload| (PING, &payload[..])).collect();
    let expected: Vec<(u8, Vec<u8>)> =
        pings.iter().map(|payload| (PONG, payload.clone())).collect();
    assert_eq!(serve(&frames).sent, expected);
}

#[test]
fn a_ping_flood_gets_the_latest_pong_when_the_host_has_drained() {
    let mut server = Connection::new(config(Role::Server));
    let mut out = Vec::new();
    for i in 0..1000_u32 {
        let ping = frame(Role::Client, PING, &i.to_be_bytes().repeat(31));
        assert_eq!(feed(&mut server, &ping, &mut out).len(), 1, "every ping is an event");
    }
    assert!(out.len() < PONG_BACKLOG + 127, "{}", out.len());
    out.clear();
    server.flush_pong(&mut out);
    assert_eq!(frames(&out), [(PONG, 999_u32.to_be_bytes().repeat(31))]);
    out.clear();
    server.flush_pong(&mut out);
    assert!(out.is_empty());
}

#[test]
fn a_ping_answered_at_once_replaces_one_held_back() {
    let mut server = Connection::new(config(Role::Server));
    let mut out = vec![0; PONG_BACKLOG];
    feed(&mut server, &frame(Role::Client, PING, b"old"), &mut out);
    out.clear();
    feed(&mut server, &frame(Role::Client, PING, b"new"), &mut out);
    server.flush_pong(&mut out);
    assert_eq!(frames(&out), [(PONG, b"new".to_vec())]);
}

#[test]
fn no_pong_follows_a_close() {
    let mut server = Connection::new(config(Role::Server));
    feed(&mut server, &frame(Role::Client, PING, b"held"), &mut vec![0; PONG_BACKLOG]);
    let mut out = Vec::new();
    server.close(Some(1000), "", &mut out).unwrap();
    feed(&mut server, &frame(Role::Client, PING, b"late"), &mut out);
    server.flush_pong(&mut out);
    assert_eq!(frames(&out), [close_frame(1000, "")]);
}

#[test]
fn a_close_is_echoed_and_ends_the_input() {
    let transcript =
        serve(&[(CLOSE, b"\x0F\xA0bye"), (TEXT, b"late"), (PING, b""), (0xFF, b"junk")]);
    assert_eq!(transcript.events, [Seen::Close(Some(4000), "bye".to_owned())]);
    assert_eq!(transcript.sent, [close_frame(4000, "bye")]);
    assert_eq!(transcript.state, State::Closing);
}

#[test]
fn a_close_without_a_code_is_answered_without_one() {
    let transcript = serve(&[(CLOSE, b"")]);
    assert_eq!(transcript.events, [Seen::Close(None, String::new())]);
    assert_eq!(transcript.sent, [(CLOSE, vec![])]);
}

#[test]
fn a_bad_close_fails_the_connection() {
    assert_fails(&[(CLOSE, b"\x03")], PeerError::CloseTruncated, 1002);
    assert_fails(&[(CLOSE, b"\x03\xED")], PeerError::CloseCode { code: 1005 }, 1002);
    assert_fails(&[(CLOSE, b"\x03\xE8a\xFF")], PeerError::CloseReason { offset: 1 }, 1007);
}

#[test]
fn close_info_is_what_a_close_event_shows() {
    let info = |frames: &[(u8, &[u8])]| {
        let mut server = Connection::new(config(Role::Server));
        feed(&mut server, &stream(frames), &mut Vec::new());
        server.handle_eof();
        assert_eq!(server.state(), State::Closed);
        let info = server.close_info();
        (info.code, info.reason, info.was_clean)
    };
    assert_eq!(info(&[(CLOSE, b"\x0F\xA0bye")]), (4000, "bye".to_owned(), true));
    assert_eq!(info(&[(CLOSE, b"")]), (1005, String::new(), true));
    assert_eq!(info(&[]), (1006, String::new(), false));
    let truncated = "close payload of 1 byte".to_owned();
    assert_eq!(info(&[(CLOSE, b"\x03")]), (1002, truncated, false));
    let unexpected = "continuation frame without a message to continue".to_owned();
    assert_eq!(info(&[(MORE, b"")]), (1002, unexpected, false));
}

#[test]
fn a_server_knows_why_it_ended_a_connection_whatever_the_peer_answers() {
    let ends = |role: Role, answer: Option<&[u8]>| {
        let mut connection = Connection::new(config(role));
        let mut out = Vec::new();
        connection.close_for_fault(1011, "oops", &mut out).unwrap();
        assert_eq!(frames(&out), [close_frame(1011, "oops")]);
        if let Some(answer) = answer {
            let peer = if role == Role::Server { Role::Client } else { Role::Server };
            feed(&mut connection, &frame(peer, CLOSE, answer), &mut out);
        }
        connection.handle_eof();
        let info = connection.close_info();
        (info.code, info.reason, info.was_clean)
    };
    assert_eq!(ends(Role::Server, None), (1011, "oops".to_owned(), false));
    assert_eq!(ends(Role::Server, Some(b"")), (1011, "oops".to_owned(), true));
    assert_eq!(ends(Role::Client, None), (1006, String::new(), false));
    assert_eq!(ends(Role::Client, Some(b"")), (1005, String::new(), true));
}

#[test]
fn messages_go_on_arriving_until_the_peer_closes_too() {
    let mut server = Connection::new(config(Role::Server));
    let mut out = Vec::new();
    server.close(Some(1001), "restart", &mut out).unwrap();
    let stream = stream(&[(TEXT, b"in flight"), (CLOSE, b"\x03\xE9"), (TEXT, b"late")]);
    let events = feed(&mut server, &stream, &mut out);
    assert_eq!(events, [text("in flight"), Seen::Close(Some(1001), String::new())]);
    assert_eq!(frames(&out), [close_frame(1001, "restart")]);
    assert!(server.close_info().was_clean);
}

#[test]
fn both_ends_may_close_at_once() {
    for size in [1, 2, 1000] {
        let mut pair = Pair::new(config(Role::Client), config(Role::Server));
        pair.client.close(Some(1000), "c", &mut pair.to_server).unwrap();
        pair.server.close(Some(1001), "s", &mut pair.to_client).unwrap();
        pair.drive(size);
        assert_eq!(pair.client_saw, [Seen::Close(Some(1001), "s".to_owned())]);
        assert_eq!(pair.server_saw, [Seen::Close(Some(1000), "c".to_owned())]);
        assert!(pair.client.close_info().was_clean && pair.server.close_info().was_clean);
    }
}

#[test]
fn nothing_is_sent_after_close_and_a_second_close_is_no_fault() {
    let mut server = Connection::new(config(Role::Server));
    let mut out = Vec::new();
    server.close(None, "", &mut out).unwrap();
    let closing = Err(UsageError::NotOpen { state: State::Closing });
    let message = Outgoing { kind: MessageKind::Text, len: 1, compress: None };
    assert_eq!(server.send(message, &mut out, |_| unreachable!()).map(drop), closing);
    assert_eq!(server.ping(b"", &mut out), closing);
    assert_eq!(server.pong(b"", &mut out), closing);
    assert_eq!(server.close(Some(1000), "", &mut out), Ok(()));
    server.fail(1011, "", &mut out);
    assert_eq!(frames(&out), [(CLOSE, vec![])]);
    server.handle_eof();
    let closed = Err(UsageError::NotOpen { state: State::Closed });
    assert_eq!(send(&mut server, MessageKind::Text, b"x", &mut out).map(drop), closed);
}

#[test]
fn a_refused_call_writes_nothing() {
    let mut server = Connection::new(config(Role::Server));
    let mut out = Vec::new();
    let too_long = UsageError::ControlTooLong { length: 126 };
    assert_eq!(server.ping(&[0; 126], &mut out), Err(too_long));
    assert_eq!(server.pong(&[0; 126], &mut out), Err(too_long));
    assert_eq!(server.close(Some(1005), "", &mut out), Err(UsageError::CloseCode { code: 1005 }));
    let reason = "x".repeat(124);
    assert_eq!(
        server.close(Some(1000), &reason, &mut out),
        Err(UsageError::ReasonTooLong { length: 124 })
    );
    assert!(out.is_empty());
    assert_eq!(server.state(), State::Open);
}

#[test]
fn failing_says_why_and_discards_the_rest() {
    let mut server = Connection::new(config(Role::Server));
    let mut out = Vec::new();
    feed(&mut server, &frame(Role::Client, TEXT_BEGIN, b"begun"), &mut out);
    server.fail(1011, &"é".repeat(100), &mut out);
    assert_eq!(frames(&out), [close_frame(1011, &"é".repeat(61))]);
    assert_eq!(feed(&mut server, &frame(Role::Client, CLOSE, b"\x03\xE8"), &mut out), []);
    assert!(!server.close_received());
    assert!(!server.close_info().was_clean);
}

#[test]
fn a_fault_after_this_end_closed_writes_no_second_close() {
    let mut server = Connection::new(config(Role::Server));
    let mut out = Vec::new();
    server.close(Some(1000), "", &mut out).unwrap();
    let events = feed(&mut server, &[0xFF, 0xFF], &mut out);
    assert_eq!(events, [Seen::Failed(PeerError::ReservedOpcode { opcode: 15 })]);
    assert_eq!(frames(&out), [close_frame(1000, "")]);
    assert_eq!(server.close_info().code, 1006);
}

#[test]
fn a_payload_is_written_in_place() {
    for role in [Role::Client, Role::Server] {
        let mut connection = Connection::new(config(role));
        let mut out = b"".to_vec();
        connection
            .send(
                Outgoing { kind: MessageKind::Binary, len: 200, compress: None },
                &mut out,
                |out| out.extend([7; 200]),
            )
            .unwrap();
        assert_eq!(frames(&out), [(fin(Opcode::Binary), vec![7; 200])]);
    }
}

#[test]
#[should_panic(expected = "the payload has the length its header announces")]
fn a_payload_of_another_length_than_announced_is_a_bug() {
    let mut server = Connection::new(config(Role::Server));
    let _result = server.send(
        Outgoing { kind: MessageKind::Binary, len: 5, compress: None },
        &mut Vec::new(),
        |out| out.push(1),
    );
}
