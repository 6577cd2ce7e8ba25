"""What a record with an unknown kenmerk was meant to be: the kind whose elements it fits."""

from __future__ import annotations

import re
from functools import cache

import duckdb

from ingest.declaraties.elements import pattern
from ingest.declaraties.kinds import RecordSoort, kinds_of, record_kinds
from schemas.ei import layout

#: So many are looked at in a delivery; more of them say nothing more.
_AT_MOST = 1_000
_FITS = 0.9

_UNKNOWN = f"""
select afkeur.record_nr, los.tekst, bericht.standaard, bericht.versie
from afkeur
inner join ei_los as los using (record_nr)
inner join ei_bericht as bericht using (bericht_nr)
where afkeur.reden_code = 'EI-KENMERK' and afkeur.element is null
order by afkeur.record_nr
limit {_AT_MOST}
"""


@cache
def _patterns(soort_nr: int) -> tuple[tuple[slice, re.Pattern[str]], ...]:
    kind = record_kinds()[soort_nr - 1]
    return tuple(
        (slice(e.begin - 1, e.eind), re.compile(pattern(e)))
        for e in kind.record.elementen
        if e.begin > 1
    )


def _fit(kind: RecordSoort, tekst: str) -> float:
    patterns = _patterns(kind.nr)
    return sum(bool(p.fullmatch(tekst[place])) for place, p in patterns) / len(patterns)


def resembles(tekst: str, standaard: str, versie: str) -> str | None:
    """The code of the record kind a line is most like.

    Args:
        tekst: the line; its kenmerk is left out of account.
        standaard: of its message.
        versie: of its message.

    Returns:
        A code such as ``17``, or None when no kind fits well. Free text (98) fits much, so of kinds
        that fit as well the one with more elements is meant.
    """
    kinds = kinds_of(layout(standaard, versie))
    scores = sorted(
        ((_fit(kind, tekst), len(kind.record.elementen), kind.record.code) for kind in kinds),
        reverse=True,
    )
    (*best, code), (*second, _) = scores[0], scores[1]
    return code if best[0] >= _FITS and best > second else None


def name_kenmerk(con: duckdb.DuckDBPyConnection) -> None:
    """Name the element of an unknown kenmerk, where it shows which record was meant.

    Args:
        con: the connection of this delivery; unknown kinds are in ``afkeur`` without element.
    """
    for record_nr, tekst, standaard, versie in con.execute(_UNKNOWN).fetchall():
        code = resembles(tekst, standaard, versie)
        if code is not None:
            con.execute(
                "update afkeur set element = ?, toelichting = toelichting || ?"
                " where record_nr = ? and reden_code = 'EI-KENMERK'",
                [f"{code}01", f"; het record heeft de vorm van een record {code}", record_nr],
            )
