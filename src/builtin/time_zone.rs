//! Time zones by name, from the files that the system keeps of them.
//!
//! Spec: RFC 9636 (`TZif`), with the rules of POSIX in its footer for what lies ahead.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::interface::Op;
use crate::limits::TIME_ZONE_BYTES_MAX;

pub(super) const OPS: &[Op] = &[("local", 0, local), ("offset", 2, offset)];

const FOLDERS: [&str; 2] = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo"];

/// `local()`: the name of the system's zone; undefined if it has none.
fn local(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let named = std::env::var("TZ").ok().map(|name| name.trim_start_matches(':').to_owned());
    let linked = || {
        let target = fs::canonicalize("/etc/localtime").ok()?;
        let target = target.to_str()?;
        let name = FOLDERS.iter().find_map(|folder| target.strip_prefix(folder))?;
        Some(name.trim_start_matches('/').to_owned())
    };
    let name = named.filter(|name| !name.is_empty()).or_else(linked);
    Ok(name.map_or_else(JsValue::undefined, |name| js_string_from_utf8(&name).into()))
}

/// `offset(zone, seconds)`: `[seconds east of UTC, abbreviation]` at a time; undefined for a zone
/// that the system does not know.
fn offset(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "times of dates have less than 2^53 seconds"
    )]
    let time = arguments.get_or_undefined(1).to_number(context)?.floor() as i64;
    let Some(kind) = cached(&name).and_then(|file| zone_at(&file, time)) else {
        return Ok(JsValue::undefined());
    };
    let abbreviation = js_string_from_utf8(&kind.abbreviation);
    Ok(JsArray::from_iter([kind.offset.into(), abbreviation.into()], context).into())
}

/// What holds in a zone for some time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kind {
    offset: i32,
    abbreviation: String,
}

thread_local! {
    /// The zone that was asked for last, since a program hardly uses two.
    static LAST: RefCell<Option<(String, Rc<[u8]>)>> = const { RefCell::new(None) };
}

fn cached(name: &str) -> Option<Rc<[u8]>> {
    let known = |(last, file): &(String, Rc<[u8]>)| (last == name).then(|| file.clone());
    if let Some(file) = LAST.with_borrow(|last| last.as_ref().and_then(known)) {
        return Some(file);
    }
    let file: Rc<[u8]> = read(name)?.into();
    LAST.set(Some((name.to_owned(), file.clone())));
    Some(file)
}

/// The file of a zone. A name leads nowhere but below the folder.
fn read(name: &str) -> Option<Vec<u8>> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte);
    if name.is_empty() || name.starts_with('/') || !name.bytes().all(allowed) {
        return None;
    }
    FOLDERS.iter().find_map(|folder| {
        let path = Path::new(folder).join(name);
        let size = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?.len();
        (size <= TIME_ZONE_BYTES_MAX).then(|| fs::read(path).ok())?
    })
}

fn zone_at(file: &[u8], time: i64) -> Option<Kind> {
    let header = Header::read(file)?;
    // What follows is written twice, the second time with 64 bits.
    let file = file.get(header.length(4)..)?;
    let header = Header::read(file)?;
    let (body, footer) = file.split_at_checked(header.length(8))?;
    let body = body.get(Header::LENGTH..)?;
    let (times, rest) = body.split_at_checked(header.times * 8)?;
    let (indices, rest) = rest.split_at_checked(header.times)?;
    let (kinds, names) = rest.split_at_checked(header.kinds * 6)?;
    let kind = |index: usize| {
        let [a, b, c, d, _, name] = *kinds.get(index * 6..)?.first_chunk::<6>()?;
        let name = names.get(usize::from(name)..)?.split(|byte| *byte == 0).next()?;
        let abbreviation = String::from_utf8_lossy(name).into_owned();
        Some(Kind { offset: i32::from_be_bytes([a, b, c, d]), abbreviation })
    };
    let (starts, _) = times.as_chunks::<8>();
    let after = starts.partition_point(|start| i64::from_be_bytes(*start) <= time);
    if after == starts.len()
        && let Some(kind) = Rules::read(footer).and_then(|rules| rules.at(time))
    {
        return Some(kind);
    }
    match after.checked_sub(1) {
        Some(last) => kind(usize::from(*indices.get(last)?)),
        None => kind(0),
    }
}

/// RFC 9636 3.1.
struct Header {
    utc: usize,
    standard: usize,
    leaps: usize,
    times: usize,
    kinds: usize,
    characters: usize,
}

impl Header {
    const LENGTH: usize = 44;

    fn read(file: &[u8]) -> Option<Self> {
        let counts = file.strip_prefix(b"TZif")?.get(16..)?;
        let (counts, _) = counts.as_chunks::<4>();
        let count = |at: usize| usize::try_from(u32::from_be_bytes(*counts.get(at)?)).ok();
        Some(Self {
            utc: count(0)?,
            standard: count(1)?,
            leaps: count(2)?,
            times: count(3)?,
            kinds: count(4)?,
            characters: count(5)?,
        })
    }

    /// How long the header and its block are, with times of so many bytes.
    fn length(&self, width: usize) -> usize {
        let times = self.times * (width + 1);
        let leaps = self.leaps * (width + 4);
        Self::LENGTH + times + self.kinds * 6 + self.characters + leaps + self.standard + self.utc
    }
}

/// The footer: `EST5EDT,M3.2.0,M11.1.0`.
struct Rules {
    standard: Kind,
    summer: Option<(Kind, Change, Change)>,
}

/// A day of the year and a second of it: in a month, a week of it, and a day of the week.
#[derive(Clone, Copy)]
struct Change {
    month: i64,
    week: i64,
    day: i64,
    seconds: i64,
}

impl Rules {
    fn read(footer: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(footer).ok()?.trim();
        let mut parts = text.split(',');
        let names = parts.next().filter(|names| !names.is_empty())?;
        let (abbreviation, rest) = split_name(names)?;
        let (hours, rest) = split_time(rest)?;
        let standard = Kind { offset: i32::try_from(-hours).ok()?, abbreviation };
        if rest.is_empty() {
            return Some(Self { standard, summer: None });
        }
        let (abbreviation, rest) = split_name(rest)?;
        let offset = match split_time(rest) {
            Some((hours, _)) => i32::try_from(-hours).ok()?,
            None => standard.offset + 3600,
        };
        let summer = Kind { offset, abbreviation };
        let (start, end) = (Change::read(parts.next()?)?, Change::read(parts.next()?)?);
        Some(Self { standard, summer: Some((summer, start, end)) })
    }

    fn at(&self, time: i64) -> Option<Kind> {
        let Some((summer, start, end)) = &self.summer else { return Some(self.standard.clone()) };
        let year = year_of(time + i64::from(self.standard.offset));
        let start = start.time(year) - i64::from(self.standard.offset);
        let end = end.time(year) - i64::from(summer.offset);
        let is_summer =
            if start < end { (start..end).contains(&time) } else { !(end..start).contains(&time) };
        Some(if is_summer { summer.clone() } else { self.standard.clone() })
    }
}

impl Change {
    fn read(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('/').unwrap_or((text, "2"));
        let mut numbers = date.strip_prefix('M')?.split('.').map(|number| number.parse().ok());
        let (month, week, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
        Some(Self { month, week, day, seconds: split_time(time)?.0 })
    }

    /// In seconds since 1970, on the clocks of the zone.
    fn time(self, year: i64) -> i64 {
        let first = days_of(year, self.month);
        // 1970 began on a Thursday.
        let weekday = (first + 4).rem_euclid(7);
        let mut day = first + (self.day - weekday).rem_euclid(7) + (self.week - 1) * 7;
        let next =
            if self.month == 12 { days_of(year + 1, 1) } else { days_of(year, self.month + 1) };
        // The fifth is the last.
        while day >= next {
            day -= 7;
        }
        day * 86_400 + self.seconds
    }
}

/// An abbreviation, in brackets if it is not of letters.
fn split_name(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = text.strip_prefix('<') {
        let (name, rest) = rest.split_once('>')?;
        return Some((name.to_owned(), rest));
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    (end > 0).then(|| (text[..end].to_owned(), &text[end..]))
}

/// `[+-]hh[:mm[:ss]]` in seconds.
fn split_time(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || "+-:".contains(c))).unwrap_or(text.len());
    let (time, rest) = text.split_at(end);
    let (sign, digits) = match time.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, time.strip_prefix('+').unwrap_or(time)),
    };
    let mut seconds = 0;
    for (part, unit) in digits.split(':').zip([3600, 60, 1]) {
        seconds += part.parse::<i64>().ok()? * unit;
    }
    Some((sign * seconds, rest))
}

/// Days from 1970 to the first of a month.
fn days_of(year: i64, month: i64) -> i64 {
    // Years begin in March here, so that the day of a leap year is the last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn year_of(time: i64) -> i64 {
    let day = time.div_euclid(86_400);
    let mut year = 1970 + day.div_euclid(366);
    while days_of(year + 1, 1) <= day {
        year += 1;
    }
    year
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(footer: &str, time: i64) -> Kind {
        Rules::read(footer.as_bytes()).unwrap().at(time).unwrap()
    }

    #[test]
    fn days_and_years_are_counted_from_1970() {
        assert_eq!(days_of(1970, 1), 0);
        assert_eq!(days_of(2000, 3), 11_017);
        assert_eq!(days_of(1969, 12), -31);
        for (time, year) in [(0, 1970), (-1, 1969), (1_709_251_200, 2024), (32_503_680_000, 3000)] {
            assert_eq!(year_of(time), year);
        }
    }

    #[test]
    fn rules_tell_summer_from_winter() {
        let new_york = "\nEST5EDT,M3.2.0,M11.1.0\n";
        // 2050-03-13 is the second Sunday of March: the clocks change at 07:00 UTC.
        assert_eq!(at(new_york, 2_530_767_599).abbreviation, "EST");
        assert_eq!(
            at(new_york, 2_530_767_600),
            Kind { offset: -14_400, abbreviation: "EDT".into() }
        );
        let sydney = "AEST-10AEDT,M10.1.0,M4.1.0/3";
        assert_eq!(at(sydney, 2_524_608_000).offset, 39_600);
        assert_eq!(at("<+0530>-5:30", 0), Kind { offset: 19_800, abbreviation: "+0530".into() });
        assert!(Rules::read(b"").is_none());
        assert!(Rules::read(b"EST").is_none());
    }

    #[test]
    fn what_is_no_zone_is_none() {
        for name in ["", "../../etc/passwd", "/etc/passwd", "Nowhere/At_All", "America"] {
            assert!(read(name).is_none(), "{name}");
        }
        assert!(zone_at(b"TZif", 0).is_none());
        assert!(zone_at(&[0; 100], 0).is_none());
    }
}
