//! The parts of a URL, and how they are put together again.
//!
//! Spec: <https://url.spec.whatwg.org/#url-representation>

use super::host::Host;

/// A URL, taken apart. Every part is ASCII, percent-encoded where it has to be; only an opaque path
/// has parts that are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    pub(super) scheme: String,
    pub(super) username: String,
    pub(super) password: String,
    pub(super) host: Option<Host>,
    pub(super) port: Option<u16>,
    pub(super) path: UrlPath,
    pub(super) query: Option<String>,
    pub(super) fragment: Option<String>,
}

/// What stands between the authority and the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum UrlPath {
    /// Text without structure, as after `mailto:`.
    Opaque(String),
    /// Segments, each after a slash.
    Segments(Vec<String>),
}

impl Url {
    pub(super) fn new() -> Self {
        Self {
            scheme: String::new(),
            username: String::new(),
            password: String::new(),
            host: None,
            port: None,
            path: UrlPath::Segments(Vec::new()),
            query: None,
            fragment: None,
        }
    }

    /// The scheme, without the colon.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The scheme and a colon.
    pub fn protocol(&self) -> String {
        format!("{}:", self.scheme)
    }

    /// The user name, percent-encoded.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The password, percent-encoded.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The host as it is written in a URL; `None` if there is none, not even an empty one.
    pub fn hostname(&self) -> Option<String> {
        self.host.as_ref().map(Host::to_string)
    }

    /// The host and the port, where that is not the scheme's default.
    pub fn host(&self) -> String {
        match (&self.host, self.port) {
            (None, _) => String::new(),
            (Some(host), None) => host.to_string(),
            (Some(host), Some(port)) => format!("{host}:{port}"),
        }
    }

    /// The port, where it is not the scheme's default.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The port to connect to.
    pub fn port_or_default(&self) -> Option<u16> {
        self.port.or_else(|| default_port(&self.scheme))
    }

    /// The path, with the slash that it begins with.
    pub fn path(&self) -> String {
        match &self.path {
            UrlPath::Opaque(path) => path.clone(),
            UrlPath::Segments(segments) => {
                segments.iter().flat_map(|segment| ["/", segment]).collect()
            }
        }
    }

    /// The query, without the question mark.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// What follows the number sign.
    pub fn fragment(&self) -> Option<&str> {
        self.fragment.as_deref()
    }

    /// URL 4.5, "URL serializer".
    pub fn href(&self) -> String {
        let mut text = self.protocol();
        if self.host.is_some() {
            text += "//";
            if self.has_credentials() {
                text += &self.username;
                if !self.password.is_empty() {
                    text.push(':');
                    text += &self.password;
                }
                text.push('@');
            }
            text += &self.host();
        } else if let UrlPath::Segments(segments) = &self.path
            && segments.len() > 1
            && segments[0].is_empty()
        {
            // Else the path would be taken for a host.
            text += "/.";
        }
        text += &self.path();
        if let Some(query) = &self.query {
            text.push('?');
            text += query;
        }
        if let Some(fragment) = &self.fragment {
            text.push('#');
            text += fragment;
        }
        text
    }

    pub(super) fn has_credentials(&self) -> bool {
        !(self.username.is_empty() && self.password.is_empty())
    }

    pub(super) fn is_special(&self) -> bool {
        is_special(&self.scheme)
    }

    pub(super) fn has_opaque_path(&self) -> bool {
        matches!(self.path, UrlPath::Opaque(_))
    }

    /// The segments of a path that has some.
    pub(super) fn segments(&mut self) -> &mut Vec<String> {
        if let UrlPath::Opaque(_) = self.path {
            self.path = UrlPath::Segments(Vec::new());
        }
        match &mut self.path {
            UrlPath::Segments(segments) => segments,
            UrlPath::Opaque(_) => unreachable!("it was replaced"),
        }
    }
}

/// URL 4.2, "special scheme".
pub(super) fn is_special(scheme: &str) -> bool {
    matches!(scheme, "ftp" | "file" | "http" | "https" | "ws" | "wss")
}

pub(super) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "ftp" => Some(21),
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        _ => None,
    }
}
