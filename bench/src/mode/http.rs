//! `http`: `GET` on kept-alive connections, one request in flight on each.

use std::time::Instant;

use crate::clock;
use crate::failure::Failure;
use crate::measure::{self, Meter, Timed};
use crate::options::Options;
use crate::pool::{Load, Pool};
use crate::report::Report;

/// The body that every reply must have.
const BODY: &[u8] = b"Hello, World!";

struct Http {
    request: Vec<u8>,
    /// When each connection sent the request it waits for, and how many replies it has had.
    connections: Vec<(Option<Instant>, u64)>,
    meter: Meter,
    ready: usize,
    outstanding: u64,
}

/// Runs the mode.
pub(crate) fn run(options: &Options) -> Result<Report, Failure> {
    let target = &options.target;
    let request = format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", target.path, target.address);
    let mut load = Http {
        request: request.into_bytes(),
        connections: vec![(None, 0); options.connections],
        meter: Meter::new(),
        ready: 0,
        outstanding: 0,
    };
    let mut pool = Pool::new(target, options.connections)?;
    pool.connect_all(&mut load)?;
    let measured = measure::run(&mut pool, &mut load, options)?;
    let mut report = Report::new(options.mode.name());
    measured.report(&mut report, &load.meter, options)?;
    pool.report(&mut report);
    Ok(report)
}

/// The body of a whole reply and the reply's length; `None` while it is incomplete.
fn reply(bytes: &[u8]) -> Result<Option<(&[u8], usize)>, String> {
    let mut fields = [httparse::EMPTY_HEADER; 32];
    let mut response = httparse::Response::new(&mut fields);
    let head = match response.parse(bytes) {
        Ok(httparse::Status::Complete(head)) => head,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(format!("the reply is not HTTP: {error}")),
    };
    if response.code != Some(200) {
        return Err(format!("the reply has status {:?}", response.code));
    }
    let mut length = None;
    for field in response.headers {
        let name = field.name;
        if name.eq_ignore_ascii_case("content-length") {
            length = std::str::from_utf8(field.value).ok().and_then(|value| value.parse().ok());
        }
        if name.eq_ignore_ascii_case("connection") && field.value.eq_ignore_ascii_case(b"close") {
            return Err("the server does not keep the connection alive".into());
        }
    }
    let length: usize = length.ok_or("the reply has no Content-Length")?;
    Ok(bytes[head..].get(..length).map(|body| (body, head + length)))
}

impl Load for Http {
    fn connected(&mut self, id: usize, out: &mut Vec<u8>) -> Result<(), Failure> {
        out.extend_from_slice(&self.request);
        self.connections[id].0 = Some(clock::now());
        self.ready += 1;
        self.outstanding += 1;
        Ok(())
    }

    fn received(
        &mut self,
        id: usize,
        bytes: &[u8],
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<usize, Failure> {
        let parsed = reply(bytes).map_err(|what| Failure::protocol(id, what))?;
        let Some((body, length)) = parsed else { return Ok(0) };
        let (waiting, replies) = &mut self.connections[id];
        if body != BODY {
            return Err(Failure::wrong(id, *replies, BODY, body));
        }
        let since = waiting.take();
        let (Some(since), true) = (since, length == bytes.len()) else {
            return Err(Failure::protocol(id, "more bytes than the reply that was asked for"));
        };
        *replies += 1;
        self.outstanding -= 1;
        self.meter.record(since, now);
        if self.meter.sending {
            out.extend_from_slice(&self.request);
            *waiting = Some(now);
            self.outstanding += 1;
        }
        Ok(length)
    }

    fn ended(&mut self, id: usize, _now: Instant) -> Result<(), Failure> {
        Err(Failure::protocol(id, "the server closed a kept-alive connection"))
    }

    fn ready(&self) -> usize {
        self.ready
    }
}

impl Timed for Http {
    fn meter(&mut self) -> &mut Meter {
        &mut self.meter
    }

    fn outstanding(&self) -> u64 {
        self.outstanding
    }

    fn noun(&self) -> &'static str {
        "replies"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_reply_and_every_part_of_it() {
        let bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi";
        assert_eq!(reply(bytes), Ok(Some((&b"hi"[..], bytes.len()))));
        for cut in 0..bytes.len() {
            assert_eq!(reply(&bytes[..cut]), Ok(None), "cut at {cut}");
        }
    }

    #[test]
    fn what_would_make_the_figures_lie_is_refused() {
        assert!(reply(b"HTTP/1.1 404 X\r\ncontent-length: 0\r\n\r\n").is_err());
        assert!(reply(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
        let close = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nConnection: close\r\n\r\n";
        assert!(reply(close).is_err());
    }
}
