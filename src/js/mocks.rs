//! Modules that stand for others while a test runs: whatever a script imports from then on is one of
//! them. Who has imported the real one before keeps it.

use std::path::{Path, PathBuf};

use boa_engine::module::{Module, SyntheticModuleInitializer};
use boa_engine::{Context, JsResult, JsString, JsValue};

use super::find::{Found, builtin_path};
use super::load_error::Failure;
use super::loader::Loader;
use super::packages::resolve::Asker;

impl Loader {
    /// Has a module with these exports stand for what `specifier` means in the file at `from`. The
    /// key that comes back ends that.
    pub fn mock(
        &self,
        specifier: &str,
        from: &Path,
        exports: Vec<(JsString, JsValue)>,
        context: &mut Context,
    ) -> JsResult<String> {
        let found = self.find(specifier, Some(from), Asker::Import);
        let found = found.map_err(|failure| failure.into_error(Asker::Import, context))?;
        if let Found::File(path) = &found
            && !path.is_file()
        {
            let failure = Failure::not_found(specifier, "there is no such file");
            return Err(failure.into_error(Asker::Import, context));
        }
        let key = key_of(&found);
        let names: Vec<JsString> = exports.iter().map(|(name, _)| name.clone()).collect();
        let initializer = SyntheticModuleInitializer::from_copy_closure_with_captures(
            |module, exports: &Vec<(JsString, JsValue)>, _| {
                for (name, value) in exports {
                    module.set_export(name, value.clone())?;
                }
                Ok(())
            },
            exports,
        );
        let path = Some(PathBuf::from(&key));
        let module = Module::synthetic(&names, initializer, path, None, context);
        self.mocks.borrow_mut().insert(key.clone(), module);
        Ok(key)
    }

    /// The real module is what is imported again.
    pub fn unmock(&self, key: &str) {
        self.mocks.borrow_mut().remove(key);
    }

    /// What stands for a module, if a test has replaced it.
    pub(super) fn mock_of(&self, found: &Found) -> Option<Module> {
        let mocks = self.mocks.borrow();
        if mocks.is_empty() {
            return None;
        }
        mocks.get(&key_of(found)).cloned()
    }
}

fn key_of(found: &Found) -> String {
    match found {
        Found::Builtin(name) => builtin_path(name),
        Found::File(path) => {
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            path.to_string_lossy().into_owned()
        }
    }
}
