//! The native half of `EventSource`: the parser of its stream.

use std::rc::Rc;

use boa_engine::object::builtins::JsArray;
use boa_engine::string::JsStr;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use crate::js::argument::illegal_invocation;
use crate::js::convert::{bytes_of, js_string_from_utf8};
use crate::js::error::range_error;
use crate::js::interface::Op;
use crate::js::memory::note_unseen;
use crate::limits::{EVENT_STREAM_EVENT_BYTES_MAX, EVENT_STREAM_RETRY_MS_MAX};
use crate::proto::event_stream::{EventStream, Said};

pub(super) const OPS: &[Op] = &[
    ("newParser", 0, |_, _, context| {
        let parser = Parser { stream: EventStream::new(EVENT_STREAM_EVENT_BYTES_MAX) };
        Ok(JsObject::new(context.root_shape(), None, parser).upcast().into())
    }),
    ("restart", 1, restart),
    ("parse", 2, parse),
];

#[derive(Trace, Finalize, JsData)]
struct Parser {
    #[unsafe_ignore_trace]
    stream: EventStream,
}

fn with<R>(arguments: &[JsValue], work: impl FnOnce(&mut EventStream) -> R) -> JsResult<R> {
    let object = arguments.get_or_undefined(0).as_object();
    let parser = object.as_ref().and_then(JsObject::downcast_mut::<Parser>);
    parser.map(|mut parser| work(&mut parser.stream)).ok_or_else(|| illegal_invocation("Parser"))
}

/// `restart(parser)`: begins with a new stream. Returns the id to ask for, in UTF-8 as a header has
/// it: '' if there is none.
fn restart(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with(arguments, |stream| {
        stream.restart();
        let bytes = stream.last_id().as_bytes();
        JsString::from(JsStr::latin1(bytes)).into()
    })
}

/// `parse(parser, bytes)`: what they say, as an array of type, data and id of each event. The type is
/// null for a time to wait, which stands in place of the data.
fn parse(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let bytes = bytes_of(arguments.get_or_undefined(1), context)?.unwrap_or_default();
    note_unseen(bytes.len());
    let mut said = Vec::new();
    let taken = with(arguments, |stream| stream.receive(&bytes, &mut said))?;
    let mut values: Vec<JsValue> = Vec::with_capacity(3 * said.len());
    // A long id of many events is one string.
    let mut latest: (Rc<str>, JsString) = (Rc::default(), js_string!());
    for said in said {
        match said {
            Said::Event { kind, data, id } => {
                let kind = if kind.is_empty() { "message" } else { &kind };
                values.push(js_string_from_utf8(kind).into());
                values.push(js_string_from_utf8(&data).into());
                if !Rc::ptr_eq(&latest.0, &id) {
                    latest = (id.clone(), js_string_from_utf8(&id));
                }
                values.push(latest.1.clone().into());
            }
            Said::Retry(millis) => {
                let millis = millis.min(EVENT_STREAM_RETRY_MS_MAX);
                values.extend([JsValue::null(), millis.into(), js_string!().into()]);
            }
        }
    }
    // What came before it counts.
    if let Err(error) = taken {
        values.extend([JsValue::undefined(), range_error(error.to_string()).into_opaque(context)?]);
    }
    Ok(JsArray::from_iter(values, context).into())
}
