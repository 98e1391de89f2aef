from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from deedline.register.identity import Known, assign_ids, first_id

HAN = "設立電子存檔系統推出海濱長廊第二期工程檢討條例加強支援青年創業優化公共交通服務擴大資助範圍"


def none_taken(_: str) -> bool:
    return False


def entry(text: str, key: str | None = None, **more: object) -> Known:
    given = {"id": "", "kind": "measure", "number": None, "part": None, **more}
    return Known(key=key or f"key of {text}", text=text, **given)  # type: ignore[arg-type]


def stored(entries: list[Known]) -> list[Known]:
    ids = assign_ids("doc", [], entries, none_taken).ids
    return [Known(i, e.key, e.kind, e.number, e.part, e.text) for i, e in zip(ids, entries, strict=True)]


TEXTS = st.lists(st.text(alphabet=HAN, min_size=8, max_size=40), min_size=1, max_size=12, unique=True)


def distinct(texts: list[str]) -> bool:
    grams = [{text[i : i + 2] for i in range(len(text) - 1)} for text in texts]
    return all(2 * len(a & b) / (len(a) + len(b)) < 0.4 for n, a in enumerate(grams) for b in grams[:n])


def test_the_first_id_follows_from_document_and_key_alone() -> None:
    (one,) = stored([entry("設立系統")])
    assert one.id == first_id("doc", "key of 設立系統", none_taken) == stored([entry("設立系統")])[0].id
    assert first_id("other", "key of 設立系統", none_taken) != one.id


def test_an_id_that_another_item_holds_is_passed_over() -> None:
    first = first_id("doc", "key", none_taken)
    second = first_id("doc", "key", {first}.__contains__)
    assert second not in (first, first_id("doc", "key", {first, second}.__contains__))


@given(TEXTS, st.randoms(use_true_random=False))
def test_ids_stay_when_items_move_and_their_keys_change(texts: list[str], chance: random.Random) -> None:
    old = stored([entry(text) for text in texts])
    moved = [entry(text, key=f"new key of {text}") for text in texts]
    chance.shuffle(moved)
    assigned = assign_ids("doc", old, moved, none_taken)
    by_text = {known.text: known.id for known in old}
    assert assigned.ids == tuple(by_text[new.text] for new in moved)
    assert (assigned.fresh, assigned.gone) == (frozenset(), ())


@settings(max_examples=60)
@given(TEXTS.filter(distinct), st.data())
def test_ids_stay_when_words_are_mended_and_items_come_between(texts: list[str], data: st.DataObject) -> None:
    old = stored([entry(text) for text in texts])
    new: list[Known] = []
    expected: list[str | None] = []
    for known in old:
        if data.draw(st.booleans()):
            new.append(entry(f"全新的事項之{'甲乙丙丁戊己庚辛壬癸子丑'[len(new) % 12]}，與前文無關，另行處理"))
            expected.append(None)
        mended = known.text + "。" if data.draw(st.booleans()) else known.text
        new.append(entry(mended, key=f"key {len(new)}"))
        expected.append(known.id)
    assigned = assign_ids("doc", old, new, none_taken)
    for got, wanted, known in zip(assigned.ids, expected, new, strict=True):
        assert (got in assigned.fresh) if wanted is None else (got == wanted), known


@given(TEXTS, TEXTS, st.lists(st.sampled_from(["1", "2", None]), min_size=12, max_size=12))
def test_every_item_has_one_id_of_its_own_and_nothing_is_lost(
    before: list[str], after: list[str], numbers: list[str | None]
) -> None:
    old = stored([entry(text, number=numbers[n]) for n, text in enumerate(before)])
    new = [entry(text, number=numbers[-1 - n]) for n, text in enumerate(after)]
    assigned = assign_ids("doc", old, new, none_taken)
    assert len(set(assigned.ids)) == len(new)
    held = {known.id for known in old}
    assert set(assigned.ids) - held == assigned.fresh
    assert set(assigned.gone) == held - set(assigned.ids)
    assert assigned == assign_ids("doc", old, new, none_taken)


def test_inserting_a_part_does_not_shift_ids_along_the_numbers() -> None:
    parts = ["完成首階段研究", "展開第二輪諮詢", "提交修訂條例草案"]
    old = stored([entry(text, key=f"1/{n}/{text}", number="1", part=n) for n, text in enumerate(parts, 1)])
    grown = ["新增一個部分於最前", *parts]
    new = [entry(text, key=f"1/{n}/{text}", number="1", part=n) for n, text in enumerate(grown, 1)]
    assigned = assign_ids("doc", old, new, none_taken)
    assert assigned.ids[1:] == tuple(known.id for known in old)
    assert assigned.ids[0] in assigned.fresh


def test_a_number_carries_an_id_over_a_text_that_was_cut_short() -> None:
    old = stored([entry("在公共屋邨增設", number="12"), entry("在公共屋邨增設", key="other", number="13")])
    new = [entry("在公共屋邨增設三十個電動車快速充電站並延長開放時間", number="13")]
    assert assign_ids("doc", old, new, none_taken).ids == (old[1].id,)


def test_a_number_alone_carries_no_id_over() -> None:
    old = stored([entry("在公共屋邨增設充電站", number="12")])
    assigned = assign_ids("doc", old, [entry("檢討藥物名冊的審批程序", number="12")], none_taken)
    assert assigned.gone == (old[0].id,)


def test_another_kind_of_the_same_words_is_the_same_item() -> None:
    old = stored([entry("檢討藥物名冊的審批程序")])
    new = [entry("檢討藥物名冊的審批程序", key="other", kind="proposal")]
    assert assign_ids("doc", old, new, none_taken).ids == (old[0].id,)


def test_many_items_that_are_nearly_one_another_take_no_quadratic_work() -> None:
    counted = [f"{HAN}第{n}項" for n in range(4000)]
    old = stored([entry(text) for text in counted])
    new = [entry(text + "目", key=f"new {n}") for n, text in enumerate(counted)]
    assigned = assign_ids("doc", old, new, none_taken)
    kept = sum(known.id == got for known, got in zip(old, assigned.ids, strict=True))
    assert kept > 3600
