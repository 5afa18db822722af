//! The figures of a run, as text for people and as JSON for `compare.sh`.

use std::fmt::Write as _;

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Count(u64),
    Real(f64),
    Text(String),
    /// Not measured: no `--server-pid`, or nothing to take it from.
    Missing,
}

/// Named figures, in the order in which they are shown. A name ends in its unit.
#[derive(Debug)]
pub(crate) struct Report {
    rows: Vec<(&'static str, Value)>,
}

impl Report {
    pub(crate) fn new(mode: &str) -> Self {
        Self { rows: vec![("mode", Value::Text(mode.into()))] }
    }

    pub(crate) fn text(&mut self, name: &'static str, text: &str) {
        self.rows.push((name, Value::Text(text.into())));
    }

    pub(crate) fn count(&mut self, name: &'static str, count: u64) {
        self.rows.push((name, Value::Count(count)));
    }

    pub(crate) fn real(&mut self, name: &'static str, real: impl Into<Option<f64>>) {
        let finite = real.into().filter(|real| real.is_finite());
        self.rows.push((name, finite.map_or(Value::Missing, Value::Real)));
    }

    /// One object on one line, without a line end.
    pub(crate) fn to_json(&self) -> String {
        let mut out = String::from("{");
        for (i, (name, value)) in self.rows.iter().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            // Writing to a string cannot fail.
            let _: std::fmt::Result = match value {
                Value::Count(count) => write!(out, "{comma}\"{name}\":{count}"),
                Value::Real(real) => write!(out, "{comma}\"{name}\":{real:.3}"),
                Value::Text(text) => write!(out, "{comma}\"{name}\":\"{}\"", escape(text)),
                Value::Missing => write!(out, "{comma}\"{name}\":null"),
            };
        }
        out.push('}');
        out
    }

    /// One figure a line.
    pub(crate) fn to_text(&self) -> String {
        let width = self.rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let mut out = String::new();
        for (name, value) in &self.rows {
            let shown = match value {
                Value::Count(count) => count.to_string(),
                Value::Real(real) => format!("{real:.2}"),
                Value::Text(text) => text.clone(),
                Value::Missing => "-".into(),
            };
            let _: std::fmt::Result = writeln!(out, "{name:width$}  {shown}");
        }
        out
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            control if control < ' ' => {
                let _: std::fmt::Result = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_one_valid_line() {
        let mut report = Report::new("echo");
        report.text("what", "a \"b\" \\ \n");
        report.count("messages", 3);
        report.real("cpu_us", 1.23456);
        report.real("none", None);
        report.real("nan", f64::NAN);
        let expected = r#"{"mode":"echo","what":"a \"b\" \\ \u000a","messages":3,"cpu_us":1.235,"none":null,"nan":null}"#;
        assert_eq!(report.to_json(), expected);
    }
}
