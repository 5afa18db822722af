//! What natives hold of a database.

use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, Finalize, JsData, JsObject, JsResult, JsValue, Trace};

use super::connection::Link;
use crate::js::argument::{illegal_invocation, wrong_type};
use crate::js::convert::to_utf8;

/// The native data of a database.
#[derive(Trace, Finalize, JsData)]
pub(super) struct Database {
    #[unsafe_ignore_trace]
    pub(super) link: Rc<Link>,
    pub(super) functions: Vec<Function>,
}

/// A function of a script, and what else an aggregate has.
#[derive(Clone, Trace, Finalize)]
pub(super) struct Function {
    pub(super) step: JsFunction,
    pub(super) start: JsValue,
    pub(super) result: Option<JsFunction>,
    pub(super) inverse: Option<JsFunction>,
    #[unsafe_ignore_trace]
    pub(super) bigints: bool,
}

/// What the database has in common with its statements.
pub(super) fn link(this: &JsValue) -> JsResult<Rc<Link>> {
    let object = this.as_object();
    let data = object.as_ref().and_then(JsObject::downcast_ref::<Database>);
    data.map(|data| data.link.clone()).ok_or_else(|| illegal_invocation("Database"))
}

/// A text in an argument.
pub(super) fn text(value: &JsValue, name: &str, context: &mut Context) -> JsResult<String> {
    let text = value.as_string().map(|text| to_utf8(&text));
    text.ok_or_else(|| wrong_type(name, "of type string", value, context))
}
