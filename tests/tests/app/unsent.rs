//! Signing out with something that was written and not sent.

use crate::drafting::{draft_message, phone_photo, put};
use crate::world::{PASSWORD, World, sync_texts};
use schriftje_app::api::ErrorCode;
use schriftje_model::{Draft, DraftPlace};

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_with_something_unsent_asks_first() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    draft_message(&app, "Zonnebrand", "Zit in haar tas").await;
    let write = app.send_draft(DraftPlace::NewMessage).await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap().id;
    assert_eq!(app.unsent(Some(account.clone())).await.unwrap()[0].writes[0].id, write.id);
    let asked = app.sign_out(account.clone(), false).await.unwrap_err();
    assert_eq!(asked.code, ErrorCode::Unsent);
    assert_eq!(app.sign_out_all(false).await.unwrap_err().code, ErrorCode::Unsent);
    assert_eq!(app.outbox().await.unwrap().len(), 1);
    app.sign_out(account, true).await.unwrap();
    assert!(app.overview().await.unwrap().accounts.is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_names_what_is_half_written_too() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    // A form that was only looked at is nothing to lose.
    app.save_draft(Draft::empty(DraftPlace::Diary)).await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap().id;
    assert!(app.unsent(None).await.unwrap().is_empty());
    draft_message(&app, "Half af", "Nog niet kl").await;
    let photo = put(world.dir.path(), "IMG_3.jpg", &phone_photo(40, 30));
    app.add_files(DraftPlace::Diary, vec![photo]).await.unwrap();
    let mut drafts = app.unsent(Some(account.clone())).await.unwrap().remove(0).drafts;
    drafts.sort_by_key(|kept| kept.files.len());
    assert_eq!((drafts.len(), drafts[0].draft.text.as_str()), (2, "Nog niet kl"));
    assert_eq!(drafts[1].files[0].name, "IMG_3.jpg");
    let asked = app.sign_out(account.clone(), false).await.unwrap_err();
    assert_eq!(asked.code, ErrorCode::Unsent);
    assert_eq!(app.draft(DraftPlace::NewMessage).await.unwrap().draft.text, "Nog niet kl");
    app.sign_out(account, true).await.unwrap();
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_account_did_not_send_is_told_with_whose_it_is() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    draft_message(&app, "Zonnebrand", "Zit in haar tas").await;
    let first = app.overview().await.unwrap().account.unwrap().id;
    let second = &world.portal.accounts[1];
    app.sign_in(world.form(&second.username, PASSWORD)).await.unwrap();
    assert_ne!(app.overview().await.unwrap().account.unwrap().id, first);
    let unsent = app.unsent(None).await.unwrap();
    let whose: Vec<_> = unsent.iter().map(|of| (&of.account, of.drafts.len())).collect();
    assert_eq!(whose, [(&first, 1)]);
    app.shutdown().await;
}
