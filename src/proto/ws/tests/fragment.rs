use super::super::error::UsageError;
use super::super::opcode::MessageKind;
use super::super::testing::{Pair, Seen, frames};
use super::super::{Connection, Fragment, deflate::DeflateConfig};
use super::{Role, config};

fn fragment(kind: Option<MessageKind>, fin: bool) -> Fragment {
    Fragment { kind, fin, rsv1: false }
}

const TEXT: Option<MessageKind> = Some(MessageKind::Text);
const BINARY: Option<MessageKind> = Some(MessageKind::Binary);

#[test]
fn a_message_arrives_whole_with_control_frames_between() {
    for role in [Role::Client, Role::Server] {
        let mut pair = Pair::new(config(Role::Client), config(Role::Server));
        let (sender, out) = match role {
            Role::Client => (&mut pair.client, &mut pair.to_server),
            Role::Server => (&mut pair.server, &mut pair.to_client),
        };
        assert!(!sender.is_fragmenting());
        sender.send_fragment(fragment(BINARY, false), b"one ", out).unwrap();
        assert!(sender.is_fragmenting());
        sender.ping(b"p", out).unwrap();
        sender.send_fragment(fragment(None, false), b"", out).unwrap();
        sender.send_fragment(fragment(None, true), b"two", out).unwrap();
        assert!(!sender.is_fragmenting());
        sender.send_fragment(fragment(TEXT, true), b"whole", out).unwrap();
        pair.drive(3);
        let saw = if role == Role::Client { &pair.server_saw } else { &pair.client_saw };
        let message = |kind, bytes: &[u8]| Seen::Message(kind, bytes.to_vec());
        let expected = [
            Seen::Ping(b"p".to_vec()),
            message(MessageKind::Binary, b"one two"),
            message(MessageKind::Text, b"whole"),
        ];
        assert_eq!(*saw, expected);
    }
}

#[test]
fn what_would_break_the_stream_is_refused_and_nothing_is_written() {
    let mut connection = Connection::new(config(Role::Server));
    let mut out = Vec::new();
    let mut refuses = |connection: &mut Connection, fragment, data: &[u8], error| {
        let before = out.len();
        assert_eq!(connection.send_fragment(fragment, data, &mut out), Err(error));
        assert_eq!(out.len(), before);
    };
    let rsv1 = Fragment { kind: BINARY, fin: true, rsv1: true };
    refuses(&mut connection, fragment(None, true), b"", UsageError::NothingToContinue);
    refuses(&mut connection, rsv1, b"", UsageError::Rsv1);
    let half = &"ü".as_bytes()[..1];
    let invalid = |offset| UsageError::InvalidUtf8 { offset };
    refuses(&mut connection, fragment(TEXT, true), half, invalid(0));
    refuses(&mut connection, fragment(TEXT, false), b"ab\xFF", invalid(2));

    let mut begun = Vec::new();
    connection.send_fragment(fragment(TEXT, false), b"ab\xC3", &mut begun).unwrap();
    refuses(&mut connection, fragment(TEXT, false), b"", UsageError::MessageUnderWay);
    refuses(&mut connection, fragment(None, false), b"x", invalid(2));
    refuses(&mut connection, fragment(None, true), b"", invalid(2));
    // It goes on where it was.
    connection.send_fragment(fragment(None, true), b"\xBC", &mut begun).unwrap();
    assert_eq!(frames(&begun), [(0x01, b"ab\xC3".to_vec()), (0x80, b"\xBC".to_vec())]);
}

#[test]
fn what_is_compressed_elsewhere_needs_a_compressor_that_remembers_nothing() {
    for (takeover, expected) in [(false, Ok(())), (true, Err(UsageError::Rsv1WithContext))] {
        let options = DeflateConfig { server_no_context_takeover: !takeover, ..Default::default() };
        let offers = [super::super::deflate::offer(&options)];
        let Some((params, _)) = super::super::deflate::negotiate(&options, &offers) else {
            panic!("not agreed on");
        };
        let mut with = config(Role::Server);
        with.deflate = Some(params);
        let mut connection = Connection::new(with);
        let rsv1 = Fragment { kind: TEXT, fin: false, rsv1: true };
        let mut out = Vec::new();
        assert_eq!(connection.send_fragment(rsv1, b"\xFF", &mut out), expected);
        if expected.is_ok() {
            let again = Fragment { kind: None, ..rsv1 };
            assert_eq!(connection.send_fragment(again, b"", &mut out), Err(UsageError::Rsv1));
            connection.send_fragment(fragment(None, true), b"\xFF", &mut out).unwrap();
            assert_eq!(out, [0x41, 1, 0xFF, 0x80, 1, 0xFF]);
        }
    }
}

#[test]
fn a_close_ends_a_message_that_has_no_end() {
    let mut connection = Connection::new(config(Role::Server));
    let mut out = Vec::new();
    connection.send_fragment(fragment(BINARY, false), b"begun", &mut out).unwrap();
    connection.close(None, "", &mut out).unwrap();
    let closing = UsageError::NotOpen { state: connection.state() };
    assert_eq!(connection.send_fragment(fragment(None, true), b"", &mut out), Err(closing));
}
