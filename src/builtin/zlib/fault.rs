//! What is wrong with bytes, with the codes and words of Node.

use std::borrow::Cow;

use boa_engine::{Context, JsError, JsValue, js_string};

use crate::js::error::node_error;
use crate::js::interface::set_field;

/// Why a step failed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// `Z_DATA_ERROR` and the like.
    pub(super) code: Cow<'static, str>,
    /// Its number, where it has one.
    pub(super) errno: Option<i32>,
    pub(super) message: Cow<'static, str>,
}

impl Fault {
    pub(super) const fn new(code: &'static str, errno: i32, message: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), errno: Some(errno), message: Cow::Borrowed(message) }
    }

    /// The input ends in the middle.
    pub(super) const TRUNCATED: Self = Self::new("Z_BUF_ERROR", -5, "unexpected end of file");

    /// Settings that contradict each other, or that the format does not have.
    pub(super) const SETTINGS: Self = Self {
        code: Cow::Borrowed("ERR_ZLIB_INITIALIZATION_FAILED"),
        errno: None,
        message: Cow::Borrowed("Initialization failed"),
    };

    /// There would be more output than a script wants.
    pub(super) fn too_large(most: usize) -> Self {
        Self {
            code: Cow::Borrowed("ERR_BUFFER_TOO_LARGE"),
            errno: None,
            message: format!("Cannot create a Buffer larger than {most} bytes").into(),
        }
    }

    pub(super) fn into_error(self, context: &mut Context) -> JsError {
        let error = node_error(&self.code, self.message, context);
        let Some(errno) = self.errno else { return error };
        let opaque = error.as_opaque().and_then(JsValue::as_object);
        if let Some(object) = opaque {
            set_field(&object, js_string!("errno"), errno);
        }
        error
    }
}
