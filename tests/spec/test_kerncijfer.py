"""Published figures beside those of the data, and which deviation stops a build."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import marts_sql
import pytest
from marts_sql import PROJECT, render, run_model

from demo.place import Place
from demo.region import promises_kerncijfers
from ingest.errors import SettingsError
from ingest.pseudonym import write_key
from ingest.settings import Settings
from marts.kerncijfers import tolerance_of

SEED = (
    "code text, naam text, sector text, jaar text, waarde text, eenheid text, tolerantie text, "
    "toets text, herkomst text, bron text, onderwerp text, waarom_niet text"
)
GEREALISEERD = "code text, gerealiseerd decimal(18,4)"
ONDERWERPEN = ("spiegel", "wlz", "zvw")


def seed_row(
    code: str, toets: str = "hard", onderwerp: str | None = "spiegel", waarom: str | None = None
) -> tuple[Any, ...]:
    """A published figure of 10, with a tolerance of 0.5."""
    return (code, "n", "s", "2023", "10", "pct", "0.5", toets, "h", "b", onderwerp, waarom)


def given(rows: list[tuple[Any, ...]], **found: str) -> dict[str, tuple[str, list[Any]]]:
    values = [(code, Decimal(value)) for code, value in found.items()]
    tables = {f"int_kerncijfer_{name}": (GEREALISEERD, []) for name in ONDERWERPEN}
    return tables | {
        "int_kerncijfer_spiegel": (GEREALISEERD, values),
        "ref_kerncijfer": (SEED, rows),
    }


def test_within_outside_and_not_computed() -> None:
    rows = [
        *(seed_row(c) for c in ("rand", "hoog", "laag", "leeg")),
        seed_row("info", toets="info"),
        seed_row("nooit", onderwerp=None, waarom="Wordt niet aangeleverd"),
        seed_row("elders", onderwerp="zvw"),
    ]
    tables = given(rows, rand="10.5", hoog="10.5001", laag="9.4", info="99", nooit="10", elders="9")
    found = {r["code"]: (r["uitkomst"], r["afwijking"]) for r in run_model("kerncijfer", **tables)}
    assert found == {
        "rand": ("binnen", Decimal("0.5")),
        "hoog": ("buiten", Decimal("0.5001")),
        "laag": ("buiten", Decimal("-0.6")),
        "leeg": ("geen_gegevens", None),
        "info": ("ter_informatie", Decimal(89)),
        "nooit": ("niet_berekend", None),
        "elders": ("geen_gegevens", None),
    }


@pytest.mark.parametrize(("told", "stopped"), [("check", ["hoog", "leeg"]), ("show", [])])
def test_only_a_build_that_says_so_is_stopped(
    told: str, stopped: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = marts_sql._environment().globals
    monkeypatch.setitem(known, "belooft_kerncijfers", lambda: told == "check")
    rows = [
        ("goed", "hard", "binnen"), ("hoog", "hard", "buiten"), ("leeg", "hard", "geen_gegevens"),
        ("nooit", "hard", "niet_berekend"), ("zacht", "soft", "buiten"),
    ]  # fmt: skip
    with duckdb.connect() as con:
        con.execute(
            "create table kerncijfer (code text, toets text, uitkomst text, "
            "gepubliceerd int, gerealiseerd int, tolerantie int)"
        )
        con.executemany("insert into kerncijfer (code, toets, uitkomst) values (?, ?, ?)", rows)
        outcome = {}
        for toets in ("hard", "soft"):
            text = (PROJECT / "tests" / f"kerncijfer_{toets}.sql").read_text(encoding="utf-8")
            sql = marts_sql.render_with(text, str, lambda _, name: name)
            outcome[toets] = [row[0] for row in con.execute(f"{sql} order by code").fetchall()]
    assert outcome == {"hard": stopped, "soft": ["zacht"] if stopped else []}


def test_every_published_figure_is_computed_once_or_says_why_not() -> None:
    with (PROJECT / "seeds" / "ref_kerncijfer.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 50
    for row in rows:
        assert bool(row["onderwerp"]) != bool(row["waarom_niet"]), row["code"]
        assert "regels" in row["bron"] or "afgeleid" in row["bron"], row["code"]
    for name in ONDERWERPEN:
        queries = re.findall(r"'(K\w+)' as code", render(f"int_kerncijfer_{name}"))
        assert sorted(queries) == sorted(r["code"] for r in rows if r["onderwerp"] == name)
    # What cannot be held against data is no hard figure: K22 is a rule, and shown as one.
    assert [r["code"] for r in rows if r["toets"] == "hard" and r["waarom_niet"]] == []


def test_an_installation_with_its_own_key_cannot_hold_its_figures_to_them(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, kerncijfers="check")
    write_key(settings)
    with pytest.raises(SettingsError, match="demo region alone"):
        tolerance_of(settings)
    assert tolerance_of(settings.model_copy(update={"kerncijfers": "show"})) == "show"


@pytest.mark.parametrize(
    ("personen", "demo", "promised"),
    [(20_000, True, True), (19_999, True, False), (20_000, False, False)],
)
def test_the_demonstration_promises_them_from_its_full_size_on(
    personen: int, demo: bool, promised: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("IZA_PSEUDONYM_KEY", "IZA_PSEUDONYM_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    place = Place(tmp_path)
    assert not promises_kerncijfers(place)
    write_key(Settings(home=tmp_path), demo=demo)
    place.region_marker.write_text(f'{{"personen": {personen}}}', encoding="utf-8")
    assert promises_kerncijfers(place) is promised
