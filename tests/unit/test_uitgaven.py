"""Mandatory fields per release: what is out stays as it was."""

from __future__ import annotations

import pytest

from schemas.contract.uitgaven import (
    FrozenReleaseError,
    Uitgave,
    Verschil,
    als_json,
    bijgewerkt,
    lees_uitgaven,
    verschil,
    versies,
)

CHANGELOG = "# Changelog\n\n## Unreleased\n\n### Added\n- x\n\n## [1.1.0] - 2026-05-01\n## 1.0.0\n"
OLD = {"reg_contract": {"uzovi": "extra"}}
NEW = {
    "reg_contract": {"uzovi": "extra", "sector": "extra"},
    "decl_bericht": {"versie": "bestaand"},
}


def test_headings_are_read_newest_first() -> None:
    assert versies(CHANGELOG) == ["Unreleased", "1.1.0", "1.0.0"]
    assert versies("# Changelog\n") == []


def test_only_the_newest_follows_the_models() -> None:
    kept = [Uitgave("Unreleased", OLD), Uitgave("1.0.0", OLD), Uitgave("0.9.0", OLD)]
    now = bijgewerkt(kept, ["Unreleased", "1.0.0"], NEW)
    assert now == [Uitgave("Unreleased", NEW), Uitgave("1.0.0", OLD)]
    assert verschil(now[0], now[1]) == Verschil(("decl_bericht.versie", "reg_contract.sector"), ())
    assert verschil(now[1], now[0]).eraf == ("decl_bericht.versie", "reg_contract.sector")


def test_a_heading_that_gets_its_number_takes_the_fields_along() -> None:
    kept = [Uitgave("Unreleased", OLD)]
    assert bijgewerkt(kept, ["1.0.0"], OLD) == [Uitgave("1.0.0", OLD)]


def test_a_release_that_is_out_does_not_change() -> None:
    kept = [Uitgave("1.0.0", OLD)]
    assert bijgewerkt(kept, ["1.0.0"], OLD) == kept
    with pytest.raises(FrozenReleaseError, match=r"Release 1\.0\.0 is out.*reg_contract\.sector"):
        bijgewerkt(kept, ["1.0.0"], NEW)
    other_cost = {"reg_contract": {"uzovi": "bestaand"}}
    with pytest.raises(FrozenReleaseError, match="what they cost"):
        bijgewerkt(kept, ["1.0.0"], other_cost)


def test_what_is_kept_reads_back_and_counts() -> None:
    releases = [Uitgave("Unreleased", NEW), Uitgave("1.0.0", OLD)]
    text = als_json(releases)
    assert lees_uitgaven(text) == releases
    assert lees_uitgaven("") == []
    assert '"sinds": "1.0.0"' in text
    assert releases[0].aantal == 3
    assert releases[0].per_familie()["registers"] == {"extra": 2}
    assert releases[0].per_tabel()["decl_bericht"] == {"bestaand": 1}
