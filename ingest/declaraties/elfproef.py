"""Which BSNs are to be looked at: those that fail the eleven test, found while cutting.

The rule itself, with its exceptions, is in ``relations`` and ``ingest.pseudonym``.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ingest.declaraties.above import Lijnen
from ingest.declaraties.comparing import latin
from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.matrix import Matrix
from ingest.declaraties.snede import BSN, make_batch, numbers_of

_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def find_bsn(item: Lijnen, kind: RecordSoort, matrix: Matrix) -> pa.RecordBatch | None:
    """The records 02 whose nine digits do not add up to a multiple of eleven."""
    element = kind.met_kolom("bsn")
    if kind.record.code != "02" or kind.is_retour or element is None:
        return None
    total = np.zeros(len(matrix), dtype=np.int64)
    for position, weight in enumerate(_GEWICHTEN, start=element.begin - 1):
        total += weight * (matrix.octetten[:, position].astype(np.int64) - ord("0"))
    at = np.flatnonzero(total % 11)
    if not len(at):
        return None
    digits = latin(matrix.octetten[at, element.begin - 1 : element.eind])
    return make_batch(numbers_of(item, matrix.lijnen[at]) | {"bsn": digits}, BSN)
