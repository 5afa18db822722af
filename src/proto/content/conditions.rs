//! Whether a request is to be answered, given what its client has already (RFC 9110 13).

use crate::proto::http1::Headers;

/// What tells one state of a representation from others.
#[derive(Clone, Copy, Debug)]
pub struct Validators<'a> {
    /// With its quotes, and `W/` before them where it is weak.
    pub etag: &'a str,
    /// As `Last-Modified` shows it: in seconds.
    pub modified: u64,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is answered; the ranges that it may ask for count only if so.
    Go {
        /// `If-Range` has nothing against them.
        ranges_hold: bool,
    },
    /// 304: the client has it.
    NotModified,
    /// 412: it is another than the client thinks.
    Failed,
}

/// Judges a GET or HEAD request. `date` reads an HTTP date as seconds.
pub fn judge(
    headers: &Headers,
    validators: Validators<'_>,
    date: impl Fn(&str) -> Option<u64>,
) -> Verdict {
    // RFC 9110 13.2.2: in this order.
    let time = |name: &str| headers.get_str(name).and_then(&date);
    if headers.get("if-match").is_some() {
        if !any_matches(headers, "if-match", validators.etag, matches_strongly) {
            return Verdict::Failed;
        }
    } else if time("if-unmodified-since").is_some_and(|time| validators.modified > time) {
        return Verdict::Failed;
    }
    if headers.get("if-none-match").is_some() {
        if any_matches(headers, "if-none-match", validators.etag, matches_weakly) {
            return Verdict::NotModified;
        }
    } else if time("if-modified-since").is_some_and(|time| validators.modified <= time) {
        return Verdict::NotModified;
    }
    let ranges_hold = headers.get_str("if-range").is_none_or(|condition| {
        let condition = condition.trim();
        if condition.starts_with(['"', 'W']) {
            return matches_strongly(condition, validators.etag);
        }
        // RFC 9110 13.1.5: exactly this date, and only of what has not changed since lately.
        date(condition) == Some(validators.modified) && !is_weak(validators.etag)
    });
    Verdict::Go { ranges_hold }
}

fn is_weak(etag: &str) -> bool {
    etag.starts_with("W/")
}

/// RFC 9110 8.8.3.2.
fn matches_strongly(one: &str, other: &str) -> bool {
    one == other && !is_weak(one)
}

fn matches_weakly(one: &str, other: &str) -> bool {
    one.trim_start_matches("W/") == other.trim_start_matches("W/")
}

fn any_matches(headers: &Headers, name: &str, etag: &str, matches: fn(&str, &str) -> bool) -> bool {
    let texts = headers.values(name).filter_map(|value| str::from_utf8(value).ok());
    texts.into_iter().any(|text| text.trim() == "*" || tags(text).any(|tag| matches(tag, etag)))
}

/// The entity tags in a list. A tag may have commas inside of its quotes.
fn tags(mut rest: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let opened = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?;
        let end = rest.len() - opened.len() + opened.find('"')? + 1;
        let (tag, after) = rest.split_at(end);
        rest = after;
        Some(tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GO: Verdict = Verdict::Go { ranges_hold: true };
    const WHOLE: Verdict = Verdict::Go { ranges_hold: false };

    fn judged(fields: &[(&str, &str)], etag: &str) -> Verdict {
        let fields = fields.iter().map(|&(name, value)| (name, value.as_bytes()));
        let headers = Headers::from_pairs(fields);
        judge(&headers, Validators { etag, modified: 100 }, |text| text.parse().ok())
    }

    #[test]
    fn conditions_count_in_their_order() {
        let (strong, weak) = ("\"a,b\"", "W/\"a,b\"");
        for (fields, of_strong, of_weak) in [
            (&[][..], GO, GO),
            (&[("if-none-match", "\"a,b\"")], Verdict::NotModified, Verdict::NotModified),
            (&[("if-none-match", "W/\"a,b\"")], Verdict::NotModified, Verdict::NotModified),
            (&[("if-none-match", "\"x\", \"a,b\"")], Verdict::NotModified, Verdict::NotModified),
            (&[("if-none-match", "\"x\",\"a\",\"b\"")], GO, GO),
            (&[("if-none-match", "*")], Verdict::NotModified, Verdict::NotModified),
            (&[("if-none-match", "a,b")], GO, GO),
            (&[("if-none-match", "\"a,b")], GO, GO),
            (&[("if-match", "\"a,b\"")], GO, Verdict::Failed),
            (&[("if-match", "*")], GO, GO),
            (&[("if-match", "\"x\"")], Verdict::Failed, Verdict::Failed),
            (&[("if-modified-since", "100")], Verdict::NotModified, Verdict::NotModified),
            (&[("if-modified-since", "99")], GO, GO),
            (&[("if-modified-since", "x")], GO, GO),
            (&[("if-unmodified-since", "100")], GO, GO),
            (&[("if-unmodified-since", "99")], Verdict::Failed, Verdict::Failed),
            // The tag counts, and not the date beside it.
            (&[("if-none-match", "\"x\""), ("if-modified-since", "100")], GO, GO),
            (&[("if-match", "*"), ("if-unmodified-since", "99")], GO, GO),
            (&[("if-range", "\"a,b\"")], GO, WHOLE),
            (&[("if-range", "W/\"a,b\"")], WHOLE, WHOLE),
            (&[("if-range", "\"x\"")], WHOLE, WHOLE),
            (&[("if-range", "100")], GO, WHOLE),
            (&[("if-range", "101")], WHOLE, WHOLE),
            (&[("if-range", "x")], WHOLE, WHOLE),
        ] {
            assert_eq!(judged(fields, strong), of_strong, "{fields:?}");
            assert_eq!(judged(fields, weak), of_weak, "{fields:?}, weak");
        }
    }
}
