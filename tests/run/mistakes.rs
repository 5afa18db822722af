//! `tests/mistakes/<kind>/<mistake>.js`: programs with one mistake each, and what krandog must say.
//!
//! Comments at the end of the file tell: `names` are the words that the message must have outside of
//! the source lines that it shows, `at` is the place that it must name first, as `line:column` or
//! `file:line:column`, and `remedy` what it must advise. `plain` marks mistakes that other runtimes
//! can be asked about as well.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cases::Case;
use crate::execute::finish;
use crate::{Outcome, binary};

/// What a file says that its mistake is.
struct Mistake {
    names: Vec<String>,
    /// File, line and column.
    at: (String, String),
    remedies: Vec<String>,
}

/// Whether a file is a case, and not a module of one.
pub(crate) fn is_case(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text.contains("\n// at: "))
}

pub(crate) fn run(case: &Case) -> Outcome {
    let text = fs::read_to_string(&case.path).unwrap_or_default();
    let Some(mistake) = Mistake::of(&text, &case.path) else {
        return Outcome::Failed("the file does not say what its mistake is".to_owned());
    };
    let mut command = Command::new(binary::krandog());
    command.arg(&case.path);
    let finished = match finish(command, b"", case.timeout) {
        Ok(finished) => finished,
        Err(error) => return Outcome::Failed(error),
    };
    let said = String::from_utf8_lossy(&finished.stderr).into_owned();
    let faults = mistake.faults(&said, &case.path);
    if faults.is_empty() {
        return Outcome::Passed;
    }
    Outcome::Failed(format!("{}\n--- came\n{said}", faults.join("\n")))
}

impl Mistake {
    fn of(text: &str, path: &Path) -> Option<Self> {
        let values = |key: &str| {
            let prefix = format!("// {key}: ");
            text.lines()
                .filter_map(move |line| line.strip_prefix(prefix.as_str()).map(str::to_owned))
        };
        let own = path.file_name()?.to_string_lossy().into_owned();
        let at = values("at").next()?;
        let at = match at.split(':').count() {
            3 => at.split_once(':').map(|(file, place)| (file.to_owned(), place.to_owned()))?,
            _ => (own, at),
        };
        let names: Vec<String> = values("names")
            .flat_map(|names| names.split(", ").map(str::to_owned).collect::<Vec<_>>())
            .collect();
        if names.is_empty() {
            return None;
        }
        Some(Self { names, at, remedies: values("remedy").collect() })
    }

    fn faults(&self, said: &str, path: &Path) -> Vec<String> {
        let message = without_source(said, path);
        let missing = self.names.iter().filter(|name| !message.contains(name.as_str()));
        let mut faults: Vec<String> =
            missing.map(|name| format!("the message does not name {name}")).collect();
        let (file, place) = &self.at;
        if first_place(said, path).as_ref() != Some(&self.at) {
            faults.push(format!("the first place is not {file}:{place}"));
        }
        let unsaid = self.remedies.iter().filter(|remedy| !said.contains(remedy.as_str()));
        faults.extend(unsaid.map(|remedy| format!("the remedy is missing: {remedy}")));
        faults
    }
}

/// What is said apart from calls and lines of the sources, which have all the names anyway.
fn without_source(said: &str, path: &Path) -> String {
    let folder = fs::read_dir(path.parent().unwrap_or(path));
    let files = folder.into_iter().flatten().filter_map(Result::ok);
    let sources: Vec<String> =
        files.filter_map(|file| fs::read_to_string(file.path()).ok()).collect();
    let lines: HashSet<&str> =
        sources.iter().flat_map(|text| text.lines()).map(str::trim).collect();
    let kept = said
        .lines()
        .filter(|line| !line.trim_start().starts_with("at ") && !lines.contains(line.trim()));
    kept.collect::<Vec<_>>().join("\n")
}

/// The first line and column that are named, and in which file.
fn first_place(said: &str, path: &Path) -> Option<(String, String)> {
    let folder = format!("{}/", path.parent()?.display());
    said.split(folder.as_str()).skip(1).find_map(|rest| {
        let end = rest.find([' ', ')', ',', '\n']).unwrap_or(rest.len());
        let mut parts = rest[..end].splitn(3, ':');
        let (file, line, column) = (parts.next()?, parts.next()?, parts.next()?);
        let numbers = [line, column].iter().all(|part| part.parse::<usize>().is_ok());
        numbers.then(|| (file.to_owned(), format!("{line}:{column}")))
    })
}
