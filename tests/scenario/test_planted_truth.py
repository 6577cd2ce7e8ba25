"""What was planted in the demo region comes out of the chain: counts, faults, money, outliers."""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl
import pytest

from publish.verify import verify
from tests.scenario.region import PERSONEN, Region

pytestmark = pytest.mark.xdist_group("region")

#: Sectors whose declarations are answered in a retour layout that is held.
BEANTWOORD = ("huisartsenzorg", "mondzorg", "paramedisch", "wijkverpleging", "wlz")


def test_intake_counts_equal_the_truth(region: Region) -> None:
    found = {
        (bron, periode, naam): (t.aangeleverd, t.geaccepteerd, t.quarantaine, t.dubbel)
        for (bron, periode), report in region.reports.items()
        for naam, t in report.tabellen.items()
    }
    expected = {
        (bron, periode, naam): tuple(int(n) for n in counts)
        for bron, periode, naam, *counts in region.truth("telling").iter_rows()
    }
    assert found == expected


def test_every_planted_fault_is_in_quarantine_with_its_reason(region: Region) -> None:
    planted = region.truth("fouten").filter(pl.col("waar") == "intake")
    rows = region.quarantine().select("bron_id", "periode", "bestand", "regel", "reden_code")
    found: dict[tuple, set[str]] = {}
    for *place, code in rows.iter_rows():
        found.setdefault(tuple(map(str, place)), set()).add(code)
    missing = [
        fault
        for fault in planted.iter_rows(named=True)
        if not set(fault["reden_code"].split("|"))
        & found.get((fault["bron_id"], fault["periode"], fault["bestand"], fault["regel"]), set())
    ]
    assert planted.height > 30
    assert missing == []


def test_intake_finds_nothing_odd_but_the_patients_nobody_delivered(region: Region) -> None:
    orphans = region.truth("fouten").filter(pl.col("record_kenmerk").str.contains("/fout-wees-"))
    expected = {
        (bron, periode, "FHIR-VERWIJZING-ONBEKEND", "Observation"): n
        for bron, periode, n in orphans.group_by("bron_id", "periode").len().iter_rows()
    }
    found = {
        (bron, periode, odd.code, odd.tabel): odd.aantal
        for (bron, periode), report in region.reports.items()
        for odd in report.waarschuwingen
    }
    assert len(expected) == 6
    assert found == expected


def test_every_fault_that_only_the_build_can_see_is_refused_there(region: Region) -> None:
    planted = region.truth("fouten").filter(pl.col("waar") == "bouw")
    rows = region.refused_by_build().select("bron_id", "bestand", "regel", "reden_code")
    found = {tuple(map(str, row)) for row in rows.iter_rows()}
    expected = set(planted.select("bron_id", "bestand", "regel", "reden_code").iter_rows())
    assert len(expected) > 3
    assert expected - found == set()


def test_declared_money_reconciles_to_the_cent(region: Region) -> None:
    facts = region.fact(
        """
        select bron_id, zorgaanbieder_id, cast(extract(year from begindatum) as varchar) as jaar,
               cast(100 * sum(bedrag_eur) as bigint) as cent
        from core.fct_prestatie group by all
        """
    )
    found = {(bron, agb, jaar): cent for bron, agb, jaar, cent in facts.iter_rows()}
    expected = {
        (row["bron_id"], row["declarant_id"], row["jaar"]): int(row["netto_cent"])
        for row in region.truth("totalen").iter_rows(named=True)
    }
    assert sum(expected.values()) > 0
    assert found == expected


def test_every_sector_nets_to_the_planted_truth(region: Region) -> None:
    """Late, corrected, replaced, and credited before the debit came: what stands is as planted."""
    facts = region.fact(
        """
        select sector, cast(extract(year from begindatum) as varchar) as jaar,
               count(*) filter (telt_mee) as aantal_prestaties,
               cast(100 * sum(bedrag_eur) as bigint) as netto_cent,
               cast(100 * sum(bedrag_eur) filter (gecontracteerd = 'ja') as bigint) as met_contract
        from core.fct_prestatie group by all
        """
    )
    found = {(sector, jaar): figures for sector, jaar, *figures in facts.iter_rows()}
    expected = {
        (row["sector"], row["jaar"]): [
            int(row[k]) for k in ("aantal_prestaties", "netto_cent", "met_contract_cent")
        ]
        for row in region.truth("declaraties").iter_rows(named=True)
    }
    assert len(expected) == 8 * 3
    assert found == expected


def test_ggz_has_its_product_its_specialism_and_the_time_that_was_planted(region: Region) -> None:
    time = region.fact(
        """
        select cast(extract(year from prestatie.begindatum) as varchar) as jaar,
               cast(sum(tijd.aantal_direct) as bigint) as minuten, min(tijd.tijdseenheid) as eenheid
        from core.fct_tijdsbesteding as tijd
        inner join core.fct_prestatie as prestatie on tijd.prestatie_id = prestatie.prestatie_id
        where tijd.telt_mee and prestatie.sector = 'ggz' group by all
        """
    )
    planted = region.truth("declaraties").filter(pl.col("sector") == "ggz")
    expected = {(r["jaar"], int(r["direct_minuten"]), "01") for r in planted.to_dicts()}
    assert set(time.iter_rows()) == expected
    assert min(n for _, n, _ in expected) > 0
    lines = region.fact(
        """
        select distinct prestatiecodelijst, zorgproductcode, specialisme
        from core.fct_prestatie where sector = 'ggz'
        """
    )
    assert set(lines.iter_rows()) == {("050", "101001000041", "0329"), ("063", None, None)}


def test_a_credit_that_came_before_its_debit_leaves_nothing_of_it(region: Region) -> None:
    pairs = region.fact(
        """
        select debet.ei_code, credit.bedrag_cent + debet.bedrag_cent as rest
        from intermediate.int_prestatie_regel as credit
        inner join intermediate.int_prestatie_regel as debet
            on credit.zorgaanbieder_id = debet.zorgaanbieder_id
            and credit.voorgaande_referentie_sleutel = debet.referentie_sleutel
        where credit.debet_credit = 'C' and credit.bekend_op < debet.bekend_op
        """
    )
    assert set(pairs["ei_code"]) == set(region.truth("declaraties")["ei_code"])
    assert set(pairs["rest"]) == {0}


def _figures(region: Region) -> dict[tuple, dict]:
    key = ["indicator_id", "niveau", "eenheid_id", "periode", "uitsplitsing", "uitsplitsing_waarde"]
    rows = region.mart("spiegel_indicator").iter_rows(named=True)
    return {tuple(row[name] for name in key): row for row in rows}


def test_indicators_equal_the_truth(region: Region) -> None:
    figures = _figures(region)
    wrong = []
    for row in region.truth("indicatoren").iter_rows(named=True):
        *key, teller, noemer = row.values()
        found = figures.get(tuple(key))
        expected = (Decimal(teller), Decimal(noemer))
        if found is None or (found["teller"], found["noemer"]) != expected:
            wrong.append((key, expected, found and (found["teller"], found["noemer"])))
    assert wrong == []


def test_unity_of_language_equals_the_truth(region: Region) -> None:
    key, counts = ["bron_id", "onderdeel", "codestelsel"], ["n_records", "n_standaard", "n_begrip"]
    found = {
        tuple(row[k] for k in key): tuple(row[k] for k in counts)
        for row in region.mart("eenheid_van_taal").to_dicts()
    }
    expected = {
        tuple(row[k] for k in key): tuple(int(row[k]) for k in counts)
        for row in region.truth("eenheid_van_taal").to_dicts()
    }
    local = {system for _, _, system in expected if ".example/" in system}
    assert len(local) == 2
    assert found == expected


def test_published_releases_verify(region: Region) -> None:
    result = verify(region.settings.home / "publicatie")
    assert result.problems == []
    assert result.releases >= 35  # one open, 31 regional, one a purpose


def test_no_bsn_and_no_words_pass_intake(region: Region) -> None:
    """No planted BSN and no word of a report or an answer is in raw, marts, extracts or reports."""
    home = region.settings.home
    truth = home / "waarheid"
    bsns = set(pl.read_parquet(truth / "persoon.parquet")["bsn"].to_list())
    assert len(bsns) == PERSONEN
    bsns |= set(pl.read_parquet(truth / "wlz_persoon.parquet")["bsn"].to_list())
    digits = re.compile(r"(?<!\d)\d{9}(?!\d)")
    seen, texts, words = set(), 0, "(?i)lorumverslag|lorumantwoord"
    for room in ("raw", "marts", "publicatie", "rapport"):
        for file in sorted((home / room).rglob("*.parquet")):
            frame = pl.read_parquet(file, hive_partitioning=False)
            for column in frame.select(pl.col(pl.String)).get_columns():
                values = column.drop_nulls().unique()
                texts += values.len()
                assert not values.str.contains(words).any(), (file, column.name)
                found = values.str.extract_all(r"\b\d{9}\b").explode()
                seen |= set(found.drop_nulls().to_list())
        for file in sorted((home / room).rglob("*.json")):
            seen |= set(digits.findall(file.read_text(encoding="utf-8")))
    assert len(bsns) > 3 * PERSONEN
    assert texts > 100_000
    assert bsns & seen == set()


def test_the_24_hour_clock_equals_the_truth(region: Region) -> None:
    key = ["bron_id", "onderdeel", "tabel", "zorgaanbieder_id", "periode"]
    counts = ["n_records", "n_met_registratiemoment", "n_binnen_24_uur"]
    mart = region.mart("tijdigheid_kerngegevens").filter(
        (pl.col("periode_type") == "jaar")
        & (pl.col("bron_id") != "TOTAAL")
        & (pl.col("onderdeel") != "TOTAAL")
    )
    found = {tuple(row[k] for k in key): tuple(row[k] for k in counts) for row in mart.to_dicts()}
    expected = {
        tuple(row[k] for k in key): tuple(int(row[k]) for k in counts)
        for row in region.truth("tijdigheid").to_dicts()
    }
    parts = {"patientsamenvatting", "labuitslagen", "beelden", "verslagen", "zorgplannen"}
    assert parts <= {part for _, part, *_ in expected}
    assert found == expected


def test_granted_money_equals_the_planted_truth_to_the_cent(region: Region) -> None:
    """What insurers granted, in part granted and refused; declared is asked, granted is apart."""
    facts = region.fact(
        """
        select sector, zorgaanbieder_id, cast(extract(year from begindatum) as varchar) as jaar,
               count(*) as regels, cast(100 * sum(bedrag_eur) as bigint) as gedeclareerd_cent,
               cast(100 * sum(toegekend_eur) as bigint) as toegekend_cent,
               count(*) filter (toegekend_eur = 0) as regels_geweigerd,
               count(*) filter (toegekend_eur not in (0, bedrag_eur)) as regels_verlaagd
        from core.fct_prestatie where toegekend_eur is not null group by all
        """
    )
    found = {tuple(row[:3]): list(row[3:]) for row in facts.iter_rows()}
    expected = {
        tuple(row[:3]): [int(n) for n in row[3:]]
        for row in region.truth("toekenningen").iter_rows()
    }
    assert found == expected
    assert {sector for sector, *_ in expected} == set(BEANTWOORD)
    for sector in BEANTWOORD[:3]:
        rows = [v for key, v in expected.items() if key[0] == sector]
        assert sum(r[2] for r in rows) < sum(r[1] for r in rows)
        assert sum(r[3] for r in rows) > 0
        assert sum(r[4] for r in rows) > 0


def test_sectors_without_an_answer_have_nothing_granted_and_declared_stays(region: Region) -> None:
    facts = region.fact(
        """
        select sector, count(toegekend_eur) as toegekend, count(toegekend_op) as op,
               count(bedrag_eur) - count(*) as zonder_bedrag
        from core.fct_prestatie group by all
        """
    )
    found = {sector: figures for sector, *figures in facts.iter_rows()}
    assert len(found) == 8
    assert {s for s, (granted, *_) in found.items() if granted} == set(BEANTWOORD)
    assert all(op == granted and missing == 0 for granted, op, missing in found.values())


def test_a_past_state_shows_what_was_granted_then(region: Region) -> None:
    planted = region.truth("toekenningen_verloop")
    expected = {(d, s): int(cent) for d, s, cent in planted.iter_rows()}
    found = {}
    for dag in sorted({dag for dag, _ in expected}):
        rows = region.fact(
            f"""
            select sector, cast(100 * sum(toegekend_eur) as bigint) as cent
            from core.fct_prestatie_historie
            where geldig_van <= date '{dag}' and (geldig_tot is null or geldig_tot > date '{dag}')
                and debet_credit = 'D' and toegekend_eur is not null
            group by all
            """
        )
        found |= {(dag, sector): cent for sector, cent in rows.iter_rows()}
    assert len(set(expected.values())) > 2 * len(BEANTWOORD)
    assert found == expected
