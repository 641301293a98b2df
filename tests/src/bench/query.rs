//! What the first screen asks of the cache.

use super::sync::{Synced, app};
use anyhow::Result;
use schriftje_app::App;
use schriftje_app::api::TimelineQuery;
use std::time::Instant;

/// How often each query is asked.
pub const RUNS: usize = 101;

/// Milliseconds of each query.
pub struct Queries {
    cards: u32,
    newest: f64,
    child: f64,
    deep: f64,
    children: f64,
}

/// Asks an account that was synced before.
pub async fn measure(synced: &Synced) -> Result<Queries> {
    let app = app(&synced.data).await?;
    let page = |children, after| TimelineQuery { children, after, limit: 30, ..Default::default() };
    let children = app.children().await?;
    let one = children.first().map(|summary| summary.child.id.clone());
    let mut deep = None;
    for _ in 0..50 {
        let next = app.timeline(page(Vec::new(), deep.clone())).await?.next;
        if next.is_none() {
            break;
        }
        deep = next;
    }
    let queries = Queries {
        cards: synced.cards,
        newest: time(&app, &page(Vec::new(), None)).await?,
        child: time(&app, &page(one.into_iter().collect(), None)).await?,
        deep: time(&app, &page(Vec::new(), deep)).await?,
        children: {
            let mut times = Vec::new();
            for _ in 0..RUNS {
                let began = Instant::now();
                app.children().await?;
                times.push(began.elapsed().as_secs_f64() * 1e3);
            }
            median(times)
        },
    };
    app.shutdown().await;
    Ok(queries)
}

async fn time(app: &App, query: &TimelineQuery) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        app.timeline(query.clone()).await?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    Ok(median(times))
}

/// The middle value.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The table.
pub fn print(rows: &[(&str, &Queries)]) {
    println!(
        "| account | cards | newest 30 | newest 30 of one child | 30 after 1,500 | children with counts |"
    );
    println!("|---|--:|--:|--:|--:|--:|");
    for (name, queries) in rows {
        println!(
            "| `{name}` | {} | {:.2} | {:.2} | {:.2} | {:.2} |",
            queries.cards, queries.newest, queries.child, queries.deep, queries.children
        );
    }
}
