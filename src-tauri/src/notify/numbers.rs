//! The numbers a system knows our notifications by. They say nothing, and nobody can guess one.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

/// What was given out by this run. Another run gives out other numbers.
#[derive(Default)]
pub struct Numbers {
    secret: RandomState,
    given: Mutex<HashMap<u64, String>>,
}

impl Numbers {
    /// The number of a group, the same until the app ends.
    pub fn give(&self, group: &str) -> u64 {
        let number = self.secret.hash_one(group);
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.insert(number, group.to_owned());
        number
    }

    /// The group a number was given to, if it is one of ours.
    #[cfg(any(windows, test))]
    pub fn group(&self, number: u64) -> Option<String> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned()
    }
}

/// A number as a name, where a system wants one: sixteen characters, whatever the group is called.
pub fn name(number: u64) -> String {
    format!("{number:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_one_of_a_group_has_the_number_of_the_older_and_another_group_has_not() {
        let numbers = Numbers::default();
        assert_eq!(numbers.give("photos:a"), numbers.give("photos:a"));
        assert_ne!(numbers.give("photos:a"), numbers.give("photos:b"));
    }

    #[test]
    fn only_a_number_this_run_gave_out_leads_to_a_group() {
        let (numbers, earlier) = (Numbers::default(), Numbers::default());
        let number = numbers.give("photos:a");
        assert_eq!(numbers.group(number).as_deref(), Some("photos:a"));
        assert_eq!(numbers.group(earlier.give("photos:a")), None);
        assert_eq!(numbers.group(0), None);
    }

    #[test]
    fn a_name_is_short_and_says_nothing_of_its_group() {
        let name = name(Numbers::default().give(&"messages:somebody".repeat(50)));
        assert_eq!(name.len(), 16);
        assert!(name.chars().all(|c| c.is_ascii_hexdigit()), "{name}");
    }
}
