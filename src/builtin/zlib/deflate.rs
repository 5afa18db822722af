//! Deflate (RFC 1951), with the headers of zlib (RFC 1950) and gzip (RFC 1952), or without. The crate
//! is used without `flate2` over it, which does not have all that Node's options set.

use zlib_rs::adler32::adler32;
use zlib_rs::crc32::crc32;
use zlib_rs::{Deflate, DeflateConfig, DeflateError, Inflate, InflateError, InflateFlush, Status};

use super::engine::{Engine, State, Step};
use super::fault::Fault;
use super::settings::{Mode, Settings};
use crate::limits::ZLIB_INLINE_BYTES;

/// What zlib adds to the bits of a window for a header of gzip, or for either of the two.
const GZIP: u8 = 16;
const EITHER: u8 = 32;

/// The first bytes of gzip.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// `Z_FINISH`
const FINISH: i32 = 4;

pub(super) struct Deflating {
    deflate: Deflate,
    config: DeflateConfig,
    /// Of what was taken so far, for a trailer of our own.
    sum: Sum,
    /// After other parameters the header was written by another `Deflate`, and nobody but us knows
    /// the checksum of the whole.
    is_spliced: bool,
    /// What is left to be written of such a trailer.
    trailer: Vec<u8>,
    has_ended: bool,
}

/// What stands behind the data.
enum Sum {
    /// RFC 1952 2.3.1: the CRC-32, and the length.
    Gzip(u32, u32),
    /// RFC 1950 2.2: the Adler-32.
    Zlib(u32),
    None,
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        match self {
            Self::Gzip(sum, length) => {
                *sum = crc32(*sum, bytes);
                // It counts modulo 2^32.
                let [a, b, c, d, ..] = bytes.len().to_le_bytes();
                *length = length.wrapping_add(u32::from_le_bytes([a, b, c, d]));
            }
            Self::Zlib(sum) => *sum = adler32(*sum, bytes),
            Self::None => {}
        }
    }

    fn trailer(&self) -> Vec<u8> {
        match self {
            Self::Gzip(sum, length) => [sum.to_le_bytes(), length.to_le_bytes()].concat(),
            Self::Zlib(sum) => sum.to_be_bytes().to_vec(),
            Self::None => Vec::new(),
        }
    }
}

impl Deflating {
    pub(super) fn new(settings: &Settings) -> Result<Self, Fault> {
        let least = if settings.mode == Mode::Gzip { 9 } else { 8 };
        let bits = settings.window_bits.clamp(least, 15);
        let window_bits = match settings.mode {
            Mode::Gzip => bits + i32::from(GZIP),
            // zlib cannot make such a window, and nobody notices a larger one.
            Mode::DeflateRaw => -bits.max(9),
            _ => bits,
        };
        let strategy = settings.strategy.try_into().map_err(|()| Fault::SETTINGS)?;
        let config = DeflateConfig {
            level: settings.level.clamp(-1, 9),
            window_bits,
            mem_level: settings.mem_level.clamp(1, 9),
            strategy,
            ..DeflateConfig::default()
        };
        let mut deflate = Deflate::new_with_config(config);
        let dictionary = settings.dictionary.as_deref().filter(|_| settings.mode != Mode::Gzip);
        if let Some(dictionary) = dictionary {
            deflate.set_dictionary(dictionary).map_err(|_| BAD_SET)?;
        }
        let sum = match settings.mode {
            Mode::Gzip => Sum::Gzip(0, 0),
            Mode::Deflate => Sum::Zlib(1),
            _ => Sum::None,
        };
        let (is_spliced, trailer, has_ended) = (false, Vec::new(), false);
        Ok(Self { deflate, config, sum, is_spliced, trailer, has_ended })
    }
}

impl Engine for Deflating {
    fn step(&mut self, input: &[u8], out: &mut [u8], flush: i32) -> Result<Step, Fault> {
        if self.has_ended {
            return Ok(self.end(out));
        }
        let (taken, made) = (self.deflate.total_in(), self.deflate.total_out());
        let status = self.deflate.compress(input, out, flush.try_into().unwrap_or_default());
        let taken = count(self.deflate.total_in() - taken);
        let made = count(self.deflate.total_out() - made);
        self.sum.add(input.get(..taken).unwrap_or_default());
        let state = match status {
            Ok(Status::StreamEnd) => {
                self.has_ended = true;
                if self.is_spliced {
                    self.trailer = self.sum.trailer();
                }
                if self.trailer.is_empty() { State::End } else { State::More }
            }
            Ok(_) if made == out.len() || taken < input.len() => State::More,
            Ok(_) => State::Hungry,
            Err(error) => return Err(compress_fault(error)),
        };
        Ok(Step { taken, made, state })
    }

    /// The crate cannot do that in the middle of the data, so another `Deflate` goes on, which knows
    /// nothing of what came before. What was written has been flushed, up to a whole byte.
    fn set_params(&mut self, level: i32, strategy: i32) -> Result<(), Fault> {
        if self.has_ended {
            return Ok(());
        }
        self.config.level = level.clamp(-1, 9);
        self.config.strategy = strategy.try_into().map_err(|()| Fault::SETTINGS)?;
        if self.deflate.total_in() == 0 && !self.is_spliced {
            self.deflate = Deflate::new_with_config(self.config);
            return Ok(());
        }
        let bits = self.config.window_bits.abs();
        let bits = if bits > 15 { bits - i32::from(GZIP) } else { bits };
        self.config.window_bits = -bits.max(9);
        self.deflate = Deflate::new_with_config(self.config);
        self.is_spliced = true;
        Ok(())
    }

    fn inline_bytes(&self) -> usize {
        ZLIB_INLINE_BYTES
    }
}

impl Deflating {
    /// Writes what is left of the trailer.
    fn end(&mut self, out: &mut [u8]) -> Step {
        let made = self.trailer.len().min(out.len());
        out[..made].copy_from_slice(&self.trailer[..made]);
        self.trailer.drain(..made);
        let state = if self.trailer.is_empty() { State::End } else { State::More };
        Step { taken: 0, made, state }
    }
}

pub(super) struct Inflating {
    inflate: Inflate,
    mode: Mode,
    bits: u8,
    dictionary: Option<Vec<u8>>,
    /// For `Mode::Unzip`: how many bytes of `MAGIC` there have been, until there is another one.
    magic: Option<usize>,
    has_ended: bool,
}

impl Inflating {
    pub(super) fn new(settings: &Settings) -> Result<Self, Fault> {
        let mode = settings.mode;
        // 0 is the window that the header says, for which the largest will do.
        let bits = u8::try_from(settings.window_bits).ok();
        let bits = bits.filter(|bits| (8..=15).contains(bits)).unwrap_or(15);
        let mut inflate = match mode {
            Mode::InflateRaw => Inflate::new(false, bits),
            Mode::Gunzip => gunzip(bits),
            Mode::Unzip => Inflate::new(true, bits + EITHER),
            _ => Inflate::new(true, bits),
        };
        let dictionary = settings.dictionary.clone();
        if let (Mode::InflateRaw, Some(dictionary)) = (mode, &dictionary) {
            inflate.set_dictionary(dictionary).map_err(|_| BAD_SET)?;
        }
        let magic = (mode == Mode::Unzip).then_some(0);
        Ok(Self { inflate, mode, bits, dictionary, magic, has_ended: false })
    }

    /// Looks at the first bytes, which say that what may be either is gzip.
    fn look(&mut self, input: &[u8]) {
        for byte in input {
            let Some(seen) = self.magic else { return };
            if MAGIC.get(seen) != Some(byte) {
                self.magic = None;
            } else if seen + 1 < MAGIC.len() {
                self.magic = Some(seen + 1);
            } else {
                self.magic = None;
                self.mode = Mode::Gunzip;
            }
        }
    }

    /// What zlib has said, after it was given the dictionary that it has asked for.
    fn inflate(
        &mut self,
        input: &[u8],
        out: &mut [u8],
        flush: InflateFlush,
    ) -> Result<(usize, usize, Status), Fault> {
        let (before, made) = (self.inflate.total_in(), self.inflate.total_out());
        let mut status = self.inflate.decompress(input, out, flush);
        let taken = count(self.inflate.total_in() - before);
        if let Err(InflateError::NeedDict { .. }) = status {
            let Some(dictionary) = &self.dictionary else {
                return Err(Fault::new("Z_NEED_DICT", 2, "Missing dictionary"));
            };
            if self.inflate.set_dictionary(dictionary).is_err() {
                return Err(Fault::new("Z_NEED_DICT", 2, "Bad dictionary"));
            }
            let rest = input.get(taken..).unwrap_or_default();
            status = self.inflate.decompress(rest, out, flush);
        }
        let taken = count(self.inflate.total_in() - before);
        let made = count(self.inflate.total_out() - made);
        match status {
            Ok(status) => Ok((taken, made, status)),
            Err(error) => Err(self.fault(error)),
        }
    }

    fn fault(&self, error: InflateError) -> Fault {
        let message = self.inflate.error_message().unwrap_or("Zlib error");
        match error {
            InflateError::DataError => Fault::new("Z_DATA_ERROR", -3, message),
            InflateError::MemError => Fault::new("Z_MEM_ERROR", -4, message),
            InflateError::NeedDict { .. } => Fault::new("Z_NEED_DICT", 2, "Bad dictionary"),
            InflateError::StreamError => Fault::new("Z_STREAM_ERROR", -2, message),
        }
    }
}

impl Engine for Inflating {
    fn step(&mut self, input: &[u8], out: &mut [u8], flush: i32) -> Result<Step, Fault> {
        if self.has_ended {
            // RFC 1952 2.2: members follow each other. Zeros behind them are padding.
            let another = self.mode == Mode::Gunzip && input.first().is_some_and(|&byte| byte != 0);
            if !another {
                return Ok(Step::OVER);
            }
            self.inflate = gunzip(self.bits);
            self.has_ended = false;
        }
        if self.magic.is_some() {
            self.look(input);
        }
        let wanted = match flush {
            // Z_PARTIAL_FLUSH and Z_FULL_FLUSH mean nothing to who inflates.
            1 | 3 => InflateFlush::SyncFlush,
            other => other.try_into().unwrap_or_default(),
        };
        let (taken, made, status) = self.inflate(input, out, wanted)?;
        let state = match status {
            Status::StreamEnd => {
                self.has_ended = true;
                // Perhaps there is another member.
                if self.mode == Mode::Gunzip && taken < input.len() {
                    State::More
                } else {
                    State::End
                }
            }
            _ if made == out.len() => State::More,
            _ if flush == FINISH => return Err(Fault::TRUNCATED),
            _ if taken > 0 && taken < input.len() => State::More,
            _ => State::Hungry,
        };
        Ok(Step { taken, made, state })
    }

    fn inline_bytes(&self) -> usize {
        ZLIB_INLINE_BYTES
    }
}

/// zlib does not take this dictionary.
const BAD_SET: Fault = Fault::new("Z_STREAM_ERROR", -2, "Failed to set dictionary");

fn gunzip(bits: u8) -> Inflate {
    Inflate::new(true, bits + GZIP)
}

fn compress_fault(error: DeflateError) -> Fault {
    match error {
        DeflateError::DataError => Fault::new("Z_DATA_ERROR", -3, error.as_str()),
        DeflateError::MemError => Fault::new("Z_MEM_ERROR", -4, error.as_str()),
        DeflateError::StreamError => Fault::new("Z_STREAM_ERROR", -2, error.as_str()),
    }
}

fn count(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(0)
}
