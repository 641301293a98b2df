//! How the client behaves: who it says it is, its limits, its manners.

use crate::names::{NameLookup, SystemNames};
use schriftje_model::Clock;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How the client behaves.
#[derive(Clone)]
pub struct ClientConfig {
    /// The User-Agent of every request: our own name, never another client's.
    pub user_agent: String,
    /// What the app-style sign-in tells about this device.
    pub device: Device,
    /// A certificate authority to trust besides the system's, in PEM.
    pub extra_ca_pem: Option<Vec<u8>>,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// How much may be asked at once.
    pub manners: Manners,
    /// How long things may take.
    pub timeouts: Timeouts,
    /// How large answers may be.
    pub limits: Limits,
    /// How host names become addresses.
    pub names: Arc<dyn NameLookup>,
}

impl ClientConfig {
    /// The behaviour meant for parents. `device` is a random identity that stays the same for an
    /// account on a device.
    pub fn new(clock: Arc<dyn Clock>, device: Uuid) -> Self {
        Self {
            user_agent: concat!("Schriftje/", env!("CARGO_PKG_VERSION")).to_owned(),
            device: Device { uuid: device },
            extra_ca_pem: None,
            clock,
            manners: Manners::ByAddress,
            timeouts: Timeouts::default(),
            limits: Limits::default(),
            names: Arc::new(SystemNames),
        }
    }
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientConfig")
            .field("user_agent", &self.user_agent)
            .field("manners", &self.manners)
            .field("timeouts", &self.timeouts)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// What the app-style sign-in tells about this device (D). Nothing in it is true of the parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// A random identity that stays the same for an account on a device.
    pub uuid: Uuid,
}

/// How much may be asked at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manners {
    /// [`Manners::POLITE`] at a live portal, no limit on the loopback.
    ByAddress,
    /// The same wherever it is.
    Fixed {
        /// Calls that may start in any one second.
        calls_per_second: u32,
        /// Media downloads at once.
        media_at_once: u32,
    },
    /// No limit.
    None,
}

impl Manners {
    /// At most five calls a second and six media downloads at once.
    pub const POLITE: Self = Self::Fixed { calls_per_second: 5, media_at_once: 6 };
}

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Making a connection.
    pub connect: Duration,
    /// A whole call, from the first byte sent to the last byte read.
    pub call: Duration,
    /// Silence in the middle of a download.
    pub stalled: Duration,
    /// Silence while listening for events; a portal says something every 15 seconds.
    pub silence: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            call: Duration::from_secs(30),
            stalled: Duration::from_secs(30),
            silence: Duration::from_secs(45),
        }
    }
}

/// How large answers may be, in bytes after decompression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// An answer of the portal.
    pub answer: u64,
    /// A picture.
    pub picture: u64,
    /// A film.
    pub video: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { answer: 16 << 20, picture: 64 << 20, video: 2 << 30 }
    }
}
