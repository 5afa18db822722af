//! What a script asks of TLS, as it gave it: nothing has been read or checked.

use std::fmt;

/// The oldest version to speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MinVersion {
    /// TLS 1.2: what everybody has.
    #[default]
    Tls12,
    /// TLS 1.3.
    Tls13,
}

/// The newest version to speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MaxVersion {
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3: the newest there is.
    #[default]
    Tls13,
}

/// A certificate with its chain, and its key: each in PEM or DER, or both in PKCS#12.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NamedIdentity {
    /// The certificate and those that lead from it to an authority.
    pub cert: Option<Vec<u8>>,
    /// The private key.
    pub key: Option<Vec<u8>>,
    /// PKCS#12 in place of both.
    pub pfx: Option<Vec<u8>>,
    /// What `pfx` is encrypted with.
    pub passphrase: Option<String>,
}

/// The TLS of an outgoing connection.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ClientTls {
    /// The authorities to trust, in place of the system's.
    pub ca: Vec<Vec<u8>>,
    /// Who this side is, for servers that ask.
    pub identity: NamedIdentity,
    /// The name to ask for and to check, in place of the URL's.
    pub servername: Option<String>,
    /// Whether any certificate will do.
    pub accepts_any: bool,
    /// Whether whoever connects checks the certificate, once the handshake is done.
    pub checks_later: bool,
    /// The oldest version to speak.
    pub min_version: MinVersion,
    /// The newest.
    pub max_version: MaxVersion,
    /// What may be spoken (ALPN); without a list, HTTP.
    pub protocols: Option<Vec<Vec<u8>>>,
}

/// The TLS of a server.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ServerTls {
    /// Who it is.
    pub identity: NamedIdentity,
    /// Who it is under other names: `*.example.com` is for all names below.
    pub sni: Vec<(String, NamedIdentity)>,
    /// The authorities of clients' certificates.
    pub ca: Vec<Vec<u8>>,
    /// Whether clients are asked for a certificate.
    pub request_cert: bool,
    /// Whether those that have none may come in all the same.
    pub accepts_anonymous: bool,
    /// The oldest version to speak.
    pub min_version: MinVersion,
    /// The newest.
    pub max_version: MaxVersion,
    /// What may be spoken (ALPN); without a list, HTTP.
    pub protocols: Option<Vec<Vec<u8>>>,
}

impl ClientTls {
    /// The same for another server than the one that was meant: what this side is called and what
    /// that one is called is not for it.
    #[must_use]
    pub fn for_another_server(&self) -> Self {
        Self { identity: NamedIdentity::default(), servername: None, ..self.clone() }
    }
}

impl NamedIdentity {
    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.cert.is_none() && self.key.is_none() && self.pfx.is_none()
    }
}

/// Keys and passphrases are not for logs.
impl fmt::Debug for NamedIdentity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("NamedIdentity").finish_non_exhaustive()
    }
}

impl fmt::Debug for ClientTls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ClientTls").finish_non_exhaustive()
    }
}

impl fmt::Debug for ServerTls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ServerTls").finish_non_exhaustive()
    }
}
