//! What the streams are made of: an engine that is fed, and asked for its output piece by piece.

use std::sync::{Arc, Mutex, MutexGuard, TryLockError};

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsData, JsError, JsObject, JsResult, JsValue};
use boa_gc::{Finalize, Trace};

use super::engine::{Engine, State};
use super::fault::Fault;
use super::make::make;
use super::settings;
use super::settings::Settings;
use crate::js::convert::new_array_buffer;
use crate::js::error::{node_error, type_error};
use crate::js::ops;

/// What the JavaScript half holds of an engine.
#[derive(Trace, Finalize, JsData)]
struct Handle {
    /// A worker thread has the lock while it works. The JavaScript half does nothing meanwhile.
    #[unsafe_ignore_trace]
    work: Arc<Mutex<Work>>,
}

struct Work {
    engine: Box<dyn Engine>,
    settings: Settings,
    input: Vec<u8>,
    position: usize,
}

/// A piece of output, where the engine stands, and how much input it has taken for it.
type Piece = (Vec<u8>, State, usize);

impl Work {
    fn step(&mut self, flush: i32, size: usize) -> Result<Piece, Fault> {
        let mut out = vec![0; size];
        let rest = self.input.get(self.position..).unwrap_or_default();
        let step = self.engine.step(rest, &mut out, flush)?;
        out.truncate(step.made);
        self.position += step.taken;
        if self.position == self.input.len() {
            self.input.clear();
            self.position = 0;
        }
        Ok((out, step.state, step.taken))
    }
}

/// `open(settings)`: a handle.
pub(super) fn open(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let settings = settings::read(arguments.get_or_undefined(0), context)?;
    let engine = make(&settings).map_err(|fault| fault.into_error(context))?;
    let work = Work { engine, settings, input: Vec::new(), position: 0 };
    let handle = Handle { work: Arc::new(Mutex::new(work)) };
    Ok(JsObject::from_proto_and_data(None, handle).into())
}

/// `feed(handle, bytes)`: what was not taken before is forgotten.
pub(super) fn feed(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let input = settings::bytes(arguments.get_or_undefined(1), context)?;
    let work = shared(arguments)?;
    let mut work = lock(&work, context)?;
    work.input = input;
    work.position = 0;
    Ok(JsValue::undefined())
}

/// `step(handle, flush, size)`: `[output, state, taken]`.
pub(super) fn step(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (flush, size) = wish(arguments, context)?;
    let work = shared(arguments)?;
    let piece = lock(&work, context)?.step(flush, size);
    show(piece, context)
}

/// `stepLater(handle, flush, size)`: a promise for the same.
pub(super) fn step_later(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (flush, size) = wish(arguments, context)?;
    let work = shared(arguments)?;
    let task = move || match work.lock() {
        Ok(mut work) => work.step(flush, size),
        // It has panicked before.
        Err(_) => Err(Fault::SETTINGS),
    };
    Ok(ops::spawn(task, show, context).into())
}

/// `setParams(handle, level, strategy)`
pub(super) fn set_params(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let level = arguments.get_or_undefined(1).to_i32(context)?;
    let strategy = arguments.get_or_undefined(2).to_i32(context)?;
    let work = shared(arguments)?;
    let is_set = lock(&work, context)?.engine.set_params(level, strategy);
    is_set.map_err(|fault| fault.into_error(context))?;
    Ok(JsValue::undefined())
}

/// `reset(handle)`: begins anew with the same settings.
pub(super) fn reset(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let work = shared(arguments)?;
    let made = {
        let mut work = lock(&work, context)?;
        make(&work.settings).map(|engine| {
            work.engine = engine;
            work.input.clear();
            work.position = 0;
        })
    };
    made.map_err(|fault| fault.into_error(context))?;
    Ok(JsValue::undefined())
}

fn wish(arguments: &[JsValue], context: &mut Context) -> JsResult<(i32, usize)> {
    let flush = arguments.get_or_undefined(1).to_i32(context)?;
    let size = arguments.get_or_undefined(2).to_u32(context)?;
    Ok((flush, size.max(1) as usize))
}

fn show(piece: Result<Piece, Fault>, context: &mut Context) -> JsResult<JsValue> {
    let (out, state, taken) = piece.map_err(|fault| fault.into_error(context))?;
    let out =
        if out.is_empty() { JsValue::null() } else { new_array_buffer(&out, context)?.into() };
    let piece = [out, JsValue::from(state.number()), JsValue::from(taken)];
    Ok(JsArray::from_iter(piece, context).into())
}

fn shared(arguments: &[JsValue]) -> JsResult<Arc<Mutex<Work>>> {
    let object = arguments.get_or_undefined(0).as_object();
    let handle = object.as_ref().and_then(JsObject::downcast_ref::<Handle>);
    handle.map(|handle| handle.work.clone()).ok_or_else(|| type_error("the argument is no engine"))
}

fn lock<'a>(work: &'a Mutex<Work>, context: &mut Context) -> JsResult<MutexGuard<'a, Work>> {
    work.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => busy(context),
        TryLockError::Poisoned(_) => Fault::SETTINGS.into_error(context),
    })
}

fn busy(context: &mut Context) -> JsError {
    node_error("ERR_INVALID_STATE", "the stream is at work", context)
}
