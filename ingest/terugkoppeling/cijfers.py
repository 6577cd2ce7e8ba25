"""Mirror figures of the care providers of one source, read from the marts of one build.

Only what the sender may see leaves the query: figures of its own care providers with enough
persons behind them, and values of all only when enough others are behind those. No value of
another care provider is in any row.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ingest.terugkoppeling.eigen import ALLE, mandate, regels
from ingest.terugkoppeling.register import indicators

Json = dict[str, Any]
Sleutel = tuple[str, str, str]

#: Columns of the mart that are told; one that a build does not have reads as empty.
_VALUES = (
    "teller", "noemer", "waarde", "n_personen", "ci_laag", "ci_hoog", "status",
)  # fmt: skip
_PLACE = ("verwacht", "funnel_klasse", "referentie_landelijk")
_PEER = ("percentiel", "referentie_peer", "peergroep")
_NORM = ("doelwaarde", "doeldatum")

#: Care providers of whom the source brought most of the records of a fact.
_BROUGHT = """
    select zorgaanbieder_id, tabel
    from read_parquet($dq)
    where zorgaanbieder_id <> 'ONBEKEND'
    group by zorgaanbieder_id, tabel
    having sum(case when bron_id = $bron then n_totaal else 0 end) > $deel * sum(n_totaal)
"""
_FACTS = "select distinct tabel from read_parquet($dq)"

_FIGURES = """
    with rij as (
        select {columns},
            list_contains($eigen, indicator_id || '|' || eenheid_id) as is_eigen
        from read_parquet($mart)
        where niveau = 'zorgaanbieder' and uitsplitsing = 'TOTAAL' and periode_type = 'jaar'
    ),

    alle as (
        select indicator_id, periode, '' as groep, is_eigen, n_personen, noemer from rij
        union all
        select indicator_id, periode, peergroep as groep, is_eigen, n_personen, noemer from rij
    ),

    anderen as (
        select
            indicator_id,
            periode,
            groep,
            count(*) filter (not is_eigen) as anderen,
            coalesce(sum(n_personen) filter (not is_eigen), 0) as personen,
            coalesce(
                max(noemer) filter (not is_eigen)
                / nullif(sum(noemer) filter (not is_eigen), 0),
                0
            ) as grootste,
            count(*) as alle_n,
            sum(n_personen) as alle_personen,
            sum(noemer) as alle_noemer,
            max(noemer, 2) as twee
        from alle
        group by indicator_id, periode, groep
    ),

    genoeg as (
        select
            indicator_id,
            periode,
            groep,
            anderen = 0
            or (anderen >= $min_anderen and personen >= $min_cell and grootste <= $grootste) as mag,
            alle_n,
            alle_personen,
            alle_noemer,
            twee
        from anderen
    )

    select
        rij.*,
        coalesce(samen.mag, false) as mag_alle,
        coalesce(groep.mag, false) as mag_groep,
        {samen} as mag_alle_alleen,
        {groep} as mag_groep_alleen
    from rij
    left join genoeg as samen
        on rij.indicator_id = samen.indicator_id and rij.periode = samen.periode
        and samen.groep = ''
    left join genoeg as groep
        on rij.indicator_id = groep.indicator_id and rij.periode = groep.periode
        and rij.peergroep = groep.groep
    where rij.is_eigen
    order by rij.indicator_id, rij.eenheid_naam, rij.eenheid_id, rij.periode
"""

#: Whether a value of all may be told to one care provider, for whom all others are others.
_ALONE = """coalesce(
            {w}.alle_n = 1
            or (
                {w}.alle_n - 1 >= $min_anderen
                and {w}.alle_personen - rij.n_personen >= $min_cell
                and case when rij.noemer = {w}.twee[1] then {w}.twee[2] else {w}.twee[1] end
                <= $grootste * ({w}.alle_noemer - rij.noemer)
            ),
            false
        )"""


@dataclass(frozen=True)
class Cijfers:
    """Figures of one build for one source.

    Attributes:
        bouw_id: the build; None when there is none.
        rijen: figures by (indicator, care provider, year), as the source may see them.
        alleen: the same as each care provider may see its own, for whom those that deliver through
            the same source are others.
    """

    bouw_id: str | None
    rijen: dict[Sleutel, Json] = field(default_factory=dict)
    alleen: dict[Sleutel, Json] = field(default_factory=dict)


def _own(con: duckdb.DuckDBPyConnection, dq: Path, bron_id: str) -> list[str]:
    """``indicator|zorgaanbieder`` of what a source may be told."""
    named = mandate(bron_id)
    known = indicators()
    own = {f"{indicator}|{each}" for indicator in known for each in named - {ALLE}}
    if ALLE in named and dq.is_file():
        where = {"dq": str(dq), "bron": bron_id, "deel": regels().deel_van_aanbieder}
        brought = {(row[0], row[1]) for row in con.execute(_BROUGHT, where).fetchall()}
        scored = {row[0] for row in con.execute(_FACTS, {"dq": str(dq)}).fetchall()}
        for indicator_id, indicator in known.items():
            # Of a fact that is not scored it is not known who brought it: all of it counts then.
            facts = {feit if feit in scored else "TOTAAL" for feit in indicator.feiten}
            own |= {f"{indicator_id}|{who}" for who, tabel in brought if tabel in facts}
    return sorted(own)


def _told(row: Json, min_cell: int, who: str) -> Json:
    """What of a row is told, to the source or (``_alleen``) to the care provider itself."""
    base = {"zorgaanbieder_id": row["eenheid_id"], "zorgaanbieder": row["eenheid_naam"]}
    if row["n_personen"] < min_cell:
        return base | {"verborgen": True}
    told = base | {"verborgen": False} | {name: _plain(row[name]) for name in _VALUES}
    told |= {name: _plain(row[name]) if row[f"mag_alle{who}"] else None for name in _PLACE}
    told |= {name: _plain(row[name]) if row[f"mag_groep{who}"] else None for name in _PEER}
    return told | {name: _plain(row[name]) for name in _NORM}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)


def own_figures(home: Path, bouw_id: str | None, bron_id: str, min_cell: int) -> Cijfers:
    """The figures a source may be told of, of one build.

    Args:
        home: folder with ``marts/``.
        bouw_id: the build; None when there is none.
        bron_id: the source.
        min_cell: fewest persons behind a figure.

    Returns:
        One row an indicator, own care provider and year, the latest years only: decimals and dates
        as text. A figure of fewer persons is ``verborgen``; values of all (``verwacht``,
        ``funnel_klasse``, ``referentie_landelijk``) and of the peer group are None when too few
        others are behind them.
    """
    folder = home / "marts" / (bouw_id or "")
    mart = folder / "spiegel_indicator.parquet"
    if not bouw_id or not mart.is_file():
        return Cijfers(None)
    with duckdb.connect() as con:
        own = _own(con, folder / "dq_score.parquet", bron_id)
        if not own:
            return Cijfers(bouw_id)
        described = con.execute("describe select * from read_parquet(?)", [str(mart)]).fetchall()
        present = {row[0] for row in described}
        wanted = ("indicator_id", "eenheid_id", "eenheid_naam", "periode",
                  *_VALUES, *_PLACE, *_PEER, *_NORM)  # fmt: skip
        columns = ", ".join(c if c in present else f"null as {c}" for c in wanted)
        rules = regels()
        found = con.execute(
            _FIGURES.format(
                columns=columns, samen=_ALONE.format(w="samen"), groep=_ALONE.format(w="groep")
            ),
            {"mart": str(mart), "eigen": own, "min_anderen": rules.min_anderen,
             "min_cell": min_cell, "grootste": rules.grootste_aandeel},
        )  # fmt: skip
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    years = sorted({row["periode"] for row in rows})[-rules.jaren :]
    shown = {(r["indicator_id"], r["eenheid_id"], r["periode"]): r for r in rows}
    shown = {key: row for key, row in shown.items() if key[2] in years}
    return Cijfers(
        bouw_id,
        {key: _told(row, min_cell, "") for key, row in shown.items()},
        {key: _told(row, min_cell, "_alleen") for key, row in shown.items()},
    )


def current_build(home: Path) -> str | None:
    """The build that readers see; None when there is none."""
    pointer = home / "marts" / "actueel.json"
    if not pointer.is_file():
        return None
    return str(json.loads(pointer.read_text(encoding="utf-8"))["bouw_id"])
