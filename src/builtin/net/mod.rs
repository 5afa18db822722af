//! The native half of `net`, and of `tls` on it: connections whose bytes are a script's own.
//!
//! A script holds a handle for each connection; the object that is told of its news is rooted as
//! long as it is open. What a socket is for scripts, `runtime/net_socket.js` says.
//!
//! Spec: <https://nodejs.org/api/net.html>, <https://nodejs.org/api/tls.html>

mod addresses;
mod connect;
mod deliver;
mod handles;
mod listen;
mod secure;

pub(super) use connect::{port, socket_address};
pub use deliver::{deliver, deliver_server_closed};
pub(super) use handles::{adopt, conn_of, end_values, forget};

use crate::builtin::late_import::LOAD;
use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[
    LOAD,
    ("isIP", 1, addresses::is_ip),
    ("bitsOf", 1, addresses::bits_of),
    ("addressClasses", 0, addresses::classes),
    ("told", 1, deliver::set_callbacks),
    ("connect", 2, connect::connect),
    ("attach", 2, handles::attach),
    ("write", 2, handles::write),
    ("writeText", 2, handles::write_text),
    ("end", 1, handles::end),
    ("read", 2, handles::read),
    ("destroy", 2, handles::destroy),
    ("reference", 2, handles::reference),
    ("ends", 1, handles::ends),
    ("noDelay", 2, handles::no_delay),
    ("keepAlive", 3, handles::keep_alive),
    ("listen", 1, listen::listen),
    ("close", 1, listen::close),
    ("referenceServer", 2, listen::reference),
    ("isHandle", 1, handles::is_handle),
];

/// Those of `tls`.
pub(super) const TLS_OPS: &[Op] = &[
    LOAD,
    ("secureClient", 3, secure::secure_client),
    ("secureServer", 3, secure::secure_server),
    ("facts", 1, secure::facts),
    ("certificate", 1, secure::certificate),
    ("checkServer", 3, secure::check_server),
    ("checkContext", 2, secure::check_context),
    ("roots", 0, secure::roots),
    ("setContext", 2, secure::set_context),
];
