//! Keys that two agree on: ECDH (SEC 1 3.3.1) and X25519 (RFC 7748).

use boa_engine::{Context, JsResult, JsValue};

use super::arguments::{Arguments, buffer};
use super::fault::{Fault, INVALID_KEY, NO_SECRET, WRONG_KEY_KIND, run};
use super::keys::key::{Key, Private, Public};

/// `agree(later, privateKey, publicKey)`: an `ArrayBuffer`, or a promise for one.
pub(super) fn agree(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (private, public) = (given.key(1)?, given.key(2)?);
    let work = move || match (&*private, &*public) {
        (Key::Private(private), Key::Public(public)) => agreed(private, public),
        (Key::Private(private), Key::Private(other)) => agreed(private, &other.public()),
        _ => Err(WRONG_KEY_KIND),
    };
    run(given.flag(0), work, buffer, context)
}

fn agreed(private: &Private, public: &Public) -> Result<Vec<u8>, Fault> {
    match (private, public) {
        (Private::Ec(scalar), Public::Ec(point)) if scalar.point.curve == point.curve => {
            point.curve.agree(&scalar.bytes, &point.bytes).ok_or(INVALID_KEY)
        }
        (Private::X25519(bytes), Public::X25519(point)) => {
            let secret = x25519_dalek::StaticSecret::from(**bytes);
            let shared = secret.diffie_hellman(&x25519_dalek::PublicKey::from(*point));
            // RFC 7748 6.1: a point of small order gives zero, which anybody knows.
            if shared.was_contributory() { Ok(shared.to_bytes().to_vec()) } else { Err(NO_SECRET) }
        }
        _ => Err(WRONG_KEY_KIND),
    }
}
