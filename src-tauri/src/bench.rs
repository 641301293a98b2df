//! Moments of a start, on standard output, when the app is being measured.

use std::sync::OnceLock;
use std::time::Instant;

static BEGAN: OnceLock<Option<Instant>> = OnceLock::new();

/// The process began; measured from here when `SCHRIFTJE_BENCH=1` is set.
pub fn begin() {
    let measured = std::env::var_os("SCHRIFTJE_BENCH").is_some_and(|value| value == "1");
    BEGAN.get_or_init(|| measured.then(Instant::now));
}

/// Prints `NAME MILLISECONDS`, from [`begin`] to now, when the app is being measured.
pub fn mark(name: &str) {
    if let Some(Some(began)) = BEGAN.get() {
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if plain && !name.is_empty() && name.len() <= 40 {
            println!("{name} {}", began.elapsed().as_millis());
        }
    }
}
