"""Full-text search over items with tantivy: ranked by BM25, kept in a folder or in memory.

The index is a cache. It holds no words to show, only ids; what it finds is read again from the register. Each document
has a mark beside its items that says from what they were indexed, and comes and goes with them in one commit, so that
an index that was left in the middle still tells truly what it holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from deedline.register.index_folder import UnsoundIndexError
from deedline.register.index_values import Clause, Entered, Narrowed, Ranked

_TEXT, _AROUND, _LETTERS = "text", "around", "letters"
_ELSEWHERE = 0.4  # what a word in headings, names and bodies counts, beside one in the item's own words
_TOGETHER = 2.0  # what it counts that all of a longer word stands together
_HEAP = 96_000_000
_EXACT = ("document", "kind", "status", "batch", "number", "parent", "body", "section", "name", "mark")
_MOST_DOCUMENTS = 1_000_000


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in (_TEXT, _AROUND):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(_LETTERS, tokenizer_name="whitespace", index_option="freq")
    for name in _EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("due", "year"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_unsigned_field("ident", fast=True, indexed=True)
    builder.add_bytes_field("made", stored=True, indexed=False)
    return builder.build()


class WordIndex:
    """The index in a folder, or in memory where `folder` is None; made where there is none, which `fresh` says.

    Every method raises UnsoundIndexError where what is in the folder is no sound index of this kind. Searches may run
    in several threads at once. One process writes at a time; that is for the caller to see to.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.fresh = folder is None or not self.is_in(folder)
        self._schema = _schema()
        with self._explained():
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=None if folder is None else str(folder))
            self._index.config_reader("manual")
        self.reload()

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether a folder has an index, sound or not."""
        return (folder / "meta.json").exists()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:
            raise UnsoundIndexError(f"{self.folder}: the search index cannot be used ({error}); delete it") from error
        except BaseException as error:
            if type(error).__module__ != "pyo3_runtime":
                raise
            # What the engine did not expect of a damaged file ends here, as what it does expect.
            raise UnsoundIndexError(f"{self.folder}: the search index is damaged; delete it") from error

    def reload(self) -> None:
        """See what was committed since, by whatever process."""
        with self._explained():
            self._index.reload()
            self._searcher = self._index.searcher()

    # What it holds

    def held(self) -> dict[str, str]:
        """For each document that is indexed, from what: the fingerprint that `write` was given."""
        query = Query.term_query(self._schema, "mark", "document")
        with self._explained():
            searcher = self._searcher
            found = searcher.search(query, _MOST_DOCUMENTS, count=False) if searcher.num_docs else None
            marks = (searcher.doc(at).get_first("made") for _, at in found.hits) if found else ()
            return dict(json.loads(bytes(made)) for made in marks if made is not None)

    def held_any(self) -> bool:
        """Whether anything is indexed."""
        return int(self._searcher.num_docs) > 0

    def terms_beginning(self, name: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Terms of a field that begin so, in the order of their characters, with in how many items they stand."""
        with self._explained():
            found = self._searcher.terms_with_prefix(name, prefix, None, limit)
        return [(str(text), int(count)) for text, count in found]

    # Searching

    def find(self, clauses: Sequence[Clause], narrowed: Narrowed, limit: int, *, most: bool = False) -> Ranked:
        """Items that fit all filters and all clauses, or `most` of these; by their scores, then by their ids."""
        wanted = [self._clause(clause) for clause in clauses if not clause.out]
        parts = [(Occur.MustNot, self._clause(clause)) for clause in clauses if clause.out]
        if most:
            wanted = [Query.boolean_query([(Occur.Should, query) for query in wanted], len(wanted) // 2 + 1)]
        parts += [(Occur.Must, query) for query in [*wanted, *self._filters(narrowed)]]
        return self._ranked(Query.boolean_query(parts), limit)

    def find_rendered(
        self,
        units: Sequence[Sequence[Sequence[Clause]]],
        clauses: Sequence[Clause],
        narrowed: Narrowed,
        limit: int,
        *,
        most: bool = False,
    ) -> Ranked:
        """Items that fit all filters and every unit, or `most` of these, beside those that `find` gives for `clauses`.

        A unit fits in any of its ways, each some clauses that all fit. The first way of each is the words as they were
        asked for: at least one unit fits in another one.
        """
        ways = [[self._together(way) for way in unit if way] for unit in units]
        any_way = [self._any(queries) for queries in ways]
        if most:
            any_way = [Query.boolean_query([(Occur.Should, query) for query in any_way], len(any_way) // 2 + 1)]
        parts = [(Occur.Must, query) for query in [*any_way, *self._filters(narrowed)]]
        if others := [query for queries in ways for query in queries[1:]]:
            parts.append((Occur.Must, Query.const_score_query(self._any(others), 0.0)))
        parts += [(Occur.MustNot, self._clause(clause)) for clause in clauses if clause.out]
        parts.append((Occur.MustNot, self._together([clause for clause in clauses if not clause.out])))
        return self._ranked(Query.boolean_query(parts), limit)

    def _together(self, clauses: Sequence[Clause]) -> Any:
        if len(clauses) == 1:
            return self._clause(clauses[0])
        return Query.boolean_query([(Occur.Must, self._clause(clause)) for clause in clauses])

    @staticmethod
    def _any(queries: Sequence[Any]) -> Any:
        return queries[0] if len(queries) == 1 else Query.disjunction_max_query(list(queries))

    def fitting(self, narrowed: Narrowed, limit: int, out: Sequence[Clause] = ()) -> Ranked:
        """Items that fit the filters, and have nothing of what is `out`; no order is promised."""
        wanted = [*self._filters(narrowed), Query.const_score_query(Query.exists_query("ident"), 0.0)]
        parts = [(Occur.Must, query) for query in wanted] + [(Occur.MustNot, self._clause(clause)) for clause in out]
        return self._ranked(Query.boolean_query(parts), limit)

    def texts(self, clause: Clause, limit: int) -> list[str]:
        """How some of the items that fit begin, as they show themselves."""
        with self._explained():
            searcher = self._searcher
            found = searcher.search(self._clause(clause), max(1, limit), count=False)
            shown = (searcher.doc(at).get_first("made") for _, at in found.hits)
            return [bytes(made).decode() for made in shown if made]

    def _ranked(self, query: Any, limit: int) -> Ranked:
        searcher = self._searcher
        with self._explained():
            found: Any = searcher.search(query, max(1, limit))  # its types leave out how many it counted
            idents = searcher.fast_field_values("ident", [at for _, at in found.hits]) if found.hits else []
        scored = [(f"{ident:016x}", float(score)) for ident, (score, _) in zip(idents, found.hits, strict=True)]
        return Ranked(tuple(sorted(scored, key=lambda pair: (-round(pair[1], 4), pair[0]))), int(found.count))

    def _clause(self, clause: Clause) -> Any:
        if len(clause.terms) == 1:
            return self._term(clause.terms[0])
        together = [
            Query.phrase_query(self._schema, _TEXT, list(clause.terms)),
            Query.boost_query(Query.phrase_query(self._schema, _AROUND, list(clause.terms)), _ELSEWHERE),
        ]
        phrase = Query.disjunction_max_query(together)
        if clause.exact:
            return phrase
        most = [(Occur.Should, self._term(term)) for term in clause.terms]
        loose = Query.boolean_query(most, len(clause.terms) // 2 + 1)
        return Query.boolean_query([(Occur.Must, loose), (Occur.Should, Query.boost_query(phrase, _TOGETHER))])

    def _term(self, term: str) -> Any:
        if len(term) == 1 and not term.isascii():
            return Query.term_query(self._schema, _LETTERS, term)
        around = Query.boost_query(Query.term_query(self._schema, _AROUND, term), _ELSEWHERE)
        return Query.disjunction_max_query([Query.term_query(self._schema, _TEXT, term), around], 0.3)

    def _filters(self, narrowed: Narrowed) -> list[Any]:
        asked = [Query.term_query(self._schema, name, value) for name, value in narrowed.exact.items()]
        first, last = (day and day.toordinal() for day in narrowed.due)
        if first or last:
            kind = tantivy.FieldType.Integer
            asked.append(Query.range_query(self._schema, "due", kind, first or 0, last or date.max.toordinal()))
        if narrowed.year is not None:
            asked.append(Query.term_query(self._schema, "year", narrowed.year))
        if narrowed.without:
            out = Query.term_set_query(self._schema, "document", list(narrowed.without))
            asked.append(Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, out)]))
        return [Query.const_score_query(query, 0.0) for query in asked]

    # Writing

    def write(
        self,
        changed: Iterable[tuple[str, str, Iterable[Entered]]],
        gone: Iterable[str] = (),
        *,
        together: int = 100_000,
    ) -> int:
        """Index documents, given with their fingerprints and items, in place of what was held of them.

        Takes out those that are `gone`. Each document is committed whole or not at all; a commit is made every
        `together` items. How many items were written.
        """
        written = since = 0
        with self._explained(), self._writer() as writer:
            for document in gone:
                writer.delete_documents_by_term("document", document)
            for document, fingerprint, entries in changed:
                writer.delete_documents_by_term("document", document)
                for entered in entries:
                    writer.add_document(_document(document, entered))
                    since += 1
                writer.add_document(_mark(document, fingerprint))
                if since >= together:
                    writer.commit()
                    written, since = written + since, 0
        self.reload()
        return written + since

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        """Commits at the end; what a fault leaves uncommitted is taken back (the engine's own way would commit it)."""
        writer = self._index.writer(_HEAP, 1)
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()


def _document(document: str, entered: Entered) -> Any:
    made = tantivy.Document(document=document)
    made.add_unsigned("ident", int(entered.id, 16))
    made.add_bytes("made", entered.shown.encode("utf-8", "replace"))
    made.add_text(_TEXT, " ".join(entered.text))
    made.add_text(_AROUND, " ".join(entered.around))
    made.add_text(_LETTERS, " ".join(entered.letters))
    for name, values in entered.exact.items():
        for value in values:
            made.add_text(name, value)
    if entered.due is not None:
        made.add_integer("due", entered.due.toordinal())
    if entered.year is not None:
        made.add_integer("year", entered.year)
    return made


def _mark(document: str, fingerprint: str) -> Any:
    made = tantivy.Document(document=document, mark="document")
    made.add_bytes("made", json.dumps([document, fingerprint]).encode())
    return made
