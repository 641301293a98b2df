//! The key of an account's databases.

use rand::TryRngCore;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A random 256-bit key, used as it is (no passphrase stands behind it). Wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// A fresh key from the system's random source; `None` when that source fails.
    pub fn random() -> Option<Self> {
        let mut bytes = [0; 32];
        rand::rngs::OsRng.try_fill_bytes(&mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// The key these bytes are.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key these 64 hexadecimal digits are.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// Its bytes, to keep in a credential store.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Its 64 hexadecimal digits, to keep in a credential store.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0))
    }

    /// A mark by which a key is recognised without opening anything: it tells a wrong key from a
    /// damaged file. Says nothing about the key, which has 256 random bits.
    pub(crate) fn mark(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"schriftje key mark");
        hash.update(self.0);
        hex::encode(&hash.finalize()[..16])
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}
