//! The same streams through this core and through tungstenite: they must say the same.

use std::io::{self, Cursor, Read, Write};

use tungstenite::protocol::frame::coding::{Control, Data, OpCode};
use tungstenite::protocol::frame::{Frame, FrameHeader};
use tungstenite::protocol::{Role as TheirRole, WebSocketConfig};
use tungstenite::{Message, WebSocket};

use super::{Numbers, config};
use crate::proto::ws::frame::Header;
use crate::proto::ws::opcode::{MessageKind, Opcode};
use crate::proto::ws::testing::{Seen, feed, frame, replay, send};
use crate::proto::ws::{Connection, Role};

/// A stream that gives one input and keeps the output.
#[derive(Default)]
struct Wire {
    input: Cursor<Vec<u8>>,
    output: Vec<u8>,
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.input.read(buffer)? {
            0 => Err(io::ErrorKind::WouldBlock.into()),
            count => Ok(count),
        }
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.output.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn theirs(role: Role, input: Vec<u8>) -> WebSocket<Wire> {
    let role = if role == Role::Client { TheirRole::Client } else { TheirRole::Server };
    let wire = Wire { input: Cursor::new(input), output: Vec::new() };
    let config =
        WebSocketConfig::default().max_message_size(Some(1 << 20)).max_frame_size(Some(1 << 20));
    WebSocket::from_raw_socket(wire, role, Some(config))
}

/// What tungstenite sees in a stream, faults and all.
fn they_see(role: Role, stream: &[u8]) -> (Vec<Seen>, bool) {
    let mut socket = theirs(role, stream.to_vec());
    let mut seen = Vec::new();
    loop {
        match socket.read() {
            Ok(Message::Text(text)) => {
                seen.push(Seen::Message(MessageKind::Text, text.as_bytes().to_vec()));
            }
            Ok(Message::Binary(bytes)) => {
                seen.push(Seen::Message(MessageKind::Binary, bytes.to_vec()));
            }
            Ok(Message::Ping(bytes)) => seen.push(Seen::Ping(bytes.to_vec())),
            Ok(Message::Pong(bytes)) => seen.push(Seen::Pong(bytes.to_vec())),
            Ok(Message::Close(close)) => {
                let code = close.as_ref().map(|close| u16::from(close.code));
                seen.push(Seen::Close(
                    code,
                    close.map_or_else(String::new, |c| c.reason.to_string()),
                ));
                return (seen, false);
            }
            Ok(Message::Frame(_)) => unreachable!("only asked for by a caller"),
            Err(tungstenite::Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                return (seen, false);
            }
            Err(_) => return (seen, true),
        }
    }
}

fn we_see(role: Role, stream: &[u8], size: usize) -> (Vec<Seen>, bool) {
    let mut seen = replay(&config(role), stream.chunks(size)).events;
    let failed = matches!(seen.last(), Some(Seen::Failed(_)));
    if failed {
        seen.pop();
    }
    (seen, failed)
}

/// A stream of mostly legal frames with a legal or slightly wrong header each.
fn random_stream(numbers: &mut Numbers, from: Role) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut in_message = false;
    for _ in 0..=numbers.below(6) {
        let length = [0, 1, 3, 20, 125, 126, 200, 70_000][numbers.below(8)];
        let (first, payload) = match numbers.below(8) {
            0 => (0x89, numbers.bytes(length.min(125))),
            1 => (0x8A, numbers.bytes(length.min(125))),
            2 if numbers.below(4) == 0 => (0x88, [&[0x03, 0xE8][..], b"bye"].concat()),
            3 if numbers.below(8) == 0 => (numbers.bytes(1)[0], numbers.bytes(length.min(200))),
            _ => {
                let fin = numbers.below(2) == 0;
                let text = numbers.below(2) == 0;
                let opcode = if in_message { 0 } else { 1 + u8::from(!text) };
                in_message = !fin;
                (
                    u8::from(fin) << 7 | opcode,
                    "aé".repeat(length).into_bytes()[..length / 3 * 3].to_vec(),
                )
            }
        };
        stream.extend(frame(from, first, &payload));
    }
    if numbers.below(6) == 0 {
        // One wrong bit anywhere.
        let at = numbers.below(stream.len());
        stream[at] ^= 1 << numbers.below(8);
    }
    stream
}

#[test]
fn random_streams_are_understood_alike() {
    let mut numbers = Numbers(17);
    let mut failures = 0;
    for round in 0..4000 {
        let (role, peer) = if round % 2 == 0 {
            (Role::Server, Role::Client)
        } else {
            (Role::Client, Role::Server)
        };
        let stream = random_stream(&mut numbers, peer);
        let size = [1, 7, 1000, stream.len()][round % 4];
        let ours = we_see(role, &stream, size);
        let theirs = they_see(role, &stream);
        if ours != theirs {
            assert!(ours.1 && stricter(&ours.0, &theirs.0), "{role:?}: {ours:?} and {theirs:?}");
        }
        failures += usize::from(ours.1);
    }
    assert!(
        (100..3000).contains(&failures),
        "{failures} of 4000 streams were bad: both kinds are needed"
    );
}

/// Where this core fails and theirs goes on: it saw the same up to there. Theirs lets pass lengths
/// that are not in their shortest form, and looks at a control frame or bad text only when the
/// frame is whole.
fn stricter(ours: &[Seen], theirs: &[Seen]) -> bool {
    theirs.starts_with(ours)
}

#[test]
fn frame_headers_are_written_alike() {
    let mut numbers = Numbers(19);
    for opcode in [Opcode::Text, Opcode::Binary, Opcode::Ping, Opcode::Pong, Opcode::Close] {
        for length in [0, 1, 124, 125, 126, 127, 65535, 65536] {
            let limit = if opcode.is_control() { 125 } else { usize::MAX };
            let payload = numbers.bytes(length.min(limit));
            let their_opcode = match opcode {
                Opcode::Text => OpCode::Data(Data::Text),
                Opcode::Binary => OpCode::Data(Data::Binary),
                Opcode::Ping => OpCode::Control(Control::Ping),
                Opcode::Pong => OpCode::Control(Control::Pong),
                _ => OpCode::Control(Control::Close),
            };
            for (role, mask) in
                [(Role::Client, Some([0x37, 0xFA, 0x21, 0x3D])), (Role::Server, None)]
            {
                let header = FrameHeader {
                    is_final: true,
                    opcode: their_opcode,
                    mask,
                    ..FrameHeader::default()
                };
                let mut theirs = Vec::new();
                Frame::from_payload(header, payload.clone().into()).format(&mut theirs).unwrap();
                // Their header codec writes the masking key it is given and masks with it.
                let theirs = if mask.is_some() { remask(&theirs) } else { theirs };
                assert_eq!(
                    frame(role, 0x80 | opcode as u8, &payload),
                    theirs,
                    "{opcode:?} {length}"
                );
            }
        }
    }
}

/// Whatever key it drew, the payload under ours.
fn remask(bytes: &[u8]) -> Vec<u8> {
    let (header, size) = Header::decode(bytes).unwrap().unwrap();
    let key = header.key.unwrap();
    let payload: Vec<u8> =
        bytes[size..].iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key).collect();
    frame(Role::Client, bytes[0], &payload)
}

#[test]
fn what_one_sends_the_other_reads() {
    let mut numbers = Numbers(23);
    let messages: Vec<(MessageKind, Vec<u8>)> = [0, 1, 125, 126, 65535, 65536, 100_000]
        .into_iter()
        .flat_map(|length| {
            [(MessageKind::Binary, numbers.bytes(length)), (MessageKind::Text, vec![b'x'; length])]
        })
        .collect();
    let expected: Vec<Seen> =
        messages.iter().map(|(kind, data)| Seen::Message(*kind, data.clone())).collect();
    for (ours, peer) in [(Role::Client, Role::Server), (Role::Server, Role::Client)] {
        let mut connection = Connection::new(config(ours));
        let mut out = Vec::new();
        for (kind, data) in &messages {
            send(&mut connection, *kind, data, &mut out).unwrap();
        }
        assert_eq!(they_see(peer, &out), (expected.clone(), false));

        let mut socket = theirs(peer, Vec::new());
        for (kind, data) in &messages {
            let message = match kind {
                MessageKind::Text => Message::text(String::from_utf8(data.clone()).unwrap()),
                MessageKind::Binary => Message::binary(data.clone()),
            };
            socket.send(message).unwrap();
        }
        let output = std::mem::take(&mut socket.get_mut().output);
        assert_eq!(feed(&mut connection, &output, &mut Vec::new()), expected);
    }
}
