//! A handler that lets go of its request object sees each request as one that keeps it does.

use std::borrow::Cow;
use std::net::SocketAddr;

use boa_engine::{Context, JsValue, Source, js_string};

use super::{Handler, install};
use crate::builtin::http::request;
use crate::proto::http1::{Headers, Request, Version};

const READS: &str = "(req) => {
    const { method, headers, query } = req;
    kept.push(headers, query, req.bytes);
    if (req.body === 'throw') throw new Error('asked for');
    return JSON.stringify([req.type, method, req.url, req.pathname, query, headers, req.body,
        req.bytes.length, req.remoteAddress, req.httpVersion, req.ws, req.data,
        req.headers === headers, req.query === query]);
}";

fn asked(number: u8) -> (Box<Request>, Option<SocketAddr>) {
    let value = [b'0' + number];
    let fields = [("host", b"a".as_slice()), ("x-number", value.as_slice())];
    let request = Request {
        method: if number == 1 { Cow::Borrowed("GET") } else { Cow::Owned(format!("M{number}")) },
        target: format!("/path{number}?number={number}"),
        version: if number == 2 { Version::Http10 } else { Version::Http11 },
        headers: Headers::from_pairs(fields),
        body: if number == 4 { b"throw".to_vec() } else { vec![b'b'; number.into()] },
    };
    (Box::new(request), (number != 3).then(|| SocketAddr::from(([127, 0, 0, number], 80))))
}

fn context() -> Context {
    let mut context = Context::default();
    install(&mut context);
    request::install(&mut context);
    evaluate("globalThis.kept = []", &mut context);
    context
}

fn evaluate(source: &str, context: &mut Context) -> JsValue {
    context.eval(Source::from_bytes(source)).unwrap()
}

fn handler(source: &str, context: &mut Context) -> Handler {
    let function = evaluate(source, context).as_function().unwrap();
    Handler::new(function, context).unwrap()
}

fn answers(source: &str, lets_go: bool) -> Vec<String> {
    let mut context = context();
    let handler = handler(source, &mut context);
    assert_eq!(handler.lets_go, lets_go, "{source}");
    let mut answers: Vec<_> = (1..=5)
        .map(|number| {
            let (request, remote) = asked(number);
            let result = handler.call_http(request, remote, &mut context);
            result.map_or_else(|error| error.to_string(), |value| value.display().to_string())
        })
        .collect();
    let kept = evaluate("JSON.stringify(kept)", &mut context);
    answers.push(kept.display().to_string());
    answers
}

#[test]
fn reused_objects_show_what_new_ones_show() {
    let reads = answers(READS, true);
    let keeps = answers(&READS.replace("=> {", "=> { kept.last = req;"), false);
    assert_eq!(reads, keeps);
    assert!(reads[0].contains("127.0.0.1") && reads[3].contains("asked for"), "{reads:?}");
}

#[test]
fn a_reused_object_holds_nothing_between_calls() {
    let mut context = context();
    let handler = handler("(req) => req.json.a", &mut context);
    let (mut request, remote) = asked(1);
    request.body = b"{\"a\":7}".to_vec();
    let answer = handler.call_http(request, remote, &mut context).unwrap();
    assert_eq!(answer.as_number(), Some(7.0));
    let object = handler.reused_http.borrow().clone().unwrap();
    for name in ["method", "url", "body"] {
        let value = object.get(js_string!(name), &mut context).unwrap();
        assert_eq!(value.display().to_string(), "\"\"", "{name}");
    }
}
