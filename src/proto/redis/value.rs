//! What a reply can be.

use std::borrow::Cow;

use redis_protocol::resp3::decode::complete::decode_range;
use redis_protocol::resp3::types::RangeFrame;

use super::error::{PeerError, Refusal};

/// A value of RESP3. Strings lie in what has come until they are to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any number.
    Double(f64),
    /// A whole number that may need more than 64 bits: its digits.
    Big(Cow<'a, str>),
    /// A word of the server's own, such as `OK`.
    Word(Cow<'a, str>),
    /// A string, of whatever bytes.
    Bytes(Cow<'a, [u8]>),
    /// An error.
    Error(Refusal),
    /// Values in an order.
    Array(Vec<Self>),
    /// Keys with values, in the order in which they came.
    Map(Vec<(Self, Self)>),
    /// Values, each of which is different.
    Set(Vec<Self>),
    /// What comes without being asked for.
    Push(Vec<Self>),
}

impl<'a> Value<'a> {
    /// What a frame is, of which all bytes are there.
    pub(super) fn of_frame(frame: &'a [u8]) -> Result<Self, PeerError> {
        let decoded = decode_range(frame);
        let decoded = decoded.map_err(|error| PeerError::Frame(error.details().to_owned()))?;
        let Some((range, _)) = decoded else { return Err(PeerError::End) };
        Self::of_range(range, frame)
    }

    fn of_range(range: RangeFrame, frame: &'a [u8]) -> Result<Self, PeerError> {
        let slice = |(from, to): (usize, usize)| frame.get(from..to).unwrap_or_default();
        let all = |frames: Vec<RangeFrame>| -> Result<Vec<Self>, PeerError> {
            frames.into_iter().map(|each| Self::of_range(each, frame)).collect()
        };
        Ok(match range {
            RangeFrame::Null => Self::Null,
            RangeFrame::Boolean { data, .. } => Self::Bool(data),
            RangeFrame::Number { data, .. } => Self::Int(data),
            RangeFrame::Double { data, .. } => Self::Double(data),
            RangeFrame::BigNumber { data, .. } => Self::Big(String::from_utf8_lossy(slice(data))),
            RangeFrame::SimpleString { data, .. } => {
                Self::Word(String::from_utf8_lossy(slice(data)))
            }
            RangeFrame::BlobString { data, .. } | RangeFrame::VerbatimString { data, .. } => {
                Self::Bytes(Cow::Borrowed(slice(data)))
            }
            RangeFrame::SimpleError { data, .. } | RangeFrame::BlobError { data, .. } => {
                Self::Error(Refusal::new(slice(data)))
            }
            RangeFrame::Array { data, .. } => Self::Array(all(data)?),
            RangeFrame::Push { data, .. } => Self::Push(all(data)?),
            RangeFrame::Set { data, .. } => Self::Set(all(data.into_iter().collect())?),
            // The crate puts the last pair in first.
            RangeFrame::Map { data, .. } => Self::Map(
                data.into_iter()
                    .rev()
                    .map(|(key, value)| {
                        Ok((Self::of_range(key, frame)?, Self::of_range(value, frame)?))
                    })
                    .collect::<Result<_, PeerError>>()?,
            ),
            other => {
                return Err(PeerError::Frame(format!("{:?} is not expected", other.kind())));
            }
        })
    }

    /// The same to keep.
    pub fn into_owned(self) -> Value<'static> {
        let all = |values: Vec<Self>| values.into_iter().map(Self::into_owned).collect();
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Int(value) => Value::Int(value),
            Self::Double(value) => Value::Double(value),
            Self::Big(digits) => Value::Big(digits.into_owned().into()),
            Self::Word(word) => Value::Word(word.into_owned().into()),
            Self::Bytes(bytes) => Value::Bytes(bytes.into_owned().into()),
            Self::Error(refusal) => Value::Error(refusal),
            Self::Array(values) => Value::Array(all(values)),
            Self::Set(values) => Value::Set(all(values)),
            Self::Push(values) => Value::Push(all(values)),
            Self::Map(pairs) => Value::Map(
                pairs
                    .into_iter()
                    .map(|(key, value)| (key.into_owned(), value.into_owned()))
                    .collect(),
            ),
        }
    }

    /// The bytes of a string or a word.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Word(word) => Some(word.as_bytes()),
            _ => None,
        }
    }

    /// The values of an array, a set or a push.
    pub fn as_slice(&self) -> Option<&[Self]> {
        match self {
            Self::Array(values) | Self::Set(values) | Self::Push(values) => Some(values),
            _ => None,
        }
    }
}
