"""What is no file in a delivery is never opened, and refuses the delivery with a reason."""

from __future__ import annotations

import gc
import io
import json
import os
import socket
import stat
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest import delivered
from ingest.cli import app
from ingest.errors import StorageError, UsageError
from ingest.intake import ingest_path
from ingest.landing import land
from ingest.ledger import Ledger
from ingest.report import IntakeReport
from ingest.settings import Settings
from tests.ingest_state import BRON, ROWS

SECRET = "wachtwoord-van-de-machine"
SOURCES = {
    "fhir-huisartsen": ("p.ndjson", '{"resourceType":"Patient","id":"a"}\n'),
    "declaraties-msz": ("m.asc", "01geen bericht\n"),
    BRON: ("w.csv", "\n".join(ROWS[:2]) + "\n"),
}


def _folder(tmp_path: Path, bron: str) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    name, text = SOURCES[bron]
    (folder / name).write_text(text)
    return folder


def _nothing_of_it(settings: Settings, report: IntakeReport) -> None:
    """Refused as a whole, counted, and answered; the secret is nowhere."""
    total = report.total()
    assert report.status == "geweigerd"
    assert total.aangeleverd == total.quarantaine > 0
    found = Ledger(settings.ledger_address).find(report.levering_id)
    assert found is not None
    assert found.status == "geweigerd"
    page = settings.home / "terugkoppeling" / report.bron_id / report.levering_id / "rapport.html"
    assert "als geheel geweigerd" in page.read_text(encoding="utf-8")
    gc.collect()  # a journal of the ledger goes when the last connection to it does
    files = [file for file in settings.home.rglob("*") if file.is_file()]
    assert not [file for file in files if SECRET.encode() in file.read_bytes()]
    assert not [file for file in settings.home.rglob("*") if file.is_symlink()]
    assert list((settings.home / "werk").iterdir()) == []


@pytest.mark.parametrize("bron", SOURCES)
def test_a_link_is_not_followed(bron: str, tmp_path: Path, settings: Settings) -> None:
    """Not to a file and not to a folder, whoever reads; what lies beside it is refused with it."""
    folder = _folder(tmp_path, bron)
    (tmp_path / "geheim").mkdir()
    (tmp_path / "geheim" / "sleutel").write_text(SECRET)
    (folder / "a.ndjson").symlink_to(tmp_path / "geheim" / "sleutel")
    (folder / "map").symlink_to(tmp_path / "geheim")
    (folder / "nergens").symlink_to(tmp_path / "weg")
    report = ingest_path(folder, bron, settings, periode="2025")
    _nothing_of_it(settings, report)
    assert report.tabellen["onleesbaar"].aangeleverd >= 3
    codes = {(r.code, r.aantal) for r in report.redenen if r.tabel == "onleesbaar"}
    assert ("BESTAND-GEEN-BESTAND", 3) in codes
    assert "LEVERING-GEEN-BESTAND" in {r.code for r in report.redenen}
    again = ingest_path(folder, bron, settings, periode="2025", again=True)
    assert (again.levering_id, again.tabellen) == (report.levering_id, report.tabellen)


def _zip(info: zipfile.ZipInfo, content: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, content)
    return buffer.getvalue()


@pytest.mark.parametrize("what", ["link", "outward"])
@pytest.mark.parametrize("bron", SOURCES)
def test_a_link_or_a_way_out_in_an_archive(
    bron: str, what: str, tmp_path: Path, settings: Settings
) -> None:
    folder = _folder(tmp_path, bron)
    info = zipfile.ZipInfo("a" if what == "link" else "../../a.csv")
    info.create_system = 3
    info.external_attr = ((stat.S_IFLNK if what == "link" else stat.S_IFREG) | 0o644) << 16
    (folder / "a.zip").write_bytes(_zip(info, "/etc/hostname"))
    report = ingest_path(folder, bron, settings, periode="2025")
    _nothing_of_it(settings, report)
    assert "BESTAND-GEEN-BESTAND" in {r.code for r in report.redenen}


def test_pipes_sockets_and_devices_are_not_opened(tmp_path: Path, settings: Settings) -> None:
    folder = _folder(tmp_path, BRON)
    os.mkfifo(folder / "pijp")
    expected = 2
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket"))
        try:
            os.mknod(folder / "apparaat", stat.S_IFCHR | 0o600, os.makedev(1, 3))
            expected += 1
        except PermissionError:
            pass  # only root makes devices; the other two are tested all the same
        report = ingest_path(folder, BRON, settings, periode="2025")
    _nothing_of_it(settings, report)
    assert report.tabellen["onleesbaar"].quarantaine == expected
    told = (
        settings.home / "terugkoppeling" / BRON / report.levering_id / "rapport.json"
    ).read_text()
    words = {
        example["toelichting"]
        for reden in json.loads(told)["redenen"] if reden["code"] == "BESTAND-GEEN-BESTAND"
        for example in reden["voorbeelden"]
    }  # fmt: skip
    assert "pijp: dit is een pijp; die wordt niet gevolgd" in words
    assert len(words) == expected


def test_a_link_that_takes_the_place_of_a_file_just_now(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at and opened are two moments; the folder above it may change in between too."""
    (tmp_path / "geheim").mkdir()
    (tmp_path / "geheim" / "w.csv").write_text(SECRET)
    for deep in (False, True):
        folder = tmp_path / f"in{deep}"
        place = folder / "sub" if deep else folder
        place.mkdir(parents=True)
        (place / "w.csv").write_text("a;b\n")
        found, _ = delivered.found_in(folder)
        if deep:
            place.rename(tmp_path / "oud")
            place.symlink_to(tmp_path / "geheim")
        else:
            (place / "w.csv").unlink()
            (place / "w.csv").symlink_to(tmp_path / "geheim" / "w.csv")
        monkeypatch.setattr("ingest.landing.found_in", lambda _path, found=found: (found, 0))
        with pytest.raises(StorageError, match="cannot be taken in"):
            land(folder, BRON, settings)
    assert not [f for f in (settings.home / "landing").rglob("*") if f.is_file()]


def test_what_is_named_may_not_be_a_link(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "2025").symlink_to(tmp_path)
    with pytest.raises(UsageError, match="is a link"):
        ingest_path(tmp_path / "2025", BRON, settings)


def test_a_folder_without_files_is_no_delivery(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "in" / "leeg").mkdir(parents=True)
    with pytest.raises(UsageError, match="no files"):
        ingest_path(tmp_path / "in", BRON, settings)
    (tmp_path / "in" / ".verborgen").write_text("x")
    with pytest.raises(UsageError, match="1 hidden"):
        ingest_path(tmp_path / "in", BRON, settings)
    assert Ledger(settings.ledger_address).unfinished() == []


def test_a_folder_that_cannot_be_read_is_not_passed_over(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As any user but root meets it; root reads everything, so the system call is asked to fail."""
    folder = _folder(tmp_path, BRON)
    (folder / "dicht").mkdir()
    scan = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("dicht"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(
        StorageError, match=r"in cannot be taken in: Permission denied.*! -readable"
    ):
        ingest_path(folder, BRON, settings)


def test_folders_in_folders_and_odd_names_are_loaded(tmp_path: Path, settings: Settings) -> None:
    """Bytes that are no UTF-8, a line end, a terminal's control sequence, brackets of markup."""
    folder = tmp_path / "in"
    deep = folder.joinpath(*["m"] * 40)
    deep.mkdir(parents=True)
    text = "\n".join([*ROWS[:2], ROWS[-1]]) + "\n"
    names = [b"caf\xe9.csv", b"a\nb.csv", b"\x1b[31mrood.csv", b"[bold]x[red].csv", b"x" * 200]
    for n, name in enumerate(names):
        place = Path(os.fsdecode(os.fsencode(deep / "") + b"/" + name))
        place.write_text(text.replace("w1;", f"w{n}0;").replace("w3;", f"w{n}3;"))
    os.environ["IZA_HOME"] = str(settings.home)
    done = CliRunner().invoke(app, ["ingest", str(folder), "--bron", BRON, "--periode", "2025"])
    assert done.exit_code == 0, done.output
    assert "\x1b" not in done.stdout
    report = ingest_path(folder, BRON, settings, periode="2025")
    assert report.herhaling
    assert report.total().geaccepteerd == report.total().quarantaine == len(names)
