-- Requests around the planning: half-filled forms, and those that wait for the portal to say what
-- is possible.

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

-- The parent said that this absence goes although its day has begun.
ALTER TABLE writes ADD COLUMN may_be_late INTEGER NOT NULL DEFAULT 0 CHECK (may_be_late IN (0, 1));
-- That it was refused was told.
ALTER TABLE writes ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1));
