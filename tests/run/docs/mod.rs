//! The programs and commands of README.md and `docs/`, taken from the pages as a reader takes them.
//!
//! `page` says how a page is read. Each story runs in a folder of its own, with ports of its own
//! in place of those of the page, and its servers end as they would by Ctrl+C.

mod page;
mod story;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Outcome;
use crate::cases::{Case, Kind};
use page::Page;

const TIMEOUT: Duration = Duration::from_secs(20);

/// A case for each story, named after the line it begins at, and one for each page as a whole.
pub(crate) fn discover() -> Vec<Case> {
    let mut cases = Vec::new();
    for path in pages() {
        let name = shown(&path);
        let case = |name| Case { name, path: path.clone(), kind: Kind::Docs, timeout: TIMEOUT };
        cases.push(case(format!("docs: {name}")));
        for story in read(&path).stories {
            cases.push(case(format!("docs: {name}:{}", story.line)));
        }
    }
    cases
}

pub(crate) fn run(case: &Case) -> Outcome {
    let page = read(&case.path);
    let line = case.name.rsplit_once(':').and_then(|(_, line)| line.parse::<usize>().ok());
    let story = page.stories.iter().find(|story| Some(story.line) == line);
    match (line, story) {
        (None, _) if page.faults.is_empty() => Outcome::Passed,
        (None, _) => Outcome::Failed(page.faults.join("\n")),
        (Some(_), None) => Outcome::Failed("the page has changed meanwhile".to_owned()),
        (Some(_), Some(story)) => story::run(story, case),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn read(path: &Path) -> Page {
    match fs::read_to_string(path) {
        Ok(text) => page::read(&text, root()),
        Err(error) => Page { faults: vec![error.to_string()], ..Page::default() },
    }
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    for folder in ["docs", "docs/api"] {
        let docs = fs::read_dir(root().join(folder)).into_iter().flatten();
        pages.extend(
            docs.filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|path| path.extension().is_some_and(|extension| extension == "md")),
        );
    }
    pages.sort();
    pages
}
