//! Why a specifier leads to no file.

use std::path::PathBuf;

use thiserror::Error;

/// What is wrong with a specifier, or with the package that it names.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(in crate::js) enum ResolveError {
    /// No folder `node_modules` has it.
    #[error(
        "cannot find module '{name}': it is not a built-in, and there is no node_modules/{name} \
         in {} or a folder above it: npm install {name}",
        .from.display()
    )]
    NoPackage { name: String, from: PathBuf },
    /// The package is there, and the file is not.
    #[error("cannot find module '{specifier}': there is no {}{hint}", .path.display())]
    NoFile { specifier: String, path: PathBuf, hint: String },
    /// An import names one file.
    #[error(
        "cannot find module '{specifier}': {} is a directory, and an import names a file{hint}",
        .path.display()
    )]
    Directory { specifier: String, path: PathBuf, hint: String },
    /// Not among `exports`.
    #[error(
        "cannot find module '{specifier}': the package exports no '{subpath}', says {}{hint}",
        .manifest.display()
    )]
    NotExported { specifier: String, subpath: String, manifest: PathBuf, hint: String },
    /// Among `exports`, but under none of the conditions that hold here.
    #[error(
        "cannot find module '{specifier}': {} exports '{subpath}' under none of the conditions \
         {conditions}",
        .manifest.display()
    )]
    NoCondition { specifier: String, subpath: String, manifest: PathBuf, conditions: String },
    /// Not among `imports`, or there is no package around the file.
    #[error("cannot find module '{specifier}': {}", match manifest {
        Some(path) => format!("{} has no such name among its imports", path.display()),
        None => "names that begin with # are for the imports of a package.json, and there is none \
                 around this file".to_owned(),
    })]
    NotImported { specifier: String, manifest: Option<PathBuf> },
    /// A target that is no path inside the package.
    #[error(
        "{} maps '{key}' to {target}, which is not a path inside of the package such as \
         './lib/file.js'",
        .manifest.display()
    )]
    InvalidTarget { manifest: PathBuf, key: String, target: String },
    /// Neither a name nor a path.
    #[error("cannot find module '{specifier}': {why}")]
    InvalidSpecifier { specifier: String, why: &'static str },
    /// A `package.json` that is none.
    #[error("{} is not valid: {reason}", .manifest.display())]
    InvalidManifest { manifest: PathBuf, reason: String },
}

impl ResolveError {
    /// The code that it has in Node.js.
    pub(in crate::js) fn code(&self) -> &'static str {
        match self {
            Self::NoPackage { .. } | Self::NoFile { .. } => "ERR_MODULE_NOT_FOUND",
            Self::Directory { .. } => "ERR_UNSUPPORTED_DIR_IMPORT",
            Self::NotExported { .. } | Self::NoCondition { .. } => "ERR_PACKAGE_PATH_NOT_EXPORTED",
            Self::NotImported { .. } => "ERR_PACKAGE_IMPORT_NOT_DEFINED",
            Self::InvalidTarget { .. } => "ERR_INVALID_PACKAGE_TARGET",
            Self::InvalidSpecifier { .. } => "ERR_INVALID_MODULE_SPECIFIER",
            Self::InvalidManifest { .. } => "ERR_INVALID_PACKAGE_CONFIG",
        }
    }
}
