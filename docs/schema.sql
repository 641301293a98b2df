-- The databases of an account. Generated from crates/store/migrations; a test keeps it true.

-- ===== account.db =====

CREATE TABLE account (
    one          INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    id           TEXT    NOT NULL,           -- the account's name on this device
    portal       TEXT    NOT NULL,           -- the portal's address
    username     TEXT    NOT NULL,
    parent_name  TEXT,                       -- once the portal has told
    email        TEXT,
    organisation TEXT,
    session      TEXT    NOT NULL CHECK (session IN ('signed_in', 'expired', 'ended')),
    device       TEXT    NOT NULL            -- a random name of this device, for the portal
) STRICT;

CREATE TABLE secrets (
    name  TEXT NOT NULL PRIMARY KEY CHECK (name IN ('tokens', 'password')),
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE capabilities (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    asked_at INTEGER NOT NULL,               -- epoch milliseconds
    answer   TEXT    NOT NULL                -- JSON
) STRICT;

CREATE TABLE calendar_events (
    uid          TEXT    NOT NULL PRIMARY KEY,
    day          INTEGER NOT NULL,           -- days since 1970-01-01, in Amsterdam
    event        TEXT    NOT NULL,           -- what was told, as JSON
    sequence     INTEGER NOT NULL CHECK (sequence >= 0),
    changed_at   INTEGER NOT NULL,           -- when that sequence began, in epoch milliseconds
    cancelled_at INTEGER                     -- when the slot was gone
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar_feed (
    one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    port   INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    secret TEXT    NOT NULL
) STRICT;

-- ===== cache.db =====

CREATE TABLE children (
    id            TEXT    NOT NULL PRIMARY KEY,
    position      INTEGER NOT NULL,          -- the portal's order
    first_name    TEXT    NOT NULL,
    full_name     TEXT    NOT NULL,
    attends       INTEGER NOT NULL,
    groups        TEXT    NOT NULL,          -- JSON array
    date_of_birth INTEGER,
    avatar        TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE child_cards (
    child TEXT    NOT NULL PRIMARY KEY,
    cards INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE totals (
    name  TEXT    NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cards (
    n    INTEGER NOT NULL PRIMARY KEY,
    id   TEXT    NOT NULL UNIQUE,
    day  INTEGER NOT NULL,
    rank INTEGER NOT NULL,                   -- order of kinds within a day
    kind TEXT    NOT NULL,                   -- 'journal', 'photo', 'trigger' or the portal's word
    hash TEXT    NOT NULL,                   -- of what the portal sent
    raw  TEXT,                               -- JSON of a card this version cannot show
    walk INTEGER NOT NULL                    -- the last walk over the timeline that saw it
) STRICT;

CREATE INDEX cards_in_order ON cards (day DESC, rank, id, n, walk);

CREATE TRIGGER card_added AFTER INSERT ON cards BEGIN
    UPDATE totals SET value = value + 1 WHERE name = 'cards';
END;

CREATE TRIGGER card_removed AFTER DELETE ON cards BEGIN
    UPDATE totals SET value = value - 1 WHERE name = 'cards';
END;

CREATE TABLE card_children (
    card       INTEGER NOT NULL REFERENCES cards (n) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    child      TEXT    NOT NULL,
    first_name TEXT    NOT NULL,
    group_name TEXT,
    avatar     TEXT,
    day        INTEGER NOT NULL,             -- day, rank and id of the card, for the index
    rank       INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    PRIMARY KEY (card, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX cards_of_child_in_order ON card_children (child, day DESC, rank, id, card);

CREATE TRIGGER card_child_added AFTER INSERT ON card_children BEGIN
    INSERT INTO child_cards VALUES (NEW.child, 1)
        ON CONFLICT (child) DO UPDATE SET cards = cards + 1;
END;

CREATE TRIGGER card_child_removed AFTER DELETE ON card_children BEGIN
    UPDATE child_cards SET cards = cards - 1 WHERE child = OLD.child;
END;

CREATE TABLE entries (
    card        INTEGER NOT NULL PRIMARY KEY REFERENCES cards (n) ON DELETE CASCADE,
    id          TEXT    NOT NULL,            -- the portal's journalId
    author      TEXT,
    author_kind TEXT    NOT NULL CHECK (author_kind IN ('employee', 'parent', 'unknown')),
    html        TEXT    NOT NULL,            -- cleaned
    text        TEXT    NOT NULL,
    edited      INTEGER NOT NULL
) STRICT;

CREATE TABLE rhythm (
    card     INTEGER NOT NULL REFERENCES entries (card) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    begins   INTEGER,                        -- seconds since midnight on the clock in Amsterdam
    ends     INTEGER,
    title    TEXT    NOT NULL,
    subtitle TEXT,
    entries  TEXT    NOT NULL,               -- JSON array
    remarks  TEXT,
    PRIMARY KEY (card, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
    card     INTEGER NOT NULL REFERENCES entries (card) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    PRIMARY KEY (card, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE photos (
    n                   INTEGER NOT NULL PRIMARY KEY,
    id                  TEXT    NOT NULL UNIQUE,
    day                 INTEGER NOT NULL,
    kind                TEXT    NOT NULL CHECK (kind IN ('photo', 'video')),
    caption             TEXT,
    machine_description TEXT,
    refusal             TEXT,                -- why it may not be saved; NULL: it may
    asked               INTEGER NOT NULL DEFAULT 0, -- whether the portal was asked that
    thumb               INTEGER NOT NULL DEFAULT 0, -- 0 not here, 1 here, 2 evicted, 3 broken
    medium              INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX photos_without_thumb  ON photos (day DESC, n DESC) WHERE thumb = 0;

CREATE INDEX photos_without_medium ON photos (day DESC, n DESC) WHERE medium = 0;

CREATE INDEX photos_not_asked      ON photos (day DESC, n DESC) WHERE asked = 0;

CREATE TRIGGER photo_added AFTER INSERT ON photos BEGIN
    UPDATE totals SET value = value + 1 WHERE name = 'photos';
    UPDATE totals SET value = value + 1 WHERE name = 'thumbs' AND NEW.thumb = 1;
    UPDATE totals SET value = value + 1 WHERE name = 'mediums' AND NEW.medium = 1;
END;

CREATE TRIGGER photo_removed AFTER DELETE ON photos BEGIN
    UPDATE totals SET value = value - 1 WHERE name = 'photos';
    UPDATE totals SET value = value - 1 WHERE name = 'thumbs' AND OLD.thumb = 1;
    UPDATE totals SET value = value - 1 WHERE name = 'mediums' AND OLD.medium = 1;
END;

CREATE TRIGGER photo_thumb_changed AFTER UPDATE OF thumb ON photos BEGIN
    UPDATE totals SET value = value + (NEW.thumb = 1) - (OLD.thumb = 1) WHERE name = 'thumbs';
END;

CREATE TRIGGER photo_medium_changed AFTER UPDATE OF medium ON photos BEGIN
    UPDATE totals SET value = value + (NEW.medium = 1) - (OLD.medium = 1) WHERE name = 'mediums';
END;

CREATE TABLE card_photos (
    card     INTEGER NOT NULL REFERENCES cards (n) ON DELETE CASCADE,
    place    INTEGER NOT NULL,               -- 0 the entry's photos, 1 the card's own
    position INTEGER NOT NULL,
    photo    INTEGER NOT NULL REFERENCES photos (n) ON DELETE CASCADE,
    PRIMARY KEY (card, place, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX cards_of_photo ON card_photos (photo, card);

CREATE TABLE photo_children (
    photo INTEGER NOT NULL REFERENCES photos (n) ON DELETE CASCADE,
    child TEXT    NOT NULL,
    PRIMARY KEY (photo, child)
) STRICT, WITHOUT ROWID;

CREATE TABLE avatars (
    id    TEXT    NOT NULL PRIMARY KEY,      -- of the owner and the address without its query
    child TEXT    NOT NULL,
    state INTEGER NOT NULL DEFAULT 0         -- 0 not here, 1 here, 3 broken
) STRICT, WITHOUT ROWID;

CREATE INDEX avatars_missing ON avatars (id) WHERE state = 0;

CREATE TABLE broken (
    id       TEXT    NOT NULL,
    size     TEXT    NOT NULL CHECK (size IN ('thumb', 'medium')),
    retry_at INTEGER NOT NULL,
    PRIMARY KEY (id, size)
) STRICT, WITHOUT ROWID;

CREATE INDEX broken_by_time ON broken (retry_at);

CREATE TABLE feeds (
    name        TEXT    NOT NULL PRIMARY KEY,
    fresh_at    INTEGER,                     -- the newest page was read without trouble
    complete    INTEGER NOT NULL,            -- every card back to the first was read once
    oldest      INTEGER,                     -- the oldest day read
    walk        INTEGER NOT NULL,            -- the number of the walk under way, else of the last
    recent_at   INTEGER,                     -- the last days were walked
    full_at     INTEGER,                     -- all history was walked
    recent_walk INTEGER,                     -- the numbers of the last walks that were done
    full_walk   INTEGER,
    children_at INTEGER                      -- children, parent and organisation were read
) STRICT, WITHOUT ROWID;

CREATE TABLE walks (
    feed     TEXT    NOT NULL PRIMARY KEY REFERENCES feeds (name),
    number   INTEGER NOT NULL,
    kind     TEXT    NOT NULL CHECK (kind IN ('full', 'recent')),
    next     INTEGER NOT NULL,               -- the offset to read next
    tail     TEXT    NOT NULL,               -- JSON array: the last cards read, to see that none is skipped
    newest   INTEGER,                        -- the days seen so far
    oldest   INTEGER,
    until    INTEGER,                        -- a recent walk ends before this day
    began_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
    n                INTEGER NOT NULL PRIMARY KEY,
    id               TEXT    NOT NULL UNIQUE,
    subject          TEXT    NOT NULL,
    snippet          TEXT    NOT NULL,
    began_at         INTEGER,
    last_written     INTEGER NOT NULL,
    last_from_parent INTEGER NOT NULL,
    hash             TEXT    NOT NULL,           -- of what the list says
    walk             INTEGER NOT NULL,           -- the last walk over the list that saw it
    unread           INTEGER NOT NULL,           -- neither here nor at the portal
    unread_there     INTEGER NOT NULL,           -- as the portal last said
    read_until       INTEGER,                    -- read here when this was written last
    behind           INTEGER NOT NULL DEFAULT 1, -- its messages are not here, or older than the list
    thread_hash      TEXT,                       -- of its messages; NULL: never read
    thread_at        INTEGER,                    -- when they were read from the portal
    last_author      TEXT,                       -- NULL: not known
    child_names      TEXT    NOT NULL DEFAULT '[]', -- JSON array, from its messages
    about            INTEGER NOT NULL DEFAULT 0, -- whether the portal was asked what it is about
    children         TEXT    NOT NULL DEFAULT '[]', -- JSON array, as the portal told
    group_name       TEXT,
    closed           INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX conversations_in_order ON conversations (last_written DESC, id);

CREATE INDEX conversations_behind ON conversations (last_written DESC, id, unread_there) WHERE behind = 1;

CREATE INDEX conversations_not_asked ON conversations (last_written DESC, id) WHERE about = 0;

CREATE INDEX conversations_to_tell ON conversations (n) WHERE unread_there = 1 AND unread = 0;

CREATE TRIGGER conversation_added AFTER INSERT ON conversations BEGIN
    UPDATE totals SET value = value + 1 WHERE name = 'conversations';
    UPDATE totals SET value = value + NEW.unread WHERE name = 'unread_conversations';
END;

CREATE TRIGGER conversation_removed AFTER DELETE ON conversations BEGIN
    UPDATE totals SET value = value - 1 WHERE name = 'conversations';
    UPDATE totals SET value = value - OLD.unread WHERE name = 'unread_conversations';
END;

CREATE TRIGGER conversation_read AFTER UPDATE OF unread ON conversations BEGIN
    UPDATE totals SET value = value + NEW.unread - OLD.unread WHERE name = 'unread_conversations';
END;

CREATE TABLE messages (
    n            INTEGER NOT NULL PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (n) ON DELETE CASCADE,
    id           TEXT    NOT NULL,
    position     INTEGER NOT NULL,
    author       TEXT,
    at           INTEGER,
    child_name   TEXT,
    html         TEXT    NOT NULL,               -- cleaned
    text         TEXT    NOT NULL,
    UNIQUE (conversation, id)
) STRICT;

CREATE INDEX messages_in_order ON messages (conversation, position);

CREATE TABLE message_photos (
    message  INTEGER NOT NULL REFERENCES messages (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    photo    INTEGER NOT NULL REFERENCES photos (n) ON DELETE CASCADE,
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX messages_of_photo ON message_photos (photo, message);

CREATE TABLE message_attachments (
    message  INTEGER NOT NULL REFERENCES messages (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE logbook (
    one         INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    fresh_at    INTEGER,                         -- the newest page was read without trouble
    counter     INTEGER,                         -- what the portal counted as new then
    complete    INTEGER NOT NULL,                -- every conversation back to the first was read once
    walk        INTEGER NOT NULL,                -- the number of the walk under way, else of the last
    recent_at   INTEGER,                         -- the newest conversations were walked
    full_at     INTEGER,                         -- the whole list was walked
    recent_walk INTEGER,                         -- the numbers of the last walks that were done
    full_walk   INTEGER
) STRICT;

CREATE TABLE logbook_walk (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    number   INTEGER NOT NULL,
    kind     TEXT    NOT NULL CHECK (kind IN ('full', 'recent')),
    next     INTEGER NOT NULL,                   -- the offset to read next
    tail     TEXT    NOT NULL,                   -- JSON array: the last conversations read
    newest   INTEGER,                            -- when something was written last, on its first page
    oldest   INTEGER,                            -- and in the oldest conversation seen
    until    INTEGER,                            -- a recent walk ends before this instant
    head     INTEGER,                            -- looking at the top once more, down to this instant
    pages    INTEGER NOT NULL,                   -- read since it began, or since it looks at the top
    stalled  INTEGER NOT NULL,                   -- pages in a row that brought nothing
    in_order INTEGER NOT NULL,                   -- every page so far was sorted
    began_at INTEGER NOT NULL
) STRICT;

CREATE TABLE owner (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    portal   TEXT    NOT NULL,
    username TEXT    NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (
    words, stems, subject, subject_stems,
    content = '', contentless_delete = 1, detail = column, prefix = '2 3', tokenize = 'ascii'
);

CREATE TABLE 'search_index_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'search_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE 'search_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'search_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TRIGGER entry_to_index AFTER INSERT ON entries BEGIN
    DELETE FROM search_pending WHERE kind = 'card' AND id = NEW.card;
    INSERT INTO search_pending (kind, id) VALUES ('card', NEW.card);
END;

CREATE TRIGGER photo_to_index AFTER INSERT ON photos WHEN NEW.caption IS NOT NULL BEGIN
    DELETE FROM search_pending WHERE kind = 'photo' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('photo', NEW.n);
END;

CREATE TRIGGER caption_to_index AFTER UPDATE OF caption, day ON photos
WHEN (NEW.caption, NEW.day) IS NOT (OLD.caption, OLD.day) BEGIN
    DELETE FROM search_pending WHERE kind = 'photo' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('photo', NEW.n);
END;

CREATE TRIGGER message_to_index AFTER INSERT ON messages BEGIN
    DELETE FROM search_pending WHERE kind = 'message' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('message', NEW.n);
END;

CREATE TRIGGER message_text_to_index AFTER UPDATE OF text, at ON messages
WHEN (NEW.text, NEW.at) IS NOT (OLD.text, OLD.at) BEGIN
    DELETE FROM search_pending WHERE kind = 'message' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('message', NEW.n);
END;

CREATE TRIGGER conversation_to_index AFTER INSERT ON conversations BEGIN
    DELETE FROM search_pending WHERE kind = 'conversation' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('conversation', NEW.n);
END;

CREATE TRIGGER list_to_index AFTER UPDATE OF subject, snippet, last_written, thread_hash
ON conversations
WHEN (NEW.subject, NEW.snippet, NEW.last_written, NEW.thread_hash IS NULL)
     IS NOT (OLD.subject, OLD.snippet, OLD.last_written, OLD.thread_hash IS NULL) BEGIN
    DELETE FROM search_pending WHERE kind = 'conversation' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('conversation', NEW.n);
END;

CREATE TRIGGER subject_to_index AFTER UPDATE OF subject ON conversations
WHEN NEW.subject IS NOT OLD.subject BEGIN
    DELETE FROM search_pending WHERE kind = 'message'
        AND id IN (SELECT n FROM messages WHERE conversation = NEW.n);
    INSERT INTO search_pending (kind, id)
        SELECT 'message', n FROM messages WHERE conversation = NEW.n;
END;

CREATE TRIGGER read_is_no_news AFTER UPDATE OF unread ON conversations
WHEN OLD.unread = 1 AND NEW.unread = 0 BEGIN
    DELETE FROM news WHERE kind = 'message' AND place = NEW.id;
END;

CREATE TABLE slots (
    id         TEXT    NOT NULL PRIMARY KEY,
    child      TEXT    NOT NULL,
    child_name TEXT    NOT NULL,
    day        INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL CHECK (ordinal >= 0),
    starts_at  INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL CHECK (ends_at > starts_at),
    attendance TEXT    NOT NULL CHECK (attendance IN ('attend', 'absent', 'tentative', 'unknown')),
    to_confirm INTEGER NOT NULL,
    extra_info TEXT,
    group_name TEXT,
    kind       TEXT CHECK (kind IN ('contract', 'extra', 'swap')),
    request    TEXT,
    line       TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX slots_by_day ON slots (day, starts_at);

CREATE TABLE day_marks (
    day            INTEGER NOT NULL PRIMARY KEY,
    closed         TEXT,
    school_holiday TEXT,
    CHECK (closed IS NOT NULL OR school_holiday IS NOT NULL)
) STRICT;

CREATE TABLE planning (
    one         INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    known_from  INTEGER,
    known_until INTEGER,
    fresh_at    INTEGER,
    stale       INTEGER NOT NULL DEFAULT 0, -- the portal says so
    rules       TEXT, requests_at INTEGER,                       -- JSON: what holds at the organisation
    CHECK ((known_from IS NULL) = (known_until IS NULL)),
    CHECK (known_from IS NULL OR known_from <= known_until)
) STRICT;

CREATE TABLE care_requests (
    id      TEXT    NOT NULL PRIMARY KEY,
    sent_at INTEGER NOT NULL,
    body    TEXT    NOT NULL                -- JSON
) STRICT, WITHOUT ROWID;

CREATE INDEX care_requests_newest_first ON care_requests (sent_at DESC, id);

CREATE TABLE credits (
    id       TEXT    NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,              -- the portal's order
    body     TEXT    NOT NULL               -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    id       TEXT    NOT NULL PRIMARY KEY,
    kind     TEXT    NOT NULL CHECK (kind IN ('invoice', 'annualStatement', 'other')),
    year     INTEGER NOT NULL,              -- the one whose list it stands in
    day      INTEGER NOT NULL,              -- since 1970-01-01, in Amsterdam
    position INTEGER NOT NULL,              -- the portal's order within the list
    admin    TEXT    NOT NULL,              -- with item, what it is at the portal
    item     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    has_file INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX documents_newest_first ON documents (day DESC, kind, position, id);

CREATE INDEX documents_of_a_list ON documents (kind, year);

CREATE TABLE document_lists (
    kind    TEXT    NOT NULL,
    year    INTEGER NOT NULL,
    read_at INTEGER NOT NULL,               -- epoch milliseconds
    PRIMARY KEY (kind, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents_read (
    one       INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    fresh_at  INTEGER,
    walked_at INTEGER
) STRICT;

CREATE TABLE articles (
    n            INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    title        TEXT    NOT NULL,
    snippet      TEXT    NOT NULL,
    published    INTEGER NOT NULL,
    hash         TEXT    NOT NULL,           -- of what the list says
    unread       INTEGER NOT NULL,           -- neither here nor at the portal
    unread_there INTEGER NOT NULL,           -- as the portal last said
    opened       INTEGER NOT NULL DEFAULT 0, -- the parent has read it here
    behind       INTEGER NOT NULL DEFAULT 1, -- all of it is not here, or older than the list
    whole_hash   TEXT,                       -- of all of it; NULL: never read
    text         TEXT    NOT NULL DEFAULT '',
    has_video    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX articles_in_order ON articles (published DESC, id);

CREATE INDEX articles_behind ON articles (published DESC, id) WHERE behind = 1 AND unread_there = 0;

CREATE TABLE article_parts (
    article  INTEGER NOT NULL REFERENCES articles (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    html     TEXT,                           -- cleaned
    photo    INTEGER REFERENCES photos (n) ON DELETE CASCADE,
    PRIMARY KEY (article, position),
    CHECK ((html IS NULL) <> (photo IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX articles_of_photo ON article_parts (photo, article) WHERE photo IS NOT NULL;

CREATE TABLE newsletters (
    n            INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    subject      TEXT    NOT NULL,
    snippet      TEXT    NOT NULL,
    sent         INTEGER NOT NULL,
    hash         TEXT    NOT NULL,           -- of what the list says
    unread       INTEGER NOT NULL,           -- neither here nor at the portal
    unread_there INTEGER NOT NULL,           -- as the portal last said
    opened       INTEGER NOT NULL DEFAULT 0, -- the parent has read it here
    behind       INTEGER NOT NULL DEFAULT 1, -- all of it is not here, or older than the list
    html         TEXT,                       -- cleaned, fetches nothing; NULL: never read
    text         TEXT    NOT NULL DEFAULT '',
    pictures     INTEGER NOT NULL DEFAULT 0  -- the parent asked to see its pictures
) STRICT;

CREATE INDEX newsletters_in_order ON newsletters (sent DESC, id);

CREATE INDEX newsletters_behind ON newsletters (sent DESC, id) WHERE behind = 1 AND unread_there = 0;

CREATE TABLE newsletter_pictures (
    newsletter INTEGER NOT NULL REFERENCES newsletters (n) ON DELETE CASCADE,
    id         TEXT    NOT NULL,             -- as the media protocol knows it
    address    TEXT    NOT NULL,
    PRIMARY KEY (newsletter, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX newsletter_pictures_by_id ON newsletter_pictures (id, newsletter);

CREATE TABLE bulletins (
    name     TEXT    NOT NULL PRIMARY KEY CHECK (name IN ('articles', 'newsletters')),
    fresh_at INTEGER,                        -- it was read without trouble
    counter  INTEGER,                        -- what the portal counted as new then
    complete INTEGER NOT NULL DEFAULT 0      -- it was read to its end once
) STRICT, WITHOUT ROWID;

CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
    UPDATE totals SET value = value + NEW.unread WHERE name = 'unread_articles';
END;

CREATE TRIGGER article_removed AFTER DELETE ON articles BEGIN
    UPDATE totals SET value = value - OLD.unread WHERE name = 'unread_articles';
END;

CREATE TRIGGER article_read AFTER UPDATE OF unread ON articles BEGIN
    UPDATE totals SET value = value + NEW.unread - OLD.unread WHERE name = 'unread_articles';
END;

CREATE TRIGGER newsletter_added AFTER INSERT ON newsletters BEGIN
    UPDATE totals SET value = value + NEW.unread WHERE name = 'unread_newsletters';
END;

CREATE TRIGGER newsletter_removed AFTER DELETE ON newsletters BEGIN
    UPDATE totals SET value = value - OLD.unread WHERE name = 'unread_newsletters';
END;

CREATE TRIGGER newsletter_read AFTER UPDATE OF unread ON newsletters BEGIN
    UPDATE totals SET value = value + NEW.unread - OLD.unread WHERE name = 'unread_newsletters';
END;

CREATE TRIGGER read_article_is_no_news AFTER UPDATE OF unread ON articles
WHEN OLD.unread = 1 AND NEW.unread = 0 BEGIN
    DELETE FROM news WHERE kind = 'article' AND place = NEW.id;
END;

CREATE TRIGGER read_newsletter_is_no_news AFTER UPDATE OF unread ON newsletters
WHEN OLD.unread = 1 AND NEW.unread = 0 BEGIN
    DELETE FROM news WHERE kind = 'newsletter' AND place = NEW.id;
END;

CREATE TABLE findable (
    n            INTEGER NOT NULL PRIMARY KEY,
    card         INTEGER REFERENCES entries (card) ON DELETE CASCADE,
    photo        INTEGER REFERENCES photos (n) ON DELETE CASCADE,
    message      INTEGER REFERENCES messages (n) ON DELETE CASCADE,
    conversation INTEGER REFERENCES conversations (n) ON DELETE CASCADE,
    article      INTEGER REFERENCES articles (n) ON DELETE CASCADE,
    newsletter   INTEGER REFERENCES newsletters (n) ON DELETE CASCADE,
    CHECK ((card IS NOT NULL) + (photo IS NOT NULL) + (message IS NOT NULL)
           + (conversation IS NOT NULL) + (article IS NOT NULL) + (newsletter IS NOT NULL) = 1)
) STRICT;

CREATE UNIQUE INDEX findable_card ON findable (card) WHERE card IS NOT NULL;

CREATE UNIQUE INDEX findable_photo ON findable (photo) WHERE photo IS NOT NULL;

CREATE UNIQUE INDEX findable_message ON findable (message) WHERE message IS NOT NULL;

CREATE UNIQUE INDEX findable_conversation ON findable (conversation) WHERE conversation IS NOT NULL;

CREATE UNIQUE INDEX findable_article ON findable (article) WHERE article IS NOT NULL;

CREATE UNIQUE INDEX findable_newsletter ON findable (newsletter) WHERE newsletter IS NOT NULL;

CREATE TRIGGER findable_removed AFTER DELETE ON findable BEGIN
    DELETE FROM search_index WHERE rowid = OLD.n;
END;

CREATE TABLE search_pending (
    n    INTEGER NOT NULL PRIMARY KEY,
    kind TEXT    NOT NULL
         CHECK (kind IN ('card', 'photo', 'message', 'conversation', 'article', 'newsletter')),
    id   INTEGER NOT NULL,
    old  INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, id)
) STRICT;

CREATE INDEX search_pending_now ON search_pending (n) WHERE old = 0;

CREATE INDEX search_pending_old ON search_pending (n) WHERE old = 1;

CREATE TRIGGER article_to_index AFTER INSERT ON articles BEGIN
    DELETE FROM search_pending WHERE kind = 'article' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('article', NEW.n);
END;

CREATE TRIGGER article_text_to_index AFTER UPDATE OF title, snippet, text, published ON articles
WHEN (NEW.title, NEW.snippet, NEW.text, NEW.published)
     IS NOT (OLD.title, OLD.snippet, OLD.text, OLD.published) BEGIN
    DELETE FROM search_pending WHERE kind = 'article' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('article', NEW.n);
END;

CREATE TRIGGER newsletter_to_index AFTER INSERT ON newsletters BEGIN
    DELETE FROM search_pending WHERE kind = 'newsletter' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('newsletter', NEW.n);
END;

CREATE TRIGGER newsletter_text_to_index AFTER UPDATE OF subject, snippet, text, sent ON newsletters
WHEN (NEW.subject, NEW.snippet, NEW.text, NEW.sent)
     IS NOT (OLD.subject, OLD.snippet, OLD.text, OLD.sent) BEGIN
    DELETE FROM search_pending WHERE kind = 'newsletter' AND id = NEW.n;
    INSERT INTO search_pending (kind, id) VALUES ('newsletter', NEW.n);
END;

CREATE TABLE facts (
    name    TEXT    NOT NULL PRIMARY KEY,
    body    TEXT    NOT NULL,
    read_at INTEGER NOT NULL
) STRICT;

CREATE TABLE news (
    n        INTEGER NOT NULL PRIMARY KEY,
    kind     TEXT    NOT NULL
             CHECK (kind IN ('photos', 'diary', 'message', 'article', 'newsletter', 'request',
                             'consent', 'observation')),
    place    TEXT    NOT NULL,               -- the identity of what it stands in
    child    TEXT,                           -- the one child it is about, where it stands with it
    children TEXT    NOT NULL,               -- JSON array of first names
    title    TEXT,
    count    INTEGER NOT NULL,
    at       INTEGER NOT NULL,               -- epoch milliseconds
    told     INTEGER,                        -- epoch milliseconds; NULL while nobody took it
    UNIQUE (kind, place)
) STRICT;

-- ===== media.db =====

CREATE TABLE media (
    n          INTEGER NOT NULL PRIMARY KEY,
    id         TEXT    NOT NULL,
    size       TEXT    NOT NULL CHECK (size IN ('thumb', 'medium')),
    mime       TEXT    NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    pinned     INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    UNIQUE (id, size)
) STRICT;

CREATE INDEX media_by_age ON media (size, pinned, day, n, bytes, id);

CREATE TABLE blobs (
    n    INTEGER NOT NULL PRIMARY KEY REFERENCES media (n) ON DELETE CASCADE,
    data BLOB    NOT NULL
) STRICT;

CREATE TABLE media_totals (
    size  TEXT    NOT NULL PRIMARY KEY,
    bytes INTEGER NOT NULL,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER media_added AFTER INSERT ON media BEGIN
    UPDATE media_totals SET bytes = bytes + NEW.bytes, count = count + 1 WHERE size = NEW.size;
END;

CREATE TRIGGER media_removed AFTER DELETE ON media BEGIN
    UPDATE media_totals SET bytes = bytes - OLD.bytes, count = count - 1 WHERE size = OLD.size;
END;

CREATE TABLE document_files (
    file     TEXT    NOT NULL PRIMARY KEY,  -- names its pieces
    id       TEXT    NOT NULL,              -- whose it is
    begun_at INTEGER NOT NULL,              -- epoch milliseconds
    bytes    INTEGER                        -- NULL until all of it is here
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_file_a_document ON document_files (id) WHERE bytes IS NOT NULL;

CREATE TABLE pieces (
    n     INTEGER NOT NULL PRIMARY KEY,
    file  TEXT    NOT NULL REFERENCES document_files (file) ON DELETE CASCADE,
    start INTEGER NOT NULL,                 -- where in the file it begins
    data  BLOB    NOT NULL CHECK (length(data) BETWEEN 1 AND 1048576),
    UNIQUE (file, start)
) STRICT;

-- ===== outbox.db =====

CREATE TABLE drafts (
    place      TEXT    NOT NULL PRIMARY KEY, -- 'new', 'diary' or 'reply:' and the conversation
    body       TEXT    NOT NULL,             -- JSON
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE writes (
    seq              INTEGER NOT NULL PRIMARY KEY, -- the order of sending
    id               TEXT    NOT NULL UNIQUE,
    target           TEXT    NOT NULL,       -- what must arrive in order has the same target
    body             TEXT    NOT NULL,       -- JSON
    key              TEXT    NOT NULL UNIQUE, -- the idempotency key; the id at first
    state            TEXT    NOT NULL
        CHECK (state IN ('queued', 'sending', 'sent', 'refused', 'unconfirmed')),
    code             TEXT,                   -- the portal's own code and sentence of a refusal
    reason           TEXT,
    attempts         INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    written_at       INTEGER NOT NULL,
    first_attempt_at INTEGER,                -- with this key
    sent_at          INTEGER,
    remote           TEXT, may_be_late INTEGER NOT NULL DEFAULT 0 CHECK (may_be_late IN (0, 1)), told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),                   -- where it stands at the portal
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK (state = 'sent' OR remote IS NULL),
    CHECK (state = 'refused' OR (code IS NULL AND reason IS NULL)),
    CHECK (state NOT IN ('sending', 'unconfirmed') OR first_attempt_at IS NOT NULL),
    CHECK (first_attempt_at IS NULL OR attempts > 0)
) STRICT;

CREATE UNIQUE INDEX one_is_sent_a_target ON writes (target) WHERE state = 'sending';

CREATE INDEX writes_in_the_way ON writes (target, seq)
    WHERE state IN ('queued', 'sending', 'unconfirmed');

CREATE INDEX writes_not_sent ON writes (seq, state, target) WHERE state <> 'sent';

CREATE TRIGGER a_write_begins_queued BEFORE INSERT ON writes
WHEN NEW.state <> 'queued' OR NEW.attempts <> 0 BEGIN
    SELECT RAISE (ABORT, 'a write begins in the queue');
END;

CREATE TRIGGER sent_is_for_good BEFORE UPDATE OF state ON writes
WHEN OLD.state = 'sent' AND NEW.state <> 'sent' BEGIN
    SELECT RAISE (ABORT, 'what was sent stays sent');
END;

CREATE TRIGGER attempts_only_grow BEFORE UPDATE OF attempts ON writes
WHEN NEW.attempts < OLD.attempts BEGIN
    SELECT RAISE (ABORT, 'an attempt was made for good');
END;

CREATE TRIGGER attempts_come_first BEFORE UPDATE OF state ON writes
WHEN NEW.state = 'sending' AND OLD.state <> 'sending' AND NEW.attempts <= OLD.attempts BEGIN
    SELECT RAISE (ABORT, 'an attempt is counted before it is made');
END;

CREATE TRIGGER a_write_stays_as_it_was_given_in BEFORE UPDATE OF id, target, body, written_at ON writes
WHEN (NEW.id, NEW.target, NEW.body, NEW.written_at)
     IS NOT (OLD.id, OLD.target, OLD.body, OLD.written_at) BEGIN
    SELECT RAISE (ABORT, 'a write is edited as a draft');
END;

CREATE TRIGGER nothing_goes_while_it_is_sent BEFORE DELETE ON writes
WHEN OLD.state = 'sending' BEGIN
    SELECT RAISE (ABORT, 'it is being sent');
END;

CREATE TABLE files (
    id         TEXT    NOT NULL PRIMARY KEY,
    draft      TEXT REFERENCES drafts (place) ON DELETE CASCADE,
    write      TEXT REFERENCES writes (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    mime       TEXT    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('photo', 'video')),
    bytes      INTEGER NOT NULL DEFAULT 0,
    sha256     TEXT,                         -- hexadecimal; NULL until it is here as a whole
    upload     TEXT,                         -- the portal's name for its upload
    upload_key TEXT,                         -- the idempotency key of that upload
    sent       INTEGER NOT NULL DEFAULT 0,   -- bytes the portal has
    CHECK (draft IS NULL OR write IS NULL),
    CHECK (write IS NULL OR sha256 IS NOT NULL),
    CHECK (sent BETWEEN 0 AND bytes)
) STRICT, WITHOUT ROWID;

CREATE INDEX files_of_draft ON files (draft, position) WHERE draft IS NOT NULL;

CREATE INDEX files_of_write ON files (write, position) WHERE write IS NOT NULL;

CREATE TRIGGER a_whole_file_stays_as_it_is BEFORE UPDATE OF bytes, sha256 ON files
WHEN OLD.sha256 IS NOT NULL AND (NEW.bytes, NEW.sha256) IS NOT (OLD.bytes, OLD.sha256) BEGIN
    SELECT RAISE (ABORT, 'the file is whole');
END;

CREATE TABLE pieces (
    n     INTEGER NOT NULL PRIMARY KEY,
    file  TEXT    NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,                  -- where in the file it begins
    data  BLOB    NOT NULL CHECK (length(data) BETWEEN 1 AND 1048576),
    UNIQUE (file, start)
) STRICT;

CREATE TABLE forms (
    kind       TEXT    NOT NULL PRIMARY KEY CHECK (kind IN ('extra', 'swap')),
    body       TEXT    NOT NULL,             -- JSON
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE wishes (
    seq     INTEGER NOT NULL PRIMARY KEY,    -- oldest first
    id      TEXT    NOT NULL UNIQUE,
    body    TEXT    NOT NULL,                -- JSON
    ready   INTEGER NOT NULL DEFAULT 0 CHECK (ready IN (0, 1)), -- the portal can be asked now
    told    INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),  -- that it is ready
    kept_at INTEGER NOT NULL
) STRICT;
