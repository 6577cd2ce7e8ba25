"""A writer of small EI messages for tests; positions come from ``schemas.ei`` alone.

It fills what an element must hold to be accepted, keeps the numbering of the detail records and
closes with counts and a total. Tests then break one thing.
"""

from __future__ import annotations

from collections import Counter

from schemas.ei import Element, Layout, Record, layout

BSN = "111222333"  # passes the 11-proef
BSN_TWEE = "123456782"
AGB = "06000001"
UZOVI = "9991"

_VERPLICHT = {
    "geboortedatum": "19600101",
    "geslacht": "1",
    "begindatum": "20230105",
    "einddatum": "20230105",
    "dagtekening": "20240115",
    "prestatiecodelijst": "041",
    "prestatiecode": "12345",
    "aantal": "1",
    "zorgactiviteitcode": "190008",
    "soort_tarief": "02",
    "factuurnummer": "F2023001",
    "betaling_aan": "04",
    "instelling": AGB,
    "uzovi": UZOVI,
    "bsn": BSN,
}


def _standaardwaarde(element: Element) -> str:
    if element.kolom in _VERPLICHT:
        return _VERPLICHT[element.kolom]
    if element.verplicht != "M":
        return ""
    naam = element.naam.lower()
    if naam.startswith("indicatie debet/credit"):
        return "D"
    if "datum" in naam:
        return "20230105"
    if naam.startswith("burgerservicenummer"):
        return BSN
    if naam.startswith("uzovi"):
        return UZOVI
    if naam.startswith(("zorgverlenerscode", "praktijkcode", "instellingscode")):
        return AGB
    return "1" if element.type == "N" else "X"


def vul(element: Element, waarde: str | int) -> str:
    """A value in the form of its element: zeros before a number, spaces after text."""
    tekst = str(waarde)
    assert len(tekst) <= element.lengte, f"{element.element}: '{tekst}' is too long"
    return tekst.rjust(element.lengte, "0") if element.type == "N" else tekst.ljust(element.lengte)


def regel(record: Record, waarden: dict[str, str | int]) -> str:
    """One record line. ``waarden`` names elements by number (``e0203``) or by ``kolom``."""
    bekend = {e.kolom for e in record.elementen} | {f"e{e.element}" for e in record.elementen}
    assert set(waarden) <= bekend, set(waarden) - bekend
    delen = []
    for element in record.elementen:
        waarde = waarden.get(f"e{element.element}", waarden.get(element.kolom or "-"))
        if element.begin == 1:
            waarde = record.code
        delen.append(vul(element, _standaardwaarde(element) if waarde is None else waarde))
    return "".join(delen)


def _naam(element: Element) -> str:
    """The name by which a record repeats an element of its prestatie."""
    return element.naam.lower().removesuffix(" (01)").removesuffix(" algemeen")


_VAN_VERZEKERDE = (
    "datum geboorte verzekerde",
    "code indicatieorgaan",
    "cliëntnummer indicatieorgaan",
)
_HERHAALD = (
    "aanduiding prestatiecodelijst",
    "prestatiecode/dbc declaratiecode",
    "declaratiecode",
    "begindatum prestatie",
    "prestatievolgnummer",
    "indicatie debet/credit",
)


class EiBericht:
    """A message under construction.

    Args:
        standaard: for example ``ZH308``.
        versie: for example ``9.0``.
        kop: elements of record 01.
    """

    def __init__(self, standaard: str = "ZH308", versie: str = "9.0", **kop: str | int) -> None:
        self.layout: Layout = layout(standaard, versie)
        hoofd, sub = versie.split(".")
        vast: dict[str, str | int] = {
            "e0102": self.layout.ei_code,
            "e0103": hoofd,
            "e0104": sub,
            "e0105": "P",
            "e0119": "EUR",
        }
        self.regels = [regel(self.layout.records["01"], vast | kop)]
        self._persoon: dict[str, str | int] = {}
        self._totaal = 0

    def voeg_toe(self, code: str, **waarden: str | int) -> EiBericht:
        """Add a detail record; person fields repeat those of the last verzekerde."""
        record = self.layout.records[code]
        nummer = {f"e{code}02": len(self.regels)}
        herhaald = {f"e{code}{nr}": waarde for nr, waarde in self._persoon.items()}
        vast = nummer | (herhaald if code not in ("02", "03", "98") else {})
        vast |= self._van_verzekerde(code) | self._van_prestatie(code)
        self.regels.append(regel(record, vast | waarden))
        self._tel_bedrag(record)
        return self

    def _van_verzekerde(self, code: str) -> dict[str, str | int]:
        """What a record 04 repeats of the verzekerde above it beyond the numbers."""
        if code != "04":
            return {}
        boven = next(r for r in reversed(self.regels) if r[:2] == "02")
        waarden = {
            _naam(e): boven[e.begin - 1 : e.eind] for e in self.layout.records["02"].elementen
        }
        return {
            f"e{e.element}": waarden[_naam(e)]
            for e in self.layout.records[code].elementen
            if _naam(e) in _VAN_VERZEKERDE
        }

    def _van_prestatie(self, code: str) -> dict[str, str | int]:
        """What a record 06, 16 or 17 repeats of the prestatie above it."""
        if code not in ("06", "16", "17"):
            return {}
        boven = next(r for r in reversed(self.regels) if r[:2] == "04")
        waarden = {
            _naam(e): boven[e.begin - 1 : e.eind] for e in self.layout.records["04"].elementen
        }
        return {
            f"e{e.element}": waarden[_naam(e)]
            for e in self.layout.records[code].elementen
            if _naam(e) in _HERHAALD and _naam(e) in waarden
        }

    def _tel_bedrag(self, record: Record) -> None:
        bedrag, teken = record.bij_kolom("bedrag_cent"), record.bij_kolom("debet_credit")
        if bedrag is None or teken is None:
            return
        tekst = self.regels[-1]
        cent = tekst[bedrag.begin - 1 : bedrag.eind]
        if cent.isdigit():
            self._totaal += -int(cent) if tekst[teken.begin - 1] == "C" else int(cent)

    def verzekerde(
        self, bsn: str = BSN, nummer: str = "", uzovi: str = UZOVI, **w: str | int
    ) -> EiBericht:
        """Add record 02."""
        self._persoon = {"03": bsn, "04": uzovi, "05": nummer}
        return self.voeg_toe("02", bsn=bsn, verzekerdennummer=nummer, uzovi=uzovi, **w)

    def prestatie(self, referentie: str = "P1", **waarden: str | int) -> EiBericht:
        """Add record 04."""
        return self.voeg_toe("04", referentie=referentie, **waarden)

    def tarief(self, cent: int, referentie: str = "T1", **waarden: str | int) -> EiBericht:
        """Add record 06 with amounts; a negative amount is a credit."""
        teken = "C" if cent < 0 else "D"
        vast = {"bedrag_cent": abs(cent), "debet_credit": teken, "berekend_cent": abs(cent)}
        return self.voeg_toe(
            "06", referentie=referentie, **(vast | {"berekend_debet_credit": teken} | waarden)
        )

    def zorgactiviteit(self, code: str = "190008", **waarden: str | int) -> EiBericht:
        """Add record 16."""
        return self.voeg_toe("16", zorgactiviteitcode=code, **waarden)

    def commentaar(self, tekst: str = "zie dossier") -> EiBericht:
        """Add record 98 about the record before it."""
        vorige = self.regels[-1][2:14]
        return self.voeg_toe("98", e9802=vorige, e9803=1, e9804=tekst)

    def sluit(self, **waarden: str | int) -> EiBericht:
        """Add record 99 with the counts and the total of what is there."""
        teller = Counter(r[:2] for r in self.regels[1:])
        record = self.layout.records["99"]
        vast: dict[str, str | int] = {
            e.kolom: teller[e.kolom[-2:]]
            for e in record.elementen
            if e.kolom and e.kolom.startswith("aantal_") and e.kolom != "aantal_detail"
        }
        vast["aantal_detail"] = len(self.regels) - 1
        vast["totaal_cent"] = abs(self._totaal)
        vast["debet_credit"] = "C" if self._totaal < 0 else "D"
        self.regels.append(regel(record, vast | waarden))
        return self

    def zet(self, index: int, element: str, waarde: str) -> EiBericht:
        """Overwrite one element of one line with exactly these characters."""
        tekst = self.regels[index]
        e = self.layout.records[tekst[:2]].bij_element(element)
        assert len(waarde) == e.lengte
        self.regels[index] = tekst[: e.begin - 1] + waarde + tekst[e.eind :]
        return self

    def tekst(self, einde: str = "\r\n") -> str:
        """The message as it is sent."""
        return "".join(r + einde for r in self.regels)


def zh308_voorbeeld() -> EiBericht:
    """Two insured persons, three prestaties, a credit, activities and a comment."""
    return (
        EiBericht()
        .verzekerde(BSN, nummer="VZ1", postcode="1234AB")
        .prestatie("P1", subtrajectnummer="S1", zorgproductcode="099899001", specialisme="320")
        .tarief(10_000, "T1")
        .commentaar()
        .tarief(2_500, "T2", soort_tarief="04")
        .zorgactiviteit("190008")
        .prestatie("P2", voorgaande_referentie="P0", debet_credit="C")
        .tarief(-4_000, "T3", voorgaande_referentie="T0")
        .verzekerde(BSN_TWEE)
        .prestatie("P3")
        .tarief(700, "T4")
        .sluit()
    )


def gz321_voorbeeld(**kop: str | int) -> EiBericht:
    """A DBC of the ggz with its tariff, an activity in hours and the time of two practitioners."""
    behandelaar = "94000001"
    dbc = {
        "prestatiecode": "26A012", "zorgproductcode": "101001000041", "zorgtrajectnummer": "Z1",
        "prestatiecodelijst": "050", "e0416": behandelaar, "e0417": "9954", "verwijzer_soort": "01",
        "e0421": behandelaar, "e0431": "04", "e0432": "04", "e0433": 20, "e0434": "01",
        "e0435": 150, "e0436": 120, "e0437": 30, "herdeclaratie": "01",
    }  # fmt: skip
    part = {"e0612": "26A012", "e0614": behandelaar, "e0618": 1, "e0619": 1250}
    return (
        EiBericht("GZ321", "1.0", **kop)
        .verzekerde(postcode="1234AB", e0219=1)
        .prestatie("P1", **dbc)
        .tarief(1250, soort_tarief="10", poortspecialisme="0329", **part)
        .zorgactiviteit("act_9.1", tijdseenheid="04", aantal=20)
        .voeg_toe("17", soort_behandelaar="01", e1711=behandelaar, aantal_direct=120, e1719="U1")
        .voeg_toe("17", soort_behandelaar="02", beroep="9937", aantal_indirect=30, e1719="U2")
        .sluit()
    )


def ha304_voorbeeld() -> EiBericht:
    """One insured person with two consults."""
    return (
        EiBericht("HA304", "4.2", betaling_aan="03", instelling=0, praktijk="01000001")
        .verzekerde(BSN, nummer="VZ1")
        .prestatie("H1", bedrag_cent=1_050, berekend_cent=1_050, prestatiecodelijst="008")
        .prestatie("H2", bedrag_cent=500, berekend_cent=500, prestatiecodelijst="008")
        .sluit()
    )
