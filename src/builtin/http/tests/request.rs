//! Header fields as scripts see them.

use boa_engine::{Context, Source, js_string};

use super::headers_object;
use crate::proto::http1::Headers;

const SHOW: &str = "JSON.stringify([
    Object.getPrototypeOf(headers), { ...headers },
    Object.values(Object.getOwnPropertyDescriptors(headers))
        .every((one) => one.writable && one.enumerable && one.configurable),
    (delete headers.cookie, headers.new = 1, Object.keys(headers)),
])";

#[test]
fn repeated_fields_are_joined_and_all_are_plain_properties() {
    let headers = Headers::from_pairs([
        ("Host", b"a".as_slice()),
        ("Cookie", b"a=1"),
        ("X-Two", b"1"),
        ("7", b"seven"),
        ("__proto__", b"p"),
        ("Set-Cookie", b"c=1"),
        ("x-two", b"caf\xe9"),
        ("cookie", b"b=2"),
        ("set-cookie", b"d=2"),
        ("X-TWO", b""),
    ]);
    let mut context = Context::default();
    let object = headers_object(&headers, &mut context).unwrap();
    context.global_object().set(js_string!("headers"), object, true, &mut context).unwrap();
    let shown = context.eval(Source::from_bytes(SHOW)).unwrap();
    assert_eq!(
        shown.as_string().unwrap().to_std_string_lossy(),
        "[null,{\"7\":\"seven\",\"host\":\"a\",\"cookie\":\"a=1; b=2\",\"x-two\":\"1, café, \",\
         \"__proto__\":\"p\",\"set-cookie\":[\"c=1\",\"d=2\"]},true,\
         [\"7\",\"host\",\"x-two\",\"__proto__\",\"set-cookie\",\"new\"]]"
    );
}
