//! The options `tls` of servers and of `new WebSocket`, and certificates for scripts to look at.
//!
//! Spec: <https://nodejs.org/api/tls.html> for names.

use std::io::{self, Read};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsObject, JsResult, JsString, JsValue, js_string};

use super::options::{Given, Opt, flag, names_in, other, read, text};
use super::process::ProgramArguments;
use crate::errno;
use crate::js::convert::{bytes_of, is_buffer_source, new_uint8_array, to_utf8};
use crate::js::error::node_error;
use crate::js::interface::set_field;
use crate::limits::TLS_FILE_BYTES_MAX;
use crate::net::tls::{
    Acceptor, Certificate, ClientTls, Fault, MaxVersion, MinVersion, NamedIdentity, ServerTls,
    fingerprint, self_signed,
};

/// The acceptor of `--tls-self-signed`, once it is made: all threads of the process have the same.
static DEVELOPMENT: Mutex<Option<Acceptor>> = Mutex::new(None);

/// What has an identity among its options.
trait HasIdentity {
    fn identity(&mut self) -> &mut NamedIdentity;
}

impl HasIdentity for NamedIdentity {
    fn identity(&mut self) -> &mut NamedIdentity {
        self
    }
}

impl HasIdentity for ClientTls {
    fn identity(&mut self) -> &mut NamedIdentity {
        &mut self.identity
    }
}

impl HasIdentity for ServerTls {
    fn identity(&mut self) -> &mut NamedIdentity {
        &mut self.identity
    }
}

const fn identity_options<T: HasIdentity>() -> [Opt<T>; 4] {
    [
        other("cert", |to, given, context| {
            let cert = material(given, context)?;
            let identity = to.identity();
            (identity.cert, identity.pfx) = (Some(cert), None);
            Ok(())
        }),
        other("key", |to, given, context| {
            let key = material(given, context)?;
            let identity = to.identity();
            (identity.key, identity.pfx) = (Some(key), None);
            Ok(())
        }),
        other("pfx", |to, given, context| {
            let pfx = material(given, context)?;
            let identity = to.identity();
            *identity = NamedIdentity { pfx: Some(pfx), ..NamedIdentity::default() };
            Ok(())
        }),
        text("passphrase", |to, passphrase| to.identity().passphrase = Some(passphrase)),
    ]
}

const NAMED: [Opt<NamedIdentity>; 4] = identity_options();
const CLIENT_IDENTITY: [Opt<ClientTls>; 4] = identity_options();
const SERVER_IDENTITY: [Opt<ServerTls>; 4] = identity_options();

const CLIENT: [Opt<ClientTls>; 4] = [
    other("ca", |to, given, context| {
        to.ca = materials(given, context)?;
        Ok(())
    }),
    text("servername", |to, name| to.servername = Some(name)),
    flag("rejectUnauthorized", |to, rejects| to.accepts_any = !rejects),
    other("minVersion", |to, given, context| {
        to.min_version = min_version(given, context)?;
        Ok(())
    }),
];

const SERVER: [Opt<ServerTls>; 5] = [
    other("ca", |to, given, context| {
        to.ca = materials(given, context)?;
        Ok(())
    }),
    flag("requestCert", |to, requests| to.request_cert = requests),
    flag("rejectUnauthorized", |to, rejects| to.accepts_anonymous = !rejects),
    other("minVersion", |to, given, context| {
        to.min_version = min_version(given, context)?;
        Ok(())
    }),
    other("sni", |to, given, context| {
        to.sni = names(given, context)?;
        Ok(())
    }),
];

/// What may stand besides in options of `tls.connect`.
const RAW_CLIENT: [Opt<ClientTls>; 4] = [
    flag("checksLater", |to, wanted| to.checks_later = wanted),
    other("maxVersion", |to, given, context| {
        to.max_version = max_version(given, context)?;
        Ok(())
    }),
    other("protocols", |to, given, context| {
        to.protocols = protocols(given, context)?;
        Ok(())
    }),
    // It is looked at elsewhere.
    other("host", |_, _, _| Ok(())),
];

/// What may stand besides in those of `tls.createServer`.
const RAW_SERVER: [Opt<ServerTls>; 2] = [
    other("maxVersion", |to, given, context| {
        to.max_version = max_version(given, context)?;
        Ok(())
    }),
    other("protocols", |to, given, context| {
        to.protocols = protocols(given, context)?;
        Ok(())
    }),
];

/// The options of `tls.connect`, as the JavaScript half has gathered them.
pub(super) fn raw_client_tls(given: &JsObject, context: &mut Context) -> JsResult<ClientTls> {
    let mut options = ClientTls { protocols: Some(Vec::new()), ..ClientTls::default() };
    read(given, "", &[&CLIENT_IDENTITY, &CLIENT, &RAW_CLIENT], &mut options, context)?;
    Ok(options)
}

/// Those of `tls.createServer`.
pub(super) fn raw_server_tls(given: &JsObject, context: &mut Context) -> JsResult<ServerTls> {
    let mut options = ServerTls { protocols: Some(Vec::new()), ..ServerTls::default() };
    read(given, "", &[&SERVER_IDENTITY, &SERVER, &RAW_SERVER], &mut options, context)?;
    Ok(options)
}

fn max_version(given: &Given<'_>, context: &mut Context) -> JsResult<MaxVersion> {
    let name = given.value.as_string().map(|name| to_utf8(&name));
    match name.as_deref() {
        Some("TLSv1.2") => Ok(MaxVersion::Tls12),
        Some("TLSv1.3") => Ok(MaxVersion::Tls13),
        _ => Err(given.wrong_type("'TLSv1.2' or 'TLSv1.3' (older ones are broken)", context)),
    }
}

/// Names of protocols, whose characters are bytes.
fn protocols(given: &Given<'_>, context: &mut Context) -> JsResult<Option<Vec<Vec<u8>>>> {
    let names = given.strings(context)?;
    let bytes = |name: String| name.chars().filter_map(|c| u8::try_from(c).ok()).collect();
    Ok(names.map(|names| names.into_iter().map(bytes).collect()))
}

/// The option `tls` of an outgoing connection.
pub(super) fn client_tls(given: &Given<'_>, context: &mut Context) -> JsResult<ClientTls> {
    let mut options = ClientTls::default();
    given.read_inner(&[&CLIENT_IDENTITY, &CLIENT], &mut options, context)?;
    Ok(options)
}

/// What it may hold.
pub(super) fn client_tls_names() -> Vec<&'static str> {
    names_in(&[&CLIENT_IDENTITY, &CLIENT])
}

/// What the option `tls` of a server may hold.
pub(super) fn server_tls_names() -> Vec<&'static str> {
    names_in(&[&SERVER_IDENTITY, &SERVER])
}

/// The option `tls` of a server.
pub(super) fn server_tls(given: &Given<'_>, context: &mut Context) -> JsResult<ServerTls> {
    let mut options = ServerTls::default();
    given.read_inner(&[&SERVER_IDENTITY, &SERVER], &mut options, context)?;
    Ok(options)
}

/// Options of a server as `setSecureContext` takes them: what is not given stays as it is.
pub(super) fn change_server_tls(
    options: &mut ServerTls,
    given: &JsObject,
    context: &mut Context,
) -> JsResult<()> {
    read(given, "", &[&SERVER_IDENTITY, &SERVER], options, context)
}

/// What a server speaks TLS with. An error names the option.
pub(super) fn acceptor(options: &ServerTls, context: &mut Context) -> JsResult<Acceptor> {
    // `https.createServer(handler)`: it asks for TLS, and has nothing of its own.
    if *options == ServerTls::default()
        && let Some(made) = development(context)?
    {
        return Ok(made);
    }
    Acceptor::new(options).map_err(|fault| thrown(&fault, context))
}

/// A failure as an exception.
pub(super) fn thrown(fault: &Fault, context: &mut Context) -> JsError {
    node_error(fault.code, fault.message.clone(), context)
}

/// What servers without TLS of their own speak it with, if the command line asks for that.
pub(super) fn development(context: &mut Context) -> JsResult<Option<Acceptor>> {
    let asked = context.get_data::<ProgramArguments>().is_some_and(|given| given.tls_self_signed);
    if !asked {
        return Ok(None);
    }
    let mut known = DEVELOPMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(made) = &*known {
        return Ok(Some(made.clone()));
    }
    let made = self_signed().and_then(|identity| {
        let acceptor = Acceptor::new(&ServerTls { identity, ..ServerTls::default() })?;
        Ok(acceptor)
    });
    let acceptor = made.map_err(|fault| thrown(&fault, context))?;
    log::warn!(
        "servers speak TLS with a certificate made for development, which nobody trusts (SHA-256 \
         {}): do not use --tls-self-signed for anything else",
        acceptor.fingerprint().unwrap_or_default()
    );
    *known = Some(acceptor.clone());
    Ok(Some(acceptor))
}

fn min_version(given: &Given<'_>, context: &mut Context) -> JsResult<MinVersion> {
    let name = given.value.as_string().map(|name| to_utf8(&name));
    match name.as_deref() {
        Some("TLSv1.2") => Ok(MinVersion::Tls12),
        Some("TLSv1.3") => Ok(MinVersion::Tls13),
        _ => Err(given.wrong_type("'TLSv1.2' or 'TLSv1.3' (older ones are broken)", context)),
    }
}

/// `{'a.example': {cert, key}, '*.b.example': {pfx, passphrase}}`.
fn names(given: &Given<'_>, context: &mut Context) -> JsResult<Vec<(String, NamedIdentity)>> {
    let object = given.object(context)?;
    let mut names = Vec::new();
    for key in object.own_property_keys(context)? {
        let PropertyKey::String(host) = &key else { continue };
        let host = to_utf8(host);
        let Some(options) = object.get(key, context)?.as_object() else {
            return Err(given.wrong_type("an object of names, each with cert and key", context));
        };
        let mut identity = NamedIdentity::default();
        read(&options, &format!("tls.sni['{host}']."), &[&NAMED], &mut identity, context)?;
        names.push((host, identity));
    }
    Ok(names)
}

/// One certificate or file, or several in an array.
fn materials(given: &Given<'_>, context: &mut Context) -> JsResult<Vec<Vec<u8>>> {
    let list = given.value.as_object().filter(JsObject::is_array);
    let Some(list) = list else { return Ok(vec![material(given, context)?]) };
    let length = list.get(js_string!("length"), context)?.to_length(context)?;
    if length == 0 {
        // Whoever filters a list down to nothing does not mean to trust more than before.
        let message = format!(
            "{} is an empty array: name the authorities to trust; clients that leave it out trust \
             those of the system",
            given.path()
        );
        return Err(node_error("ERR_INVALID_ARG_VALUE", message, context));
    }
    (0..length).map(|index| material_of(&list.get(index, context)?, given, context)).collect()
}

fn material(given: &Given<'_>, context: &mut Context) -> JsResult<Vec<u8>> {
    material_of(&given.value, given, context)
}

/// A certificate or a key: bytes, a text in PEM, or the path of a file with either.
fn material_of(value: &JsValue, given: &Given<'_>, context: &mut Context) -> JsResult<Vec<u8>> {
    if is_buffer_source(value) {
        return Ok(bytes_of(value, context)?.unwrap_or_default());
    }
    let Some(text) = value.as_string().map(|text| to_utf8(&text)) else {
        return Err(given.wrong_type("PEM, bytes or the path of a file", context));
    };
    if text.contains("-----BEGIN ") {
        return Ok(text.into_bytes());
    }
    read_file(Path::new(&text)).map_err(|error| {
        if could_be_a_key(&text) {
            let message = format!(
                "{} is neither the path of a file nor PEM, which begins with a line \
                 -----BEGIN …-----",
                given.path()
            );
            return node_error("ERR_INVALID_ARG_VALUE", message, context);
        }
        let what = format!("{} names a file that cannot be read", given.path());
        let message = format!("{what}: '{text}': {}", errno::describe(&error));
        node_error(errno::code(&error), message, context)
    })
}

/// Whether a text that is no path could be a key without its PEM, which no error may show. In
/// base64, every key begins with an M: that of the tag of a sequence.
fn could_be_a_key(text: &str) -> bool {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte);
    text.contains('\n') || text.len() > 32 && text.starts_with('M') && text.bytes().all(is_base64)
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(TLS_FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > TLS_FILE_BYTES_MAX {
        return Err(io::Error::from_raw_os_error(libc::EFBIG));
    }
    Ok(bytes)
}

/// A certificate as Node's `getPeerCertificate` returns it.
pub(super) fn certificate_object(der: &[u8], context: &mut Context) -> JsResult<JsValue> {
    let Some(known) = Certificate::parse(der) else { return Ok(JsValue::undefined()) };
    let object = JsObject::with_object_proto(context.intrinsics());
    let text = |text: &str| JsValue::from(JsString::from(text));
    let alternative = known.subject_alt_name.as_deref().map_or_else(JsValue::undefined, text);
    set_field(&object, js_string!("subject"), name_object(&known.subject));
    set_field(&object, js_string!("issuer"), name_object(&known.issuer));
    set_field(&object, js_string!("subjectaltname"), alternative);
    set_field(&object, js_string!("valid_from"), text(&known.valid_from));
    set_field(&object, js_string!("valid_to"), text(&known.valid_to));
    set_field(&object, js_string!("fingerprint256"), text(&fingerprint(der)));
    set_field(&object, js_string!("serialNumber"), text(&known.serial_number));
    set_field(&object, js_string!("raw"), new_uint8_array(der, context)?);
    Ok(object.into())
}

/// `{CN, O, …}`. What stands there more than once is joined, as the first alone could mislead.
fn name_object(names: &[(String, String)]) -> JsValue {
    let object = JsObject::with_null_proto();
    let mut known: Vec<(&str, String)> = Vec::new();
    for (name, value) in names {
        match known.iter_mut().find(|(seen, _)| seen == name) {
            Some((_, values)) => {
                values.push('\n');
                values.push_str(value);
            }
            None => known.push((name, value.clone())),
        }
    }
    for (name, value) in known {
        set_field(&object, js_string!(name), JsString::from(value.as_str()));
    }
    object.into()
}
