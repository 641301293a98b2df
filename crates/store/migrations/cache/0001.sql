-- Days are numbers: days since 1970-01-01, in Amsterdam. Instants are epoch milliseconds, UTC.

-- The children the portal lists, attending or no longer.
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

-- Cards a child has, kept up by triggers, so that the filter need not count.
CREATE TABLE child_cards (
    child TEXT    NOT NULL PRIMARY KEY,
    cards INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Counts shown on screen, kept up by triggers.
CREATE TABLE totals (
    name  TEXT    NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO totals VALUES ('cards', 0), ('photos', 0), ('thumbs', 0), ('mediums', 0);

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

-- The children on a card, with the group each was in then.
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

-- The diary entry of a journal card.
CREATE TABLE entries (
    card        INTEGER NOT NULL PRIMARY KEY REFERENCES cards (n) ON DELETE CASCADE,
    id          TEXT    NOT NULL,            -- the portal's journalId
    author      TEXT,
    author_kind TEXT    NOT NULL CHECK (author_kind IN ('employee', 'parent', 'unknown')),
    html        TEXT    NOT NULL,            -- cleaned
    text        TEXT    NOT NULL,
    edited      INTEGER NOT NULL
) STRICT;

-- The day rhythm of an entry.
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

-- Files that came with an entry.
CREATE TABLE attachments (
    card     INTEGER NOT NULL REFERENCES entries (card) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    PRIMARY KEY (card, position)
) STRICT, WITHOUT ROWID;

-- Photos and videos, each once, on however many cards it stands.
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

-- Which photos stand on which card, and where on it.
CREATE TABLE card_photos (
    card     INTEGER NOT NULL REFERENCES cards (n) ON DELETE CASCADE,
    place    INTEGER NOT NULL,               -- 0 the entry's photos, 1 the card's own
    position INTEGER NOT NULL,
    photo    INTEGER NOT NULL REFERENCES photos (n) ON DELETE CASCADE,
    PRIMARY KEY (card, place, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX cards_of_photo ON card_photos (photo, card);

-- The parent's own children in a photo.
CREATE TABLE photo_children (
    photo INTEGER NOT NULL REFERENCES photos (n) ON DELETE CASCADE,
    child TEXT    NOT NULL,
    PRIMARY KEY (photo, child)
) STRICT, WITHOUT ROWID;

-- Pictures of the children.
CREATE TABLE avatars (
    id    TEXT    NOT NULL PRIMARY KEY,      -- of the owner and the address without its query
    child TEXT    NOT NULL,
    state INTEGER NOT NULL DEFAULT 0         -- 0 not here, 1 here, 3 broken
) STRICT, WITHOUT ROWID;
CREATE INDEX avatars_missing ON avatars (id) WHERE state = 0;

-- Pictures that could not be read, and when they may be tried again.
CREATE TABLE broken (
    id       TEXT    NOT NULL,
    size     TEXT    NOT NULL CHECK (size IN ('thumb', 'medium')),
    retry_at INTEGER NOT NULL,
    PRIMARY KEY (id, size)
) STRICT, WITHOUT ROWID;
CREATE INDEX broken_by_time ON broken (retry_at);

-- How fresh a feed is.
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

-- A walk over a feed that is under way: where it goes on after a break.
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
