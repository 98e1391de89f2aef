"""Charts: readable without colour, and the same bytes for the same counts."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from PIL import Image

from deedline.serve.reports.charts import png, svg
from deedline.serve.reports.paper import Chart

CHART = Chart(("政制及内地事務局", "Body"), tuple(f"series {n}" for n in range(8)), ((1, 2, 3, 4, 5, 6, 7, 8),) * 2)


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert svg(CHART) == svg(CHART)
    assert png(CHART) == png(CHART)


def test_the_settings_of_the_user_change_nothing_and_stay_as_they_are() -> None:
    import matplotlib

    before = svg(CHART)
    with matplotlib.rc_context({"axes.facecolor": "red", "svg.fonttype": "none"}):
        assert svg(CHART) == before
        assert matplotlib.rcParams["axes.facecolor"] == "red"


def test_a_chart_has_no_colour() -> None:
    picture = Image.open(io.BytesIO(png(CHART))).convert("RGB")
    colours = picture.getcolors(1 << 24)
    assert colours
    assert all(red == green == blue for _, (red, green, blue) in colours)


def test_every_series_looks_otherwise() -> None:
    from deedline.serve.reports.charts import _LOOKS

    assert len({(fill, hatch) for fill, hatch, _ in _LOOKS}) == len(_LOOKS)


@pytest.mark.parametrize(
    "chart",
    [
        Chart((), (), ()),
        Chart(("a",), ("b",), ((0,),)),
        Chart(("$\\frac$ <b>&",), ("$x^2$", "_c"), ((1, 2),)),
        Chart(("長" * 500,), ("x" * 300, "y"), ((10**9, 1),)),
    ],
)
def test_any_chart_is_drawn(chart: Chart) -> None:
    assert etree.fromstring(svg(chart)).tag.endswith("svg")
    assert png(chart).startswith(b"\x89PNG")
