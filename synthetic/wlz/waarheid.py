"""What must be found in the registers of the Wlz, counted from the arrays of the generator."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from synthetic.kalender import iso
from synthetic.waarheid import LANDELIJK, write_table
from synthetic.wlz.personen import OVERBRUGGING, Aanbieders, Geindiceerden
from synthetic.wlz.schaduw import Schaduw
from synthetic.wlz.standen import Standen
from synthetic.wlz.stroom import INDICATOR, MAANDEN, PEILDATA, SECTOREN, STATUSSEN

WACHTLIJST = (
    "peildatum", "sector", "wachtstatus", "n_registraties", "n_wachtend", "n_boven_norm",
    "n_boven_norm_met_reden", "n_overbrugging",
)  # fmt: skip
BEVINDINGEN = ("regel_id", "peildatum", "bsn")
#: Last peildatum of each year, on which figures of the year are taken.
JAARPEIL = {2023: MAANDEN.index("2023-12-01"), 2024: MAANDEN.index("2024-09-01")}
_TOTAAL = ("TOTAAL", "TOTAAL")

Row = tuple[str, str, str, int, str, str, str, int]


def list_rows(s: Standen, p: Geindiceerden) -> list[tuple[object, ...]]:
    """Counts of the list per peildatum, sector and status."""
    shape = (len(PEILDATA), len(SECTOREN), len(STATUSSEN))
    cell = np.ravel_multi_index((s.maand, p.sector[s.persoon], s.status), shape)
    marks = (
        np.ones(len(s), dtype=bool), s.telt, s.boven, s.boven & s.reden,
        s.telt & p.overbrugging[s.persoon],
    )  # fmt: skip
    counts = [np.bincount(cell[m], minlength=int(np.prod(shape))) for m in marks]
    return [
        (MAANDEN[m], SECTOREN[k], STATUSSEN[t], *(int(c[i]) for c in counts))
        for i, (m, k, t) in enumerate(np.ndindex(shape))
        if counts[0][i]
    ]


def _figure_rows(
    indicator: str, jaar: int, telt: NDArray[np.bool_], holder: NDArray[np.int64],
    sector: NDArray[np.int64], aanbieders: Aanbieders,
) -> list[Row]:  # fmt: skip
    """One indicator in one year, by care provider, in the country and there by sector."""
    rows: list[Row] = []
    for a in np.unique(holder[holder >= 0]):
        own = holder == a
        where = ("zorgaanbieder", aanbieders.agb[a])
        rows.append((indicator, *where, jaar, *_TOTAAL, str(int(telt[own].sum())), int(own.sum())))
    parts = [(_TOTAAL, np.ones(len(telt), dtype=bool))]
    parts += [(("diagnosegroep", name), sector == k) for k, name in enumerate(SECTOREN)]
    for (kind, value), own in parts:
        if own.any():
            counts = (str(int(telt[own].sum())), int(own.sum()))
            rows.append((indicator, "landelijk", LANDELIJK, jaar, kind, value, *counts))
    return rows


def indicator_rows(s: Standen, p: Geindiceerden, aanbieders: Aanbieders) -> list[Row]:
    """Rows of ``indicatoren.csv`` for the indicators of the Wlz."""
    rows: list[Row] = []
    for jaar, m in JAARPEIL.items():
        now = np.flatnonzero((s.maand == m) & s.telt)
        who = s.persoon[now]
        over = now[s.boven[now]]
        nobody = np.full(len(p), -1)
        valid = np.flatnonzero((p.ingang <= PEILDATA[m]) & (p.einde >= PEILDATA[m]))
        waits = np.isin(valid, who)
        for indicator, telt, rows_of in (
            (INDICATOR, s.boven[now], who),
            (OVERBRUGGING, p.overbrugging[who], who),
            ("wlz_overschrijding_met_reden", s.reden[over], s.persoon[over]),
            ("wlz_overschrijding_met_contact",
             PEILDATA[m] - s.contact[over] <= 90, s.persoon[over]),
        ):  # fmt: skip
            holder, sector = p.dossierhouder[rows_of], p.sector[rows_of]
            rows += _figure_rows(indicator, jaar, telt, holder, sector, aanbieders)
        share = ("wlz_wachtend", jaar, waits, nobody[valid], nobody[valid])  # in no sector here
        rows += _figure_rows(*share, aanbieders)
    return rows


def write_wlz_truth(pad: Path, s: Standen, schaduw: Schaduw, p: Geindiceerden) -> None:
    """Write the tables of the Wlz in ``waarheid/``.

    Args:
        pad: the folder.
        s: the national list.
        schaduw: own lists of care providers.
        p: the persons.
    """
    write_table(pad / "wlz_wachtlijst.csv", WACHTLIJST, list_rows(s, p))
    found: list[tuple[object, ...]] = []
    kinds = (
        ("WLZ-OOK-OP-SCHADUWLIJST", schaduw.dubbel),
        ("WLZ-ALLEEN-OP-SCHADUWLIJST", ~schaduw.dubbel & (schaduw.soort == 0)),
        ("WLZ-DOORSTROOM-ONTBREEKT", ~schaduw.dubbel & (schaduw.soort == 1)),
    )
    for regel, which in kinds:
        days = iso(schaduw.peildatum[which]).astype(str)
        found += zip([regel] * len(days), days, p.bsn[schaduw.persoon[which]].tolist(), strict=True)
    days = iso(s.peildatum[s.verouderd]).astype(str)
    stale = p.bsn[s.persoon[s.verouderd]].tolist()
    found += zip(["WLZ-STATUS-VEROUDERD"] * len(days), days, stale, strict=True)
    write_table(pad / "wlz_bevindingen.csv", BEVINDINGEN, sorted(found, key=str))
    persons = pa.table({"bsn": pa.array(p.bsn.astype(str))})
    pq.write_table(persons, pad / "wlz_persoon.parquet", compression="zstd")
