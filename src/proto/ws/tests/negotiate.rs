use crate::proto::ws::deflate::*;
use crate::proto::ws::extension::{self, Extension};

fn elements(value: &str) -> Vec<Extension> {
    extension::parse(value.as_bytes()).unwrap()
}

/// Everything allowed, nothing asked for.
fn open() -> DeflateConfig {
    DeflateConfig {
        server_no_context_takeover: false,
        client_no_context_takeover: false,
        ..DeflateConfig::default()
    }
}

/// A server's answer to a request's field, and its own windows and takeovers.
fn answer(config: &DeflateConfig, offers: &str) -> Option<(String, Params)> {
    negotiate(config, &elements(offers)).map(|(params, answer)| (answer.to_string(), params))
}

fn answer_text(config: &DeflateConfig, offers: &str) -> String {
    answer(config, offers).map_or_else(|| "declined".to_owned(), |(answer, _)| answer)
}

#[test]
fn a_plain_offer_gets_a_plain_answer() {
    let (answer, params) = answer(&open(), "permessage-deflate").unwrap();
    assert_eq!(answer, "permessage-deflate");
    assert_eq!((params.compress_bits, params.inflate_bits), (15, 15));
    assert!(params.compress_takeover && params.inflate_takeover);
}

#[test]
fn the_default_keeps_no_context() {
    let (answer, params) = answer(&DeflateConfig::default(), "permessage-deflate").unwrap();
    let expected = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    assert_eq!(answer, expected);
    assert!(!params.compress_takeover && !params.inflate_takeover);
}

#[test]
fn a_server_agrees_to_what_an_offer_asks() {
    let small = DeflateConfig { server_max_window_bits: 12, client_max_window_bits: 11, ..open() };
    for (config, offer, expected) in [
        (open(), "server_no_context_takeover", "; server_no_context_takeover"),
        (open(), "client_no_context_takeover", "; client_no_context_takeover"),
        (open(), "server_max_window_bits=10", "; server_max_window_bits=10"),
        (open(), "server_max_window_bits=15", "; server_max_window_bits=15"),
        (open(), "server_max_window_bits=8", "; server_max_window_bits=8"),
        (open(), "client_max_window_bits", ""),
        (open(), "client_max_window_bits=15", ""),
        (open(), "client_max_window_bits=10", "; client_max_window_bits=10"),
        (small.clone(), "x", "declined"),
        (small.clone(), "server_max_window_bits=15", "; server_max_window_bits=12"),
        (small.clone(), "server_max_window_bits=9", "; server_max_window_bits=9"),
        (
            small.clone(),
            "client_no_context_takeover",
            "; client_no_context_takeover; server_max_window_bits=12",
        ),
        (
            small.clone(),
            "client_max_window_bits",
            "; server_max_window_bits=12; client_max_window_bits=11",
        ),
        (
            small,
            "client_max_window_bits=9",
            "; server_max_window_bits=12; client_max_window_bits=9",
        ),
    ] {
        let expected = if expected == "declined" {
            expected.to_owned()
        } else {
            format!("permessage-deflate{expected}")
        };
        assert_eq!(
            answer_text(&config, &format!("permessage-deflate; {offer}")),
            expected,
            "{offer}"
        );
    }
}

#[test]
fn a_client_window_is_not_limited_where_the_offer_does_not_allow_it() {
    let config = DeflateConfig { client_max_window_bits: 10, ..open() };
    let (answer, params) = answer(&config, "permessage-deflate").unwrap();
    assert_eq!((&answer[..], params.inflate_bits), ("permessage-deflate", 15));
}

#[test]
fn the_first_acceptable_offer_wins() {
    let offers = "foo, permessage-deflate; server_max_window_bits=7, \
                  permessage-deflate; server_max_window_bits=10, permessage-deflate";
    assert_eq!(answer_text(&open(), offers), "permessage-deflate; server_max_window_bits=10");
    assert_eq!(answer_text(&open(), "foo, x-webkit-deflate-frame"), "declined");
    assert_eq!(answer_text(&open(), ""), "declined");
}

const BAD: [&str; 22] = [
    "unknown",
    "server_no_context_takeover=1",
    "client_no_context_takeover=true",
    "server_no_context_takeover; server_no_context_takeover",
    "client_no_context_takeover; client_no_context_takeover",
    "server_max_window_bits",
    "server_max_window_bits=7",
    "server_max_window_bits=16",
    "server_max_window_bits=08",
    "server_max_window_bits=010",
    "server_max_window_bits=-9",
    "server_max_window_bits=1x",
    "server_max_window_bits=99999999999999999999",
    "server_max_window_bits=9; server_max_window_bits=9",
    "client_max_window_bits=7",
    "client_max_window_bits=16",
    "client_max_window_bits=09",
    "client_max_window_bits=x",
    "client_max_window_bits=9; client_max_window_bits=10",
    "Server_No_Context_Takeover",
    "server_max_window_bits=10; unknown=1",
    "client_max_window_bits=10; unknown",
];

#[test]
fn bad_parameters_decline_an_offer_and_fail_an_answer() {
    for bad in BAD {
        let element = format!("permessage-deflate; {bad}");
        assert_eq!(answer_text(&open(), &element), "declined", "{bad}");
        assert_eq!(
            answer_text(&open(), &format!("{element}, permessage-deflate")),
            "permessage-deflate"
        );
        assert!(accept(&open(), &elements(&element)).is_err(), "{bad}");
    }
    // RFC 7692 7.1.2.2: without a value in an offer only.
    let bare = "permessage-deflate; client_max_window_bits";
    assert_eq!(answer_text(&open(), bare), "permessage-deflate");
    let error = accept(&open(), &elements(bare)).unwrap_err();
    assert_eq!(error.to_string(), "invalid value \"\" of parameter client_max_window_bits");
    let twice = "client_max_window_bits; client_max_window_bits";
    assert_eq!(answer_text(&open(), &format!("permessage-deflate; {twice}")), "declined");
}

#[test]
fn an_offer_says_what_the_client_wants() {
    assert_eq!(offer(&open()).to_string(), "permessage-deflate; client_max_window_bits");
    let config = DeflateConfig {
        server_max_window_bits: 10,
        client_max_window_bits: 11,
        ..DeflateConfig::default()
    };
    let expected = "permessage-deflate; server_no_context_takeover; client_no_context_takeover; \
                    server_max_window_bits=10; client_max_window_bits=11";
    assert_eq!(offer(&config).to_string(), expected);
}

#[test]
fn a_client_takes_what_the_answer_says() {
    let accept = |answer: &str| {
        let params = accept(&open(), &elements(answer)).unwrap().unwrap();
        let takeover = (params.compress_takeover, params.inflate_takeover);
        (params.compress_bits, params.inflate_bits, takeover)
    };
    assert_eq!(accept("permessage-deflate"), (15, 15, (true, true)));
    assert_eq!(
        accept("permessage-deflate; server_no_context_takeover; client_max_window_bits=9"),
        (9, 15, (true, false))
    );
    assert_eq!(
        accept("permessage-deflate; client_no_context_takeover; server_max_window_bits=8"),
        (15, 8, (false, true))
    );
    assert_eq!(super::super::deflate::accept(&open(), &[]), Ok(None));
}

#[test]
fn an_answer_honours_the_offer() {
    let config = DeflateConfig {
        server_max_window_bits: 10,
        client_max_window_bits: 11,
        ..DeflateConfig::default()
    };
    let refuse = |answer: &str| accept(&config, &elements(answer)).unwrap_err();
    let ignored = |name| ParameterError::NotHonoured { name };
    assert_eq!(refuse("permessage-deflate"), ignored("server_no_context_takeover"));
    let base = "permessage-deflate; server_no_context_takeover";
    assert_eq!(refuse(base), ignored("server_max_window_bits"));
    assert_eq!(
        refuse(&format!("{base}; server_max_window_bits=11")),
        ignored("server_max_window_bits")
    );
    let base = format!("{base}; server_max_window_bits=9");
    assert_eq!(
        refuse(&format!("{base}; client_max_window_bits=12")),
        ignored("client_max_window_bits")
    );
    assert_eq!(refuse(&format!("{base}, {base}")), ParameterError::Twice);
    let params = accept(&config, &elements(&base)).unwrap().unwrap();
    // The client keeps to its own wishes, answered or not.
    assert_eq!((params.compress_bits, params.inflate_bits), (11, 9));
    assert!(!params.compress_takeover && !params.inflate_takeover);
}

#[test]
fn every_pair_of_configurations_agrees() {
    let mut configs = Vec::new();
    for takeover in 0..4 {
        for server_max_window_bits in [8, 9, 12, 15] {
            for client_max_window_bits in [8, 10, 15] {
                configs.push(DeflateConfig {
                    server_no_context_takeover: takeover & 1 != 0,
                    client_no_context_takeover: takeover & 2 != 0,
                    server_max_window_bits,
                    client_max_window_bits,
                    ..DeflateConfig::default()
                });
            }
        }
    }
    for client in &configs {
        for server in &configs {
            let (ours, answer) = negotiate(server, &[offer(client)]).unwrap();
            let theirs = accept(client, &[answer]).unwrap().unwrap();
            assert_eq!(ours.compress_bits, theirs.inflate_bits);
            assert_eq!(ours.inflate_bits, theirs.compress_bits);
            assert!(
                ours.compress_bits
                    <= server.server_max_window_bits.min(client.server_max_window_bits)
            );
            assert_eq!(ours.compress_takeover, theirs.inflate_takeover);
            assert_eq!(ours.inflate_takeover, theirs.compress_takeover);
        }
    }
}
