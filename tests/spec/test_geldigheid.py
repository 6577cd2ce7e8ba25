"""Reference tables with history: a change is a new row, and figures run across it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from marts_indeling import Lagen
from test_spiegel import CHRONISCH, INDELING, LID, PERSOON, RESULTAAT, TOTAAL, WAARNEMING

from marts.dbt_run import register

Row = dict[str, Any]
BEGIN, EINDE = date(1, 1, 1), date(9999, 12, 31)
A, B, C = "06000001", "06000002", "06000003"


def on(rows: list[Row], day: date) -> list[Row]:
    """The rows that hold on a day, both bounds included."""
    return [r for r in rows if r["geldig_van"] <= day <= r["geldig_tot"]]


def layout(gemeente: str, regio: str, van: date | None = None, tot: date | None = None) -> Row:
    return {
        "gemeente_code": gemeente, "gemeente_naam": f"Naam {gemeente}",
        "zorgkantoorregio_code": regio, "zorgkantoorregio_naam": f"Regio {regio}",
        "geldig_van": van, "geldig_tot": tot,
    }  # fmt: skip


def successor(gemeente: str, opvolger: str, dag: date) -> Row:
    return {
        "gemeente_code": gemeente, "gemeente_naam": f"Naam {gemeente}",
        "opvolger_code": opvolger, "ingangsdatum": dag,
    }  # fmt: skip


def provider(agb: str, van: date, tot: date | None = None, opvolger: str | None = None) -> Row:
    return {
        "bron_id": "b", "periode": "2025", "levering_id": "l", "bestand": "a", "regel": 1,
        "zorgaanbieder_id": agb, "naam": f"Huis {agb}", "soort": "umc", "gemeente_code": "GM0014",
        "geldig_van": van, "geldig_tot": tot, "opvolger_id": opvolger,
    }  # fmt: skip


def walk(code: str, day: date, steps: dict[str, tuple[str, date]]) -> str:
    """Successors that are there on a day, one after another."""
    while code in steps and steps[code][1] <= day:
        code = steps[code][0]
    return code


@pytest.mark.parametrize("seed", range(5))
def test_every_gemeente_lies_in_one_region_on_every_day(seed: int) -> None:
    """Random mergers and layouts, against a walk through the rows."""
    random = Random(seed)  # noqa: S311
    codes = [f"GM{n:04}" for n in range(1, 13)]
    days = [date(2020, 1, 1) + timedelta(days=random.randrange(2500)) for _ in range(8)]
    steps = {
        code: (random.choice(codes[n + 1 :]), random.choice(days))
        for n, code in enumerate(codes[:8])
        if random.random() < 0.7
    }
    moves: dict[str, list[tuple[date, str]]] = defaultdict(list)
    rows = []
    for code in codes:
        for van in [None, *sorted(set(random.sample(days, random.randrange(3))))]:
            regio = f"ZK{random.randrange(4)}"
            moves[code].append((van or BEGIN, regio))
            rows.append(layout(code, regio, van))
    made = Lagen(
        lijsten={
            "regio_gemeente": rows,
            "gemeente_opvolger": [successor(k, o, d) for k, (o, d) in steps.items()],
        }
    )
    found = made.rows("int_gemeente_indeling")
    for day in [BEGIN, EINDE, *days, *(d - timedelta(days=1) for d in days)]:
        for code in codes:
            unit = walk(code, day, steps)
            region = max(move for move in moves[unit] if move[0] <= day)[1]
            (row,) = on([r for r in found if r["gemeente_code"] == code], day)
            assert (row["eenheid_code"], row["zorgkantoorregio_code"]) == (unit, region)


def test_a_gemeente_that_no_layout_names_lay_where_the_list_says_or_its_successor() -> None:
    dag = date(2022, 3, 24)
    made = Lagen(
        lijsten={
            "regio_gemeente": [layout("GM0363", "ZK15")],
            "gemeente_opvolger": [
                successor("GM0457", "GM0363", dag) | {"zorgkantoorregio_code": "ZK11"},
                successor("GM0001", "GM0363", dag),
            ],
        }
    )
    found = {
        (r["gemeente_code"], r["geldig_van"]): (r["eenheid_code"], r["zorgkantoorregio_code"])
        for r in made.rows("int_gemeente_indeling")
    }
    assert found == {
        ("GM0363", BEGIN): ("GM0363", "ZK15"),
        ("GM0457", BEGIN): ("GM0457", "ZK11"),
        ("GM0457", dag): ("GM0363", "ZK15"),
        ("GM0001", BEGIN): ("GM0001", "ZK15"),
        ("GM0001", dag): ("GM0363", "ZK15"),
    }
    history = {r["regio_code"]: r for r in made.rows("dim_regio_historie")}
    assert history["GM0457"]["geldig_tot"] == date(2022, 3, 23)
    assert history["GM0457"]["opvolger_code"] == "GM0363"
    assert {r["regio_code"] for r in made.rows("dim_regio")} == {"GM0363", "ZK15"}


def test_a_postcode_follows_the_register_of_its_year_and_what_became_of_the_gemeente() -> None:
    def people(jaar: int, gemeente: str, inwoners: int) -> Row:
        return {
            "bron_id": "b", "periode": str(jaar), "levering_id": "l", "bestand": "a", "regel": 1,
            "jaar": jaar, "pc4": "1000", "gemeente_code": gemeente, "leeftijdsklasse": "0+",
            "geslacht": "man", "inwoners": inwoners, "welvaart_kwintiel": 3,
        }  # fmt: skip

    made = Lagen(
        # In 2023 most people of the area lived in GM0001, which was split in 2024.
        {
            "reg_bevolking": [
                people(2022, "GM0001", 9), people(2023, "GM0001", 9), people(2023, "GM0002", 8),
                people(2024, "GM0002", 9), people(2024, "GM0009", 1),
            ]
        },
        lijsten={
            "regio_gemeente": [layout("GM0001", "ZK1"), layout("GM0003", "ZK1"),
                               layout("GM0002", "ZK1"), layout("GM0002", "ZK2", date(2026, 1, 1))],
            "gemeente_opvolger": [successor("GM0002", "GM0003", date(2025, 7, 1))],
        },
    )  # fmt: skip
    found = [
        (r["geldig_van"], r["gemeente_code"], r["zorgkantoorregio_code"])
        for r in made.rows("int_postcode_indeling")
    ]
    assert found == [
        (BEGIN, "GM0001", "ZK1"), (date(2024, 1, 1), "GM0002", "ZK1"),
        (date(2025, 7, 1), "GM0003", "ZK1"),
    ]  # fmt: skip
    (nu,) = made.rows("int_postcode")
    assert (nu["gemeente_code"], nu["welvaart_kwintiel"]) == ("GM0003", "3")


def test_successors_of_successors_and_what_is_no_succession() -> None:
    book = [
        provider(A, date(2000, 1, 1), date(2024, 6, 30), B),
        provider(B, date(2000, 1, 1), date(2024, 12, 31), C),
        provider(C, date(2020, 1, 1)),
        provider("06000004", date(2000, 1, 1), None, C),  # announced, without a day
        provider("06000005", date(2000, 1, 1), date(2024, 1, 1), "06000005"),  # in itself
        provider("06000006", date(2000, 1, 1), date(2023, 12, 31), C),  # and on its own again
        provider("06000006", date(2025, 1, 1)),
    ]
    found = {
        (r["zorgaanbieder_id"], r["geldig_van"], r["eenheid_id"])
        for r in Lagen({"reg_zorgaanbieder": book}).rows("int_aanbieder_opvolging")
    }
    assert found == {
        (A, BEGIN, A), (A, date(2024, 7, 1), B), (A, date(2025, 1, 1), C),
        (B, BEGIN, B), (B, date(2025, 1, 1), C),
        ("06000006", BEGIN, "06000006"), ("06000006", date(2024, 1, 1), C),
        ("06000006", date(2025, 1, 1), "06000006"),
    }  # fmt: skip


def test_two_that_name_each_other_keep_every_observation_once() -> None:
    book = [
        provider(A, date(2000, 1, 1), date(2024, 6, 30), B),
        provider(B, date(2000, 1, 1), date(2024, 6, 30), A),
    ]
    found = Lagen({"reg_zorgaanbieder": book}).rows("int_aanbieder_opvolging")
    for agb in (A, B):
        for day in (date(2024, 1, 1), date(2025, 1, 1)):
            assert len(on([r for r in found if r["zorgaanbieder_id"] == agb], day)) == 1


def test_the_address_book_keeps_every_validity_and_shows_the_newest() -> None:
    book = [provider(A, date(2000, 1, 1)), provider(A, date(2024, 1, 1)) | {"naam": "Nieuw"}]
    made = Lagen({"reg_zorgaanbieder": book})
    history = [
        (r["naam"], r["geldig_van"], r["geldig_tot"])
        for r in made.rows("dim_zorgaanbieder_historie")
    ]
    assert history == [
        (f"Huis {A}", date(2000, 1, 1), date(2023, 12, 31)), ("Nieuw", date(2024, 1, 1), EINDE)
    ]  # fmt: skip
    (nu,) = made.rows("dim_zorgaanbieder")
    assert (nu["naam"], nu["geldig_tot"]) == ("Nieuw", None)


def observations(seed: int = 1) -> list[Row]:
    """Consultations at three hospitals in two years, of persons who go to more than one."""
    random = Random(seed)  # noqa: S311
    return [
        {
            "indicator_id": "vervolgconsult_digitaal", "zorgaanbieder_id": random.choice([A, B, C]),
            "pseudo_id": f"p{random.randrange(12)}",
            "peildatum": date(2024, 1, 1) + timedelta(days=random.randrange(731)),
            "diagnosegroep": "overig", "teller": random.randrange(2), "noemer": 2,
        }
        for _ in range(300)
    ]  # fmt: skip


def mirror(rows: list[Row], book: list[Row], **lijsten: list[Row]) -> Lagen:
    """Everything from observations to cells; A and B go on in C from 1 July 2025."""
    per: dict[str, list[Row]] = {naam: [] for naam in register()}
    for row in rows:
        per[row["indicator_id"]].append(row)
    personen = [
        {"pseudo_id": f"p{n}", "geboortejaar": 1950, "geslacht": "man", "welvaart_kwintiel": "1",
         "pc4": str(1000 + n % 3), "uzovi": f"990{1 + n % 3}"}
        for n in range(12)
    ]  # fmt: skip
    dag = date(2025, 7, 1)
    gebied = [
        {"pc4": "1000", "gemeente_code": "GM1", "zorgkantoorregio_code": "ZK1",
         "geldig_van": BEGIN, "geldig_tot": dag - timedelta(days=1)},
        {"pc4": "1000", "gemeente_code": "GM2", "zorgkantoorregio_code": "ZK2",
         "geldig_van": dag, "geldig_tot": EINDE},
        {"pc4": "1001", "gemeente_code": "GM2", "zorgkantoorregio_code": "ZK2",
         "geldig_van": BEGIN, "geldig_tot": EINDE},
        {"pc4": "1002", "gemeente_code": "GM3", "zorgkantoorregio_code": "ZK1",
         "geldig_van": BEGIN, "geldig_tot": EINDE},
    ]  # fmt: skip
    totaal = [
        {"tabel": "fct_zorgactiviteit", "bron_id": "b", "zorgaanbieder_id": agb, "periode": jaar,
         "n_totaal": 10}
        for jaar in ("2024", "2025")
        for agb in (A, B, C)
    ]  # fmt: skip
    resultaat = [
        {k: v for k, v in row.items() if k != "n_totaal"}
        | {"regel_id": "R", "gewicht": 1, "n_fout": 5 if row["zorgaanbieder_id"] == B else 10}
        for row in totaal
        if row["zorgaanbieder_id"] != A
    ]
    return Lagen(
        {"reg_zorgaanbieder": book},
        lijsten=lijsten,
        modellen={f"ind_{naam}": (WAARNEMING, found) for naam, found in per.items()}
        | {
            "dim_persoon": (PERSOON, personen),
            "int_postcode_indeling": (INDELING, gebied),
            "int_doelgroep_lid": (LID, []),
            "int_chronisch_aantal": (CHRONISCH, []),
            "int_dq_totaal": (TOTAAL, totaal),
            "dq_resultaat": (RESULTAAT, resultaat),
        },
    )


BEFORE = [provider(agb, date(2000, 1, 1)) for agb in (A, B, C)]
MERGED = [provider(agb, date(2000, 1, 1), date(2025, 6, 30), C) for agb in (A, B)] + BEFORE[2:]


def sums(made: Lagen, niveau: str) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Teller and noemer of units and periods."""
    return {
        (r["eenheid_id"], r["periode"]): (r["teller"], r["noemer"])
        for r in made.rows(
            "select eenheid_id, periode, sum(teller) as teller, sum(noemer) as noemer "
            "from {int_spiegel_stratum} join {int_spiegel_reeks} using (reeks_nr) "
            f"where niveau = '{niveau}' and basis = 'TOTAAL' group by all"
        )
    }


def test_a_merged_provider_counts_under_its_successor_and_nothing_is_lost() -> None:
    rows = observations()
    plain, merged = mirror(rows, BEFORE), mirror(rows, MERGED)
    assert merged.test("indeling_verliest_niets") == []
    assert sums(merged, "landelijk") == sums(plain, "landelijk")
    before, after = sums(plain, "zorgaanbieder"), sums(merged, "zorgaanbieder")

    def together(periode: str) -> tuple[Decimal, ...]:
        return tuple(map(sum, zip(*(before[agb, periode] for agb in (A, B, C)), strict=True)))

    for periode in ("2024", "2024Q1", "2024Q4", "2025Q1", "2025Q2"):
        assert {agb: after[agb, periode] for agb in (A, B, C)} == {
            agb: before[agb, periode] for agb in (A, B, C)
        }
    for periode in ("2025", "2025Q3", "2025Q4"):
        assert after[C, periode] == together(periode)
        assert not {A, B} & {agb for agb, p in after if p == periode}


def test_who_went_to_both_is_one_person_of_the_successor() -> None:
    rows = [
        {"indicator_id": "hartfalen_acute_opname", "zorgaanbieder_id": agb, "pseudo_id": "p1",
         "peildatum": date(2025, 12, 31), "diagnosegroep": "TOTAAL", "teller": teller, "noemer": 1}
        for agb, teller in ((A, 1), (B, 0), (C, 0))
    ]  # fmt: skip
    found = sums(mirror(rows, MERGED), "zorgaanbieder")
    assert found[C, "2025"] == (1, 1)
    assert sums(mirror(rows, BEFORE), "zorgaanbieder")[A, "2025"] == (1, 1)


def test_quality_of_the_records_goes_along() -> None:
    merged = mirror(observations(), MERGED)
    found = {
        (r["zorgaanbieder_id"], r["jaar"]): r["dq_score"]
        for r in merged.rows("int_spiegel_dq")
        if r["definitie_id"] == "vervolgconsult_digitaal" and r["zorgaanbieder_id"] != "ONBEKEND"
    }
    assert found == {
        (A, "2024"): 1, (B, "2024"): Decimal("0.5"), (C, "2024"): 0,
        (A, "2025"): 1, (B, "2025"): Decimal("0.5"), (C, "2025"): Decimal("0.5"),
    }  # fmt: skip
    # What pulls the figure of the successor down is half of the records: the rule of B and C.
    told = {
        (r["niveau"], r["eenheid_id"], r["periode"]): r["bijdrage"]
        for r in merged.rows("dq_verklaring")
        if r["indicator_id"] == "vervolgconsult_digitaal"
    }
    assert told["zorgaanbieder", C, "2025"] == Decimal("0.5")
    assert told["zorgaanbieder", B, "2025Q1"] == Decimal("0.5")
    assert ("zorgaanbieder", A, "2025Q1") not in told
    # and figures of a quarter before the merger keep that of their own provider
    quarter = merged.rows(
        "select eenheid_id, max(dq_score) d from {int_spiegel_herkomst} join {int_spiegel_groep} "
        "using (groep_nr) where niveau = 'zorgaanbieder' and periode = '2025Q1' group by all"
    )
    assert sorted((r["eenheid_id"], r["d"]) for r in quarter) == [
        (A, 1), (B, Decimal("0.5")), (C, Decimal("0.5"))
    ]  # fmt: skip


def test_figures_are_in_the_layout_of_the_end_of_their_period() -> None:
    rows = observations()
    made = mirror(rows, BEFORE)
    for niveau in ("gemeente", "zorgkantoorregio"):
        total = defaultdict(Decimal)
        for (_unit, periode), (_teller, noemer) in sums(made, niveau).items():
            total[periode] += noemer
        assert total == {p: noemer for (_nl, p), (_, noemer) in sums(made, "landelijk").items()}
    periods = {p for unit, p in sums(made, "gemeente") if unit == "GM1"}
    assert periods == {"2024", "2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2025Q2"}


def test_a_label_that_moved_counts_for_the_concern_of_the_period() -> None:
    labels = [
        {"uzovi": "9901", "concern_id": "V1", "naam": "Een"},
        {"uzovi": "9902", "concern_id": "V2", "naam": "Twee"},
        {"uzovi": "9902", "concern_id": "V1", "naam": "Twee", "geldig_van": date(2025, 1, 1)},
        {"uzovi": "9903", "concern_id": "V3", "naam": "Drie"},
    ]
    made = mirror(
        [r | {"indicator_id": "kosten_per_patient"} for r in observations()], BEFORE,
        verzekeraar=labels,
    )  # fmt: skip
    found = made.rows("int_spiegel_kenmerk")
    units = {(str(r["periode_nr"])[:4], r["verzekeraar_id"]) for r in found}
    assert units == {("2024", "V1"), ("2024", "V2"), ("2024", "V3"), ("2025", "V1"), ("2025", "V3")}
    found = {r["verzekeraar_id"]: r["geldig_tot"] for r in made.rows("dim_verzekeraar")}
    assert found == {"V1": EINDE, "V2": date(2024, 12, 31), "V3": EINDE}


def test_a_unit_has_the_name_of_the_end_of_the_period() -> None:
    book = [
        provider(A, date(2020, 1, 1)),
        provider(A, date(2025, 6, 1)) | {"naam": "Nieuw"},
        provider(B, date(2025, 1, 1)),
        provider(C, date(2000, 1, 1)),
    ]
    names = {
        (r["eenheid_id"], r["periode"]): r["eenheid_naam"]
        for r in mirror(observations(), book).rows(
            "select cel.*, periode from {int_spiegel_cel} as cel "
            "join {int_spiegel_groep} using (groep_nr) where cel.niveau = 'zorgaanbieder'"
        )
    }
    assert names[A, "2024"] == names[A, "2025Q1"] == f"Huis {A}"
    assert names[A, "2025"] == names[A, "2025Q2"] == "Nieuw"
    assert names[B, "2024"] == f"Huis {B}"  # older than its first row: the first name that is known
