//! The send queue against a real portal, under random writes, edits, withdrawals, faults, restarts
//! and kills: nothing is lost, nothing arrives twice, and nothing out of order.
//!
//! `PROPTEST_CASES` and `PROPTEST_RNG_SEED` choose how many cases and which; what was run at length
//! stands in `docs/reliability.md`.

mod cases;
mod device;
mod model;
mod stock;
