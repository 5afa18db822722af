//! Sessions of accepted connections.

use std::collections::HashMap;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring::Ticketer;
use rustls::server::{
    ClientHello, ResolvesServerCert, UnbufferedServerConnection, WebPkiClientVerifier,
};
use rustls::sign::CertifiedKey;

use super::client::store;
use super::describe::fingerprint;
use super::fault::Fault;
use super::identity::{certificates, certified, identity};
use super::options::ServerTls;
use super::provider::{protocols, provider, versions};
use super::session::Session;

/// Begins sessions with clients.
#[derive(Clone)]
pub struct Acceptor {
    config: Arc<ServerConfig>,
    /// The default certificate, in DER.
    certificate: Option<Vec<u8>>,
}

impl Acceptor {
    /// Reads and checks what a script gave.
    pub fn new(options: &ServerTls) -> Result<Self, Fault> {
        let mut named = HashMap::new();
        for (host, given) in &options.sni {
            let path = format!("tls.sni['{host}'].");
            let Some(own) = identity(given, &path)? else {
                let message = format!("option tls.sni['{host}'] needs cert and key, or pfx");
                return Err(Fault::new("ERR_INVALID_ARG_VALUE", message));
            };
            named.insert(host.to_ascii_lowercase(), Arc::new(certified(&own, &path)?));
        }
        let own = identity(&options.identity, "tls.")?;
        let certificate = own.as_ref().and_then(|own| Some(own.chain.first()?.to_vec()));
        let default = own.as_ref().map(|own| certified(own, "tls.")).transpose()?.map(Arc::new);
        if default.is_none() && named.is_empty() {
            let message = "a server that speaks TLS needs a certificate and its key: options \
                           tls.cert and tls.key, or tls.pfx; `krandog --tls-self-signed` makes \
                           one for development";
            return Err(Fault::new("ERR_INVALID_ARG_VALUE", message));
        }
        let builder = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(versions(options.min_version, options.max_version))?;
        let builder = if options.request_cert {
            let mut trusted = own.map(|own| own.authorities).unwrap_or_default();
            for ca in &options.ca {
                trusted.extend(certificates(ca, "option tls.ca")?);
            }
            if trusted.is_empty() {
                let message = "option tls.requestCert needs tls.ca: the authorities that have \
                               signed the clients' certificates";
                return Err(Fault::new("ERR_INVALID_ARG_VALUE", message));
            }
            let roots = Arc::new(store(&trusted)?);
            let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider());
            let verifier =
                if options.accepts_anonymous { verifier.allow_unauthenticated() } else { verifier };
            let verifier = verifier.build().map_err(|error| {
                Fault::new("ERR_INVALID_ARG_VALUE", format!("option tls.ca: {error}"))
            })?;
            builder.with_client_cert_verifier(verifier)
        } else {
            builder.with_no_client_auth()
        };
        let mut config = builder.with_cert_resolver(Arc::new(Names { named, default }));
        config.alpn_protocols = options.protocols.clone().unwrap_or_else(protocols);
        // Tickets keep sessions with the clients, so that any number can be resumed. The key is this
        // server's own: whoever another one has let in is checked again.
        config.ticketer = Ticketer::new()?;
        Ok(Self { config: Arc::new(config), certificate })
    }

    /// The SHA-256 of the certificate, as it is shown to clients that ask for no name.
    pub fn fingerprint(&self) -> Option<String> {
        self.certificate.as_deref().map(fingerprint)
    }

    /// A new session.
    pub fn session(&self) -> Result<Session, Fault> {
        let connection = UnbufferedServerConnection::new(self.config.clone());
        connection.map(Session::server).map_err(Fault::from)
    }
}

impl std::fmt::Debug for Acceptor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Acceptor").finish_non_exhaustive()
    }
}

/// Which certificate is for which name.
#[derive(Debug)]
struct Names {
    /// In lower case; `*.example.com` is for all names one level below.
    named: HashMap<String, Arc<CertifiedKey>>,
    default: Option<Arc<CertifiedKey>>,
}

impl ResolvesServerCert for Names {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let named = hello.server_name().and_then(|name| {
            let name = name.to_ascii_lowercase();
            let below = || {
                let (_, domain) = name.split_once('.')?;
                self.named.get(&format!("*.{domain}"))
            };
            self.named.get(&name).or_else(below)
        });
        named.or(self.default.as_ref()).cloned()
    }
}
