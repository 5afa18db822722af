//! `watch`: whom to call when something happens to a file, or to a folder and all below it.
//!
//! The kernel has one number for each file or folder, however many watch it. A folder that is watched
//! with all below it has a number for each folder in it, and those that come are added.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use super::answer::Shape;
use super::arguments::{offset, path, shape, truth};
use super::failure::{Failure, system, unchecked};
use crate::builtin::context_data::with_host;
use crate::builtin::timers::Due;
use crate::limits::WATCHED_FOLDERS_MAX;
use crate::net::file_watch::{Change, ChangeKind, FileWatch};

/// `Context` data, once something was watched.
struct Watches {
    files: FileWatch,
    /// By the number that the script has.
    callers: RefCell<HashMap<u64, Caller>>,
    /// By the number that the kernel has.
    places: RefCell<HashMap<i32, Vec<Place>>>,
    count: Cell<u64>,
}

/// Who is called.
struct Caller {
    callback: JsFunction,
    shape: Shape,
    is_recursive: bool,
    /// It keeps the process alive.
    is_held: bool,
}

/// What a number of the kernel is to one caller.
#[derive(Clone)]
struct Place {
    caller: u64,
    path: PathBuf,
    /// Where it is below the path that the script has named.
    below: Vec<u8>,
}

/// Whether something is watched that keeps the process alive.
pub fn has_watchers(context: &Context) -> bool {
    let watches = context.get_data::<Rc<Watches>>();
    watches.is_some_and(|watches| watches.callers.borrow().values().any(|caller| caller.is_held))
}

/// The calls to make for what has happened.
pub fn take_changes(context: &mut Context) -> Vec<Due> {
    let Some(watches) = context.get_data::<Rc<Watches>>().cloned() else { return Vec::new() };
    let changes = watches.files.take().unwrap_or_else(|error| {
        log::warn!("cannot read what has happened to files: {error}");
        Vec::new()
    });
    let told = changes.iter().flat_map(|change| watches.tell(change));
    told.filter_map(|told| watches.call(told, context)).collect()
}

/// What a caller is to be told.
struct Told {
    caller: u64,
    is_content: bool,
    name: Option<Vec<u8>>,
}

impl Watches {
    fn tell(&self, change: &Change) -> Vec<Told> {
        let Some(number) = change.number.filter(|_| change.kind != ChangeKind::Lost) else {
            // Something has happened somewhere.
            let callers = self.callers.borrow();
            let lost = |caller: &u64| Told { caller: *caller, is_content: false, name: None };
            return callers.keys().map(lost).collect();
        };
        if change.kind == ChangeKind::Forgotten {
            self.places.borrow_mut().remove(&number);
            return Vec::new();
        }
        let places = self.places.borrow().get(&number).cloned().unwrap_or_default();
        places.into_iter().flat_map(|place| self.tell_one(change, &place)).collect()
    }

    fn tell_one(&self, change: &Change, place: &Place) -> Vec<Told> {
        let caller = place.caller;
        let is_content = change.kind == ChangeKind::Content;
        let Some(name) = &change.name else {
            // Of a folder below, the one that it is in tells.
            let own = place.path.file_name().map(|name| name.as_bytes().to_vec());
            let told = Told { caller, is_content, name: own };
            return if place.below.is_empty() { vec![told] } else { Vec::new() };
        };
        let below = joined(&place.below, name);
        let mut told = vec![Told { caller, is_content, name: Some(below.clone()) }];
        let is_recursive =
            self.callers.borrow().get(&caller).is_some_and(|caller| caller.is_recursive);
        if is_recursive && change.is_folder && change.kind == ChangeKind::Come {
            let folder = Place { caller, path: place.path.join(OsStr::from_bytes(name)), below };
            // What has come into it before it was watched.
            let mut found = Vec::new();
            if let Err(error) = self.follow(folder, &mut found) {
                log::warn!("a new folder is not watched: {error}");
            }
            told.extend(found.into_iter().map(|name| Told {
                caller,
                is_content: false,
                name: Some(name),
            }));
        }
        told
    }

    /// Watches a folder and all below it. `found` gets the names of all that is there.
    fn follow(&self, root: Place, found: &mut Vec<Vec<u8>>) -> io::Result<()> {
        let mut left = vec![root];
        while let Some(place) = left.pop() {
            // It may have gone meanwhile, and what is in it may be nobody's business.
            let passed = [io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied];
            match self.add(place.clone()) {
                Err(error) if passed.contains(&error.kind()) && !place.below.is_empty() => continue,
                other => other?,
            }
            let Ok(entries) = fs::read_dir(&place.path) else { continue };
            for entry in entries.flatten() {
                let below = joined(&place.below, entry.file_name().as_bytes());
                found.push(below.clone());
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    left.push(Place { caller: place.caller, path: entry.path(), below });
                }
            }
        }
        Ok(())
    }

    fn add(&self, place: Place) -> io::Result<()> {
        if self.places.borrow().len() >= WATCHED_FOLDERS_MAX {
            return Err(system(libc::ENOSPC));
        }
        let number = self.files.add(&place.path)?;
        let mut places = self.places.borrow_mut();
        let here = places.entry(number).or_default();
        if !here.iter().any(|known| known.caller == place.caller) {
            here.push(place);
        }
        Ok(())
    }

    /// The call for what a caller is to be told, if it is there still.
    fn call(&self, told: Told, context: &mut Context) -> Option<Due> {
        let (callback, shape) = {
            let callers = self.callers.borrow();
            let caller = callers.get(&told.caller)?;
            (caller.callback.clone(), caller.shape)
        };
        let kind = if told.is_content { js_string!("change") } else { js_string!("rename") };
        let name = match told.name {
            // There is room for the name of a file.
            Some(name) => shape.show(&name, context).unwrap_or_default(),
            None => JsValue::null(),
        };
        Some(Due { callback, this: JsValue::undefined(), arguments: vec![kind.into(), name] })
    }

    fn forget(&self, caller: u64) {
        drop(self.callers.borrow_mut().remove(&caller));
        self.places.borrow_mut().retain(|number, here| {
            let had = here.len();
            here.retain(|place| place.caller != caller);
            if here.is_empty() && had > 0 {
                self.files.remove(*number);
            }
            !here.is_empty()
        });
    }
}

fn joined(below: &[u8], name: &[u8]) -> Vec<u8> {
    if below.is_empty() { name.to_vec() } else { [below, b"/", name].concat() }
}

/// `watch(path, isRecursive, encoding, callback)`: the number under which it can be ended. The callback
/// gets `'rename'` or `'change'`, and a name or null.
pub(super) fn watch(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, is_recursive) = (path(given, 0, context)?, truth(given, 1));
    let callback = given.get_or_undefined(3).as_function();
    let callback = callback.ok_or_else(|| unchecked("a function"))?;
    let started = watches(context).and_then(|watches| {
        let id = watches.count.get();
        watches.count.set(id + 1);
        let caller = Caller { callback, shape: shape(given, 2), is_recursive, is_held: true };
        drop(watches.callers.borrow_mut().insert(id, caller));
        let is_folder = || fs::metadata(&path).is_ok_and(|metadata| metadata.is_dir());
        let place = Place { caller: id, path: path.clone(), below: Vec::new() };
        let added = if is_recursive && is_folder() {
            watches.follow(place, &mut Vec::new())
        } else {
            watches.add(place)
        };
        if added.is_err() {
            watches.forget(id);
        }
        added.map(|()| id)
    });
    match started {
        #[expect(clippy::cast_precision_loss, reason = "a script does not live so long")]
        Ok(id) => Ok((id as f64).into()),
        Err(error) => Err(watch_failed(&path, error).into_exception(context)),
    }
}

fn watch_failed(path: &Path, error: io::Error) -> Failure {
    Failure::of_path("watch", path, error)
}

/// `unwatch(number)`
pub(super) fn unwatch(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let watches = context.get_data::<Rc<Watches>>();
    if let (Some(watches), Some(id)) = (watches, offset(given, 0)) {
        watches.forget(id);
    }
    Ok(JsValue::undefined())
}

/// `refWatch(number, isHeld)`: whether it keeps the process alive.
pub(super) fn ref_watch(
    _: &JsValue,
    given: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let watches = context.get_data::<Rc<Watches>>();
    if let (Some(watches), Some(id)) = (watches, offset(given, 0))
        && let Some(caller) = watches.callers.borrow_mut().get_mut(&id)
    {
        caller.is_held = truth(given, 1);
    }
    Ok(JsValue::undefined())
}

fn watches(context: &mut Context) -> io::Result<Rc<Watches>> {
    if let Some(watches) = context.get_data::<Rc<Watches>>() {
        return Ok(watches.clone());
    }
    let files = with_host(context, |host| FileWatch::new(host.watcher()))?;
    let watches = Rc::new(Watches {
        files,
        callers: RefCell::default(),
        places: RefCell::default(),
        count: Cell::new(0),
    });
    context.insert_data(watches.clone());
    Ok(watches)
}
