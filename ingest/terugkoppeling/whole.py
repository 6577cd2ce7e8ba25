"""What the page says of a delivery as a whole: thresholds, its sender, and how it compares."""

from __future__ import annotations

from typing import Any

from ingest.oordeel.rules import rules
from ingest.oordeel.thresholds import Overschrijding
from ingest.terugkoppeling.html import Html, number, table

#: The page names so many differences; ``rapport.json`` has them all.
AFWIJKINGEN = 40


def _threshold(passed: dict[str, Any]) -> Html:
    text = Overschrijding(**passed).sentence() + "."
    advice = rules()[passed["code"]].wat_te_doen
    if passed["omdat"]:
        end = f" De rest is toch geaccepteerd, met als reden: {passed['omdat']}"
    else:
        end = f" Daarom is de hele levering geweigerd. {advice} Lever daarna alles opnieuw aan."
    return Html("p", text + end)


def whole(content: dict[str, Any]) -> Html | None:
    """The section on thresholds and remarks; None when there is nothing to say."""
    parts = [_threshold(passed) for passed in content.get("drempels", [])]
    parts += [
        Html("p", f"{remark['omschrijving']} {remark['wat_te_doen']}")
        for remark in content.get("opmerkingen", [])
    ]
    return Html("section", Html("h2", "De levering als geheel"), *parts) if parts else None


def _value(value: float, element: str | None) -> str:
    return number(round(value)) if element is None else f"{100 * value:.1f}%".replace(".", ",")


def comparison(content: dict[str, Any]) -> Html | None:
    """The section that holds the delivery beside earlier ones; None without any."""
    found = content.get("analyse", {})
    if not found.get("vergeleken_met"):
        return None
    against = " en ".join(found["vergeleken_met"])
    chance = f"{100 * found['kans']:.0f}"
    intro = (
        f"Deze levering is vergeleken met {against} van dezelfde bron, in "
        f"{number(found['toetsen'])} vergelijkingen. Verandert er bij de bron niets, dan is de "
        f"kans dat er toch iets opvalt hoogstens {chance}%."
    )
    rows = [
        [
            a["tabel"], a["element"] or "aantal records", a["periode"],
            _value(a["toen"], a["element"]), _value(a["nu"], a["element"]),
            rules()[a["code"]].wat_te_doen,
        ]
        for a in found["afwijkingen"][:AFWIJKINGEN]
    ]  # fmt: skip
    heads = ["soort record", "wat", "vergeleken met", "toen", "nu", "wat te doen"]
    body = table("Wat opvalt", heads, rows) if rows else Html("p", "Er valt niets op.")
    return Html("section", Html("h2", "Vergeleken met eerder"), Html("p", intro), body)
