//! `websocket.autoReply`: messages that are answered without the script.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsObject, JsResult, JsValue};

use crate::builtin::options::{Given, Opt, other, read, shown};
use crate::host::AutoReply;
use crate::js::convert::{bytes_of, to_utf8};
use crate::js::error::node_error;
use crate::limits::AUTO_REPLIES_MAX;
use crate::proto::ws::MessageKind;

type Message = (MessageKind, Vec<u8>);

/// One row as a script gives it.
#[derive(Default)]
struct Row {
    on: Option<Message>,
    reply: Option<Message>,
}

const ROW: [Opt<Row>; 2] = [
    other("match", |to, given, context| {
        to.on = Some(message(given, context)?);
        Ok(())
    }),
    other("reply", |to, given, context| {
        to.reply = Some(message(given, context)?);
        Ok(())
    }),
];

fn message(given: &Given<'_>, context: &mut Context) -> JsResult<Message> {
    if let Some(text) = given.value.as_string() {
        return Ok((MessageKind::Text, to_utf8(&text).into_bytes()));
    }
    match bytes_of(&given.value, context)? {
        Some(bytes) => Ok((MessageKind::Binary, bytes)),
        None => Err(given.wrong_type("a string or bytes", context)),
    }
}

/// A list of `{ match, reply }`.
pub(super) fn read_auto_replies(
    given: &Given<'_>,
    context: &mut Context,
) -> JsResult<Vec<AutoReply>> {
    let must = "a list such as [{ match: 'ping', reply: 'pong' }]";
    let list = given.value.as_object().filter(JsObject::is_array);
    let list = list.ok_or_else(|| given.wrong_type(must, context))?;
    let list = JsArray::from_object(list)?;
    let length = list.length(context)?;
    if length > AUTO_REPLIES_MAX as u64 {
        let message = format!(
            "{} has {length} rows, more than {AUTO_REPLIES_MAX}: answer in the message hook",
            given.path()
        );
        return Err(node_error("ERR_OUT_OF_RANGE", message, context));
    }
    let mut replies = Vec::new();
    for index in 0..length {
        let value = list.get(index, context)?;
        replies.push(read_row(given, index, &value, context)?);
    }
    Ok(replies)
}

fn read_row(
    given: &Given<'_>,
    index: u64,
    value: &JsValue,
    context: &mut Context,
) -> JsResult<AutoReply> {
    let path = format!("{}[{index}]", given.path().trim_start_matches("option "));
    let object = value.as_object().filter(|object| !object.is_array() && !object.is_callable());
    let mut row = Row::default();
    if let Some(object) = object {
        read(&object, &format!("{path}."), &[&ROW], &mut row, context)?;
    }
    if let Row { on: Some(on), reply: Some(reply) } = row {
        return Ok(AutoReply { on, reply });
    }
    let value = shown(value);
    let message = format!("option {path} must have match and reply, not be {value}");
    Err(node_error("ERR_INVALID_ARG_VALUE", message, context))
}
