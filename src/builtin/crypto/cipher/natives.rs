//! What the JavaScript half asks of ciphers, piece by piece. It knows what may come when.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsData, JsObject, JsResult, JsValue, js_string};
use boa_gc::{Finalize, Trace};

use super::start::{check_tag, start};
use super::state::Cipher;
use super::suite::{ALIASES, ALL, Suite};
use crate::builtin::crypto::arguments::{Arguments, buffer};
use crate::builtin::crypto::fault::{Fault, UNKNOWN_CIPHER};
use crate::js::convert::with_bytes;
use crate::js::error::type_error;
use crate::js::interface::set_field;

/// What the JavaScript half holds of a message.
#[derive(Trace, Finalize, JsData)]
struct Handle {
    #[unsafe_ignore_trace]
    cipher: Box<dyn Cipher>,
}

/// `cipherNames()`: those of all ciphers.
pub(super) fn names(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut names: Vec<&str> = ALL.iter().map(|suite| suite.name).collect();
    names.extend(ALIASES.iter().map(|(alias, _)| *alias));
    names.sort_unstable();
    let names = names.into_iter().map(|name| js_string!(name).into());
    Ok(JsArray::from_iter(names, context).into())
}

/// `cipherInfo(nameOrNumber)`: what is known of a cipher; undefined if there is none. The names of
/// what only the JavaScript half wants to know begin with an `is` or a `takes`.
pub(super) fn info(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let suite = match given.number(0) {
        Some(nid) => Suite::by_number(usize::try_from(nid).unwrap_or_default()),
        None => Suite::by_name(&given.text(0, context)?),
    };
    let Some(suite) = suite else { return Ok(JsValue::undefined()) };
    let object = JsObject::with_object_proto(context.intrinsics());
    set_field(&object, js_string!("mode"), js_string!(suite.mode_name()));
    set_field(&object, js_string!("name"), js_string!(suite.name));
    set_field(&object, js_string!("nid"), suite.nid);
    for (name, bytes) in [
        ("blockSize", suite.block_bytes()),
        ("ivLength", suite.iv_bytes()),
        ("keyLength", suite.key_bytes),
    ] {
        if bytes > 0 {
            set_field(&object, js_string!(name), JsValue::from(bytes));
        }
    }
    Ok(object.into())
}

/// `startCipher(decrypts, name, key, iv)`: a handle, or a text that says what is wrong: `key` or
/// `iv`.
pub(super) fn start_cipher(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (decrypts, name) = (given.flag(0), given.text(1, context)?);
    let (key, iv) = (given.bytes(2, context)?, given.bytes(3, context)?);
    let suite = Suite::by_name(&name).ok_or_else(|| UNKNOWN_CIPHER.into_error(context))?;
    if key.len() != suite.key_bytes {
        return Ok(js_string!("key").into());
    }
    if !suite.takes_iv_of(iv.len()) {
        return Ok(js_string!("iv").into());
    }
    let cipher = start(suite, &key, &iv, decrypts).map_err(|fault| fault.into_error(context))?;
    Ok(JsObject::from_proto_and_data(None, Handle { cipher }).into())
}

/// Lets `work` have the cipher of a handle, which no script can use meanwhile.
fn with_cipher<R>(object: &JsObject, work: impl FnOnce(&mut dyn Cipher) -> R) -> JsResult<R> {
    let mut handle =
        object.downcast_mut::<Handle>().ok_or_else(|| type_error("the argument is no cipher"))?;
    Ok(work(&mut *handle.cipher))
}

/// `setPadding(handle, pads)`
pub(super) fn set_padding(
    _: &JsValue,
    arguments: &[JsValue],
    _: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    with_cipher(&given.object(0)?, |cipher| cipher.set_padding(given.flag(1)))?;
    Ok(JsValue::undefined())
}

/// `addAuthenticated(handle, bytes)`
pub(super) fn add_authenticated(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let bytes = given.bytes(1, context)?;
    with_cipher(&given.object(0)?, |cipher| cipher.aad(&bytes))?;
    Ok(JsValue::undefined())
}

/// `updateCipher(handle, bytes)`: an `ArrayBuffer`.
pub(super) fn update_cipher(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let object = given.object(0)?;
    let mut out = Vec::new();
    let done = with_bytes(&arguments[1], context, |bytes| {
        out.reserve(bytes.len() + 16);
        with_cipher(&object, |cipher| cipher.update(bytes, &mut out))
    })?;
    finished(done.transpose()?, out, context)
}

/// `finishCipher(handle, tag)`: an `ArrayBuffer` with the rest; for a cipher with a tag, which has no
/// rest, the tag, if none is given to be checked.
pub(super) fn finish_cipher(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let expected = given.bytes_or_none(1, context)?;
    let mut out = Vec::new();
    let done = with_cipher(&given.object(0)?, |cipher| {
        cipher.finish(&mut out)?;
        match expected {
            Some(tag) => check_tag(cipher, &tag)?,
            None => out.extend_from_slice(cipher.tag().as_ref().map_or(&[], |tag| &tag[..])),
        }
        Ok(())
    })?;
    finished(Some(done), out, context)
}

fn finished(
    done: Option<Result<(), Fault>>,
    out: Vec<u8>,
    context: &mut Context,
) -> JsResult<JsValue> {
    match done {
        Some(Err(fault)) => Err(fault.into_error(context)),
        Some(Ok(())) | None => buffer(out, context),
    }
}
