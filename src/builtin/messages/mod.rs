//! HTTP messages as the Fetch standard has them: `Headers`, `Request`, `Response` and `FormData`, natively, and
//! the ways by which servers and clients make them and take them apart without JavaScript.
//!
//! ```text
//! field_list    the header list
//! pairs         iterators over pairs
//! headers       Headers
//! lazy_headers  a list, or the Headers that has it
//! form_data     FormData
//! forms         a FormData of bytes, and bytes of a FormData
//! body          what a body is made of
//! consume       text(), json() and the like
//! response      Response
//! request_init  the options of a request
//! request       Request
//! ```

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "the client and the servers' streamed bodies take the rest"
)]

mod body;
mod consume;
mod field_list;
mod form_data;
mod forms;
mod headers;
mod lazy_headers;
mod pairs;
mod request;
mod request_init;
mod response;

use boa_engine::{Context, JsResult, JsValue};

pub(super) use body::Content;
pub(super) use field_list::FieldList;
pub(super) use forms::form_data_of;
pub(super) use request::{RequestParts, new_request, request_parts, take_request_body};
pub(super) use response::{ResponseKind, StatusLine, Taken, new_response, take_response};

use crate::js::interface::{Op, namespace};

pub(super) const OPS: &[Op] = &[("classes", 0, classes)];

fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let form_data = form_data::class(context)?;
    let headers = headers::class(context)?;
    let request = request::class(context);
    let response = response::class(context);
    let classes = [
        ("FormData", form_data),
        ("Headers", headers),
        ("Request", request),
        ("Response", response),
    ];
    namespace(&classes, context)
}
