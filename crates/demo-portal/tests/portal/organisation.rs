//! How the demo organisations differ.

use crate::parent::{House, a_photo, code, key};
use schriftje_demo_portal::{ORGANISATION, Organisation};

#[tokio::test]
async fn one_organisation_takes_no_films() {
    let house = House::with(|mut options| {
        options.organisation = Organisation::DUINPAN;
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    let customer = parent.json("/restservices-parent/customer/info").await;
    assert_eq!(customer["payload"]["customerName"], "Kinderopvang De Duinpan");
    assert_ne!(ORGANISATION, "Kinderopvang De Duinpan");
    let capabilities = parent.json("/parent-api/v1/capabilities").await;
    assert_eq!(capabilities["limits"]["videoTypes"].as_array().unwrap().len(), 0);
    let film = parent.create(&key(), "video/mp4", 1_000).send().await.unwrap();
    assert_eq!(code(film).await, (415, "type-not-allowed".into()));
    parent.upload("image/jpeg", &a_photo(40, 30)).await;
    // It takes what iPhones make, and looks at that as well.
    assert!(
        capabilities["limits"]["photoTypes"].as_array().unwrap().contains(&"image/heic".into())
    );
    let heic = include_bytes!("../../../app/src/attach/plain.heic");
    parent.upload("image/heic", heic).await;
    let half = &heic[..heic.len() / 2];
    let location = parent.begin_upload("image/heic", half.len()).await;
    let refused = parent.append(&location, 0, half).send().await.unwrap();
    assert_eq!(code(refused).await, (415, "type-not-allowed".into()));
}

#[test]
fn organisations_are_called_by_their_name_on_the_command_line() {
    for organisation in Organisation::ALL {
        assert_eq!(Organisation::called(organisation.id), Some(organisation));
    }
    assert_eq!(Organisation::called("nergens"), None);
}
