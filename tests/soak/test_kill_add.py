"""A command that is killed leaves the register as before or as after. `make soak` kills a thousand."""

from __future__ import annotations

import os
import sys

import pytest

from tests.soak.kill_add import kill

KILLS = 10 * int(os.environ.get("DEEDLINE_SOAK", "1"))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")
def test_a_killed_command_leaves_the_register_as_before_or_as_after() -> None:
    assert sum(1 for _ in kill(KILLS, seed=KILLS)) == KILLS
