"""Mapping a stage over inputs: order, failures, workers that die, time limits."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.errors import InputError, LimitError, StageError
from deedline.run.here import Done, Failed, map_stage


def halve(number: int) -> int:
    if number % 2:
        raise InputError(f"{number} is odd")
    return number // 2


def slow_first(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0)
    return number


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def hang_at_one(number: int) -> int:
    if number == 1:
        time.sleep(60)
    return number


def divide(number: int) -> float:
    return 1 / number


def bytes_of(number: int) -> int:
    return len(bytes(number))


def unpicklable(number: int) -> object:
    return threading.Lock() if number == 1 else number


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_outcomes_come_in_the_order_of_the_inputs(workers: int) -> None:
    outcomes = list(map_stage(slow_first, range(6), workers=workers))
    assert outcomes == [Done(i, i) for i in range(6)]


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_a_failed_input_stops_no_other(workers: int) -> None:
    outcomes = list(map_stage(halve, [0, 1, 2], workers=workers))
    assert outcomes[0] == Done(0, 0)
    assert isinstance(outcomes[1], Failed)
    assert isinstance(outcomes[1].error, InputError)
    assert str(outcomes[1].error) == "1 is odd"
    assert outcomes[2] == Done(2, 1)


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_an_unforeseen_failure_says_where_and_keeps_its_traceback(workers: int) -> None:
    outcomes = list(map_stage(divide, [1, 0], workers=workers))
    failed = outcomes[1]
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, StageError)
    assert "ZeroDivisionError" in str(failed.error)
    assert "test_here.py" in str(failed.error)
    assert "return 1 / number" in failed.error.__notes__[0]


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_progress_counts_every_input_once(workers: int) -> None:
    seen: list[int] = []
    list(map_stage(halve, [2, 3, 4, 5], workers=workers, progress=seen.append))
    assert seen == [1, 2, 3, 4]


def test_a_worker_that_dies_costs_its_own_input_only() -> None:
    outcomes = list(map_stage(die_at_three, range(8), workers=2))
    assert [outcome.index for outcome in outcomes] == list(range(8))
    failed = [outcome for outcome in outcomes if isinstance(outcome, Failed)]
    assert [outcome.index for outcome in failed] == [3]
    assert "exit code -9" in str(failed[0].error)


def test_an_input_that_takes_too_long_is_stopped() -> None:
    # Time for a worker to begin in: where another test left threads it is spawned, which takes a second or two.
    outcomes = list(map_stage(hang_at_one, range(4), workers=2, seconds=6.0))
    failed = [outcome for outcome in outcomes if isinstance(outcome, Failed)]
    assert [outcome.index for outcome in failed] == [1]
    assert isinstance(failed[0].error, LimitError)
    assert "6 s" in str(failed[0].error)


def test_an_input_may_have_a_time_of_its_own() -> None:
    outcomes = list(map_stage(hang_at_one, range(3), workers=2, seconds=lambda number: 0.5 if number == 1 else 60.0))
    assert [isinstance(outcome, Failed) for outcome in outcomes] == [False, True, False]


@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is read where Linux tells it")
def test_an_input_that_wants_too_much_memory_fails_alone() -> None:
    outcomes = list(map_stage(bytes_of, [1, 10**9, 2], workers=1, memory=200_000_000))
    assert [isinstance(outcome, Failed) for outcome in outcomes] == [False, True, False]
    assert isinstance(outcomes[1], Failed)
    assert isinstance(outcomes[1].error, LimitError)
    assert "memory" in str(outcomes[1].error)


def test_a_value_that_does_not_pickle_fails_alone() -> None:
    outcomes = list(map_stage(unpicklable, range(3), workers=2))
    assert [isinstance(outcome, Failed) for outcome in outcomes] == [False, True, False]


def test_closing_the_iterator_leaves_no_worker_behind() -> None:
    before = set(multiprocessing.active_children())
    outcomes = map_stage(slow_first, range(50), workers=2)
    next(outcomes)
    assert set(multiprocessing.active_children()) - before
    outcomes.close()  # type: ignore[attr-defined]
    assert set(multiprocessing.active_children()) == before


NATIVE = """
import ctypes, threading
from deedline.run import here
if {native}:
    libc = ctypes.CDLL(None)
    libc.pthread_create(ctypes.byref(ctypes.c_ulong()), None, libc.pause, None)
crew = here._Crew(len, 1, None)
crew.dismiss()
print(threading.active_count(), crew.context.get_start_method())
print([outcome.value for outcome in here.map_stage(len, ["a", "bc"], workers=2)])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux are workers forked")
@pytest.mark.parametrize(("native", "method"), [(False, "fork"), (True, "spawn")])
def test_no_fork_once_a_native_library_runs_threads(native: bool, method: str) -> None:
    command = [sys.executable, "-c", NATIVE.format(native=native)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    assert said.split("\n")[:2] == [f"1 {method}", "[1, 2]"]


def hears_of_ctrl_c(_: int) -> bool:
    return signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="POSIX alone holds signals back")
def test_a_worker_never_hears_of_ctrl_c_and_its_parent_still_does() -> None:
    (outcome,) = map_stage(hears_of_ctrl_c, [1], workers=1)
    assert isinstance(outcome, Done)
    assert outcome.value is False
    assert hears_of_ctrl_c(1)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="POSIX alone holds signals back")
def test_a_worker_that_is_spawned_never_hears_of_it_either() -> None:
    code = (
        "import threading; from tests.run.test_here import *\n"
        "if __name__ == '__main__':\n"
        "    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "    print(*[outcome.value for outcome in map_stage(hears_of_ctrl_c, [1, 2], workers=2)])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "False False\n", done.stderr


def test_no_inputs_no_outcomes() -> None:
    assert list(map_stage(halve, [], workers=2)) == []


@given(st.lists(st.integers(), max_size=30))
def test_one_outcome_an_input(numbers: list[int]) -> None:
    outcomes = list(map_stage(halve, numbers))
    assert [outcome.index for outcome in outcomes] == list(range(len(numbers)))
    for number, outcome in zip(numbers, outcomes, strict=True):
        assert isinstance(outcome, Failed) == bool(number % 2)
