"""What is refused in a declaration message, and how far the refusal reaches."""

from __future__ import annotations

import pytest

from ingest.declaraties.intake import read
from tests.ei_bericht import BSN, EiBericht, ha304_voorbeeld, zh308_voorbeeld
from tests.read_files import Gelezen, lees

REST = "EI-BERICHT-GEWEIGERD"


def ingest(folder, *berichten: EiBericht | str, **more) -> Gelezen:
    text = "".join(b if isinstance(b, str) else b.tekst() for b in berichten)
    return lees(read, folder, {"b.asc": text}, **more)


def own(result: Gelezen) -> list[tuple]:
    """Reasons that are not the consequence of another."""
    return [r for r in result.redenen() if r[2] not in (REST, "EI-BOVENLIGGEND")]


def lines_with(result: Gelezen, reden: str) -> list[int]:
    return [r[0] for r in result.redenen() if r[2] == reden]


@pytest.mark.parametrize("voorbeeld", [zh308_voorbeeld, ha304_voorbeeld])
def test_a_good_message_is_accepted_whole(tmp_path, voorbeeld) -> None:
    result = ingest(tmp_path, voorbeeld())
    assert result.redenen() == []
    assert result.reading.bijzonder == {"berichten": 1, "berichten_geweigerd": 0}
    assert sum(n for n, *_ in result.telling().values()) == len(voorbeeld().regels)


def moved(b: EiBericht, origin: int, target: int) -> EiBericht:
    b.regels.insert(target, b.regels.pop(origin))
    return b


def dropped(b: EiBericht, index: int) -> EiBericht:
    b.regels.pop(index)
    return b


def changed(b: EiBericht, index: int, text: str) -> EiBericht:
    b.regels[index] = text
    return b


def set_(index: int, element: str, waarde: str):
    return lambda b: b.zet(index, element, waarde)


#: Lines of the example: 1 01, 2 02, 3 04, 4 06, 5 98, 6 06, 7 16, 8 04, 9 06, 10 02, 11 04, 12 06,
#: 13 99. Each case: what is done to it, and the refusals that are no consequence.
MESSAGE_FAULTS = {
    "test message": (set_(0, "0105", "T"), (1, "ZH308/01", "EI-TESTBERICHT", "0105")),
    "neither P nor T": (set_(0, "0105", " "), (1, "ZH308/01", "CODE-ONBEKEND", "0105")),
    "no 01": (lambda b: dropped(b, 0), (1, "onleesbaar", "EI-VOORLOOP-ONTBREEKT", "0101")),
    "01 not first": (lambda b: moved(b, 0, 1), None),
    "no 99": (lambda b: dropped(b, -1), (12, "ZH308/06", "EI-VOLGORDE", "9901")),
    "record behind 99": (lambda b: moved(b, -2, 13), (13, "ZH308/06", "EI-VOLGORDE", "0601")),
    "two 99": (
        lambda b: changed(b, 13, b.regels[12]) if len(b.regels) > 13 else b.regels.append(
            b.regels[12]) or b,
        (14, "ZH308/99", "EI-VOLGORDE", "9901"),
    ),
    "too short": (
        lambda b: changed(b, 3, b.regels[3][:-1]), (4, "ZH308/06", "EI-LENGTE", None)
    ),
    "too long": (lambda b: changed(b, 3, b.regels[3] + " "), (4, "ZH308/06", "EI-LENGTE", None)),
    "unknown record": (
        lambda b: changed(b, 3, "07" + b.regels[3][2:]), (4, "onleesbaar", "EI-KENMERK", "0601")
    ),
    "record is no number": (
        lambda b: changed(b, 3, "x6" + b.regels[3][2:]), (4, "onleesbaar", "EI-KENMERK", "0601")
    ),
    "04 before its 02": (lambda b: moved(b, 2, 1), (2, "ZH308/04", "EI-VOLGORDE", "0401")),
    "06 before its 04": (lambda b: moved(b, 3, 2), (3, "ZH308/06", "EI-VOLGORDE", "0601")),
    "06 behind 16": (lambda b: moved(b, 5, 6), (7, "ZH308/06", "EI-VOLGORDE", "0601")),
    "comment on 01": (lambda b: moved(b, 4, 1), (2, "ZH308/98", "EI-VOLGORDE", "9801")),
    "count of 04": (set_(12, "9904", "000004"), (13, "ZH308/99", "EI-AANTAL", "9904")),
    "count of 98": (set_(12, "9907", "000000"), (13, "ZH308/99", "EI-AANTAL", "9907")),
    "count of all": (set_(12, "9908", "0000012"), (13, "ZH308/99", "EI-AANTAL", "9908")),
    "total": (set_(12, "9909", "00000009201"), (13, "ZH308/99", "EI-TOTAAL", "9909")),
    "sign of total": (set_(12, "9910", "C"), (13, "ZH308/99", "EI-TOTAAL", "9910")),
    "sign of a line": (
        set_(3, "0621", "C"),
        (4, "ZH308/06", "EI-DC-ONGELIJK", "0618"),
        (4, "ZH308/06", "EI-DC-ONGELIJK", "0621"),
        (13, "ZH308/99", "EI-TOTAAL", "9909"),
    ),
    "person without prestatie": (
        lambda b: dropped(dropped(b, 11), 10), (10, "ZH308/02", "EI-VOLGORDE", "0201")
    ),
    "payment to nobody": (
        set_(0, "0113", "03"),
        (1, "ZH308/01", "EI-SAMENHANG", "0111"),
        (1, "ZH308/01", "EI-SAMENHANG", "0113"),
    ),
    "count is no number": (set_(12, "9902", "  0002"), (13, "ZH308/99", "FORMAAT-ONJUIST", "9902")),
    "no invoice": (set_(0, "0116", " " * 12), (1, "ZH308/01", "VERPLICHT-LEEG", "0116")),
    "period": (set_(0, "0114", "20230230"), (1, "ZH308/01", "FORMAAT-ONJUIST", "0114")),
    "no declarant": (set_(0, "0112", "0" * 8), (1, "ZH308/01", "VERPLICHT-LEEG", "0112")),
}  # fmt: skip


@pytest.mark.parametrize("fault", MESSAGE_FAULTS)
def test_a_fault_of_the_message_refuses_all_of_it(tmp_path, fault) -> None:
    change, *expected = MESSAGE_FAULTS[fault]
    good = ha304_voorbeeld()
    bad = change(zh308_voorbeeld())
    result = ingest(tmp_path, bad, good)
    assert lines_with(result, "EI-BOVENLIGGEND") == []
    if expected != [None]:
        assert own(result) == expected
        assert result.reading.bijzonder["berichten_geweigerd"] == 1
    others = [
        line for line in range(1, len(bad.regels) + 1) if line not in {r[0] for r in own(result)}
    ]
    assert lines_with(result, REST) == others
    accepted = {naam: n for naam, (n, *_) in result.telling().items() if n}
    assert accepted == {"HA304/01": 1, "HA304/02": 1, "HA304/04": 2, "HA304/99": 1}
    assert len(result.proj("decl_prestatie")) == 2


def test_an_unknown_version_is_told_for_every_record(tmp_path) -> None:
    text = zh308_voorbeeld().tekst().replace("011010900P", "011010700P")
    result = ingest(tmp_path, text, ha304_voorbeeld())
    assert {r[2:] for r in result.redenen()} == {("EI-STANDAARD-ONBEKEND", "0103")}
    assert lines_with(result, "EI-STANDAARD-ONBEKEND") == list(range(1, 14))
    assert result.telling()["ZH308/06"] == (0, 4, 0)


#: Each case: line (from 0), element, characters, and the refusals: (line from 1, reason).
RECORD_FAULTS = {
    "bsn": (1, "0203", "111222334", [(2, "BSN-ONGELDIG")], range(3, 10)),
    "bsn of zeros": (1, "0203", "000000000", [(2, "VERPLICHT-LEEG")], range(3, 10)),
    "bsn is no number": (1, "0203", "11122233X", [(2, "FORMAAT-ONJUIST")], range(3, 10)),
    "birth date": (1, "0207", "19600231", [(2, "FORMAAT-ONJUIST")], range(3, 10)),
    "no birth date": (1, "0207", "00000000", [(2, "VERPLICHT-LEEG")], range(3, 10)),
    "sex": (1, "0208", "3", [(2, "CODE-ONBEKEND")], range(3, 10)),
    "name": (1, "0210", " " * 25, [(2, "VERPLICHT-LEEG")], range(3, 10)),
    "other bsn in 04": (7, "0403", "123456782", [(8, "EI-VERZEKERDE-ONGELIJK")], [9]),
    "other uzovi in 04": (7, "0404", "9992", [(8, "EI-VERZEKERDE-ONGELIJK")], [9]),
    "other number in 06": (8, "0605", "VZ2".ljust(15), [(9, "EI-VERZEKERDE-ONGELIJK")], []),
    "no reference": (2, "0458", " " * 20, [(3, "VERPLICHT-LEEG")], [4, 5, 6, 7]),
    "sign of 04": (2, "0457", "X", [(3, "CODE-ONBEKEND")], [4, 5, 6, 7]),
    "date of 04": (2, "0411", "00000000", [(3, "VERPLICHT-LEEG")], [4, 5, 6, 7]),
    "referral date": (2, "0420", "20231301", [(3, "FORMAAT-ONJUIST")], [4, 5, 6, 7]),
    "amount": (3, "0620", "0001000X", [(4, "FORMAAT-ONJUIST")], []),
    "blank number": (3, "0616", "  ", [(4, "FORMAAT-ONJUIST")], []),
    "activity": (6, "1611", " " * 10, [(7, "VERPLICHT-LEEG")], []),
    "activity date": (6, "1612", "20230229", [(7, "FORMAAT-ONJUIST")], []),
    "comment without text": (4, "9804", " " * 140, [(5, "VERPLICHT-LEEG")], []),
}  # fmt: skip


@pytest.mark.parametrize("fault", RECORD_FAULTS)
def test_a_fault_of_a_record_refuses_it_and_what_hangs_under_it(tmp_path, fault) -> None:
    index, element, waarde, expected, below = RECORD_FAULTS[fault]
    bad = zh308_voorbeeld().zet(index, element, waarde)
    if element == "0203":  # details repeat their person
        for line in range(2, 9):
            code = bad.regels[line][:2]
            if code != "98":
                bad.zet(line, f"{code}03", waarde)
    result = ingest(tmp_path, bad)
    own_lines = [(r[0], r[2]) for r in own(result)]
    assert [e for e in own_lines if e[0] == expected[0][0]] == expected
    assert [r[3] for r in own(result) if r[0] == expected[0][0]] == [element]
    children = set(lines_with(result, "EI-BOVENLIGGEND")) | {n for n, _ in own_lines} - {index + 1}
    assert children == set(below)
    assert lines_with(result, REST) == []
    assert result.telling()["ZH308/01"] == (1, 0, 0)
    assert result.telling()["ZH308/99"] == (1, 0, 0)


@pytest.mark.parametrize(
    ("element", "waarde"),
    [
        ("0203", "999999999"),
        ("0207", "20000229"),
        ("0217", " " * 6),
        ("0220", "bis".ljust(6)),
        ("0221", "NL"),
    ],
)
def test_what_looks_odd_and_is_allowed(tmp_path, element, waarde) -> None:
    b = EiBericht().verzekerde(nummer="VZ1").prestatie().tarief(100).sluit()
    b.zet(1, element, waarde)
    if element == "0203":
        b.zet(2, "0403", waarde).zet(3, "0603", waarde)
    if element == "0207":
        b.zet(2, "0408", waarde)
    result = ingest(tmp_path, b)
    assert result.redenen() == []
    assert len(result.proj("decl_verzekerde")) == 1


def test_a_message_given_twice_is_loaded_once(tmp_path) -> None:
    first, again = zh308_voorbeeld().tekst(), zh308_voorbeeld().tekst("\n")
    other = zh308_voorbeeld().zet(0, "0116", "F2023002    ").tekst()
    result = lees(read, tmp_path, {"a.asc": first, "b.asc": other, "map/c.asc": again})
    assert result.redenen() == []
    assert result.telling()["ZH308/06"] == (8, 0, 4)
    assert result.rows("select distinct bestand from dubbel join record using (record_nr)") == [
        ("map/c.asc",)
    ]
    assert len({row["bericht_sleutel"] for row in result.proj("decl_bericht")}) == 2


def test_a_refused_message_given_twice_is_refused_once(tmp_path) -> None:
    bad = zh308_voorbeeld().zet(0, "0105", "T")
    result = ingest(tmp_path, bad, bad)
    assert result.telling()["ZH308/06"] == (0, 4, 4)
    assert len(own(result)) == 1


def test_reasons_never_show_a_value(tmp_path) -> None:
    bad = zh308_voorbeeld().zet(1, "0203", "111222334").zet(3, "0620", "SECRET12")
    result = ingest(tmp_path, bad, "vrije tekst met 111222334\r\n")
    told = " ".join(
        str(v) for row in result.rows("select element, toelichting from afkeur") for v in row
    )
    assert result.redenen()
    assert "111222334" not in told
    assert BSN not in told
    assert "SECRET" not in told


def test_a_file_that_is_no_text_is_one_refused_record(tmp_path) -> None:
    files = {
        "a.asc": zh308_voorbeeld().tekst(),
        "b.asc": b"01\x00\x01",
        "c.asc": b"",
        "d.asc": "x\n",
    }
    result = lees(read, tmp_path, files)
    assert result.redenen() == [
        (1, "onleesbaar", "BESTAND-ONLEESBAAR", None),
        (1, "onleesbaar", "EI-VOORLOOP-ONTBREEKT", "0101"),
        (1, "onleesbaar", "EI-BESTAND-LEEG", None),
    ]
    assert result.telling()["onleesbaar"] == (0, 3, 0)
    assert result.telling()["ZH308/01"] == (1, 0, 0)


def test_a_file_that_breaks_off_leaves_no_half_message(tmp_path, monkeypatch) -> None:
    import gzip

    from ingest import textlines

    monkeypatch.setattr(textlines, "BLOCK_BYTES", 700)
    whole = gzip.compress(zh308_voorbeeld().tekst().encode(), mtime=0)
    files = {"a.asc.gz": whole[:-40], "b.asc.gz": whole}
    result = lees(read, tmp_path, files)
    assert result.redenen() == [(1, "onleesbaar", "BESTAND-ONLEESBAAR", None)]
    assert sum(n for n, *_ in result.telling().values()) == 13
    assert {row[0] for row in result.records()} == {"a.asc.gz", "b.asc.gz"}


def test_an_empty_file_is_one_refused_record_and_tables_are_empty(tmp_path) -> None:
    result = lees(read, tmp_path, {"leeg.asc": b""})
    assert result.records() == [("leeg.asc", 1, "onleesbaar", "")]
    assert result.redenen() == [(1, "onleesbaar", "EI-BESTAND-LEEG", None)]
    assert len(result.reading.tabellen) > 4
    assert [tabel for tabel in result.reading.tabellen if result.proj(tabel)] == []
