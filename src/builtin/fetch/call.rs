//! One call of `fetch`, over all its requests: from its arguments to the `Response`, and on until the
//! last byte of the body has come.
//!
//! Spec: <https://fetch.spec.whatwg.org/#fetch-method>

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, Finalize, JsArgs, JsObject, JsResult, JsValue, NativeFunction, Trace};

use super::exchanges::{Exchanges, Told, send};
use super::failure::{failed, failed_by, value_of};
use super::head::{Length, head, said_length};
use super::incoming::{Incoming, Source};
use super::integrity::{self, Checked, Failure, Hashes};
use super::options::{Options, options};
use super::redirect::{Next, next, strip};
use super::route::way_to;
use super::schemes;
use super::upload::{Gate, Upload};
use crate::builtin::dom::abort;
use crate::builtin::messages::{
    Content, FieldList, ResponseKind, StatusLine, new_request, new_response, request_parts,
    take_request_body,
};
use crate::builtin::opened::{Opened, note};
use crate::builtin::shared_bytes::SharedBytes;
use crate::builtin::streams::{ByteSource, cancel, pipe_to_sink, pump};
use crate::host::{ConnError, HttpRequest, Input, News, Received, RequestBody};
use crate::id::ExchangeId;
use crate::js::argument::require_arguments;
use crate::js::convert::with_utf8;
use crate::js::error::type_error;
use crate::js::executor::report_uncaught;
use crate::limits::{RESPONSE_WHOLE_BYTES_MAX, SHARED_BODY_BYTES_MIN};
use crate::proto::coding::Decoder;
use crate::proto::http1::{RequestMethod, ResponseHead, is_redirect};
use crate::url::Url;

/// A call that is under way.
struct Call {
    promise: RefCell<Option<ResolvingFunctions>>,
    request: RefCell<Request>,
    options: Options,
    /// What the content of the response must be.
    integrity: Option<Hashes>,
    exchange: Cell<Option<ExchangeId>>,
    /// The body of the response, once there is one.
    incoming: RefCell<Option<Rc<Incoming>>>,
    /// The body of the request, where it is a stream.
    gate: RefCell<Option<Rc<Gate>>>,
    /// What ends it, and what the signal knows it by.
    signal: RefCell<Option<(JsObject, Option<u32>)>>,
}

/// The next request, or the one that is under way.
struct Request {
    method: String,
    url: Url,
    fields: FieldList,
    body: Body,
    /// What is to become of a redirect.
    redirect: &'static str,
    redirects: usize,
    /// It goes to another server than the script has named.
    is_other: bool,
}

enum Body {
    Nothing,
    Whole(Arc<[u8]>),
    Stream(Stream),
    /// A stream that has been read, and cannot be read again.
    Spent,
}

enum Stream {
    /// Of which no script knows.
    Source(Box<dyn ByteSource>),
    Object(JsObject),
}

/// `fetch(input, init?)`
pub(super) fn fetch(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (promise, functions) = JsPromise::new_pending(context);
    match begin(arguments, functions.clone(), context) {
        Ok(call) => call.start(context),
        Err(error) => {
            let reason = value_of(error, context);
            functions.reject.call(&JsValue::undefined(), &[reason], context)?;
        }
    }
    Ok(promise.into())
}

fn begin(
    arguments: &[JsValue],
    promise: ResolvingFunctions,
    context: &mut Context,
) -> JsResult<Rc<Call>> {
    require_arguments(arguments, &["input"], context)?;
    let init = arguments.get_or_undefined(1);
    let options = match init.as_object() {
        Some(init) => options(&init, context)?,
        None => Options::default(),
    };
    let object = new_request(&arguments[0], init, context)?;
    let body = match take_request_body(&object)? {
        Content::Nothing => Body::Nothing,
        Content::Text(text) => Body::Whole(with_utf8(&text, |bytes| Arc::from(bytes))),
        Content::Bytes(bytes) => Body::Whole(bytes.into()),
        Content::Source(source) => Body::Stream(Stream::Source(source)),
        Content::Stream(stream) => Body::Stream(Stream::Object(stream)),
    };
    let Some(parts) = request_parts(&object) else {
        return Err(type_error("fetch needs a URL or a Request"));
    };
    let integrity = Hashes::parse(&parts.integrity).map_err(type_error)?;
    let request = Request {
        method: parts.method,
        url: parts.url,
        fields: parts.fields,
        body,
        redirect: parts.redirect,
        redirects: 0,
        is_other: false,
    };
    Ok(Rc::new(Call {
        promise: RefCell::new(Some(promise)),
        request: RefCell::new(request),
        options,
        integrity,
        exchange: Cell::new(None),
        incoming: RefCell::new(None),
        gate: RefCell::new(None),
        signal: RefCell::new(parts.signal.map(|signal| (signal, None))),
    }))
}

/// What a signal calls; a call that is over is gone.
#[derive(Trace, Finalize)]
struct Follower(#[unsafe_ignore_trace] Weak<Call>);

impl Call {
    fn start(self: &Rc<Self>, context: &mut Context) {
        let signal = self.signal.borrow().as_ref().map(|(signal, _)| signal.clone());
        if let Some(signal) = signal {
            if let Some(reason) = abort::reason(&signal) {
                return self.abort(&reason, context);
            }
            self.follow_signal(&signal, context);
        }
        let url = self.request.borrow().url.clone();
        match url.scheme() {
            "http" | "https" => self.send(context),
            "data" => match schemes::data(&url) {
                Ok((kind, bytes)) => {
                    self.respond_whole(FieldList::default(), kind, bytes.into(), context);
                }
                Err(error) => self.fail(&error, context),
            },
            "blob" => {
                let method = self.request.borrow().method.clone();
                match schemes::blob(&url, &method, context) {
                    Ok((kind, bytes)) => {
                        let mut fields = FieldList::default();
                        fields.append("Content-Length", bytes.len().to_string().into_bytes());
                        self.respond_whole(fields, kind, bytes, context);
                    }
                    Err(error) => self.fail(&error, context),
                }
            }
            _ => self.fail(&schemes::refused(&url), context),
        }
    }

    /// Answers a call whose URL has no server.
    fn respond_whole(
        self: &Rc<Self>,
        mut fields: FieldList,
        kind: String,
        bytes: SharedBytes,
        context: &mut Context,
    ) {
        fields.append("Content-Type", kind.into_bytes());
        let line = StatusLine {
            kind: ResponseKind::Basic,
            status: 200,
            status_text: "OK".to_owned(),
            ..StatusLine::default()
        };
        if let Some(Err(error)) = self.integrity.as_ref().map(|hashes| hashes.check(&bytes)) {
            return self.fail(&error, context);
        }
        self.unfollow();
        self.respond(line, fields, Content::Bytes(bytes), context);
    }

    fn follow_signal(self: &Rc<Self>, signal: &JsObject, context: &Context) {
        let aborted = NativeFunction::from_copy_closure_with_captures(
            |_, _, follower, context| {
                if let Some(call) = follower.0.upgrade() {
                    let signal = call.signal.borrow().as_ref().map(|(signal, _)| signal.clone());
                    let reason = signal.and_then(|signal| abort::reason(&signal));
                    call.abort(&reason.unwrap_or_default(), context);
                }
                Ok(JsValue::undefined())
            },
            Follower(Rc::downgrade(self)),
        );
        let aborted = FunctionObjectBuilder::new(context.realm(), aborted).build();
        let listener = abort::on_abort(signal, aborted);
        self.signal.replace(Some((signal.clone(), listener)));
    }

    /// A signal that lives long must not collect calls that are over.
    fn unfollow(&self) {
        let followed = self.signal.take();
        if let Some((signal, Some(listener))) = followed {
            abort::off_abort(&signal, listener);
        }
    }

    /// Sends the request, and hears of it.
    fn send(self: &Rc<Self>, context: &mut Context) {
        match self.outgoing(context) {
            Ok(request) => {
                let id = send(request, self.clone(), context);
                note(Opened::Exchange(id), context);
                self.exchange.set(Some(id));
            }
            Err(error) => self.fail(&error, context),
        }
    }

    fn outgoing(&self, context: &mut Context) -> Result<HttpRequest, ConnError> {
        let request = self.request.borrow();
        let way = way_to(&request.url, &self.options, request.is_other, context)?;
        let length = match &request.body {
            Body::Nothing | Body::Spent => Length::Without,
            Body::Whole(bytes) => Length::Known(bytes.len() as u64),
            Body::Stream(_) => Length::Stream,
        };
        let decompress = self.options.decompress;
        let Request { method, url, fields, .. } = &*request;
        let mut head = head(method, url, fields, length, (&way, decompress))?;
        let body = match &request.body {
            Body::Nothing | Body::Spent => RequestBody::Without,
            Body::Whole(bytes) if bytes.len() < SHARED_BODY_BYTES_MIN => {
                head.bytes.extend_from_slice(bytes);
                RequestBody::Without
            }
            Body::Whole(bytes) => RequestBody::Whole(bytes.clone()),
            Body::Stream(_) => RequestBody::Stream { chunked: said_length(fields)?.is_none() },
        };
        let is_idempotent =
            matches!(&**method, "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE");
        Ok(HttpRequest {
            route: way.route,
            head: head.bytes,
            method: if method == "HEAD" { RequestMethod::Head } else { RequestMethod::Other },
            body,
            repeatable: is_idempotent && length != Length::Stream,
            is_last: head.is_last,
            tells_interim: false,
            upgrades: false,
            timeouts: self.options.timeouts,
        })
    }

    /// The head of a response has come, and as much of its body.
    fn answered(
        self: &Rc<Self>,
        head: ResponseHead,
        bytes: &[u8],
        ended: bool,
        context: &mut Context,
    ) {
        let mode = self.request.borrow().redirect;
        if is_redirect(head.status) && mode != "manual" && head.headers.get("location").is_some() {
            if !ended {
                self.give_up(context);
            }
            return self.redirected(&head, context);
        }
        let (url, mut line, is_empty) = {
            let request = self.request.borrow();
            let mut shown = request.url.clone();
            shown.set_hash("");
            let line = StatusLine {
                kind: ResponseKind::Basic,
                status: head.status,
                status_text: head.reason,
                url: shown.href(),
                redirected: request.redirects > 0,
                is_decoded: false,
            };
            let is_empty =
                request.method == "HEAD" || matches!(line.status, 101 | 103 | 204 | 205 | 304);
            (request.url.clone(), line, is_empty)
        };
        let fields = FieldList::of(&head.headers);
        let Some(exchange) = self.exchange.get() else { return };
        let is_coded = self.options.decompress && !is_empty;
        let decoder =
            if is_coded { Decoder::new(head.headers.values("content-encoding")) } else { None };
        line.is_decoded = decoder.is_some();
        let incoming = Incoming::new(exchange, url, decoder);
        incoming.push(bytes, ended, context);
        let body = match incoming.take_whole(RESPONSE_WHOLE_BYTES_MAX) {
            _ if is_empty => Content::Nothing,
            Some(bytes) => Content::Bytes(bytes.into()),
            None => Content::Source(Box::new(Source::new(&incoming, context))),
        };
        self.incoming.replace(Some(incoming));
        match self.integrity.clone() {
            Some(hashes) => self.respond_checked((line, fields), body, hashes, context),
            None => self.respond(line, fields, body, context),
        }
    }

    /// Answers once the content has come, and is what was meant.
    fn respond_checked(
        self: &Rc<Self>,
        (line, fields): (StatusLine, FieldList),
        body: Content,
        hashes: Hashes,
        context: &mut Context,
    ) {
        let checked = match body {
            Content::Bytes(bytes) => hashes.check(&bytes).map(|()| bytes),
            Content::Source(source) => {
                let call = self.clone();
                let sink = Checked::new(hashes, move |result, context| match result {
                    Ok(bytes) => {
                        call.unfollow();
                        call.respond(line, fields, Content::Bytes(bytes.into()), context);
                    }
                    Err(Failure::Found(error)) => call.give_up_for(&error, context),
                    Err(Failure::Body(reason)) => call.end(reason, context),
                });
                return pump(source, Box::new(sink), context);
            }
            _ => Err(integrity::nothing()),
        };
        match checked {
            Ok(bytes) => self.respond(line, fields, Content::Bytes(bytes), context),
            Err(error) => self.give_up_for(&error, context),
        }
    }

    /// Goes on where a response sends it.
    fn redirected(self: &Rc<Self>, head: &ResponseHead, context: &mut Context) {
        let next = {
            let request = self.request.borrow();
            match request.redirect {
                "error" => Err(ConnError::new(
                    "ERR_REDIRECT",
                    format!("the server redirects ({}), and redirect is 'error'", head.status),
                )),
                _ => next(&request.method, &request.url, head, request.redirects),
            }
        };
        let next = next.and_then(|next| self.change(next));
        match next {
            Ok(()) => {
                self.shut_gate(JsValue::undefined(), context);
                self.send(context);
            }
            Err(error) => self.fail(&error, context),
        }
    }

    fn change(&self, next: Next) -> Result<(), ConnError> {
        let mut request = self.request.borrow_mut();
        if next.becomes_get {
            "GET".clone_into(&mut request.method);
            request.body = Body::Nothing;
        } else if matches!(request.body, Body::Stream(_) | Body::Spent) {
            let message = "the server redirects a request whose body is a stream, which cannot be \
                           sent again: give the body as a whole";
            return Err(ConnError::new("ERR_REDIRECT", message));
        }
        strip(&mut request.fields, &next);
        request.is_other |= next.is_other;
        request.redirects += 1;
        request.url = next.url;
        Ok(())
    }

    /// The server takes the body of the request, which is a stream.
    fn pump(self: &Rc<Self>, exchange: ExchangeId, context: &mut Context) {
        let known = self.gate.borrow().clone();
        if let Some(gate) = known {
            return gate.open(exchange, context);
        }
        let (stream, length) = {
            let mut request = self.request.borrow_mut();
            let length = said_length(&request.fields).ok().flatten();
            match std::mem::replace(&mut request.body, Body::Spent) {
                Body::Stream(stream) => (stream, length),
                other => {
                    request.body = other;
                    return;
                }
            }
        };
        let gate = Rc::new(Gate::default());
        self.gate.replace(Some(gate.clone()));
        gate.open(exchange, context);
        let weak = Rc::downgrade(self);
        let upload = Upload::new(gate, length, move |reason, context| {
            if let Some(call) = weak.upgrade() {
                call.give_up(context);
                let error = failed_by(reason, context);
                call.end(error, context);
            }
        });
        let begun = match stream {
            Stream::Source(source) => {
                pump(source, Box::new(upload), context);
                Ok(())
            }
            Stream::Object(stream) => pipe_to_sink(&stream, Box::new(upload), context),
        };
        if let Err(error) = begun {
            self.give_up(context);
            let error = value_of(error, context);
            let error = failed_by(error, context);
            self.end(error, context);
        }
    }

    fn respond(&self, line: StatusLine, fields: FieldList, body: Content, context: &mut Context) {
        let response = new_response(line, fields, body, context);
        let (function, value) = match (self.promise.take(), response) {
            (None, _) => return,
            (Some(promise), Ok(response)) => (promise.resolve, response.into()),
            (Some(promise), Err(error)) => (promise.reject, value_of(error, context)),
        };
        if let Err(error) = function.call(&JsValue::undefined(), &[value], context) {
            report_uncaught(error, context);
        }
    }

    fn reject(&self, reason: JsValue, context: &mut Context) {
        let Some(promise) = self.promise.take() else { return };
        if let Err(error) = promise.reject.call(&JsValue::undefined(), &[reason], context) {
            report_uncaught(error, context);
        }
    }

    /// The request has failed.
    fn fail(&self, error: &ConnError, context: &mut Context) {
        let url = self.request.borrow().url.clone();
        let reason = failed(error, &url, context);
        self.end(reason, context);
    }

    /// What comes is not what was asked for.
    fn give_up_for(&self, error: &ConnError, context: &mut Context) {
        self.give_up(context);
        self.fail(error, context);
    }

    /// There will be no response, or no more of it.
    fn end(&self, reason: JsValue, context: &mut Context) {
        self.unfollow();
        let incoming = self.incoming.borrow().clone();
        if let Some(incoming) = incoming {
            incoming.fail(reason.clone(), context);
        }
        self.reject(reason.clone(), context);
        self.shut_gate(reason, context);
    }

    /// The script has aborted it.
    fn abort(&self, reason: &JsValue, context: &mut Context) {
        self.unfollow();
        self.give_up(context);
        let incoming = self.incoming.borrow().clone();
        if let Some(incoming) = incoming {
            incoming.abort(reason, context);
        }
        self.reject(reason.clone(), context);
        self.shut_gate(reason.clone(), context);
    }

    /// Whoever reads the body of the request lets go of it.
    fn shut_gate(&self, reason: JsValue, context: &mut Context) {
        let gate = self.gate.take();
        if let Some(gate) = gate {
            return gate.shut(reason, context);
        }
        let unread = {
            let body = &mut self.request.borrow_mut().body;
            if matches!(body, Body::Stream(_)) {
                std::mem::replace(body, Body::Spent)
            } else {
                Body::Spent
            }
        };
        match unread {
            Body::Stream(Stream::Object(stream)) => drop(cancel(&stream, reason, context)),
            Body::Stream(Stream::Source(mut source)) => source.cancel(&reason, context),
            _ => {}
        }
    }

    fn give_up(&self, context: &mut Context) {
        if let Some(id) = self.exchange.take() {
            Exchanges::of(context).give_up(id);
        }
    }
}

impl Told for Call {
    fn told(self: Rc<Self>, news: News, input: &Input, context: &mut Context) {
        match news {
            News::Received(Received { head, body, ended }) => {
                let bytes = &input.bytes()[body];
                if let Some(head) = head {
                    self.answered(*head, bytes, ended, context);
                } else {
                    let incoming = self.incoming.borrow().clone();
                    if let Some(incoming) = incoming {
                        incoming.push(bytes, ended, context);
                    }
                }
                // A redirect may have led on.
                if ended && self.incoming.borrow().is_some() {
                    self.exchange.set(None);
                    self.shut_gate(JsValue::undefined(), context);
                    // What has come may still be aborted, for as long as nobody has read it.
                    if self.promise.borrow().is_none() {
                        self.unfollow();
                    }
                }
            }
            News::Failed { error, .. } => {
                self.exchange.set(None);
                self.fail(&error, context);
            }
            News::Wanted => {
                if let Some(id) = self.exchange.get() {
                    self.pump(id, context);
                }
            }
            // Neither was asked for.
            News::Interim(_) | News::Upgraded { .. } => {}
        }
    }
}
