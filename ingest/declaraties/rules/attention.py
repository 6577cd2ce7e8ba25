"""Rules that refuse nothing: told to who checks a message before it is sent.

They ask for elements a prestatie of its kind should have filled. An insurer may settle it without
them, so intake keeps such a record and does not ask.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.rules.binding import Gebonden, bound_warnings
from ingest.declaraties.rules.within import rule_over_text
from ingest.declaraties.texts import add_texts
from ingest.reading import Delivery

#: So many records of a kind are looked at; their text has to be held.
RECORDS = 100_000

_LOOKED_AT = """
select record_nr
from ei_regel
where soort_nr = {soort_nr} and record_nr not in (select record_nr from afkeur)
order by record_nr
limit {limit}
"""
_BROKEN = """
select record.bestand, record.regel, record.naam, broken.rule_nr
from (
    select
        record_nr,
        unnest(list_filter([{tests}], lambda x: x is not null)) as rule_nr
    from ({looked_at})
    inner join ei_tekst using (record_nr)
) as broken
inner join record using (record_nr)
order by record.bestand, record.regel, broken.rule_nr
"""


@dataclass(frozen=True)
class Waarschuwing:
    """Something about an accepted record that its sender may want to change.

    Attributes:
        bestand: name of the file.
        regel: line in it, from 1.
        record: standard and record kind, ``ZH308/04``.
        elementen: Vektis numbers it is about.
        reden_code: a code of ``schemas/redenen.csv``.
        toelichting: what could be better, in Dutch; never a value.
    """

    bestand: str
    regel: int
    record: str
    elementen: tuple[str, ...]
    reden_code: str
    toelichting: str


def _warnings(kind: RecordSoort) -> list[Gebonden]:
    if kind.is_retour:
        return []
    rules = bound_warnings(kind.layout.standaard, kind.layout.versie)
    return [rule for rule in rules if rule.record == kind.record.code]


def _warning(bestand: str, regel: int, naam: str, rule: Gebonden) -> Waarschuwing:
    told = rule.regel
    return Waarschuwing(bestand, regel, naam, told.noemt, told.reden, told.tekst)


def warnings(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> list[Waarschuwing]:
    """What could be better in records that are accepted, by file and line.

    Args:
        con: the connection of this delivery; all checks have been made.
        delivery: its files; they are read once more.

    Returns:
        One for each record and rule, of the first ``RECORDS`` records of a kind.
    """
    found: list[Waarschuwing] = []
    present = {nr for (nr,) in con.execute("select distinct soort_nr from ei_regel").fetchall()}
    for kind in (k for k in record_kinds() if k.nr in present):
        if rules := _warnings(kind):
            looked_at = _LOOKED_AT.format(soort_nr=kind.nr, limit=RECORDS)
            add_texts(con, delivery, looked_at)
            tests = ",\n".join(
                f"case when not {rule_over_text(kind, rule)} then {nr} end"
                for nr, rule in enumerate(rules)
            )
            rows = con.execute(_BROKEN.format(tests=tests, looked_at=looked_at)).fetchall()
            found += [
                _warning(bestand, regel, naam, rules[nr]) for bestand, regel, naam, nr in rows
            ]
    return sorted(found, key=lambda w: (w.bestand, w.regel, w.toelichting))
