"""What random messages mean, written out record by record, without the help of the writer.

A plain walk through the tree gives each record its place and number; what it repeats from above
stands here element by element, as the standards say it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from schemas.ei import Element, Layout
from tests.ei_willekeurig import Bedoeld

Waarde = bytes | int
_ONDER_02 = {
    "AP304": {"0408": "0207"},
    "ZH308": {"0408": "0207"},
    "AW319": {"0408": "0224", "0409": "0225"},
}
_GZ = {"06": "0408", "07": "0409", "08": "0411", "09": "0413"}
_ONDER_04 = {
    "ZH308": {
        "06": {"06": "0409", "08": "0410", "09": "0411", "10": "0413"},
        "16": {"06": "0409", "07": "0410", "08": "0411", "09": "0413"},
    },
    "GZ321": {"06": _GZ, "16": _GZ, "17": _GZ},
}


@dataclass
class Regel:
    """One record: its message, what its elements hold, and what it stands under."""

    bericht: int
    code: str
    waarden: dict[str, Waarde]
    prestatie: dict[str, Waarde] = field(default_factory=dict)


class Uitgeschreven:
    """Random messages, record by record.

    Args:
        meant: what is meant.
    """

    def __init__(self, meant: Bedoeld) -> None:
        self.meant = meant
        self.layout: Layout = meant.layout
        self._columns = {
            code: {nr: column.tolist() for nr, column in columns.items()}
            for code, columns in meant.waarden.items()
        }
        self._children: dict[tuple[str, int], list[int]] = defaultdict(list)
        for code, ouder in meant.boom.ouder.items():
            for i, above in enumerate(ouder.tolist()):
                self._children[code, above].append(i)
        first = 0
        self._comments: dict[tuple[str, int], list[int]] = defaultdict(list)
        for code, over in meant.boom.comments():
            for i, above in enumerate(over.tolist()):
                self._comments[code, above].append(first + i)
            first += len(over)
        self.regels: list[Regel] = []
        for i in range(meant.boom.berichten):
            self._message(i)

    def _message(self, bericht: int) -> None:
        self._number = 0
        for person in self._children["02", bericht]:
            who = self._add(bericht, "02", person, {})
            for care in self._children["04", person]:
                sign = {"teken": b"C" if self.meant.boom.credit[care] else b"D"}
                above = sign | self._who(who, "04") | self._from_person(who)
                found = self._add(bericht, "04", care, above)
                for code in ("06", "16", "17"):
                    if code not in self.meant.boom.ouder:
                        continue
                    for child in self._children[code, care]:
                        above = sign | self._who(who, code) | self._from_care(found, code)
                        self._add(bericht, code, child, above, found)

    def _who(self, who: dict[str, Waarde], code: str) -> dict[str, Waarde]:
        return {f"{code}{nr}": who[f"02{nr}"] for nr in ("03", "04", "05")}

    def _from_person(self, who: dict[str, Waarde]) -> dict[str, Waarde]:
        repeats = _ONDER_02.get(self.layout.standaard, {})
        return {here: who[there] for here, there in repeats.items()}

    def _from_care(self, care: dict[str, Waarde], code: str) -> dict[str, Waarde]:
        repeats = _ONDER_04[self.layout.standaard][code]
        return {f"{code}{here}": care[there] for here, there in repeats.items()}

    def _add(
        self,
        bericht: int,
        code: str,
        at: int,
        above: dict[str, Waarde],
        care: dict[str, Waarde] | None = None,
    ) -> dict[str, Waarde]:
        self._number += 1
        given = {nr: column[at] for nr, column in self._columns[code].items()}
        values = self._complete(code, given | above | {f"{code}02": self._number})
        self.regels.append(Regel(bericht, code, values, care or {}))
        for i, comment in enumerate(self._comments[code, at], start=1):
            text = self._columns["98"]["9804"][comment]
            given = {"9802": self._number, "9803": i, "9804": text}
            self.regels.append(Regel(bericht, "98", self._complete("98", given)))
        return values

    def _complete(self, code: str, given: dict[str, Waarde]) -> dict[str, Waarde]:
        """Every element of a record; what is in no table is the reserve."""
        values: dict[str, Waarde] = {}
        for element in self.layout.records[code].elementen:
            if element.begin == 1:
                values[element.element] = int(code)
            elif element.verplicht == "S":
                values[element.element] = b""
            elif (element.codelijst or "").startswith("COD043"):
                values[element.element] = given["teken"]
            else:
                values[element.element] = given[element.element]
        return values

    def of_kind(self, code: str) -> list[Regel]:
        """The records of a kind, in order."""
        return [r for r in self.regels if r.code == code]

    def heads(self) -> list[dict[str, Waarde]]:
        """Records 01."""
        columns = {nr: column.tolist() for nr, column in self.meant.kop.items()}
        major, minor = map(int, self.layout.versie.split("."))
        fixed = {"0101": 1, "0103": major, "0104": minor, "0105": b"P", "0119": b"EUR", "0180": b""}
        n = self.meant.boom.berichten
        return [fixed | {nr: column[i] for nr, column in columns.items()} for i in range(n)]

    def closing(self) -> list[dict[str, Waarde]]:
        """Records 99, counted record by record; ``aantal_`` by the name of what is counted."""
        n = self.meant.boom.berichten
        money = self._money()
        counts = [defaultdict(int) for _ in range(n)]
        total = [0] * n
        for regel in self.regels:
            counts[regel.bericht][regel.code] += 1
            if regel.code == money[0]:
                amount = regel.waarden[money[1]]
                credit = regel.waarden[money[2]] == b"C"
                total[regel.bericht] += -int(amount) if credit else int(amount)
        return [self._close(counts[i], total[i]) for i in range(n)]

    def _money(self) -> tuple[str, str, str]:
        return {
            "ZH308": ("06", "0620", "0621"),
            "GZ321": ("06", "0625", "0626"),
            "HA304": ("04", "0418", "0419"),
            "AP304": ("04", "0443", "0444"),
            "AW319": ("04", "0429", "0430"),
            "MZ301": ("04", "0430", "0431"),
            "PM304": ("04", "0432", "0433"),
        }[self.layout.standaard]

    def _close(self, counts: dict[str, int], total: int) -> dict[str, Waarde]:
        names = {
            "verzekerdenrecords": "02", "debiteurrecords": "03", "prestatierecords": "04",
            "tariefrecords": "06", "zorgactiviteitrecords": "16", "tijdsbestedingrecords": "17",
            "commentaarrecords": "98",
        }  # fmt: skip
        values: dict[str, Waarde] = {}
        for element in self.layout.records["99"].elementen:
            last = element.naam.lower().split(" ")[-1]
            if element.begin == 1:
                values[element.element] = 99
            elif element.verplicht == "S":
                values[element.element] = b""
            elif last in names:
                values[element.element] = counts[names[last]]
            elif last == "detailrecords":
                values[element.element] = sum(counts.values())
            elif last == "declaratiebedrag":
                values[element.element] = abs(total)
            else:
                values[element.element] = b"C" if total < 0 else b"D"
        return values


def sent(element: Element, waarde: Waarde) -> str:
    """The characters that stand in the message: zeros before a number, spaces after text."""
    text = waarde.decode("latin-1") if isinstance(waarde, bytes) else str(waarde)
    return text.rjust(element.lengte, "0") if element.type == "N" else text.ljust(element.lengte)


def read_as(element: Element, waarde: Waarde) -> str | None:
    """What the reader must make of an element: trimmed text, and null where nothing is filled."""
    if element.type == "AN":
        text = waarde.decode("latin-1") if isinstance(waarde, bytes) else str(waarde)
        return text if text or element.verplicht == "M" else None
    text = sent(element, waarde)
    return text if element.verplicht == "M" or text.strip("0") else None


def key_of(message: bytes) -> str:
    """The key of a message: a hash of its lines, whatever their ends."""
    text = message.decode("latin-1").replace("\r\n", "\n").removesuffix("\n")
    return "b" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
