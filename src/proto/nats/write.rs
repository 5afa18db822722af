//! What a client says.

use super::error::UsageError;
use super::headers::Headers;
use super::subject;

/// `PUB`, or `HPUB` where there are fields. The payload is all of `parts`, an answer goes to `reply`.
pub(super) fn publish(
    (to, reply): (&str, Option<&str>),
    fields: &[(&str, &str)],
    parts: &[&[u8]],
    max_payload: usize,
    out: &mut Vec<u8>,
) -> Result<(), UsageError> {
    subject::check(to, false)?;
    if let Some(reply) = reply {
        subject::check(reply, false)?;
    }
    let mut headers = Vec::new();
    if !fields.is_empty() {
        Headers::write(fields, &mut headers)?;
    }
    let total = headers.len() + parts.iter().map(|part| part.len()).sum::<usize>();
    if total > max_payload {
        return Err(UsageError::PayloadTooLarge { bytes: total, limit: max_payload });
    }
    let has_fields = !fields.is_empty();
    out.extend_from_slice(if has_fields { b"HPUB " } else { b"PUB " });
    out.extend_from_slice(to.as_bytes());
    out.push(b' ');
    if let Some(reply) = reply {
        out.extend_from_slice(reply.as_bytes());
        out.push(b' ');
    }
    if has_fields {
        length(headers.len(), out);
        out.push(b' ');
    }
    length(total, out);
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(&headers);
    for part in parts {
        out.extend_from_slice(part);
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// `SUB`.
pub(super) fn subscribe(
    (subject, queue): (&str, Option<&str>),
    sid: u64,
    out: &mut Vec<u8>,
) -> Result<(), UsageError> {
    subject::check(subject, true)?;
    if let Some(queue) = queue {
        subject::check(queue, false)?;
    }
    out.extend_from_slice(b"SUB ");
    for word in [Some(subject), queue].into_iter().flatten() {
        out.extend_from_slice(word.as_bytes());
        out.push(b' ');
    }
    number(sid, out);
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// `UNSUB`.
pub(super) fn unsubscribe(sid: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(b"UNSUB ");
    number(sid, out);
    out.extend_from_slice(b"\r\n");
}

fn number(number: u64, out: &mut Vec<u8>) {
    let digits = number.checked_ilog10().unwrap_or(0);
    for place in (0..=digits).rev() {
        let [digit, ..] = (number / 10_u64.pow(place) % 10).to_le_bytes();
        out.push(b'0' + digit);
    }
}

fn length(length: usize, out: &mut Vec<u8>) {
    number(u64::try_from(length).unwrap_or(u64::MAX), out);
}
