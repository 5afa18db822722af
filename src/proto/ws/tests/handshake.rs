use crate::limits::MAX_OFFERS;
use crate::proto::ws::deflate::{self, DeflateConfig, ParameterError};
use crate::proto::ws::extension;
use crate::proto::ws::handshake::*;

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// Field lines as they stand.
#[derive(Clone)]
struct Fields(Vec<(String, String)>);

impl HeaderLookup for Fields {
    fn values<'a>(&'a self, name: &str) -> Box<dyn Iterator<Item = &'a [u8]> + 'a> {
        assert_eq!(name, name.to_ascii_lowercase(), "names are asked for in lower case");
        let name = name.to_owned();
        Box::new(
            self.0
                .iter()
                .filter(move |(known, _)| *known == name)
                .map(|(_, value)| value.as_bytes()),
        )
    }
}

impl Fields {
    fn new(fields: &[(&str, &str)]) -> Self {
        Self(
            fields
                .iter()
                .map(|(name, value)| (name.to_ascii_lowercase(), (*value).to_owned()))
                .collect(),
        )
    }

    fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    fn set(self, name: &str, value: &str) -> Self {
        self.without(name).with(name, value)
    }
}

fn request() -> Fields {
    Fields::new(&[
        ("Host", "server.example.com"),
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Key", KEY),
        ("Sec-WebSocket-Version", "13"),
    ])
}

fn response() -> Fields {
    Fields::new(&[
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Accept", ACCEPT),
    ])
}

fn check(fields: &Fields) -> Result<RequestInfo, HandshakeError> {
    check_request("GET", 1, fields)
}

fn refusal(fields: &Fields) -> (u16, String) {
    let error = check(fields).unwrap_err();
    (error.status(), error.to_string())
}

fn answer(fields: &Fields, protocols: &[&str]) -> Result<Accepted, HandshakeError> {
    let protocols: Vec<String> = protocols.iter().map(ToString::to_string).collect();
    check_response((101, 1), fields, KEY, &protocols, &[])
}

/// As `answer`, where these extensions were offered.
fn answer_to(offers: &str, fields: &Fields) -> Result<Accepted, HandshakeError> {
    check_response((101, 1), fields, KEY, &[], &extension::parse(offers.as_bytes()).unwrap())
}

const NOTHING: Accepted = Accepted { protocol: None, extensions: Vec::new() };

#[test]
fn the_accept_key_of_rfc_6455_1_3() {
    assert_eq!(accept_key(KEY), ACCEPT);
}

#[test]
fn generated_keys_are_valid_and_differ() {
    let (one, other) = (generate_key(), generate_key());
    assert_ne!(one, other);
    assert_eq!(check(&request().set("sec-websocket-key", &one)).unwrap().key, one);
}

#[test]
fn a_plain_request_is_accepted() {
    let info = check(&request()).unwrap();
    assert_eq!(info, RequestInfo { key: KEY.to_owned(), protocols: vec![], extensions: vec![] });
}

#[test]
fn tokens_are_found_in_lists_on_any_line_in_any_case() {
    let fields = request()
        .set("connection", "keep-alive, Upgrade")
        .set("upgrade", "h2c")
        .with("upgrade", "foo, WebSocket");
    assert!(check(&fields).is_ok());
    assert!(is_upgrade(&fields));
}

#[test]
fn a_substring_is_no_token() {
    let fields = request().set("connection", "not-upgrade, upgrade2");
    assert_eq!(refusal(&fields), (400, "the Connection header does not name Upgrade".to_owned()));
    let fields = request().set("upgrade", "websockets");
    assert_eq!(refusal(&fields), (400, "the Upgrade header does not name websocket".to_owned()));
    assert!(!is_upgrade(&fields));
}

#[test]
fn missing_fields_are_named() {
    let refuse = |name| refusal(&request().without(name));
    assert_eq!(refuse("upgrade"), (400, "the Upgrade header does not name websocket".to_owned()));
    assert_eq!(
        refuse("connection"),
        (400, "the Connection header does not name Upgrade".to_owned())
    );
    assert_eq!(
        refuse("sec-websocket-key"),
        (400, "the Sec-WebSocket-Key header is missing".to_owned())
    );
    assert_eq!(
        refuse("sec-websocket-version"),
        (426, "the Sec-WebSocket-Version is not 13".to_owned())
    );
}

#[test]
fn only_get_and_http_1_1() {
    let error = check_request("POST", 1, &request()).unwrap_err();
    assert_eq!(error.to_string(), "a WebSocket handshake uses GET, not POST");
    assert_eq!((error.status(), error.header()), (405, Some(("Allow", "GET"))));
    // RFC 9110 9.1: methods are case-sensitive.
    assert_eq!(check_request("get", 1, &request()).unwrap_err().status(), 405);
    let error = check_request("GET", 0, &request()).unwrap_err();
    assert_eq!(error.to_string(), "a WebSocket handshake uses HTTP/1.1, not HTTP/1.0");
    assert_eq!((error.status(), error.header()), (400, None));
}

#[test]
fn another_version_learns_which_one_is_spoken() {
    for version in ["8", "", "013", "13, 8", "+13"] {
        let error = check(&request().set("sec-websocket-version", version)).unwrap_err();
        assert_eq!(error, HandshakeError::Version, "{version:?}");
        assert_eq!((error.status(), error.header()), (426, Some(("Sec-WebSocket-Version", "13"))));
    }
    let (status, message) = refusal(&request().with("sec-websocket-version", "13"));
    assert_eq!((status, &message[..]), (400, "more than one Sec-WebSocket-Version header"));
}

#[test]
fn a_key_is_one_base64_of_16_bytes() {
    let refuse = |key| refusal(&request().set("sec-websocket-key", key)).1;
    assert_eq!(refuse("???"), "the Sec-WebSocket-Key is not base64");
    assert_eq!(refuse("dGhlIHNhbXBsZSBub25jZQ"), "the Sec-WebSocket-Key is not base64");
    assert_eq!(refuse(""), "the Sec-WebSocket-Key has 0 bytes, not 16");
    assert_eq!(refuse("dGhlIHNhbXBsZSBub25j"), "the Sec-WebSocket-Key has 15 bytes, not 16");
    assert_eq!(refuse("AAAAAAAAAAAAAAAAAAAAAAA="), "the Sec-WebSocket-Key has 17 bytes, not 16");
    let twice = request().with("sec-websocket-key", KEY);
    assert_eq!(refusal(&twice), (400, "more than one Sec-WebSocket-Key header".to_owned()));
    // As RFC 6455 4.1 prints it, before its erratum.
    assert!(check(&request().set("sec-websocket-key", " AQIDBAUGBwgJCgsMDQ4PEC== ")).is_ok());
}

#[test]
fn subprotocols_are_a_list_of_different_tokens() {
    let fields = request().with("sec-websocket-protocol", "chat, superchat");
    let fields = fields.with("sec-websocket-protocol", "v2.json");
    assert_eq!(check(&fields).unwrap().protocols, ["chat", "superchat", "v2.json"]);
    for bad in ["", ",", "a b", "a;b", "é", "a, \"b\""] {
        let (status, message) = refusal(&request().with("sec-websocket-protocol", bad));
        assert_eq!(
            (status, &message[..]),
            (400, "the Sec-WebSocket-Protocol header is malformed"),
            "{bad:?}"
        );
    }
    let twice = fields.with("sec-websocket-protocol", "chat");
    assert_eq!(
        refusal(&twice),
        (400, "the Sec-WebSocket-Protocol header names \"chat\" twice".to_owned())
    );
    // RFC 6455 1.9: subprotocols are compared by case.
    assert!(check(&request().with("sec-websocket-protocol", "chat, Chat")).is_ok());
}

#[test]
fn extensions_are_read_from_all_lines() {
    let fields = request()
        .with("sec-websocket-extensions", "permessage-deflate; client_max_window_bits, foo")
        .with("sec-websocket-extensions", "bar; x=\"1\"");
    let extensions = check(&fields).unwrap().extensions;
    let names: Vec<&str> = extensions.iter().map(|extension| &extension.name[..]).collect();
    assert_eq!(names, ["permessage-deflate", "foo", "bar"]);
    let (status, message) = refusal(&request().with("sec-websocket-extensions", "a b"));
    assert_eq!((status, &message[..]), (400, "the Sec-WebSocket-Extensions header is malformed"));
}

#[test]
fn lists_have_a_limit() {
    let many = |count: usize| (0..count).map(|i| format!("p{i}")).collect::<Vec<_>>().join(",");
    for name in ["sec-websocket-protocol", "sec-websocket-extensions"] {
        assert!(check(&request().with(name, &many(MAX_OFFERS))).is_ok());
        let (status, message) = refusal(&request().with(name, &many(MAX_OFFERS + 1)));
        assert_eq!(status, 400);
        assert!(message.ends_with("header has more than 32 elements"), "{message}");
    }
}

#[test]
fn what_each_end_writes_the_other_accepts() {
    let protocols = ["chat".to_owned(), "superchat".to_owned()];
    let config = DeflateConfig::default();
    let offers = vec![deflate::offer(&config)];
    let written = request_headers(KEY, &protocols, &offers);
    let fields: Vec<(&str, &str)> =
        written.iter().map(|(name, value)| (*name, &value[..])).collect();
    let info = check(&Fields::new(&fields)).unwrap();
    let expected = RequestInfo {
        key: KEY.to_owned(),
        protocols: protocols.to_vec(),
        extensions: offers.clone(),
    };
    assert_eq!(info, expected);

    let (_, agreed) = deflate::negotiate(&config, &info.extensions).unwrap();
    let agreed = vec![agreed];
    let written = response_headers(&info.key, Some("superchat"), &agreed);
    let fields: Vec<(&str, &str)> =
        written.iter().map(|(name, value)| (*name, &value[..])).collect();
    let fields = Fields::new(&fields);
    let accepted = check_response((101, 1), &fields, KEY, &protocols, &offers).unwrap();
    assert_eq!(accepted.protocol, Some("superchat".to_owned()));
    assert_eq!(accepted.extensions, agreed);
    assert!(deflate::accept(&config, &accepted.extensions).unwrap().is_some());
}

#[test]
fn nothing_offered_writes_no_field() {
    let names = |fields: &[(&'static str, String)]| {
        fields.iter().map(|(name, _)| *name).collect::<Vec<_>>()
    };
    let expected = ["Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version"];
    assert_eq!(names(&request_headers(KEY, &[], &[])), expected);
    let expected = ["Upgrade", "Connection", "Sec-WebSocket-Accept"];
    assert_eq!(names(&response_headers(KEY, None, &[])), expected);
}

#[test]
fn a_plain_response_is_accepted() {
    assert_eq!(answer(&response(), &[]), Ok(NOTHING));
    let fields = response().set("upgrade", "WebSocket").set("connection", "keep-alive, UPGRADE");
    assert!(answer(&fields, &[]).is_ok());
}

#[test]
fn a_response_is_101() {
    for status in [100, 200, 301, 401, 503] {
        let error = check_response((status, 1), &response(), KEY, &[], &[]).unwrap_err();
        assert_eq!(error, HandshakeError::Status { status });
    }
}

#[test]
fn a_response_of_http_1_0_opens_nothing() {
    let error = check_response((101, 0), &response(), KEY, &[], &[]).unwrap_err();
    assert_eq!(error, HandshakeError::HttpVersion { minor: 0 });
}

#[test]
fn a_response_upgrades_to_websocket_and_nothing_else() {
    for upgrade in ["h2c", "websocket, h2c", "", "websockets"] {
        let error = answer(&response().set("upgrade", upgrade), &[]).unwrap_err();
        assert_eq!(error, HandshakeError::Upgrade, "{upgrade:?}");
    }
    assert_eq!(answer(&response().without("upgrade"), &[]), Err(HandshakeError::Upgrade));
    assert_eq!(answer(&response().without("connection"), &[]), Err(HandshakeError::Connection));
    assert_eq!(
        answer(&response().set("connection", "close"), &[]),
        Err(HandshakeError::Connection)
    );
    let twice = response().with("upgrade", "websocket");
    assert_eq!(answer(&twice, &[]), Err(HandshakeError::Duplicate { name: "Upgrade" }));
}

#[test]
fn a_response_proves_that_the_key_was_read() {
    let missing = response().without("sec-websocket-accept");
    assert_eq!(answer(&missing, &[]), Err(HandshakeError::AcceptMissing));
    for wrong in ["", "x", &ACCEPT.to_ascii_lowercase(), &format!("{ACCEPT}, x")] {
        let fields = response().set("sec-websocket-accept", wrong);
        assert_eq!(answer(&fields, &[]), Err(HandshakeError::AcceptMismatch), "{wrong:?}");
    }
    assert!(answer(&response().set("sec-websocket-accept", &format!(" {ACCEPT}\t")), &[]).is_ok());
    let twice = response().with("sec-websocket-accept", ACCEPT);
    assert_eq!(
        answer(&twice, &[]),
        Err(HandshakeError::Duplicate { name: "Sec-WebSocket-Accept" })
    );
}

#[test]
fn a_response_chooses_a_subprotocol_that_was_offered() {
    let chosen = |name: &str| response().with("sec-websocket-protocol", name);
    assert_eq!(answer(&chosen("b"), &["a", "b"]).unwrap().protocol, Some("b".to_owned()));
    for (name, offered) in
        [("c", &["a", "b"][..]), ("A", &["a"]), ("a, b", &["a", "b"]), ("a", &[]), ("", &["a"])]
    {
        let expected = HandshakeError::ProtocolNotOffered { protocol: name.to_owned() };
        assert_eq!(answer(&chosen(name), offered), Err(expected));
    }
    assert_eq!(
        answer(&response(), &["a", "b"]),
        Err(HandshakeError::ProtocolNotChosen { count: 2 })
    );
    let twice = chosen("a").with("sec-websocket-protocol", "a");
    let expected = HandshakeError::Duplicate { name: "Sec-WebSocket-Protocol" };
    assert_eq!(answer(&twice, &["a"]), Err(expected));
}

#[test]
fn a_response_uses_extensions_that_were_offered() {
    let with = |value: &str| response().with("sec-websocket-extensions", value);
    let accepted = answer_to("foo, bar", &with("foo; x=1")).unwrap();
    assert_eq!(accepted.extensions, extension::parse(b"foo; x=1").unwrap());
    assert_eq!(answer_to("foo", &response()), Ok(NOTHING));
    let stranger = HandshakeError::ExtensionNotOffered { name: "foo".to_owned() };
    assert_eq!(answer_to("bar", &with("bar, foo")), Err(stranger.clone()));
    assert_eq!(answer(&with("foo"), &[]), Err(stranger));
    assert_eq!(answer_to("foo", &with("foo;")), Err(HandshakeError::ExtensionsMalformed));
    let twice = with("foo").with("sec-websocket-extensions", "bar");
    let expected = HandshakeError::Duplicate { name: "Sec-WebSocket-Extensions" };
    assert_eq!(answer_to("foo, bar", &twice), Err(expected));
}

#[test]
fn bad_parameters_of_an_answer_are_a_bad_answer() {
    let error = HandshakeError::from(ParameterError::Unknown { name: "x".to_owned() });
    let message = "the server's permessage-deflate answer is invalid: unknown parameter \"x\"";
    assert_eq!(error.to_string(), message);
}
