use crate::proto::ws::extension::*;

/// What is read, written again.
fn read(value: &str) -> Option<Vec<String>> {
    parse(value.as_bytes()).map(|extensions| extensions.iter().map(ToString::to_string).collect())
}

#[test]
fn the_examples_of_rfc_6455_9_1() {
    assert_eq!(read("foo"), Some(vec!["foo".to_owned()]));
    assert_eq!(read("bar; baz=2"), Some(vec!["bar; baz=2".to_owned()]));
    assert_eq!(read("foo, bar; baz=2"), Some(vec!["foo".to_owned(), "bar; baz=2".to_owned()]));
    let expected = vec!["deflate-stream".to_owned()];
    assert_eq!(read("deflate-stream"), Some(expected));
    assert_eq!(
        read("mux; max-channels=4; flow-control").unwrap(),
        ["mux; max-channels=4; flow-control"]
    );
}

#[test]
fn blanks_and_empty_elements_mean_nothing() {
    assert_eq!(read(" , a ;\tb = 1;c ,, d,\t").unwrap(), ["a; b=1; c", "d"]);
    assert_eq!(read("").unwrap(), [""; 0]);
}

#[test]
fn a_quoted_value_is_a_token_in_other_clothes() {
    assert_eq!(read(r#"a; b="10""#).unwrap(), ["a; b=10"]);
    assert_eq!(read(r#"a; b="1\0"; c"#).unwrap(), ["a; b=10; c"]);
    assert_eq!(read(r#"a; b="1,0""#), None);
    assert_eq!(read(r#"a; b="""#), None);
    assert_eq!(read(r#"a; b="10"#), None);
    assert_eq!(read(r#"a; b="10\"#), None);
    assert_eq!(read(r#"a; b="10"x"#), None);
}

#[test]
fn what_obeys_no_grammar_is_refused() {
    for bad in [
        ";",
        "a;",
        "a;;b",
        "a; =1",
        "a; b=",
        "a b",
        "a; b c",
        "a=1",
        "é",
        "a; b=\u{7f}",
        "a/b",
        "\"a\"",
    ] {
        assert_eq!(read(bad), None, "{bad:?}");
    }
}

#[test]
fn lists_are_trimmed_elements() {
    let elements: Vec<&[u8]> = list(b" keep-alive ,\tUpgrade,, ").collect();
    assert_eq!(elements, [&b"keep-alive"[..], b"Upgrade"]);
    assert_eq!(list(b" , ").count(), 0);
}
