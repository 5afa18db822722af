//! The authorities that the system trusts, loaded when the first connection needs them.

use std::sync::{Arc, OnceLock};

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

/// Adds certificates of authorities to those of the system, as in Node.js.
const EXTRA: &str = "NODE_EXTRA_CA_CERTS";

/// The system's authorities: those of `SSL_CERT_FILE` and `SSL_CERT_DIR` if these are set, and those
/// of `NODE_EXTRA_CA_CERTS` in any case.
pub(super) fn system_roots() -> Arc<RootCertStore> {
    static ROOTS: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    ROOTS.get_or_init(|| Arc::new(load())).clone()
}

fn load() -> RootCertStore {
    let loaded = rustls_native_certs::load_native_certs();
    for error in &loaded.errors {
        log::warn!("cannot load certificates of authorities: {error}");
    }
    let mut roots = RootCertStore::empty();
    let (known, ignored) = roots.add_parsable_certificates(loaded.certs);
    log::debug!("{known} authorities of the system are trusted, {ignored} could not be read");
    if let Some(path) = std::env::var_os(EXTRA).filter(|path| !path.is_empty()) {
        let path = std::path::PathBuf::from(path);
        match CertificateDer::pem_file_iter(&path) {
            Ok(certificates) => {
                let (known, _) = roots.add_parsable_certificates(certificates.flatten());
                if known == 0 {
                    log::warn!("{EXTRA} has no certificate: {}", path.display());
                }
            }
            Err(error) => log::warn!("cannot read {EXTRA} {}: {error}", path.display()),
        }
    }
    roots
}
