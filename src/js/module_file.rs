//! The files that modules are: of which kind one is, and its text.

use std::path::Path;

use boa_engine::module::{Module, SyntheticModuleInitializer};
use boa_engine::object::builtins::JsUint8Array;
use boa_engine::{Context, JsValue, js_string};

use super::diagnose::similar;
use super::load_error::{Failure, json_error};
use super::packages::error::ResolveError;
use super::packages::manifest::{Kind, Manifests};
use super::packages::resolve::Asker;
use crate::limits::NEARBY_FILES;

/// What a file is to be read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// An ES module.
    Module,
    /// CommonJS, whatever its text says.
    CommonJs,
    /// CommonJS, unless its text is that of an ES module.
    Either,
    Json,
    /// A native add-on of Node.js.
    Addon,
    /// WebAssembly.
    Wasm,
    /// TypeScript with elements in it.
    Jsx,
}

/// By its ending, and by what the package around it says. A script of one's own is an ES module
/// without saying so; in packages, CommonJS came first.
pub(super) fn format(
    path: &Path,
    asker: Asker,
    manifests: &Manifests,
) -> Result<Format, ResolveError> {
    Ok(match path.extension().and_then(|ending| ending.to_str()) {
        Some("cjs" | "cts") => Format::CommonJs,
        Some("json") => Format::Json,
        Some("mjs" | "mts" | "jsx") => Format::Module,
        Some("tsx") => Format::Jsx,
        Some("node") => Format::Addon,
        Some("wasm") => Format::Wasm,
        _ => match manifests.around(path)?.map(|manifest| manifest.kind) {
            Some(Kind::Module) => Format::Module,
            Some(Kind::CommonJs) => Format::Either,
            _ if asker == Asker::Require || is_in_package(path) => Format::Either,
            _ => Format::Module,
        },
    })
}

/// Whether a file that says nothing of itself can be CommonJS. In a package any can, a script of
/// one's own only if it looks like it.
pub(super) fn may_be_commonjs(path: &Path, text: &str) -> bool {
    is_in_package(path) || ["require", "exports", "module"].iter().any(|word| text.contains(word))
}

/// Refuses what is no JavaScript.
pub(super) fn not_javascript(path: &Path, format: Format) -> Failure {
    let what = match format {
        Format::Wasm => "WebAssembly, which krandog does not run",
        Format::Jsx => {
            "TypeScript with JSX, which needs more than that its types are left out: compile it \
             first"
        }
        _ => {
            "a native add-on of Node.js, which krandog cannot load: look for a package that does \
             the same in JavaScript"
        }
    };
    Failure::Coded {
        code: "ERR_UNKNOWN_FILE_EXTENSION",
        message: format!("{} is {what}", path.display()),
    }
}

/// Whether a file belongs to an installed package.
pub(super) fn is_in_package(path: &Path) -> bool {
    path.components().any(|component| component.as_os_str() == "node_modules")
}

/// The bytes of a file that was imported, or where else to look.
pub(super) fn read(path: &Path, referrer: Option<&Path>) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| {
        let from = referrer.map(|path| format!(", imported from {}", path.display()));
        let hint = nearby(path).map(|name| format!(" (did you mean '{name}'?)"));
        Failure::not_found(
            &path.display().to_string(),
            &format!(
                "{}{}{}",
                describe(&error),
                from.unwrap_or_default(),
                hint.unwrap_or_default()
            ),
        )
    })
}

/// The text of a file that was imported.
pub(super) fn read_text(path: &Path, referrer: Option<&Path>) -> Result<String, Failure> {
    let text = String::from_utf8(read(path, referrer)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::wrong(format!("{} is not valid UTF-8 at byte {at}", path.display()))
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

/// What an I/O error says to a person, without the number.
pub fn describe(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// The file that was probably meant: the same name with an ending, an index of a directory, or a
/// name that differs by a slip.
fn nearby(path: &Path) -> Option<String> {
    let with_ending =
        ["js", "mjs", "cjs", "ts", "mts", "cts"].iter().map(|ending| path.with_extension(ending));
    let index = std::iter::once(path.join("index.js"));
    let candidate = with_ending
        .chain(index)
        .find(|candidate| candidate.is_file() && candidate != path)
        .or_else(|| {
            let name = path.file_name()?.to_str()?;
            let files = std::fs::read_dir(path.parent()?).ok()?;
            let names: Vec<String> = files
                .filter_map(|file| file.ok()?.file_name().into_string().ok())
                .take(NEARBY_FILES)
                .collect();
            let meant = similar(name, names.iter().map(String::as_str))?;
            Some(path.with_file_name(meant))
        })?;
    Some(candidate.display().to_string())
}

/// A module of one of the kinds that an import has to name.
pub(super) fn with_type(
    path: &Path,
    kind: &str,
    referrer: Option<&Path>,
    context: &mut Context,
) -> Result<Module, Failure> {
    let value = match kind {
        "json" => {
            let text = read_text(path, referrer)?;
            let module = Module::parse_json(js_string!(text), context);
            return module.map_err(|error| json_error(&error, path, context).into());
        }
        "text" => js_string!(read_text(path, referrer)?).into(),
        "bytes" => JsUint8Array::from_iter(read(path, referrer)?, context)?.into(),
        other => {
            return Err(Failure::wrong(format!(
                "cannot import {} with {{ type: '{other}' }}: 'json', 'text' and 'bytes' are known",
                path.display()
            )));
        }
    };
    let initializer = SyntheticModuleInitializer::from_copy_closure_with_captures(
        |module, value: &JsValue, _| module.set_export(&js_string!("default"), value.clone()),
        value,
    );
    let names = [js_string!("default")];
    Ok(Module::synthetic(&names, initializer, Some(path.to_path_buf()), None, context))
}
