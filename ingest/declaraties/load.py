"""From files to the cut records of one delivery, block after block, in bounded memory.

One thread reads, numbers and hashes lines; others cut the blocks before into columns, record kind
by record kind (``cutting``). What they give is kept in order (``store``) and read by SQL:

* ``ei_zh308_9_0_04_bron`` and so on: the records of a kind;
* ``ei_bericht``: one row a message: its key, its layout and why it is refused, if it is;
* ``ei_regel``: one row a line of a message, whatever it is;
* ``ei_los``: lines that fit no record kind; ``ei_misplaatst``: lines in a wrong place;
  ``ei_ander``: records about another insured person than the 02 above them; ``ei_herhaling``:
  records that repeat another prestatie than the 04 above them; ``ei_commentaar``: comments with
  a wrong number;
* ``record``: one row a record; its text is there only where somebody has to look (``texts``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa

from ingest.declaraties.above import Genummerd, Lijnen
from ingest.declaraties.cutting import (
    ANDER,
    COMMENTAAR,
    HERHALING,
    LOS,
    MISPLAATST,
    NUMMER,
    TEKST,
    Snede,
    cut,
)
from ingest.declaraties.kinds import ONLEESBAAR, RecordSoort, record_kinds
from ingest.declaraties.messages import Bericht, MessageCutter
from ingest.declaraties.nesting import Nester
from ingest.declaraties.store import Store, spill_folder
from ingest.reading import DeliveredFile, Delivery
from ingest.textblock import Block
from ingest.textlines import UnreadableFileError, read_blocks

_VERZEKERDE, _PRESTATIE, _COMMENTAAR = 2, 4, 98

_HEADER = pa.schema(
    [
        ("bericht_nr", pa.int64()), ("laatste_nr", pa.int64()), ("bestand", pa.string()),
        ("hoogste", pa.int16()), ("sleutel", pa.string()), ("standaard", pa.string()),
        ("versie", pa.string()), ("ei_code", pa.string()), ("reden_code", pa.string()),
        ("element", pa.string()), ("toelichting", pa.string()),
    ]
)  # fmt: skip
_MESSAGES = """
create table ei_bericht as
select
    *,
    row_number() over (partition by sleutel order by bericht_nr) > 1 as is_dubbel
from ei_koppen
"""
_TEXTS = """
create table ei_tekst as
select * from ei_teksten
union all
select record_nr, tekst from ei_los
union all
select record_nr, '' from ei_bestandsfout
"""
_FAULTS = "create table ei_bestandsfout (record_nr bigint, eerste bigint, bestand varchar)"


@dataclass(frozen=True)
class _Fault:
    """A file that could not be read to its end: lines from ``eerste`` up to ``nr`` are void."""

    bestand: str
    eerste: int
    nr: int
    reden: str


@dataclass
class Stream:
    """The lines of all files, numbered; the same at every reading.

    Attributes:
        files: the delivery.
        cutter: where messages begin and end.
        nester: what hangs under what.
        faults: files that could not be read.
    """

    files: tuple[DeliveredFile, ...]
    cutter: MessageCutter = field(default_factory=MessageCutter)
    nester: Nester = field(default_factory=Nester)
    faults: list[_Fault] = field(default_factory=list)
    _verzekerde: bytes = b""
    _prestatie: bytes = b""
    _besproken: bytes = b""
    _commentaren: int = 0

    def lines(self) -> Iterator[Lijnen]:
        """Block after block."""
        for file in self.files:
            first = self.cutter.volgend_nr
            try:
                for block in read_blocks(file):
                    yield self._number(block)
            except UnreadableFileError as error:
                self.cutter.forget(first)
                nr = self.cutter.take_number()
                self.faults.append(_Fault(file.name, first, nr, str(error)))

    def _number(self, block: Block) -> Lijnen:
        lines = self.cutter.cut(block)
        nesting = self.nester.add(lines)
        item = Lijnen(
            block,
            lines,
            nesting,
            self._verzekerde,
            self._prestatie,
            self._besproken,
            self._commentaren,
        )
        self._verzekerde = _last(block, lines.kenmerk == _VERZEKERDE, self._verzekerde)
        self._prestatie = _last(block, lines.kenmerk == _PRESTATIE, self._prestatie)
        self._follow_comments(block, lines.kenmerk != _COMMENTAAR)
        return item

    def _follow_comments(self, block: Block, no_comment: np.ndarray) -> None:
        self._besproken = _last(block, no_comment, self._besproken)
        found = np.flatnonzero(no_comment)
        behind = len(no_comment) - 1 - found[-1] if len(found) else len(no_comment)
        self._commentaren = int(behind) + (0 if len(found) else self._commentaren)


def _last(block: Block, wanted: np.ndarray, before: bytes) -> bytes:
    """The last of some lines of a block, or the one before when it has none."""
    found = np.flatnonzero(wanted)
    if not len(found):
        return before
    return block.octetten[block.starts[found[-1]] : block.posities[found[-1]]]


def numbered_blocks(delivery: Delivery) -> Iterator[tuple[int, Block]]:
    """The blocks of a delivery once more, each with the ``record_nr`` of its first line."""
    nr = 1
    for file in delivery.files:
        try:
            for block in read_blocks(file):
                yield nr, block
                nr += len(block.regels)
        except UnreadableFileError:
            nr += 1  # the number of the record that stands for the file


def _cut_all(items: Iterator[Lijnen], workers: int) -> Iterator[Snede]:
    """Cut blocks in some threads while this one reads on; what they give comes in order."""
    waiting: deque[Future[Snede]] = deque()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for item in items:
            waiting.append(pool.submit(cut, item))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@dataclass
class _Seams:
    """The last number of every kind, to be held against the first of the next block."""

    _last: dict[int, Genummerd] = field(default_factory=dict)

    def check(self, snede: Snede) -> None:
        """Add to what a block gave the records around the seam before it, where not ascending."""
        for nr, (first, last) in snede.randen.items():
            before = self._last.get(nr)
            if before is not None and not before.is_followed_by(first):
                numbers = np.array([before.record_nr, first.record_nr])
                messages = np.array([before.bericht_nr, first.bericht_nr])
                snede.add_number(record_kinds()[nr - 1], numbers, messages)
            self._last[nr] = last


def _keep(store: Store, snede: Snede) -> None:
    for nr, batch in snede.soorten.items():
        store.add(f"{record_kinds()[nr - 1].tabel}_bron", batch)
    odd = {"los": snede.los, "misplaatst": snede.misplaatst, "ander": snede.ander}
    odd |= {"herhaling": snede.herhaling, "commentaar": snede.commentaar}
    more = {"nummer": snede.nummer, "teksten": snede.teksten}
    for name, batches in {**odd, **more}.items():
        for batch in batches:
            store.add(f"ei_{name}", batch)


def _header(bericht: Bericht) -> tuple[object, ...]:
    h = bericht.herkenning
    layout = (h.layout.standaard, h.layout.versie, h.ei_code) if h.layout else (None,) * 3
    place = (bericht.nr, bericht.laatste_nr, bericht.bestand, bericht.hoogste)
    return (*place, bericht.sleutel, *layout, h.reden, h.element, h.toelichting)


def _store_messages(con: duckdb.DuckDBPyConnection, berichten: list[Bericht]) -> None:
    columns = list(zip(*map(_header, berichten), strict=True)) or [()] * len(_HEADER)
    con.register("ei_koppen", pa.table(list(map(list, columns)), schema=_HEADER))
    con.execute(_MESSAGES)
    con.unregister("ei_koppen")


def _refuse_files(con: duckdb.DuckDBPyConnection, faults: list[_Fault]) -> None:
    """Put one refused record in the place of all a file gave before it failed."""
    con.execute(_FAULTS)
    for fault in faults:
        con.execute(
            "insert into ei_bestandsfout values (?, ?, ?)", [fault.nr, fault.eerste, fault.bestand]
        )
        con.execute(
            "insert into afkeur values (?, 'BESTAND-ONLEESBAAR', null, ?)", [fault.nr, fault.reden]
        )


def _without_void(con: duckdb.DuckDBPyConnection, store: Store, faults: list[_Fault]) -> None:
    """Register the tables, without the lines of files that could not be read to their end."""
    odd = {"los": LOS, "misplaatst": MISPLAATST, "ander": ANDER}
    odd |= {"herhaling": HERHALING, "commentaar": COMMENTAAR, "nummer": NUMMER}
    for name, schema in odd.items():
        store.ensure(f"ei_{name}", schema)
    store.ensure("ei_teksten", TEKST)
    if not faults:
        store.register(con)
        return
    store.register(con, "_alles")
    void = " or ".join(f"record_nr between {f.eerste} and {f.nr}" for f in faults)
    for name in store.tables:
        con.execute(f"create temp view {name} as select * from {name}_alles where not ({void})")


def _describe(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort], namen: list[str]) -> None:
    """Make ``ei_regel`` and ``record`` over the tables that were registered."""
    lengths = {k.nr: k.layout.recordlengte for k in record_kinds()}
    con.register(
        "ei_lengte", pa.table({"soort_nr": list(lengths), "recordlengte": list(lengths.values())})
    )
    con.register("ei_naam", pa.table({"naam_nr": list(range(len(namen))), "naam": namen}))
    place = "record_nr, bericht_nr, verzekerde_nr, prestatie_nr"
    lines = [f"select {place}, kenmerk, soort_nr, lengte from ei_los"]
    records = [
        "select record_nr, bericht_nr, regel, naam from ei_los inner join ei_naam using (naam_nr)"
    ]
    for kind in kinds:
        lines.append(
            f"select {place}, cast({int(kind.record.code)} as smallint) as kenmerk,"
            f" cast({kind.nr} as smallint) as soort_nr,"
            f" cast({kind.layout.recordlengte} as integer) as lengte from {kind.tabel}_bron"
        )
        records.append(
            f"select record_nr, bericht_nr, regel, '{kind.naam}' as naam from {kind.tabel}_bron"
        )
    con.execute(f"create temp view ei_regel as {' union all '.join(lines)}")
    con.execute(
        f"""
        create temp view record as
        with plaats as ({" union all ".join(records)}),

        alles as (
            select plaats.record_nr, bericht.bestand, plaats.regel, plaats.naam
            from plaats
            inner join ei_bericht as bericht using (bericht_nr)
            union all
            select record_nr, bestand, 1 as regel, '{ONLEESBAAR}' as naam from ei_bestandsfout
        )

        select alles.*, ei_tekst.tekst
        from alles
        left join ei_tekst using (record_nr)
        """
    )


def load(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> int:
    """Read all files of a delivery.

    Args:
        con: connection of this delivery, with the record tables.
        delivery: its files, by name.

    Returns:
        The number of messages.
    """
    row = con.execute("select current_setting('threads')").fetchone()
    workers = max(1, int(row[0]) - 1) if row else 1
    stream, store = Stream(delivery.files), Store(spill_folder(con))
    seams = _Seams()
    for snede in _cut_all(stream.lines(), workers):
        seams.check(snede)
        _keep(store, snede)
    con.execute("drop table record")
    _store_messages(con, stream.cutter.berichten)
    _refuse_files(con, stream.faults)
    _without_void(con, store, stream.faults)
    con.execute(_TEXTS)
    present = [kind for kind in record_kinds() if f"{kind.tabel}_bron" in store.tables]
    _describe(con, present, stream.cutter.namen.namen)
    return len(stream.cutter.berichten)
