"""How a figure came about: its definition, its counts, its references and the build it is from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from ingest.errors import BuildError, UsageError
from ingest.report import reason_texts
from ingest.settings import Settings
from marts.judgement_words import in_words

_QUERY = """
    select
        i.naam, i.uitleg, s.indicator_id, s.definitie_versie, s.niveau, s.eenheid_id,
        s.eenheid_naam, s.periode, i.teller_omschrijving, s.teller, i.noemer_omschrijving,
        s.noemer, s.waarde, i.eenheid, s.n_personen, s.n_zorgaanbieders, s.verwacht, s.oe_ratio,
        s.oe_laag, s.oe_hoog, s.casemix_versie, i.casemix_reden, s.oe_basis, s.ci_laag,
        s.ci_hoog, s.volume_voldoende,
        s.funnel_klasse, s.funnel_laag_95, s.funnel_hoog_95, s.funnel_laag_998,
        s.funnel_hoog_998, s.kans, s.overdispersie, s.waarde_krimp, s.referentie_landelijk,
        s.peergroep, s.referentie_peer, s.percentiel, s.waarde_vorige, s.verschil, s.verschil_laag,
        s.verschil_hoog, s.trend, s.norm_id, s.norm_status,
        s.doelwaarde, s.doeldatum, n.bron as norm_bron, s.afstand_tot_doel, i.bron as gevraagd_in,
        i.feiten, s.dq_score, s.status, s.akkoord, s.bouw_id
    from spiegel_indicator as s
    inner join ref_indicator as i using (indicator_id, definitie_versie)
    left join ref_norm as n using (norm_id)
    where s.indicator_id = $indicator and s.niveau = $niveau and s.uitsplitsing = 'TOTAAL'
        and ($eenheid is null or s.eenheid_id = $eenheid)
        and ($periode is null or s.periode = $periode)
    order by s.eenheid_id, s.periode_type, s.periode, s.definitie_versie
"""

_TABLES = ("spiegel_indicator", "ref_indicator", "ref_norm", "dq_verklaring", "dq_gewicht")

#: What cost the score of data quality behind a figure most.
_QUALITY = """
    select v.regel_id, v.bijdrage, g.uitleg
    from dq_verklaring as v
    left join dq_gewicht as g using (regel_id)
    where v.indicator_id = $indicator_id and v.definitie_versie = $definitie_versie
        and v.niveau = $niveau and v.eenheid_id = $eenheid_id
        and v.periode = $periode and v.bijdrage > 0
    order by v.bijdrage desc, v.regel_id
    limit 3
"""


def current_build(home: Path) -> str:
    """The ``bouw_id`` of the current marts.

    Args:
        home: folder with ``marts/``.

    Raises:
        BuildError: nothing was built yet.
    """
    pointer = home / "marts" / "actueel.json"
    if not pointer.is_file():
        raise BuildError("There are no marts yet. Make them with 'iza build'.")
    return str(json.loads(pointer.read_text(encoding="utf-8"))["bouw_id"])


def explain(
    settings: Settings,
    indicator: str,
    niveau: str = "landelijk",
    eenheid: str | None = None,
    periode: str | None = None,
) -> list[dict[str, Any]]:
    """Look a figure up in the current marts, with everything that explains it.

    Args:
        settings: says where ``home`` is.
        indicator: an ``indicator_id`` of the register.
        niveau: landelijk, zorgkantoorregio, gemeente, verzekeraar or zorgaanbieder.
        eenheid: a unit; all units of the level when left out.
        periode: ``2025`` or ``2025Q1``; all periods when left out.

    Returns:
        One dictionary a unit and period, column name to value; dates and decimals as text. Under
        ``oordeel`` its class and limits in words, under ``gegevenskwaliteit`` up to three
        sentences in Dutch: what cost the score most.

    Raises:
        BuildError: nothing was built yet, or by a version without this register.
        UsageError: there is no such figure; the message says what there is.
    """
    folder = settings.home / "marts" / current_build(settings.home)
    with duckdb.connect() as con:
        for name in _TABLES:
            if (folder / f"{name}.parquet").is_file():
                path = str(folder / f"{name}.parquet").replace("'", "''")
                con.execute(f"create view {name} as select * from read_parquet('{path}')")
        asked = {"indicator": indicator, "niveau": niveau, "eenheid": eenheid, "periode": periode}
        try:
            result = con.execute(_QUERY, asked)
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise BuildError(
                "The marts are older than this program. Make them with 'iza build'."
            ) from error
        names = [column[0] for column in result.description]
        rows = result.fetchall()
        if not rows:
            raise UsageError(_what_there_is(con, asked))
        figures = [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
        for figure in figures:
            figure["oordeel"] = in_words(figure)
        if (folder / "dq_verklaring.parquet").is_file():  # older builds had none
            for figure in figures:
                figure["gegevenskwaliteit"] = _quality(con, figure)
    return figures


def _quality(con: duckdb.DuckDBPyConnection, figure: dict[str, Any]) -> list[str]:
    """What pulled the score of a figure down, the worst first, in sentences."""
    names = ("indicator_id", "definitie_versie", "niveau", "eenheid_id", "periode")
    key = {name: figure[name] for name in names}
    sentences = []
    for regel, bijdrage, uitleg in con.execute(_QUALITY, key).fetchall():
        what = reason_texts().get(regel, {}).get("omschrijving") or uitleg or "Geen uitleg."
        share = f"{100 * bijdrage:.1f}".replace(".", ",")
        sentences.append(f"{regel} kost {share}%: {what}")
    return sentences


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)


def _what_there_is(con: duckdb.DuckDBPyConnection, asked: dict[str, str | None]) -> str:
    found = con.execute("select distinct indicator_id from ref_indicator").fetchall()
    known = [row[0] for row in found]
    if asked["indicator"] not in known:
        return f"No indicator '{asked['indicator']}'. There are: {', '.join(sorted(known))}."
    found = con.execute(
        "select distinct niveau from spiegel_indicator where indicator_id = ? order by 1",
        [asked["indicator"]],
    ).fetchall()
    levels = ", ".join(row[0] for row in found) or "none"
    wanted = ", ".join(f"{name} {value}" for name, value in asked.items() if value)
    return f"No figure for {wanted}. Levels with figures of this indicator: {levels}."
