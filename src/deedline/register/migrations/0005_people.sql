-- What people hold of an item's values, and of doubts of reading, over what was read.

-- The columns that reading alone would give, as JSON, where a person holds other values; NULL where nobody does.
ALTER TABLE items ADD COLUMN as_read TEXT;
CREATE INDEX items_corrected ON items (document_id) WHERE as_read IS NOT NULL;

-- id is "item/field" or "item/field:of"; `detail` what goes with the value: a body's name, the day of a status.
CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    item_id TEXT NOT NULL REFERENCES items (id) DEFERRABLE INITIALLY DEFERRED,
    field TEXT NOT NULL,
    of TEXT NOT NULL,
    value TEXT NOT NULL,
    detail TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX corrections_of_item ON corrections (item_id, id);

-- id stands for a doubt by its document, item, code and the words in doubt, wherever these stand by now.
CREATE TABLE settlements (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    state TEXT NOT NULL CHECK (state IN ('resolved', 'dismissed')),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX settlements_of_document ON settlements (document_id);
ALTER TABLE issues ADD COLUMN settlement TEXT REFERENCES settlements (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX issues_settled ON issues (settlement) WHERE settlement IS NOT NULL;

-- The history of an item asks for the links that lead to it, those deleted too.
CREATE INDEX changes_by_target ON changes (substr(row_id, 18), set_number) WHERE table_name = 'links';
