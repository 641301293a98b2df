-- What can be found again: one row for each text, in the order it is found in. `n` is its instant
-- (seconds since 1970-01-01 on the clock in Amsterdam) times 2^24, and a number within it.
CREATE TABLE findable (
    n            INTEGER NOT NULL PRIMARY KEY,
    card         INTEGER REFERENCES entries (card) ON DELETE CASCADE,
    photo        INTEGER REFERENCES photos (n) ON DELETE CASCADE,
    message      INTEGER REFERENCES messages (n) ON DELETE CASCADE,
    conversation INTEGER REFERENCES conversations (n) ON DELETE CASCADE,
    CHECK ((card IS NOT NULL) + (photo IS NOT NULL) + (message IS NOT NULL)
           + (conversation IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX findable_card ON findable (card) WHERE card IS NOT NULL;
CREATE UNIQUE INDEX findable_photo ON findable (photo) WHERE photo IS NOT NULL;
CREATE UNIQUE INDEX findable_message ON findable (message) WHERE message IS NOT NULL;
CREATE UNIQUE INDEX findable_conversation ON findable (conversation) WHERE conversation IS NOT NULL;

-- Its words, folded, each once; and their Dutch stems. The texts themselves stay where they are.
CREATE VIRTUAL TABLE search_index USING fts5 (
    words, stems, subject, subject_stems,
    content = '', contentless_delete = 1, detail = column, prefix = '2 3', tokenize = 'ascii'
);
CREATE TRIGGER findable_removed AFTER DELETE ON findable BEGIN
    DELETE FROM search_index WHERE rowid = OLD.n;
END;

-- Texts that changed. They are indexed before the change is committed; old ones, from before there
-- was a search, bit by bit.
CREATE TABLE search_pending (
    n    INTEGER NOT NULL PRIMARY KEY,
    kind TEXT    NOT NULL CHECK (kind IN ('card', 'photo', 'message', 'conversation')),
    id   INTEGER NOT NULL,
    old  INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, id)
) STRICT;
CREATE INDEX search_pending_now ON search_pending (n) WHERE old = 0;
CREATE INDEX search_pending_old ON search_pending (n) WHERE old = 1;

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

-- What is here already, oldest first: the newest is indexed first.
INSERT INTO search_pending (kind, id, old)
    SELECT 'photo', n, 1 FROM photos WHERE caption IS NOT NULL ORDER BY day;
INSERT INTO search_pending (kind, id, old) SELECT 'message', n, 1 FROM messages ORDER BY at;
INSERT INTO search_pending (kind, id, old)
    SELECT 'conversation', n, 1 FROM conversations ORDER BY last_written;
INSERT INTO search_pending (kind, id, old)
    SELECT 'card', card, 1 FROM entries JOIN cards ON cards.n = entries.card ORDER BY day;
