//! What happens when a part of a URL is assigned to: a value that does not fit is ignored.
//!
//! Spec: <https://url.spec.whatwg.org/#api>

use super::encode;
use super::host::Host;
use super::parser::{State, parse_part};
use super::record::Url;

impl Url {
    /// `url.protocol = value`
    pub fn set_protocol(&mut self, value: &str) {
        parse_part(self, &format!("{value}:"), State::SchemeStart);
    }

    /// `url.username = value`
    pub fn set_username(&mut self, value: &str) {
        if self.can_have_credentials_and_port() {
            self.username = encode::encoded(value, encode::userinfo);
        }
    }

    /// `url.password = value`
    pub fn set_password(&mut self, value: &str) {
        if self.can_have_credentials_and_port() {
            self.password = encode::encoded(value, encode::userinfo);
        }
    }

    /// `url.host = value`
    pub fn set_host(&mut self, value: &str) {
        if !self.has_opaque_path() {
            parse_part(self, value, State::Host);
        }
    }

    /// `url.hostname = value`
    pub fn set_hostname(&mut self, value: &str) {
        if !self.has_opaque_path() {
            parse_part(self, value, State::Hostname);
        }
    }

    /// `url.port = value`
    pub fn set_port(&mut self, value: &str) {
        if !self.can_have_credentials_and_port() {
            return;
        }
        if value.is_empty() {
            self.port = None;
        } else {
            parse_part(self, value, State::Port);
        }
    }

    /// `url.pathname = value`
    pub fn set_pathname(&mut self, value: &str) {
        if !self.has_opaque_path() {
            self.segments().clear();
            parse_part(self, value, State::PathStart);
        }
    }

    /// `url.search = value`
    pub fn set_search(&mut self, value: &str) {
        if value.is_empty() {
            self.query = None;
            return;
        }
        self.query = Some(String::new());
        parse_part(self, value.strip_prefix('?').unwrap_or(value), State::Query);
    }

    /// `url.hash = value`
    pub fn set_hash(&mut self, value: &str) {
        if value.is_empty() {
            self.fragment = None;
            return;
        }
        self.fragment = Some(String::new());
        parse_part(self, value.strip_prefix('#').unwrap_or(value), State::Fragment);
    }

    /// The query that a `URLSearchParams` has written.
    pub fn set_query(&mut self, query: Option<String>) {
        self.query = query;
    }

    /// URL 4.2: no credentials without a host, and none in a `file:` URL.
    fn can_have_credentials_and_port(&self) -> bool {
        self.scheme != "file" && !matches!(self.host, None | Some(Host::Empty))
    }
}
