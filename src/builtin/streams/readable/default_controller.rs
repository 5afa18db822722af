//! The default controller: a queue of chunks of any kind.
//!
//! Spec: <https://streams.spec.whatwg.org/#rs-default-controller-class>

use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsValue};

use super::data::{
    Chunk, Controller, DefaultController, Pulling, ReadRequest, ReadableStream, Source, State,
    Stream,
};
use super::state;
use crate::builtin::streams::promises::{Outcome, reason_of};
use crate::builtin::streams::queue::Queue;
use crate::builtin::streams::strategy::{Strategy, size_of};
use crate::builtin::streams::this::{Class, illegal_constructor, new_object, this_as};
use crate::js::error::invalid_state;
use crate::js::interface::Interface;

type This = JsObject<DefaultController>;

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 0,
    constructor: |_, _, context| illegal_constructor(context),
    methods: &[
        ("close", 0, |this, _, context| {
            let this = receiver(this)?;
            check_open(&this, "close", context)?;
            close(&this, context);
            Ok(JsValue::undefined())
        }),
        ("enqueue", 0, |this, arguments, context| {
            let this = receiver(this)?;
            check_open(&this, "enqueue", context)?;
            enqueue(&this, arguments.get_or_undefined(0).clone(), context)?;
            Ok(JsValue::undefined())
        }),
        ("error", 0, |this, arguments, context| {
            error(&receiver(this)?, arguments.get_or_undefined(0), context);
            Ok(JsValue::undefined())
        }),
    ],
    statics: &[],
    accessors: &[(
        "desiredSize",
        |this, _, _| Ok(desired_size(&receiver(this)?).map_or(JsValue::null(), JsValue::from)),
        None,
    )],
    constants: &[],
    shown: &[],
};

const NAME: &str = "ReadableStreamDefaultController";

fn receiver(this: &JsValue) -> JsResult<This> {
    this_as(this, NAME)
}

/// An exception where the stream takes no more.
fn check_open(this: &This, method: &str, context: &mut Context) -> JsResult<()> {
    if can_close_or_enqueue(this) {
        return Ok(());
    }
    let what = match state::state(&this.borrow().data().stream) {
        State::Errored => "has failed",
        State::Closed => "is closed",
        State::Readable => "is being closed: chunks wait to be read, and there can be no more",
    };
    Err(invalid_state(format!("{method}: the stream {what}"), context))
}

/// Makes a controller and the stream's. `start` is what the start algorithm has come to, called with
/// the controller.
pub(in crate::builtin::streams) fn set_up(
    stream: &Stream,
    source: Source,
    strategy: Strategy,
    start: impl FnOnce(&JsValue, &mut Context) -> JsResult<Outcome>,
    context: &mut Context,
) -> JsResult<This> {
    let controller = DefaultController {
        stream: stream.clone(),
        queue: Queue::default(),
        started: false,
        close_requested: false,
        pulling: Pulling::No,
        high_water_mark: strategy.high_water_mark,
        size: strategy.size,
        source: Some(source),
    };
    let this: This = new_object(Class::ReadableStreamDefaultController, controller, context);
    stream.borrow_mut().data_mut().controller = Some(Controller::Default(this.clone()));
    let started = start(&this.clone().upcast().into(), context)?;
    started.then(
        &this,
        |this, _, context| {
            this.borrow_mut().data_mut().started = true;
            pull_if_needed(this, context);
        },
        |this, reason, context| error(this, &reason, context),
        context,
    );
    Ok(this)
}

/// `ReadableStreamDefaultControllerCallPullIfNeeded`
fn pull_if_needed(this: &This, context: &mut Context) {
    if !should_pull(this) {
        return;
    }
    let source = {
        let mut this = this.borrow_mut();
        let this = this.data_mut();
        if !this.pulling.begin() {
            return;
        }
        this.source.clone()
    };
    let Some(source) = source else { return };
    let pulled = source.pull(this.clone().upcast().into(), context);
    pulled.then(
        this,
        |this, _, context| {
            let again = this.borrow_mut().data_mut().pulling.end();
            if again {
                pull_if_needed(this, context);
            }
        },
        |this, reason, context| error(this, &reason, context),
        context,
    );
}

fn should_pull(this: &This) -> bool {
    if !can_close_or_enqueue(this) || !this.borrow().data().started {
        return false;
    }
    let stream = this.borrow().data().stream.clone();
    state::requests(&stream) > 0 || desired_size(this).is_some_and(|size| size > 0.0)
}

fn clear_algorithms(this: &This) {
    let mut this = this.borrow_mut();
    this.data_mut().source = None;
    this.data_mut().size = None;
}

/// `ReadableStreamDefaultControllerClose`
pub(in crate::builtin::streams) fn close(this: &This, context: &mut Context) {
    if !can_close_or_enqueue(this) {
        return;
    }
    let (is_empty, stream) = {
        let mut this = this.borrow_mut();
        this.data_mut().close_requested = true;
        (this.data().queue.is_empty(), this.data().stream.clone())
    };
    if is_empty {
        clear_algorithms(this);
        state::close(&stream, context);
    }
}

/// `ReadableStreamDefaultControllerEnqueue`
pub(in crate::builtin::streams) fn enqueue(
    this: &This,
    chunk: JsValue,
    context: &mut Context,
) -> JsResult<()> {
    if !can_close_or_enqueue(this) {
        return Ok(());
    }
    let stream = this.borrow().data().stream.clone();
    if state::requests(&stream) > 0 {
        state::fulfill(&stream, Chunk::Value(chunk), context);
    } else {
        let size = this.borrow().data().size.clone();
        let pushed = size_of(size.as_ref(), &chunk, context)
            .and_then(|size| this.borrow_mut().data_mut().queue.push(chunk, size));
        if let Err(thrown) = pushed {
            let reason = reason_of(thrown, context);
            error(this, &reason, context);
            return Err(JsError::from_opaque(reason));
        }
    }
    pull_if_needed(this, context);
    Ok(())
}

/// `ReadableStreamDefaultControllerError`
pub(in crate::builtin::streams) fn error(this: &This, reason: &JsValue, context: &mut Context) {
    let stream = this.borrow().data().stream.clone();
    if state::state(&stream) != State::Readable {
        return;
    }
    this.borrow_mut().data_mut().queue.clear();
    clear_algorithms(this);
    state::error(&stream, reason, context);
}

/// `ReadableStreamDefaultControllerGetDesiredSize`
pub(in crate::builtin::streams) fn desired_size(this: &This) -> Option<f64> {
    let this = this.borrow();
    let this = this.data();
    match state::state(&this.stream) {
        State::Errored => None,
        State::Closed => Some(0.0),
        State::Readable => Some(this.high_water_mark - this.queue.total()),
    }
}

/// `ReadableStreamDefaultControllerHasBackpressure`
pub(in crate::builtin::streams) fn has_backpressure(this: &This) -> bool {
    !should_pull(this)
}

/// `ReadableStreamDefaultControllerCanCloseOrEnqueue`
pub(in crate::builtin::streams) fn can_close_or_enqueue(this: &This) -> bool {
    let this = this.borrow();
    !this.data().close_requested && state::state(&this.data().stream) == State::Readable
}

/// `[[CancelSteps]]`
pub(super) fn cancel(this: &This, reason: JsValue, context: &mut Context) -> Outcome {
    let source = {
        let mut this = this.borrow_mut();
        this.data_mut().queue.clear();
        this.data().source.clone()
    };
    let outcome = source.map_or(Outcome::DONE, |source| source.cancel(reason, context));
    clear_algorithms(this);
    outcome
}

/// `[[PullSteps]]`
pub(super) fn pull(this: &This, request: Box<dyn ReadRequest>, context: &mut Context) {
    let stream: JsObject<ReadableStream> = this.borrow().data().stream.clone();
    let chunk = this.borrow_mut().data_mut().queue.pop();
    let Some(chunk) = chunk else {
        state::add_request(&stream, request);
        return pull_if_needed(this, context);
    };
    let is_last = {
        let this = this.borrow();
        this.data().close_requested && this.data().queue.is_empty()
    };
    if is_last {
        clear_algorithms(this);
        state::close(&stream, context);
    } else {
        pull_if_needed(this, context);
    }
    request.chunk(Chunk::Value(chunk), context);
}
