//! Answers: whether one is to a question, and the records that answer it.
//!
//! Spec: RFC 1035 4.1, RFC 5452 9 (what an answer has to match).

use super::name::read_name;
use super::question::{INTERNET, Kind};
use super::record::{Data, Record, read_record, read_u16};
use crate::limits::DNS_RECORDS_MAX;

/// What a name server has said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// These records, of the name or of what it is an alias for.
    Records(Vec<Record>),
    /// More than fits into a datagram: the same is to be asked over TCP.
    Truncated,
    /// It does not answer.
    Refused(Refused),
}

/// Why there are no records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The server does not understand the question.
    Format,
    /// It has failed.
    Server,
    /// There is no such name.
    NoName,
    /// It does not know such questions.
    NotImplemented,
    /// It does not want to.
    Refused,
    /// There is such a name, and nothing of that kind.
    NoData,
    /// Its answer is broken.
    Broken,
}

/// Reads what has come for the question of this identifier, name and kind. `None` if it is not an
/// answer to that: somebody else may have sent it, and the answer is still to come.
pub fn decode(message: &[u8], id: u16, name: &str, kind: Kind) -> Option<Answer> {
    let pos = &mut 0;
    let (known, flags) = (read_u16(message, pos)?, read_u16(message, pos)?);
    let counts = [read_u16(message, pos)?, read_u16(message, pos)?];
    *pos += 4;
    let is_response = flags & 0x8000 != 0 && flags & 0x7800 == 0;
    if known != id || !is_response {
        return None;
    }
    match counts[0] {
        1 => {
            let asked = read_name(message, pos)?;
            let (asked_kind, class) = (read_u16(message, pos)?, read_u16(message, pos)?);
            let same = is_same(&asked, name) && asked_kind == kind.number() && class == INTERNET;
            if !same {
                return None;
            }
        }
        // A server that does not understand the question need not repeat it.
        0 if flags & 0xF != 0 => {}
        _ => return None,
    }
    let refused = match flags & 0xF {
        0 => None,
        1 => Some(Refused::Format),
        3 => Some(Refused::NoName),
        4 => Some(Refused::NotImplemented),
        5 => Some(Refused::Refused),
        _ => Some(Refused::Server),
    };
    if let Some(refused) = refused {
        return Some(Answer::Refused(refused));
    }
    if flags & 0x0200 != 0 {
        return Some(Answer::Truncated);
    }
    let mut records = Vec::new();
    for _ in 0..usize::from(counts[1]).min(DNS_RECORDS_MAX) {
        match read_record(message, pos) {
            Some(record) => records.push(record),
            None => return Some(Answer::Refused(Refused::Broken)),
        }
    }
    let records = answering(records, name, kind);
    Some(if records.is_empty() {
        Answer::Refused(Refused::NoData)
    } else {
        Answer::Records(records)
    })
}

/// Those of this kind, of the name or of what it is an alias for.
fn answering(records: Vec<Record>, name: &str, kind: Kind) -> Vec<Record> {
    let mut owner = name.strip_suffix('.').unwrap_or(name).to_owned();
    if !matches!(kind, Kind::CNAME | Kind::ANY) {
        // Each alias is followed once at most, so that a circle has an end.
        for _ in 0..records.len() {
            let alias = records.iter().find_map(|record| match &record.data {
                Data::Name(target)
                    if record.kind == Kind::CNAME && is_same(&record.name, &owner) =>
                {
                    Some(target.clone())
                }
                _ => None,
            });
            match alias {
                Some(target) => owner = target,
                None => break,
            }
        }
    }
    let is_wanted = |record: &Record| {
        (kind == Kind::ANY || record.kind == kind) && is_same(&record.name, &owner)
    };
    records.into_iter().filter(is_wanted).collect()
}

fn is_same(a: &str, b: &str) -> bool {
    let bare = |name: &str| name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    bare(a) == bare(b)
}
