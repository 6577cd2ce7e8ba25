"""From the lines of a block to the columns of its records, in one pass over each record kind.

What is odd goes apart: lines that fit no record kind, lines in a wrong place, records that repeat
another insured person than the one above them, and the text of records that have to be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pyarrow as pa

from ingest.declaraties.above import Above, Genummerd, Lijnen, find_above
from ingest.declaraties.columns import column_type, columns
from ingest.declaraties.kinds import GEEN_KENMERK, RecordSoort, kinds_of, record_kinds
from ingest.declaraties.matrix import Matrix, make_matrix
from ingest.declaraties.pattern import judge
from ingest.declaraties.rules.asked import asked_columns, identification, repeated_elements
from ingest.declaraties.structure import MAG_NA
from schemas.ei import Element

#: How the elements that say whom a record is about begin; they follow each other everywhere.
_WIE = ("burgerservicenummer", "uzovi-nummer", "verzekerdennummer")

_COMMENTAAR = 98

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
_NUMMER = (2, 14)  # identificatie detailrecord, in every detail record
TEKST = pa.schema([("record_nr", pa.int64()), ("tekst", pa.string())])


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

    def add_number(self, kind: RecordSoort, record_nr: np.ndarray, bericht_nr: np.ndarray) -> None:
        """Add records with a wrong number, if there are any."""
        if len(record_nr):
            number = pa.array(np.full(len(record_nr), kind.nr, dtype=np.int16))
            self.nummer.append(pa.record_batch([record_nr, number, bericht_nr], schema=NUMMER))


def who_elements(kind: RecordSoort) -> list[Element]:
    """The elements of a record that say which insured person it is about; none for 03 and 98."""
    if kind.record.code in ("01", "99"):
        return []
    return [e for e in kind.record.elementen if e.naam.lower().startswith(_WIE)]


@cache
def kind_schema(soort_nr: int) -> pa.Schema:
    """Columns of the records of a kind, by its number."""
    kind = record_kinds()[soort_nr - 1]
    names = [str(e.kolom) for e in kind.record.elementen if e.kolom]
    names += [f"e{nr}" for nr in asked_columns(soort_nr)]
    return pa.schema(
        [*PLAATS, ("klopt", pa.bool_()), *((name, column_type(name)) for name in names)]
    )


def _order() -> np.ndarray:
    allowed = np.zeros((GEEN_KENMERK + 1, GEEN_KENMERK + 1), dtype=np.bool_)
    for code, before in MAG_NA.items():
        allowed[code, list(before)] = True
    return allowed


_MAG_NA = _order()
_LENGTE = np.array([0, *(kind.layout.recordlengte for kind in record_kinds())])


def _place(item: Lijnen, at: np.ndarray) -> dict[str, np.ndarray]:
    return {
        "record_nr": item.lines.record_nr[at],
        "regel": item.block.regels[at],
        "bericht_nr": item.lines.bericht_nr[at],
        "verzekerde_nr": item.nesting.verzekerde_nr[at],
        "prestatie_nr": item.nesting.prestatie_nr[at],
    }


def _batch(columns: dict[str, np.ndarray | pa.Array], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [pa.array(columns[name]) for name in schema.names]
    return pa.record_batch(arrays, schema=schema)


def _loose(item: Lijnen, at: np.ndarray, lengths: np.ndarray) -> pa.RecordBatch:
    more = {
        "kenmerk": item.lines.kenmerk[at],
        "soort_nr": item.lines.soort_nr[at],
        "lengte": lengths[at].astype(np.int32),
        "naam_nr": item.lines.naam_nr[at],
        "tekst": item.block.strings_at(at),
    }
    return _batch(_place(item, at) | more, LOS)


def _misplaced(item: Lijnen) -> pa.RecordBatch | None:
    lines, before = item.lines, item.nesting.vorige
    wrong = ~_MAG_NA[lines.kenmerk, before] & (lines.record_nr != lines.bericht_nr)
    at = np.flatnonzero(wrong)
    if not len(at):
        return None
    found = {"record_nr": lines.record_nr[at], "bericht_nr": lines.bericht_nr[at]}
    return _batch(found | {"kenmerk": lines.kenmerk[at], "vorige": before[at]}, MISPLAATST)


def _others(item: Lijnen, kind: RecordSoort, matrix: Matrix, above: Above) -> pa.RecordBatch | None:
    """Records that repeat another insured person than the 02 above them (ZH308 0403 to 0405)."""
    elements = who_elements(kind)
    if not elements or kind.record.code == "02":
        return None
    begin, eind = elements[0].begin - 1, elements[-1].eind
    own, other = matrix.octetten[:, begin:eind], above.part(begin, eind)
    at = _differing(own, other, above)
    if not len(at):
        return None
    found = {"wie": _latin(own[at]), "wie_erboven": _latin(other[at])}
    return _batch(_numbers(item, matrix.lijnen[at]) | found, ANDER)


@cache
def _stretches(soort_nr: int) -> tuple[tuple[int, int, int], ...]:
    """What a kind repeats of its prestatie: where, where above, and how many positions.

    Elements that follow each other in both are one stretch.
    """
    kind = record_kinds()[soort_nr - 1]
    prestatie = next(k for k in kinds_of(kind.layout) if k.record.code == "04")
    found: list[tuple[int, int, int]] = []
    pairs = zip(repeated_elements(kind.nr), repeated_elements(prestatie.nr), strict=True)
    for element, model in pairs:
        own, other, length = found[-1] if found else (0, 0, 0)
        here = (element.begin - 1, model.begin - 1)
        if found and here == (own + length, other + length):
            found[-1] = (own, other, length + element.lengte)
        else:
            found.append((*here, element.lengte))
    return tuple(found)


def _repeats(
    item: Lijnen, kind: RecordSoort, matrix: Matrix, above: Above
) -> pa.RecordBatch | None:
    """Records that repeat another prestatie than the 04 above them."""
    if kind.record.code == "04" or not repeated_elements(kind.nr):
        return None
    own = [matrix.octetten[:, at : at + length] for at, _, length in _stretches(kind.nr)]
    other = [above.part(at, at + length) for _, at, length in _stretches(kind.nr)]
    if all(np.array_equal(one, two) for one, two in zip(own, other, strict=True)):
        return None
    mine, theirs = np.hstack(own), np.hstack(other)
    at = _differing(mine, theirs, above)
    if not len(at):
        return None
    found = {
        "prestatie_nr": above.nummers[at],
        "eigen": _latin(mine[at]),
        "erboven": _latin(theirs[at]),
    }
    return _batch(_numbers(item, matrix.lijnen[at]) | found, HERHALING)


def _comments(item: Lijnen, kind: RecordSoort, matrix: Matrix) -> pa.RecordBatch | None:
    """Comments that do not have the number of the record they are about, or their own from 1."""
    if kind.record.code != "98" or kind.is_retour:
        return None
    codes = item.lines.kenmerk
    places = np.where(codes != _COMMENTAAR, np.arange(len(codes)), -1)
    latest = np.maximum.accumulate(places)
    about = latest[matrix.lijnen]
    line = matrix.lijnen - about + np.where(about < 0, item.commentaren, 0)
    first = int(item.lines.record_nr[0])
    own = matrix.octetten[:, 2:14]
    above = find_above(item, matrix.lijnen, latest + first, item.besproken)
    other_number = (own != above.part(2, 14)).any(axis=1)
    told = np.zeros(len(matrix), dtype=np.int64)
    for position in range(14, 18):
        told = told * 10 + matrix.octetten[:, position] - ord("0")
    other_line = told != line
    at = np.flatnonzero(other_number | other_line)
    if not len(at):
        return None
    found = {"ander_nummer": other_number[at], "andere_regel": other_line[at]}
    return _batch(_numbers(item, matrix.lijnen[at]) | found, COMMENTAAR)


def _differing(own: np.ndarray, other: np.ndarray, above: Above) -> np.ndarray:
    """Positions of the records that differ from the one above them, where there is one."""
    if np.array_equal(own, other):
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero((own != other).any(axis=1) & (above.nummers > 0))


def _number_faults(
    item: Lijnen, kind: RecordSoort, matrix: Matrix, above: Above | None, snede: Snede
) -> None:
    """Records numbered no higher than the one of their kind before them, or the one above them."""
    if kind.is_retour or identification(kind) is None:
        return
    value, wrong = matrix.whole(*_NUMMER)
    sound = np.flatnonzero(~wrong & (value > 0))
    if not len(sound):
        return
    value, lines = value[sound], matrix.lijnen[sound]
    message = item.lines.bericht_nr[lines]
    record_nr = item.lines.record_nr[lines]
    back = np.flatnonzero((value[1:] <= value[:-1]) & (message[1:] == message[:-1])) + 1
    for at in (back - 1, back):
        snede.add_number(kind, record_nr[at], message[at])
    first, last = (Genummerd(int(value[i]), int(record_nr[i]), int(message[i])) for i in (0, -1))
    snede.randen[kind.nr] = (first, last)
    if above is not None:
        other = above.part(*_NUMMER)[sound]
        own = np.ascontiguousarray(matrix.octetten[sound, _NUMMER[0] : _NUMMER[1]])
        width = _NUMMER[1] - _NUMMER[0]
        higher = own.view(f"S{width}")[:, 0] > np.ascontiguousarray(other).view(f"S{width}")[:, 0]
        low = np.flatnonzero(~higher & (above.nummers[sound] > 0))
        snede.add_number(kind, record_nr[low], message[low])


def _numbers(item: Lijnen, lines: np.ndarray) -> dict[str, np.ndarray | pa.Array]:
    return {
        "record_nr": item.lines.record_nr[lines],
        "soort_nr": item.lines.soort_nr[lines],
        "bericht_nr": item.lines.bericht_nr[lines],
    }


def _latin(octets: np.ndarray) -> pa.Array:
    width = octets.shape[1]
    points = np.ascontiguousarray(octets.astype(np.uint32))
    return pa.array(points.view(f"<U{width}").reshape(-1), type=pa.string())


def _texts(item: Lijnen, at: np.ndarray) -> pa.RecordBatch:
    found = {"record_nr": item.lines.record_nr[at], "tekst": item.block.strings_at(at)}
    return _batch(found, TEKST)


def _cut_kind(item: Lijnen, kind: RecordSoort, at: np.ndarray, snede: Snede) -> None:
    matrix = make_matrix(item.block, at, kind.layout.recordlengte)
    good = judge(kind, matrix)
    insured = find_above(item, at, item.nesting.verzekerde_nr, item.verzekerde)
    prestatie = find_above(item, at, item.nesting.prestatie_nr, item.prestatie)
    found = _place(item, at) | {"klopt": good} | columns(kind, matrix)
    snede.soorten[kind.nr] = _batch(found, kind_schema(kind.nr))
    if (other := _others(item, kind, matrix, insured)) is not None:
        snede.ander.append(other)
    if (repeated := _repeats(item, kind, matrix, prestatie)) is not None:
        snede.herhaling.append(repeated)
    if (comments := _comments(item, kind, matrix)) is not None:
        snede.commentaar.append(comments)
    above = {"02": None, "03": insured, "04": insured}.get(kind.record.code, prestatie)
    _number_faults(item, kind, matrix, above, snede)
    looked_at = at if kind.record.code in ("01", "99") else at[~good]
    if len(looked_at):
        snede.teksten.append(_texts(item, looked_at))


def cut(item: Lijnen) -> Snede:
    """Cut a block into the columns of its records; blocks can be cut at the same time.

    Args:
        item: the block, and what is known of its lines.

    Returns:
        The records by kind, and what is odd.
    """
    snede = Snede()
    lengths, kinds = item.block.lengths(), item.lines.soort_nr
    fitting = np.where(lengths == _LENGTE[kinds], kinds, 0)
    present = np.flatnonzero(np.bincount(fitting, minlength=1))
    for nr in present.tolist():
        at = np.flatnonzero(fitting == nr)
        if nr == 0:
            snede.los.append(_loose(item, at, lengths))
        else:
            _cut_kind(item, record_kinds()[nr - 1], at, snede)
    if (misplaced := _misplaced(item)) is not None:
        snede.misplaatst.append(misplaced)
    return snede
