//! Forms of browsers, of curl and of nobody.

use super::*;
use crate::proto::multipart::{Encoder, boundary};

const LIMITS: FormLimits = FormLimits { parts: 10, head_bytes: 200 };

fn parts(form: &str) -> Result<Vec<Part>, FormError> {
    parse(form.as_bytes(), "b", LIMITS)
}

/// `name|filename|type=content` of each part.
fn shown(form: &str) -> String {
    let parts = parts(form).unwrap_or_else(|error| panic!("{form:?}: {error}"));
    let shown = |part: &Part| {
        let content_type = part.content_type.as_deref().map(String::from_utf8_lossy);
        format!(
            "{}|{}|{}={}",
            part.name,
            part.filename.as_deref().unwrap_or("-"),
            content_type.as_deref().unwrap_or("-"),
            &form[part.content.clone()]
        )
    };
    parts.iter().map(shown).collect::<Vec<_>>().join(" & ")
}

/// A form of one part with this header.
fn with_head(head: &str) -> String {
    format!("--b\r\n{head}\r\n\r\nx\r\n--b--\r\n")
}

#[test]
fn fields_and_files_are_found() {
    let form = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n\
         --b\r\ncontent-type:text/html\r\nCONTENT-DISPOSITION: Form-Data; filename=f.html; name=c\
         \r\nX-Other: 1\r\n\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n--b\r\n\
         --b--\r\nepilogue";
    assert_eq!(shown(form), "a|-|-=1\r\n2 & c|f.html|text/html= & |-|-=--b");
    assert_eq!(shown("--b--"), "");
    assert_eq!(shown("\r\n--b--"), "");
    assert_eq!(
        shown("--b \t\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--b--"),
        "a|-|-="
    );
}

#[test]
fn names_are_read_as_everybody_writes_them() {
    for (disposition, expected) in [
        ("form-data; name=\"a%22b%0D%0Ac%20d\"", "a\"b\r\nc%20d|-|-=x"),
        ("form-data; name=\"a;b=c\"; filename=\"C:\\d\\\"", "a;b=c|C:\\d\\|-=x"),
        ("form-data;name=a ; filename = b.txt ", "a|b.txt|-=x"),
        ("form-data; name=\"ü\"; filename=\"水\"", "ü|水|-=x"),
        ("form-data; name=a; filename*=UTF-8''%e6%b0%B4%2; filename=\"old\"", "a|水%2|-=x"),
        ("form-data; name=a; filename=\"old\"; filename*=latin1''x", "a|old|-=x"),
        ("form-data; name=a; filename=\"\"", "a||-=x"),
        ("form-data; flag; name=\"a\"; x", "a|-|-=x"),
        ("form-data; name=\"unended", "unended|-|-=x"),
    ] {
        assert_eq!(shown(&with_head(&format!("Content-Disposition: {disposition}"))), expected);
    }
}

#[test]
fn what_is_no_form_says_why() {
    let good = "Content-Disposition: form-data; name=a";
    for (form, error) in [
        ("", FormError::Beginning),
        ("--c--", FormError::Beginning),
        ("preamble\r\n--b--", FormError::Beginning),
        ("--b", FormError::CutOff(1)),
        ("--b-", FormError::CutOff(1)),
        ("--b\r", FormError::CutOff(1)),
        ("--bc\r\n", FormError::BoundaryLine(1)),
        ("--b\r\n", FormError::CutOff(1)),
        ("--b\r\nX: y\r\n", FormError::CutOff(1)),
        (&format!("--b\r\n{good}\r\n\r\nx\r\n--"), FormError::CutOff(1)),
        (&format!("--b\r\n{good}\r\n\r\nx\r\n--b\r\n{good}\r\n\r\n"), FormError::CutOff(2)),
        (&format!("--b\n{good}\n\nx\n--b--"), FormError::BoundaryLine(1)),
        (&with_head("nonsense"), FormError::Field(1)),
        (&with_head(": x"), FormError::Field(1)),
        (&with_head("Content-Disposition : form-data; name=a"), FormError::Field(1)),
        (&with_head("X: y"), FormError::Name(1)),
        (&with_head("Content-Disposition: attachment; name=a"), FormError::Name(1)),
        (&with_head("Content-Disposition: form-data; filename=a"), FormError::Name(1)),
        (
            &with_head(&format!("{good}{}", "x".repeat(200))),
            FormError::Head { part: 1, limit: 200 },
        ),
        (&with_head(&"X: y\r\n".repeat(100)), FormError::Head { part: 1, limit: 200 }),
    ] {
        assert_eq!(parts(form), Err(error), "{form:?}");
    }
    let many = format!("--b\r\n{good}\r\n\r\nx\r\n").repeat(11);
    assert_eq!(parts(&format!("{many}--b--")), Err(FormError::Parts(10)));
    for boundary in ["", "a\r\n", "é", &"x".repeat(71)] {
        assert_eq!(parse(b"", boundary, LIMITS), Err(FormError::Boundary));
    }
}

#[test]
fn every_cut_of_a_form_is_an_error() {
    let form = with_head("Content-Disposition: form-data; name=\"a\"; filename=\"b\"");
    let last = form.len() - "\r\n".len();
    for end in 0..last {
        assert!(parts(&form[..end]).is_err(), "{:?}", &form[..end]);
    }
    assert!(parts(&form[..last]).is_ok());
}

#[test]
fn what_is_written_is_read_again() {
    let own = boundary();
    assert_ne!(own, boundary());
    let mut encoder = Encoder::new(own.clone());
    encoder.field("a\"\n", "1\r2\n3\r\n4");
    encoder.file("f", "x\r\n\"y", "", b"--b\r\n");
    encoder.file("g", "", "text/plain", b"");
    let form = encoder.finish();
    let parts = parse(&form, &own, LIMITS).unwrap();
    let contents: Vec<_> = parts.iter().map(|part| &form[part.content.clone()]).collect();
    assert_eq!(contents, [&b"1\r\n2\r\n3\r\n4"[..], b"--b\r\n", b""]);
    let names: Vec<_> = parts.iter().map(|part| (&*part.name, part.filename.as_deref())).collect();
    assert_eq!(names, [("a\"\r\n", None), ("f", Some("x\r\n\"y")), ("g", Some(""))]);
    let types: Vec<_> = parts.iter().map(|part| part.content_type.as_deref()).collect();
    assert_eq!(types, [None, Some(&b"application/octet-stream"[..]), Some(b"text/plain")]);
}
