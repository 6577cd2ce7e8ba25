"""The field rules against an independent judge, on records with one element made odd."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ingest.declaraties.intake import read
from schemas.ei import Element
from tests.ei_bericht import BSN, EiBericht, ha304_voorbeeld, zh308_voorbeeld
from tests.read_files import lees

ODD = [
    "",
    "0",
    "X",
    " ",
    "9",
    "20230132",
    "20230431",
    "20230230",
    "20230229",
    "20240229",
    "20231301",
    "99999999",
    "D",
    "C",
    "1 ",
    " 1",
]


#: Elements whose values are known, by the beginning of their name.
AGB = r"(?!00|99)\d\d(?!000000)\d{6}"
SHAPES = {
    "zorgverlenerscode": AGB,
    "instellingscode": AGB,
    "praktijkcode": AGB,
    "afwijkende instellingscode": AGB,
    "specialisme": r"(?!00|99)\d{4}",
    "zorgverlenersspecificatie": r"(?!00|99)\d{4}",
    "postcode (": r"[1-9]\d{3}[A-Z]{2}",
    "btw-percentage": "0000|0600|0900|1900|2100",
    "aanduiding prestatiecodelijst": "001|990|999|041",
    "naamcode/naamgebruik (01)": "[1-6]",
    "naamcode/naamgebruik (02)": "2",
    "naamcode/naamgebruik (03)": "[1-4]",
    "code land": "NL",
    "doorsturen": "[12]",
    "indicatie client overleden": "[12]",
    "indicatie ongeval": "[JN]",
    "code (zelf)verwijzer": "0[1-9]",
}
#: Narrower by the conditions of ZH308 v9.0, by element number.
ZH308 = {
    "0208": "[12]",
    "0209": "1",
    "0409": "041|016|990",
    "0439": r"(?!00|99|0300)\d{4}",
    "0613": r"(?!00|99|0300)\d{4}",
    "1615": "00",
}


def judged(standard: str, element: Element, value: str) -> bool:
    """Whether a value is accepted, written down once more from the rules."""
    own = ZH308.get(element.element) if standard == "ZH308" else None
    name = element.naam.lower()
    mandatory = element.verplicht == "M"
    if element.verplicht == "S":
        return not value.strip()
    blank = not value.strip() or (element.type == "N" and set(value) == {"0"})
    for named, general in SHAPES.items():
        if good := own or (general if name.startswith(named) else None):
            return (blank and not mandatory and value.strip() != "") or (
                re.fullmatch(good, value) is not None
                or (element.type == "AN" and blank and not mandatory)
            )
    if name.startswith("indicatie debet/credit"):
        return value in ("D", "C") or (not mandatory and value == " ")
    if element.type == "AN":
        return value[0] != " " if value.strip() else not mandatory
    if not (value.isascii() and value.isdigit()):
        return False
    empty = set(value) == {"0"}
    if element.lengte == 8 and ("datum" in name or "dagtekening" in name):
        return not mandatory if empty else is_day(value)
    if name.startswith("code geslacht"):
        return value in ("0", "1", "2")
    means_empty = ("identificatie detail", "burgerservice", "uzovi", "prestatiecode", "aanduiding")
    codes = ("code externe", "identificatiecode")
    if element.codelijst and element.lengte > 1 and set(value) == {"9"}:
        return False
    return not (mandatory and empty and name.startswith(means_empty + codes))


def is_day(value: str) -> bool:
    try:
        date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return False
    return True


def odd_values(element: Element) -> list[str]:
    values = {v.ljust(element.lengte)[: element.lengte] for v in ODD}
    values |= {v.rjust(element.lengte, "0")[: element.lengte] for v in ODD if v.strip()}
    return sorted(values)


def detail_cases() -> list[tuple[str, int, Element]]:
    cases = []
    for name, example in (("ZH308", zh308_voorbeeld()), ("HA304", ha304_voorbeeld())):
        seen = set()
        for index, line in enumerate(example.regels):
            if line[:2] not in seen | {"01", "99"}:
                seen.add(line[:2])
                elements = example.layout.records[line[:2]].elementen
                cases += [(name, index, e) for e in elements if e.begin > 1]
    return cases


def test_every_element_of_every_record_is_judged_as_written(tmp_path) -> None:
    """One message an odd value, all in one delivery; the message differs in its invoice number."""
    messages: list[str] = []
    expected: dict[str, tuple[str, bool]] = {}
    for name, index, element in detail_cases():
        for value in odd_values(element)[index % 2 :: 2]:
            if "bsn" in element.naam.lower() and value != BSN:
                continue  # the 11-proef is another rule
            example = zh308_voorbeeld() if name == "ZH308" else ha304_voorbeeld()
            invoice = f"F{len(messages):011d}"
            example.zet(0, "0116", invoice).zet(index, element.element, value)
            messages.append(example.tekst())
            expected[invoice] = (element.element, judged(name, element, value))
    result = lees(read, tmp_path, {"f.asc": "".join(messages)})
    faults = dict.fromkeys(expected, "")
    for invoice, found in result.rows(
        """
        select substring(kop.tekst, 81, 12), afkeur.element
        from afkeur
        inner join ei_regel using (record_nr)
        inner join record as kop on ei_regel.bericht_nr = kop.record_nr
        where reden_code in (
            'VERPLICHT-LEEG', 'FORMAAT-ONJUIST', 'CODE-ONBEKEND', 'EI-UITLIJNING', 'EI-RESERVE',
            'EI-NIET-VULLEN'
        )
        """
    ):
        faults[invoice] += found
    wrong = {
        invoice: (element, good, faults[invoice])
        for invoice, (element, good) in expected.items()
        if faults[invoice] != ("" if good else element)
    }
    assert len(expected) > 1_000
    assert sum(good for _, good in expected.values()) > 100
    assert wrong == {}


@pytest.mark.parametrize(
    ("zorg", "expected"),
    [
        ({"betaling_aan": "04"}, "06000001"),
        ({"betaling_aan": "03", "praktijk": "01000009", "instelling": 0}, "01000009"),
        (
            {"betaling_aan": "02", "praktijk": "01000009", "zorgverlener": "01000008"}
            | {"instelling": 0},
            "01000008",
        ),
        ({"betaling_aan": "01", "servicebureau": "98000001"}, "06000001"),
        ({"betaling_aan": "01", "servicebureau": "98000001", "instelling": 0}, "98000001"),
    ],
)
def test_who_declares(tmp_path, zorg, expected) -> None:
    bericht = EiBericht(**zorg).verzekerde().prestatie().tarief(100).sluit()
    result = lees(read, tmp_path, {"f.asc": bericht.tekst()})
    assert [row["declarant_id"] for row in result.proj("decl_bericht")] == [expected]
