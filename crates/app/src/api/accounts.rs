//! Accounts: who is signed in, signing in, and what a portal says of itself before that.

use super::{Metered, Settings};
use schriftje_model::AccountId;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What the interface needs to know before it draws anything.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// The account in use; `None` shows the sign-in screen.
    pub account: Option<Account>,
    /// Every account on this device.
    pub accounts: Vec<Account>,
    /// Settings of this device.
    pub settings: Settings,
    /// Whether the system keeps secrets for us.
    pub credential_store: CredentialStore,
    /// The folder photos are saved to unless another is chosen, as text for the eye.
    pub default_folder: String,
    /// Whether the network is metered, as far as the system says.
    pub metered: Metered,
    /// The app's version.
    pub version: String,
}

/// An account at a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its identity on this device.
    pub id: AccountId,
    /// The portal's address, such as `https://kdv.ouderportaal.nl`.
    pub portal: String,
    /// The organisation's name, once known.
    pub organisation: Option<String>,
    /// The user name it signed in with.
    pub username: String,
    /// The parent's own name, once known.
    pub parent_name: Option<String>,
    /// The parent's e-mail address, once known.
    pub email: Option<String>,
    /// How the portal sees this account.
    pub session: SessionState,
    /// Whether the password is kept (encrypted) to sign in again.
    pub remembered: bool,
    /// Kept only until the app closes, since the system keeps no secrets for us.
    pub until_closed: bool,
}

/// How the portal sees an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SessionState {
    /// Signed in.
    SignedIn,
    /// The portal asks for the password again; what is here stays readable.
    Expired,
    /// The portal refuses this account for good: the app is an archive.
    Ended,
}

/// Whether the system's credential store works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CredentialStore {
    /// It does.
    Available,
    /// There is none: an account can stay signed in until the app closes, no longer.
    Missing,
    /// A key file was given in its place (terminal only).
    KeyFile,
}

/// What the sign-in form holds.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// The portal's address as typed.
    pub portal: String,
    /// The user name.
    pub username: String,
    /// The password.
    #[specta(type = String)]
    pub password: secrecy::SecretString,
    /// "Onthoud mij": keep the password in the encrypted database.
    pub remember: bool,
    /// Go on without a credential store, until the app closes.
    pub until_closed: bool,
}

/// What is known of a portal before signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PortalLinks {
    /// The address as understood.
    pub portal: String,
    /// The portal's own sign-in page, where a password is asked for anew.
    pub sign_in_page: String,
    /// The privacy statement, where the portal names one.
    pub privacy: Option<String>,
    /// Responsible disclosure, where the portal names it.
    pub disclosure: Option<String>,
}
