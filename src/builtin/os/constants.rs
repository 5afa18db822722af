//! The numbers of signals, errors and priorities, under the names that the system has for them.

use boa_engine::object::ObjectInitializer;
use boa_engine::property::Attribute;
use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use crate::errno;

/// Signals in the order of their numbers; where two names are one signal, the usual one is first.
const SIGNALS: &[(&str, i32)] = &[
    ("SIGHUP", libc::SIGHUP),
    ("SIGINT", libc::SIGINT),
    ("SIGQUIT", libc::SIGQUIT),
    ("SIGILL", libc::SIGILL),
    ("SIGTRAP", libc::SIGTRAP),
    ("SIGABRT", libc::SIGABRT),
    ("SIGIOT", libc::SIGIOT),
    ("SIGBUS", libc::SIGBUS),
    ("SIGFPE", libc::SIGFPE),
    ("SIGKILL", libc::SIGKILL),
    ("SIGUSR1", libc::SIGUSR1),
    ("SIGSEGV", libc::SIGSEGV),
    ("SIGUSR2", libc::SIGUSR2),
    ("SIGPIPE", libc::SIGPIPE),
    ("SIGALRM", libc::SIGALRM),
    ("SIGTERM", libc::SIGTERM),
    ("SIGCHLD", libc::SIGCHLD),
    #[cfg(target_os = "linux")]
    ("SIGSTKFLT", libc::SIGSTKFLT),
    ("SIGCONT", libc::SIGCONT),
    ("SIGSTOP", libc::SIGSTOP),
    ("SIGTSTP", libc::SIGTSTP),
    ("SIGTTIN", libc::SIGTTIN),
    ("SIGTTOU", libc::SIGTTOU),
    ("SIGURG", libc::SIGURG),
    ("SIGXCPU", libc::SIGXCPU),
    ("SIGXFSZ", libc::SIGXFSZ),
    ("SIGVTALRM", libc::SIGVTALRM),
    ("SIGPROF", libc::SIGPROF),
    ("SIGWINCH", libc::SIGWINCH),
    ("SIGIO", libc::SIGIO),
    #[cfg(target_os = "linux")]
    ("SIGPOLL", libc::SIGPOLL),
    #[cfg(target_os = "linux")]
    ("SIGPWR", libc::SIGPWR),
    ("SIGSYS", libc::SIGSYS),
];

/// Errors that krandog itself never has to name.
const MORE_ERRORS: &[(&str, i32)] = &[
    ("EBADMSG", libc::EBADMSG),
    ("ECHILD", libc::ECHILD),
    ("EDEADLK", libc::EDEADLK),
    ("EDOM", libc::EDOM),
    ("EDQUOT", libc::EDQUOT),
    ("EIDRM", libc::EIDRM),
    ("EINPROGRESS", libc::EINPROGRESS),
    ("EMULTIHOP", libc::EMULTIHOP),
    ("ENETRESET", libc::ENETRESET),
    ("ENOEXEC", libc::ENOEXEC),
    ("ENOLCK", libc::ENOLCK),
    ("ENOLINK", libc::ENOLINK),
    ("ENOMSG", libc::ENOMSG),
    ("ENOSR", libc::ENOSR),
    ("ENOSTR", libc::ENOSTR),
    ("EOPNOTSUPP", libc::EOPNOTSUPP),
    ("ESTALE", libc::ESTALE),
    ("ETIME", libc::ETIME),
    ("EWOULDBLOCK", libc::EWOULDBLOCK),
];

const PRIORITIES: &[(&str, i32)] = &[
    ("PRIORITY_LOW", 19),
    ("PRIORITY_BELOW_NORMAL", 10),
    ("PRIORITY_NORMAL", 0),
    ("PRIORITY_ABOVE_NORMAL", -7),
    ("PRIORITY_HIGH", -14),
    ("PRIORITY_HIGHEST", -20),
];

const LIBRARIES: &[(&str, i32)] = &[
    ("RTLD_LAZY", libc::RTLD_LAZY),
    ("RTLD_NOW", libc::RTLD_NOW),
    ("RTLD_GLOBAL", libc::RTLD_GLOBAL),
    ("RTLD_LOCAL", libc::RTLD_LOCAL),
];

/// The name of the signal with this number.
pub(in crate::builtin) fn signal_named(number: i32) -> Option<&'static str> {
    SIGNALS.iter().find(|(_, known)| *known == number).map(|(name, _)| *name)
}

/// `constants()`: `{ signals, errno, priority, dlopen }`
pub(super) fn constants(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let errors = errno::KNOWN.iter().map(|(name, number, _)| (*name, *number));
    let errors = errors.chain(MORE_ERRORS.iter().copied());
    let errors = object(errors, context)?;
    let signals = object(SIGNALS.iter().copied(), context)?;
    let priorities = object(PRIORITIES.iter().copied(), context)?;
    let libraries = object(LIBRARIES.iter().copied(), context)?;
    let all = Attribute::ENUMERABLE;
    let constants = ObjectInitializer::new(context)
        .property(js_string!("dlopen"), libraries, all)
        .property(js_string!("errno"), errors, all)
        .property(js_string!("signals"), signals, all)
        .property(js_string!("priority"), priorities, all)
        .build();
    Ok(constants.into())
}

fn object(
    names: impl Iterator<Item = (&'static str, i32)>,
    context: &mut Context,
) -> JsResult<JsObject> {
    let object = JsObject::with_null_proto();
    for (name, number) in names {
        object.create_data_property_or_throw(js_string!(name), number, context)?;
    }
    Ok(object)
}
