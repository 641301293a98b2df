-- Documents of the administration as the portal last listed them. Their files are in media.db.
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

-- Lists that were read, also empty ones.
CREATE TABLE document_lists (
    kind    TEXT    NOT NULL,
    year    INTEGER NOT NULL,
    read_at INTEGER NOT NULL,               -- epoch milliseconds
    PRIMARY KEY (kind, year)
) STRICT, WITHOUT ROWID;

-- When the newest year, and when every year, was last read as a whole.
CREATE TABLE documents_read (
    one       INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    fresh_at  INTEGER,
    walked_at INTEGER
) STRICT;
INSERT INTO documents_read (one) VALUES (1);
