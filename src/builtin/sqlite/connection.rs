//! A connection with its statements. Knows no script.
//!
//! A statement borrows its connection, and both belong to objects of a script. So they are together
//! in one cell, and an object of a script has the number of its statement.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rusqlite::{Connection, Statement};
use self_cell::self_cell;
use slab::Slab;

use super::fault::{Fault, Style};
use super::open::Place;

/// A statement, and what is under way with it.
pub(super) struct Prepared<'c> {
    pub(super) statement: Statement<'c>,
    /// How often it was begun, so that an iterator knows whether it is still its own.
    pub(super) turn: u32,
    /// It has begun, and was not reset.
    pub(super) is_under_way: bool,
}

/// The statements of a connection; none where one is running, which has it meanwhile.
pub(super) struct Statements<'c>(RefCell<Slab<Option<Box<Prepared<'c>>>>>);

self_cell!(
    struct Opened {
        owner: Connection,

        #[not_covariant]
        dependent: Statements,
    }
);

/// What a database and its statements share.
pub(super) struct Link {
    opened: RefCell<Option<Rc<Opened>>>,
    pub(super) place: Place,
    pub(super) style: Style,
    /// Integers are bigints, unless a statement says otherwise.
    pub(super) bigints: bool,
    pub(super) result_bytes: usize,
    /// It has functions that are JavaScript.
    pub(super) has_functions: Cell<bool>,
    /// It prepares a statement, which nothing may come between.
    is_preparing: Cell<bool>,
    /// How often it was opened: statements of another time are no more.
    times: Cell<u32>,
}

/// The number of a statement, which is finalized when nobody has it any more.
pub(super) struct Held {
    pub(super) link: Rc<Link>,
    key: Cell<Option<usize>>,
    time: u32,
}

impl Link {
    pub(super) fn new(place: Place, style: Style) -> Self {
        Self {
            opened: RefCell::default(),
            place,
            style,
            bigints: false,
            result_bytes: crate::limits::SQLITE_RESULT_BYTES,
            has_functions: Cell::new(false),
            is_preparing: Cell::new(false),
            times: Cell::new(0),
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.opened.borrow().is_some()
    }

    pub(super) fn open(&self) -> Result<(), Fault> {
        if self.is_open() {
            return Err(Fault::of("ERR_INVALID_STATE", "database is already open"));
        }
        let path = &self.place.path;
        let connection = self.place.connect().map_err(|error| {
            let mut fault = Fault::new(&error, "", 0);
            if !fault.message.contains(path) {
                fault.message = format!("{}: {path}", fault.message);
            }
            fault
        })?;
        let opened = Opened::new(connection, |_| Statements(RefCell::default()));
        *self.opened.borrow_mut() = Some(Rc::new(opened));
        self.times.set(self.times.get() + 1);
        Ok(())
    }

    /// Closes the connection, and finalizes its statements.
    pub(super) fn close(&self) -> Result<(), Fault> {
        self.opened()?;
        let opened = self.opened.borrow_mut().take();
        let Some(opened) = opened else { return Ok(()) };
        match Rc::try_unwrap(opened) {
            Ok(opened) => {
                let closed = opened.into_owner().close();
                closed.map_err(|(_, error)| Fault::new(&error, "", 0))
            }
            Err(opened) => {
                *self.opened.borrow_mut() = Some(opened);
                let why = "the database cannot be closed while a query is running";
                Err(Fault::of("ERR_INVALID_STATE", why))
            }
        }
    }

    fn opened(&self) -> Result<Rc<Opened>, Fault> {
        if self.is_preparing.get() {
            let why = "the database prepares a statement";
            return Err(Fault::of("ERR_INVALID_STATE", why));
        }
        let opened = self.opened.borrow().clone();
        opened.ok_or_else(|| Fault::of("ERR_INVALID_STATE", "database is not open"))
    }

    /// Works with the connection.
    pub(super) fn with<R>(&self, work: impl FnOnce(&Connection) -> R) -> Result<R, Fault> {
        Ok(work(self.opened()?.borrow_owner()))
    }

    /// Where other connections find the database; `None` if none does.
    pub(super) fn place(&self) -> Result<Option<Place>, Fault> {
        let place = self.with(|connection| self.place.of(connection))?;
        place.map_err(|error| Fault::new(&error, "", 0))
    }

    /// Has the connection prepare a statement, which may call functions.
    pub(super) fn prepare(self: &Rc<Self>, sql: &str) -> Result<Held, Fault> {
        let opened = self.opened()?;
        let prepared = opened.with_dependent(|connection, statements| {
            let statement = self.preparing(|| connection.prepare(sql))?;
            let prepared = Box::new(Prepared { statement, turn: 0, is_under_way: false });
            Ok(statements.0.borrow_mut().insert(Some(prepared)))
        });
        let key = prepared.map_err(|error| Fault::new(&error, sql, 0))?;
        let time = self.times.get();
        Ok(Held { link: self.clone(), key: Cell::new(Some(key)), time })
    }

    /// Works with the connection where that prepares statements.
    pub(super) fn preparing<R>(&self, work: impl FnOnce() -> R) -> R {
        self.is_preparing.set(true);
        let result = work();
        self.is_preparing.set(false);
        result
    }
}

impl Held {
    /// Works with the statement, which nobody else has meanwhile.
    pub(super) fn with<R>(
        &self,
        work: impl FnOnce(&Connection, &mut Prepared<'_>) -> R,
    ) -> Result<R, Fault> {
        let finalized = || Fault::of("ERR_INVALID_STATE", "statement has been finalized");
        let opened = self.link.opened()?;
        let key = self.key().ok_or_else(finalized)?;
        opened.with_dependent(|connection, statements| {
            let taken = match statements.0.borrow_mut().get_mut(key) {
                None => return Err(finalized()),
                Some(place) => place.take(),
            };
            let Some(mut prepared) = taken else {
                return Err(Fault::of("ERR_INVALID_STATE", "the statement is running"));
            };
            let result = work(connection, &mut prepared);
            let mut statements = statements.0.borrow_mut();
            if let Some(place) = statements.get_mut(key) {
                *place = Some(prepared);
            }
            Ok(result)
        })
    }

    /// The number, unless it was finalized, or its connection closed.
    fn key(&self) -> Option<usize> {
        self.key.get().filter(|_| self.time == self.link.times.get())
    }

    /// Finalizes the statement. False if it is running.
    pub(super) fn finalize(&self) -> bool {
        let Some(key) = self.key() else { return true };
        let opened = self.link.opened.try_borrow().ok().and_then(|opened| opened.clone());
        let Some(opened) = opened else {
            self.key.set(None);
            return true;
        };
        let is_idle = opened.with_dependent(|_, statements| {
            let taken = match statements.0.try_borrow_mut() {
                Ok(mut all) if all.get(key).is_some_and(Option::is_some) => all.try_remove(key),
                _ => None,
            };
            // It is dropped where nothing is borrowed any more.
            taken.flatten().is_some()
        });
        if is_idle {
            self.key.set(None);
        }
        is_idle
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // One that was closed with its database has nothing left; one that runs cannot be dropped.
        self.finalize();
    }
}
