//! Hashes and keyed hashes, piece by piece.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsData, JsObject, JsResult, JsValue, js_string};
use boa_gc::{Finalize, Trace};
use digest::DynDigest;

use super::algorithm::{ALL, Algorithm, Keyed};
use super::arguments::{Arguments, buffer};
use super::fault::run;
use crate::js::convert::{bytes_of, new_array_buffer, with_bytes};
use crate::js::error::type_error;

/// What the JavaScript half holds of a hash.
#[derive(Trace, Finalize, JsData)]
struct Handle {
    #[unsafe_ignore_trace]
    state: Option<State>,
}

enum State {
    Plain(Box<dyn DynDigest>),
    Keyed(Box<dyn Keyed>),
}

impl State {
    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Plain(hash) => hash.update(bytes),
            Self::Keyed(hash) => hash.update(bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Plain(hash) => hash.finalize().into_vec(),
            Self::Keyed(hash) => hash.finalize(),
        }
    }

    fn copy(&self) -> Self {
        match self {
            Self::Plain(hash) => Self::Plain(hash.box_clone()),
            Self::Keyed(hash) => Self::Keyed(hash.copy()),
        }
    }
}

/// `names()`: those of all hash functions.
pub(super) fn names(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let names: Vec<JsValue> = ALL.iter().map(|(name, _)| js_string!(*name).into()).collect();
    Ok(JsArray::from_iter(names, context).into())
}

/// `newHash(algorithm, key)`: a handle; undefined if there is no such function. Without a key it is
/// a plain hash.
pub(super) fn new_hash(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(algorithm) = algorithm(arguments, context)? else { return Ok(JsValue::undefined()) };
    let state = match Arguments(arguments).bytes_or_none(1, context)? {
        Some(key) => State::Keyed(algorithm.keyed(&key)),
        None => State::Plain(algorithm.hasher()),
    };
    Ok(handle(state))
}

pub(super) fn algorithm(
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<Option<Algorithm>> {
    let name = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    Ok(Algorithm::parse(&name))
}

fn handle(state: State) -> JsValue {
    JsObject::from_proto_and_data(None, Handle { state: Some(state) }).into()
}

/// `update(handle, bytes)`
pub(super) fn update(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = object(arguments)?;
    with_bytes(arguments.get_or_undefined(1), context, |bytes| {
        if let Some(mut handle) = object.downcast_mut::<Handle>()
            && let Some(state) = &mut handle.state
        {
            state.update(bytes);
        }
    })?;
    Ok(JsValue::undefined())
}

/// `digest(handle)`: an `ArrayBuffer`. The handle is used up.
pub(super) fn digest(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let state = object(arguments)?.downcast_mut::<Handle>().and_then(|mut one| one.state.take());
    let bytes = state.map(State::finish).unwrap_or_default();
    Ok(new_array_buffer(&bytes, context)?.into())
}

/// `copy(handle)`: another one that has seen the same.
pub(super) fn copy(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let object = object(arguments)?;
    let copied =
        object.downcast_ref::<Handle>().and_then(|one| one.state.as_ref().map(State::copy));
    Ok(copied.map_or_else(JsValue::undefined, handle))
}

/// `digestLater(algorithm, bytes)`: a promise for an `ArrayBuffer`; undefined if there is no such
/// function.
pub(super) fn digest_later(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(algorithm) = algorithm(arguments, context)? else { return Ok(JsValue::undefined()) };
    let bytes = bytes_of(arguments.get_or_undefined(1), context)?.unwrap_or_default();
    run(true, move || Ok(algorithm.digest(&bytes)), buffer, context)
}

/// `mac(algorithm, key, bytes)`: a promise for an `ArrayBuffer`, the keyed hash of it.
pub(super) fn mac(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let algorithm = given.algorithm(0, context)?.unwrap_or(Algorithm::Sha256);
    let (key, bytes) = (given.bytes(1, context)?, given.bytes(2, context)?);
    let work = move || {
        let mut hash = algorithm.keyed(&key);
        hash.update(&bytes);
        Ok(hash.finalize())
    };
    run(true, work, buffer, context)
}

/// `isEqual(a, b)`: whether two sequences of the same length are the same, in the same time whatever
/// they are.
pub(super) fn is_equal(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let other = bytes_of(arguments.get_or_undefined(1), context)?.unwrap_or_default();
    let equal = with_bytes(arguments.get_or_undefined(0), context, |bytes| {
        bool::from(subtle::ConstantTimeEq::ct_eq(bytes, &other[..]))
    })?;
    Ok(equal.unwrap_or_default().into())
}

fn object(arguments: &[JsValue]) -> JsResult<JsObject> {
    let object = arguments.get_or_undefined(0).as_object();
    object.ok_or_else(|| type_error("the argument is no hash"))
}
