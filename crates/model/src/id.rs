//! Identities. All are opaque text; a type each keeps them from being mixed up.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identity as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<T: Into<String>> From<T> for $name {
            fn from(text: T) -> Self {
                Self(text.into())
            }
        }
    };
}

id!(
    /// One signed-in account on this device: a random name that says nothing about the parent.
    AccountId
);
id!(
    /// A child, as the portal names it (32 hexadecimal digits).
    ChildId
);
id!(
    /// A timeline card. Derived by the client, since the portal gives cards no identity.
    CardId
);
id!(
    /// A diary entry (wire: `journalId`).
    JournalId
);
id!(
    /// A photo or video (wire: `photos[].id`). Never its URL.
    PhotoId
);
id!(
    /// Anything the media protocol can show: a photo's identity, that of an avatar, or that of a
    /// picture in a newsletter.
    MediaId
);
id!(
    /// A conversation (wire: `logMessageMessageId`).
    ConversationId
);
id!(
    /// A message in a conversation. Derived by the client, since the portal gives messages no
    /// identity.
    MessageId
);
id!(
    /// A write of this parent that waits or was sent: a UUID, and its idempotency key.
    WriteId
);
id!(
    /// A file that goes along with a draft or a write.
    FileId
);
id!(
    /// A care slot. Derived by the client, since the portal gives slots no identity.
    SlotId
);
id!(
    /// A request or absence at the portal.
    RequestId
);
id!(
    /// One child in one booking of a request.
    LineId
);
id!(
    /// A credit of a child.
    CreditId
);
id!(
    /// A request that waits for a network, on this device.
    WishId
);
id!(
    /// A document of the administration. Derived by the client from its kind and the two names the
    /// portal gives it.
    DocumentId
);
id!(
    /// A news item of the organisation (wire: `htmlContentId`).
    ArticleId
);
id!(
    /// A newsletter (wire: `generatedHtmlNewsLetterId`).
    NewsletterId
);
