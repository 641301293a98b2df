//! Whatever is written into a diary entry, a message, news or a newsletter: in the window nothing of
//! it runs, and nothing fetches anything.

use super::{World, steps};
use anyhow::{Context, Result, ensure};
use schriftje_demo_portal::{
    NewConversation, NewNews, NewNewsletter, NewReport, Running, StaffAnswer,
};
use schriftje_tests::page::Page;
use serde_json::{Value, json};
use std::net::TcpListener;

const CASES: &str = include_str!("../../../crates/konnect/src/map/hostile/cases.txt");

/// Says what ran, what was refused and what was asked of anybody since it was set up.
const WATCH: &str = "window.ran = []; \
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) \
      window[name] = (...words) => { window.ran.push(name + ' ' + words.join(' ')); }; \
    document.addEventListener('securitypolicyviolation', \
      e => window.ran.push('refused ' + e.violatedDirective + ' ' + e.blockedURI)); \
    new PerformanceObserver(list => list.getEntries().forEach(entry => { \
      if (!/^(tauri|media|ipc):|^https?:\\/\\/(tauri|ipc|media)\\.localhost/.test(entry.name)) \
        window.ran.push('asked ' + entry.name); \
    })).observe({type: 'resource'}); \
    return true;";

/// Goes to each of these places as a click does, and waits until what stands there is shown.
const VISIT: &str = "const [paths, shown, done] = arguments; \
    const pause = () => new Promise(go => setTimeout(go, 4)); \
    (async () => { \
      for (const path of paths) { \
        const go = () => { \
          const link = Object.assign(document.createElement('a'), {href: path}); \
          document.querySelector('main').append(link); link.click(); link.remove(); \
        }; \
        for (let look = 0; ; look++) { \
          if (look % 250 === 0 && location.pathname !== path) go(); \
          const there = document.querySelector(shown); \
          if (location.pathname === path && there && there.dataset.seen !== path) { \
            there.dataset.seen = path; break; \
          } \
          if (look > 5000) return done('nothing shows at ' + path + ' but ' + location.pathname + ': ' + document.querySelector('main').innerText.slice(0, 400)); \
          await pause(); \
        } \
        await new Promise(requestAnimationFrame); \
      } \
      done(true); \
    })()";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn nothing_written_by_anybody_runs_or_fetches_in_the_window() -> Result<()> {
    let world = World::new().await?;
    // Whatever would be fetched is fetched from here.
    let trap = TcpListener::bind("127.0.0.1:0")?;
    trap.set_nonblocking(true)?;
    let cases = cases(&trap.local_addr()?.to_string())?;
    ensure!(cases.len() >= 300, "{}", cases.len());
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;
    steps::synced(page).await?;
    let conversation = write(&world.portal, &cases).await?;
    page.call("refresh_location", json!({})).await?;
    page.call("sync_now", json!({})).await?;
    ensure!(page.run(WATCH).await? == true);

    let cards = all(page, "timeline", "cards").await?;
    ensure!(cards.len() >= cases.len(), "{} cards", cards.len());
    let cards: Vec<_> = cards.iter().map(|card| at("/mijn-kind", card)).collect();
    visit(page, cards, "[data-testid=report]").await?;
    let news = all(page, "articles", "articles").await?;
    ensure!(news.len() >= cases.len(), "{} news items", news.len());
    let news: Vec<_> = news.iter().map(|item| at("/mijn-locatie/nieuws", item)).collect();
    visit(page, news, "[data-testid=bulletin] .parts").await?;
    let letters = all(page, "newsletters", "newsletters").await?;
    ensure!(letters.len() >= cases.len(), "{} newsletters", letters.len());
    let letters: Vec<_> =
        letters.iter().map(|letter| at("/mijn-locatie/nieuwsbrieven", letter)).collect();
    let letter = "[data-testid=bulletin] :is([data-testid=letter], header + .soft)";
    visit(page, letters, letter).await?;
    let place = vec![format!("/berichten/{conversation}")];
    visit(page, place, "[data-testid=conversation]").await?;
    let shown = format!(
        "return document.querySelectorAll('[data-testid=messages] > li').length > {}",
        cases.len() / 2
    );
    page.until("the messages", &shown).await?;
    page.painted().await?;

    let ran: Vec<String> = serde_json::from_value(page.run("return window.ran").await?)?;
    ensure!(ran.is_empty(), "{ran:#?}");
    ensure!(trap.accept().is_err(), "something was fetched");
    // The eyes are open: what does run, and does fetch, is seen.
    let proof = "const p = document.createElement('p'); document.body.append(p); \
        p.innerHTML = `<img src='https://evil.example/x'>`; alert(1); return true;";
    page.run(proof).await?;
    page.until("what runs to be seen", "return window.ran.length >= 2").await?;
    driven.close().await
}

fn cases(trap: &str) -> Result<Vec<String>> {
    CASES
        .split("%% ")
        .filter(|case| !case.trim().is_empty())
        .map(|case| {
            let text = case.split_once('\n').context("a case has a name")?.1;
            Ok(text.replace("evil.example", trap).replace("EVIL.EXAMPLE", trap))
        })
        .collect()
}

/// Writes each case as everything that can be written; answers the conversation.
async fn write(portal: &Running, cases: &[String]) -> Result<String> {
    let nursery = portal.nursery();
    let begun = NewConversation {
        subject: "Vreemd".into(),
        html: "Dag".into(),
        ..NewConversation::default()
    };
    let conversation = nursery.begin_conversation(begun).await?;
    for html in cases {
        let html = html.clone();
        let report = NewReport { html: html.clone(), ..NewReport::default() };
        nursery.post_report(report).await?;
        let answer = StaffAnswer { html: html.clone(), ..StaffAnswer::default() };
        nursery.answer(&conversation, answer).await?;
        let news = NewNews { title: "Vreemd".into(), html: html.clone(), ..NewNews::default() };
        nursery.post_news(news).await?;
        let letter = NewNewsletter { subject: "Vreemd".into(), html, ..NewNewsletter::default() };
        nursery.send_newsletter(letter).await?;
    }
    Ok(conversation)
}

/// Everything a paged command answers.
async fn all(page: &Page, command: &str, field: &str) -> Result<Vec<Value>> {
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let arguments = match command {
            "timeline" => json!({ "query": { "after": after, "limit": 200 } }),
            _ => json!({ "after": after, "limit": 200 }),
        };
        let mut answer = page.call(command, arguments).await?;
        let list = answer[field].as_array_mut().context("a list")?;
        all.append(list);
        after = answer["next"].take();
        if after.is_null() {
            return Ok(all);
        }
    }
}

fn at(room: &str, thing: &Value) -> String {
    let id = thing["id"].as_str().map_or_else(|| thing["id"].to_string(), str::to_owned);
    format!("{room}/{id}")
}

async fn visit(page: &Page, paths: Vec<String>, shown: &str) -> Result<()> {
    for paths in paths.chunks(25) {
        let answer = page.run_async(VISIT, vec![json!(paths), shown.into()]).await?;
        ensure!(answer == true, "{answer}");
    }
    Ok(())
}
