"""The OpenAPI description is whole, true of the invented city, and asks nobody else for anything.

With DEEDLINE_WRITE_GOLDEN=1 (`make golden`) its examples are written anew from the documents of the invented city.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from deedline.register import open_register
from deedline.serve.api import make_api
from deedline.serve.api.models import answers, rows, sent

EXAMPLES = Path("src/deedline/serve/api/examples.json")
EARLIER, LATER, ASKED = "83ebda9b15ed", "29779fc83c71", "f685196c1e73"
SIGNED = {"by": "M. Chan", "why": "the Annex says so"}


def _asked(path: Path) -> dict[str, dict[str, Any]]:
    """What the examples ask, by operation."""
    with open_register(path) as register:
        link = next(link for link in register.links() if link.holds and link.relation == "same")
        doubt = next(link for link in register.links() if not link.sure and link.relation in ("answers", "partly"))
        issue = register.issues()[0].id
    one = {"item_id": link.from_id}
    return {
        "documents": {},
        "items": {"document": LATER, "kind": "indicator", "limit": 1},
        "item": {**one, "around": 0},
        "thread": one,
        "history": {**one, "limit": 1},
        "search": {"q": "electric ferries", "kind": "measure", "limit": 1, "meaning": "never"},
        "suggestions": {"q": "ferr", "limit": 3},
        "links": {"item": link.from_id, "limit": 1},
        "issues": {"document": EARLIER, "limit": 1},
        "doubts": {"document": ASKED, "limit": 1},
        "bodies": {"limit": 2},
        "body": {"body_id": "clearbay/ptb"},
        "names": {"limit": 2},
        "indicators": {"document": LATER, "disagree": "true", "limit": 1},
        "due": {"within": 60, "limit": 1},
        "compare": {"edition": EARLIER, "other": LATER, "only": "new"},
        "adoption": {"submission": ASKED, "against": LATER, "only": "none"},
        "revision": {},
        "health": {},
        "judge": {"sent": {"from": doubt.from_id, "to": doubt.to_id, "state": "accepted", **SIGNED}},
        "correct": {"sent": {"item": link.from_id, "said": [{"field": "due", "value": "2032-06-30"}], **SIGNED}},
        "settle": {"sent": {"issue": issue, "state": "dismissed", **SIGNED}},
    }


def _written(path: Path) -> dict[str, Any]:
    """The examples: what was asked and what was answered, long lists cut short."""
    client = TestClient(make_api(str(path), writable=True))
    found = {}
    told = client.get("/openapi.json").json()
    everything = {operation["operationId"]: (address, method) for address, method, operation in _operations(told)}
    for name, asked in _asked(path).items():
        address, method = everything[name]
        if method == "post":
            answer = _lasting(client.post(address, json=asked["sent"]).json())
            found[name] = {"asked": {}, "sent": asked["sent"], "answer": answer}
            continue
        filled = re.sub(r"\{(\w+)\}", lambda part, asked=asked: asked[part[1]], address)  # type: ignore[misc]
        query = {key: value for key, value in asked.items() if f"{{{key}}}" not in address}
        answer = client.get(filled, params=query).json()
        found[name] = {"asked": asked, "answer": _short(_lasting(answer))}
    return found


def _lasting(answer: Any) -> Any:
    """Without what is of the moment."""
    if isinstance(answer, list):
        return [_lasting(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    moment = {"took": 1.0, "at": "2032-01-02T03:04:05+00:00"}
    return {name: moment.get(name, _lasting(value)) for name, value in answer.items()}


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(each) for each in value[:2]]
    if isinstance(value, dict):
        return {name: _short(each) for name, each in value.items()}
    return value


def _operations(told: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for address, methods in told["paths"].items():
        for method, operation in methods.items():
            yield address, method, operation


@pytest.fixture
def told(client: TestClient, clearbay: Path, tmp_path: Path, root: Path) -> dict[str, Any]:
    """The description."""
    if os.environ.get("DEEDLINE_WRITE_GOLDEN") == "1":
        copy = shutil.copy(clearbay, tmp_path / "copy.db")
        (root / EXAMPLES).write_text(json.dumps(_written(Path(copy)), ensure_ascii=False, indent=1) + "\n", "utf-8")
        client = TestClient(make_api(str(clearbay)))
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


def test_everything_is_described(told: dict[str, Any]) -> None:
    assert told["openapi"] == "3.1.0"
    for address, method, operation in _operations(told):
        where = f"{method} {address}"
        assert operation["description"], where
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description") or "enum" in str(parameter["schema"]), (where, parameter["name"])
        for code, response in operation["responses"].items():
            assert response.get("description") or "$ref" in response, (where, code)
            assert code != "422", where
        assert {"400", "404", "406", "500", "503"} <= operation["responses"].keys(), where
    for name, schema in told["components"]["schemas"].items():
        assert schema.get("description") or "enum" in schema, name


def test_every_reference_leads_somewhere_and_none_away(told: dict[str, Any]) -> None:
    text = json.dumps(told)
    for reference in set(re.findall(r'"\$ref": "([^"]+)"', text)):
        at: Any = told
        for part in reference.removeprefix("#/").split("/"):
            at = at[part]
    assert "http://" not in text
    assert not re.search(r"https://(?!register\.example)", text)


def test_its_examples_are_of_the_shapes_that_it_gives(told: dict[str, Any]) -> None:
    models = {**vars(sent), **vars(rows), **vars(answers)}
    for address, method, operation in _operations(told):
        code = "200" if method == "get" else "201"
        content = operation["responses"][code]["content"]["application/json"]
        shape = content["schema"]["$ref"].rpartition("/")[2]
        TypeAdapter(models[shape]).validate_json(json.dumps(content["example"]))
        if method == "post":
            body = operation["requestBody"]["content"]["application/json"]
            TypeAdapter(models[body["schema"]["$ref"].rpartition("/")[2]]).validate_json(json.dumps(body["example"]))
        assert address


def test_its_examples_can_be_asked(told: dict[str, Any], client: TestClient) -> None:
    for address, method, operation in _operations(told):
        if method != "get":
            continue
        examples = {each["name"]: each["example"] for each in operation.get("parameters", ()) if "example" in each}
        filled = re.sub(r"\{(\w+)\}", lambda part, examples=examples: examples[part[1]], address)  # type: ignore[misc]
        query = {name: value for name, value in examples.items() if f"{{{name}}}" not in address}
        assert client.get(filled, params=query).status_code == 200, (address, examples)


def test_it_is_found_beside_the_api(client: TestClient) -> None:
    answer = client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        assert client.get(path).status_code == 404


def test_it_says_where_it_is_mounted(clearbay: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples" / "knowledge"))
    app = Starlette(routes=[Mount("/api/v1", make_api(str(clearbay)))])
    client = TestClient(app)
    assert client.get("/api/v1/openapi.json").json()["servers"] == [{"url": "/api/v1"}]
    first = client.get("/api/v1/items?limit=1")
    following = client.get(first.headers["link"].partition(">")[0].removeprefix("<"))
    assert first.headers["link"].startswith("</api/v1/items?")
    assert following.json()["items"][0] != first.json()["items"][0]
    assert client.get("/api/v1/nothing").headers["content-type"] == "application/problem+json"
    assert client.options("/api/v1/items").headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.head("/api/v1/items").status_code == 200
