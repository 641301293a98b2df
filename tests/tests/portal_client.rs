//! The client at a real portal: signing in, the whole timeline, media, TLS.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use chrono::TimeDelta;
use schriftje_demo_portal::{
    Fault, FaultKind, NewPhotos, NewReport, Options, Origin, Running, Size, start,
};
use schriftje_konnect::{
    ByteRange, ClientConfig, MappedCard, MediaLink, MemoryKeeper, Portal, PortalAddress,
    PortalError, Session, SignInError, SignInStyle, Tokens,
};
use schriftje_model::{CardKind, ChildId, MediaKind, MediaSize, PhotoId, Saveable, SystemClock};
use secrecy::{ExposeSecret, SecretString};
use std::collections::HashSet;
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;

/// A portal that goes away with its folder.
struct Nursery {
    portal: Running,
    _data: TempDir,
}

impl Nursery {
    async fn open(change: impl FnOnce(&mut Options)) -> Self {
        let data = TempDir::new().unwrap();
        let mut options = Options::new(data.path(), Size::Small);
        options.now = Some("2026-03-16T15:00:00Z".parse().unwrap());
        change(&mut options);
        Self { portal: start(options).await.unwrap(), _data: data }
    }

    fn client(&self) -> Portal {
        self.client_that_trusts(self.portal.ca_pem.as_deref())
    }

    fn client_that_trusts(&self, ca_pem: Option<&str>) -> Portal {
        let mut config = ClientConfig::new(Arc::new(SystemClock), Uuid::from_u128(7));
        config.extra_ca_pem = ca_pem.map(|pem| pem.as_bytes().to_vec());
        let address = PortalAddress::parse(self.portal.portal.as_str()).unwrap();
        Portal::new(address, config).unwrap()
    }

    async fn tokens(&self, style: SignInStyle) -> Tokens {
        let account = &self.portal.accounts[0];
        let password = SecretString::from(account.password.clone());
        self.client().sign_in(&account.username, &password, style).await.unwrap()
    }

    async fn session(&self, style: SignInStyle) -> Session {
        let tokens = self.tokens(style).await;
        Session::new(self.client(), tokens, Arc::new(MemoryKeeper::default()))
    }

    async fn refused(&self, username: &str, password: &str) -> SignInError {
        let password = SecretString::from(password.to_owned());
        self.client().sign_in(username, &password, SignInStyle::App).await.unwrap_err()
    }
}

/// Every card, walking by offset; something happens after each page.
async fn walk(session: &Session, mut between: impl AsyncFnMut(u32)) -> Vec<MappedCard> {
    let (mut cards, mut offset) = (Vec::new(), 0);
    loop {
        let page = session.timeline_page(offset).await.unwrap();
        assert_eq!((page.unreadable, page.unreadable_photos), (0, 0));
        if page.received == 0 {
            return cards;
        }
        offset += page.received;
        cards.extend(page.cards);
        between(offset).await;
    }
}

fn link(cards: &[MappedCard], kind: MediaKind, size: MediaSize) -> MediaLink {
    let mut links = cards.iter().flat_map(|mapped| &mapped.media);
    links.find(|link| link.kind == kind && link.size == size).unwrap().clone()
}

#[tokio::test]
async fn both_styles_sign_in_read_and_stay_signed_in() {
    for style in [SignInStyle::App, SignInStyle::Browser] {
        let nursery = Nursery::open(|options| options.tls = true).await;
        let session = nursery.session(style).await;
        let first = session.tokens();
        assert_eq!(first.refresh_token.is_some(), style == SignInStyle::App);
        assert_eq!(first.cookie.is_some(), style == SignInStyle::Browser);
        let children = session.children().await.unwrap().children;
        assert!(!children.is_empty());
        // A quarter of an hour later the token is dead; three times, so that rotation is seen.
        for _ in 0..3 {
            nursery.portal.clock().advance(TimeDelta::minutes(20));
            let before = session.tokens();
            assert_eq!(session.children().await.unwrap().children, children);
            let after = session.tokens();
            assert_ne!(before.auth_token.expose_secret(), after.auth_token.expose_secret());
        }
        // A whole night later the cookie is dead, and the app's refresh token is not.
        nursery.portal.clock().advance(TimeDelta::hours(10));
        let morning = session.children().await;
        match style {
            SignInStyle::App => assert_eq!(morning.unwrap().children, children),
            SignInStyle::Browser => assert_eq!(morning, Err(PortalError::Unauthorized)),
        }
    }
}

#[tokio::test]
async fn on_plain_http_the_cookie_is_dropped_as_its_name_asks() {
    let nursery = Nursery::open(|_| {}).await;
    assert!(nursery.tokens(SignInStyle::Browser).await.cookie.is_none());
}

#[tokio::test]
async fn the_account_is_read() {
    let nursery = Nursery::open(|_| {}).await;
    let session = nursery.session(SignInStyle::App).await;
    assert!(session.parent().await.unwrap().full_name.is_some());
    let organisation = session.organisation().await.unwrap();
    assert_eq!(organisation.as_deref(), Some(schriftje_demo_portal::ORGANISATION));
    session.counters().await.unwrap();
}

#[tokio::test]
async fn the_whole_timeline_is_read_as_it_is() {
    let nursery = Nursery::open(|options| options.size = Size::Family).await;
    let session = nursery.session(SignInStyle::App).await;
    let cards = walk(&session, async |_| {}).await;
    let username = &nursery.portal.accounts[0].username;
    let truth = nursery.portal.nursery().truth(Some(username)).await.unwrap();

    let ids: HashSet<_> = cards.iter().map(|mapped| &mapped.card.id).collect();
    assert_eq!(ids.len(), truth.cards.len(), "every card has an identity of its own");
    for (mapped, real) in cards.iter().zip(&truth.cards) {
        let card = &mapped.card;
        assert_eq!(card.day, real.day);
        let children: Vec<_> = card.children.iter().map(|child| child.id.as_str()).collect();
        assert_eq!(children, real.children);
        let photos = card.entry.as_ref().map_or(&card.photos, |entry| &entry.photos);
        assert_eq!(photos.len(), real.photos.len());
        for (photo, real) in photos.iter().zip(&real.photos) {
            assert_eq!(photo.id.as_str(), real.id);
            assert_eq!(photo.day, card.day);
            assert_eq!(photo.kind == MediaKind::Video, real.film);
            let said = real.description.as_deref();
            let (human, machine) = if real.generated { (None, said) } else { (said, None) };
            assert_eq!(photo.caption.as_deref(), human);
            assert_eq!(photo.machine_description.as_deref(), machine);
            let own: Vec<_> = photo.own_children.iter().map(ChildId::as_str).collect();
            assert_eq!(own, real.own_children);
        }
        match card.kind {
            CardKind::Journal => {
                let entry = card.entry.as_ref().unwrap();
                assert_eq!(Some(entry.id.as_str()), real.journal_id.as_deref());
                assert!(!entry.text.contains("dagritme") && !entry.text.contains('<'));
            }
            CardKind::Photos => assert_eq!(real.kind, "photo"),
            CardKind::Trigger => assert_eq!(real.kind, "trigger"),
            CardKind::Unsupported(ref word) => assert_eq!(word, &real.kind),
        }
    }
    assert!(cards.iter().any(|mapped| {
        mapped.card.entry.as_ref().is_some_and(|entry| !entry.rhythm.is_empty())
    }));
}

#[tokio::test]
async fn a_card_read_again_is_known_and_a_changed_one_is_seen() {
    let nursery = Nursery::open(|_| {}).await;
    let session = nursery.session(SignInStyle::App).await;
    let before = walk(&session, async |_| {}).await;
    // Addresses are signed anew.
    nursery.portal.clock().advance(TimeDelta::minutes(1));
    let entry = before.iter().find_map(|mapped| mapped.card.entry.as_ref()).unwrap();
    let edit = nursery.portal.nursery();
    edit.edit_entry(entry.id.as_str(), "<p>Toch nog een kleine aanvulling.</p>").await.unwrap();
    let after = walk(&session, async |_| {}).await;
    let changed: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before.hash != after.hash)
        .map(|(before, _)| before.card.entry.as_ref().map(|entry| &entry.id))
        .collect();
    assert_eq!(changed, [Some(&entry.id)]);
}

#[tokio::test]
async fn nothing_is_missed_when_something_is_posted_meanwhile() {
    let nursery = Nursery::open(|_| {}).await;
    let session = nursery.session(SignInStyle::App).await;
    let staff = nursery.portal.nursery();
    let username = nursery.portal.accounts[0].username.clone();
    let old = staff.truth(Some(&username)).await.unwrap();
    let cards = walk(&session, async |offset| {
        if offset < 50 {
            let report = NewReport { html: "<p>Net wakker.</p>".into(), ..NewReport::default() };
            staff.post_report(report).await.unwrap();
        }
    })
    .await;
    let read: HashSet<_> = cards.iter().map(|mapped| mapped.card.id.clone()).collect();
    let photos: HashSet<_> = cards
        .iter()
        .flat_map(|mapped| {
            mapped.card.entry.as_ref().map_or(&mapped.card.photos, |entry| &entry.photos)
        })
        .map(|photo| photo.id.as_str())
        .collect();
    assert!(old.photo_ids().iter().all(|id| photos.contains(id)));
    assert!(cards.len() > read.len(), "cards that shifted are sent again, and known again");
    assert!(read.len() >= old.cards.len());
}

#[tokio::test]
async fn pictures_come_without_a_token_and_die_after_an_hour() {
    let nursery = Nursery::open(|options| options.tls = true).await;
    let session = nursery.session(SignInStyle::App).await;
    let cards = walk(&session, async |_| {}).await;
    let limits = session.portal().config().limits;
    let thumb = link(&cards, MediaKind::Photo, MediaSize::Thumb);
    let body = session.download(&thumb.source, None, limits.picture).await.unwrap();
    assert_eq!(body.mime.as_deref(), Some("image/jpeg"));
    assert!(body.bytes().await.unwrap().starts_with(&[0xff, 0xd8]));
    let avatar = &cards[0].avatars[0];
    let body = session.download(&avatar.source, None, limits.picture).await.unwrap();
    assert!(body.bytes().await.unwrap().starts_with(&[0xff, 0xd8]));
    let asked = nursery.portal.requests();
    assert!(asked.iter().any(|request| request.origin == Origin::Media));
    for request in asked.iter().filter(|request| request.origin == Origin::Media) {
        assert_eq!((request.has_bearer, request.has_cookie, request.status), (false, false, 200));
    }

    assert!(
        thumb.source.expires_at().unwrap() <= nursery.portal.clock().now() + TimeDelta::hours(1)
    );
    nursery.portal.clock().advance(TimeDelta::minutes(61));
    let died = session.download(&thumb.source, None, limits.picture).await;
    assert_eq!(died.err(), Some(PortalError::MediaExpired));
    let fresh = walk(&session, async |_| {}).await;
    let again = fresh.iter().flat_map(|mapped| &mapped.media).find(|link| link.id == thumb.id);
    let body = session.download(&again.unwrap().source, None, limits.picture).await.unwrap();
    assert!(body.length.is_some());
}

#[tokio::test]
async fn a_film_comes_in_pieces() {
    let nursery = Nursery::open(|_| {}).await;
    let session = nursery.session(SignInStyle::App).await;
    let posted = NewPhotos { count: Some(1), film: true, ..NewPhotos::default() };
    nursery.portal.nursery().post_photos(posted).await.unwrap();
    let cards = session.timeline_page(0).await.unwrap().cards;
    let film = link(&cards, MediaKind::Video, MediaSize::Full);
    let limit = session.portal().config().limits.video;
    let whole = session.download(&film.source, None, limit).await.unwrap();
    assert_eq!(whole.mime.as_deref(), Some("video/mp4"));
    let whole = whole.bytes().await.unwrap();
    let range = ByteRange { first: 100, last: Some(299) };
    let part = session.download(&film.source, Some(range), limit).await.unwrap();
    assert_eq!((part.first, part.total), (Some(100), Some(whole.len() as u64)));
    assert_eq!(part.bytes().await.unwrap(), whole[100..300]);
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused_before_the_password() {
    let nursery = Nursery::open(|options| options.tls = true).await;
    let stranger = nursery.client_that_trusts(None);
    let password = SecretString::from("welkom-demo".to_owned());
    let refused = stranger.sign_in("sanne", &password, SignInStyle::App).await.unwrap_err();
    assert_eq!(refused, SignInError::Portal(PortalError::Certificate));
    assert!(nursery.portal.requests().is_empty());
}

#[tokio::test]
async fn wrong_passwords_a_lock_and_a_forced_reset_are_different_things() {
    let nursery = Nursery::open(|options| options.wrong_passwords = 2).await;
    assert_eq!(nursery.refused("resetten", "welkom-demo").await, SignInError::MustResetPassword);
    let wrong = nursery.refused("sanne", "fout").await;
    assert!(matches!(wrong, SignInError::WrongPassword { .. }), "{wrong:?}");
    let locked = nursery.refused("sanne", "weer fout").await;
    assert!(matches!(locked, SignInError::LockedOut { .. }), "{locked:?}");
    nursery.portal.clear_requests();
    let still = nursery.refused("sanne", "welkom-demo").await;
    assert!(matches!(still, SignInError::LockedOut { .. }), "{still:?}");
    let asked = nursery.portal.requests();
    assert!(asked.iter().all(|request| request.method == "GET"), "the password stays here");
}

#[tokio::test]
async fn an_account_that_has_ended_is_refused_with_the_portals_own_code() {
    let nursery = Nursery::open(|_| {}).await;
    let session = nursery.session(SignInStyle::App).await;
    session.children().await.unwrap();
    nursery.portal.nursery().end_account(&nursery.portal.accounts[0].username).await.unwrap();
    let refused = session.children().await.unwrap_err();
    assert!(matches!(refused, PortalError::Refused { message_code: Some(_), .. }), "{refused:?}");
    let account = &nursery.portal.accounts[0];
    let refused = nursery.refused(&account.username, &account.password).await;
    assert!(matches!(refused, SignInError::Refused { message_code: Some(_) }), "{refused:?}");
}

#[tokio::test]
async fn capabilities_and_links_are_found_and_photos_may_not_all_be_saved() {
    let nursery = Nursery::open(|_| {}).await;
    let client = nursery.client();
    let found = client.capabilities().await.unwrap();
    assert!(found.has("media"));
    let page = client.sign_in_page_links().await.unwrap();
    assert!(page.privacy.is_some() && page.disclosure.is_some());
    let session = nursery.session(SignInStyle::App).await;
    let new = NewPhotos { count: Some(1), may_not_be_saved: true, ..NewPhotos::default() };
    let posted = nursery.portal.nursery().post_photos(new).await.unwrap();
    let username = &nursery.portal.accounts[0].username;
    let truth = nursery.portal.nursery().truth(Some(username)).await.unwrap();
    let ids: Vec<_> = truth.photo_ids().into_iter().map(PhotoId::from).collect();
    let answers = session.media_saveable(&ids).await.unwrap();
    let real = truth.cards.iter().flat_map(|card| &card.photos);
    for ((id, answer), real) in answers.iter().zip(real) {
        assert_eq!((id.as_str(), *answer == Saveable::Yes), (real.id.as_str(), real.saveable));
    }
    let (_, answer) = answers.iter().find(|(id, _)| id.as_str() == posted.photos[0]).unwrap();
    assert!(matches!(answer, Saveable::No(reason) if !reason.is_empty()));
    let asked = nursery.portal.requests();
    let own = asked.iter().find(|request| request.path_and_query.ends_with("/capabilities"));
    assert!(own.is_some_and(|request| !request.has_bearer && !request.has_cookie));
}

#[tokio::test]
async fn a_plain_portal_is_asked_for_nothing_of_ours() {
    let nursery = Nursery::open(|options| options.plain = true).await;
    assert!(nursery.client().capabilities().await.unwrap().is_plain());
}

#[tokio::test]
async fn every_way_of_misbehaving_has_its_own_name() {
    let nursery = Nursery::open(|_| {}).await;
    let session = nursery.session(SignInStyle::App).await;
    let faults = nursery.portal.faults();
    let changed = PortalError::Changed { what: "timeline.cards" };
    for (kind, expected) in [
        (FaultKind::Reset, PortalError::Truncated),
        (FaultKind::Truncated, PortalError::Truncated),
        (FaultKind::HalfJson, PortalError::Truncated),
        (FaultKind::Html, PortalError::NotAPortal),
        (FaultKind::WrongTypes, changed.clone()),
        (FaultKind::ChangedShape, changed),
        (FaultKind::Status { status: 503 }, PortalError::Server { status: 503, retry_after: None }),
        (FaultKind::Endless { declared: true }, PortalError::TooLarge { limit: 16 << 20 }),
        (FaultKind::Endless { declared: false }, PortalError::TooLarge { limit: 16 << 20 }),
    ] {
        faults.clear();
        faults.add(Fault::always(kind.clone()).at("/restservices-parent/timeline"));
        assert_eq!(session.timeline_page(0).await.err(), Some(expected), "{kind:?}");
    }
    faults.clear();
    faults.add(Fault::once(FaultKind::TooManyRequests { retry_after: 3 }));
    let wait =
        PortalError::TooManyRequests { retry_after: Some(std::time::Duration::from_secs(3)) };
    assert_eq!(session.timeline_page(0).await.err(), Some(wait));
    faults.add(Fault::once(FaultKind::Unauthorized).at("/restservices-parent/timeline"));
    assert!(session.timeline_page(0).await.is_ok(), "a 401 in the middle renews and goes on");
}
