//! What every part of a running portal shares.

use crate::clock::PortalClock;
use crate::faults::Faults;
use crate::options::Options;
use crate::pictures::Pictures;
use crate::record::Record;
use crate::store::Store;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use url::Url;

/// A running portal. Handlers get it as their state.
#[derive(Debug)]
pub struct Portal {
    pub options: Options,
    pub clock: PortalClock,
    pub store: Store,
    pub children: Vec<crate::data::people::Child>,
    pub album: crate::data::Album,
    pub faults: Faults,
    pub record: Record,
    pub pictures: Pictures,
    /// Signs tokens and URLs. Grows from the seed, so that a restart keeps sessions alive.
    pub secret: Secret,
    pub here: Url,
    pub media: Url,
    /// The keys of writes under way.
    pub under_way: crate::parent_api::UnderWay,
    /// What parents upload.
    pub uploads: crate::uploads::Files,
    /// Wrong passwords by address.
    pub attempts: Mutex<HashMap<IpAddr, crate::auth::Attempts>>,
    /// The planning is said to be possibly out of date.
    pub planning_is_stale: AtomicBool,
}

/// The portal, as handlers share it.
pub type Shared = Arc<Portal>;

/// Keyed hashes, for whatever must look random and yet be the same after a restart.
#[derive(Clone, Debug)]
pub struct Secret([u8; 32]);

impl Secret {
    pub fn grown_from(seed: u64) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"schriftje demo portal");
        hash.update(seed.to_be_bytes());
        Self(hash.finalize().into())
    }

    /// 32 bytes that belong to `parts` and this seed.
    pub fn bytes(&self, parts: &[&str]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.0);
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }

    /// 32 hexadecimal digits, the form of the portal's identities.
    pub fn id(&self, parts: &[&str]) -> String {
        hex::encode(&self.bytes(parts)[..16])
    }

    /// The key itself, for signing tokens.
    pub fn key(&self) -> &[u8] {
        &self.0
    }
}
