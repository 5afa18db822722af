//! The engine of a mode.

use super::brotli::{Brotli, Unbrotli};
use super::deflate::{Deflating, Inflating};
use super::engine::Engine;
use super::fault::Fault;
use super::settings::{Mode, Settings};
use super::zstd::{Unzstd, Zstd};

pub(super) fn make(settings: &Settings) -> Result<Box<dyn Engine>, Fault> {
    Ok(match settings.mode {
        Mode::Deflate | Mode::Gzip | Mode::DeflateRaw => Box::new(Deflating::new(settings)?),
        Mode::Inflate | Mode::Gunzip | Mode::InflateRaw | Mode::Unzip => {
            Box::new(Inflating::new(settings)?)
        }
        Mode::BrotliEncode => Box::new(Brotli::new(settings)?),
        Mode::BrotliDecode => Box::new(Unbrotli::new(settings)?),
        Mode::ZstdCompress => Box::new(Zstd::new(settings)?),
        Mode::ZstdDecompress => Box::new(Unzstd::new(settings)?),
    })
}
