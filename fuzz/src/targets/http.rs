//! A second, plain reading of HTTP/1.1 responses, to judge what the server's encoder wrote. It
//! shares no code with the parser that is being tested, and takes only whole output.

/// One response, as this reader sees it.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) fields: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// The values of the fields of this name, in lower case.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |field| field.0 == name).map(|field| &field.1[..])
    }

    /// Whether the server says that this response is its last.
    pub(super) fn closes(&self) -> bool {
        self.values("connection").any(|value| value.split(", ").any(|token| token == "close"))
    }
}

/// Reads the response at the start of `bytes` and returns what follows it. `to_head` when it answers
/// a HEAD request.
///
/// # Panics
/// When it is not well formed.
pub(super) fn read_reply(bytes: &[u8], to_head: bool) -> (Reply, &[u8]) {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end =
        end.unwrap_or_else(|| panic!("no end of head in {:?}", bytes.escape_ascii().to_string()));
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut rest = &bytes[end + 4..];
    assert!(
        !head.replace("\r\n", "").contains(['\r', '\n', '\0']),
        "a stray control byte: {head:?}"
    );
    let mut lines = head.split("\r\n");
    let start = lines.next().unwrap_or_default();
    let status = start.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..4));
    let status = status.and_then(|status| status.strip_suffix(' ')?.parse().ok());
    let status: u16 = status.unwrap_or_else(|| panic!("a status line: {start:?}"));
    let fields: Vec<_> = lines
        .map(|line| {
            let (name, value) =
                line.split_once(": ").unwrap_or_else(|| panic!("a field: {line:?}"));
            assert!(!name.is_empty() && !name.contains(' '), "a field name: {line:?}");
            (name.to_ascii_lowercase(), value.to_owned())
        })
        .collect();
    let mut reply = Reply { status, fields, body: Vec::new() };
    assert_eq!(reply.values("transfer-encoding").count(), 0, "nothing is sent in chunks");
    let lengths: Vec<usize> =
        reply.values("content-length").map(|value| value.parse().expect("a length")).collect();
    assert!(lengths.len() <= 1, "one length: {head:?}");
    let bodiless = to_head || status < 200 || status == 204 || status == 304;
    assert!(!lengths.is_empty() || bodiless, "a length: {head:?}");
    if status < 200 || status == 204 {
        assert!(lengths.is_empty(), "RFC 9110 8.6: no length with {status}");
    }
    if !bodiless {
        assert!(rest.len() >= lengths[0], "the whole body");
        let (body, after) = rest.split_at(lengths[0]);
        reply.body = body.to_vec();
        rest = after;
    }
    (reply, rest)
}
