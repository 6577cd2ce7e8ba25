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

#: Mutations that ask for code lists, rules between elements, or a fixed value: not judged yet.
LATER = ("N4", "N5")
NEEDS_MORE = {"N3_0407_02", "N3_0438_02"}
CAUGHT_ANYWAY = {
    "N4_0102_01", "N4_0405_01", "N4_0439_01", "N4_0608_01", "N4_0616_01", "N4_1612_01", "N5_106",
}  # fmt: skip


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
    lines = sum(len(path.read_bytes().splitlines()) for path in paths)
    assert len(result.records()) == lines
    accepted, refused, double = (sum(c[i] for c in result.telling().values()) for i in range(3))
    assert (accepted, refused + double) == (0, lines)


@needs_outside
def test_every_mutation_of_structure_and_fields_is_found(tmp_path) -> None:
    with (FOLDER / "mutaties.csv").open(encoding="utf-8", newline="") as file:
        planted = {row["bestand"]: row for row in csv.DictReader(file)}
    paths = sorted((FOLDER / "mutaties").iterdir())
    result = lees(read, tmp_path, {p.name: as_production(p.read_bytes()) for p in paths})
    found: dict[str, set] = {path.name: set() for path in paths}
    for bestand, regel, element in result.rows(
        "select bestand, regel, element from afkeur join record using (record_nr)"
    ):
        found[bestand].add((regel, element))
    later = {short(path) for path in paths if short(path).startswith(LATER)}
    missed = {short(path) for path in paths if not found[path.name]}
    assert missed == (later - CAUGHT_ANYWAY) | NEEDS_MORE | {"N1_0003_01"}  # N1: an empty file
    for path in paths:
        row = planted[path.name]
        told_by_element = short(path).startswith("N3") and short(path) not in NEEDS_MORE
        if told_by_element and not row["element"].endswith("01") and row["element"] != "0104":
            assert (int(row["regel"]), row["element"]) in found[path.name], path.name


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
