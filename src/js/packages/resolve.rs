//! From a specifier to a file.

use std::path::{Component, Path, PathBuf};

use super::error::ResolveError;
use super::manifest::{Manifest, Manifests};
use super::targets::{Target, exported, imported};

/// Who asks. The two systems look for files in different ways, and packages may answer them
/// differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// `import`, which names a file as it is.
    Import,
    /// `require`, which tries endings and folders.
    Require,
}

impl Asker {
    const fn conditions(self) -> &'static [&'static str] {
        match self {
            Self::Import => &["krandog", "node", "import", "module-sync"],
            Self::Require => &["krandog", "node", "require", "module-sync"],
        }
    }
}

/// What a specifier means.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::js) enum Resolved {
    /// A file, which exists.
    File(PathBuf),
    /// Another module: what a name in `imports` stands for.
    Module(String),
}

/// Endings that `require` tries.
const ENDINGS: [&str; 4] = [".js", ".json", ".cjs", ".node"];

/// Finds the file that `specifier` means in the file `from`.
pub(in crate::js) fn resolve(
    specifier: &str,
    from: &Path,
    asker: Asker,
    manifests: &Manifests,
) -> Result<Resolved, ResolveError> {
    let resolver = Resolver { specifier, from, asker, manifests };
    if specifier.starts_with('/') {
        return resolver.path(Path::new(specifier)).map(Resolved::File);
    }
    if matches!(specifier, "." | "..")
        || specifier.starts_with("./")
        || specifier.starts_with("../")
    {
        let folder = from.parent().unwrap_or(from);
        return resolver.path(&folder.join(specifier)).map(Resolved::File);
    }
    if specifier.starts_with('#') {
        return resolver.own_import();
    }
    resolver.package().map(Resolved::File)
}

struct Resolver<'a> {
    specifier: &'a str,
    from: &'a Path,
    asker: Asker,
    manifests: &'a Manifests,
}

impl Resolver<'_> {
    fn path(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        let found = match self.asker {
            Asker::Import => None,
            Asker::Require => self.by_trying(path)?,
        };
        let plain = normalize(path);
        match found {
            Some(found) => Ok(found),
            // Whoever reads the file says it better than this could.
            None if self.asker == Asker::Import && !plain.is_dir() => Ok(plain),
            None if plain.is_dir() => Err(self.directory(plain)),
            None => Err(self.no_file(plain)),
        }
    }

    /// `require` of a path: `LOAD_AS_FILE`, then `LOAD_AS_DIRECTORY`.
    fn by_trying(&self, path: &Path) -> Result<Option<PathBuf>, ResolveError> {
        let plain = normalize(path);
        let is_folder = self.specifier.ends_with('/') || self.specifier.ends_with("..");
        let file = if is_folder { None } else { as_file(&plain) };
        match file {
            Some(file) => Ok(Some(file)),
            None if plain.is_dir() => match self.manifests.of_folder(&plain)? {
                Some(manifest) => Ok(main_of(&manifest)),
                None => Ok(index_of(&plain)),
            },
            None => Ok(None),
        }
    }

    fn own_import(&self) -> Result<Resolved, ResolveError> {
        let specifier = self.specifier;
        let Some(manifest) = self.manifests.around(self.from)? else {
            return Err(ResolveError::NotImported {
                specifier: specifier.to_owned(),
                manifest: None,
            });
        };
        match imported(&manifest, specifier, self.asker.conditions())? {
            Target::File(path) => self.existing(path).map(Resolved::File),
            Target::Module(name) => Ok(Resolved::Module(name)),
        }
    }

    /// `PACKAGE_RESOLVE`
    fn package(&self) -> Result<PathBuf, ResolveError> {
        let (name, subpath) = self.name_and_subpath()?;
        if let Some(manifest) = self.manifests.around(self.from)?
            && manifest.name.as_deref() == Some(name)
            && manifest.exports.is_some()
        {
            return self.inside(&manifest, &subpath);
        }
        for folder in self.from.ancestors().skip(1) {
            if folder.ends_with("node_modules") {
                continue;
            }
            let package = folder.join("node_modules").join(name);
            if !package.is_dir() {
                continue;
            }
            return match self.manifests.of_folder(&package)? {
                Some(manifest) => self.inside(&manifest, &subpath),
                None => self.without_exports(&package, None, &subpath),
            };
        }
        let from = self.from.parent().unwrap_or(self.from).to_owned();
        Err(ResolveError::NoPackage { name: name.to_owned(), from })
    }

    fn name_and_subpath(&self) -> Result<(&str, String), ResolveError> {
        let invalid =
            |why| ResolveError::InvalidSpecifier { specifier: self.specifier.to_owned(), why };
        let mut ends = self.specifier.match_indices('/').map(|(at, _)| at);
        let end = if self.specifier.starts_with('@') {
            let scope = ends.next().ok_or_else(|| {
                invalid("a name that begins with @ has two parts, as in '@scope/name'")
            })?;
            if scope == 1 {
                return Err(invalid("there is no scope between @ and /"));
            }
            ends.next()
        } else {
            ends.next()
        };
        let (name, rest) = self.specifier.split_at(end.unwrap_or(self.specifier.len()));
        if name.is_empty() || name.starts_with('.') || name.contains(['\\', '%']) {
            return Err(invalid(
                "it is neither a name of a package nor a path such as './name.js'",
            ));
        }
        Ok((name, format!(".{rest}")))
    }

    fn inside(&self, manifest: &Manifest, subpath: &str) -> Result<PathBuf, ResolveError> {
        match &manifest.exports {
            Some(exports) => {
                let conditions = self.asker.conditions();
                let path = exported(manifest, exports, subpath, self.specifier, conditions)?;
                self.existing(path)
            }
            None => self.without_exports(manifest.folder(), Some(manifest), subpath),
        }
    }

    /// A package of old: `main`, or any of its files.
    fn without_exports(
        &self,
        folder: &Path,
        manifest: Option<&Manifest>,
        subpath: &str,
    ) -> Result<PathBuf, ResolveError> {
        if subpath == "." {
            let main = manifest.map_or_else(|| index_of(folder), main_of);
            return main.ok_or_else(|| self.no_file(folder.join("index.js")));
        }
        let path = folder.join(subpath);
        match self.asker {
            Asker::Require => self.path(&path),
            Asker::Import => self.existing(normalize(&path)),
        }
    }

    fn existing(&self, path: PathBuf) -> Result<PathBuf, ResolveError> {
        if path.is_file() {
            return Ok(path);
        }
        Err(if path.is_dir() { self.directory(path) } else { self.no_file(path) })
    }

    fn no_file(&self, path: PathBuf) -> ResolveError {
        let meant = as_file(&path).or_else(|| typescript_of(&path));
        let hint = meant.and_then(|meant| Some(meant.file_name()?.display().to_string()));
        let hint = hint.map_or_else(String::new, |meant| format!(" (did you mean '{meant}'?)"));
        ResolveError::NoFile { specifier: self.specifier.to_owned(), path, hint }
    }

    fn directory(&self, path: PathBuf) -> ResolveError {
        let specifier = self.specifier.to_owned();
        let slash = if specifier.ends_with('/') { "" } else { "/" };
        let hint = match index_of(&path) {
            Some(_) if self.asker == Asker::Import => {
                format!(" (did you mean '{specifier}{slash}index.js'?)")
            }
            _ => String::new(),
        };
        ResolveError::Directory { specifier, path, hint }
    }
}

/// The file of this name, or with one of the endings that may be left out.
fn as_file(path: &Path) -> Option<PathBuf> {
    if path.is_file() {
        return Some(path.to_owned());
    }
    let name = path.file_name()?;
    ENDINGS.iter().find_map(|ending| {
        let mut name = name.to_owned();
        name.push(ending);
        let candidate = path.with_file_name(name);
        candidate.is_file().then_some(candidate)
    })
}

/// The TypeScript that is there in place of a file: a specifier has to name it as it is.
fn typescript_of(path: &Path) -> Option<PathBuf> {
    ["ts", "mts", "cts"]
        .iter()
        .map(|ending| path.with_extension(ending))
        .find(|candidate| candidate.is_file())
}

fn index_of(folder: &Path) -> Option<PathBuf> {
    as_file(&folder.join("index"))
}

fn main_of(manifest: &Manifest) -> Option<PathBuf> {
    let folder = manifest.folder();
    let main = manifest.main.as_ref().and_then(|main| {
        let path = normalize(&folder.join(main));
        as_file(&path).or_else(|| index_of(&path))
    });
    main.or_else(|| index_of(folder))
}

/// The path without `.` and `..`.
fn normalize(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}
