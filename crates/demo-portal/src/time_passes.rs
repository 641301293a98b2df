//! What happens by itself as time passes, for who listens and asks nothing.

use crate::kept_planning::pass_time;
use crate::portal::Shared;
use std::time::Duration;

/// How often it is looked at the clock.
const TICK: Duration = Duration::from_secs(1);

/// Lets the time pass at the portal, until it is dropped.
pub async fn time_passes(portal: Shared) {
    let mut moved = portal.clock.hear();
    loop {
        let here = portal.clone();
        let passed = portal.store.run(move |db| {
            let tx = db.transaction()?;
            pass_time(&tx, &here)?;
            tx.commit()
        });
        if let Err(error) = passed.await {
            tracing::warn!(%error, "no time passed");
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            heard = moved.changed() => if heard.is_err() { return },
        }
    }
}
