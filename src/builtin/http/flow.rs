//! What goes on with a request bit by bit: its body on the way in, its reply on the way out, and its
//! peer, who may go meanwhile. Most requests have none of it.
//!
//! The loops that read and write are in `runtime/http_bodies.js`.

use std::collections::VecDeque;
use std::ops::Range;

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{
    Context, Finalize, JsArgs, JsError, JsObject, JsResult, JsValue, Trace, js_string,
};

use super::reply::{Head, Sample};
use super::request::{begin_flow, body_of, conn_of, has_flow, with_flow};
use super::routed::report;
use crate::builtin::blob::with_blob_bytes;
use crate::builtin::context_data::{host_of, installed, with_host};
use crate::builtin::dom::abort;
use crate::builtin::id_map::IdMap;
use crate::host::{Input, Written};
use crate::id::ConnId;
use crate::js::argument::{illegal_invocation, wrong_type};
use crate::js::convert::{new_uint8_array, with_bytes, with_utf8};
use crate::js::error::{node_error, type_error};
use crate::js::executor::report_uncaught;
use crate::js::interface::Op;
use crate::limits::{BODY_AHEAD_BYTES, REPLY_AHEAD_BYTES};
use crate::proto::http1::UsageError;

pub(in crate::builtin) const OPS: &[Op] = &[
    ("begin", 3, begin),
    ("write", 2, write),
    ("writable", 1, writable),
    ("finish", 1, finish),
    ("whenGone", 2, when_gone),
    ("read", 1, read),
    ("limit", 1, limit),
    ("lastEventId", 1, last_event_id),
    ("report", 2, report),
];

/// What goes on with one request.
#[derive(Default, Trace, Finalize)]
pub(super) struct Flow {
    /// It is answered, or never will be.
    is_over: bool,
    /// Its peer went before.
    has_gone: bool,
    signal: Option<JsObject>,
    /// Called once the peer has gone.
    gone: Option<JsFunction>,
    /// Whoever waits for room for more of the reply.
    writer: Option<ResolvingFunctions>,
    /// What the reply begins with, until it does.
    #[unsafe_ignore_trace]
    head: Option<Head>,
    inflow: Option<Inflow>,
}

/// A body on its way in.
#[derive(Default, Trace, Finalize)]
struct Inflow {
    /// What nobody has read yet.
    #[unsafe_ignore_trace]
    chunks: VecDeque<Vec<u8>>,
    bytes: usize,
    /// All of it has come.
    has_ended: bool,
    /// More is wanted of the peer.
    is_wanted: bool,
    /// Whoever waits for the next bytes.
    reader: Option<ResolvingFunctions>,
}

impl Flow {
    /// Whether the body is handed on as it comes.
    pub(super) fn streams(&self) -> bool {
        self.inflow.is_some()
    }
}

/// The requests that the host tells of. They are roots, until they are over.
type Flows = IdMap<ConnId, JsObject>;

pub(super) fn install(context: &mut Context) {
    context.insert_data(Flows::default());
}

/// Has the host tell of a request from now on.
fn watch(request: &JsObject, context: &Context) -> JsResult<ConnId> {
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
    });
    let flows = installed::<Flows>(context);
    if flows.find(conn).is_some_and(|known| JsObject::equals(&known, request)) {
        flows.remove(conn);
    }
}

/// `req.signal`
pub(super) fn signal(this: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    let request = this.as_object().ok_or_else(|| illegal_invocation("HttpRequest"))?;
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
        (flow.signal.clone(), flow.gone.take(), flow.writer.take(), reader)
    });
    let Some((signal, gone, writer, reader)) = told else { return Ok(()) };
    let reason = gone_error(context).into_opaque(context)?;
    if let Some(reader) = reader {
        reader.reject.call(&JsValue::undefined(), &[reason.clone()], context)?;
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
    let writer = with_flow(&request, |flow| flow.writer.take()).flatten();
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

impl Inflow {
    /// Returns whoever waits for these bytes, or keeps them.
    fn take(&mut self, bytes: &[u8]) -> Option<ResolvingFunctions> {
        let reader = self.reader.take();
        if reader.is_none() {
            self.bytes += bytes.len();
            self.chunks.push_back(bytes.to_vec());
        }
        reader
    }
}

/// What the reader of a body gets.
enum Next {
    Bytes(Vec<u8>),
    End,
    Gone,
    Busy,
    Later,
}

/// `read(req)`: a promise of the next bytes of its body, or of undefined at the end.
fn read(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    if with_flow(&request, |flow| flow.streams()) != Some(true) {
        // All of it is there.
        let bytes = new_uint8_array(&body_of(&request), context)?;
        return Ok(JsPromise::resolve(bytes, context)?.into());
    }
    let conn = conn_of(&request).ok_or_else(|| illegal_invocation("HttpRequest"))?;
    let (next, wants) = with_flow(&request, |flow| {
        let is_over = flow.is_over || flow.has_gone;
        let Some(inflow) = &mut flow.inflow else { return (Next::End, false) };
        let chunk = inflow.chunks.pop_front();
        inflow.bytes -= chunk.as_ref().map_or(0, Vec::len);
        let next = match chunk {
            Some(bytes) => Next::Bytes(bytes),
            None if inflow.has_ended => Next::End,
            None if is_over => Next::Gone,
            None if inflow.reader.is_some() => Next::Busy,
            None => Next::Later,
        };
        let wants =
            !inflow.is_wanted && !inflow.has_ended && !is_over && inflow.bytes < BODY_AHEAD_BYTES;
        inflow.is_wanted |= wants;
        (next, wants)
    })
    .unwrap_or((Next::End, false));
    if wants {
        with_host(context, |host| host.want_body(conn, true));
    }
    Ok(match next {
        Next::Bytes(bytes) => {
            let bytes = new_uint8_array(&bytes, context)?;
            JsPromise::resolve(bytes, context)?.into()
        }
        Next::End => JsPromise::resolve(JsValue::undefined(), context)?.into(),
        Next::Gone => return Err(gone_error(context)),
        Next::Busy => return Err(type_error("the body of this request is being read already")),
        Next::Later => {
            let (promise, reader) = JsPromise::new_pending(context);
            with_flow(&request, |flow| Some(flow.inflow.as_mut()?.reader = Some(reader)));
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

/// `begin(req, sample)`: sends the head of the reply. The content type may depend on what the body
/// begins with. True if the body is to follow, false if not, undefined if the peer has gone.
fn begin(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    let conn = conn_of(&request).ok_or_else(|| illegal_invocation("HttpRequest"))?;
    let head = with_flow(&request, |flow| flow.head.take().filter(|_| !flow.is_over));
    let Some(head) = head.flatten() else { return Ok(JsValue::undefined()) };
    let is_there = with_host(context, |host| host.waits_for_script(conn));
    if !is_there {
        return Ok(JsValue::undefined());
    }
    let sample = match arguments.get_or_undefined(1) {
        nothing if nothing.is_undefined() => Sample::Nothing,
        text if text.is_string() => Sample::Text,
        _ => Sample::Bytes,
    };
    let endless = arguments.get_or_undefined(2).to_boolean();
    let follows = head.with(sample, |reply| {
        with_host(context, |host| host.begin_reply(conn, reply, (None, endless)))
    })?;
    Ok(follows.into())
}

/// `write(req, chunk)`: sends text or bytes. True if more may come at once, false if
/// `writable(req)` is to be waited for, undefined if nobody is there any more.
fn write(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    let Some(conn) = live(&request) else { return Ok(JsValue::undefined()) };
    let chunk = arguments.get_or_undefined(1);
    let host = host_of(context);
    let push = |bytes: &[u8]| host.borrow_mut().push_body(conn, bytes);
    let pushed = if let Some(text) = chunk.as_string() {
        with_utf8(&text, push)
    } else if let Some(pushed) = with_bytes(chunk, context, push)? {
        pushed
    } else if let Some(pushed) = chunk.as_object().and_then(|object| with_blob_bytes(&object, push))
    {
        pushed
    } else {
        let wanted = "a string, an ArrayBuffer, a view of one, or a Blob";
        return Err(wrong_type("what a body yields", wanted, chunk, context));
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

/// `finish(req)`: that was all.
fn finish(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let request = request_of(arguments)?;
    if let Some(conn) = live(&request) {
        let finished = with_host(context, |host| host.finish_reply(conn));
        finished.map_err(|error| cannot_send(&error))?;
        end(&request, context);
    }
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
