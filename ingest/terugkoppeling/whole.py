"""What the page says of a delivery as a whole: thresholds, its sender, and how it compares."""

from __future__ import annotations

from typing import Any

from ingest.oordeel.parameters import VULLING
from ingest.oordeel.profile import MAAND
from ingest.oordeel.rules import rules
from ingest.oordeel.thresholds import Overschrijding
from ingest.terugkoppeling.html import Html, number, table
from schemas.tables import kolommen

#: The page names so many differences; ``rapport.json`` has them all.
AFWIJKINGEN = 40


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
    parts = [_threshold(passed) for passed in content.get("drempels", [])]
    parts += [
        Html("p", f"{remark['omschrijving']} {remark['wat_te_doen']}")
        for remark in content.get("opmerkingen", [])
    ]
    return Html("section", Html("h2", "De levering als geheel"), *parts) if parts else None


def _value(value: float, element: str | None) -> str:
    return number(round(value)) if element is None else f"{100 * value:.1f}%".replace(".", ",")


def _label(tabel: str, column: str) -> str:
    label = next(k.label for k in kolommen(tabel) if k.raw_naam == column)
    return f"{label} ({column})"


def _what(found: dict[str, Any]) -> str:
    """What stands out, in the words of the sender."""
    element = found["element"]
    if element is None:
        return "aantal records"
    if found["code"] == VULLING:
        return f"aandeel gevuld: {_label(found['tabel'], element)}"
    name, _, code = element.partition("=")
    column = name.removeprefix(MAAND)
    value = f"maand {code}" if column != name else code
    return f"aandeel {value} bij {_label(found['tabel'], column)}"


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
            a["tabel"], _what(a), a["periode"],
            _value(a["toen"], a["element"]), _value(a["nu"], a["element"]),
            rules()[a["code"]].wat_te_doen,
        ]
        for a in found["afwijkingen"][:AFWIJKINGEN]
    ]  # fmt: skip
    heads = ["soort record", "wat opvalt", "periode", "toen", "nu", "wat te doen"]
    body = (
        table("Verschillen met eerdere perioden", heads, rows)
        if rows
        else Html("p", "Er valt niets op.")
    )
    return Html("section", Html("h2", "Vergeleken met eerder"), Html("p", intro), body)
