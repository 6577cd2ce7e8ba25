"""From the lines of a block to the columns of its records, in one pass over each record kind.

What is odd goes apart: lines that fit no record kind, lines in a wrong place, records that repeat
another insured person than the one above them, and the text of records that have to be looked at.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ingest.declaraties.above import Lijnen, find_above
from ingest.declaraties.columns import columns
from ingest.declaraties.comparing import find_comments, find_others, find_repeats
from ingest.declaraties.elfproef import find_bsn
from ingest.declaraties.kinds import GEEN_KENMERK, RecordSoort, record_kinds
from ingest.declaraties.matrix import Matrix, make_matrix
from ingest.declaraties.numbering import find_numbers
from ingest.declaraties.pattern import judge
from ingest.declaraties.references import hash_references
from ingest.declaraties.snede import (
    LOS,
    MISPLAATST,
    TEKST,
    Snede,
    kind_schema,
    make_batch,
    make_place,
)
from ingest.declaraties.structure import MAG_NA


def _order() -> np.ndarray:
    allowed = np.zeros((GEEN_KENMERK + 1, GEEN_KENMERK + 1), dtype=np.bool_)
    for code, before in MAG_NA.items():
        allowed[code, list(before)] = True
    return allowed


_MAG_NA = _order()
_LENGTE = np.array([0, *(kind.layout.recordlengte for kind in record_kinds())])


def _loose(item: Lijnen, at: np.ndarray, lengths: np.ndarray) -> pa.RecordBatch:
    more = {
        "kenmerk": item.lines.kenmerk[at],
        "soort_nr": item.lines.soort_nr[at],
        "lengte": lengths[at].astype(np.int32),
        "naam_nr": item.lines.naam_nr[at],
        "tekst": item.block.strings_at(at),
    }
    return make_batch(make_place(item, at) | more, LOS)


def _misplaced(item: Lijnen) -> pa.RecordBatch | None:
    lines, before = item.lines, item.nesting.vorige
    wrong = ~_MAG_NA[lines.kenmerk, before] & (lines.record_nr != lines.bericht_nr)
    at = np.flatnonzero(wrong)
    if not len(at):
        return None
    found = {"record_nr": lines.record_nr[at], "bericht_nr": lines.bericht_nr[at]}
    return make_batch(found | {"kenmerk": lines.kenmerk[at], "vorige": before[at]}, MISPLAATST)


def _texts(item: Lijnen, at: np.ndarray) -> pa.RecordBatch:
    found = {"record_nr": item.lines.record_nr[at], "tekst": item.block.strings_at(at)}
    return make_batch(found, TEKST)


def _cut_kind(item: Lijnen, kind: RecordSoort, at: np.ndarray, snede: Snede) -> None:
    matrix = make_matrix(item.block, at, kind.layout.recordlengte)
    good = judge(kind, matrix)
    found = make_place(item, at) | {"klopt": good} | columns(kind, matrix)
    snede.soorten[kind.nr] = make_batch(found, kind_schema(kind.nr))
    _compare(item, kind, matrix, snede)
    references = hash_references(kind, matrix, item.lines.bericht_nr[at])
    if references is not None:
        snede.verwijzingen[kind.nr] = references
    looked_at = at if kind.record.code in ("01", "99") else at[~good]
    if len(looked_at):
        snede.teksten.append(_texts(item, looked_at))


def _compare(item: Lijnen, kind: RecordSoort, matrix: Matrix, snede: Snede) -> None:
    """Hold records against the ones above and before them."""
    code = kind.record.code
    insured = prestatie = None
    if code not in ("01", "02", "99"):
        insured = find_above(item, matrix.lijnen, item.nesting.verzekerde_nr, item.verzekerde)
    if code not in ("01", "02", "03", "04", "99"):
        prestatie = find_above(item, matrix.lijnen, item.nesting.prestatie_nr, item.prestatie)
    found = (
        (snede.ander, find_others(item, kind, matrix, insured)),
        (snede.herhaling, find_repeats(item, kind, matrix, prestatie)),
        (snede.commentaar, find_comments(item, kind, matrix)),
        (snede.bsn, find_bsn(item, kind, matrix)),
    )
    for batches, batch in found:
        if batch is not None:
            batches.append(batch)
    find_numbers(item, kind, matrix, prestatie or insured, snede)


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
