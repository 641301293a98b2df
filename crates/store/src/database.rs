//! One encrypted database file: a writer, a few readers, and what happens when it is damaged.

use crate::connection::{Access, connect, is_sound, open_current};
use crate::migrations::Kind;
use crate::{Key, StoreError, files, search_index};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Readers at once; each holds a page cache, and a disk serves few at a time.
const READERS: usize = 4;

/// Steps of a query between two looks at whether anybody still waits for it: some microseconds.
const WATCH: i32 = 2000;

/// A database file in use. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Database(Arc<Inner>);

struct Inner {
    kind: Kind,
    path: PathBuf,
    key: Key,
    access: Access,
    writer: Mutex<Writer>,
    /// A reader is waited for on the blocking thread and not in the future: a future that is not
    /// polled for a while would keep its turn, and the others waiting.
    readers: Mutex<Readers>,
    freed: Condvar,
    /// Connections of an older generation belong to a file that has been set aside.
    generation: AtomicU64,
    closed: AtomicBool,
    /// Set when the file was set aside, until somebody asks.
    recovered: AtomicBool,
}

#[derive(Default)]
struct Readers {
    idle: Vec<Connection>,
    busy: usize,
}

struct Writer {
    connection: Option<Connection>,
    /// `PRAGMA data_version` when it was last looked at.
    seen: i64,
}

impl Database {
    /// Opens the file, brings its schema up to date, and sets a damaged one aside under another
    /// name; it is never deleted. The caller holds the folder's lock. Blocking.
    pub fn open(folder: &Path, kind: Kind, key: &Key, access: Access) -> Result<Self, StoreError> {
        let path = folder.join(kind.file_name());
        let mut recovered = false;
        let connection = match open_current(&path, kind, key, access) {
            Err(StoreError::Damaged { .. }) if access == Access::ReadWrite => {
                files::set_aside(&path)?;
                recovered = true;
                open_current(&path, kind, key, access)?
            }
            other => other?,
        };
        let (writer, reader) = match access {
            Access::ReadWrite => (Some(connection), None),
            Access::ReadOnly => (None, Some(connection)),
        };
        Ok(Self(Arc::new(Inner {
            kind,
            path,
            key: key.clone(),
            access,
            writer: Mutex::new(Writer { connection: writer, seen: -1 }),
            readers: Mutex::new(Readers { idle: reader.into_iter().collect(), busy: 0 }),
            freed: Condvar::new(),
            generation: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            recovered: AtomicBool::new(recovered),
        })))
    }

    /// Runs a query on a reader. Dropping the future interrupts it.
    pub async fn read<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let abandoned = Arc::new(AtomicBool::new(false));
        let guard = SetOnDrop(Arc::clone(&abandoned));
        let inner = Arc::clone(&self.0);
        let answer = tokio::task::spawn_blocking(move || inner.read(abandoned, query)).await;
        drop(guard);
        answer.unwrap_or_else(|_| Err(StoreError::Sql("a query panicked".into())))
    }

    /// Runs a change in one transaction: all of it happens, or nothing.
    pub async fn write<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || inner.write(change))
            .await
            .unwrap_or_else(|_| Err(StoreError::Sql("a change panicked".into())))
    }

    /// Like [`Self::write`], while the account is being opened. Blocking.
    pub fn write_now<T>(
        &self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.0.write(change)
    }

    /// Whether another process has changed the file since the last time this was asked.
    pub async fn changed_elsewhere(&self) -> Result<bool, StoreError> {
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || inner.changed_elsewhere())
            .await
            .unwrap_or(Err(StoreError::Closed))
    }

    /// Whether the file was set aside since the last time this was asked.
    pub fn take_recovered(&self) -> bool {
        self.0.recovered.swap(false, Ordering::AcqRel)
    }

    /// Waits for what is running and closes the file.
    pub async fn close(&self) {
        self.0.closed.store(true, Ordering::Release);
        let inner = Arc::clone(&self.0);
        let _ = tokio::task::spawn_blocking(move || {
            let mut readers = lock(&inner.readers);
            while readers.busy > 0 {
                readers = inner.freed.wait(readers).unwrap_or_else(PoisonError::into_inner);
            }
            readers.idle.clear();
            drop(readers);
            lock(&inner.writer).connection = None;
        })
        .await;
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Limits the file to so many pages, to meet a full disk in a test.
    #[cfg(test)]
    #[allow(clippy::unwrap_used, reason = "a test may panic")]
    pub async fn limit_pages(&self, pages: u32) {
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            let writer = lock(&inner.writer);
            let connection = writer.connection.as_ref().unwrap();
            connection.pragma_update(None, "max_page_count", pages).unwrap();
        })
        .await
        .unwrap();
    }
}

impl Inner {
    fn read<T>(
        &self,
        abandoned: Arc<AtomicBool>,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let _busy = self.busy()?;
        if abandoned.load(Ordering::Acquire) {
            return Err(StoreError::Interrupted);
        }
        let generation = self.generation.load(Ordering::Acquire);
        let idle = lock(&self.readers).idle.pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.path, self.kind, &self.key, Access::ReadOnly)
                .map_err(|error| self.failed(&error, generation))?,
        };
        // Looked at by the query itself, so that it ends no other and is never too early.
        let answer = connection
            .progress_handler(WATCH, Some(move || abandoned.load(Ordering::Acquire)))
            .and_then(|()| query(&connection))
            .and_then(|value| {
                connection.progress_handler(0, None::<fn() -> bool>)?;
                Ok(value)
            });
        match answer {
            Ok(value) => {
                let mut readers = lock(&self.readers);
                if self.generation.load(Ordering::Acquire) == generation {
                    readers.idle.push(connection);
                }
                Ok(value)
            }
            Err(error) => {
                drop(connection);
                Err(self.failed(&error, generation))
            }
        }
    }

    /// Waits until fewer than [`READERS`] read.
    fn busy(&self) -> Result<Busy<'_>, StoreError> {
        let mut readers = lock(&self.readers);
        loop {
            if self.closed.load(Ordering::Acquire) {
                return Err(StoreError::Closed);
            }
            if readers.busy < READERS {
                readers.busy += 1;
                return Ok(Busy(self));
            }
            readers = self.freed.wait(readers).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn write<T>(
        &self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let generation = self.generation.load(Ordering::Acquire);
        let answer = {
            let mut writer = lock(&self.writer);
            let connection = self.writing(&mut writer)?;
            (|| {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let value = change(&transaction)?;
                if self.kind == Kind::Cache {
                    search_index::settle(&transaction)?;
                }
                transaction.commit()?;
                Ok(value)
            })()
        };
        answer.map_err(|error| self.failed(&error, generation))
    }

    fn writing<'a>(&self, writer: &'a mut Writer) -> Result<&'a mut Connection, StoreError> {
        if self.closed.load(Ordering::Acquire) {
            return Err(StoreError::Closed);
        }
        if self.access == Access::ReadOnly {
            return Err(StoreError::ReadOnly);
        }
        writer.connection.as_mut().ok_or(StoreError::Closed)
    }

    fn changed_elsewhere(&self) -> Result<bool, StoreError> {
        let mut writer = lock(&self.writer);
        let seen = writer.seen;
        let connection = self.writing(&mut writer)?;
        let version: i64 = connection
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .map_err(|error| StoreError::from_sql(&error, self.kind.file_name()))?;
        writer.seen = version;
        Ok(seen != -1 && seen != version)
    }

    /// Tells errors apart; when the file is damaged, sets it aside for the next call.
    fn failed(&self, error: &rusqlite::Error, generation: u64) -> StoreError {
        let error = StoreError::from_sql(error, self.kind.file_name());
        if matches!(error, StoreError::Damaged { .. }) && self.access == Access::ReadWrite {
            match self.heal(generation) {
                Ok(()) => {}
                Err(trouble) => tracing::warn!(%trouble, "a damaged database cannot be set aside"),
            }
        }
        error
    }

    /// Replaces a damaged file, unless another call or process has done so.
    fn heal(&self, generation: u64) -> Result<(), StoreError> {
        let mut writer = lock(&self.writer);
        if self.generation.load(Ordering::Acquire) != generation
            || self.closed.load(Ordering::Acquire)
        {
            return Ok(());
        }
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let _lock = files::lock_folder(folder)?;
        writer.connection = None;
        writer.seen = -1;
        self.generation.fetch_add(1, Ordering::AcqRel);
        lock(&self.readers).idle.clear();
        if !is_sound(&self.path, self.kind, &self.key) {
            tracing::warn!(database = self.kind.file_name(), "damaged: set aside");
            files::set_aside(&self.path)?;
            self.recovered.store(true, Ordering::Release);
        }
        writer.connection =
            Some(open_current(&self.path, self.kind, &self.key, Access::ReadWrite)?);
        Ok(())
    }
}

/// One that reads, until it is dropped.
struct Busy<'a>(&'a Inner);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        lock(&self.0.readers).busy -= 1;
        self.0.freed.notify_all();
    }
}

/// Tells a query that nobody waits for it any more.
struct SetOnDrop(Arc<AtomicBool>);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Locks; a panic while it was held left nothing half done, since `SQLite` rolls back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
