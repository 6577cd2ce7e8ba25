"""Runs formula macros of the dbt project on columns of numbers, as a model would."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
from marts_sql import render_with

Getallen = np.ndarray


def bereken(macro: str, **kolommen: Getallen) -> Getallen:
    """Values of a macro call, such as ``byar('x', 'laag')``.

    Args:
        macro: the call, with names of columns as arguments.
        kolommen: columns of one length; doubles or booleans.

    Returns:
        One double a row, in order; not-a-number where SQL gives null.
    """
    sql = render_with("{{ " + macro + " }}", str, lambda _, naam: naam)
    frame = pa.table({"nr": np.arange(len(next(iter(kolommen.values())))), **kolommen})
    with duckdb.connect() as con:
        con.register("getallen", frame)
        con.execute("create table t as from getallen")
        result = con.execute(f"select cast({sql} as double) as waarde from t order by nr")
        return np.ma.filled(result.fetchnumpy()["waarde"].astype(float), np.nan)
