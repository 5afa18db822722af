//! Opening handshakes: a request head into a server's checks and its answer into a client's; a
//! response head into a client's checks; and header fields of any bytes into both.

use super::http_request::{is_token, start};
use super::plan::Plan;
use super::proto::http1::{
    ClientConfig, ClientEvent, Event, Headers, RequestMethod, ResponseParser, ServerConfig,
    ServerConnection, Version, encode_switching_protocols,
};
use super::proto::ws::deflate::{self, DeflateConfig};
use super::proto::ws::extension::{self, Extension};
use super::proto::ws::handshake::{
    Accepted, HandshakeError, HeaderLookup, RequestInfo, accept_key, check_request, check_response,
    is_upgrade, request_headers, response_headers,
};

/// The client's key in responses: its answer is in the dictionary.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// The target.
pub fn run(input: &[u8]) {
    let Some((plan, stream)) = Plan::of(input) else { return };
    match plan.flags % 4 {
        0 => request(stream, &plan),
        1 => response(stream, &plan),
        2 => {
            let fields = Fields::of(stream);
            if let Ok(info) = check_request("GET", 1, &fields) {
                check_info(&info, &fields);
            }
        }
        _ => {
            let (fields, (protocols, offers)) = (Fields::of(stream), offered(&plan));
            if let Ok(accepted) = check_response((101, 1), &fields, KEY, &protocols, &offers) {
                check_accepted(&accepted, &fields, &protocols, &offers);
            }
        }
    }
}

/// Header fields of any bytes, a line each: more than any HTTP parser lets through.
struct Fields(Vec<(String, Vec<u8>)>);

impl Fields {
    fn of(stream: &[u8]) -> Self {
        let lines = stream.split(|&byte| byte == b'\n').filter_map(|line| {
            let colon = line.iter().position(|&byte| byte == b':')?;
            let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
            Some((name, line[colon + 1..].to_vec()))
        });
        Self(lines.collect())
    }
}

impl HeaderLookup for Fields {
    fn values<'a>(&'a self, name: &str) -> Box<dyn Iterator<Item = &'a [u8]> + 'a> {
        let name = name.to_owned();
        Box::new(self.0.iter().filter(move |field| field.0 == name).map(|field| &field.1[..]))
    }
}

/// A field that must stand once, without blanks around it.
fn only(headers: &impl HeaderLookup, name: &str) -> Option<Vec<u8>> {
    let values: Vec<_> = headers.values(name).collect();
    assert!(values.len() <= 1, "one {name}");
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let value = values.first()?;
    let start = value.iter().position(|byte| !blank(byte)).unwrap_or(value.len());
    let end = value.iter().rposition(|byte| !blank(byte)).map_or(start, |last| last + 1);
    Some(value[start..end].to_vec())
}

fn lists(headers: &impl HeaderLookup, name: &str, token: &str) -> bool {
    headers.values(name).any(|value| {
        let value = String::from_utf8_lossy(value).to_ascii_lowercase();
        value.split(',').any(|element| element.trim_matches([' ', '\t']) == token)
    })
}

fn request(stream: &[u8], plan: &Plan) {
    let mut connection = ServerConnection::new(ServerConfig::default(), start());
    let (mut pos, mut out) = (0, Vec::new());
    let event = connection.receive(stream, &mut pos, start(), || "", &mut out);
    let Some(Event::Request(request) | Event::Upgrade(request)) = event else { return };
    let minor = u8::from(request.version == Version::Http11);
    let checked = check_request(&request.method, minor, &request.headers);
    // However the fields are kept, the verdict is the same.
    let copied = request.headers.iter().map(|(name, value)| (name.to_owned(), value.to_vec()));
    let copied = Fields(copied.collect());
    assert_eq!(check_request(&request.method, minor, &copied), checked, "of the same fields");
    match checked {
        Ok(info) => {
            assert_eq!((&request.method[..], minor), ("GET", 1), "the request line");
            check_info(&info, &request.headers);
            accept(&info, plan);
        }
        Err(error) => {
            assert!(matches!(error.status(), 400 | 405 | 426), "{error:?}");
            assert_eq!(error.header().is_some(), error.status() != 400, "{error:?}");
        }
    }
}

fn check_info(info: &RequestInfo, headers: &impl HeaderLookup) {
    assert!(is_upgrade(headers), "a handshake that the server would not have taken for one");
    assert!(lists(headers, "upgrade", "websocket") && lists(headers, "connection", "upgrade"));
    assert_eq!(only(headers, "sec-websocket-version").as_deref(), Some(&b"13"[..]), "the version");
    let key = only(headers, "sec-websocket-key").unwrap_or_default();
    assert_eq!(info.key.as_bytes(), key, "the key");
    assert!(key.len() == 24 && key.ends_with(b"=="), "16 bytes of base64: {key:?}");
    assert!(info.protocols.len() <= 32 && info.extensions.len() <= 32, "as many as are compared");
    for (index, protocol) in info.protocols.iter().enumerate() {
        assert!(is_token(protocol.as_bytes()), "a subprotocol");
        assert!(!info.protocols[..index].contains(protocol), "a subprotocol twice");
    }
    info.extensions.iter().for_each(check_extension);
}

/// What was read is written as it can be read again.
pub(super) fn check_extension(extension: &Extension) {
    assert!(is_token(extension.name.as_bytes()), "an extension's name");
    for (name, value) in &extension.params {
        assert!(is_token(name.as_bytes()), "a parameter's name");
        assert!(value.as_ref().is_none_or(|value| is_token(value.as_bytes())), "a value");
    }
    let again = extension::parse(extension.to_string().as_bytes());
    assert_eq!(again.as_deref(), Some(std::slice::from_ref(extension)), "read again");
}

/// The server's answer is one that the client which asked takes, in both directions.
fn accept(info: &RequestInfo, plan: &Plan) {
    let config = DeflateConfig {
        server_no_context_takeover: plan.flag(2),
        client_no_context_takeover: plan.flag(3),
        server_max_window_bits: 8 + plan.more % 8,
        client_max_window_bits: 8 + plan.more / 8 % 8,
        ..DeflateConfig::default()
    };
    let chosen = plan.flag(4).then(|| info.protocols.first()).flatten();
    let agreed = deflate::negotiate(&config, &info.extensions);
    let answer: Vec<Extension> = agreed.iter().map(|(_, answer)| answer.clone()).collect();
    answer.iter().for_each(check_extension);
    let fields = response_headers(&info.key, chosen.map(String::as_str), &answer);
    let head = read_response(&fields);
    let accepted = check_response((101, 1), &head, &info.key, &info.protocols, &info.extensions);
    match accepted {
        Ok(accepted) => {
            assert_eq!(accepted.protocol.as_ref(), chosen, "the subprotocol");
            assert_eq!(accepted.extensions, answer, "the extensions");
        }
        Err(HandshakeError::ProtocolNotChosen { count }) => {
            assert_eq!((chosen, count), (None, info.protocols.len()), "a choice");
        }
        Err(error) => panic!("a client refuses this server's answer: {error}"),
    }
    // The request that a client of ours would make of this is one that a server of ours takes.
    let fields = request_headers(&info.key, &info.protocols, &info.extensions);
    let fields = fields.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value.into()));
    let again = check_request("GET", 1, &Fields(fields.collect()));
    assert_eq!(again.as_ref(), Ok(info), "asked again");
}

/// Through the encoder and the parser.
fn read_response(fields: &[(&str, String)]) -> Headers {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
    let mut bytes = Vec::new();
    assert!(encode_switching_protocols(&fields, &mut bytes).is_ok(), "a 101 that can be sent");
    let mut parser = ResponseParser::new(ClientConfig::default(), RequestMethod::Other);
    let mut pos = 0;
    match parser.receive(&bytes, &mut pos) {
        Ok(Some(ClientEvent::Head(head))) => {
            assert_eq!((head.status, pos), (101, bytes.len()), "the head, and nothing else");
            head.headers
        }
        other => panic!("not a head: {other:?}"),
    }
}

fn offered(plan: &Plan) -> (Vec<String>, Vec<Extension>) {
    let protocols = if plan.flag(2) { vec!["chat".to_owned(), "b".to_owned()] } else { Vec::new() };
    let config = DeflateConfig::default();
    let offers = if plan.flag(3) { vec![deflate::offer(&config)] } else { Vec::new() };
    (protocols, offers)
}

fn response(stream: &[u8], plan: &Plan) {
    let mut parser = ResponseParser::new(ClientConfig::default(), RequestMethod::Other);
    let mut pos = 0;
    let head = loop {
        match parser.receive(stream, &mut pos) {
            Ok(Some(ClientEvent::Informational(_))) => {}
            Ok(Some(ClientEvent::Head(head))) => break head,
            _ => return,
        }
    };
    let (protocols, offers) = offered(plan);
    let minor = u8::from(head.version != Version::Http10);
    let checked = check_response((head.status, minor), &head.headers, KEY, &protocols, &offers);
    if let Ok(accepted) = checked {
        assert_eq!(head.status, 101, "the status");
        check_accepted(&accepted, &head.headers, &protocols, &offers);
        // What it comes to for the extension is that extension's business; it must not panic.
        if let Ok(Some(params)) = deflate::accept(&DeflateConfig::default(), &accepted.extensions) {
            assert!((8..=15).contains(&params.compress_bits), "a window");
            assert!((8..=15).contains(&params.inflate_bits), "a window");
        }
    }
}

fn check_accepted(
    accepted: &Accepted,
    headers: &impl HeaderLookup,
    protocols: &[String],
    offers: &[Extension],
) {
    assert_eq!(accept_key(KEY), ACCEPT, "RFC 6455 1.3");
    assert_eq!(only(headers, "sec-websocket-accept").as_deref(), Some(ACCEPT.as_bytes()));
    let upgrade = only(headers, "upgrade").unwrap_or_default();
    assert!(upgrade.eq_ignore_ascii_case(b"websocket"), "the one value of Upgrade");
    assert!(lists(headers, "connection", "upgrade"), "Connection: Upgrade");
    assert_eq!(accepted.protocol.is_some(), !protocols.is_empty(), "a choice, if there was one");
    assert!(accepted.protocol.iter().all(|chosen| protocols.contains(chosen)), "one offered");
    let chosen = only(headers, "sec-websocket-protocol");
    assert_eq!(chosen.as_deref(), accepted.protocol.as_ref().map(|chosen| chosen.as_bytes()));
    only(headers, "sec-websocket-extensions");
    for extension in &accepted.extensions {
        check_extension(extension);
        assert!(offers.iter().any(|offer| offer.name == extension.name), "one offered");
    }
}
