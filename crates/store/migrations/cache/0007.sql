-- News of the organisation, as the portal lists it. Instants are epoch milliseconds, UTC.
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

-- What a news item says: words, or a picture.
CREATE TABLE article_parts (
    article  INTEGER NOT NULL REFERENCES articles (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    html     TEXT,                           -- cleaned
    photo    INTEGER REFERENCES photos (n) ON DELETE CASCADE,
    PRIMARY KEY (article, position),
    CHECK ((html IS NULL) <> (photo IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX articles_of_photo ON article_parts (photo, article) WHERE photo IS NOT NULL;

-- Newsletters, as the portal lists them.
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

-- Pictures of newsletters on other people's servers. They are fetched when the parent asks.
CREATE TABLE newsletter_pictures (
    newsletter INTEGER NOT NULL REFERENCES newsletters (n) ON DELETE CASCADE,
    id         TEXT    NOT NULL,             -- as the media protocol knows it
    address    TEXT    NOT NULL,
    PRIMARY KEY (newsletter, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX newsletter_pictures_by_id ON newsletter_pictures (id, newsletter);

-- How fresh the lists of both are.
CREATE TABLE bulletins (
    name     TEXT    NOT NULL PRIMARY KEY CHECK (name IN ('articles', 'newsletters')),
    fresh_at INTEGER,                        -- it was read without trouble
    counter  INTEGER,                        -- what the portal counted as new then
    complete INTEGER NOT NULL DEFAULT 0      -- it was read to its end once
) STRICT, WITHOUT ROWID;
INSERT INTO bulletins (name) VALUES ('articles'), ('newsletters');

INSERT INTO totals VALUES ('unread_articles', 0), ('unread_newsletters', 0);
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

-- News and newsletters deserve a notification too. What a table allows cannot be changed: it is
-- made anew with what is in it.
CREATE TABLE news_before AS SELECT * FROM news;
DROP TABLE news;
CREATE TABLE news (
    n        INTEGER NOT NULL PRIMARY KEY,
    kind     TEXT    NOT NULL
             CHECK (kind IN ('photos', 'diary', 'message', 'article', 'newsletter')),
    place    TEXT    NOT NULL,               -- the identity of what it stands in
    children TEXT    NOT NULL,               -- JSON array of first names
    title    TEXT,
    count    INTEGER NOT NULL,
    at       INTEGER NOT NULL,               -- epoch milliseconds
    told     INTEGER,                        -- epoch milliseconds; NULL while nobody took it
    UNIQUE (kind, place)
) STRICT;
INSERT INTO news (n, kind, place, children, title, count, at, told)
    SELECT n, kind, place, children, title, count, at, told FROM news_before ORDER BY n;
DROP TABLE news_before;
CREATE TRIGGER read_article_is_no_news AFTER UPDATE OF unread ON articles
WHEN OLD.unread = 1 AND NEW.unread = 0 BEGIN
    DELETE FROM news WHERE kind = 'article' AND place = NEW.id;
END;
CREATE TRIGGER read_newsletter_is_no_news AFTER UPDATE OF unread ON newsletters
WHEN OLD.unread = 1 AND NEW.unread = 0 BEGIN
    DELETE FROM news WHERE kind = 'newsletter' AND place = NEW.id;
END;

-- And they can be found.
CREATE TABLE findable_before AS SELECT * FROM findable;
DROP TABLE findable;
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
INSERT INTO findable (n, card, photo, message, conversation)
    SELECT n, card, photo, message, conversation FROM findable_before;
DROP TABLE findable_before;
CREATE UNIQUE INDEX findable_card ON findable (card) WHERE card IS NOT NULL;
CREATE UNIQUE INDEX findable_photo ON findable (photo) WHERE photo IS NOT NULL;
CREATE UNIQUE INDEX findable_message ON findable (message) WHERE message IS NOT NULL;
CREATE UNIQUE INDEX findable_conversation ON findable (conversation) WHERE conversation IS NOT NULL;
CREATE UNIQUE INDEX findable_article ON findable (article) WHERE article IS NOT NULL;
CREATE UNIQUE INDEX findable_newsletter ON findable (newsletter) WHERE newsletter IS NOT NULL;
CREATE TRIGGER findable_removed AFTER DELETE ON findable BEGIN
    DELETE FROM search_index WHERE rowid = OLD.n;
END;

CREATE TABLE search_pending_before AS SELECT * FROM search_pending;
DROP TABLE search_pending;
CREATE TABLE search_pending (
    n    INTEGER NOT NULL PRIMARY KEY,
    kind TEXT    NOT NULL
         CHECK (kind IN ('card', 'photo', 'message', 'conversation', 'article', 'newsletter')),
    id   INTEGER NOT NULL,
    old  INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, id)
) STRICT;
INSERT INTO search_pending (n, kind, id, old)
    SELECT n, kind, id, old FROM search_pending_before ORDER BY n;
DROP TABLE search_pending_before;
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
