-- What this parent writes. Nothing here can be fetched again, so nothing goes unless it was sent
-- or the parent says so. Instants are epoch milliseconds, UTC.

-- One half-written thing a place.
CREATE TABLE drafts (
    place      TEXT    NOT NULL PRIMARY KEY, -- 'new', 'diary' or 'reply:' and the conversation
    body       TEXT    NOT NULL,             -- JSON
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Writes, from the moment they are given in until they stand in what is read.
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
    remote           TEXT,                   -- where it stands at the portal
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

-- Photos and videos that go along, each with a draft or with a write. One with neither is still
-- being made ready.
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

-- Their bytes, in pieces, so that a film need not be in memory as a whole: one that is added from a
-- file and sent is not, one that is pasted is until it is here.
CREATE TABLE pieces (
    n     INTEGER NOT NULL PRIMARY KEY,
    file  TEXT    NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,                  -- where in the file it begins
    data  BLOB    NOT NULL CHECK (length(data) BETWEEN 1 AND 1048576),
    UNIQUE (file, start)
) STRICT;
