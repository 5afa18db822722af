use crate::limits::RESERVE_STEP;
use crate::proto::ws::error::PeerError;
use crate::proto::ws::message::Assembly;
use crate::proto::ws::opcode::MessageKind;

#[test]
fn an_announced_length_reserves_one_step_only() {
    let mut message = Assembly::default();
    let announced = 1 << 30;
    message.begin(MessageKind::Binary, announced, 1 << 30).unwrap();
    message.append(b"x", (1 << 30) - 1).unwrap();
    assert!(message.capacity() <= 2 * RESERVE_STEP, "{}", message.capacity());
}

#[test]
fn room_grows_with_what_has_arrived() {
    let mut message = Assembly::default();
    let total = 1 << 20;
    message.begin(MessageKind::Binary, total as u64, total).unwrap();
    let piece = [7; 1000];
    let mut received = 0;
    while received < total {
        let taken = piece.len().min(total - received);
        received += taken;
        message.append(&piece[..taken], total - received).unwrap();
        assert!(message.capacity() <= 2 * (received + RESERVE_STEP));
    }
    let (kind, bytes) = message.finish().unwrap().unwrap();
    assert_eq!((kind, bytes.len()), (MessageKind::Binary, total));
    assert_eq!(message.capacity(), 0, "an idle connection holds no buffer");
}

#[test]
fn lengths_add_up_over_fragments() {
    let mut message = Assembly::default();
    assert_eq!(message.begin(MessageKind::Text, 60, 100), Ok(60));
    assert_eq!(message.extend(40, 9), Ok(40));
    assert_eq!(message.extend(0, 9), Ok(0));
    assert_eq!(message.extend(1, 9), Err(PeerError::MessageTooLarge { size: 101, limit: 100 }));
}

#[test]
fn a_length_near_2_to_the_63_does_not_overflow() {
    let mut message = Assembly::default();
    message.begin(MessageKind::Text, 100, 200).unwrap();
    let length = (1 << 63) - 1;
    assert!(message.extend(length, 9).is_err());
    assert_eq!(
        Assembly::default().begin(MessageKind::Text, length, 0),
        Err(PeerError::MessageTooLarge { size: length, limit: 0 })
    );
}
