//! Frames of JavaScript around native work: the one place that knows of a defect of the engine.
//!
//! Boa 0.22 leaves values on its stack when an exception crosses several frames on its way into
//! Rust, when it gives up on an endless recursion, and when it links a module. Nobody takes them
//! away where Rust goes on afterwards: in the middle of an expression they are taken for arguments
//! of the call that is being prepared, and at the top they add up to the stack's limit. What does
//! take them away is a function in JavaScript that returns: its frame goes, and whatever lies above
//! it.
//!
//! So whoever calls JavaScript from Rust and goes on when that throws does it in here. The work
//! returns what it has, an exception too, around the engine, so that the frame always returns. A
//! native that passes the exception on to its caller needs none of this: the values go with the
//! caller's frame, which has given up the expression that it was in.
//!
//! - [`run`] is for work that never ends: it leaves its frame for a new one after so many steps.
//! - [`within`] is for a piece of work, [`call`] for a callback.
//!
//! A frame costs about as much as a call of a JavaScript function.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsObject, JsResult, JsValue, NativeFunction, Source};

use super::activation;
use super::error::type_error;
use super::utf16::utf16;

/// Calls `step` inside of a frame until it breaks with a value, each frame for at most `budget`
/// times. A step that calls a script once needs no frame of its own.
pub fn run<S, T>(budget: usize, mut step: S, context: &mut Context) -> T
where
    S: FnMut(&mut Context) -> ControlFlow<T> + 'static,
    T: 'static,
{
    loop {
        let mut moved = step;
        let steps = move |context: &mut Context| {
            let ended = (0..budget).try_for_each(|_| moved(context));
            (moved, ended)
        };
        let ended;
        (step, ended) = within(steps, context);
        if let ControlFlow::Break(value) = ended {
            return value;
        }
    }
}

/// Calls a callback of a script, from wherever, such that the stack is in order whatever it does.
pub fn call(
    callback: &JsObject,
    this: JsValue,
    arguments: impl AsRef<[JsValue]> + 'static,
    context: &mut Context,
) -> JsResult<JsValue> {
    let callback = callback.clone();
    within(move |context| activation::call(&callback, &this, arguments.as_ref(), context), context)
}

/// Does a piece of work inside of a frame of its own. Where the engine has no room for a frame any
/// more, the work goes without one, and meets the same limit as soon as it calls something.
#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "`enter` takes the work and leaves a result, or has not run"
)]
pub fn within<W, T>(work: W, context: &mut Context) -> T
where
    W: FnOnce(&mut Context) -> T + 'static,
    T: 'static,
{
    let Ok(frame) = frame::<W, T>(context) else { return work(context) };
    frame.work.set(Some(work));
    let enter = frame.enter.clone().into();
    // The work itself throws nothing: it is a native that always returns.
    let entered = frame.trampoline.call(&JsValue::undefined(), &[enter], context);
    let result = frame.result.take().or_else(|| {
        log::debug!("the engine made no frame: {entered:?}");
        frame.work.take().map(|work| work(context))
    });
    result.expect("work that was not begun is still there")
}

/// The way into a frame for one kind of work; `Context` data, made when it is first gone. Frames
/// nest, but what is in here is on its way in or out, and nothing else happens then.
struct Frame<W, T> {
    /// A function in JavaScript that calls its argument.
    trampoline: JsFunction,
    /// [`enter`] as that argument.
    enter: JsFunction,
    work: Cell<Option<W>>,
    result: Cell<Option<T>>,
}

/// The function in JavaScript, which all kinds of work share.
struct Trampoline(JsFunction);

fn frame<W, T>(context: &mut Context) -> JsResult<Rc<Frame<W, T>>>
where
    W: FnOnce(&mut Context) -> T + 'static,
    T: 'static,
{
    if let Some(frame) = context.get_data::<Rc<Frame<W, T>>>() {
        return Ok(frame.clone());
    }
    let frame = Rc::new(Frame {
        trampoline: trampoline(context)?,
        enter: NativeFunction::from_fn_ptr(enter::<W, T>).to_js_function(context.realm()),
        work: Cell::new(None),
        result: Cell::new(None),
    });
    context.insert_data(frame.clone());
    Ok(frame)
}

fn trampoline(context: &mut Context) -> JsResult<JsFunction> {
    if let Some(known) = context.get_data::<Trampoline>() {
        return Ok(known.0.clone());
    }
    // Without parentheses, which would be parsed as an expression first.
    let units = utf16("call => call()");
    let source = Source::from_utf16(&units).with_path(Path::new("internal:frame"));
    let function = context.eval(source)?.as_function();
    let function = function.ok_or_else(|| type_error("the trampoline is not a function"))?;
    context.insert_data(Trampoline(function.clone()));
    Ok(function)
}

/// What the trampoline calls.
fn enter<W, T>(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue>
where
    W: FnOnce(&mut Context) -> T + 'static,
    T: 'static,
{
    let frame = context.get_data::<Rc<Frame<W, T>>>().cloned();
    if let Some((frame, work)) = frame.and_then(|frame| frame.work.take().map(|work| (frame, work)))
    {
        let result = work(context);
        frame.result.set(Some(result));
    }
    Ok(JsValue::undefined())
}

#[cfg(test)]
mod tests {
    use boa_engine::js_string;

    use super::*;

    /// Nested calls, the innermost of which throws.
    const THROWING: &str = "(depth) => {
        const nest = (depth) => { if (depth > 0) nest(depth - 1); else throw new Error('x'); };
        nest(depth);
    }";

    fn function(source: &str, context: &mut Context) -> JsFunction {
        let value = context.eval(Source::from_bytes(source)).expect("a valid source");
        value.as_function().expect("a function")
    }

    /// Makes `name` a function that calls the throwing callback and goes on when it throws.
    fn register(
        name: &str,
        call: fn(&JsFunction, &mut Context) -> JsResult<JsValue>,
        context: &mut Context,
    ) {
        let throwing = function(THROWING, context);
        let native = NativeFunction::from_copy_closure_with_captures(
            move |_, _, throwing, context| {
                assert!(call(throwing, context).is_err());
                Ok(js_string!("called").into())
            },
            throwing,
        );
        context.register_global_callable(js_string!(name), 0, native).expect("a new global");
    }

    fn framed(callback: &JsFunction, context: &mut Context) -> JsResult<JsValue> {
        call(callback, JsValue::undefined(), [JsValue::from(3)], context)
    }

    fn unframed(callback: &JsFunction, context: &mut Context) -> JsResult<JsValue> {
        callback.call(&JsValue::undefined(), &[JsValue::from(3)], context)
    }

    fn text(source: &str, context: &mut Context) -> Option<String> {
        let value = context.eval(Source::from_bytes(source)).ok()?;
        Some(value.as_string()?.to_std_string_lossy())
    }

    /// An expression that calls in its middle.
    const EXPRESSION: &str = "((...values) => values.join())('a', called(), 'b')";

    #[test]
    fn a_callback_that_throws_leaves_the_expression_around_it_as_it_was() {
        let mut context = Context::default();
        register("called", framed, &mut context);
        assert_eq!(text(EXPRESSION, &mut context).as_deref(), Some("a,called,b"));
    }

    /// When this fails, the engine is in order and this file can go.
    #[test]
    fn the_engine_still_has_the_defect() {
        let mut context = Context::default();
        register("called", unframed, &mut context);
        assert_ne!(text(EXPRESSION, &mut context).as_deref(), Some("a,called,b"));
    }

    #[test]
    fn callbacks_that_throw_do_not_add_up() {
        let mut context = Context::default();
        context.runtime_limits_mut().set_stack_size_limit(2_000);
        let throwing = function(THROWING, &mut context);
        let quiet = function("() => 1", &mut context);
        let mut calls = 0;
        let last = run(
            64,
            move |context| {
                assert!(unframed(&throwing, context).is_err());
                calls += 1;
                if calls < 5_000 {
                    return ControlFlow::Continue(());
                }
                ControlFlow::Break(unframed(&quiet, context))
            },
            &mut context,
        );
        assert_eq!(last.expect("room on the stack"), JsValue::from(1));
    }

    #[test]
    fn an_endless_recursion_leaves_the_stack_in_order_too() {
        let mut context = Context::default();
        context.runtime_limits_mut().set_recursion_limit(50);
        let endless = function("function f() { f() } f", &mut context);
        let native = NativeFunction::from_copy_closure_with_captures(
            |_, _, endless: &JsFunction, context| {
                assert!(call(endless, JsValue::undefined(), [], context).is_err());
                Ok(js_string!("called").into())
            },
            endless,
        );
        context.register_global_callable(js_string!("called"), 0, native).expect("a new global");
        assert_eq!(text(EXPRESSION, &mut context).as_deref(), Some("a,called,b"));
    }

    #[test]
    fn what_is_returned_and_thrown_comes_through() {
        let mut context = Context::default();
        let sum = function("(function (a, b) { return this.base + a + b; })", &mut context);
        let this = context.eval(Source::from_bytes("({ base: 100 })")).expect("an object");
        let arguments = [JsValue::from(20), JsValue::from(3)];
        let result = call(&sum, this, arguments, &mut context);
        assert_eq!(result.expect("a sum"), JsValue::from(123));
        let throwing = function("() => { throw 'mine' }", &mut context);
        let thrown = call(&throwing, JsValue::undefined(), [], &mut context);
        let thrown = thrown.expect_err("an exception").into_opaque(&mut context);
        assert_eq!(thrown.expect("a value"), js_string!("mine").into());
    }

    #[test]
    fn frames_of_one_kind_nest() {
        fn nested(depth: u32, context: &mut Context) -> u32 {
            let inner = move |context: &mut Context| {
                if depth == 0 { 0 } else { nested(depth - 1, context) + 1 }
            };
            within(inner, context)
        }
        assert_eq!(nested(5, &mut Context::default()), 5);
    }

    #[test]
    fn work_goes_without_a_frame_where_there_is_no_room_for_one() {
        let mut context = Context::default();
        context.runtime_limits_mut().set_recursion_limit(0);
        assert_eq!(within(|_| 7, &mut context), 7);
        // The same where the way into the frame is known already.
        context.runtime_limits_mut().set_recursion_limit(10);
        let work = |limit, context: &mut Context| {
            context.runtime_limits_mut().set_recursion_limit(limit);
            within(|_| 8, context)
        };
        assert_eq!(work(10, &mut context), 8);
        assert_eq!(work(0, &mut context), 8);
    }
}
