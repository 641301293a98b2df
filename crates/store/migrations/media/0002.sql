-- Files of documents, in pieces, so that a large one need not be in memory as a whole.
CREATE TABLE document_files (
    file     TEXT    NOT NULL PRIMARY KEY,  -- names its pieces
    id       TEXT    NOT NULL,              -- whose it is
    begun_at INTEGER NOT NULL,              -- epoch milliseconds
    bytes    INTEGER                        -- NULL until all of it is here
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_file_a_document ON document_files (id) WHERE bytes IS NOT NULL;

CREATE TABLE pieces (
    n     INTEGER NOT NULL PRIMARY KEY,
    file  TEXT    NOT NULL REFERENCES document_files (file) ON DELETE CASCADE,
    start INTEGER NOT NULL,                 -- where in the file it begins
    data  BLOB    NOT NULL CHECK (length(data) BETWEEN 1 AND 1048576),
    UNIQUE (file, start)
) STRICT;
