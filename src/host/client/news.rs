//! What the script is told of a request that it has sent.

use std::ops::Range;

use crate::host::event::ConnError;
use crate::proto::http1::ResponseHead;

/// Something that happened to an exchange.
#[derive(Debug)]
pub enum News {
    /// More of the response has come.
    Received(Received),
    /// An interim response.
    Interim(Box<ResponseHead>),
    /// More of the request's body is wanted, which comes bit by bit.
    Wanted,
    /// There will be no response, or no more of it. The identifier is dead.
    Failed {
        /// Why.
        error: Box<ConnError>,
        /// The connection had carried another exchange, and nothing of the response had come: the
        /// server may have closed it before it saw the request.
        was_stale: bool,
    },
}

/// What one read has brought of a response.
#[derive(Debug, Default)]
pub struct Received {
    /// The head, which comes once.
    pub head: Option<Box<ResponseHead>>,
    /// Where in the input the next bytes of the body are.
    pub body: Range<usize>,
    /// That was all. The identifier is dead.
    pub ended: bool,
}

impl Received {
    /// Whether there is nothing to tell.
    pub(in crate::host) fn is_empty(&self) -> bool {
        self.head.is_none() && self.body.is_empty() && !self.ended
    }
}

impl News {
    /// Whether nothing more comes of the exchange.
    pub fn is_last(&self) -> bool {
        match self {
            Self::Received(received) => received.ended,
            Self::Failed { .. } => true,
            Self::Interim(_) | Self::Wanted => false,
        }
    }
}
