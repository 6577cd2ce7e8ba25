"""Messages in a stream of lines: recognition, boundaries, keys, nesting."""

from __future__ import annotations

import hashlib

import pytest

from ingest import textlines
from ingest.declaraties.messages import MessageCutter
from ingest.declaraties.nesting import Nester
from ingest.declaraties.recognise import recognise
from ingest.textlines import read_blocks
from tests.ei_bericht import ha304_voorbeeld, zh308_voorbeeld
from tests.read_files import write_files


@pytest.mark.parametrize(
    ("kop", "voorvoegsel", "layout", "reden", "element"),
    [
        ("011010900P", "ZH308", "9.0", None, None),
        ("011120402P", "HA304", "4.2", None, None),
        ("011950100P", "GZ321", "1.0", None, None),
        ("011010900T", "ZH308", "9.0", "EI-TESTBERICHT", "0105"),
        ("011010900X", "ZH308", "9.0", "CODE-ONBEKEND", "0105"),
        ("011010700P", "ZH308", None, "EI-STANDAARD-ONBEKEND", "0103"),
        ("011010901P", "ZH308", None, "EI-STANDAARD-ONBEKEND", "0104"),
        ("011170102P", "EI-117", None, "EI-STANDAARD-ONBEKEND", "0102"),
        ("0110109XXP", None, None, "EI-STANDAARD-ONBEKEND", "0104"),
        ("01101XX00P", None, None, "EI-STANDAARD-ONBEKEND", "0103"),
        ("01", None, None, "EI-STANDAARD-ONBEKEND", "0102"),
        ("020000000", None, None, "EI-VOORLOOP-ONTBREEKT", "0101"),
        ("", None, None, "EI-VOORLOOP-ONTBREEKT", "0101"),
    ],
)
def test_recognition_by_the_first_ten_positions(kop, voorvoegsel, layout, reden, element) -> None:
    found = recognise(kop)
    assert (found.voorvoegsel, found.reden, found.element) == (voorvoegsel, reden, element)
    assert (found.layout.versie if found.layout else None) == layout


def key(lines: list[str]) -> str:
    return "b" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def cut(folder, content: str):
    (file,) = write_files(folder, {"f.asc": content})
    cutter, nester, rows = MessageCutter(), Nester(), []
    for block in read_blocks(file):
        lines = cutter.cut(block)
        nesting = nester.add(lines)
        rows += zip(
            lines.record_nr.tolist(),
            lines.bericht_nr.tolist(),
            lines.kenmerk.tolist(),
            [cutter.namen.namen[i] for i in lines.naam_nr],
            nesting.verzekerde_nr.tolist(),
            nesting.prestatie_nr.tolist(),
            nesting.vorige.tolist(),
            strict=True,
        )
    return cutter.berichten, rows


@pytest.mark.parametrize("size", [1, 100, 611, 1 << 20])
def test_keys_and_places_do_not_depend_on_blocks(tmp_path, monkeypatch, size) -> None:
    monkeypatch.setattr(textlines, "BLOCK_BYTES", size)
    zh, ha = zh308_voorbeeld(), ha304_voorbeeld()
    berichten, rows = cut(tmp_path, zh.tekst() + ha.tekst("\n"))
    assert [(b.nr, b.sleutel) for b in berichten] == [(1, key(zh.regels)), (14, key(ha.regels))]
    assert rows == [
        (1, 1, 1, "ZH308/01", 0, 0, 0),
        (2, 1, 2, "ZH308/02", 2, 0, 1),
        (3, 1, 4, "ZH308/04", 2, 3, 2),
        (4, 1, 6, "ZH308/06", 2, 3, 4),
        (5, 1, 98, "ZH308/98", 2, 3, 6),
        (6, 1, 6, "ZH308/06", 2, 3, 6),
        (7, 1, 16, "ZH308/16", 2, 3, 6),
        (8, 1, 4, "ZH308/04", 2, 8, 16),
        (9, 1, 6, "ZH308/06", 2, 8, 4),
        (10, 1, 2, "ZH308/02", 10, 0, 6),
        (11, 1, 4, "ZH308/04", 10, 11, 2),
        (12, 1, 6, "ZH308/06", 10, 11, 4),
        (13, 1, 99, "ZH308/99", 0, 0, 6),
        (14, 14, 1, "HA304/01", 0, 0, 0),
        (15, 14, 2, "HA304/02", 15, 0, 1),
        (16, 14, 4, "HA304/04", 15, 16, 2),
        (17, 14, 4, "HA304/04", 15, 17, 4),
        (18, 14, 99, "HA304/99", 0, 0, 4),
    ]


def test_line_ends_and_encoding_do_not_change_the_key(tmp_path) -> None:
    lines = ["011010900Pé", "02x"]
    for number, content in enumerate(["\r\n".join(lines), "\n".join(lines) + "\n\n"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert [b.sleutel for b in cut(folder, content)[0]] == [key(lines)]


def test_names_of_what_has_no_layout(tmp_path) -> None:
    content = "ruis\n011170102P\n02x\nx2\n"
    _, rows = cut(tmp_path, content)
    assert [(row[1], row[3]) for row in rows] == [
        (1, "onleesbaar"), (2, "EI-117/01"), (2, "EI-117/02"), (2, "onleesbaar"),
    ]  # fmt: skip
