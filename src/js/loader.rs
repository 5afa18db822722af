//! The module loader: files, JSON, built-in modules and their native halves.
//!
//! Built-ins are ES modules embedded in the binary and parsed when first imported. A public one is
//! `http` or `node:http` to scripts; `internal:*` modules and the natives, `ops:*`, resolve only
//! for importers that are built-ins themselves.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use boa_engine::builtins::promise::PromiseState;
use boa_engine::module::{
    Module, ModuleLoader, ModuleRequest, Referrer, SyntheticModuleInitializer,
};
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{
    Context, JsError, JsObject, JsResult, JsString, JsValue, NativeFunction, Source, js_string,
};

use super::diagnose::{Loaded, MissingExport, instead_of_module, missing_export, similar};
use super::error::type_error;
use super::frame;
use super::interface::Op;
use super::load_error::{import_error, json_error, syntax_error};
use super::nesting;
use super::waiting::waits_by_loops_only;
use crate::limits::NEARBY_FILES;
use crate::url::Url;

/// One built-in module: a row of the table in `builtin`.
pub struct Builtin {
    /// `http`, `krandog:hub` or `internal:inspect`.
    pub name: &'static str,
    /// The JavaScript half; empty for a built-in whose natives are all that it exports.
    pub source: &'static str,
    /// The native half, which only the JavaScript half can import, as `ops:<name>`.
    pub ops: &'static [Op],
}

/// Loads modules and remembers them, so that each is evaluated once.
pub struct Loader {
    builtins: &'static [Builtin],
    modules: RefCell<HashMap<String, Module>>,
    /// Stands for the file when the program came from `-e` or standard input.
    main: RefCell<Option<PathBuf>>,
}

impl Loader {
    /// A loader that knows these built-ins.
    pub fn new(builtins: &'static [Builtin]) -> Self {
        Self { builtins, modules: RefCell::default(), main: RefCell::default() }
    }

    /// Parses the program itself. `path` is absolute; `source` is its text.
    pub fn parse_main(&self, path: &Path, source: &str, context: &mut Context) -> JsResult<Module> {
        nesting::check_file(path, source)?;
        let module = parse(path, source, context)?;
        self.modules.borrow_mut().insert(path.to_string_lossy().into_owned(), module.clone());
        *self.main.borrow_mut() = Some(path.to_path_buf());
        Ok(module)
    }

    /// Whether the module at `path` is the program itself.
    pub fn is_main(&self, path: &Path) -> bool {
        self.main.borrow().as_deref() == Some(path)
    }

    /// Imports a built-in at once.
    pub fn import_builtin(&self, name: &str, context: &mut Context) -> JsResult<Module> {
        let module = self.builtin(name, context)?;
        evaluate_now(&module, context)?;
        Ok(module)
    }

    fn load(
        &self,
        referrer: Option<&Path>,
        request: &ModuleRequest,
        context: &mut Context,
    ) -> JsResult<Module> {
        let specifier = request.specifier().to_std_string_escaped();
        let from_builtin = referrer.is_some_and(is_builtin_path);
        if let Some(name) = specifier.strip_prefix("ops:").filter(|_| from_builtin) {
            return self.ops(name, context);
        }
        if specifier.starts_with("internal:") && !from_builtin {
            return Err(not_found(&specifier, "modules named internal:* belong to the runtime"));
        }
        let name = specifier.strip_prefix("node:").unwrap_or(&specifier);
        if self.builtins.iter().any(|row| row.name == name) {
            return self.builtin(name, context);
        }
        let path = resolve(&specifier, referrer)?;
        let kind = request.get_attribute("type").map(JsString::to_std_string_escaped);
        self.file(&path, kind.as_deref(), referrer, context)
    }

    fn builtin(&self, name: &str, context: &mut Context) -> JsResult<Module> {
        let Some(row) = self.builtins.iter().find(|row| row.name == name) else {
            return Err(not_found(name, "there is no such built-in"));
        };
        if row.source.is_empty() {
            return self.ops(name, context);
        }
        let path = builtin_path(row.name);
        if let Some(module) = self.cached(&path) {
            return Ok(module);
        }
        let module = parse(Path::new(&path), row.source, context)?;
        self.modules.borrow_mut().insert(path, module.clone());
        Ok(module)
    }

    fn ops(&self, name: &str, context: &mut Context) -> JsResult<Module> {
        let key = format!("ops:{name}");
        if let Some(module) = self.cached(&key) {
            return Ok(module);
        }
        let Some(row) = self.builtins.iter().find(|row| row.name == name) else {
            return Err(not_found(&key, "there is no such built-in"));
        };
        let names: Vec<JsString> = row.ops.iter().map(|op| JsString::from(op.0)).collect();
        let ops = row.ops;
        let initializer = SyntheticModuleInitializer::from_copy_closure(move |module, context| {
            for (name, length, body) in ops {
                let function =
                    FunctionObjectBuilder::new(context.realm(), NativeFunction::from_fn_ptr(*body))
                        .name(js_string!(*name))
                        .length(*length)
                        .build();
                module.set_export(&js_string!(*name), function.into())?;
            }
            Ok(())
        });
        let module =
            Module::synthetic(&names, initializer, Some(PathBuf::from(&key)), None, context);
        self.modules.borrow_mut().insert(key, module.clone());
        Ok(module)
    }

    fn file(
        &self,
        path: &Path,
        kind: Option<&str>,
        referrer: Option<&Path>,
        context: &mut Context,
    ) -> JsResult<Module> {
        // The same file is one module, whatever path led to it.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let shown = path.display();
        let key = match kind {
            None => path.to_string_lossy().into_owned(),
            Some(kind) => format!("{shown}#{kind}"),
        };
        if let Some(module) = self.cached(&key) {
            return Ok(module);
        }
        let text = read_text(&path, referrer)?;
        let module = match (kind, path.extension().and_then(|ending| ending.to_str())) {
            (Some("json"), _) => json_module(&path, &text, context)?,
            (Some(other), _) => {
                return Err(type_error(format!(
                    "cannot import {shown} with {{ type: '{other}' }}: only 'json' is known"
                )));
            }
            (None, Some("json")) => {
                return Err(type_error(format!(
                    "{shown} is JSON: import it with {{ type: 'json' }}, as in \
                     import data from './data.json' with {{ type: 'json' }}"
                )));
            }
            (None, Some("cjs")) => return Err(commonjs(&path)),
            (None, _) => {
                nesting::check_file(&path, &text)?;
                parse(&path, &text, context)?
            }
        };
        self.modules.borrow_mut().insert(key, module.clone());
        Ok(module)
    }

    /// Which import of a loaded module asks for an export of this name that does not exist.
    pub(super) fn missing_export(
        &self,
        name: &str,
        source_of: impl Fn(&str) -> Option<String>,
    ) -> Option<MissingExport> {
        let source = |path: &str| {
            let builtin = self.builtins.iter().find(|row| builtin_path(row.name) == path);
            builtin.map_or_else(|| source_of(path), |row| Some(row.source.to_owned()))
        };
        let loaded: Vec<Loaded> = self
            .paths()
            .into_iter()
            .filter_map(|path| Some(Loaded { source: source(&path)?, path }))
            .collect();
        missing_export(name, &loaded, &|specifier, from| {
            let name = specifier.strip_prefix("node:").unwrap_or(specifier);
            if self.builtins.iter().any(|row| row.name == name) {
                return Some(builtin_path(name));
            }
            let path = resolve(specifier, Some(Path::new(from))).ok()?;
            let path = path.canonicalize().unwrap_or(path);
            Some(path.to_string_lossy().into_owned())
        })
    }

    /// The paths of all modules that were loaded, built-ins too.
    pub(super) fn paths(&self) -> Vec<String> {
        self.modules.borrow().keys().cloned().collect()
    }

    fn cached(&self, key: &str) -> Option<Module> {
        self.modules.borrow().get(key).cloned()
    }
}

impl ModuleLoader for Loader {
    async fn load_imported_module(
        self: Rc<Self>,
        referrer: Referrer,
        request: ModuleRequest,
        context: &RefCell<&mut Context>,
    ) -> JsResult<Module> {
        // Nothing is awaited: a graph of modules loads, links and evaluates in one go.
        let mut context = context.borrow_mut();
        self.load(referrer.path(), &request, &mut context).map_err(|error| {
            let specifier = request.specifier().to_std_string_lossy();
            import_error(error, referrer.path(), &specifier, &mut context)
        })
    }

    fn init_import_meta(
        self: Rc<Self>,
        import_meta: &JsObject,
        module: &Module,
        context: &mut Context,
    ) {
        let Some(path) = module.path() else { return };
        let mut set = |name: &str, value: JsValue| {
            // A fresh ordinary object takes any property.
            drop(import_meta.create_data_property(js_string!(name), value, context));
        };
        if is_builtin_path(path) {
            set("url", js_string!(&*path.to_string_lossy()).into());
            return;
        }
        let url = Url::from_path(path).map_or_else(String::new, |url| url.href());
        set("url", js_string!(url).into());
        set("filename", js_string!(&*path.to_string_lossy()).into());
        let directory = path.parent().unwrap_or(path);
        set("dirname", js_string!(&*directory.to_string_lossy()).into());
        set("main", self.is_main(path).into());
    }
}

/// Imports a built-in at once and returns it.
pub fn import_builtin(name: &str, context: &mut Context) -> JsResult<Module> {
    let loader = context.downcast_module_loader::<Loader>();
    loader.ok_or_else(|| type_error("there is no module loader"))?.import_builtin(name, context)
}

/// Calls a function that a built-in exports. It is imported for that.
pub fn call_builtin(
    module: &str,
    function: &str,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let found = import_builtin(module, context)?.get_value(js_string!(function), context)?;
    let found = found.as_function().ok_or_else(|| type_error(format!("no function {function}")))?;
    found.call(&JsValue::undefined(), arguments, context)
}

/// Loads, links and evaluates a module whose whole graph is built in: it cannot be left pending.
fn evaluate_now(module: &Module, context: &mut Context) -> JsResult<()> {
    let module = module.clone();
    let evaluate = move |context: &mut Context| {
        settled(&module.load(context))?;
        module.link(context)?;
        settled(&module.evaluate(context)?)
    };
    frame::within(evaluate, context)
}

/// Loads, links and evaluates the program.
pub fn evaluate_program(module: &Module, context: &mut Context) -> JsResult<JsPromise> {
    let module = module.clone();
    let evaluate = move |context: &mut Context| {
        if let Err(error) = settled(&module.load(context)).and_then(|()| module.link(context)) {
            return JsPromise::reject(error, context);
        }
        module.evaluate(context)
    };
    frame::within(evaluate, context)
}

fn settled(promise: &JsPromise) -> JsResult<()> {
    match promise.state() {
        PromiseState::Rejected(reason) => Err(JsError::from_opaque(reason)),
        PromiseState::Fulfilled(_) | PromiseState::Pending => Ok(()),
    }
}

fn parse(path: &Path, text: &str, context: &mut Context) -> JsResult<Module> {
    // Where Boa 0.22 finds no `await`, it takes a module for one that never waits, and drops what a
    // `for await` loop throws. This is one behind the last line.
    let told = waits_by_loops_only(text).then(|| format!("{text}\nawait undefined;"));
    let source = Source::from_bytes(told.as_deref().unwrap_or(text)).with_path(path);
    Module::parse(source, None, context).map_err(|error| syntax_error(error, path, text, context))
}

fn builtin_path(name: &str) -> String {
    if name.contains(':') { name.to_owned() } else { format!("node:{name}") }
}

/// Files have absolute paths, so no file of a user can pass for a built-in.
fn is_builtin_path(path: &Path) -> bool {
    let path = path.to_string_lossy();
    ["node:", "krandog:", "internal:", "ops:"].iter().any(|prefix| path.starts_with(prefix))
}

fn resolve(specifier: &str, referrer: Option<&Path>) -> JsResult<PathBuf> {
    if specifier.starts_with("file:") {
        return Url::parse(specifier, None)
            .and_then(|url| url.to_path())
            .ok_or_else(|| not_found(specifier, "it is not a usable file: URL"));
    }
    if specifier.starts_with('/') {
        return Ok(normalize(Path::new(specifier)));
    }
    let base = referrer
        .filter(|path| !is_builtin_path(path))
        .and_then(Path::parent)
        .unwrap_or_else(|| Path::new("/"));
    if !(specifier.starts_with("./") || specifier.starts_with("../")) {
        return Err(not_found(specifier, &not_a_path(specifier, base)));
    }
    Ok(normalize(&base.join(specifier)))
}

/// Why a specifier that is neither a built-in nor a path cannot be imported.
fn not_a_path(specifier: &str, base: &Path) -> String {
    if let Some(instead) = instead_of_module(specifier) {
        return instead;
    }
    if base.join(specifier).is_file() {
        return format!("a file is named by a path: did you mean './{specifier}'?");
    }
    "it is not a built-in, and packages are not looked up: name a file as './name.js'".to_owned()
}

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

fn read_text(path: &Path, referrer: Option<&Path>) -> JsResult<String> {
    let bytes = std::fs::read(path).map_err(|error| {
        let from = referrer.map(|path| format!(", imported from {}", path.display()));
        let hint = nearby(path).map(|name| format!(" (did you mean '{name}'?)"));
        not_found(
            &path.display().to_string(),
            &format!(
                "{}{}{}",
                describe(&error),
                from.unwrap_or_default(),
                hint.unwrap_or_default()
            ),
        )
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        type_error(format!("{} is not valid UTF-8 at byte {at}", path.display()))
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
    let with_ending = ["js", "mjs"].iter().map(|ending| path.with_extension(ending));
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

fn json_module(path: &Path, text: &str, context: &mut Context) -> JsResult<Module> {
    Module::parse_json(js_string!(text), context).map_err(|error| json_error(&error, path, context))
}

fn commonjs(path: &Path) -> JsError {
    type_error(format!(
        "{} is a CommonJS file, and krandog runs ES modules only: rename it to .js, and write \
         import name from 'module' for require('module') and export for module.exports",
        path.display()
    ))
}

fn not_found(specifier: &str, why: &str) -> JsError {
    type_error(format!("cannot find module '{specifier}': {why}"))
}
