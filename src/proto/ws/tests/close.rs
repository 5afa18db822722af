use crate::proto::ws::close::*;
use crate::proto::ws::error::{PeerError, UsageError};

#[test]
fn only_defined_registered_and_private_codes_may_be_sent() {
    let allowed: Vec<u16> = (0..=u16::MAX).filter(|&code| may_be_sent(code)).collect();
    let expected: Vec<u16> = (1000..=1003).chain(1007..=1014).chain(3000..=4999).collect();
    assert_eq!(allowed, expected);
}

#[test]
fn an_empty_payload_has_no_code() {
    assert_eq!(parse(b""), Ok((None, String::new())));
}

#[test]
fn a_code_may_stand_without_a_reason() {
    assert_eq!(parse(&[0x03, 0xE8]), Ok((Some(1000), String::new())));
}

#[test]
fn one_byte_is_no_code() {
    assert_eq!(parse(&[0x03]), Err(PeerError::CloseTruncated));
    assert_eq!(PeerError::CloseTruncated.close_code(), 1002);
}

#[test]
fn codes_that_describe_no_frame_are_refused_on_the_wire() {
    for code in [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535_u16] {
        let error = parse(&code.to_be_bytes()).unwrap_err();
        assert_eq!(error, PeerError::CloseCode { code });
        assert_eq!(error.close_code(), 1002);
    }
}

#[test]
fn a_reason_is_utf_8() {
    let error = parse(b"\x03\xE8ok \xCE").unwrap_err();
    assert_eq!(error, PeerError::CloseReason { offset: 3 });
    assert_eq!(error.close_code(), 1007);
}

#[test]
fn what_is_built_is_read_back() {
    for (code, reason) in
        [(None, ""), (Some(1000), ""), (Some(4999), "κόσμε"), (Some(1001), &"x".repeat(123))]
    {
        assert_eq!(parse(&payload(code, reason).unwrap()), Ok((code, reason.to_owned())));
    }
}

#[test]
fn a_reason_without_a_code_gets_code_1000() {
    assert_eq!(parse(&payload(None, "bye").unwrap()), Ok((Some(1000), "bye".to_owned())));
}

#[test]
fn a_caller_cannot_send_a_bad_code_or_a_long_reason() {
    assert_eq!(payload(Some(1006), ""), Err(UsageError::CloseCode { code: 1006 }));
    assert_eq!(
        payload(Some(1000), &"x".repeat(124)),
        Err(UsageError::ReasonTooLong { length: 124 })
    );
    // 62 characters, 124 bytes.
    assert_eq!(
        payload(Some(1000), &"é".repeat(62)),
        Err(UsageError::ReasonTooLong { length: 124 })
    );
}

#[test]
fn a_reason_is_cut_at_a_character_edge() {
    assert_eq!(parse(&payload_truncated(1011, &"é".repeat(100))), Ok((Some(1011), "é".repeat(61))));
    assert_eq!(parse(&payload_truncated(1011, "short")), Ok((Some(1011), "short".to_owned())));
}

#[test]
fn every_sendable_code_has_a_name() {
    for code in (0..=u16::MAX).filter(|&code| may_be_sent(code)) {
        assert_ne!(name(code), "unassigned", "{code}");
    }
    assert_eq!(name(1009), "message too big");
    assert_eq!(name(1004), "unassigned");
}
