"""The page ``docs/gegevenskwaliteit.md``: how data quality is scored; in Dutch."""

from __future__ import annotations

import csv
import re
import sys
from itertools import groupby
from pathlib import Path

from ingest.report import reason_texts
from marts.dbt_run import PROJECT

WEIGHTS = PROJECT.parent / "schemas" / "codes" / "dq_gewicht.csv"

_INTRO = """# Gegevenskwaliteit

Gemaakt met `make docs` uit `schemas/codes/dq_gewicht.csv`; wijzig de gewichten daar. De gewichten
zijn een eigen voorstel: geen bron schrijft ze voor.

    score = 1 - som over alle regels van (gewicht x aandeel records dat bij de regel telt)

- **Records** zijn bronrecords voor een feit: wat de intake aanvaardde en wat zij weigerde samen,
  per bron, zorgaanbieder en jaar van de zorg. Een record telt één keer, hoe vaak het ook komt.
- **Eén record, één regel.** Breekt een record meer regels, dan telt het bij de zwaarste. De score
  is zo nooit lager dan 0, en de bijdragen van de regels samen zijn één min de score.
- **Hersteld is hersteld.** Een geweigerd record telt niet meer zodra de bron het goed aanlevert,
  intrekt of vervangt. Wat eerst kwam maakt niet uit.
- **Een cijfer** in de spiegel krijgt de score van de feiten waar het op rust, van elke
  zorgaanbieder erachter, gewogen naar wat die bijdraagt aan de noemer. Onder **{drempel}** is het
  cijfer *indicatief*.
- **Onbekend.** Is het jaar niet te lezen, dan geldt dat van de levering; is de zorgaanbieder niet
  te lezen, dan staat het record bij ONBEKEND en drukt het geen score van een zorgaanbieder.

Wat de score van een zorgaanbieder drukt staat in de mart `dq_resultaat`, de score zelf in
`dq_score`, en wat een cijfer drukt in `dq_verklaring`; `iza explain figure` toont het in woorden.
Leveringen van voordat de intake oordelen bewaarde tellen alleen mee met wat de bouw ziet; lees ze
opnieuw in met `iza ingest --again`.

Bij *telt*: **nee** is geen gebrek, en het record telt ook niet mee in het totaal; **per levering**
is een oordeel dat afhangt van de rest van de levering of van de dag, en dat daarom niets over het
record zegt.
"""
_HEAD = "| regel | gewicht | telt | wat er is | waarom zo |\n|---|---|---|---|---|\n"
_ORDER = ("volledigheid", "juistheid", "actualiteit", "consistentie", "uniciteit")


def weights() -> list[dict[str, str]]:
    """The rows of the list of weights: regel_id, gewicht, dimensie, telt, uitleg."""
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def threshold(project: Path = PROJECT) -> str:
    """The score below which a figure is indicatief, as it stands in the settings of the project.

    Args:
        project: folder with ``dbt_project.yml``.
    """
    text = (project / "dbt_project.yml").read_text(encoding="utf-8")
    found = re.search(r"^  dq_drempel: (\S+)", text, re.MULTILINE)
    assert found is not None, "dbt_project.yml has no dq_drempel"  # noqa: S101
    return found.group(1).replace(".", ",")


def quality_page() -> str:
    """Markdown text of the page: one table a kind of fault, one row a rule."""
    rows = sorted(weights(), key=lambda row: (_ORDER.index(row["dimensie"]), row["regel_id"]))
    parts = [_INTRO.format(drempel=threshold())]
    for dimensie, group in groupby(rows, key=lambda row: row["dimensie"]):
        lines = "\n".join(_row(row) for row in group)
        parts.append(f"\n## {dimensie.capitalize()}\n\n{_HEAD}{lines}\n")
    return "".join(parts)


def _row(row: dict[str, str]) -> str:
    reason = reason_texts().get(row["regel_id"], {}).get("omschrijving", "")
    cells = (
        f"`{row['regel_id']}`",
        row["gewicht"].replace(".", ","),
        row["telt"].replace("_", " "),
        reason,
        row["uitleg"],
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(quality_page())
