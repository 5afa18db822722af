//! Certificates and private keys, out of PEM (RFC 7468) or DER, as text or bytes.

use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{
    CertificateDer, PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer,
};
use rustls::sign::CertifiedKey;

use super::describe::Certificate;
use super::fault::Fault;
use super::options::NamedIdentity;
use super::pkcs12;
use super::provider::provider;

/// A certificate, those that lead to its authority, and its key.
pub(super) struct Identity {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
    /// Authorities that PKCS#12 came with.
    pub(super) authorities: Vec<CertificateDer<'static>>,
}

/// What a script gave, read; `None` if it gave nothing. Options are called `path` and their name.
pub(super) fn identity(given: &NamedIdentity, path: &str) -> Result<Option<Identity>, Fault> {
    let NamedIdentity { cert, key, pfx, passphrase } = given;
    if let Some(pfx) = pfx {
        let passphrase = passphrase.as_deref().unwrap_or_default();
        let (chain, key) = pkcs12::read(pfx, passphrase, &format!("option {path}pfx"))?;
        let authorities = chain.iter().skip(1).cloned().collect();
        return Ok(Some(Identity { chain, key, authorities }));
    }
    match (cert, key) {
        (None, None) => Ok(None),
        (Some(cert), Some(key)) => Ok(Some(Identity {
            chain: certificates(cert, &format!("option {path}cert"))?,
            key: private_key(key, &format!("option {path}key"))?,
            authorities: Vec::new(),
        })),
        (Some(_), None) => Err(missing(path, "key", "cert")),
        (None, Some(_)) => Err(missing(path, "cert", "key")),
    }
}

fn missing(path: &str, missing: &str, given: &str) -> Fault {
    Fault::new(
        "ERR_INVALID_ARG_VALUE",
        format!("option {path}{given} is given without {path}{missing}: give both"),
    )
}

/// All certificates of a text in PEM, or the one in DER. There is at least one.
pub(super) fn certificates(
    bytes: &[u8],
    option: &str,
) -> Result<Vec<CertificateDer<'static>>, Fault> {
    if !is_pem(bytes) {
        let certificate = CertificateDer::from(bytes.to_vec());
        return match Certificate::parse(&certificate) {
            Some(_) => Ok(vec![certificate]),
            None => Err(Fault::unreadable(option, "it is neither PEM nor a certificate in DER")),
        };
    }
    let mut certificates = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(bytes) {
        let certificate = certificate.map_err(|error| Fault::unreadable(option, &told(&error)))?;
        if Certificate::parse(&certificate).is_none() {
            return Err(Fault::unreadable(option, "a certificate in it cannot be decoded"));
        }
        certificates.push(certificate);
    }
    if certificates.is_empty() {
        return Err(Fault::unreadable(option, "it has no -----BEGIN CERTIFICATE-----"));
    }
    Ok(certificates)
}

/// The private key of a text in PEM, or in DER: PKCS#8, PKCS#1 or SEC1.
fn private_key(bytes: &[u8], option: &str) -> Result<PrivateKeyDer<'static>, Fault> {
    if is_pem(bytes) {
        return PrivateKeyDer::from_pem_slice(bytes).map_err(|error| {
            let text = String::from_utf8_lossy(bytes);
            if text.contains("ENCRYPTED") {
                return Fault::unreadable(
                    option,
                    "the key is encrypted; decrypt it with `openssl pkey -in key.pem -out \
                     plain.pem`, or put it into PKCS#12 (options pfx and passphrase)",
                );
            }
            match error {
                pem::Error::NoItemsFound => {
                    Fault::unreadable(option, "it has no -----BEGIN PRIVATE KEY-----")
                }
                other => Fault::unreadable(option, &told(&other)),
            }
        });
    }
    let kinds: [PrivateKeyDer<'static>; 3] = [
        PrivatePkcs8KeyDer::from(bytes.to_vec()).into(),
        PrivatePkcs1KeyDer::from(bytes.to_vec()).into(),
        PrivateSec1KeyDer::from(bytes.to_vec()).into(),
    ];
    let usable = |key: &PrivateKeyDer<'static>| {
        provider().key_provider.load_private_key(key.clone_key()).is_ok()
    };
    kinds.into_iter().find(usable).ok_or_else(|| {
        Fault::unreadable(option, "it is neither PEM nor a key in DER that is known here")
    })
}

/// The certificate with its key, which has to fit.
pub(super) fn certified(identity: &Identity, path: &str) -> Result<CertifiedKey, Fault> {
    let chain = identity.chain.clone();
    CertifiedKey::from_der(chain, identity.key.clone_key(), &provider()).map_err(
        |error| match error {
            rustls::Error::InconsistentKeys(_) => Fault::new(
                "ERR_OSSL_X509_KEY_VALUES_MISMATCH",
                format!(
                    "option {path}key is not the key of {path}cert: the certificate of the key \
                     comes first, and those of its authorities behind it"
                ),
            ),
            other => Fault::new(
                "ERR_INVALID_ARG_VALUE",
                format!("option {path}key cannot be used: {other}"),
            ),
        },
    )
}

fn is_pem(bytes: &[u8]) -> bool {
    bytes.windows(11).any(|window| window == b"-----BEGIN ")
}

fn told(error: &pem::Error) -> String {
    match error {
        pem::Error::MissingSectionEnd { end_marker } => {
            format!("the line {} is missing", String::from_utf8_lossy(end_marker))
        }
        pem::Error::IllegalSectionStart { .. } => "a -----BEGIN line is broken".to_owned(),
        pem::Error::Base64Decode(why) => format!("its base64 is broken ({why})"),
        other => format!("{other:?}"),
    }
}
