//! What goes wrong in an algorithm, before it becomes an exception: Node's code, and its words.

use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue, js_string};

use crate::js::error::node_error;
use crate::js::interface::set_field;
use crate::js::ops;

/// A failure of an algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Empty where Node has none.
    code: &'static str,
    message: &'static str,
}

impl Fault {
    pub(super) const fn new(code: &'static str, message: &'static str) -> Self {
        Self { code, message }
    }

    pub(super) fn into_error(self, context: &mut Context) -> JsError {
        if self.code.is_empty() {
            return JsNativeError::error().with_message(self.message).into();
        }
        let error = node_error(self.code, self.message, context);
        // As Node takes such a message apart: `error:NUMBER:library::reason`.
        if let Some((library, reason)) = self.message.split_once("::")
            && let Some((_, library)) = library.rsplit_once(':')
            && let Some(object) = error.as_opaque().and_then(JsValue::as_object)
        {
            set_field(&object, js_string!("library"), js_string!(library));
            set_field(&object, js_string!("reason"), js_string!(reason));
        }
        error
    }
}

pub(super) const NOT_AUTHENTIC: Fault =
    Fault::new("", "Unsupported state or unable to authenticate data");
pub(super) const BAD_DECRYPT: Fault =
    Fault::new("ERR_OSSL_BAD_DECRYPT", "error:1C800064:Provider routines::bad decrypt");
pub(super) const WRONG_FINAL_BLOCK: Fault = Fault::new(
    "ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH",
    "error:1C80006B:Provider routines::wrong final block length",
);
pub(super) const INVALID_KEY_LENGTH: Fault =
    Fault::new("ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length");
pub(super) const TOO_MUCH: Fault = Fault::new(
    "ERR_CRYPTO_OPERATION_FAILED",
    "more data than the cipher may encrypt with one key and IV",
);
pub(super) const NOT_A_KEY: Fault =
    Fault::new("ERR_OSSL_UNSUPPORTED", "error:1E08010C:DECODER routines::unsupported");
pub(super) const INVALID_KEY: Fault = Fault::new("ERR_CRYPTO_INVALID_KEYTYPE", "Invalid key data");
pub(super) const NO_PASSPHRASE: Fault =
    Fault::new("ERR_MISSING_PASSPHRASE", "Passphrase required for encrypted key");
pub(super) const UNKNOWN_CIPHER: Fault = Fault::new("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
pub(super) const INVALID_DIGEST: Fault =
    Fault::new("ERR_OSSL_INVALID_DIGEST", "error:1C80007A:Provider routines::invalid digest");
pub(super) const WRONG_KEY_KIND: Fault = Fault::new(
    "ERR_OSSL_EVP_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE",
    "error:03000096:digital envelope routines::operation not supported for this keytype",
);
pub(super) const WRONG_PADDING: Fault = Fault::new(
    "ERR_OSSL_ILLEGAL_OR_UNSUPPORTED_PADDING_MODE",
    "error:1C8000A5:Provider routines::illegal or unsupported padding mode",
);
pub(super) const TOO_LARGE_FOR_KEY: Fault = Fault::new(
    "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE",
    "error:0200006E:rsa routines::data too large for key size",
);
pub(super) const OAEP_DECODING: Fault = Fault::new(
    "ERR_OSSL_RSA_OAEP_DECODING_ERROR",
    "error:02000079:rsa routines::oaep decoding error",
);
pub(super) const RSA_PADDING_CHECK: Fault = Fault::new(
    "ERR_OSSL_RSA_PADDING_CHECK_FAILED",
    "error:02000072:rsa routines::padding check failed",
);
pub(super) const NO_RANDOMNESS: Fault =
    Fault::new("ERR_CRYPTO_OPERATION_FAILED", "the system gives no random bytes");
pub(super) const NO_SECRET: Fault = Fault::new(
    "ERR_OSSL_FAILED_DURING_DERIVATION",
    "error:1C800107:Provider routines::failed during derivation",
);

/// Does a piece of work at once and returns what `to_value` makes of it; or does it on a worker
/// thread, and returns a promise for that.
pub(super) fn run<T: Send + 'static>(
    later: bool,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    to_value: fn(T, &mut Context) -> JsResult<JsValue>,
    context: &mut Context,
) -> JsResult<JsValue> {
    if !later {
        return settle((work(), to_value), context);
    }
    Ok(ops::spawn(move || (work(), to_value), settle, context).into())
}

/// What work found, and what makes a value of it.
type Found<T> = (Result<T, Fault>, fn(T, &mut Context) -> JsResult<JsValue>);

fn settle<T>((found, to_value): Found<T>, context: &mut Context) -> JsResult<JsValue> {
    match found {
        Ok(found) => to_value(found, context),
        Err(fault) => Err(fault.into_error(context)),
    }
}
