//! The client's side of the opening handshake, RFC 6455 section 4.1.

use std::net::SocketAddr;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha1::{Digest as _, Sha1};

/// RFC 6455 1.3.
const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Appends the upgrade request.
pub(crate) fn request(out: &mut Vec<u8>, address: SocketAddr, path: &str, key: [u8; 16]) {
    let key = STANDARD.encode(key);
    let text = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    );
    out.extend_from_slice(text.as_bytes());
}

/// Checks the reply; returns its length once it is complete.
pub(crate) fn check(bytes: &[u8], key: [u8; 16]) -> Result<Option<usize>, String> {
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
    if field("sec-websocket-extensions").is_some() || field("sec-websocket-protocol").is_some() {
        return Err("the server chose an extension or a subprotocol that was not offered".into());
    }
    Ok(Some(length))
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
        assert_eq!(check(&bytes[..length - 1], KEY), Ok(None));
        bytes.extend_from_slice(&[0x81, 0x00]);
        assert_eq!(check(&bytes, KEY), Ok(Some(length)));
    }

    #[test]
    fn a_wrong_reply_is_refused() {
        let accept = accept_key(KEY);
        let extension = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
        assert!(check(reply("200 OK", &accept, "").as_bytes(), KEY).is_err());
        assert!(check(reply("101 X", "AAAA", "").as_bytes(), KEY).is_err());
        assert!(check(reply("101 X", &accept, extension).as_bytes(), KEY).is_err());
        assert!(check(b"\0\0nonsense\r\n\r\n", KEY).is_err());
    }
}
