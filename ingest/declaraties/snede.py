"""What cutting a block gives: the columns of its records, and what is odd, as tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pyarrow as pa

from ingest.declaraties.above import Genummerd, Lijnen
from ingest.declaraties.columns import column_type
from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.references import Grepen
from ingest.declaraties.rules.asked import asked_columns

PLAATS = [
    ("record_nr", pa.int64()), ("regel", pa.int64()), ("bericht_nr", pa.int64()),
    ("verzekerde_nr", pa.int64()), ("prestatie_nr", pa.int64()),
]  # fmt: skip
LOS = pa.schema([
    *PLAATS, ("kenmerk", pa.int16()), ("soort_nr", pa.int16()), ("lengte", pa.int32()),
    ("naam_nr", pa.int32()), ("tekst", pa.string()),
])  # fmt: skip
MISPLAATST = pa.schema([
    ("record_nr", pa.int64()), ("bericht_nr", pa.int64()),
    ("kenmerk", pa.int16()), ("vorige", pa.int16()),
])  # fmt: skip
ANDER = pa.schema([
    ("record_nr", pa.int64()), ("soort_nr", pa.int16()), ("bericht_nr", pa.int64()),
    ("wie", pa.string()), ("wie_erboven", pa.string()),
])  # fmt: skip
COMMENTAAR = pa.schema([
    ("record_nr", pa.int64()), ("soort_nr", pa.int16()), ("bericht_nr", pa.int64()),
    ("ander_nummer", pa.bool_()), ("andere_regel", pa.bool_()),
])  # fmt: skip
HERHALING = pa.schema([
    ("record_nr", pa.int64()), ("soort_nr", pa.int16()), ("bericht_nr", pa.int64()),
    ("prestatie_nr", pa.int64()), ("eigen", pa.string()), ("erboven", pa.string()),
])  # fmt: skip
NUMMER = pa.schema([
    ("record_nr", pa.int64()), ("soort_nr", pa.int16()), ("bericht_nr", pa.int64()),
])  # fmt: skip
TEKST = pa.schema([("record_nr", pa.int64()), ("tekst", pa.string())])
BSN = pa.schema([
    ("record_nr", pa.int64()), ("soort_nr", pa.int16()), ("bericht_nr", pa.int64()),
    ("bsn", pa.string()),
])  # fmt: skip


@dataclass
class Snede:
    """What a block gave.

    Attributes:
        soorten: the records of each kind, by its number.
        los: lines that fit no record kind, or are too long or too short for theirs.
        misplaatst: lines that may not stand where they stand.
        ander: records about another insured person than the 02 above them.
        herhaling: records that repeat another prestatie than the 04 above them.
        commentaar: comments whose detail number or line number is not what it must be.
        nummer: records numbered no higher than one before them, or before one that is not higher.
        randen: the first and the last number of each kind.
        teksten: text of records that frame a message or are to be looked at.
        bsn: insured persons whose BSN is to be looked at.
        verwijzingen: the references of each kind, hashed.
    """

    soorten: dict[int, pa.RecordBatch] = field(default_factory=dict)
    los: list[pa.RecordBatch] = field(default_factory=list)
    misplaatst: list[pa.RecordBatch] = field(default_factory=list)
    ander: list[pa.RecordBatch] = field(default_factory=list)
    herhaling: list[pa.RecordBatch] = field(default_factory=list)
    commentaar: list[pa.RecordBatch] = field(default_factory=list)
    nummer: list[pa.RecordBatch] = field(default_factory=list)
    randen: dict[int, tuple[Genummerd, Genummerd]] = field(default_factory=dict)
    teksten: list[pa.RecordBatch] = field(default_factory=list)
    bsn: list[pa.RecordBatch] = field(default_factory=list)
    verwijzingen: dict[int, Grepen] = field(default_factory=dict)

    def add_number(self, kind: RecordSoort, record_nr: np.ndarray, bericht_nr: np.ndarray) -> None:
        """Add records with a wrong number, if there are any."""
        if len(record_nr):
            number = pa.array(np.full(len(record_nr), kind.nr, dtype=np.int16))
            self.nummer.append(pa.record_batch([record_nr, number, bericht_nr], schema=NUMMER))


@cache
def kind_schema(soort_nr: int) -> pa.Schema:
    """Columns of the records of a kind, by its number."""
    kind = record_kinds()[soort_nr - 1]
    names = [str(e.kolom) for e in kind.record.elementen if e.kolom]
    names += [f"e{nr}" for nr in asked_columns(soort_nr)]
    return pa.schema(
        [*PLAATS, ("klopt", pa.bool_()), *((name, column_type(name)) for name in names)]
    )


def make_batch(columns: dict[str, np.ndarray | pa.Array], schema: pa.Schema) -> pa.RecordBatch:
    """The columns a schema names, in its order."""
    arrays = [pa.array(columns[name]) for name in schema.names]
    return pa.record_batch(arrays, schema=schema)


def make_place(item: Lijnen, at: np.ndarray) -> dict[str, np.ndarray]:
    """The columns ``PLAATS`` of some lines of a block."""
    return {
        "record_nr": item.lines.record_nr[at],
        "regel": item.block.regels[at],
        "bericht_nr": item.lines.bericht_nr[at],
        "verzekerde_nr": item.nesting.verzekerde_nr[at],
        "prestatie_nr": item.nesting.prestatie_nr[at],
    }


def numbers_of(item: Lijnen, lines: np.ndarray) -> dict[str, np.ndarray | pa.Array]:
    """Which record, of which kind, in which message; of some lines of a block."""
    return {
        "record_nr": item.lines.record_nr[lines],
        "soort_nr": item.lines.soort_nr[lines],
        "bericht_nr": item.lines.bericht_nr[lines],
    }
