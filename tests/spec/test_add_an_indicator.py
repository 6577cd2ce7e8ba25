"""Does what docs/how-to/add-an-indicator.md says, in a copy of the project."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import indicator_spec
import marts_indeling
import marts_sql
import pytest
import yaml
from test_spiegel import BOUW, CHRONISCH, INDELING, LID, PERSOON, RESULTAAT, TOTAAL, WAARNEMING

from marts.dbt_run import register

HOWTO = marts_sql.PROJECT.parent / "docs" / "how-to" / "add-an-indicator.md"
NAAM = "eerste_consult_digitaal"
ACTIVITEIT = (
    "pseudo_id text, zorgaanbieder_id text, diagnosegroep text, begindatum date, "
    "consultsoort text, consultkanaal text, aantal bigint, telt_mee boolean"
)


def block(language: str) -> str:
    """The one block of the page in a language."""
    text = HOWTO.read_text(encoding="utf-8")
    (found,) = re.findall(rf"^(`{{3,4}}){language}\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    return found[1]


def append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as target:
        target.write(text)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the project in which steps 1 to 3 were done; models are read from there."""
    root = tmp_path / "project"
    for folder in ("dbt_project", "schemas/codes"):
        shutil.copytree(marts_sql.PROJECT.parent / folder, root / folder)
    copy = root / "dbt_project"
    models = copy / "models" / "indicatoren"
    (models / f"ind_{NAAM}.sql").write_text(block("sql"), encoding="utf-8")
    append(models / "_indicatoren.yml", block("yaml"))
    append(copy / "seeds" / "ref_indicator.csv", block("csv"))
    caches = [marts_sql._models, marts_indeling._models, marts_indeling._described]
    # First: what is put back afterwards must be read from the project itself, not from the copy.
    monkeypatch.setitem(marts_sql._variables(), "indicatoren", register(copy))
    for module in (marts_sql, marts_indeling):
        monkeypatch.setattr(module, "PROJECT", copy)
    for cached in caches:
        cached.cache_clear()
    yield copy
    for cached in caches:
        cached.cache_clear()


def test_the_page_is_a_specification_that_holds(project: Path, tmp_path: Path) -> None:
    page = tmp_path / f"{NAAM}.md"
    page.write_text(block("markdown"), encoding="utf-8")
    (case,) = indicator_spec.read_cases(page)
    came, should = indicator_spec.run_case(case)
    assert came == should


def test_the_model_is_described_with_the_columns_of_an_observation(project: Path) -> None:
    path = project / "models" / "indicatoren" / "_indicatoren.yml"
    described = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    (found,) = [model for model in described if model["name"] == f"ind_{NAAM}"]
    assert [column["name"] for column in found["columns"]] == list(indicator_spec.OBSERVATION)


def test_the_figure_is_in_the_mirror_and_no_use_shows_it(project: Path) -> None:
    table = block("markdown").split("Tabel `uitkomst`")[0].splitlines()
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in table if "|" in line]
    head, body = cells[0], cells[2:]
    others = [naam for naam in register(project) if naam != NAAM]
    made = marts_indeling.Lagen(
        modellen={f"ind_{naam}": (WAARNEMING, []) for naam in others}
        | {
            "fct_zorgactiviteit": (
                ACTIVITEIT,
                [dict(zip(head, row, strict=True)) for row in body],
            ),
            "dim_persoon": (
                PERSOON,
                [{"pseudo_id": "p", "geboortejaar": 1950, "geslacht": "man",
                  "welvaart_kwintiel": "1", "pc4": "1000", "uzovi": "9901"}],
            ),
            "int_postcode_indeling": (INDELING, []),
            "int_doelgroep_lid": (LID, []),
            "int_chronisch_aantal": (CHRONISCH, []),
            "int_dq_totaal": (TOTAAL, []),
            "dq_resultaat": (RESULTAAT, []),
            "bouw": (BOUW, [{"bouw_id": "b0"}]),
        },
    )  # fmt: skip
    assert made.test("register_is_volledig") == []
    rows = [row for row in made.rows("spiegel_indicator") if row["indicator_id"] == NAAM]
    (row,) = [
        r for r in rows
        if (r["niveau"], r["uitsplitsing"], r["periode"]) == ("landelijk", "TOTAAL", "2025")
    ]  # fmt: skip
    assert (row["teller"], row["noemer"], row["waarde"]) == (1, 2, Decimal("0.5"))
    assert {r["akkoord"] for r in rows} == {"voorstel"}
    assert {r["uitsplitsing"] for r in rows} >= {"TOTAAL", "leeftijdsklasse", "diagnosegroep"}
