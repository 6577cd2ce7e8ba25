"""The pictures: whole as XML, as long as the numbers, and told in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from ingest.terugkoppeling.beeld.plaats import Punt, axis, axis_of, places
from ingest.terugkoppeling.beeld.staven import UITKOMSTEN, Staaf, Verdeeld, bars, divided, short
from ingest.terugkoppeling.beeld.svg import PATTERNS, beside, legend
from ingest.terugkoppeling.beeld.verschil import (
    JAAR_PUNT,
    JAAR_VERSCHIL,
    VORIG_PUNT,
    VORIG_VERSCHIL,
    Schuif,
    Verschil,
    change,
    differences,
    shares,
)
from ingest.terugkoppeling.html import Html, table
from ingest.terugkoppeling.style import STYLE


def drawn(picture: Html) -> ET.Element:
    """The picture as a reader of XML sees it; it must be whole."""
    root = ET.fromstring(str(picture))  # noqa: S314 - our own text
    naam = root.attrib["id"]
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{naam}-titel {naam}-uitleg"
    assert {e.attrib.get("id") for e in root} >= {f"{naam}-titel", f"{naam}-uitleg"}
    assert "viewBox" not in root.attrib
    return root


def widths(root: ET.Element, klasse: str) -> list[float]:
    return [
        float(r.attrib["width"].rstrip("%"))
        for r in root.iter("rect")
        if r.attrib["class"] == klasse
    ]


def words(root: ET.Element) -> str:
    return (root.findtext("desc") or "").strip()


def test_a_divided_bar_is_as_long_as_its_parts() -> None:
    root = drawn(divided("b", "T", [Verdeeld("Patient", (60, 30, 10))]))
    assert [widths(root, key.klasse) for key in UITKOMSTEN] == [[60], [30], [10]]
    starts = [float(r.attrib["x"].rstrip("%")) for r in root.iter("rect")]
    assert starts == [0, 60, 90]
    assert words(root) == "Patient: 60 geaccepteerd, 30 geweigerd, 10 dubbel."


def test_one_refusal_in_a_million_is_seen() -> None:
    root = drawn(divided("b", "T", [Verdeeld("Patient", (999_999, 1, 0))]))
    [refused] = widths(root, "v-weg")
    assert refused >= 0.5
    [rect] = [r for r in root.iter("rect") if r.attrib["class"] == "v-weg"]
    assert float(rect.attrib["x"].rstrip("%")) + refused <= 100
    assert widths(root, "v-twee") == []


def test_bars_are_held_against_the_longest() -> None:
    root = drawn(bars("b", "T", [Staaf("A", "wat er is", 40), Staaf("B", "en dit", 10)]))
    assert widths(root, "v-weg") == [100, 25]


@pytest.mark.parametrize("name", ["<i>&\"'", "]]>", "Ziekenhuis & Zn <script>"], ids=str)
def test_names_of_others_are_written_as_text(name: str) -> None:
    for picture in (
        divided("b", "T", [Verdeeld(name, (1, 1, 1))]),
        bars("b", "T", [Staaf(name, name, 1)]),
        differences("b", "T", [Verschil(name, [(JAAR_VERSCHIL, 0.1, True)])]),
        shares("b", "T", [Schuif(name, 0.5, [(JAAR_PUNT, 0.4)], True)], whole=True),
    ):
        root = drawn(picture)
        assert name in words(root)
        assert "script" not in {e.tag for e in root.iter()}


def test_words_under_a_bar_are_told_on_a_narrow_page_too() -> None:
    """A page shows one of the two; the space they need is kept, so neither may be missing."""
    words = "De resource noemt geen profiel terwijl deze bron dat wel moet doen, en meer nog."
    root = drawn(bars("b", "T", [Staaf("A", words, 4), Staaf("B", "Kort.", 1)]))
    told = {
        kind: [node.text for node in root.iter() if node.get("class") == kind]
        for kind in ("bij", "kort")
    }
    assert told["bij"] == [words, "Kort."]
    assert [len(text or "") <= 50 for text in told["kort"]] == [True, True]
    assert words.startswith((told["kort"][0] or "").removesuffix(" …"))
    narrow = STYLE.split("@media (max-width: 34rem)")[1]
    for rule in (".beeld .bij { display: none; }", ".beeld .kort { display: inline; }"):
        assert rule in narrow


def test_less_goes_to_the_left_and_more_to_the_right() -> None:
    rows = [
        Verschil("minder", [(JAAR_VERSCHIL, -0.4, True), (VORIG_VERSCHIL, 0.0, False)]),
        Verschil("meer", [(JAAR_VERSCHIL, 0.2, False), (VORIG_VERSCHIL, None, False)]),
    ]
    root = drawn(differences("b", "T", rows))
    left, right = [r for r in root.iter("rect") if r.attrib["class"] == "v-jaar"]
    assert (left.attrib["x"], left.attrib["width"]) == ("10%", "40%")  # of half, at a scale of 50%
    assert (right.attrib["x"], right.attrib["width"]) == ("50%", "20%")
    assert widths(root, "v-nu") == []
    assert "−40% tegenover vorig jaar (valt op)" in words(root)
    assert "niet te vergelijken tegenover de vorige periode" in words(root)
    assert len([e for e in root.iter("svg") if e.attrib.get("class") == "v-let"]) == 1


def test_shares_have_their_place_and_too_few_have_none() -> None:
    rows = [
        Schuif("a", 0.5, [(JAAR_PUNT, 0.25), (VORIG_PUNT, 0.75)], valt_op=False),
        Schuif("b", None, [(JAAR_PUNT, 0.1)], valt_op=False),
    ]
    root = drawn(shares("b", "T", rows, whole=True))
    places_of = {
        e.attrib["class"]: e.attrib["x"] for e in root.findall("svg") if "class" in e.attrib
    }
    assert places_of["v-nu"] == "50%"
    assert len([e for e in root.findall("svg") if e.attrib["class"] == "v-nu"]) == 1
    assert "b: nu te weinig, vorig jaar 10,0%" in words(root)


def test_the_axis_holds_every_value_and_stays_within_a_share() -> None:
    rng = [(0.01, 0.02), (0.93, 0.99), (0.0, 1.0), (0.5, 0.5), (1200.0, 4300.0), (-5.0, 3.0)]
    for low, high in rng:
        found = axis([low, high], is_share=high <= 1)
        assert found.van <= low <= high <= found.tot
        assert 0 <= found.place(low) <= found.place(high) <= 1
    assert axis([0.93, 1.0], is_share=True).tot == 1.0


def test_a_figure_is_drawn_with_what_is_known_of_it() -> None:
    rows = [
        Punt("2024", "8,0%", 0.08, 0.04, 0.15, None, 0.1, 0.1),
        Punt("2025", "te weinig personen", None, None, None, None, None, None),
    ]
    root = drawn(places("b", "T", "uitleg", rows, ("0%", "20%"), axis_of(rows, is_share=True)))
    assert len([e for e in root.iter("svg") if e.attrib.get("class") == "v-nu"]) == 1
    assert [e.attrib["class"] for e in root.findall("line")].count("s-nu") == 1


def test_differences_are_written_as_people_do() -> None:
    assert [change(s) for s in (-0.3, 0.004, 0.0001, 1.5)] == ["−30%", "+0,4%", "gelijk", "+150%"]
    assert short("Een heel lange naam van iets", 15) == "Een heel …"


def test_what_stands_beside_is_whole_too() -> None:
    shown = beside("T", UITKOMSTEN, divided("b", "T", [Verdeeld("a", (1, 0, 0))]),
                   table("T", ["a", "b"], [["x", "1"]]))  # fmt: skip
    root = ET.fromstring(str(shown))  # noqa: S314 - our own text
    assert [e.tag for e in root] == ["figcaption", "div", "div"]
    assert len(ET.fromstring(str(legend(UITKOMSTEN)))) == 3  # noqa: S314 - our own text
    patterns = ET.fromstring(PATTERNS)  # noqa: S314 - our own text
    assert {e.attrib["id"] for e in patterns.iter("pattern")} == {"p-fout", "p-dubbel"}
