"""The page ``docs/regels.md``: every rule, made from ``schemas/redenen.csv``; in Dutch."""

from __future__ import annotations

import sys

from ingest.oordeel.rules import NIVEAUS, Drempel, Regel, rules

_INTRO = """# Regels

Gemaakt met `make docs` uit `schemas/redenen.csv`; wijzig de regels daar. Elke regel heeft een code,
een niveau, een soort, soms een drempel, en de doelen waarvoor zij er is.

| niveau | wat er gebeurt |
|---|---|
| levering | de hele levering wordt geweigerd; elk record gaat met die reden naar quarantaine |
| bestand | het bestand wordt geweigerd; andere bestanden van de levering niet |
| bericht | het EI-bericht wordt geweigerd; andere berichten niet |
| record | het record wordt geweigerd, en wat ervan afhangt |
| waarschuwing | het record of de levering wordt geaccepteerd; de afwijking wordt geteld en gemeld |
| bouw | pas de bouw ziet het, over alle leveringen heen |

Soorten: *structureel* (leesbaar, volledig, juiste vorm), *logisch* (codes en samenhang) en
*analytisch* (vergeleken met eerdere leveringen van dezelfde bron).

Een *drempel* van `meer dan 50%, vanaf 100` betekent: weigert de regel ten minste 100 records van
één soort, en meer dan 50% van die soort, dan wordt de levering als geheel geweigerd
(LEVERING-DREMPEL). Dubbele records tellen niet mee; regels die geen record zijn worden met de hele
levering vergeleken. Toch laden kan bewust: `iza ingest … --accept-despite CODE --because 'waarom'`;
de reden staat dan in het rapport. Regels zonder drempel weigeren alleen wat zij noemen.
"""
_HEAD = "| code | soort | wat er is | wat te doen | drempel | doelen |\n|---|---|---|---|---|---|\n"


def _limit(drempel: Drempel | None) -> str:
    return f"meer dan {drempel.aandeel:.0%}, vanaf {drempel.vanaf}" if drempel else ""


def _row(rule: Regel) -> str:
    cells = (
        f"`{rule.code}`", rule.soort, rule.omschrijving, rule.wat_te_doen,
        _limit(rule.drempel), ", ".join(rule.doelen),
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def rules_page() -> str:
    """Markdown text of the page: one table a level, one row a rule, by code."""
    parts = [_INTRO]
    for niveau in NIVEAUS:
        found = sorted(r.code for r in rules().values() if r.niveau == niveau)
        if found:
            rows = "\n".join(_row(rules()[code]) for code in found)
            parts.append(f"\n## Niveau {niveau}\n\n{_HEAD}{rows}\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(rules_page())
