"""The sections on what became of the records: by kind of record, and by reason of refusal."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ingest.terugkoppeling.beeld.staven import UITKOMSTEN, Staaf, Verdeeld, bars, divided
from ingest.terugkoppeling.beeld.svg import Sleutel, beside
from ingest.terugkoppeling.html import Html, listing, number, table
from ingest.terugkoppeling.register import kind_of

COUNTS = ["aangeleverd", "geaccepteerd", "quarantaine", "dubbel"]
HEADS = ["aangeleverd", "geaccepteerd", "geweigerd", "dubbel"]

#: So many kinds of records and rules are drawn; the tables have them all.
GETEKEND = 40

EIGEN = Sleutel("vlak", "v-weg", "zelf geweigerd")
GEVOLG = Sleutel("vlak", "v-gevolg", "geweigerd door een andere weigering")


def _label(naam: str, counts: dict[str, Any]) -> str:
    if not counts["omschrijving"]:
        return naam
    # A code of a standard is known to the sender; the name of one of our tables is not.
    return (
        str(counts["omschrijving"])
        if naam.startswith("reg_")
        else (f"{naam} {counts['omschrijving']}")
    )


def whole_bar(content: dict[str, Any]) -> Html | None:
    """One bar for the whole delivery; None when there was nothing in it."""
    total = content["totaal"]
    if not total["aangeleverd"]:
        return None
    parts = (total["geaccepteerd"], total["quarantaine"], total["dubbel"])
    return divided("b-levering", "De levering als geheel", [Verdeeld("Alle records", parts)])


def records(content: dict[str, Any]) -> Html | None:
    """By kind of record: a bar that is divided, and the numbers; None when there are none."""
    found = content["records"]
    if not found:
        return None
    rows = [[_label(n, c), *(number(c[k]) for k in COUNTS)] for n, c in found.items()]
    rows.append(["Totaal", *(number(content["totaal"][k]) for k in COUNTS)])
    drawn = [
        Verdeeld(_label(n, c), (c["geaccepteerd"], c["quarantaine"], c["dubbel"]))
        for n, c in sorted(found.items(), key=lambda item: -item[1]["quarantaine"])
        if c["aangeleverd"]
    ][:GETEKEND]
    return Html(
        "section",
        Html("h2", "Per soort record"),
        Html("p", "Elke staaf is even lang en staat voor alle records van een soort. De soorten "
                  "met de meeste geweigerde records staan bovenaan."),
        beside(
            "Geaccepteerd, geweigerd en dubbel per soort record",
            UITKOMSTEN,
            divided("b-records", "Geaccepteerd, geweigerd en dubbel per soort record", drawn),
            table("Aantallen per soort record", ["soort record", *HEADS], rows, total=True),
        ),
    )  # fmt: skip


def _by_rule(reasons: list[dict[str, Any]]) -> list[tuple[dict[str, Any], int]]:
    """Reasons with the records they hit, the most frequent first."""
    ordered = sorted(reasons, key=lambda r: str(r["code"]))
    groups = [list(group) for _, group in groupby(ordered, key=lambda r: str(r["code"]))]
    counted = [(group[0], sum(r["aantal"] for r in group)) for group in groups]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]["code"]))


def rules_hit(content: dict[str, Any]) -> Html | None:
    """By rule: how many records it refused, why, and what to do; None without refusals."""
    found = _by_rule(content["redenen"])
    if not found:
        return None
    drawn = [
        Staaf(str(first["code"]), first["omschrijving"], count,
              (GEVOLG if first["gevolg"] else EIGEN).klasse)
        for first, count in found[:GETEKEND]
    ]  # fmt: skip
    rows = [[first["omschrijving"] or first["code"], number(count), first["wat_te_doen"]]
            for first, count in found]  # fmt: skip
    keys = [EIGEN, GEVOLG] if any(first["gevolg"] for first, _ in found) else []
    return Html(
        "section",
        Html("h2", "Waarom records zijn geweigerd"),
        Html("p", "De regel die het vaakst is geraakt staat bovenaan. Een record dat twee regels "
                  "raakt, telt bij beide mee."),
        beside(
            "Geweigerde records per regel",
            keys,
            bars("b-redenen", "Geweigerde records per regel", drawn),
            table("Geweigerd, per regel", ["wat er is", "records", "wat u kunt doen"], rows),
        ),
    )  # fmt: skip


def _place(example: dict[str, Any]) -> list[str]:
    element = " ".join(str(example[k]) for k in ("element", "element_naam") if example[k])
    return [
        example["bestand"],
        str(example["regel"]),
        element or "hele record",
        example["positie"] or "",
        example["toelichting"] or "",
    ]


def _reason(code: str, group: list[dict[str, Any]]) -> Html:
    first = group[0]
    shown = 1 if first["gevolg"] else None
    rows = [[kind_of(g["record"]), *_place(v)] for g in group for v in g["voorbeelden"][:shown]]
    counts = ", ".join(f"{number(g['aantal'])} keer bij {kind_of(g['record'])}" for g in group)
    heads = ["record", "bestand", "regel", "element", "positie", "uitleg"]
    return Html(
        "article",
        Html("h3", first["omschrijving"] or code),
        listing({"Code": code, "Aantal": counts, "Wat te doen": first["wat_te_doen"]}),
        table("Voorbeelden: waar het staat", heads, rows),
    )


def reasons(title: str, intro: str, found: list[dict[str, Any]]) -> Html | None:
    """One article a reason, with the places of examples; None without any.

    Args:
        title: of the section.
        intro: what it is about.
        found: reasons of the report, in its order.
    """
    if not found:
        return None
    cards = [
        _reason(code, list(group)) for code, group in groupby(found, key=lambda r: str(r["code"]))
    ]
    return Html("section", Html("h2", title), Html("p", intro), *cards)
