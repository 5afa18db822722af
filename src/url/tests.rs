//! The test data of the web platform: `tests/wpt/`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Url;

fn data(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wpt/url").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn part(url: &Url, name: &str) -> String {
    let after = |mark: &str, part: Option<&str>| match part {
        None | Some("") => String::new(),
        Some(part) => format!("{mark}{part}"),
    };
    match name {
        "href" => url.href(),
        "origin" => url.origin(),
        "protocol" => url.protocol(),
        "username" => url.username().to_owned(),
        "password" => url.password().to_owned(),
        "host" => url.host(),
        "hostname" => url.hostname().unwrap_or_default(),
        "port" => url.port().map(|port| port.to_string()).unwrap_or_default(),
        "pathname" => url.path(),
        "search" => after("?", url.query()),
        "hash" => after("#", url.fragment()),
        other => panic!("no part of a URL: {other}"),
    }
}

fn differences(url: &Url, expected: &Value, what: &str) -> Vec<String> {
    let fields = expected.as_object().unwrap().iter();
    let parts = fields.filter(|(name, _)| {
        !matches!(
            name.as_str(),
            "input" | "base" | "failure" | "relativeTo" | "searchParams" | "comment"
        )
    });
    parts
        .filter(|(name, value)| part(url, name) != value.as_str().unwrap())
        .map(|(name, value)| format!("{what}: {name} is {:?}, not {value}", part(url, name)))
        .collect()
}

#[test]
fn parses_as_the_web_platform_does() {
    let mut faults = Vec::new();
    let mut count = 0;
    for case in data("urltestdata.json").iter().filter(|case| case.is_object()) {
        count += 1;
        let input = case["input"].as_str().unwrap();
        let base = case["base"].as_str();
        let what = format!("{input:?} against {base:?}");
        let base = base.map(|base| Url::parse(base, None));
        let url = match base {
            Some(None) => None,
            Some(Some(base)) => Url::parse(input, Some(&base)),
            None => Url::parse(input, None),
        };
        match (url, case["failure"] == true) {
            (None, true) => {}
            (None, false) => faults.push(format!("{what}: fails")),
            (Some(url), true) => faults.push(format!("{what}: {}, and no failure", url.href())),
            (Some(url), false) => faults.extend(differences(&url, case, &what)),
        }
    }
    assert!(count > 800, "{count} cases");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn assigns_as_the_web_platform_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wpt/url/setters_tests.json");
    let all: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut faults = Vec::new();
    for (name, cases) in all.as_object().unwrap().iter().filter(|(name, _)| *name != "comment") {
        for case in cases.as_array().unwrap() {
            let (href, value) =
                (case["href"].as_str().unwrap(), case["new_value"].as_str().unwrap());
            let mut url = Url::parse(href, None).unwrap();
            match name.as_str() {
                "protocol" => url.set_protocol(value),
                "username" => url.set_username(value),
                "password" => url.set_password(value),
                "host" => url.set_host(value),
                "hostname" => url.set_hostname(value),
                "port" => url.set_port(value),
                "pathname" => url.set_pathname(value),
                "search" => url.set_search(value),
                "hash" => url.set_hash(value),
                "href" => {
                    if let Some(new) = Url::parse(value, None) {
                        url = new;
                    }
                }
                other => panic!("no setter: {other}"),
            }
            let what = format!("{name} of {href:?} to {value:?}");
            faults.extend(differences(&url, &case["expected"], &what));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// URL 4.5: what a URL is written as is read as the same URL.
#[test]
fn reads_what_it_writes() {
    const PIECES: &[&str] = &[
        "http:",
        "file:",
        "foo:",
        "//",
        "/",
        "\\",
        "..",
        ".",
        "%2e",
        "C:",
        "C|",
        "a",
        "é",
        "@",
        ":",
        "?",
        "#",
        " ",
        "[::1]",
        "1.2",
        "0x7f",
        "%",
        "%41",
        "\t",
        "localhost",
        "^",
        "|",
        "{",
        "80",
    ];
    let mut state: u64 = 0x6b72_616e_646f_6731;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    let base = Url::parse("http://user@host:81/a/b?q#f", None).unwrap();
    for _ in 0..50_000 {
        let text: String = (0..=next(8)).map(|_| PIECES[next(PIECES.len())]).collect();
        let Some(mut url) = Url::parse(&text, (next(2) == 0).then_some(&base)) else { continue };
        for _ in 0..next(3) {
            let value: String = (0..next(3)).map(|_| PIECES[next(PIECES.len())]).collect();
            [
                Url::set_protocol,
                Url::set_username,
                Url::set_host,
                Url::set_port,
                Url::set_pathname,
                Url::set_search,
                Url::set_hash,
            ][next(7)](&mut url, &value);
        }
        let href = url.href();
        let again = Url::parse(&href, None).map(|url| url.href());
        assert_eq!(again.as_deref(), Some(&*href), "{text:?}");
    }
}

#[test]
fn names_hosts_as_the_web_platform_does() {
    let mut faults = Vec::new();
    for case in data("toascii.json").iter().filter(|case| case.is_object()) {
        let input = case["input"].as_str().unwrap();
        let expected = case["output"].as_str();
        let url = Url::parse(&format!("https://{input}/x"), None);
        let host = url.and_then(|url| url.hostname());
        if host.as_deref() != expected {
            faults.push(format!("{input:?}: {host:?}, not {expected:?}"));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
