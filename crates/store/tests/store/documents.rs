//! What a parent relies on of the documents that are kept.

use crate::sample::open;
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_model::{Document, DocumentId, DocumentKind};
use schriftje_store::{NewDocument, Store};
use tempfile::tempdir;

fn now() -> DateTime<Utc> {
    "2026-03-14T11:00:00Z".parse().unwrap()
}

fn new(id: &str, day: &str, subject: &str) -> NewDocument {
    NewDocument {
        id: id.into(),
        day: day.parse().unwrap(),
        admin: "12".into(),
        item: id.into(),
        subject: subject.into(),
        has_file: true,
    }
}

async fn list(store: &Store, kind: DocumentKind, year: i32, documents: Vec<NewDocument>) -> bool {
    store.apply_documents(kind, year, documents, now()).await.unwrap()
}

/// Keeps `bytes` as the file of a document, in pieces of any size.
async fn keep(store: &Store, id: &str, bytes: &[u8]) {
    let file = store.begin_document_file(id.into(), now()).await.unwrap();
    let mut end = 0;
    for piece in bytes.chunks(1_000_000) {
        end = store.append_document_file(&file, end, piece.to_vec()).await.unwrap();
    }
    store.finish_document_file(file, end).await.unwrap();
}

async fn read(store: &Store, id: &str) -> Option<Vec<u8>> {
    let file = store.document_file(id.into()).await.unwrap()?;
    Some(store.document_piece(&file, 0, file.bytes).await.unwrap())
}

fn ids(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.id.as_str()).collect()
}

#[tokio::test]
async fn documents_stand_newest_first_by_kind_and_year() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    list(&store, DocumentKind::Invoice, 2026, vec![new("i2", "2026-02-01", "Factuur")]).await;
    list(&store, DocumentKind::Invoice, 2025, vec![new("i1", "2025-12-31", "Factuur")]).await;
    list(&store, DocumentKind::Other, 2026, vec![new("o", "2026-01-01", "Contract")]).await;
    let all = store.documents(None, None).await.unwrap();
    assert_eq!(ids(&all), ["i2", "o", "i1"]);
    let of_year = store.documents(None, Some(2026)).await.unwrap();
    assert_eq!(ids(&of_year), ["i2", "o"]);
    let of_kind = store.documents(Some(DocumentKind::Invoice), None).await.unwrap();
    assert_eq!(ids(&of_kind), ["i2", "i1"]);
    assert_eq!(store.documents_state().await.unwrap().years, [2025, 2026]);
    let empty = store.documents(None, Some(i32::MAX)).await.unwrap();
    assert_eq!(ids(&empty), Vec::<&str>::new());
}

#[tokio::test]
async fn a_file_is_here_once_it_is_whole_and_stays_after_a_restart() {
    let folder = tempdir().unwrap();
    let bytes: Vec<u8> = (0..2_500_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    {
        let store = open(folder.path()).await;
        list(&store, DocumentKind::Invoice, 2026, vec![new("i", "2026-02-01", "Factuur")]).await;
        let half = store.begin_document_file("i".into(), now()).await.unwrap();
        store.append_document_file(&half, 0, vec![1; 10]).await.unwrap();
        assert!(!store.documents(None, None).await.unwrap()[0].here, "half a file is none");
        assert_eq!(read(&store, "i").await, None);
        keep(&store, "i", &bytes).await;
        store.drop_document_file(half).await.unwrap();
        store.close().await;
    }
    let store = open(folder.path()).await;
    assert!(store.documents(None, None).await.unwrap()[0].here);
    assert_eq!(read(&store, "i").await.as_deref(), Some(bytes.as_slice()));
    let middle = store.document_file("i".into()).await.unwrap().unwrap();
    let piece = store.document_piece(&middle, 1_048_570, 20).await.unwrap();
    assert_eq!(piece, bytes[1_048_570..1_048_590]);
    assert_eq!(store.storage_use().await.unwrap().documents, 1);
    keep(&store, "i", b"%PDF-again").await;
    assert_eq!(read(&store, "i").await.as_deref(), Some(&b"%PDF-again"[..]));
    assert_eq!(store.document_files().await.unwrap(), 1);
}

#[tokio::test]
async fn a_list_read_again_says_what_changed_and_lets_go_of_old_files() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let first = vec![
        new("same", "2026-02-01", "Factuur februari"),
        new("changed", "2026-01-01", "Factuur januari"),
        new("gone", "2026-01-02", "Proefnota"),
    ];
    assert!(list(&store, DocumentKind::Invoice, 2026, first.clone()).await);
    assert!(!list(&store, DocumentKind::Invoice, 2026, first).await, "nothing is new");
    for id in ["same", "changed", "gone"] {
        keep(&store, id, b"%PDF-").await;
    }
    let second = vec![
        new("same", "2026-02-01", "Factuur februari"),
        new("changed", "2026-01-01", "Factuur januari (verbeterd)"),
    ];
    assert!(list(&store, DocumentKind::Invoice, 2026, second).await);
    let here = |id: &'static str| read(&store, id);
    assert!(here("same").await.is_some());
    assert!(here("changed").await.is_none() && here("gone").await.is_none());
    assert_eq!(store.document(DocumentId::from("gone")).await.unwrap(), None);
    let record = store.document(DocumentId::from("changed")).await.unwrap().unwrap();
    assert_eq!((record.admin.as_str(), record.item.as_str()), ("12", "changed"));
    // Another list of that year is no concern of this one.
    assert!(!list(&store, DocumentKind::Other, 2026, Vec::new()).await);
    assert_eq!(store.documents(None, None).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_a_killed_fetch_left_goes_with_the_next_one_a_while_later() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let left = store.begin_document_file("i".into(), now()).await.unwrap();
    store.append_document_file(&left, 0, vec![1; 10]).await.unwrap();
    let soon = now() + TimeDelta::minutes(5);
    store.begin_document_file("j".into(), soon).await.unwrap();
    assert_eq!(store.append_document_file(&left, 10, vec![1; 10]).await.unwrap(), 20);
    let later = now() + TimeDelta::hours(2);
    store.begin_document_file("j".into(), later).await.unwrap();
    assert!(store.append_document_file(&left, 20, vec![1; 10]).await.is_err());
}
