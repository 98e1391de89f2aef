-- The first schema: documents with their bytes and text, items, doubts, people's edits, and the history of all.
-- Tables named in ledger.TRACKED are written through the ledger alone; each has a text `id` as its key.

-- Bytes by their own hash, compressed by zlib: original files, decoded texts, line accounts. Never changed.
CREATE TABLE blobs (
    sha256 TEXT PRIMARY KEY,
    data BLOB NOT NULL
) WITHOUT ROWID;

-- `metadata` is JSON as read; `title` and `dated` ("" where unknown) are what holds with people's edits over it.
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('present', 'removed')),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    text_sha256 TEXT NOT NULL REFERENCES blobs DEFERRABLE INITIALLY DEFERRED,
    lines_sha256 TEXT NOT NULL REFERENCES blobs DEFERRABLE INITIALLY DEFERRED,
    characters INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    title TEXT NOT NULL,
    dated TEXT NOT NULL,
    finding_sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX documents_in_order ON documents (dated, name, id);

-- Every hash of bytes that a document is or was.
CREATE TABLE versions (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
CREATE INDEX versions_by_document ON versions (document_id);

-- What people set of a document; id is "document/field".
CREATE TABLE edits (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents DEFERRABLE INITIALLY DEFERRED,
    field TEXT NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX edits_by_document ON edits (document_id);

-- `detail` is JSON of what no filter asks for; `bodies` the ids resolved, parted by spaces; `folded` what a search reads.
CREATE TABLE items (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents DEFERRABLE INITIALLY DEFERRED,
    state TEXT NOT NULL CHECK (state IN ('present', 'retired')),
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT,
    part INTEGER,
    batch TEXT,
    parent TEXT,
    text TEXT NOT NULL,
    due TEXT,
    status TEXT,
    line_start INTEGER NOT NULL,
    line_end INTEGER NOT NULL,
    page INTEGER,
    bodies TEXT NOT NULL,
    detail TEXT NOT NULL,
    folded TEXT NOT NULL
);
-- The first two end in what makes counting need no more than the index.
CREATE INDEX items_in_document ON items (document_id, position, id, kind, state);
CREATE INDEX items_by_kind ON items (kind, document_id, position, id, state);
CREATE INDEX items_by_key ON items (document_id, key);
CREATE INDEX items_by_batch ON items (batch) WHERE batch IS NOT NULL;
CREATE INDEX items_by_due ON items (due) WHERE due IS NOT NULL;
CREATE INDEX items_by_status ON items (status) WHERE status IS NOT NULL;
CREATE INDEX items_by_number ON items (number) WHERE number IS NOT NULL;

-- Derived from items.bodies.
CREATE TABLE item_bodies (
    body_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    PRIMARY KEY (body_id, item_id)
) WITHOUT ROWID;

-- Derived from items.folded: which pairs of neighbouring characters an item holds; rowid is items.n.
CREATE VIRTUAL TABLE item_search USING fts5 (grams, content = '', detail = none, columnsize = 0, tokenize = 'ascii');

CREATE TABLE issues (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    line INTEGER NOT NULL,
    item_key TEXT,
    spans TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX issues_in_document ON issues (document_id, line);

-- The history: what was done, and each row as it stood before (NULL where it did not exist). Only ever added to.
CREATE TABLE change_sets (
    number INTEGER PRIMARY KEY,
    action INTEGER NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL,
    undoes INTEGER REFERENCES change_sets,
    counts TEXT NOT NULL
);
CREATE INDEX change_sets_by_action ON change_sets (action);
CREATE INDEX change_sets_by_subject ON change_sets (subject);
CREATE UNIQUE INDEX change_sets_by_undoes ON change_sets (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE changes (
    set_number INTEGER NOT NULL REFERENCES change_sets DEFERRABLE INITIALLY DEFERRED,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    before TEXT,
    PRIMARY KEY (set_number, table_name, row_id)
) WITHOUT ROWID;
CREATE INDEX changes_by_row ON changes (row_id, table_name, set_number);
