//! How long to wait before a portal in trouble is asked again.

use rand::Rng;
use schriftje_konnect::PortalError;
use std::time::Duration;

/// The first wait (D), and the longest.
const FIRST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_mins(5);
/// What is cut off in transit is worth a quick second try, and a third.
const CUT_OFF: Duration = Duration::from_secs(2);
const CUT_OFF_TRIES: u32 = 3;
/// A portal that asks for more is not believed.
const BELIEVED: Duration = Duration::from_hours(1);
/// Tries of one call before the sync as a whole gives up until the next poll.
const TRIES: u32 = 6;

/// How long to wait before try number `attempt` (1 is the second try); `None` gives up.
pub(crate) fn wait(error: &PortalError, attempt: u32) -> Option<Duration> {
    if attempt >= TRIES {
        return None;
    }
    if let Some(asked) = asked(error) {
        return Some(asked);
    }
    let base = match error {
        PortalError::TooManyRequests { .. } | PortalError::Server { .. } => FIRST,
        PortalError::TimedOut | PortalError::Truncated if attempt < CUT_OFF_TRIES => CUT_OFF,
        _ => return None,
    };
    let doubled = base.saturating_mul(1 << attempt.saturating_sub(1).min(10));
    Some(jittered(doubled.min(LONGEST)))
}

/// How long the portal itself asks to be left alone.
pub(crate) fn asked(error: &PortalError) -> Option<Duration> {
    match error {
        PortalError::TooManyRequests { retry_after: Some(after) }
        | PortalError::Server { retry_after: Some(after), .. } => {
            Some(jittered((*after).min(BELIEVED)))
        }
        _ => None,
    }
}

/// Up to a fifth longer, never shorter, so that many apps do not come back at once.
pub(crate) fn jittered(wait: Duration) -> Duration {
    wait + wait.mul_f64(rand::rng().random_range(0.0..0.2))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn too_many(after: Option<u64>) -> PortalError {
        PortalError::TooManyRequests { retry_after: after.map(Duration::from_secs) }
    }

    #[test]
    fn what_the_portal_asks_for_is_heeded_and_never_undercut() {
        for after in [1, 7, 90] {
            let asked = Duration::from_secs(after);
            let waited = wait(&too_many(Some(after)), 1).unwrap();
            assert!(waited >= asked && waited <= asked.mul_f64(1.2));
        }
        let absurd = wait(&too_many(Some(u64::MAX / 4)), 1).unwrap();
        assert!(absurd <= BELIEVED.mul_f64(1.2));
    }

    #[test]
    fn waits_grow_from_half_a_minute_to_five_minutes_and_end() {
        let waits: Vec<Duration> =
            (1..).map_while(|attempt| wait(&too_many(None), attempt)).collect();
        assert_eq!(waits.len(), 5);
        assert!(waits[0] >= FIRST && waits[0] <= FIRST.mul_f64(1.2));
        assert!(waits[4] >= LONGEST && waits[4] <= LONGEST.mul_f64(1.2));
        assert!(waits.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_refusal_is_never_tried_again() {
        let refused = PortalError::Refused { status: 403, message_code: None };
        for error in [refused, PortalError::Unauthorized, PortalError::NotAPortal] {
            assert_eq!(wait(&error, 1), None);
        }
    }
}
