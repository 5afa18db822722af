//! How a connection is opened, with which settings. Knows no script.

use std::fs;
use std::str;
use std::time::Duration;

use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, MAIN_DB, OpenFlags, Result, ffi};

use crate::limits::{SQLITE_BUSY_TIMEOUT_MS, SQLITE_LENGTH_MAX, SQLITE_SQL_BYTES_MAX};

/// Where a database is, and how it is used.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option")]
pub(super) struct Place {
    /// A file; `:memory:`, or nothing for a file that goes with the connection.
    pub(super) path: String,
    pub(super) is_read_only: bool,
    /// A file that is not there is made.
    pub(super) may_create: bool,
    pub(super) has_wal: bool,
    pub(super) has_foreign_keys: bool,
    pub(super) has_double_quoted_strings: bool,
    pub(super) synchronous: Option<&'static str>,
    pub(super) busy_timeout_ms: usize,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            path: ":memory:".to_owned(),
            is_read_only: false,
            may_create: true,
            has_wal: true,
            has_foreign_keys: true,
            has_double_quoted_strings: false,
            synchronous: Some("NORMAL"),
            busy_timeout_ms: SQLITE_BUSY_TIMEOUT_MS,
        }
    }
}

impl Place {
    /// Where another connection finds what `connection` has open, whatever the current folder is by
    /// then; `None` if none does.
    pub(super) fn of(&self, connection: &Connection) -> Result<Option<Self>> {
        let Some(path) = connection.path() else {
            let why = "the path of the database is not UTF-8".to_owned();
            let error = ffi::Error::new(ffi::SQLITE_CANTOPEN);
            return Err(Error::SqliteFailure(error, Some(why)));
        };
        if path.is_empty() {
            return Ok(None);
        }
        let path = match self.path.strip_prefix("file:") {
            Some(uri) => uri_of(path, uri),
            None => path.to_owned(),
        };
        let is_read_only = self.is_read_only || connection.is_readonly(MAIN_DB)?;
        Ok(Some(Self { path, is_read_only, may_create: false, ..self.clone() }))
    }

    pub(super) fn connect(&self) -> Result<Connection> {
        let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if self.is_read_only {
            flags |= OpenFlags::SQLITE_OPEN_READ_ONLY;
        } else {
            flags |= OpenFlags::SQLITE_OPEN_READ_WRITE;
            flags.set(OpenFlags::SQLITE_OPEN_CREATE, self.may_create);
        }
        let connection = Connection::open_with_flags(&self.path, flags)?;
        // What is locked is left to the first query.
        connection.busy_timeout(Duration::ZERO)?;
        check_schema(&connection)?;
        connection.busy_timeout(Duration::from_millis(self.busy_timeout_ms as u64))?;
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, SQLITE_LENGTH_MAX)?;
        connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, SQLITE_SQL_BYTES_MAX)?;
        self.set(&connection)?;
        Ok(connection)
    }

    fn set(&self, connection: &Connection) -> Result<()> {
        use rusqlite::config::DbConfig;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, self.has_foreign_keys)?;
        let quoted = self.has_double_quoted_strings;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, quoted)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, quoted)?;
        let is_file = connection.path() != Some("");
        if self.has_wal && !self.is_read_only && is_file {
            // It answers with the mode that it has now. A file that is no database is found out here.
            connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        }
        if let Some(synchronous) = self.synchronous {
            connection.execute_batch(&format!("PRAGMA synchronous = {synchronous}"))?;
        }
        Ok(())
    }
}

/// The URI of a file at `path` with what else `uri` says, but for its mode: what that came to is known.
fn uri_of(path: &str, uri: &str) -> String {
    let mut whole = String::from(if path.starts_with('/') { "file://" } else { "file:" });
    for char in path.chars() {
        match char {
            '%' => whole.push_str("%25"),
            '?' => whole.push_str("%3f"),
            '#' => whole.push_str("%23"),
            other => whole.push(other),
        }
    }
    let uri = uri.split_once('#').map_or(uri, |(before, _)| before);
    let query = uri.split_once('?').map_or("", |(_, query)| query);
    let kept = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("mode="));
    for (index, part) in kept.enumerate() {
        whole.push(if index == 0 { '?' } else { '&' });
        whole.push_str(part);
    }
    whole
}

/// Names of columns are taken for UTF-8, which SQLite does not see to.
fn check_schema(connection: &Connection) -> Result<()> {
    // Reading it would settle the encoding of a file that is empty.
    let path = connection.path().filter(|path| !path.is_empty());
    if path.and_then(|path| fs::metadata(path).ok()).is_none_or(|file| file.len() == 0) {
        return Ok(());
    }
    // Whatever else is wrong with it, the first query tells.
    if is_utf8(connection).unwrap_or(true) {
        return Ok(());
    }
    let why = format!("the schema of {} is not UTF-8", path.unwrap_or_default());
    Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), Some(why)))
}

fn is_utf8(connection: &Connection) -> Result<bool> {
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for index in 0..2 {
            if let ValueRef::Text(text) = row.get_ref(index)?
                && str::from_utf8(text).is_err()
            {
                return Ok(false);
            }
        }
    }
    Ok(true)
}
