//! TLS 1.2 and 1.3 by rustls, as one more way to carry a connection's bytes.
//!
//! ```text
//! fault, options     why TLS failed; what a script asks for
//! describe           what a certificate says of itself
//! identity, pkcs12   certificates and keys, out of PEM, DER and PKCS#12
//! provider, roots    the cryptography; the authorities that the system trusts
//! verify             whether a server is who it should be, and if not, why not
//! records            records on their way out
//! session            one connection without its socket: sans-IO
//! client, server     where sessions come from
//! self_signed        a certificate for development
//! stream             a session on a socket
//! ```
//!
//! None of it is touched, no authority loaded and no cryptography set up, before the first use.

mod client;
mod describe;
mod fault;
mod identity;
mod options;
mod pkcs12;
mod provider;
mod records;
mod roots;
mod self_signed;
mod server;
mod session;
mod stream;
mod verify;

#[cfg(test)]
mod tests;

pub use client::{Connector, check_server};
pub use describe::{Certificate, fingerprint};
pub use fault::Fault;
pub use options::{ClientTls, MaxVersion, MinVersion, NamedIdentity, ServerTls};
pub use records::Records;
pub use roots::root_certificates;
pub use self_signed::self_signed;
pub use server::Acceptor;
pub use session::{Session, SessionFacts};
pub use stream::Tls;
