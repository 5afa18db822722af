//! TLS of the load client, by rustls with its own buffers: only the server is measured.

use std::fs;
use std::sync::Arc;

use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, HandshakeKind, RootCertStore};

use crate::failure::Failure;
use crate::options::TlsTarget;
use crate::report::Report;

/// Where connections get their TLS from, and what came of it.
#[derive(Debug)]
pub(crate) struct Tls {
    /// One for all, or one for each connection that is to resume its own sessions.
    configs: Vec<Arc<ClientConfig>>,
    /// Which connections have a session of theirs to resume.
    known: Vec<bool>,
    resumes: bool,
    full: u64,
    resumed: u64,
    /// Version and cipher suite of the last handshake.
    agreed: String,
}

impl Tls {
    /// For `count` connections. The certificate in `target.ca` is the only one that is trusted.
    pub(crate) fn new(target: &TlsTarget, count: usize) -> Result<Self, Failure> {
        let pem =
            fs::read(&target.ca).map_err(Failure::system(format!("reading {}", target.ca)))?;
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            let added = certificate
                .map_err(|error| error.to_string())
                .and_then(|certificate| roots.add(certificate).map_err(|error| error.to_string()));
            added.map_err(|error| Failure::Usage(format!("--ca {}: {error}", target.ca)))?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| Failure::Usage(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let config = |resumption| {
            let mut config = config.clone();
            config.resumption = resumption;
            Arc::new(config)
        };
        let configs = if target.resume {
            // A connection uses each ticket once, as clients should (RFC 8446 C.4).
            let each = || config(Resumption::in_memory_sessions(1));
            std::iter::repeat_with(each).take(count).collect()
        } else {
            vec![config(Resumption::disabled())]
        };
        let known = vec![false; count];
        let (resumes, agreed) = (target.resume, String::new());
        Ok(Self { configs, known, resumes, full: 0, resumed: 0, agreed })
    }

    /// A session of connection `id`, to be begun.
    pub(crate) fn session(&self, id: usize) -> Result<ClientConnection, Failure> {
        let config = self.configs.get(id).unwrap_or(&self.configs[0]);
        ClientConnection::new(config.clone(), ServerName::from(std::net::Ipv4Addr::LOCALHOST))
            .map_err(|error| Failure::protocol(id, error.to_string()))
    }

    /// The handshake of connection `id` is done. Insists on the kind that is to be measured.
    pub(crate) fn established(
        &mut self,
        id: usize,
        session: &ClientConnection,
    ) -> Result<(), Failure> {
        let resumed = session.handshake_kind() == Some(HandshakeKind::Resumed);
        if resumed != self.known[id] {
            let what = if resumed { "was resumed" } else { "was not resumed" };
            return Err(Failure::protocol(id, format!("the TLS session {what}")));
        }
        *(if resumed { &mut self.resumed } else { &mut self.full }) += 1;
        self.known[id] = self.resumes;
        let version = session.protocol_version();
        let suite = session.negotiated_cipher_suite().map(|suite| suite.suite());
        self.agreed = match (version, suite) {
            (Some(version), Some(suite)) => format!("{version:?} {suite:?}"),
            _ => return Err(Failure::protocol(id, "a handshake without a cipher suite")),
        };
        Ok(())
    }

    /// Adds what was agreed, and how many handshakes there were.
    pub(crate) fn report(&self, report: &mut Report) {
        report.text("tls", &self.agreed);
        report.count("full_handshakes", self.full);
        report.count("resumed_handshakes", self.resumed);
    }
}

/// AES with keys of 128 bits first, as browsers have it.
fn provider() -> CryptoProvider {
    let mut provider = ring::default_provider();
    provider.cipher_suites.sort_by_key(|suite| {
        !matches!(suite.suite(), rustls::CipherSuite::TLS13_AES_128_GCM_SHA256)
    });
    provider
}
