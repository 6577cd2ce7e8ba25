"""Every planted fault is found and no clean record is refused: precision and recall, printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
import pytest

from ingest.family import sources
from ingest.oordeel.rules import rules
from tests.scenario.region import Region

pytestmark = pytest.mark.xdist_group("region")

#: What follows from the refusal of another record of the same message.
FOLLOWS = {"EI-BERICHT-GEWEIGERD", "EI-BOVENLIGGEND"}
REPLACED = "EI-BERICHT-VERVANGEN"

Place = tuple[str, str, str, str]


@dataclass(frozen=True)
class Planted:
    """A planted fault: where, and which reasons are right."""

    place: Place
    reasons: frozenset[str]

    @property
    def family(self) -> str:
        return sources()[self.place[0]].soort


def planted(region: Region, waar: str) -> list[Planted]:
    rows = region.truth("fouten").filter(pl.col("waar") == waar)
    return [
        Planted(
            (row["bron_id"], row["periode"], row["bestand"], row["regel"]),
            frozenset(row["reden_code"].split("|")),
        )
        for row in rows.iter_rows(named=True)
    ]


def refused(region: Region) -> dict[Place, set[str]]:
    """Reasons of every record in quarantine, by place."""
    found: dict[Place, set[str]] = {}
    rows = region.quarantine().select("bron_id", "periode", "bestand", "regel", "reden_code")
    for bron, periode, bestand, regel, code in rows.iter_rows():
        found.setdefault((bron, periode, bestand, str(regel)), set()).add(code)
    return found


def explained(faults: list[Planted]) -> tuple[set[Place], set[tuple[str, str, str]]]:
    """Places that must be refused, and files that must be as a whole: their message is faulty."""
    whole = {
        fault.place[:3]
        for fault in faults
        if any(rules()[code].niveau in ("bericht", "bestand") for code in fault.reasons)
    }
    return {fault.place for fault in faults}, whole


def table(lines: list[tuple[str, str, int, int, int]]) -> Iterator[str]:
    """The lines as text: family, reason, planted, found, refused without cause."""
    yield f"{'family':<12}{'reason':<42}{'planted':>8}{'found':>7}{'clean refused':>15}"
    for family, reason, n, hit, clean in lines:
        yield f"{family:<12}{reason:<42}{n:>8}{hit:>7}{clean:>15}"


def test_precision_and_recall_at_intake_are_one(region: Region, record_property) -> None:
    faults, found = planted(region, "intake"), refused(region)
    places, whole = explained(faults)
    hits = [f for f in faults if found.get(f.place, set()) & f.reasons]
    clean = {p: codes for p, codes in found.items() if p not in places and p[:3] not in whole}
    names = Counter((f.family, "|".join(sorted(f.reasons))) for f in faults)
    found_names = Counter((f.family, "|".join(sorted(f.reasons))) for f in hits)
    clean_names = Counter(
        (sources()[place[0]].soort, code) for place, codes in clean.items() for code in codes
    )
    lines = [
        (family, reason, n, found_names[family, reason], clean_names[family, reason])
        for (family, reason), n in sorted(names.items())
    ]
    lines += [(*key, 0, 0, n) for key, n in sorted(clean_names.items()) if key not in names]
    recall, precision = len(hits) / len(faults), 1 - len(clean) / len(found)
    record_property("printed", "\n".join(table(lines)))
    record_property(
        "printed",
        f"at intake: {len(faults)} faults planted, {len(found)} records refused; "
        f"precision {precision:.3f}, recall {recall:.3f}",
    )
    assert {family for family, *_ in lines} == {"fhir", "declaratie", "register"}
    assert len(names) >= 15
    assert [f for f in faults if f not in hits] == []
    assert clean == {}
    assert (precision, recall) == (1.0, 1.0)


def test_precision_and_recall_of_the_build_are_one(region: Region, record_property) -> None:
    """What only the build can see, over all deliveries; records below a refused one follow it."""
    key = ["bron_id", "bestand", "regel", "reden_code"]
    rows = region.refused_by_build().select(key).cast(pl.String)
    found = set(rows.iter_rows())
    faults = region.truth("fouten").filter(pl.col("waar") == "bouw").select(key)
    expected = set(faults.iter_rows())
    replaced = {row[:2] for row in expected if row[3] == REPLACED}  # every record of a message is
    clean = {
        row
        for row in found - expected
        if row[3] not in FOLLOWS and not (row[3] == REPLACED and row[:2] in replaced)
    }
    recall = len(found & expected) / len(expected)
    precision = 1 - len(clean) / len(found)
    counts = Counter(code for *_, code in expected)
    record_property(
        "printed",
        f"in the build: {len(expected)} faults planted ("
        + ", ".join(f"{n} {code}" for code, n in sorted(counts.items()))
        + f"), {len(found)} records refused; precision {precision:.3f}, recall {recall:.3f}",
    )
    assert len(expected) > 20
    assert (precision, recall) == (1.0, 1.0), clean


def test_what_follows_from_a_fault_is_told_apart(region: Region) -> None:
    """A record that is refused for another one says so, and nothing else."""
    faults, found = planted(region, "intake"), refused(region)
    places, _ = explained(faults)
    beside = {place: codes for place, codes in found.items() if place not in places}
    assert len(beside) > 20
    assert {frozenset(codes) for codes in beside.values()} == {frozenset({"EI-BERICHT-GEWEIGERD"})}


def test_no_threshold_is_passed_by_a_handful_of_faults(region: Region) -> None:
    assert [r.drempels for r in region.reports.values() if r.drempels] == []
    assert {r.status for r in region.reports.values()} == {"geaccepteerd", "deels"}


def test_precision_and_recall_of_the_comparison_are_one(region: Region, record_property) -> None:
    """Three years of every source: what was planted stands out, and nothing else does."""
    expected = set(region.truth("afwijkingen").iter_rows())
    # where the truth names no single element, the figure as a whole must stand out
    whole = {row[:4] for row in expected if row[4] == "*"}
    found = set()
    for (bron, periode), report in region.reports.items():
        for each in report.analyse.afwijkingen:
            figure = (bron, periode, each.code, each.tabel)
            found.add((*figure, "*" if figure in whole else each.element or ""))
    made = sum(report.analyse.toetsen for report in region.reports.values())
    compared = {key for key, report in region.reports.items() if report.analyse.vergeleken_met}
    record_property(
        "printed",
        f"beside earlier deliveries: {made} comparisons of {len(compared)} deliveries, "
        f"{len(expected)} planted, {len(found & expected)} found, {len(found - expected)} false",
    )
    assert len(expected) > 0
    assert found == expected
    assert made > 1_000
    # of one register the second year holds changes alone, which are compared with nothing
    assert {bron for bron, _ in region.reports} - {bron for bron, _ in compared} == {
        "register-wlz-indicaties"
    }
