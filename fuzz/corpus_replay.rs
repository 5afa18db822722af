//! Every file of the committed corpora through its fuzz target, without a fuzzer: what was found
//! once is looked for in every run of the tests.

#[path = "src/targets/mod.rs"]
#[allow(
    clippy::pedantic,
    clippy::expect_used,
    clippy::panic,
    clippy::redundant_clone,
    missing_docs,
    unreachable_pub,
    reason = "the fuzz targets are a package of their own, and to fail is what they are for"
)]
mod targets;

use std::path::Path;

use krandog::net::tls;
use krandog::{limits, proto};

/// A corpus with fewer files than this was not found.
const LEAST: usize = 10;

#[test]
fn every_file_of_the_corpora_keeps_its_promises() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in targets::ALL {
        let folder = corpora.join(name);
        let entries = std::fs::read_dir(&folder).expect("a corpus for each target");
        let mut files: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        assert!(files.len() >= LEAST, "{} files in {}", files.len(), folder.display());
        for file in files {
            let input = std::fs::read(&file).expect("a file of a corpus");
            let outcome = std::panic::catch_unwind(|| target(&input));
            assert!(outcome.is_ok(), "{}: see the message above", file.display());
        }
    }
}
