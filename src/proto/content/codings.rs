//! Which content coding a client wants (RFC 9110 12.5.3).

/// A content coding that may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// RFC 7932.
    Brotli,
    /// RFC 1952.
    Gzip,
}

impl Coding {
    /// Those there are, the better ones first.
    pub const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// As `Content-Encoding` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What the names of files end with that are in it.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }
}

/// The best of these codings for a client that has sent this `Accept-Encoding`; the first of several
/// that it wants alike. `None` is for none at all.
pub fn choose(field: Option<&str>, offered: impl IntoIterator<Item = Coding>) -> Option<Coding> {
    let field = field?;
    let plain = quality(field, "identity").unwrap_or(0);
    let mut best: Option<(Coding, u16)> = None;
    for coding in offered {
        let Some(quality) = quality(field, coding.name()) else { continue };
        // A client that wants it plain as much says so for a reason, unless it says nothing of that.
        let is_wanted = quality > 0 && quality >= plain;
        if is_wanted && best.is_none_or(|(_, other)| quality > other) {
            best = Some((coding, quality));
        }
    }
    best.map(|(coding, _)| coding)
}

/// How much a client wants a coding, in thousandths; `None` if it says nothing of it.
fn quality(field: &str, name: &str) -> Option<u16> {
    let mut of_rest = None;
    for item in field.split(',') {
        let mut parts = item.split(';').map(str::trim);
        let coding = parts.next().unwrap_or_default();
        let is_it = coding.eq_ignore_ascii_case(name)
            || name == "gzip" && coding.eq_ignore_ascii_case("x-gzip");
        if !is_it && coding != "*" {
            continue;
        }
        let weight = parts.find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim().eq_ignore_ascii_case("q").then(|| thousandths(value.trim()))
        });
        let weight = weight.unwrap_or(1000);
        if is_it {
            return Some(weight);
        }
        of_rest = Some(weight);
    }
    // A star is for the codings that are not named; plain is always one unless it is refused.
    if name == "identity" { of_rest.filter(|weight| *weight == 0) } else { of_rest }
}

/// RFC 9110 12.4.2: `0.5` is 500. What is none is taken for 0: it was not meant as a wish.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    let fraction = format!("{fraction:0<3}").parse().unwrap_or(0);
    match whole {
        "0" => fraction,
        "1" if fraction == 0 => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_coding_is_chosen_by_its_weight() {
        for (field, expected) in [
            ("gzip", Some("gzip")),
            ("br", Some("br")),
            ("gzip, deflate, br, zstd", Some("br")),
            ("br;q=0.5, gzip", Some("gzip")),
            ("GZIP; Q=0.1", Some("gzip")),
            ("x-gzip", Some("gzip")),
            ("*", Some("br")),
            ("*;q=0", None),
            ("br;q=0, *", Some("gzip")),
            ("gzip;q=0", None),
            ("gzip;q=0.000", None),
            ("gzip;q=0.0001", None),
            ("gzip;q=1.1", None),
            ("gzip;q=x", None),
            ("identity", None),
            ("identity, gzip;q=0.5", None),
            ("identity;q=0.5, gzip;q=0.5", Some("gzip")),
            ("identity;q=0, gzip;q=0.1", Some("gzip")),
            ("deflate", None),
            ("", None),
            (",,;q=1,", None),
        ] {
            let found = choose(Some(field), Coding::ALL).map(Coding::name);
            assert_eq!(found, expected, "{field}");
        }
        assert_eq!(choose(None, Coding::ALL), None);
        assert_eq!(choose(Some("br, gzip"), [Coding::Gzip]), Some(Coding::Gzip));
        assert_eq!(choose(Some("br, gzip"), []), None);
    }
}
