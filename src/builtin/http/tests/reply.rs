//! What handlers may return, and that the short way to a property finds what the engine finds.

use boa_engine::{Context, JsString, JsValue, Source, js_string};

use super::{Draft, draft, property};
use crate::builtin::http::mistakes;

/// A context with what replies need.
fn world() -> Context {
    let mut context = Context::default();
    mistakes::install(&mut context);
    context
}

fn evaluate(source: &str, context: &mut Context) -> JsValue {
    context.eval(Source::from_bytes(&format!("({source})"))).unwrap()
}

fn drafted(source: &str) -> Draft {
    let mut context = world();
    let value = evaluate(source, &mut context);
    draft(&value, &mut context).unwrap_or_else(|error| panic!("{source}: {error}"))
}

#[test]
fn every_kind_of_reply() {
    let text = Some("text/plain; charset=utf-8");
    for (source, status, kind, body) in [
        ("'hello'", 200, text, "hello"),
        ("'grün 🦝'", 200, text, "grün 🦝"),
        ("''", 200, text, ""),
        ("new Uint8Array([97, 98])", 200, Some("application/octet-stream"), "ab"),
        ("new Uint8Array([97, 98]).buffer", 200, Some("application/octet-stream"), "ab"),
        ("{ status: 201, type: 'text/plain', body: 'made' }", 201, text, "made"),
        ("{ type: 'html', body: '<p>' }", 200, Some("text/html; charset=utf-8"), "<p>"),
        ("{ type: 'a/b', body: 'c' }", 200, Some("a/b"), "c"),
        ("{ type: 'é/b', body: 'c' }", 200, Some("é/b"), "c"),
        ("new class { type = 'default'; body = 'c' }", 200, text, "c"),
        ("{ type: 'css' }", 200, Some("text/css; charset=utf-8"), ""),
        ("{ json: ['ü'] }", 200, Some("application/json; charset=utf-8"), "[\"ü\"]"),
        ("{ json: 1, body: 'unread' }", 200, Some("application/json; charset=utf-8"), "1"),
        ("{ json() {}, body: 'read' }", 200, text, "read"),
        ("{ status: '404' }", 404, None, ""),
        ("{ status: undefined }", 200, None, ""),
        ("{ body: null }", 200, None, ""),
        ("{ body: 5n }", 200, text, "5"),
        // Of a class, and of no class.
        ("new class { get status() { return 202 } get body() { return 'got' } }", 202, text, "got"),
        ("Object.create({ status: 203, body: 'inherited' })", 203, text, "inherited"),
        ("Object.assign(Object.create(null), { body: 'bare' })", 200, text, "bare"),
        (
            "new Proxy({}, { get: (_, name) => name === 'body' ? 'shown' : undefined, has: () => true })",
            200,
            text,
            "shown",
        ),
    ] {
        let draft = drafted(source);
        let found = draft.kind.as_deref().map(|kind| std::str::from_utf8(kind).unwrap());
        assert_eq!((draft.status, found), (status, kind), "{source}");
        assert_eq!(std::str::from_utf8(&draft.body.bytes()).unwrap(), body, "{source}");
        assert!(draft.headers.is_empty(), "{source}");
    }
}

#[test]
fn a_content_type_among_the_headers_comes_before_the_others() {
    let draft =
        drafted("{ type: 'html', headers: { 'content-TYPE': 'a/b', 'X-é': 'é' }, body: '' }");
    let names: Vec<_> = draft.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(names, [("content-TYPE", b"a/b".as_slice()), ("X-é", b"\xe9")]);
    assert_eq!(draft.kind, None);
}

#[test]
fn headers_come_in_every_shape() {
    for source in [
        "{ 'X-a': 1, b: ['2', 'é🦝'], c: null }",
        "{ __proto__: { inherited: 1 }, get 'X-a'() { return 1 }, b: ['2', 'é🦝'] }",
        "[['X-a', 1], ['b', '2'], ['b', 'é🦝'], ['c', undefined]]",
        "new Map([['X-a', 1], ['b', '2']])",
        "new (class { 'X-a' = '1'; [Symbol('s')] = 1; b = '2' })",
    ] {
        let draft = drafted(&format!("{{ headers: {source} }}"));
        let fields: Vec<_> =
            draft.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
        let expected = [("X-a", b"1".as_slice()), ("b", b"2"), ("b", "é🦝".as_bytes())];
        assert_eq!(fields, expected[..fields.len()], "{source}");
        assert!(fields.len() >= 2, "{source}");
    }
}

#[test]
fn data_is_no_reply() {
    for source in
        ["null", "{}", "{ a: 1 }", "[]", "[{ body: 1 }]", "() => 1", "Object.create(null)"]
    {
        let mut context = world();
        let value = evaluate(source, &mut context);
        let error = draft(&value, &mut context).err().map(|error| error.to_string());
        assert!(error.is_some_and(|text| text.contains("return { json: value }")), "{source}");
    }
}

#[test]
fn a_mistake_names_what_was_meant() {
    for (source, message) in [
        ("true", "not true: for data, return { json: value }"),
        ("5", "not 5: for data, return { json: value }"),
        ("404", "not 404: for a status, return { status: 404 }"),
        ("[1]", "not an array: for data"),
        (
            "{ statusCode: 201 }",
            "unknown field statusCode in a reply: did you mean status? (known: ",
        ),
        ("{ status: 200, boddy: '' }", "unknown field boddy in a reply: did you mean body?"),
        ("{ json: 1, cache: 2 }", "unknown field cache in a reply (known: status, headers, body, "),
        ("{ type: 'xml', body: '' }", "or a media type such as 'application/xml', not 'xml'"),
        ("{ type: 'htlm', body: '' }", "not 'htlm': did you mean 'html'?"),
        ("{ type: 7, body: '' }", "a reply's type must be 'html', 'text', "),
        ("{ code: 1, message: 'data' }", "not an object: for data, return { json: value }"),
        ("{ data: [1, 2] }", "not an object: for data, return { json: value }"),
    ] {
        let mut context = world();
        let value = evaluate(source, &mut context);
        let error = draft(&value, &mut context).err().map(|error| error.to_string());
        let error = error.unwrap_or_default();
        assert!(error.contains(message), "{source}: {error}");
    }
}

#[test]
fn properties_are_what_the_engine_says() {
    let objects = [
        "{}",
        "{ a: 1 }",
        "{ a: undefined }",
        "{ get a() { return this.b }, b: 2 }",
        "{ set a(_) {} }",
        "{ get a() { throw new Error('thrown') } }",
        "{ __proto__: { a: 3 } }",
        "{ a: 4, __proto__: { a: 3 } }",
        "{ __proto__: { get a() { return this.b } }, b: 5 }",
        "{ __proto__: { set a(_) {}, __proto__: { a: 6 } } }",
        "{ __proto__: null }",
        "{ a: 7, __proto__: null }",
        "{ __proto__: new Proxy({}, { get: (_, name) => `${String(name)} of a proxy` }) }",
        "{ __proto__: [], b: 8 }",
        "{ __proto__: Object.assign([], { a: 9 }) }",
        "Object.freeze({ a: 10 })",
        "Object.defineProperty({}, 'a', { value: 11 })",
        "(() => { const object = { a: 12, b: 1 }; delete object.a; return object })()",
        "(() => { const object = { b: 1 }; object.a = 13; return object })()",
        "Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`p${at}`, at]).concat([['a', 14]]))",
        "new (class { a = 15 })",
        "new (class { get a() { return 16 } })",
        "Object.assign(() => 1, { a: 17 })",
        "new Proxy({ a: 18 }, {})",
        "(function () { return arguments })(1)",
    ];
    let mut context = world();
    for source in objects {
        let object = evaluate(source, &mut context).as_object().unwrap();
        for name in [js_string!("a"), js_string!("toString"), js_string!("absent")] {
            let expected = shown(object.get(name.clone(), &mut context));
            assert_eq!(shown(property(&object, name, &mut context)), expected, "{source}");
        }
    }
    // What scripts add to all objects counts too.
    evaluate("Object.prototype.absent = 'added'", &mut context);
    let object = evaluate("{}", &mut context).as_object().unwrap();
    let found = property(&object, js_string!("absent"), &mut context).unwrap();
    assert_eq!(found.as_string(), Some(JsString::from("added")));
}

fn shown(result: boa_engine::JsResult<JsValue>) -> String {
    result.map_or_else(|error| error.to_string(), |value| value.display().to_string())
}

/// The names of a shape are checked once, so what is told of one object must not pass for another.
#[test]
fn names_that_are_right_say_nothing_of_others() {
    let mut context = world();
    for source in ["{ status: 201, body: 'a' }", "{ status: 202, body: 'b' }"] {
        assert!(draft(&evaluate(source, &mut context), &mut context).is_ok(), "{source}");
    }
    for source in
        ["{ status: 201, boddy: 'a' }", "{ status: 201, body: 'a', 5: 1 }", "{ boddy: 1, body: 2 }"]
    {
        assert!(draft(&evaluate(source, &mut context), &mut context).is_err(), "{source}");
    }
    let source = "{ status: 203, body: 'c' }";
    assert!(draft(&evaluate(source, &mut context), &mut context).is_ok());
}
