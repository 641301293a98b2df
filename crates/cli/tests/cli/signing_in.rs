//! Signing in that is refused.

use crate::world::{PASSWORD, World, names};

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_says_why_by_code_and_by_exit_code() {
    let world = World::new().await;
    let wrong = world.login("sanne", "fout").await;
    assert_eq!((wrong.code, wrong.error()), (Some(4), "wrongPassword".into()));
    let empty = world.login("sanne", "").await;
    assert_eq!((empty.code, empty.error()), (Some(2), "signInIncomplete".into()));
    let reset = world.login("resetten", PASSWORD).await;
    assert_eq!((reset.code, reset.error()), (Some(4), "mustResetPassword".into()));
    let address = ["login", "--portal", "geen adres!", "--user", "sanne", "--password-stdin"];
    let address = world.run_with(&address, "x\n").await;
    assert_eq!(address.code, Some(2));
    assert_eq!(address.stderr.trim(), "Dit is geen portaaladres");
    // A password as an argument is not even understood.
    let argument = world.run(&["login", "--portal", "x", "--user", "y", "--password", "z"]).await;
    assert_eq!(argument.code, Some(2));
    assert_eq!(world.run(&["logout"]).await.code, Some(3));
    assert_eq!(names(&world.path("data")), Vec::<String>::new());
}
