//! Writing to the nursery, with and without a network, and being told of what it writes.

use crate::world::{PASSWORD, World, now, sync_texts};
use chrono::TimeDelta;
use schriftje_app::App;
use schriftje_app::api::{
    ErrorCode, Language, OpenWhat, RejectedWhy, SearchQuery, SignIn, TimelineQuery,
};
use schriftje_demo_portal::{
    NewConversation, NewPhotos, NewReport, Options, Organisation, Recorded, StaffAnswer, start,
};
use schriftje_model::{
    AuthorKind, ConversationId, Draft, DraftPlace, FindKind, FoundPlace, MediaId, MediaKind,
    MediaSize, TimelineCard, Write, WriteState,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A JPEG of a phone: lying on its side, with a place and a moment inside.
fn phone_photo(width: u32, height: u32) -> Vec<u8> {
    use img_parts::ImageEXIF;
    let picture = image::RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { image::Rgb([220, 40, 40]) } else { image::Rgb([40, 40, 220]) }
    });
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode_image(&picture).unwrap();
    let mut jpeg = img_parts::jpeg::Jpeg::from_bytes(bytes.into()).unwrap();
    jpeg.set_exif(Some(include_bytes!("phone.exif").to_vec().into()));
    jpeg.encoder().bytes().to_vec()
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

async fn child(app: &App) -> schriftje_model::ChildId {
    app.children().await.unwrap()[0].child.id.clone()
}

pub async fn draft_message(app: &App, subject: &str, text: &str) {
    let draft = Draft {
        children: vec![child(app).await],
        subject: subject.to_owned(),
        text: text.to_owned(),
        ..Draft::empty(DraftPlace::NewMessage)
    };
    app.save_draft(draft).await.unwrap();
}

async fn reply(app: &App, id: &ConversationId, text: &str) -> Write {
    let place = DraftPlace::Reply(id.clone());
    app.save_draft(Draft { text: text.to_owned(), ..Draft::empty(place.clone()) }).await.unwrap();
    app.send_draft(place).await.unwrap()
}

/// A conversation of the nursery's, and its identity.
pub async fn begin(world: &World, subject: &str) -> ConversationId {
    let new = NewConversation {
        username: Some("sanne".to_owned()),
        subject: subject.to_owned(),
        html: "<p>Wil je een jas meegeven?</p>".to_owned(),
        ..NewConversation::default()
    };
    ConversationId(world.portal.nursery().begin_conversation(new).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_without_a_network_goes_out_once_and_in_order_after_a_restart() {
    let mut world = World::new().await;
    let subject = "Jas vergeten";
    let conversation = begin(&world, subject).await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    app.open_conversation(conversation.clone()).await.unwrap();
    let options = world.portal.options();
    // No network from here on.
    world.portal.stop().await;
    reply(&app, &conversation, "Ja hoor, eerste").await;
    reply(&app, &conversation, "En nog iets, tweede").await;
    let photo = put(world.dir.path(), "IMG_1.jpg", &phone_photo(40, 30));
    let place = DraftPlace::Diary;
    let entry = Draft {
        children: vec![child(&app).await],
        text: "Samen gefietst".to_owned(),
        ..Draft::empty(place.clone())
    };
    app.save_draft(entry).await.unwrap();
    let added = app.add_files(place.clone(), vec![photo]).await.unwrap();
    assert_eq!((added.files.len(), added.rejected.len()), (1, 0));
    app.send_draft(place).await.unwrap();
    assert_eq!(app.send_now().await.unwrap_err().code, ErrorCode::Offline);
    // A draft that is not sent survives too.
    draft_message(&app, "Half af", "Nog niet kl").await;
    app.shutdown().await;
    drop(app);
    world.portal = start(options).await.unwrap();
    let app = world.app().await;
    let waiting = app.outbox().await.unwrap();
    assert_eq!(waiting.len(), 3);
    assert!(waiting.iter().all(|write| write.state == WriteState::Queued));
    assert_eq!(app.draft(DraftPlace::NewMessage).await.unwrap().draft.text, "Nog niet kl");
    let sent = app.send_now().await.unwrap();
    assert_eq!((sent.sent, sent.refused, sent.unconfirmed), (3, 0, 0));
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let there = truth.conversations.iter().find(|known| known.id == conversation.0).unwrap();
    let texts: Vec<&str> = there.messages.iter().map(|message| message.html.as_str()).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(texts[1].contains("eerste") && texts[2].contains("tweede"));
    let entries: Vec<_> = truth.entries_of_parents().collect();
    assert!(entries.iter().any(|entry| {
        entry.photos.len() == 1
            && entry.html.as_deref().is_some_and(|html| html.contains("gefietst"))
    }));
    // What was sent stands in what is read, and the queue is empty.
    assert!(app.outbox().await.unwrap().is_empty());
    let thread = app.conversation(conversation).await.unwrap();
    assert_eq!(thread.messages.len(), 3);
    assert!(thread.messages[1].own && !thread.messages[0].own);
    let cards =
        app.timeline(TimelineQuery { limit: 20, ..TimelineQuery::default() }).await.unwrap();
    let card = cards.cards.iter().find(|card| {
        card.entry.as_ref().is_some_and(|entry| entry.text.contains("Samen gefietst"))
    });
    let entry = card.unwrap().entry.as_ref().unwrap();
    assert_eq!((entry.author_kind, entry.photos.len()), (AuthorKind::Parent, 1));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_comes_with_the_portals_reason_and_can_be_edited() {
    let world = World::new().await;
    let conversation = begin(&world, "Afgesloten").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    world.portal.nursery().close_conversation(conversation.as_str(), true).await.unwrap();
    let write = reply(&app, &conversation, "Nog een vraag").await;
    assert_eq!(app.send_now().await.unwrap().refused, 1);
    let refused = app.outbox().await.unwrap().into_iter().find(|kept| kept.id == write.id).unwrap();
    assert_eq!(refused.state, WriteState::Refused);
    assert_eq!(refused.reason_code.as_deref(), Some("conversation-closed"));
    assert!(refused.reason.is_some_and(|reason| !reason.is_empty()));
    // It holds nobody up, and goes out once the parent asks for it again.
    app.send_now().await.unwrap();
    world.portal.nursery().close_conversation(conversation.as_str(), false).await.unwrap();
    app.retry_write(write.id).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    assert!(app.outbox().await.unwrap().is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_sends_what_a_terminal_wrote_beside_it() {
    let mut world = World::new().await;
    world.signed_in().await.shutdown().await;
    let terminal = world.app().await;
    world.background = true;
    let window = world.app().await;
    let mut changes = window.subscribe();
    while window.sync_status().await.unwrap().fresh_at.is_none() {
        changes.recv().await.unwrap();
    }
    terminal.sync_now().await.unwrap();
    let entry = Draft {
        children: vec![child(&terminal).await],
        text: "Uit de terminal".to_owned(),
        ..Draft::empty(DraftPlace::Diary)
    };
    world.portal.clear_requests();
    terminal.write(entry, Vec::new()).await.unwrap();
    // Only the window sends by itself, and it does so before it next looks for something new.
    let written = |requests: &[Recorded]| {
        requests.iter().position(|one| {
            one.method == "POST" && one.path_and_query.starts_with("/parent-api/v1/diary")
        })
    };
    while written(&world.portal.requests()).is_none() {
        changes.recv().await.unwrap();
    }
    let requests = world.portal.requests();
    let before = &requests[..written(&requests).unwrap()];
    let polled = before.iter().any(|one| one.path_and_query.contains("counters"));
    assert!(!polled, "{before:?}");
    window.shutdown().await;
    terminal.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_with_something_unsent_asks_first() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    draft_message(&app, "Zonnebrand", "Zit in haar tas").await;
    let write = app.send_draft(DraftPlace::NewMessage).await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap().id;
    assert_eq!(app.unsent(Some(account.clone())).await.unwrap().writes[0].id, write.id);
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
    let mut drafts = app.unsent(Some(account.clone())).await.unwrap().drafts;
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
async fn a_photo_goes_upright_and_small_and_keeps_its_place_to_itself() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    let photo = put(world.dir.path(), "IMG_2.jpg", &phone_photo(4000, 3000));
    let added = app.add_files(place.clone(), vec![photo]).await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap().id;
    let shown = |id: &str| app.media(account.clone(), MediaId(id.to_owned()), MediaSize::Thumb);
    let bytes = shown(added.files[0].id.as_str()).await.unwrap().bytes;
    let picture = image::load_from_memory(&bytes).unwrap().into_rgb8();
    // The portal takes 2560 pixels; what lay on its side stands.
    assert_eq!(picture.dimensions(), (1920, 2560));
    let (top, bottom) = (picture.get_pixel(960, 200).0, picture.get_pixel(960, 2360).0);
    assert!(top[0] > 180 && bottom[2] > 180, "{top:?} {bottom:?}");
    let entry = Draft { children: vec![child(&app).await], ..Draft::empty(place.clone()) };
    app.save_draft(entry).await.unwrap();
    let write = app.send_draft(place).await.unwrap();
    let bytes = shown(write.files[0].id.as_str()).await.unwrap().bytes;
    let told = exiftool(&put(world.dir.path(), "sent.jpg", &bytes));
    assert!(!told.contains("GPS"), "{told}");
    assert!(told.contains("2026:03:10 08:30:00"), "{told}");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_along_stays_in_order_when_photos_forget_their_place() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    let here = world.dir.path();
    let film = include_bytes!("../../../assets/demo/videos/swing.mp4");
    let mut plain = Vec::new();
    image::RgbImage::new(9, 9)
        .write_to(&mut std::io::Cursor::new(&mut plain), image::ImageFormat::Png)
        .unwrap();
    let paths = vec![
        put(here, "1.png", &plain),
        put(here, "2.jpg", &phone_photo(60, 40)),
        put(here, "3.mp4", film),
        put(here, "4.jpg", &phone_photo(40, 60)),
    ];
    let added = app.add_files(place.clone(), paths).await.unwrap();
    assert!(added.rejected.is_empty(), "{:?}", added.rejected);
    let entry = Draft { children: vec![child(&app).await], ..Draft::empty(place.clone()) };
    app.save_draft(entry).await.unwrap();
    let write = app.send_draft(place).await.unwrap();
    let names: Vec<&str> = write.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["1.png", "2.jpg", "3.mp4", "4.jpg"]);
    // Only what told a place was written anew.
    let ids = |files: &[schriftje_model::OutFile]| {
        files.iter().map(|file| (file.id.clone(), file.name.clone())).collect::<Vec<_>>()
    };
    assert_eq!(ids(&write.files), ids(&added.files));
    assert_eq!(write.files[2].bytes, film.len() as u64);
    let account = app.overview().await.unwrap().account.unwrap().id;
    for file in write.files.iter().filter(|file| file.kind == MediaKind::Photo) {
        let id = MediaId(file.id.0.clone());
        let bytes = app.media(account.clone(), id, MediaSize::Thumb).await.unwrap().bytes;
        let told = exiftool(&put(here, "sent", &bytes));
        assert!(!told.contains("GPS"), "{told}");
    }
    app.shutdown().await;
}

fn exiftool(path: &Path) -> String {
    let output = std::process::Command::new("exiftool").args(["-a", "-G1"]).arg(path).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_go_along_is_told_before_anything_waits() {
    let world = World::with(|options| Options { organisation: Organisation::DUINPAN, ..options });
    let world = world.await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    let here = world.dir.path();
    let film = include_bytes!("../../../assets/demo/videos/swing.mp4");
    let good = phone_photo(60, 40);
    let paths = vec![
        put(here, "leeg.jpg", b""),
        world.dir.path().join("verdwenen.jpg"),
        put(here, "brief.jpg", b"%PDF-1.7 geen foto"),
        put(here, "half.jpg", &good[..good.len() / 2]),
        put(here, "film.mp4", film),
        put(here, "foto-met-verkeerde-naam.txt", &good),
    ];
    let added = app.add_files(place.clone(), paths).await.unwrap();
    let why: Vec<_> = added.rejected.iter().map(|one| (one.name.as_str(), one.why)).collect();
    assert_eq!(
        why,
        [
            ("leeg.jpg", RejectedWhy::Empty),
            ("verdwenen.jpg", RejectedWhy::Gone),
            ("brief.jpg", RejectedWhy::NotAPicture),
            ("half.jpg", RejectedWhy::Broken),
            ("film.mp4", RejectedWhy::NoVideos),
        ]
    );
    assert_eq!(added.files.len(), 1);
    let many = vec![put(here, "foto.jpg", &good); 200];
    let added = app.add_files(place.clone(), many).await.unwrap();
    let most = app.writing().await.unwrap().files as usize;
    assert_eq!(added.files.len(), most);
    assert!(added.rejected.iter().all(|one| one.why == RejectedWhy::TooMany));
    assert_eq!(added.rejected.len(), 201 - most);
    app.discard_draft(place.clone()).await.unwrap();
    assert!(app.draft(place).await.unwrap().files.is_empty());
    assert!(app.outbox().await.unwrap().is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_is_told_once_and_what_was_seen_or_written_here_is_not() {
    let world = World::new().await;
    let conversation = begin(&world, "Jas vergeten").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let told = async |app: &App| app.take_notifications(Language::Nl).await.unwrap();
    assert!(told(&app).await.is_empty(), "the backlog of a first sync is no news");
    app.open_conversation(conversation.clone()).await.unwrap();

    let nursery = world.portal.nursery();
    let later = || {
        world.portal.clock().advance(TimeDelta::minutes(1));
        world.clock.advance(TimeDelta::minutes(1));
    };
    later();
    nursery
        .post_photos(NewPhotos {
            username: Some("sanne".to_owned()),
            count: Some(3),
            ..NewPhotos::default()
        })
        .await
        .unwrap();
    let answer = StaffAnswer { html: "<p>Dankjewel!</p>".to_owned(), ..StaffAnswer::default() };
    nursery.answer(conversation.as_str(), answer.clone()).await.unwrap();
    app.sync_now().await.unwrap();
    let raised = told(&app).await;
    let titles: Vec<&str> = raised.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["3 nieuwe foto’s", "Nieuw bericht"]);
    let account = app.overview().await.unwrap().account.unwrap().id;
    let opens = OpenWhat::Conversation { account, id: conversation.clone() };
    assert_eq!(raised[1].what, opens);
    assert!(told(&app).await.is_empty(), "told twice");

    // Read on another device before this one heard of it.
    later();
    nursery.answer(conversation.as_str(), answer).await.unwrap();
    let other = other_device(&world).await;
    sync_texts(&other).await;
    other.open_conversation(conversation.clone()).await.unwrap();
    app.sync_now().await.unwrap();
    assert!(told(&app).await.is_empty(), "seen elsewhere");

    // What this parent writes is no news to them.
    later();
    let entry = Draft {
        children: vec![child(&app).await],
        text: "Vannacht slecht geslapen".to_owned(),
        ..Draft::empty(DraftPlace::Diary)
    };
    app.save_draft(entry).await.unwrap();
    app.send_draft(DraftPlace::Diary).await.unwrap();
    reply(&app, &conversation, "Graag gedaan").await;
    app.send_now().await.unwrap();
    app.sync_now().await.unwrap();
    assert!(told(&app).await.is_empty(), "written here");
    other.shutdown().await;
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_in_quiet_hours_is_told_after_them_and_added_up() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let told = async || app.take_notifications(Language::Nl).await.unwrap();
    let quiet = async |quiet: bool| {
        let mut settings = app.settings();
        settings.notifications.quiet = quiet;
        (settings.notifications.quiet_from, settings.notifications.quiet_until) = (0, 24 * 60);
        app.set_settings(settings).await.unwrap();
    };
    let photos = async |count: u32| {
        world.portal.clock().advance(TimeDelta::minutes(1));
        world.clock.advance(TimeDelta::minutes(1));
        let new = NewPhotos {
            username: Some("sanne".to_owned()),
            count: Some(count),
            ..NewPhotos::default()
        };
        world.portal.nursery().post_photos(new).await.unwrap();
        app.sync_now().await.unwrap();
    };
    quiet(true).await;
    photos(3).await;
    assert!(told().await.is_empty());
    quiet(false).await;
    assert_eq!(told().await[0].title, "3 nieuwe foto’s");
    photos(1).await;
    let raised = told().await;
    assert_eq!(raised[0].title, "4 nieuwe foto’s", "what was told is not seen yet");
    look(&app).await;
    photos(1).await;
    assert_eq!(told().await[0].title, "1 nieuwe foto");
    app.shutdown().await;
}

/// The parent looks at the newest cards. What notifications open that have done their work.
async fn look(app: &App) -> Vec<OpenWhat> {
    let newest = TimelineQuery { limit: 20, ..TimelineQuery::default() };
    let cards = app.timeline(newest).await.unwrap().cards;
    app.saw_cards(cards.into_iter().map(|card| card.id).collect()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_looked_at_in_quiet_hours_is_not_told_after_them() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let nursery = world.portal.nursery();
    let post = async || {
        let new = NewPhotos { username: Some("sanne".to_owned()), ..NewPhotos::default() };
        let photos = nursery.post_photos(NewPhotos { count: Some(3), ..new }).await.unwrap();
        let report = NewReport {
            username: Some("sanne".to_owned()),
            html: "<p>Samen kastanjes gezocht.</p>".to_owned(),
            ..NewReport::default()
        };
        let report = nursery.post_report(report).await.unwrap();
        app.sync_now().await.unwrap();
        [photos.card, report.card]
    };
    // Nothing is taken in quiet hours, so what is taken now is what is told after them.
    let after_them = async || app.take_notifications(Language::Nl).await.unwrap();

    post().await;
    look(&app).await;
    assert!(after_them().await.is_empty(), "looked at here");

    for card in post().await {
        nursery.card_seen(card).await.unwrap();
    }
    app.sync_now().await.unwrap();
    assert!(after_them().await.is_empty(), "looked at on another device");

    // Of two cards one was looked at.
    let [photos, _] = post().await;
    nursery.card_seen(photos).await.unwrap();
    app.sync_now().await.unwrap();
    let raised = after_them().await;
    let titles: Vec<&str> = raised.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Nieuw in het dagboek"]);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_about_several_cards_stays_until_the_last_is_seen() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    for words in ["Gezongen", "Geslapen"] {
        let report = NewReport {
            username: Some("sanne".to_owned()),
            html: format!("<p>{words}.</p>"),
            ..NewReport::default()
        };
        world.portal.nursery().post_report(report).await.unwrap();
    }
    app.sync_now().await.unwrap();
    let raised = app.take_notifications(Language::Nl).await.unwrap();
    assert_eq!(raised[0].title, "2 nieuwe stukjes in het dagboek");
    let newest = TimelineQuery { limit: 20, ..TimelineQuery::default() };
    let cards = app.timeline(newest).await.unwrap().cards;
    let sung = |card: &&TimelineCard| {
        card.entry.as_ref().is_some_and(|entry| entry.text.contains("Gezongen"))
    };
    let sung = cards.iter().find(sung).unwrap().id.clone();
    assert!(!app.saw_cards(vec![sung]).await.unwrap().contains(&raised[0].what));
    assert!(look(&app).await.contains(&raised[0].what));
    app.shutdown().await;
}

async fn other_device(world: &World) -> Arc<App> {
    let app = App::start(schriftje_app::AppOptions {
        data_dir: world.dir.path().join("other"),
        vault: Arc::new(schriftje_app::vault::MemoryVault::default()),
        clock: Arc::new(world.clock.clone()),
        ca_pem: None,
        picture_dir: world.saved(),
        background: false,
    })
    .await
    .unwrap();
    let form: SignIn = world.form("sanne", PASSWORD);
    app.sign_in(form).await.unwrap();
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_a_conversation_marks_it_read_here_and_at_the_portal() {
    let world = World::new().await;
    let conversation = begin(&world, "Jas vergeten").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let before = app.unread().await.unwrap().messages;
    // About whom it is, is known before it is opened.
    let mut changes = app.subscribe();
    let syncing = tokio::spawn({
        let app = app.clone();
        async move { app.sync_all().await }
    });
    let listed = async || app.conversation(conversation.clone()).await.unwrap().conversation;
    while listed().await.child_names.is_empty() {
        changes.recv().await.unwrap();
    }
    app.sync_stop().await.unwrap();
    syncing.await.unwrap().unwrap();
    assert!(listed().await.unread && before >= 1);
    app.open_conversation(conversation.clone()).await.unwrap();
    assert_eq!(app.unread().await.unwrap().messages, before - 1);
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let there = truth.conversations.iter().find(|known| known.id == conversation.0).unwrap();
    assert!(!there.unread);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_in_the_diary_and_in_messages_without_a_network() {
    let world = World::new().await;
    let report = NewReport {
        username: Some("sanne".to_owned()),
        html: "<p>We hebben in de crèche kastanjes gezocht.</p>".to_owned(),
        ..NewReport::default()
    };
    world.portal.nursery().post_report(report).await.unwrap();
    let conversation = begin(&world, "Kastanjes mee naar huis").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let thread = app.open_conversation(conversation.clone()).await.unwrap();
    world.portal.stop().await;
    let find = async |words: &str| {
        let query = SearchQuery { words: words.to_owned(), limit: 50, ..SearchQuery::default() };
        app.search(query).await.unwrap().found
    };
    let found = find("kastanje").await;
    assert!(found.iter().any(|one| one.kind == FindKind::Diary));
    let place = |message| FoundPlace::Conversation { conversation: conversation.clone(), message };
    assert!(found.iter().any(|one| one.place == place(None)), "{found:?}");
    // What a message says opens at that message.
    let message = thread.messages[0].id.clone();
    let found = find("jas meegeven").await;
    assert!(found.iter().any(|one| one.place == place(Some(message.clone()))), "{found:?}");
    let found = find("creche kast").await;
    let hits: Vec<&str> =
        found[0].fragments.iter().filter(|one| one.hit).map(|one| one.text.as_str()).collect();
    assert_eq!(hits, ["crèche", "kastanjes"]);
    assert!(find("olifantenpaadje").await.is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_parent_at_the_portal_sees_what_was_written() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    draft_message(&app, "Ophalen", "Oma haalt op <script>alert(1)</script> 👵").await;
    app.send_draft(DraftPlace::NewMessage).await.unwrap();
    app.send_now().await.unwrap();
    let page = app.conversations(None, 20).await.unwrap();
    let ours = page.conversations.iter().find(|one| one.subject == "Ophalen").unwrap();
    let thread = app.open_conversation(ours.id.clone()).await.unwrap();
    let message = &thread.messages[0];
    assert!(message.text.contains("<script>alert(1)</script> 👵"), "{}", message.text);
    assert!(!message.html.contains("<script"), "{}", message.html);
    assert_eq!(message.at.map(|at| at.date_naive()), Some(now().date_naive()));
    app.shutdown().await;
}
