//! The client's side of the opening handshake, RFC 6455 section 4.1.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha1::{Digest as _, Sha1};

use crate::options::{Compression, Target};

/// RFC 6455 1.3.
const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Appends the upgrade request.
pub(crate) fn request(out: &mut Vec<u8>, target: &Target, key: [u8; 16]) {
    let Target { address, path, compression, .. } = target;
    let key = STANDARD.encode(key);
    let offer = match compression {
        Compression::None => "",
        Compression::Takeover => "Sec-WebSocket-Extensions: permessage-deflate\r\n",
        Compression::EachMessage => {
            "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; \
             client_no_context_takeover\r\n"
        }
    };
    let text = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{offer}\r\n"
    );
    out.extend_from_slice(text.as_bytes());
}

/// Checks the reply; returns its length once it is complete.
pub(crate) fn check(
    bytes: &[u8],
    key: [u8; 16],
    compression: Compression,
) -> Result<Option<usize>, String> {
    let mut fields = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut fields);
    let length = match response.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(format!("the handshake's reply is not HTTP: {error}")),
    };
    if response.code != Some(101) {
        return Err(format!("the upgrade was refused with status {:?}", response.code));
    }
    let field = |name: &str| {
        let found = response.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name));
        found.map(|field| field.value)
    };
    if !field("upgrade").is_some_and(|value| value.eq_ignore_ascii_case(b"websocket")) {
        return Err("the reply upgrades to something else than websocket".into());
    }
    if field("sec-websocket-accept") != Some(accept_key(key).as_bytes()) {
        return Err("Sec-WebSocket-Accept does not match the key that was sent".into());
    }
    if field("sec-websocket-protocol").is_some() {
        return Err("the server chose a subprotocol, and none was offered".into());
    }
    agreed(field("sec-websocket-extensions"), compression)?;
    Ok(Some(length))
}

/// RFC 7692 7.1: whether the server agreed to what was offered, and to nothing less. A server that
/// compresses otherwise than the others are asked to would be measured doing something else.
fn agreed(reply: Option<&[u8]>, compression: Compression) -> Result<(), String> {
    let reply = match (compression, reply) {
        (Compression::None, None) => return Ok(()),
        (Compression::None, Some(_)) => {
            return Err("the server chose an extension, and none was offered".into());
        }
        (_, None) => return Err("the server does not compress".into()),
        (_, Some(reply)) => String::from_utf8_lossy(reply),
    };
    let mut parts = reply.split(';').map(str::trim);
    let other = || Err(format!("the server agreed to another compression: {reply}"));
    if parts.next() != Some("permessage-deflate") {
        return other();
    }
    let parameters: Vec<&str> = parts.collect();
    let has = |name| parameters.contains(&name);
    let [server, client] = ["server_no_context_takeover", "client_no_context_takeover"].map(has);
    let right = match compression {
        Compression::EachMessage => server,
        _ => !server && !client,
    };
    let known = parameters.iter().all(|parameter| {
        parameter.ends_with("_no_context_takeover") || *parameter == "server_max_window_bits=15"
    });
    if right && known { Ok(()) } else { other() }
}

fn accept_key(key: [u8; 16]) -> String {
    accept(STANDARD.encode(key).as_bytes())
}

/// RFC 6455 4.2.2: what a server must answer to a `Sec-WebSocket-Key`.
pub(crate) fn accept(key: &[u8]) -> String {
    STANDARD.encode(Sha1::new().chain_update(key).chain_update(GUID).finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 16] = *b"the sample nonce";

    fn reply(status: &str, accept: &str, more: &str) -> String {
        format!(
            "HTTP/1.1 {status}\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Accept: {accept}\r\n{more}\r\n"
        )
    }

    #[test]
    fn the_accept_key_of_rfc_6455_section_1_3() {
        assert_eq!(accept_key(KEY), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn a_right_reply_is_taken_and_what_follows_it_left() {
        let mut bytes = reply("101 Switching Protocols", &accept_key(KEY), "").into_bytes();
        let length = bytes.len();
        assert_eq!(check(&bytes[..length - 1], KEY, Compression::None), Ok(None));
        bytes.extend_from_slice(&[0x81, 0x00]);
        assert_eq!(check(&bytes, KEY, Compression::None), Ok(Some(length)));
    }

    #[test]
    fn a_wrong_reply_is_refused() {
        let accept = accept_key(KEY);
        let extension = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
        assert!(check(reply("200 OK", &accept, "").as_bytes(), KEY, Compression::None).is_err());
        assert!(check(reply("101 X", "AAAA", "").as_bytes(), KEY, Compression::None).is_err());
        assert!(
            check(reply("101 X", &accept, extension).as_bytes(), KEY, Compression::None).is_err()
        );
        assert!(check(b"\0\0nonsense\r\n\r\n", KEY, Compression::None).is_err());
    }

    #[test]
    fn the_compression_that_was_asked_for_or_none() {
        use Compression::{EachMessage, None as Off, Takeover};
        let check = |reply: &str, compression| agreed(Some(reply.as_bytes()), compression).is_ok();
        let both = "permessage-deflate; client_no_context_takeover; server_no_context_takeover";
        assert!(check(both, EachMessage) && !check(both, Takeover) && !check(both, Off));
        assert!(check("permessage-deflate", Takeover) && !check("permessage-deflate", EachMessage));
        assert!(!check("x-deflate; server_no_context_takeover", EachMessage));
        assert!(!check("permessage-deflate; server_max_window_bits=9", Takeover));
        assert!(agreed(None, EachMessage).is_err() && agreed(None, Off).is_ok());
    }
}
