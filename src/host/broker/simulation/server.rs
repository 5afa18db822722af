//! Servers of NATS, as far as a bus needs them: what they read, and whom they send what.

use std::collections::BTreeMap;

/// A server that knows its sessions by the connections they are on.
#[derive(Debug, Default)]
pub(super) struct Server {
    pub(super) is_up: bool,
    sessions: BTreeMap<usize, Session>,
    /// Messages that clients have published here.
    pub(super) taken: usize,
    /// Messages that clients were sent from here.
    pub(super) sent: usize,
}

#[derive(Debug, Default)]
struct Session {
    buffer: Vec<u8>,
    is_in: bool,
    subscriptions: BTreeMap<u64, String>,
}

/// A message on its way.
#[derive(Clone, Debug)]
pub(super) struct Published {
    pub(super) subject: String,
    pub(super) payload: Vec<u8>,
}

const INFO: &[u8] = b"INFO {\"server_id\":\"S\",\"headers\":true,\"max_payload\":1048576}\r\n";

impl Server {
    /// Somebody connects. What it is greeted with.
    pub(super) fn accept(&mut self, link: usize) -> Vec<u8> {
        self.sessions.insert(link, Session::default());
        INFO.to_vec()
    }

    /// A connection is gone.
    pub(super) fn drop_session(&mut self, link: usize) {
        self.sessions.remove(&link);
    }

    /// What a connection has subscribed to, in order.
    pub(super) fn subscriptions(&self, link: usize) -> Vec<String> {
        let session = self.sessions.get(&link);
        let mut all: Vec<String> =
            session.iter().flat_map(|session| session.subscriptions.values().cloned()).collect();
        all.sort();
        all
    }

    /// Bytes of a connection: what it is answered, and what it publishes.
    pub(super) fn receive(&mut self, link: usize, bytes: &[u8]) -> (Vec<u8>, Vec<Published>) {
        let (mut out, mut published) = (Vec::new(), Vec::new());
        let Some(session) = self.sessions.get_mut(&link) else { return (out, published) };
        session.buffer.extend_from_slice(bytes);
        let mut start = 0;
        while let Some(end) = session.buffer[start..].windows(2).position(|two| two == b"\r\n") {
            let said = std::str::from_utf8(&session.buffer[start..start + end]).unwrap();
            let behind = start + end + 2;
            let words: Vec<&str> = said.split(' ').collect();
            assert!(session.is_in || words[0] == "CONNECT", "{said}");
            match words[0] {
                "CONNECT" => {
                    assert!(said.contains("\"echo\":false"), "{said}");
                    session.is_in = true;
                }
                "PING" => out.extend_from_slice(b"PONG\r\n"),
                "PONG" => {}
                "SUB" => {
                    let old =
                        session.subscriptions.insert(words[2].parse().unwrap(), words[1].into());
                    assert_eq!(old, None, "{said}");
                }
                "UNSUB" => {
                    let old = session.subscriptions.remove(&words[1].parse().unwrap());
                    assert!(old.is_some(), "{said}");
                }
                "PUB" => {
                    let length: usize = words[2].parse().unwrap();
                    let Some(payload) = session.buffer.get(behind..behind + length + 2) else {
                        break;
                    };
                    assert!(payload.ends_with(b"\r\n"));
                    self.taken += 1;
                    let payload = payload[..length].to_vec();
                    published.push(Published { subject: words[1].to_owned(), payload });
                    start = behind + length + 2;
                    continue;
                }
                _ => panic!("{said}"),
            }
            start = behind;
        }
        session.buffer.drain(..start);
        (out, published)
    }

    /// Sends a message to whoever of this server wants it, but not `from`.
    pub(super) fn deliver(
        &mut self,
        message: &Published,
        from: Option<usize>,
    ) -> Vec<(usize, Vec<u8>)> {
        let mut out = Vec::new();
        for (link, session) in &self.sessions {
            if Some(*link) == from {
                continue;
            }
            let mut bytes = Vec::new();
            for (sid, wanted) in &session.subscriptions {
                if matches(wanted, &message.subject) {
                    let head =
                        format!("MSG {} {sid} {}\r\n", message.subject, message.payload.len());
                    bytes.extend_from_slice(head.as_bytes());
                    bytes.extend_from_slice(&message.payload);
                    bytes.extend_from_slice(b"\r\n");
                    self.sent += 1;
                }
            }
            if !bytes.is_empty() {
                out.push((*link, bytes));
            }
        }
        out
    }
}

fn matches(wanted: &str, subject: &str) -> bool {
    if !wanted.contains(['*', '>']) {
        return wanted == subject;
    }
    let mut parts = subject.split('.');
    for star in wanted.split('.') {
        match (star, parts.next()) {
            (">", Some(_)) => return true,
            ("*", Some(_)) => {}
            (word, Some(part)) if word == part => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}
