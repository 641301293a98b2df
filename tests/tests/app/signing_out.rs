//! Signing out, whatever the credential store makes of it.

use crate::moody_vault::MoodyVault;
use crate::world::{PASSWORD, World};
use schriftje_app::App;
use std::sync::Arc;
use std::sync::atomic::Ordering;

async fn moody() -> (World, Arc<MoodyVault>, Arc<App>) {
    let mut world = World::new().await;
    let vault = Arc::new(MoodyVault::default());
    world.vault = vault.clone();
    let app = world.signed_in().await;
    (world, vault, app)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_while_an_account_leaves_takes_nothing_from_below_it() {
    let (world, vault, app) = moody().await;
    let gone = app.overview().await.unwrap().account.unwrap();
    let stays = app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    let databases = world.data().join("accounts").join(gone.id.as_str()).join("account.db");
    let waits = vault.waits.lock().await;
    let leaving = tokio::spawn({
        let (app, id) = (app.clone(), gone.id.clone());
        async move { app.sign_out(id, true).await }
    });
    let asked = || vault.asked_to_let_go.load(Ordering::Relaxed);
    while asked() == 0 {
        tokio::task::yield_now().await;
    }
    let looking = tokio::spawn({
        let app = app.clone();
        async move { app.overview().await }
    });
    // Long enough for whoever does not wait.
    for _ in 0..2000 {
        assert!(tokio::fs::try_exists(&databases).await.unwrap());
    }
    assert_eq!(asked(), 1, "nobody else takes the account away meanwhile");
    drop(waits);
    leaving.await.unwrap().unwrap();
    assert_eq!(looking.await.unwrap().unwrap().accounts, [stays]);
    app.shutdown().await;
}
