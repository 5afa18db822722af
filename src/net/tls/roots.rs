//! The authorities that the system trusts, loaded when the first connection needs them.

use std::sync::{Arc, OnceLock};

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

/// Adds certificates of authorities to those of the system, as in Node.js.
const EXTRA: &str = "NODE_EXTRA_CA_CERTS";

/// Who is trusted if a script does not say otherwise.
pub(super) struct Authorities {
    pub(super) roots: Arc<RootCertStore>,
    /// Those of them that somebody has added. A server may show one of them itself.
    pub(super) added: Vec<CertificateDer<'static>>,
}

/// The system's authorities: those of `SSL_CERT_FILE` and `SSL_CERT_DIR` if these are set, and those
/// of `NODE_EXTRA_CA_CERTS` in any case.
pub(super) fn system() -> &'static Authorities {
    static SYSTEM: OnceLock<Authorities> = OnceLock::new();
    SYSTEM.get_or_init(load)
}

/// The certificates of the system's authorities, in DER.
pub fn root_certificates() -> Vec<Vec<u8>> {
    let loaded = rustls_native_certs::load_native_certs();
    loaded.certs.iter().map(|certificate| certificate.to_vec()).collect()
}

fn load() -> Authorities {
    let loaded = rustls_native_certs::load_native_certs();
    for error in &loaded.errors {
        log::warn!("cannot load certificates of authorities: {error}");
    }
    let mut roots = RootCertStore::empty();
    let (known, ignored) = roots.add_parsable_certificates(loaded.certs);
    log::debug!("{known} authorities of the system are trusted, {ignored} could not be read");
    let added = added();
    roots.add_parsable_certificates(added.iter().cloned());
    Authorities { roots: Arc::new(roots), added }
}

fn added() -> Vec<CertificateDer<'static>> {
    let path = std::env::var_os(EXTRA).filter(|path| !path.is_empty());
    let Some(path) = path.map(std::path::PathBuf::from) else { return Vec::new() };
    match CertificateDer::pem_file_iter(&path) {
        Ok(certificates) => {
            let added: Vec<_> = certificates.flatten().collect();
            if added.is_empty() {
                log::warn!("{EXTRA} has no certificate: {}", path.display());
            }
            added
        }
        Err(error) => {
            log::warn!("cannot read {EXTRA} {}: {error}", path.display());
            Vec::new()
        }
    }
}
