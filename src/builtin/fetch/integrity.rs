//! The option `integrity`: hashes of which a content must have one, before anybody gets any of it.
//!
//! Spec: <https://w3c.github.io/webappsec-subresource-integrity/>

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::GeneralPurposeConfig;
use base64::engine::{DecodePaddingMode, GeneralPurpose};
use boa_engine::{Context, JsResult, JsValue};
use ring::digest::{self, Algorithm, SHA256, SHA384, SHA512};

use crate::builtin::streams::{ByteSink, Room, Waker};
use crate::host::ConnError;
use crate::limits::INTEGRITY_BYTES_MAX;

/// The functions that may be named, the weakest first.
const FUNCTIONS: [(&str, &Algorithm); 3] =
    [("sha256", &SHA256), ("sha384", &SHA384), ("sha512", &SHA512)];

/// Of which a content must have one.
#[derive(Clone, Debug)]
pub(super) struct Hashes {
    /// The strongest function that was named; others do not count.
    function: usize,
    digests: Vec<Vec<u8>>,
}

impl Hashes {
    /// Those that a script has named; `None` if it has not. The error says what it did not mean.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, String> {
        let mut strongest: Option<Self> = None;
        for item in text.split_ascii_whitespace() {
            let (hash, _) = item.split_once('?').unwrap_or((item, ""));
            let (name, value) = hash.split_once('-').unwrap_or((hash, ""));
            let known = FUNCTIONS.iter().position(|(one, _)| name.eq_ignore_ascii_case(one));
            // The standard has others left out, such as those that are still to come.
            let Some(function) = known else { continue };
            let digest = decoded(value);
            match &mut strongest {
                Some(hashes) if hashes.function > function => {}
                Some(hashes) if hashes.function == function => hashes.digests.push(digest),
                _ => strongest = Some(Self { function, digests: vec![digest] }),
            }
        }
        if strongest.is_none() && !text.trim_ascii().is_empty() {
            // To take it for checked would be worse than to refuse it.
            return Err(format!(
                "option integrity has no hash that is known: '{text}' (give sha256-, sha384- or \
                 sha512-, and the hash in base64)"
            ));
        }
        Ok(strongest)
    }

    /// Whether it is the content that was meant.
    pub(super) fn check(&self, bytes: &[u8]) -> Result<(), ConnError> {
        let (name, function) = FUNCTIONS[self.function];
        let digest = digest::digest(function, bytes);
        if self.digests.iter().any(|one| one == digest.as_ref()) {
            return Ok(());
        }
        let found = STANDARD.encode(digest);
        Err(failure(format!("the content is not what integrity says: it has {name}-{found}")))
    }
}

/// What is said of a response without a content.
pub(super) fn nothing() -> ConnError {
    failure("the response has no content, and integrity says what it must be".to_owned())
}

fn failure(message: String) -> ConnError {
    ConnError::new("ERR_INTEGRITY", message)
}

const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

/// In either of the alphabets. What is no base64 is the hash of nothing.
fn decoded(value: &str) -> Vec<u8> {
    STANDARD.decode(value).or_else(|_| URL_SAFE.decode(value)).unwrap_or_default()
}

/// What is called when all has come, or will not.
type Done = Box<dyn FnOnce(Result<Vec<u8>, Failure>, &mut Context)>;

/// Why there is no content.
pub(super) enum Failure {
    Found(ConnError),
    /// The body has failed, for this reason.
    Body(JsValue),
}

/// Holds a content back until all of it has been checked.
pub(super) struct Checked {
    hashes: Hashes,
    bytes: Vec<u8>,
    done: Option<Done>,
}

impl Checked {
    pub(super) fn new(
        hashes: Hashes,
        done: impl FnOnce(Result<Vec<u8>, Failure>, &mut Context) + 'static,
    ) -> Self {
        Self { hashes, bytes: Vec::new(), done: Some(Box::new(done)) }
    }

    fn finish(&mut self, result: Result<Vec<u8>, Failure>, context: &mut Context) {
        if let Some(done) = self.done.take() {
            done(result, context);
        }
    }
}

impl ByteSink for Checked {
    fn room(&mut self, _: &Waker, _: &mut Context) -> Room {
        if self.done.is_some() { Room::Ready } else { Room::Gone(JsValue::undefined()) }
    }

    fn write(&mut self, bytes: &[u8], context: &mut Context) -> JsResult<()> {
        if self.bytes.len() + bytes.len() > INTEGRITY_BYTES_MAX {
            self.bytes = Vec::new();
            let message = format!(
                "the content has more than {INTEGRITY_BYTES_MAX} bytes, and integrity holds all of \
                 it back: leave the option out, and compare the content as it comes"
            );
            self.finish(Err(Failure::Found(failure(message))), context);
            return Ok(());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn end(&mut self, _: &Waker, context: &mut Context) -> Room {
        let bytes = std::mem::take(&mut self.bytes);
        let checked = self.hashes.check(&bytes).map(|()| bytes).map_err(Failure::Found);
        self.finish(checked, context);
        Room::Ready
    }

    fn abort(&mut self, reason: &JsValue, context: &mut Context) {
        self.finish(Err(Failure::Body(reason.clone())), context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // printf hello | openssl dgst -sha256 -binary | base64
    const HELLO_256: &str = "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";

    fn accepts(text: &str) -> bool {
        Hashes::parse(text).ok().flatten().is_some_and(|hashes| hashes.check(b"hello").is_ok())
    }

    #[test]
    fn the_strongest_function_counts() {
        let sha384 = format!("sha384-{}", STANDARD.encode(digest::digest(&SHA384, b"hello")));
        assert!(accepts(HELLO_256));
        assert!(accepts(&format!("sha256-AAAA\t{HELLO_256}  md5-x")));
        assert!(accepts(&format!("{sha384} sha256-AAAA")));
        assert!(!accepts(&format!("{HELLO_256} sha384-AAAA")));
        assert!(!accepts(&format!("sha512- {HELLO_256} {sha384}")));
    }

    #[test]
    fn a_hash_may_be_written_in_several_ways() {
        assert!(accepts("SHA256-LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ"));
        assert!(accepts(&format!("{HELLO_256}?what=ever")));
        for wrong in ["sha256", "sha256-", "sha256-=", "sha256-%%", &HELLO_256[..40]] {
            assert!(!accepts(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_checks_nothing_is_refused() {
        assert!(Hashes::parse("").is_ok_and(|hashes| hashes.is_none()));
        assert!(Hashes::parse(" \n").is_ok_and(|hashes| hashes.is_none()));
        for wrong in ["md5-x", "sha1-x sha265-x", "x"] {
            assert!(Hashes::parse(wrong).is_err(), "{wrong}");
        }
    }
}
