"""From files to the tables ``record``, ``ei_regel`` and ``ei_bericht`` of one delivery.

The files are read once: one thread cuts and numbers the lines of block after block with array
operations while DuckDB stores the blocks before. ``ei_regel`` has one row a line, without its
text; ``ei_bericht`` one row a message: its key, its layout and why it is refused, if it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa

from ingest.declaraties.kinds import ONLEESBAAR, record_kinds
from ingest.declaraties.messages import Bericht, Lines, MessageCutter
from ingest.declaraties.nesting import Nester, Nesting
from ingest.reading import DeliveredFile, Delivery
from ingest.textlines import Block, UnreadableFileError, ahead, read_blocks

_BYTES_AT_ONCE = 16 << 20
_BLOCKS_AT_ONCE = 1000

_TABLES = """
create table ei_regel (
    record_nr bigint, bericht_nr bigint, kenmerk smallint, soort_nr smallint, lengte integer,
    verzekerde_nr bigint, prestatie_nr bigint, vorige smallint
);
create table ei_lengte (soort_nr smallint, recordlengte integer);
"""
_INSERTS = (
    "insert into record select record_nr, bestand, regel, naam, tekst from blokken",
    "insert into ei_regel select record_nr, bericht_nr, kenmerk, soort_nr, lengte, verzekerde_nr,"
    " prestatie_nr, vorige from blokken",
)
_MESSAGES = """
create table ei_bericht as
select
    bericht_nr,
    sleutel,
    standaard,
    versie,
    ei_code,
    reden_code,
    element,
    toelichting,
    row_number() over (partition by sleutel order by bericht_nr) > 1 as is_dubbel
from koppen
"""
_HEADER = pa.schema(
    [
        ("bericht_nr", pa.int64()),
        ("sleutel", pa.string()),
        ("standaard", pa.string()),
        ("versie", pa.string()),
        ("ei_code", pa.string()),
        ("reden_code", pa.string()),
        ("element", pa.string()),
        ("toelichting", pa.string()),
    ]
)


@dataclass(frozen=True)
class _Fault:
    """A file that could not be read to its end: lines from ``eerste`` up to ``nr`` are void."""

    bestand: str
    eerste: int
    nr: int
    reden: str


@dataclass
class _Stream:
    """The lines of all files as Arrow tables."""

    files: tuple[DeliveredFile, ...]
    cutter: MessageCutter = field(default_factory=MessageCutter)
    nester: Nester = field(default_factory=Nester)
    faults: list[_Fault] = field(default_factory=list)

    def tables(self) -> Iterator[pa.Table]:
        """Some blocks at a time, in order."""
        waiting: list[pa.RecordBatch] = []
        size = 0
        for block in self._blocks():
            waiting.append(self._batch(block))
            size += len(block.tekst)
            if size > _BYTES_AT_ONCE or len(waiting) == _BLOCKS_AT_ONCE:
                yield pa.Table.from_batches(waiting)
                waiting, size = [], 0
        if waiting:
            yield pa.Table.from_batches(waiting)

    def _blocks(self) -> Iterator[Block]:
        for file in self.files:
            first = self.cutter.volgend_nr
            try:
                yield from read_blocks(file)
            except UnreadableFileError as error:
                self.cutter.forget(first)
                nr = self.cutter.take_number()
                self.faults.append(_Fault(file.name, first, nr, str(error)))

    def _batch(self, block: Block) -> pa.RecordBatch:
        lines: Lines = self.cutter.cut(block)
        nesting: Nesting = self.nester.add(lines)
        first = pa.array(np.zeros(len(lines.record_nr), dtype=np.int32))
        names = pa.array(self.cutter.namen.namen)
        columns = {
            "record_nr": pa.array(lines.record_nr),
            "bestand": pa.DictionaryArray.from_arrays(first, pa.array([block.bestand])),
            "regel": pa.array(block.regels),
            "naam": pa.DictionaryArray.from_arrays(pa.array(lines.naam_nr), names),
            "tekst": block.strings(),
            "bericht_nr": pa.array(lines.bericht_nr),
            "kenmerk": pa.array(lines.kenmerk),
            "soort_nr": pa.array(lines.soort_nr),
            "lengte": pa.array(block.lengths()),
            "verzekerde_nr": pa.array(nesting.verzekerde_nr),
            "prestatie_nr": pa.array(nesting.prestatie_nr),
            "vorige": pa.array(nesting.vorige),
        }
        return pa.record_batch(list(columns.values()), names=list(columns))


def _refuse_file(con: duckdb.DuckDBPyConnection, fault: _Fault) -> None:
    """Put one refused record in the place of all a file gave before it failed."""
    for tabel in ("record", "ei_regel"):
        con.execute(
            f"delete from {tabel} where record_nr >= ? and record_nr < ?", [fault.eerste, fault.nr]
        )
    con.execute("insert into record values (?, ?, 1, ?, '')", [fault.nr, fault.bestand, ONLEESBAAR])
    con.execute(
        "insert into afkeur values (?, 'BESTAND-ONLEESBAAR', null, ?)", [fault.nr, fault.reden]
    )


def _header(bericht: Bericht) -> tuple[object, ...]:
    h = bericht.herkenning
    layout = (h.layout.standaard, h.layout.versie, h.ei_code) if h.layout else (None,) * 3
    return (bericht.nr, bericht.sleutel, *layout, h.reden, h.element, h.toelichting)


def _store_messages(con: duckdb.DuckDBPyConnection, berichten: list[Bericht]) -> None:
    columns = list(zip(*map(_header, berichten), strict=True)) or [()] * len(_HEADER)
    con.register("koppen", pa.table(list(map(list, columns)), schema=_HEADER))
    con.execute(_MESSAGES)
    con.unregister("koppen")


def load(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> int:
    """Read all files of a delivery.

    Args:
        con: connection of this delivery, with the record tables.
        delivery: its files, by name.

    Returns:
        The number of messages.
    """
    con.execute(_TABLES)
    lengths = ", ".join(f"({kind.nr}, {kind.layout.recordlengte})" for kind in record_kinds())
    con.execute(f"insert into ei_lengte values {lengths}")
    stream = _Stream(delivery.files)
    for table in ahead(stream.tables()):
        con.register("blokken", table)
        for insert in _INSERTS:
            con.execute(insert)
        con.unregister("blokken")
    for fault in stream.faults:
        _refuse_file(con, fault)
    _store_messages(con, stream.cutter.berichten)
    return len(stream.cutter.berichten)
