//! The stack of an error as it is printed: in words that help, at the place that is to blame.
//!
//! `error.message` and `error.stack` stay as the engine has them. Only what people read goes through
//! here: exceptions that nothing caught, and errors that a script logs.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use boa_engine::builtins::error::Error;
use boa_engine::{Context, JsObject, JsValue, js_string};

use super::diagnose::{Finding, Frame, Spot, diagnose, innermost, is_known};
use super::source::{begins_function, source_of};
use super::stack::{Place, first_place};
use crate::limits::EXPLAINED_MAX;

/// An error whose engine's message says less than its source.
#[derive(Debug)]
pub struct Explained {
    /// Name, message and calls.
    pub stack: String,
    pub(super) place: Option<Place>,
    pub(super) remedy: Option<String>,
}

/// What was found out about the errors of late, so that one that comes again and again costs no
/// look into its source; `Context` data.
#[derive(Default)]
struct Found(RefCell<HashMap<Key, Option<Rc<Finding>>>>);

/// The instruction that threw, and the engine's message.
type Key = (Frame, String);

/// What there is to say about an error that the engine threw; `None` for all others.
pub fn explained(error: &JsValue, context: &mut Context) -> Option<Explained> {
    let object = error.as_object().filter(|object| object.is::<Error>())?;
    let message = {
        let data = object.borrow();
        let own = |name| data.properties().get(&js_string!(name).into());
        if own("stack").is_some() {
            return None;
        }
        own("message")?.value()?.as_string()?.to_std_string_lossy()
    };
    let frame = innermost(&*object.downcast_ref::<Error>()?)?;
    let finding = if is_known(&message) { finding(frame, &message, context) } else { None };
    let stack = object.get(js_string!("stack"), context).ok()?;
    let mut stack = stack.as_string()?.to_std_string_lossy();
    let place = first_place(&stack)?;
    let Some(finding) = finding else {
        // What the engine has no position for, it puts where the function begins.
        let is_coarse = is_native(&object, context) && begins_function(&place, context);
        let stack = is_coarse.then(|| stack.replacen(&place.numbers(), "", 1));
        return stack.map(|stack| Explained { stack, place: None, remedy: None });
    };
    if let Some(better) = &finding.message {
        stack = stack.replacen(&message, better, 1);
    }
    let place = match finding.place {
        Spot::Engine => Some(place),
        Spot::At(line, column) => {
            let exact = Place { line, column, known: true, ..place.clone() };
            stack = stack.replacen(&place.numbers(), &exact.numbers(), 1);
            Some(exact)
        }
        Spot::Unknown => {
            stack = stack.replacen(&place.numbers(), "", 1);
            None
        }
    };
    Some(Explained { stack, place, remedy: finding.remedy.clone() })
}

/// Whether the class of an error is one of the language's own.
fn is_native(error: &JsObject, context: &Context) -> bool {
    let classes = context.intrinsics().constructors();
    let own = [classes.type_error(), classes.range_error(), classes.reference_error()];
    error
        .prototype()
        .is_some_and(|class| own.iter().any(|known| JsObject::equals(&known.prototype(), &class)))
}

fn finding(frame: Frame, message: &str, context: &mut Context) -> Option<Rc<Finding>> {
    if !context.has_data::<Found>() {
        context.insert_data(Found::default());
    }
    let key = (frame, message.to_owned());
    let found = context.get_data::<Found>()?;
    if let Some(known) = found.0.borrow().get(&key) {
        return known.clone();
    }
    let source = source_of(&key.0.path, context);
    let finding = source.and_then(|source| diagnose(&key.0, message, &source, || globals(context)));
    let finding = finding.map(Rc::new);
    let mut known = found.0.borrow_mut();
    if known.len() == EXPLAINED_MAX {
        known.clear();
    }
    known.insert(key, finding.clone());
    finding
}

fn globals(context: &Context) -> Vec<String> {
    let global = context.global_object();
    let global = global.borrow();
    global.shape().keys().iter().map(ToString::to_string).collect()
}
