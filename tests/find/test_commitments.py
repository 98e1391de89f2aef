"""Commitments whose owner is printed once for many: below a letter's address, above a line, among sentences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deedline.errors import KnowledgeError
from deedline.find import find_items
from deedline.knowledge.commitments import commitment_words
from deedline.knowledge.load import Jurisdiction, jurisdiction
from deedline.model.item import Finding, Item, LineRole
from deedline.model.text import reread
from deedline.model.values import Role
from deedline.read import read_document

CA = jurisdiction("ca")
HEALTH = "## Minister of Health Mandate Letter\n\nI ask that you deliver the following commitments.\n\n"


def find(text: str, place: Jurisdiction = CA) -> Finding:
    given = {"date": "2025-09-08", "kind": "commitments", "language": place.languages[0], "jurisdiction": place.id}
    return find_items(read_document(text.encode(), "letters.md", given), place)


def owners(item: Item) -> list[tuple[str | None, str]]:
    return [(mention.body_id, mention.role.value) for mention in item.bodies]


def test_whoever_is_addressed_owns_what_is_asked() -> None:
    (item,) = find(HEALTH + "- Open a clinic by 2027.\n").items
    assert owners(item) == [("ca/minister-of-health", "lead")]
    assert item.path == ("Minister of Health Mandate Letter",)


def test_another_letter_has_another_owner() -> None:
    text = HEALTH + "- Open a clinic.\n\n" + HEALTH.replace("Health", "Transport") + "- Light a crossing.\n"
    assert [owners(item)[0][0] for item in find(text).items] == ["ca/minister-of-health", "ca/minister-of-transport"]


def test_an_owner_told_twice_keeps_what_is_open() -> None:
    text = HEALTH + "Thank you for agreeing to serve Canadians as Minister of Health.\n\n- Open a clinic.\n"
    assert len(find(text).items) == 1


def test_those_who_act_with_the_owner_are_joint_and_a_run_ends_at_other_words() -> None:
    words = "with the support of the Minister of Finance and National Revenue, the President of the Treasury Board"
    (item,) = find(HEALTH + f"- Open a clinic, {words} and nurses; the Minister of Transport may visit.\n").items
    assert owners(item) == [
        ("ca/minister-of-health", "lead"),
        ("ca/minister-of-finance-and-national-revenue", "joint"),
        ("ca/president-of-the-treasury-board", "joint"),
    ]


def test_bodies_printed_behind_a_commitment_own_it_instead() -> None:
    (item,) = find(HEALTH + "- Open a clinic by 2027. (Transport Canada)\n").items
    assert (item.text, owners(item)) == ("Open a clinic by 2027.", [("ca/tc", "lead")])


def test_the_parts_of_a_list_inherit_who_acts_and_when() -> None:
    text = "- Working with the Minister of Transport, by March 31, 2027:\n  - open a clinic; and\n  - equip a ship.\n"
    opening, clinic, ship = find(HEALTH + text).items
    assert [clinic.parent, ship.parent] == [opening.key, opening.key]
    assert owners(ship) == [("ca/minister-of-health", "lead"), ("ca/minister-of-transport", Role.INHERITED.value)]
    assert clinic.due == opening.due
    assert clinic.due is not None


def test_nothing_is_a_commitment_before_the_list_opens_or_after_it_closes() -> None:
    before, after = "- a note\n\nI ask", "\nI expect you to be open with:\n\n- your staff.\n"
    found = find(HEALTH.replace("I ask", before) + "- Open a clinic.\n" + after)
    assert [item.text for item in found.items] == ["Open a clinic."]
    assert [line.role for line in found.lines if line.number in (3, 11)] == [LineRole.PROSE, LineRole.PROSE]


def test_a_line_that_closes_one_list_may_open_another() -> None:
    found = find(HEALTH + "- Open a clinic.\n\nAs Minister of Health, you will:\n\n- equip a ship.\n")
    assert len(found.items) == 2


def test_a_section_that_is_no_letter_has_no_owner() -> None:
    text = HEALTH + "- Open a clinic.\n\n## Notes\n\nThey are asked to deliver the following commitments:\n\n- Sing.\n"
    clinic, note = find(text).items
    assert (owners(clinic)[0][0], owners(note)) == ("ca/minister-of-health", [])


def test_a_commitment_that_nobody_owns_is_a_doubt() -> None:
    found = find("Ministers will deliver the following commitments:\n\n- Open a clinic.\n")
    assert [issue.code for issue in found.issues] == ["no-body"]
    assert found.issues[0].item == found.items[0].key


def test_an_owner_that_is_unknown_is_kept_as_printed_with_one_doubt() -> None:
    found = find(HEALTH.replace("Health", "Lanterns") + "- Open a clinic.\n- Equip a ship.\n")
    assert [[mention.as_printed for mention in item.bodies] for item in found.items] == [["Minister of Lanterns"]] * 2
    assert [(issue.code, issue.item) for issue in found.issues] == [("unknown-body", found.items[0].key)]


def test_a_sentence_can_be_a_commitment_by_itself() -> None:
    text = "## Minister of Health Mandate Letter\n\nBe well. Your first task is to open a clinic by 2027. Thank you.\n"
    (item,) = find(text).items
    assert item.text == "Your first task is to open a clinic by 2027."
    assert owners(item) == [("ca/minister-of-health", "lead")]


def test_documents_of_the_place_in_another_form_are_read_as_ever() -> None:
    (item,) = find("- Open a clinic by 2027. (Health Canada)\n").items
    assert owners(item) == [("ca/hc", "lead")]


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str], Jurisdiction]:
    """A tiny place whose `commitments.toml` is given."""

    def build(commitments: str) -> Jurisdiction:
        folder = tmp_path / "river"
        folder.mkdir()
        (folder / "commitments.toml").write_text(commitments, encoding="utf-8")
        bodies = '[[body]]\nid = "river/{0}"\nname_zh = "{1}"\nkind = "bureau"\n'
        listed = bodies.format("boats", "船務局") + bodies.format("mills", "磨坊局")
        (folder / "bodies.toml").write_text(listed, encoding="utf-8")
        return Jurisdiction("river", {"zh": "河"}, ("zh",), "XXX", (), {}, (), folder)

    return build


ABOVE = """
[[pattern]]
name = "those-responsible"
role = "owner"
owns = "above"
regex = '^責任單位:(?P<owner>.{2,60})$'
accept = ["責任單位：船務局"]
"""


@pytest.fixture
def river(place: Callable[[str], Jurisdiction], monkeypatch: pytest.MonkeyPatch) -> Jurisdiction:
    """A place whose documents name who is responsible below what they are responsible for."""
    built = place(ABOVE)
    (built.folder / "jurisdiction.toml").write_text('id = "river"\nlanguages = ["zh"]\ncurrency = "XXX"\n')
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(built.folder.parent))
    return built


def test_a_line_below_names_the_owners_of_what_stands_above_it(river: Jurisdiction) -> None:
    text = "- 修橋。\n- 造船。\n\n責任單位：船務局、磨坊局\n\n- 磨麥。\n\n責任單位：磨坊局\n\n- 唱歌。\n"
    found = find(text, river)
    assert [[m.body_id for m in item.bodies] for item in found.items] == [
        ["river/boats", "river/mills"],
        ["river/boats", "river/mills"],
        ["river/mills"],
        [],
    ]
    assert [issue.code for issue in found.issues] == ["no-body"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[pattern]]\nname = 'x'\nrole = 'boss'\nregex = 'a'\naccept = ['a']", "needs a role"),
        ("[[pattern]]\nname = 'x'\nrole = 'owner'\nregex = 'a'\naccept = ['a']", "needs a group"),
        (ABOVE.replace('"above"', '"beside"'), "write below or above"),
    ],
)
def test_a_broken_file_says_what_to_mend(text: str, complaint: str, place: Callable[[str], Jurisdiction]) -> None:
    with pytest.raises(KnowledgeError, match=complaint) as caught:
        commitment_words(place(text))
    assert "river/commitments.toml" in str(caught.value)


PIECES = (
    HEALTH,
    "- Open a clinic",
    "- Work with the Minister of Transport",
    "  - by 2027;",
    " (Health Canada)",
    ".",
    "\n",
    "\n\n",
    "As Minister, you will:",
    "Your first task is to sing.",
    "## Minister of Lanterns Mandate Letter\n",
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_whatever_the_letter_every_name_and_item_rereads(pieces: list[str]) -> None:
    text = "# Letters\n\n" + "".join(pieces)
    for item in find(text).items:
        assert "".join(reread(text, item.spans).split()) == "".join(item.text.split())
        for mention in item.bodies:
            assert reread(text, mention.spans) == mention.as_printed
