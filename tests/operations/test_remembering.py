from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Barrier, Event
from time import sleep

import pytest

from deedline.errors import TooLargeError
from deedline.model.link import LinkState, Relation
from deedline.operations import (
    Held,
    all_measured,
    at_most,
    bodies_counted,
    count_items,
    counting,
    doubts,
    judge,
    measured,
    names,
    overview,
    readying,
    scene,
)
from deedline.operations.coming import LOADING
from deedline.operations.readying import make_ready
from deedline.operations.remembering import Memory
from deedline.register import ItemQuery, Register, open_register
from tests.operations.town import AT, Tags, edition, linked


@pytest.fixture
def town(register: Register) -> Register:
    edition("one", date(2028, 1, 1), "種樹?a", "修橋#b").put(register)
    edition("two", date(2029, 1, 1), "再種樹?a", "再修橋#b").put(register)
    linked(register, Tags())
    return register


def test_a_scene_is_the_same_until_the_register_changes(town: Register) -> None:
    before = scene(town)
    assert scene(town) is before
    assert scene(town, date(2029, 1, 1)) is before  # the newest document's day
    assert scene(town, date(2028, 6, 1)) is not before
    edition("three", date(2030, 1, 1), "三修橋#b").put(town)
    assert len(scene(town).documents) == 3
    town.undo(at=AT, by="tests")
    after = scene(town)
    assert after is not before
    assert after == before


def test_another_process_s_change_is_seen(town: Register) -> None:
    (doubt,) = doubts(town)
    with open_register(town.location) as other:
        assert scene(other) is scene(town)
        held = Held(doubt.source.id, doubt.target.id, Relation.SAME, LinkState.ACCEPTED)
        judge(other, held, at=AT, by="tests")
    assert not list(doubts(town))
    assert len(scene(town).threads) == 2


def test_a_snapshot_keeps_its_moment(town: Register) -> None:
    with town.snapshot():
        before = scene(town)
        with open_register(town.location) as other:
            edition("three", date(2030, 1, 1), "三修橋#b").put(other)
            assert len(scene(other).documents) == 3
        assert scene(town) == before
    assert len(scene(town).documents) == 3


def test_another_file_at_the_same_path_is_another_register(tmp_path: Path) -> None:
    place = tmp_path / "moved.db"
    for number, texts in enumerate((["種樹#a"], ["修橋#b", "築路#c"]), 1):
        with open_register(place) as register:
            edition("one", date(2028, 1, 1), *texts).put(register)
            assert len(scene(register).entries) == number
        place.rename(tmp_path / f"kept-{number}.db")


def test_what_was_measured_is_what_would_be(town: Register) -> None:
    assert all_measured(town) == tuple(measured(town, scene(town)))


def _key(question: str, revision: int = 1) -> tuple[tuple[str], int, tuple[str]]:
    return ("place",), revision, (question,)


def test_memory_lets_go_of_what_was_asked_for_least_lately() -> None:
    memory = Memory(most_of_one=6, most_of_all=10)
    made: list[str] = []

    def ask(question: str, weight: int, revision: int = 1) -> None:
        memory.get(_key(question, revision), lambda: made.append(question), lambda _: weight)

    for question, weight in (("a", 5), ("b", 5), ("a", 5), ("c", 5), ("a", 5), ("b", 5), ("large", 7), ("large", 7)):
        ask(question, weight)
    assert made == ["a", "b", "c", "b", "large", "large"]
    ask("d", 1, revision=2)
    ask("b", 1, revision=1)
    assert made[-2:] == ["d", "b"]


def test_memory_keeps_no_more_values_than_its_bound() -> None:
    memory = Memory(most_keys=2)
    made: list[str] = []
    for question in ("a", "b", "a", "c", "a", "b"):
        memory.get(_key(question), lambda: made.append(question), lambda _: 0)  # noqa: B023
    assert made == ["a", "b", "c", "b"]


def test_what_is_too_large_to_keep_is_computed_once_for_all_that_wait() -> None:
    memory, go, made = Memory(most_of_one=1), Event(), []

    def compute() -> object:
        go.wait(60)
        return made.append(1) or object()

    with ThreadPoolExecutor(4) as team:
        asked = [team.submit(memory.get, _key("a"), compute, lambda _: 2) for _ in range(4)]
        while not memory._turns or len(next(iter(memory._turns.values()))._condition._waiters) < 3:
            sleep(0.01)  # until the other three wait
        go.set()
        assert len({id(each.result()) for each in asked}) == 1
    assert made == [1]


def test_a_later_day_takes_its_scene_from_that_of_the_newest_document(
    town: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = scene(town)
    monkeypatch.setattr(import_module("deedline.operations.scene"), "_whole", None)
    later = scene(town, date(2040, 5, 5))
    assert later.as_of == date(2040, 5, 5)
    assert later.entries is now.entries
    assert later.threads is now.threads
    assert scene(town, date(2040, 5, 5)) is later


def test_threads_wait_for_the_one_that_computes() -> None:
    memory, start, made = Memory(), Barrier(4), []

    def ask(_: int) -> object:
        start.wait()
        return memory.get(_key("a"), lambda: made.append(1) or object(), lambda _: 1)

    with ThreadPoolExecutor(4) as team:
        assert len(set(map(id, team.map(ask, range(4))))) == 1
    assert made == [1]


def test_a_failure_is_not_kept() -> None:
    memory = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.get(_key("a"), lambda: 1 // 0, lambda _: 1)
    assert memory.get(_key("a"), lambda: 2, lambda _: 1) == 2


def test_a_register_made_ready_answers_from_memory(town: Register) -> None:
    make_ready(town)
    assert all_measured(town) is all_measured(town)
    assert scene(town) is scene(town)


def test_what_would_read_too_many_items_is_refused_where_memory_has_bounds(town: Register) -> None:
    with at_most(1):
        for refused in (scene, names, lambda register: count_items(register, ItemQuery(), late=True)):
            with pytest.raises(TooLargeError, match="more than 1 items"):
                refused(town)
    with at_most(town.count_items()):
        assert scene(town).entries
    assert scene(town).entries


def test_counts_stop_where_counting_would_make_people_wait(town: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    assert counting.counted(town, ItemQuery(text="修橋")) == counting.Count(2)
    monkeypatch.setattr(counting, "MOST_COUNTED", 1)
    monkeypatch.setattr(counting, "LARGE", 1)
    everything = town.count_items()
    assert counting.counted(town, ItemQuery()) == counting.Count(everything)
    bridges = ItemQuery(text="修橋")
    assert town.count_items(bridges) > 1
    assert counting.counted(town, bridges) == counting.Count(1, at_least=True)
    assert counting.counted(town, ItemQuery(number="none such")) == counting.Count(0)


def test_a_server_keeps_its_register_ready_until_it_ends(town: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, done = Event(), list[str]()

    def prepared(register: Register, *, meant: bool = True) -> int:
        if meant:
            return 0
        assert LOADING.is_set() is (not done)
        done.append(register.revision())
        if len(done) == 1:
            edition("2030", date(2030, 9, 1), "重建碼頭").put(town, hours=9)
        else:
            ended.set()
        return 0

    def loaded(_: Register, *, filling: bool) -> None:
        assert filling

    monkeypatch.setattr(readying, "prepare_search", prepared)
    monkeypatch.setattr(readying, "load_meaning", loaded)
    readying.keep_ready(town.location, ended, every=0.001)
    assert done[0] != done[1] == town.revision()
    assert not LOADING.is_set()


def test_a_large_register_is_made_ready_too(town: Register) -> None:
    with at_most(1):
        make_ready(town)
        assert bodies_counted(town)[1] is bodies_counted(town)[1]
        assert overview(town) is overview(town)


def test_whatever_pages_compare_is_made_ready(town: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Register] = []
    monkeypatch.setattr(type(town), "count_items", lambda *_, **__: 60_000)
    monkeypatch.setattr(readying, "all_measured", asked.append)
    with at_most(100_000):
        make_ready(town)
    assert asked == [town]
