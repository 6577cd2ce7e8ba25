"""From files to the tables ``record`` and ``reg_bestand`` of one delivery.

``reg_bestand`` says of every file how its rows are to be read: ``opmaak_nr``, the position in the
list that ``load`` returns. Files that are read in the same way share one. It has a row a file and
not a row a record: what is joined to all records of a large delivery must be small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa

from ingest.reading import DeliveredFile, Delivery
from ingest.registers.header import Opmaak, column_names, recognise
from ingest.textblock import Block
from ingest.textlines import UnreadableFileError, read_blocks
from ingest.unpacking import Unpacking

ONLEESBAAR = "onleesbaar"

_SEP_LINE = re.compile(r"sep=.\Z", re.IGNORECASE)  # what a spreadsheet program may put first


@dataclass
class _Loader:
    """Numbers rows and remembers how files are read.

    Attributes:
        con: the connection of this delivery.
        periode: period of the delivery.
        unpacking: counts what comes out of packed files.
        opmaken: every way of reading met so far.
        bestanden: ``opmaak_nr`` of every file that could be read.
        nr: ``record_nr`` of the next record.
    """

    con: duckdb.DuckDBPyConnection
    periode: str
    unpacking: Unpacking
    opmaken: list[Opmaak] = field(default_factory=list)
    bestanden: dict[str, int] = field(default_factory=dict)
    nr: int = 1

    def file(self, file: DeliveredFile) -> None:
        """Load one file, or every member of an archive."""
        first, read = self.nr, dict(self.bestanden)
        bestand, opmaak_nr = None, None
        try:
            for block in read_blocks(file, self.unpacking):
                rows = 0
                if block.bestand != bestand:
                    bestand = block.bestand
                    opmaak_nr, rows = self._header(block)
                if opmaak_nr is not None:
                    self._rows(block, rows, opmaak_nr)
        except UnreadableFileError as error:
            self.con.execute("delete from record where record_nr >= ?", [first])
            self.bestanden = read
            self.con.execute("delete from afkeur where record_nr >= ?", [first])
            self._refuse(file.name, 1, "", error.code, str(error))

    def _header(self, block: Block) -> tuple[int | None, int]:
        """Recognise a file by its first line.

        Returns:
            Its ``opmaak_nr``, None when it is unknown, and the number of lines that are no rows.
        """
        lines = block.strings()[:2].to_pylist()
        header = 1 if _SEP_LINE.match(lines[0]) and len(lines) == 2 else 0
        opmaak = recognise(lines[header], block.bestand, self.periode)
        if opmaak is None:
            found = f"gevonden kolommen: {column_names(lines[header])}"
            place = (block.bestand, int(block.regels[header]), lines[header])
            self._refuse(*place, "REGISTER-ONBEKEND", found)
            return None, 0
        if opmaak not in self.opmaken:
            self.opmaken.append(opmaak)
        self.bestanden[block.bestand] = self.opmaken.index(opmaak)
        return self.bestanden[block.bestand], header + 1

    def _rows(self, block: Block, skip: int, opmaak_nr: int) -> None:
        number = len(block.regels) - skip
        record_nr = np.arange(self.nr, self.nr + number, dtype=np.int64)
        self.nr += number
        columns = {"record_nr": record_nr, "regel": block.regels[skip:]}
        self.con.register("blok", pa.table(columns | {"tekst": block.strings()[skip:]}))
        self.con.execute(
            "insert into record select record_nr, $bestand, regel, $naam, tekst from blok",
            {"bestand": block.bestand, "naam": self.opmaken[opmaak_nr].register.tabel},
        )
        self.con.unregister("blok")

    def _refuse(self, bestand: str, regel: int, tekst: str, reden: str, toelichting: str) -> None:
        """One refused record for a whole file."""
        self.con.execute(
            "insert into record values (?, ?, ?, ?, ?)",
            [self.nr, bestand, regel, ONLEESBAAR, tekst],
        )
        self.con.execute("insert into afkeur values (?, ?, null, ?)", [self.nr, reden, toelichting])
        self.nr += 1


def load(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> list[Opmaak]:
    """Read all files of a delivery.

    Args:
        con: connection of this delivery, with the record tables.
        delivery: its files, by name.

    Returns:
        How rows are to be read, by ``opmaak_nr``.
    """
    loader = _Loader(con, delivery.periode, Unpacking(delivery.limits))
    for file in delivery.files:
        loader.file(file)
    files = loader.bestanden
    given = {
        "bestand": pa.array(list(files), pa.string()),
        "opmaak_nr": pa.array(list(files.values()), pa.int32()),
    }
    con.register("gelezen", pa.table(given))
    con.execute("create table reg_bestand as select bestand, opmaak_nr from gelezen")
    con.unregister("gelezen")
    return loader.opmaken
