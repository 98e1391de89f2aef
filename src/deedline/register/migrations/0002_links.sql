-- Links between items, and what people held of them.

-- id is "from to": one link for an ordered pair. `why` and `evidence` are JSON lists.
CREATE TABLE links (
    id TEXT PRIMARY KEY,
    from_id TEXT NOT NULL REFERENCES items (id) DEFERRABLE INITIALLY DEFERRED,
    to_id TEXT NOT NULL REFERENCES items (id) DEFERRABLE INITIALLY DEFERRED,
    relation TEXT NOT NULL,
    score REAL NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('machine', 'person')),
    state TEXT NOT NULL CHECK (state IN ('suggested', 'accepted', 'rejected')),
    why TEXT NOT NULL,
    evidence TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX links_from ON links (from_id, to_id);
CREATE INDEX links_to ON links (to_id, from_id);

-- Only ever added to; `number` is the change set's, `state` NULL where an undo withdrew what was held of the pair.
CREATE TABLE judgements (
    number INTEGER PRIMARY KEY REFERENCES change_sets,
    from_id TEXT NOT NULL,
    to_id TEXT NOT NULL,
    relation TEXT NOT NULL,
    state TEXT CHECK (state IN ('accepted', 'rejected')),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL
);
CREATE INDEX judgements_from ON judgements (from_id);
CREATE INDEX judgements_to ON judgements (to_id);
