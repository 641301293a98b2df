//! Every screen in both languages, at three sizes and in both themes: everybody can use it.

use super::{World, steps};
use anyhow::{Result, ensure};
use schriftje_demo_portal::{Options, Organisation, Size, start};
use schriftje_tests::accessible;
use schriftje_tests::desktop::Desktop;
use schriftje_tests::driver::{self, Driven};
use schriftje_tests::home::Home;
use schriftje_tests::page::Page;
use schriftje_tests::screens::{BEYOND, SCREENS, SIZES, Screen, go_beyond, speak, uncover};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn every_screen_can_be_used_by_everybody_in_both_languages_sizes_and_themes() -> Result<()> {
    // Side by side, each on a desktop of its own: it is the longest of all.
    let [light, dark] = ["Adwaita", "Adwaita:dark"].map(|theme| tokio::spawn(in_theme(theme)));
    let wrong = [light.await??, dark.await??].concat();
    ensure!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

/// Looks at every screen in this theme of the system.
async fn in_theme(theme: &'static str) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let world = World::of(Desktop::start()?, Size::Family).await?;
    let folder = tempfile::tempdir()?;
    let organisation = Organisation::DUINPAN;
    let elsewhere = Options { organisation, ..Options::new(folder.path(), Size::Small) };
    let elsewhere = start(elsewhere).await?;
    let (home, look) = (Home::new()?, [("GTK_THEME", theme)]);
    let driven = Driven::open_with(&world.desktop, &home, &driver::app(), &[], &look).await?;
    let page = &driven.page;
    for language in ["nl", "en"] {
        speak(page, language).await?;
        page.find("sign-in-submit").await?;
        for size in SIZES {
            page.resize(size.0, size.1).await?;
            note(page, &format!("aanmelden {language} {theme} {size:?}"), &mut wrong).await?;
        }
    }
    page.resize(1280, 800).await?;
    world.sign_in(&driven).await?;
    steps::synced(page).await?;
    go_through(page, SCREENS, theme, &mut wrong).await?;
    page.resize(1280, 800).await?;
    go_beyond(page, &elsewhere).await?;
    go_through(page, BEYOND, theme, &mut wrong).await?;
    page.resize(1280, 800).await?;
    uncover(page).await?;
    page.travel("/mijn-kind").await?;
    steps::timeline(page).await?;
    driven.close().await?;
    Ok(wrong)
}

/// Looks at these screens in both languages and at every size.
async fn go_through(
    page: &Page,
    screens: &[Screen],
    theme: &str,
    wrong: &mut Vec<String>,
) -> Result<()> {
    for language in ["nl", "en"] {
        uncover(page).await?;
        speak(page, language).await?;
        for screen in screens {
            page.resize(1280, 800).await?;
            screen.open(page).await?;
            for size in SIZES {
                page.resize(size.0, size.1).await?;
                screen.ready(page).await?;
                let what = format!("{} {language} {theme} {size:?}", screen.name);
                note(page, &what, wrong).await?;
            }
        }
    }
    Ok(())
}

async fn note(page: &Page, what: &str, wrong: &mut Vec<String>) -> Result<()> {
    let found = accessible::serious(page).await?;
    let aside: Vec<String> = serde_json::from_value(page.run(ASIDE).await?)?;
    let aside = aside.into_iter().map(|place| format!("wider than there is room: {place}"));
    wrong.extend(found.into_iter().chain(aside).map(|found| format!("{what}: {found}")));
    Ok(())
}

/// What a parent reads downwards and would have to move sideways.
const ASIDE: &str = "return [...document.querySelectorAll( \
    'body, main, [role=dialog], dialog[open], [data-testid=letter]')] \
    .filter(e => e.scrollWidth > e.clientWidth + 1) \
    .map(e => `${e.dataset.testid ?? e.localName} ${e.scrollWidth} > ${e.clientWidth}`)";
