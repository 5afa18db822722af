//! A certificate for localhost that nobody has signed but itself, for development.

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};

use super::fault::Fault;
use super::options::NamedIdentity;

/// A new key and a certificate of it, for `localhost` and the loopback addresses, in PEM.
pub fn self_signed() -> Result<NamedIdentity, Fault> {
    make().map_err(|error| {
        let message = format!("cannot make a certificate for development: {error}");
        Fault::new("ERR_TLS_SELF_SIGNED", message)
    })
}

fn make() -> Result<NamedIdentity, rcgen::Error> {
    let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "localhost (krandog, for development)");
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok(NamedIdentity {
        cert: Some(certificate.pem().into_bytes()),
        key: Some(key.serialize_pem().into_bytes()),
        ..NamedIdentity::default()
    })
}
