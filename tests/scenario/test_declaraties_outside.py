"""The official Vektis test set for GZ321 (ggz), which nobody here wrote. Source: Vektis C.V."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ingest.declaraties.intake import read
from schemas.ei import alle_layouts, layout
from tests.outside import OUTSIDE, needs_outside
from tests.read_files import Gelezen, lees

FOLDER = OUTSIDE / "vektis" / "gz321"
BASE = "GZ321-basisbestand-correct.ASC"

#: Files in which what `mutaties.csv` names cannot all be named, with the reason.
EXCEPTIONS = {
    "N1_0003_01": "a file of zero bytes has no second line; its one refusal stands on line 1",
    "N2_0019_11": "a record moved from line 9: no line 9 is wrong, line 2 is",
    "N2_0022_01": "a record moved from line 4: no line 4 is wrong, line 3 is",
    "N5_082": "0112 was changed so that 1617 on line 9 equals it: 0112 by itself is in order",
}


def short(path: Path) -> str:
    return path.stem.removeprefix("GZ321v1.0_RBCu4_TB_").removesuffix("_v1")


def as_production(content: bytes) -> bytes:
    """The files are test messages; position 10 of record 01 says so."""
    return content[:9] + b"P" + content[10:] if content[9:10] == b"T" else content


def reasons(result: Gelezen) -> Counter:
    return Counter((r[2], r[3]) for r in result.redenen())


@needs_outside
def test_the_base_file_is_a_test_message_and_refused(tmp_path) -> None:
    result = lees(read, tmp_path, {BASE: (FOLDER / BASE).read_bytes()})
    assert reasons(result) == {("EI-TESTBERICHT", "0105"): 1, ("EI-BERICHT-GEWEIGERD", None): 28}
    assert set(result.telling()) == {
        f"GZ321/{code}" for code in ("01", "02", "04", "06", "16", "17", "98", "99")
    }


@needs_outside
def test_as_production_the_base_file_is_right_to_the_cent(tmp_path) -> None:
    result = lees(read, tmp_path, {BASE: as_production((FOLDER / BASE).read_bytes())})
    assert result.redenen() == []
    assert {naam[-2:]: n for naam, (n, *_) in result.telling().items()} == {
        "01": 1, "02": 3, "04": 6, "06": 10, "16": 1, "17": 4, "98": 3, "99": 1,
    }  # fmt: skip
    assert [row["totaal_cent"] for row in result.proj("decl_bericht")] == [733_000]
    assert sum(row["bedrag_cent"] for row in result.proj("decl_tarief")) == 733_000
    assert len(result.proj("decl_prestatie")) == 6


@needs_outside
def test_every_file_of_the_set_is_accounted_for(tmp_path) -> None:
    paths = [FOLDER / BASE, *sorted((FOLDER / "mutaties").iterdir())]
    assert len(paths) == 79
    result = lees(read, tmp_path, {path.name: path.read_bytes() for path in paths})
    lines = sum(len(path.read_bytes().splitlines()) or 1 for path in paths)  # one is empty
    assert len(result.records()) == lines
    accepted, refused, double = (sum(c[i] for c in result.telling().values()) for i in range(3))
    assert (accepted, refused + double) == (0, lines)


@needs_outside
def test_every_mutation_is_named_by_line_and_element(tmp_path) -> None:
    with (FOLDER / "mutaties.csv").open(encoding="utf-8", newline="") as file:
        changes = [row for row in csv.DictReader(file) if row["niveau"] != "OK"]
    paths = sorted((FOLDER / "mutaties").iterdir())
    result = lees(read, tmp_path, {p.name: as_production(p.read_bytes()) for p in paths})
    found = result.rows(
        """
        select bestand, regel, element
        from afkeur
        join record using (record_nr)
        where reden_code not in ('EI-BERICHT-GEWEIGERD', 'EI-BOVENLIGGEND')
        """
    )
    places = {(bestand, regel, element) for bestand, regel, element in found}
    lines = {(bestand, regel) for bestand, regel, _ in found}
    assert {path.name for path in paths} == {bestand for bestand, _ in lines}
    missed = {
        short(Path(row["bestand"]))
        for row in changes
        if (row["element"] and (row["bestand"], int(row["regel"]), row["element"]) not in places)
        or (row["bestand"], int(row["regel"])) not in lines
    }
    assert missed == set(EXCEPTIONS)


@needs_outside
def test_the_set_is_judged_alike_file_by_file_and_as_one_delivery(tmp_path) -> None:
    paths = sorted((FOLDER / "mutaties").iterdir())[::9]
    together = lees(read, tmp_path, {p.name: as_production(p.read_bytes()) for p in paths})
    query = "select regel, reden_code, element from afkeur join record using (record_nr)"
    for number, path in enumerate(paths):
        folder = tmp_path / str(number)
        folder.mkdir()
        alone = lees(read, folder, {path.name: as_production(path.read_bytes())})
        assert sorted(alone.rows(query), key=str) == sorted(
            together.rows(f"{query} where bestand = '{path.name}'"), key=str
        )


#: Changes of one element of the base file that a reader may accept, with the reason.
ACCEPTABLE = {
    ("0219", "nines"): "a house number of five digits",
    ("0219", "zeros"): "a house without a number",
    ("0220", "spaces"): "an addition to a house number that is not there",
    ("0430", "spaces"): "ROM is filled by agreement (0430)",
    ("0431", "zeros"): "the reason of closing is asked of DBC and basis ggz alone",
    ("0435", "nines"): "total time may be more than direct and indirect time",
}
#: Free text, names and references: they may hold anything that begins at the left.
TEXTS = (
    "0116", "0118", "0206", "0210", "0211", "0215", "0220", "0406", "0414", "0440", "0627",
    "1619", "1719", "9804",
)  # fmt: skip


def changes(element) -> dict[str, str]:
    """What the levels N3 and N4 of the set do to an element, as far as the files show it."""
    n = element.lengte
    if element.type == "N":
        found = {"full": "X" * n, "zeros": "0" * n, "nines": "9" * n}
        return found | ({"day first": "01012014"} if "atum" in element.naam else {})
    return {"full": "X" * n} | ({"crooked": " " + "X" * (n - 1)} if n > 1 else {})


@needs_outside
def test_any_element_of_the_base_file_that_is_made_wrong_is_named(tmp_path) -> None:
    """The first record of each kind; one file a change, all in one delivery."""
    lines = as_production((FOLDER / BASE).read_bytes()).decode("latin-1").splitlines()
    files, planted, seen = {}, {}, set()
    for number, line in enumerate(lines, start=1):
        if line[:2] in seen:
            continue
        seen.add(line[:2])
        for element in layout("GZ321", "1.0").records[line[:2]].elementen:
            for change, value in {"spaces": " " * element.lengte, **changes(element)}.items():
                new = line[: element.begin - 1] + value + line[element.eind :]
                if new != line:
                    name = f"{element.element} {change}.asc"
                    files[name] = "\n".join([*lines[: number - 1], new, *lines[number:], ""])
                    planted[name] = (number, element.element, change)
    result = lees(read, tmp_path, files)
    found = result.rows(
        "select distinct bestand, regel, element from afkeur join record using (record_nr)"
    )
    places = {(bestand, regel, element) for bestand, regel, element in found}
    missed = {
        (element, change)
        for name, (number, element, change) in planted.items()
        if (name, number, element) not in places
    }
    assert len(planted) > 500
    assert {
        (element, change)
        for element, change in missed
        if (element, change) not in ACCEPTABLE and not (element in TEXTS and change == "full")
    } == set()


#: Where the published layout does not close, and ours says in ``herkomst`` what was done.
NOT_CLOSED = {("PM305", "03"), ("VK302", "99")}


@pytest.mark.parametrize("indeling", alle_layouts(), ids=lambda x: f"{x.standaard}v{x.versie}")
@needs_outside
def test_layouts_are_those_that_were_published(indeling) -> None:
    names = (indeling.versie, indeling.versie.removesuffix(".0"))
    files = [OUTSIDE / "vektis" / "layouts" / f"{indeling.standaard}_v{name}.csv" for name in names]
    with next(f for f in files if f.exists()).open(
        encoding="utf-8", errors="replace", newline=""
    ) as handle:
        published = [
            row
            for row in csv.DictReader(handle)
            if (indeling.standaard, row["record_code"]) not in NOT_CLOSED
        ]
    for row in published:
        element = indeling.records[row["record_code"]].bij_element(row["element"])
        place = (element.type, element.begin, element.eind)
        assert place == (row["type"], int(row["begin"]), int(row["eind"]))
        assert row["verplichting"] in ("", element.verplicht)
        if row["verplichting"]:
            assert (element.codelijst or "") == row["codelijst"]
    assert len(published) == sum(
        len(record.elementen)
        for code, record in indeling.records.items()
        if (indeling.standaard, code) not in NOT_CLOSED
    )
