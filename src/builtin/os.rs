//! The native half of `os`: the number of processors and what Linux tells in `/proc`.

#![expect(clippy::unnecessary_wraps, reason = "an op returns a result")]

use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[("parallelism", 0, parallelism), ("read", 1, read)];

/// `parallelism()`: how many threads can run at once.
fn parallelism(_this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(JsValue::from(u32::try_from(count).unwrap_or(u32::MAX)))
}

/// `read(path)`: a small file that the kernel makes up, trimmed; '' where there is none.
fn read(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let text = std::fs::read_to_string(path).unwrap_or_default();
    Ok(js_string!(text.trim()).into())
}
