-- "Berichten": conversations as the portal lists them, and what is known of each besides.
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

INSERT INTO totals VALUES ('conversations', 0), ('unread_conversations', 0);
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

-- What was written in a conversation. A message keeps its number for as long as it stands there.
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

-- Photos that came with a message. The same photo may stand on cards too.
CREATE TABLE message_photos (
    message  INTEGER NOT NULL REFERENCES messages (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    photo    INTEGER NOT NULL REFERENCES photos (n) ON DELETE CASCADE,
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_of_photo ON message_photos (photo, message);

-- Files that came with a message.
CREATE TABLE message_attachments (
    message  INTEGER NOT NULL REFERENCES messages (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;

-- How fresh the list of conversations is. One row.
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
INSERT INTO logbook (one, complete, walk) VALUES (1, 0, 0);

-- A walk over the list that is under way: where it goes on after a break. One row at most.
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

-- What deserves a notification, until a host that raises them takes it.
CREATE TABLE news (
    n        INTEGER NOT NULL PRIMARY KEY,
    kind     TEXT    NOT NULL CHECK (kind IN ('photos', 'diary', 'message')),
    place    TEXT    NOT NULL,               -- a card's or a conversation's identity
    children TEXT    NOT NULL,               -- JSON array of first names
    title    TEXT,
    count    INTEGER NOT NULL,
    at       INTEGER NOT NULL,               -- epoch milliseconds
    UNIQUE (kind, place)
) STRICT;

-- Whose timeline this is, for when `account.db` is damaged. One row at most.
CREATE TABLE owner (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    portal   TEXT    NOT NULL,
    username TEXT    NOT NULL
) STRICT;
