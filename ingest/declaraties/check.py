"""Judging EI messages before they are sent: nothing is loaded, landed or noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.declaraties.intake import read_messages
from ingest.declaraties.not_judged import NietGetoetst, not_judged
from ingest.declaraties.retour.codes import retourcode
from ingest.declaraties.rules.attention import Waarschuwing, warnings
from ingest.errors import UsageError
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery
from schemas.ei import layout

#: What follows from another refusal is counted, not listed.
_FOLLOWS = ("EI-BERICHT-GEWEIGERD", "EI-BOVENLIGGEND")

_FINDINGS = f"""
select
    record.bestand,
    record.regel,
    record.naam,
    afkeur.element,
    nullif(regexp_extract(afkeur.toelichting, 'positie ([0-9-]+)$', 1), ''),
    afkeur.reden_code,
    coalesce(regexp_replace(afkeur.toelichting, '(; )?positie [0-9-]+$', ''), ''),
    bericht.standaard,
    bericht.versie
from (select distinct * from afkeur) as afkeur
inner join record using (record_nr)
asof left join ei_bericht as bericht on afkeur.record_nr >= bericht.bericht_nr
where afkeur.reden_code not in {_FOLLOWS}
order by record.bestand, record.regel, afkeur.element, afkeur.reden_code
"""
_MESSAGES = """
with kant as (
    select
        bericht.*,
        count(*) as regels,
        count(*) filter (regel.record_nr in (select record_nr from afkeur)) as geweigerd
    from ei_bericht as bericht
    inner join ei_regel as regel using (bericht_nr)
    group by all
)

select
    kant.bestand,
    coalesce(kant.standaard || ' v' || kant.versie, 'onbekend'),
    kant.regels,
    greatest(kant.regels - 2, 0),
    totaal.totaal_cent,
    kant.geweigerd,
    kant.bericht_nr in (select bericht_nr from ei_geweigerd),
    kant.is_dubbel
from kant
left join ({totals}) as totaal using (bericht_nr)
order by kant.bericht_nr
"""


@dataclass(frozen=True)
class Bevinding:
    """One fault: where it is, what it is.

    Attributes:
        bestand: name of the file.
        regel: line in it, from 1.
        record: standard and record kind, ``GZ321/04``.
        element: Vektis number, or None.
        positie: first and last position, ``58-58``, or None.
        reden_code: a code of ``schemas/redenen.csv``.
        retourcode: the code an insurer would answer (COD954).
        toelichting: the reason in Dutch; never a value.
    """

    bestand: str
    regel: int
    record: str
    element: str | None
    positie: str | None
    reden_code: str
    retourcode: str
    toelichting: str


@dataclass(frozen=True)
class Bericht:
    """The verdict on one message.

    Attributes:
        bestand: name of the file.
        standaard: standard and version.
        regels: number of records.
        detailrecords: those but the first and the last.
        totaal_cent: declared in all, in eurocents; a credit is negative. None when not readable.
        geweigerd: number of records refused.
        bericht_geweigerd: whether the message as a whole is.
        dubbel: whether it repeats a message before it.
    """

    bestand: str
    standaard: str
    regels: int
    detailrecords: int
    totaal_cent: int | None
    geweigerd: int
    bericht_geweigerd: bool
    dubbel: bool


@dataclass(frozen=True)
class Oordeel:
    """The verdict on some files.

    Attributes:
        berichten: message by message.
        bevindingen: what is refused.
        waarschuwingen: what is accepted and could be better.
        niet_getoetst: what could not be judged, for the standards that occur.
    """

    berichten: list[Bericht]
    bevindingen: list[Bevinding]
    waarschuwingen: list[Waarschuwing]
    niet_getoetst: list[NietGetoetst]

    @property
    def is_goed(self) -> bool:
        """Whether nothing is refused."""
        return not self.bevindingen


def _files(paths: Sequence[Path]) -> tuple[DeliveredFile, ...]:
    files = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}.")
        found = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        base = path if path.is_dir() else path.parent
        files += [DeliveredFile(p, p.relative_to(base).as_posix(), "", 0) for p in found]
    if not files:
        raise UsageError("There are no files in the folders that were named.")
    return tuple(files)


def _element_name(standaard: str | None, versie: str | None, element: str | None) -> str:
    if standaard is None or versie is None or element is None:
        return ""
    record = layout(standaard, versie).records.get(element[:2])
    found = (e.naam for e in record.elementen if e.element == element) if record else iter(())
    return next(found, "")


def _finding(row: tuple[str, int, str, str | None, str | None, str, str, str, str]) -> Bevinding:
    bestand, regel, record, element, positie, reden, toelichting, standaard, versie = row
    code = retourcode(reden, record[-2:], _element_name(standaard, versie, element))
    return Bevinding(bestand, regel, record, element, positie, reden, code, toelichting)


def check_files(paths: Sequence[Path]) -> Oordeel:
    """Judge the EI messages in some files and folders on all five levels.

    Args:
        paths: files (plain, gzip or zip) and folders with them.

    Returns:
        The verdict; a test message (T) is judged as a production message is.

    Raises:
        UsageError: a path does not exist, or there are no files.
    """
    con = duckdb.connect()
    con.execute(RECORD_TABLES_SQL)
    delivery = Delivery("", "declaratie", "", "", _files(paths))
    read_messages(con, delivery, allow_tests=True)
    closing = con.execute(
        "select view_name from duckdb_views() where view_name similar to 'ei_[a-z0-9_]+_99_bron'"
    ).fetchall()
    totals = [f"select bericht_nr, totaal_cent from {name}" for (name,) in closing]
    none = "select cast(null as bigint) as bericht_nr, cast(null as bigint) as totaal_cent"
    query = _MESSAGES.format(totals=" union all ".join(totals) or none)
    return Oordeel(
        [Bericht(*row) for row in con.execute(query).fetchall()],
        [_finding(row) for row in con.execute(_FINDINGS).fetchall()],
        warnings(con, delivery),
        not_judged(con),
    )
