-- Links may come from an assistant that read both texts, beside the machine and people. A check cannot be changed in
-- place, so the table is made anew with the same rows.

CREATE TABLE links_of_all_origins (
    id TEXT PRIMARY KEY,
    from_id TEXT NOT NULL REFERENCES items (id) DEFERRABLE INITIALLY DEFERRED,
    to_id TEXT NOT NULL REFERENCES items (id) DEFERRABLE INITIALLY DEFERRED,
    relation TEXT NOT NULL,
    score REAL NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('machine', 'assistant', 'person')),
    state TEXT NOT NULL CHECK (state IN ('suggested', 'accepted', 'rejected')),
    why TEXT NOT NULL,
    evidence TEXT NOT NULL,
    sure INTEGER NOT NULL DEFAULT 1 CHECK (sure IN (0, 1))
) WITHOUT ROWID;
INSERT INTO links_of_all_origins
    SELECT id, from_id, to_id, relation, score, origin, state, why, evidence, sure FROM links;
DROP TABLE links;
ALTER TABLE links_of_all_origins RENAME TO links;
CREATE INDEX links_from ON links (from_id, to_id);
CREATE INDEX links_to ON links (to_id, from_id);
