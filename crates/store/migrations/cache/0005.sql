-- The planning. A slot has no identity at the portal; it is derived from child, day and ordinal.
-- Days are days since 1970-01-01 in Amsterdam, instants epoch milliseconds, UTC.
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

-- Days with something to tell.
CREATE TABLE day_marks (
    day            INTEGER NOT NULL PRIMARY KEY,
    closed         TEXT,
    school_holiday TEXT,
    CHECK (closed IS NOT NULL OR school_holiday IS NOT NULL)
) STRICT;

-- How far the planning is known, and how fresh.
CREATE TABLE planning (
    one         INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    known_from  INTEGER,
    known_until INTEGER,
    fresh_at    INTEGER,
    stale       INTEGER NOT NULL DEFAULT 0, -- the portal says so
    rules       TEXT,                       -- JSON: what holds at the organisation
    CHECK ((known_from IS NULL) = (known_until IS NULL)),
    CHECK (known_from IS NULL OR known_from <= known_until)
) STRICT;
INSERT INTO planning (one) VALUES (1);

-- Requests and absences as the portal last told them, whole.
CREATE TABLE care_requests (
    id      TEXT    NOT NULL PRIMARY KEY,
    sent_at INTEGER NOT NULL,
    body    TEXT    NOT NULL                -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX care_requests_newest_first ON care_requests (sent_at DESC, id);

-- Credits as the portal last told them.
CREATE TABLE credits (
    id       TEXT    NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,              -- the portal's order
    body     TEXT    NOT NULL               -- JSON
) STRICT, WITHOUT ROWID;
