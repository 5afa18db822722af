//! Calls that have all of the input, and give all of the output.

use boa_engine::object::builtins::{JsArray, JsPromise};
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::engine::{Engine, State};
use super::fault::Fault;
use super::make::make;
use super::settings;
use crate::js::convert::{new_array_buffer, with_bytes};
use crate::js::ops;
use crate::limits::{ZLIB_FIRST_ROOM_BYTES, ZLIB_INLINE_BYTES};

/// A call, and how far it is.
struct Call {
    engine: Box<dyn Engine>,
    flush: i32,
    /// How much output a script wants at most.
    most: usize,
    position: usize,
    out: Vec<u8>,
}

type Outcome = Result<(Vec<u8>, usize), Fault>;

impl Call {
    fn new(arguments: &[JsValue], context: &mut Context) -> JsResult<Self> {
        let settings = settings::read(arguments.get_or_undefined(0), context)?;
        let flush = arguments.get_or_undefined(2).to_i32(context)?;
        let most = arguments.get_or_undefined(3).to_length(context)?;
        let engine = make(&settings).map_err(|fault| fault.into_error(context))?;
        let most = usize::try_from(most).unwrap_or(usize::MAX - 1);
        Ok(Self { engine, flush, most, position: 0, out: Vec::new() })
    }

    /// Goes on until all is done, or there is more output than `pause`. True if all is done.
    fn run(&mut self, input: &[u8], pause: usize) -> Result<bool, Fault> {
        while self.out.len() <= pause {
            let start = self.out.len();
            // One more than is wanted, to notice.
            let room = start.max(ZLIB_FIRST_ROOM_BYTES).min(self.most - start + 1);
            self.out.resize(start + room, 0);
            let rest = input.get(self.position..).unwrap_or_default();
            let step = self.engine.step(rest, &mut self.out[start..], self.flush)?;
            self.out.truncate(start + step.made);
            self.position += step.taken;
            if self.out.len() > self.most {
                return Err(Fault::too_large(self.most));
            }
            if step.state != State::More {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn finish(mut self, input: &[u8]) -> Outcome {
        self.run(input, usize::MAX)?;
        Ok((self.out, self.position))
    }
}

/// `whole(settings, input, flush, most)`: `[output, taken]`.
pub(super) fn whole(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let call = Call::new(arguments, context)?;
    let input = arguments.get_or_undefined(1);
    let mut call = Some(call);
    let outcome = with_bytes(input, context, |input| call.take().map(|call| call.finish(input)))?;
    show(outcome.flatten().unwrap_or(Ok((Vec::new(), 0))), context)
}

/// `wholeLater(settings, input, flush, most)`: a promise for the same.
pub(super) fn whole_later(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let mut call = Call::new(arguments, context)?;
    let input = settings::bytes(arguments.get_or_undefined(1), context)?;
    if input.len() <= call.engine.inline_bytes() {
        match call.run(&input, ZLIB_INLINE_BYTES) {
            Ok(false) => {}
            Ok(true) => {
                let value = show(Ok((call.out, call.position)), context)?;
                return Ok(JsPromise::resolve(value, context)?.into());
            }
            Err(fault) => {
                let error = fault.into_error(context);
                return Ok(JsPromise::reject(error, context)?.into());
            }
        }
    }
    Ok(ops::spawn(move || call.finish(&input), show, context).into())
}

fn show(outcome: Outcome, context: &mut Context) -> JsResult<JsValue> {
    let (out, taken) = outcome.map_err(|fault| fault.into_error(context))?;
    let out = new_array_buffer(&out, context)?;
    Ok(JsArray::from_iter([out.into(), JsValue::from(taken)], context).into())
}
