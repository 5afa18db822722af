//! The module loader: files, JSON, built-in modules and their native halves.
//!
//! Built-ins are ES modules embedded in the binary and parsed when first imported. A public one is
//! `http` or `node:http` to scripts; `internal:*` modules and the natives, `ops:*`, resolve only
//! for importers that are built-ins themselves.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use boa_engine::ast::scope::Scope;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::interner::Interner;
use boa_engine::module::{
    Module, ModuleLoader, ModuleRequest, Referrer, SyntheticModuleInitializer,
};
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::{JsPromise, JsUint8Array};
use boa_engine::parser::Parser;
use boa_engine::{
    Context, JsArgs, JsError, JsObject, JsResult, JsString, JsValue, NativeFunction, Source,
    js_string,
};

use super::commonjs::{module as commonjs, names, source};
use super::diagnose::{Loaded, MissingExport, instead_of_module, missing_export};
use super::error::type_error;
use super::frame;
use super::interface::Op;
use super::load_error::{Failure, import_error, json_error, syntax_error};
use super::module_file::{Format, format, read, read_text};
use super::nesting;
use super::packages::error::ResolveError;
use super::packages::manifest::Manifests;
use super::packages::resolve::{Asker, Resolved, resolve};
use super::requiring::Requiring;
use super::waiting::waits_by_loops_only;
use crate::limits::{ALIASES_FOLLOWED, COMMONJS_REEXPORTS};
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
    manifests: Manifests,
    requiring: Requiring,
    /// Stands for the file when the program came from `-e` or standard input.
    main: RefCell<Option<PathBuf>>,
}

impl Loader {
    /// A loader that knows these built-ins.
    pub fn new(builtins: &'static [Builtin]) -> Self {
        Self {
            builtins,
            modules: RefCell::default(),
            manifests: Manifests::default(),
            requiring: Requiring::default(),
            main: RefCell::default(),
        }
    }

    /// Parses the program itself. `path` is absolute; `source` is its text.
    pub fn parse_main(&self, path: &Path, source: &str, context: &mut Context) -> JsResult<Module> {
        let module = match self.main_names(path, source, context)? {
            Some(names) => commonjs::module(path, names, true, context),
            None => {
                nesting::check_file(path, source)?;
                parse(path, source, context)?
            }
        };
        self.modules.borrow_mut().insert(path.to_string_lossy().into_owned(), module.clone());
        *self.main.borrow_mut() = Some(path.to_path_buf());
        Ok(module)
    }

    /// The names that the program exports, if it is CommonJS.
    fn main_names(
        &self,
        path: &Path,
        text: &str,
        context: &mut Context,
    ) -> JsResult<Option<BTreeSet<String>>> {
        if path.extension().is_none() {
            return Ok(None);
        }
        let format = format(path, Asker::Import, &self.manifests).map_err(Failure::from);
        let names = format.and_then(|format| self.commonjs_names(path, text, format));
        names.map_err(|failure| failure.into_error(Asker::Import, context))
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
    ) -> Result<Module, Failure> {
        let specifier = request.specifier().to_std_string_escaped();
        let from_builtin = referrer.is_some_and(is_builtin_path);
        if let Some(name) = specifier.strip_prefix("ops:").filter(|_| from_builtin) {
            return Ok(self.ops(name, context)?);
        }
        if specifier.starts_with("internal:") && !from_builtin {
            let why = "modules named internal:* belong to the runtime";
            return Err(Failure::not_found(&specifier, why));
        }
        match self.find(&specifier, referrer, Asker::Import)? {
            Found::Builtin(name) => Ok(self.builtin(name, context)?),
            Found::File(path) => {
                let kind = request.get_attribute("type").map(JsString::to_std_string_escaped);
                self.file(&path, kind.as_deref(), referrer, context)
            }
        }
    }

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
            if let Some(row) = self.builtins.iter().find(|row| row.name == name) {
                return Ok(Found::Builtin(row.name));
            }
            if specifier.starts_with("file:") {
                let path = Url::parse(&specifier, None).and_then(|url| url.to_path());
                return path
                    .map(Found::File)
                    .ok_or_else(|| Failure::not_found(&specifier, "it is not a usable file: URL"));
            }
            let resolved = match resolve(&specifier, from, asker, &self.manifests) {
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

    fn builtin(&self, name: &str, context: &mut Context) -> JsResult<Module> {
        let Some(row) = self.builtins.iter().find(|row| row.name == name) else {
            return Err(type_error(format!("there is no built-in '{name}'")));
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
            return Err(type_error(format!("there is no built-in '{name}'")));
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
    ) -> Result<Module, Failure> {
        // The same file is one module, whatever path led to it.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let shown = path.display();
        let key = match kind {
            None => path.to_string_lossy().into_owned(),
            Some(kind) => format!("{shown}#{kind}"),
        };
        if let Some(module) = self.cached(&key) {
            self.requiring.found(&key);
            return Ok(module);
        }
        let module = match kind {
            Some(kind) => with_type(&path, kind, referrer, context)?,
            None => self.by_format(&path, referrer, context)?,
        };
        self.modules.borrow_mut().insert(key.clone(), module.clone());
        self.requiring.loaded(key);
        Ok(module)
    }

    fn by_format(
        &self,
        path: &Path,
        referrer: Option<&Path>,
        context: &mut Context,
    ) -> Result<Module, Failure> {
        let shown = path.display();
        let format = format(path, Asker::Import, &self.manifests)?;
        if format == Format::Json {
            read(path, referrer)?;
            return Err(Failure::wrong(format!(
                "{shown} is JSON: import it with {{ type: 'json' }}, as in \
                 import data from './data.json' with {{ type: 'json' }}"
            )));
        }
        if matches!(format, Format::Addon | Format::Wasm) {
            return Err(not_javascript(path, format));
        }
        let text = read_text(path, referrer)?;
        if let Some(names) = self.commonjs_names(path, &text, format)? {
            return Ok(commonjs::module(path, names, false, context));
        }
        nesting::check_file(path, &text)?;
        Ok(parse(path, &text, context)?)
    }

    /// The names that a CommonJS file exports; `None` if it is an ES module.
    fn commonjs_names(
        &self,
        path: &Path,
        text: &str,
        format: Format,
    ) -> Result<Option<BTreeSet<String>>, Failure> {
        match format {
            Format::Module => return Ok(None),
            Format::Either if !may_be_commonjs(path, text) => return Ok(None),
            _ => {}
        }
        nesting::check_file(path, text)?;
        let Some(exports) = names::exports_of(text) else {
            // Whoever compiles it says what is wrong with it.
            return Ok((format == Format::CommonJs).then(BTreeSet::new));
        };
        let mut names = exports.names;
        let mut seen = HashSet::from([path.to_path_buf()]);
        let mut left: Vec<_> = exports
            .reexports
            .into_iter()
            .map(|specifier| (specifier, path.to_path_buf()))
            .collect();
        while let Some((specifier, from)) = left.pop() {
            let found = self.find(&specifier, Some(&from), Asker::Require);
            let Ok(Found::File(path)) = found else { continue };
            let Ok(path) = path.canonicalize() else { continue };
            if seen.len() > COMMONJS_REEXPORTS || !seen.insert(path.clone()) {
                continue;
            }
            let text = read_text(&path, Some(&from)).ok();
            let Some(exports) = text.and_then(|text| names::exports_of(&text)) else { continue };
            names.extend(exports.names);
            left.extend(exports.reexports.into_iter().map(|specifier| (specifier, path.clone())));
        }
        Ok(Some(names))
    }

    /// What `require` of a file comes to. The function of a CommonJS file is compiled, not called.
    pub fn required(&self, path: &Path, context: &mut Context) -> JsResult<Required> {
        let required = self.require(path, context);
        required.map_err(|failure| failure.into_error(Asker::Require, context))
    }

    fn require(&self, path: &Path, context: &mut Context) -> Result<Required, Failure> {
        let format = format(path, Asker::Require, &self.manifests)?;
        match format {
            Format::Module => return Ok(Required::Module),
            Format::Addon | Format::Wasm => return Err(not_javascript(path, format)),
            Format::Json => {
                let text = read_text(path, None)?;
                let module = Module::parse_json(js_string!(text), context)
                    .map_err(|error| json_error(&error, path, context))?;
                evaluate_now(&module, context)?;
                return Ok(Required::Value(module.get_value(js_string!("default"), context)?));
            }
            Format::CommonJs | Format::Either => {}
        }
        let text = read_text(path, None)?;
        match source::compile(path, &text, context) {
            Ok(function) => Ok(Required::Function(function)),
            Err(_) if format == Format::Either && is_module(&text) => Ok(Required::Module),
            Err(error) => Err(error.into()),
        }
    }

    /// Loads and runs an ES module, or a built-in, for `require`, which cannot wait.
    pub fn import_now(&self, name: &str, context: &mut Context) -> JsResult<Module> {
        if self.builtins.iter().any(|row| row.name == name) {
            return self.import_builtin(name, context);
        }
        let imported = self.import_file_now(Path::new(name), context);
        imported.map_err(|failure| failure.into_error(Asker::Require, context))
    }

    fn import_file_now(&self, path: &Path, context: &mut Context) -> Result<Module, Failure> {
        self.requiring.begin();
        let loaded = self.file(path, None, None, context).and_then(|module| {
            let load = module.clone();
            frame::within(move |context| settled(&load.load(context)), context)?;
            Ok(module)
        });
        let (mine, running) = self.requiring.end();
        if loaded.is_err() {
            self.modules.borrow_mut().retain(|key, _| !mine.contains(key));
        }
        let module = loaded?;
        if let Some(running) = running {
            let message = format!(
                "cannot require() the ES module {}: {running} is being imported at this moment, \
                 and has not run to its end; import it instead",
                path.display()
            );
            return Err(Failure::Coded { code: "ERR_REQUIRE_CYCLE_MODULE", message });
        }
        let evaluate = module.clone();
        let promise = frame::within(
            move |context| {
                evaluate.link(context)?;
                evaluate.evaluate(context)
            },
            context,
        )?;
        self.requiring.finished(&mine);
        match promise.state() {
            PromiseState::Fulfilled(_) => Ok(module),
            PromiseState::Rejected(reason) => Err(JsError::from_opaque(reason).into()),
            PromiseState::Pending => {
                let path = path.display();
                let message = format!(
                    "cannot require() the ES module {path}: it has a top-level await, and require \
                     cannot wait; use await import('{path}')"
                );
                Err(Failure::Coded { code: "ERR_REQUIRE_ASYNC_MODULE", message })
            }
        }
    }

    /// What a specifier means in the file at a path, to scripts: a path, or the name of a built-in
    /// and true.
    pub fn resolve(
        &self,
        specifier: &str,
        from: &Path,
        asker: Asker,
        context: &mut Context,
    ) -> JsResult<(String, bool)> {
        match self.find(specifier, Some(from), asker) {
            Ok(Found::Builtin(name)) => Ok((name.to_owned(), true)),
            Ok(Found::File(path)) => {
                let path = path.canonicalize().unwrap_or(path);
                Ok((path.to_string_lossy().into_owned(), false))
            }
            Err(failure) => Err(failure.into_error(asker, context)),
        }
    }

    /// The names of built-ins that scripts may import.
    pub fn public_builtins(&self) -> impl Iterator<Item = &'static str> {
        self.builtins.iter().map(|row| row.name).filter(|name| !name.starts_with("internal:"))
    }

    /// Nothing that was loaded so far is in the middle of running.
    pub fn all_finished(&self) {
        self.requiring.all_finished();
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
        missing_export(name, &loaded, &|specifier, from| match self
            .find(specifier, Some(Path::new(from)), Asker::Import)
            .ok()?
        {
            Found::Builtin(name) => Some(builtin_path(name)),
            Found::File(path) => {
                let path = path.canonicalize().unwrap_or(path);
                Some(path.to_string_lossy().into_owned())
            }
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
        self.load(referrer.path(), &request, &mut context).map_err(|failure| {
            let specifier = request.specifier().to_std_string_lossy();
            import_error(failure, referrer.path(), &specifier, &mut context)
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
        let resolve = NativeFunction::from_copy_closure_with_captures(
            |_, arguments, from, context| meta_resolve(arguments, from, context),
            js_string!(&*path.to_string_lossy()),
        );
        let resolve = FunctionObjectBuilder::new(context.realm(), resolve)
            .name(js_string!("resolve"))
            .length(1)
            .build();
        drop(import_meta.create_data_property(js_string!("resolve"), resolve, context));
    }
}

/// `import.meta.resolve(specifier)`: a URL.
fn meta_resolve(
    arguments: &[JsValue],
    from: &JsString,
    context: &mut Context,
) -> JsResult<JsValue> {
    let specifier = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let from = PathBuf::from(from.to_std_string_lossy());
    let loader = context.downcast_module_loader::<Loader>();
    let loader = loader.ok_or_else(|| type_error("there is no module loader"))?;
    let (found, is_builtin) = loader.resolve(&specifier, &from, Asker::Import, context)?;
    let url = if is_builtin {
        builtin_path(&found)
    } else {
        Url::from_path(Path::new(&found)).map_or(found, |url| url.href())
    };
    Ok(js_string!(url).into())
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
        let promise = module.evaluate(context);
        if let Some(loader) = context.downcast_module_loader::<Loader>() {
            loader.all_finished();
        }
        promise
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

/// What `require` of a file comes to.
#[derive(Debug)]
pub enum Required {
    /// The function around a CommonJS file.
    Function(JsValue),
    /// A value, of a JSON file.
    Value(JsValue),
    /// An ES module, to be imported.
    Module,
}

/// Whether a file that says nothing of itself can be CommonJS. In a package any can, a script of
/// one's own only if it looks like it.
fn may_be_commonjs(path: &Path, text: &str) -> bool {
    let is_package = path.components().any(|component| component.as_os_str() == "node_modules");
    is_package || ["require", "exports", "module"].iter().any(|word| text.contains(word))
}

fn is_module(text: &str) -> bool {
    let mut parser = Parser::new(Source::from_bytes(text));
    parser.parse_module(&Scope::new_global(), &mut Interner::default()).is_ok()
}

fn not_javascript(path: &Path, format: Format) -> Failure {
    let what = match format {
        Format::Wasm => "WebAssembly, which krandog does not run",
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

/// What a specifier means.
pub(super) enum Found {
    /// A built-in, by its name without `node:`.
    Builtin(&'static str),
    /// A file.
    File(PathBuf),
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

/// A module of one of the kinds that an import has to name.
fn with_type(
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
