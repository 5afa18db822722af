//! What `require` asks of the loader. It cannot wait.

use std::path::Path;

use boa_engine::ast::scope::Scope;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::interner::Interner;
use boa_engine::module::Module;
use boa_engine::parser::Parser;
use boa_engine::{Context, JsError, JsResult, JsValue, Source, js_string};

use super::commonjs::source;
use super::evaluate::{evaluate_now, settled};
use super::frame;
use super::load_error::{Failure, json_error};
use super::loader::Loader;
use super::module_file::{Format, format, not_javascript, read_text};
use super::packages::resolve::Asker;
use super::typescript::read_javascript;
use super::utf16::utf16;

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

impl Loader {
    /// What `require` of a file comes to. The function of a CommonJS file is compiled, not called.
    pub fn required(&self, path: &Path, context: &mut Context) -> JsResult<Required> {
        let required = self.require(path, context);
        required.map_err(|failure| failure.into_error(Asker::Require, context))
    }

    fn require(&self, path: &Path, context: &mut Context) -> Result<Required, Failure> {
        let format = format(path, Asker::Require, &self.manifests)?;
        match format {
            Format::Module => return Ok(Required::Module),
            Format::Addon | Format::Wasm | Format::Jsx => return Err(not_javascript(path, format)),
            Format::Json => {
                let text = read_text(path, None)?;
                let module = Module::parse_json(js_string!(text), context)
                    .map_err(|error| json_error(&error, path, context))?;
                evaluate_now(&module, context)?;
                return Ok(Required::Value(module.get_value(js_string!("default"), context)?));
            }
            Format::CommonJs | Format::Either => {}
        }
        let text = read_javascript(path, None)?;
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
}

fn is_module(text: &str) -> bool {
    let units = utf16(text);
    let mut parser = Parser::new(Source::from_utf16(&units));
    parser.parse_module(&Scope::new_global(), &mut Interner::default()).is_ok()
}
