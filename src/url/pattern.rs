//! Parts of URLs in their canonical form, as `URLPattern` compares them.
//!
//! Spec: <https://urlpattern.spec.whatwg.org/#canon>

use super::parser::{State, parse_part};
use super::record::Url;

/// The canonical form of a value that is not empty, in the place of this component; `None` for a
/// value that cannot stand there. A port depends on the protocol.
pub fn canonical(component: &str, value: &str, protocol: &str) -> Option<String> {
    if value.is_empty() {
        return Some(String::new());
    }
    if component == "protocol" {
        let url = Url::parse(&format!("{value}://dummy.test"), None)?;
        return Some(url.scheme().to_owned());
    }
    let mut url = Url::parse("https://dummy.invalid/", None)?;
    match component {
        "username" => {
            url.set_username(value);
            Some(url.username().to_owned())
        }
        "password" => {
            url.set_password(value);
            Some(url.password().to_owned())
        }
        "hostname" => parse_part(&mut url, value, State::Hostname).then(|| url.hostname())?,
        "port" => {
            // Without a protocol no port is a default one.
            let protocol = if protocol.is_empty() { "dummy" } else { protocol };
            let mut url = Url::parse(&format!("{protocol}://dummy.invalid/"), None)?;
            let port = parse_part(&mut url, value, State::Port).then(|| url.port())?;
            Some(port.map(|port| port.to_string()).unwrap_or_default())
        }
        "pathname" => {
            // A relative one must not lose what leads up.
            let absolute = value.starts_with('/');
            let path = if absolute { value.to_owned() } else { format!("/-{value}") };
            url.set_pathname(&path);
            let path = url.path();
            Some(if absolute { path } else { path.get(2..).unwrap_or_default().to_owned() })
        }
        "opaque pathname" => {
            let mut url = Url::parse("dummy:", None)?;
            parse_part(&mut url, value, State::OpaquePath).then(|| url.path())
        }
        "search" => {
            url.set_query(Some(String::new()));
            parse_part(&mut url, value, State::Query);
            url.query().map(str::to_owned)
        }
        _ => {
            parse_part(&mut url, value, State::Fragment);
            url.fragment().map(str::to_owned)
        }
    }
}
