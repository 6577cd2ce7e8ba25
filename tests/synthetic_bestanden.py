"""Read the files of a demo region back, without any code of the generator."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from schemas.ei import Layout, layout

#: Standards a source declares in, by the name its files begin with.
LAYOUTS = {
    "ZH308": layout("ZH308", "9.0"),
    "HA304": layout("HA304", "4.2"),
    "AP304": layout("AP304", "8.0"),
    "MZ301": layout("MZ301", "1.3"),
    "PM304": layout("PM304", "3.2"),
    "AW319": layout("AW319", "1.4"),
    "GZ321": layout("GZ321", "1.0"),
}
BRONNEN = (
    "declaraties-msz",
    "declaraties-huisartsen",
    "declaraties-eerstelijn",
    "declaraties-verpleging",
    "declaraties-ggz",
)
ZIEKENHUIS = ("umc", "stz", "algemeen_ziekenhuis")


@dataclass(frozen=True)
class Regel:
    """One EI record: its code and the values by element number, fillers removed."""

    code: str
    waarden: dict[str, str]
    layout: Layout

    def element(self, kolom: str) -> str | None:
        """Number of the element that feeds a column."""
        found = self.layout.records[self.code].bij_kolom(kolom)
        return found.element if found else None

    def kolom(self, kolom: str) -> str:
        """Value of the element that feeds a column; empty without one."""
        return self.waarden.get(self.element(kolom) or "", "")

    def cent(self) -> int:
        """Declaratiebedrag with its sign."""
        cents = int(self.kolom("bedrag_cent") or 0)
        return -cents if self.kolom("debet_credit") == "C" else cents


@dataclass(frozen=True)
class Bericht:
    """One EI message file."""

    bron: str
    levering: int
    pad: Path

    @property
    def layout(self) -> Layout:
        major, minor = int(self.tekst[5:7]), int(self.tekst[7:9])
        return layout(self.standaard, f"{major}.{minor}")

    @property
    def standaard(self) -> str:
        return self.pad.name[:5]

    @cached_property
    def tekst(self) -> bytes:
        return self.pad.read_bytes()

    def records(self) -> list[Regel]:
        parsed = []
        for line in self.tekst.decode("latin-1").split("\r\n")[:-1]:
            elements = self.layout.records[line[:2]].elementen
            values = {e.element: line[e.begin - 1 : e.eind].strip() for e in elements}
            parsed.append(Regel(line[:2], values, self.layout))
        return parsed


class Gebied:
    """A demo region on disk."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad

    def waarheid(self, naam: str) -> list[dict[str, str]]:
        with (self.pad / "waarheid" / f"{naam}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def berichten(self, *, ook_geweigerd: bool = False) -> list[Bericht]:
        """Messages; those that intake must refuse as a whole only when asked for."""
        refused = {
            (f["bron_id"], f["bestand"])
            for f in self.waarheid("fouten")
            if f["reden_code"].startswith("EI-") and f["naam"][-2:] in ("01", "99")
        } | {
            (f["bron_id"], f["bestand"])
            for f in self.waarheid("fouten")
            if f["reden_code"] == "EI-LENGTE"
        }
        return [
            Bericht(bron, int(pad.parent.name), pad)
            for bron in BRONNEN
            for pad in sorted((self.pad / bron).glob("*/*.asc"))
            if ook_geweigerd or (bron, pad.name) not in refused
        ]

    def resources(self, bron: str, soort: str) -> list[tuple[int, int, dict[str, Any]]]:
        """(year of delivery, line, resource) of every readable line of a type."""
        found = []
        for pad in sorted((self.pad / bron).glob(f"*/{soort}.ndjson")):
            for number, line in enumerate(pad.read_bytes().split(b"\n")[:-1], start=1):
                try:
                    found.append((int(pad.parent.name), number, json.loads(line)))
                except json.JSONDecodeError:
                    continue
        return found

    def geldig(self, bron: str, soort: str) -> list[dict[str, Any]]:
        """The newest version of every resource without a planted fault."""
        faulty = {
            f["record_kenmerk"]
            for f in self.waarheid("fouten")
            if f["bron_id"] == bron and f["waar"] != "telling"
        }
        newest: dict[str, dict[str, Any]] = {}
        for _, _, resource in self.resources(bron, soort):
            key = f"{soort}/{resource['id']}"
            if key in faulty:
                continue
            if key not in newest or version(resource) > version(newest[key]):
                newest[key] = resource
        return list(newest.values())

    def tabel(self, bron: str, bestand: str) -> dict[int, list[dict[str, str]]]:
        """Rows of a register by year of delivery, without planted faults."""
        faulty = {
            (f["periode"], f["regel"]) for f in self.waarheid("fouten") if f["bron_id"] == bron
        }
        rows: dict[int, list[dict[str, str]]] = defaultdict(list)
        for pad in sorted((self.pad / bron).glob(f"*/{bestand}")):
            with pad.open(encoding="utf-8", newline="") as file:
                for number, row in enumerate(csv.DictReader(file, delimiter=";"), start=2):
                    if (pad.parent.name, str(number)) not in faulty:
                        rows[int(pad.parent.name)].append(row)
        return rows


def version(resource: dict[str, Any]) -> int:
    return int(resource["meta"]["versionId"])


def agb(reference: dict[str, Any]) -> str:
    return str(reference["identifier"]["value"])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def bedrag(record: Regel, element: str, teken: str) -> int:
    cents = int(record.waarden[element])
    return -cents if record.waarden[teken] == "C" else cents
