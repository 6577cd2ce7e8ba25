"""Every indicator is what its page says: the pages of tests/spec/indicatoren, run."""

from __future__ import annotations

from pathlib import Path

import pytest
from indicator_spec import PAGES, Case, SpecError, read_cases, run_case

from marts.dbt_run import register

CASES = [case for page in sorted(PAGES.glob("*.md")) for case in read_cases(page)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.page}: {case.title}")
def test_case(case: Case) -> None:
    came, should = run_case(case)
    assert came == should


def test_every_definition_has_a_page_and_every_page_a_definition() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == set(register())


PAGE = """# vervolgconsult_digitaal

## Een geval

Tabel `fct_zorgactiviteit`:

| pseudo_id | zorgaanbieder_id | diagnosegroep | begindatum | consultsoort | consultkanaal | telt_mee |
|---|---|---|---|---|---|---|
| p | 06000001 | copd | 2025-03-01 | vervolg | digitaal | true |

Tabel `uitkomst`:

| pseudo_id | zorgaanbieder_id | peildatum | diagnosegroep | teller | noemer |
|---|---|---|---|---|---|
| p | 06000001 | 2025-03-01 | copd | 1 | 1 |
"""  # noqa: E501


def case_of(tmp_path: Path, page: str) -> Case:
    file = tmp_path / "vervolgconsult_digitaal.md"
    file.write_text(page, encoding="utf-8")
    return read_cases(file)[0]


def test_a_missing_column_is_named_with_its_table(tmp_path: Path) -> None:
    case = case_of(tmp_path, PAGE)
    with pytest.raises(SpecError, match="table `fct_zorgactiviteit` has no column `aantal`"):
        run_case(case)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    case = case_of(tmp_path, PAGE.replace("`fct_zorgactiviteit`", "`fct_anders`"))
    with pytest.raises(SpecError, match="reads `fct_zorgactiviteit`, and the case has no such"):
        run_case(case)


def test_a_case_without_outcome_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="no table `uitkomst`"):
        case_of(tmp_path, PAGE.replace("`uitkomst`", "`anders`"))


def test_another_outcome_is_seen(tmp_path: Path) -> None:
    page = PAGE.replace("consultkanaal |", "consultkanaal | aantal |", 1)
    page = page.replace("|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|---|", 1)
    page = page.replace("digitaal |", "digitaal | 2 |")
    came, should = run_case(case_of(tmp_path, page))
    assert [row[-2:] for row in came] == [("2.0000", "2.0000")]
    assert came != should
