//! What goes on with a request bit by bit: its body on the way in, its reply on the way out, and its
//! peer, who may go meanwhile. Most requests have none of it.
//!
//! The loops that read and write are in `runtime/http_bodies.js`.

use std::ops::Range;

use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsValue, js_string};

use super::compression::Encoder;
use super::flow_state::Inflow;
use super::reply_head::{Head, Sample};
use super::request::{begin_flow, body_of, compression_of, conn_of, has_flow, with_flow};
use crate::builtin::blob::with_blob_bytes;
use crate::builtin::context_data::{SharedHost, host_of, installed, with_host};
use crate::builtin::dom::abort;
use crate::builtin::id_map::IdMap;
use crate::host::{Input, Written};
use crate::id::ConnId;
use crate::js::argument::{illegal_invocation, wrong_type};
use crate::js::convert::{new_uint8_array, with_bytes, with_utf8};
use crate::js::error::{node_error, type_error};
use crate::js::executor::report_uncaught;
use crate::js::interface::Op;
use crate::js::memory::note_unseen;
use crate::limits::{BODY_AHEAD_BYTES, REPLY_AHEAD_BYTES, STREAMED_BYTES_WEIGHT};
use crate::proto::http1::UsageError;

pub(super) const OPS: [Op; 9] = [
    ("begin", 3, begin),
    ("write", 2, write),
    ("writable", 1, writable),
    ("finish", 1, finish),
    ("whenGone", 2, when_gone),
    ("read", 1, read),
    ("limit", 1, limit),
    ("lastEventId", 1, last_event_id),
    ("signalOf", 1, signal),
];

/// The requests that the host tells of. They are roots, until they are over.
type Flows = IdMap<ConnId, JsObject>;

pub(super) fn install(context: &mut Context) {
    context.insert_data(Flows::default());
}

/// Has the host tell of a request from now on.
pub(super) fn watch(request: &JsObject, context: &Context) -> JsResult<ConnId> {
    let conn = conn_of(request).ok_or_else(|| illegal_invocation("HttpRequest"))?;
    if !has_flow(request) {
        begin_flow(request);
        let is_there = with_host(context, |host| host.watch_peer(conn));
        with_flow(request, |flow| {
            (flow.is_over, flow.has_gone) = (is_there.is_none(), is_there == Some(false));
        });
        if is_there.is_some() {
            installed::<Flows>(context).insert(conn, request.clone());
        }
    }
    Ok(conn)
}

/// The body of a request is to be handed on as it comes.
pub(super) fn expect_body(request: &JsObject, context: &Context) -> JsResult<()> {
    watch(request, context)?;
    with_flow(request, |flow| flow.inflow = Some(Inflow::default()));
    Ok(())
}

/// A request has been answered, unless more of the answer is to come.
#[inline]
pub(super) fn release(request: &JsObject, context: &Context) {
    if has_flow(request) {
        end(request, context);
    }
}

fn end(request: &JsObject, context: &Context) {
    let Some(conn) = conn_of(request) else { return };
    // A body that nobody has read to its end is never read: the connection closes.
    with_flow(request, |flow| {
        flow.is_over = true;
        (flow.gone, flow.head) = (None, None);
        (flow.wake_reader, flow.wake_writer) = (None, None);
    });
    let flows = installed::<Flows>(context);
    if flows.find(conn).is_some_and(|known| JsObject::equals(&known, request)) {
        flows.remove(conn);
    }
}

/// `signalOf(req)`: its signal.
fn signal(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = arguments
        .get_or_undefined(0)
        .as_object()
        .ok_or_else(|| illegal_invocation("HttpRequest"))?;
    watch(&request, context)?;
    if let Some(signal) = with_flow(&request, |flow| flow.signal.clone()).flatten() {
        return Ok(signal.into());
    }
    let signal = abort::new_signal(context)?;
    with_flow(&request, |flow| flow.signal = Some(signal.clone()));
    if with_flow(&request, |flow| flow.has_gone && !flow.is_over) == Some(true) {
        let reason = gone_error(context).into_opaque(context)?;
        abort::abort(&signal, &reason, context)?;
    }
    Ok(signal.into())
}

fn gone_error(context: &mut Context) -> JsError {
    node_error("ECONNRESET", "the client has gone", context)
}

/// The peer of a request has gone.
pub fn deliver_peer_gone(conn: ConnId, context: &mut Context) {
    let Some(request) = installed::<Flows>(context).remove(conn) else { return };
    if let Err(error) = tell_gone(&request, context) {
        report_uncaught(error, context);
    }
}

fn tell_gone(request: &JsObject, context: &mut Context) -> JsResult<()> {
    let told = with_flow(request, |flow| {
        flow.has_gone = true;
        let reader = flow.inflow.as_mut().and_then(|inflow| inflow.reader.take());
        let wakers = [flow.wake_reader.take(), flow.wake_writer.take()];
        (flow.signal.clone(), flow.gone.take(), flow.writer.take(), (reader, wakers))
    });
    let Some((signal, gone, writer, (reader, wakers))) = told else { return Ok(()) };
    for waker in wakers.into_iter().flatten() {
        waker.wake(context);
    }
    let reason = gone_error(context).into_opaque(context)?;
    if let Some(reader) = reader {
        reader.reject.call(&JsValue::undefined(), std::slice::from_ref(&reason), context)?;
    }
    if let Some(writer) = writer {
        writer.resolve.call(&JsValue::undefined(), &[], context)?;
    }
    if let Some(gone) = gone {
        gone.call(&JsValue::undefined(), &[], context)?;
    }
    if let Some(signal) = signal {
        abort::abort(&signal, &reason, context)?;
    }
    Ok(())
}

/// What was sent of a reply has been written.
pub fn deliver_writable(conn: ConnId, context: &mut Context) {
    let Some(request) = installed::<Flows>(context).find(conn) else { return };
    let waiting = with_flow(&request, |flow| (flow.writer.take(), flow.wake_writer.take()));
    let Some((writer, waker)) = waiting else { return };
    if let Some(waker) = waker {
        waker.wake(context);
    }
    if let Some(writer) = writer
        && let Err(error) = writer.resolve.call(&JsValue::undefined(), &[], context)
    {
        report_uncaught(error, context);
    }
}

/// Bytes of a body have come.
pub fn deliver_body(conn: ConnId, range: Range<usize>, input: &Input, context: &mut Context) {
    let Some(request) = installed::<Flows>(context).find(conn) else { return };
    let bytes = input.bytes().get(range).unwrap_or_default();
    let reader = with_flow(&request, |flow| flow.inflow.as_mut()?.take(bytes)).flatten();
    if let Some(waker) = with_flow(&request, |flow| flow.wake_reader.take()).flatten() {
        waker.wake(context);
    }
    match reader {
        Some(reader) => {
            let read = new_uint8_array(bytes, context).and_then(|bytes| {
                reader.resolve.call(&JsValue::undefined(), &[bytes.into()], context)
            });
            if let Err(error) = read {
                report_uncaught(error, context);
            }
        }
        None => pause_if_full(conn, &request, context),
    }
}

/// All of it has.
pub fn deliver_body_end(conn: ConnId, context: &mut Context) {
    let Some(request) = installed::<Flows>(context).find(conn) else { return };
    let reader = with_flow(&request, |flow| {
        let inflow = flow.inflow.as_mut()?;
        inflow.has_ended = true;
        inflow.reader.take()
    });
    if let Some(waker) = with_flow(&request, |flow| flow.wake_reader.take()).flatten() {
        waker.wake(context);
    }
    if let Some(reader) = reader.flatten()
        && let Err(error) = reader.resolve.call(&JsValue::undefined(), &[], context)
    {
        report_uncaught(error, context);
    }
}

fn pause_if_full(conn: ConnId, request: &JsObject, context: &Context) {
    let is_full = with_flow(request, |flow| {
        let inflow = flow.inflow.as_mut()?;
        let is_full = inflow.bytes >= BODY_AHEAD_BYTES;
        inflow.is_wanted &= !is_full;
        Some(is_full)
    });
    if is_full.flatten() == Some(true) {
        with_host(context, |host| host.want_body(conn, false));
    }
}

/// What the reader of a body gets.
pub(super) enum Next {
    Bytes(Vec<u8>),
    /// All of it has been read.
    End,
    /// There will be no more.
    Gone(JsError),
    /// It is still to come.
    Later,
}

/// The next bytes of a body that is handed on as it comes, `max` of them at most.
pub(super) fn next_bytes(request: &JsObject, max: usize, context: &mut Context) -> Next {
    let Some(conn) = conn_of(request) else { return Next::End };
    let looked = with_flow(request, |flow| {
        let is_over = flow.is_over || flow.has_gone;
        let Some(inflow) = &mut flow.inflow else { return (None, true, is_over, false) };
        let chunk = inflow.pop(max);
        let wants =
            !inflow.is_wanted && !inflow.has_ended && !is_over && inflow.bytes < BODY_AHEAD_BYTES;
        inflow.is_wanted |= wants;
        (chunk, inflow.has_ended, is_over, wants)
    });
    let Some((chunk, has_ended, is_over, wants)) = looked else { return Next::End };
    if wants {
        with_host(context, |host| host.want_body(conn, true));
    }
    match chunk {
        Some(bytes) => Next::Bytes(bytes),
        None if has_ended => Next::End,
        None if is_over => Next::Gone(gone_error(context)),
        None => Next::Later,
    }
}

/// `read(req)`: a promise of the next bytes of its body, or of undefined at the end.
fn read(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    if with_flow(&request, |flow| flow.streams()) != Some(true) {
        // All of it is there.
        let bytes = new_uint8_array(&body_of(&request), context)?;
        return Ok(JsPromise::resolve(bytes, context)?.into());
    }
    let is_read =
        with_flow(&request, |flow| flow.inflow.as_ref().is_some_and(|it| it.reader.is_some()));
    if is_read == Some(true) {
        return Err(type_error("the body of this request is being read already"));
    }
    Ok(match next_bytes(&request, usize::MAX, context) {
        Next::Bytes(bytes) => {
            let bytes = new_uint8_array(&bytes, context)?;
            JsPromise::resolve(bytes, context)?.into()
        }
        Next::End => JsPromise::resolve(JsValue::undefined(), context)?.into(),
        Next::Gone(error) => return Err(error),
        Next::Later => {
            let (promise, reader) = JsPromise::new_pending(context);
            with_flow(&request, |flow| {
                if let Some(inflow) = &mut flow.inflow {
                    inflow.reader = Some(reader);
                }
            });
            promise.into()
        }
    })
}

/// `limit(req)`: bytes that a body may have that is held as a whole; undefined if it is here already.
fn limit(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    let conn =
        conn_of(&request).filter(|_| with_flow(&request, |flow| flow.streams()) == Some(true));
    #[expect(clippy::cast_precision_loss, reason = "options are exact numbers")]
    let limit = conn.map(|conn| with_host(context, |host| host.body_limit(conn)) as f64);
    Ok(limit.map_or(JsValue::undefined(), JsValue::from))
}

/// `lastEventId(req)`: the position from which a client wants to be told of events.
fn last_event_id(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    let headers = request.get(js_string!("headers"), context)?;
    let Some(headers) = headers.as_object() else { return Ok(JsValue::undefined()) };
    headers.get(js_string!("last-event-id"), context)
}

fn request_of(arguments: &[JsValue]) -> JsResult<JsObject> {
    let request = arguments.get_or_undefined(0).as_object();
    request.ok_or_else(|| illegal_invocation("HttpRequest"))
}

/// A reply is to come bit by bit that begins with this.
pub(super) fn prepare(request: &JsObject, head: Head, context: &Context) -> JsResult<()> {
    watch(request, context)?;
    with_flow(request, |flow| flow.head = Some(head));
    Ok(())
}

/// Sends the head of a reply. The content type may depend on what the body begins with. True if the
/// body is to follow, false if not, `None` if the peer has gone.
pub(super) fn begin_reply(
    request: &JsObject,
    sample: Sample,
    endless: bool,
    context: &Context,
) -> JsResult<Option<bool>> {
    let conn = conn_of(request).ok_or_else(|| illegal_invocation("HttpRequest"))?;
    let head = with_flow(request, |flow| flow.head.take().filter(|_| !flow.is_over));
    let Some(mut head) = head.flatten() else { return Ok(None) };
    let is_there = with_host(context, |host| host.waits_for_script(conn));
    if !is_there {
        return Ok(None);
    }
    let coding = compression_of(request).and_then(|(compression, accepted)| {
        head.compress(sample, &compression, accepted.as_deref())
    });
    let follows = head.with(sample, |reply| {
        with_host(context, |host| host.begin_reply(conn, reply, (None, endless)))
    })?;
    if let Some(coding) = coding.filter(|_| follows) {
        let encoder = Encoder::new(coding, REPLY_AHEAD_BYTES);
        with_flow(request, |flow| flow.encoder = Some(encoder));
    }
    Ok(Some(follows))
}

/// `begin(req, sample, endless)`
fn begin(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    let sample = match arguments.get_or_undefined(1) {
        nothing if nothing.is_undefined() => Sample::Nothing,
        text if text.is_string() => Sample::Text,
        _ => Sample::Bytes,
    };
    let endless = arguments.get_or_undefined(2).to_boolean();
    let follows = begin_reply(&request, sample, endless, context)?;
    Ok(follows.map_or(JsValue::undefined(), JsValue::from))
}

/// Sends more of a reply that has begun.
pub(super) fn push_reply(request: &JsObject, bytes: &[u8], context: &Context) -> JsResult<Written> {
    let Some(conn) = live(request) else { return Ok(Written::Gone) };
    let host = host_of(context);
    push_to(&host, conn, request, bytes).map_err(|error| cannot_send(&error))
}

fn push_to(
    host: &SharedHost,
    conn: ConnId,
    request: &JsObject,
    bytes: &[u8],
) -> Result<Written, UsageError> {
    let encoded = with_flow(request, |flow| Some(flow.encoder.as_mut()?.push(bytes, true)));
    let encoded = encoded.flatten();
    host.borrow_mut().push_body(conn, encoded.as_deref().unwrap_or(bytes))
}

/// Whether so much of a reply waits that more has to wait, which is then told of; `None` if nobody is
/// there any more.
pub(super) fn room_for_reply(
    request: &JsObject,
    has_begun: bool,
    context: &Context,
) -> Option<bool> {
    let is_gone = with_flow(request, |flow| flow.has_gone)?;
    let conn = live(request).filter(|_| !is_gone)?;
    with_host(context, |host| {
        if !has_begun {
            return host.waits_for_script(conn).then_some(false);
        }
        let waits = host.waiting_for(conn) >= REPLY_AHEAD_BYTES;
        if waits {
            host.want_room(conn);
        }
        host.waits_for_script(conn).then_some(waits)
    })
}

/// `write(req, chunk)`: sends text or bytes. True if more may come at once, false if
/// `writable(req)` is to be waited for, undefined if nobody is there any more.
fn write(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    let Some(conn) = live(&request) else { return Ok(JsValue::undefined()) };
    let chunk = arguments.get_or_undefined(1);
    let host = host_of(context);
    let push = |bytes: &[u8]| {
        note_unseen(bytes.len() * STREAMED_BYTES_WEIGHT);
        push_to(&host, conn, &request, bytes)
    };
    let pushed = if let Some(text) = chunk.as_string() {
        with_utf8(&text, push)
    } else if let Some(pushed) = with_bytes(chunk, context, push)? {
        pushed
    } else if let Some(pushed) = chunk.as_object().and_then(|object| with_blob_bytes(&object, push))
    {
        pushed
    } else {
        let wanted = "a string, an ArrayBuffer, a view of one, or a Blob";
        return Err(wrong_type("piece of a body", wanted, chunk, context));
    };
    match pushed.map_err(|error| cannot_send(&error))? {
        Written::Waiting(bytes) => Ok((bytes < REPLY_AHEAD_BYTES).into()),
        Written::Gone => Ok(JsValue::undefined()),
    }
}

fn cannot_send(error: &UsageError) -> JsError {
    type_error(format!("cannot send this reply: {error}"))
}

/// The connection of a request whose reply has begun, and whose peer is there.
fn live(request: &JsObject) -> Option<ConnId> {
    let is_live = with_flow(request, |flow| !flow.is_over)?;
    conn_of(request).filter(|_| is_live)
}

/// `writable(req)`: a promise that is fulfilled when there is room for more, or the peer has gone.
fn writable(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    let waits = with_flow(&request, |flow| !flow.is_over && !flow.has_gone);
    let Some(conn) = conn_of(&request).filter(|_| waits == Some(true)) else {
        return Ok(JsValue::undefined());
    };
    let (promise, writer) = JsPromise::new_pending(context);
    with_flow(&request, |flow| flow.writer = Some(writer));
    with_host(context, |host| host.want_room(conn));
    Ok(promise.into())
}

/// That was all of a reply.
pub(super) fn finish_reply(request: &JsObject, context: &Context) -> JsResult<()> {
    let Some(conn) = live(request) else { return Ok(()) };
    let rest = with_flow(request, |flow| flow.encoder.take().map(Encoder::finish)).flatten();
    let finished = with_host(context, |host| {
        if let Some(rest) = rest {
            host.push_body(conn, &rest)?;
        }
        host.finish_reply(conn)
    });
    finished.map_err(|error| cannot_send(&error))?;
    end(request, context);
    Ok(())
}

/// `finish(req)`
fn finish(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    finish_reply(&request_of(arguments)?, context)?;
    Ok(JsValue::undefined())
}

/// `whenGone(req, fn)`: calls it once the peer has gone. True if it has already.
fn when_gone(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    watch(&request, context)?;
    let gone = arguments.get_or_undefined(1).as_function();
    let has_gone = with_flow(&request, |flow| {
        flow.gone = gone.filter(|_| !flow.is_over);
        flow.has_gone
    });
    Ok((has_gone == Some(true)).into())
}
