//! `exports` and `imports` of a `package.json`: from a name to a file of the package, or to the name
//! of another module.

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::error::ResolveError;
use super::manifest::Manifest;

/// What a name in `imports` stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A file of the package.
    File(PathBuf),
    /// A built-in, or another package.
    Module(String),
}

/// The file that a package exports as `subpath`, which is `.` or begins with `./`.
pub(super) fn exported(
    manifest: &Manifest,
    exports: &Value,
    subpath: &str,
    specifier: &str,
    conditions: &[&str],
) -> Result<PathBuf, ResolveError> {
    let whole = Map::from_iter([(".".to_owned(), exports.clone())]);
    let subpaths = match exports {
        Value::Object(map) if map.keys().any(|key| key.starts_with('.')) => {
            if !map.keys().all(|key| key.starts_with('.')) {
                return Err(ResolveError::InvalidManifest {
                    manifest: manifest.path.clone(),
                    reason: "its exports have paths, which begin with '.', beside conditions, \
                             which do not"
                        .to_owned(),
                });
            }
            map
        }
        _ => &whole,
    };
    let not_exported = || ResolveError::NotExported {
        specifier: specifier.to_owned(),
        subpath: subpath.to_owned(),
        manifest: manifest.path.clone(),
        hint: listed(subpaths),
    };
    let Some((key, target, star)) = entry(subpaths, subpath) else { return Err(not_exported()) };
    let search = Search { manifest, key, star, conditions, is_import: false };
    match search.target(target)? {
        Found::Target(Target::File(path)) => Ok(path),
        Found::Nothing => Err(ResolveError::NoCondition {
            specifier: specifier.to_owned(),
            subpath: subpath.to_owned(),
            manifest: manifest.path.clone(),
            conditions: conditions.join(", "),
        }),
        Found::Null | Found::Target(Target::Module(_)) => Err(not_exported()),
    }
}

/// What a name that begins with `#` stands for in the files of a package.
pub(super) fn imported(
    manifest: &Manifest,
    specifier: &str,
    conditions: &[&str],
) -> Result<Target, ResolveError> {
    let not_imported = || ResolveError::NotImported {
        specifier: specifier.to_owned(),
        manifest: Some(manifest.path.clone()),
    };
    let (key, target, star) = entry(&manifest.imports, specifier).ok_or_else(not_imported)?;
    let search = Search { manifest, key, star, conditions, is_import: true };
    match search.target(target)? {
        Found::Target(target) => Ok(target),
        Found::Nothing | Found::Null => Err(not_imported()),
    }
}

/// What may be imported instead.
fn listed(subpaths: &Map<String, Value>) -> String {
    const SHOWN: usize = 8;
    let keys: Vec<_> = subpaths.iter().filter(|(_, target)| !target.is_null()).collect();
    let shown: Vec<_> = keys.iter().take(SHOWN).map(|(key, _)| format!("'{key}'")).collect();
    let more = if keys.len() > SHOWN { " and more" } else { "" };
    if shown.is_empty() {
        String::new()
    } else {
        format!("; it exports {}{more}", shown.join(", "))
    }
}

/// The entry for a name: itself, or the most exact pattern that it matches, with what its `*` is.
fn entry<'a>(
    map: &'a Map<String, Value>,
    name: &'a str,
) -> Option<(&'a str, &'a Value, Option<&'a str>)> {
    if let Some((key, target)) = map.get_key_value(name).filter(|_| !name.contains('*')) {
        return Some((key, target, None));
    }
    let matching = map.iter().filter_map(|(key, target)| {
        let (before, after) = key.split_once('*')?;
        let star = name.strip_prefix(before)?.strip_suffix(after)?;
        let fits = !star.is_empty() && !after.contains('*');
        fits.then_some((key.as_str(), target, Some(star)))
    });
    // PATTERN_KEY_COMPARE: the longest text before the star, then the longest key.
    matching.max_by_key(|(key, ..)| (key.find('*'), key.len()))
}

enum Found {
    Target(Target),
    /// Excluded by `null`.
    Null,
    /// Under no condition that holds.
    Nothing,
}

struct Search<'a> {
    manifest: &'a Manifest,
    key: &'a str,
    star: Option<&'a str>,
    conditions: &'a [&'a str],
    is_import: bool,
}

impl Search<'_> {
    /// `PACKAGE_TARGET_RESOLVE`
    fn target(&self, target: &Value) -> Result<Found, ResolveError> {
        match target {
            Value::String(path) => self.path(path).map(Found::Target),
            Value::Object(map) => {
                for (condition, target) in map {
                    let holds =
                        condition == "default" || self.conditions.contains(&condition.as_str());
                    if !holds {
                        continue;
                    }
                    let found = self.target(target)?;
                    if !matches!(found, Found::Nothing) {
                        return Ok(found);
                    }
                }
                Ok(Found::Nothing)
            }
            Value::Array(targets) => {
                let mut last = Ok(Found::Null);
                for target in targets {
                    last = self.target(target);
                    match &last {
                        Ok(Found::Null | Found::Nothing)
                        | Err(ResolveError::InvalidTarget { .. }) => {}
                        Ok(Found::Target(_)) | Err(_) => return last,
                    }
                }
                last
            }
            Value::Null => Ok(Found::Null),
            other => Err(self.invalid(&other.to_string())),
        }
    }

    fn path(&self, target: &str) -> Result<Target, ResolveError> {
        let with_star = |text: &str| match self.star {
            Some(star) => text.replace('*', star),
            None => text.to_owned(),
        };
        let Some(inside) = target.strip_prefix("./") else {
            let is_module = self.is_import
                && !target.is_empty()
                && !target.starts_with("../")
                && !target.starts_with('/');
            return if is_module {
                Ok(Target::Module(with_star(target)))
            } else {
                Err(self.invalid(&format!("'{target}'")))
            };
        };
        let parts = [Some(inside), self.star].into_iter().flatten();
        if parts.flat_map(|part| part.split(['/', '\\'])).any(leaves) {
            return Err(self.invalid(&format!("'{target}'")));
        }
        Ok(Target::File(self.manifest.folder().join(with_star(inside))))
    }

    fn invalid(&self, target: &str) -> ResolveError {
        ResolveError::InvalidTarget {
            manifest: self.manifest.path.clone(),
            key: self.key.to_owned(),
            target: target.to_owned(),
        }
    }
}

/// Whether a segment of a path may lead out of the package.
fn leaves(segment: &str) -> bool {
    let plain = segment.replace("%2e", ".").replace("%2E", ".");
    plain == "." || plain == ".." || plain.eq_ignore_ascii_case("node_modules")
}
