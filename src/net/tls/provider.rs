//! The cryptography, set up when TLS is first used.

use std::sync::{Arc, OnceLock};

use rustls::SupportedProtocolVersion;
use rustls::crypto::{CryptoProvider, ring};
use rustls::version::{TLS12, TLS13};

use super::options::{MaxVersion, MinVersion};

/// What rustls uses for all that is random, secret or signed.
pub(super) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    PROVIDER.get_or_init(|| Arc::new(ring::default_provider())).clone()
}

/// The versions that are spoken.
pub(super) fn versions(
    least: MinVersion,
    most: MaxVersion,
) -> &'static [&'static SupportedProtocolVersion] {
    static BOTH: [&SupportedProtocolVersion; 2] = [&TLS13, &TLS12];
    match (least, most) {
        (MinVersion::Tls12, MaxVersion::Tls13) => &BOTH,
        (MinVersion::Tls12, MaxVersion::Tls12) => &BOTH[1..],
        // Whoever wants both ends to be impossible is told so where options are read.
        (MinVersion::Tls13, _) => &BOTH[..1],
    }
}

/// What is spoken in TLS (ALPN).
pub(super) fn protocols() -> Vec<Vec<u8>> {
    vec![b"http/1.1".to_vec()]
}
