//! What a screen asks must cost the same in a full account as in an empty one: no query reads a
//! whole table, none sorts.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::migrations::Kind;
use crate::{
    about, articles, attachments, avatars, bulletins, card_children, card_photos, cards,
    conversation_list, document_files, documents, drafts, entries, eviction, findable, media,
    message_attachments, message_photos, messages, newsletters, out_files, photo_children, photos,
    pieces, rhythm, saveable, scope, search, search_index, sending, sweep, timeline, totals,
    unread, wanted, writes,
};
use rusqlite::Connection;

/// A database with enough in it for the planner to be tempted.
fn filled(kind: Kind) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    kind.migrate(&mut connection).unwrap();
    let fill = match kind {
        Kind::Cache => {
            "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 4000)
             INSERT INTO cards SELECT n, 'c' || n, n / 3, n % 3, 'photo', 'h', NULL, 1 FROM i;
             INSERT INTO card_children
                 SELECT n, 0, 'child' || n % 3, 'x', NULL, NULL, day, rank, id FROM cards;
             INSERT INTO entries SELECT n, 'j', NULL, 'parent', '', '', 0 FROM cards;
             INSERT INTO rhythm SELECT n, 0, 'sleep', 0, 0, '', NULL, '[]', NULL FROM cards;
             INSERT INTO attachments SELECT n, 0, 'x' FROM cards;
             WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 15000)
             INSERT INTO photos (n, id, day, kind) SELECT n, 'f' || n, n / 12, 'photo' FROM i;
             INSERT INTO card_photos SELECT 1 + n % 4000, 1, n, n FROM photos;
             INSERT INTO photo_children SELECT n, 'child0' FROM photos;
             INSERT INTO avatars (id, child) VALUES ('a', 'child0');
             WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 3000)
             INSERT INTO conversations
                     (n, id, subject, snippet, last_written, last_from_parent, hash, walk, unread,
                      unread_there, behind, about)
                 SELECT n, 'b' || n, 's', 't', n / 2, 0, 'h', 1, n % 50 = 0, n % 25 = 0,
                        n % 30 = 0, n % 20 > 0
                 FROM i;
             INSERT INTO messages SELECT n, 1 + n % 3000, 'm' || n, n, NULL, n, NULL, '', '' FROM photos;
             INSERT INTO message_photos SELECT n, 0, n FROM messages;
             INSERT INTO message_attachments SELECT n, 0, 'x' FROM messages;
             INSERT INTO documents
                 SELECT 'd' || n, 'invoice', 2000 + n % 20, n, 0, 'a', 'i', 's', 1
                 FROM conversations;
             WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 3000)
             INSERT INTO articles (n, id, title, snippet, published, hash, unread, unread_there, behind)
                 SELECT n, 'a' || n, 's', 't', n / 2, 'h', n % 50 = 0, n % 25 = 0, n % 30 = 0 FROM i;
             INSERT INTO article_parts SELECT n, 0, NULL, n FROM articles;
             INSERT INTO newsletters (n, id, subject, snippet, sent, hash, unread, unread_there, behind)
                 SELECT n, 'l' || n, 's', 't', published, 'h', unread, unread_there, behind FROM articles;
             INSERT INTO newsletter_pictures SELECT n, 'picture-' || n, 'x' FROM newsletters;"
        }
        Kind::Media => {
            "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 9000)
             INSERT INTO media
                 SELECT n, 'f' || n, iif(n % 2, 'thumb', 'medium'), 'image/jpeg', 1, 1, 1, n, 0, 0
                 FROM i;
             INSERT INTO blobs SELECT n, x'00' FROM media;
             INSERT INTO document_files SELECT 'f' || n, 'd' || n, 0, 1 FROM media;
             INSERT INTO pieces (file, start, data) SELECT file, 0, x'00' FROM document_files;"
        }
        Kind::Outbox => {
            "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 4000)
             INSERT INTO writes (seq, id, target, body, key, state, written_at)
                 SELECT n, 'w' || n, 't' || (n % 9), '{}', 'k' || n, 'queued', 0 FROM i;
             UPDATE writes SET state = 'sending', attempts = 1, first_attempt_at = 0
                 WHERE seq > 3991;
             UPDATE writes SET state = 'sent', attempts = 1, first_attempt_at = 0, sent_at = 0
                 WHERE seq < 3900;
             INSERT INTO drafts SELECT 'reply:' || id, '{}', 0 FROM writes;
             INSERT INTO files (id, draft, position, name, mime, kind, bytes)
                 SELECT 'd' || seq, 'reply:' || id, 0, '', '', 'photo', 9 FROM writes;
             INSERT INTO files (id, write, position, name, mime, kind, bytes, sha256)
                 SELECT 'f' || seq, id, 0, '', '', 'photo', 9, '' FROM writes;
             INSERT INTO pieces (file, start, data) SELECT id, 0, x'00' FROM files;"
        }
        Kind::Account => "",
    };
    connection.execute_batch(fill).unwrap();
    connection
}

/// Indexes and lists that hold only what is asked for.
const PARTIAL: [&str; 12] = [
    "photos_without",
    "photos_not_asked",
    "avatars_missing",
    "conversations_behind",
    "conversations_not_asked",
    "conversations_to_tell",
    "articles_behind",
    "newsletters_behind",
    "writes_not_sent",
    "search_pending_",
    // The index of words in order of its numbers, from the newest on.
    "VIRTUAL TABLE INDEX 192:M",
    "json_each",
];

fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    statement.raw_query().mapped(|row| row.get(3)).collect::<Result<_, _>>().unwrap()
}

#[test]
fn no_screen_query_reads_a_whole_table_or_sorts() {
    let by_id = format!("{} WHERE id = ?1", photos::SELECT);
    let conversation = format!("{} WHERE id = ?1", conversation_list::SELECT);
    let [same_instant, before] = [conversation_list::SAME_INSTANT, conversation_list::BEFORE]
        .map(|which| format!("{} {which}", conversation_list::SELECT));
    let [article, articles_then, articles_before] =
        ["WHERE id = ?1", articles::SAME_INSTANT, articles::BEFORE]
            .map(|which| format!("{} {which}", articles::SELECT));
    let [newsletters_then, newsletters_before] = [newsletters::SAME_INSTANT, newsletters::BEFORE]
        .map(|which| format!("{} {which}", newsletters::SELECT));
    let cache = [
        timeline::EVERY_CHILD.same_day,
        timeline::EVERY_CHILD.days_before,
        timeline::ONE_CHILD.same_day,
        timeline::ONE_CHILD.days_before,
        cards::SELECT,
        cards::SELECT_BY_ID,
        cards::NEWER,
        card_children::SELECT,
        card_photos::SELECT,
        entries::SELECT,
        rhythm::SELECT,
        attachments::SELECT,
        &by_id,
        photos::CARDS,
        photo_children::SELECT,
        totals::SELECT,
        scope::CARDS_OF_DAYS,
        scope::CARDS_OF_CHILD,
        scope::FIRST_CARD_OF_PHOTO,
        scope::PHOTOS_OF_CARD,
        wanted::THUMBS,
        wanted::MEDIUMS,
        wanted::AVATARS,
        saveable::UNASKED,
        saveable::TOLD,
        avatars::OWNER,
        media::DUE,
        sweep::KNOWN,
        &conversation,
        &same_instant,
        &before,
        conversation_list::CHILD,
        messages::NUMBER,
        messages::SELECT,
        messages::BEHIND,
        messages::BEHIND_AND_READ,
        message_photos::SELECT,
        message_photos::CONVERSATION,
        message_photos::OF_CONVERSATION,
        message_attachments::SELECT,
        about::NOT_ASKED,
        search::EVERY_CHILD,
        search::SOME_CHILDREN,
        search::OF_CARD,
        search::OF_PHOTO,
        search::OF_PHOTO_IN_MESSAGE,
        search::OF_MESSAGE,
        search::OF_CONVERSATION,
        search_index::CHANGED,
        search_index::OLD,
        findable::CARD,
        findable::PHOTO,
        findable::MESSAGE,
        documents::NEWEST_FIRST,
        documents::ONE,
        documents::OF_LIST,
        findable::CONVERSATION,
        unread::UNREAD_THERE,
        unread::TO_TELL,
        &article,
        &articles_then,
        &articles_before,
        articles::BEHIND,
        articles::PARTS,
        articles::OF_PHOTO,
        articles::PHOTO,
        &newsletters_then,
        &newsletters_before,
        newsletters::BEHIND,
        newsletters::WHOLE,
        newsletters::PICTURE,
        bulletins::STATE,
        findable::ARTICLE,
        findable::NEWSLETTER,
        search::OF_ARTICLE,
        search::OF_NEWSLETTER,
    ];
    let pictures = [
        media::SELECT,
        media::EXISTS,
        eviction::OLDEST,
        eviction::SINCE_GONE,
        sweep::NEXT,
        document_files::FIND,
        pieces::READ,
        pieces::EVERY,
    ];
    let outbox = [
        drafts::SELECT,
        out_files::OF_DRAFT,
        out_files::ALL_OF_DRAFT,
        out_files::OF_WRITE,
        out_files::FIND,
        pieces::READ,
        pieces::EVERY,
        writes::UNSENT,
        writes::COUNT_OPEN,
        sending::NEXT,
        sending::UPLOADS,
    ];
    let mut looked_at = 0;
    for (kind, queries) in
        [(Kind::Cache, &cache[..]), (Kind::Media, &pictures[..]), (Kind::Outbox, &outbox[..])]
    {
        let connection = filled(kind);
        // With the statistics a long-lived database gathers, and without.
        for analyze in ["", "ANALYZE"] {
            connection.execute_batch(analyze).unwrap();
            for sql in queries {
                for step in plan(&connection, sql) {
                    // A partial index holds only what is asked for, so reading it in order is no scan.
                    let whole = step.starts_with("SCAN")
                        && !PARTIAL.iter().any(|index| step.contains(index));
                    assert!(!whole && !step.contains("TEMP B-TREE"), "{step}\n{sql}");
                    looked_at += 1;
                }
            }
        }
    }
    assert!(looked_at > 60);
}
