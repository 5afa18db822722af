//! The text of the `Date` field.

use std::time::UNIX_EPOCH;

use crate::net::reactor::wall_clock;

/// Made once a second. The clock is read once a turn.
#[derive(Default)]
pub(super) struct DateText {
    second: u64,
    text: String,
    /// It is of this turn.
    fresh: bool,
}

impl DateText {
    /// The time has moved on.
    pub(super) fn begin_turn(&mut self) {
        self.fresh = false;
    }

    pub(super) fn at_wall_clock(&mut self) -> &str {
        if !std::mem::replace(&mut self.fresh, true) {
            let now = wall_clock();
            let second = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            if second != self.second || self.text.is_empty() {
                self.second = second;
                self.text = httpdate::fmt_http_date(now);
            }
        }
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::DateText;

    #[test]
    fn the_date_changes_with_the_turn() {
        let mut date = DateText { second: 1, text: "of this turn".to_owned(), fresh: true };
        assert_eq!(date.at_wall_clock(), "of this turn");
        date.begin_turn();
        let text = date.at_wall_clock().to_owned();
        assert!(httpdate::parse_http_date(&text).is_ok(), "{text}");
        assert_eq!(date.at_wall_clock(), text);
    }
}
