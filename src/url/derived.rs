//! What follows from a URL: its origin, and the path of the file that it names.
//!
//! Specs: <https://url.spec.whatwg.org/#origin>,
//! <https://nodejs.org/api/url.html#urlfileurltopathurl-options>

use std::path::{Path, PathBuf};

use super::encode::{percent_decode, push_byte};
use super::host::Host;
use super::record::Url;

impl Url {
    /// URL 4.7, the origin as text; `null` for an opaque one.
    pub fn origin(&self) -> String {
        match self.scheme() {
            "blob" => match Self::parse(&self.path(), None) {
                Some(inner) if matches!(inner.scheme(), "http" | "https") => inner.origin(),
                _ => "null".to_owned(),
            },
            "ftp" | "http" | "https" | "ws" | "wss" => {
                format!("{}://{}", self.scheme(), self.host())
            }
            _ => "null".to_owned(),
        }
    }

    /// The URL of an absolute path; what would have a meaning in a URL is percent-encoded.
    pub fn from_path(path: &Path) -> Option<Self> {
        if !path.is_absolute() {
            return None;
        }
        let mut text = "file://".to_owned();
        for byte in path.as_os_str().as_encoded_bytes() {
            match byte {
                b'%'
                | b'\\'
                | b'\n'
                | b'\r'
                | b'\t'
                | b'?'
                | b'#'
                | b' '
                | 0x7f..
                | b'~'
                | b'['
                | b']'
                | b'|' => {
                    push_byte(&mut text, *byte);
                }
                byte => text.push(char::from(*byte)),
            }
        }
        Self::parse(&text, None)
    }

    /// The path of a `file:` URL without a host, percent-decoded.
    pub fn to_path(&self) -> Option<PathBuf> {
        if self.scheme() != "file" || !matches!(self.host, None | Some(Host::Empty)) {
            return None;
        }
        String::from_utf8(percent_decode(&self.path())).ok().map(PathBuf::from)
    }
}
