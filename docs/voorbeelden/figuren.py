"""The two pictures of a figure: the funnel of one year, and one unit over the years."""

from __future__ import annotations

from typing import Any

import altair as alt

Rij = dict[str, Any]

_KLEUREN = {"zoals verwacht": "#6b7785", "buiten 95%": "#d98200", "buiten 99,8%": "#b3261e"}
_WOORD = {"binnen": "zoals verwacht", "laag": "buiten 95%", "hoog": "buiten 95%"}
_GRENZEN = {
    "laag 95": "funnel_laag_95", "hoog 95": "funnel_hoog_95",
    "laag 99,8": "funnel_laag_998", "hoog 99,8": "funnel_hoog_998",
}  # fmt: skip


def punten(eenheden: list[Rij], gekozen: str) -> list[Rij]:
    """What the funnel shows of each unit that has a judgement.

    Args:
        eenheden: rows of ``kwaliteit_spiegel`` of one indicator, level and year.
        gekozen: ``eenheid_id`` of the unit that stands out.

    Returns:
        A row a unit: expected, observed over expected, judgement, and its limits over expected.
    """
    return [
        {
            "zorgaanbieder": rij["eenheid_naam"],
            "verwacht": float(rij["verwacht"]),
            "geteld / verwacht": float(rij["oe_ratio"]),
            "oordeel": _WOORD.get(rij["funnel_klasse"], "buiten 99,8%"),
            "gekozen": rij["eenheid_id"] == gekozen,
            **{naam: _grens(rij, kolom) for naam, kolom in _GRENZEN.items()},
        }
        for rij in eenheden
        if rij["funnel_klasse"] != "geen_oordeel"
    ]


def _grens(rij: Rij, kolom: str) -> float | None:
    # Limits are values of the unit; divided by what was expected they are limits of O/E.
    grens = rij[kolom]
    return None if grens is None else float(grens) * float(rij["noemer"]) / float(rij["verwacht"])


def trechter(waarden: list[Rij]) -> alt.LayerChart:
    """The funnel plot of ``punten``."""
    lijnen = [
        {"verwacht": p["verwacht"], "grens": naam.split()[1], "kant": naam, "waarde": p[naam]}
        for p in waarden
        for naam in _GRENZEN
        if p[naam] is not None
    ]
    x = alt.X("verwacht:Q", title="Verwachte teller (naar rechts: meer mensen)")
    kleur = alt.Color(
        "oordeel:N",
        title="Oordeel",
        scale=alt.Scale(domain=list(_KLEUREN), range=list(_KLEUREN.values())),
    )
    stippen = _kaart(waarden).mark_circle(opacity=0.9).encode(
        x=x,
        y=alt.Y("geteld / verwacht:Q", title="Geteld gedeeld door verwacht"),
        color=kleur,
        size=alt.condition("datum.gekozen", alt.value(220), alt.value(70)),
        tooltip=["zorgaanbieder:N", "verwacht:Q", "geteld / verwacht:Q", "oordeel:N"],
    )  # fmt: skip
    naam = _kaart([p for p in waarden if p["gekozen"]]).mark_text(
        dx=-14, fontWeight="bold", align="right"
    ).encode(x=x, y="geteld / verwacht:Q", text="zorgaanbieder:N")  # fmt: skip
    grenzen = _kaart(lijnen).mark_line(color="#9aa4b0").encode(
        x=x,
        y="waarde:Q",
        detail="kant:N",
        strokeDash=alt.StrokeDash("grens:N", title="Grens (%)"),
    )  # fmt: skip
    een = _kaart([{"y": 1}]).mark_rule(color="#39424e").encode(y="y:Q")
    return _opgemaakt(een + grenzen + stippen + naam, 320)


def verloop(rijen: list[Rij], naam: str, *, is_deel: bool) -> alt.LayerChart:
    """One unit over the years, with its interval, the country and the target.

    Args:
        rijen: rows of ``kwaliteit_spiegel`` of one unit, a year each.
        naam: name of the unit.
        is_deel: whether the value is a share, shown as a percentage.
    """
    factor = 100 if is_deel else 1
    lijnen = [
        {"jaar": rij["periode"], "waarde": float(rij[kolom]) * factor, "lijn": woord}
        for kolom, woord in (
            ("waarde", naam), ("referentie_landelijk", "Nederland"), ("doelwaarde", "Doel")
        )
        for rij in rijen
        if rij[kolom] is not None
    ]  # fmt: skip
    balken = [
        {
            "jaar": rij["periode"],
            "laag": float(rij["ci_laag"]) * factor,
            "hoog": float(rij["ci_hoog"]) * factor,
        }
        for rij in rijen
        if rij["ci_laag"] is not None
    ]
    jaar = alt.X("jaar:O", title=None, axis=alt.Axis(labelAngle=0))
    schaal = alt.Scale(domain=[naam, "Nederland", "Doel"], range=["#1f5fa8", "#6b7785", "#2e7d4f"])
    lijn = _kaart(lijnen).mark_line(point=True).encode(
        x=jaar,
        y=alt.Y("waarde:Q", title="Waarde (%)" if is_deel else "Waarde"),
        color=alt.Color("lijn:N", title=None, scale=schaal),
    )  # fmt: skip
    balk = _kaart(balken).mark_rule(color="#1f5fa8", strokeWidth=6, opacity=0.25).encode(
        x=jaar, y="laag:Q", y2="hoog:Q"
    )  # fmt: skip
    return _opgemaakt(balk + lijn, 260)


def _kaart(rijen: list[Rij]) -> alt.Chart:
    return alt.Chart(alt.Data(values=rijen))


def _opgemaakt(kaart: alt.LayerChart, hoogte: int) -> alt.LayerChart:
    made: alt.LayerChart = kaart.properties(width=600, height=hoogte)
    return made.configure_legend(orient="bottom")
