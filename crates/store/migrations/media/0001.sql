-- Pictures by identity and size. Their bytes are in a table of their own, so that reading about
-- them does not read them.
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

-- Bytes a size takes, kept up by triggers.
CREATE TABLE media_totals (
    size  TEXT    NOT NULL PRIMARY KEY,
    bytes INTEGER NOT NULL,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO media_totals VALUES ('thumb', 0, 0), ('medium', 0, 0);

CREATE TRIGGER media_added AFTER INSERT ON media BEGIN
    UPDATE media_totals SET bytes = bytes + NEW.bytes, count = count + 1 WHERE size = NEW.size;
END;
CREATE TRIGGER media_removed AFTER DELETE ON media BEGIN
    UPDATE media_totals SET bytes = bytes - OLD.bytes, count = count - 1 WHERE size = OLD.size;
END;
