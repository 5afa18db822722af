//! `trustProxy`: which proxies in front of a server are believed, and in which fields.

use boa_engine::{Context, JsResult};

use crate::builtin::options::Given;
use crate::host::{ForwardedBy, Network, Trust};
use crate::js::convert::to_utf8;
use crate::limits::PROXY_HOPS_MAX;

const MUST: &str = "true, false, the number of proxies in front, or addresses and networks such as \
                    ['loopback', '10.0.0.0/8']";

/// `trustProxy`: nobody, everybody, so many, or those with some addresses.
pub(super) fn read_trust(given: &Given<'_>, context: &mut Context) -> JsResult<Option<Trust>> {
    if let Some(everybody) = given.value.as_boolean() {
        return Ok(everybody.then_some(Trust::Everybody));
    }
    if given.value.is_number() {
        let hops = given.whole(0, PROXY_HOPS_MAX, context)?;
        return Ok((hops > 0).then_some(Trust::Hops(hops)));
    }
    let texts = match given.value.as_string() {
        // As in Express, 'loopback, 10.0.0.1' is a list too.
        Some(text) => to_utf8(&text).split(',').map(|text| text.trim().to_owned()).collect(),
        None => match given.strings(context)? {
            Some(texts) => texts,
            None => return Err(given.wrong_type(MUST, context)),
        },
    };
    let mut networks = Vec::new();
    for text in texts {
        let Some(parsed) = Network::parse(&text) else {
            let why = format!(
                "'{text}' is no address, no network such as 10.0.0.0/8, and none of 'loopback', \
                 'private' and 'linklocal'"
            );
            return Err(given.wrong_value(&why, context));
        };
        networks.extend(parsed);
    }
    Ok(Some(Trust::Networks(networks)))
}

/// `trustProxyHeader`.
pub(super) fn read_header(given: &Given<'_>, context: &mut Context) -> JsResult<ForwardedBy> {
    let word = given.value.as_string().map(|word| to_utf8(&word).to_ascii_lowercase());
    match word.as_deref() {
        Some("x-forwarded-for") => Ok(ForwardedBy::XForwarded),
        Some("forwarded") => Ok(ForwardedBy::Forwarded),
        _ => Err(given.wrong_type("'x-forwarded-for' or 'forwarded'", context)),
    }
}
