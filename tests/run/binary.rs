//! Which krandog is tested: the one that cargo has just built, or the one that `KRANDOG` names.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

static GIVEN: OnceLock<PathBuf> = OnceLock::new();

/// Looks for the binary that `KRANDOG` names. Cases run in folders of their own, so its path becomes
/// absolute.
pub(crate) fn find() -> Result<(), String> {
    let Some(given) = std::env::var_os("KRANDOG") else { return Ok(()) };
    let path = Path::new(&given)
        .canonicalize()
        .map_err(|error| format!("KRANDOG={}: {error}", given.display()))?;
    GIVEN.get_or_init(|| path);
    Ok(())
}

/// The binary to test.
pub(crate) fn krandog() -> &'static Path {
    GIVEN.get().map_or_else(|| Path::new(env!("CARGO_BIN_EXE_krandog")), PathBuf::as_path)
}
