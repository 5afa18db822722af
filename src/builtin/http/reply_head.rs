//! What a reply begins with whose body comes bit by bit.

use std::borrow::Cow;

use boa_engine::JsResult;

use super::compression::{self, Compression, Verdict};
use crate::host::Reply;
use crate::js::error::type_error;
use crate::proto::content::codings::Coding;
use crate::proto::http1::UsageError;

pub(super) const TEXT: &[u8] = b"text/plain; charset=utf-8";
pub(super) const BYTES: &[u8] = b"application/octet-stream";

/// A content type: nearly always a known one.
pub(super) type Kind = Cow<'static, [u8]>;

/// What a reply begins with whose body comes bit by bit.
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    /// `None` where what the body begins with decides.
    pub(super) kind: Option<Kind>,
}

impl Head {
    /// Has what follows compressed, if that is wanted.
    pub(super) fn compress(
        &mut self,
        sample: Sample,
        compression: &Compression,
        accepted: Option<&str>,
    ) -> Option<Coding> {
        let guess = match sample {
            Sample::Text => Some(TEXT),
            Sample::Bytes | Sample::Nothing => None,
        };
        let kind = self.kind.as_deref().or(guess);
        let verdict = compression.judge(self.status, (&self.headers, kind), accepted);
        let Verdict::Varies(coding) = verdict else { return None };
        compression::mark(&mut self.headers, coding);
        coding
    }

    pub(super) fn with<T>(
        &self,
        sample: Sample,
        send: impl FnOnce(&Reply<'_>) -> Result<T, UsageError>,
    ) -> JsResult<T> {
        let is_named = |(name, _): &(String, Vec<u8>)| name.eq_ignore_ascii_case("content-type");
        let guess = || match sample {
            _ if self.headers.iter().any(is_named) => None,
            Sample::Text => Some(TEXT.into()),
            Sample::Bytes => Some(BYTES.into()),
            Sample::Nothing => None,
        };
        let kind: Option<Kind> = self.kind.clone().or_else(guess);
        let kind = kind.as_ref().map(|kind| ("Content-Type", kind.as_ref()));
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
        let headers: Vec<(&str, &[u8])> = own.chain(kind).collect();
        let outcome = send(&Reply { status: self.status, headers: &headers, body: &[] });
        outcome.map_err(|error| type_error(format!("cannot send this reply: {error}")))
    }
}

/// What a body begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sample {
    Text,
    Bytes,
    Nothing,
}
