//! What is seen of requests: at the portal, in the overview, in the calendar, in Berichten.

use anyhow::{Context, Result, bail, ensure};
use schriftje_demo_portal::{Running, TrueRequest, Truth};
use schriftje_model::Day;
use schriftje_tests::notifications::{Notifications, Raised};
use schriftje_tests::page::Page;
use std::path::Path;
use std::time::{Duration, Instant};

/// After this long something is not slow but missing.
const MISSING: Duration = Duration::from_secs(90);

/// What the portal holds of the family.
pub async fn truth(portal: &Running) -> Result<Truth> {
    Ok(portal.nursery().truth(Some(&portal.accounts[0].username)).await?)
}

/// Waits until the portal has what was sent with this remark, once.
pub async fn arrived(portal: &Running, remark: &str) -> Result<TrueRequest> {
    let began = Instant::now();
    loop {
        let mut there = truth(portal).await?.requests;
        there.retain(|request| request.remark == remark);
        ensure!(there.len() < 2, "{remark:?} was sent more than once");
        if let Some(request) = there.pop() {
            return Ok(request);
        }
        if began.elapsed() > MISSING {
            bail!("the portal never got {remark:?}");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What was asked or told for a child.
pub fn line<'r>(request: &'r TrueRequest, child: &str) -> Result<&'r str> {
    let line = request.lines.iter().find(|line| line.child == child);
    Ok(&line.context("nothing was asked for this child")?.id)
}

/// Opens the overview.
pub async fn overview(page: &Page) -> Result<()> {
    page.click("menu-agenda").await?;
    page.click("agenda-overview").await?;
    page.find("requests").await?;
    Ok(())
}

/// The card of a line in the overview, as a selector.
pub fn card(line: &str) -> String {
    format!("[data-testid=request-card][data-line=\"{line}\"]")
}

/// Waits until the card of a line says all these words.
pub async fn card_says(page: &Page, line: &str, words: &[&str]) -> Result<()> {
    let script = format!(
        "const card = document.querySelector('{}'); \
         return !!card && {words:?}.every(words => card.textContent.includes(words))",
        card(line)
    );
    page.until(&format!("the overview to say {words:?}"), &script).await
}

/// Opens a day in the calendar, in the month it is in.
pub async fn calendar(page: &Page, day: Day) -> Result<()> {
    page.click("menu-agenda").await?;
    page.click("view-month").await?;
    let month = day.format("%Y-%m");
    let script = format!(
        "const at = document.querySelector('[data-testid=calendar-grid] [data-chosen=true]'); \
         const month = at?.dataset.day.slice(0, 7); \
         if (!month || month === '{month}') return !!month; \
         const way = month < '{month}' ? 'calendar-on' : 'calendar-back'; \
         document.querySelector('[data-testid=' + way + ']').click(); \
         return false"
    );
    page.until(&format!("the month of {day}"), &script).await?;
    page.click_css(&format!("[data-testid=calendar-grid] [data-day=\"{day}\"]")).await?;
    let script =
        format!("return !!document.querySelector('[data-testid=chosen-day] [data-day=\"{day}\"]')");
    page.until(&format!("{day} to be chosen"), &script).await
}

/// Waits until a child stands on the day that is open in the calendar with all these words.
pub async fn day_says(page: &Page, words: &[&str]) -> Result<()> {
    page.until(&format!("the day to say {words:?}"), &format!("return {}", on_the_day(words))).await
}

/// Waits until nobody stands on that day with all these words any more.
pub async fn day_forgets(page: &Page, words: &[&str]) -> Result<()> {
    let script = format!("return !{}", on_the_day(words));
    page.until(&format!("the day to forget {words:?}"), &script).await
}

fn on_the_day(words: &[&str]) -> String {
    format!(
        "[...document.querySelectorAll('[data-testid=chosen-day] [data-testid=slot]')].some(\
         slot => {words:?}.every(words => slot.textContent.includes(words)))"
    )
}

/// The messages of the planning department, each told once.
pub struct Letters<'n> {
    notifications: &'n Notifications,
    told: usize,
}

impl<'n> Letters<'n> {
    pub fn to(notifications: &'n Notifications) -> Self {
        Self { notifications, told: 0 }
    }

    /// Waits for the one notification of what became of the next request, which opens the requests by
    /// a click, and reads the message that tells it.
    pub async fn read(&mut self, page: &Page, subject: &str, words: &[&str]) -> Result<()> {
        let began = Instant::now();
        while self.raised().len() == self.told {
            ensure!(began.elapsed() < MISSING, "nobody was told: {subject}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.told += 1;
        let raised = self.raised();
        let [.., told] = &raised[..] else { bail!("nothing was raised") };
        ensure!(!told.body.contains("Noortje") && !told.body.contains("Ties"), "{told:?}");
        self.notifications.click(told.id).await?;
        let opened = page.find("request-card").await;
        opened.with_context(|| format!("{subject}: {:?}", self.raised()))?;
        page.click("menu-berichten").await?;
        page.click_saying("[data-testid=conversation-row]", subject).await?;
        page.says("conversation", subject).await?;
        for words in words {
            page.says("conversation", words).await?;
        }
        Ok(())
    }

    /// Nothing was told or written besides these messages, the newest first.
    pub async fn were(&self, portal: &Running, subjects: &[&str]) -> Result<()> {
        ensure!(self.raised().len() == subjects.len(), "{:?}", self.raised());
        let truth = truth(portal).await?;
        let all = truth.conversations.iter().map(|one| one.subject.as_str());
        let ends = ["beoordeeld", "vervallen"];
        let written: Vec<_> =
            all.filter(|subject| ends.iter().any(|end| subject.ends_with(end))).collect();
        ensure!(written == subjects, "{written:?}");
        Ok(())
    }

    fn raised(&self) -> Vec<Raised> {
        let mut raised = self.notifications.raised();
        raised.retain(|one| {
            let judged = ["beoordeeld", "vervallen"].iter().any(|end| one.title.ends_with(end));
            judged || one.title.contains("bericht")
        });
        raised
    }
}

/// Keeps a picture of the window beside what was built.
pub async fn picture(page: &Page, name: &str) -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screens");
    page.screenshot(&folder.join(format!("{name}.png"))).await
}
