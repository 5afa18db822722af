//! Agreement on the four parameters (RFC 7692 5, 7.1).

use thiserror::Error;

use super::config::{DeflateConfig, NAME, Params};
use super::pool;
use crate::proto::ws::extension::Extension;

const SERVER_NO_CONTEXT_TAKEOVER: &str = "server_no_context_takeover";
const CLIENT_NO_CONTEXT_TAKEOVER: &str = "client_no_context_takeover";
const SERVER_MAX_WINDOW_BITS: &str = "server_max_window_bits";
const CLIENT_MAX_WINDOW_BITS: &str = "client_max_window_bits";

/// The window of a peer that names none.
const BITS_MAX: u8 = 15;

/// What is wrong with the parameters of an offer or an answer.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterError {
    /// RFC 7692 7: a parameter not defined for this extension.
    #[error("unknown parameter {name:?}")]
    Unknown {
        /// As received.
        name: String,
    },
    /// RFC 7692 7: a parameter stands twice.
    #[error("repeated parameter {name}")]
    Repeated {
        /// The parameter.
        name: &'static str,
    },
    /// RFC 7692 7: a value the parameter cannot have, or none where it needs one.
    #[error("invalid value {value:?} of parameter {name}")]
    Value {
        /// The parameter.
        name: &'static str,
        /// As received; empty for none.
        value: String,
    },
    /// The answer ignores a limit of the offer, or sets one that the offer did not allow.
    #[error("answer does not honour {name} of the offer")]
    NotHonoured {
        /// The parameter.
        name: &'static str,
    },
    /// RFC 7692 5: the extension stands more than once in an answer.
    #[error("extension accepted more than once")]
    Twice,
}

/// The parameters of one offer or answer.
#[derive(Debug, Default)]
struct Parameters {
    server_no_context_takeover: bool,
    client_no_context_takeover: bool,
    server_max_window_bits: Option<u8>,
    client_max_window_bits: ClientBits,
}

/// The one parameter that may stand without a value, in an offer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum ClientBits {
    #[default]
    Absent,
    Bare,
    Value(u8),
}

impl ClientBits {
    fn value(self) -> Option<u8> {
        if let Self::Value(bits) = self { Some(bits) } else { None }
    }
}

impl Parameters {
    fn read(extension: &Extension, in_offer: bool) -> Result<Self, ParameterError> {
        let mut read = Self::default();
        for (name, value) in &extension.params {
            let value = value.as_deref();
            // RFC 7692 7: unknown, repeated and ill-valued parameters make the whole element bad.
            match &name[..] {
                SERVER_NO_CONTEXT_TAKEOVER => {
                    flag(&mut read.server_no_context_takeover, value, SERVER_NO_CONTEXT_TAKEOVER)?;
                }
                CLIENT_NO_CONTEXT_TAKEOVER => {
                    flag(&mut read.client_no_context_takeover, value, CLIENT_NO_CONTEXT_TAKEOVER)?;
                }
                SERVER_MAX_WINDOW_BITS => {
                    let bits = bits(value, SERVER_MAX_WINDOW_BITS)?;
                    if read.server_max_window_bits.replace(bits).is_some() {
                        return Err(ParameterError::Repeated { name: SERVER_MAX_WINDOW_BITS });
                    }
                }
                CLIENT_MAX_WINDOW_BITS => {
                    // RFC 7692 7.1.2.2: only the offer may leave the value out.
                    let bits = match value {
                        None if in_offer => ClientBits::Bare,
                        value => ClientBits::Value(bits(value, CLIENT_MAX_WINDOW_BITS)?),
                    };
                    let before = std::mem::replace(&mut read.client_max_window_bits, bits);
                    if before != ClientBits::Absent {
                        return Err(ParameterError::Repeated { name: CLIENT_MAX_WINDOW_BITS });
                    }
                }
                _ => return Err(ParameterError::Unknown { name: name.clone() }),
            }
        }
        Ok(read)
    }

    fn write(&self) -> Extension {
        let mut params = Vec::new();
        if self.server_no_context_takeover {
            params.push((SERVER_NO_CONTEXT_TAKEOVER.to_owned(), None));
        }
        if self.client_no_context_takeover {
            params.push((CLIENT_NO_CONTEXT_TAKEOVER.to_owned(), None));
        }
        if let Some(bits) = self.server_max_window_bits {
            params.push((SERVER_MAX_WINDOW_BITS.to_owned(), Some(bits.to_string())));
        }
        if self.client_max_window_bits != ClientBits::Absent {
            let bits = self.client_max_window_bits.value().map(|bits| bits.to_string());
            params.push((CLIENT_MAX_WINDOW_BITS.to_owned(), bits));
        }
        Extension { name: NAME.to_owned(), params }
    }
}

fn flag(seen: &mut bool, value: Option<&str>, name: &'static str) -> Result<(), ParameterError> {
    if let Some(value) = value {
        return Err(ParameterError::Value { name, value: value.to_owned() });
    }
    if std::mem::replace(seen, true) { Err(ParameterError::Repeated { name }) } else { Ok(()) }
}

/// RFC 7692 7.1.2: a decimal number of 8 to 15 without leading zeros.
fn bits(value: Option<&str>, name: &'static str) -> Result<u8, ParameterError> {
    match value {
        Some("8") => Ok(8),
        Some("9") => Ok(9),
        Some("10") => Ok(10),
        Some("11") => Ok(11),
        Some("12") => Ok(12),
        Some("13") => Ok(13),
        Some("14") => Ok(14),
        Some("15") => Ok(15),
        value => Err(ParameterError::Value { name, value: value.unwrap_or_default().to_owned() }),
    }
}

/// What a configured window comes to.
fn clamped(bits: u8) -> u8 {
    bits.clamp(8, BITS_MAX)
}

/// A server's choice among the offers of a request: the first it can accept, and the element to
/// answer with. An offer with a bad parameter is declined, not a fault (RFC 7692 7).
pub fn negotiate(config: &DeflateConfig, offers: &[Extension]) -> Option<(Params, Extension)> {
    let mut offers = offers.iter().filter(|offer| offer.name == NAME);
    let offer = offers.find_map(|offer| Parameters::read(offer, true).ok())?;
    let mut answer = Parameters {
        // RFC 7692 7.1.1: a server agrees to either when asked, and may demand either.
        server_no_context_takeover: config.server_no_context_takeover
            || offer.server_no_context_takeover,
        client_no_context_takeover: config.client_no_context_takeover
            || offer.client_no_context_takeover
            || !pool::has_room(pool::INFLATER_BYTES, config.memory_limit),
        server_max_window_bits: None,
        client_max_window_bits: ClientBits::Absent,
    };
    // RFC 7692 7.1.2.1: the server's window is at most what the offer says, if it says anything.
    let compress_bits = clamped(config.server_max_window_bits)
        .min(offer.server_max_window_bits.unwrap_or(BITS_MAX));
    if compress_bits < BITS_MAX || offer.server_max_window_bits.is_some() {
        answer.server_max_window_bits = Some(compress_bits);
    }
    // RFC 7692 7.1.2.2: the server limits the client's window only if the offer mentions it.
    let mut inflate_bits = BITS_MAX;
    if offer.client_max_window_bits != ClientBits::Absent {
        let hint = offer.client_max_window_bits.value().unwrap_or(BITS_MAX);
        inflate_bits = clamped(config.client_max_window_bits).min(hint);
        if inflate_bits < BITS_MAX {
            answer.client_max_window_bits = ClientBits::Value(inflate_bits);
        }
    }
    let takeover = (!answer.server_no_context_takeover, !answer.client_no_context_takeover);
    Some((params(config, (compress_bits, inflate_bits), takeover), answer.write()))
}

/// The offer of a client.
pub fn offer(config: &DeflateConfig) -> Extension {
    let limited = |bits: u8| Some(clamped(bits)).filter(|&bits| bits < BITS_MAX);
    let offer = Parameters {
        server_no_context_takeover: config.server_no_context_takeover,
        client_no_context_takeover: config.client_no_context_takeover,
        server_max_window_bits: limited(config.server_max_window_bits),
        // Always there, so that the server may ask for a smaller window.
        client_max_window_bits: limited(config.client_max_window_bits)
            .map_or(ClientBits::Bare, ClientBits::Value),
    };
    offer.write()
}

/// A client's reading of the answer to its [`offer`]: the elements of the response with this
/// extension's name.
pub fn accept(
    config: &DeflateConfig,
    answers: &[Extension],
) -> Result<Option<Params>, ParameterError> {
    let mut answers = answers.iter().filter(|answer| answer.name == NAME);
    let Some(answer) = answers.next() else { return Ok(None) };
    if answers.next().is_some() {
        return Err(ParameterError::Twice);
    }
    let answer = Parameters::read(answer, false)?;
    // RFC 7692 7.1.1.1: a server that accepts the offer accepts this part of it.
    if config.server_no_context_takeover && !answer.server_no_context_takeover {
        return Err(ParameterError::NotHonoured { name: SERVER_NO_CONTEXT_TAKEOVER });
    }
    // RFC 7692 7.1.2.1: the window is at most what was offered, and it is named.
    let limit = clamped(config.server_max_window_bits);
    let inflate_bits = answer.server_max_window_bits.unwrap_or(BITS_MAX);
    if inflate_bits > limit {
        return Err(ParameterError::NotHonoured { name: SERVER_MAX_WINDOW_BITS });
    }
    // RFC 7692 7.1.2.2: the server asks for at most the window offered.
    let limit = clamped(config.client_max_window_bits);
    let compress_bits = answer.client_max_window_bits.value().unwrap_or(limit);
    if compress_bits > limit {
        return Err(ParameterError::NotHonoured { name: CLIENT_MAX_WINDOW_BITS });
    }
    let no_takeover = config.client_no_context_takeover || answer.client_no_context_takeover;
    let takeover = (!no_takeover, !answer.server_no_context_takeover);
    Ok(Some(params(config, (compress_bits, inflate_bits), takeover)))
}

/// Both pairs are for compressing and for inflating.
fn params(config: &DeflateConfig, bits: (u8, u8), takeover: (bool, bool)) -> Params {
    Params {
        compress_bits: bits.0,
        compress_takeover: takeover.0,
        inflate_bits: bits.1,
        inflate_takeover: takeover.1,
        threshold: config.threshold,
        level: config.level.min(9),
        memory_limit: config.memory_limit,
        max_ratio: config.max_ratio,
    }
}
