-- Lists by body and by day of a large register: all that their filters ask stands in the index.

CREATE TABLE item_bodies_asked (
    body_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    item_id TEXT NOT NULL,
    state TEXT NOT NULL,
    due TEXT,
    PRIMARY KEY (body_id, kind, item_id)
) WITHOUT ROWID;
INSERT INTO item_bodies_asked
    SELECT b.body_id, i.kind, i.id, i.state, i.due FROM item_bodies b CROSS JOIN items i ON i.id = b.item_id
    ORDER BY 1, 2, 3;
DROP TABLE item_bodies;
-- Derived from items: a row for each body that an item names.
ALTER TABLE item_bodies_asked RENAME TO item_bodies;
CREATE INDEX item_bodies_by_due ON item_bodies (body_id, due, item_id, kind, state) WHERE due IS NOT NULL;

DROP INDEX items_by_due;
CREATE INDEX items_by_due ON items (due, id, kind, state) WHERE due IS NOT NULL;
