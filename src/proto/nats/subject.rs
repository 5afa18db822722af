//! Subjects, and the names of rooms as such.
//!
//! A room may have any name, a subject not: no spaces, no empty parts, no stars. A name is cut where
//! its own parts end (at `.`, `:` and `/`), so that a pattern of rooms is a subject with stars and
//! the server knows who wants what. A part keeps what separates it from the next one at its end,
//! `=` standing for the dot; all that a subject cannot have is `=` and two digits:
//!
//! ```text
//! lobby          lobby
//! game:5.moves   game:.5=.moves
//! a room         a=20room
//! ```

use super::error::UsageError;
use crate::limits::{NATS_SUBJECT_BYTES_MAX, NATS_SUBJECT_PARTS_MAX};

const SEPARATORS: [char; 3] = ['.', ':', '/'];

/// Whether a subject can be sent to, or with stars subscribed to.
pub(super) fn check(subject: &str, stars: bool) -> Result<(), UsageError> {
    if subject.len() > NATS_SUBJECT_BYTES_MAX {
        let (bytes, limit) = (subject.len(), NATS_SUBJECT_BYTES_MAX);
        return Err(UsageError::SubjectTooLong { bytes, limit });
    }
    let is_odd = |c: char| c.is_ascii_whitespace() || c.is_ascii_control();
    let mut parts = subject.split('.').peekable();
    let mut is_good = !subject.contains(is_odd);
    while let Some(part) = parts.next() {
        is_good &= match part {
            "" => false,
            "*" => stars,
            ">" => stars && parts.peek().is_none(),
            _ => true,
        };
    }
    if is_good { Ok(()) } else { Err(UsageError::Subject(subject.to_owned())) }
}

/// Writes the subject of a room behind `prefix`, which is one itself or empty.
pub fn push_room(name: &str, out: &mut String) {
    for (part, separator) in parts(name) {
        push_part(part, separator, out);
    }
}

/// The same for all rooms whose names match a pattern, and maybe others.
pub fn push_pattern(pattern: &str, out: &mut String) {
    for (part, separator) in parts(pattern) {
        if !part.contains('*') {
            push_part(part, separator, out);
        } else if part.contains("**") || part.contains(SEPARATORS) {
            return out.push('>');
        } else {
            // A star stands for what is behind the part too.
            out.push_str(if separator.is_some() { "*." } else { "*" });
        }
    }
}

/// The parts of a name, and what is behind each. The last one has all that are too many.
fn parts(name: &str) -> impl Iterator<Item = (&str, Option<u8>)> {
    let mut at = 0;
    name.splitn(NATS_SUBJECT_PARTS_MAX, SEPARATORS).map(move |part| {
        at += part.len();
        let separator = name.as_bytes().get(at).copied();
        at += 1;
        (part, separator)
    })
}

fn push_part(part: &str, separator: Option<u8>, out: &mut String) {
    for character in part.chars() {
        let is_plain = match character {
            '-' | '_' | '@' | '#' | '+' | '~' => true,
            _ if character.is_ascii() => character.is_ascii_alphanumeric(),
            _ => !character.is_whitespace() && !character.is_control(),
        };
        if is_plain {
            out.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            out.push('=');
            for digit in [byte >> 4, byte & 15] {
                out.extend(char::from_digit(u32::from(digit), 16));
            }
        }
    }
    match separator {
        Some(b'.') => out.push_str("=."),
        Some(other) => out.extend([char::from(other), '.']),
        // A subject has no empty part.
        None if part.is_empty() => out.push('='),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of the room with this subject.
    fn name(subject: &str) -> String {
        let mut bytes = Vec::new();
        let parts: Vec<&str> = subject.split('.').collect();
        for (index, part) in parts.iter().enumerate() {
            let is_last = index + 1 == parts.len();
            let (part, separator) = match (is_last, part.as_bytes().split_last()) {
                (true, _) if *part == "=" => (&b""[..], None),
                (true, _) => (part.as_bytes(), None),
                (false, Some((b'=', part))) => (part, Some(b'.')),
                (false, Some((separator, part))) => (part, Some(*separator)),
                (false, None) => panic!("{subject}"),
            };
            let mut rest = part;
            while let Some((first, behind)) = rest.split_first() {
                if *first == b'=' {
                    let digits = std::str::from_utf8(&behind[..2]).unwrap();
                    bytes.push(u8::from_str_radix(digits, 16).unwrap());
                    rest = &behind[2..];
                } else {
                    bytes.push(*first);
                    rest = behind;
                }
            }
            bytes.extend(separator);
        }
        String::from_utf8(bytes).unwrap()
    }

    fn room(name: &str) -> String {
        let mut subject = String::new();
        push_room(name, &mut subject);
        subject
    }

    fn pattern(pattern: &str) -> String {
        let mut subject = String::new();
        push_pattern(pattern, &mut subject);
        subject
    }

    /// What a server takes to match.
    fn matches(stars: &str, subject: &str) -> bool {
        let (stars, parts) = (stars.split('.'), subject.split('.'));
        let mut parts = parts.peekable();
        for star in stars {
            match (star, parts.next()) {
                (">", Some(_)) => return true,
                (star, Some(part)) if star == "*" || star == part => {}
                _ => return false,
            }
        }
        parts.peek().is_none()
    }

    #[test]
    fn subjects_are_as_the_page_says() {
        assert_eq!(room("lobby"), "lobby");
        assert_eq!(room("game:5.moves"), "game:.5=.moves");
        assert_eq!(room("a room"), "a=20room");
        assert_eq!(room(""), "=");
        assert_eq!(room("a."), "a=.=");
        assert_eq!(room("*"), "=2a");
        assert_eq!(room("größe"), "größe");
        assert_eq!(room(&"x.".repeat(20)).split('.').count(), NATS_SUBJECT_PARTS_MAX);
        assert_eq!(pattern("game:*"), "game:.*");
        assert_eq!(pattern("game:*.moves"), "game:.*.moves");
        assert_eq!(pattern("game.**"), "game=.>");
        assert_eq!(pattern("a*c"), "*");
        assert_eq!(pattern("**"), ">");
    }

    #[test]
    fn any_name_has_a_subject_of_its_own_and_patterns_miss_none() {
        let mut seed = 7_u64;
        let mut below = move |limit: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % limit as u64).unwrap()
        };
        let letters =
            ["a", "b", ".", ":", "/", "*", ">", "=", " ", "\n", "\0", "é", "\u{2028}", "20"];
        for _ in 0..5_000 {
            let most = if below(20) == 0 { 60 } else { 8 };
            let length = below(most);
            let text: String = (0..length).map(|_| letters[below(letters.len())]).collect();
            let subject = room(&text);
            check(&subject, false).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_eq!(name(&subject), text);
            // Stars in place of some letters.
            let starred: String = text
                .chars()
                .map(|c| match below(3) {
                    0 if c != '*' => {
                        if SEPARATORS.contains(&c) {
                            "**".into()
                        } else {
                            "*".into()
                        }
                    }
                    _ => c.to_string(),
                })
                .collect();
            let wanted = pattern(&starred);
            if starred.is_empty() {
                continue;
            }
            check(&wanted, true).unwrap_or_else(|error| panic!("{starred:?}: {error}"));
            if !text.contains('*') {
                assert!(matches(&wanted, &subject), "{starred:?} {text:?}: {wanted} {subject}");
            }
        }
    }

    #[test]
    fn what_is_no_subject_is_refused() {
        for subject in ["", ".", "a.", "a..b", "a b", "a\r\nPING", "*", "a.>", "a\0"] {
            assert!(check(subject, false).is_err(), "{subject:?}");
        }
        for subject in ["*", ">", "a.*.b", "a.>"] {
            assert!(check(subject, true).is_ok(), "{subject:?}");
        }
        assert!(check(">.a", true).is_err());
        let long = "x".repeat(NATS_SUBJECT_BYTES_MAX + 1);
        assert!(matches!(check(&long, false), Err(UsageError::SubjectTooLong { .. })));
    }
}
