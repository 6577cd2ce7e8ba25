"""The parts the demo region is made with."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

import synthetic
from ingest.pseudonym import bsn_valid
from schemas.ei import layout
from synthetic import kalender, kans, kenmerken, regels
from synthetic.ei_writer import write_records
from synthetic.gegevens import calibration, table
from synthetic.prestaties import Prestaties, join

_RECORD = layout("ZH308", "9.0").records["99"]


def test_bsns_are_valid_unique_and_in_a_range_that_is_not_handed_out() -> None:
    blocks = [kenmerken.bsn_numbers(7, first, 4_000) for first in (0, 4_000, 8_000)]
    numbers = np.concatenate(blocks)
    assert len(set(numbers.tolist())) == 12_000
    assert all(bsn_valid(str(n)) for n in numbers[::13])
    assert numbers.min() >= 900_000_000
    assert numbers.max() < 999_000_000


def test_an_invalid_bsn_fails_the_elfproef() -> None:
    numbers = kenmerken.bsn_numbers(1, 0, 500)
    wrong = kenmerken.invalid_bsn(numbers)
    assert not any(bsn_valid(str(n)) for n in wrong)
    assert (wrong // 10 == numbers // 10).all()


def test_too_many_persons_have_no_number() -> None:
    with pytest.raises(ValueError, match="at most"):
        kenmerken.bsn_numbers(1, kenmerken.MAX_PERSONEN, 1)


def test_resource_ids_differ_by_number_kind_and_seed() -> None:
    n = np.arange(3_000)
    sets = [set(kenmerken.resource_ids(s, k, n).tolist()) for s in (1, 2) for k in (1, 2)]
    assert len(set().union(*sets)) == 12_000


def test_records_are_filled_and_placed_as_the_layout_says() -> None:
    values = {"9902": np.array([3, 12]), "9909": 4_500, "9910": np.array([b"D", b"C"])}
    text = [row.tobytes().decode("latin-1") for row in write_records(_RECORD, 610, values, 2)]
    assert [len(t) for t in text] == [612, 612]
    assert text[1].endswith("\r\n")
    assert text[0][:8] == "99000003"
    assert text[1][2:8] == "000012"
    assert text[1][45:56] == "00000004500"
    assert [t[56] for t in text] == ["D", "C"]
    assert set(text[0][57:610]) == {" "}


@pytest.mark.parametrize(
    "values",
    [
        {"9902": 1_000_000},
        {"9902": np.array([1_000_000])},
        {"9902": np.array([-1])},
        {"9902": np.array([b"12"])},
        {"9910": np.array([b"DC"])},
    ],
)
def test_a_value_that_does_not_fit_is_refused(values: dict) -> None:
    with pytest.raises(ValueError, match=r"fit|longer|wider|width"):
        write_records(_RECORD, 610, values, 1)


def test_an_element_of_another_record_is_refused() -> None:
    with pytest.raises(KeyError):
        write_records(_RECORD, 610, {"0101": 1}, 1)


def test_lines_drop_padding_and_keep_order() -> None:
    n = 20_000
    numbers = np.arange(n)
    text = regels.lines([b"<", regels.numbers(numbers), b"|", b"x>"], n)
    assert text.decode().split("\n")[:-1] == [f"<{i}|x>" for i in range(n)]


def test_numbers_as_text() -> None:
    assert regels.digits(np.array([0, 70]), 3).tolist() == [b"000", b"070"]
    assert regels.decimals(np.array([29, 130])).tolist() == [b"2.9", b"13.0"]
    assert regels.hexadecimal(np.array([255], dtype=np.uint64)).tolist() == [b"00000000000000ff"]


def test_a_quota_is_met_in_every_group() -> None:
    rng = kans.generator(1, "fouten")
    group = np.repeat(np.arange(4), [100, 50, 7, 0])
    chosen = kans.quota(rng, group, np.array([0.2, 0.5, 1.0, 0.3]))
    assert np.bincount(group[chosen], minlength=4).tolist() == [20, 25, 7, 0]


def test_a_weighted_quota_prefers_heavy_rows() -> None:
    rng = kans.generator(1, "fouten")
    group = np.zeros(1_000, dtype=np.int64)
    weight = np.where(np.arange(1_000) < 500, 9.0, 1.0)
    chosen = kans.quota(rng, group, np.array([0.1]), weight)
    assert chosen.sum() == 100
    assert chosen[:500].sum() > 75


def test_generators_of_two_parts_are_independent() -> None:
    draws = {
        (part, block): kans.generator(3, part, block).random(4).tobytes()
        for part in kans.ONDERDELEN
        for block in (0, 1)
    }
    assert len(set(draws.values())) == len(draws)
    assert kans.generator(3, "personen", 1).random(4).tobytes() == draws["personen", 1]


def test_moments_are_written_as_the_dutch_clock_shows_them() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    days = np.arange(kalender.first_day(2023), kalender.last_day(2025) + 1)
    moments = days * 1440 + 9 * 60 + 7
    local = regels.lines(kalender.local_text(moments), len(days)).decode().splitlines()
    utc = regels.lines(kalender.utc_text(moments), len(days)).decode().splitlines()
    for day, here, there in zip(days.tolist(), local, utc, strict=True):
        clock = datetime(1970, 1, 1, 9, 7, tzinfo=UTC) + timedelta(days=day)
        expected = clock.replace(tzinfo=zone)
        assert here == expected.isoformat()
        assert datetime.fromisoformat(there) == expected


def test_every_calibration_constant_is_used_and_sourced() -> None:
    room = Path(synthetic.__file__).parent
    code = "\n".join(file.read_text(encoding="utf-8") for file in room.rglob("*.py"))
    in_tables = {row["kosten"] for row in table("sectoren")}
    in_tables |= {row["indicator_id"] for row in table("zonder_contract")}
    unused = [
        name
        for name in calibration()
        if name not in in_tables and not re.search(rf"[\"']{name}[\"']", code)
    ]
    assert unused == []
    for row in table("calibratie"):
        assert row["soort"] in ("bron", "demo")
        assert bool(row["document"] and row["regel"]) == (row["soort"] == "bron"), row["naam"]


def _prestaties(n: int) -> Prestaties:
    rows = np.arange(n)
    zero = np.zeros(n, dtype=np.int64)
    children = np.repeat(rows, rows % 3)
    return Prestaties(
        persoon=rows, verzekeraar=zero, aanbieder=zero, begin=zero, eind=zero, soort=zero,
        acuut=zero > 0, volgnummer=zero, cent=rows * 100, credit=zero > 0, nummer=rows * 10,
        vorige=zero - 1, tarief_van=rows, tarief_soort=zero, tarief_cent=rows * 100,
        activiteit_van=children, activiteit_code=children * 7, activiteit_dag=children,
        activiteit_aantal=children,
    )  # fmt: skip


def test_taking_prestaties_takes_their_records_along() -> None:
    p = _prestaties(9)
    taken = p.take(np.array([5, 2, 3]))
    assert taken.tarief_cent.tolist() == [500, 200, 300]
    assert taken.activiteit_van.tolist() == [0, 0, 1, 1]
    assert taken.activiteit_code.tolist() == [35, 35, 14, 14]


def test_joining_prestaties_shifts_their_records() -> None:
    p = _prestaties(6)
    both = join([p.take(np.array([5])), p.take(np.array([4, 2]))])
    assert both.persoon.tolist() == [5, 4, 2]
    assert both.activiteit_van.tolist() == [0, 0, 1, 2, 2]
    assert both.activiteit_code.tolist() == [35, 35, 28, 14, 14]
