//! docs/coming-from.md: a row counts if a test shows what it says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::source::{files_below, root};

const PAGE: &str = "docs/coming-from.md";
const SEEDS: &str = "tests/js/seeds";

#[test]
fn every_row_names_a_test() {
    let page = fs::read_to_string(root().join(PAGE)).unwrap();
    let faults = rows_without_a_test(&page, root());
    assert!(faults.is_empty(), "{PAGE} has rows without a test:\n{}\n", faults.join("\n"));
}

#[test]
fn every_test_is_in_a_row() {
    let page = fs::read_to_string(root().join(PAGE)).unwrap();
    let named: BTreeSet<&str> = rows(&page).flat_map(|row| tests(row)).collect();
    let files = files_below(&root().join(SEEDS), "js");
    assert!(!files.is_empty());
    let missing: Vec<String> = files
        .iter()
        .map(|path| path.strip_prefix(root()).unwrap().display().to_string())
        .filter(|path| !named.contains(path.as_str()))
        .collect();
    assert!(missing.is_empty(), "{PAGE} says nothing of {}", missing.join(", "));
}

#[test]
fn a_row_without_a_test_is_noticed() {
    let head = "| Theirs | krandog | Test |\n| --- | --- | --- |\n";
    let faults = |row: &str| rows_without_a_test(&format!("{head}{row}\n"), root()).len();
    assert_eq!(faults("| `a` | `b` | [c](../tests/js/hub/publish.js) |"), 0);
    assert_eq!(faults("| `a` | `b` | [c](../tests/run/nothing.js) |"), 1);
    assert_eq!(faults("| `a` | `b` | [c](../tests/support/rooms.js) |"), 1);
    assert_eq!(faults("| `a` | `b` | [c](../tests/js/hub) |"), 1);
    assert_eq!(faults("| `a` | [`b`](../tests/js/hub/publish.js) | |"), 1);
    assert_eq!(faults("| `a` | `b` | not yet |"), 1);
}

/// Those in whose last cell there is no link to a file that the tests run, or one to something else.
fn rows_without_a_test(page: &str, root: &Path) -> Vec<String> {
    let is_test = |path: &&str| {
        let folders = ["js", "cli", "mistakes", "interop", "hostile", "examples", "browser"];
        let runs = |folder| path.starts_with(&format!("tests/{folder}/"));
        folders.into_iter().any(runs) && root.join(path).is_file()
    };
    rows(page)
        .filter(|row| tests(row).is_empty() || !tests(row).iter().all(is_test))
        .map(str::to_owned)
        .collect()
}

/// The rows of tables below their heads.
fn rows(page: &str) -> impl Iterator<Item = &str> {
    let mut below = false;
    page.lines().filter(move |line| {
        let is_row = line.starts_with('|');
        let is_rule = line.starts_with("| ---");
        below = is_row && (below || is_rule);
        below && !is_rule
    })
}

/// The files that the last cell of a row links to, from the root.
fn tests(row: &str) -> Vec<&str> {
    let row = row.trim_end();
    let last = row.strip_suffix('|').unwrap_or(row).rsplit('|').next().unwrap_or_default();
    let ends = last.match_indices("](").map(|(at, mark)| &last[at + mark.len()..]);
    let links = ends.filter_map(|rest| rest.split_once(')'));
    links.map(|(link, _)| link.trim_start_matches("../")).collect()
}
