//! Whether everybody can use what is on the screen, as axe-core sees it.

use crate::page::Page;
use anyhow::{Context, Result};
use std::path::Path;

/// Beside the interface, which brings it.
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");

/// Serious and worse, each with where it is.
const LOOK: &str = "const done = arguments[0]; \
    axe.run(document, {resultTypes: ['violations']}).then( \
      ({violations}) => done(violations \
        .filter(({impact}) => impact === 'serious' || impact === 'critical') \
        .flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) => \
          id + ': ' + html.slice(0, 200) + ' ' + failureSummary))), \
      error => done(['axe: ' + error]));";

/// What is seriously wrong on the screen now.
pub async fn serious(page: &Page) -> Result<Vec<String>> {
    if page.run("return typeof axe === 'undefined'").await? == true {
        let source = tokio::fs::read_to_string(Path::new(AXE)).await.context(AXE)?;
        page.run(&source).await?;
    }
    Ok(serde_json::from_value(page.run_async(LOOK, Vec::new()).await?)?)
}
