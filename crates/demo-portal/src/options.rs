//! How a demo portal is to be: where it listens, how much it holds, how it behaves.

use crate::organisation::Organisation;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// How much an account holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "camelCase")]
pub enum Size {
    /// One child, three months.
    Small,
    /// Two children and a sibling who has left, two years: the demo.
    Family,
    /// Three children, five years, about 4,000 cards, 15,000 photos and 600 conversations.
    Large,
    /// Ten times large.
    Huge,
}

/// Everything that can be chosen about a demo portal.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the portal listens; port 0 picks one.
    pub listen: SocketAddr,
    /// Where the photos are served, an origin of their own; port 0 picks one.
    pub media_listen: SocketAddr,
    /// The folder that holds the database, the drawn pictures and what parents upload. Same folder, seed, size and
    /// day: the portal goes on where it was.
    pub data: PathBuf,
    /// The folder that holds the drawn pictures instead, for several portals together: what a picture
    /// shows depends on its number alone.
    pub pictures: Option<PathBuf>,
    /// Whose portal it is.
    pub organisation: &'static Organisation,
    /// How much it holds.
    pub size: Size,
    /// What the invented data grows from.
    pub seed: u64,
    /// The instant the portal's clock stands at; `None` follows the machine's clock.
    pub now: Option<DateTime<Utc>>,
    /// HTTPS with a certificate of a generated authority.
    pub tls: bool,
    /// A plain Konnect portal: nothing under `/parent-api`.
    pub plain: bool,
    /// Reading a conversation marks it read.
    pub reading_marks_read: bool,
    /// Added before every answer.
    pub latency: Duration,
    /// How many wrong passwords from one address lock signing in for a while.
    pub wrong_passwords: u32,
    /// Something new is posted now and then.
    pub live: bool,
}

/// Names a folder for [`Options::pictures`].
const PICTURES: &str = "SCHRIFTJE_DEMO_PICTURES";

impl Options {
    /// A portal on free loopback ports with the machine's clock and seed 1, and pictures in the
    /// folder that `SCHRIFTJE_DEMO_PICTURES` names, where it does.
    pub fn new(data: impl Into<PathBuf>, size: Size) -> Self {
        let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            listen: anywhere,
            media_listen: anywhere,
            data: data.into(),
            pictures: std::env::var_os(PICTURES).map(PathBuf::from),
            organisation: Organisation::BOSRAND,
            size,
            seed: 1,
            now: None,
            tls: false,
            plain: false,
            reading_marks_read: false,
            latency: Duration::ZERO,
            wrong_passwords: 5,
            live: false,
        }
    }
}
