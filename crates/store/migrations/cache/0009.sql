-- Judged requests, consents that wait and observations deserve a notification too. What a table
-- allows cannot be changed: it is made anew with what is in it.
CREATE TABLE news_before AS SELECT * FROM news;
DROP TABLE news;
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
INSERT INTO news (n, kind, place, children, title, count, at, told)
    SELECT n, kind, place, children, title, count, at, told FROM news_before ORDER BY n;
DROP TABLE news_before;

-- Requests that were judged before they were first read are no news.
ALTER TABLE planning ADD COLUMN requests_at INTEGER; -- requests were read, last
