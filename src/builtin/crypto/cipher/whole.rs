//! Messages that are there as a whole, as Web Cryptography has them: encrypted or decrypted on a
//! worker thread.

use aes::{Aes128, Aes192, Aes256};
use aes_kw::AesKw;
use boa_engine::{Context, JsResult, JsValue};
use cipher::consts::U16;
use cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};

use super::start::{check_tag, start};
use super::suite::Suite;
use crate::builtin::crypto::arguments::{Arguments, buffer};
use crate::builtin::crypto::fault::{
    BAD_DECRYPT, Fault, INVALID_KEY_LENGTH, NOT_AUTHENTIC, TOO_MUCH, UNKNOWN_CIPHER, run,
};

/// `seal(decrypts, name, key, iv, data, aad, tagBytes)`: a promise for an `ArrayBuffer`. A tag is
/// at the end of what is encrypted.
pub(super) fn seal(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (decrypts, name) = (given.flag(0), given.text(1, context)?);
    let (key, iv) = (given.bytes(2, context)?, given.bytes(3, context)?);
    let (data, aad) = (given.bytes(4, context)?, given.bytes(5, context)?);
    let tag_bytes = given.size(6);
    let work = move || {
        let suite = Suite::by_name(&name).ok_or(UNKNOWN_CIPHER)?;
        let mut cipher = start(suite, &key, &iv, decrypts)?;
        let (data, tag) = if decrypts {
            data.split_at_checked(data.len().wrapping_sub(tag_bytes)).ok_or(NOT_AUTHENTIC)?
        } else {
            (&data[..], &[][..])
        };
        let mut out = Vec::with_capacity(data.len() + 32);
        cipher.aad(&aad);
        cipher.update(data, &mut out)?;
        cipher.finish(&mut out)?;
        if suite.is_authenticated() {
            if decrypts {
                check_tag(&mut *cipher, tag)?;
            } else if let Some(tag) = cipher.tag() {
                out.extend_from_slice(&tag[..tag_bytes.min(tag.len())]);
            }
        }
        Ok(out)
    };
    run(true, work, buffer, context)
}

/// `count(key, counter, bits, data)`: a promise for an `ArrayBuffer`, en- or decrypted with a counter
/// of which the last `bits` count.
pub(super) fn count(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (key, counter) = (given.bytes(0, context)?, given.bytes(1, context)?);
    let (bits, data) = (given.size(2), given.bytes(3, context)?);
    run(true, move || counted(&key, &counter, bits, &data), buffer, context)
}

fn counted(key: &[u8], counter: &[u8], bits: usize, data: &[u8]) -> Result<Vec<u8>, Fault> {
    let suite = Suite::by_name(&format!("aes-{}-ctr", key.len() * 8)).ok_or(INVALID_KEY_LENGTH)?;
    let first = u128::from_be_bytes(counter.try_into().map_err(|_| INVALID_KEY_LENGTH)?);
    let mask = u128::MAX.checked_shr(128 - u32::try_from(bits).unwrap_or(128)).unwrap_or(0);
    let blocks = data.len().div_ceil(16) as u128;
    // Beyond that, the counter would come again: never with 128 bits.
    if bits < 64 && blocks > mask + 1 {
        return Err(TOO_MUCH);
    }
    let until_zero = (mask - (first & mask)).saturating_add(1);
    let at = usize::try_from(until_zero).unwrap_or(usize::MAX).saturating_mul(16).min(data.len());
    let (before, after) = data.split_at(at);
    let mut out = Vec::with_capacity(data.len());
    start(suite, key, counter, false)?.update(before, &mut out)?;
    let wrapped = (first & !mask).to_be_bytes();
    start(suite, key, &wrapped, false)?.update(after, &mut out)?;
    Ok(out)
}

/// `wrap(unwraps, key, data)`: a promise for an `ArrayBuffer` (RFC 3394).
pub(super) fn wrap(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (unwraps, key, data) = (given.flag(0), given.bytes(1, context)?, given.bytes(2, context)?);
    let work = move || match key.len() {
        16 => wrapped::<Aes128>(unwraps, &key, &data),
        24 => wrapped::<Aes192>(unwraps, &key, &data),
        _ => wrapped::<Aes256>(unwraps, &key, &data),
    };
    run(true, work, buffer, context)
}

fn wrapped<C>(unwraps: bool, key: &[u8], data: &[u8]) -> Result<Vec<u8>, Fault>
where
    C: BlockCipherEncrypt<BlockSize = U16> + BlockCipherDecrypt<BlockSize = U16> + KeyInit,
{
    let aes = AesKw::<C>::new_from_slice(key).map_err(|_| INVALID_KEY_LENGTH)?;
    // At least two blocks of 64 bits.
    if data.len() < if unwraps { 24 } else { 16 } {
        return Err(BAD_DECRYPT);
    }
    let mut out = vec![0; data.len() + 8];
    let done = if unwraps { aes.unwrap_key(data, &mut out) } else { aes.wrap_key(data, &mut out) };
    let length = done.map_err(|_| BAD_DECRYPT)?.len();
    out.truncate(length);
    Ok(out)
}
