//! Hands and eyes on the window. Every step waits for what it needs to be there.

use anyhow::{Context, Result, anyhow, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};

/// Between two looks.
const LOOK: Duration = Duration::from_millis(50);

/// After this long something is not slow but missing.
const MISSING: Duration = Duration::from_secs(90);
/// How often something is clicked that moves away.
const CLICKS: u32 = 3;

/// The window's page.
#[derive(Clone)]
pub struct Page {
    client: Client,
}

impl Page {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// The first element with this `data-testid`, once it is there and can be seen.
    pub async fn find(&self, testid: &str) -> Result<Element> {
        let script = "const e = document.querySelector(arguments[0]); \
            if (!e) return false; const r = e.getBoundingClientRect(); \
            return r.width > 0 && r.height > 0;";
        self.until_with(&format!("{testid} to show"), script, vec![selector(testid).into()])
            .await?;
        Ok(self.client.find(Locator::Css(&selector(testid))).await?)
    }

    /// Looks down the timeline until `script` answers true: of a long list only what is near the
    /// screen is drawn.
    pub async fn down_to(&self, what: &str, script: &str) -> Result<()> {
        let look = format!(
            "if ((() => {{ {script} }})()) return true; \
             const list = document.querySelector('main'); \
             const next = list.scrollTop + innerHeight / 2; \
             list.scrollTop = next < 4 * innerHeight ? next : 0; \
             return false;"
        );
        self.until(what, &look).await
    }

    /// Whether an element with this `data-testid` is there now.
    pub async fn has(&self, testid: &str) -> Result<bool> {
        Ok(self.count(testid).await? > 0)
    }

    /// How many elements with this `data-testid` are there now.
    pub async fn count(&self, testid: &str) -> Result<u64> {
        let script = "return document.querySelectorAll(arguments[0]).length";
        let count = self.run_with(script, vec![selector(testid).into()]).await?;
        count.as_u64().context("a count is a number")
    }

    /// Waits until no element with this `data-testid` is there.
    pub async fn gone(&self, testid: &str) -> Result<()> {
        let script = "return !document.querySelector(arguments[0])";
        self.until_with(&format!("{testid} to go"), script, vec![selector(testid).into()]).await
    }

    /// Clicks it, once nothing lies over it.
    pub async fn click(&self, testid: &str) -> Result<()> {
        self.click_css(&selector(testid)).await
    }

    /// Clicks the first element a selector finds, once it stands still and nothing lies over it. When
    /// it moved away under the pointer it is clicked again, as anybody would.
    pub async fn click_css(&self, css: &str) -> Result<()> {
        self.click_saying(css, "").await
    }

    /// The same with the first of them that says these words.
    pub async fn click_saying(&self, css: &str, words: &str) -> Result<()> {
        let script = "const [css, words] = arguments; \
            const e = [...document.querySelectorAll(css)].find(e => e.textContent.includes(words)); \
            if (!e) return false; \
            document.querySelectorAll('[data-meant]').forEach(e => delete e.dataset.meant); \
            e.dataset.meant = ''; \
            e.scrollIntoView({block: 'center', behavior: 'instant'}); \
            const r = e.getBoundingClientRect(); \
            const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2); \
            const place = JSON.stringify(r); const still = e.dataset.place === place; \
            e.dataset.place = place; \
            const free = still && !!top && (e.contains(top) || top.contains(e)) && !e.disabled; \
            if (free) { window.missed = true; \
              const opens = e.ariaHasPopup === 'menu' ? 'pointerdown' : 'click'; \
              e.addEventListener(opens, () => window.missed = false, {once: true, capture: true}); } \
            return free;";
        let what = if words.is_empty() { css.to_owned() } else { format!("{css} with {words:?}") };
        let began = Instant::now();
        let mut again = CLICKS;
        loop {
            let arguments = vec![css.into(), words.into()];
            self.until_with(&format!("{what} to be free"), script, arguments).await?;
            let clicked = match self.client.find(Locator::Css("[data-meant]")).await {
                Ok(element) => element.click().await,
                Err(error) => Err(error),
            };
            match clicked {
                Ok(()) => {
                    again -= 1;
                    // A click may well have closed the window.
                    let missed = self.run("return window.missed === true").await;
                    if again == 0 || !missed.is_ok_and(|missed| missed == true) {
                        return Ok(());
                    }
                }
                // The list drew it anew between the look and the click.
                Err(error) if began.elapsed() < MISSING && moved(&error) => {}
                Err(error) => return Err(anyhow!("{what} cannot be clicked: {error:?}")),
            }
        }
    }

    /// Types into a field, in place of what stood there.
    pub async fn fill(&self, testid: &str, text: &str) -> Result<()> {
        let field = self.find(testid).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Its text.
    pub async fn text(&self, testid: &str) -> Result<String> {
        Ok(self.find(testid).await?.text().await?)
    }

    /// Waits until its text contains these words.
    pub async fn says(&self, testid: &str, words: &str) -> Result<()> {
        let script = "const e = document.querySelector(arguments[0]); \
            return !!e && e.textContent.includes(arguments[1])";
        let arguments = vec![selector(testid).into(), words.into()];
        self.until_with(&format!("{testid} to say {words:?}"), script, arguments).await
    }

    /// Scrolls until it stands at the top.
    pub async fn scroll_to(&self, testid: &str) -> Result<()> {
        let script = "const e = document.querySelector(arguments[0]); \
            e?.scrollIntoView({block: 'start', behavior: 'instant'}); return !!e;";
        self.until_with(&format!("{testid} to scroll to"), script, vec![selector(testid).into()])
            .await
    }

    /// Presses keys one after the other, wherever the focus is.
    pub async fn press(&self, keys: &[Key]) -> Result<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys {
            let value = char::from(*key);
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Types text wherever the focus is.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Presses Tab until the element with this `data-testid` has the focus, or one within it.
    pub async fn tab_to(&self, testid: &str) -> Result<()> {
        let script = "const a = document.activeElement; \
            return !!a && !!a.closest(arguments[0])";
        for _ in 0..80 {
            if self.run_with(script, vec![selector(testid).into()]).await? == Value::Bool(true) {
                return Ok(());
            }
            self.press(&[Key::Tab]).await?;
        }
        let script = "const a = document.activeElement; return [a?.outerHTML.slice(0, 300), \
            document.body.innerText.slice(0, 1500)].join('\\n')";
        let seen = self.run(script).await?;
        bail!("the keyboard does not reach {testid}; it is at {seen}")
    }

    /// What a script returns.
    pub async fn run(&self, script: &str) -> Result<Value> {
        self.run_with(script, Vec::new()).await
    }

    async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    /// What a script answers by calling its last argument.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute_async(script, arguments).await?)
    }

    /// What a command of the app answers to the page; its error is an error here.
    pub async fn call(&self, command: &str, arguments: Value) -> Result<Value> {
        let script = "const [command, args, done] = arguments; \
            window.__TAURI_INTERNALS__.invoke(command, args).then(\
                answer => done({answer}), error => done({error}))";
        let answer = self.client.execute_async(script, vec![command.into(), arguments]).await?;
        match answer.get("error") {
            Some(error) => Err(anyhow!("{command} answers {error}")),
            None => Ok(answer["answer"].clone()),
        }
    }

    /// Goes to another page of the interface.
    pub async fn go(&self, path: &str) -> Result<()> {
        self.run_with("location.assign(arguments[0])", vec![path.into()]).await?;
        Ok(())
    }

    /// Goes to another screen as a click on a link does.
    pub async fn travel(&self, path: &str) -> Result<()> {
        let script = "const [path] = arguments; \
            if (location.pathname === path) return true; \
            const link = Object.assign(document.createElement('a'), {href: path}); \
            document.querySelector('main').append(link); link.click(); link.remove(); \
            return false;";
        self.until_with(&format!("the way to {path}"), script, vec![path.into()]).await
    }

    /// Waits until nothing moves on the screen: what fades in has faded in, and pictures are there.
    pub async fn still(&self) -> Result<()> {
        let script = "const ends = a => Number.isFinite(a.effect?.getComputedTiming().endTime); \
            return document.getAnimations().filter(ends).every(a => a.playState !== 'running')";
        self.until("everything to stand still", script).await?;
        self.painted().await
    }

    /// From now on notes what the content policy refuses; [`Page::refused`] tells.
    pub async fn watch_policy(&self) -> Result<()> {
        let script = "window.refusals = []; \
            document.addEventListener('securitypolicyviolation', \
                e => window.refusals.push(e.violatedDirective + ' ' + e.blockedURI))";
        self.run(script).await?;
        Ok(())
    }

    /// What the content policy refused since [`Page::watch_policy`].
    pub async fn refused(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.run("return window.refusals").await?)?)
    }

    /// Waits until a script returns true.
    pub async fn until(&self, what: &str, script: &str) -> Result<()> {
        self.until_with(what, script, Vec::new()).await
    }

    async fn until_with(&self, what: &str, script: &str, arguments: Vec<Value>) -> Result<()> {
        let began = Instant::now();
        loop {
            if self.run_with(script, arguments.clone()).await? == Value::Bool(true) {
                return Ok(());
            }
            if began.elapsed() > MISSING {
                let seen = self.run("return document.body.innerText.slice(0, 1500)").await?;
                return Err(anyhow!("waited for {what}; the window says: {seen}"));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until what was drawn last has reached the screen.
    pub async fn painted(&self) -> Result<()> {
        let script = "const done = arguments[arguments.length - 1]; \
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.client.execute_async(script, Vec::new()).await?;
        Ok(())
    }

    /// Waits until the pictures in view are decoded, and tells how many there are.
    pub async fn pictures(&self) -> Result<u64> {
        let script = "const seen = [...document.images].filter(i => { \
              const r = i.getBoundingClientRect(); \
              const at = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2); \
              const tile = i.closest('button, a') ?? i; \
              return r.width > 40 && !!at && (tile.contains(at) || at === i.parentElement); }); \
            return seen.length > 0 && \
              seen.every(i => i.complete && i.naturalWidth > 0) && seen.length";
        let began = Instant::now();
        loop {
            if let Some(count) = self.run(script).await?.as_u64().filter(|count| *count > 0) {
                return Ok(count);
            }
            if began.elapsed() > MISSING {
                bail!("the pictures in view do not come");
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Makes the page this large, in pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let began = Instant::now();
        let (mut ask_width, mut ask_height) = (width, height);
        loop {
            self.client.set_window_size(ask_width, ask_height).await?;
            self.painted().await?;
            let size = self.run("return [innerWidth, innerHeight]").await?;
            let read = |at: usize| size[at].as_u64().and_then(|n| u32::try_from(n).ok());
            let (Some(w), Some(h)) = (read(0), read(1)) else { bail!("a page has a size") };
            if (w, h) == (width, height) {
                return Ok(());
            }
            if began.elapsed() > MISSING {
                bail!("the page is {w}×{h} and not {width}×{height}");
            }
            ask_width = (ask_width + width).saturating_sub(w).clamp(200, 1400);
            ask_height = (ask_height + height).saturating_sub(h).clamp(200, 1400);
        }
    }

    /// A picture of the page as a PNG. One can be a frame old, so two must agree; something that
    /// turns for ever has a few chances.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        self.painted().await?;
        let mut png = self.client.screenshot().await?;
        for _ in 0..5 {
            self.painted().await?;
            let again = self.client.screenshot().await?;
            if std::mem::replace(&mut png, again.clone()) == again {
                break;
            }
        }
        if let Some(folder) = file.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        tokio::fs::write(file, png).await?;
        Ok(())
    }

    /// Ends the app from within, as its tray does.
    pub(crate) async fn quit(&self) {
        // The answer may be lost with the window.
        let _ = self.run("setTimeout(() => window.__TAURI_INTERNALS__.invoke('quit'), 0)").await;
    }

    /// Lets go of the window.
    pub(crate) async fn let_go(self) {
        // The session may have ended with the app.
        let _ = self.client.close().await;
    }
}

fn moved(error: &CmdError) -> bool {
    error.is_no_such_element()
        || error.is_stale_element_reference()
        || error.is_element_not_interactable()
        || matches!(error, CmdError::Standard(error) if error.error() == "element click intercepted")
}

fn selector(testid: &str) -> String {
    format!("[data-testid=\"{testid}\"]")
}
