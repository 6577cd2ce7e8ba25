"""The page ``docs/regels.md``: every rule, made from ``schemas``; in Dutch."""

from __future__ import annotations

import sys

from ingest.oordeel.parameters import Toets, parameters
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
_ANALYTICAL = """
## Analytische regels

Een levering wordt vergeleken met de vorige periode van dezelfde bron en met dezelfde periode een
jaar eerder: aantallen records, de verdeling over codes en maanden, en hoe vaak kolommen gevuld
zijn. Deze regels waarschuwen alleen; zij weigeren niets en geen cijfer hangt ervan af. De getallen
staan in `schemas/analytisch.toml`; `docs/decisions/0025` legt ze uit.

De *kans op vals alarm* geldt per levering van een bron die niet veranderde, ook als er honderden
vergelijkingen zijn; voor alle regels samen is zij hoogstens {kans}. *Mag variëren* zegt wat niet
veranderen heet, tussen jaren en (na de schuine streep) tussen delen van een jaar.

| regel | kans op vals alarm | mag variëren | vanaf | verschil groter dan |
|---|---|---|---|---|
"""


def _percent(value: float) -> str:
    return f"{100 * value:.2f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def _numbers(label: str, rule: Toets) -> str:
    vary = f"{rule.spreiding:g} / {rule.spreiding_seizoen:g}".replace(".", ",")
    cells = (label, _percent(rule.kans), vary, str(rule.minimaal), _percent(rule.verschil))
    return "| " + " | ".join(cells) + " |"


def _analytical() -> str:
    numbers = parameters()
    rows = [_numbers(f"`{code}`", rule) for code, rule in numbers.regels.items()]
    rows += [
        _numbers(f"`{code}` van {bron_id}", numbers.of(code, bron_id))
        for bron_id, changed in numbers.bron.items()
        for code in changed
    ]
    return _ANALYTICAL.format(kans=_percent(numbers.kans)) + "\n".join(rows) + "\n"


def _limit(drempel: Drempel | None) -> str:
    return f"meer dan {drempel.aandeel:.0%}, vanaf {drempel.vanaf}" if drempel else ""


def _row(rule: Regel) -> str:
    cells = (
        f"`{rule.code}`", rule.soort, rule.omschrijving, rule.wat_te_doen,
        _limit(rule.drempel), ", ".join(rule.doelen),
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def rules_page() -> str:
    """Markdown text of the page: one table a level, one row a rule; then the analytical numbers."""
    parts = [_INTRO]
    for niveau in NIVEAUS:
        found = sorted(r.code for r in rules().values() if r.niveau == niveau)
        if found:
            rows = "\n".join(_row(rules()[code]) for code in found)
            parts.append(f"\n## Niveau {niveau}\n\n{_HEAD}{rows}\n")
    return "".join(parts) + _analytical()


if __name__ == "__main__":
    sys.stdout.write(rules_page())
