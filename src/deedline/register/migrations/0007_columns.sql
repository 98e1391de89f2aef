-- What a person said of the columns of spreadsheets, by the set of their headers.

-- id stands for the set of headers; `headers` is the list of them as first seen, `said` is column by header, both JSON.
CREATE TABLE columns (
    id TEXT PRIMARY KEY,
    headers TEXT NOT NULL,
    said TEXT NOT NULL
) WITHOUT ROWID;
