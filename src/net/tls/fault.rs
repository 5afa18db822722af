//! Why TLS failed, in terms that somebody can act on.

use std::error::Error;
use std::fmt;
use std::io;

use rustls::AlertDescription;

/// A failure, with a code as Node.js has it.
#[derive(Clone, Debug)]
pub struct Fault {
    /// A stable code: `CERT_HAS_EXPIRED`, `ERR_TLS_CERT_ALTNAME_INVALID`, …
    pub code: &'static str,
    /// A sentence for people: what is wrong, and the remedy.
    pub message: String,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Other,
    /// The peer has ended the connection and not said so.
    Truncated,
    /// What the peer has sent first is no TLS.
    NotTls(Vec<u8>),
}

impl Fault {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), kind: Kind::Other }
    }

    /// TLS is to begin on a connection that has plaintext to write.
    pub fn unwritten() -> Self {
        let message =
            "what was written to the socket before TLS has not left yet: wait for 'drain'";
        Self::new("ERR_INVALID_STATE", message)
    }

    pub(super) fn unreadable(option: &str, why: &str) -> Self {
        Self::new("ERR_INVALID_ARG_VALUE", format!("{option} cannot be read: {why}"))
    }

    pub(super) fn truncated() -> Self {
        let message = "the TLS connection ended without close_notify: the peer broke off, or \
                       somebody cut the connection";
        Self { kind: Kind::Truncated, ..Self::new("ERR_TLS_TRUNCATED", message) }
    }

    pub(super) fn not_tls(beginning: &[u8], is_server: bool) -> Self {
        let message = if is_server {
            "the server does not speak TLS on this port: use ws:, or the port where it does"
        } else {
            "the client does not speak TLS"
        };
        let kind = Kind::NotTls(beginning.to_vec());
        Self { kind, ..Self::new("ERR_SSL_WRONG_VERSION_NUMBER", message) }
    }

    /// The fault that an error of a transport comes from.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }

    /// Whether the peer has ended the connection without saying so in TLS. Protocols that know by
    /// themselves where they end need not care.
    pub fn is_truncation(&self) -> bool {
        matches!(self.kind, Kind::Truncated)
    }

    /// What a peer has sent that does not speak TLS.
    pub fn plain_beginning(&self) -> Option<&[u8]> {
        match &self.kind {
            Kind::NotTls(beginning) => Some(beginning),
            _ => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for Fault {}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        Self::other(fault)
    }
}

impl From<rustls::Error> for Fault {
    fn from(error: rustls::Error) -> Self {
        use rustls::{CertificateError, Error as Tls};
        match error {
            Tls::InvalidCertificate(CertificateError::Other(other))
                if other.0.downcast_ref::<Self>().is_some() =>
            {
                // Our own verifier has said why.
                other.0.downcast_ref::<Self>().cloned().unwrap_or_else(Self::truncated)
            }
            Tls::InvalidCertificate(reason) => {
                Self::new("ERR_TLS_CERT", format!("the peer's certificate is refused: {reason}"))
            }
            Tls::NoCertificatesPresented => Self::new(
                "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE",
                "the peer has shown no certificate, and the server asks for one (option \
                 tls.requestCert)",
            ),
            Tls::AlertReceived(alert) => {
                let (code, why) = received(alert);
                Self::new(code, format!("the peer refused the TLS connection: {why}"))
            }
            Tls::PeerIncompatible(why) => {
                let message = format!("no TLS version or cipher suite is common to both: {why:?}");
                Self::new("ERR_SSL_NO_SHARED_CIPHER", message)
            }
            Tls::NoApplicationProtocol => Self::new(
                "ERR_SSL_NO_APPLICATION_PROTOCOL",
                "the peer offers no protocol that is spoken here (ALPN): offer http/1.1",
            ),
            Tls::DecryptError => Self::new(
                "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
                "a TLS record was changed on its way, or is not a TLS record",
            ),
            other => Self::new("EPROTO", format!("the peer broke the TLS protocol: {other}")),
        }
    }
}

/// The code of an alert as OpenSSL, and so Node.js, has it, and what it means.
fn received(alert: AlertDescription) -> (&'static str, String) {
    let (code, why) = match alert {
        AlertDescription::HandshakeFailure => (
            "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
            "no TLS version, cipher suite or kind of key is common to both",
        ),
        AlertDescription::ProtocolVersion => (
            "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
            "it accepts no TLS version that is spoken here (1.2 and 1.3, option tls.minVersion)",
        ),
        AlertDescription::UnknownCA => (
            "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA",
            "it does not know the authority that has signed our certificate",
        ),
        AlertDescription::BadCertificate => {
            ("ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "it does not accept our certificate")
        }
        AlertDescription::CertificateExpired => {
            ("ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", "our certificate has expired")
        }
        AlertDescription::CertificateUnknown => {
            ("ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN", "it does not accept our certificate")
        }
        AlertDescription::UnsupportedCertificate => (
            "ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
            "our certificate is not of a kind that it takes",
        ),
        AlertDescription::CertificateRequired => (
            "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
            "it asks for a certificate of ours (options tls.cert and tls.key)",
        ),
        AlertDescription::AccessDenied => {
            ("ERR_SSL_TLSV1_ALERT_ACCESS_DENIED", "our certificate gives no access")
        }
        AlertDescription::UnrecognisedName => (
            "ERR_SSL_TLSV1_UNRECOGNIZED_NAME",
            "it has no certificate for that name (option tls.servername)",
        ),
        AlertDescription::NoApplicationProtocol => {
            ("ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", "it does not speak http/1.1 (ALPN)")
        }
        AlertDescription::DecryptError => {
            ("ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR", "a signature or a key does not fit")
        }
        AlertDescription::InternalError => {
            ("ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR", "it has a problem of its own")
        }
        other => return ("ERR_SSL_ALERT", format!("{other:?}")),
    };
    (code, why.to_owned())
}
