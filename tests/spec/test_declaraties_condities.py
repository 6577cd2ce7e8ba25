"""The conditions of each standard: good messages pass, and each rule is told where it is broken."""

from __future__ import annotations

from collections import defaultdict

import pytest

from ingest.declaraties.intake import read
from ingest.declaraties.rules.binding import bound_rules
from schemas.ei import Layout, alle_layouts
from schemas.ei.regels import algemene_regels, eigen_elementen, regels_van
from tests.ei_bericht import AGB, EiBericht
from tests.ei_condities import BASES, FOUTEN, GEDEELD, TOEGESTAAN, broken
from tests.ei_willekeurig import make
from tests.read_files import Gelezen, lees

FOLLOWS = ("EI-BERICHT-GEWEIGERD", "EI-BOVENLIGGEND")
NUMBERS = range(len(FOUTEN))


def _told(result: Gelezen) -> dict[str, set[tuple[str, str]]]:
    """What is told of each file: ``line:element`` and the reason in words."""
    rows = result.rows(
        "select bestand, regel || ':' || element, toelichting from afkeur"
        f" inner join record using (record_nr) where reden_code not in {FOLLOWS}"
    )
    found = defaultdict(set)
    for bestand, place, text in rows:
        found[bestand].add((place, text))
    return found


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, set[tuple[str, str]]]:
    """Every base and every fault in one delivery, a file each."""
    made = {name: base() for name, base in BASES.items()}
    made |= {f"fout {number:03d}": broken(fout) for number, fout in enumerate(FOUTEN)}
    made |= {
        f"goed {name}": broken((base, "", line, elements, values, set()))
        for name, (base, line, elements, values) in TOEGESTAAN.items()
    }
    files = {
        f"{name}.asc": bericht.zet(0, "0116", f"F{number:011d}").tekst()
        for number, (name, bericht) in enumerate(made.items())
    }
    return _told(lees(read, tmp_path_factory.mktemp("condities"), files))


@pytest.mark.parametrize("base", BASES)
def test_a_message_that_meets_every_condition_is_accepted(told, base) -> None:
    assert told.get(f"{base}.asc", set()) == set()


@pytest.mark.parametrize("name", TOEGESTAAN)
def test_what_no_condition_forbids_is_accepted(told, name) -> None:
    assert told.get(f"goed {name}.asc", set()) == set()


@pytest.mark.parametrize("number", NUMBERS, ids=lambda i: f"{FOUTEN[i][0]}-{FOUTEN[i][1]}")
def test_a_condition_that_is_broken_is_told_there_and_nowhere_else(told, number) -> None:
    base, rule, line, _, _, elements = FOUTEN[number]
    found = told[f"fout {number:03d}.asc"]
    expected = {e if ":" in e else f"{line}:{e}" for e in elements}
    assert {place for place, _ in found} == expected
    standaard, versie = base.split()[:2]
    texts = [r.regel.tekst for r in bound_rules(standaard, versie) if r.regel.id == rule]
    assert texts or rule.startswith(("element:", "naam:"))
    assert all(any(words.startswith(text) for _, words in found) for text in texts)


#: GZ321 is broken rule by rule in test_declaraties_outside, with the official files.
STANDARDS = sorted({tuple(base.split()[:2]) for base in BASES} - {("GZ321", "1.0")})


@pytest.mark.parametrize(("standaard", "versie"), STANDARDS)
def test_every_condition_of_a_standard_is_broken_once(standaard, versie) -> None:
    planted = {fault[1] for fault in FOUTEN if fault[0].split()[:2] == [standaard, versie]}
    rules = {r.id for r in regels_van(standaard, versie) if r.ernst == "weigering"}
    assert rules | {f"element:{e}" for e in eigen_elementen(standaard, versie)} <= planted


def test_every_condition_that_standards_share_is_broken_once() -> None:
    rules = {r.id for r in algemene_regels() if r.ernst == "weigering" and r.voor}
    assert {"land-buitenland", "debiteur-nummer"} <= rules
    assert rules | set(GEDEELD) <= {fault[1] for fault in FOUTEN}


RANDOM = [
    ("ZH308", "9.0", "101"),
    ("ZH308", "8.0", "101"),
    ("AW319", "1.4", "187"),
    ("AW319", "1.4", "428"),
    ("AW319", "1.4", "430"),
    ("AW319", "1.3", "428"),
    ("AP304", "7.2", "106"),
    ("AP304", "8.0", "193"),
    ("MZ301", "1.3", "176"),
    ("EP301", "1.2", "179"),
    ("DG301", "1.0", "181"),
    ("DG301", "2.0", "181"),
]


@pytest.mark.parametrize("soort", RANDOM, ids=lambda s: "-".join(s))
def test_of_300_random_messages_that_are_right_nothing_is_refused(tmp_path, soort) -> None:
    meant = make(*soort, 300, seed=sum(map(ord, "".join(soort))))
    result = lees(read, tmp_path, {"f.asc": b"".join(meant.write())})
    assert result.redenen()[:5] == []
    assert result.reading.bijzonder["berichten"] == 300


def test_an_insured_person_without_bsn_or_number_is_known_to_aw319_alone(tmp_path) -> None:
    """AW319 asks the number where it is known; the other standards ask it when the BSN is not."""
    made = {}
    for name in ("AW319 1.4", "MZ301 1.3"):
        bericht = BASES[name]().zet(1, "0203", "999999999").zet(1, "0205", " " * 15)
        bericht.zet(2, "0403", "999999999").zet(2, "0405", " " * 15)
        made[f"{name}.asc"] = bericht.tekst()
    found = _told(lees(read, tmp_path, made))
    assert set(found) == {"MZ301 1.3.asc"}
    assert {place for place, _ in found["MZ301 1.3.asc"]} == {"2:0203", "2:0205"}


HEEN = [x for x in alle_layouts() if x.richting == "heen"]
#: What a message may not leave out, though its layout calls it conditional: who receives and who
#: declares, the subversion, and what the closing record counts.
_NODIG = ("0104", "0108", "0112")
#: Values of mandatory elements that a list or condition asks; all others are any of their type.
_LIJSTEN = {
    "VK301": {"0416": "1234"},
    "AW319": {"0102": "428", "0416": "065"},
    "DG301": {"0408": "050", "0612": "12345"},
}


def _bare(indeling: Layout) -> EiBericht:
    """A message in which nothing is filled but what every message must fill."""
    own = _LIJSTEN.get(indeling.standaard, {})
    kop = {f"e{e}": v for e, v in own.items() if e.startswith("01")}
    b = EiBericht(indeling.standaard, indeling.versie, **kop).verzekerde()
    for code in ("04", "06"):
        if code in indeling.records:
            record = indeling.records[code]
            blank = {f"e{e.element}": "" for e in record.elementen if e.verplicht != "M"}
            given = {f"e{e}": v for e, v in own.items() if e.startswith(code)}
            agb = {
                f"e{e.element}": AGB
                for e in record.elementen
                if e.verplicht == "M" and e.naam.startswith("Zorgverlenerscode")
            }
            b.voeg_toe(code, **(blank | agb | given))
    return b.sluit()


def test_a_message_with_its_mandatory_elements_alone_is_accepted(tmp_path) -> None:
    """But for GZ321, whose conditions ask more of a tariff; the official files hold it."""
    made = {}
    for indeling in (x for x in HEEN if x.standaard != "GZ321"):
        bericht = _bare(indeling)
        for line, text in enumerate(bericht.regels):
            for e in indeling.records[text[:2]].elementen:
                if (
                    e.verplicht in ("C", "O")
                    and text[:2] in ("01", "02")
                    and e.element not in _NODIG
                ):
                    bericht.zet(line, e.element, ("0" if e.type == "N" else " ") * e.lengte)
        made[f"{indeling.standaard} {indeling.versie}.asc"] = bericht.tekst()
    assert _told(lees(read, tmp_path, made)) == {}
