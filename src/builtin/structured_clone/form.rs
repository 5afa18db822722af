//! A value in a form that belongs to no thread: bytes that say what it is, and beside them what is
//! handed over as it is.
//!
//! The bytes begin with a [`Tag`]. Objects are numbered in the order in which they begin, so that one
//! that comes again is but its number, and so are the names of properties. What reads them trusts
//! nothing: they may come from another machine.

use boa_engine::JsString;
use boa_engine::builtins::array_buffer::SharedArrayBuffer;
use boa_engine::object::builtins::AlignedVec;
use boa_engine::string::{JsStr, JsStrVariant};

use crate::builtin::blob::SharedBlob;
use crate::builtin::messaging::inbox::End;

/// A value that can go to another thread.
#[derive(Default)]
pub(in crate::builtin) struct Form {
    pub(super) bytes: Vec<u8>,
    /// What was transferred, in the order in which the script named it.
    pub(super) moved: Vec<Moved>,
    pub(super) shared: Vec<SharedArrayBuffer>,
    pub(super) blobs: Vec<SharedBlob>,
}

/// Something that was transferred.
pub(super) enum Moved {
    /// The bytes of an `ArrayBuffer`.
    Buffer(AlignedVec<u8>),
    /// The end of a channel that a `MessagePort` had.
    Port(End<Form>),
}

/// Changes with the meaning of the bytes. `krandog:kv` has them in its files, where older ones stay.
const WIRE_VERSION: u8 = 1;

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Undefined,
    Null,
    False,
    True,
    /// An integer of 32 bits, as it is in memory.
    Integer,
    /// The same of 64 bits, with a fraction.
    Number,
    /// Its digits, to base 16.
    BigInt,
    /// Text of which each byte is a character.
    Latin1,
    /// Text of UTF-16 units.
    Utf16,
    /// The number of a name of a property that came before.
    Known,
    /// The number of an object that came before.
    Again,
    /// What stands for an element that an array lacks.
    Hole,
    /// An object that holds the primitive behind it.
    Boxed,
    Date,
    /// Two texts: pattern and flags.
    RegExp,
    /// Where the bytes of an `ArrayBuffer` are: here, with the values that moved, or shared.
    Bytes,
    Moved,
    Shared,
    /// Kind, offset and length, behind the buffer.
    TypedArray,
    /// Offset and length, behind the buffer.
    DataView,
    Blob,
    /// A class, message, stack and cause, those that there are.
    Error,
    DomException,
    /// How many entries, then keys and values in turn.
    Map,
    /// How many members, and these.
    Set,
    /// How many elements, and these.
    List,
    /// A length, then names and values up to `End`.
    Array,
    /// Names and values up to `End`.
    Object,
    End,
}

const TAGS: [Tag; 29] = [
    Tag::Undefined,
    Tag::Null,
    Tag::False,
    Tag::True,
    Tag::Integer,
    Tag::Number,
    Tag::BigInt,
    Tag::Latin1,
    Tag::Utf16,
    Tag::Known,
    Tag::Again,
    Tag::Hole,
    Tag::Boxed,
    Tag::Date,
    Tag::RegExp,
    Tag::Bytes,
    Tag::Moved,
    Tag::Shared,
    Tag::TypedArray,
    Tag::DataView,
    Tag::Blob,
    Tag::Error,
    Tag::DomException,
    Tag::Map,
    Tag::Set,
    Tag::List,
    Tag::Array,
    Tag::Object,
    Tag::End,
];

impl Form {
    /// How many bytes it takes, so far as they are not shared.
    pub(in crate::builtin) fn size(&self) -> usize {
        let moved = self.moved.iter().map(|moved| match moved {
            Moved::Buffer(bytes) => bytes.len(),
            Moved::Port(_) => 0,
        });
        self.bytes.len() + moved.sum::<usize>()
    }

    /// The ends of channels that move with it.
    pub(in crate::builtin) fn ports(&self) -> impl Iterator<Item = &End<Self>> {
        self.moved.iter().filter_map(|moved| match moved {
            Moved::Port(end) => Some(end),
            Moved::Buffer(_) => None,
        })
    }

    /// The bytes that other processes understand; `None` if something beside them belongs to it.
    pub(in crate::builtin) fn to_wire(&self) -> Option<Vec<u8>> {
        let is_whole = self.moved.is_empty() && self.shared.is_empty() && self.blobs.is_empty();
        is_whole.then(|| [&[WIRE_VERSION], &self.bytes[..]].concat())
    }

    /// What another process has sent; `None` if it speaks of it otherwise.
    pub(in crate::builtin) fn from_wire(bytes: &[u8]) -> Option<Self> {
        let (version, bytes) = bytes.split_first()?;
        (*version == WIRE_VERSION).then(|| Self { bytes: bytes.to_vec(), ..Self::default() })
    }

    pub(super) fn put(&mut self, tag: Tag) {
        self.bytes.push(tag as u8);
    }

    /// Seven bits a byte, the lowest first.
    pub(super) fn put_size(&mut self, mut size: usize) {
        while size >= 0x80 {
            let [low, ..] = size.to_le_bytes();
            self.bytes.push(low | 0x80);
            size >>= 7;
        }
        let [low, ..] = size.to_le_bytes();
        self.bytes.push(low);
    }

    pub(super) fn put_number(&mut self, number: f64) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn put_integer(&mut self, number: i32) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn put_bytes(&mut self, bytes: &[u8]) {
        self.put_size(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn put_text(&mut self, text: &JsString) {
        match text.as_str().variant() {
            JsStrVariant::Latin1(bytes) => {
                self.put(Tag::Latin1);
                self.put_bytes(bytes);
            }
            JsStrVariant::Utf16(units) => {
                self.put(Tag::Utf16);
                self.put_size(units.len());
                self.bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
            }
        }
    }
}

/// Where in the bytes of a form its reader is. What is not there is `None`.
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn tag(&mut self) -> Option<Tag> {
        let [byte] = self.take()?;
        TAGS.get(usize::from(byte)).copied()
    }

    /// Goes on behind `tag`, if that is what comes next.
    pub(super) fn skip(&mut self, tag: Tag) -> bool {
        let comes = self.rest.first() == Some(&(tag as u8));
        if comes {
            self.rest = &self.rest[1..];
        }
        comes
    }

    pub(super) fn size(&mut self) -> Option<usize> {
        let mut size = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let [byte] = self.take()?;
            size |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(size);
            }
        }
        None
    }

    pub(super) fn number(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }

    pub(super) fn integer(&mut self) -> Option<i32> {
        self.take().map(i32::from_le_bytes)
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let size = self.size()?;
        self.slice(size)
    }

    /// The text behind `tag`, if that is one of a text.
    pub(super) fn text(&mut self, tag: Tag) -> Option<JsString> {
        match tag {
            Tag::Latin1 => self.bytes().map(|bytes| JsString::from(JsStr::latin1(bytes))),
            Tag::Utf16 => {
                let units = self.size()?;
                let (units, _) = self.slice(units.checked_mul(2)?)?.as_chunks();
                let units: Vec<u16> = units.iter().copied().map(u16::from_le_bytes).collect();
                Some(JsString::from(&units[..]))
            }
            _ => None,
        }
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*first)
    }

    fn slice(&mut self, length: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tag_is_read_as_it_was_written() {
        for (index, tag) in TAGS.into_iter().enumerate() {
            assert_eq!(tag as usize, index);
        }
    }

    #[test]
    fn sizes_of_any_length_come_back_and_endless_ones_do_not() {
        for size in [0, 1, 127, 128, 300, 1 << 32, usize::MAX] {
            let mut form = Form::default();
            form.put_size(size);
            assert_eq!(Cursor::new(&form.bytes).size(), Some(size));
        }
        assert_eq!(Cursor::new(&[0xff; 20]).size(), None);
        assert_eq!(Cursor::new(&[0x80]).size(), None);
        assert_eq!(Cursor::new(&[5, 1, 2]).bytes(), None);
    }
}
