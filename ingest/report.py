"""The intake report: what was delivered, what became of it, and why."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from ingest.oordeel.analysis import Analyse
from ingest.oordeel.sender import Opmerking
from ingest.oordeel.thresholds import Overschrijding

_REASONS = Path(__file__).parent.parent / "schemas" / "redenen.csv"

#: So many elements are named of one reason.
ELEMENTEN = 20


@dataclass(frozen=True)
class Telling:
    """Counts of one kind of record; ``aangeleverd`` is the sum of the other three."""

    aangeleverd: int
    geaccepteerd: int
    quarantaine: int
    dubbel: int


@dataclass(frozen=True)
class Reden:
    """One reason for refusal: records it hit, the first of them, and the elements it was found in.

    Attributes:
        code: of ``schemas/redenen.csv``.
        tabel: what the records are counted under.
        aantal: records; one hit in two elements counts once.
        voorbeeld: file, line and element of the first.
        elementen: records by element, the most frequent first, at most ``ELEMENTEN`` of them.
    """

    code: str
    tabel: str
    aantal: int
    voorbeeld: dict[str, Any]
    elementen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Eerder:
    """What a delivery came to before it was replayed, or read again with another outcome.

    Attributes:
        status: of the delivery then.
        geaccepteerd: records.
        quarantaine: records.
        dubbel: records.
        redenen: refused records by reason code and table, as ``CODE tabel``.
    """

    status: str
    geaccepteerd: int
    quarantaine: int
    dubbel: int
    redenen: dict[str, int]


@dataclass(frozen=True)
class IntakeReport:
    """What became of one delivery.

    Attributes:
        levering_id: identity of the delivery.
        bron_id: the source.
        soort: fhir, declaratie or register.
        periode: the period it is for.
        status: geaccepteerd, deels or geweigerd.
        tabellen: counts of source records, each counted once.
        redenen: why records were refused.
        waarschuwingen: what is odd about records that were accepted.
        rijen: rows written per raw table, derived from the accepted records; in ``dq_oordeel``
            one a refused or odd record and rule.
        bijzonder: counts that are no records (Bundles, hidden files).
        drempels: thresholds that were passed; the delivery is refused unless they were let pass.
        opmerkingen: what is odd about the delivery as a whole.
        analyse: the delivery beside earlier ones of its source.
        eerder: the outcomes before it was replayed or came to another one, the first one first.
        herhaling: the delivery was already loaded; the report is that of the first time.
    """

    levering_id: str
    bron_id: str
    soort: str
    periode: str
    status: str
    tabellen: dict[str, Telling]
    redenen: list[Reden]
    rijen: dict[str, int]
    bijzonder: dict[str, int] = field(default_factory=dict)
    waarschuwingen: list[Reden] = field(default_factory=list)
    drempels: list[Overschrijding] = field(default_factory=list)
    opmerkingen: list[Opmerking] = field(default_factory=list)
    analyse: Analyse = field(default_factory=Analyse)
    eerder: list[Eerder] = field(default_factory=list)
    herhaling: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The report as the JSON object of the interface."""
        result = asdict(self)
        result["levering"] = result.pop("levering_id")
        result["bron"] = result.pop("bron_id")
        return result

    @classmethod
    def from_dict(cls, data: dict[str, Any], *, herhaling: bool) -> IntakeReport:
        """Read a report back from the ledger."""
        return cls(
            levering_id=data["levering"],
            bron_id=data["bron"],
            soort=data["soort"],
            periode=data["periode"],
            status=data["status"],
            tabellen={name: Telling(**counts) for name, counts in data["tabellen"].items()},
            redenen=[Reden(**reden) for reden in data["redenen"]],
            rijen=data["rijen"],
            bijzonder=data["bijzonder"],
            waarschuwingen=[Reden(**reden) for reden in data.get("waarschuwingen", [])],
            drempels=[Overschrijding(**passed) for passed in data.get("drempels", [])],
            opmerkingen=[Opmerking(**remark) for remark in data.get("opmerkingen", [])],
            analyse=Analyse.from_dict(data.get("analyse")),
            eerder=[Eerder(**outcome) for outcome in data.get("eerder", [])],
            herhaling=herhaling,
        )

    def total(self) -> Telling:
        """Counts over all kinds of records."""
        values = list(self.tabellen.values())
        return Telling(
            sum(v.aangeleverd for v in values),
            sum(v.geaccepteerd for v in values),
            sum(v.quarantaine for v in values),
            sum(v.dubbel for v in values),
        )


def earlier_outcomes(
    before: IntakeReport | None, counts: dict[str, Telling], *, replayed: bool
) -> list[Eerder]:
    """The outcomes a new report keeps of the one it takes the place of.

    Args:
        before: the report it takes the place of; None for a first load.
        counts: of the new one.
        replayed: whether the outcome of before is kept although it is the same.
    """
    if before is None:
        return []
    if counts == before.tabellen and not replayed:
        return before.eerder
    total = before.total()
    own = Eerder(
        before.status,
        total.geaccepteerd,
        total.quarantaine,
        total.dubbel,
        {f"{reden.code} {reden.tabel}": reden.aantal for reden in before.redenen},
    )
    return [*before.eerder, own]


@cache
def reason_texts() -> dict[str, dict[str, str]]:
    """Description and advice of every reason code, from ``schemas/redenen.csv``."""
    with _REASONS.open(encoding="utf-8", newline="") as file:
        return {row["reden_code"]: row for row in csv.DictReader(file)}


def count_records(con: duckdb.DuckDBPyConnection) -> dict[str, Telling]:
    """Count the record tables of one delivery.

    Returns:
        Counts per record name. A record that is both refused and a repetition counts as refused.

    Raises:
        AssertionError: the counts do not add up; nothing may then be committed.
    """
    rows = con.execute(
        """
        select naam, count(*), count(*) filter (not is_afkeur and not is_dubbel),
               count(*) filter (is_afkeur), count(*) filter (is_dubbel and not is_afkeur)
        from (
            select naam,
                   record_nr in (select record_nr from afkeur) as is_afkeur,
                   record_nr in (select record_nr from dubbel) as is_dubbel
            from record
        )
        group by naam order by naam
        """
    ).fetchall()
    result = {naam: Telling(*counts) for naam, *counts in rows}
    for naam, t in result.items():
        if t.aangeleverd != t.geaccepteerd + t.quarantaine + t.dubbel:
            raise AssertionError(f"{naam}: {t} does not add up")
    return result


def _collect(con: duckdb.DuckDBPyConnection, table: str, which: str) -> list[Reden]:
    rows = con.execute(
        f"""
        with gevonden as (
            select reden_code, naam, record_nr, bestand, regel, element
            from {table} join record using (record_nr)
            where {which}
        ),

        per_element as (
            select reden_code, naam, element, count(distinct record_nr) as aantal
            from gevonden
            where element is not null
            group by reden_code, naam, element
        ),

        elementen as (
            select
                reden_code,
                naam,
                list([element, cast(aantal as varchar)] order by aantal desc, element) as gevonden
            from per_element
            group by reden_code, naam
        ),

        redenen as (
            select reden_code, naam, count(distinct record_nr) as aantal,
                first(bestand order by bestand, regel) as bestand,
                first(regel order by bestand, regel) as regel,
                first(element order by bestand, regel, element) as element
            from gevonden
            group by reden_code, naam
        )

        select reden_code, naam, aantal, bestand, regel, element, elementen.gevonden
        from redenen
        left join elementen using (reden_code, naam)
        order by reden_code, naam
        """
    ).fetchall()
    return [
        Reden(
            code,
            naam,
            aantal,
            {"bestand": bestand, "regel": regel, "element": element},
            {name: int(n) for name, n in (elements or [])[:ELEMENTEN]},
        )
        for code, naam, aantal, bestand, regel, element, elements in rows
    ]


def collect_reasons(con: duckdb.DuckDBPyConnection) -> list[Reden]:
    """The reasons of one delivery, each with its first record as an example."""
    return _collect(con, "afkeur", "true")


def collect_warnings(con: duckdb.DuckDBPyConnection) -> list[Reden]:
    """What is odd about accepted records, each with its first record as an example."""
    accepted = (
        "record_nr not in (select record_nr from afkeur) "
        "and record_nr not in (select record_nr from dubbel)"
    )
    return _collect(con, "waarschuwing", accepted)


def status_of(tabellen: dict[str, Telling]) -> str:
    """Status of a delivery: geaccepteerd without refusals, geweigerd when nothing was accepted."""
    refused = sum(t.quarantaine for t in tabellen.values())
    if refused == 0:
        return "geaccepteerd"
    return "deels" if any(t.geaccepteerd for t in tabellen.values()) else "geweigerd"
