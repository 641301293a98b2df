//! "A day at the nursery": something new now and then, for who watches the demo.

use crate::nursery::Nursery;
use crate::posting::{NewPhotos, NewReport};
use std::time::Duration;

/// Between one post and the next, for somebody who watches.
pub const PAUSE: Duration = Duration::from_secs(75);

const CAPTIONS: [&str; 5] = [
    "Net binnen uit de regen!",
    "Kijk eens wat we gemaakt hebben",
    "Samen aan tafel",
    "Even uitrusten na het buitenspelen",
    "Wat een toren!",
];

const REPORTS: [(&str, &str); 3] = [
    ("Noortje", "<p>Noortje is net wakker en helpt nu met fruit snijden.</p>"),
    ("Noortje", "<p>We zijn buiten geweest. De laarzen van Noortje drogen bij de kachel.</p>"),
    ("Noortje", "<p>Er is gezongen voor de jarige, en Noortje zong het hardst van allemaal.</p>"),
];

/// Posts photos and reports in turn with `pause` between them, until it is dropped.
pub async fn live(nursery: Nursery, pause: Duration) {
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + pause, pause);
    for turn in 0_usize.. {
        tick.tick().await;
        let posted = if turn % 3 == 2 {
            let (child, html) = REPORTS[turn / 3 % REPORTS.len()];
            let report = NewReport {
                child: Some(child.to_owned()),
                html: html.to_owned(),
                ..NewReport::default()
            };
            nursery.post_report(report).await
        } else {
            let caption = CAPTIONS[turn % CAPTIONS.len()].to_owned();
            let photos = NewPhotos {
                child: Some("Noortje".to_owned()),
                count: Some(1 + u32::from(turn % 2 == 0) * 2),
                caption: Some(caption),
                ..NewPhotos::default()
            };
            nursery.post_photos(photos).await
        };
        if let Err(error) = posted {
            tracing::warn!(%error, "nothing posted");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{Options, Size};

    #[tokio::test]
    async fn a_day_at_the_nursery_brings_photos_and_reports() {
        let folder = tempfile::tempdir().unwrap();
        let now = Some("2026-03-16T07:00:00Z".parse().unwrap());
        let options = Options { now, ..Options::new(folder.path(), Size::Small) };
        let portal = crate::start(options).await.unwrap();
        let nursery = portal.nursery();
        let before = nursery.truth(None).await.unwrap();
        let day = tokio::spawn(live(nursery.clone(), Duration::from_millis(1)));
        loop {
            let truth = nursery.truth(None).await.unwrap();
            let photos = truth.photo_ids().len() - before.photo_ids().len();
            let reports = truth
                .cards
                .iter()
                .filter(|card| card.html.as_deref().is_some_and(|html| html == REPORTS[0].1));
            if photos >= 4 && reports.count() > 0 {
                break;
            }
        }
        day.abort();
    }
}
