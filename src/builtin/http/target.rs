//! The arguments of `listen`: where a server is to listen.

use std::io;

use boa_engine::{Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsValue, Trace};

use crate::builtin::context_data::with_host;
use crate::builtin::options::{Given, Opt, flag, options_of, other, read, read_one, shown, whole};
use crate::errno;
use crate::host::ListenAddress;
use crate::js::argument::illegal_invocation;
use crate::js::convert::to_utf8;
use crate::js::error::{Target, node_error, system_error};

use crate::limits::LISTEN_BACKLOG;
use crate::net::resolve::resolve;

/// Where a script wants a server to listen, checked.
#[derive(Clone, Trace, Finalize, JsData)]
pub(super) struct ListenTarget {
    /// Any free one, without.
    port: Option<u16>,
    host: Option<String>,
    path: Option<String>,
    /// A socket that was passed to the process.
    fd: Option<i32>,
    systemd: Option<Passed>,
    /// For nobody but this program.
    pub(super) memory: bool,
    pub(super) reuse_port: bool,
    pub(super) backlog: i32,
}

/// Which of the sockets that systemd has passed.
#[derive(Clone, Trace, Finalize)]
enum Passed {
    First,
    Named(String),
}

impl Default for ListenTarget {
    fn default() -> Self {
        Self {
            port: None,
            host: None,
            path: None,
            fd: None,
            systemd: None,
            memory: false,
            reuse_port: false,
            backlog: LISTEN_BACKLOG,
        }
    }
}

const LISTEN: [Opt<ListenTarget>; 9] = [
    other("port", |to, given, context| {
        to.port = Some(read_port(&given.value, context)?);
        Ok(())
    }),
    other("host", read_host),
    // The name that it has in a URL.
    other("hostname", read_host),
    other("path", |to, given, context| {
        to.path = Some(not_empty(given, "a path such as './app.sock'", context)?);
        Ok(())
    }),
    whole("fd", (3, i32::MAX as u64), |to, fd| to.fd = i32::try_from(fd).ok()),
    other("systemd", |to, given, context| {
        to.systemd = match given.value.as_boolean() {
            Some(wanted) => wanted.then_some(Passed::First),
            None => Some(Passed::Named(not_empty(given, "true or the name of a socket", context)?)),
        };
        Ok(())
    }),
    flag("memory", |to, wanted| to.memory = wanted),
    flag("reusePort", |to, wanted| to.reuse_port = wanted),
    whole("backlog", (0, 65_535), |to, count| {
        to.backlog = i32::try_from(count).unwrap_or(i32::MAX);
    }),
];

fn read_host(to: &mut ListenTarget, given: &Given<'_>, context: &mut Context) -> JsResult<()> {
    // Nobody says "every address" by accident.
    let host = "a name or an address such as '127.0.0.1'";
    to.host = Some(not_empty(given, host, context)?);
    Ok(())
}

fn not_empty(given: &Given<'_>, must: &str, context: &mut Context) -> JsResult<String> {
    let text = given.value.as_string().map(|text| to_utf8(&text));
    text.filter(|text| !text.is_empty()).ok_or_else(|| given.wrong_type(must, context))
}

/// `readTarget(port?, host?, backlog?)`, `readTarget({port, host, path, backlog})` or
/// `readTarget(path)`: the target, for `listen`.
pub(super) fn read_target(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let mut target = ListenTarget::default();
    let first = arguments.get_or_undefined(0);
    let path = first.as_string().map(|path| path.to_std_string_lossy());
    if first.is_object() {
        if let Some(options) = options_of(first, "listen", context)? {
            read(&options, "", &[&LISTEN], &mut target, context)?;
        }
        check(&target, context)?;
    } else if let Some(path) = path.filter(|path| path.contains('/')) {
        target.path = Some(path);
    } else if !first.is_null_or_undefined() {
        target.port = Some(read_port(first, context)?);
        // What stands where is told by its type, as in Node.
        for value in &arguments[1..] {
            if value.is_number() {
                read_one("backlog", value, &LISTEN, &mut target, context)?;
            } else if value.is_object() {
                let message = "listen takes options in place of the port: listen({ port, host })";
                return Err(node_error("ERR_INVALID_ARG_TYPE", message, context));
            } else if !value.is_null_or_undefined() {
                read_one("host", value, &LISTEN, &mut target, context)?;
            }
        }
    }
    Ok(JsObject::from_proto_and_data(None, target).into())
}

/// One server listens in one place.
fn check(target: &ListenTarget, context: &mut Context) -> JsResult<()> {
    let has_port = target.host.is_some() || target.port.is_some();
    let has_place = has_port || target.path.is_some() || target.fd.is_some();
    let wrong = if target.memory && (has_place || target.systemd.is_some() || target.reuse_port) {
        "listen takes memory alone: nobody outside of the program is to connect"
    } else if target.path.is_some() && has_port {
        "listen takes a port or a path, not both: one server listens in one place"
    } else if target.fd.is_some() && (has_port || target.path.is_some()) {
        "listen takes fd alone: the socket of that number is bound already"
    } else if target.fd.is_some() && target.systemd.is_some() {
        "listen takes fd or systemd, not both: one server listens in one place"
    } else if target.reuse_port && (target.path.is_some() || target.fd.is_some()) {
        "listen takes reusePort for a port only"
    } else {
        return Ok(());
    };
    Err(node_error("ERR_INVALID_ARG_VALUE", wrong, context))
}

/// The target that `readTarget` made.
pub(super) fn target_of(value: &JsValue) -> JsResult<ListenTarget> {
    let object = value.as_object();
    let target = object.as_ref().and_then(JsObject::downcast_ref::<ListenTarget>);
    target.map(|target| target.clone()).ok_or_else(|| illegal_invocation("Server"))
}

/// The address to bind.
pub(super) fn address_of(target: &ListenTarget, context: &mut Context) -> JsResult<ListenAddress> {
    if let Some(fd) = target.fd {
        return Ok(ListenAddress::Inherited(fd));
    }
    if let Some(passed) = &target.systemd {
        let name = match passed {
            Passed::First => None,
            Passed::Named(name) => Some(&**name),
        };
        if let Some(fd) = with_host(context, |host| host.passed_socket(name)) {
            return Ok(ListenAddress::Inherited(fd));
        }
        // A port or a path beside it is for when there is none.
        if target.port.is_none() && target.path.is_none() {
            return Err(none_passed(name, context));
        }
    }
    if let Some(path) = &target.path {
        return Ok(ListenAddress::Unix(path.into()));
    }
    let port = target.port.unwrap_or(0);
    let Some(host) = &target.host else { return Ok(ListenAddress::AnyAddress(port)) };
    // A server is bound once, before there is anything to serve: this look-up may block.
    let addresses = resolve(host, port).map_err(|error| {
        let target = Target { address: Some(host), port: Some(port), path: None };
        system_error(&error, "listen", target, context)
    })?;
    Ok(addresses.into_iter().next().map_or(ListenAddress::AnyAddress(port), ListenAddress::Tcp))
}

fn none_passed(name: Option<&str>, context: &mut Context) -> JsError {
    let which = name.map(|name| format!(" with the name '{name}'")).unwrap_or_default();
    let message = format!(
        "listen: no socket{which} was passed to this process (LISTEN_FDS), or it is taken: start \
         it by a socket unit of systemd, or give a port for when there is none"
    );
    node_error("ERR_INVALID_STATE", message, context)
}

/// An exception for an address that cannot be bound.
pub(super) fn listen_error(
    error: &io::Error,
    address: &ListenAddress,
    context: &mut Context,
) -> JsError {
    let (ip, port, path) = match address {
        ListenAddress::Inherited(fd) => {
            let message = format!("cannot listen on fd {fd}: {error}");
            return node_error(errno::code(error), message, context);
        }
        ListenAddress::AnyAddress(port) => (Some("::".to_owned()), Some(*port), None),
        ListenAddress::Tcp(address) => (Some(address.ip().to_string()), Some(address.port()), None),
        ListenAddress::Unix(path) => (None, None, Some(path.to_string_lossy().into_owned())),
    };
    let target = Target { address: ip.as_deref(), port, path: path.as_deref() };
    system_error(error, "listen", target, context)
}

/// A number, or the digits of one as environment variables have them.
fn read_port(value: &JsValue, context: &mut Context) -> JsResult<u16> {
    let number = match value.as_string() {
        Some(text) => {
            let text = text.to_std_string_lossy();
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
        }
        None => value.as_number(),
    };
    let whole = number.filter(|number| number.fract() == 0.0 && (0.0..=65535.0).contains(number));
    let Some(port) = whole else {
        let hint = match value.as_string() {
            Some(text) if text.to_std_string_lossy().contains(|c: char| !c.is_ascii_digit()) => {
                "; a path has a slash, such as './app.sock'"
            }
            _ => "",
        };
        let message =
            format!("port must be a whole number from 0 to 65535, not {}{hint}", shown(value));
        return Err(node_error("ERR_SOCKET_BAD_PORT", message, context));
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number from 0 to 65535"
    )]
    Ok(port as u16)
}
