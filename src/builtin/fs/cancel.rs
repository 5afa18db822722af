//! How a script calls off an operation that is on a worker thread: a flag that is looked at between
//! two pieces of a file.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use boa_engine::{Context, JsArgs, JsData, JsObject, JsResult, JsValue};
use boa_gc::{Finalize, Trace};

use super::failure::{Attempt, Failure};

/// The worker's end.
#[derive(Clone, Debug, Default)]
pub(super) struct Cancel(Option<Arc<AtomicBool>>);

/// The script's end.
#[derive(Trace, Finalize, JsData)]
struct Handle {
    #[unsafe_ignore_trace]
    flag: Arc<AtomicBool>,
}

impl Cancel {
    /// The worker's end of a handle; of anything else, one that is never used.
    pub(super) fn of(handle: &JsValue) -> Self {
        let object = handle.as_object();
        let handle = object.as_ref().and_then(|object| object.downcast_ref::<Handle>());
        Self(handle.map(|handle| handle.flag.clone()))
    }

    /// Fails once the script has called it off.
    pub(super) fn check(&self) -> Attempt<()> {
        match &self.0 {
            Some(flag) if flag.load(Ordering::Relaxed) => Err(Failure::Aborted),
            _ => Ok(()),
        }
    }
}

/// `newCancel()`: a handle.
pub(super) fn new_cancel(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(JsObject::from_proto_and_data(None, Handle { flag: Arc::default() }).into())
}

/// `cancel(handle)`
pub(super) fn cancel(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    if let Cancel(Some(flag)) = Cancel::of(arguments.get_or_undefined(0)) {
        flag.store(true, Ordering::Relaxed);
    }
    Ok(JsValue::undefined())
}
