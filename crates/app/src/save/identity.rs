//! What a saved file says about which photo it is: a hash of the portal's id. Stands in the file
//! itself, so that a photo is known again after it was renamed or the app installed anew.

use schriftje_model::PhotoId;
use sha2::{Digest, Sha256};

/// A photo's identity as it stands in a saved file: 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Identity(String);

impl Identity {
    /// The identity of the photo with this id.
    pub(crate) fn of(id: &PhotoId) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"schriftje photo ");
        hash.update(id.as_str().as_bytes());
        Self(hex::encode(&hash.finalize()[..16]))
    }

    /// The identity written as `text`, if it can be one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let fits = text.len() == 32
            && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self(text.to_owned()))
    }

    /// As text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
