"""The section on the sender's own mirror figures: what the delivery can change, and what it did."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import Any

from ingest.terugkoppeling.beeld.plaats import (
    NORM,
    NU,
    VERWACHT,
    VOOR,
    As,
    Punt,
    axis_of,
    places,
)
from ingest.terugkoppeling.beeld.svg import beside
from ingest.terugkoppeling.html import Html, euro, number, percentage, table
from ingest.terugkoppeling.register import kind_of
from ingest.terugkoppeling.spiegel import GEEN_BOUW, NA_BOUW

Json = dict[str, Any]

#: So many care providers are drawn for an indicator; the table beside it has them all.
GETEKEND = 24

_KLASSE = {
    "binnen": "zoals verwacht",
    "laag": "lager dan verwacht",
    "ver_laag": "veel lager dan verwacht",
    "hoog": "hoger dan verwacht",
    "ver_hoog": "veel hoger dan verwacht",
}
_RICHTING = {
    "hoger_is_beter": "Hoger is beter.",
    "lager_is_beter": "Lager is beter.",
}


def _write(value: Decimal | float | None, eenheid: str) -> str:
    if value is None:
        return "niet bekend"
    if eenheid == "aandeel":
        return percentage(float(value))
    if eenheid == "euro":
        return euro(f"{value:.2f}")
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def _number(found: Json | None, name: str) -> Decimal | None:
    value = (found or {}).get(name)
    return None if value is None else Decimal(value)


def _expected(found: Json | None) -> Decimal | None:
    """The expected value, on the scale of the value itself."""
    expected, value = _number(found, "verwacht"), _number(found, "waarde")
    teller, noemer = _number(found, "teller"), _number(found, "noemer")
    if expected is None:
        return None
    if teller and value is not None:
        return expected * value / teller
    return expected / noemer if noemer else None


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _shown(row: Json) -> Json | None:
    """The latest that is known of a figure; None when it is hidden."""
    found = row["na"] or row["voor"]
    return None if found is None or found["verborgen"] else found


def _point(row: Json, naam: str) -> Punt:
    found = _shown(row)
    before = row["voor"] if row["na"] else None
    nu = _number(found, "waarde")
    voor = _number(before, "waarde")
    voor = None if voor == nu else voor
    words = "te weinig personen" if found is None else _write(nu, row["eenheid"])
    if voor is not None:
        words += f" (was {_write(voor, row['eenheid'])})"
    return Punt(
        naam,
        words,
        _float(nu),
        _float(_number(found, "ci_laag")),
        _float(_number(found, "ci_hoog")),
        _float(voor),
        _float(_expected(found)),
        _float(_number(found, "doelwaarde")),
    )


def _drawn(rows: list[Json], jaar: str) -> list[Punt]:
    """One care provider by year, several of them in the year of the delivery or the latest one."""
    if len({r["zorgaanbieder_id"] for r in rows}) == 1:
        return [_point(r, r["periode"]) for r in rows]
    chosen = _year(rows, jaar)
    return [_point(r, f"{r['zorgaanbieder']} ({chosen})") for r in rows if r["periode"] == chosen][
        :GETEKEND
    ]


def _year(rows: list[Json], jaar: str) -> str:
    """The year of the delivery, or else the latest one."""
    years = sorted({str(r["periode"]) for r in rows})
    return jaar if jaar in years else years[-1]


def _in_table(rows: list[Json], jaar: str) -> list[Json]:
    """All of one care provider; of several the year that is drawn, and what changed besides."""
    if len({r["zorgaanbieder_id"] for r in rows}) == 1:
        return rows
    chosen = _year(rows, jaar)
    return [
        r for r in rows
        if r["periode"] == chosen or (r["na"] and _value_of(r["voor"]) != _value_of(r["na"]))
    ]  # fmt: skip


def _change(row: Json) -> str:
    nu, voor = _number(row["na"], "waarde"), _number(row["voor"], "waarde")
    if row["na"] is None:
        return "na de volgende bouw"
    if row["voor"] is None:
        return "nieuw"
    if nu is None or voor is None:
        return "niet bekend"
    if nu == voor:
        same = all(row["na"][k] == row["voor"][k] for k in ("teller", "noemer"))
        return "geen" if same else "geen, wel andere aantallen"
    if row["eenheid"] == "aandeel":
        points = f"{100 * (nu - voor):+.1f}".replace("-", "−").replace(".", ",")
        return f"{points} procentpunt"
    return ("+" if nu > voor else "−") + _write(abs(nu - voor), row["eenheid"])


def _count(found: Json | None, name: str) -> str:
    value = _number(found, name)
    if value is None:
        return ""
    if value == value.to_integral():
        return number(int(value))
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def _cells(row: Json) -> list[str]:
    found, unit = _shown(row), row["eenheid"]
    name = f"{row['zorgaanbieder']}, {row['periode']}"
    if found is None:
        return [name, "te weinig personen", *[""] * 7]
    klasse = found.get("funnel_klasse")
    return [
        name,
        _write(_number(found, "waarde"), unit),
        _change(row),
        _count(found, "teller"),
        _count(found, "noemer"),
        _write(_expected(found), unit) if found["verwacht"] is not None else "",
        _KLASSE.get(klasse, str(klasse).replace("_", " ")) if klasse else "",
        _write(_number(found, "referentie_landelijk"), unit)
        if found["referentie_landelijk"] is not None else "",
        _write(_number(found, "referentie_peer"), unit)
        if found["referentie_peer"] is not None else "",
    ]  # fmt: skip


_HEADS = [
    "zorgaanbieder en jaar", "uw cijfer", "verandering", "teller", "noemer", "te verwachten",
    "plaats", "alle aanbieders samen", "vergelijkbare samen",
]  # fmt: skip


def _told(rows: list[Punt], eenheid: str) -> str:
    parts = []
    for rij in rows:
        words = f"{rij.naam}: {rij.woorden}"
        if rij.verwacht is not None:
            words += f", te verwachten {_write(rij.verwacht, eenheid)}"
        if rij.norm is not None:
            words += f", norm {_write(rij.norm, eenheid)}"
        parts.append(words)
    return "; ".join(parts) + "."


def _indicator(rows: list[Json], jaar: str) -> Html:
    first = rows[0]
    points, shown = _drawn(rows, jaar), _in_table(rows, jaar)
    unit = first["eenheid"]
    scale: As = axis_of(points, is_share=unit == "aandeel")
    keys = [NU]
    keys += [VOOR] if any(p.voor is not None for p in points) else []
    keys += [VERWACHT] if any(p.verwacht is not None for p in points) else []
    keys += [NORM] if any(p.norm is not None for p in points) else []
    drawn = places(
        f"b-spiegel-{first['indicator_id']}", first["naam"], _told(points, unit), points,
        (_write(scale.van, unit), _write(scale.tot, unit)), scale,
    )  # fmt: skip
    words = f"{first['uitleg']} {_RICHTING.get(first['richting'], '')}".strip()
    return Html(
        "article",
        Html("h3", first["naam"]),
        Html("p", words),
        beside(
            "Uw cijfer en wat te verwachten was", keys, drawn,
            table(f"Cijfers: {first['naam']}", _HEADS, [_cells(r) for r in shown]),
            klasse="onder",
        ),
    )  # fmt: skip


def _touched(found: Json) -> Html:
    rows = [
        [each["naam"], number(each["gegevens"]),
         ", ".join(f"{kind_of(t)} ({number(n)})" for t, n in each["tabellen"].items())]
        for each in found["raakt"]
    ]  # fmt: skip
    heads = ["indicator", "gegevens", "waaruit"]
    return table("Indicatoren die deze levering kan veranderen", heads, rows)


def _state(found: Json) -> str:
    if found["stand"] == NA_BOUW:
        more = found["leveringen"] or 1
        together = (
            "Het verschil met de vorige bouw komt door deze levering."
            if more == 1
            else f"Deze bouw las {number(more)} leveringen van u voor het eerst; het verschil met "
            "de vorige bouw komt door die leveringen samen."
        )
        return (
            f"De cijfers zijn van bouw {found['bouw_na']}, die deze levering heeft gelezen. "
            f"{together} Ook leveringen van anderen en andere definities kunnen een cijfer "
            "veranderen."
        )
    if found["stand"] == GEEN_BOUW:
        return "Er zijn nog geen cijfers. Na de eerste bouw staan ze op deze pagina."
    return (
        "De cijfers hieronder zijn van vóór deze levering. Na de volgende bouw staan op deze "
        "pagina de cijfers van daarvoor en daarna."
    )


def rules_told(regels: Json) -> Html:
    """Under which rules figures are told."""
    least, others = regels["min_personen"], regels["min_anderen"]
    return Html(
        "p",
        f"Een cijfer over minder dan {number(least)} personen staat er niet in. Een waarde van "
        f"alle aanbieders samen staat er alleen bij als er ten minste {number(others)} andere "
        "achter zitten, of als alle aanbieders van u zijn. Cijfers van een andere "
        "zorgaanbieder staan nergens op deze pagina.",
        klasse="klein",
    )


def _nobody(found: Json) -> Html | None:
    if found["cijfers"] or found["stand"] == GEEN_BOUW:
        return None
    words = (
        "Deze bron levert niet namens een zorgaanbieder. Daarom staan hier geen cijfers."
        if found["namens"] == "niemand"
        else "Er zijn nog geen cijfers van de zorgaanbieders van deze bron bij deze indicatoren."
    )
    return Html("p", words)


def changed(content: Json) -> str:
    """What becomes of the mirror figures, in a few words."""
    found = content["spiegel"]
    touched = len(found["raakt"])
    if not touched:
        return "veranderen niet door deze levering"
    if found["stand"] != NA_BOUW:
        which = "één indicator" if touched == 1 else f"{number(touched)} indicatoren"
        return f"kunnen veranderen bij {which}, na de volgende bouw"
    if not found["cijfers"]:
        return "geen cijfers van zorgaanbieders van deze bron"
    other = sum(_value_of(row["voor"]) != _value_of(row["na"]) for row in found["cijfers"])
    return f"{number(other)} van {number(len(found['cijfers']))} cijfers zijn veranderd"


def _value_of(found: Json | None) -> object:
    return None if found is None else found.get("waarde", "verborgen")


def mirror(content: Json) -> Html:
    """The section; every picture has its table.

    Args:
        content: a report of ``sender_report``.
    """
    found = content["spiegel"]
    head = Html("h2", "Wat de levering doet met uw spiegelcijfers")
    if not found["raakt"]:
        accepted = content["totaal"]["geaccepteerd"]
        words = (
            "Geen enkele indicator rust op deze soorten records. Uw spiegelcijfers veranderen er "
            "niet rechtstreeks door."
            if accepted
            else "Er is niets geaccepteerd, dus uw spiegelcijfers veranderen niet."
        )
        return Html("section", head, Html("p", words))
    drawn = cards(found["cijfers"], str(content["periode"]))
    return Html(
        "section", head, Html("p", _state(found)), _touched(found), _nobody(found),
        _apart(found), *drawn, rules_told(found["regels"]) if drawn else None,
    )  # fmt: skip


def _apart(found: Json) -> Html | None:
    several = len({row["zorgaanbieder_id"] for row in found["cijfers"]}) > 1
    if found["stand"] != NA_BOUW or not several:
        return None
    return Html(
        "p",
        "Levert u namens meer zorgaanbieders? In de map zorgaanbieder staat voor elk van hen een "
        "eigen pagina, met alleen de eigen cijfers. Geef die door, en niet deze pagina.",
    )


def cards(rows: list[Json], periode: str) -> list[Html]:
    """One article an indicator, with its picture and its table.

    Args:
        rows: ``cijfers`` of the report.
        periode: of the delivery.
    """
    return [
        _indicator(list(group), periode[:4])
        for _, group in groupby(rows, key=lambda r: str(r["indicator_id"]))
    ]
