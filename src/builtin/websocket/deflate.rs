//! The option `perMessageDeflate`, of servers and of outgoing sockets.

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use crate::js::error::{range_error, type_error};
use crate::proto::ws::deflate::DeflateConfig;

const NAMES: [&str; 8] = [
    "threshold",
    "level",
    "serverNoContextTakeover",
    "clientNoContextTakeover",
    "serverMaxWindowBits",
    "clientMaxWindowBits",
    "memoryLimit",
    "maxRatio",
];

/// Reads `perMessageDeflate`: absent (`before`), `false`, `true` for the defaults, or an object
/// with any of the names above.
pub fn read_deflate(
    value: &JsValue,
    before: Option<DeflateConfig>,
    context: &mut Context,
) -> JsResult<Option<DeflateConfig>> {
    if value.is_undefined() {
        return Ok(before);
    }
    if let Some(wanted) = value.as_boolean() {
        return Ok(wanted.then(DeflateConfig::default));
    }
    let given = value.as_object().ok_or_else(|| {
        type_error(format!(
            "option perMessageDeflate must be true, false or an object, not {}",
            value.display()
        ))
    })?;
    for key in given.own_property_keys(context)? {
        let PropertyKey::String(name) = &key else { continue };
        let name = name.to_std_string_lossy();
        if !NAMES.contains(&name.as_str()) {
            return Err(type_error(format!(
                "unknown option perMessageDeflate.{name} (known: {})",
                NAMES.join(", ")
            )));
        }
    }
    let mut config = DeflateConfig::default();
    number(&given, "threshold", (0, 1 << 31), &mut config.threshold, context)?;
    number(&given, "memoryLimit", (0, 1 << 40), &mut config.memory_limit, context)?;
    number(&given, "maxRatio", (1, 1 << 31), &mut config.max_ratio, context)?;
    small(&given, "level", (0, 9), &mut config.level, context)?;
    small(&given, "serverMaxWindowBits", (8, 15), &mut config.server_max_window_bits, context)?;
    small(&given, "clientMaxWindowBits", (8, 15), &mut config.client_max_window_bits, context)?;
    let takeover = [
        ("serverNoContextTakeover", &mut config.server_no_context_takeover),
        ("clientNoContextTakeover", &mut config.client_no_context_takeover),
    ];
    for (name, wanted) in takeover {
        let value = given.get(js_string!(name), context)?;
        if !value.is_undefined() {
            *wanted = value.as_boolean().ok_or_else(|| {
                type_error(format!(
                    "option perMessageDeflate.{name} must be true or false, not {}",
                    value.display()
                ))
            })?;
        }
    }
    Ok(Some(config))
}

fn number(
    given: &JsObject,
    name: &str,
    (least, most): (u64, u64),
    into: &mut usize,
    context: &mut Context,
) -> JsResult<()> {
    let value = given.get(js_string!(name), context)?;
    if value.is_undefined() {
        return Ok(());
    }
    let number = value.as_number().unwrap_or(f64::NAN);
    #[expect(clippy::cast_precision_loss, reason = "the ranges end far below 2^53")]
    let inside = number.fract() == 0.0 && (least as f64..=most as f64).contains(&number);
    if !inside {
        return Err(range_error(format!(
            "option perMessageDeflate.{name} must be a whole number from {least} to {most}, not {}",
            value.display()
        )));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number in range"
    )]
    {
        *into = number as usize;
    }
    Ok(())
}

fn small(
    given: &JsObject,
    name: &str,
    range: (u64, u64),
    into: &mut u8,
    context: &mut Context,
) -> JsResult<()> {
    let mut wide = usize::from(*into);
    number(given, name, range, &mut wide, context)?;
    *into = u8::try_from(wide).unwrap_or(*into);
    Ok(())
}
