//! The native half of `krandog:sqlite` and of `node:sqlite`.
//!
//! | file         | what                                                               |
//! |--------------|--------------------------------------------------------------------|
//! | `fault`      | what SQLite says is wrong, as an exception                         |
//! | `value`      | values of SQLite and of scripts, both ways                         |
//! | `open`       | how a connection is opened; knows no script                        |
//! | `connection` | a connection with its statements, one by one; knows no script      |
//! | `scope`      | how a function in JavaScript gets at the engine from below SQLite  |
//! | `options`    | what a script may choose                                           |
//! | `handle`     | what natives hold of a database                                    |
//! | `database`   | the class                                                          |
//! | `functions`  | functions and aggregates in JavaScript                             |
//! | `bind`       | the parameters of a statement                                      |
//! | `rows`       | rows, as objects or arrays                                         |
//! | `statement`  | the class                                                          |
//! | `groups`     | many statements in one transaction                                 |
//! | `later`      | connections on worker threads                                      |
//! | `backup`     | copies, made on a worker thread                                    |
//!
//! No JavaScript is called under a borrow: a statement is taken out while it runs, and a connection
//! that prepares one is marked.

mod backup;
mod bind;
mod connection;
mod database;
mod fault;
mod functions;
mod groups;
mod handle;
mod later;
mod open;
mod options;
mod rows;
mod scope;
mod statement;
mod value;

use super::late_import::LOAD;
use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[
    ("classes", 0, |_, _, context| database::classes(context)),
    ("begin", 1, statement::begin),
    ("next", 2, statement::next),
    ("end", 2, statement::end),
    ("limits", 0, database::limits),
    LOAD,
];

pub(super) const ASYNC_OPS: &[Op] = &[
    ("connect", 2, later::connect),
    ("ask", 4, later::ask),
    ("transact", 2, later::transact),
    ("transactNow", 2, groups::transact_now),
    ("interrupt", 1, later::interrupt),
    ("disconnect", 1, later::disconnect),
    ("backup", 3, backup::backup),
];
