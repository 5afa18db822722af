//! `structuredClone`, and values that go to other threads: one way to write a value down, and one to
//! read it.
//!
//! A view that tracks the length of a resizable buffer becomes one of fixed length.
//! Spec: <https://html.spec.whatwg.org/#structured-cloning>

mod errors;
mod form;
mod open;
mod read;
mod transfer;
mod views;
mod write;

use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use crate::js::argument::{dictionary, require_arguments, wrong_type};
use crate::js::convert::sequence;
use crate::js::interface::Op;
pub(super) use form::Form;
pub(super) use read::{read, read_shared};
pub(super) use transfer::Transfer;
pub(super) use write::write;

pub(super) const OPS: &[Op] = &[("structuredClone", 1, structured_clone)];

fn structured_clone(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    require_arguments(arguments, &["value"], context)?;
    let options = dictionary(arguments.get_or_undefined(1), "options", context)?;
    let transfer = match options {
        Some(options) => options.get(js_string!("transfer"), context)?,
        None => JsValue::undefined(),
    };
    let transfer = if transfer.is_undefined() {
        Vec::new()
    } else {
        let wrong = |context: &mut Context| {
            wrong_type("options.transfer", "a sequence", &transfer, context)
        };
        sequence(&transfer, wrong, context)?
    };
    let form = write(&arguments[0], Transfer::new(&transfer, context)?, context)?;
    Ok(read(form, context)?.value)
}

#[cfg(test)]
mod tests {
    use boa_engine::Source;
    use boa_engine::property::Attribute;

    use super::*;

    const VALUE: &str = "const again = { a: 1, a2: [1.5, , 'é水'] };
        [again, [again, null, true], 12n, new Map([[1, again]]), new Set(['x']), /a\\/b/g,
         new Uint16Array([1, 2]), new DataView(new ArrayBuffer(4), 1), new Date(5), Object('s'),
         new TypeError('e', { cause: again })]";

    fn form(context: &mut Context) -> Form {
        let value = context.eval(Source::from_bytes(VALUE)).unwrap();
        write(&value, Transfer::default(), context).unwrap()
    }

    #[test]
    fn what_is_cut_or_changed_on_its_way_is_an_error_or_another_value() {
        let context = &mut Context::default();
        let whole = form(context).bytes;
        for length in 0..whole.len() {
            let bytes = whole[..length].to_vec();
            assert!(read(Form { bytes, ..Default::default() }, context).is_err());
        }
        for place in 0..whole.len() {
            for byte in [0, 1, 0x0f, 0x12, 0x1c, 0x7f, 0xff, whole[place] ^ 0x80] {
                let mut bytes = whole.clone();
                bytes[place] = byte;
                drop(read(Form { bytes, ..Default::default() }, context));
            }
        }
    }

    #[test]
    fn a_form_can_be_read_in_another_thread() {
        let form = form(&mut Context::default());
        let read = std::thread::spawn(move || {
            let context = &mut Context::default();
            let value = read(form, context).unwrap().value;
            context.register_global_property(js_string!("value"), value, Attribute::all()).unwrap();
            let test =
                "value[0] === value[1][0] && value[3].get(1) === value[0] && !(1 in value[0].a2)
                && value[10].cause === value[0] && value[2] === 12n && value[6][1] === 2";
            context.eval(Source::from_bytes(test)).unwrap().to_boolean()
        });
        assert!(read.join().unwrap());
    }
}
