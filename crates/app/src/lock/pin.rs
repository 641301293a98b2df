//! What may be a PIN, and what is kept of it.

use crate::api::AppError;
use argon2::Argon2;
use rand::TryRngCore;
use schriftje_store::Key;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// The fewest digits of a PIN.
const SHORTEST: usize = 4;
/// The most digits of a PIN.
const LONGEST: usize = 12;

/// What makes the same PIN something else on every device, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Salt(String);

/// A salt of 128 random bits; `None` when the system's random source fails.
pub(super) fn fresh_salt() -> Option<Salt> {
    let mut bytes = [0_u8; 16];
    rand::rngs::OsRng.try_fill_bytes(&mut bytes).ok()?;
    Some(Salt(hex::encode(bytes)))
}

/// Whether this may be a PIN: 4 to 12 digits, and none of those that everybody tries first, such as
/// 0000, 1234 or 9876.
pub(super) fn is_good(pin: &SecretString) -> bool {
    let digits = pin.expose_secret().as_bytes();
    let steps = |by: u8| digits.windows(2).all(|two| two[1].wrapping_sub(two[0]) == by);
    (SHORTEST..=LONGEST).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && ![0, 1, u8::MAX].into_iter().any(steps)
}

/// What is kept of a PIN: Argon2id with what its authors advise, away from the runtime's threads.
pub(super) async fn stretched(pin: SecretString, salt: Salt) -> Result<Key, AppError> {
    let work = move || {
        let mut bytes = [0_u8; 32];
        Argon2::default()
            .hash_password_into(pin.expose_secret().as_bytes(), salt.0.as_bytes(), &mut bytes)
            .map(|()| Key::from_bytes(bytes))
    };
    let stretched = tokio::task::spawn_blocking(work).await;
    let stretched = stretched.map_err(|_| AppError::internal("a PIN was cut short"))?;
    stretched.map_err(|_| AppError::internal("a PIN cannot be stretched"))
}

/// Whether two are the same, in a time that tells nothing.
pub(super) fn same(one: &Key, other: &Key) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_digits_that_are_not_tried_first() {
        for good in ["4711", "1357", "0070", "246802", "123455", "987650123456"] {
            assert!(is_good(&good.into()), "{good}");
        }
        for bad in
            ["", "471", "0000", "1111", "1234", "4321", "987654", "47a1", "４７１１", " 4711"]
        {
            assert!(!is_good(&bad.into()), "{bad}");
        }
        assert!(!is_good(&"4711471147114".into()));
    }

    #[tokio::test]
    async fn the_same_pin_is_something_else_under_another_salt() {
        let (one, other) = (fresh_salt().unwrap(), fresh_salt().unwrap());
        let first = stretched("4711".into(), one.clone()).await.unwrap();
        assert!(same(&first, &stretched("4711".into(), one).await.unwrap()));
        assert!(!same(&first, &stretched("4711".into(), other).await.unwrap()));
    }
}
