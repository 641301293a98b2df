//! Manners towards a portal: how many calls may start in any one second.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

const WINDOW: Duration = Duration::from_secs(1);

/// Lets at most so many calls start in any one second, in the order in which they asked.
#[derive(Debug)]
pub(crate) struct Pace {
    most: usize,
    starts: Mutex<VecDeque<Instant>>,
}

impl Pace {
    pub(crate) fn new(calls_per_second: u32) -> Self {
        let most = usize::try_from(calls_per_second).unwrap_or(usize::MAX).max(1);
        Self { most, starts: Mutex::default() }
    }

    /// Waits for its turn.
    pub(crate) async fn turn(&self) {
        tokio::time::sleep_until(self.reserve(Instant::now())).await;
    }

    fn reserve(&self, now: Instant) -> Instant {
        let mut starts = self.starts.lock().unwrap_or_else(PoisonError::into_inner);
        let start = match starts.len().checked_sub(self.most).and_then(|i| starts.get(i)) {
            Some(earlier) => now.max(*earlier + WINDOW),
            None => now,
        };
        starts.push_back(start);
        while starts.len() > self.most {
            starts.pop_front();
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_second_sees_more_calls_than_allowed(
            waits in prop::collection::vec(0_u64..700, 1..80),
            most in 1_u32..8,
        ) {
            let pace = Pace::new(most);
            let mut now = Instant::now();
            let mut starts = Vec::new();
            for wait in waits {
                now += Duration::from_millis(wait);
                let start = pace.reserve(now);
                prop_assert!(start >= now);
                starts.push(start);
            }
            for pair in starts.windows(most as usize + 1) {
                prop_assert!(pair[most as usize] - pair[0] >= WINDOW);
            }
        }
    }
}
