from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.errors import InputError, LimitError
from deedline.model.item import ItemKind
from deedline.operations import (
    How,
    Meaning,
    SearchPage,
    SearchQuery,
    found_items,
    indexing,
    meaning,
    prepare_search,
    search,
    searching,
)
from deedline.operations.suggesting import suggest_words
from deedline.operations.wording import LONGEST, clauses_of
from deedline.register import ItemQuery, Register, open_register
from deedline.register.index_folder import locked
from deedline.register.vectors import Floats
from tests.operations.town import AT, edition, line, submission
from tests.register.making import Entry

TOWN = (
    line("發展氫能產業，工務局在2026年底前建成三個加氫站", due=("2026年底", date(2026, 12, 31))),
    line("推行「智慧巴士」計劃，引入氫能巴士"),
    line("興建圖書館 hydrogen lab"),
)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a cache folder of its own, and nothing open from another."""
    monkeypatch.setenv("DEEDLINE_CACHE", str(tmp_path / "cache"))
    for kept in (indexing._OPEN, indexing._MENDED, indexing._AVOIDED):
        kept.clear()


@pytest.fixture
def town(register: Register) -> Register:
    edition("2025", date(2025, 9, 1), *TOWN).put(register)
    submission("chamber", date(2024, 3, 1), "政府應資助氫能研究", "增設圖書館").put(register)
    return register


def words(register: Register, typed: str, **more: object) -> SearchPage:
    query = SearchQuery(typed, meaning=Meaning.NEVER)
    return search(register, replace(query, **more))  # type: ignore[arg-type]


def texts(page: SearchPage) -> list[str]:
    return [hit.stored.item.text[:6] for hit in page.hits]


def marked(page: SearchPage) -> set[str]:
    return {
        match.text[a:b] for hit in page.hits for match in hit.matches if not match.stands_for for a, b in match.spans
    }


def test_words_are_found_in_any_script_and_width_and_marked_as_printed(town: Register) -> None:
    for typed in ("氫能", "氢能", "「氢能」"):
        page = words(town, typed)
        assert page.total == 3
        assert marked(page) == {"氫能"}
    assert marked(words(town, "ＨＹＤＲＯＧＥＮ")) == {"hydrogen"}
    assert words(town, "圖書").total == 2
    assert words(town, "圖書館 hydrogen").total == 1


def test_every_hit_says_where_its_words_stand(town: Register) -> None:
    page = words(town, "氫能 巴士")
    assert texts(page) == ["推行「智慧巴"]
    (match,) = [match for match in page.hits[0].matches if match.field == "text"]
    assert [match.text[a:b] for a, b in match.spans] == ["巴士", "氫能巴士"]
    assert [match.field for match in words(town, "chamber").hits[0].matches] == ["title"]
    assert words(town, "工務局").hits[0].matches[-1].field == "body"


def stood_for(page: SearchPage) -> set[tuple[str, str]]:
    return {(match.text[a:b], match.stands_for) for hit in page.hits for match in hit.matches for a, b in match.spans}


def test_words_of_one_language_find_those_of_the_other_below_themselves(town: Register) -> None:
    page = words(town, "hydrogen")
    assert (page.total, page.translated) == (1, 3)
    assert [hit.translated for hit in page.hits] == [False, True, True, True]
    assert texts(page)[0] == "興建圖書館 "
    assert stood_for(page) == {("hydrogen", ""), ("氫能", "hydrogen"), ("氫", "hydrogen")}
    assert [hit.score for hit in page.hits] == sorted((hit.score for hit in page.hits), reverse=True)
    assert dict(page.rendered)["hydrogen"][0] == "氫能"
    back = words(town, "氢能")
    assert [hit.translated for hit in back.hits] == [False, False, False, True]
    assert ("hydrogen", "氫能") in stood_for(back)


def test_each_word_of_a_longer_query_is_translated_or_stands_as_typed(town: Register) -> None:
    page = words(town, "what of the hydrogen buses")
    assert texts(page) == ["推行「智慧巴"]
    assert stood_for(page) == {("氫能", "hydrogen"), ("巴士", "buses")}
    mixed = words(town, "hydrogen 圖書館")
    assert [hit.translated for hit in mixed.hits] == [False]
    assert words(town, "hydrogen zebra").translated == 0


def test_what_is_quoted_or_must_not_be_there_is_not_translated(town: Register) -> None:
    assert words(town, '"hydrogen"').translated == 0
    page = words(town, "hydrogen -巴士")
    assert (page.total, page.translated) == (1, 2)


def test_pages_go_on_from_words_to_translations(town: Register) -> None:
    whole = [hit.stored.id for hit in words(town, "hydrogen").hits]
    first = words(town, "hydrogen", limit=2)
    rest = words(town, "hydrogen", limit=2, after=first.next)
    assert [hit.stored.id for hit in (*first.hits, *rest.hits)] == whole
    assert rest.next is None


def test_filters_and_years_narrow(town: Register) -> None:
    assert words(town, "氫能", within=ItemQuery(kind=ItemKind.PROPOSAL)).total == 1
    assert words(town, "氫能", year=2025).total == 2
    assert words(town, "氫能", within=ItemQuery(body="town/works", due_before=date(2026, 12, 31))).total == 1
    assert words(town, "氫能", within=ItemQuery(body="town/works", due_before=date(2026, 12, 30))).total == 0
    document = town.find_document("chamber.txt").id
    assert texts(words(town, "氫能", within=ItemQuery(document=document))) == ["政府應資助氫"]


def test_pages_go_on_where_the_last_one_ended(town: Register) -> None:
    whole = [hit.stored.id for hit in words(town, "氫能").hits]
    first = words(town, "氫能", limit=2)
    rest = words(town, "氫能", limit=2, after=first.next)
    assert [hit.stored.id for hit in (*first.hits, *rest.hits)] == whole
    assert rest.next is None


def test_what_changes_is_found_at_once_and_what_is_gone_is_not(town: Register) -> None:
    assert words(town, "碼頭").total == 0
    put = edition("2026", date(2026, 9, 1), "重建碼頭").put(town, hours=1)
    assert texts(words(town, "碼頭")) == ["重建碼頭"]
    town.remove_document(put.document_id, at=AT, by="tests")
    assert words(town, "碼頭").total == 0
    town.undo(at=AT, by="tests")
    assert words(town, "碼頭").total == 1
    town.edit_document(put.document_id, {"title": "海濱綱領"}, at=AT, by="tests")
    assert texts(words(town, "海濱綱領")) == ["重建碼頭"]


def test_only_documents_that_changed_are_indexed_again(town: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    words(town, "氫能")
    seen: list[str] = []
    real = indexing.entered
    monkeypatch.setattr(indexing, "entered", lambda s, d: seen.append(d.name) or real(s, d))  # type: ignore[func-returns-value]
    edition("2026", date(2026, 9, 1), "重建碼頭").put(town, hours=1)
    words(town, "碼頭")
    assert seen == ["2026.txt"]


def test_a_stale_index_gives_nothing_that_is_no_longer_so(town: Register) -> None:
    words(town, "「氫能」")
    town.remove_document(town.find_document("chamber.txt").id, at=AT, by="tests")
    folder = Path(f"{town.location}.index")
    with locked(folder, 1):
        page = words(town, "「氫能」")
    assert len(page.hits) == 2
    assert "another process" in page.notes[0]
    assert words(town, "「氫能」").total == 2
    assert not words(town, "「氫能」").notes


def test_while_another_process_makes_the_first_index_the_register_answers(town: Register) -> None:
    with locked(Path(f"{town.location}.index"), 1):
        page = words(town, "氫能")
    assert (page.how, page.total) == (How.REGISTER, 3)
    assert words(town, "氫能").how is How.INDEX


@pytest.mark.parametrize(
    ("typed", "found"),
    [("氫能 -巴士", 2), ("「引入氫能」", 1), ("「氫能引入」", 0), ("-「氫能巴士」 氫能", 2), ("氫能", 3)],
)
def test_the_register_too_heeds_phrases_and_words_left_out(town: Register, typed: str, found: int) -> None:
    with locked(Path(f"{town.location}.index"), 1):
        page = words(town, typed)
    assert (page.how, page.total, len(page.hits)) == (How.REGISTER, found, found)
    assert words(town, typed).total == found


def test_the_register_too_counts_and_pages_through_the_year_that_is_asked_for(town: Register) -> None:
    with locked(Path(f"{town.location}.index"), 1):
        first = words(town, "氫能", year=2025, limit=1)
        second = words(town, "氫能", year=2025, limit=1, after=first.next)
    assert [len(page.hits) for page in (first, second)] == [1, 1]
    assert (first.total, second.total, second.next) == (2, 2, None)
    assert {hit.document.name for page in (first, second) for hit in page.hits} == {"2025.txt"}


def test_all_that_is_found_is_what_the_pages_hold_together(town: Register) -> None:
    query, pages, after = SearchQuery("氫能", meaning=Meaning.NEVER, limit=1), [], ""
    while after is not None:
        page = search(town, replace(query, after=after))
        pages += [hit.stored for hit in page.hits]
        after = page.next
    assert len(pages) > 3
    assert list(found_items(town, query)) == pages


@pytest.mark.parametrize("damage", ["state.json", "words-1/meta.json", "lock.db", "words-1", ""])
def test_the_index_may_be_deleted_or_damaged_at_any_time(town: Register, damage: str) -> None:
    assert words(town, "「氫能」").total == 3
    victim = Path(f"{town.location}.index") / damage
    indexing._OPEN.clear()
    if victim.is_dir():
        shutil.rmtree(victim)
    else:
        victim.write_bytes(b"\x00damaged" * 20)
    page = words(town, "「氫能」")
    assert (page.total, len(page.hits)) == (3, 3)


def test_where_no_file_can_be_kept_the_index_is_in_memory_and_says_so(
    town: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_folders", lambda _: iter(()))
    page = words(town, "氫能")
    assert (page.how, page.total) == (How.MEMORY, 3)
    assert "memory" in page.notes[0]
    edition("2026", date(2026, 9, 1), "重建碼頭").put(town, hours=1)
    assert words(town, "碼頭").total == 1


def test_too_much_to_index_at_once_is_answered_by_the_register(town: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "MOST_AT_ONCE", 1)
    first = words(town, "氫能", limit=2)
    assert (first.how, first.total, len(first.hits)) == (How.REGISTER, 3, 2)
    assert marked(first) == {"氫能"}
    assert len(words(town, "氫能", limit=2, after=first.next).hits) == 1
    with pytest.raises(InputError):
        words(town, "氫能", after="r2")
    prepare_search(town, meant=False)
    assert words(town, "氫能").how is How.INDEX


def test_a_register_that_may_only_be_read_is_searched(town: Register, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with sqlite3.connect(town.location) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    copy.chmod(0o400)
    with open_register(copy, create=False) as register:
        assert words(register, "氫能").total == 3


@pytest.mark.parametrize("typed", ["", " ", "-", '""', "「」", "…", "-氫能", "\x00", "*", "\ud800"])
def test_nothing_to_look_for_is_said(town: Register, typed: str) -> None:
    with pytest.raises(InputError, match="no word to look for"):
        words(town, typed)


@pytest.mark.parametrize("typed", ["氫" * (LONGEST + 1), "氫能" * 100, " ".join(f"a{n}" for n in range(150))])
def test_too_much_to_look_for_is_said(town: Register, typed: str) -> None:
    with pytest.raises(LimitError):
        words(town, typed)


@pytest.mark.parametrize("after", ["x", "2", "r", "w", "rw1", "r-1", "r٣", "r10000", "r2\n", "i" + "0" * 16])
def test_a_place_that_no_page_gave_is_refused(town: Register, after: str) -> None:
    with pytest.raises(InputError):
        words(town, "氫能", after=after)


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_page_has_its_bounds(town: Register, limit: int) -> None:
    with pytest.raises(InputError):
        words(town, "氫能", limit=limit)


@given(st.text(alphabet='氫能a1 "「」『《》“”-－*?:^~()[]{}\\/+|&!\x00\n\u202e\ud800AND OR', max_size=60))
def test_whatever_is_typed_is_clauses_or_a_plain_error(typed: str) -> None:
    try:
        clauses = clauses_of(typed)
    except InputError:
        return
    assert any(not clause.out for clause in clauses)
    assert all(clause.terms for clause in clauses)


class _Tellers:
    """A model that knows of each text only whether it is about hydrogen, books, or neither."""

    asked: int = 0

    def __call__(self, typed: str) -> Floats:
        self.asked += 1
        return self.vector(typed)

    @staticmethod
    def vector(text: str) -> Floats:
        made = np.full(meaning.WIDTH, 1e-3, np.float32)
        made[0 if "氫" in text or "hydrogen" in text else 1 if "圖書" in text or "books" in text else 2] = 1
        return np.asarray(made / np.linalg.norm(made), np.float32)


@pytest.fixture
def teller(monkeypatch: pytest.MonkeyPatch) -> _Tellers:
    made = _Tellers()
    monkeypatch.setattr(meaning, "encoded_query", made)
    monkeypatch.setattr(meaning, "_encoded", lambda some, most: ({text: made.vector(text) for text in some}, most))
    return made


def test_what_is_near_in_meaning_is_found_and_never_called_a_match(town: Register, teller: _Tellers) -> None:
    page = search(town, SearchQuery("books"))
    assert sorted(texts(page)) == ["增設圖書館"]
    assert (page.total, page.near) == (0, 1)
    assert not page.hits[0].matches
    assert page.hits[0].near == pytest.approx(1, abs=0.02)


def test_words_and_meaning_are_one_ranking(town: Register, teller: _Tellers) -> None:
    page = search(town, SearchQuery('"hydrogen"', meaning=Meaning.ALWAYS))
    assert page.hits[0].matches
    assert page.hits[0].near is not None
    assert {bool(hit.matches) for hit in page.hits} == {True, False}
    assert page.total == 1
    assert page.near == len(page.hits) - 1


def test_the_model_rests_where_words_find_enough(
    town: Register, teller: _Tellers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deedline.operations.searching.FEW", 3)
    search(town, SearchQuery("氫能"))
    assert teller.asked == 0
    search(town, SearchQuery("智慧"))
    assert teller.asked == 1


def test_while_the_model_is_loaded_words_alone_answer_and_say_so(
    town: Register, teller: _Tellers, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = Event()
    loading.set()
    monkeypatch.setattr(searching, "LOADING", loading)
    page = search(town, SearchQuery("books"))
    assert (page.near, teller.asked) == (0, 0)
    assert "still being loaded" in page.notes[0]
    assert search(town, SearchQuery("books", meaning=Meaning.ALWAYS)).near
    loading.clear()
    assert search(town, SearchQuery("books")).near


def test_later_pages_keep_to_what_the_first_compared(
    town: Register, teller: _Tellers, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = Event()
    monkeypatch.setattr(searching, "LOADING", loading)
    monkeypatch.setattr("deedline.operations.searching.FEW", 100)
    query = SearchQuery("氫能", limit=1)
    for first, then in ((loading.set, loading.clear), (loading.clear, loading.set)):
        first()
        whole = search(town, replace(query, limit=100))
        pages = [search(town, query)]
        then()
        while pages[-1].next:
            pages.append(search(town, replace(query, after=pages[-1].next)))
        assert [hit.stored.id for page in pages for hit in page.hits] == [hit.stored.id for hit in whole.hits]


def test_files_of_what_was_found_wait_for_the_model(
    town: Register, teller: _Tellers, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = Event()
    loading.set()
    monkeypatch.setattr(searching, "LOADING", loading)
    assert [stored.item.text for stored in found_items(town, SearchQuery("books"))] == ["增設圖書館"]


def test_filters_hold_for_meaning_too(town: Register, teller: _Tellers) -> None:
    page = search(town, SearchQuery("books", ItemQuery(kind=ItemKind.MEASURE)))
    assert not page.hits
    page = search(town, SearchQuery("hydrogen -巴士", year=2025, meaning=Meaning.ALWAYS))
    assert sorted(texts(page)) == ["發展氫能產業", "興建圖書館 "]


def test_an_item_that_says_something_else_now_is_not_near(town: Register, teller: _Tellers) -> None:
    search(town, SearchQuery("books"))
    held = indexing.index_of(town)
    assert held is not None
    known = held.vectors.known()
    item_id = next(stored.id for stored in town.items() if "氫能研究" in stored.item.text)
    held.vectors.add([(item_id, 12345)], teller.vector("books")[None])
    assert len(held.vectors) == len(known) + 1
    assert texts(search(town, SearchQuery("books"))) == ["增設圖書館"]


def test_suggestions_are_names_and_words_of_the_register(town: Register) -> None:
    named = edition("2027", date(2027, 9, 1), Entry("推行「智慧巴士」計劃"), "引入氫能巴士", "氫能巴士試驗")
    named.put(town, hours=2)
    assert next(one.words for one in suggest_words(town, "氢能") if one.kind == "word") == "氫能巴士"
    assert [one.words for one in suggest_words(town, "hyd")] == ["hydrogen"]
    assert suggest_words(town, "章")[0].kind == "section"
    for nothing in ("", " ", "\x00", "zzz", "「"):
        assert suggest_words(town, nothing) == ()


def test_hits_of_the_real_documents_are_marked_where_they_say(linked_seeds: Path, tmp_path: Path) -> None:
    copy = tmp_path / "seeds.db"
    shutil.copy(linked_seeds, copy)
    with open_register(copy, create=False) as register:
        for typed in ("氫能", "人才", "北部都會區", "創科"):
            page = words(register, typed)
            assert page.hits
            for hit in page.hits:
                assert hit.matches
                for match in hit.matches:
                    assert all(0 <= a < b <= len(match.text) for a, b in match.spans)
        page = words(register, "運輸及物流局")
        assert [one.id for one in page.bodies] == ["hk/tlb"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hydrogen", "氫能"),
        ("kindergarten", "幼稚園"),
        ("silver economy", "銀髮經濟"),
        ("arbitration", "仲裁"),
        ("public housing", "公營房屋"),
        ("elderly health care vouchers", "長者醫療券"),
    ],
)
def test_english_finds_the_measures_of_the_real_documents(linked_seeds: Path, typed: str, found: str) -> None:
    with open_register(linked_seeds, create=False) as register:
        page = words(register, typed, limit=10)
    measures = [hit for hit in page.hits if hit.stored.item.kind in (ItemKind.MEASURE, ItemKind.INDICATOR)]
    assert measures
    assert any(found in match.text[a:b] for hit in measures for match in hit.matches for a, b in match.spans)
    if typed == "hydrogen":
        assert {"000", "003"} <= {hit.document.name[:3] for hit in measures}


def test_translations_are_not_counted_on_pages_far_before_them(town: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deedline.operations.searching._RANKED", 1)
    whole = [hit.stored.id for hit in words(town, "氫能").hits]
    first = page = words(town, "氫能", limit=1)
    assert (first.total, first.translated) == (3, None)
    paged = [page.hits[0].stored.id]
    while page.next:
        page = words(town, "氫能", limit=1, after=page.next)
        paged += [hit.stored.id for hit in page.hits]
    assert page.translated == 1
    assert paged == whole
