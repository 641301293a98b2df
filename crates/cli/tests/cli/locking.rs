//! An app with a PIN is locked in a terminal as well.

use crate::world::{PASSWORD, World};
use schriftje_app::vault::KeyFile;
use schriftje_app::{App, AppOptions};
use schriftje_model::SystemClock;
use std::sync::Arc;

/// Chooses a PIN, as the window does.
async fn choose_pin(world: &World, pin: &str) {
    let app = App::start(AppOptions {
        data_dir: world.path("data"),
        vault: Arc::new(KeyFile::at(world.path("sleutel"))),
        clock: Arc::new(SystemClock),
        ca_pem: None,
        picture_dir: world.path("pictures"),
        background: false,
    })
    .await
    .unwrap();
    app.set_pin(None, pin.into()).await.unwrap();
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_app_asks_for_its_pin_in_a_terminal_too() {
    let world = World::new().await;
    world.login("sanne", PASSWORD).await.json();
    choose_pin(&world, "4711").await;
    let wrong = world.run_with(&["--pin-stdin", "account", "show"], "9999\n").await;
    assert_eq!(wrong.code, Some(4), "{wrong:?}");
    assert!(
        wrong.stderr.contains("Die pincode klopt niet") && wrong.stdout.is_empty(),
        "{wrong:?}"
    );
    let right = world.run_with(&["--pin-stdin", "--json", "sync"], "4711\n").await;
    assert_eq!(right.code, Some(0), "{right:?}");
}
