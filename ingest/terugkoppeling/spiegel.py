"""What a delivery does to mirror figures of its sender: expected at intake, known after a build.

Right after intake no figure has changed: the marts are made by a build. So the answer says which
indicators the delivery can change, with how many records, and what their figures are now. The
build that reads the delivery renews the answer with the figures before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.report import IntakeReport
from ingest.settings import Settings
from ingest.terugkoppeling.cijfers import Cijfers, Sleutel, current_build, own_figures
from ingest.terugkoppeling.eigen import ALLE, mandate, regels
from ingest.terugkoppeling.register import indicators, touched

Json = dict[str, Any]

GEEN_BOUW, VOOR_BOUW, NA_BOUW = "geen_bouw", "voor_bouw", "na_bouw"


def _on_behalf_of(bron_id: str) -> str:
    named = mandate(bron_id)
    if not named:
        return "niemand"
    return "alle_in_leveringen" if ALLE in named else "genoemd"


def _row(key: Sleutel, before: Json | None, after: Json | None) -> Json:
    indicator = indicators()[key[0]]
    seen = after or before or {}
    return {
        "indicator_id": key[0],
        "naam": indicator.naam,
        "uitleg": indicator.uitleg,
        "richting": indicator.richting,
        "eenheid": indicator.eenheid,
        "zorgaanbieder_id": key[1],
        "zorgaanbieder": seen.get("zorgaanbieder", ""),
        "periode": key[2],
        "voor": _without_name(before),
        "na": _without_name(after),
    }


def _without_name(found: Json | None) -> Json | None:
    if found is None:
        return None
    return {k: v for k, v in found.items() if k not in ("zorgaanbieder", "zorgaanbieder_id")}


def _figures(raakt: list[Json], voor: dict[Sleutel, Json], na: dict[Sleutel, Json]) -> list[Json]:
    order = {each["indicator_id"]: place for place, each in enumerate(raakt)}
    keys = {k for k in (*voor, *na) if k[0] in order}
    rows = [_row(key, voor.get(key), na.get(key)) for key in keys]
    return sorted(
        rows,
        key=lambda r: (order[r["indicator_id"]], r["zorgaanbieder"], r["zorgaanbieder_id"],
                       r["periode"]),
    )  # fmt: skip


def expected_of(report: IntakeReport, settings: Settings) -> Json:
    """What a delivery that is being answered can change, beside the current build."""
    home = settings.home
    return expected(report.bron_id, report.rijen, home, current_build(home), settings.min_cell)


def expected(
    bron_id: str, rijen: Mapping[str, int], home: Path, bouw_id: str | None, min_cell: int
) -> Json:
    """What a delivery can change, with the figures as they are before any build reads it.

    Args:
        bron_id: the source.
        rijen: accepted rows by raw table.
        home: folder with ``marts/``.
        bouw_id: the current build; None when there is none.
        min_cell: fewest persons behind a figure.

    Returns:
        A JSON object: ``stand``, ``raakt`` (see ``register.touched``), ``cijfers`` (one an
        indicator, own care provider and year, ``na`` empty) and the rules that were applied.
    """
    raakt = touched(rijen)
    voor = (
        own_figures(home, bouw_id, bron_id, min_cell)
        if raakt and mandate(bron_id)
        else Cijfers(bouw_id)
    )
    return {
        "stand": GEEN_BOUW if bouw_id is None else VOOR_BOUW,
        "bouw_voor": bouw_id,
        "bouw_na": None,
        "leveringen": None,
        "namens": _on_behalf_of(bron_id),
        "regels": {"min_personen": min_cell, "min_anderen": regels().min_anderen},
        "raakt": raakt,
        "cijfers": _figures(raakt, voor.rijen, {}),
    }


def renewed(before: Json, voor: Cijfers, na: Cijfers, leveringen: int) -> Json:
    """The same after the build that read the delivery.

    Args:
        before: of ``expected``.
        voor: figures of the build before it.
        na: figures of the build that read it.
        leveringen: deliveries of the same source that this build read first, this one included;
            what changed is of all of them together.
    """
    return before | {
        "stand": NA_BOUW,
        "bouw_voor": voor.bouw_id,
        "bouw_na": na.bouw_id,
        "leveringen": leveringen,
        "cijfers": _figures(before["raakt"], voor.rijen, na.rijen),
    }


def by_provider(after: Json, voor: Cijfers, na: Cijfers) -> dict[str, list[Json]]:
    """Figures for each care provider by itself, when the source has several.

    Args:
        after: of ``renewed``.
        voor: figures of the build before it.
        na: figures of the build that read it.

    Returns:
        Rows as in ``cijfers``, by care provider; none for a source of one.
    """
    result: dict[str, list[Json]] = {}
    for row in _figures(after["raakt"], voor.alleen, na.alleen):
        result.setdefault(row["zorgaanbieder_id"], []).append(row)
    return result if len(result) > 1 else {}
