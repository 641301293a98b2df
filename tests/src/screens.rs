//! Every screen of the app: how a parent gets there, and what has to stand there then.

use crate::page::Page;
use crate::steps;
use anyhow::{Context, Result};
use fantoccini::key::Key;
use schriftje_demo_portal::Running;
use serde_json::{Value, json};

/// A phone, a tablet, a laptop, in pixels.
pub const SIZES: [(u32, u32); 3] = [(390, 844), (820, 1180), (1280, 800)];

/// A screen, or a dialog on one.
pub struct Screen {
    /// What its pictures are called.
    pub name: &'static str,
    /// Where it begins.
    pub path: &'static str,
    /// What is done there.
    pub then: &'static [Act],
    /// What has to be there, as a selector.
    pub ready: &'static str,
}

/// Something a parent does.
#[derive(Clone, Copy)]
pub enum Act {
    /// Clicks the first that a selector finds.
    Click(&'static str),
    /// Types this into what has this `data-testid`.
    Fill(&'static str, &'static str),
    /// Scrolls to what has this `data-testid`.
    See(&'static str),
}

use Act::{Click, Fill, See};

const fn at(name: &'static str, path: &'static str, ready: &'static str) -> Screen {
    Screen { name, path, then: &[], ready }
}

const fn by(
    name: &'static str,
    path: &'static str,
    then: &'static [Act],
    ready: &'static str,
) -> Screen {
    Screen { name, path, then, ready }
}

/// All of them, in the order of the menu.
pub const SCREENS: &[Screen] = &[
    at("mijn-kind", "/mijn-kind", "[data-testid=card]"),
    by("foto", "/mijn-kind", &[Click("[data-testid=photo-tile]")], ".pswp img"),
    by("verslag", "/mijn-kind", &[Click("[data-testid=open-card]")], "[data-testid=report]"),
    by(
        "bewaar-alles",
        "/mijn-kind",
        &[Click("[data-testid=save-all]")],
        "[data-testid=save-all-start]",
    ),
    at("dagboek-schrijven", "/mijn-kind/dagboek", "[data-testid=diary-text]"),
    at("zoeken", "/zoeken", "[data-testid=search-words]"),
    by("gevonden", "/zoeken", &[Fill("search-words", "slapen")], "[data-testid=found]"),
    at("berichten", "/berichten", "[data-testid=conversation-row]"),
    by(
        "gesprek",
        "/berichten",
        &[Click("[data-testid=conversation-row]")],
        "[data-testid=messages] li",
    ),
    at("bericht-schrijven", "/berichten/nieuw", "[data-testid=message-text]"),
    by(
        "agenda",
        "/agenda",
        &[Click("[data-testid=view-list]")],
        "[data-testid=agenda-list] [data-testid=slot]",
    ),
    by(
        "agenda-maand",
        "/agenda",
        &[Click("[data-testid=view-month]")],
        "[data-testid=agenda-month]",
    ),
    by("agenda-week", "/agenda", &[Click("[data-testid=view-week]")], "[data-testid=agenda-week]"),
    by(
        "opvangmoment",
        "/agenda",
        &[Click("[data-testid=view-list]"), Click("[data-testid=slot]")],
        "[role=dialog]",
    ),
    at("dag-aanvragen", "/agenda/dag", "[data-testid=add-day]"),
    by(
        "dag-toevoegen",
        "/agenda/dag",
        &[Click("[data-testid=add-day]")],
        "[data-testid=booking-days]",
    ),
    at("ruildag", "/agenda/ruilen", "[data-testid=add-day]"),
    at("afwezigheid", "/agenda/afwezig", "[data-testid=absence-days]"),
    at("aanvragen", "/agenda/aanvragen", "[data-testid=request-card]"),
    by(
        "aanvraag",
        "/agenda/aanvragen",
        &[Click("[data-testid=request-card]")],
        "[data-testid=request-dialog]",
    ),
    at("mijn-locatie", "/mijn-locatie", "[data-testid=bulletin-row]"),
    by(
        "teamlid",
        "/mijn-locatie",
        &[Click("[data-testid=team-member]")],
        "[data-testid=team-dialog]",
    ),
    by(
        "informatiepagina",
        "/mijn-locatie",
        &[Click("[data-testid=page-row]")],
        "[data-testid=info-page] .prose",
    ),
    at("nieuws", "/mijn-locatie/nieuws", "[data-testid=bulletin-row]"),
    by(
        "nieuwsbericht",
        "/mijn-locatie/nieuws",
        &[Click("[data-testid=bulletin-row]")],
        "[data-testid=bulletin] .parts",
    ),
    at("nieuwsbrieven", "/mijn-locatie/nieuwsbrieven", "[data-testid=bulletin-row]"),
    by(
        "nieuwsbrief",
        "/mijn-locatie/nieuwsbrieven",
        &[Click("[data-testid=bulletin-row]")],
        "[data-testid=letter]",
    ),
    at("overig", "/overig", "[data-testid=account]"),
    at("account", "/overig/account", "[data-testid=own-details] dl"),
    by(
        "gegevens-wijzigen",
        "/overig/account",
        &[Click("[data-testid=details-edit]")],
        "[data-testid=details-form]",
    ),
    by(
        "wachtwoord",
        "/overig/account",
        &[Click("[data-testid=password-change]")],
        "[data-testid=password-form]",
    ),
    by(
        "kind",
        "/overig/account",
        &[Click("[data-testid=child-link]")],
        "[data-testid=child-details]",
    ),
    by(
        "verklaring-invullen",
        "/overig/account",
        &[
            Click("[data-testid=child-link]"),
            Click("[data-testid=consent]:has(dl) [data-testid=consent-given]"),
        ],
        "[data-testid=consent-words]",
    ),
    at("observaties", "/overig/observaties", "[data-testid=observation-row]"),
    by(
        "observatie",
        "/overig/observaties",
        &[Click("[data-testid=observation-row]")],
        "[data-testid=observation] dl",
    ),
    at("tegoeden", "/overig/tegoeden", "[data-testid=credit]"),
    at("over", "/overig/over", "[data-testid=about]"),
    at("documenten", "/overig/documenten", "[data-testid=document]"),
    by("uitloggen", "/overig", &[Click("[data-testid=sign-out]")], "[data-testid=sign-out-dialog]"),
];

/// Further down on Overig: what is looked at there, once each.
pub const SECTIONS: &[Screen] = &[
    by("meldingen", "/overig", &[See("notifications")], "[data-testid=notifications]"),
    by("weergave", "/overig", &[See("appearance")], "[data-testid=appearance]"),
    by("bewaren-en-opslag", "/overig", &[See("folder")], "[data-testid=folder]"),
];

/// What is there once a parent has several accounts and a PIN ([`go_beyond`]).
pub const BEYOND: &[Screen] = &[
    at("alle-accounts", "/samen", "[data-testid=account-glance]"),
    by(
        "accountkeuze",
        "/mijn-kind",
        &[Click("[data-testid=account-switch]")],
        "[data-testid=account-item]",
    ),
    by("pincode", "/overig", &[Click("[data-testid=pin-change]")], "[data-testid=pin-dialog]"),
    by("vergrendeld", "/overig", &[Click("[data-testid=lock-now]")], "[data-testid=lock-screen]"),
];

/// What [`go_beyond`] chooses.
const PIN: &str = "4711";

impl Screen {
    /// Goes there, from wherever the window is.
    pub async fn open(&self, page: &Page) -> Result<()> {
        uncover(page).await?;
        // Begun anew, also where the last one was on the same page.
        let here = page.run("return location.pathname").await?;
        if here == self.path {
            page.travel(if self.path == "/mijn-kind" { "/zoeken" } else { "/mijn-kind" }).await?;
        }
        page.travel(self.path).await?;
        for act in self.then {
            match *act {
                Click(css) => page.click_css(css).await?,
                Fill(testid, text) => page.fill(testid, text).await?,
                See(testid) => {
                    page.find(testid).await?;
                }
            }
        }
        self.ready(page).await
    }

    /// Waits until it stands there, and holds still.
    pub async fn ready(&self, page: &Page) -> Result<()> {
        let there = format!("return !!document.querySelector('{}')", self.ready);
        page.until(&format!("the screen {}", self.name), &there).await?;
        for act in self.then {
            if let See(testid) = act {
                page.scroll_to(testid).await?;
            }
        }
        page.still().await
    }
}

/// Closes what lies over the screen, the lock too.
pub async fn uncover(page: &Page) -> Result<()> {
    if page.has("lock-screen").await? {
        page.fill("pin", PIN).await?;
        page.click("unlock").await?;
        page.gone("lock-screen").await?;
    }
    let covered = "return !!document.querySelector('[role=dialog], [role=menu], .pswp')";
    while page.run(covered).await? == true {
        page.press(&[Key::Escape]).await?;
        page.painted().await?;
    }
    Ok(())
}

/// Adds an account at another organisation, goes back to the first and chooses a PIN.
pub async fn go_beyond(page: &Page, elsewhere: &Running) -> Result<()> {
    let account = elsewhere.accounts.first().context("nobody can sign in")?;
    let overview = page.call("overview", json!({})).await?;
    let here = overview["account"]["organisation"].as_str().context("an organisation")?;
    uncover(page).await?;
    page.travel("/aanmelden").await?;
    steps::sign_in(page, elsewhere.portal.as_str(), &account.username, &account.password).await?;
    steps::synced(page).await?;
    steps::switch_account(page, here).await?;
    steps::choose_pin(page, PIN).await
}

/// Shows the interface in this language from now on.
pub async fn speak(page: &Page, language: &str) -> Result<()> {
    let overview = page.call("overview", json!({})).await?;
    let mut settings = overview["settings"].clone();
    settings["language"] = Value::from(language);
    page.call("set_settings", json!({ "settings": settings })).await?;
    let spoken = format!(
        "return document.documentElement.lang === '{language}' && !!document.querySelector('main')"
    );
    page.until("the other language", &spoken).await
}
