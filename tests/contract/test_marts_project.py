"""The dbt project against the contracts around it: raw tables, register, exposures, house rules."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from marts.dbt_run import PROJECT, register
from schemas.tables import TABELLEN

MODELS = PROJECT / "models"
SQL = sorted([*MODELS.rglob("*.sql"), *(PROJECT / "tests").rglob("*.sql")])
MACROS = sorted((PROJECT / "macros").rglob("*.sql"))
#: Lists that are models too: those of the project and those of the contracts.
LISTS = sorted(
    [*(PROJECT / "seeds").glob("*.csv"), *(PROJECT.parent / "schemas" / "codes").glob("*.csv")]
)
#: What a model in gebruik/ may never do: aggregate, join, combine, nest or read anything else.
FORBIDDEN = re.compile(
    r"\b(group\s+by|having|join|union|intersect|except|over\s*\(|sum\s*\(|count\s*\(|avg\s*\(|"
    r"min\s*\(|max\s*\(|case\b|distinct|with\b|source\s*\()",
    re.IGNORECASE,
)
NEEDED = {
    "extract", "titel", "omschrijving", "doelen", "grondslag", "ontvangers", "bewaartermijn",
    "drempel", "niveaus", "vertrouwelijkheid",
}  # fmt: skip


def properties(kind: str) -> list[dict[str, Any]]:
    found = []
    for path in sorted(PROJECT.rglob("*.yml")):
        found.extend((yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get(kind, []) or [])
    return [item for item in found if isinstance(item, dict)]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without_comments(path: Path) -> str:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"--.*", "", text)


def test_sources_are_the_raw_tables() -> None:
    (raw,) = properties("sources")
    names = [table["name"] for table in raw["tables"]]
    assert sorted(names) == sorted(TABELLEN)
    assert all(table["description"] for table in raw["tables"])
    staging = {path.stem.removeprefix("stg_") for path in (MODELS / "staging").rglob("*.sql")}
    assert staging == set(TABELLEN)


def test_register_and_indicator_models_are_the_same_set() -> None:
    models = {path.stem.removeprefix("ind_") for path in (MODELS / "indicatoren").glob("*.sql")}
    assert models == set(register())
    assert len(register()) == len(set(register()))


def test_register_names_fact_tables_that_exist() -> None:
    facts = {path.stem for path in (MODELS / "core").glob("fct_*.sql")}
    for row in rows(PROJECT / "seeds" / "ref_indicator.csv"):
        assert set(row["feiten"].split(";")) <= facts, row["indicator_id"]
        assert row["uitleg"].endswith("."), row["indicator_id"]


@pytest.mark.parametrize("seed", ["ref_indicator", "ref_norm"])
def test_what_is_asked_says_where_it_is_from(seed: str) -> None:
    indicators = {row["indicator_id"] for row in rows(PROJECT / "seeds" / "ref_indicator.csv")}
    for row in rows(PROJECT / "seeds" / f"{seed}.csv"):
        assert row["indicator_id"] in indicators
        assert "regels" in row["bron"], row["indicator_id"]


def test_every_reason_of_the_build_is_in_the_list() -> None:
    known = {row["reden_code"] for row in rows(PROJECT.parent / "schemas" / "redenen.csv")}
    used = set()
    for path in (MODELS / "core" / "intermediate").glob("*.sql"):
        used |= set(re.findall(r"then '([A-Z]+(?:-[A-Z]+)+)'", path.read_text(encoding="utf-8")))
    assert len(used) >= 9
    assert used <= known


@pytest.mark.parametrize("path", sorted((MODELS / "gebruik").rglob("*.sql")), ids=lambda p: p.stem)
def test_gebruik_selects_filters_and_renames_only(path: Path) -> None:
    text = without_comments(path)
    assert FORBIDDEN.findall(text) == []
    assert re.findall(r"ref\('(\w+)'\)", text) == ["spiegel_indicator"]
    assert "akkoord = 'geaccepteerd'" in text


def test_the_gebruik_rule_can_fail() -> None:
    for wrong in ("select sum(x) from t", "select a\ngroup by a", "from a join b", "with x as"):
        assert FORBIDDEN.search(wrong)


def test_every_gebruik_model_has_an_exposure_and_every_exposure_is_complete() -> None:
    exposures = [e for e in properties("exposures") if "extract" in e["config"]["meta"]]
    used = set()
    for exposure in exposures:
        meta = exposure["config"]["meta"]
        assert set(meta) >= NEEDED, exposure["name"]
        assert all(meta[name] for name in NEEDED), exposure["name"]
        (model,) = exposure["depends_on"]
        used.add(re.fullmatch(r"ref\('(\w+)'\)", model).group(1))  # type: ignore[union-attr]
    assert used == {path.stem for path in (MODELS / "gebruik").rglob("*.sql")}
    assert len({e["config"]["meta"]["extract"] for e in exposures}) == len(exposures)


def test_every_use_says_what_its_analyses_draw_on_and_for_which_purpose() -> None:
    models = {model["name"]: model for model in properties("models") + properties("seeds")}
    found = {}
    for exposure in properties("exposures"):
        meta = exposure["config"]["meta"]
        if "gebruik" not in meta:
            continue
        assert exposure["owner"]["name"], exposure["name"]
        for name in ("doelen", "grondslag", "ontvangers"):
            assert meta[name], (exposure["name"], name)
        found[meta["gebruik"]] = drawn = [ref.split("'")[1] for ref in exposure["depends_on"]]
        assert f"{meta['gebruik']}_spiegel" in drawn
        others = {"inkoop", "kwaliteit", "onderzoek"} - {meta["gebruik"]}
        assert not {f"{other}_spiegel" for other in others} & set(drawn)
        assert "spiegel_indicator" not in drawn  # it holds what is not accepted, and insurers
        for name in drawn:
            assert models[name]["config"]["meta"]["sleutel"], name
    assert set(found) == {"inkoop", "kwaliteit", "onderzoek"}
    assert not {name for name in found["onderzoek"] if "zorgaanbieder" in name}


def test_the_uses_have_the_columns_of_the_shared_mart() -> None:
    models = {model["name"]: model for model in properties("models")}
    shared = {column["name"]: column for column in models["spiegel_indicator"]["columns"]}
    for path in (MODELS / "gebruik").rglob("*.sql"):
        for column in models[path.stem]["columns"]:
            same = shared[column["name"]]
            for key in ("data_type", "description"):
                assert column.get(key) == same.get(key), (path.stem, column["name"])


def test_every_model_and_list_is_described() -> None:
    described = {
        node["name"]: node.get("description")
        for node in [*properties("models"), *properties("seeds")]
    }
    for path in [*MODELS.rglob("*.sql"), *LISTS]:
        assert len(described.get(path.stem) or "") > 10, path.stem


def test_every_column_of_what_dbt_documents_is_described() -> None:
    empty = [
        (node["name"], column["name"])
        for kind in ("models", "seeds")
        for node in properties(kind)
        for column in node.get("columns") or ()
        if not (column.get("description") or "").strip()
    ]
    assert empty == []


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_every_column_of_a_list_is_described(path: Path) -> None:
    seeds = {seed["name"]: seed for seed in properties("seeds")}
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert {column["name"] for column in seeds[path.stem]["columns"]} == set(header)


@pytest.mark.parametrize("path", [*SQL, *MACROS], ids=lambda p: p.stem)
def test_sql_stays_portable_and_plain(path: Path) -> None:
    text = without_comments(path)
    strings_gone = re.sub(r"'[^']*'", "''", text)
    assert "::" not in strings_gone
    assert "->" not in strings_gone
    assert not re.search(r"\bqualify\b|\bexclude\b", strings_gone, re.IGNORECASE)
    if "dialect" not in path.parts:
        assert not re.search(r"select\s+\*|select\s+\w+\.\*", strings_gone), "no select *"
        assert not re.search(r"\bfrom\s+read_|\bdate_diff|\btimezone\(", strings_gone)
    if path.stem == "wilson":
        return  # divides by `n` alone, which is a nullif itself; the specification has a zero
    jinja_gone = re.sub(r"\{%.*?%\}", "", strings_gone)
    for match in re.finditer(r"/\s*(\w*)", jinja_gone):
        assert match.group(1) == "nullif", f"division without nullif in {path.name}"


def test_models_are_short() -> None:
    long = {
        path.name: lines
        for path in SQL
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 150
    }
    assert long == {}


def test_dimensions_that_are_marts_have_an_enforced_contract() -> None:
    """Who reads them from outside the build is told of a changed column by a build that stops."""
    marts = [
        model
        for model in properties("models")
        if model["name"].startswith("dim_") and model.get("config", {}).get("meta", {}).get("mart")
    ]
    assert {model["name"] for model in marts} >= {"dim_regio", "dim_zorgaanbieder_historie"}
    for model in marts:
        assert model["config"]["contract"] == {"enforced": True}, model["name"]
        assert all(column.get("data_type") for column in model["columns"]), model["name"]
