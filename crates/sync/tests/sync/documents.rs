//! Which years are asked for documents, and when.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{
    ByteRange, Capabilities, Children, Counters, DocumentPlace, ListedDocument, ListedDocuments,
    MediaBody, MediaSource, ParentInfo, PortalError, TimelinePage,
};
use schriftje_model::{Day, DocumentKind, PhotoId, Saveable, TestClock};
use schriftje_store::{Key, OpenMode, Store};
use schriftje_sync::{PortalReads, SyncEngine, SyncError, SyncOptions};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tempfile::{TempDir, tempdir};

/// A portal with an invoice in these years.
#[derive(Default)]
struct Papers {
    years: Mutex<BTreeSet<i32>>,
    asked: Mutex<Vec<(i32, DocumentKind)>>,
    /// What is answered from so many calls on.
    trouble: Mutex<Option<(usize, PortalError)>>,
}

impl Papers {
    /// The years asked for since the last time, newest first, each as often as all its kinds were.
    fn take_years(&self) -> Vec<i32> {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        let first = asked.iter().filter(|(_, kind)| *kind == DocumentKind::ALL[0]);
        first.map(|(year, _)| *year).collect()
    }
}

#[async_trait]
impl PortalReads for Papers {
    async fn counters(&self) -> Result<Counters, PortalError> {
        Ok(Counters::default())
    }
    async fn children(&self) -> Result<Children, PortalError> {
        Ok(Children::default())
    }
    async fn parent(&self) -> Result<ParentInfo, PortalError> {
        Ok(ParentInfo::default())
    }
    async fn organisation(&self) -> Result<Option<String>, PortalError> {
        Ok(None)
    }
    async fn timeline_page(&self, _: u32) -> Result<TimelinePage, PortalError> {
        Ok(TimelinePage::default())
    }
    async fn capabilities(&self) -> Result<Capabilities, PortalError> {
        Ok(Capabilities::plain())
    }
    async fn media_saveable(&self, _: &[PhotoId]) -> Result<Vec<(PhotoId, Saveable)>, PortalError> {
        Ok(vec![])
    }
    async fn documents(
        &self,
        kind: DocumentKind,
        year: i32,
    ) -> Result<ListedDocuments, PortalError> {
        let mut asked = self.asked.lock().unwrap();
        if let Some((after, error)) = &*self.trouble.lock().unwrap()
            && asked.len() >= *after
        {
            return Err(error.clone());
        }
        asked.push((year, kind));
        let some = kind == DocumentKind::Invoice && self.years.lock().unwrap().contains(&year);
        let item = year.to_string();
        let documents = some.then(|| ListedDocument {
            id: item.as_str().into(),
            place: DocumentPlace { kind, admin: "1".into(), item },
            day: Day::from_ymd_opt(year, 6, 1).unwrap(),
            subject: "Factuur".into(),
            has_file: true,
        });
        Ok(ListedDocuments { documents: documents.into_iter().collect(), unreadable: 0 })
    }
    async fn download(
        &self,
        _: &MediaSource,
        _: Option<ByteRange>,
        _: u64,
    ) -> Result<MediaBody, PortalError> {
        Err(PortalError::Offline)
    }
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }
    fn is_loopback(&self) -> bool {
        true
    }
}

async fn world(years: &[i32]) -> (Arc<Papers>, SyncEngine, Store, TestClock, TempDir) {
    let portal = Arc::new(Papers::default());
    portal.years.lock().unwrap().extend(years);
    let folder = tempdir().unwrap();
    let key = Key::from_bytes([3; 32]);
    let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
    let clock = TestClock::at("2026-08-14T11:00:00Z".parse().unwrap());
    let options = SyncOptions::default();
    let engine = SyncEngine::new(store.clone(), portal.clone(), Arc::new(clock.clone()), options);
    (portal, engine, store, clock, folder)
}

#[tokio::test]
async fn the_way_back_ends_after_two_years_with_nothing() {
    // One year without any, as of a child that began at school and another that came later.
    let (portal, engine, store, _, _folder) = world(&[2026, 2024, 2023, 2019]).await;
    engine.poll().await.unwrap();
    assert_eq!(portal.take_years(), [2026, 2025, 2024, 2023, 2022, 2021]);
    assert_eq!(store.documents(None, None).await.unwrap().len(), 3);
}

#[tokio::test]
async fn the_newest_are_read_daily_and_every_year_weekly() {
    let (portal, engine, store, clock, _folder) = world(&[2026, 2025]).await;
    engine.poll().await.unwrap();
    assert_eq!(portal.take_years(), [2026, 2025, 2024, 2023]);
    clock.advance(TimeDelta::hours(6));
    engine.poll().await.unwrap();
    assert_eq!(portal.take_years(), Vec::<i32>::new());
    clock.advance(TimeDelta::hours(20));
    engine.poll().await.unwrap();
    assert_eq!(portal.take_years(), [2026]);
    portal.years.lock().unwrap().remove(&2025);
    clock.advance(TimeDelta::days(7));
    engine.poll().await.unwrap();
    assert_eq!(portal.take_years(), [2026, 2025, 2024]);
    assert_eq!(store.documents(None, None).await.unwrap().len(), 1, "what is gone there goes here");
}

#[tokio::test]
async fn a_walk_that_broke_goes_on_where_it_was_and_the_timeline_does_not_suffer() {
    let (portal, engine, store, clock, _folder) = world(&[2026, 2025, 2024, 2023]).await;
    let down = PortalError::Server { status: 500, retry_after: None };
    *portal.trouble.lock().unwrap() = Some((7, down.clone()));
    engine.poll().await.unwrap();
    assert_eq!(portal.take_years(), [2026, 2025, 2024]);
    assert_eq!(engine.documents_trouble(), Some(down.clone()));
    assert_eq!(store.documents(None, None).await.unwrap().len(), 3, "what came is here");
    // Not at once again, but when somebody asks.
    engine.poll().await.unwrap();
    assert_eq!(portal.take_years(), Vec::<i32>::new());
    *portal.trouble.lock().unwrap() = Some((0, down.clone()));
    assert_eq!(engine.refresh_documents().await, Err(SyncError::Portal(down)));
    *portal.trouble.lock().unwrap() = None;
    clock.advance(TimeDelta::hours(1));
    engine.poll().await.unwrap();
    assert_eq!(portal.take_years(), [2026, 2024, 2023, 2022, 2021], "2025 was read an hour ago");
    assert_eq!((engine.documents_trouble(), engine.reads_documents()), (None, false));
    assert_eq!(store.documents(None, None).await.unwrap().len(), 4);
}
