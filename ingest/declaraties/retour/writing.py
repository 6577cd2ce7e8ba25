"""Writing retour messages: one file for every message that has an answer in its own standard.

A message that was refused as a whole, and one that was accepted as a whole, come back as records 01
and 99. Of another the refused records come back with their codes, under the records 02 and 04 they
belong to. The text of a record is that of the sender, in the sender's encoding, with CR LF.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import duckdb
import numpy as np

from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.retour.amounts import BedragenPerBericht, amounts
from ingest.declaraties.retour.codes import (
    AFGEWEZEN,
    GEEN_OPMERKING,
    TOEGEWEZEN,
    Fout,
    fault,
    first_faults,
)
from ingest.declaraties.retour.outcome import Uitkomst, messages
from ingest.declaraties.retour.record import Answers, Oordeel, filled, header, part
from ingest.declaraties.retour.texts import encoded, encodings, texts_at
from ingest.reading import Delivery
from schemas.ei import Layout

#: Readable by the service alone: a retour message holds all that was declared.
_MODE = 0o600
_AT_ONCE = 10_000

_ANSWERED = """
create or replace table ei_beantwoord as
select
    unnest(cast($1 as bigint[])) as bericht_nr,
    unnest(cast($2 as boolean[])) as is_geweigerd
"""
_RETURNED = """
create or replace table ei_terug as
with fouten as (
    select
        afkeur.record_nr,
        list(
            distinct struct_pack(
                element := coalesce(afkeur.element, ''), reden_code := afkeur.reden_code
            )
        ) as redenen
    from afkeur
    inner join ei_regel as regel on afkeur.record_nr = regel.record_nr
    inner join ei_beantwoord as bericht on regel.bericht_nr = bericht.bericht_nr
    where not bericht.is_geweigerd and regel.kenmerk not in (1, 99)
    group by afkeur.record_nr
),

geweigerd as (
    select regel.* from ei_regel as regel inner join fouten on regel.record_nr = fouten.record_nr
),

nodig as (
    select record_nr from geweigerd
    union
    select verzekerde_nr from geweigerd where verzekerde_nr > 0
    union
    select prestatie_nr from geweigerd where prestatie_nr > 0
    union
    select bericht_nr from ei_beantwoord
    union
    select max(record_nr)
    from ei_regel
    where kenmerk = 99 and bericht_nr in (select bericht_nr from ei_beantwoord)
    group by bericht_nr
)

select regel.record_nr, regel.bericht_nr, regel.kenmerk, regel.soort_nr, fouten.redenen
from ei_regel as regel
inner join nodig on regel.record_nr = nodig.record_nr
left join fouten on regel.record_nr = fouten.record_nr
order by regel.record_nr
"""
_WHOLE = """
    select regel.bericht_nr, regel.soort_nr, afkeur.reden_code, afkeur.element
    from afkeur
    inner join ei_regel as regel on afkeur.record_nr = regel.record_nr
    inner join ei_beantwoord as bericht on regel.bericht_nr = bericht.bericht_nr
    where
        (bericht.is_geweigerd or regel.kenmerk in (1, 99))
        and afkeur.reden_code not in ('EI-BERICHT-GEWEIGERD', 'EI-BOVENLIGGEND')
    group by all
    order by min(afkeur.record_nr), afkeur.element, afkeur.reden_code
"""


_Redenen = tuple[tuple[str, str], ...] | None


@dataclass(frozen=True)
class _Regel:
    """A record of the delivery that goes into a retour message."""

    bericht_nr: int
    kind: RecordSoort | None
    kenmerk: int
    redenen: list[dict[str, str]] | None
    tekst: str


def _kind(soort_nr: int) -> RecordSoort | None:
    return record_kinds()[soort_nr - 1] if soort_nr else None


def _lines(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> Iterator[_Regel]:
    numbers = con.execute("select record_nr from ei_terug order by record_nr").fetchnumpy()
    texts = texts_at(delivery, np.asarray(numbers["record_nr"], dtype=np.int64))
    cursor = con.cursor().execute(
        "select bericht_nr, kenmerk, soort_nr, redenen from ei_terug order by record_nr"
    )
    while rows := cursor.fetchmany(_AT_ONCE):
        for bericht_nr, kenmerk, soort_nr, redenen in rows:
            _, text = next(texts)
            yield _Regel(bericht_nr, _kind(soort_nr), kenmerk, redenen, text)


@dataclass
class _Antwoorden:
    """What is the same for many records, made once: the answers of a kind, the codes of reasons."""

    per_soort: dict[tuple[int, str, str], Answers] = field(default_factory=dict)
    oordelen: dict[tuple[int, _Redenen], Oordeel] = field(default_factory=dict)

    def of(self, kind: RecordSoort, layout: Layout) -> Answers:
        """The answers to records of a kind, in the layout of the retour message."""
        key = (kind.nr, layout.standaard, layout.versie)
        if key not in self.per_soort:
            self.per_soort[key] = Answers(kind, layout.records[kind.record.code])
        return self.per_soort[key]

    def oordeel(self, kind: RecordSoort, redenen: _Redenen) -> Oordeel:
        """What is answered for reasons as (element, code); None for a record that is no fault."""
        key = (kind.nr, redenen)
        if key not in self.oordelen:
            faults = [fault(kind, code, element or None) for element, code in redenen or ()]
            first = tuple(first_faults(faults))
            self.oordelen[key] = Oordeel(first, toegekend=redenen is None)
        return self.oordelen[key]


@dataclass
class _Bericht:
    """A retour message while it is made, record by record."""

    uitkomst: Uitkomst
    kop: tuple[Fout, ...]
    dagtekening: date
    toegekend: int
    antwoorden: _Antwoorden
    aantallen: Counter[str] = field(default_factory=Counter)
    _sluit: str = ""
    _slot: RecordSoort | None = None

    @property
    def layout(self) -> Layout:
        """Of the retour message."""
        assert self.uitkomst.vorm is not None  # noqa: S101
        return self.uitkomst.vorm.layout

    def records(self, regels: Iterator[_Regel]) -> Iterator[str]:
        """The records of the retour message, 01 and 99 with them."""
        assert self.uitkomst.vorm is not None  # noqa: S101
        for regel in regels:
            code = f"{regel.kenmerk:02d}"
            if regel.kenmerk == 1:
                record = self.layout.records["01"]
                ei_code = self.uitkomst.vorm.ei_code
                yield header(record, regel.tekst, ei_code, self.dagtekening, self.kop)
            elif regel.kenmerk == 99:
                self._sluit, self._slot = regel.tekst, regel.kind
            elif regel.kind is not None and code in self.layout.records:
                self.aantallen[code] += 1
                yield self._detail(regel, regel.kind)
        yield self._closing()

    def _detail(self, regel: _Regel, kind: RecordSoort) -> str:
        redenen = None
        if regel.redenen is not None:
            redenen = tuple(sorted((r["element"], r["reden_code"]) for r in regel.redenen))
        answers = self.antwoorden.of(kind, self.layout)
        return answers.answered(regel.tekst, self.antwoorden.oordeel(kind, redenen))

    def _closing(self) -> str:
        """Record 99: what was declared is repeated, what is returned is counted."""
        totaal = self._as_sent("totaal_cent")
        totaal = totaal if totaal.isascii() and totaal.isdigit() else ""
        values = {
            "totaal_cent": totaal,
            "debet_credit": "C" if totaal and self._as_sent("debet_credit") == "C" else "D",
            "toegekend_cent": str(abs(self.toegekend)),
            "toegekend_debet_credit": "C" if self.toegekend < 0 else "D",
            "aantal_detail": str(self.aantallen.total()),
        }
        record = self.layout.records["99"]
        for element in record.elementen:
            if element.kolom and element.kolom not in values:
                values[element.kolom] = str(self.aantallen[element.kolom[-2:]])
        return "".join(
            filled(e, "99" if e.begin == 1 else values.get(str(e.kolom), ""))
            for e in record.elementen
        )

    def _as_sent(self, kolom: str) -> str:
        return part(self._sluit, self._slot.met_kolom(kolom)) if self._slot else ""


def _header_faults(
    con: duckdb.DuckDBPyConnection, uitkomsten: list[Uitkomst]
) -> dict[int, tuple[Fout, ...]]:
    """The codes of record 01, by ``bericht_nr``."""
    found: dict[int, list[Fout]] = {}
    for nr, soort_nr, reden, element in con.execute(_WHOLE).fetchall():
        found.setdefault(nr, []).append(fault(_kind(soort_nr), reden, element))
    result = {nr: tuple(first_faults(faults)) for nr, faults in found.items()}
    for uitkomst in uitkomsten:
        if uitkomst.nr not in result:
            result[uitkomst.nr] = (Fout(_overall(uitkomst)),)
    return result


def _overall(uitkomst: Uitkomst) -> str:
    if not any(c["quarantaine"] for c in uitkomst.records.values()):
        return TOEGEWEZEN
    accepted = sum(c["geaccepteerd"] for n, c in uitkomst.records.items() if n.endswith("/04"))
    return GEEN_OPMERKING if accepted else AFGEWEZEN


def _granted(uitkomst: Uitkomst, found: BedragenPerBericht) -> int:
    return 0 if uitkomst.is_geweigerd else found.of(uitkomst.nr).geaccepteerd


def write_messages(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, folder: Path, dagtekening: date
) -> list[str]:
    """Write the retour messages of a delivery.

    Args:
        con: the connection of this delivery; all is judged.
        delivery: its files, which are read again for the records that go back.
        folder: where they are written; it exists.
        dagtekening: day of the messages (element 0182).

    Returns:
        Names of the files, in the order of the delivery.
    """
    answerable = {u.nr: u for u in messages(con) if u.vorm is not None}
    con.execute(_ANSWERED, [list(answerable), [u.is_geweigerd for u in answerable.values()]])
    con.execute(_RETURNED)
    faults, found = _header_faults(con, list(answerable.values())), amounts(con)
    sent_in = encodings(delivery) if answerable else {}
    written, answers = [], _Antwoorden()
    for nr, regels in groupby(_lines(con, delivery), key=lambda r: r.bericht_nr):
        uitkomst = answerable[nr]
        granted = _granted(uitkomst, found)
        bericht = _Bericht(uitkomst, faults[nr], dagtekening, granted, answers)
        name = str(uitkomst.retourbestand)
        encoding = sent_in.get(uitkomst.bestand, "latin-1")
        with _private(folder / name) as file:
            for text in bericht.records(regels):
                file.write(encoded(text + "\r\n", encoding))
        written.append(name)
    return written


def _private(path: Path) -> BinaryIO:
    """A new file that others cannot read, opened for writing."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE), "wb")
