//! `package.json`: the fields that say which file is meant, and of which kind it is.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::error::ResolveError;
use crate::limits::PACKAGE_JSON_BYTES_MAX;

/// What the `.js` files of a package are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::js) enum Kind {
    /// `"type": "module"`.
    Module,
    /// `"type": "commonjs"`.
    CommonJs,
    /// Without `type`, or another one.
    Unsaid,
}

/// One `package.json`.
#[derive(Debug)]
pub(in crate::js) struct Manifest {
    /// Where it is.
    pub(in crate::js) path: PathBuf,
    /// Its `name`.
    pub(super) name: Option<String>,
    /// By its `type`.
    pub(in crate::js) kind: Kind,
    /// The file that the package is without `exports`: `main`, or `module` where that is all.
    pub(super) main: Option<String>,
    /// What others may import.
    pub(super) exports: Option<Value>,
    /// What its own files may import under names with `#`.
    pub(super) imports: Map<String, Value>,
}

impl Manifest {
    /// The folder of the package.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }
}

/// Manifests by folder, each read once.
#[derive(Debug, Default)]
pub(in crate::js) struct Manifests(RefCell<HashMap<PathBuf, Option<Rc<Manifest>>>>);

impl Manifests {
    /// The one in this folder.
    pub(super) fn of_folder(&self, folder: &Path) -> Result<Option<Rc<Manifest>>, ResolveError> {
        if let Some(known) = self.0.borrow().get(folder) {
            return Ok(known.clone());
        }
        let manifest = read(&folder.join("package.json"))?.map(Rc::new);
        self.0.borrow_mut().insert(folder.to_owned(), manifest.clone());
        Ok(manifest)
    }

    /// The one whose package a file belongs to: the nearest above it, inside of its `node_modules`.
    pub(in crate::js) fn around(&self, path: &Path) -> Result<Option<Rc<Manifest>>, ResolveError> {
        for folder in path.ancestors().skip(1) {
            if folder.ends_with("node_modules") {
                break;
            }
            if let Some(manifest) = self.of_folder(folder)? {
                return Ok(Some(manifest));
            }
        }
        Ok(None)
    }
}

fn read(path: &Path) -> Result<Option<Manifest>, ResolveError> {
    let invalid =
        |reason: String| ResolveError::InvalidManifest { manifest: path.to_owned(), reason };
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            return match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory => {
                    Ok(None)
                }
                _ => Err(invalid(error.to_string())),
            };
        }
    };
    if bytes.len() > PACKAGE_JSON_BYTES_MAX {
        let size = bytes.len();
        return Err(invalid(format!("it has {size} bytes, more than {PACKAGE_JSON_BYTES_MAX}")));
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let value = serde_json::from_slice(text).map_err(|error| invalid(error.to_string()))?;
    let Value::Object(mut fields) = value else {
        return Err(invalid("it is no JSON object".to_owned()));
    };
    let mut text = |name: &str| match fields.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let name = text("name");
    let kind = match text("type").as_deref() {
        Some("module") => Kind::Module,
        Some("commonjs") => Kind::CommonJs,
        _ => Kind::Unsaid,
    };
    let main = text("main");
    let main = main.or_else(|| text("module"));
    let exports = fields.remove("exports").filter(|exports| !exports.is_null());
    let imports = match fields.remove("imports") {
        Some(Value::Object(imports)) => imports,
        _ => Map::new(),
    };
    Ok(Some(Manifest { path: path.to_owned(), name, kind, main, exports, imports }))
}
