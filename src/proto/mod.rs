//! Sans-IO protocol cores: bytes and the time go in, events and bytes come out.
//!
//! Nothing here knows of sockets, clocks, mio or JavaScript, so every state can be reached by a
//! test that feeds bytes.

pub mod coding;
pub mod compression;
pub mod content;
pub mod dns;
pub mod event_stream;
pub mod http1;
pub mod media_type;
pub mod multipart;
pub mod nats;
pub mod proxy_protocol;
pub mod redis;
pub mod socks5;
pub mod token;
pub mod uuid;
pub mod visible;
pub mod ws;

/// The opening handshake is HTTP: this is where the two cores meet.
impl ws::handshake::HeaderLookup for http1::Headers {
    fn values<'a>(&'a self, name: &str) -> Box<dyn Iterator<Item = &'a [u8]> + 'a> {
        // The iterator of `Headers::values` borrows the name too; this one may outlive it.
        let name = name.to_ascii_lowercase();
        Box::new(self.iter().filter(move |field| field.0 == name).map(|field| field.1))
    }
}
