-- Whether the machine states a link without a person's review, and which documents were linked, from what content.

ALTER TABLE links ADD COLUMN sure INTEGER NOT NULL DEFAULT 1 CHECK (sure IN (0, 1));

-- id is "from to", as links run; `fingerprint` stands for the content and the engine that the links were made from.
CREATE TABLE linkings (
    id TEXT PRIMARY KEY,
    from_document TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    to_document TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    fingerprint TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX linkings_from ON linkings (from_document);
CREATE INDEX linkings_to ON linkings (to_document);
