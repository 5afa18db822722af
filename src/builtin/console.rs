//! The native half of `console`: writing to the standard streams.
//!
//! Spec: <https://console.spec.whatwg.org/>

use std::io::Write;

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::loader::Op;

pub(super) const OPS: &[Op] = &[("write", 2, write)];

/// `write(fd, text)`: writes the whole text to standard output (1) or error (2).
fn write(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let to_stderr = arguments.get_or_undefined(0).to_u32(context)? == 2;
    let text = arguments.get_or_undefined(1).to_string(context)?.to_std_string_lossy();
    // A closed stream is no reason for a script to fail.
    if to_stderr {
        drop(std::io::stderr().lock().write_all(text.as_bytes()));
    } else {
        let mut stdout = std::io::stdout().lock();
        drop(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()));
    }
    Ok(JsValue::undefined())
}
