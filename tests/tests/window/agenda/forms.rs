//! Filling in the forms of the agenda as a parent does.

use super::plan::Plan;
use anyhow::Result;
use schriftje_model::Day;
use schriftje_tests::page::Page;

/// Opens one of the forms from the agenda.
pub async fn open(page: &Page, action: &str) -> Result<()> {
    page.click("menu-agenda").await?;
    page.click(action).await
}

/// Chooses a day in a calendar, in the month it is in.
pub async fn choose_day(page: &Page, calendar: &str, day: Day) -> Result<()> {
    let cell = format!("{calendar} [data-value=\"{day}\"]:not([data-outside-month])");
    let script = format!(
        "if (document.querySelector('{cell}')) return true; \
         document.querySelector('{calendar} [aria-label=\"Volgende maand\"]')?.click(); \
         return false"
    );
    page.until(&format!("the month of {day}"), &script).await?;
    page.click_css(&cell).await
}

/// Ticks what is meant for a child, by its words.
pub async fn tick(page: &Page, within: &str, child: &str, words: &str) -> Result<()> {
    page.click_saying(&format!("[data-testid={within}][data-child=\"{child}\"] label"), words).await
}

/// Chooses the day that is wanted, in the dialog that adds one.
pub async fn want(page: &Page, day: Day) -> Result<()> {
    choose_day(page, "[data-testid=booking-days]", day).await
}

/// Chooses the morning that is given in, in the same dialog.
pub async fn give_in(page: &Page, plan: &Plan) -> Result<()> {
    choose_day(page, "[data-testid=given-days]", plan.given).await?;
    tick(page, "slot-choice", &plan.noortje, "07:30").await
}

/// Chooses the day parts of both children: Noortje's is invoiced, Ties pays with the credit he
/// was given.
pub async fn parts_of_both(page: &Page, plan: &Plan) -> Result<()> {
    tick(page, "child-possible", &plan.noortje, "Ochtend").await?;
    tick(page, "child-possible", &plan.ties, "Na school").await?;
    let ways = format!("[data-child=\"{}\"] [data-testid=pay-way]", plan.ties);
    page.click_saying(&ways, "Cadeau").await?;
    page.says("quote", "57,75").await?;
    page.says("quote", "op de factuur").await?;
    page.says("quote", "Betaald met tegoed: 4 uur").await
}

/// Chooses the afternoon that is wanted for the morning, which is half an hour longer.
pub async fn afternoon(page: &Page, plan: &Plan) -> Result<()> {
    tick(page, "child-possible", &plan.noortje, "Middag").await?;
    page.says("quote-notice", "er blijft 30 minuten over van wat je inlevert").await
}

/// Chooses the morning of a request that nobody judges.
pub async fn morning(page: &Page, plan: &Plan) -> Result<()> {
    tick(page, "child-possible", &plan.noortje, "Ochtend").await?;
    page.says("quote", "57,75").await
}

/// Opens the only day of a wish, to complete it with what is possible.
pub async fn complete(page: &Page) -> Result<()> {
    page.find("booking-incomplete").await?;
    page.click("booking-edit").await
}

/// Adds what was chosen to the request.
pub async fn add(page: &Page) -> Result<()> {
    let free = "[data-testid=booking-add]:not([aria-disabled=true])";
    page.click_css(free).await?;
    page.gone("booking-dialog").await?;
    page.find("booking").await?;
    Ok(())
}

/// Says until when the request may stand.
pub async fn expires(page: &Page, day: Day) -> Result<()> {
    page.click_css("[data-testid=request-expires] .day-open").await?;
    choose_day(page, ".day-calendar", day).await?;
    page.until("the calendar to close", "return !document.querySelector('.day-calendar')").await
}

/// Adds a remark.
pub async fn remark(page: &Page, remark: &str) -> Result<()> {
    page.fill("request-remark", remark).await
}

/// Gives the request in, or keeps it as a wish: what the button says tells which.
pub async fn send(page: &Page, says: &str) -> Result<()> {
    page.says("request-send", says).await?;
    page.click("request-send").await?;
    page.find("requests").await?;
    Ok(())
}

/// Reports both children absent for the week of the holiday.
pub async fn holiday(page: &Page, plan: &Plan, remark: &str) -> Result<()> {
    page.says("absence-policy", "tot 48 uur van tevoren").await?;
    page.click_saying("[data-testid=absence-days] [role=radio]", "Periode").await?;
    for day in [plan.holiday.0, plan.holiday.1] {
        choose_day(page, "[data-testid=absence-days]", day).await?;
    }
    for child in [&plan.noortje, &plan.ties] {
        tick(page, "slot-choice", child, "Alle").await?;
    }
    page.click_saying("[data-testid=absence-reason] [role=radio]", "Vakantie").await?;
    page.fill("absence-remark", remark).await
}
