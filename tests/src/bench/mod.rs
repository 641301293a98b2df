//! What is measured, and how. Times are the wall's; memory is PSS, summed over a process tree.

pub mod newsletter;
mod portal;
mod processes;
mod query;
mod search;
mod start;
mod sync;

use anyhow::Result;
use portal::Portal;
use std::path::PathBuf;

/// The programs that are measured, and where they may write.
pub struct Programs {
    /// The app.
    pub app: PathBuf,
    /// An empty window, built with the same profile.
    pub empty: PathBuf,
    /// The demo portal, in a process of its own so that its work is counted apart.
    pub portal: PathBuf,
    /// Where the portals keep their data and pictures from one bench to the next.
    pub folder: PathBuf,
    /// Small accounts instead of large ones: to see that the bench works.
    pub quick: bool,
}

/// Measures everything and prints the tables.
pub async fn run(programs: &Programs) -> Result<()> {
    let (large, huge) = if programs.quick { ("small", "family") } else { ("large", "huge") };

    let started = Portal::time_to_start(programs, large)?;
    let mut portal = Portal::start(programs, large, 0)?;
    portal.warm().await?;
    let near = sync::first(&portal, "near").await?;
    let second = sync::second(&portal, &near).await?;
    let query_large = query::measure(&near).await?;
    let search_large = search::measure(&near).await?;
    portal.stop();

    let far_portal = Portal::start(programs, large, 50)?;
    let far = sync::first(&far_portal, "far").await?;
    drop(far_portal);

    let huge_portal = Portal::start(programs, huge, 0)?;
    let texts = sync::texts(&huge_portal, "huge").await?;
    let query_huge = query::measure(&texts).await?;
    drop(huge_portal);

    let starts = start::measure(programs, &near.data)?;

    println!("\nThe demo portal makes `{large}` from nothing in {:.1} s.", started.as_secs_f64());
    println!("\n### Cold start, offline, `{large}` account ({} cards)\n", near.cards);
    start::print(&starts);
    println!("\n### First sync\n");
    sync::print_first(&[
        ("loopback", &near),
        ("50 ms round-trip", &far),
        ("texts only, loopback", &texts),
    ]);
    println!("\n### Second sync with nothing new\n");
    sync::print_second(&second);
    println!("\n### Screen queries, median of {} (ms)\n", query::RUNS);
    query::print(&[(large, &query_large), (huge, &query_huge)]);
    println!("\n### Search, newest 30, median of {} (ms)\n", query::RUNS);
    search::print(&[(large, &search_large)]);
    newsletter::print(&newsletter::measure().await?);
    Ok(())
}
