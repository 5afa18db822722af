//! Where the program of a worker is: a file, a `data:` or `blob:` URL, or code.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use boa_engine::{Context, JsError, JsResult, JsValue, js_string};

use crate::builtin::blob::{blob_bytes, content_type};
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::object_urls::blob_of;
use crate::builtin::process::program_file;
use crate::js::argument::wrong_type;
use crate::js::convert::to_utf8;
use crate::js::error::type_error;
use crate::js::module_file::describe;
use crate::url::{Url, percent_decode};

/// The program of a worker.
pub(super) struct Source {
    /// Its absolute path, or where it pretends to be.
    pub(super) path: PathBuf,
    /// Its text, if that is in no file.
    text: Option<String>,
}

impl Source {
    /// The program that the first argument of `new Worker` names, or is.
    pub(super) fn of(given: &JsValue, is_code: bool, context: &mut Context) -> JsResult<Self> {
        let text = match (given.as_string(), given.as_object()) {
            (Some(text), _) => to_utf8(&text),
            (None, Some(url)) => {
                to_utf8(&url.get(js_string!("href"), context)?.to_string(context)?)
            }
            (None, None) => {
                let wanted = "of type string or an instance of URL";
                return Err(wrong_type("url", wanted, given, context));
            }
        };
        if is_code {
            return Ok(Self { path: here().join("[eval]"), text: Some(text) });
        }
        let has_scheme = text.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        });
        if !has_scheme {
            return Ok(Self { path: here().join(&text), text: None });
        }
        let Some(url) = Url::parse(&text, None) else {
            return Err(unusable(&text, "it is not a valid URL", context));
        };
        match url.scheme() {
            "file" => match url.to_path() {
                Some(path) => Ok(Self { path, text: None }),
                None => Err(unusable(&text, "it names no file of this machine", context)),
            },
            "data" => match data(&text) {
                Ok(code) => Ok(Self { path: here().join("[eval]"), text: Some(code) }),
                Err(why) => Err(unusable("data:", why, context)),
            },
            "blob" => match object(&text, context) {
                Ok(code) => Ok(Self { path: here().join("[eval]"), text: Some(code) }),
                Err(why) => Err(unusable(&text, why, context)),
            },
            scheme => {
                let why = format!(
                    "a worker is loaded from a file, or a data: or blob: URL, not from {scheme}:"
                );
                Err(unusable(&text, &why, context))
            }
        }
    }

    /// The text of the program and its path.
    pub(super) fn read(self, context: &Context) -> Result<(PathBuf, String), JsError> {
        if let Some(text) = self.text {
            return Ok((self.path, text));
        }
        let path = self.path.canonicalize().unwrap_or(self.path);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let hint = beside_program(&path, context).unwrap_or_default();
                let (path, why) = (path.display(), describe(&error));
                return Err(type_error(format!("cannot find the worker {path}: {why}{hint}")));
            }
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            type_error(format!("the worker {} is not valid UTF-8 at byte {at}", path.display()))
        })?;
        let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned);
        Ok((path, text))
    }
}

/// Paths are relative to the current directory, and people expect them to be relative to the program.
fn beside_program(path: &Path, context: &Context) -> Option<String> {
    let relative = path.strip_prefix(here()).ok()?;
    let program = program_file(context);
    let meant = program.parent()?.join(relative);
    meant.is_file().then(|| {
        format!(
            "; a path is relative to the current directory: did you mean new Worker(new URL('./{}', \
             import.meta.url))?",
            relative.display()
        )
    })
}

fn here() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"))
}

/// The JavaScript in the `Blob` of an object URL.
fn object(url: &str, context: &Context) -> Result<String, &'static str> {
    let url = url.split('#').next().unwrap_or_default();
    let Some(blob) = blob_of(url, context) else { return Err("it was revoked, or is none") };
    let kind = content_type(&blob).unwrap_or_default().to_std_string_lossy();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.is_empty() && !KINDS.contains(&kind) {
        return Err("the type of its Blob is not text/javascript");
    }
    let bytes = blob_bytes(&blob).unwrap_or_default();
    String::from_utf8(bytes).map_err(|_| "it is not valid UTF-8")
}

/// The media types of a program.
const KINDS: [&str; 2] = ["text/javascript", "application/javascript"];

/// The JavaScript in a `data:` URL.
fn data(url: &str) -> Result<String, &'static str> {
    let rest = url.get(5..).unwrap_or_default();
    let Some((media, body)) = rest.split_once(',') else { return Err("there is no comma in it") };
    let mut parts = media.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    if !KINDS.contains(&kind.as_str()) {
        return Err("its type is not text/javascript");
    }
    let body = body.split('#').next().unwrap_or_default();
    let bytes = percent_decode(body);
    let bytes = if parts.any(|part| part.eq_ignore_ascii_case("base64")) {
        STANDARD.decode(bytes).map_err(|_| "it is not valid base64")?
    } else {
        bytes
    };
    String::from_utf8(bytes).map_err(|_| "it is not valid UTF-8")
}

fn unusable(url: &str, why: &str, context: &mut Context) -> JsError {
    let shown: String = url.chars().take(100).collect();
    dom_exception("SyntaxError", &format!("cannot make a worker of '{shown}': {why}"), context)
}
