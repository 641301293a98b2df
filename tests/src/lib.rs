//! What the tests that cross crates stand on: a desktop without a screen, a home folder to throw
//! away, and hands for the real window.

pub mod accessible;
pub mod bench;
pub mod desktop;
pub mod driver;
pub mod home;
pub mod letter;
pub mod notifications;
pub mod page;
pub mod screens;
pub mod sheet;
pub mod steps;
pub mod system;
pub mod tour;
pub mod tray_host;
