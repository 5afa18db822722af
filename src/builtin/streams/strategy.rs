//! Queuing strategies: how much may wait, and how much a chunk weighs.
//!
//! Spec: <https://streams.spec.whatwg.org/#qs>

use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use super::promises::method;
use crate::js::argument::{dictionary, out_of_range};
use crate::js::{activation, frame};

pub(super) struct Strategy {
    pub(super) high_water_mark: f64,
    /// None counts each chunk as 1.
    pub(super) size: Option<JsObject>,
}

impl Strategy {
    pub(super) fn of(high_water_mark: f64) -> Self {
        Self { high_water_mark, size: None }
    }
}

/// What an argument of a constructor says.
pub(super) struct Given {
    high_water_mark: Option<(f64, JsValue)>,
    pub(super) size: Option<JsObject>,
}

/// Reads a `QueuingStrategy`.
pub(super) fn read(value: &JsValue, name: &str, context: &mut Context) -> JsResult<Given> {
    let Some(object) = dictionary(value, name, context)? else {
        return Ok(Given { high_water_mark: None, size: None });
    };
    let mark = object.get(js_string!("highWaterMark"), context)?;
    let high_water_mark =
        if mark.is_undefined() { None } else { Some((mark.to_number(context)?, mark)) };
    let size = method(&object, "size", context)?;
    Ok(Given { high_water_mark, size })
}

impl Given {
    /// The strategy, or a `RangeError` for a high water mark that is none.
    pub(super) fn or(self, default: f64, context: &mut Context) -> JsResult<Strategy> {
        let high_water_mark = match self.high_water_mark {
            None => default,
            Some((mark, given)) if mark.is_nan() || mark < 0.0 => {
                return Err(out_of_range("highWaterMark", ">= 0", &given, context));
            }
            Some((mark, _)) => mark,
        };
        Ok(Strategy { high_water_mark, size: self.size })
    }
}

/// The size of a chunk.
pub(super) fn size_of(
    size: Option<&JsObject>,
    chunk: &JsValue,
    context: &mut Context,
) -> JsResult<f64> {
    let Some(size) = size else { return Ok(1.0) };
    let (size, chunk) = (size.clone(), chunk.clone());
    let weigh = move |context: &mut Context| {
        activation::call(&size, &JsValue::undefined(), &[chunk], context)?.to_number(context)
    };
    frame::within(weigh, context)
}
