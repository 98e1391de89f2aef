"""Whatever the description allows, and what it does not, asked of the API by schemathesis with all its checks.

`DEEDLINE_API_EXAMPLES` sets how many requests of each kind are made of each operation; `make fuzz-api` makes many.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from deedline.serve.api import make_api

EXAMPLES = int(os.environ.get("DEEDLINE_API_EXAMPLES", "5"))


API = make_api("", writable=True)  # describes itself without a register
schema = schemathesis.openapi.from_asgi("/openapi.json", API)


@pytest.fixture(scope="module", autouse=True)
def _register(clearbay: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A copy of the examples' register, which may be written."""
    API.state.location = shutil.copy(clearbay, tmp_path_factory.mktemp("fuzz") / "clearbay.db")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples" / "knowledge"))
        yield


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES < 100,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
def test_nothing_is_found(case: schemathesis.Case) -> None:
    case.call_and_validate()
