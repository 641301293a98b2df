//! When the remembered password was last sent. Stands in a file, so that a program that is started
//! again and again does not send it again and again.

use chrono::{DateTime, TimeDelta, Utc};
use schriftje_store::Store;
use std::path::PathBuf;
use std::{fs, io};

const FILE: &str = "password-sent";
/// The password is not sent twice within this.
const REST: TimeDelta = TimeDelta::minutes(10);
/// Stands behind the time once the portal took the password.
const TAKEN: &str = "taken";

/// Who wants the session renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The parent, who asked for something new.
    ByParent,
    /// The app.
    ByItself,
}

/// How long the password must rest.
#[derive(Debug)]
pub(super) struct PasswordRest(PathBuf);

impl PasswordRest {
    /// That of the account in `store`.
    pub(super) fn of(store: &Store) -> Self {
        Self(store.folder().join(FILE))
    }

    /// Whether the password may be sent. One whose answer never came is not sent again unless the
    /// parent asks.
    pub(super) fn is_over(&self, now: DateTime<Utc>, asked: Asked) -> bool {
        let Ok(text) = fs::read_to_string(&self.0) else { return true };
        let mut words = text.split_whitespace();
        let at = words.next().and_then(|word| word.parse().ok());
        let Some(at) = at.and_then(DateTime::from_timestamp_millis) else { return true };
        let answered = words.next() == Some(TAKEN);
        // A clock that was set back must not keep the password for years.
        let rested = now < at || now - at >= REST;
        rested && (answered || asked == Asked::ByParent)
    }

    /// Begins before the password goes out: being killed then sends it no second time.
    pub(super) fn begin(&self, now: DateTime<Utc>) -> io::Result<()> {
        fs::write(&self.0, now.timestamp_millis().to_string())
    }

    /// The portal took the password.
    pub(super) fn taken(&self, now: DateTime<Utc>) {
        if fs::write(&self.0, format!("{} {TAKEN}", now.timestamp_millis())).is_err() {
            tracing::warn!("that the password was taken could not be noted");
        }
    }

    /// The password did not go out, or is another one now.
    pub(super) fn lift(&self) {
        if fs::remove_file(&self.0).is_err_and(|error| error.kind() != io::ErrorKind::NotFound) {
            tracing::warn!("when the password was sent could not be forgotten");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_rests_over_restarts_and_unanswered_waits_for_the_parent() {
        let dir = tempfile::tempdir().unwrap();
        let rest = || PasswordRest(dir.path().join(FILE));
        let now: DateTime<Utc> = "2026-03-14T15:00:00Z".parse().unwrap();
        let later = now + REST;
        assert!(rest().is_over(now, Asked::ByItself));
        rest().begin(now).unwrap();
        assert!(!rest().is_over(now + TimeDelta::minutes(9), Asked::ByParent));
        assert!(!rest().is_over(later, Asked::ByItself));
        assert!(rest().is_over(later, Asked::ByParent));
        rest().taken(now);
        assert!(!rest().is_over(now + TimeDelta::minutes(9), Asked::ByParent));
        assert!(rest().is_over(later, Asked::ByItself));
        rest().lift();
        assert!(rest().is_over(now, Asked::ByItself));
    }
}
