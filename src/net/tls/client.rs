//! Sessions of outgoing connections.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::client::{Resumption, UnbufferedClientConnection};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, RootCertStore};

use super::fault::Fault;
use super::identity::{certificates, identity};
use super::options::ClientTls;
use super::provider::{protocols, provider, versions};
use super::roots::{Authorities, system};
use super::session::Session;
use super::verify::Verifier;
use crate::limits::{TLS_CLIENT_CONFIGS_KEPT, TLS_SESSIONS_KEPT};

/// Begins sessions with one server.
#[derive(Clone)]
pub struct Connector {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
}

thread_local! {
    /// What was made of options, the latest last: connections with the same options share the
    /// sessions that they can resume.
    static CONFIGS: RefCell<Vec<(ClientTls, Arc<ClientConfig>)>> = const { RefCell::new(Vec::new()) };
    /// It was said that certificates are not checked.
    static WARNED: Cell<bool> = const { Cell::new(false) };
}

impl Connector {
    /// For a server at `host`: a name, or an address without brackets.
    pub fn new(options: &ClientTls, host: &str) -> Result<Self, Fault> {
        let name = options.servername.as_deref().unwrap_or(host);
        let name = ServerName::try_from(name.to_owned()).map_err(|_| {
            let message = format!("'{name}' is not a name that a certificate can be for");
            Fault::new("ERR_INVALID_ARG_VALUE", message)
        })?;
        if options.accepts_any && !WARNED.replace(true) {
            log::warn!(
                "TLS certificates are not checked (option tls.rejectUnauthorized: false): anybody \
                 on the way can read and change what is sent to {host}; name the authority with \
                 tls.ca instead"
            );
        }
        Ok(Self { config: config(options)?, name })
    }

    /// A new session.
    pub fn session(&self) -> Result<Session, Fault> {
        UnbufferedClientConnection::new(self.config.clone(), self.name.clone())
            .map(Session::client)
            .map_err(Fault::from)
    }
}

/// Whether sessions of both are alike: made of the same options, for the same name.
impl PartialEq for Connector {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.config, &other.config) && self.name == other.name
    }
}

impl std::fmt::Debug for Connector {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Connector").field("name", &self.name).finish_non_exhaustive()
    }
}

fn config(options: &ClientTls) -> Result<Arc<ClientConfig>, Fault> {
    // The name is not in it.
    let key = ClientTls { servername: None, ..options.clone() };
    CONFIGS.with_borrow_mut(|kept| {
        if let Some(at) = kept.iter().position(|(known, _)| *known == key) {
            kept[at..].rotate_left(1);
            return Ok(kept[kept.len() - 1].1.clone());
        }
        let config = Arc::new(make(&key)?);
        if kept.len() == TLS_CLIENT_CONFIGS_KEPT {
            kept.remove(0);
        }
        kept.push((key, config.clone()));
        Ok(config)
    })
}

fn make(options: &ClientTls) -> Result<ClientConfig, Fault> {
    let builder = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(versions(options.min_version, options.max_version))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier(options)?));
    let mut config = match identity(&options.identity, "tls.")? {
        Some(own) => builder.with_client_auth_cert(own.chain, own.key).map_err(Fault::from)?,
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = options.protocols.clone().unwrap_or_else(protocols);
    config.resumption = Resumption::in_memory_sessions(TLS_SESSIONS_KEPT);
    Ok(config)
}

/// Whether certificates, of which the first is the server's own, are those of `host` as these options
/// have it: what `checks_later` has left to do.
pub fn check_server(options: &ClientTls, host: &str, chain: &[Vec<u8>]) -> Result<(), Fault> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| {
        let message = format!("'{host}' is not a name that a certificate can be for");
        Fault::new("ERR_INVALID_ARG_VALUE", message)
    })?;
    let options = ClientTls { accepts_any: false, checks_later: false, ..options.clone() };
    let chain: Vec<CertificateDer<'_>> =
        chain.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let Some((leaf, rest)) = chain.split_first() else {
        return Err(Fault::from(rustls::Error::NoCertificatesPresented));
    };
    let checked = verifier(&options)?.verify_server_cert(leaf, rest, &name, &[], UnixTime::now());
    checked.map(drop).map_err(Fault::from)
}

fn verifier(options: &ClientTls) -> Result<Verifier, Fault> {
    if options.accepts_any || options.checks_later {
        return Ok(Verifier::of_any());
    }
    if options.ca.is_empty() {
        let Authorities { roots, added } = system();
        return Verifier::new(roots.clone(), added.clone());
    }
    let mut trusted = Vec::new();
    for ca in &options.ca {
        trusted.extend(certificates(ca, "option tls.ca")?);
    }
    Verifier::new(Arc::new(store(&trusted)?), trusted)
}

/// Certificates as authorities.
pub(super) fn store(certificates: &[CertificateDer<'static>]) -> Result<RootCertStore, Fault> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        roots.add(certificate.clone()).map_err(|error| {
            let message = format!("option tls.ca has a certificate that cannot be used: {error}");
            Fault::new("ERR_INVALID_ARG_VALUE", message)
        })?;
    }
    Ok(roots)
}
