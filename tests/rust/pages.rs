//! The Markdown pages: their widths, their links, and that what they say can be checked.
//!
//! `tests/run/docs` runs the programs and commands; what is wrong with its reading of a page would
//! go unnoticed, so that is tested here.

use std::fs;
use std::path::{Path, PathBuf};

use krandog::builtin::BUILTINS;
use krandog::builtin::globals::GLOBALS;

#[path = "../run/docs/page.rs"]
mod page;

const COLUMNS_MAX: usize = 100;
const README_LINES_MAX: usize = 200;

#[test]
fn lines_are_short() {
    let mut faults = Vec::new();
    for path in pages() {
        faults.extend(too_wide(&shown(&path), &text(&path)));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_readme_is_short() {
    let lines = text(&root().join("README.md")).lines().count();
    assert!(lines <= README_LINES_MAX, "README.md has {lines} lines");
}

#[test]
fn links_lead_somewhere() {
    let mut faults = Vec::new();
    for path in pages() {
        for link in links(&prose(&text(&path))) {
            if !link.contains("://") && !leads_somewhere(&path, &link) {
                faults.push(format!("{}: {link}", shown(&path)));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn paths_in_the_prose_exist() {
    let mut faults = Vec::new();
    for path in pages() {
        for named in paths(&prose(&text(&path))) {
            if !root().join(&named).exists() {
                faults.push(format!("{}: {named}", shown(&path)));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A heading of the troubleshooting page quotes a message, and an example below it shows it.
#[test]
fn messages_in_headings_are_shown() {
    let path = root().join("docs/troubleshooting.md");
    let text = text(&path);
    let mut faults = Vec::new();
    for section in text.split("\n### ").skip(1) {
        let (heading, rest) = section.split_once('\n').unwrap_or((section, ""));
        let Some(message) = heading.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'))
        else {
            continue;
        };
        if !page::matches(&format!("…{message}…"), &blocks(rest)) {
            faults.push(heading.to_owned());
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_built_in_is_described() {
    let ours = pages().into_iter().filter(|page| page.starts_with(root().join("docs")));
    let text: String = ours.map(|page| text(&page)).collect();
    let modules = BUILTINS.iter().map(|row| row.name).filter(|name| !name.contains(':'));
    let globals = GLOBALS.iter().map(|global| global.0).filter(|name| *name != "Performance");
    let missing: Vec<&str> =
        modules.chain(globals).filter(|name| !text.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/ says nothing of {}", missing.join(", "));
}

#[test]
fn the_width_is_noticed() {
    let long = "x".repeat(COLUMNS_MAX + 1);
    assert_eq!(too_wide("a", &format!("{long}\n")).len(), 1);
    assert_eq!(too_wide("a", &format!("| {long} |\n```\n{long}\n```\n")).len(), 0);
    assert_eq!(too_wide("a", &format!("[a](https://{long})\n")).len(), 0);
}

#[test]
fn links_are_found() {
    assert_eq!(links("a [b](c#d), ![e](f)"), ["c#d", "f"]);
    assert_eq!(paths("`src/a.rs` and `src/*.rs`, `other`"), ["src/a.rs"]);
    assert_eq!(anchors("# A `b`, c?\n## A-b\n"), ["a-b-c", "a-b"]);
    assert!(!leads_somewhere(&root().join("README.md"), "docs/nothing.md"));
    assert!(!leads_somewhere(&root().join("README.md"), "docs/guide.md#nothing"));
}

#[test]
fn a_block_that_would_not_run_is_a_fault() {
    let faults = |text: &str| page::read(text, root()).faults;
    let wrong = [
        "```\nwhat is it\n```",
        "```rust\nfn main() {}\n```",
        "```js\n1;",
        "  ```js\n1;\n  ```",
        "```text\nwhose output\n```",
        "```sh\n# only a comment\n```",
        "```console\nno prompt\n```",
        "<!-- test: skip I do not want to -->\n```sh\ntrue\n```",
        "<!-- test: by tests/nothing.py -->\n```sh\ntrue\n```",
        "<!-- test: exit one -->\n```sh\ntrue\n```",
        "<!-- test: skp it downloads -->\n```sh\ntrue\n```",
    ];
    for text in wrong {
        assert!(!faults(text).is_empty(), "{text}");
    }
    let right = [
        "<!-- test: skip it downloads -->\n```sh\nnpx\n```",
        "<!-- test: by tests/setup.sh -->\n```nginx\nserver {}\n```",
        "<!-- test: file a.json -->\n```json\n{}\n```",
    ];
    for text in right {
        assert_eq!(faults(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_page_becomes_stories() {
    let text = "```js\n// a.js\n1;\n```\n```text\none\n```\n\
                ```js\n// b.js\n2;\n```\n```console\n$ krandog b.js\ntwo\n$ a \"b\nc\"\n```\n\
                # Next\n<!-- test: beside b.js; exit 3 -->\n```sh\n# first\none \\\n  more\n```\n";
    let page = page::read(text, root());
    assert_eq!(page.faults, Vec::<String>::new());
    let steps: Vec<Vec<(&str, Option<&str>, i32)>> = page
        .stories
        .iter()
        .map(|story| {
            let step = |step: &page::Step| (step.line, step.exit);
            assert!(story.steps.iter().map(step).all(|(line, _)| line >= story.line));
            let steps = story.steps.iter();
            steps.map(|s| (s.command.as_str(), s.expected.as_deref(), s.exit)).collect()
        })
        .collect();
    assert_eq!(
        steps,
        [
            vec![("krandog a.js", Some("one\n"), 0)],
            vec![("krandog b.js", Some("two\n"), 0), ("a \"b\nc\"", Some(""), 0)],
            vec![("one \\\n  more", None, 3)],
        ]
    );
    assert_eq!(page.stories[2].beside, ["b.js"]);
    assert_eq!(page.stories[2].files.len(), 2);
}

#[test]
fn other_output_is_noticed() {
    assert!(page::matches("a\nb\n", "a\nb\n"));
    assert!(page::matches("…a…c", "xaybzc"));
    for (expected, text) in [("a", "b"), ("a…", "ba"), ("…a", "ab"), ("a…b…c", "acb"), ("a…a", "a")]
    {
        assert!(!page::matches(expected, text), "{expected} {text}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for folder in ["", "docs", "docs/api", "bench", "fuzz"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages
}

/// Lines that are too long, but for those that cannot be wrapped: tables, blocks and addresses.
fn too_wide(name: &str, text: &str) -> Vec<String> {
    let mut inside = false;
    let mut faults = Vec::new();
    for (at, line) in text.lines().enumerate() {
        inside ^= line.starts_with("```");
        let width = line.chars().count();
        let fixed = inside || line.starts_with('|') || line.starts_with("    ");
        let address = line.split_whitespace().any(|word| word.contains("](") && word.len() > 60);
        if width > COLUMNS_MAX && !fixed && !address {
            faults.push(format!("{name}:{}: {width} columns", at + 1));
        }
    }
    faults
}

/// A page without its blocks.
fn prose(text: &str) -> String {
    text.split("\n```").step_by(2).collect()
}

/// The blocks of a page without its prose.
fn blocks(text: &str) -> String {
    text.split("\n```").skip(1).step_by(2).collect()
}

/// The paths of this repository among the code spans: no patterns, no examples of what might be
/// added, nothing that is made by running something.
fn paths(text: &str) -> Vec<String> {
    let folders = ["src/", "tests/", "docs/", "examples/", "bench/", "fuzz/", "runtime/"];
    let made = ["<", "*", " ", "dns", ".venv", "node_modules", "results"];
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|span| folders.iter().any(|folder| span.starts_with(folder)))
        .filter(|span| !made.iter().any(|part| span.contains(part)))
        .map(str::to_owned)
        .collect()
}

/// The targets of `[text](target)`.
fn links(text: &str) -> Vec<String> {
    let ends = text.match_indices("](").map(|(at, mark)| &text[at + mark.len()..]);
    ends.filter_map(|rest| rest.split_once(')')).map(|(link, _)| link.to_owned()).collect()
}

fn leads_somewhere(page: &Path, link: &str) -> bool {
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = match file {
        "" => page.to_owned(),
        file => page.parent().unwrap_or(page).join(file),
    };
    if anchor.is_empty() {
        return target.exists();
    }
    fs::read_to_string(target).is_ok_and(|text| anchors(&prose(&text)).iter().any(|a| a == anchor))
}

/// What headings are called in links.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let line = line.trim_start_matches('#').trim().to_lowercase();
            let kept = line.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}
