-- Where bytes were fetched from and when, and the addresses that are watched for a new edition.

-- id is "sha256 address"; `final_address` is where redirects led.
CREATE TABLE origins (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    sha256 TEXT NOT NULL,
    address TEXT NOT NULL,
    final_address TEXT NOT NULL,
    fetched_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX origins_of_document ON origins (document_id);

-- id is the address; the rest is what its place said of its bytes the last time, "" where nothing is known.
CREATE TABLE watches (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    checked_at TEXT NOT NULL
) WITHOUT ROWID;
