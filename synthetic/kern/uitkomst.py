"""Tables of the truth about the kerngegevens set: the 24-hour clock and unity of language."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from synthetic.gegevens import codes, table
from synthetic.kern.tellingen import Tellingen

_TOTAAL, _ONBEKEND = "TOTAAL", "ONBEKEND"

KlokRij = tuple[str, str, str, str, str, int, int, int]
TaalRij = tuple[str, str, str, int, int, int]


@cache
def _parts() -> dict[str, dict[str, str]]:
    """Rows of ``kern_onderdelen.csv`` by the name things are counted under."""
    return {row["naam"]: row for row in table("kern_onderdelen")}


def clock_rows(tellingen: Tellingen, agb: tuple[str, ...]) -> list[KlokRij]:
    """Rows of ``tijdigheid.csv``: per source and part by table, and by zorgaanbieder.

    Args:
        tellingen: counters of the whole region.
        agb: AGB codes by position.

    Returns:
        Keys, then kerngegevens, those with a moment of registration, those within 24 hours.
    """
    rows: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (bron, name, who, recorded, available, in_time), n in tellingen.klok.items():
        part = _parts()[name]
        if not part["tabel"]:
            continue
        unit = agb[who] if part["aanbieder"] == "ja" else _ONBEKEND
        year = str(recorded or available)
        for tabel, aanbieder in (
            (part["tabel"], _TOTAAL),
            (_TOTAAL, unit),
            (_TOTAAL, _TOTAAL),
        ):
            figures = rows[bron, part["onderdeel"], tabel, aanbieder, year]
            figures[0] += n
            figures[1] += n * (recorded > 0)
            figures[2] += n * in_time
    return [
        (bron, part, tabel, aanbieder, year, n, with_moment, in_time)
        for (bron, part, tabel, aanbieder, year), (n, with_moment, in_time) in sorted(rows.items())
    ]


def code_rows(tellingen: Tellingen) -> list[TaalRij]:
    """Rows of ``eenheid_van_taal.csv``: per source and part by code system, and in total.

    Every resource of the region has one coding, in the one form of its system.

    Args:
        tellingen: counters of the whole region.

    Returns:
        Keys, then records, those in a standard of the part, those with a concept.
    """
    standards = {(row["domein"], row["codestelsel"]) for row in codes("codestelsel_standaard")}
    concepts = {(row["domein"], row["codestelsel"], row["code"]) for row in codes("begrip")}
    concepts |= {("diagnose", row["stelsel"], row["code"]) for row in codes("diagnose_concept")}
    rows: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (bron, name, system, code), n in tellingen.code.items():
        part = _parts()[name]
        if not part["taal"]:
            continue
        for label in (system, _TOTAAL):
            figures = rows[bron, part["taal"], label]
            figures[0] += n
            figures[1] += n * ((part["domein"], system) in standards)
            figures[2] += n * ((part["domein"], system, code) in concepts)
    return [(*key, n, standard, known) for key, (n, standard, known) in sorted(rows.items())]
