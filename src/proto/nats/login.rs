//! What a client says of itself: CONNECT.

use std::fmt;

use super::error::PeerError;
use super::info::ServerInfo;
use super::json::{write_bare, write_text};
use super::nkey::Seed;

/// Who connects, and how.
#[derive(Clone, Debug, Default)]
pub struct Login {
    /// What the server shows for the connection.
    pub name: String,
    /// It hears what it publishes itself, if it has subscribed to that.
    pub echo: bool,
    /// TLS or nothing.
    pub needs_tls: bool,
    /// By what it proves who it is.
    pub proof: Proof,
}

/// By what a client proves who it is.
#[derive(Clone, Default)]
pub enum Proof {
    /// By nothing.
    #[default]
    None,
    /// By a word that all share.
    Token(String),
    /// By its name and a password.
    Password(String, String),
    /// By a signature of what the server wants to have signed.
    Key(Seed),
    /// The same by what an account has given it: the JWT of a file of credentials.
    Jwt(String, Seed),
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Secrets do not belong into a log.
        f.write_str(match self {
            Self::None => "None",
            Self::Token(_) => "Token(..)",
            Self::Password(..) => "Password(..)",
            Self::Key(_) => "Key(..)",
            Self::Jwt(..) => "Jwt(..)",
        })
    }
}

impl Login {
    /// Whether TLS is to begin behind INFO.
    pub(super) fn begins_tls(&self, info: &ServerInfo) -> Result<bool, PeerError> {
        if self.needs_tls && !info.tls_required && !info.tls_available {
            return Err(PeerError::NoTls);
        }
        if info.tls_required && !self.needs_tls {
            return Err(PeerError::WantsTls);
        }
        Ok(self.needs_tls)
    }

    /// Writes CONNECT.
    pub(super) fn write(&self, info: &ServerInfo, out: &mut Vec<u8>) -> Result<(), PeerError> {
        out.extend_from_slice(b"CONNECT {");
        // What is published is for others: this connection is not to hear it.
        for (name, value) in [
            ("verbose", "false"),
            ("pedantic", "false"),
            ("echo", if self.echo { "true" } else { "false" }),
            ("headers", "true"),
            ("no_responders", "true"),
            ("protocol", "1"),
        ] {
            write_bare(name, value, out);
        }
        write_bare("tls_required", if self.needs_tls { "true" } else { "false" }, out);
        for (name, value) in [
            ("lang", "krandog"),
            ("version", env!("CARGO_PKG_VERSION")),
            ("name", self.name.as_str()),
        ] {
            write_text(name, value, out);
        }
        match &self.proof {
            Proof::None => {}
            Proof::Token(token) => write_text("auth_token", token, out),
            Proof::Password(user, password) => {
                write_text("user", user, out);
                write_text("pass", password, out);
            }
            Proof::Key(seed) | Proof::Jwt(_, seed) => {
                // A server that asks for no key would take the connection for somebody else's.
                if info.nonce.is_empty() {
                    return Err(PeerError::NoNonce);
                }
                match &self.proof {
                    Proof::Jwt(jwt, _) => write_text("jwt", jwt, out),
                    _ => write_text("nkey", &seed.public(), out),
                }
                write_text("sig", &seed.sign(&info.nonce), out);
            }
        }
        out.extend_from_slice(b"}\r\n");
        Ok(())
    }
}

impl Proof {
    /// Reads a file of credentials, as `nsc` writes them: a JWT and a seed between their marks.
    pub fn from_credentials(text: &str) -> Option<Self> {
        let between = |what: &str| {
            let (_, rest) = text.split_once(&format!("-----BEGIN {what}-----"))?;
            // Its end has one dash more.
            let (body, _) = rest.split_once("-----")?;
            Some(body.trim().trim_end_matches('-').trim().to_owned())
        };
        let seed = between("USER NKEY SEED")?;
        Some(Self::Jwt(between("NATS USER JWT")?, Seed::read(&seed).ok()?))
    }
}
