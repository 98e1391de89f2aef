"""`watch`, and `add` with an address: told in words and in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from tests.fetch.place import gives, place

Run = Callable[..., Result]
PAPER = "# 施政綱領\n\n2030年1月\n\n- 在2031年內興建燈塔。（海港局）\n".encode()


def test_a_private_address_is_fetched_only_when_allowed(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    with place(**{"paper.md": gives(PAPER)}) as there:
        address = f"{there.address}/paper.md"
        refused = run("add", address, location=new)
        assert refused.exit_code == 1
        assert "--allow-private" in refused.stderr
        added = run("add", address, "--allow-private", "--no-link", "--json", location=new)
    assert added.exit_code == 0, added.stderr
    assert json.loads(added.stdout)["files"][0]["outcome"] == "added"


def test_watched_addresses_are_listed_checked_and_left(run: Run) -> None:
    with place(**{"paper.md": gives(PAPER)}) as there:
        address = f"{there.address}/paper.md"
        assert run("watch", "--add", "paper.md").exit_code == 1
        assert address in run("watch", "--add", address).stdout
        checked = json.loads(run("watch", "--check", "--allow-private", "--json").stdout)
        assert checked["checked"][0]["added"]["outcome"] == "added"
        again = json.loads(run("watch", "--check", "--allow-private", "--json").stdout)
        assert again["checked"][0]["added"] is None
    lost = run("watch", "--check", "--allow-private")
    assert lost.exit_code == 1
    assert "cannot be reached" in lost.stderr
    assert run("watch", "--remove", address).exit_code == 0
    assert json.loads(run("watch", "--json").stdout)["watches"] == []
