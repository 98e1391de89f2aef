"""The tools as an assistant uses them, through the protocol's own client."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from deedline.register import open_register
from deedline.serve.assistants.server import make_server
from deedline.serve.site import Site
from tests.serve.invented import MEASURE, PROMISE, SECOND

SITE = Site(base="https://register.example")


def _call(path: Path, tool: str, **asked: Any) -> Any:
    """What a tool answers; the message where it fails."""

    async def ask() -> Any:
        async with Client(make_server(str(path), SITE)) as client:
            return await client.call_tool(tool, asked)

    result = asyncio.run(ask())
    if result.is_error:
        return "".join(part.text for part in result.content)
    return result.structured_content


def test_there_are_these_tools_and_all_only_read(register_path: Path) -> None:
    async def ask() -> Any:
        async with Client(make_server(str(register_path), SITE)) as client:
            return await client.list_tools()

    tools = asyncio.run(ask()).tools
    assert {tool.name for tool in tools} == {"search", "item", "thread", "indicators", "due", "adoption", "compare"}
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)


def test_what_there_is_to_know_of_a_search_is_told(register_path: Path) -> None:
    found = _call(register_path, "search", words="單車徑 燈塔 氫能 碼頭")
    assert found["most_words"] is False
    assert {"translated", "near", "rendered", "notes"} <= found.keys()
    assert all("translated" in each for each in found["items"])


def test_found_items_are_cited(register_path: Path, ids: dict[str, str]) -> None:
    found = _call(register_path, "search", words="單車徑")
    (item,) = [each for each in found["items"] if each["matched"]]
    key = ids["measure-1"]
    assert item["id"] == key
    assert item["citation"] == {
        "quoted": MEASURE.partition("（")[0],
        "document": "海港市施政綱領 (2030-01-01)",
        "file": "海港市.txt",
        "lines": [4, 4],
        "page": None,
        "anchor": None,
        "confidence": None,
        "unsure": None,
        "address": f"https://register.example/items/{key}",
    }


def test_an_item_shows_what_proves_it(register_path: Path, ids: dict[str, str]) -> None:
    item = _call(register_path, "item", item_id=ids["indicator-7"])
    assert item["citation"]["quoted"] in PROMISE
    assert {"value": "status", "as_printed": "進行中"} in item["evidence"]
    assert item["assessment"]["verdict"]
    assert item["doubts"] == ["海港市衞生局 is no body that is known"]
    assert _call(register_path, "thread", item_id=ids["indicator-7"])["steps"][0]["id"] == item["id"]


def test_what_is_computed_is_cited(register_path: Path, ids: dict[str, str]) -> None:
    late = _call(register_path, "indicators", late=True)
    assert (late["total"], late["of"]) == (1, 2)
    assert late["indicators"][0]["citation"]["quoted"] == SECOND
    waiting = _call(register_path, "due", within=30)
    assert [each["id"] for each in waiting["items"]] == [ids["indicator-8"]]


def test_editions_and_submissions(clearbay: Path) -> None:
    compared = _call(clearbay, "compare", edition="83ebda9b15ed", other="29779fc83c71", only="no_mention", limit=2)
    assert compared["counts"]["earlier"]["no_mention"] == compared["total"]
    assert all(each["fate"] == "no_mention" for each in compared["items"])
    (report,) = _call(clearbay, "adoption", submission="f685196c1e73", against="29779fc83c71")["reports"]
    assert report["counts"]["total"] == report["total"] == 14
    taken = [each for each in report["proposals"] if each["verdict"] == "adopted"]
    assert all(each["measures"][0]["citation"]["lines"] for each in taken)


@pytest.mark.parametrize(
    ("tool", "asked", "told"),
    [
        ("item", {"item_id": "0000000"}, "no item has the id"),
        ("search", {"words": "—"}, "no word to look for"),
        ("due", {"body": "Bureau of Nowhere"}, "no body is known"),
        ("adoption", {"submission": "海港市"}, "holds no proposal"),
        ("compare", {"edition": "a", "other": "b", "only": "lost"}, "is not one of"),
        ("search", {"words": ""}, "at least 1 character"),
        ("search", {"words": "a", "limit": 1000}, "less than or equal to 50"),
    ],
)
def test_errors_are_told_plainly(register_path: Path, tool: str, asked: dict[str, Any], told: str) -> None:
    message = _call(register_path, tool, **asked)
    assert told in message
    assert "Traceback" not in message


def test_the_program_speaks_over_standard_input_and_output(register_path: Path) -> None:
    program = ["-m", "deedline", "--register", str(register_path), "mcp", "--site", "https://register.example/"]

    async def ask() -> Any:
        async with Client(StdioServerParameters(command=sys.executable, args=program)) as client:
            return await client.call_tool("indicators", {"disagree": True})

    result = asyncio.run(ask())
    assert json.loads(result.content[0].text) == result.structured_content
    with open_register(register_path) as register:
        assert result.structured_content["of"] == sum(each.item.report is not None for each in register.items())
