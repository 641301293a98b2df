//! What to send along when something is wrong.

use crate::world::World;
use schriftje_app::api::ErrorCode;

#[tokio::test(flavor = "multi_thread")]
async fn what_helps_to_find_a_fault_is_saved_whole_and_names_nobody() {
    let world = World::new().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap();
    let file = world.dir.path().join("gegevens.txt");
    let saved = app.save_diagnostics(file.clone()).await.unwrap();
    assert_eq!(saved, file.display().to_string());
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text, app.diagnostics().await.unwrap());
    assert!(text.contains("accounts: 1"));
    let data = world.data().display().to_string();
    let address = account.portal.split("://").last().unwrap().trim_end_matches('/');
    let mut private = vec![account.id.as_str(), &account.username, address, &data, "Bloem"];
    private.extend(account.email.as_deref());
    for word in private {
        assert!(!text.contains(word), "{word}");
    }

    for nowhere in [world.dir.path().join("weg/gegevens.txt"), "gegevens.txt".into()] {
        let refused = app.save_diagnostics(nowhere).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::FolderNotWritable);
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "the file that was there stays");
    app.shutdown().await;
}
