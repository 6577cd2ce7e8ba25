"""Rules between records: one query a record kind over the sliced tables, all rules at once.

A record is joined to the voorlooprecord, to the verzekerdenrecord and the prestatierecord above it
and to what the records under it add up to; only what its rules ask for.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.elements import empty
from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.rules.asked import column_of
from ingest.declaraties.rules.binding import Gebonden, bound_rules
from ingest.declaraties.rules.naming import make_rules, name_broken
from ingest.declaraties.rules.within import element_sql, written

_QUERY = """
insert into ei_gebroken
select
    bron.record_nr,
    bron.bericht_nr,
    bron.verzekerde_nr,
    bron.prestatie_nr,
    unnest(list_filter([{tests}], lambda x: x is not null))
from {tabel} as bron
{joins}
where not ({holds})
"""
_ABOVE = {
    "01": ("kop", "bericht_nr"),
    "02": ("verzekerde", "verzekerde_nr"),
    "04": ("prestatie", "prestatie_nr"),
}


def _kind(kinds: list[RecordSoort], own: RecordSoort, code: str) -> RecordSoort | None:
    return next((k for k in kinds if k.layout is own.layout and k.record.code == code), None)


class _Names:
    """Writes elements for the rules of one record kind; notes which records are asked."""

    def __init__(self, kind: RecordSoort, kinds: list[RecordSoort]) -> None:
        self.kind, self.kinds = kind, kinds
        self.above: set[str] = set()
        self.below: dict[str, set[str]] = {}

    def __call__(self, functie: str, element: str) -> str:
        code = element[:2]
        if functie.startswith("onder_"):
            return self._below(functie.removeprefix("onder_"), code, element)
        alias = "bron"
        if code != self.kind.record.code:
            self.above.add(code)
            alias = _ABOVE[code][0]
        found = self.kind.layout.records[code].bij_element(element)
        owner = _kind(self.kinds, self.kind, code)
        assert owner is not None, f"{self.kind.naam} without {code}"  # noqa: S101
        text = f"coalesce({alias}.{column_of(owner, element)}, '{empty(found)}')"
        return element_sql(functie, found, text)

    def _below(self, functie: str, code: str, element: str) -> str:
        owner = _kind(self.kinds, self.kind, code)
        if owner is None:
            return {"min": "cast(null as varchar)"}.get(functie, "0")
        self.below.setdefault(code, set()).add(element)
        name = f"onder_{code}.{functie}_{element}"
        return name if functie == "min" else f"coalesce({name}, 0)"

    def joins(self) -> str:
        """The joins to all that was asked."""
        lines = []
        for code in sorted(self.above):
            alias, key = _ABOVE[code]
            other = _kind(self.kinds, self.kind, code)
            assert other is not None, f"{self.kind.naam} without {code}"  # noqa: S101
            lines.append(f"left join {other.tabel} as {alias} on bron.{key} = {alias}.record_nr")
        for code, elements in sorted(self.below.items()):
            other = _kind(self.kinds, self.kind, code)
            assert other is not None  # noqa: S101
            columns = {e: column_of(other, e) for e in sorted(elements)}
            sums = "".join(
                f", min({kolom}) as min_{e}, sum(try_cast({kolom} as bigint)) as som_{e},"
                f" count(*) as aantal_{e}"
                for e, kolom in columns.items()
            )
            lines.append(
                f"left join (select prestatie_nr{sums} from {other.tabel} group by prestatie_nr)"
                f" as onder_{code} on bron.record_nr = onder_{code}.prestatie_nr"
            )
        return "\n".join(lines)


def _rules(kind: RecordSoort) -> list[Gebonden]:
    if kind.is_retour:
        return []
    rules = bound_rules(kind.layout.standaard, kind.layout.versie)
    return [rule for rule in rules if rule.record == kind.record.code and not rule.is_binnen]


def check_between(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """Put what breaks a rule between records in ``afkeur``.

    Args:
        con: the connection of this delivery; fields have been checked.
        kinds: the record kinds that occur, of messages to an insurer.
    """
    pairs = [(kind, rule) for kind in kinds for rule in _rules(kind)]
    numbers = make_rules(con, [rule for _, rule in pairs])
    for kind in kinds:
        names = _Names(kind, kinds)
        mine = [
            (nr, f"coalesce({written(rule, names)}, true)")
            for nr, (owner, rule) in zip(numbers, pairs, strict=True)
            if owner is kind
        ]
        if mine:
            con.execute(
                _QUERY.format(
                    tabel=kind.tabel,
                    tests=",\n".join(f"case when not {sql} then {nr} end" for nr, sql in mine),
                    joins=names.joins(),
                    holds=" and ".join(sql for _, sql in mine),
                )
            )
    name_broken(con)
