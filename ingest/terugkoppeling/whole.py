"""What the page says of a delivery as a whole: thresholds, its sender, and what went before."""

from __future__ import annotations

from typing import Any

from ingest.oordeel.rules import rules
from ingest.oordeel.thresholds import Overschrijding
from ingest.terugkoppeling.beeld.staven import UITKOMSTEN, Verdeeld, divided
from ingest.terugkoppeling.beeld.svg import beside
from ingest.terugkoppeling.html import Html, number, table


def _threshold(passed: dict[str, Any]) -> Html:
    text = Overschrijding(**passed).sentence() + "."
    advice = rules()[passed["code"]].wat_te_doen
    if passed["omdat"]:
        end = f" De rest is toch geaccepteerd, met als reden: {passed['omdat'].rstrip('.')}."
    else:
        end = f" Daarom is de hele levering geweigerd. {advice} Lever daarna alles opnieuw aan."
    return Html("p", text + end)


def whole(content: dict[str, Any]) -> Html | None:
    """The section on thresholds and remarks; None when there is nothing to say."""
    parts = [_threshold(passed) for passed in content["drempels"]]
    parts += [
        Html("p", f"{remark['omschrijving']} {remark['wat_te_doen']}")
        for remark in content["opmerkingen"]
    ]
    return Html("section", Html("h2", "De levering als geheel"), *parts) if parts else None


def _outcome(naam: str, found: dict[str, Any]) -> Verdeeld:
    return Verdeeld(naam, (found["geaccepteerd"], found["quarantaine"], found["dubbel"]))


def earlier(content: dict[str, Any]) -> Html | None:
    """The section on earlier outcomes of the same delivery; None when there are none."""
    found = content["eerder"]
    if not found:
        return None
    words = (
        f"Deze levering is {number(len(found))} keer eerder beoordeeld, met de regels van toen. "
        "Wat op deze pagina staat, is de uitkomst van nu."
    )
    bars = [_outcome(f"Keer {n}: {o['status']}", o) for n, o in enumerate(found, start=1)]
    bars.append(_outcome(f"Nu: {content['status']}", content["totaal"]))
    rows = [[b.naam, *(number(n) for n in b.delen)] for b in bars]
    titel = "Deze levering, eerder en nu"
    heads = ["wanneer", "geaccepteerd", "geweigerd", "dubbel"]
    return Html(
        "section",
        Html("h2", "Eerder ingelezen"),
        Html("p", words),
        beside(
            titel,
            UITKOMSTEN,
            divided("b-eerder", titel, [b for b in bars if sum(b.delen)]),
            table(titel, heads, rows),
        ),
    )
