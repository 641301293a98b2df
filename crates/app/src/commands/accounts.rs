//! Signing in and out, and which account is in use.

use crate::App;
use crate::account::Open;
use crate::api::{Account, AppError, CredentialStore, ErrorCode, Overview, SignIn, Tag};
use schriftje_konnect::{PortalAddress, SignInStyle};
use schriftje_model::AccountId;
use schriftje_store::{AccountRecord, SessionState};
use schriftje_sync::Offered;
use secrecy::ExposeSecret;
use std::cmp::Ordering;
use std::sync::Arc;
use uuid::Uuid;

/// In which order accounts are shown, always.
pub(super) fn in_order(a: &Account, b: &Account) -> Ordering {
    (&a.portal, &a.username, &a.id).cmp(&(&b.portal, &b.username, &b.id))
}

impl App {
    /// What the interface needs to know before it draws anything.
    ///
    /// # Errors
    /// When there are accounts and none can be opened: why the first of them cannot. A key that
    /// is gone for good is no error; the parent then signs in again.
    pub async fn overview(&self) -> Result<Overview, AppError> {
        let open = self.registry.all().await?;
        if open.is_empty() {
            let broken = self.registry.broken();
            let error = broken.into_iter().map(|broken| broken.error);
            if let Some(error) = { error }.find(|error| error.code != ErrorCode::KeyMissing) {
                return Err(error);
            }
        }
        let mut accounts = Vec::with_capacity(open.len());
        for open in &open {
            accounts.push(open.account().await?);
        }
        accounts.sort_by(in_order);
        let current = self.registry.current().ok().map(|open| open.id.clone());
        Ok(Overview {
            account: accounts.iter().find(|account| Some(&account.id) == current.as_ref()).cloned(),
            accounts,
            settings: self.settings(),
            credential_store: self.host.vault.availability().await,
            default_folder: self.default_folder().display().to_string(),
            metered: self.metered(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// Signs in. At an account that is here already (same portal and user name) it signs that
    /// one in again and keeps everything.
    pub async fn sign_in(&self, form: SignIn) -> Result<Account, AppError> {
        let _one = self.signing.lock().await;
        let address = PortalAddress::parse(&form.portal)?;
        let username = form.username.trim().to_owned();
        if username.is_empty() || form.password.expose_secret().is_empty() {
            return Err(AppError::new(
                ErrorCode::SignInIncomplete,
                "user name or password is empty",
            ));
        }
        let known = self.account_of(&address, &username).await?;
        if known.is_none() && !form.until_closed {
            // Found out before the password is sent: after that it would be for nothing.
            if self.host.vault.availability().await == CredentialStore::Missing {
                return Err(AppError::new(
                    ErrorCode::NoCredentialStore,
                    "the system keeps no secrets for us",
                ));
            }
        }
        let old = match &known {
            Some(open) => open.store.account().await?,
            None => None,
        };
        let device = old.as_ref().and_then(|record| Uuid::parse_str(&record.device).ok());
        let device = device.unwrap_or_else(Uuid::new_v4);
        let portal = self.host.portal(address.clone(), device)?;
        let tokens = portal.sign_in(&username, &form.password, SignInStyle::App).await?;
        let (open, new) = match known {
            Some(open) => (open, false),
            None => (self.registry.make(form.until_closed).await?, true),
        };
        let record = AccountRecord {
            id: open.id.clone(),
            portal: address.to_string(),
            username,
            parent_name: old.as_ref().and_then(|old| old.parent_name.clone()),
            email: old.as_ref().and_then(|old| old.email.clone()),
            organisation: old.as_ref().and_then(|old| old.organisation.clone()),
            session: SessionState::SignedIn,
            device: device.to_string(),
        };
        if let Some((asked_at, said)) = self.portal_said(&record.portal).filter(|_| new) {
            Offered::keep(&open.store, said, asked_at).await?;
        }
        let password = form.remember.then(|| form.password.clone());
        if let Err(error) = open.signed_in(record, tokens, password).await {
            if new {
                let _ = self.registry.remove(&open.id).await;
            }
            return Err(error);
        }
        self.registry.switch(&open.id)?;
        self.registry.remove_unreadable().await;
        self.host.changes.tell(Tag::Accounts);
        Ok(open.account().await?)
    }

    /// The account here with this portal and user name.
    async fn account_of(
        &self,
        address: &PortalAddress,
        username: &str,
    ) -> Result<Option<Arc<Open>>, AppError> {
        let portal = address.to_string();
        for open in self.registry.all().await? {
            if let Some(owner) = open.store.owner().await?
                && owner.portal == portal
                && owner.username.to_lowercase() == username.to_lowercase()
            {
                return Ok(Some(open));
            }
        }
        Ok(None)
    }

    /// Signs out and removes everything of that account: key, databases, pictures. Photos the
    /// parent saved stay. When it is killed half way, the next start finishes it.
    ///
    /// Fails with [`ErrorCode::Unsent`] when something was written and not sent, unless that may
    /// be thrown away, and with [`ErrorCode::KeyLeft`] when all is gone but the key.
    pub async fn sign_out(&self, account: AccountId, discard_unsent: bool) -> Result<(), AppError> {
        let _one = self.signing.lock().await;
        if !discard_unsent {
            self.refuse_unsent(Some(account.clone())).await?;
        }
        // Whatever does not go keeps nothing else here.
        let removed = self.registry.remove(&account).await;
        self.copies.clear().await;
        // Where its photos went, and why some did not, is nobody's business any more.
        self.saves.forget(&account).await;
        let unlocked = self.forget_lock_of_nobody().await;
        for tag in [Tag::Accounts, Tag::Timeline, Tag::Children, Tag::Sync] {
            self.host.changes.tell(tag);
        }
        removed.and(unlocked)
    }

    async fn forget_lock_of_nobody(&self) -> Result<(), AppError> {
        if self.registry.all().await?.is_empty() && self.registry.broken().is_empty() {
            self.lock.forget().await?;
        }
        Ok(())
    }

    /// Signs out of every account, also of those that cannot be opened, and of those that come after
    /// one that does not go.
    ///
    /// # Errors
    /// Those of [`App::sign_out`], the one that leaves most behind.
    pub async fn sign_out_all(&self, discard_unsent: bool) -> Result<(), AppError> {
        if !discard_unsent {
            self.refuse_unsent(None).await?;
        }
        let open = self.registry.all().await?.into_iter().map(|open| open.id.clone());
        let broken = self.registry.broken().into_iter().map(|broken| broken.id);
        let mut trouble: Option<AppError> = None;
        for id in open.chain(broken).collect::<Vec<_>>() {
            let Err(error) = self.sign_out(id, true).await else { continue };
            if trouble.as_ref().is_none_or(|known| known.code == ErrorCode::KeyLeft) {
                trouble = Some(error);
            }
        }
        trouble.map_or(Ok(()), Err)
    }

    async fn refuse_unsent(&self, account: Option<AccountId>) -> Result<(), AppError> {
        if self.unsent(account).await?.is_empty() {
            return Ok(());
        }
        Err(AppError::new(ErrorCode::Unsent, "something was written and not sent"))
    }

    /// Uses another account.
    pub async fn switch_account(&self, account: AccountId) -> Result<(), AppError> {
        self.registry.switch(&account)
    }
}
