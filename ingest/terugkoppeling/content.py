"""What the report for the sender says: counts and reasons for every family, and what a family adds.

No value that was delivered is in it: an example is a place (file, line, element), not its content.
The explanation of a refusal is told where it names no values: for declarations, and for files and
lines that cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from ingest.oordeel.comparing import Paar
from ingest.reading import Antwoord, Plaats
from ingest.report import IntakeReport, reason_texts
from ingest.terugkoppeling.vergelijking import beside
from schemas.registers import registers

#: Explanations of declarations end in the positions, which have a place of their own here.
_POSITION = re.compile(r"; positie [0-9]+-[0-9]+$")

#: So many places are named for one reason and kind of record.
VOORBEELDEN = 5

#: Version of the JSON report; the first number changes when a reader of before would go wrong.
SCHEMA_VERSIE = "1.0"

#: Reasons whose explanation is in words of ours, whatever the family.
_UITGELEGD = frozenset(
    {"BESTAND-ONLEESBAAR", "BESTAND-GEEN-BESTAND", "BESTAND-TE-GROOT", "REGEL-ONLEESBAAR"}
)

#: Refusals that follow from another one, which is told apart.
GEVOLG = (
    "EI-BERICHT-GEWEIGERD",
    "EI-BOVENLIGGEND",
    "LEVERING-DREMPEL",
    "LEVERING-GEEN-BESTAND",
    "LEVERING-TE-GROOT",
)

_FOUND = """
    select
        fout.reden_code,
        record.naam,
        count(distinct fout.record_nr) as aantal,
        min(
            struct_pack(
                bestand := record.bestand,
                regel := record.regel,
                element := coalesce(fout.element, ''),
                record_nr := fout.record_nr,
                toelichting := coalesce(fout.toelichting, '')
            ),
            {limit}
        ) as voorbeelden
    from {table} as fout
    inner join record on fout.record_nr = record.record_nr
    where {which}
    group by fout.reden_code, record.naam
    order by fout.reden_code, record.naam
"""
_ELEMENTS = """
    select fout.reden_code, record.naam, fout.element, count(distinct fout.record_nr) as aantal
    from {table} as fout
    inner join record on fout.record_nr = record.record_nr
    where fout.element is not null and {which}
    group by fout.reden_code, record.naam, fout.element
    order by aantal desc, fout.element
"""
_KEPT = (
    "fout.record_nr not in (select record_nr from afkeur)"
    " and fout.record_nr not in (select record_nr from dubbel)"
)


def _places(
    rows: list[tuple[Any, ...]], antwoord: Antwoord | None
) -> dict[tuple[int, str], Plaats]:
    wanted = [(v["record_nr"], v["element"]) for *_, found in rows for v in found if v["element"]]
    return antwoord.places(wanted) if antwoord and wanted else {}


def _example(
    found: dict[str, Any], places: dict[tuple[int, str], Plaats], explained: bool
) -> dict[str, Any]:
    place = places.get((found["record_nr"], found["element"]))
    return {
        "bestand": found["bestand"],
        "regel": found["regel"],
        "element": place.element if place else found["element"] or None,
        "element_naam": place.naam if place else None,
        "positie": place.positie if place else None,
        "toelichting": (_POSITION.sub("", found["toelichting"]) or None) if explained else None,
    }


def _reasons(
    con: duckdb.DuckDBPyConnection, table: str, which: str, antwoord: Antwoord | None
) -> list[dict[str, Any]]:
    rows = con.execute(_FOUND.format(table=table, which=which, limit=VOORBEELDEN)).fetchall()
    places = _places(rows, antwoord)
    elements: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for code, naam, element, number in con.execute(
        _ELEMENTS.format(table=table, which=which)
    ).fetchall():
        elements.setdefault((code, naam), []).append({"element": element, "aantal": number})
    texts = reason_texts()
    return [
        {
            "code": code,
            "record": naam,
            "aantal": number,
            "omschrijving": texts.get(code, {}).get("omschrijving", ""),
            "wat_te_doen": texts.get(code, {}).get("wat_te_doen", ""),
            "gevolg": code in GEVOLG,
            "elementen": elements.get((code, naam), []),
            "voorbeelden": [
                _example(v, places, antwoord is not None or code in _UITGELEGD) for v in found
            ],
        }
        for code, naam, number, found in rows
    ]


@dataclass(frozen=True)
class Omgeving:
    """What an answer tells beside the delivery itself.

    Attributes:
        paren: the delivery beside earlier periods of its source.
        spiegel: what it does to mirror figures, of ``spiegel.expected``.
        bouw: what the build that read it could not use; None before there is one.
    """

    paren: list[Paar]
    spiegel: dict[str, Any]
    bouw: dict[str, Any] | None = None


def _register_names() -> dict[str, str]:
    """What registers are called in Dutch, by the name their rows are counted under."""
    return {found.tabel: found.omschrijving.split(",")[0] for found in registers()}


def sender_report(
    con: duckdb.DuckDBPyConnection,
    report: IntakeReport,
    antwoord: Antwoord | None,
    omgeving: Omgeving,
) -> dict[str, Any]:
    """The report for the sender of a delivery; ``schemas/terugkoppeling`` holds its JSON Schema.

    Args:
        con: the connection of this delivery; all is judged.
        report: what became of it, by kind of record.
        antwoord: what its family adds, if anything.
        omgeving: what is told beside it.

    Returns:
        A JSON object; equal for equal deliveries, so it names no moment.
    """
    names = antwoord.names() if antwoord else _register_names()
    counts = {
        naam: asdict(t) | {"omschrijving": names.get(naam)} for naam, t in report.tabellen.items()
    }
    return {
        "schema_versie": SCHEMA_VERSIE,
        "levering": report.levering_id,
        "bron": report.bron_id,
        "soort": report.soort,
        "periode": report.periode,
        "status": report.status,
        "totaal": asdict(report.total()),
        "records": counts,
        "drempels": [asdict(passed) for passed in report.drempels],
        "analyse": asdict(report.analyse),
        "opmerkingen": [asdict(remark) for remark in report.opmerkingen],
        "redenen": _reasons(con, "afkeur", "true", antwoord),
        "waarschuwingen": _reasons(con, "waarschuwing", _KEPT, antwoord),
        "eerder": [asdict(outcome) for outcome in report.eerder],
        "vergelijking": beside(omgeving.paren, report),
        "spiegel": omgeving.spiegel,
        "bouw": omgeving.bouw,
        **(antwoord.additions() if antwoord else {}),
    }
