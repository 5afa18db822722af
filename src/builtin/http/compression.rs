//! Replies in a smaller form, for clients that take it (RFC 9110 8.4 and 12.5.3).

use std::io::Write;

use boa_engine::{Context, JsResult};
use brotli::CompressorWriter;
use flate2::Compression as Level;
use flate2::write::GzEncoder;

use crate::builtin::options::{Given, Opt, names_in, other, whole};
use crate::limits::{
    COMPRESS_BROTLI_QUALITY, COMPRESS_BROTLI_WINDOW, COMPRESS_BYTES_MIN, COMPRESS_GZIP_LEVEL,
    OPTION_BODY_BYTES_MAX,
};
use crate::proto::content::codings::{Coding, choose};
use crate::proto::content::media_type::is_compressible;

/// What a server compresses.
#[derive(Clone, Debug)]
pub(super) struct Compression {
    /// Bytes that a body has at least; one that comes bit by bit is compressed in any case.
    threshold: usize,
    codings: Vec<Coding>,
}

impl Default for Compression {
    fn default() -> Self {
        Self { threshold: COMPRESS_BYTES_MIN, codings: Coding::ALL.to_vec() }
    }
}

const OPTIONS: [Opt<Compression>; 2] = [
    whole("threshold", (0, OPTION_BODY_BYTES_MAX), |to, bytes| to.threshold = bytes),
    other("encodings", |to, given, context| {
        let must = "a list of 'br' and 'gzip'";
        let names = given.strings(context)?.ok_or_else(|| given.wrong_type(must, context))?;
        to.codings.clear();
        for name in names {
            let known = Coding::ALL.into_iter().find(|coding| coding.name() == name);
            to.codings.push(known.ok_or_else(|| given.wrong_type(must, context))?);
        }
        Ok(())
    }),
];

pub(super) fn names() -> Vec<&'static str> {
    names_in(&[&OPTIONS])
}

/// Reads the option `compress`.
pub(super) fn read(given: &Given<'_>, context: &mut Context) -> JsResult<Option<Compression>> {
    given.on_or_off(&[&OPTIONS], context)
}

/// What becomes of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is never compressed.
    Never,
    /// It may be, for who asks for it, which `Vary` is to say. This client gets it so.
    Varies(Option<Coding>),
}

type Fields = Vec<(String, Vec<u8>)>;

impl Compression {
    /// What becomes of a reply with these fields.
    pub(super) fn judge(
        &self,
        status: u16,
        (fields, kind): (&Fields, Option<&[u8]>),
        accepted: Option<&str>,
    ) -> Verdict {
        let field = |wanted: &str| {
            let found = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.as_slice())
        };
        // Part of something, or nothing at all.
        if matches!(status, 204 | 205 | 206 | 304) || field("content-encoding").is_some() {
            return Verdict::Never;
        }
        let kind = field("content-type").or(kind).and_then(|kind| str::from_utf8(kind).ok());
        if !kind.is_some_and(is_compressible) {
            return Verdict::Never;
        }
        // RFC 9111 5.2.2.6.
        let cache = field("cache-control").and_then(|value| str::from_utf8(value).ok());
        if cache.is_some_and(|cache| cache.to_ascii_lowercase().contains("no-transform")) {
            return Verdict::Never;
        }
        Verdict::Varies(choose(accepted, self.codings.iter().copied()))
    }

    /// Compresses a whole body. `None` if it is too short for that, or does not become shorter.
    pub(super) fn compress(&self, coding: Coding, body: &[u8]) -> Option<Vec<u8>> {
        if body.len() < self.threshold {
            return None;
        }
        let mut encoder = Encoder::new(coding, body.len());
        let mut compressed = encoder.push(body, false);
        compressed.extend(encoder.finish());
        (compressed.len() < body.len()).then_some(compressed)
    }
}

/// Says in the fields of a reply how it is compressed, or could have been.
pub(super) fn mark(fields: &mut Fields, coding: Option<Coding>) {
    let mut varies = false;
    for (name, value) in fields.iter_mut() {
        if name.eq_ignore_ascii_case("vary") {
            let list = value.to_ascii_lowercase();
            varies |= list
                .split(|byte| *byte == b',')
                .any(|item| matches!(item.trim_ascii(), b"*" | b"accept-encoding"));
        }
        // RFC 9110 8.8.3.3: these are not the bytes that the tag was made for.
        if coding.is_some() && name.eq_ignore_ascii_case("etag") && value.starts_with(b"\"") {
            value.splice(0..0, *b"W/");
        }
    }
    if !varies {
        fields.push(("Vary".to_owned(), b"Accept-Encoding".to_vec()));
    }
    if let Some(coding) = coding {
        fields.retain(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
        fields.push(("Content-Encoding".to_owned(), coding.name().as_bytes().to_vec()));
    }
}

/// A body on its way to becoming smaller.
pub(super) enum Encoder {
    Gzip(Box<GzEncoder<Vec<u8>>>),
    Brotli(Box<CompressorWriter<Vec<u8>>>),
}

impl Encoder {
    /// For so many bytes at a time.
    pub(super) fn new(coding: Coding, bytes: usize) -> Self {
        match coding {
            Coding::Gzip => {
                let out = Vec::with_capacity(bytes / 4);
                Self::Gzip(Box::new(GzEncoder::new(out, Level::new(COMPRESS_GZIP_LEVEL))))
            }
            Coding::Brotli => {
                let (quality, window) = (COMPRESS_BROTLI_QUALITY, COMPRESS_BROTLI_WINDOW);
                let buffer = bytes.clamp(1024, 64 * 1024);
                let writer = CompressorWriter::new(Vec::new(), buffer, quality, window);
                Self::Brotli(Box::new(writer))
            }
        }
    }

    /// What is to be sent for these bytes: all that says them, where `flushes`.
    pub(super) fn push(&mut self, bytes: &[u8], flushes: bool) -> Vec<u8> {
        // To write to memory cannot fail.
        match self {
            Self::Gzip(gzip) => {
                gzip.write_all(bytes).unwrap_or_default();
                if flushes {
                    gzip.flush().unwrap_or_default();
                }
                std::mem::take(gzip.get_mut())
            }
            Self::Brotli(brotli) => {
                brotli.write_all(bytes).unwrap_or_default();
                if flushes {
                    brotli.flush().unwrap_or_default();
                }
                std::mem::take(brotli.get_mut())
            }
        }
    }

    /// What is left to say.
    pub(super) fn finish(self) -> Vec<u8> {
        match self {
            Self::Gzip(gzip) => gzip.finish().unwrap_or_default(),
            Self::Brotli(brotli) => brotli.into_inner(),
        }
    }
}

#[cfg(test)]
#[path = "tests/compression.rs"]
mod tests;
