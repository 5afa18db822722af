//! Whether a server is who it should be; if it is not, why, with Node's code and the remedy.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};

use super::describe::{Certificate, brief};
use super::fault::Fault;
use super::provider::provider;

/// Checks certificates, and that the server has the key of the one that it shows.
#[derive(Debug)]
pub(super) struct Verifier {
    accepts: Accepts,
    algorithms: WebPkiSupportedAlgorithms,
}

#[derive(Debug)]
enum Accepts {
    /// Any certificate, as `rejectUnauthorized: false` has it.
    Any,
    /// What browsers do: authority, name, dates, signatures.
    Known {
        webpki: Arc<WebPkiServerVerifier>,
        /// Certificates that were given as authorities. A server may show one of them itself, even if
        /// it says that it signs others, as those of `openssl req -x509` do.
        trusted: Vec<CertificateDer<'static>>,
    },
}

impl Verifier {
    /// Takes any certificate.
    pub(super) fn of_any() -> Self {
        Self::of(Accepts::Any)
    }

    /// Takes what these authorities have signed.
    pub(super) fn new(
        roots: Arc<RootCertStore>,
        trusted: Vec<CertificateDer<'static>>,
    ) -> Result<Self, Fault> {
        let webpki = WebPkiServerVerifier::builder_with_provider(roots, provider()).build();
        let webpki = webpki.map_err(|_| {
            Fault::new(
                "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
                "no authority is known that could have signed a certificate: install the \
                 system's (package ca-certificates), or name a file with SSL_CERT_FILE or \
                 option tls.ca",
            )
        })?;
        Ok(Self::of(Accepts::Known { webpki, trusted }))
    }

    fn of(accepts: Accepts) -> Self {
        Self { accepts, algorithms: provider().signature_verification_algorithms }
    }

    /// Checks a certificate that is trusted by itself.
    fn check_trusted(
        leaf: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<(), CertificateError> {
        let parsed = ParsedCertificate::try_from(leaf);
        let known = Certificate::parse(leaf);
        let (Ok(parsed), Some(known)) = (parsed, known) else {
            return Err(CertificateError::BadEncoding);
        };
        let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        if seconds < known.valid.0 {
            return Err(CertificateError::NotValidYet);
        }
        if seconds > known.valid.1 {
            return Err(CertificateError::Expired);
        }
        match rustls::client::verify_server_name(&parsed, name) {
            Err(Error::InvalidCertificate(reason)) => Err(reason),
            Err(_) => Err(CertificateError::BadEncoding),
            Ok(()) => Ok(()),
        }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let checked = match &self.accepts {
            Accepts::Any => Ok(()),
            Accepts::Known { trusted, .. } if trusted.iter().any(|known| known == end_entity) => {
                Self::check_trusted(end_entity, server_name, now).map_err(Error::InvalidCertificate)
            }
            Accepts::Known { webpki, .. } => webpki
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .map(|_| ()),
        };
        match checked {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(Error::InvalidCertificate(reason)) => {
                let fault = explain(&reason, end_entity, intermediates, server_name);
                Err(Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(fault)))))
            }
            Err(other) => Err(other),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// Why a certificate is refused.
fn explain(
    reason: &CertificateError,
    leaf: &CertificateDer<'_>,
    chain: &[CertificateDer<'_>],
    name: &ServerName<'_>,
) -> Fault {
    let host = name.to_str();
    let known = Certificate::parse(leaf).unwrap_or_default();
    let what = format!("the certificate of {host} ({})", known.shown_subject());
    match reason {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            // It may be one of the chain.
            let (what, until) = match expired(chain, &known) {
                Some(other) => (
                    format!("a certificate in the chain of {host} ({})", other.shown_subject()),
                    other.valid_to,
                ),
                None => (what, known.valid_to),
            };
            Fault::new(
                "CERT_HAS_EXPIRED",
                format!(
                    "{what} expired on {until}: the server needs a new one, unless the clock of \
                     this machine is wrong"
                ),
            )
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Fault::new(
            "CERT_NOT_YET_VALID",
            format!(
                "{what} is not valid before {}: the clock of this machine or of the one that made \
                 it is wrong",
                known.valid_from
            ),
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            let names = known.subject_alt_name.as_deref();
            let names = brief(names.unwrap_or("no subjectAltName, and the CN is not looked at"));
            Fault::new(
                "ERR_TLS_CERT_ALTNAME_INVALID",
                format!(
                    "{what} is for other names ({names}): connect to one of them, or name the \
                     one to expect in option tls.servername"
                ),
            )
        }
        CertificateError::UnknownIssuer => unknown_issuer(&what, &known, chain),
        CertificateError::BadSignature => Fault::new(
            "CERT_SIGNATURE_FAILURE",
            format!("{what} names {} as its issuer, which has not signed it", known.shown_issuer()),
        ),
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => Fault::new(
            "ERR_SSL_CA_MD_TOO_WEAK",
            format!(
                "{what}, or one in its chain, is signed in a way that is too weak (such as SHA-1) \
                 or not known here: the server needs a new one"
            ),
        ),
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            Fault::new(
                "INVALID_PURPOSE",
                format!(
                    "{what} is not for servers (extendedKeyUsage lacks serverAuth): the server \
                     needs another one"
                ),
            )
        }
        _ if known.is_self_signed() => unknown_issuer(&what, &known, chain),
        other => Fault::new("ERR_TLS_CERT", format!("{what} is refused: {other}")),
    }
}

/// The certificate that has expired, if it is not the server's own.
fn expired(chain: &[CertificateDer<'_>], leaf: &Certificate) -> Option<Certificate> {
    let now = i64::try_from(UnixTime::now().as_secs()).unwrap_or(i64::MAX);
    if leaf.valid.1 < now {
        return None;
    }
    chain.iter().filter_map(|der| Certificate::parse(der)).find(|known| known.valid.1 < now)
}

fn unknown_issuer(what: &str, leaf: &Certificate, chain: &[CertificateDer<'_>]) -> Fault {
    let remedy = "name it in option tls.ca or NODE_EXTRA_CA_CERTS if you trust it";
    if leaf.is_self_signed() {
        let message = format!("{what} is signed by itself: {remedy}");
        return Fault::new("DEPTH_ZERO_SELF_SIGNED_CERT", message);
    }
    let last = chain.last().and_then(|der| Certificate::parse(der));
    match last {
        None => Fault::new(
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
            format!(
                "{what} is signed by {}, which is not known here, and the server does not send \
                 its certificate: have the server send its whole chain, or {remedy}",
                leaf.shown_issuer()
            ),
        ),
        Some(last) if last.is_self_signed() => Fault::new(
            "SELF_SIGNED_CERT_IN_CHAIN",
            format!(
                "{what} goes back to an authority that is not known here ({}): {remedy}",
                last.shown_subject()
            ),
        ),
        Some(last) => Fault::new(
            "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            format!(
                "{what} goes back to an authority that is not known here ({}): {remedy}",
                last.shown_issuer()
            ),
        ),
    }
}
