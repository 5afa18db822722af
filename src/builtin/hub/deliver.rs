//! Events of hubs, handed to the script.

use boa_engine::{Context, JsObject, JsResult, js_string};

use super::data::listened;
use crate::builtin::events;
use crate::host::RoomNews;
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
