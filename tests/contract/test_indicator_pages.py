"""The pages of indicators say what the register and the specifications say."""

from __future__ import annotations

from dataclasses import replace

from marts.indicator_pages import PAGES, pages, read_register


def test_pages_are_current() -> None:
    found = {file.name: file.read_text(encoding="utf-8") for file in PAGES.glob("*.md")}
    made = pages(read_register())
    assert sorted(found) == sorted(made), "run 'make docs'"
    assert [name for name in made if found[name] != made[name]] == [], "run 'make docs'"


def test_a_page_shows_definition_norm_source_acceptance_and_cases() -> None:
    page = pages(read_register())["hartfalen_acute_opname.md"]
    for part in (
        "# Hartfalen: acute opname", "regels 1604-1606", "| <= 0.10 |", "geaccepteerd",
        "verzonnen voor de demonstratie", "Mensen met hartfalen met ten minste één spoedopname",
        "### Twee spoedopnamen zijn een mens", "| tweemaal | 06000001 | 2025-12-31 | TOTAAL | 1 |",
    ):  # fmt: skip
        assert part in page, part


def test_who_still_has_to_agree_is_named() -> None:
    all_of_it = read_register()
    row = all_of_it.definitions[0]
    fewer = [
        akkoord | ({"ingetrokken_op": "2025-01-01"} if akkoord["partijtype"] == "patienten" else {})
        for akkoord in all_of_it.acceptances
        if akkoord["partijtype"] != "zorgverzekeraars"
    ]
    register = replace(all_of_it, acceptances=fewer)
    assert register.missing(row) == ["Zorgverzekeraars", "Patiënten en hun verenigingen"]
    assert all_of_it.missing(row) == []
    assert "nog niet akkoord: Zorgverzekeraars" in pages(register)[f"{row['indicator_id']}.md"]
