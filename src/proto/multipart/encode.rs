//! Writes a form.

/// Characters of a boundary behind its dashes: 120 bits of chance.
const BOUNDARY_CHARACTERS: usize = 24;

/// A new boundary, which is in no content that somebody else has chosen.
///
/// # Panics
///
/// If the system has no random bytes.
#[expect(clippy::expect_used, reason = "a system without random bytes has no TLS either")]
pub fn boundary() -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut random = [0; BOUNDARY_CHARACTERS];
    getrandom::fill(&mut random).expect("the system gives random bytes");
    let characters = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    let mut boundary = "----krandog".to_owned();
    boundary.extend(characters);
    boundary
}

/// A form that is being written.
pub struct Encoder {
    boundary: String,
    out: Vec<u8>,
}

impl Encoder {
    /// A form without parts.
    pub fn new(boundary: String) -> Self {
        Self { boundary, out: Vec::new() }
    }

    /// Adds a field. Line breaks in its value become CR LF.
    pub fn field(&mut self, name: &str, value: &str) {
        self.begin(name);
        self.out.extend_from_slice(b"\r\n\r\n");
        self.out.extend_from_slice(with_crlf(value).as_bytes());
        self.out.extend_from_slice(b"\r\n");
    }

    /// Adds a file.
    pub fn file(&mut self, name: &str, filename: &str, content_type: &str, content: &[u8]) {
        self.begin(name);
        self.out.extend_from_slice(b"; filename=\"");
        self.out.extend_from_slice(escaped(filename).as_bytes());
        self.out.extend_from_slice(b"\"\r\nContent-Type: ");
        let content_type =
            if content_type.is_empty() { "application/octet-stream" } else { content_type };
        self.out.extend_from_slice(content_type.as_bytes());
        self.out.extend_from_slice(b"\r\n\r\n");
        self.out.extend_from_slice(content);
        self.out.extend_from_slice(b"\r\n");
    }

    /// The whole form.
    pub fn finish(mut self) -> Vec<u8> {
        self.delimiter();
        self.out.extend_from_slice(b"--\r\n");
        self.out
    }

    fn delimiter(&mut self) {
        self.out.extend_from_slice(b"--");
        self.out.extend_from_slice(self.boundary.as_bytes());
    }

    fn begin(&mut self, name: &str) {
        self.delimiter();
        self.out.extend_from_slice(b"\r\nContent-Disposition: form-data; name=\"");
        self.out.extend_from_slice(escaped(&with_crlf(name)).as_bytes());
        self.out.extend_from_slice(b"\"");
    }
}

/// Each line break as CR LF.
fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

/// Line breaks and quotes would end the parameter.
fn escaped(text: &str) -> String {
    text.replace('\n', "%0A").replace('\r', "%0D").replace('"', "%22")
}
