"""Shared strategies of the property tests: texts as converters leave them, spans, mapped texts."""

from __future__ import annotations

from hypothesis import strategies as st

from deedline.model.text import MappedText

IDEOGRAPHS = "政府在年內推出新計劃完成提升香港市民服務優化及加強衞衛"
PIECES = st.text(alphabet=IDEOGRAPHS + "abc 12，。、：（）()「」\t\u3000", min_size=0, max_size=30)
MARKS = st.sampled_from(
    ["", "- ", "• ", "(1) ", "1. ", "1.1 ", "# ", "## ", "| a | b |", "\t", "3", "\uf06c  ", "一、 "]
)
LINE_ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "  \n", "\n   \n"])


@st.composite
def converted_texts(draw: st.DrawFn) -> str:
    """Texts of marked and unmarked lines with any line ends between them."""
    lines = draw(st.lists(st.tuples(MARKS, PIECES, LINE_ENDS), max_size=40))
    return "".join(mark + words + end for mark, words, end in lines)


@st.composite
def mapped_texts(draw: st.DrawFn) -> tuple[str, MappedText]:
    """An original and a mapped text that keeps some of its characters."""
    original = draw(st.text(alphabet=IDEOGRAPHS + "ab 1\n", max_size=60))
    kept = [i for i in range(len(original)) if draw(st.booleans())]
    return original, MappedText.original(original).keep(kept)
