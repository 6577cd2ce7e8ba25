"""Tabular deliveries: recognised by their columns, split, typed, accounted for."""

from __future__ import annotations

import gzip
from decimal import Decimal

import pytest

from ingest.registers.intake import read
from tests.read_files import Gelezen, lees

KOP = "jaar;pc4;gemeente_code;welvaart_kwintiel;leeftijdsklasse;geslacht;inwoners"
RIJ = "2023;1011;GM0363;3;0-17;man;12"


def ingest(folder, files: dict[str, bytes | str] | str | bytes, **more) -> Gelezen:
    given = files if isinstance(files, dict) else {"f.csv": files}
    return lees(read, folder, given, soort="register", **more)


def people(result: Gelezen) -> list[tuple]:
    names = ("jaar", "pc4", "welvaart_kwintiel", "leeftijdsklasse", "geslacht", "inwoners")
    return [tuple(row[name] for name in names) for row in result.proj("reg_bevolking")]


ONE = [(2023, "1011", 3, "0-17", "man", 12)]


@pytest.mark.parametrize(
    "content",
    [
        f"{KOP}\n{RIJ}\n",
        f"{KOP}\r\n{RIJ}\r\n",
        f"{KOP}\n{RIJ}",
        f"{KOP}\n{RIJ}\n".replace(";", ","),
        f"{KOP}\n{RIJ}\n".replace(";", "\t"),
        f"{KOP}\n{RIJ}\n".replace(";", "|"),
        f"{KOP.upper()}\n{RIJ}\n",
        f"sep=;\r\n{KOP}\r\n{RIJ}\r\n",
        b"\xef\xbb\xbf" + f"{KOP}\n{RIJ}\n".encode(),
        gzip.compress(f"{KOP}\n{RIJ}\n".encode(), mtime=0),
        '"jaar";"PC4";"Gemeente code";"welvaart kwintiel";"leeftijdsklasse";"geslacht";"inwoners"\n'
        '"2023";"1011";"GM0363";"3";"0-17";"man";"12"\n',
        f"opmerking;{KOP}\n;{RIJ}\n",
        f"{KOP};extra\n{RIJ};\n",
        KOP.replace("pc4", "postcode4").replace("inwoners", "aantal_inwoners") + f"\n{RIJ}\n",
    ],
    ids=[
        "lf", "crlf", "no end", "comma", "tab", "bar", "capitals", "sep line", "bom", "gzip",
        "quoted", "extra column before", "extra column behind", "other names",
    ],
)  # fmt: skip
def test_the_same_row_in_many_dresses(tmp_path, content) -> None:
    result = ingest(tmp_path, content)
    assert result.redenen() == []
    assert people(result) == ONE
    assert result.telling() == {"reg_bevolking": (1, 0, 0)}


def test_records_keep_their_line_and_text(tmp_path) -> None:
    result = ingest(tmp_path, f"{KOP}\n{RIJ}\n\n{RIJ.replace('man', 'vrouw')}\n")
    assert result.records() == [
        ("f.csv", 2, "reg_bevolking", RIJ),
        ("f.csv", 4, "reg_bevolking", RIJ.replace("man", "vrouw")),
    ]


def test_optional_columns_may_be_missing_and_values_empty(tmp_path) -> None:
    result = ingest(
        tmp_path,
        {
            "a.csv": "jaar;pc4;gemeente_code;leeftijdsklasse;geslacht;inwoners\n"
            "2023;1011;GM0363;0-17;man;12\n",
            "b.csv": f"{KOP}\n2023;1012;GM0363; ;0-17;man;12\n",
        },
    )
    assert result.redenen() == []
    assert [(row[1], row[2]) for row in people(result)] == [("1011", None), ("1012", None)]


def test_quotes_hold_delimiters_and_quotes(tmp_path) -> None:
    kop = "zorgaanbieder_id;naam;soort;gemeente_code;geldig_van;geldig_tot"
    rows = [
        '06000001;"Kliniek; Noord";zbc;GM0363;2015-01-01;',
        '06000002; "De ""Linde""" ;zbc;GM0363;2015-01-01;',
        '06000003;Praktijk 5" breed;zbc;GM0363;2015-01-01;',
        '06000004;"";zbc;GM0363;2015-01-01;"2020-01-01"',
    ]
    result = ingest(tmp_path, "\n".join([kop, *rows, ""]))
    assert result.redenen() == []
    found = [(row["naam"], row["geldig_tot"]) for row in result.proj("reg_zorgaanbieder")]
    assert found == [
        ("Kliniek; Noord", None),
        ('De "Linde"', None),
        ('Praktijk 5" breed', None),
        (None, "2020-01-01"),
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2023;1011;GM0363;3;0-17;man", "REGEL-ONLEESBAAR"),
        (f"{RIJ};1", "REGEL-ONLEESBAAR"),
        ('2023;1011;GM0363;3;"0-17;man;12', "REGEL-ONLEESBAAR"),
        ('2023;1011;GM0363;3;"0-17"x;man;12', "REGEL-ONLEESBAAR"),
        ("tekst", "REGEL-ONLEESBAAR"),
        ("2023;1011;GM0363;3;0-17;man;12,0", "FORMAAT-ONJUIST"),
        ("2023;1011;GM0363;3;0-17;man;twaalf", "FORMAAT-ONJUIST"),
        ("2023;1011;GM0363;3;0-17;man;99999999999999999999", "FORMAAT-ONJUIST"),
    ],
)
def test_a_bad_row_is_refused_alone(tmp_path, row, expected) -> None:
    result = ingest(tmp_path, f"{KOP}\n{row}\n{RIJ}\n")
    element = "inwoners" if expected == "FORMAAT-ONJUIST" else None
    assert result.redenen() == [(2, "reg_bevolking", expected, element)]
    assert people(result) == ONE


def test_every_wrong_column_is_named(tmp_path) -> None:
    result = ingest(tmp_path, f"{KOP}\nx;1011;GM0363;drie;0-17;man;\n")
    assert [r[2:] for r in result.redenen()] == [
        ("FORMAAT-ONJUIST", "jaar"), ("FORMAAT-ONJUIST", "welvaart_kwintiel"),
    ]  # fmt: skip


def test_an_equal_row_counts_once(tmp_path) -> None:
    again = {"a.csv": f"{KOP}\n{RIJ}\n{RIJ}\n", "b.csv": f"{KOP}\n{RIJ}\n"}
    result = ingest(tmp_path, again)
    assert result.telling() == {"reg_bevolking": (1, 0, 2)}
    assert people(result) == ONE


def test_a_missing_column_refuses_every_row_of_the_file(tmp_path) -> None:
    files = {
        "a.csv": "jaar;pc4;gemeente_code;leeftijdsklasse;geslacht\n2023;1011;GM0363;0-17;man\n",
        "b.csv": f"{KOP}\n{RIJ}\n",
    }
    result = ingest(tmp_path, files)
    assert result.redenen() == [(2, "reg_bevolking", "KOLOM-ONTBREEKT", "inwoners")]
    assert people(result) == ONE


@pytest.mark.parametrize(
    "content",
    ["kleur;vorm\nrood;rond\nblauw;vierkant\n", '{"a": 1}\n', "a;" * 60_000 + "\n", '"\n', "x\n"],
)
def test_an_unknown_header_is_one_refused_record(tmp_path, content) -> None:
    result = ingest(tmp_path, {"a.csv": content, "b.csv": f"{KOP}\n{RIJ}\n"})
    assert result.redenen() == [(1, "onleesbaar", "REGISTER-ONBEKEND", None)]
    assert result.telling()["onleesbaar"] == (0, 1, 0)
    assert people(result) == ONE


def test_an_unknown_header_is_told_by_its_names_alone(tmp_path) -> None:
    result = ingest(tmp_path, "kleur;111222333;1960-01-01\n")
    assert result.rows("select toelichting from afkeur") == [("gevonden kolommen: kleur, …, …",)]


@pytest.mark.parametrize("content", [b"PK\x03\x04stuk", b"PAR1xx", b"jaar;\0", b"\x1f\x8b\x08no"])
def test_a_file_that_is_no_text_is_one_refused_record(tmp_path, content) -> None:
    result = ingest(tmp_path, {"a.xlsx": content, "b.csv": f"{KOP}\n{RIJ}\n"})
    assert result.redenen() == [(1, "onleesbaar", "BESTAND-ONLEESBAAR", None)]
    assert people(result) == ONE


@pytest.mark.parametrize("content", [b"", b"\n\n", KOP.encode(), f"{KOP}\r\n".encode()])
def test_a_file_without_rows_has_no_records(tmp_path, content) -> None:
    assert ingest(tmp_path, content).records() == []


def test_several_registers_in_one_delivery(tmp_path) -> None:
    wachten = (
        "wachtregistratie_id;bsn;zorgaanbieder_id;echelon;fase;diagnosegroep;begin;eind\n"
        "w1;111222333;54000001;basis;aanmelding;;2023-01-01;\n"
    )
    result = ingest(tmp_path, {"a.csv": f"{KOP}\n{RIJ}\n", "b.csv": wachten})
    assert result.reading.tabellen == ("reg_bevolking", "reg_ggz_wachttijd")
    assert result.telling() == {"reg_bevolking": (1, 0, 0), "reg_ggz_wachttijd": (1, 0, 0)}
    assert result.proj("reg_ggz_wachttijd")[0]["eind"] is None


VEKTIS = "gemeentenaam;GESLACHT;leeftijdsklasse;aantal_bsn;aantal_verzekerdejaren"


def costs(result: Gelezen) -> list[tuple]:
    return sorted(
        (row["jaar"], row["gemeentenaam"] or "", row["kostensoort"], row["kosten_cent"])
        for row in result.proj("reg_vektis_gemeente")
    )


def test_vektis_columns_become_rows_in_cents(tmp_path) -> None:
    files = {
        "vektis_2011_gemeente.csv": f"{VEKTIS};KOSTEN_FARMACIE;KOSTEN_MONDZORG\n"
        "LEIDEN;M;0 t/m  4 jaar;12;11.5;0.29;-1234.5\n;;;99;90;1;2\n",
        "vektis_2022_gemeente.csv": f"{VEKTIS};kosten_huisarts_mdz\n"
        "LEIDEN;V;90+;10;9.25;45049552.97\n",
    }
    result = ingest(tmp_path, files)
    assert result.redenen() == []
    assert costs(result) == [
        (2011, "", "farmacie", 100),
        (2011, "", "mondzorg", 200),
        (2011, "LEIDEN", "farmacie", 29),
        (2011, "LEIDEN", "mondzorg", -123_450),
        (2022, "LEIDEN", "huisarts_mdz", 4_504_955_297),
    ]
    rows = result.proj("reg_vektis_gemeente")
    assert {row["geslacht"] for row in rows} == {"M", "V", None}
    assert {row["verzekerdejaren"] for row in rows} == {"11.5", "90", "9.25"}
    assert result.telling() == {"reg_vektis_gemeente": (3, 0, 0)}


def test_equal_rows_of_two_years_are_two_facts(tmp_path) -> None:
    text = f"{VEKTIS};kosten_farmacie\nLEIDEN;M;90+;10;9;1\n"
    result = ingest(tmp_path, {"x_2011.csv": text, "x_2012.csv": text})
    assert result.telling() == {"reg_vektis_gemeente": (2, 0, 0)}
    assert [row[0] for row in costs(result)] == [2011, 2012]


@pytest.mark.parametrize(
    ("periode", "jaar"), [("2019", 2019), ("2019Q1", 2019), ("onbekend", None)]
)
def test_the_year_comes_from_the_delivery_when_the_name_has_none(tmp_path, periode, jaar) -> None:
    text = f"{VEKTIS};kosten_farmacie\nLEIDEN;M;90+;10;9;1\n"
    result = ingest(tmp_path, {"vektis.csv": text}, periode=periode)
    if jaar is None:
        assert result.redenen() == [(2, "reg_vektis_gemeente", "KOLOM-ONTBREEKT", "jaar")]
    else:
        assert [row[0] for row in costs(result)] == [jaar]


@pytest.mark.parametrize("amount", ["1.005", "1,505", "1.234,50", "1.2.3", "één", "1e3", "-"])
def test_an_amount_that_is_no_amount(tmp_path, amount) -> None:
    text = f"{VEKTIS};kosten_farmacie\nLEIDEN;M;90+;10;9;{amount}\n"
    result = ingest(tmp_path, {"x_2011.csv": text})
    assert [r[2:] for r in result.redenen()] == [("FORMAAT-ONJUIST", "kosten_farmacie")]


def test_an_empty_cell_is_no_cost_of_zero(tmp_path) -> None:
    text = f"{VEKTIS};kosten_farmacie;kosten_mondzorg\nLEIDEN;M;90+;10;9;;1\n"
    assert costs(ingest(tmp_path, {"x_2011.csv": text})) == [(2011, "LEIDEN", "mondzorg", 100)]


def test_cents_are_exact(tmp_path) -> None:
    amounts = [f"{n}.{n % 100:02d}" for n in range(0, 90_000_000, 901_337)]
    rows = "".join(f"G{i};M;90+;10;9;{a}\n" for i, a in enumerate(amounts))
    result = ingest(tmp_path, {"x_2011.csv": f"{VEKTIS};kosten_farmacie\n{rows}"})
    expected = sum(Decimal(a) for a in amounts) * 100
    assert sum(row[3] for row in costs(result)) == expected


def warnings(result: Gelezen) -> list[tuple]:
    return result.rows(
        "select bestand, reden_code, element from waarschuwing "
        "inner join record using (record_nr) order by all"
    )


@pytest.mark.parametrize(
    "content",
    [
        f"{VEKTIS};kosten_farmacie\nLEIDEN;M;90+;10;9,5;-1234,5\n",
        f'{VEKTIS},kosten_farmacie\nLEIDEN,M,90+,10,"9,5","-1234,5"\n'.replace(";", ","),
        f"{VEKTIS},kosten_farmacie\nLEIDEN,M,90+,10,9.5,-1234.50\n".replace(";", ","),
        b"\xef\xbb\xbf"
        + f"{VEKTIS.upper()};KOSTEN FARMACIE\nLEIDEN;M;90+;10;9.5;-1234.5\n".encode(),
    ],
    ids=["decimal comma", "quoted comma", "comma between", "bom and capitals"],
)
def test_vektis_in_many_dresses(tmp_path, content) -> None:
    result = ingest(tmp_path, {"x_2011.csv": content})
    assert (result.redenen(), warnings(result)) == ([], [])
    assert costs(result) == [(2011, "LEIDEN", "farmacie", -123_450)]
    assert [row["verzekerdejaren"] for row in result.proj("reg_vektis_gemeente")] == ["9.5"]


def test_a_column_nobody_knows_is_told_once_a_file(tmp_path) -> None:
    kop = f"{VEKTIS};kosten_farmacie;kosten_ruimtevaart;zorgkosten_oud"
    rows = "LEIDEN;M;90+;10;9;1;2;3\nLEIDEN;V;90+;10;9;1;2;3\n"
    result = ingest(tmp_path, {"a_2030.csv": f"{kop}\n{rows}", "b_2031.csv": f"{kop}\n{rows}"})
    assert result.redenen() == []
    assert warnings(result) == [
        (file, code, column)
        for file in ("a_2030.csv", "b_2031.csv")
        for code, column in (
            ("KOLOM-ONGELEZEN", "zorgkosten_oud"), ("KOSTENSOORT-ONBEKEND", "kosten_ruimtevaart")
        )
    ]  # fmt: skip
    # What is not known is kept all the same, so that totals agree.
    assert {row[2] for row in costs(result)} == {"farmacie", "ruimtevaart"}


def test_a_column_that_is_there_twice_refuses_the_file(tmp_path) -> None:
    kop = f"{VEKTIS};kosten_farmacie;KOSTEN_FARMACIE"
    result = ingest(tmp_path, {"x_2011.csv": f"{kop}\nLEIDEN;M;90+;10;9;1;2\n"})
    assert result.redenen() == [(2, "reg_vektis_gemeente", "KOLOM-DUBBEL", "kosten_farmacie")]
