//! The options of `new Request` and `fetch`, as the standard has them.
//!
//! Spec: <https://fetch.spec.whatwg.org/#requestinit>

use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string};

use super::headers::byte_string;
use crate::builtin::dom::abort::is_signal;
use crate::builtin::options::nearest;
use crate::js::argument::{dictionary, wrong_type};
use crate::js::convert::to_utf8;
use crate::js::error::type_error;
use crate::js::property::property;
use crate::proto::token::is_token;
use crate::url::Url;

/// What is kept of a request's options.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) referrer: String,
    pub(super) referrer_policy: &'static str,
    pub(super) mode: &'static str,
    pub(super) credentials: &'static str,
    pub(super) cache: &'static str,
    pub(super) redirect: &'static str,
    pub(super) integrity: JsString,
    pub(super) keepalive: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            referrer: "about:client".to_owned(),
            referrer_policy: "",
            mode: "cors",
            credentials: "same-origin",
            cache: "default",
            redirect: "follow",
            integrity: js_string!(),
            keepalive: false,
        }
    }
}

/// The options that say something new.
#[derive(Default)]
pub(super) struct Init {
    pub(super) body: JsValue,
    pub(super) headers: Option<JsValue>,
    pub(super) method: Option<String>,
    pub(super) signal: GivenSignal,
    pub(super) has_duplex: bool,
}

/// The signal among the options.
#[derive(Default)]
pub(super) enum GivenSignal {
    /// It is left out.
    #[default]
    Same,
    /// Null.
    Null,
    /// A signal to follow.
    Signal(JsObject),
}

const CACHE: &[&str] =
    &["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"];
const CREDENTIALS: &[&str] = &["omit", "same-origin", "include"];
const DUPLEX: &[&str] = &["half"];
const MODE: &[&str] = &["navigate", "same-origin", "no-cors", "cors"];
const PRIORITY: &[&str] = &["high", "low", "auto"];
const REDIRECT: &[&str] = &["follow", "error", "manual"];
const REFERRER_POLICY: &[&str] = &[
    "",
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];

/// Reads the options, in the order of Web IDL: that of their names.
pub(super) fn read_init(
    value: &JsValue,
    settings: &mut Settings,
    context: &mut Context,
) -> JsResult<Init> {
    let mut init = Init::default();
    let Some(options) = dictionary(value, "init", context)? else { return Ok(init) };
    let mut reader = Reader { options, context };
    init.body = reader.value("body")?;
    reader.choice("cache", CACHE, &mut settings.cache)?;
    reader.choice("credentials", CREDENTIALS, &mut settings.credentials)?;
    let mut duplex = "";
    reader.choice("duplex", DUPLEX, &mut duplex)?;
    init.has_duplex = !duplex.is_empty();
    init.headers = Some(reader.value("headers")?).filter(|headers| !headers.is_undefined());
    let integrity = reader.value("integrity")?;
    if !integrity.is_undefined() {
        settings.integrity = integrity.to_string(reader.context)?;
    }
    let keepalive = reader.value("keepalive")?;
    if !keepalive.is_undefined() {
        settings.keepalive = keepalive.to_boolean();
    }
    init.method = reader.method()?;
    reader.choice("mode", MODE, &mut settings.mode)?;
    let mut priority = "";
    reader.choice("priority", PRIORITY, &mut priority)?;
    reader.choice("redirect", REDIRECT, &mut settings.redirect)?;
    reader.referrer(settings)?;
    reader.choice("referrerPolicy", REFERRER_POLICY, &mut settings.referrer_policy)?;
    init.signal = reader.signal()?;
    let window = reader.value("window")?;
    if !window.is_null_or_undefined() {
        return Err(type_error("init.window can only be null"));
    }
    if settings.mode == "navigate" {
        return Err(type_error("init.mode cannot be 'navigate': there is no page to navigate"));
    }
    if settings.cache == "only-if-cached" && settings.mode != "same-origin" {
        return Err(type_error("init.cache 'only-if-cached' needs init.mode 'same-origin'"));
    }
    Ok(init)
}

struct Reader<'a> {
    options: JsObject,
    context: &'a mut Context,
}

impl Reader<'_> {
    fn value(&mut self, name: &'static str) -> JsResult<JsValue> {
        property(&self.options, js_string!(name), self.context)
    }

    /// One of several words.
    fn choice(
        &mut self,
        name: &'static str,
        words: &'static [&'static str],
        to: &mut &'static str,
    ) -> JsResult<()> {
        let value = self.value(name)?;
        if value.is_undefined() {
            return Ok(());
        }
        let given = to_utf8(&value.to_string(self.context)?);
        if let Some(word) = words.iter().find(|word| **word == given) {
            *to = word;
            return Ok(());
        }
        let meant = nearest(&given, words.iter().copied());
        let meant = meant.map(|meant| format!(": did you mean '{meant}'?")).unwrap_or_default();
        let known = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
        Err(type_error(format!("init.{name} cannot be '{given}'{meant} (known: {known})")))
    }

    /// The method: those that the standard knows, in upper case.
    fn method(&mut self) -> JsResult<Option<String>> {
        let value = self.value("method")?;
        if value.is_undefined() {
            return Ok(None);
        }
        let given = byte_string(&value, self.context)?;
        if !is_token(&given) {
            let shown = given.escape_ascii();
            return Err(type_error(format!("'{shown}' is no HTTP method: it must be a token")));
        }
        let method = String::from_utf8_lossy(&given).into_owned();
        let upper = method.to_ascii_uppercase();
        match upper.as_str() {
            "CONNECT" | "TRACE" | "TRACK" => Err(type_error(format!(
                "the method {upper} is not for fetch: the standard forbids it"
            ))),
            "DELETE" | "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT" => Ok(Some(upper)),
            // Methods are case-sensitive, and others are sent as they are.
            _ => Ok(Some(method)),
        }
    }

    fn referrer(&mut self, settings: &mut Settings) -> JsResult<()> {
        let value = self.value("referrer")?;
        if value.is_undefined() {
            return Ok(());
        }
        let given = to_utf8(&value.to_string(self.context)?);
        if given.is_empty() {
            settings.referrer = String::new();
            return Ok(());
        }
        let Some(url) = Url::parse(&given, None) else {
            return Err(type_error(format!("init.referrer must be a whole URL, not '{given}'")));
        };
        settings.referrer = url.href();
        Ok(())
    }

    fn signal(&mut self) -> JsResult<GivenSignal> {
        let value = self.value("signal")?;
        if value.is_undefined() {
            return Ok(GivenSignal::Same);
        }
        if value.is_null() {
            return Ok(GivenSignal::Null);
        }
        if let Some(signal) = value.as_object().filter(is_signal) {
            return Ok(GivenSignal::Signal(signal));
        }
        Err(wrong_type("init.signal", "an instance of AbortSignal", &value, self.context))
    }
}
