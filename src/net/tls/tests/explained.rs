//! What is said of certificates that are refused.

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};

use super::{Acceptor, ClientTls, Connector, End, Fault, ServerTls, exchange};
use crate::net::tls::NamedIdentity;

/// A certificate that has signed itself.
fn identity(common_name: &str, names: Vec<String>) -> NamedIdentity {
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    let key = KeyPair::generate().unwrap();
    NamedIdentity {
        cert: Some(params.self_signed(&key).unwrap().pem().into_bytes()),
        key: Some(key.serialize_pem().into_bytes()),
        ..NamedIdentity::default()
    }
}

/// Why a client that trusts `ca` does not trust a server with this identity.
fn refusal(identity: NamedIdentity, ca: Vec<Vec<u8>>) -> Fault {
    let acceptor = Acceptor::new(&ServerTls { identity, ..ServerTls::default() }).unwrap();
    let connector = Connector::new(&ClientTls { ca, ..ClientTls::default() }, "localhost").unwrap();
    let mut client = End::new(connector.session().unwrap());
    let mut server = End::new(acceptor.session().unwrap());
    exchange(&mut client, &mut server, usize::MAX).unwrap_err()
}

#[test]
fn a_server_cannot_have_a_log_filled_by_the_names_in_its_certificate() {
    let names = (0..900).map(|index| format!("name-{index}.example.com")).collect();
    let large = identity(&"x".repeat(5000), names);
    let ca = vec![large.cert.clone().unwrap()];
    let fault = refusal(large.clone(), ca);
    assert_eq!(fault.code, "ERR_TLS_CERT_ALTNAME_INVALID");
    assert!(fault.message.contains("DNS:name-0.example.com") && fault.message.contains('…'));
    assert!(fault.message.len() < 1000, "{} bytes", fault.message.len());
    let other = identity("other", Vec::new()).cert.unwrap();
    let fault = refusal(large, vec![other]);
    assert_eq!(fault.code, "DEPTH_ZERO_SELF_SIGNED_CERT");
    assert!(fault.message.len() < 1000, "{} bytes", fault.message.len());
}

#[test]
fn a_certificate_does_not_move_the_cursor_of_a_terminal() {
    let hostile = identity("a\u{1b}[2J\nkrandog: warn: b", vec!["localhost".to_owned()]);
    let other = identity("other", Vec::new()).cert.unwrap();
    let message = refusal(hostile, vec![other]).message;
    assert!(message.contains("a[2Jkrandog"), "{message}");
    assert!(!message.contains(|character: char| character.is_control()), "{message:?}");
}
