//! How a server closes: the options of `close`, and those for when a signal ends the process.

use std::time::Duration;

use boa_engine::{Context, JsResult, JsValue};

use crate::builtin::options::{
    Given, Opt, duration, millis, names_in, options_of, other, read, text,
};
use crate::host::Closing;
use crate::js::error::range_error;
use crate::limits::SHUTDOWN_DRAIN_MS;
use crate::proto::ws::close::code::GOING_AWAY;
use crate::proto::ws::close::{REASON_MAX, may_be_sent};

const CLOSE: [Opt<Closing>; 4] = [
    other("code", |to, given, _| {
        to.code = read_code(&given.value)?;
        Ok(())
    }),
    text("reason", |to, reason| to.reason = reason),
    millis("drain", 1, |to, time| to.drain = Some(duration(time))),
    millis("spread", 0, |to, time| to.spread = duration(time)),
];

/// At once, with 1001, and nobody is cut off.
fn plain() -> Closing {
    Closing { code: GOING_AWAY, reason: String::new(), spread: Duration::ZERO, drain: None }
}

/// What `close` was given.
pub(super) fn read_closing(options: &JsValue, context: &mut Context) -> JsResult<Closing> {
    let mut closing = plain();
    if let Some(options) = options_of(options, "close", context)? {
        read(&options, "", &[&CLOSE], &mut closing, context)?;
    }
    check(&closing, "close: ")?;
    Ok(closing)
}

/// The option `shutdown` of a server: an object with the options of `close`.
pub(super) fn read_shutdown(given: &Given<'_>, context: &mut Context) -> JsResult<Closing> {
    let mut closing = Closing { drain: Some(Duration::from_millis(SHUTDOWN_DRAIN_MS)), ..plain() };
    given.read_inner(&[&CLOSE], &mut closing, context)?;
    check(&closing, "option shutdown: ")?;
    Ok(closing)
}

/// The names of its options.
pub(super) fn shutdown_names() -> Vec<&'static str> {
    names_in(&[&CLOSE])
}

/// Refuses a reason that no Close frame has room for.
pub(super) fn check_reason(reason: &str, whose: &str) -> JsResult<()> {
    let bytes = reason.len();
    if bytes <= REASON_MAX {
        return Ok(());
    }
    Err(range_error(format!(
        "{whose}the reason has {bytes} bytes of UTF-8, more than the {REASON_MAX} that fit"
    )))
}

fn check(closing: &Closing, whose: &str) -> JsResult<()> {
    check_reason(&closing.reason, whose)?;
    match closing.drain {
        Some(drain) if closing.spread > drain => Err(range_error(format!(
            "{whose}spread is {} ms, but drain cuts off whoever is left after {} ms: lower the one \
             or raise the other",
            closing.spread.as_millis(),
            drain.as_millis()
        ))),
        _ => Ok(()),
    }
}

/// The connections could not be told anything else, and would stay.
fn read_code(value: &JsValue) -> JsResult<u16> {
    let code = value.as_number().filter(|code| code.fract() == 0.0 && (0.0..5000.0).contains(code));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number below 5000"
    )]
    let code = code.map(|code| code as u16).filter(|code| may_be_sent(*code));
    code.ok_or_else(|| {
        range_error("close: the code must be 1000 to 1003, 1007 to 1014 or 3000 to 4999")
    })
}
