//! What a specifier means: a built-in, or a file.

use std::path::{Path, PathBuf};

use super::diagnose::instead_of_module;
use super::load_error::Failure;
use super::packages::error::ResolveError;
use super::packages::manifest::Manifests;
use super::packages::resolve::{Asker, Resolved, resolve};
use crate::limits::ALIASES_FOLLOWED;
use crate::url::Url;

/// What a specifier means.
pub(super) enum Found {
    /// A built-in, by its name without `node:`.
    Builtin(&'static str),
    /// A file.
    File(PathBuf),
}

/// Where specifiers are looked up.
pub(super) struct Finder<'a> {
    /// The names of built-ins.
    pub(super) builtins: &'a dyn Fn(&str) -> Option<&'static str>,
    pub(super) manifests: &'a Manifests,
}

impl Finder<'_> {
    /// What a specifier means in the module at a path.
    pub(super) fn find(
        &self,
        specifier: &str,
        referrer: Option<&Path>,
        asker: Asker,
    ) -> Result<Found, Failure> {
        let from =
            referrer.filter(|path| !is_builtin_path(path)).unwrap_or_else(|| Path::new("/program"));
        let mut specifier = specifier.to_owned();
        // What `imports` of a package name may be an alias again.
        for _ in 0..ALIASES_FOLLOWED {
            let name = specifier.strip_prefix("node:").unwrap_or(&specifier);
            // Some are called `node:` and nothing else, since a package has the short name.
            if let Some(name) = (self.builtins)(name).or_else(|| (self.builtins)(&specifier)) {
                return Ok(Found::Builtin(name));
            }
            if specifier.starts_with("file:") {
                let path = Url::parse(&specifier, None).and_then(|url| url.to_path());
                return path
                    .map(Found::File)
                    .ok_or_else(|| Failure::not_found(&specifier, "it is not a usable file: URL"));
            }
            let resolved = match resolve(&specifier, from, asker, self.manifests) {
                Ok(resolved) => resolved,
                Err(error) => return Err(not_found(&specifier, from, error)),
            };
            match resolved {
                Resolved::File(path) => return Ok(Found::File(path)),
                Resolved::Module(name) => specifier = name,
            }
        }
        Err(Failure::not_found(&specifier, "it stands for itself"))
    }
}

/// Says what else may have been meant.
fn not_found(specifier: &str, from: &Path, error: ResolveError) -> Failure {
    if !matches!(error, ResolveError::NoPackage { .. } | ResolveError::InvalidSpecifier { .. }) {
        return error.into();
    }
    if let Some(instead) = instead_of_module(specifier) {
        return Failure::not_found(specifier, &instead);
    }
    if from.with_file_name(specifier).is_file() {
        let why = format!("a file is named by a path: did you mean './{specifier}'?");
        return Failure::not_found(specifier, &why);
    }
    error.into()
}

/// The path of a built-in.
pub(super) fn builtin_path(name: &str) -> String {
    if name.contains(':') { name.to_owned() } else { format!("node:{name}") }
}

/// Files have absolute paths, so no file of a user can pass for a built-in.
pub(super) fn is_builtin_path(path: &Path) -> bool {
    let path = path.to_string_lossy();
    ["node:", "krandog:", "internal:", "ops:"].iter().any(|prefix| path.starts_with(prefix))
}
