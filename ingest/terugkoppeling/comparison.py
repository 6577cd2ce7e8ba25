"""The section that holds a delivery beside earlier ones of its source, with pictures."""

from __future__ import annotations

from typing import Any

from ingest.oordeel.parameters import VULLING
from ingest.oordeel.profile import MAAND
from ingest.oordeel.rules import rules
from ingest.terugkoppeling.beeld.svg import Sleutel, beside
from ingest.terugkoppeling.beeld.verschil import (
    JAAR_PUNT,
    JAAR_VERSCHIL,
    NU,
    OPVALT,
    VORIG_PUNT,
    VORIG_VERSCHIL,
    Schuif,
    Verschil,
    differences,
    shares,
)
from ingest.terugkoppeling.html import Html, number, percentage, table
from ingest.terugkoppeling.register import kind_of
from ingest.terugkoppeling.vergelijking import VORIG_JAAR, label_of, moved

Json = dict[str, Any]

#: The page names so many differences and draws so many rows; ``rapport.json`` has them all.
AFWIJKINGEN, GETEKEND = 40, 15

#: Smaller differences between shares are not drawn.
_ZICHTBAAR = 0.0005


def _value(value: float, element: str | None) -> str:
    return number(round(value)) if element is None else percentage(value)


def _what(found: Json) -> str:
    """What stands out, in the words of the sender."""
    element = found["element"]
    if element is None:
        return "aantal records"
    if found["code"] == VULLING:
        return f"aandeel gevuld: {label_of(found['tabel'], element)} ({element})"
    name, _, code = element.partition("=")
    column = name.removeprefix(MAAND)
    value = f"maand {code}" if column != name else code
    return f"aandeel {value} bij {label_of(found['tabel'], column)} ({column})"


def _alarms(content: Json) -> Html:
    found = content["analyse"]
    rows = [
        [
            kind_of(a["tabel"]), _what(a), a["periode"],
            _value(a["toen"], a["element"]), _value(a["nu"], a["element"]),
            rules()[a["code"]].wat_te_doen,
        ]
        for a in found["afwijkingen"][:AFWIJKINGEN]
    ]  # fmt: skip
    if not rows:
        return Html("p", "Er valt niets op.", klasse="uitkomst geaccepteerd")
    heads = ["soort record", "wat opvalt", "periode", "toen", "nu", "wat te doen"]
    words = "Dit valt op. Het is geaccepteerd; kijk of het klopt."
    return Html(
        "div",
        Html("p", words, klasse="uitkomst deels"),
        table("Verschillen met eerdere perioden", heads, rows),
    )


def _roles(vergelijking: Json, jaar: Sleutel, vorig: Sleutel) -> list[Sleutel]:
    return [jaar if p["rol"] == VORIG_JAAR else vorig for p in vergelijking["perioden"]]


def _counts(found: Json) -> Html | None:
    keys = _roles(found, JAAR_VERSCHIL, VORIG_VERSCHIL)
    rows = [r for r in found["aantallen"] if r["nu"] or any(r["toen"])]
    if not rows:
        return None
    drawn = [
        Verschil(
            kind_of(r["record"]),
            [
                (key, (r["nu"] - then) / then if then else None, out)
                for key, then, out in zip(keys, r["toen"], r["valt_op"], strict=True)
            ],
        )
        for r in rows
    ]
    heads = ["soort record", "nu", *(p["periode"] for p in found["perioden"]), "valt op"]
    cells = [
        [kind_of(r["record"]), number(r["nu"]), *(number(n) for n in r["toen"]), _yes(r["valt_op"])]
        for r in rows
    ]
    titel = "Aantallen records, meer of minder dan toen"
    return beside(
        titel, _keys(keys, rows), differences("b-aantallen", titel, drawn),
        table("Aantallen records", heads, cells),
    )  # fmt: skip


def _keys(keys: list[Sleutel], rows: list[Json]) -> list[Sleutel]:
    return [*keys, OPVALT] if any(any(r["valt_op"]) for r in rows) else keys


def _yes(out: list[bool]) -> str:
    return "ja" if any(out) else "nee"


def _cell(share: float | None) -> str:
    return "te weinig" if share is None else percentage(share)


def _shares(naam: str, titel: str, found: Json, rows: list[Json], *, whole: bool) -> Html | None:
    if not rows:
        return None
    keys = _roles(found, JAAR_PUNT, VORIG_PUNT)
    drawn = [
        Schuif(
            _name(r),
            r["nu"],
            [(k, s) for k, s in zip(keys, r["toen"], strict=True) if s is not None],
            any(r["valt_op"]),
        )
        for r in rows
    ]
    heads = ["wat", "nu", *(p["periode"] for p in found["perioden"]), "valt op"]
    cells = [
        [
            f"{_name(r)} ({kind_of(r['tabel'])})",
            _cell(r["nu"]),
            *(_cell(s) for s in r["toen"]),
            _yes(r["valt_op"]),
        ]
        for r in rows
    ]
    return beside(
        titel, _keys([NU, *keys], rows), shares(naam, titel, drawn, whole=whole),
        table(titel, heads, cells),
    )  # fmt: skip


def _name(row: Json) -> str:
    if "code" not in row:
        return str(row["label"])
    value = f"maand {row['code']}" if row["maand"] else row["code"]
    return f"{value}: {row['label']}"


def _drawn(rows: list[Json]) -> list[Json]:
    told = [r for r in rows if any(r["valt_op"]) or moved(r) >= _ZICHTBAAR]
    return told[:GETEKEND]


def _rest(words: str, rows: list[Json]) -> Html:
    shown = len(_drawn(rows))
    if not shown:
        return Html("p", f"{words}: geen verschil van belang bij {number(len(rows))} aandelen.")
    which = "het grootste verschil" if shown == 1 else f"de {shown} grootste verschillen"
    return Html(
        "p", f"{words}: {which} bij {number(len(rows))} aandelen. rapport.json heeft ze alle."
    )


def compared(content: Json) -> str:
    """What the comparison came to, in a few words."""
    if not content["vergelijking"]["perioden"]:
        return "nog niet: er is niets om mee te vergelijken"
    found = len(content["analyse"]["afwijkingen"])
    if not found:
        return "er valt niets op"
    return "er valt één verschil op" if found == 1 else f"er vallen {number(found)} verschillen op"


def _intro(content: Json) -> str:
    found, seen = content["vergelijking"], content["analyse"]
    against = " en ".join(f"{p['periode']} ({p['rol']})" for p in found["perioden"])
    more = found["leveringen"]
    together = (
        f" Van deze periode zijn er {number(more)} leveringen; aantallen records zijn van alle "
        "samen, ook als de ene de andere vervangt."
        if more > 1
        else ""
    )
    return (
        f"Deze levering is vergeleken met {against} van dezelfde bron, in "
        f"{number(seen['toetsen'])} vergelijkingen. Verandert er bij de bron niets, dan is de "
        f"kans dat er toch iets opvalt hoogstens {100 * seen['kans']:.0f}%.{together}"
    )


def comparison(content: Json) -> Html:
    """The section, with pictures of numbers, of filled columns and of codes.

    Args:
        content: a report of ``sender_report``.
    """
    found = content["vergelijking"]
    head = Html("h2", "Vergeleken met eerder")
    if not found["perioden"]:
        return Html("section", head, Html("p", found["reden"]))
    filled, codes = found["vulling"], found["verdeling"]
    return Html(
        "section",
        head,
        Html("p", _intro(content)),
        _alarms(content),
        _counts(found),
        _rest("Hoe vaak kolommen gevuld zijn", filled),
        _shares("b-vulling", "Aandeel gevuld per kolom", found, _drawn(filled), whole=True),
        _rest("Welke codes en maanden voorkomen", codes),
        _shares("b-codes", "Aandeel van codes en maanden", found, _drawn(codes), whole=False),
    )
