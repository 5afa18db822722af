//! How a connection is opened, with which settings. Knows no script.

use std::time::Duration;

use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Result};

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
    /// Whether another connection would see another database.
    pub(super) fn is_private(&self) -> bool {
        self.path.is_empty() || self.path == ":memory:"
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
        if self.has_wal && !self.is_read_only && !self.is_private() {
            // It answers with the mode that it has now. A file that is no database is found out here.
            connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        }
        if let Some(synchronous) = self.synchronous {
            connection.execute_batch(&format!("PRAGMA synchronous = {synchronous}"))?;
        }
        Ok(())
    }
}
