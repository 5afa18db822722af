//! Randomness, from the system.

use boa_engine::{Context, JsArgs, JsError, JsResult, JsValue, js_string};

use crate::js::convert::with_bytes_mut;
use crate::js::error::type_error;

/// `fill(view, start, end)`
pub(super) fn fill(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let at = |index: usize| {
        let number = arguments.get_or_undefined(index).as_number();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of a float saturates, and what is too large is cut"
        )]
        let index = number.map(|number| number as usize);
        index
    };
    let (start, end) = (at(1).unwrap_or_default(), at(2).unwrap_or(usize::MAX));
    let filled = with_bytes_mut(arguments.get_or_undefined(0), context, |bytes| {
        let end = end.min(bytes.len());
        getrandom::fill(bytes.get_mut(start..end).unwrap_or_default())
    })?;
    match filled {
        Some(Ok(())) => Ok(arguments.get_or_undefined(0).clone()),
        Some(Err(error)) => Err(unavailable(error)),
        None => Err(type_error("the argument is no view of an ArrayBuffer")),
    }
}

/// `below(range)`: a whole number from 0 to one less than `range`, which is at most 2^48, each of
/// them as likely.
pub(super) fn below(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let range = arguments.get_or_undefined(0).as_number().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the JavaScript half has checked it"
    )]
    let range = (range as u64).max(1);
    // What is left of the last, incomplete, run of the range would come too often.
    let most = u64::MAX - u64::MAX % range;
    loop {
        let number = getrandom::u64().map_err(unavailable)?;
        if number < most {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            let number = (number % range) as f64;
            return Ok(number.into());
        }
    }
}

/// `randomUUID()`: version 4 (RFC 9562 5.4).
pub(super) fn uuid(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(unavailable)?;
    bytes[6] = bytes[6] & 0x0F | 0x40;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 0x0F] {
            text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    Ok(js_string!(text).into())
}

fn unavailable(error: getrandom::Error) -> JsError {
    type_error(format!("the system gives no random bytes: {error}"))
}
