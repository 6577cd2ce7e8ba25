"""The official Vektis test set for GZ321 (ggz), which nobody here wrote. Source: Vektis C.V."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ingest.declaraties.intake import read
from schemas.ei import alle_layouts
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


#: Where the published layout does not close, and ours says in ``herkomst`` what was done.
NOT_CLOSED = {("PM305", "03"), ("VK302", "99")}


@pytest.mark.parametrize("layout", alle_layouts(), ids=lambda x: f"{x.standaard}v{x.versie}")
@needs_outside
def test_layouts_are_those_that_were_published(layout) -> None:
    names = (layout.versie, layout.versie.removesuffix(".0"))
    files = [OUTSIDE / "vektis" / "layouts" / f"{layout.standaard}_v{name}.csv" for name in names]
    with next(f for f in files if f.exists()).open(
        encoding="utf-8", errors="replace", newline=""
    ) as handle:
        published = [
            row
            for row in csv.DictReader(handle)
            if (layout.standaard, row["record_code"]) not in NOT_CLOSED
        ]
    for row in published:
        element = layout.records[row["record_code"]].bij_element(row["element"])
        place = (element.type, element.begin, element.eind)
        assert place == (row["type"], int(row["begin"]), int(row["eind"]))
        assert row["verplichting"] in ("", element.verplicht)
        if row["verplichting"]:
            assert (element.codelijst or "") == row["codelijst"]
    assert len(published) == sum(
        len(record.elementen)
        for code, record in layout.records.items()
        if (layout.standaard, code) not in NOT_CLOSED
    )
