"""The index of a place's bodies, its lookups, and the lists that it refuses."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from deedline.errors import KnowledgeError
from deedline.find.bodies import close_bodies, mentioned_bodies
from deedline.knowledge.bodies import BodyIndex, bodies_of, index_bodies
from deedline.knowledge.body_files import check_bodies, read_body_files
from deedline.knowledge.body_forms import lookup_key, scan_form
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import FOLDERS_VARIABLE, Jurisdiction, jurisdiction
from deedline.model.body import Body

ENDED, BEGAN = date(2022, 6, 30), date(2022, 7, 1)


def body(slug: str, name: str, **fields: object) -> Body:
    return Body(**{"id": f"ry/{slug}", "name_zh": name, "name_en": "", "kind": "bureau", **fields})  # type: ignore[arg-type]


@pytest.fixture
def reorganised() -> BodyIndex:
    return index_bodies(
        [
            body("water", "水務及渡輪局", aliases=("渡輪局",), valid_until=ENDED, successors=("ry/river", "ry/ferry")),
            body("river", "河流局", valid_from=BEGAN),
            body("ferry", "渡輪及橋樑局", aliases=("渡輪局",), valid_from=BEGAN),
        ],
        elsewhere=("鄰城河流局",),
    )


def test_a_shared_short_form_is_told_apart_by_date(reorganised: BodyIndex) -> None:
    chosen = [reorganised.named("渡輪局", day) for day in (ENDED, BEGAN, None)]
    assert [found.id if found else None for found in chosen] == ["ry/water", "ry/ferry", "ry/ferry"]


def test_a_name_not_alive_that_day_goes_to_the_nearest_in_time(reorganised: BodyIndex) -> None:
    found = reorganised.named("水務及渡輪局", date(2030, 1, 1))
    assert found is not None
    assert found.id == "ry/water"
    assert reorganised.named("港口局") is None


def test_at_lists_the_living(reorganised: BodyIndex) -> None:
    assert [one.id for one in reorganised.at(ENDED)] == ["ry/water"]
    assert [one.id for one in reorganised.at(None)] == ["ry/ferry", "ry/river"]


def test_successors_carry_the_work_from_the_day_after_the_end(reorganised: BodyIndex) -> None:
    assert [one.id for one in reorganised.successors("ry/water", ENDED)] == ["ry/water"]
    assert [one.id for one in reorganised.successors("ry/water", BEGAN)] == ["ry/river", "ry/ferry"]
    assert [one.id for one in reorganised.successors("ry/river")] == ["ry/river"]


def test_successors_of_a_circle_come_to_an_end() -> None:
    index = index_bodies([body("a", "甲局", successors=("ry/b",)), body("b", "乙局", successors=("ry/a",))])
    assert index.successors("ry/a") == ()


def test_a_name_that_belongs_elsewhere_stands_for_no_body(reorganised: BodyIndex) -> None:
    scan = scan_form("鄰城河流局")
    assert reorganised.lengths_at(scan, 0) == (5,)
    assert reorganised.by_scan[scan] == ()


def test_forms_do_not_reach_past_the_end(reorganised: BodyIndex) -> None:
    assert reorganised.lengths_at(scan_form("河流局"), 1) == ()


@pytest.mark.parametrize(
    "forms", [("ＥＤＢ", "edb"), ("Census & Statistics", "census and statistics"), ("廣 場", "广场")]
)
def test_lookup_does_not_mind_width_case_script_or_punctuation(forms: tuple[str, str]) -> None:
    assert lookup_key(forms[0]) == lookup_key(forms[1])


def test_scan_form_keeps_every_index() -> None:
    text = "İA\tB\n局"
    assert len(scan_form(text)) == len(text)


@pytest.mark.parametrize(
    ("bodies", "complaint"),
    [
        ([body("a", "甲局"), body("a", "乙局")], "two bodies have the id"),
        ([body("a", "甲局", parent="ry/b")], "no body here"),
        ([body("a", "甲局", successors=("ry/b",))], "no body here"),
        ([body("a", "甲局", valid_from=BEGAN, valid_until=ENDED)], "ends before it begins"),
        ([body("a", "甲局"), body("b", "乙局", aliases=("甲局",))], "names both"),
        ([body("a", "甲局", valid_until=BEGAN), body("b", "甲局", valid_from=BEGAN)], "names both"),
        (
            [
                body("a", "甲局", valid_from=ENDED - timedelta(99)),
                body("b", "甲局", valid_from=ENDED - timedelta(9), valid_until=ENDED),
                body("c", "甲局", valid_from=BEGAN),
            ],
            "names both",
        ),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(bodies: list[Body], complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=complaint):
        check_bodies(bodies, "ry/bodies")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[body]\n", "not readable as TOML"),
        ("[[body]]\nid = 'ry/a'", "needs an id and a name"),
        ("[[body]]\nid = 'ry/a'\nname_zh = '甲局'", "of kind ''"),
        ("[[body]]\nid = 'ry/a'\nname_zh = '甲局'\nkind = 'bureau'\nsince = 1", "unknown field 'since'"),
        ("[[body]]\nid = 'ry/a'\nname_zh = '甲局'\nkind = 'bureau'\nvalid_from = '2022-07-01'", "without quotes"),
        ("[[body]]\nid = 'ry/a'\nname_zh = '甲局'\nkind = 'bureau'\naliases = '甲'", "aliases is '甲'"),
        ("[[body]]\nid = 'ry/a'\nname_zh = '甲局'\nkind = 'bureau'\naliases = [1]", "aliases is"),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "bodies.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=complaint) as caught:
        read_body_files(tmp_path)
    assert "bodies.toml" in str(caught.value)


def test_a_place_without_a_list_has_no_bodies(tmp_path: Path) -> None:
    assert read_body_files(tmp_path) == ((), ())


@pytest.fixture
def riverton(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Jurisdiction:
    """An invented city with a bodies folder of its own, found through DEEDLINE_KNOWLEDGE."""
    folder = tmp_path / "ry"
    (folder / "bodies").mkdir(parents=True)
    (folder / "jurisdiction.toml").write_text(
        'id = "ry"\nname_en = "Riverton"\nlanguages = ["zh", "en"]\ncurrency = "XXX"\n', encoding="utf-8"
    )
    (folder / "bodies/bureaux.toml").write_text(
        'kind = "bureau"\nsource = "invented"\n'
        '[[body]]\nid = "ry/rb"\nname_zh = "河岸及渡輪局"\nname_en = "River, Banks and Ferries Bureau"\n'
        'abbreviations = ["RBFB"]\naliases = ["河渡局"]\n'
        '[[body]]\nid = "ry/lamps"\nname_en = "Lamps Department"\nkind = "department"\nparent = "ry/rb"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv(FOLDERS_VARIABLE, str(tmp_path))
    return jurisdiction("ry")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("修建碼頭。(河岸及渡輪局、相關政策局)", ["ry/rb", None]),
        ("修建碼頭。(河渡局)", ["ry/rb"]),
        ("修建碼頭。(河岸及渡轮局)", ["ry/rb"]),
        ("Mend the quay. (River, Banks and Ferries Bureau and Lamps Department)", ["ry/rb", "ry/lamps"]),
        ("Mend the quay (RBFB).", ["ry/rb"]),
        ("Mend the quay. (Lamp Department)", ["ry/lamps"]),
    ],
)
def test_an_invented_city_needs_only_its_own_list(riverton: Jurisdiction, text: str, ids: list[str | None]) -> None:
    found = close_bodies(passage_of(text), None, riverton)
    assert [mention.body_id for mention in found.mentions] == ids


def test_an_invented_city_knows_no_other_citys_bodies(riverton: Jurisdiction) -> None:
    assert [one.id for one in bodies_of(riverton).bodies] == ["ry/lamps", "ry/rb"]
    assert mentioned_bodies(passage_of("河岸及渡輪局與保安局"), None, riverton)[0].body_id == "ry/rb"
    assert len(mentioned_bodies(passage_of("河岸及渡輪局與保安局"), None, riverton)) == 1
    found = close_bodies(passage_of("修建碼頭。(教育局)"), None, riverton)
    assert (found.mentions[0].body_id, found.doubts[0].code) == (None, "unknown-body")
