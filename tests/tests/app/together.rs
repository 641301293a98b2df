//! All accounts together: each is seen, none twice, and none hides another.

use crate::family::family;
use crate::world::{PASSWORD, World, begin, now, whole_timeline};
use chrono::TimeDelta;
use schriftje_app::App;
use schriftje_app::api::{Account, ErrorCode, SessionState, Tag, TogetherAccount, TogetherCard};
use schriftje_demo_portal::{NewPhotos, Options, Organisation};
use schriftje_model::{AccountId, Attendance, CardId, today};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Two parents of one family at one portal, and a parent at another.
struct Three {
    world: World,
    elsewhere: World,
    app: Arc<App>,
    accounts: [Account; 3],
}

impl Three {
    async fn read() -> Self {
        let world = World::new().await;
        let elsewhere =
            World::with(|options| Options { organisation: Organisation::DUINPAN, ..options }).await;
        let app = world.app().await;
        let theirs = &elsewhere.portal.accounts[0];
        let forms = [
            world.form("sanne", PASSWORD),
            world.form("joris", PASSWORD),
            elsewhere.form(&theirs.username, &theirs.password),
        ];
        for form in forms {
            app.sign_in(form).await.unwrap();
            app.sync_now().await.unwrap();
        }
        let accounts = app.overview().await.unwrap().accounts;
        Self { world, elsewhere, app, accounts: accounts.try_into().unwrap() }
    }

    /// A parent of the family of two: at the other portal somebody may be called the same.
    fn parent(&self, username: &str) -> Account {
        let of = |one: &&Account| {
            one.organisation.as_deref() == Some(Organisation::BOSRAND.name)
                && one.username == username
        };
        self.accounts.iter().find(of).unwrap().clone()
    }

    /// The parent at the other portal.
    fn apart(&self) -> Account {
        let there =
            |one: &&Account| one.organisation.as_deref() == Some(Organisation::DUINPAN.name);
        self.accounts.iter().find(there).unwrap().clone()
    }
}

async fn pages(app: &App, limit: u32) -> Vec<TogetherCard> {
    let (mut cards, mut after) = (Vec::new(), None);
    loop {
        let page = app.together_timeline(after, limit).await.unwrap();
        assert_eq!(page.not_read, []);
        assert!(page.cards.len() <= limit as usize);
        cards.extend(page.cards);
        assert_eq!(named(&cards).len(), cards.len(), "a card stands twice");
        after = page.next;
        if after.is_none() {
            return cards;
        }
    }
}

fn named(cards: &[TogetherCard]) -> BTreeSet<(AccountId, CardId)> {
    cards.iter().map(|one| (one.account.clone(), one.card.id.clone())).collect()
}

async fn glance(app: &App, account: &Account) -> TogetherAccount {
    let all = app.together_overview().await.unwrap().accounts;
    all.into_iter().find(|one| one.account.id == account.id).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_of_all_accounts_stand_by_day_and_none_twice_or_missing() {
    let three = Three::read().await;
    let Three { app, accounts, .. } = &three;
    let in_use = app.overview().await.unwrap().account.unwrap().id;
    let whole = pages(app, 200).await;
    for limit in [1, 7, 40] {
        let paged = pages(app, limit).await;
        assert_eq!(paged, whole, "in pages of {limit}");
    }
    assert!(whole.is_sorted_by_key(|one| std::cmp::Reverse(one.card.day)));
    // They do stand among each other.
    let changes = whole.windows(2).filter(|pair| pair[0].account != pair[1].account).count();
    assert!(changes > accounts.len(), "{changes}");
    for account in accounts {
        app.switch_account(account.id.clone()).await.unwrap();
        let own = whole.iter().filter(|one| one.account == account.id);
        let own: Vec<_> = own.map(|one| one.card.clone()).collect();
        assert_eq!(own, whole_timeline(app).await);
        assert!(!own.is_empty());
    }
    app.switch_account(in_use).await.unwrap();
    assert_eq!(pages(app, 200).await, whole, "whichever is in use");
    for nonsense in ["x", "{\"a\":1}", "[]"] {
        let refused = app.together_timeline(Some(nonsense.to_owned()), 5).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotFound);
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_account_and_one_whose_portal_is_gone_are_shown_and_read_offline() {
    let three = Three::read().await;
    let [sanne, joris] = ["sanne", "joris"].map(|name| three.parent(name));
    let lost = three.apart();
    let Three { world, elsewhere, app, .. } = three;
    let (app, sanne, joris, lost) = (&app, &sanne, &joris, &lost);
    let whole = pages(app, 50).await;
    world.portal.nursery().end_account("sanne").await.unwrap();
    elsewhere.portal.stop().await;
    for (account, code) in [(sanne, ErrorCode::AccountEnded), (lost, ErrorCode::Offline)] {
        app.switch_account(account.id.clone()).await.unwrap();
        assert_eq!(app.sync_now().await.unwrap_err().code, code);
    }
    let mut changes = app.subscribe();
    while glance(app, sanne).await.account.session != SessionState::Ended {
        changes.recv().await.unwrap();
    }
    let trouble = async |account| glance(app, account).await.trouble.map(|error| error.code);
    assert_eq!(trouble(sanne).await, Some(ErrorCode::AccountEnded));
    assert_eq!(trouble(lost).await, Some(ErrorCode::Offline));
    assert_eq!(trouble(joris).await, None);
    assert_eq!(pages(app, 50).await, whole);
    assert!(glance(app, lost).await.in_use && !glance(app, sanne).await.in_use);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_out_of_one_nothing_of_it_is_left_and_reading_goes_on() {
    let three = Three::read().await;
    let app = &three.app;
    let [gone, left, last] = &three.accounts;
    let whole = pages(app, 200).await;
    let first = app.together_timeline(None, 10).await.unwrap();
    app.sign_out(gone.id.clone(), false).await.unwrap();
    let mut rest = Vec::new();
    let mut after = first.next;
    while let Some(cursor) = after {
        let page = app.together_timeline(Some(cursor), 10).await.unwrap();
        assert_eq!(page.not_read, []);
        rest.extend(page.cards);
        after = page.next;
    }
    let theirs = |cards: &[TogetherCard]| {
        cards.iter().filter(|one| one.account != gone.id).cloned().collect::<Vec<_>>()
    };
    assert_eq!([theirs(&first.cards), rest].concat(), theirs(&whole));
    assert_eq!(pages(app, 200).await, theirs(&whole));
    let overview = app.together_overview().await.unwrap();
    let ids: Vec<_> = overview.accounts.iter().map(|one| &one.account.id).collect();
    assert_eq!((ids, overview.not_opened), (vec![&left.id, &last.id], Vec::new()));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_its_key_is_told_of_and_hides_no_other() {
    let three = Three::read().await;
    let whole = pages(&three.app, 200).await;
    three.app.shutdown().await;
    let [lost, ..] = &three.accounts;
    three.world.vault.delete(&lost.id).await.unwrap();
    let app = three.world.app().await;
    let overview = app.together_overview().await.unwrap();
    let codes: Vec<_> = overview.not_opened.iter().map(|error| error.code).collect();
    assert_eq!((codes, overview.accounts.len()), (vec![ErrorCode::KeyMissing], 2));
    let others: Vec<_> = whole.into_iter().filter(|one| one.account != lost.id).collect();
    assert_eq!(pages(&app, 9).await, others);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_is_counted_for_each_parent_and_looking_at_all_marks_nothing() {
    let three = Three::read().await;
    let Three { world, elsewhere, app, .. } = &three;
    let [sanne, joris] = ["sanne", "joris"].map(|name| three.parent(name));
    let apart = three.apart();
    let (sanne, joris, apart) = (&sanne, &joris, &apart);
    let before = glance(app, sanne).await.unread.messages;
    let theirs = glance(app, apart).await;
    for portal in [world, elsewhere] {
        portal.clock.advance(TimeDelta::minutes(1));
        portal.portal.clock().advance(TimeDelta::minutes(1));
    }
    let new = NewPhotos { username: Some("joris".to_owned()), ..NewPhotos::default() };
    world.portal.nursery().post_photos(new).await.unwrap();
    begin(world, "Een jas").await;
    let mut changes = app.subscribe();
    for account in [sanne, joris] {
        app.switch_account(account.id.clone()).await.unwrap();
        app.sync_now().await.unwrap();
    }
    let mut heard = BTreeSet::new();
    while !(heard.contains(&Tag::Timeline) && heard.contains(&Tag::Messages)) {
        heard.extend(changes.recv().await.unwrap().tags);
    }
    let new = async |account| {
        let seen = glance(app, account).await;
        (seen.new_cards, seen.unread.messages)
    };
    let of_sanne = new(sanne).await;
    assert_eq!(of_sanne.1, before + 1);
    assert_eq!(
        (new(joris).await.0, glance(app, apart).await),
        (1, TogetherAccount { in_use: false, ..theirs })
    );
    pages(app, 40).await;
    assert_eq!((new(sanne).await, new(joris).await.0), (of_sanne, 1));

    // Looking in the account itself does.
    let shown = whole_timeline(app).await.into_iter().map(|card| card.id).collect();
    app.saw_cards(shown).await.unwrap();
    assert_eq!((new(sanne).await, new(joris).await.0), (of_sanne, 0));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_next_is_told_for_today_and_tomorrow_and_not_beyond() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap();
    let day = today(now());
    let expected = app.expected(day, day + TimeDelta::days(14)).await.unwrap();
    let comes = |slot: &&schriftje_model::CareSlot| slot.attendance == Attendance::Attend;
    let first = expected.iter().flat_map(|one| &one.slots).filter(comes);
    let first = first.min_by_key(|slot| slot.starts_at).unwrap();
    let until = async |moment: chrono::DateTime<chrono::Utc>| {
        world.clock.advance(moment - schriftje_model::Clock::now(&world.clock));
        glance(&app, &account).await.next
    };
    assert_eq!(until(first.starts_at - TimeDelta::hours(49)).await, None);
    let told = until(first.starts_at - TimeDelta::hours(20)).await.unwrap();
    assert_eq!(told.day, first.day);
    assert!(told.slots.iter().any(|slot| slot.id == first.id));
    assert_eq!(until(first.starts_at + TimeDelta::minutes(1)).await.unwrap().day, first.day);
    let after = until(first.ends_at + TimeDelta::hours(12)).await;
    assert!(after.is_none_or(|next| next.day > first.day));
    app.shutdown().await;
}
