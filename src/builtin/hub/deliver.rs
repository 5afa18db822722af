//! Events of hubs, handed to the script.

use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use super::bus;
use super::data::listened;
use crate::builtin::events;
use crate::host::{BusNews, Gap, RoomNews};
use crate::id::HubId;
use crate::js::convert::js_string_from_utf8;
use crate::js::executor::report_uncaught;

/// A room has got its first member in this process, or has lost its last one: `occupied` or
/// `vacated`. What a listener throws is uncaught.
pub fn deliver_room(news: &RoomNews, context: &mut Context) {
    let Some(hub) = listened(news.hub, context) else { return };
    if let Err(error) = tell(&hub, news, context) {
        report_uncaught(error, context);
    }
}

fn tell(hub: &JsObject, news: &RoomNews, context: &mut Context) -> JsResult<()> {
    let name = if news.occupied { js_string!("occupied") } else { js_string!("vacated") };
    let facts = JsObject::with_object_proto(context.intrinsics());
    facts.create_data_property_or_throw(js_string!("local"), true, context)?;
    let room = js_string_from_utf8(&news.room);
    let arguments = [name.into(), room.into(), facts.into()];
    events::emit(hub, &arguments, context)
}

/// Something about the bus of a hub: `bus` or `gap`. What a listener throws is uncaught. An error if
/// the program is not to run without a bus, and has none.
pub fn deliver_bus(hub: HubId, news: &BusNews, context: &mut Context) -> Result<(), String> {
    let object = listened(hub, context);
    let is_heard = object.as_ref().is_some_and(|hub| hears_of_bus(hub, context));
    bus::note(hub, news, is_heard, context)?;
    let Some(hub) = object else { return Ok(()) };
    let told = match news {
        BusNews::Up | BusNews::Down(..) => tell_bus(&hub, news, context),
        BusNews::Gap(gap) => tell_gap(&hub, gap, context),
    };
    if let Err(error) = told {
        report_uncaught(error, context);
    }
    Ok(())
}

/// Whether the script listens for the event `bus`.
fn hears_of_bus(hub: &JsObject, context: &mut Context) -> bool {
    let counts = hub.get(js_string!("listenerCount"), context).ok();
    let counts = counts.and_then(|counts| counts.as_callable());
    let event = [js_string!("bus").into()];
    let count = counts.and_then(|counts| counts.call(&hub.clone().into(), &event, context).ok());
    count.and_then(|count| count.as_number()).is_some_and(|count| count > 0.0)
}

fn tell_bus(hub: &JsObject, news: &BusNews, context: &mut Context) -> JsResult<()> {
    let facts = JsObject::with_object_proto(context.intrinsics());
    let connected = matches!(news, BusNews::Up);
    facts.create_data_property_or_throw(js_string!("connected"), connected, context)?;
    if let BusNews::Down(error, retry) = news {
        let code = js_string_from_utf8(&error.code);
        let message = js_string_from_utf8(&error.message);
        facts.create_data_property_or_throw(js_string!("code"), code, context)?;
        facts.create_data_property_or_throw(js_string!("message"), message, context)?;
        let retry = retry.map_or(JsValue::null(), |wait| (wait.as_secs_f64() * 1000.0).into());
        facts.create_data_property_or_throw(js_string!("retryIn"), retry, context)?;
    }
    events::emit(hub, &[js_string!("bus").into(), facts.into()], context)
}

/// Numbers of messages end far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "a node sends fewer messages than that")]
fn tell_gap(hub: &JsObject, gap: &Gap, context: &mut Context) -> JsResult<()> {
    let number = |number: Option<u64>| number.map_or(JsValue::null(), |at| (at as f64).into());
    let text = |text: Option<String>| {
        text.map_or(JsValue::null(), |text| js_string_from_utf8(&text).into())
    };
    let node = gap.node.map(|node| format!("{node:016x}"));
    let away = gap.away.map_or(JsValue::null(), |away| (away.as_secs_f64() * 1000.0).into());
    let facts = JsObject::with_object_proto(context.intrinsics());
    for (name, value) in [
        (js_string!("room"), text(gap.room.clone())),
        (js_string!("node"), text(node)),
        (js_string!("from"), number(gap.from)),
        (js_string!("to"), number(gap.to)),
        (js_string!("reason"), text(Some(gap.reason.to_owned()))),
        (js_string!("away"), away),
    ] {
        facts.create_data_property_or_throw(name, value, context)?;
    }
    events::emit(hub, &[js_string!("gap").into(), facts.into()], context)
}
