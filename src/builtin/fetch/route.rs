//! The way to a server: straight, through a proxy, or to a path in the file system.

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::Context;

use super::options::Options;
use crate::host::{ConnError, Proxy, ProxyKind, Route, Target};
use crate::limits::ROUTES_KEPT;
use crate::net::tls::Connector;
use crate::proto::http1::basic_credentials;
use crate::url::Url;

/// A way, and what it means for the request.
#[derive(Clone)]
pub(in crate::builtin) struct Way {
    pub(in crate::builtin) route: Rc<Route>,
    /// The proxy that is asked for the URL as it is.
    pub(in crate::builtin) forwards: Option<Rc<Proxy>>,
}

/// Ways that nothing special was said of, by origin; `Context` data.
#[derive(Default)]
struct Ways(RefCell<Vec<(String, Way)>>);

/// The way to the server of a URL. `is_other`: it is not the one that the script has named.
pub(in crate::builtin) fn way_to(
    url: &Url,
    options: &Options,
    is_other: bool,
    context: &mut Context,
) -> Result<Way, ConnError> {
    if !options.is_usual {
        return make(url, options, is_other);
    }
    let origin = url.origin();
    if let Some(ways) = context.get_data::<Rc<Ways>>() {
        let ways = ways.0.borrow();
        if let Some((_, way)) = ways.iter().find(|(known, _)| *known == origin) {
            return Ok(way.clone());
        }
    }
    let way = make(url, options, is_other)?;
    if !context.has_data::<Rc<Ways>>() {
        context.insert_data(Rc::<Ways>::default());
    }
    if let Some(ways) = context.get_data::<Rc<Ways>>() {
        let mut ways = ways.0.borrow_mut();
        if ways.len() == ROUTES_KEPT {
            ways.remove(0);
        }
        ways.push((origin, way.clone()));
    }
    Ok(way)
}

fn make(url: &Url, options: &Options, is_other: bool) -> Result<Way, ConnError> {
    let is_secure = url.scheme() == "https";
    let name = url.hostname().unwrap_or_default();
    let host = name.trim_start_matches('[').trim_end_matches(']').to_owned();
    let tls = match is_secure {
        true if is_other => Some(Connector::new(&options.tls.for_another_server(), &host)),
        true => Some(Connector::new(&options.tls, &host)),
        false => None,
    };
    let tls = tls.transpose().map_err(|fault| ConnError::new(fault.code, fault.message))?;
    let local_address = options.local_address;
    if let Some(path) = &options.unix {
        if is_other {
            let message = "the server redirects to another one, which the option unix is not for";
            return Err(ConnError::new("ERR_REDIRECT", message));
        }
        let target = Target::Unix(path.clone());
        let route = Rc::new(Route { target, proxy: None, tls, local_address });
        return Ok(Way { route, forwards: None });
    }
    let port = url.port_or_default().unwrap_or(if is_secure { 443 } else { 80 });
    let target = Target::Tcp { host, port };
    let proxy = options.proxy.proxy_for(&target, is_secure)?;
    let (target, proxy, forwards) = match proxy {
        // RFC 9112 3.2.2: without TLS the proxy is asked for the URL itself.
        Some(proxy) if proxy.kind == ProxyKind::Http && !is_secure => {
            let target = Target::Tcp { host: proxy.host.clone(), port: proxy.port };
            (target, None, Some(Rc::new(proxy)))
        }
        proxy => (target, proxy, None),
    };
    Ok(Way { route: Rc::new(Route { target, proxy, tls, local_address }), forwards })
}

/// The value of `Proxy-Authorization`, where the proxy wants one.
pub(in crate::builtin) fn proxy_credentials(proxy: &Proxy) -> Option<String> {
    let (name, password) = proxy.credentials.as_ref()?;
    Some(basic_credentials(name, password))
}
