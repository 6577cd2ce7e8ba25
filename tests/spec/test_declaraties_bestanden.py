"""How messages come: character sets, line ends, packing, several in a file, cut anywhere.

Whatever way the same messages are sent, the same rows come out, and the same refusals.
"""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from ingest import textlines
from ingest.declaraties import store
from ingest.declaraties.intake import read
from tests.ei_bericht import EiBericht, ha304_voorbeeld, zh308_voorbeeld
from tests.read_files import Gelezen, lees

NAAM = "Müller-Çelik"


def messages(naam: str = NAAM) -> list[EiBericht]:
    """Two good messages with a diacritic, and one with a refused person."""
    bad = zh308_voorbeeld().zet(0, "0116", "F3".ljust(12)).zet(1, "0208", "7")
    found = [zh308_voorbeeld(), ha304_voorbeeld(), bad]
    for message in found:
        message.zet(1, "0210", naam.ljust(25))
    found[0].zet(0, "0116", "Fé2023001".ljust(12))
    return found


def lines(naam: str = NAAM) -> list[str]:
    return [line for message in messages(naam) for line in message.regels]


def outcome(result: Gelezen) -> dict[str, object]:
    """All rows, counts and refusals, without the place in the file."""
    tables = {tabel: result.proj(tabel) for tabel in result.reading.tabellen}
    refused = result.rows(
        "select naam, reden_code, element, tekst from afkeur join record using (record_nr)"
        " order by record_nr, reden_code, element"
    )
    return {**tables, "telling": result.telling(), "geweigerd": refused}


def read_whole(folder, content: bytes | dict[str, bytes]) -> dict[str, object]:
    folder.mkdir()
    files = content if isinstance(content, dict) else {"b.asc": content}
    result = lees(read, folder, files)
    result.reading.teksten()
    return outcome(result)


@pytest.fixture
def expected(tmp_path) -> dict[str, object]:
    found = read_whole(tmp_path / "zoals bedoeld", "\r\n".join(lines()).encode("latin-1"))
    assert len(found["decl_verzekerde"]) == 4
    return found


@pytest.mark.parametrize(
    ("end", "charset"),
    [
        ("\r\n", "latin-1"),
        ("\n", "latin-1"),
        ("\n", "cp1252"),
        ("\r\n", "utf-8"),
        ("\n", "utf-8-sig"),
    ],
)
def test_character_sets_and_line_ends_give_the_same(tmp_path, expected, end, charset) -> None:
    assert read_whole(tmp_path / "anders", end.join(lines()).encode(charset)) == expected


def test_mixed_line_ends_and_blank_lines_give_the_same(tmp_path, expected) -> None:
    ends = ("\r\n", "\n", "\r\n\r\n", "\n\n")
    text = "".join(line + ends[at % 4] for at, line in enumerate(lines()))
    assert read_whole(tmp_path / "anders", text.encode("latin-1")) == expected


@pytest.mark.parametrize("naam", ["Šimić €", "Łukasz Żółć", "𝒜 Ω"])
def test_a_letter_that_latin_1_has_not_takes_one_position(tmp_path, naam) -> None:
    """Positions do not shift, and the raw text of what is refused is the sender's."""
    text = "\r\n".join(lines(naam))
    for charset in ("utf-8", "utf-8-sig"):
        found = read_whole(tmp_path / charset, text.encode(charset))
        assert len(found["decl_verzekerde"]) == 4
        codes = {(code, element) for _, code, element, _ in found["geweigerd"]}
        assert codes == {("CODE-ONBEKEND", "0208"), ("EI-BOVENLIGGEND", None)}
        assert naam in found["geweigerd"][0][3]


def test_windows_1252_beyond_latin_1(tmp_path) -> None:
    text = "\r\n".join(lines("Šimic €"))
    one, other = (read_whole(tmp_path / c, text.encode(c)) for c in ("utf-8", "cp1252"))
    assert one == other
    assert len(one["decl_verzekerde"]) == 4


def test_packed_and_in_a_folder_give_the_same(tmp_path, expected) -> None:
    parts = ["\r\n".join(m.regels).encode("latin-1") for m in messages()]
    whole = b"\r\n".join(parts)
    assert read_whole(tmp_path / "gz", {"b.asc.gz": gzip.compress(whole, mtime=0)}) == expected
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for at, part in enumerate(parts):
            archive.writestr(f"{at}.asc", part)
    assert read_whole(tmp_path / "zip", {"b.zip": buffer.getvalue()}) == expected
    files = {f"map/{at}.asc": part for at, part in enumerate(parts)}
    assert read_whole(tmp_path / "map", files) == expected
    two = {"a.asc": parts[0], "b.asc.gz": gzip.compress(b"\n".join(parts[1:]), mtime=0)}
    assert read_whole(tmp_path / "twee", two) == expected


@pytest.mark.parametrize("size", [1, 311, 613, 2_000, 5_000])
@pytest.mark.parametrize("charset", ["latin-1", "utf-8"])
def test_where_blocks_are_cut_does_not_show(tmp_path, monkeypatch, expected, size, charset) -> None:
    monkeypatch.setattr(textlines, "BLOCK_BYTES", size)
    content = "\r\n".join(lines()).encode(charset)
    assert read_whole(tmp_path / "anders", content) == expected


@pytest.mark.parametrize("rows", [1, 3, 32_768])
def test_records_kept_in_files_are_the_same(tmp_path, monkeypatch, expected, rows) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(store, "MEMORY_BYTES", 0)
    monkeypatch.setattr(store, "_ROWS_AT_ONCE", rows)
    monkeypatch.setattr(textlines, "BLOCK_BYTES", 700)
    content = "\n".join(lines()).encode()
    assert read_whole(tmp_path / "anders", content) == expected
    assert list(tmp_path.glob("*-ei-*/*.parquet"))


@pytest.mark.parametrize("size", [1, 700, 1 << 20])
def test_records_that_differ_from_the_one_above_in_another_block(
    tmp_path, monkeypatch, size
) -> None:
    """A person, a prestatie and a number that are not as above, wherever a block ends."""
    bad = zh308_voorbeeld()
    bad.zet(7, "0403", "123456782").zet(5, "0609", "20230102").zet(10, "0402", "000000000001")
    monkeypatch.setattr(textlines, "BLOCK_BYTES", size)
    result = lees(read, tmp_path, {"b.asc": bad.tekst()})
    found = {(r[0], r[2], r[3]) for r in result.redenen() if r[2] != "EI-BOVENLIGGEND"}
    assert {
        (8, "EI-VERZEKERDE-ONGELIJK", "0403"),
        (6, "EI-HERHALING", "0609"),
        (11, "EI-NUMMER-DUBBEL", "0402"),
    } <= found
