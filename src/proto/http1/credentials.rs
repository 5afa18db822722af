//! Basic authentication (RFC 7617): the value of `Authorization` and `Proxy-Authorization`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

/// The credentials of the scheme Basic for a name and a password, as they are on the wire.
pub fn basic_credentials(name: &[u8], password: &[u8]) -> String {
    format!("Basic {}", BASE64.encode([name, b":", password].concat()))
}

#[cfg(test)]
mod tests {
    use super::basic_credentials;

    #[test]
    fn the_examples_of_the_rfc_come_out() {
        assert_eq!(
            basic_credentials(b"Aladdin", b"open sesame"),
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
        assert_eq!(basic_credentials(b"test", "123\u{a3}".as_bytes()), "Basic dGVzdDoxMjPCow==");
    }
}
