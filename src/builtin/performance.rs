//! `performance`: the clock of this process.
//!
//! Marks and measures are in `runtime/performance_timeline.js`. Spec: <https://w3c.github.io/hr-time/>

use boa_engine::{Context, Finalize, JsData, JsObject, JsResult, JsValue, Trace, js_string};

use super::dom::event_target::{self, EventTarget};
use super::time_origin;
use crate::js::argument::illegal_invocation;
use crate::js::error::node_error;
use crate::js::interface::{Interface, Op, namespace};
use crate::net::reactor::slept;

pub(super) const OPS: &[Op] = &[("classes", 0, classes), super::late_import::LOAD];

/// How busy the loop is.
pub(super) const LOOP_OPS: &[Op] = &[("slept", 0, |_, _, _| {
    // Milliseconds since the first call.
    Ok(JsValue::from(slept().as_secs_f64() * 1000.0))
})];

/// What `performance` keeps in its `EventTarget`.
#[derive(Trace, Finalize, JsData)]
struct Performance;

const PERFORMANCE: Interface = Interface {
    name: "Performance",
    length: 0,
    constructor: |_, _, context| {
        Err(node_error("ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor", context))
    },
    methods: &[
        ("now", 0, |this, _, context| checked(this).map(|()| time_origin::now(context).into())),
        ("toJSON", 0, |this, _, context| {
            checked(this)?;
            let object = JsObject::with_object_proto(context.intrinsics());
            let origin = time_origin::epoch_ms(context);
            object.create_data_property_or_throw(js_string!("timeOrigin"), origin, context)?;
            Ok(object.into())
        }),
    ],
    statics: &[],
    accessors: &[(
        "timeOrigin",
        |this, _, context| checked(this).map(|()| time_origin::epoch_ms(context).into()),
        None,
    )],
    constants: &[],
    shown: &["timeOrigin"],
};

/// Makes the class and its one instance, `performance`.
fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let parent = event_target::class(context).cloned();
    let class = PERFORMANCE.build(parent.as_ref(), context);
    let target = EventTarget::with_inner(Performance);
    let performance = JsObject::new(context.root_shape(), class.prototype(), target).upcast();
    let classes = namespace(&[("Performance", class)], context)?;
    if let Some(classes) = classes.as_object() {
        let name = js_string!("performance");
        classes.create_data_property_or_throw(name, performance, context)?;
    }
    Ok(classes)
}

fn checked(this: &JsValue) -> JsResult<()> {
    let object = this.as_object();
    let target = object.as_ref().and_then(JsObject::downcast_ref::<EventTarget>);
    let right = target.is_some_and(|target| target.inner::<Performance>().is_some());
    if right { Ok(()) } else { Err(illegal_invocation("Performance")) }
}
