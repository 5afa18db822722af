//! The module loader: files, JSON, built-in modules and their native halves.
//!
//! Built-ins are ES modules embedded in the binary and parsed when first imported. A public one is
//! `http` or `node:http` to scripts; `internal:*` modules and the natives, `ops:*`, resolve only
//! for importers that are built-ins themselves.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use boa_engine::module::{
    Module, ModuleLoader, ModuleRequest, Referrer, SyntheticModuleInitializer,
};
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsString, JsValue, NativeFunction, Source, js_string,
};

use super::commonjs::module as commonjs;
use super::commonjs::names::all_names;
use super::diagnose::{Loaded, MissingExport, missing_export};
use super::error::type_error;
use super::evaluate::{evaluate_now, settled};
use super::find::{Finder, Found, builtin_path, is_builtin_path};
use super::frame;
use super::interface::Op;
use super::load_error::{Failure, import_error, syntax_error};
use super::module_file::{Format, format, may_be_commonjs, not_javascript, read, with_type};
use super::nesting;
use super::packages::manifest::Manifests;
use super::packages::resolve::Asker;
use super::requiring::Requiring;
use super::typescript::{javascript, read_javascript};
use super::utf16::utf16;
use super::waiting::waits_by_loops_only;
use crate::url::Url;

/// One built-in module: a row of a table in `builtin`.
#[derive(Clone, Copy)]
pub struct Builtin {
    /// `http`, `krandog:hub` or `internal:inspect`.
    pub name: &'static str,
    /// The JavaScript half; empty for a built-in whose natives are all that it exports.
    pub source: &'static str,
    /// The native half, which only the JavaScript half can import, as `ops:<name>`.
    pub ops: &'static [Op],
}

/// A row in fewer lines.
pub const fn script(name: &'static str, source: &'static str, ops: &'static [Op]) -> Builtin {
    Builtin { name, source, ops }
}

/// How many rows these tables have.
pub const fn count(tables: &[&[Builtin]]) -> usize {
    let (mut table, mut count) = (0, 0);
    while table < tables.len() {
        count += tables[table].len();
        table += 1;
    }
    count
}

/// The rows of all these tables, `N` together.
pub const fn joined<const N: usize>(tables: &[&[Builtin]]) -> [Builtin; N] {
    let mut rows = [Builtin { name: "", source: "", ops: &[] }; N];
    let (mut table, mut count) = (0, 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            rows[count] = tables[table][row];
            count += 1;
            row += 1;
        }
        table += 1;
    }
    rows
}

/// Loads modules and remembers them, so that each is evaluated once.
pub struct Loader {
    pub(super) builtins: &'static [Builtin],
    pub(super) modules: RefCell<HashMap<String, Module>>,
    pub(super) manifests: Manifests,
    pub(super) requiring: Requiring,
    /// What stands for other modules in tests, by their paths.
    pub(super) mocks: RefCell<HashMap<String, Module>>,
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
            mocks: RefCell::default(),
            main: RefCell::default(),
        }
    }

    /// Parses the program itself. `path` is absolute; `source` is its text.
    pub fn parse_main(&self, path: &Path, source: &str, context: &mut Context) -> JsResult<Module> {
        let source = &*javascript(path, source)
            .map_err(|failure| failure.into_error(Asker::Import, context))?;
        let module = if let Some(names) = self.main_names(path, source, context)? {
            commonjs::module(path, names, true, run_commonjs, context)
        } else {
            nesting::check_file(path, source)?;
            parse(path, source, context)?
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
        let found = self.find(&specifier, referrer, Asker::Import)?;
        if let Some(mock) = self.mock_of(&found).filter(|_| !from_builtin) {
            return Ok(mock);
        }
        match found {
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
        let known =
            |name: &str| self.builtins.iter().map(|row| row.name).find(|builtin| *builtin == name);
        Finder { builtins: &known, manifests: &self.manifests }.find(specifier, referrer, asker)
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
            _ => nesting::check_file(path, text)?,
        }
        let read = |specifier: &str, from: &Path| {
            let found = self.find(specifier, Some(from), Asker::Require);
            let Ok(Found::File(path)) = found else { return None };
            let path = path.canonicalize().ok()?;
            let text = read_javascript(&path, None).ok()?;
            Some((path, text))
        };
        let names = all_names(path, text, &read);
        // Whoever compiles it says what is wrong with it.
        Ok(names.or_else(|| (format == Format::CommonJs).then(BTreeSet::new)))
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

    pub(super) fn file(
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
        if matches!(format, Format::Addon | Format::Wasm | Format::Jsx) {
            return Err(not_javascript(path, format));
        }
        let text = read_javascript(path, referrer)?;
        if let Some(names) = self.commonjs_names(path, &text, format)? {
            return Ok(commonjs::module(path, names, false, run_commonjs, context));
        }
        nesting::check_file(path, &text)?;
        Ok(parse(path, &text, context)?)
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

    /// The paths of the modules that are files.
    pub fn files(&self) -> Vec<String> {
        self.modules.borrow().keys().filter(|path| path.starts_with('/')).cloned().collect()
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

fn run_commonjs(file: &JsString, is_main: bool, context: &mut Context) -> JsResult<JsValue> {
    let arguments = [file.clone().into(), is_main.into()];
    call_builtin("internal:commonjs", "load", &arguments, context)
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

fn parse(path: &Path, text: &str, context: &mut Context) -> JsResult<Module> {
    // Where Boa 0.22 finds no `await`, it takes a module for one that never waits, and drops what a
    // `for await` loop throws. This is one behind the last line.
    let told = waits_by_loops_only(text).then(|| format!("{text}\nawait undefined;"));
    let units = utf16(told.as_deref().unwrap_or(text));
    let source = Source::from_utf16(&units).with_path(path);
    Module::parse(source, None, context).map_err(|error| syntax_error(error, path, text, context))
}
