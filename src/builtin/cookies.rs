//! The native half of `krandog:cookies`: reading `Cookie`, writing `Set-Cookie`, and signing.
//!
//! Spec: RFC 6265bis, <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html>. What
//! it has a browser refuse is refused here, where whoever wrote it can see it.

use std::borrow::Cow;
use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use boa_engine::object::builtins::JsDate;
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};
use ring::hmac;

use crate::builtin::options::{Given, Opt, flag, options_of, other, read, whole};
use crate::builtin::outcome::with_status;
use crate::builtin::querystring::hex_byte;
use crate::js::argument::{illegal_invocation, wrong_type, wrong_value};
use crate::js::collisions::NameCounter;
use crate::js::convert::{bytes_of, js_string_from_utf8, to_utf8};
use crate::js::error::{range_error, type_error};
use crate::js::interface::{Op, set_field};
use crate::limits::{
    COOKIE_ATTRIBUTE_BYTES_MAX, COOKIE_BYTES_MAX, COOKIE_KEY_BYTES_MIN, COOKIE_SECONDS_MAX,
};
use crate::proto::token::is_token;

pub(super) const OPS: &[Op] = &[
    ("parse", 2, parse),
    ("cookie", 3, cookie),
    ("importKey", 1, import_key),
    ("sign", 3, sign),
    ("verify", 3, verify),
];

struct Parsing {
    decode: bool,
}

const PARSING: [Opt<Parsing>; 1] = [flag("decode", |to, decode| to.decode = decode)];

/// `parse(header, options)`: an object without a prototype, of names and values.
fn parse(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut parsing = Parsing { decode: true };
    if let Some(options) = options_of(arguments.get_or_undefined(1), "parseCookies", context)? {
        read(&options, "", &[&PARSING], &mut parsing, context)?;
    }
    let object = JsObject::with_null_proto();
    let text = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    let mut names = NameCounter::default();
    for (name, value) in pairs(&text) {
        let key = PropertyKey::from(js_string_from_utf8(name));
        // RFC 6265bis 5.8.3: those with longer paths come first, and mean this page more closely.
        if object.has_own_property(key.clone(), context)? {
            continue;
        }
        names.note(&key).map_err(|error| with_status(error.into(), 400, context))?;
        let value = if parsing.decode { decoded(value) } else { value.into() };
        set_field(&object, key, js_string_from_utf8(&value));
    }
    Ok(object.into())
}

/// The cookies in a field. What is none is passed over.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(';').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let (name, value) = (name.trim_ascii(), value.trim_ascii());
        let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        (!name.is_empty()).then_some((name, inner.unwrap_or(value)))
    })
}

/// What was percent-encoded; what is not well formed stays as it is.
fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('%') {
        return value.into();
    }
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let Some(byte) = after.get(..2).and_then(hex_byte) else { return value.into() };
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).map_or_else(|_| value.into(), Cow::Owned)
}

/// RFC 6265bis 4.1.1: `cookie-octet`.
fn is_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

/// As `encodeURIComponent`, but what cookies may hold by themselves stays, except `%`.
fn encoded(value: &str) -> Cow<'_, str> {
    let stays = |byte: u8| is_octet(byte) && byte != b'%';
    if value.bytes().all(stays) {
        return value.into();
    }
    let mut text = String::with_capacity(value.len() + 16);
    for byte in value.bytes() {
        if stays(byte) {
            text.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
            text.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    text.into()
}

#[expect(clippy::struct_excessive_bools, reason = "each is an attribute, or a wish, of its own")]
struct Attributes {
    domain: Option<String>,
    path: Option<String>,
    max_age: Option<usize>,
    expires: Option<String>,
    secure: bool,
    http_only: bool,
    partitioned: bool,
    same_site: Option<&'static str>,
    encode: bool,
}

const ATTRIBUTES: [Opt<Attributes>; 9] = [
    other("domain", |to, given, context| {
        to.domain = text_or_null(given, context)?;
        Ok(())
    }),
    other("path", |to, given, context| {
        to.path = text_or_null(given, context)?;
        Ok(())
    }),
    whole("maxAge", (0, COOKIE_SECONDS_MAX), |to, seconds| to.max_age = Some(seconds)),
    other("expires", |to, given, context| {
        to.expires = Some(date(given, context)?);
        Ok(())
    }),
    flag("secure", |to, secure| to.secure = secure),
    flag("httpOnly", |to, http_only| to.http_only = http_only),
    flag("partitioned", |to, partitioned| to.partitioned = partitioned),
    other("sameSite", |to, given, context| {
        to.same_site = same_site(given, context)?;
        Ok(())
    }),
    flag("encode", |to, encode| to.encode = encode),
];

fn text_or_null(given: &Given<'_>, context: &mut Context) -> JsResult<Option<String>> {
    if given.value.is_null() {
        return Ok(None);
    }
    let text = given.value.as_string().map(|text| to_utf8(&text));
    let Some(text) = text else { return Err(given.wrong_type("a string or null", context)) };
    // RFC 6265bis 4.1.1: `av-octet`.
    if text.is_empty() || !text.bytes().all(|byte| matches!(byte, 0x20..=0x7E) && byte != b';') {
        let why = "an attribute of a cookie is printable ASCII without a semicolon";
        return Err(given.wrong_value(why, context));
    }
    if text.len() > COOKIE_ATTRIBUTE_BYTES_MAX {
        let why = format!("browsers ignore one of more than {COOKIE_ATTRIBUTE_BYTES_MAX} bytes");
        return Err(given.wrong_value(&why, context));
    }
    Ok(Some(text))
}

fn date(given: &Given<'_>, context: &mut Context) -> JsResult<String> {
    let must = "a Date, or milliseconds as Date.now() returns";
    let date = given.value.as_object().and_then(|object| JsDate::from_object(object).ok());
    let time = match date {
        Some(date) => date.get_time(context)?.as_number(),
        None => given.value.as_number(),
    };
    // The years 1970 to 9999, which is what the format has room for.
    match time.filter(|time| (0.0..253_402_300_800_000.0).contains(time)) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be in the range"
        )]
        Some(time) => Ok(httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(time as u64))),
        None => Err(given.wrong_type(must, context)),
    }
}

fn same_site(given: &Given<'_>, context: &mut Context) -> JsResult<Option<&'static str>> {
    let word = given.value.as_string().map(|word| to_utf8(&word).to_ascii_lowercase());
    match word.as_deref() {
        Some("strict") => Ok(Some("Strict")),
        Some("lax") => Ok(Some("Lax")),
        Some("none") => Ok(Some("None")),
        _ if given.value.is_null() => Ok(None),
        _ => Err(given.wrong_type("'strict', 'lax', 'none' or null", context)),
    }
}

/// `cookie(name, value, options)`: the value of a `Set-Cookie` field.
fn cookie(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = name_of(arguments.get_or_undefined(0), context)?;
    let given = arguments.get_or_undefined(1);
    let value = match (given.as_string(), given.is_number()) {
        (Some(text), _) => to_utf8(&text),
        (None, true) => to_utf8(&given.to_string(context)?),
        _ => return Err(wrong_type("value", "a string or a number", given, context)),
    };
    let mut attributes = Attributes {
        domain: None,
        path: Some("/".to_owned()),
        max_age: None,
        expires: None,
        secure: false,
        http_only: false,
        partitioned: false,
        same_site: Some("Lax"),
        encode: true,
    };
    if let Some(options) = options_of(arguments.get_or_undefined(2), "cookie", context)? {
        read(&options, "", &[&ATTRIBUTES], &mut attributes, context)?;
    }
    if !attributes.encode && !value.bytes().all(is_octet) {
        let reason = "has a space, quote, comma, semicolon, backslash, or a character outside of \
                      ASCII: leave encode: false out";
        return Err(wrong_value("value", given, reason, context));
    }
    let value = if attributes.encode { encoded(&value) } else { value.into() };
    if name.len() + value.len() > COOKIE_BYTES_MAX {
        return Err(range_error(format!(
            "the cookie {name} has {} bytes, and browsers keep none of more than \
             {COOKIE_BYTES_MAX}: keep the data here, and its key in the cookie",
            name.len() + value.len()
        )));
    }
    attributes.check(&name)?;
    Ok(js_string_from_utf8(&attributes.text(&name, &value)).into())
}

/// A name as RFC 6265bis has it: a token.
fn name_of(given: &JsValue, context: &mut Context) -> JsResult<String> {
    let Some(name) = given.as_string().map(|name| to_utf8(&name)) else {
        return Err(wrong_type("name", "of type string", given, context));
    };
    if !is_token(name.as_bytes()) {
        return Err(wrong_value(
            "name",
            given,
            "is no token of HTTP, such as 'session-id'",
            context,
        ));
    }
    Ok(name)
}

impl Attributes {
    /// What browsers would refuse.
    fn check(&self, name: &str) -> JsResult<()> {
        let wrong = |why: &str| -> JsResult<()> {
            Err(type_error(format!("browsers refuse the cookie {name}: {why}")))
        };
        let begins = |prefix: &str| {
            name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        // RFC 6265bis 4.1.3.
        if begins("__Secure-") && !self.secure {
            return wrong("__Secure- needs secure: true");
        }
        if begins("__Host-") && !self.secure {
            return wrong("__Host- needs secure: true");
        }
        if begins("__Host-") && self.domain.is_some() {
            return wrong("__Host- is for one host: leave domain out");
        }
        if begins("__Host-") && self.path.as_deref() != Some("/") {
            return wrong("__Host- needs path: '/'");
        }
        if self.same_site == Some("None") && !self.secure {
            return wrong("sameSite: 'none' needs secure: true");
        }
        if self.partitioned && !self.secure {
            return wrong("partitioned: true needs secure: true");
        }
        match &self.path {
            Some(path) if !path.starts_with('/') => wrong("a path begins with a slash"),
            _ => Ok(()),
        }
    }

    fn text(&self, name: &str, value: &str) -> String {
        let mut text = format!("{name}={value}");
        let mut push = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                text.extend(["; ", name, "=", value]);
            }
        };
        push("Domain", self.domain.as_deref());
        push("Path", self.path.as_deref());
        push("Max-Age", self.max_age.map(|seconds| seconds.to_string()).as_deref());
        push("Expires", self.expires.as_deref());
        push("SameSite", self.same_site);
        for (name, is_set) in [
            ("Secure", self.secure),
            ("HttpOnly", self.http_only),
            ("Partitioned", self.partitioned),
        ] {
            if is_set {
                text.extend(["; ", name]);
            }
        }
        text
    }
}

/// A key by which cookies are signed.
#[derive(Trace, Finalize, JsData)]
struct Key(#[unsafe_ignore_trace] hmac::Key);

/// `importKey(key)`: a string or bytes.
fn import_key(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0);
    let bytes = match given.as_string() {
        Some(text) => to_utf8(&text).into_bytes(),
        // A secret is not shown.
        None => bytes_of(given, context)?
            .ok_or_else(|| type_error("a key of a CookieSigner must be a string or bytes"))?,
    };
    if bytes.len() < COOKIE_KEY_BYTES_MIN {
        return Err(range_error(format!(
            "a key of a CookieSigner must have {COOKIE_KEY_BYTES_MIN} bytes or more, not {}: make \
             one with openssl rand -base64 32",
            bytes.len()
        )));
    }
    let key = Key(hmac::Key::new(hmac::HMAC_SHA256, &bytes));
    Ok(JsObject::from_proto_and_data(None, key).into())
}

/// What is signed: the value of no other cookie. A name has no `=`.
fn signed_text(name: &JsString, value: &JsString) -> Vec<u8> {
    [to_utf8(name), to_utf8(value)].join("=").into_bytes()
}

fn with_key<T>(value: &JsValue, work: impl FnOnce(&hmac::Key) -> T) -> JsResult<T> {
    let object = value.as_object();
    let key = object.as_ref().and_then(JsObject::downcast_ref::<Key>);
    key.map(|key| work(&key.0)).ok_or_else(|| illegal_invocation("CookieSigner"))
}

fn name_and_value(arguments: &[JsValue], context: &mut Context) -> JsResult<(JsString, JsString)> {
    let name = arguments.get_or_undefined(1).to_string(context)?;
    Ok((name, arguments.get_or_undefined(2).to_string(context)?))
}

/// `sign(key, name, value)`: the value with its signature.
fn sign(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (name, value) = name_and_value(arguments, context)?;
    let text = signed_text(&name, &value);
    let tag = with_key(arguments.get_or_undefined(0), |key| hmac::sign(key, &text))?;
    let tag = URL_SAFE_NO_PAD.encode(tag.as_ref());
    Ok(js_string!(&value, &js_string!("."), &js_string!(tag)).into())
}

/// `verify(key, name, text)`: the value, if it is signed with this key.
fn verify(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (name, text) = name_and_value(arguments, context)?;
    let text = to_utf8(&text);
    let Some((value, tag)) = text.rsplit_once('.') else { return Ok(JsValue::undefined()) };
    let Ok(tag) = URL_SAFE_NO_PAD.decode(tag) else { return Ok(JsValue::undefined()) };
    let value = js_string_from_utf8(value);
    let text = signed_text(&name, &value);
    let is_right =
        with_key(arguments.get_or_undefined(0), |key| hmac::verify(key, &text, &tag).is_ok())?;
    Ok(if is_right { value.into() } else { JsValue::undefined() })
}
