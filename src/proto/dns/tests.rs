//! Answers as a server that means harm sends them.

use super::*;

const NAME: &str = "www.example.com";

/// The head of an answer to a question for `NAME`, with so many records.
fn head(flags: u16, records: u16) -> Vec<u8> {
    let mut message = encode(7, NAME, Kind::named("A").unwrap()).unwrap();
    message[2..4].copy_from_slice(&flags.to_be_bytes());
    message[6..8].copy_from_slice(&records.to_be_bytes());
    message
}

/// A record of the name that stands at `owner`.
fn push(message: &mut Vec<u8>, owner: u16, kind: u16, data: &[u8]) {
    message.extend_from_slice(&(0xC000 | owner).to_be_bytes());
    message.extend_from_slice(&kind.to_be_bytes());
    message.extend_from_slice(&[0, 1, 0, 0, 0, 60]);
    message.extend_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
    message.extend_from_slice(data);
}

fn answer(message: &[u8]) -> Option<Answer> {
    decode(message, 7, NAME, Kind::named("A").unwrap())
}

#[test]
fn addresses_of_an_alias_are_those_of_the_name() {
    let mut message = head(0x8180, 2);
    let alias = u16::try_from(message.len() + 12).unwrap();
    push(&mut message, 12, 5, b"\x01x\x03net\x00");
    push(&mut message, alias, 1, &[192, 0, 2, 1]);
    let Some(Answer::Records(records)) = answer(&message) else { panic!() };
    assert_eq!(records.len(), 1);
    assert_eq!((&*records[0].name, records[0].ttl), ("x.net", 60));
    assert_eq!(records[0].data, Data::V4([192, 0, 2, 1]));
}

#[test]
fn what_is_no_answer_to_the_question_is_nothing() {
    let mut good = head(0x8180, 1);
    push(&mut good, 12, 1, &[192, 0, 2, 1]);
    assert!(matches!(answer(&good), Some(Answer::Records(_))));
    assert_eq!(decode(&good, 8, NAME, Kind::named("A").unwrap()), None, "another identifier");
    assert_eq!(decode(&good, 7, "www.example.org", Kind::named("A").unwrap()), None);
    assert_eq!(decode(&good, 7, NAME, Kind::named("AAAA").unwrap()), None);
    assert!(decode(&good, 7, "WWW.Example.COM.", Kind::named("A").unwrap()).is_some());
    let question = encode(7, NAME, Kind::named("A").unwrap()).unwrap();
    assert_eq!(answer(&question), None, "a question");
    for end in 0..12 {
        assert_eq!(answer(&good[..end]), None);
    }
}

#[test]
fn records_of_other_names_are_left_out() {
    let mut message = head(0x8180, 1);
    // It is of `example.com`.
    push(&mut message, 16, 1, &[192, 0, 2, 66]);
    assert_eq!(answer(&message), Some(Answer::Refused(Refused::NoData)));
}

#[test]
fn names_that_refer_to_themselves_end() {
    for (at, target) in [(0, 0_u16), (0, 2), (2, 0)] {
        let mut message = head(0x8180, 1);
        let here = u16::try_from(message.len()).unwrap();
        let reference = (0xC000 | (here + target)).to_be_bytes();
        if at == 2 {
            message.extend_from_slice(b"\x01a");
        }
        message.extend_from_slice(&reference);
        message.extend_from_slice(&[0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(answer(&message), Some(Answer::Refused(Refused::Broken)));
    }
    // A circle of aliases.
    let mut message = head(0x8180, 1);
    push(&mut message, 12, 5, &[0xC0, 12]);
    assert_eq!(answer(&message), Some(Answer::Refused(Refused::NoData)));
}

#[test]
fn what_is_cut_off_is_broken_and_nothing_else() {
    let mut message = head(0x8180, 2);
    push(&mut message, 12, 1, &[192, 0, 2, 1]);
    push(&mut message, 12, 33, b"\x00\x01\x00\x02\x00\x50\xC0\x0C");
    let begins = head(0x8180, 2).len();
    for end in begins..message.len() {
        assert_eq!(answer(&message[..end]), Some(Answer::Refused(Refused::Broken)), "{end}");
    }
    for at in 0..message.len() {
        for bits in [0xFF, 0x80, 0x01] {
            let mut changed = message.clone();
            changed[at] ^= bits;
            // Whatever comes of it, it comes.
            drop(answer(&changed));
        }
    }
}

#[test]
fn codes_say_why_there_is_nothing() {
    for (code, refused) in [
        (1, Refused::Format),
        (2, Refused::Server),
        (3, Refused::NoName),
        (4, Refused::NotImplemented),
        (5, Refused::Refused),
        (11, Refused::Server),
    ] {
        assert_eq!(answer(&head(0x8180 | code, 0)), Some(Answer::Refused(refused)));
    }
    assert_eq!(answer(&head(0x8180, 0)), Some(Answer::Refused(Refused::NoData)));
    assert_eq!(answer(&head(0x8380, 0)), Some(Answer::Truncated));
}

#[test]
fn what_is_no_name_is_not_asked_for() {
    let a = Kind::named("A").unwrap();
    let long = "a".repeat(64);
    for name in ["a..b", ".a", &long, &format!("{}a", "abcdefg.".repeat(32))] {
        assert_eq!(encode(1, name, a), None, "{name}");
    }
    assert_eq!(encode(1, "a.", a), encode(1, "a", a));
    assert!(encode(1, "", a).is_some());
}

#[test]
fn what_a_label_has_of_its_own_is_escaped() {
    let mut message = encode(7, NAME, Kind::CNAME).unwrap();
    message[2..4].copy_from_slice(&0x8180_u16.to_be_bytes());
    message[7] = 1;
    push(&mut message, 12, 5, b"\x05a.b\\\x01\x00");
    let Some(Answer::Records(records)) = decode(&message, 7, NAME, Kind::CNAME) else { panic!() };
    assert_eq!(records[0].data, Data::Name(r"a\.b\\\001".to_owned()));
}
