"""Lines of labels that do not hold what they must."""

from __future__ import annotations

from typing import Any

import pytest

from deedline.errors import InputError
from deedline.operations.labelled import demand_link

ITEM = {"document": "a.txt", "line": 3, "kind": "measure"}
LABEL: dict[str, Any] = {"task": "continuity", "query": ITEM, "targets": "b.txt", "links": []}


@pytest.mark.parametrize("line", [None, 5, "disputed", [], {}])
def test_a_line_that_is_no_label_is_told(line: Any) -> None:
    with pytest.raises(InputError, match="line 1: "):
        demand_link(line, "line 1")


@pytest.mark.parametrize("disputed", [None, 5, "b", {}])
def test_what_is_disputed_is_a_list_where_it_is_there(disputed: object) -> None:
    demand_link(LABEL, "line 1")
    demand_link({**LABEL, "disputed": [ITEM]}, "line 1")
    with pytest.raises(InputError, match="line 1: disputed is not a list"):
        demand_link({**LABEL, "disputed": disputed}, "line 1")
