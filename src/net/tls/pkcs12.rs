//! A certificate and its key out of PKCS#12 (RFC 7292), the format of `.p12` and `.pfx` files.

use p12_keystore::{Certificate, KeyStore, Pkcs12ImportPolicy};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::fault::Fault;

/// The certificates of the first key of a file, and the key.
pub(super) fn read(
    bytes: &[u8],
    passphrase: &str,
    option: &str,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Fault> {
    let store = KeyStore::from_pkcs12(bytes, passphrase, Pkcs12ImportPolicy::Relaxed);
    let store = store.map_err(|error| match error {
        p12_keystore::error::Error::MacError(_) => Fault::unreadable(
            option,
            "the passphrase is wrong (option passphrase), or it is damaged",
        ),
        other => {
            Fault::unreadable(option, &format!("it is no PKCS#12 that is known here: {other}"))
        }
    })?;
    let Some((_, chain)) = store.private_key_chain() else {
        return Err(Fault::unreadable(option, "it has no private key"));
    };
    let der = |certificate: &Certificate| CertificateDer::from(certificate.as_der().to_vec());
    if chain.certs().is_empty() {
        return Err(Fault::unreadable(option, "it has no certificate for its key"));
    }
    let key = PrivatePkcs8KeyDer::from(chain.key().as_der().to_vec());
    Ok((chain.certs().iter().map(der).collect(), key.into()))
}
