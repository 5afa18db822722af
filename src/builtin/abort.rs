//! The interface objects of `AbortController` and `AbortSignal`, made when first used.
//!
//! Spec: <https://dom.spec.whatwg.org/#aborting-ongoing-activities>

use crate::js::abort;
use crate::js::loader::Op;

pub(super) const OPS: &[Op] = &[("classes", 0, |_, _, context| abort::classes(context))];
