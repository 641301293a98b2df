//! Writing to the nursery in the real window, with and without a network, and being told of its
//! answer.

use super::World;
use anyhow::{Context, Result, bail, ensure};
use schriftje_demo_portal::{NewConversation, StaffAnswer};
use schriftje_tests::desktop::Desktop;
use schriftje_tests::driver::{self, Driven};
use schriftje_tests::notifications::Notifications;
use schriftje_tests::page::Page;
use schriftje_tests::tray_host::TrayHost;
use serde_json::json;

const SUBJECT: &str = "Jas vergeten";
const WINDOW: &str = "Schriftje";

/// Opens the newest conversation.
async fn open_newest(page: &Page) -> Result<()> {
    page.click("menu-berichten").await?;
    page.click("conversation-row").await?;
    page.find("reply-text").await?;
    Ok(())
}

/// Answers in the conversation that is open.
async fn reply(page: &Page, text: &str) -> Result<()> {
    page.click("reply-text").await?;
    page.fill("reply-text", text).await?;
    page.click("reply-send").await?;
    let empty = "return document.querySelector('[data-testid=reply-text]')?.value === ''";
    page.until("the answer to be given in", empty).await
}

/// Waits until so many messages stand in the conversation, besides what is not sent yet.
async fn messages(page: &Page, count: u64) -> Result<()> {
    let script = format!(
        "return document.querySelectorAll('[data-testid=message]').length === {count} && \
         document.querySelectorAll('[data-testid=echo]').length === 0"
    );
    page.until(&format!("{count} messages"), &script).await
}

/// Pastes a photo that goes to the app in several pieces.
async fn paste_a_photo(page: &Page, field: &str) -> Result<()> {
    let script = format!(
        "const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1000; \
         const noise = new ImageData(1000, 1000); \
         for (let at = 0; at < noise.data.length; at += 50000) \
             crypto.getRandomValues(noise.data.subarray(at, at + 50000)); \
         canvas.getContext('2d').putImageData(noise, 0, 0); \
         canvas.toBlob(photo => {{ const clipboardData = new DataTransfer(); \
             clipboardData.items.add(new File([photo], 'één.png', {{ type: 'image/png' }})); \
             document.querySelector('[data-testid={field}]').dispatchEvent(new ClipboardEvent( \
                 'paste', {{ clipboardData, bubbles: true, cancelable: true }})) }})"
    );
    page.run(&script).await?;
    Ok(())
}

/// Waits until the app has kept what is half-written there.
async fn draft_kept(page: &Page, conversation: &str, text: &str) -> Result<()> {
    let place = json!({ "place": { "place": "reply", "conversation": conversation } });
    for _ in 0..1000 {
        if page.call("draft", place.clone()).await?["draft"]["text"] == text {
            return Ok(());
        }
        page.painted().await?;
    }
    bail!("the draft was not kept")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn what_is_written_offline_and_over_a_crash_arrives_once_and_the_answer_is_told() -> Result<()>
{
    let desktop = Desktop::without_notifications()?;
    let notifications = Notifications::serve(&desktop).await?;
    let _tray = TrayHost::show(&desktop).await?;
    let world = World::on(desktop).await?;
    let username = world.parent().0.to_owned();
    let new = NewConversation {
        username: Some(username.clone()),
        subject: SUBJECT.to_owned(),
        html: "<p>Wil je morgen een jas meegeven?</p>".to_owned(),
        ..NewConversation::default()
    };
    let id = world.portal.nursery().begin_conversation(new).await?;
    let driven = world.open().await?;
    world.sign_in(&driven).await?;

    // With a network.
    open_newest(&driven.page).await?;
    messages(&driven.page, 1).await?;
    reply(&driven.page, "Eerste: doen we!").await?;
    messages(&driven.page, 2).await?;

    // Without one: it waits, and a crash loses nothing, not even what was half-written.
    let World { desktop, home, portal, _data } = world;
    let options = portal.options();
    portal.stop().await;
    reply(&driven.page, "Tweede: hij hangt op de gang").await?;
    reply(&driven.page, "Derde: en zijn laarzen ook").await?;
    let waits = "return document.querySelectorAll('[data-testid=echo]').length === 2";
    driven.page.until("two answers that wait", waits).await?;
    driven.page.fill("reply-text", "Half af").await?;
    // The draft is kept a moment after the last key.
    draft_kept(&driven.page, &id, "Half af").await?;
    drop(driven);

    let driven = Driven::open(&desktop, &home, &driver::app(), &[]).await?;
    driven.page.find("card").await?;
    open_newest(&driven.page).await?;
    driven.page.until("two answers that wait", waits).await?;
    driven.page.find("thread-trouble").await?;
    let kept = "return document.querySelector('[data-testid=reply-text]').value === 'Half af'";
    driven.page.until("the draft to be there", kept).await?;

    // The network is back: it goes out by itself.
    let portal = schriftje_demo_portal::start(options).await?;
    messages(&driven.page, 4).await?;
    driven.page.gone("thread-trouble").await?;
    let truth = portal.nursery().truth(Some(&username)).await?;
    let there = truth.conversations.iter().find(|one| one.id == id).context("no conversation")?;
    let written: Vec<&str> = there
        .messages
        .iter()
        .filter(|message| message.from_parent)
        .filter_map(|message| message.html.split([':', '>']).find(|part| part.ends_with('e')))
        .collect();
    ensure!(written == ["Eerste", "Tweede", "Derde"], "{written:?}");

    // In the tray, the nursery's answer is told, and a click opens it.
    driven.page.click("menu-mijn-kind").await?;
    driven.page.find("card").await?;
    desktop.close(WINDOW)?;
    desktop.until_shows(WINDOW, false).await?;
    let answer =
        StaffAnswer { html: "<p>Hij staat klaar.</p>".to_owned(), ..StaffAnswer::default() };
    portal.nursery().answer(&id, answer).await?;
    let told = notifications.wait_for(|told| told.title == "Nieuw bericht").await?;
    ensure!(!told.body.contains(SUBJECT) && !told.body.contains("klaar"), "private: {told:?}");
    notifications.click(told.id).await?;
    desktop.until_shows(WINDOW, true).await?;
    driven.page.find("conversation").await?;
    messages(&driven.page, 5).await?;
    driven.page.says("conversation", SUBJECT).await?;
    driven.close().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn a_diary_entry_with_a_photo_stands_in_the_timeline_at_once_and_is_found() -> Result<()> {
    let world = World::new().await?;
    let photo = world.home.path().join("IMG_1.jpg");
    let picture = image::RgbImage::from_pixel(800, 600, image::Rgb([240, 180, 90]));
    picture.save(&photo)?;
    let more = [("SCHRIFTJE_TEST_PICTURES", photo.to_str().context("a path is text")?)];
    let driven = Driven::open_with(&world.desktop, &world.home, &driver::app(), &[], &more).await?;
    world.sign_in(&driven).await?;
    let page = &driven.page;
    page.click("write-diary").await?;
    page.find("diary-not-for-messages").await?;
    page.fill("diary-text", "Vannacht droomde ze van olifanten").await?;
    page.click("add-photos").await?;
    page.find("draft-file").await?;
    paste_a_photo(page, "diary-text").await?;
    let both = "return document.querySelectorAll('[data-testid=draft-file]').length === 2";
    page.until("the pasted photo to be there as well", both).await?;
    page.click("send").await?;
    // Its echo first, and then the card as the portal has it.
    page.find("card").await?;
    let stands = "return [...document.querySelectorAll('[data-testid=card]')].some(c => \
        c.textContent.includes('olifanten'))";
    page.down_to("the entry to stand in the timeline", stands).await?;
    page.gone("diary-echo").await?;
    let truth = world.portal.nursery().truth(Some(world.parent().0)).await?;
    let ours = truth.entries_of_parents().filter(|card| {
        card.photos.len() == 2
            && card.html.as_deref().is_some_and(|html| html.contains("olifanten"))
    });
    ensure!(ours.count() == 1);

    // Found by another form of the word.
    page.click("open-search").await?;
    page.fill("search-words", "olifant").await?;
    page.find("found").await?;
    let marked = "return !!document.querySelector('[data-testid=found] mark')?.textContent";
    page.until("the word to be marked", marked).await?;
    page.click("found").await?;
    page.says("report", "olifanten").await?;
    driven.close().await
}
