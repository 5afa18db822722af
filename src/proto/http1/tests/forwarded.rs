use std::net::SocketAddr;

use crate::proto::http1::Headers;
use crate::proto::http1::forwarded::{Hop, forwarded, x_forwarded};

fn headers(pairs: &[(&'static str, &'static str)]) -> Headers {
    Headers::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_bytes())))
}

fn addresses(hops: &[Hop]) -> Vec<Option<String>> {
    let shown = |address: SocketAddr| address.to_string();
    hops.iter().map(|hop| hop.address.map(shown)).collect()
}

#[test]
fn nodes_are_addresses_with_or_without_a_port() {
    for (node, address) in [
        ("192.0.2.43", Some("192.0.2.43:0")),
        ("192.0.2.43:47011", Some("192.0.2.43:47011")),
        ("192.0.2.43:_port", Some("192.0.2.43:0")),
        ("[2001:db8::17]", Some("[2001:db8::17]:0")),
        ("[2001:db8::17]:4711", Some("[2001:db8::17]:4711")),
        ("[2001:db8::17]:_x", Some("[2001:db8::17]:0")),
        ("2001:db8::17", Some("[2001:db8::17]:0")),
        ("unknown", None),
        ("_gazonk", None),
        ("", None),
        ("127.0.0.1'--", None),
        ("[192.0.2.43]", None),
        ("192.0.2.43:99999", None),
        ("localhost", None),
    ] {
        let expected = vec![address.map(str::to_owned)];
        let fields = Headers::from_pairs([("X-Forwarded-For", node.as_bytes())]);
        assert_eq!(addresses(&x_forwarded(&fields)), expected, "{node}");
        let element = format!("for=\"{node}\"");
        let fields = Headers::from_pairs([("Forwarded", element.as_bytes())]);
        assert_eq!(addresses(&forwarded(&fields)), expected, "{element}");
    }
}

#[test]
fn the_nearest_comes_first_over_all_fields() {
    let fields =
        headers(&[("X-Forwarded-For", "10.0.0.1, 10.0.0.2"), ("X-Forwarded-For", "10.0.0.3")]);
    let found = addresses(&x_forwarded(&fields));
    let found: Vec<&str> = found.iter().flatten().map(String::as_str).collect();
    assert_eq!(found, ["10.0.0.3:0", "10.0.0.2:0", "10.0.0.1:0"]);
}

#[test]
fn the_examples_of_rfc_7239() {
    let fields = headers(&[
        ("Forwarded", "for=\"_gazonk\""),
        ("Forwarded", "For=\"[2001:db8:cafe::17]:4711\""),
        ("Forwarded", "for=192.0.2.60;proto=http;by=203.0.113.43"),
        ("Forwarded", "for=192.0.2.43, for=198.51.100.17"),
    ]);
    let hops = forwarded(&fields);
    let expected = [
        Some("198.51.100.17:0"),
        Some("192.0.2.43:0"),
        Some("192.0.2.60:0"),
        Some("[2001:db8:cafe::17]:4711"),
        None,
    ];
    assert_eq!(addresses(&hops), expected.map(|address| address.map(str::to_owned)));
    let secure: Vec<Option<bool>> = hops.iter().map(|hop| hop.secure).collect();
    assert_eq!(secure, [None, None, Some(false), None, None]);
}

#[test]
fn quoted_strings_may_hold_anything() {
    let fields = headers(&[(
        "Forwarded",
        "for=192.0.2.1;ext=\"a, for=6.6.6.6; \\\" , for=7.7.7.7\";host=\"a.example:8\\080\";proto=HTTPS",
    )]);
    let hops = forwarded(&fields);
    assert_eq!(hops.len(), 1);
    assert_eq!(hops[0].host.as_deref(), Some("a.example:8080"));
    assert_eq!(
        (hops[0].secure, addresses(&hops)),
        (Some(true), vec![Some("192.0.2.1:0".to_owned())])
    );
}

#[test]
fn a_quotation_without_an_end_hides_nobody() {
    // Each of these a proxy has appended to, and the client has sent what comes before it.
    for value in [
        "for=6.6.6.6;x=\", for=1.2.3.4",
        "for=6.6.6.6;x=\", for=\"[2001:db8::1]\"",
        "for=6.6.6.6;x=\"\\, for=\"[2001:db8::1]\";host=\"a\"",
    ] {
        let hops = forwarded(&headers(&[("Forwarded", value)]));
        assert_eq!(hops, [Hop::default()], "{value}");
    }
}

#[test]
fn what_lists_say_of_schemes_and_hosts_goes_with_their_addresses() {
    let fields = headers(&[
        ("X-Forwarded-For", "1.1.1.1, 2.2.2.2, 3.3.3.3"),
        ("X-Forwarded-Proto", "https, http"),
        ("X-Forwarded-Host", "a.example"),
    ]);
    let hops = x_forwarded(&fields);
    let secure: Vec<Option<bool>> = hops.iter().map(|hop| hop.secure).collect();
    assert_eq!(secure, [Some(false), Some(true), Some(true)]);
    assert!(hops.iter().all(|hop| hop.host.as_deref() == Some("a.example")));
    // Without an address they are still those of the nearest.
    let fields = headers(&[("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil\" host")]);
    let expected = Hop { secure: Some(true), ..Hop::default() };
    assert_eq!(x_forwarded(&fields), [expected]);
    assert_eq!(x_forwarded(&headers(&[])), [Hop::default()]);
    assert_eq!(forwarded(&headers(&[])), []);
}
